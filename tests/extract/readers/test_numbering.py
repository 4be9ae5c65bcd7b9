"""Automatic list numbers: what a reader sees before the items of a Word list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.numbering import chinese, format_number
from extract.readers.word.docx import read_word
from extract.values.numbers import chinese_value
from tests.wordfiles import docx, level, numbered, numbering, p, part


@pytest.mark.parametrize(
    ("style", "number", "expected"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedParen", 21, "(21)"),
        ("ideographEnclosedCircle", 4, "㈣"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("japaneseCounting", 11, "十一"),
        ("chineseCountingThousand", 105, "一百〇五"),
        ("chineseCountingThousand", 1010, "一千〇一十"),
        ("chineseLegalSimplified", 25, "贰拾伍"),
        ("chineseLegalSimplified", 105, "壹佰零伍"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("ideographTraditional", 3, "丙"),
        ("ideographZodiac", 12, "亥"),
        ("somethingElse", 7, "7"),
        ("chineseCounting", 0, "0"),
        ("decimal", 12345, "12345"),
    ],
)
def test_number_formats(style: str, number: int, expected: str) -> None:
    """Write a number in the format of a list."""
    assert format_number(number, style) == expected


@given(st.integers(1, 9999))
def test_chinese_numbers_are_read_as_they_are_written(number: int) -> None:
    """Let what one module writes be what the other reads."""
    assert chinese_value(chinese(number)) == number


def items(
    definitions: str, *chosen: tuple[int, int], lists: dict[int, tuple[int, str]] | None = None
) -> list[str]:
    """Return the numbers of items given as (list, level) where abstract list 0 has the levels ``definitions``."""
    parts = {"word/numbering.xml": numbering({0: definitions}, lists or {1: (0, ""), 2: (0, "")})}
    body = "".join(p("X", properties=numbered(number, depth)) for number, depth in chosen)
    return [paragraph.text.removesuffix("X") for paragraph in read_word(docx(body, parts)).paragraphs()]


THREE = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%1.%2.%3")
)


def test_levels_count_on_and_begin_anew_under_the_next_item() -> None:
    """Count each level, beginning again below a new item of a higher level."""
    assert items(THREE, (1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2)) == [
        *("一、", "（一）", "（二）", "二、", "（一）", "二.一.1")
    ]


def test_a_level_may_be_told_not_to_restart() -> None:
    """Count on where lvlRestart is 0."""
    levels = level(0) + level(1, extra='<w:lvlRestart w:val="0"/>')
    assert items(levels, (1, 0), (1, 1), (1, 0), (1, 1)) == ["1.", "1.", "2.", "2."]


def test_legal_numbers_are_decimal() -> None:
    """Write all numbers of a level in decimal where it says so."""
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", extra="<w:isLgl/>")
    assert items(levels, (1, 0), (1, 1)) == ["一、", "1.1"]


def test_two_lists_of_one_definition_count_on_together() -> None:
    """Count on over lists that share a definition."""
    assert items(level(0), (1, 0), (2, 0), (1, 0)) == ["1.", "2.", "3."]


def test_a_list_with_a_start_of_its_own_begins_there() -> None:
    """Begin again where an override gives a start."""
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert items(level(0), (1, 0), (1, 0), (2, 0), lists={1: (0, ""), 2: (0, override)}) == ["1.", "2.", "1."]


def test_an_override_may_change_the_level() -> None:
    """Take a level that a list defines for itself."""
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>'
    assert items(level(0), (1, 0), lists={1: (0, override)}) == ["C)"]


def test_bullets_unknown_lists_and_unknown_levels_have_no_number() -> None:
    """Show no number where there is none."""
    levels = level(0, "bullet", "") + level(1, "none", "")
    assert items(levels, (1, 0), (1, 1), (1, 5), (9, 0)) == ["", "", "", ""]


def test_a_deeper_item_without_an_item_above_shows_the_start() -> None:
    """Show the first number of a level that has had no item yet."""
    assert items(THREE, (1, 2)) == ["一.一.1"]


def test_numbers_through_styles_and_switched_off() -> None:
    """Number a paragraph by its style; list 0 takes the number away."""
    styles = part(
        "styles",
        f'<w:style w:type="paragraph" w:styleId="n"><w:pPr>{numbered(1)}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="m"><w:basedOn w:val="n"/></w:style>',
    )
    parts = {"word/numbering.xml": numbering({0: level(0)}, {1: (0, "")}), "word/styles.xml": styles}
    body = (
        p("甲", properties='<w:pStyle w:val="n"/>')
        + p("乙", properties='<w:pStyle w:val="n"/>' + numbered(0))
        + p("丙", properties='<w:pStyle w:val="m"/>')
    )
    assert [q.text for q in read_word(docx(body, parts)).paragraphs()] == ["1.甲", "乙", "2.丙"]


def test_a_deleted_paragraph_mark_takes_no_number() -> None:
    """Give no number to a paragraph whose mark was deleted by tracking."""
    parts = {"word/numbering.xml": numbering({0: level(0)}, {1: (0, "")})}
    body = p("甲", properties=numbered(1) + "<w:rPr><w:del/></w:rPr>") + p("乙", properties=numbered(1))
    assert [q.text for q in read_word(docx(body, parts)).paragraphs()] == ["甲", "1.乙"]


def test_a_level_may_restart_only_under_a_given_level() -> None:
    """Restart level 3 after an item of level 1 only where lvlRestart says 1 (ECMA-376 17.9.10)."""
    levels = level(0) + level(1) + level(2, extra='<w:lvlRestart w:val="1"/>')
    assert items(levels, (1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)) == [
        *("1.", "1.", "1.", "2.", "2.", "2.", "1.")
    ]
