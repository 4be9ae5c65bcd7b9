"""Blocks as an Excel file: merged cells, true dates and numbers, formulas, hidden rows, columns and sheets.

Written with XlsxWriter, which keeps a formula's result beside it; a form is placed from the first row on, its lines over
the full width.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from .model import Block, Cell, Line, Table, visible
from .plain import depth

_MOMENT = datetime(2020, 7, 1, 8, 0, 0)  # noqa: DTZ001 - what Excel writes has no zone
_LONG = 24  # signs that fit in a cell of ordinary width


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the result that Excel kept; ``error`` results are texts such as #REF!."""

    code: str
    result: object


@dataclass(frozen=True, slots=True)
class Struck:
    """A text of which the beginning is struck through."""

    old: str
    new: str


@dataclass(slots=True)
class Sheet:
    """One worksheet: its blocks, and what clerks do to sheets.

    ``quirks``: ``empty_left`` (an empty first column), ``offset`` (begins at C5), ``date_cells`` (label and date in two cells),
    ``hidden_column`` (an old value in it), ``gap`` (an empty row below the title), ``comment`` (a note on a cell).
    """

    name: str
    blocks: Sequence[Block]
    hidden: bool = False
    quirks: tuple[str, ...] = ()
    stale: str = ""


@dataclass(slots=True)
class _Pen:
    """The sheet being written, its next row and its formats."""

    sheet: Any
    formats: Mapping[str, Any]
    width: int
    left: int = 0
    row: int = 0


def write(sheets: Sequence[Sheet], *, date_1904: bool = False) -> bytes:
    """Return the xlsx that holds ``sheets`` in order."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "date_1904": date_1904, "strings_to_formulas": False}
    )
    book.set_properties({"created": _MOMENT})
    border = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "宋体"}
    formats = {
        "title": book.add_format({"bold": True, "font_size": 18, "align": "center", "font_name": "宋体"}),
        "text": book.add_format({"font_name": "宋体", "text_wrap": True}),
        "label": book.add_format({**border, "align": "center"}),
        "answer": book.add_format(border),
        "date": book.add_format({**border, "num_format": 'yyyy"年"m"月"d"日"', "align": "left"}),
        "slash": book.add_format({**border, "num_format": "yyyy/m/d", "align": "left"}),
        "struck": book.add_format({"font_strikeout": True, "font_name": "宋体"}),
        "plain": book.add_format({"font_name": "宋体"}),
        "people": book.add_format({**border, "num_format": '0"人"', "align": "left"}),
    }
    for sheet in sheets:
        _sheet(book, sheet, formats)
    shown = next(number for number, sheet in enumerate(sheets) if not sheet.hidden)
    book.worksheets()[shown].activate()
    book.worksheets()[shown].set_first_sheet()
    book.close()
    return made.getvalue()


def _sheet(book: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    tables = [block for block in sheet.blocks if isinstance(block, Table)]
    width = max((len(table.widths) for table in tables), default=4)
    pen = _Pen(
        book.add_worksheet(sheet.name),
        formats,
        width,
        int("empty_left" in sheet.quirks) + 2 * int("offset" in sheet.quirks),
    )
    pen.row = 4 if "offset" in sheet.quirks else 0
    pen.sheet.set_paper(9)  # A4
    pen.sheet.fit_to_pages(1, 0)
    if sheet.hidden:
        pen.sheet.hide()
    for number, size in enumerate(next((t.widths for t in tables if len(t.widths) == width), [2000] * 4)):
        pen.sheet.set_column(pen.left + number, pen.left + number, max(size / 110, 6))
    if pen.left:
        pen.sheet.set_column(0, 0, 2)
    for block in sheet.blocks:
        if isinstance(block, Line):
            _line(pen, block, sheet.quirks)
        elif isinstance(block, Table):
            _table(pen, block)
    if "hidden_column" in sheet.quirks:
        column = pen.left + pen.width
        pen.sheet.write_string(3, column, sheet.stale, formats["text"])
        pen.sheet.set_column(column, column, 10, None, {"hidden": True})
    if "comment" in sheet.quirks:
        pen.sheet.write_comment(2, pen.left + 1, sheet.stale)


def _line(pen: _Pen, line: Line, quirks: Sequence[str]) -> None:
    text = visible(line.text)
    style = pen.formats["title" if line.role == "title" else "text"]
    if line.role == "date" and ("date_cells" in quirks or line.given is not None):
        label, _, value = text.partition("：")
        pen.sheet.write_string(pen.row, pen.left + max(pen.width - 2, 0), label + "：", pen.formats["text"])
        _value(pen, pen.row, pen.left + pen.width - 1, value if line.given is None else line.given, "text")
    elif text:
        if pen.width > 1:
            pen.sheet.merge_range(pen.row, pen.left, pen.row, pen.left + pen.width - 1, "", style)
        pen.sheet.write_string(pen.row, pen.left, text, style)
    if line.role == "title":
        pen.sheet.set_row(pen.row, 26)
    pen.row += 1
    if line.role == "title" and "gap" in quirks:
        pen.row += 1


def _table(pen: _Pen, table: Table) -> None:
    for number, row in enumerate(table.rows):
        column = pen.left + row.before
        if row.hidden:
            pen.sheet.set_row(pen.row, None, None, {"hidden": True})
        longest = max((len(visible(cell.text)) for cell in row.cells), default=0)
        if longest > _LONG and not row.hidden:
            pen.sheet.set_row(pen.row, 15 * (1 + longest // _LONG))
        for cell in row.cells:
            last = pen.row + depth(table, number, column - pen.left)
            if cell.merge != "continue":
                _cell(pen, cell, (pen.row, column, last, column + cell.span - 1))
            column += cell.span
        pen.row += 1


def _cell(pen: _Pen, cell: Cell, area: tuple[int, int, int, int]) -> None:
    top, left, bottom, right = area
    style = "label" if cell.label else "answer"
    if (top, left) != (bottom, right):
        pen.sheet.merge_range(top, left, bottom, right, "", pen.formats[style])
    _value(pen, top, left, visible(cell.text) if cell.given is None else cell.given, style)


def _value(pen: _Pen, row: int, column: int, value: object, style: str) -> None:
    if isinstance(value, Struck):
        gone = pen.formats["struck"]
        pen.sheet.write_rich_string(
            row, column, gone, value.old, pen.formats["plain"], value.new, pen.formats[style]
        )
    elif isinstance(value, Formula):
        pen.sheet.write_formula(row, column, value.code, pen.formats[style], value.result)
    elif isinstance(value, tuple):  # a number in a format of its own
        pen.sheet.write_number(row, column, value[0], pen.formats[value[1]])
    elif isinstance(value, date):
        pen.sheet.write_datetime(row, column, value, pen.formats["slash" if value.day % 2 else "date"])
    elif isinstance(value, int | float):
        pen.sheet.write_number(row, column, value, pen.formats[style])
    else:
        pen.sheet.write_string(row, column, str(value), pen.formats[style])
