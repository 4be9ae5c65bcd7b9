"""Ticked options among boxes, and options that are named."""

from __future__ import annotations

import pytest

from extract.values.choices import ChoiceReading, read_choice, says_more
from forms import Field, FieldKind

LEVELS = ("市级", "县级", "乡级")


@pytest.mark.parametrize(
    ("raw", "chosen"),
    [
        *(
            ("☑市级 □县级 □乡级", ("市级",)),
            ("□市级 ☑县级 □乡级", ("县级",)),
            ("市级☑ 县级□ 乡级□", ("市级",)),
        ),
        *(
            ("■市级 □县级", ("市级",)),
            ("□市级√ □县级", ("市级",)),
            ("□县级 □市级 √", ("市级",)),
            ("□县级 √市级", ("市级",)),
            ("√市级 □县级", ("市级",)),
            ("（√）市级 （ ）县级", ("市级",)),
            ("[√]市级 [ ]县级", ("市级",)),
            ("[x]市级 [ ]县级", ("市级",)),
            ("☑1.市级 □2.县级", ("市级",)),
            ("□市级\xa0□县级\xa0☑乡\xa0级\xa0", ("乡级",)),
        ),
        *(("市级", ("市级",)), (" 市 级 ", ("市级",)), ("", ()), ("无", ())),
    ],
)
def test_one_choice(raw: str, chosen: tuple[str, ...]) -> None:
    """Read the ticked or named option without doubt."""
    reading = read_choice(Field(path="级别", kind=FieldKind.CHOICE, choices=LEVELS), raw)
    assert (reading.chosen, reading.doubts) == (chosen, ())


@pytest.mark.parametrize(
    ("raw", "chosen"),
    [
        ("☑市级 ☑县级 □乡级", ("市级", "县级")),
        ("市级、县级", ("市级", "县级")),
        ("市级 乡级", ("市级", "乡级")),
        ("市级和乡级", ("市级", "乡级")),
    ],
)
def test_several_choices(raw: str, chosen: tuple[str, ...]) -> None:
    """Read several options where several are allowed, and doubt them where one is."""
    several = read_choice(Field(path="级别", kind=FieldKind.CHOICES, choices=LEVELS), raw)
    single = read_choice(Field(path="级别", kind=FieldKind.CHOICE, choices=LEVELS), raw)
    assert (several.chosen, several.doubts) == (chosen, ())
    assert (single.chosen, [doubt.code for doubt in single.doubts]) == (chosen, ["choice_several"])


@pytest.mark.parametrize(
    ("raw", "code"),
    [("□市级 □县级", "choice_none"), ("省级", "choice_unknown"), ("☑省级 □市级", "choice_unknown")],
)
def test_doubtful_choices(raw: str, code: str) -> None:
    """Doubt an open line of boxes and an option that the form does not have."""
    reading = read_choice(Field(path="级别", kind=FieldKind.CHOICE, choices=LEVELS), raw)
    assert [doubt.code for doubt in reading.doubts] == [code]


def test_a_row_of_all_options_without_a_tick_is_doubted() -> None:
    """Doubt the bare row of options, which may be underlined, and not the one that a person wrote with signs between."""
    field = Field(path="级别", kind=FieldKind.CHOICES, choices=LEVELS)
    found = {
        text: [doubt.code for doubt in read_choice(field, text).doubts]
        for text in ("市级　县级　乡级", "市级、县级、乡级")
    }
    assert found == {"市级　县级　乡级": ["choice_all"], "市级、县级、乡级": []}


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("同意　修改后同意√　不同意", ("修改后同意",)),
        ("同意√　修改后同意　不同意", ("同意",)),
        ("同意 √修改后同意 不同意", ("修改后同意",)),
        ("同意 修改后同意 不同意√", ("不同意",)),
        ("√ 同意  修改后同意", ("同意",)),
        ("1.同意√ 2.修改后同意 3.不同意", ("同意",)),
        ("同意　修改后同意（√）　不同意", ("修改后同意",)),
        ("不同意。", ("不同意",)),
    ],
)
def test_a_lone_tick_belongs_to_the_option_it_touches(text: str, chosen: tuple[str, ...]) -> None:
    """Read a tick before or behind one of several options without boxes."""
    field = Field(path="意见", kind=FieldKind.CHOICE, choices=("同意", "修改后同意", "不同意"))
    assert read_choice(field, text) == ChoiceReading(chosen)


def test_a_tick_between_two_options_is_doubted() -> None:
    """Choose nothing where a tick stands as near to one option as to the other."""
    field = Field(path="意见", kind=FieldKind.CHOICE, choices=("同意", "修改后同意", "不同意"))
    found = read_choice(field, "同意 √ 修改后同意 不同意")
    assert (found.chosen, [doubt.code for doubt in found.doubts]) == ((), ["choice_unknown"])


@pytest.mark.parametrize("raw", ["□市级 □县级 □乡级　县级", "□市级 □县级 □乡级\n答：县级"])
def test_an_option_typed_beside_open_boxes_is_taken_aloud(raw: str) -> None:
    """Take the option that stands behind a row of boxes of which none is ticked, with a doubt."""
    reading = read_choice(Field(path="级别", kind=FieldKind.CHOICE, choices=LEVELS), raw)
    assert (reading.chosen, [doubt.code for doubt in reading.doubts]) == (("县级",), ["position_guessed"])


def test_words_among_open_boxes_are_more_than_the_options() -> None:
    """Tell a remark typed into a row of open boxes from the boxes that the blank printed."""
    field = Field(path="办理情况", kind=FieldKind.CHOICE, choices=("已解决", "上报"))
    assert not says_more(field, "□已解决\n□上报　")
    assert says_more(field, "□已解决\n注意：每周六开放。\n□上报")
