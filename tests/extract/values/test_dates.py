"""Dates as people write them, and the doubts that belong to them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values.dates import is_untouched, read_date

DAY = date(2020, 7, 8)


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "2020年7月8日",
            "2020 年 7 月 8 日",
            "２０２０年７月８日",
            "2020.7.8",
            "2020-07-08",
            "2020/7/8",
            "2020、7、8",
            "2020。7。8",
        ),
        *(
            "20200708",
            "二〇二〇年七月八日",
            "二○二○年七月八日",
            "二零二零年七月八日",
            "2020年7月8号",
            "2020\\7\\8",
            "2020—07—08",
        ),
        *("于2020年7月8日下午3点", "公元2020年7月8日填", "2020年7月8日报"),
        *("2020年7月8日（星期三）", "2020年7月8日上午", "2020-07-08 09:30", " 2020年7月8日\n"),
    ],
)
def test_plain_dates(raw: str) -> None:
    """Read a full date however it is written, without doubt."""
    reading = read_date("填表时间", raw, 2019)
    assert (reading.value, reading.doubts) == (DAY, ())


@pytest.mark.parametrize(
    "raw", ["", " ", "无", "/", "年 月 日", "    年   月   日", "____年__月__日", "—", "暂无"]
)
def test_nothing_filled_in(raw: str) -> None:
    """Read an untouched date as none, without doubt."""
    reading = read_date("填表时间", raw, 2020)
    assert is_untouched(raw)
    assert (reading.value, reading.doubts) == (None, ())


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("20__年7月8日", DAY, "date_no_year"),
        ("7月8日", DAY, "date_no_year"),
        ("7.8", DAY, "date_no_year"),
        ("七月八日", DAY, "date_no_year"),
        ("20年7月8日", DAY, "date_short_year"),
        ("20.7.8", DAY, "date_short_year"),
        ("2020年7月", None, "date_incomplete"),
        ("2020年7月  日", None, "date_incomplete"),
        ("2020年", None, "date_incomplete"),
        ("2020年2月30日", None, "date_impossible"),
        ("2020年13月1日", None, "date_impossible"),
        ("2020年7月8日至10日", DAY, "date_range"),
        ("2020年7月8日-2020年7月10日", DAY, "date_range"),
        ("2020年7月8日或9日", DAY, "date_range"),
        ("7月中旬", None, "date_incomplete"),
        ("7/8/2020", DAY, "date_order"),
        ("2020年7月8日姓  名：张三", DAY, "date_more"),
        ("2020年7月8日 填表人：张三", DAY, "date_more"),
        ("上周", None, "date_unclear"),
        ("王小明", None, "date_unclear"),
    ],
)
def test_doubtful_dates(raw: str, value: date | None, code: str) -> None:
    """Doubt what a careful person would ask about, with the likeliest day or none."""
    reading = read_date("填表时间", raw, 2020)
    assert reading.value == value
    assert code in {doubt.code for doubt in reading.doubts}


def test_a_month_alone_is_told() -> None:
    """Tell year and month where the day is missing."""
    assert read_date("填表时间", "2020年7月").month == (2020, 7)


def test_without_any_year_a_day_is_incomplete() -> None:
    """Guess no year where none is given."""
    reading = read_date("填表时间", "7月8日")
    assert (reading.value, [doubt.code for doubt in reading.doubts]) == (None, ["date_incomplete"])


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(("{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}-{1:02}-{2:02}")),
)
def test_every_day_is_read_back(day: date, shape: str) -> None:
    """Read every day of two centuries in the usual spellings."""
    reading = read_date("填表时间", shape.format(day.year, day.month, day.day))
    assert (reading.value, reading.doubts) == (day, ())


@given(st.text("年月日0123456789.-/至到〇一十廿 元", max_size=14))
def test_any_text_is_a_day_or_a_doubt_or_nothing(raw: str) -> None:
    """Never fail; a text that says something is a day or a doubt."""
    reading = read_date("填表时间", raw, 2020)
    assert (
        reading.value is not None
        or reading.doubts
        or is_untouched(raw)
        or is_untouched(raw.replace("〇", ""))
    )


def test_a_raised_mark_beside_a_date_is_no_part_of_it() -> None:
    """Read 2020.7.3¹ as the third, not the thirty-first."""
    assert read_date("填表时间", "2020.7.3¹").value == date(2020, 7, 3)
