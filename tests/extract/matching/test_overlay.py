"""A row of the blank laid over one of a return: its labels must be the same, though one may not have been printed whole."""

from __future__ import annotations

import pytest

from extract.matching.board import spread
from extract.matching.overlay import _row, row_fits
from extract.matching.stencil import Hole, StencilRow, begun_rows
from tests.extract.neutral import document, grid


@pytest.mark.parametrize(
    ("said", "worn"),
    [
        (["指导教", "姓名", "王念"], True),  # the last sign was cut off
        (["", "姓名", "王念"], True),
        (["企业导师", "姓名", "王念"], False),
        (["", "", "王念"], False),  # nothing tells which row it is
    ],
)
def test_a_label_that_was_not_printed_whole_is_told_by_the_other_one(said: list[str], worn: bool) -> None:
    row = StencilRow((Hole("指导教师"), Hole("姓名"), Hole("", (0,), bare=True)))
    ((_, line),) = begun_rows(spread(document(grid([said])), lambda text: text == ""), 0)
    assert not row_fits(line, row)
    assert (_row(line, row, worn=True) is not None) is worn


def test_the_row_of_a_list_has_all_its_labels() -> None:
    row = StencilRow((Hole("成员"), Hole("姓名"), Hole("", (0,), bare=True)), repeats=True)
    ((_, line),) = begun_rows(spread(document(grid([["", "姓名", "王念"]])), lambda text: text == ""), 0)
    assert _row(line, row, worn=True) is None
