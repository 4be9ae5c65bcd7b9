"""The Excel reader: each visible sheet as a grid of what its cells show."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from extract import Document, Grid, Look, Paragraph, UnreadableError
from extract.readers.excel.xlsx import read_excel
from tests.excelfiles import patched, sheet_of, workbook, xlsx
from tests.wordfiles import packed

SHEET = "xl/worksheets/sheet1.xml"


def texts(document: Document) -> dict[tuple[int, int], str]:
    """Return the text of each filled cell of the first sheet by row and column from 0."""
    (sheet,) = [block for block in document.blocks[:1] if isinstance(block, Grid)]
    found = {}
    for cell in sheet.cells:
        (paragraph,) = cell.blocks
        assert isinstance(paragraph, Paragraph)
        if paragraph.text:
            found[cell.row, cell.column] = paragraph.text
    return found


def asides(document: Document) -> list[tuple[str, str, str]]:
    """Return kind, text and place of what was put aside."""
    return [(aside.kind, aside.text, str(aside.place)) for aside in document.asides]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        *(
            ("甲", "甲"),
            (12, "12"),
            (12.0, "12"),
            (1.5, "1.5"),
            (0.1 + 0.2, "0.3"),
            ("12", "12"),
            ("0012", "0012"),
            (-3, "-3"),
        ),
        *(
            (date(2020, 7, 8), "2020-07-08"),
            (datetime(2020, 7, 8, 9, 30), "2020-07-08 09:30"),  # noqa: DTZ001 - a cell knows no time zone
            (True, "TRUE"),
        ),
        *(("甲\n乙", "甲\n乙"), ("=1+1不是公式", "=1+1不是公式")),
    ],
)
def test_values_as_they_are_shown(value: object, shown: str) -> None:
    """Write a cell as a person sees it: whole numbers without a point, dates by their format, text as it is."""

    def dress(sheet: Worksheet) -> None:
        sheet["A1"] = value  # type: ignore[assignment]
        if isinstance(value, str):
            sheet["A1"].data_type = "s"

    assert texts(read_excel(xlsx([], dress))) == {(0, 0): shown}


def test_dates_counted_from_1904() -> None:
    """Read dates right in workbooks that count days from 1904."""

    def fill(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        sheet_of(book)["A1"] = date(2020, 7, 8)

    assert texts(read_excel(workbook(fill))) == {(0, 0): "2020-07-08"}


def test_merged_cells_stand_once_with_their_spans() -> None:
    """Give a merged cell its height and width, and leave out what it covers."""
    document = read_excel(
        xlsx([["甲", None, "乙"], [None, None, "丙"]], lambda sheet: sheet.merge_cells("A1:B2"))
    )
    (sheet,) = document.blocks
    assert isinstance(sheet, Grid)
    spans = [(c.row, c.column, c.row_span, c.column_span) for c in sheet.cells]
    assert spans == [(0, 0, 2, 2), (0, 2, 1, 1), (1, 2, 1, 1)]


def test_hidden_rows_and_columns_are_put_aside() -> None:
    """Keep what stands in hidden rows and columns out of sight, each cell with its place."""

    def dress(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    document = read_excel(xlsx([["甲", "乙"], ["丙", "丁"]], dress))
    assert texts(document) == {(0, 0): "甲"}
    assert asides(document) == [
        ("隐藏列", "乙", "Sheet1 第1行第2列"),
        ("隐藏行", "丙", "Sheet1 第2行第1列"),
        ("隐藏行", "丁", "Sheet1 第2行第2列"),
    ]
    assert document.notices == ("hidden",)


def test_a_merged_cell_stays_seen_where_a_filter_hides_its_first_row() -> None:
    """Show the text of a merged cell in what is left of it, as Excel does, and hide only what nobody sees."""

    def dress(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:A3")
        sheet.row_dimensions[1].hidden = True

    document = read_excel(xlsx([["甲", "乙"], [None, "丙"], [None, "丁"]], dress))
    (sheet,) = document.blocks
    assert isinstance(sheet, Grid)
    assert [(c.row, c.column, c.row_span) for c in sheet.cells] == [(1, 0, 2), (1, 1, 1), (2, 1, 1)]
    assert next(str(paragraph.place) for paragraph in document.paragraphs()) == "Sheet1 第1行第1列"
    assert [(kind, text) for kind, text, _ in asides(document)] == [("隐藏行", "乙")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_put_aside_whole(state: str) -> None:
    """Keep a hidden sheet as one text, whichever way it is hidden."""

    def fill(book: Workbook) -> None:
        sheet_of(book)["A1"] = "甲"
        other = book.create_sheet("参数")
        other.append(["乙", "丙"])
        other.append([None, 3])
        other.sheet_state = state

    document = read_excel(workbook(fill))
    assert [block.name for block in document.blocks if isinstance(block, Grid)] == ["Sheet1"]
    assert asides(document) == [("隐藏的工作表", "乙\t丙\n3", "参数")]


def test_every_visible_sheet_is_a_grid_in_order() -> None:
    """Read the sheets in the order of their tabs."""

    def fill(book: Workbook) -> None:
        sheet_of(book)["A1"] = "甲"
        book.create_sheet("七月", 0)["B2"] = "乙"

    document = read_excel(workbook(fill))
    assert [(p.text, str(p.place)) for p in document.paragraphs() if p.text] == [
        ("乙", "七月 第2行第2列"),
        ("甲", "Sheet1 第1行第1列"),
    ]


def test_a_formula_without_a_result_is_marked() -> None:
    """Mark the formula that no program has computed yet."""
    document = read_excel(xlsx([["=B1+1", 1]]))
    marks = {p.place.column: [mark.look for mark in p.marks] for p in document.paragraphs()}
    assert marks == {1: [Look.FORMULA], 2: []}


def test_a_formula_shows_its_stored_result() -> None:
    """Read the result that the last program stored."""
    data = patched(xlsx([["=B1+1", 1]]), SHEET, "<f>B1+1</f><v></v>", "<f>B1+1</f><v>2</v>")
    document = read_excel(data)
    assert texts(document) == {(0, 0): "2", (0, 1): "1"}
    assert not any(paragraph.marks for paragraph in document.paragraphs())


def test_comments_are_put_aside_with_their_cell() -> None:
    """Keep a comment beside the sheet, at its cell."""

    def dress(sheet: Worksheet) -> None:
        sheet["B1"].comment = Comment("请核实", "审核")

    assert asides(read_excel(xlsx([["甲", "乙"]], dress))) == [("批注", "请核实", "Sheet1 第1行第2列")]


@pytest.mark.parametrize("cell", ["A30000", "AAA1", "XFD1048576"])
def test_a_cell_far_away_is_put_aside(cell: str) -> None:
    """Read the rest of the sheet; say where the far text stood."""

    def dress(sheet: Worksheet) -> None:
        sheet[cell] = "远"

    document = read_excel(xlsx([["甲"]], dress))
    assert asides(document) == [("很远的格子", "远", f"Sheet1 {cell}")]
    assert "far" in document.notices
    assert [text for text in texts(document).values() if text] == ["甲"]


def test_a_workbook_with_a_cell_far_away_and_a_torn_part_is_told_as_damaged() -> None:
    """Name the damage when the parts are copied without the far cell: fuzzing found it told as a defect of ours."""

    def dress(sheet: Worksheet) -> None:
        sheet["XFD9"] = "远"

    data = xlsx([["甲"]], dress)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        theme = archive.getinfo("xl/theme/theme1.xml")
    at = data.index(theme.CRC.to_bytes(4, "little"), len(data) // 2)  # in the directory, at the end
    with pytest.raises(UnreadableError, match="损坏"):
        read_excel(data[:at] + bytes(4) + data[at + 4 :])


@pytest.mark.parametrize("cell", ["A30000", "XFD1048576"])
def test_a_sheet_of_far_cells_alone_is_refused(cell: str) -> None:
    """Refuse a sheet with something so far out that the table would not fit, and say where."""

    def dress(sheet: Worksheet) -> None:
        sheet[cell] = "x"

    with pytest.raises(UnreadableError, match=f"{cell} 离表格太远"):
        read_excel(xlsx([], dress))


def test_an_empty_sheet_reads_as_nothing() -> None:
    """Read a workbook without a word."""
    assert texts(read_excel(xlsx([]))) == {}


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        packed({"xl/workbook.xml": "<workbook/>"}),
        packed({"xl/workbook.xml": "<workbook>", "xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        xlsx([["甲"]])[:-60],
        patched(xlsx([["甲"]]), SHEET, "</worksheet>", ""),
        patched(xlsx([["甲"]]), SHEET, "<worksheet", "<!DOCTYPE a><worksheet"),
    ],
)
def test_a_damaged_workbook_is_refused(data: bytes) -> None:
    """Refuse with a Chinese sentence, never in another way."""
    with pytest.raises(UnreadableError, match=r"请|没有打开"):
        read_excel(data)


def test_a_formula_without_a_result_at_the_end_of_the_sheet_is_marked() -> None:
    """Mark the formula in the last column too, where the values end before it."""
    document = read_excel(xlsx([[1, "=A1+1"]]))
    marks = {p.place.column: [mark.look for mark in p.marks] for p in document.paragraphs()}
    assert marks == {1: [], 2: [Look.FORMULA]}


def test_cells_that_name_no_place_stand_one_after_the_other() -> None:
    """Hide the row and show the format that belong to cells without references, as some programs write them."""

    def dress(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet["B3"].number_format = "00000000"

    data = xlsx([["甲", "乙"], ["旧", "旧"], ["丙", 724]], dress)
    for place in ("A1", "B1", "A2", "B2", "A3", "B3"):
        data = patched(data, SHEET, f'<c r="{place}"', "<c")
    for row in "123":
        data = patched(data, SHEET, f'<row r="{row}"', "<row")
    document = read_excel(data)
    assert texts(document) == {(0, 0): "甲", (0, 1): "乙", (2, 0): "丙", (2, 1): "00000724"}
    assert [kind for kind, _, _ in asides(document)] == ["隐藏行", "隐藏行"]
