"""Deadlines as clerks word them, and what becomes of one that falls on a day off."""

from __future__ import annotations

from datetime import date

import pytest

from forms import Cadence, DayOff, Deadline, Period, fits_into, is_workday, periods_between, unarranged_years


@pytest.mark.parametrize(
    ("text", "period", "day"),
    [
        ("28日", "2020-07", "2020-07-28"),
        ("每月28日前", "2020-02", "2020-02-28"),
        ("31日", "2020-04", "2020-04-30"),
        ("次月10日", "2020-12", "2021-01-10"),
        ("每季度末月28日", "2020-Q3", "2020-09-28"),
        ("季末月28日", "2020-Q4", "2020-12-28"),
        ("每季度最后一个月28日", "2020-Q1", "2020-03-28"),
        ("12月底", "2020", "2020-12-31"),
        ("12月底前", "2020-AY", "2020-12-31"),
        ("次年1月10日", "2020", "2021-01-10"),
        ("每学期末", "2020-S1", "2021-01-31"),
        ("学年末", "2020-AY", "2021-08-31"),
        ("季度末", "2020-Q2", "2020-06-30"),
        ("年底", "2020", "2020-12-31"),
        ("周五", "2020-W27", "2020-07-03"),
        ("下周一", "2020-W27", "2020-07-06"),
        ("1月15日、7月10日", "2020-S1", "2021-01-15"),
        ("1月15日、7月10日", "2020-S2", "2021-07-10"),
        ("2020年12月31日", "2020-ONCE", "2020-12-31"),
        ("2020-12-31", "2020-ONCE", "2020-12-31"),
    ],
)
def test_a_wording_means_a_day_of_its_period(text: str, period: str, day: str) -> None:
    assert Deadline(text).due(Period.parse(period)) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["月初", "32日", "13月5日", "2020年2月30日", "28日、不久", ""])
def test_a_wording_that_means_no_day_is_refused_with_ways_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="认不出是哪一天，可写“28日”“次月10日”"):
        Deadline(text)


@pytest.mark.parametrize(
    ("period", "rule", "day"),
    [
        ("2020-10", DayOff.KEEP, "2020-10-04"),
        ("2020-10", DayOff.LATER, "2020-10-09"),  # the holidays of 2020 lasted to 8 October
        ("2020-10", DayOff.EARLIER, "2020-09-30"),
        ("2020-09", DayOff.LATER, "2020-09-04"),
    ],
)
def test_a_deadline_on_a_day_off_moves_as_the_work_says(period: str, rule: DayOff, day: str) -> None:
    assert Deadline("4日").due(Period.parse(period), rule) == date.fromisoformat(day)


def test_a_sunday_that_is_worked_is_no_day_off() -> None:
    """27 September 2020 was a make-up day before the National Day."""
    assert is_workday(date(2020, 9, 27))
    assert Deadline("27日").due(Period.parse("2020-09"), DayOff.LATER) == date(2020, 9, 27)


def test_years_without_an_arrangement_know_weekends_only_and_are_named() -> None:
    assert unarranged_years([date(2020, 1, 1), date(2093, 10, 1), date(2093, 1, 1)]) == (2093,)
    assert is_workday(date(2093, 10, 1))  # a Thursday
    assert not is_workday(date(2093, 10, 3))


def test_what_is_due_once_has_one_period_over_all_years() -> None:
    (only,) = periods_between(Cadence.ONCE, date(2020, 9, 1), date(2022, 8, 31))
    assert str(only) == "2020-ONCE"
    assert Period.parse("2020-ONCE") == only
    assert only.label == "2020年（一次性）"


def test_a_period_counts_for_a_longer_one_only_where_it_lies_within() -> None:
    assert fits_into(Cadence.MONTHLY, Cadence.TERMLY)
    assert fits_into(Cadence.QUARTERLY, Cadence.ONCE)
    assert not fits_into(Cadence.QUARTERLY, Cadence.TERMLY)
    assert not fits_into(Cadence.YEARLY, Cadence.SCHOOL_YEARLY)
    assert not fits_into(Cadence.TERMLY, Cadence.MONTHLY)
