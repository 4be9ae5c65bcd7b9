"""What a PDF cannot tell surely: columns parted by gaps, text beyond its cell, sheets wider than the paper."""

from __future__ import annotations

import pytest

from extract.readers.draft import Line, Slot, Table, joined
from extract.readers.pdf import _grid
from extract.readers.pdfcolumns import by_gaps
from extract.readers.pdflines import Glyph, lines_of
from extract.readers.pdfwide import Sheet, pages_down, set_beside

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
