"""The same photo twice, and files that another unit saved last: told of the later return, with both places, once."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from forms import Entry, Fingerprint, Origin, Person, Place, Reading, Status, Submission, Unit, Work
from ledger import Compared, compare
from tests.ledger.making import FORM
from tests.ledger.test_standing import work

LOOK = "c35a" * 16
PAPER = [f"第{number}团委" for number in range(1, 11)]


def _photo(value: str = "a1", look: str = "") -> Fingerprint:
    return Fingerprint(Origin.PICTURE, value, Place("表1", 6, 2), look)


def _saved(name: str) -> Fingerprint:
    return Fingerprint(Origin.SAVED, name, Place("文件属性"))


def _entry(number: int, unit: str, *prints: Fingerprint, period: str = "2020-07", **more: Any) -> Entry:
    submission = Submission(FORM, unit, period, fingerprints=prints)
    arrived = datetime(2020, 8, number)  # noqa: DTZ001 - the ledger keeps local time
    entry = Entry(number, f"{number}.docx", f"{number}", "", arrived, Status.ACCEPTED, submission)
    return replace(entry, **more)


def _known(**contacts: str) -> Work:
    """Return a work whose 名册 has these units with their contacts, and one person of the first."""
    units = tuple(Unit(单位=name, 联系人=contact) for name, contact in contacts.items())
    person = Person(姓名="周以宁", 单位=units[0].name, 类别="专职团干部")
    return work().model_copy(update={"units": units, "people": (person,)})


def _pairs(found: Compared) -> list[tuple[int, int]]:
    return [(one.at.entry, one.source.entry) for one in found.likenesses]


def test_the_later_of_two_units_with_one_photo_is_in_doubt() -> None:
    """The doubt names the photo's place in both files; the first stays as it was."""
    found = compare(work(), [_entry(1, "源汇区团委", _photo()), _entry(2, "召陵区团委", _photo())])
    first, second = found.entries
    assert (first.status, second.status) == (Status.ACCEPTED, Status.REVIEW)
    (doubt,) = second.submission.doubts
    assert doubt.code == "picture_again"
    assert doubt.message == (
        "表1 第6行第2列的图片与“源汇区团委”2020-07报送里的一张相同（编号1 1.docx，表1 第6行第2列）"
    )
    assert found.doubts == {2: (doubt,)}
    assert found.likenesses[0].how == "同一张图片"


def test_a_photo_saved_anew_is_known_by_its_look() -> None:
    """A few bits of 256 may differ; a hundred are another photo, and one without a look has none."""
    near, far = f"{int(LOOK, 16) ^ 0b1011001:064x}", f"{int(LOOK, 16) ^ (1 << 100) - 1:064x}"
    first = _entry(1, "源汇区团委", _photo("a1", LOOK))
    found = compare(work(), [first, _entry(2, "召陵区团委", _photo("b2", near))])
    assert [one.how for one in found.likenesses] == ["图片看上去相同"]
    assert _pairs(compare(work(), [first, _entry(2, "召陵区团委", _photo("b2", far))])) == []
    assert _pairs(compare(work(), [first, _entry(2, "召陵区团委", _photo("b2"))])) == []


def test_a_unit_s_own_photo_counts_in_another_month_of_the_same_form() -> None:
    """The same month sent in two forms, or the same return twice, shows one event by right."""
    july = _entry(1, "源汇区团委", _photo())
    assert _pairs(compare(work(), [july, _entry(2, "源汇区团委", _photo(), period="2020-08")])) == [(2, 1)]
    assert _pairs(compare(work(), [july, _entry(2, "源汇区团委", _photo())])) == []
    other = _entry(2, "源汇区团委", _photo(), period="2020")
    other = replace(other, submission=replace(other.submission, form="年度总结"))
    assert _pairs(compare(work(), [july, other])) == []


def test_what_everybody_has_and_what_the_blanks_show_is_no_photo_twice() -> None:
    """A letterhead of all units, and the picture in the form that went out."""
    all_of_them = [_entry(number, unit, _photo()) for number, unit in enumerate(PAPER, 1)]
    assert _pairs(compare(work(), all_of_them)) == []
    two = [_entry(1, "源汇区团委", _photo()), _entry(2, "召陵区团委", _photo())]
    assert _pairs(compare(work(), two, (), [_photo()])) == []


def test_superseded_and_settled_returns_make_no_doubt() -> None:
    """What no longer counts cannot be copied; what a person looked at stays settled."""
    first, second = _entry(1, "源汇区团委", _photo()), _entry(2, "召陵区团委", _photo())
    assert _pairs(compare(work(), [replace(first, superseded_by=9), second])) == []
    told = compare(work(), [first, second]).doubts[2]
    assert _pairs(compare(work(), [first, replace(second, settled=told)])) == []


def test_a_file_saved_by_the_contact_of_another_unit_is_in_doubt() -> None:
    """With the 名册 as the second place, or the other unit's own return that the same person saved."""
    known = _known(源汇区团委="陈青禾", 召陵区团委="何知远")
    alone = compare(known, [_entry(2, "召陵区团委", _saved("陈青禾"))])
    (doubt,) = alone.entries[0].submission.doubts
    assert doubt.code == "saved_by_other"
    assert doubt.message == "文件最后由“陈青禾”保存，是源汇区团委的联系人（见名册）"
    both = compare(
        known, [_entry(1, "源汇区团委", _saved("陈青禾")), _entry(2, "召陵区团委", _saved("陈青禾"))]
    )
    assert both.doubts[2][0].message == "文件最后由“陈青禾”保存，是源汇区团委的联系人（编号1 1.docx也是）"
    assert _pairs(both) == [(2, 1)]


@pytest.mark.parametrize("name", ["源汇区团委", "源汇区团委办公室", "周以宁", " 陈青禾 "])
def test_unit_names_and_people_of_the_roster_count_too(name: str) -> None:
    """The whole name of a unit, alone or with an office behind it, and any person of the unit."""
    known = _known(源汇区团委="陈青禾", 召陵区团委="何知远")
    assert set(compare(known, [_entry(2, "召陵区团委", _saved(name))]).doubts) == {2}
    assert compare(known, [_entry(1, "源汇区团委", _saved(name))]).doubts == {}


def test_a_name_that_could_be_anybody_s_makes_no_doubt() -> None:
    """A namesake in two units, the unit's own contact, a person whom the form itself names, the office that asks."""
    known = _known(源汇区团委="陈青禾", 召陵区团委="何知远", 郾城区团委="陈青禾")
    assert compare(known, [_entry(2, "召陵区团委", _saved("陈青禾"))]).doubts == {}
    known = _known(源汇区团委="陈青禾", 召陵区团委="何知远")
    assert compare(known, [_entry(2, "召陵区团委", _saved("何知远"))]).doubts == {}
    entry = _entry(2, "召陵区团委", _saved("陈青禾"))
    named = replace(
        entry, submission=replace(entry.submission, readings=(Reading("姓名", "陈青禾", "", Place("表1")),))
    )
    assert compare(known, [named]).doubts == {}
    assert compare(known, [entry], (), [_saved("陈青禾")]).doubts == {}


def test_an_unknown_person_who_saved_the_returns_of_two_units_is_told() -> None:
    """But not one on many units' returns, nor a stock name of a computer, nor returns that came in one archive."""
    two = [_entry(1, "源汇区团委", _saved("吴映真")), _entry(2, "召陵区团委", _saved("吴映真"))]
    (doubt,) = compare(work(), two).doubts[2]
    assert doubt.message == "文件最后由“吴映真”保存，“源汇区团委”2020-07的报送也由他保存（编号1 1.docx也是）"
    many = [_entry(number, unit, _saved("吴映真")) for number, unit in enumerate(PAPER, 1)]
    assert compare(work(), many).doubts == {}
    for stock in ("微软用户", "Administrator", "lenovo"):
        assert (
            compare(
                work(),
                [replace(e, submission=replace(e.submission, fingerprints=(_saved(stock),))) for e in two],
            ).doubts
            == {}
        )
    assert compare(work(), [replace(entry, sha256="one") for entry in two]).doubts == {}


def test_thousands_of_unlike_photos_give_no_pair() -> None:
    """Chance alone brings no two of them as near as another saving does."""
    chance = random.Random(7)  # noqa: S311 - nothing secret
    entries = [
        _entry(
            1 + at % 28, PAPER[at % 10], _photo(f"{at}", f"{chance.getrandbits(256):064x}"), period=f"{at}"
        )
        for at in range(3000)
    ]
    assert _pairs(compare(work(), entries)) == []
