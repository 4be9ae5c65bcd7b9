"""A person's answer stands over what was read, and outlives every later reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from forms import Correction, GroupRow, Place, Reading, Status, Submission, doubt
from ledger import NoSuchEntryError, open_ledger
from tests.ledger.making import FORM, PLACE, arrival, filled, records, take

NOON = datetime(2020, 8, 1, 12)  # noqa: DTZ001 - the ledger keeps local time
COUNT = "走访人数.团干部"


def _value(submission: Submission, field: str) -> object:
    return next(reading.value for reading in submission.readings if reading.field == field)


def test_a_corrected_reading_shows_the_value_without_its_doubt(tmp_path: Path) -> None:
    """Raw text and place stay: they are what the file holds."""
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", filled())
        ledger.correct(number, COUNT, 4, "电话问过本人", NOON)
        (entry,) = ledger.entries()
        assert entry.submission.readings[1] == Reading(COUNT, 4, "三人左右", PLACE)
        assert entry.corrections == (Correction(number, COUNT, 4, "电话问过本人", NOON),)
        assert entry.status is Status.ACCEPTED  # nothing is left in doubt


def test_the_last_correction_stands_and_all_are_kept(tmp_path: Path) -> None:
    """Append-only: the first answer is history, not overwritten."""
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", filled())
        for value in (4, date(2020, 7, 8), None):
            ledger.correct(number, COUNT, value, "再核对", NOON)
        (entry,) = ledger.entries()
        assert [correction.value for correction in entry.corrections] == [4, date(2020, 7, 8), None]
        assert _value(entry.submission, COUNT) is None


def test_a_correction_outlives_rereading_and_resubmission(tmp_path: Path) -> None:
    """It belongs to the return in the file, not to one reading of it; the next return is another one."""
    came = arrival("甲.docx")
    with open_ledger(tmp_path) as ledger:
        number = ledger.accept(came, records(came, filled())).submissions[0]
        ledger.correct(number, COUNT, 4, "核对", NOON)
        ledger.reread(came.sha256, records(came, filled(value=30)), "2")
        later = take(ledger, "乙.docx", filled(value=5), "2020-07-20")
        first, second = ledger.entries()
        assert (_value(first.submission, COUNT), first.superseded_by) == (4, later)
        assert (_value(second.submission, COUNT), second.corrections) == (5, ())


def test_a_correction_of_what_the_file_lacks_adds_it(tmp_path: Path) -> None:
    """A required answer that was missing: the doubt about it is settled, the other doubts stay."""
    missing, other = doubt("required_missing", "帮扶措施及成效"), doubt("tracked")
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", replace(filled(), doubts=(missing, other)))
        ledger.correct(number, "帮扶措施及成效", "见面交流", "来电补报", NOON)
        (entry,) = ledger.entries()
        assert entry.submission.doubts == (other,)
        assert entry.submission.readings[-1] == Reading("帮扶措施及成效", "见面交流", "", Place("更正"))
        assert entry.status is Status.REVIEW


def _grouped() -> Submission:
    unclear = doubt("number_unclear", "人数", raw="若干")
    rows = [
        GroupRow(group, number, (Reading("人数", None, "若干", PLACE, (unclear,)),))
        for group, number in (("活动", 1), ("活动", 2), ("问题", 1))
    ]
    return Submission(FORM, "甲", "2020-07", rows=tuple(rows))


def test_a_row_of_a_group_is_corrected_alone(tmp_path: Path) -> None:
    """By group and row number; the group may be left out where one only has such a row."""
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", _grouped())
        ledger.correct(number, "问题.人数", 1, "核对", NOON, row=1)
        ledger.correct(number, "人数", 2, "核对", NOON, row=2)
        (entry,) = ledger.entries()
        found = [(row.group, row.number, row.readings[0].value) for row in entry.submission.rows]
        assert found == [("活动", 1, None), ("活动", 2, 2), ("问题", 1, 1)]
        assert len(entry.submission.all_doubts()) == 1
        assert [(c.field, c.row) for c in entry.corrections] == [("问题.人数", 1), ("活动.人数", 2)]


def test_a_corrected_row_that_is_no_longer_found_is_not_lost(tmp_path: Path) -> None:
    """A later reading may see no rows; what the person said is added again."""
    came = arrival("甲.docx")
    with open_ledger(tmp_path) as ledger:
        number = ledger.accept(came, records(came, _grouped())).submissions[0]
        ledger.correct(number, "活动.人数", 2, "核对", NOON, row=2)
        ledger.reread(came.sha256, records(came, filled()), "2")
        (entry,) = ledger.entries()
        assert entry.submission.rows == (GroupRow("活动", 2, (Reading("人数", 2, "", Place("更正")),)),)


@pytest.mark.parametrize(("field", "row"), [("人数", 1), ("人数", 7), ("活动.人数", 7), ("没有", 2)])
def test_a_row_that_is_not_clear_is_refused(tmp_path: Path, field: str, row: int) -> None:
    """Two groups have a first row, none has a seventh: nothing is recorded."""
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", _grouped())
        with pytest.raises(NoSuchEntryError, match=f"第{row}行里没有“{field}”") as caught:
            ledger.correct(number, field, 1, "核对", NOON, row=row)
        assert caught.value.exit_code == 2
        assert ledger.entries()[0].corrections == ()


def test_an_unknown_return_is_named(tmp_path: Path) -> None:
    """Wrong number, wrong hash: a sentence with what to do."""
    came = arrival("甲.docx")
    with open_ledger(tmp_path) as ledger:
        with pytest.raises(NoSuchEntryError, match="台账里没有编号 7 的报送。请用 hongtou review 查看编号"):
            ledger.correct(7, COUNT, 1, "核对", NOON)
        number = take(ledger, "乙.docx", filled())
        assert ledger.entry(number) == ledger.entries()[0]
        with pytest.raises(NoSuchEntryError, match="请先用 hongtou collect"):
            ledger.reread(came.sha256, records(came, filled()))
