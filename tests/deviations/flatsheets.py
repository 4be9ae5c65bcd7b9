"""A workbook as XML Spreadsheet 2003, as systems export it under the name of an xls; without drawings; of rich text only what is struck."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from html import escape

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

_NAMES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_STYLES = (
    '<Styles><Style ss:ID="s0"/><Style ss:ID="struck"><Font ss:StrikeThrough="1"/></Style>'
    '<Style ss:ID="share"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="dark"><NumberFormat ss:Format=";;;"/></Style></Styles>'
)


def excel_2003(data: bytes) -> bytes:
    """Return an xlsx as one XML file: values with their types, merges, comments, what is hidden, struck cells and shares."""
    shown, asked = (
        load_workbook(io.BytesIO(data), data_only=cached, rich_text=True) for cached in (True, False)
    )
    sheets = "".join(_sheet(sheet, asked[sheet.title]) for sheet in shown.worksheets)
    return f'<?xml version="1.0"?>\n<Workbook {_NAMES}>{_STYLES}{sheets}</Workbook>'.encode()


def _sheet(sheet: Worksheet, asked: Worksheet) -> str:
    hidden = sorted(
        number
        for group in sheet.column_dimensions.values()
        if group.hidden
        for number in range(group.min, group.max + 1)
    )
    columns = "".join(f'<Column ss:Index="{number}" ss:Hidden="1"/>' for number in hidden)
    rows = "".join(
        f'<Row ss:Index="{number}" ss:Hidden="{int(bool(sheet.row_dimensions[number].hidden))}">'
        f"{''.join(_cells(sheet, asked, number))}</Row>"
        for number in range(1, sheet.max_row + 1)
    )
    state = "" if sheet.sheet_state == "visible" else "<x:Visible>SheetHidden</x:Visible>"
    return (
        f'<Worksheet ss:Name="{escape(sheet.title)}"><Table>{columns}{rows}</Table>'
        f"<x:WorksheetOptions>{state}</x:WorksheetOptions></Worksheet>"
    )


def _cells(sheet: Worksheet, asked: Worksheet, row: int) -> Iterator[str]:
    spans = {
        (
            each.min_row,
            each.min_col,
        ): f' ss:MergeAcross="{each.size["columns"] - 1}" ss:MergeDown="{each.size["rows"] - 1}"'
        for each in sheet.merged_cells.ranges
    }
    for cell in sheet[row]:
        if not isinstance(cell, Cell):
            continue  # under a merge
        formula = ' ss:Formula="=RC"' if asked.cell(row, cell.column).data_type == "f" else ""
        note = f"<Comment><Data>{escape(cell.comment.text)}</Data></Comment>" if cell.comment else ""
        place = f'<Cell ss:Index="{cell.column}"{spans.get((row, cell.column), "")}{formula}{_style(cell)}>'
        yield f"{place}{_data(cell)}{note}</Cell>"


def _style(cell: Cell) -> str:
    shown = cell.number_format
    name = "struck" if cell.font.strike else "share" if "%" in shown else "dark" if shown == ";;;" else "s0"
    return f' ss:StyleID="{name}"'


def _run(run: str | TextBlock) -> str:
    text = escape(str(run)).replace("\n", "&#10;")
    return f"<S>{text}</S>" if isinstance(run, TextBlock) and run.font.strike else text


def _data(cell: Cell) -> str:
    match cell.value:
        case None:
            return ""
        case bool() as value:
            kind, text = "Boolean", str(int(value))
        case int() | float() as value:
            kind, text = "Number", repr(value)
        case datetime() as value:
            kind, text = "DateTime", value.isoformat(timespec="milliseconds")
        case date() as value:
            kind, text = "DateTime", f"{value.isoformat()}T00:00:00.000"
        case time() as value:
            kind, text = "DateTime", f"1899-12-31T{value.isoformat(timespec='milliseconds')}"
        case CellRichText() as value:
            runs = "".join(map(_run, value))
            return f'<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">{runs}</ss:Data>'
        case value:
            kind, text = "Error" if cell.data_type == "e" else "String", str(value)
    return f'<Data ss:Type="{kind}">{escape(text).replace(chr(10), "&#10;")}</Data>'
