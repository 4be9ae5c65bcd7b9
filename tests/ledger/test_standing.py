"""Who has reported, when, late or not: from the moment of arrival, against the work's duties."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from forms import (
    Cadence,
    Deadline,
    Duty,
    Entry,
    Field,
    FieldKind,
    Form,
    Issuer,
    Person,
    Role,
    Standing,
    State,
    Status,
    Submission,
    Unit,
    Work,
)
from ledger import standings
from tests.ledger.making import FORM, blank, filled

DEPARTMENT, COUNTY = Unit(name="青年发展部", kind="机关部室"), Unit(name="源汇区团委", kind="县区团委")
DUE = date(2020, 7, 10)


def work() -> Work:
    """Return a work with a monthly duty for departments and one for counties."""
    return Work(
        name="活力团建",
        first=date(2020, 7, 1),
        last=date(2020, 8, 31),
        issuer=Issuer(name="共青团漯河市委", mark="共青团漯河市委文件"),
        duties=(
            Duty(form=FORM, kinds=("机关部室",), cadence=Cadence.MONTHLY, deadline=Deadline("当月28日")),
            Duty(form=FORM, kinds=("县区团委",), cadence=Cadence.MONTHLY, deadline=Deadline("当月10日")),
        ),
        units=(DEPARTMENT, COUNTY),
    )


def _entry(number: int, moment: str, submission: Submission, superseded_by: int = 0) -> Entry:
    received_at = datetime.fromisoformat(moment)
    return Entry(
        number,
        f"{number}.docx",
        "0" * 64,
        "归档/x",
        received_at,
        Status.REVIEW,
        submission,
        superseded_by=superseded_by,
    )


def _july(*entries: Entry, today: date = DUE) -> Standing:
    """Return how the county stands for July."""
    found = standings(work(), entries, today)
    return next(
        standing for standing in found if (standing.unit, standing.period) == (COUNTY.name, "2020-07")
    )


def test_every_report_that_is_owed_has_a_line_by_period_and_roster() -> None:
    """Two units, two months; duties of one form stand together."""
    found = standings(work(), (), date(2020, 7, 15))
    assert [(s.period, s.unit, s.due.isoformat(), s.state.value) for s in found] == [
        ("2020-07", "青年发展部", "2020-07-28", "not_due"),
        ("2020-07", "源汇区团委", "2020-07-10", "missing"),
        ("2020-08", "青年发展部", "2020-08-28", "not_due"),
        ("2020-08", "源汇区团委", "2020-08-10", "not_due"),
    ]


@pytest.mark.parametrize(
    ("today", "state"), [(DUE, State.NOT_DUE), (date(2020, 7, 11), State.MISSING), (date.min, State.NOT_DUE)]
)
def test_a_report_is_missing_from_the_day_after_it_was_due(today: date, state: State) -> None:
    """On the due day itself there is still time."""
    assert _july(today=today) == Standing(COUNTY.name, FORM, "2020-07", DUE, state)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2020-07-10T23:59:59", State.REPORTED),
        ("2020-07-11T00:00:00", State.LATE),
        ("1970-01-01T08:00:00", State.REPORTED),
        ("2099-01-01T00:00:00", State.LATE),
    ],
)
def test_the_whole_due_day_is_in_time(moment: str, state: State) -> None:
    """The arrival decides, with the doubts of the return counted."""
    standing = _july(_entry(7, moment, filled()), today=date(2020, 7, 20))
    assert (standing.state, standing.submission, standing.doubts) == (state, 7, 1)
    assert standing.received_at == datetime.fromisoformat(moment)


def test_a_corrected_return_does_not_make_a_unit_late() -> None:
    """It reported in time; what stands in the ledger is the later return."""
    first = _entry(1, "2020-07-09T09:00:00", filled(), superseded_by=2)
    second = _entry(2, "2020-07-15T09:00:00", filled(value=9))
    standing = _july(first, second, today=date(2020, 7, 20))
    assert (standing.state, standing.submission) == (State.REPORTED, 2)
    assert standing.received_at == first.received_at


def test_a_blank_or_a_return_of_nobody_is_no_report() -> None:
    """Neither counts, alone or before a late one."""
    early = (
        _entry(1, "2020-07-01T09:00:00", blank()),
        _entry(2, "2020-07-01T09:00:00", filled(unit=None)),
        _entry(3, "2020-07-01T09:00:00", filled(period="2020-06")),
        _entry(4, "2020-07-01T09:00:00", Submission("别的表", COUNTY.name, "2020-07")),
    )
    late = _entry(5, "2020-07-12T09:00:00", filled())
    assert _july(*early, today=date(2020, 7, 20)).state is State.MISSING
    assert _july(*early, late, today=date(2020, 7, 20)).state is State.LATE


def test_the_order_of_the_entries_does_not_matter() -> None:
    """Ledgers that were collected in another order stand the same."""
    entries = [
        _entry(1, "2020-07-09T09:00:00", filled(), superseded_by=2),
        _entry(2, "2020-07-15T09:00:00", filled(value=9)),
        _entry(3, "2020-08-01T09:00:00", filled(unit=DEPARTMENT.name, period="2020-08")),
    ]
    expected = standings(work(), entries, DUE)
    for seed in range(5):
        random.Random(seed).shuffle(entries)  # noqa: S311 - no secret
        assert standings(work(), entries, DUE) == expected


def _of_people() -> Work:
    """Return the work with a form that each person of the county sends."""
    form = Form(
        name=FORM,
        template=Path("x.docx"),
        fields=(Field(path="姓名", kind=FieldKind.PERSON, role=Role.PERSON),),
    )
    people = tuple(Person(name=name, unit=COUNTY.name) for name in ("陈青禾", "何知远", "林溪"))
    return work().model_copy(update={"forms": (form,), "people": people})


def test_where_each_person_sends_a_form_the_absent_are_named_and_the_last_decides() -> None:
    """A unit with one of three returns has not simply reported; one without any is missing as ever."""
    sent = [
        _entry(number, moment, replace(filled(), person=person))
        for number, moment, person in ((1, "2020-07-08 09:00", "陈青禾"), (2, "2020-07-11 09:00", "何知远"))
    ]
    july = [s for s in standings(_of_people(), sent, DUE) if (s.unit, s.period) == (COUNTY.name, "2020-07")]
    assert [(s.state, s.absent) for s in july] == [(State.LATE, ("林溪",))]
    on_time = standings(_of_people(), sent[:1], DUE)
    assert [s.absent for s in on_time if s.submission] == [("何知远", "林溪")]
    assert all(s.absent == () for s in standings(_of_people(), (), date(2020, 8, 1)))
    assert _july(*sent).absent == ()
