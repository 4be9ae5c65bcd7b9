"""What a page break hides inside a table, told by the blank: torn rows, and tables that ended with the page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from extract import Document, Grid, Mark, Paragraph
from extract.matching.seams import mended
from extract.matching.stencil import StencilRow
from extract.model import Look
from forms import Place
from tests.extract.neutral import LAYOUTS, cell, grid

ROWS = [
    ["组织观摩部室", "组织部"],
    ["参加观摩人员", "李晓"],
    ["观摩点及观摩内容", "阳光社区"],
    ["观摩点亮点工作", "点单派单"],
    ["观摩点存在问题", "系统更新不及时"],
    ["整改措施", "逐月销号"],
]


def _mended(rows: list[list[str]], seam: int) -> list[Grid]:
    document = Document((replace(grid(rows), seams=(seam,)),))
    found = mended(document, LAYOUTS, lambda text: bool(LAYOUTS.labels.exact(text)))
    return [block for block in found.blocks if isinstance(block, Grid)]


def _texts(found: Grid, row: int) -> list[list[str]]:
    return [[getattr(block, "text", "") for block in cell.blocks] for cell in found.cells if cell.row == row]


@pytest.mark.parametrize(
    "halves", [(["观摩点亮", "点单派单"], ["点工作", ""]), (["观摩点亮点工作", "点单"], ["", "派单"])]
)
def test_a_row_torn_by_the_page_is_one_where_the_blank_has_one(halves: tuple[list[str], list[str]]) -> None:
    (found,) = _mended([*ROWS[:3], *halves, *ROWS[4:]], 4)
    assert ["".join(said) for said in _texts(found, 3)] == [
        "观摩点亮点工作",
        "".join(half[1] for half in halves),
    ]
    assert _texts(found, 5) == [["整改措施"], ["逐月销号"]]


@pytest.mark.parametrize(("looks", "said"), [((), ["点单", "派单"]), ((Look.GOES_ON,), ["点单派单"])])
def test_a_text_that_had_no_room_for_the_next_word_goes_on_with_it(
    looks: tuple[Look, ...], said: list[str]
) -> None:
    """The reader knows how wide the cell was; the blank knows that the two rows are one."""
    whole = grid([*ROWS[:3], ["观摩点亮", "点单"], ["点工作", ""], *ROWS[4:]])
    rest = Paragraph("派单", Place("表1", 5, 2, 1), tuple(Mark(0, 0, look) for look in looks))
    cells = [c for c in whole.cells if (c.row, c.column) != (4, 1)]
    document = Document((Grid("表1", (*cells, cell(4, 1, [rest])), seams=(4,)),))
    (found,) = mended(document, LAYOUTS, lambda text: bool(LAYOUTS.labels.exact(text))).blocks
    assert isinstance(found, Grid)
    assert _texts(found, 3)[1] == said


def test_rows_that_the_blank_has_stay_two() -> None:
    (found,) = _mended(ROWS, 4)
    assert _texts(found, 4) == [["观摩点存在问题"], ["系统更新不及时"]]


def test_a_second_form_on_the_next_page_is_another_table() -> None:
    first, second = _mended([*ROWS, *ROWS], 6)
    assert [_texts(each, 0) for each in (first, second)] == [[["组织观摩部室"], ["组织部"]]] * 2


def test_two_rows_that_were_put_together_over_the_page_are_two_again() -> None:
    """Their labels filled narrow cells; the blank has each of them."""
    rows = [*ROWS[:3], ["", ""], ROWS[5]]
    whole = grid(rows)
    both = [
        Paragraph(first + second, Place("表1", 4, column + 1, 1), (Mark(len(first), len(first), Look.PAGE),))
        for column, (first, second) in enumerate(zip(ROWS[3], ROWS[4], strict=True))
    ]
    cells = [c for c in whole.cells if c.row != 3] + [
        cell(3, column, [text]) for column, text in enumerate(both)
    ]
    document = Document((Grid("表1", tuple(cells), torn=(3,)),))
    (found,) = mended(document, LAYOUTS, lambda text: bool(LAYOUTS.labels.exact(text))).blocks
    assert isinstance(found, Grid)
    assert [["".join(t) for t in _texts(found, row)] for row in range(6)] == ROWS


def test_three_rows_that_were_put_together_over_two_pages_are_three_again() -> None:
    """Nothing but the blank tells at which of the two ends of pages a row ended: here at both."""
    both = []
    for column in range(2):
        said = [ROWS[row][column] for row in (2, 3, 4)]
        ends = (len(said[0]), len(said[0] + said[1]))
        marks = tuple(Mark(end, end, Look.PAGE) for end in ends)
        both.append(Paragraph("".join(said), Place("表1", 3, column + 1, 1), marks))
    cells = [cell(2, column, [text]) for column, text in enumerate(both)]
    kept = [c for c in grid([*ROWS[:2], ["", ""], ROWS[5]]).cells if c.row != 2]
    document = Document((Grid("表1", (*kept, *cells), torn=(2, 2)),))
    (found,) = mended(document, LAYOUTS, lambda text: bool(LAYOUTS.labels.exact(text))).blocks
    assert isinstance(found, Grid)
    assert [["".join(t) for t in _texts(found, row)] for row in range(6)] == ROWS


def test_a_label_cut_by_the_page_spans_it_where_the_rows_beside_are_two() -> None:
    """大便 on one page, 培养 on the next: neither is a label, and the rows beside them are not halves of one."""
    whole = [layout for layout in LAYOUTS.all if any(len(rows) > 5 for rows in layout.stencil.grids)]
    rows = next(rows for layout in whole for rows in layout.stencil.grids if _leading(rows) is not None)
    place = _leading(rows)
    assert place is not None
    label, width = rows[place].holes[0].label, len(rows[place].holes)
    first = [label[:2], *(hole.label or "甲" for hole in rows[place].holes[1:])]
    second = [label[2:], *(hole.label or "乙" for hole in rows[place + 1].holes)]
    assert len(first) == len(second) == width
    document = Document((replace(grid([first, second]), seams=(1,)),))
    (found,) = mended(document, LAYOUTS, lambda text: bool(LAYOUTS.labels.exact(text))).blocks
    assert isinstance(found, Grid)
    assert found.cells[0].row_span == 2
    assert len([c for c in found.cells if c.row == 1]) == width - 1


def _leading(rows: tuple[StencilRow, ...]) -> int | None:
    """Return the row of a blank whose label reaches down over the next row."""
    for number, (row, below) in enumerate(pairwise(rows)):
        head = row.holes[0].label
        if len(head) > 3 and len(row.holes) == len(below.holes) + 1 and row.holes[1].label:
            return number
    return None


def test_a_label_beside_two_halves_stays_over_both() -> None:
    """Nothing of it stands on the second page: the rows beside it are one, in a list with a column for each return too."""
    label = Paragraph(ROWS[3][0], Place("表1", 4, 1, 1), (Mark(7, 7, Look.PAGE),))
    rows = [[*row, row[1]] for row in ROWS]
    halves = [["", "点单", "派"], ["", "派单", "单"]]
    whole = grid([*rows[:3], *halves, *rows[4:]])
    cells = [c for c in whole.cells if c.column or c.row not in (3, 4)] + [cell(3, 0, [label], (2, 1))]
    document = Document((Grid("表1", tuple(cells), seams=(4,)),))
    (found,) = mended(document, LAYOUTS, lambda text: bool(LAYOUTS.labels.exact(text))).blocks
    assert isinstance(found, Grid)
    assert sorted("".join(texts) for texts in _texts(found, 3)) == sorted([ROWS[3][0], "点单派单", "派单"])


def test_labels_in_upright_letters_that_were_put_together_are_two_again() -> None:
    label = Paragraph("观摩点亮点工作观摩点存在问题", Place("表1", 4, 1, 1), (Mark(7, 7, Look.PAGE),))
    whole = grid([*ROWS[:3], ["", ROWS[3][1]], ["", ROWS[4][1]], ROWS[5]])
    cells = [c for c in whole.cells if c.column or c.row not in (3, 4)] + [cell(3, 0, [label], (2, 1))]
    document = Document((Grid("表1", tuple(cells), seams=(4,)),))
    (found,) = mended(document, LAYOUTS, lambda text: bool(LAYOUTS.labels.exact(text))).blocks
    assert isinstance(found, Grid)
    rows = [[c for c in found.cells if c.row == row and not c.column] for row in (3, 4)]
    assert ["".join(_texts(Grid("", tuple(row)), 3 + n)[0]) for n, row in enumerate(rows)] == [
        ROWS[3][0],
        ROWS[4][0],
    ]
