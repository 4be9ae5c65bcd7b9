"""Returns held against each other: whose answers are copies of whose, with both places; a person may settle it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import templates
from bench.likeness import measure
from forms import Correction, Entry, GroupRow, Place, Reading, Scalar, Status, Submission, Work, load_forms
from ledger import Compared, compare, open_ledger
from tests.ledger.making import FORM, blank, take
from tests.ledger.test_standing import work

NOON = datetime(2020, 8, 1, 12)  # noqa: DTZ001 - the ledger keeps local time
TEXT = "走访了柳河村团支部，与八名青年座谈，大家反映活动室夏天太热，已联系村委会添置两台电扇。"
OTHER = "到职高团总支听了一堂团课，学生围绕就业提问踊跃，建议下次请企业的青年岗位能手同台讲述。"
FIELD = "基层团组织工作亮点"


def _entry(
    number: int, unit: str | None, period: str = "2020-07", said: Scalar = TEXT, **more: object
) -> Entry:
    reading = Reading(FIELD, said, str(said), Place("表1", 5, number))
    submission = Submission(FORM, unit, period, (reading,))
    arrived = datetime(2020, 8, number)  # noqa: DTZ001 - the ledger keeps local time
    entry = Entry(number, f"{number}.docx", "", "", arrived, Status.ACCEPTED, submission)
    return replace(entry, **more)  # type: ignore[arg-type]


def _pairs(found: Compared) -> list[tuple[int, int]]:
    return [(one.at.entry, one.source.entry) for one in found.likenesses]


def test_the_later_of_two_like_answers_is_in_doubt_and_names_the_earlier_ones_place() -> None:
    """The first stays as it was; the doubt stands at the reading, and the return waits for a person."""
    first, second = _entry(1, "源汇区团委"), _entry(2, "召陵区团委", said=TEXT.replace("柳河村", "石桥村"))
    found = compare(work(), [second, first])
    later, earlier = found.entries
    assert earlier == first
    assert later.status is Status.REVIEW
    (doubt,) = later.submission.readings[0].doubts
    assert doubt.code == "copied"
    assert doubt.message == (
        f"“{FIELD}”与“源汇区团委”2020-07的“{FIELD}”{found.likenesses[0].how}（编号1 1.docx，表1 第5行第1列）"
    )
    assert found.doubts == {2: (doubt,)}
    assert 0.8 < found.likenesses[0].share < 1


def test_a_version_that_says_something_else_is_in_doubt_and_the_one_before_is_kept() -> None:
    """The newest is shown and names number, file and fields of the one it replaced; the same answers again are no doubt."""
    old = _entry(1, "源汇区团委", said="团课", superseded_by=2)
    same = compare(work(), [old, _entry(2, "源汇区团委", said="团课")])
    assert same.doubts == {}
    found = compare(work(), [old, _entry(2, "源汇区团委", said="座谈")])
    assert found.entries[0] == old
    (doubt,) = found.entries[1].submission.doubts
    assert doubt.message == f"与这一期先前报的（编号1 1.docx）不一致：{FIELD}。以这一份为准，先前的也留着"
    assert found.entries[1].status is Status.REVIEW
    assert found.doubts == {2: (doubt,)}
    looked_at = compare(work(), [old, _entry(2, "源汇区团委", said="座谈", settled=(doubt,))])
    assert looked_at.doubts == {}


def test_a_units_own_earlier_text_counts_in_another_period_of_the_same_form() -> None:
    """Last month's text again is a doubt; the same period sent twice and another form's summing up are none."""
    july = _entry(1, "源汇区团委")
    assert _pairs(compare(work(), [july, _entry(2, "源汇区团委", "2020-08")])) == [(2, 1)]
    assert _pairs(compare(work(), [july, _entry(2, "源汇区团委")])) == []
    quarter = _entry(2, "源汇区团委", "2020-Q3")
    quarter = replace(quarter, submission=replace(quarter.submission, form="季度汇总"))
    assert _pairs(compare(work(), [july, quarter])) == []


def test_what_does_not_count_cannot_be_copied() -> None:
    """Superseded returns, blank forms, and returns of nobody in particular are left out."""
    twin = _entry(2, "召陵区团委")
    for first in (_entry(1, "源汇区团委", superseded_by=9), _entry(1, None)):
        assert _pairs(compare(work(), [first, twin])) == []
    empty = replace(_entry(1, "源汇区团委"), submission=replace(blank(), readings=twin.submission.readings))
    assert _pairs(compare(work(), [empty, twin])) == []


def test_a_short_phrase_in_common_use_is_no_copy_but_a_long_text_is() -> None:
    """Five units that write the same twenty characters say what everybody says."""
    short = "团员教育评议已经完成，团费按时足额收缴。"
    units = [f"第{n}团委" for n in range(1, 7)]
    assert compare(work(), [_entry(n, unit, said=short) for n, unit in enumerate(units, 1)]).likenesses == ()
    assert (
        len(
            compare(
                work(), [_entry(n, unit, said=TEXT + OTHER) for n, unit in enumerate(units, 1)]
            ).likenesses
        )
        == 5
    )


def test_rows_of_groups_are_compared_too() -> None:
    """The doubt stands at the row's reading, and the likeness names the row."""
    rows = (GroupRow("活动", 3, (Reading("内容", TEXT, TEXT, Place("表2", 4, 2)),)),)
    second = _entry(2, "召陵区团委", said=OTHER)
    second = replace(second, submission=replace(second.submission, rows=rows))
    found = compare(work(), [_entry(1, "源汇区团委"), second])
    assert (found.likenesses[0].at.field, found.likenesses[0].at.row) == ("活动.内容", 3)
    assert [d.code for d in found.entries[1].submission.rows[0].readings[0].doubts] == ["copied"]


def test_a_persons_own_answer_is_not_in_doubt() -> None:
    """A value that a person put there was looked at."""
    made = Correction(2, FIELD, TEXT, "电话问过", NOON)
    assert (
        compare(work(), [_entry(1, "源汇区团委"), _entry(2, "召陵区团委", corrections=(made,))]).doubts == {}
    )


def test_what_a_person_settled_stays_settled_and_what_comes_later_does_not(tmp_path: Path) -> None:
    """An acceptance notes the very doubts that were shown; a copy of something else is a new one."""
    with open_ledger(tmp_path) as ledger:
        for unit, said in (("源汇区团委", TEXT), ("召陵区团委", TEXT)):
            take(ledger, f"{unit}.docx", Submission(FORM, unit, "2020-07", (_reading(said),)))
        (number,) = compare(work(), ledger.entries()).doubts
        doubts = compare(work(), ledger.entries()).doubts[number]
        assert ledger.confirm(number, NOON, doubts) == 1
        settled = compare(work(), ledger.entries())
        assert settled.doubts == {}
        assert settled.likenesses == ()
        take(ledger, "郾城.docx", Submission(FORM, "郾城区团委", "2020-07", (_reading(TEXT),)), "2020-07-01")
        assert set(compare(work(), ledger.entries()).doubts) >= {number}


def _reading(said: str) -> Reading:
    return Reading(FIELD, said, said, Place("表1", 5, 2))


def test_copies_planted_in_a_thousand_returns_are_found_with_few_false_alarms() -> None:
    """All of them, and at most one return in a hundred is in doubt without reason."""
    result = measure(1000)
    assert result.there.total() > 15
    assert result.found == result.there
    assert result.alarms <= 10


def test_a_form_that_was_filled_in_after_it_came_is_in_doubt() -> None:
    """A date of filling in that lies after the arrival; the same day is none, and a person may find it right."""
    made = with_form(work())
    ahead, same = (_dated(_entry(1, "源汇区团委"), day) for day in (date(2020, 8, 3), date(2020, 8, 1)))
    assert compare(made, [same]).doubts == {}
    ((doubt,),) = compare(made, [ahead]).doubts.values()
    assert doubt.message == "“填表时间”填的“2020-08-03”晚于收到这份报送的日子（2020-08-01）"
    assert compare(made, [replace(ahead, settled=(doubt,))]).doubts == {}


def with_form(made: Work) -> Work:
    """Return ``made`` with the catalogue's forms."""
    return made.model_copy(update={"forms": load_forms(templates.CATALOGUE)})


def _dated(entry: Entry, day: date) -> Entry:
    reading = Reading("填表时间", day, str(day), Place("表1", 1, 2))
    return replace(entry, submission=replace(entry.submission, readings=(reading,)))
