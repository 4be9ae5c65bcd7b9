"""The reader of Excel workbooks (xlsx): each visible sheet is a grid of what its cells show.

Values come from python-calamine (cached results, dates by number format); hidden rows, columns and sheets, comments and
formulas without a result come from the XML (ECMA-376 18.3.1), because calamine does not tell them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from forms import Place

from .model import Aside, Cell, Document, Grid, Look, Mark, Paragraph
from .package import Element, Package
from .unreadable import UnreadableError

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
_MAX_ROWS = 20000
_MAX_COLUMNS = 500


@dataclass(slots=True)
class _Sheet:
    """What the XML of a sheet tells beside its values: rows and columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unsolved: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)


def read_excel(data: bytes) -> Document:
    """Read an xlsx; raise ``UnreadableError`` with the reason when it is damaged, encrypted or beyond all limits."""
    package = Package(data)
    parts = list(_sheet_parts(package))
    sheets = [_sheet(package, part) for _, part, _ in parts]
    values = _values(data, [name for name, _, _ in parts])
    grids: list[Grid] = []
    asides: list[Aside] = []
    for (name, _, hidden), sheet, rows in zip(parts, sheets, values, strict=True):
        if hidden:
            text = "\n".join("\t".join(filter(None, map(_shown, row))) for row in rows)
            asides += [Aside(text.strip(), Place(name), "隐藏的工作表")] if text.strip() else []
            continue
        grids.append(Grid(name, tuple(_cells(name, sheet, rows))))
        asides += _asides(name, sheet, rows)
    notices = ["hidden"] if any(aside.kind.startswith("隐藏") for aside in asides) else []
    notices += ["comments"] if any(aside.kind == "批注" for aside in asides) else []
    notices += ["active:宏"] if any("vbaProject" in name for name in package.names) else []
    notices += ["active:外部工作簿的链接"] if any("externalLinks/" in name for name in package.names) else []
    return Document(tuple(grids), tuple(asides), package.identity(), tuple(notices))


def _sheet_parts(package: Package) -> Iterator[tuple[str, str, bool]]:
    """Yield name, part and whether it is hidden for each sheet, in order (18.2.19)."""
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in package.xml("xl/_rels/workbook.xml.rels")
    }
    for sheet in package.xml("xl/workbook.xml").iter(_S + "sheet"):
        target = targets.get(sheet.get(_R_ID, ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "worksheets/" in part:
            yield sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"


def _sheet(package: Package, part: str) -> _Sheet:
    sheet = _Sheet()
    root = package.xml(part)
    for column in root.iterfind(f"{_S}cols/{_S}col"):
        if column.get("hidden") in ("1", "true"):
            first, last = _number(column.get("min")), min(_number(column.get("max")), _MAX_COLUMNS)
            sheet.hidden_columns.update(range(first - 1, last))
    for row in root.iterfind(f"{_S}sheetData/{_S}row"):
        if row.get("hidden") in ("1", "true"):
            sheet.hidden_rows.add(_number(row.get("r")) - 1)
        for cell in row:
            _look_at(cell, sheet, part)
    for merge in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        corners = _REFERENCE.findall(merge.get("ref", ""))
        if corners:
            (top, left), (bottom, right) = _position(*corners[0]), _position(*corners[-1])
            sheet.merged.append((top, left, bottom, right))
    sheet.comments = list(_comments(package, part))
    return sheet


def _look_at(cell: Element, sheet: _Sheet, part: str) -> None:
    """Note a formula without a stored result; refuse a cell so far away that a dense table would not fit memory."""
    reference = _REFERENCE.fullmatch(cell.get("r", ""))
    if reference is None:
        return
    row, column = _position(reference[1], reference[2])
    if row >= _MAX_ROWS or column >= _MAX_COLUMNS:
        raise UnreadableError(
            f"{part.rpartition('/')[2]} 的 {reference[0]} 离表格太远，请删去那里的内容后另存重发"
        )
    if cell.find(_S + "f") is not None and not cell.findtext(_S + "v"):
        sheet.unsolved.add((row, column))


def _comments(package: Package, part: str) -> Iterator[tuple[str, str]]:
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package:
        return
    for relation in package.xml(relations):
        if relation.get("Type", "").endswith("/comments"):
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('../')}"
            if path in package:
                for comment in package.xml(path).iter(_S + "comment"):
                    yield (
                        comment.get("ref", ""),
                        "".join(str(node.text or "") for node in comment.iter(_S + "t")),
                    )


def _values(data: bytes, names: list[str]) -> list[list[list[object]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                list(map(list, book.get_sheet_by_name(name).to_python(skip_empty_area=False)))
                for name in names
            ]
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError("表格打不开，可能损坏，请对方用 WPS 或 Excel 另存后重发") from error


def _cells(name: str, sheet: _Sheet, rows: list[list[object]]) -> Iterator[Cell]:
    covered = {
        (row, column): (top, left)
        for top, left, bottom, right in sheet.merged
        for row in range(top, min(bottom, _MAX_ROWS) + 1)
        for column in range(left, min(right, _MAX_COLUMNS) + 1)
    }
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merged}
    for row, line in enumerate(rows):
        if row in sheet.hidden_rows:
            continue
        for column, value in enumerate(line):
            if column in sheet.hidden_columns or covered.get((row, column), (row, column)) != (row, column):
                continue
            height, width = spans.get((row, column), (1, 1))
            place = Place(name, row + 1, column + 1, 1)
            marks = (Mark(0, 0, Look.FORMULA),) if (row, column) in sheet.unsolved else ()
            yield Cell(row, column, height, width, (Paragraph(_shown(value), place, marks),))


def _asides(name: str, sheet: _Sheet, rows: list[list[object]]) -> Iterator[Aside]:
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            text = _shown(value)
            if text.strip() and (row in sheet.hidden_rows or column in sheet.hidden_columns):
                kind = "隐藏行" if row in sheet.hidden_rows else "隐藏列"
                yield Aside(text, Place(name, row + 1, column + 1), kind)
    for reference, text in sheet.comments:
        found = _REFERENCE.fullmatch(reference)
        row, column = _position(found[1], found[2]) if found else (-1, -1)
        if text.strip():
            yield Aside(text, Place(name, row + 1, column + 1), "批注")


def _shown(value: object) -> str:
    """Write a cell's value as a person sees it; a time of midnight on a date is left out."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return repr(round(value, 10))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time() | timedelta():
            return str(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "")


def _position(letters: str, digits: str) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return int(digits) - 1, column - 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1
