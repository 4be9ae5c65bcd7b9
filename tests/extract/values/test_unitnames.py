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
