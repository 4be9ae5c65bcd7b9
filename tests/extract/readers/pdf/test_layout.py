"""What a PDF cannot tell surely: columns parted by gaps, text beyond its cell, sheets wider than the paper."""

from __future__ import annotations

import pytest

from extract.model import Look
from extract.readers.draft import Line, Slot, Table, joined
from extract.readers.pdf.columns import blocks, by_gaps
from extract.readers.pdf.lines import Glyph, lines_of
from extract.readers.pdf.loose import Loose
from extract.readers.pdf.paragraphs import paragraphs
from extract.readers.pdf.reader import _grid
from extract.readers.pdf.room import Room, padding
from extract.readers.pdf.seen import _is_ground
from extract.readers.pdf.wide import Sheet, pages_down, set_beside

SIZE = 10.0


def _glyphs(text: str, left: float, top: float) -> list[Glyph]:
    return [
        Glyph(sign, left + n * SIZE, top, left + (n + 1) * SIZE, top + SIZE) for n, sign in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("parts", "guessed"),
    [
        ([("姓名", "陈青禾"), ("单位", "召陵区团委")], True),
        ([("填报单位：团委", "填报日期：二〇二〇年"), ("联系人：李晓", "电话：一三八")], False),
        ([("负责人签字：李晓", "2020年7月3日"), ("本表一式两份", "（盖章）")], False),
        ([("姓名", "陈青禾")], False),
    ],
)
def test_columns_that_only_gaps_part_are_told(parts: list[tuple[str, str]], guessed: bool) -> None:
    """Labels with their colons say themselves what they are, as dates and seals do; one line may be anything."""
    glyphs = [
        glyph
        for number, (first, second) in enumerate(parts)
        for glyph in (*_glyphs(first, 50, 20 * number), *_glyphs(second, 300, 20 * number))
    ]
    assert by_gaps(lines_of(glyphs)) is guessed


@pytest.mark.parametrize(("top", "overrun"), [(1, False), (-6, True)])
def test_text_beyond_the_rules_of_its_cell_is_told(top: float, overrun: bool) -> None:
    """A row too low for its text shows a part of it, or covers the row above."""
    cells = [(0.0, 0.0, 100.0, 12.0), (0.0, 12.0, 100.0, 24.0)]
    glyphs = [*_glyphs("团委", 5, 1), *_glyphs("陈青禾", 5, 12 + top)]
    assert _grid((0, 0, 100, 24), cells, glyphs, []).overrun is overrun


def _sheet(columns: list[float], *texts: str) -> Sheet:
    width = len(columns) - 1
    slots = [Slot(n // width, n % width, 1, 1, [Line(text)]) for n, text in enumerate(texts)]
    return Sheet([10.0, 30.0, 55.0], columns, Table(slots))


def test_columns_without_room_on_the_paper_stand_beside_those_of_the_page_before() -> None:
    left, right = _sheet([50, 150, 250], "姓名", "职务", "陈念", "书记"), _sheet([50, 200], "电话", "一三八")
    assert pages_down([left, right]) == 1
    set_beside(left, right)
    assert [(s.row, s.column, joined(s.items)) for s in left.table.slots] == [
        *((0, 0, "姓名"), (0, 1, "职务"), (0, 2, "电话")),
        *((1, 0, "陈念"), (1, 1, "书记"), (1, 2, "一三八")),
    ]


def test_the_same_form_on_every_page_is_no_wide_sheet() -> None:
    one, other = _sheet([50, 150, 250], *"甲乙丙丁"), _sheet([50, 150, 250], *"甲戊丙己")
    assert pages_down([one, other]) == 0
    assert pages_down([one, None]) == 0


def _said(texts: list[str], lefts: list[float], width: float, stretched: int = 0) -> tuple[list[str], bool]:
    """Return the paragraphs of a cell ``width`` wide, and whether a break among them is doubted."""
    glyphs = []
    for number, (text, left) in enumerate(zip(texts, lefts, strict=True)):
        step = SIZE + (0.8 if number < stretched else 0.0)
        for n, sign in enumerate(text):
            glyphs.append(
                Glyph(sign, left + n * step, 15.0 * number, left + n * step + SIZE, 15.0 * number + 10)
            )
    lines = [line for line, _ in paragraphs(lines_of(glyphs), Room(0.0, width), cell=True)]
    doubted = any(mark.look is Look.BREAK for line in lines for mark in line.marks)
    return [line.text for line in lines], doubted


def test_a_line_that_is_not_stretched_among_stretched_ones_ends_its_paragraph() -> None:
    texts = ["甲乙丙丁戊己庚辛", "壬癸子丑寅卯辰巳", "午未申酉戌亥天地", "玄黄宇宙"]
    assert len(_said(texts, [0] * 4, 85.6, stretched=2)[0]) == 2
    assert len(_said(texts, [0] * 4, 85.6, stretched=3)[0]) == 1


def test_text_set_to_the_right_is_measured_from_its_own_left_edge() -> None:
    assert _said(["甲乙丙丁戊己庚辛", "壬癸子", "丑寅卯辰巳"], [0, 50, 30], 80)[0] == [
        "甲乙丙丁戊己庚辛壬癸子",
        "丑寅卯辰巳",
    ]


@pytest.mark.parametrize(("middle", "found"), [("甲乙丙，二是戊己。", 1), ("甲乙丙丁戊己庚辛。", 2)])
def test_a_number_at_the_head_of_a_line_begins_nothing_where_others_stand_inside_lines(
    middle: str, found: int
) -> None:
    assert len(_said([middle, "一是甲乙丙。"], [0, 0], 90)[0]) == found


@pytest.mark.parametrize(("first", "doubted"), [("甲乙丙。", True), ("甲乙丙丁戊己庚辛", False)])
def test_where_paragraphs_begin_like_lines_a_full_line_that_ends_a_sentence_is_doubted(
    first: str, doubted: bool
) -> None:
    """An answer of one paragraph is not: sentences end anywhere."""
    assert _said([first, "甲乙丙丁戊己庚。", "壬癸子丑"], [0] * 3, 80)[1] is doubted


@pytest.mark.parametrize(
    ("area", "ground"),
    [
        ({"non_stroking_color": (0.8, 0.9, 0.8)}, True),
        ({"non_stroking_color": (0.8, 0.9, 0.8), "x1": 90.0}, False),
        ({"non_stroking_color": (0.99,), "x1": 90.0}, True),
    ],
)
def test_an_area_of_colour_behind_words_is_no_cell(area: dict[str, object], ground: bool) -> None:
    """A shaded cell is wider than its text; what is white on white is no area at all."""
    chars = [{"x0": 10.0 + n * SIZE, "x1": 20.0 + n * SIZE, "top": 10.0, "bottom": 20.0} for n in range(3)]
    assert (
        _is_ground({"x0": 10.0, "x1": 40.0, "top": 7.0, "bottom": 23.0, "height": 16.0} | area, chars)
        is ground
    )


def test_the_padding_of_cells_is_where_most_of_their_lines_begin() -> None:
    """Labels set in the middle begin anywhere, two of them even alike."""
    left = [
        ((0.0, 0.0, 100.0, 50.0), [(5.4, 0, 90, 10), (5.4, 12, 80, 22)]),
        ((0.0, 50.0, 100.0, 70.0), [(5.4, 50, 60, 60)]),
    ]
    middle = [((0.0, 0.0, 40.0, 20.0), [(1.3, 0, 38.7, 10)])] * 2
    assert padding([*middle, *left]) == 5.4


def test_several_lines_of_a_column_without_rules_are_one_answer_that_is_doubted() -> None:
    """Their longest tells how wide the column is, where each of the others had no room for the next word."""
    rows = [("学院", "今年新发展团员"), ("", "已有三十五名，"), ("", "其中女青年过半")]
    glyphs = [
        glyph
        for number, parts in enumerate([*rows, ("学号", "二〇二〇〇七")])
        for text, left in zip(parts, (50, 150), strict=True)
        for glyph in _glyphs(text, left, 15 * number)
    ]
    table, _ = next(iter(blocks(lines_of(glyphs), Room(50.0, 500.0))))
    assert isinstance(table, Table)
    answers = [slot.items[0] for slot in table.slots if slot.column == 1]
    assert [(line.text, bool(line.marks)) for line in answers if isinstance(line, Line)] == [
        ("今年新发展团员已有三十五名，其中女青年过半", True),
        ("二〇二〇〇七", False),
    ]


def _loose(*parts: tuple[str, float, float]) -> Loose:
    glyphs = [glyph for text, left, top in parts for glyph in _glyphs(text, left, top)]
    found = next(item for item, _ in blocks(lines_of(glyphs), Room(50.0, 500.0)) if isinstance(item, Loose))
    assert isinstance(found, Loose)
    return found


def _texts(table: Table) -> list[list[str]]:
    rows = max(slot.row for slot in table.slots) + 1
    return [[joined(slot.items) for slot in table.slots if slot.row == row] for row in range(rows)]


def test_lines_closer_to_one_another_than_rows_are_one_cell_wherever_its_label_stands() -> None:
    """In the middle of three, or between two of them."""
    three = [("今年新发展团员", 150, 18), ("已有三十五名，", 150, 30), ("其中女青年", 150, 42)]
    two = [("下半年计划", 150, 60), ("办夜校", 150, 72)]
    rows = [("零一", 50, 0), ("答复", 150, 0), ("零二", 50, 30), *three, ("零三", 50, 66), *two]
    table = _loose(*rows, ("零四", 50, 90), ("答复", 150, 90))
    assert [(row[0], "".join(row[1].split("\n"))) for row in _texts(table)] == [
        ("零一", "答复"),
        ("零二", "今年新发展团员已有三十五名，其中女青年"),
        ("零三", "下半年计划办夜校"),
        ("零四", "答复"),
    ]


def test_cells_that_touch_are_told_by_labels_in_their_middle() -> None:
    """No more parts two rows than two lines."""
    texts = ["第零条", "下半年计划", "办夜校", "组织志愿者", "服务群众", "第三条"]
    labels = [("零零", 50, 0), ("零一", 50, 18), ("零二", 50, 42), ("零三", 50, 60)]
    table = _loose(*labels, *((text, 150, 12 * n) for n, text in enumerate(texts)))
    assert [(row[0], "".join(row[1].split("\n"))) for row in _texts(table)] == [
        ("零零", "第零条"),
        ("零一", "下半年计划办夜校"),
        ("零二", "组织志愿者服务群众"),
        ("零三", "第三条"),
    ]


def test_lines_at_the_foot_and_the_head_of_a_page_belong_to_the_last_label() -> None:
    upper = _loose(
        ("学院", 50, 0),
        ("市级", 150, 0),
        ("专业", 50, 15),
        ("今年新发展团员", 150, 15),
        ("已有三十五名，", 150, 30),
    )
    lower = _loose(
        ("其中女青年过半", 150, 0),
        ("。", 150, 15),
        ("班级", 50, 30),
        ("计算机一班", 150, 30),
        ("学号", 50, 45),
        ("二〇二〇〇七", 150, 45),
    )
    assert upper.goes_on(lower)
    upper.append(lower)
    assert _texts(upper) == [
        ["学院", "市级"],
        ["专业", "今年新发展团员已有三十五名，其中女青年过半。"],
        ["班级", "计算机一班"],
        ["学号", "二〇二〇〇七"],
    ]
    assert not upper.goes_on(
        _loose(("学院", 50, 0), ("信息科学学院", 150, 0), ("专业", 50, 15), ("计算机科学", 150, 15))
    )


def test_a_line_that_was_moved_by_blanks_goes_on_where_the_cell_begins() -> None:
    """What stands above it is set apart; a date below at the right margin is not its rest."""
    texts = [("同意", 0, 0), ("组长（签字）：答复第", 100, 30), ("九十三条", 0, 41), ("二月三日", 120, 52)]
    lines = lines_of([glyph for text, left, top in texts for glyph in _glyphs(text, left, top)])
    found = [line.text for line, _ in paragraphs(lines, Room(0.0, 200.0), cell=True)]
    assert found == ["同意", "组长（签字）：答复第九十三条", "二月三日"]
