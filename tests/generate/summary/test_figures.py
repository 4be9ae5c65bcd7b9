"""The figures of a year: they add up, they lead back to their returns, and they know no field's name."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import Form, Outline, Period, Role, Standing, State, Status, Submission, doubt
from generate.summary.figures import _advised, period_of, tally, year_figures, year_in, year_of
from generate.summary.totals import Tally
from generate.view import LedgerView
from tests.generate import invented
from tests.generate.invented import TOUR, VISIT, entry, people, reading, view, visit, work


def test_reports_are_counted_by_state() -> None:
    figures = year_figures(view(), 2020)
    assert figures.units == 4
    assert figures.total == Tally(due=32, on_time=5, late=0, missing=23, not_due=4)
    assert {item.name: item.tally.due for item in figures.by_form} == {VISIT: 24, TOUR: 8}
    assert [item.name for item in figures.by_unit] == list(invented.UNITS)
    assert figures.total.rate == pytest.approx(5 / 28)


def test_a_unit_that_owes_nothing_yet_has_no_rate() -> None:
    assert Tally(due=2, not_due=2).rate is None


_STANDING = st.builds(
    Standing,
    st.sampled_from(["甲县团委", "乙县团委", "丙区团委"]),
    st.sampled_from([VISIT, TOUR]),
    st.sampled_from(["2020-07", "2020-Q3", "2020-W30", "2020", "2019-12", "2019-AY"]),
    st.just(date(2020, 8, 10)),
    st.sampled_from(list(State)),
)


@given(st.lists(_STANDING))
def test_due_is_reported_and_missing_and_not_due(standings: list[Standing]) -> None:
    figures = year_figures(LedgerView(work(), (), (), tuple(standings)), 2020)
    assert figures.total.due == sum(year_of(Period.parse(s.period)) == 2020 for s in standings)
    tallies = [figures.total, *(item.tally for item in (*figures.by_unit, *figures.by_form))]
    for each in tallies:
        assert each.due == each.reported + each.missing + each.not_due
        assert each.reported == each.on_time + each.late
    for parts in (figures.by_unit, figures.by_form):
        assert sum(item.tally.due for item in parts) == figures.total.due
        assert sum(item.tally.late for item in parts) == figures.total.late
    assert sum(len(absence.periods) for absence in figures.absences) == figures.total.missing


@pytest.mark.parametrize(
    ("path", "advised"),
    [("清单.建议", True), ("意见建议", True), ("问题", False), ("问题和建议", False), ("整改措施", False)],
)
def test_a_field_for_suggestions_holds_no_problems(path: str, advised: bool) -> None:
    assert _advised(path) is advised


def test_every_figure_names_its_returns_and_its_doubts() -> None:
    visits, others = year_figures(view(), 2020).sums
    assert visits.heading == "走访情况"
    assert [column.path for column in visits.columns] == ["走访人数.团干部", "走访人数.团员青年"]
    july = visits.months[0]
    assert (july.month, july.returns) == (7, (1, 2))
    assert (july.figures[0].value, july.figures[0].entries, july.figures[0].doubtful) == (7, (1, 2), ())
    assert (july.figures[1].value, july.figures[1].doubtful) == (45, (2,))
    assert [figure.value for figure in visits.totals] == [18, 116]
    assert [row.month for row in visits.months] == [7, 8, 9, 10, 11, 12]
    assert others.columns[0].path == "问题清单.涉及人数"
    assert others.totals[0].value == 20


def test_superseded_blank_and_unplaced_returns_count_nowhere() -> None:
    figures = year_figures(view(), 2020)
    behind = {entry for s in figures.sums for row in s.months for f in row.figures for entry in f.entries}
    assert behind == {1, 2, 3, 8}
    assert figures.unplaced == (5,)


def test_a_rejected_return_counts_nowhere() -> None:
    bad = visit("甲县团委", "2020-07", people("团干部", 3), people("团员青年", 1))
    made = view([entry(1, bad, status=Status.REJECTED)])
    assert year_figures(made, 2020).sums == ()


_NUMBERS = st.lists(
    st.tuples(st.sampled_from(invented.months("2020-07", 6)), st.integers(0, 10**6), st.booleans()),
    max_size=12,
)


@given(_NUMBERS)
def test_months_add_up_to_the_year(reported: list[tuple[str, int, bool]]) -> None:
    entries = [
        entry(
            number,
            visit(
                "甲县团委",
                period,
                people("团干部", value, None, ["number_approximate"] if unsure else []),
                people("团员青年", 1),
            ),
        )
        for number, (period, value, unsure) in enumerate(reported, start=1)
    ]
    figures = year_figures(LedgerView(work(), tuple(entries), (), ()), 2020)
    for section in figures.sums:
        for number, total in enumerate(section.totals):
            parts = [row.figures[number] for row in section.months]
            assert sum(part.value for part in parts) == total.value
            assert {e for part in parts for e in part.entries} == set(total.entries)
        assert sum(len(row.returns) for row in section.months) == len(entries)
    visits = [section for section in figures.sums if section.heading == "走访情况"]
    assert sum(section.totals[0].value for section in visits) == sum(value for _, value, _ in reported)
    assert figures.doubtful == sum(unsure for *_, unsure in reported)


def test_an_unread_number_is_counted_as_doubtful_not_as_zero() -> None:
    found = visit(
        "甲县团委", "2020-07", people("团干部", None, "若干", ["number_unclear"]), people("团员青年", 1)
    )
    total = year_figures(view([entry(1, found)]), 2020).sums[0].totals[0]
    assert (total.value, total.entries, total.doubtful) == (0, (), (1,))


def test_texts_are_gathered_by_unit_and_period() -> None:
    bright, problems, help_given = year_figures(view(), 2020).texts
    assert [(q.unit, str(q.period), q.form) for q in bright.quotes] == [
        ("甲县团委", "2020-07", VISIT),
        ("甲县团委", "2020-08", VISIT),
        ("甲县团委", "2020-Q3", TOUR),
        ("乙县团委", "2020-07", VISIT),
        ("丙区团委", "2020-10", VISIT),
    ]
    assert ("问题清单.问题", "经费不足") in [(q.field, q.text) for q in problems.quotes]
    assert {q.field for q in help_given.quotes} == {"帮扶措施及成效", "整改措施"}


def test_a_text_that_says_none_is_counted_not_quoted() -> None:
    found = visit("甲县团委", "2020-07", people("团干部", 1), people("团员青年", 1), "无。")
    bright = year_figures(view([entry(4, found)]), 2020).texts[0]
    assert (bright.quotes, bright.nothing) == ((), (4,))


def test_the_outline_of_the_work_decides_what_is_taken() -> None:
    made = view()
    outline = Outline.model_validate({"合计": {"青年": ["青年"]}, "摘录": {"开展": "开展情况"}})
    own = made.work.model_copy(update={"outline": outline})
    figures = year_figures(LedgerView(own, made.entries, (), made.standings), 2020)
    assert [[column.path for column in section.columns] for section in figures.sums] == [
        ["走访人数.团员青年"]
    ]
    assert [section.heading for section in figures.texts] == ["开展"]
    assert {quote.field for quote in figures.texts[0].quotes} == {"工作开展情况"}


def test_absences_name_the_periods() -> None:
    first = year_figures(view(), 2020).absences[0]
    assert (first.unit, first.form) == ("甲县团委", VISIT)
    assert [str(period) for period in first.periods] == ["2020-09", "2020-10", "2020-11"]


@pytest.mark.parametrize(
    ("code", "year"),
    [
        ("2020-12", 2020),
        ("2020-Q4", 2020),
        ("2020-W53", 2020),
        ("2020-S1", 2020),
        ("2020-S2", 2021),
        ("2020-AY", 2021),
        ("2020", 2020),
    ],
)
def test_a_period_counts_for_the_year_of_its_middle(code: str, year: int) -> None:
    assert year_of(Period.parse(code)) == year


def test_a_code_that_is_no_period_counts_nowhere() -> None:
    assert period_of("2020-13") is None
    assert period_of(None) is None
    odd = visit("甲县团委", None, people("团干部", 1), people("团员青年", 1))
    assert year_figures(view([entry(1, odd)]), 2020).unplaced == (1,)
    late = entry(1, odd, received_at=datetime.fromisoformat("2021-01-05") + timedelta(hours=9))
    assert year_figures(view([late]), 2020).unplaced == ()


def test_a_longer_period_counts_for_the_month_in_which_the_form_was_filled() -> None:
    dated = invented.field("填表时间", "日期").model_copy(update={"role": Role.FILLED})
    form = Form(
        name="季报", template=invented.VISIT_FORM.template, fields=(dated, invented.field("人数", "整数"))
    )
    made = work().model_copy(update={"forms": (form,)})
    inside = Submission(
        "季报", "甲县团委", "2020-Q3", (reading("填表时间", date(2020, 8, 2)), reading("人数", 5))
    )
    outside = Submission(
        "季报", "乙县团委", "2020-Q3", (reading("填表时间", date(2020, 10, 2)), reading("人数", 7))
    )
    figures = year_figures(LedgerView(made, (entry(1, inside), entry(2, outside)), (), ()), 2020)
    assert {row.month: row.figures[0].value for row in figures.sums[0].months if row.returns} == {8: 5, 9: 7}


def test_tally_counts_an_empty_list() -> None:
    assert tally([]) == Tally()


def test_a_doubt_about_the_whole_return_does_not_make_its_numbers_doubtful() -> None:
    found = visit("甲县团委", "2020-07", people("团干部", 1), people("团员青年", 1))
    noted = Submission(VISIT, "甲县团委", "2020-07", found.readings, doubts=(doubt("tracked"),))
    assert year_figures(view([entry(1, noted)]), 2020).doubtful == 0


def test_a_term_that_began_before_the_work_counts_for_its_first_year() -> None:
    """Else the report due in January would stand in no year's summary; a period of another time stays where it is."""
    made = view().work.model_copy(update={"first": date(2021, 1, 1), "last": date(2021, 12, 31)})
    found = {code: year_in(made, Period.parse(code)) for code in ("2020-S1", "2021-07", "2021-AY", "2019-Q3")}
    assert found == {"2020-S1": 2021, "2021-07": 2021, "2021-AY": 2021, "2019-Q3": 2019}
