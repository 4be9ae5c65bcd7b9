"""Tables on the sheets of a workbook: how a cell looks, how wide a column is, how a sheet is printed.

Knows XlsxWriter; does not know what the tables mean. Nothing that is written can become a formula.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from generate.view import printable

from .table import Block, Cell, Look, Table, Value

CELL_LIMIT = 32_767  # UTF-16 units in one cell or note (limit of the file format's readers)
LONG_SHEET = "超长文字"
_URL_LIMIT = 65_530  # links on one sheet
_EXACT = 10**15  # greater integers lose digits in a spreadsheet's double
_FONT = "宋体"
_LINE = 14.0  # points of one line of 10.5-point text
_TALLEST = 409.0
_NAME_LIMIT = 31
_FEW = 12  # so many columns leave room for texts on a landscape A4 page
_CENTRED = (Look.REPORTED, Look.LATE, Look.MISSING, Look.NOT_DUE, Look.TOTAL)


class Link(Url):  # type: ignore[misc]
    """A link to a file by a relative path with ``/``, which Excel, WPS and LibreOffice follow on every system."""

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


class Book:
    """A workbook in memory; ``bytes`` closes it. The same tables give the same bytes."""

    def __init__(self, created: datetime, up: str) -> None:
        """Begin a workbook that says it was made at ``created``; ``up`` leads from its folder to the work folder."""
        self._up = up
        self._buffer = BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, {"in_memory": True})
        self._book.set_properties({"created": created.replace(tzinfo=None), "author": "红头"})
        self._formats: dict[tuple[Look, str, bool], Format] = {}
        self._names: set[str] = set()
        self._long: list[tuple[Cell, ...]] = []

    def table(self, table: Table) -> None:
        """Write ``table`` on a sheet of its own, ready to be filtered and printed."""
        sheet = self._sheet(table.name)
        depth = len(table.header)
        self._header(sheet, table.header)
        for number, cells in enumerate(table.rows, start=depth):
            self._row(sheet, number, cells, table.name)
        widths = _widths([*_headings(table.header), *table.rows])
        _lay_out(sheet, widths, [((Cell(),) * len(widths))] * depth, table.rows)
        sheet.freeze_panes(depth, table.frozen)
        sheet.autofilter(depth - 1, 0, max(depth, depth + len(table.rows) - 1), len(widths) - 1)
        sheet.repeat_rows(0, depth - 1)

    def blocks(self, name: str, blocks: Sequence[Block]) -> None:
        """Write ``blocks`` one under another on the sheet ``name``."""
        sheet = self._sheet(name)
        lines: list[tuple[Cell, ...]] = []
        for block in blocks:
            lines.append((Cell(block.title, Look.TITLE),))
            lines.append(tuple(Cell(text, Look.HEAD) for text in block.header))
            lines += [*block.rows, ()]
        for number, cells in enumerate(lines):
            self._row(sheet, number, cells, name)
        widths = _widths([cells for cells in lines if len(cells) > 1])
        _lay_out(sheet, widths, [], [() if len(cells) == 1 else cells for cells in lines])
        sheet.freeze_panes(0, 1)

    def bytes(self) -> bytes:
        """Write what was too long for its cell, close the workbook and return the file."""
        if self._long:
            head = (("工作表", "位置", "段", "文字"),)
            self.table(Table(LONG_SHEET, head, tuple(self._long)))
        self._book.close()
        return self._buffer.getvalue()

    def _sheet(self, name: str) -> Worksheet:
        name = sheet_name(name, self._names)
        self._names.add(name.lower())
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header("&C&A")
        sheet.set_footer("&C第&P页  共&N页")
        sheet.set_comments_author("红头")
        sheet.ignore_errors(
            {"number_stored_as_text": "A1:XFD1048576"}
        )  # a text that looks like a number stays text
        return sheet

    def _header(self, sheet: Worksheet, header: tuple[tuple[str, ...], ...]) -> None:
        style = self._format(Look.HEAD, "")
        for top, left, bottom, right, text in _spans(header):
            if (top, left) == (bottom, right):
                sheet.write_string(top, left, printable(text), style)
            else:
                sheet.merge_range(top, left, bottom, right, "", style)
                sheet.write_string(top, left, printable(text), style)

    def _row(self, sheet: Worksheet, row: int, cells: tuple[Cell, ...], name: str) -> None:
        for column, cell in enumerate(cells):
            self._cell(sheet, (row, column), cell, name)

    def _cell(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, name: str) -> None:
        value = _storable(cell.value)
        if isinstance(value, str):
            self._text(sheet, at, cell, self._fitting(value, name, at))
        elif isinstance(value, datetime):
            sheet.write_datetime(*at, value, self._format(cell.look, "yyyy-mm-dd hh:mm"))
        elif isinstance(value, date):
            sheet.write_datetime(*at, value, self._format(cell.look, "yyyy-mm-dd"))
        elif value is None:
            sheet.write_blank(*at, None, self._format(cell.look, ""))
        else:
            number = "0" if isinstance(value, int) else "General"
            sheet.write_number(*at, value, self._format(cell.look, number))
        if cell.note:
            self._note(sheet, at, self._fitting(printable(cell.note), f"{name}（批注）", at))

    def _text(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, text: str) -> None:
        """Write text as text, never as a formula, number or link of its own (CWE-1236)."""
        link = (
            _link(f"{self._up}/{cell.link}", text) if cell.link and sheet.hlink_count < _URL_LIMIT else None
        )
        if link is None:
            sheet.write_string(*at, text, self._format(cell.look, "@" if cell.look is not Look.HEAD else ""))
        else:
            sheet.write_url(*at, link, self._format(cell.look, "@", link=True))

    def _note(self, sheet: Worksheet, at: tuple[int, int], note: str) -> None:
        height = 24 + 18 * sum(_lines(line, 40) for line in note.split("\n"))
        size = {"width": 320, "height": min(height, 600), "font_name": _FONT, "font_size": 9}
        sheet.write_comment(*at, note, size)

    def _fitting(self, text: str, name: str, at: tuple[int, int]) -> str:
        """Return ``text`` cut to what a cell holds; the whole of a cut text goes to the sheet of long texts."""
        if len(text) <= CELL_LIMIT // 2 or len(_pieces(text, CELL_LIMIT)) == 1:
            return text
        place = f"第{at[0] + 1}行第{at[1] + 1}列"
        first = len(self._long) + 2
        for number, piece in enumerate(_pieces(text, 30_000), start=1):
            self._long.append((Cell(name), Cell(place), Cell(number), Cell(piece)))
        return f"{_pieces(text, 32_000)[0]}……（文字太长，全文见工作表“{LONG_SHEET}”第{first}行起）"

    def _format(self, look: Look, number: str, *, link: bool = False) -> Format:
        key = (look, number, link)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_style(look, number, link))
        return self._formats[key]


def sheet_name(name: str, taken: Iterable[str]) -> str:
    r"""Return ``name`` as a sheet may be called: 31 characters, none of ``[]:*?/\\``, unlike every (lower-case) ``taken``."""
    clean = re.sub(r"[\[\]:*?/\\\n\t]", "_", printable(name)).strip("' ") or "表"
    candidate = _pieces(clean, _NAME_LIMIT)[0]
    number = 2
    while candidate.lower() in taken:
        tail = f"({number})"
        candidate = _pieces(clean, _NAME_LIMIT - len(tail))[0] + tail
        number += 1
    return candidate


def _storable(value: Value) -> Value:
    """Return ``value`` as a spreadsheet can hold it without loss, as text when it cannot."""
    if isinstance(value, str):
        return printable(value) or None
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return value if value.year >= 1900 else value.isoformat()
    if isinstance(value, int | float) and not (math.isfinite(value) and abs(value) < _EXACT):
        return str(value)
    return value


def _style(look: Look, number: str, link: bool) -> dict[str, Any]:
    style: dict[str, Any] = {"font_name": _FONT, "font_size": 10.5, "text_wrap": True, "valign": "vcenter"}
    if look is Look.TITLE:
        return {**style, "bold": True, "font_size": 14, "text_wrap": False}
    style |= {"border": 1, "border_color": "#A6A6A6"}
    if number:
        style["num_format"] = number
    if look is Look.HEAD:
        style |= {"bold": True, "align": "center"}
    elif number != "@" or look in _CENTRED:
        style["align"] = "center"
    if look is Look.TOTAL:
        style["bold"] = True
    if look is not Look.PLAIN:
        style["bg_color"] = f"#{look.value}"
    if link:
        style |= {"font_color": "#0563C1", "underline": 1}
    return style


def _link(target: str, text: str) -> Link | None:
    escaped = target.replace("%", "%25").replace("#", "%23").replace("?", "%3F").replace(" ", "%20")
    try:
        link = Link(f"external:{escaped}")
    except ValueError:  # longer than a link may be: the text alone stays
        return None
    link.text = text
    return link


def _headings(header: tuple[tuple[str, ...], ...]) -> list[tuple[Cell, ...]]:
    return [tuple(Cell(text) for text in header[-1])]


def _spans(header: tuple[tuple[str, ...], ...]) -> list[tuple[int, int, int, int, str]]:
    """Return the merged areas of a header: a repeated neighbour to the right or an empty text below joins."""
    if len(header) == 1:
        return [(0, column, 0, column, text) for column, text in enumerate(header[0])]
    top, bottom = header
    spans: list[tuple[int, int, int, int, str]] = []
    column = 0
    while column < len(top):
        if not top[column]:
            spans.append((0, column, 1, column, bottom[column]))
            column += 1
            continue
        end = column
        while end + 1 < len(top) and top[end + 1] == top[column]:
            end += 1
        spans.append((0, column, 0, end, top[column]))
        spans += [(1, inner, 1, inner, bottom[inner]) for inner in range(column, end + 1)]
        column = end + 1
    return spans


def _lay_out(
    sheet: Worksheet,
    widths: Sequence[float],
    header: Sequence[tuple[Cell, ...]],
    rows: Sequence[tuple[Cell, ...]],
) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number in range(len(header)):
        sheet.set_row(number, 24)
    for number, cells in enumerate(rows, start=len(header)):
        lines = max((_cell_lines(cell, width) for cell, width in zip(cells, widths, strict=False)), default=1)
        sheet.set_row(number, min(_TALLEST, 8 + _LINE * max(lines, 1)))


def _cell_lines(cell: Cell, width: float) -> int:
    if isinstance(cell.value, str) and cell.look is not Look.TITLE:
        return sum(_lines(line, width - 1.5) for line in printable(cell.value).split("\n"))
    return 1


def _lines(text: str, width: float) -> int:
    return max(1, math.ceil(_cells(text) / max(width, 2)))


def _widths(rows: Sequence[tuple[Cell, ...]]) -> list[float]:
    """Return a width for each column: short texts in one line, long ones about twice as wide as they are high."""
    columns = max((len(cells) for cells in rows), default=1)
    least = 24 if columns <= _FEW else 14
    return [
        max((_width(cells[at], least) for cells in rows if at < len(cells)), default=8)
        for at in range(columns)
    ]


def _width(cell: Cell, least: float) -> float:
    value = cell.value
    if cell.look is Look.ANSWER:
        return 22
    if isinstance(value, datetime):
        return 17
    if isinstance(value, date):
        return 12
    text = "" if value is None else str(value)
    longest = max(_cells(line) for line in text.split("\n"))
    if cell.link:
        least = max(least, 22)  # LibreOffice does not wrap a link
    balanced = math.sqrt(4 * sum(_cells(line) for line in text.split("\n")))
    return float(min(max(6, min(longest + 3, max(balanced, least))), 48))


def _cells(text: str) -> int:
    """Return the width of ``text`` in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _pieces(text: str, limit: int) -> list[str]:
    """Cut ``text`` into pieces of at most ``limit`` UTF-16 units, never inside a character."""
    pieces: list[str] = []
    start = length = 0
    for at, char in enumerate(text):
        size = 2 if ord(char) > 0xFFFF else 1
        if length + size > limit:
            pieces.append(text[start:at])
            start, length = at, 0
        length += size
    return [*pieces, text[start:]]
