"""Which return stands: the latest filled one of a unit, form and period, whatever the order of collecting."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import sqlalchemy as sa

from forms import Submission
from ledger import open_ledger
from tests.ledger.making import FORM, arrival, blank, contents, filled, records, take

RETURNS = (
    ("一.docx", filled(value=1), "2020-07-01"),
    ("二.docx", filled(value=2), "2020-07-05"),
    ("三.docx", filled(value=3), "2020-07-09"),
    ("空.docx", blank(), "2020-07-20"),
)


def test_the_order_of_collecting_does_not_matter(tmp_path: Path) -> None:
    """Three returns and a later blank, collected in every order: the third stands, the others name it."""
    seen = set()
    for number, order in enumerate(permutations(RETURNS)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with open_ledger(folder) as ledger:
            for name, submission, day in order:
                take(ledger, name, submission, day)
            entries = {entry.source: entry for entry in ledger.entries()}
            third = entries["三.docx"].id
            successors = [entries[name].superseded_by for name, _, _ in RETURNS]
            assert successors == [third, third, 0, 0]
            seen.add(repr(contents(ledger)))
    assert len(seen) == 1


def test_at_one_moment_the_one_taken_in_later_stands(tmp_path: Path) -> None:
    """Equal times are common: unpacked or copied files share one."""
    with open_ledger(tmp_path) as ledger:
        first, second = (take(ledger, name, filled()) for name in ("甲.docx", "乙.docx"))
        assert [entry.superseded_by for entry in ledger.entries()] == [second, 0]
        assert first < second


def test_one_person_s_return_takes_no_other_s_place(tmp_path: Path) -> None:
    """Two people of a unit send the form of a period, one of them twice."""
    said = [replace(filled(), person=name) for name in ("程远", "白雪", "程远")]
    with open_ledger(tmp_path) as ledger:
        for number, submission in enumerate(said, start=1):
            take(ledger, f"{number}.docx", submission, f"2020-07-0{number}")
        assert [(e.submission.person, e.superseded_by) for e in ledger.entries()] == [
            ("程远", 3),
            ("白雪", 0),
            ("程远", 0),
        ]


def test_another_unit_form_or_period_is_another_report(tmp_path: Path) -> None:
    """Only the same three supersede."""
    others = (
        filled(),
        filled(unit="召陵区团委"),
        filled(period="2020-08"),
        Submission("共青团工作观摩情况报告单", "源汇区团委", "2020-07"),
    )
    with open_ledger(tmp_path) as ledger:
        for number, submission in enumerate(others):
            take(ledger, f"{number}.docx", submission, f"2020-07-0{number + 1}")
        assert [entry.superseded_by for entry in ledger.entries()] == [0, 0, 0, 0]


def test_a_return_of_nobody_supersedes_nothing(tmp_path: Path) -> None:
    """Without unit, form or period two returns cannot be known to be the same report."""
    unknown = (filled(unit=None), filled(period=None), Submission(None, "源汇区团委", "2020-07"))
    with open_ledger(tmp_path) as ledger:
        for number, submission in enumerate(unknown * 2):
            take(ledger, f"{number}.docx", submission)
        assert {entry.superseded_by for entry in ledger.entries()} == {0}


def test_the_view_of_current_returns_has_one_for_each_report(tmp_path: Path) -> None:
    """``current_returns`` is for whoever opens the ledger with another program."""
    with open_ledger(tmp_path) as ledger:
        numbers = [take(ledger, name, found, day) for name, found, day in RETURNS]
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    with engine.connect() as connection:
        query = sa.select(sa.column("return_id", sa.Integer)).select_from(sa.table("current_returns"))
        assert connection.execute(query).scalars().all() == [numbers[2]]
    engine.dispose()


def test_a_later_reading_shows_and_the_number_stays(tmp_path: Path) -> None:
    """When readers improve, a file is read again: the new reading shows, the old row stays, the number is the same."""
    came = arrival("甲.docx")
    with open_ledger(tmp_path) as ledger:
        first = ledger.accept(came, records(came, filled(unit=None)), "1")
        again = ledger.reread(came.sha256, records(came, filled(), filled(period="2020-08")), "2")
        assert again.submissions[0] == first.submissions[0]
        assert [(e.submission.unit, e.submission.period) for e in ledger.entries()] == [
            ("源汇区团委", "2020-07"),
            ("源汇区团委", "2020-08"),
        ]
        assert ledger.entries()[0].submission.form == FORM
