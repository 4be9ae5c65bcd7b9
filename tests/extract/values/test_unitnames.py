"""Units of the 名册 in texts: names, aliases, short forms, misspellings."""

from __future__ import annotations

import pytest

from extract.values.unitnames import Roster
from forms import Unit

UNITS = [
    Unit.model_validate({"单位": name, "别名": aliases})
    for name, aliases in (
        ("源汇区团委", ()),
        ("郾城区团委", ()),
        ("舞阳县团委", ("舞阳团委",)),
        ("宣传部", ()),
        ("权益部", ()),
    )
]
ROSTER = Roster(UNITS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(
            ("源汇区团委", "源汇区团委"),
            ("共青团源汇区委", "源汇区团委"),
            ("共青团源汇区委员会", "源汇区团委"),
            ("团源汇区委", "源汇区团委"),
        ),
        *(
            ("源汇团区委", "源汇区团委"),
            ("源汇区团委书记", "源汇区团委"),
            ("舞阳团委 副书记", "舞阳县团委"),
            ("附件1-舞阳县团委.docx", "舞阳县团委"),
        ),
        *((" 源 汇 区 团 委 ", "源汇区团委"), ("团市委宣传部", "宣传部")),
    ],
)
def test_names_and_usual_forms(text: str, name: str) -> None:
    """Know a unit by its name, an alias or the short forms that everyone uses."""
    match = ROSTER.find(text)
    assert match is not None
    assert (match.unit.name, match.exact) == (name, True)


def test_a_misspelled_name_is_a_guess() -> None:
    """Recognise a slip of the hand, as a guess."""
    match = ROSTER.find("源汇区团萎")
    assert match is not None
    assert (match.unit.name, match.exact) == ("源汇区团委", False)


@pytest.mark.parametrize("text", ["", "王小明", "团委", "某某县团委", "2020年7月"])
def test_what_names_no_unit(text: str) -> None:
    """Name none where nothing or more than one unit could be meant."""
    assert ROSTER.find(text) is None


def test_a_units_own_name_beats_the_short_form_of_another() -> None:
    """Know a unit by its own name, whatever another one is called for short (D17)."""
    roster = Roster([Unit.model_validate({"单位": name}) for name in ("源汇区团委", "源汇团区委")])
    match = roster.find("源汇团区委")
    assert match is not None
    assert match.unit.name == "源汇团区委"


def test_the_end_of_another_name_is_no_unit() -> None:
    """Take 团委 for our own only where nothing but our institution stands before it."""
    units = [("学院团委", ("团委",)), ("机电工程系分团委", ())]
    roster = Roster([Unit.model_validate({"单位": name, "别名": aliases}) for name, aliases in units])

    def named(text: str) -> tuple[str, bool] | None:
        match = roster.answer(text, "共青团河海学院委员会")
        return (match.unit.name, match.exact) if match else None

    assert named("团委书记") == named("河海学院团委") == named("我团委") == ("学院团委", True)
    assert named("机电程系分团委") == ("机电工程系分团委", False)
    assert named("海运公司团委") is None


def test_a_letter_left_out_is_a_guess_at_the_name_that_it_is_most_like() -> None:
    """Think of no longer name because its end is like the text."""
    roster = Roster(
        [Unit.model_validate({"单位": name}) for name in ("石油与化学工程系分团委", "机电工程系分团委")]
    )
    match = roster.find("机工程系分团委")
    assert match is not None
    assert (match.unit.name, match.exact) == ("机电工程系分团委", False)


@pytest.mark.parametrize(
    ("text", "name", "exact"),
    [
        ("源汇区团委、舞阳县团委", "源汇区团委", False),
        ("宣传部舞阳县团委", "舞阳县团委", False),
        ("源汇区团委书记（曾在舞阳县团委任职）", "源汇区团委", True),
    ],
)
def test_two_units_in_one_answer_are_a_guess(text: str, name: str, exact: bool) -> None:
    """Doubt an answer that names another unit right behind the first."""
    match = ROSTER.answer(text, "团市委")
    assert match is not None
    assert (match.unit.name, match.exact) == (name, exact)
