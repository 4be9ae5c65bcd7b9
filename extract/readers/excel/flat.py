"""The reader of Excel in one XML file: XML Spreadsheet 2003, which many systems export under the name of an xls.

Knows the elements and attributes of that format (Microsoft, XML Spreadsheet Reference, Office XP and 2003): values with their
types, styles by name, spans and gaps counted from the cell before. What a sheet is made of them is ``sheets``' concern.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from extract.model import Document, Look, Mark
from extract.readers.draft import LARGE, MAX_CELLS
from extract.readers.package import Element, parse_xml, saved, text_of
from extract.readers.signs import is_pale, is_symbol_font, raised, symbols
from extract.unreadable import UnreadableError
from forms import Identity

from .numberformats import telling
from .sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    Rows,
    Sheet,
    frames,
    printed_lines,
    refuse_many,
    too_far,
    unbroken,
    workbook,
)

_S = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_O = "{urn:schemas-microsoft-com:office:office}"
_HTML = "{http://www.w3.org/TR/REC-html40}"
_UNSEEN = ";;;"
_NAMED = {"Percent": "0%"}  # number formats that a file names by a word
_ZEROS = (date(1899, 12, 30), date(1899, 12, 31), date(1904, 1, 1))  # on which times of day are written


def read_flat_excel(data: bytes) -> Document:
    """Read an XML Spreadsheet 2003; raise ``UnreadableError`` when it is broken, no workbook or beyond all limits."""
    root = parse_xml(data)
    if root.tag != _S + "Workbook":
        raise UnreadableError("是 XML 文件，但不是 Excel 工作簿，请对方另存为 xlsx 后重发")
    parts = root.findall(_S + "Worksheet")
    refuse_many(len(parts))
    looks = {str(style.get(_S + "ID")): _look(style) for style in root.iterfind(f"{_S}Styles/{_S}Style")}
    found = [_Table(part, looks).read() for part in parts]
    document = workbook([sheet for sheet, _ in found], [rows for _, rows in found], _identity(root), ())
    author = root.findtext(f"{_O}DocumentProperties/{_O}LastAuthor") or ""
    return replace(document, fingerprints=(saved(author),)) if author.strip() else document


def _identity(root: Element) -> Identity | None:
    own = root.find(_O + "CustomDocumentProperties")
    properties = {str(each.tag).rpartition("}")[2]: each.text or "" for each in (() if own is None else own)}
    return Identity.from_properties(properties)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a style shows a value."""

    struck: bool = False
    unseen: bool = False
    form: str = ""  # its number format where that tells more than the value
    framed: bool = False
    signs: str = ""


def _look(style: Element) -> _Look:
    font, form, fill = (style.find(_S + name) for name in ("Font", "NumberFormat", "Interior"))
    face = "" if font is None else font.get(_S + "FontName", "")
    shown = "" if form is None else _NAMED.get(form.get(_S + "Format", ""), form.get(_S + "Format", ""))
    colour = "" if font is None else font.get(_S + "Color", "").lstrip("#")
    ground = "" if fill is None else fill.get(_S + "Color", "").lstrip("#")
    drawn = {
        border.get(_S + "Position", "").lower()
        for border in style.iterfind(f"{_S}Borders/{_S}Border")
        if border.get(_S + "LineStyle", "None") != "None"
    }
    return _Look(
        struck=font is not None and font.get(_S + "StrikeThrough") == "1",
        unseen=shown == _UNSEEN or (is_pale(colour) and (not ground or is_pale(ground))),
        form=shown if telling(shown) else "",
        framed=frames(drawn),
        signs=face if is_symbol_font(face) else "",
    )


class _Table:
    """One worksheet being read; rows and columns from 0."""

    def __init__(self, part: Element, looks: dict[str, _Look]) -> None:
        self._part = part
        self._looks = looks
        self._filled: dict[tuple[int, int], object] = {}
        self._columns: dict[int, str] = {}  # styles of whole columns
        self._reaching: dict[int, tuple[int, int]] = {}  # last row and end of the merged cell over a column
        visible = part.findtext(f"{_X}WorksheetOptions/{_X}Visible") or ""
        self._sheet = Sheet(part.get(_S + "Name", ""), hidden=visible.strip().startswith("Sheet"))

    def read(self) -> tuple[Sheet, Rows]:
        """Return what the sheet looks like and its values."""
        table = self._part.find(_S + "Table")
        for node, column in _counted(() if table is None else table.iterchildren(_S + "Column"), MAX_COLUMNS):
            self._columns[column] = node.get(_S + "StyleID", "")
            if node.get(_S + "Hidden") == "1" or node.get(_S + "Width") == "0":
                self._sheet.hidden_columns.add(column)
        rows = () if table is None else table.iterchildren(_S + "Row")
        for node, row in _counted(rows, MAX_ROWS):
            if node.get(_S + "Hidden") == "1" or node.get(_S + "Height") == "0":
                self._sheet.hidden_rows.add(row)
            if len(node) and row >= MAX_ROWS:
                raise too_far(self._sheet.name, f"第{row + 1}行")
            self._row(node, row)
        for margin in self._part.iterfind(f"{_X}WorksheetOptions/{_X}PageSetup/*"):
            kind = {_X + "Header": "页眉", _X + "Footer": "页脚"}.get(str(margin.tag), "")
            lines = printed_lines(margin.get(_X + "Data", "")) if kind else ()
            self._sheet.printed += [(kind, line) for line in lines]
        return self._sheet, self._dense()

    def _row(self, node: Element, row: int) -> None:
        """Read a row; LibreOffice counts no column that a cell above reaches over, where Excel names the next one."""
        column = skipped = 0
        for cell in node.iterchildren(_S + "Cell"):
            index = cell.get(_S + "Index")
            column = _whole(index, column + 1 - skipped) - 1 + skipped
            while index is None and (reach := self._reached(row, column)):
                skipped += reach - column
                column = reach
            across, down = (_whole(cell.get(_S + name), 0) for name in ("MergeAcross", "MergeDown"))
            data = cell.find(_S + "Data")
            if column >= MAX_COLUMNS and data is not None:
                raise too_far(self._sheet.name, f"第{row + 1}行第{column + 1}列")
            if across or down:
                self._sheet.merged.append((row, column, row + down, column + across))
            if down:
                behind = column + across + 1
                self._reaching |= dict.fromkeys(range(column, min(behind, MAX_COLUMNS)), (row + down, behind))
            style = cell.get(_S + "StyleID") or node.get(_S + "StyleID") or self._columns.get(column, "")
            self._cell(cell, data, (row, column), self._looks.get(style, _Look()))
            column += 1 + across

    def _reached(self, row: int, column: int) -> int:
        """Return the column behind the merged cell that reaches down over a place, 0 when none does."""
        last, behind = self._reaching.get(column, (-1, 0))
        return behind if last >= row else 0

    def _cell(self, cell: Element, data: Element | None, at: tuple[int, int], look: _Look) -> None:
        sheet = self._sheet
        note = cell.find(_S + "Comment")
        if note is not None:
            sheet.comments.append((*at, text_of(note).strip()))
        if look.framed:
            sheet.framed.add(at)
        if data is None or not (data.text or len(data)):
            if cell.get(_S + "Formula"):
                sheet.unsolved.add(at)
            return
        self._filled[at] = value = _value(data)
        if len(data):
            sheet.texts[at] = _runs(data, look)
        elif data.get(_S + "Type") == "Error":
            sheet.texts[at] = str(value), ()
        elif look.signs:
            sheet.signs[at] = look.signs
        if look.struck and at not in sheet.texts:
            sheet.struck.add(at)
        if look.unseen:
            sheet.unseen.add(at)
        if look.form:
            sheet.formats[at] = look.form

    def _dense(self) -> Rows:
        height = 1 + max((row for row, _ in self._filled), default=-1)
        width = 1 + max((column for _, column in self._filled), default=-1)
        if height * width > MAX_CELLS:
            raise UnreadableError(LARGE)
        return [[self._filled.get((row, column), "") for column in range(width)] for row in range(height)]


def _counted(nodes: Iterator[Element] | tuple[()], most: int) -> Iterator[tuple[Element, int]]:
    """Yield each of ``nodes`` for every place it stands for, up to ``most``: at ``ss:Index`` or next, ``ss:Span`` more."""
    place = 0
    for node in nodes:
        place = _whole(node.get(_S + "Index"), place + 1) - 1
        for at in range(place, min(place + _whole(node.get(_S + "Span"), 0), max(most, place)) + 1):
            yield node, at
        place += 1 + _whole(node.get(_S + "Span"), 0)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def _value(data: Element) -> object:
    """Return the value of ``ss:Data`` by its ``ss:Type``; what does not read as that type stays text."""
    text = text_of(data)
    try:
        match data.get(_S + "Type"):
            case "Number":
                return float(text)
            case "Boolean":
                return text.strip() == "1"
            case "DateTime":
                moment = datetime.fromisoformat(text.strip())
                return moment.time() if moment.date() in _ZEROS else moment
    except ValueError:
        pass
    return text


def _runs(data: Element, look: _Look) -> tuple[str, tuple[Mark, ...]]:
    """Return the text of a value set in HTML, with what is struck through; a font of symbols tells signs."""
    text = ""
    marks: list[Mark] = []

    def take(node: Element, struck: bool, face: str, high: bool) -> None:
        nonlocal text
        struck = struck or node.tag in (_HTML + "S", _HTML + "Del")
        face = node.get(_HTML + "Face", face)
        high = high or node.tag == _HTML + "Sup"
        for piece, child in [(node.text, None), *((child.tail, child) for child in node)]:
            if child is not None:
                take(child, struck, face, high)
            shown = unbroken(str(piece or ""))
            shown = symbols(face, shown) if is_symbol_font(face) else shown
            shown = raised(shown) if high else shown
            if struck and shown:
                marks.append(Mark(len(text), len(text) + len(shown), Look.STRUCK))
            text += shown

    take(data, look.struck, look.signs, False)
    return text, tuple(marks)
