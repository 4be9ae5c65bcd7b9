"""What goes into the ledger comes out as it was."""

from __future__ import annotations

import math
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import Record, Refusal, Scalar, Status, Submission
from ledger import Arrival, open_ledger
from ledger.encoding import dump, escape, load, unescape
from tests.ledger.making import arrival, contents, filled, records, rejected, submissions, take, texts, values


@settings(max_examples=40, deadline=None)
@given(found=st.lists(submissions, min_size=1, max_size=3), source=texts, reader=texts)
def test_every_submission_comes_back_as_it_was(found: list[Submission], source: str, reader: str) -> None:
    """Values, raw texts, places, doubts, rows, leftover and evidence, whatever characters they hold."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder)) as ledger:
        came = arrival(source)
        numbers = ledger.accept(came, records(came, *found), reader).submissions
        entries = ledger.entries()
        assert [entry.submission for entry in entries] == found
        assert [repr(entry.submission) for entry in entries] == [repr(one) for one in found]  # 1 is not 1.0
        assert tuple(entry.id for entry in entries) == numbers
        assert {entry.source for entry in entries} == {source}


@given(values)
def test_a_value_keeps_its_type(value: Scalar) -> None:
    """A date stays a date, 1 stays an integer, 1.0 a float."""
    back = load(dump(value))
    assert (type(back), back) == (type(value), value)


def test_a_number_of_five_thousand_digits_comes_back() -> None:
    """Python refuses to print it, so it stands in hexadecimal."""
    for value in (10**5000, -(10**5000)):
        assert load(dump(value)) == value


def test_floats_that_are_no_numbers_come_back_too() -> None:
    """NaN, the infinities and the negative zero."""
    assert math.isnan(float(str(load(dump(math.nan)))))
    assert [load(dump(x)) for x in (math.inf, -math.inf)] == [math.inf, -math.inf]
    assert repr(load(dump(-0.0))) == "-0.0"


def test_a_moment_is_no_value() -> None:
    """A datetime would lose its hours in silence, so it is refused at once."""
    with pytest.raises(TypeError):
        dump(datetime(2020, 7, 8, 9, tzinfo=UTC))
    with pytest.raises(ValueError, match="no typed value"):
        load('{"moment": "2020-07-08"}')


@given(texts, texts)
def test_escaped_texts_are_equal_only_when_the_texts_are(one: str, other: str) -> None:
    """So that unique columns and comparisons mean the same inside the database as outside."""
    assert unescape(escape(one)) == one
    assert (escape(one) == escape(other)) == (one == other)
    escape(one).encode("utf-8")
    assert "\x00" not in escape(one)


def test_accepting_twice_changes_nothing(tmp_path: Path) -> None:
    """The same bytes under the same name leave every table as it was."""
    came = arrival("源汇区团委.docx")
    with open_ledger(tmp_path) as ledger:
        first = ledger.accept(came, records(came, filled()))
        before, counts = contents(ledger), _counts(tmp_path)
        again = ledger.accept(came, records(came, filled(value=9)))
        assert (first.new, again.new) == (True, False)
        assert again.submissions == first.submissions
        assert again.same_as == "源汇区团委.docx"
        assert (contents(ledger), _counts(tmp_path)) == (before, counts)


def test_same_bytes_under_another_name_are_noted_once(tmp_path: Path) -> None:
    """One record, both names, and the earliest arrival counts whichever was collected first."""
    first, second = arrival("甲.docx", "x", "2020-07-09"), arrival("乙.docx", "x", "2020-07-03")
    with open_ledger(tmp_path) as ledger:
        ledger.accept(first, records(first, filled()))
        for _ in range(2):
            assert ledger.accept(second, ()).same_as == "甲.docx"
        seen = ledger.seen(first.sha256)
        assert seen is not None
        assert (seen.names, seen.statuses) == (("甲.docx", "乙.docx"), (Status.REVIEW,))
        (entry,) = ledger.entries()
        assert (entry.source, entry.received_at) == ("甲.docx", second.received_at)
        assert ledger.seen("0" * 64) is None


def test_knows_by_hash(tmp_path: Path) -> None:
    """A file is known once it was accepted, rejected ones too."""
    came = arrival("坏.docx")
    with open_ledger(tmp_path) as ledger:
        assert not ledger.knows(came.sha256)
        ledger.accept(came, rejected(came, "文件损坏"))
        assert ledger.knows(came.sha256)
        assert ledger.refusals() == (
            Refusal("坏.docx", came.sha256, came.archive, came.received_at, Status.REJECTED, "文件损坏"),
        )
        assert ledger.entries() == ()


def test_a_refused_file_is_no_entry_even_with_its_text(tmp_path: Path) -> None:
    """What is no form at all is refused, and its text kept; it neither counts nor supersedes."""
    came = arrival("通知.docx", day="2020-07-20")
    refused = Record(came.name, came.sha256, 1, Status.REJECTED, filled(), "不是报告单")
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", filled())
        assert ledger.accept(came, (refused,)).submissions == ()
        assert [(entry.id, entry.superseded_by) for entry in ledger.entries()] == [(number, 0)]
        assert [(refusal.source, refusal.reason) for refusal in ledger.refusals()] == [
            ("通知.docx", "不是报告单")
        ]


def test_two_members_of_one_name_are_two_records(tmp_path: Path) -> None:
    """A zip may hold one name twice; neither is lost."""
    came = arrival("包.zip")
    found = tuple(
        Record("包.zip!附件1.docx", came.sha256, 1, Status.ACCEPTED, filled(unit)) for unit in ("甲", "乙")
    )
    with open_ledger(tmp_path) as ledger:
        ledger.accept(came, found)
        assert [entry.submission.unit for entry in ledger.entries()] == ["甲", "乙"]


def test_records_of_other_bytes_are_refused(tmp_path: Path) -> None:
    """A reader that read another file than the one archived would make a false provenance."""
    came, other = arrival("甲.docx"), arrival("乙.docx")
    with open_ledger(tmp_path) as ledger:
        with pytest.raises(ValueError, match="other bytes"):
            ledger.accept(came, records(other, filled()))
        with pytest.raises(ValueError, match="at least one"):
            ledger.accept(came, ())
        assert not ledger.knows(came.sha256)


def test_a_zoned_time_becomes_local_time(tmp_path: Path) -> None:
    """A mail's Date has a zone; the clerk reads the office's clock."""
    moment = datetime(2020, 7, 8, 1, tzinfo=UTC)
    came = Arrival("a" * 64, "信.eml", 1, moment, "归档/x")
    with open_ledger(tmp_path) as ledger:
        ledger.accept(came, records(came, filled()))
        assert ledger.entries()[0].received_at == moment.astimezone().replace(tzinfo=None)


def test_a_file_of_many_readings_costs_no_more_statements_than_one_of_few(tmp_path: Path) -> None:
    """One executemany for each table, not a statement for each value."""
    statements: list[object] = []

    def listen(*given: object) -> None:
        statements.append(given[2])

    counts = []
    with open_ledger(tmp_path) as ledger:
        sa.event.listen(sa.Engine, "before_cursor_execute", listen)
        try:
            for name, many in (("少.docx", 2), ("多.docx", 400)):
                statements.clear()
                take(ledger, name, replace(filled(), readings=filled().readings * many))
                counts.append(len(statements))
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", listen)
    assert counts[0] == counts[1] > 0


def _counts(folder: Path) -> dict[str, int]:
    engine = sa.create_engine(f"sqlite:///{folder / 'ledger.db'}")
    try:
        with engine.connect() as connection:
            names = sa.inspect(connection).get_table_names()
            count = sa.select(sa.func.count())
            return {n: connection.execute(count.select_from(sa.table(n))).scalar_one() for n in names}
    finally:
        engine.dispose()
