"""Lists that go on in further tables, and what lies in a corner of the sheet far below them."""

from __future__ import annotations

import pytest

from extract import Aligned, Grid, Layouts, align
from tests.extract.neutral import codes, document, grid, para

HEAD = ["活动名称", "时间", "人数"]
FIRST, SECOND = ["清明祭扫", "2020年4月4日", "30"], ["植树", "2020年3月12日", "12"]
TOP = grid([["填报单位", "源汇区团委", "负责人", "甲"]])


def _names(found: Aligned) -> list[str]:
    return [str(row.readings[0].value) for row in found.rows]


def _aligned(layouts: Layouts, *blocks: object) -> Aligned:
    (found,) = align(document("活动情况表", TOP, *blocks), layouts, 2020)  # type: ignore[arg-type]
    return found


def test_a_header_repeated_on_a_new_page_is_no_entry(all_layouts: Layouts) -> None:
    """Read past a header that stands again between two rows."""
    assert _names(_aligned(all_layouts, grid([HEAD, FIRST, HEAD, SECOND], "表2"))) == ["清明祭扫", "植树"]


def test_a_list_goes_on_under_a_repeated_header(all_layouts: Layouts) -> None:
    """Join two tables with one header, as on two sheets."""
    found = _aligned(
        all_layouts, grid([HEAD, FIRST], "表2"), para("（续表）", 3), grid([HEAD, SECOND], "表3")
    )
    assert _names(found) == ["清明祭扫", "植树"]
    assert "position_guessed" not in codes(found)


def test_a_table_without_a_header_goes_on_aloud(all_layouts: Layouts) -> None:
    """Join a table of as many columns that follows at once, with a doubt."""
    found = _aligned(all_layouts, grid([HEAD, FIRST], "表2"), grid([SECOND], "表3"))
    assert _names(found) == ["清明祭扫", "植树"]
    assert "position_guessed" in codes(found)


def test_another_table_behind_a_sentence_is_another_one(all_layouts: Layouts) -> None:
    """Take no table that a sentence sets apart from the list."""
    found = _aligned(
        all_layouts, grid([HEAD, FIRST], "表2"), para("下面是经费情况。", 3), grid([SECOND], "表3")
    )
    assert _names(found) == ["清明祭扫"]
    assert [item.text for item in found.leftover] == ["下面是经费情况。", *SECOND]


def test_a_note_far_below_a_list_is_no_entry(all_layouts: Layouts) -> None:
    """Leave over what stands in one column many empty rows below."""
    rows = [HEAD, FIRST, *([["", "", ""]] * 9), ["", "", "77"]]
    found = _aligned(all_layouts, Grid("表2", grid(rows, "表2").cells))
    assert _names(found) == ["清明祭扫"]
    assert [item.text for item in found.leftover] == ["77"]


@pytest.mark.parametrize("mark", ["例：清明祭扫", "（示例）清明祭扫", "示例"])
def test_an_example_is_no_entry(all_layouts: Layouts, mark: str) -> None:
    """Leave over a row that says it is an example."""
    found = _aligned(all_layouts, grid([HEAD, [mark, "2020年4月4日", "30"], SECOND], "表2"))
    assert _names(found) == ["植树"]
    assert mark in [item.text for item in found.leftover]


@pytest.mark.parametrize("band", ["三月份", "备注：部分为线上"])
def test_a_band_over_the_whole_width_is_no_entry(all_layouts: Layouts, band: str) -> None:
    """Leave over a cell that is merged over all columns of a list."""
    found = _aligned(all_layouts, grid([HEAD, FIRST, [band, None, None], SECOND], "表2"))
    assert _names(found) == ["清明祭扫", "植树"]
    assert [item.text for item in found.leftover] == [band]


def test_a_total_behind_its_serial_number_is_no_entry(all_layouts: Layouts) -> None:
    """Pass over the last line of a numbered list; a deed that begins with 注 or 说明 is an entry."""
    head, rows = ["序号", *HEAD], [["1", *FIRST], ["2", "注册志愿者", *SECOND[1:]], ["3", "合  计", "", "42"]]
    assert _names(_aligned(all_layouts, grid([head, *rows], "表2"))) == ["清明祭扫", "注册志愿者"]


def test_a_second_form_in_the_same_grid_keeps_its_list(all_layouts: Layouts) -> None:
    """Join nothing from a form that begins further down in the same sheet."""
    form = [["活动情况表", None, None], ["填报单位：甲团委", None, None], HEAD, FIRST]
    again = [["活动情况表", None, None], ["填报单位：乙团委", None, None], HEAD, SECOND]
    first, second = align(document(grid([*form, *again])), all_layouts, 2020)
    assert (_names(first), _names(second)) == (["清明祭扫"], ["植树"])


@pytest.mark.parametrize("remark", ["（此件已经书记审签）", "以上情况属实，请领导审阅。"])
def test_a_remark_under_a_list_is_no_entry(all_layouts: Layouts, remark: str) -> None:
    """Leave a line about the return over that stands in the first column under all entries."""
    found = _aligned(all_layouts, grid([HEAD, FIRST, SECOND, [remark, "", ""]], "表2"))
    assert _names(found) == ["清明祭扫", "植树"]
    assert [item.text for item in found.leftover] == [remark]
    named = _aligned(all_layouts, grid([HEAD, FIRST, ["植树（青年林）", "", ""]], "表2"))
    assert _names(named) == ["清明祭扫", "植树（青年林）"]
