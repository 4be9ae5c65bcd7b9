"""Text over the rules of a PDF's table belongs where it was begun; upright columns read as they were painted."""

from __future__ import annotations

import pytest

from extract.readers.pdf.lines import Glyph
from extract.readers.pdf.painted import placed, upright

SIZE = 10.0
CELLS = [(0.0, 0.0, 50.0, 20.0), (50.0, 0.0, 100.0, 20.0), (0.0, 20.0, 50.0, 60.0), (50.0, 20.0, 100.0, 60.0)]


def _level(text: str, left: float, top: float) -> list[Glyph]:
    return [
        Glyph(sign, left + n * SIZE, top, left + (n + 1) * SIZE, top + SIZE) for n, sign in enumerate(text)
    ]


def _down(text: str, left: float, top: float, step: float = SIZE) -> list[Glyph]:
    return [
        Glyph(sign, left, top + n * step, left + SIZE, top + n * step + SIZE) for n, sign in enumerate(text)
    ]


def _said(glyphs: list[Glyph], cells: list[tuple[float, float, float, float]] = CELLS) -> list[str]:
    return ["".join(glyph.text for glyph in own) for _, own in placed(glyphs, cells)]


def test_a_text_that_a_rule_runs_through_belongs_where_it_begins() -> None:
    assert _said(_level("答复第二十八条", 4, 5)) == ["答复第二十八条", "", "", ""]


def test_texts_that_keep_off_the_rule_between_them_are_two() -> None:
    """Another text crosses a rule elsewhere on the page."""
    over = _level("甲乙", 83, 30)
    assert _said([*_level("团干部", 15, 5), *_level("三十七", 55, 5), *over]) == [
        "团干部",
        "三十七",
        "",
        "甲乙",
    ]


def test_lines_that_run_over_the_foot_of_their_cell_are_told_by_the_order_of_painting() -> None:
    """The label above is too long for its cell and covers the one below, which is painted after it."""
    above = [*_level("视力及", 5, 2), *_level("辨色力", 5, 14), *_level("验收、", 5, 26)]
    assert _said([*above, *_level("胸部", 15, 27)]) == ["视力及辨色力验收、", "", "胸部", ""]


def test_lines_that_begin_on_a_rule_belong_to_the_cell_that_holds_the_rest() -> None:
    """The cell above has room for them: it is no text of its own that ran over."""
    below = [*_level("四、管理", 4, 53), *_level("限千字", 4, 65)]
    cells = [(0.0, 0.0, 50.0, 60.0), (0.0, 60.0, 50.0, 99.0)]
    assert _said([*_level("三、销售", 4, 2), *below], cells) == ["三、销售", "四、管理限千字"]


def test_a_text_that_begins_where_its_column_does_is_its_own() -> None:
    """The label beside it is broader than its cell and touches it."""
    cells = [(0.0, 0.0, 10.0, 60.0), (10.0, 0.0, 30.0, 60.0)]
    glyphs = [*_level("菌", 2, 2), *_level("谈", 13, 2), *_down("妥实习", 13, 14)]
    assert _said(glyphs, cells) == ["菌", "谈妥实习"]


def test_upright_columns_read_in_the_order_of_painting() -> None:
    columns = [*_down("摄影检查", 30, 22), *_down("胸部射线", 10, 20)]
    assert ["".join(g.text for g in column) for column in upright(columns)] == ["摄影检查", "胸部射线"]


@pytest.mark.parametrize("glyphs", [_down("体征", 10, 20), [*_level("实化", 5, 20), *_level("验验", 5, 32)]])
def test_what_lines_tell_as_well_is_no_upright_column(glyphs: list[Glyph]) -> None:
    """One column reads from the top by its lines; pairs of characters painted line by line are lines."""
    assert upright(glyphs) == []


def test_upright_text_that_runs_through_a_rule_makes_one_row_of_two() -> None:
    """What stands beside it is one row as well: its rule is drawn by mistake."""
    cells = [
        *((0.0, 0.0, 30.0, 40.0), (30.0, 0.0, 60.0, 40.0), (60.0, 0.0, 100.0, 40.0)),
        *((0.0, 40.0, 30.0, 60.0), (30.0, 40.0, 100.0, 60.0)),
    ]
    label = [*_down("摄影检查", 15, 5), *_down("胸部射线", 4, 5)]
    found = placed([*label, *_level("正常", 32, 5), *_level("医师", 60, 45)], cells)
    assert [(box, "".join(g.text for g in own)) for box, own in found] == [
        ((0.0, 0.0, 30.0, 60.0), "摄影检查胸部射线"),
        ((30.0, 0.0, 100.0, 60.0), "正常医师"),
    ]
