"""The sheets of an ods: filled cells by row and column, repeats and spans spread out, what is hidden put aside.

Knows OpenDocument 1.3 part 3, chapter 9 (tables) as far as a spreadsheet differs from a text's table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.model import Mark
from extract.readers.draft import LARGE, MAX_CELLS, Item, Line, Slot, Table, joined
from extract.readers.excel.sheets import moved_corners
from extract.readers.package import Element
from extract.unreadable import UnreadableError
from forms import Place

from .blocks import Blocks, count_of, rows_of
from .styles import OFFICE, TABLE, Look

_COLUMN_GROUPS = frozenset(TABLE + n for n in ("table-header-columns", "table-columns", "table-column-group"))
_MONTH = re.compile(r"(?:19|20)\d\d ?年? ?(?:[-/.年]? ?\d{1,2} ?月?)?")  # a date shown without its day
_MAX_ROWS, _MAX_COLUMNS = 20000, 500


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read: cells with something in them by row and column, spans, what is hidden."""

    filled: dict[tuple[int, int], list[Item]] = field(default_factory=dict)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    styles: list[tuple[int, str | None]] = field(
        default_factory=list
    )  # of cells that name none, up to a column

    def style(self, column: int) -> str | None:
        """Return the style of the cells in ``column`` that name none."""
        return next((name for end, name in self.styles if column < end), None)


class Sheets:
    """The sheets of one document being read."""

    def __init__(self, blocks: Blocks) -> None:
        """Read with ``blocks``, which knows what stands inside of a cell."""
        self._blocks = blocks
        self._loose: list[Line] = []  # text boxes over filled cells of the open sheet

    def all(self, body: Element) -> Iterator[Item]:
        """Yield the visible sheets and the text boxes over their filled cells; hidden ones become asides."""
        for table in body.iterchildren(TABLE + "table"):
            name = table.get(TABLE + "name", "")
            sheet = self._sheet(table, name)
            if table.get(TABLE + "style-name") in self._blocks.styles.hidden_tables:
                text = "\n".join(joined(items) for items in sheet.filled.values())
                self._blocks.notes.aside(text.strip(), "隐藏的工作表", Place(name))
                self._blocks.notes.notice("hidden")
            else:
                self._hidden_cells(sheet, name)
                yield Table(list(_dense(sheet)), name)
                yield from self._loose
            self._loose = []

    def _sheet(self, table: Element, name: str) -> _Sheet:
        sheet = _Sheet()
        column = 0
        for node, away in rows_of(table, TABLE + "table-column", _COLUMN_GROUPS):
            repeat = count_of(node, "number-columns-repeated", 20000)
            sheet.styles.append((column + repeat, node.get(TABLE + "default-cell-style-name")))
            if away or node.get(TABLE + "visibility") in ("collapse", "filter"):
                sheet.columns.update(range(column, min(column + repeat, _MAX_COLUMNS)))
            column += repeat
        row = 0
        for node, away in rows_of(table, TABLE + "table-row"):
            repeat = count_of(node, "number-rows-repeated", 2_000_000)
            filled = self._sheet_row(node, row, sheet, name)
            hidden = away or node.get(TABLE + "visibility") in ("collapse", "filter")
            if hidden:
                sheet.rows.update(range(row, min(row + repeat, _MAX_ROWS)))
            self._blocks.count_cells(len(filled) * min(repeat, _MAX_ROWS))
            for copy in range(1, min(repeat, _MAX_ROWS) if filled else 1):
                sheet.filled.update({(row + copy, at): items for at, items in filled.items()})
            row += repeat
            if filled and row > _MAX_ROWS:
                raise UnreadableError(f"{name} 第{row}行离表格太远，请删去那里的内容后另存重发")
        return sheet

    def _sheet_row(self, node: Element, row: int, sheet: _Sheet, name: str) -> dict[int, list[Item]]:
        column = 0
        filled: dict[int, list[Item]] = {}
        for cell in node:
            repeat = count_of(cell, "number-columns-repeated", 20000)
            for note in cell.findall(OFFICE + "annotation") if len(cell) else ():
                self._blocks.notes.aside(
                    joined(self._blocks.items(note)), "批注", Place(name, row + 1, column + 1)
                )
                cell.remove(note)
            if cell.tag == TABLE + "table-cell" and len(cell):
                style = cell.get(TABLE + "style-name") or node.get(TABLE + "default-cell-style-name")
                items = self._cell(cell, self._blocks.styles.look("table-cell", style or sheet.style(column)))
                seen = joined(items) or any(isinstance(item, Line) and item.marks for item in items)
                for at in range(column, min(column + repeat, _MAX_COLUMNS) if seen else column):
                    filled[at] = sheet.filled[row, at] = items
            height = count_of(cell, "number-rows-spanned", _MAX_ROWS)
            width = count_of(cell, "number-columns-spanned", _MAX_COLUMNS)
            if (height, width) != (1, 1):
                sheet.spans[row, column] = (height, width)
            column += repeat
        return filled

    def _cell(self, cell: Element, look: Look) -> list[Item]:
        """Return what a sheet's cell shows as one paragraph, as in a workbook of Excel."""
        found = [item for item in self._blocks.items(cell, look) if isinstance(item, Line)]
        boxes = [text for line in found for box in line.boxes if (text := joined(box))]
        if any(line.text.strip() for line in found):
            self._loose += [Line(text) for text in boxes]
        else:
            found += [Line(text) for text in boxes]
        day = cell.get(OFFICE + "date-value", "")
        if (
            len(found) == 1 and found[0].text and not _MONTH.fullmatch(found[0].text)
        ):  # the whole date, however abridged
            found[0].text = day.removesuffix("T00:00:00").replace("T", " ") or found[0].text
        shapes = [line for line in found if not line.text and (line.marks or line.boxes)]
        whole = Line(hidden=[text for line in found for text in line.hidden])
        lines = [line for line in found if line not in shapes]
        for number, line in enumerate(lines):
            start = len(whole.text) + (number > 0)
            whole.text += "\n" + line.text if number else line.text
            whole.marks += [Mark(m.start + start, m.end + start, m.look) for m in line.marks]
        end = len(whole.text)
        whole.marks += [Mark(end, end, mark.look) for line in shapes for mark in line.marks]
        return [whole]

    def _hidden_cells(self, sheet: _Sheet, name: str) -> None:
        seen = moved_corners(sheet.spans, sheet.rows, sheet.columns)
        for (row, column), items in sorted(sheet.filled.items(), key=lambda cell: cell[0]):
            if (row, column) in seen:
                continue
            if row in sheet.rows or column in sheet.columns:
                kind = "隐藏行" if row in sheet.rows else "隐藏列"
                self._blocks.notes.aside(joined(items), kind, Place(name, row + 1, column + 1))
                self._blocks.notes.notice("hidden")


def _dense(sheet: _Sheet) -> Iterator[Slot]:
    """Yield every cell of the used rectangle that is neither hidden nor under a merge, empty ones too."""
    if not sheet.filled:
        return
    height = max(row for row, _ in sheet.filled) + 1
    width = max(column for _, column in sheet.filled) + 1
    if height * width > MAX_CELLS:
        raise UnreadableError(LARGE)
    covered = {
        (row, column)
        for (top, left), (rows, columns) in sheet.spans.items()
        for row in range(top, min(top + rows, height))
        for column in range(left, min(left + columns, width))
        if (row, column) != (top, left)
    }
    corners = {seen: at for at, seen in moved_corners(sheet.spans, sheet.rows, sheet.columns).items()}
    for row in range(height):
        for column in range(width):
            top, left = corners.get((row, column), (row, column))
            hidden = row in sheet.rows or column in sheet.columns
            if not hidden and ((row, column) not in covered or (top, left) != (row, column)):
                rows, columns = sheet.spans.get((top, left), (1, 1))
                items = list(sheet.filled.get((top, left), [Line()]))
                yield Slot(row, column, rows + top - row, columns + left - column, items)
