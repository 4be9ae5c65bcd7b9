"""That values are right, and whose a return is: a person's words stand, whatever a later reading says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from forms import Entry, GroupRow, Record, Status, Submission, doubt
from ledger import Ledger, LostAnswersError, NoSuchEntryError, migrations, open_ledger, standings
from tests.ledger.making import FORM, PLACE, arrival, blank, contents, filled, records, rejected, take
from tests.ledger.test_standing import work

NOON = datetime(2020, 8, 1, 12)  # noqa: DTZ001 - the ledger keeps local time
COUNT = "走访人数.团干部"


def _value(entry: Entry, field: str = COUNT) -> object:
    return next(reading.value for reading in entry.submission.readings if reading.field == field)


def _again(ledger: Ledger, name: str, *found: Submission) -> None:
    came = arrival(name)
    ledger.reread(came.sha256, records(came, *found), "2")


def test_what_a_person_accepts_is_no_longer_in_doubt(tmp_path: Path) -> None:
    """Doubts of values and of the whole return; the values are those that were read. A second time changes nothing."""
    whole = doubt("unit_guessed", None, raw="源汇", unit="源汇区团委")
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", replace(filled(), doubts=(whole,)))
        assert ledger.confirm(number, NOON) == 2
        (entry,) = ledger.entries()
        assert (entry.status, entry.submission.all_doubts(), _value(entry)) == (Status.ACCEPTED, (), 3)
        before = contents(ledger)
        assert ledger.confirm(number, NOON) == 0
        assert contents(ledger) == before


def test_accepted_values_outlive_a_reading_that_reads_otherwise(tmp_path: Path) -> None:
    """A newer version that reads 30 for 3 does not overrule the person; the rows of groups neither."""
    unclear = doubt("number_unclear", "人数", raw="若干")
    first = replace(filled(), rows=(GroupRow("活动", 1, (replace(filled().readings[1], field="人数"),)),))
    second = replace(
        filled(value=30), rows=(GroupRow("活动", 1, (replace(first.readings[1], doubts=(unclear,)),)),)
    )
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", first)
        ledger.confirm(number, NOON)
        _again(ledger, "甲.docx", second)
        (entry,) = ledger.entries()
        assert (entry.status, _value(entry)) == (Status.ACCEPTED, 3)
        assert [reading.field for row in entry.submission.rows for reading in row.readings] == ["人数"]


def test_a_doubt_that_was_not_there_when_a_person_accepted_is_open(tmp_path: Path) -> None:
    """What nobody has seen, nobody has accepted; what was seen stays settled."""
    seen, fresh = doubt("tracked"), doubt("picture", "姓名")
    more = replace(filled().readings[0], field="单位职务", doubts=(doubt("struck", "单位职务", raw="甲"),))
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", replace(filled(), doubts=(seen,)))
        ledger.confirm(number, NOON)
        later = replace(
            filled(), readings=(*filled().readings, more), doubts=(seen, doubt("comments"), fresh)
        )
        _again(ledger, "甲.docx", later)
        (entry,) = ledger.entries()
        assert entry.status is Status.REVIEW
        assert [found.code for found in entry.submission.all_doubts()] == ["comments", "struck"]


def test_an_acceptance_is_of_one_form(tmp_path: Path) -> None:
    """Should a later reading take the file for another form, nothing of that was accepted."""
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", filled())
        ledger.confirm(number, NOON)
        _again(ledger, "甲.docx", replace(filled(unit="召陵区团委"), form="另一张表"))
        (entry,) = ledger.entries()
        assert (entry.status, entry.submission.unit) == (Status.REVIEW, "召陵区团委")


def test_a_correction_stands_over_an_acceptance(tmp_path: Path) -> None:
    """Before or after it: a value that a person wrote is more than one that a person let pass."""
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", replace(filled(), doubts=(doubt("tracked"),)))
        ledger.correct(number, COUNT, 4, "问过", NOON)
        ledger.confirm(number, NOON)
        assert _value(ledger.entry(number)) == 4
        ledger.correct(number, COUNT, 5, "再问", NOON)
        assert _value(ledger.entry(number)) == 5


def test_an_unfilled_form_stays_one_when_it_is_accepted_and_not_when_it_is_filled_in(tmp_path: Path) -> None:
    """It is done with, but never counts as reported; a value given by a person counts."""
    with open_ledger(tmp_path) as ledger:
        earlier = take(ledger, "甲.docx", filled(), "2020-07-01")
        number = take(ledger, "空.docx", blank(), "2020-07-20")
        ledger.confirm(number, NOON)
        entry = ledger.entry(number)
        assert (entry.status, entry.submission.blank) == (Status.ACCEPTED, True)
        assert ledger.entry(earlier).superseded_by == 0
        ledger.correct(number, COUNT, 4, "来电补报", NOON)
        assert not ledger.entry(number).submission.blank
        assert ledger.entry(earlier).superseded_by == number


def test_an_assigned_return_succeeds_and_counts_as_that_unit_s(tmp_path: Path) -> None:
    """Unit and period given one after the other; the doubts about them go, those about values stay."""
    doubts = (doubt("unit_unknown", None, raw="无"), doubt("period_unknown"))
    with open_ledger(tmp_path) as ledger:
        earlier = take(ledger, "甲.docx", filled(), "2020-07-05")
        number = take(ledger, "乙.docx", replace(filled(None, None), doubts=doubts), "2020-07-06")
        ledger.assign(number, "源汇区团委", None, NOON)
        assert [d.code for d in ledger.entry(number).submission.doubts] == ["period_unknown"]
        ledger.assign(number, None, "2020-07", NOON)
        entry = ledger.entry(number)
        assert (entry.submission.unit, entry.submission.period) == ("源汇区团委", "2020-07")
        assert [d.code for d in entry.submission.all_doubts()] == ["number_approximate"]
        assert entry.submission.evidence == ("单位 源汇区团委（人工指定）", "报送期 2020-07（人工指定）")
        assert ledger.entry(earlier).superseded_by == number
        owed = standings(work(), ledger.entries(), date(2020, 12, 31))
        assert [s.submission for s in owed if (s.unit, s.period) == ("源汇区团委", "2020-07")] == [number]


def test_an_assignment_outlives_every_later_reading(tmp_path: Path) -> None:
    """The last one given stands, whatever a newer version makes of the file."""
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", filled(None, None))
        for unit in ("召陵区团委", "源汇区团委"):
            ledger.assign(number, unit, "2020-08", NOON)
        _again(ledger, "甲.docx", replace(filled("郾城区团委"), doubts=(doubt("period_unknown"),)))
        submission = ledger.entry(number).submission
        assert (submission.unit, submission.period, submission.doubts) == ("源汇区团委", "2020-08", ())


def test_whose_an_accepted_return_is_stays_too(tmp_path: Path) -> None:
    """It was accepted as that unit's; an assignment is more than an acceptance."""
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", filled())
        ledger.confirm(number, NOON)
        _again(ledger, "甲.docx", filled("召陵区团委", None))
        submission = ledger.entry(number).submission
        assert (submission.unit, submission.period) == ("源汇区团委", "2020-07")
        ledger.assign(number, "郾城区团委", None, NOON)
        assert ledger.entry(number).submission.unit == "郾城区团委"


def test_a_reading_that_loses_what_a_person_spoke_of_is_not_taken(tmp_path: Path) -> None:
    """The whole reading is refused and the earlier one stands; without a person's word it is taken."""
    came = arrival("甲.docx")
    with open_ledger(tmp_path) as ledger:
        first = ledger.accept(came, records(came, filled(), filled(period="2020-08")), "1")
        ledger.assign(first.submissions[1], None, "2020-09", NOON)
        before = contents(ledger)
        with pytest.raises(LostAnswersError, match=f"编号 {first.submissions[1]} 有人工核对的结果"):
            ledger.reread(came.sha256, records(came, filled()), "2")
        with pytest.raises(LostAnswersError):
            ledger.reread(came.sha256, rejected(came), "2")
        assert contents(ledger) == before
        assert [kept.reader for kept in ledger.kept()] == ["1"]
        other = arrival("乙.docx")
        ledger.accept(other, records(other, filled()), "1")
        assert ledger.reread(other.sha256, rejected(other), "2").submissions == ()


def test_a_document_that_is_no_form_is_refused_with_its_reason(tmp_path: Path) -> None:
    """Its text was read and is kept with the reading, but it is no return: it has no number and no doubts."""
    came = arrival("会议纪要.docx")
    text = Submission(None, None, None, leftover=())
    record = Record(came.name, came.sha256, 1, Status.REJECTED, text, "不是报告单")
    with open_ledger(tmp_path) as ledger:
        assert ledger.accept(came, (record,)).submissions == ()
        (refusal,) = ledger.refusals()
        assert (refusal.source, refusal.status, refusal.reason) == (
            "会议纪要.docx",
            Status.REJECTED,
            "不是报告单",
        )
        assert ledger.entries() == ()


def test_the_last_reading_comes_back_as_the_reader_gave_it(tmp_path: Path) -> None:
    """Without the person's answers, so that two readings can be compared."""
    came = arrival("甲.docx")
    with open_ledger(tmp_path) as ledger:
        number = ledger.accept(came, records(came, filled(), filled(period="2020-08")), "1").submissions[0]
        ledger.correct(number, COUNT, 9, "问过", NOON)
        ledger.assign(number, "召陵区团委", None, NOON)
        assert ledger.last_reading(came.sha256) == records(came, filled(), filled(period="2020-08"))
        lost = arrival("乙.docx")
        ledger.accept(lost, rejected(lost), "1")
        assert ledger.last_reading(lost.sha256) == rejected(lost)
        assert [(k.name, k.reader, k.statuses) for k in ledger.kept()] == [
            ("甲.docx", "1", (Status.REVIEW, Status.REVIEW)),
            ("乙.docx", "1", (Status.REJECTED,)),
        ]


def test_an_unknown_return_is_named(tmp_path: Path) -> None:
    """Nothing is noted for a number that is none."""
    with open_ledger(tmp_path) as ledger:
        for say in (lambda: ledger.confirm(7, NOON), lambda: ledger.assign(7, "甲", None, NOON)):
            with pytest.raises(NoSuchEntryError, match="台账里没有编号 7 的报送"):
                say()


def test_a_ledger_of_the_first_version_is_upgraded_with_all_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stood in the tables of the first version shows the same, and takes a person's words."""
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
    with open_ledger(tmp_path) as ledger:
        number = take(ledger, "甲.docx", filled())
    monkeypatch.undo()
    with open_ledger(tmp_path) as ledger:
        ledger.confirm(number, NOON)
        assert ledger.entry(number).status is Status.ACCEPTED
        assert PLACE in {reading.place for reading in ledger.entry(number).submission.readings}
        assert ledger.entry(number).submission.form == FORM
