"""Entries of a list that were typed with their labels, in lines or all in one cell."""

from __future__ import annotations

import pytest

from extract import Aligned, Document, Grid, Layouts, Paragraph, align
from forms import Place
from tests.extract.neutral import accounted, cell, codes, grid, shown

HEAD = ["活动情况表", "填报单位：源汇区团委"]
WANTED = [["清明祭扫", "2020-04-04", "30"], ["植树", "2020-03-12", "8"]]


def _lines(text: str) -> tuple[Paragraph, ...]:
    lines = enumerate([*HEAD, *text.split("\n")], start=1)
    return tuple(Paragraph(line, Place("正文", paragraph=number)) for number, line in lines)


def _found(layouts: Layouts, document: Document) -> Aligned:
    (found,) = align(document, layouts, 2020)
    assert accounted([found]) == shown(document)
    return found


def _rows(found: Aligned) -> list[list[str]]:
    return [[str(reading.value) for reading in row.readings] for row in found.rows]


@pytest.mark.parametrize(
    "text",
    [
        "1、活动名称：清明祭扫，时间：2020年4月4日，人数：30\n2、活动名称：植树，时间：2020年3月12日，人数：8人",
        "第一条\n活动名称：清明祭扫\n时间：2020年4月4日\n人数：30\n第二条\n活动名称：植树\n时间：2020.3.12\n人数：8",
        "活动名称：清明祭扫；时间：2020-4-4；人数：30。\n活动名称：植树；时间：2020-3-12；人数：8。",
        "活动名称        时间        人数\n清明祭扫        2020年4月4日        30\n植树     2020.3.12     8人",
    ],
)
def test_each_entry_is_a_row_however_it_was_typed(all_layouts: Layouts, text: str) -> None:
    """Read numbered lines of labels and answers, a line for each label, and columns set off by blanks alike."""
    found = _found(all_layouts, Document(_lines(text)))
    assert _rows(found) == WANTED
    assert codes(found) == set()
    assert not found.leftover


def test_what_follows_the_last_entry_is_none_of_it(all_layouts: Layouts) -> None:
    """End the list before the signature, which has no label of its own."""
    text = "1.活动名称：清明祭扫 时间：2020年4月4日\n2.活动名称：植树 时间：2020年3月12日\n此致\n共青团某区委"
    found = _found(all_layouts, Document(_lines(text)))
    assert _rows(found) == [row[:2] for row in WANTED]
    assert [item.text for item in found.leftover] == ["此致", "共青团某区委"]


def test_a_frame_around_the_whole_form_changes_nothing(all_layouts: Layouts) -> None:
    """Read the lines in a table of one cell as the same lines without it."""
    text = "填报人：甲\n填报日期：2020年5月1日\n1、活动名称：清明祭扫，时间：2020年4月4日\n2、活动名称：植树，时间：2020年3月12日"
    lines = _lines(text)
    framed = Document((Grid("表1", (cell(0, 0, lines),)),))
    assert _rows(_found(all_layouts, framed)) == _rows(_found(all_layouts, Document(lines)))


def test_all_entries_in_one_cell_are_divided_where_there_is_one_way_to(all_layouts: Layouts) -> None:
    """Divide 1、清明祭扫，2020年4月4日，30；2、… under the merged header; what may be divided in two ways is doubted."""
    rows: list[list[str | None]] = [
        ["活动名称", "时间", "人数"],
        ["1、清明祭扫，2020年4月4日，30；2、植树，2020年3月12日，8人", None, None],
    ]
    head = (*_lines("")[:2],)
    found = _found(all_layouts, Document((*head, grid(rows))))
    assert (_rows(found), codes(found)) == (WANTED, set())
    rows[1][0] = "1、清明祭扫，四月；2、植树，春天，八人"
    assert "position_guessed" in codes(_found(all_layouts, Document((*head, grid(rows)))))


def test_a_list_turned_on_its_side_has_an_entry_in_each_column(all_layouts: Layouts) -> None:
    """Read labels one under the other with the entries beside them, one in each column."""
    rows = [["活动名称", "清明祭扫", "植树"], ["时间", "2020年4月4日", "2020.3.12"], ["人数", "30", "8人"]]
    found = _found(all_layouts, Document((*_lines("")[:2], grid(rows))))
    assert (_rows(found), codes(found)) == (WANTED, set())


def test_entries_in_the_rows_of_a_sheet_are_read_as_those_in_lines(all_layouts: Layouts) -> None:
    """Read a form retyped line by line in the first column of a sheet, its list included."""
    lines = [*HEAD, "填报人：甲", "填报日期：2020年5月1日", "负责人：乙"]
    lines += ["1、活动名称：清明祭扫，时间：2020年4月4日", "2、活动名称：植树，时间：2020年3月12日"]
    found = _found(all_layouts, Document((grid([[line] for line in lines]),)))
    assert _rows(found) == [row[:2] for row in WANTED]
