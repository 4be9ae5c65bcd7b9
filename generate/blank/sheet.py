"""An Excel form filled: its tags replaced by typed values, the row of a group repeated, everything else as it was.

Knows openpyxl and tags; what a field's value looks like stands in ``blank``. Merged cells, heights, validations and the
formulas below a group move with the rows that are added.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generate.package import TemplateError, members_of
from generate.view import printable

from .sheetguard import Entries

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Content = str | int | float | date | None
Known = Mapping[str, Content]
"""What stands for each tag: a field's path, or ``组.栏`` in the row of a group."""

_TAG = re.compile(r"\{\{-?\s*(?P<path>[^{}|]+?)\s*(?:\|[^{}]*)?-?\}\}")
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_!'\"])(\$?[A-Z]{1,3}\$?)(\d{1,7})(?![\d(])")
_DAY = 'yyyy"年"m"月"d"日"'
_PAGE = 30  # rows that stand on one page in any case
_LAST_ROW = 1_048_576
_LONGEST = 32_767  # characters of a cell (ECMA-376 18.3.1.4 and its readers)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_EPOCH = rb"\g<1>2000-01-01T00:00:00Z\g<2>"


def fill_sheet(
    path: Path,
    known: Known,
    groups: Mapping[str, tuple[Sequence[Known], Known, int]],
    finish: Callable[[Workbook, Entries], None] | None = None,
) -> dict[str, bytes]:
    """Return the members of the workbook at ``path`` with every tag replaced; the same content gives the same bytes.

    ``groups`` tells for each group its rows, what an empty row holds, and how many rows there are at least; ``finish``
    is given the workbook and the cells that held tags. Raise ``TemplateError`` for a tag that nothing stands for.
    """
    import openpyxl

    members_of(path)  # answers what is no package
    try:
        book = openpyxl.load_workbook(path)
    except (KeyError, ValueError, TypeError) as error:  # openpyxl's ways to say that it is no workbook
        raise TemplateError(f"模板 {path.name} 打不开。请用 WPS 或 Excel 另存为 .xlsx 再试") from error
    entries: list[tuple[Any, str]] = []
    for sheet in book.worksheets:
        found = _group_rows(sheet, groups)
        for row, group in reversed(found):
            entries += _repeat(sheet, row, groups[group], path.name)
        if len(found) == 1:
            _head_again(sheet, found[0][0])
        for cell in _tagged(sheet, range(1, sheet.max_row + 1)):
            entries += _lone(cell)
            _put(cell, known, path.name)
    if finish is not None:
        finish(book, entries)
    out = io.BytesIO()
    book.save(out)
    members = members_of(out.getvalue())
    core = members.get("docProps/core.xml")
    if core is not None:  # openpyxl writes the present moment
        members["docProps/core.xml"] = _MODIFIED.sub(_EPOCH, core)
    return members


def _tagged(sheet: Worksheet, rows: range) -> list[Any]:
    """Return the cells of ``rows`` that hold a tag, in reading order."""
    lines = sheet.iter_rows(min_row=rows.start, max_row=rows.stop - 1)
    return [
        cell for line in lines for cell in line if isinstance(cell.value, str) and _TAG.search(cell.value)
    ]


def _group_rows(sheet: Worksheet, groups: Mapping[str, object]) -> list[tuple[int, str]]:
    """Return each row with a group's tags and the group, from the top."""
    found: dict[int, str] = {}
    for cell in _tagged(sheet, range(1, sheet.max_row + 1)):
        for tag in _TAG.finditer(cell.value):
            group = tag["path"].partition(".")[0].strip()
            if group in groups:
                found[cell.row] = group
    return sorted(found.items())


def _put(cell: Any, known: Known, name: str) -> None:
    """Replace the tags of ``cell``: a tag alone by its typed value, tags among words by text."""
    text = cell.value
    for tag in _TAG.finditer(text):
        if _path(tag) not in known:
            raise TemplateError(
                f"模板 {name} 里的标记“{_path(tag)}”没有对应的内容。请改正或删去这个标记，可用：{'、'.join(known)}"
            )
    alone = _TAG.fullmatch(text.strip())
    value = known[_path(alone)] if alone else _TAG.sub(lambda tag: _shown(known[_path(tag)]), text)
    if isinstance(value, str):
        _write_text(cell, value)
        return
    cell.value = value
    if value is not None and cell.number_format in ("General", "@"):
        cell.number_format = _DAY if isinstance(value, date) else "General"


def _lone(cell: Any) -> list[tuple[Any, str]]:
    """Return a tagged cell with its field's path; none for tags among words, where no rule fits."""
    tag = _TAG.search(cell.value)
    return [(cell, _path(tag) if _TAG.fullmatch(cell.value.strip()) else "")] if tag else []


def _path(tag: re.Match[str]) -> str:
    return re.sub(r"\s", "", tag["path"])


def _shown(value: Content) -> str:
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)


def _write_text(cell: Any, text: str) -> None:
    """Write text as text, never as a formula (CWE-1236)."""
    from openpyxl.styles import Alignment

    clean = printable(text)
    if len(clean) > _LONGEST:
        raise TemplateError(
            f"{cell.coordinate} 的文字有 {len(clean)} 个字，一个格子最多放 {_LONGEST} 个。请缩短"
        )
    cell.value = clean or None
    if clean.startswith("="):
        cell.data_type = "s"
    if "\n" in clean:
        alignment: Alignment = copy.copy(cell.alignment)
        alignment.wrap_text = True
        cell.alignment = alignment


def _repeat(
    sheet: Worksheet, row: int, content: tuple[Sequence[Known], Known, int], name: str
) -> list[tuple[Any, str]]:
    """Write the rows of a group from its tagged row on, adding rows where the form has too few; return the cells written."""
    rows, empty, least = content
    there = _alike(sheet, row)
    lacking = max(len(rows), least) - there
    tags = {cell.column: cell.value for cell in _tagged(sheet, range(row, row + 1))}
    if lacking > 0:
        # Before the last row of the group, so that a sum over its rows takes in the new ones.
        at = row + max(there - 1, 1)
        _insert(sheet, at, lacking)
        for number in range(at, at + lacking):
            _dress(sheet, row, number)
    last = row + max(there, there + lacking) - 1
    entries: list[tuple[Any, str]] = []
    for number in range(row, last + 1):
        known = rows[number - row] if number - row < len(rows) else empty
        for column, text in tags.items():
            cell = sheet.cell(number, column)
            cell.value = text
            entries += _lone(cell)
            _put(cell, known, name)
    _count_on(sheet, row, last, set(tags))
    return entries


def _head_again(sheet: Worksheet, row: int) -> None:
    """Print the header above the group at ``row`` on every page of a long list, unless the form says otherwise."""
    if sheet.max_row - row < _PAGE or row == 1 or sheet.print_title_rows:
        return
    spans = [area.min_row for area in sheet.merged_cells.ranges if area.min_row < row <= area.max_row + 1]
    sheet.print_title_rows = f"{min([row - 1, *spans])}:{row - 1}"


def _alike(sheet: Worksheet, row: int) -> int:
    """Return how many rows the form has for the group: the tagged one and the empty ones under it that look the same."""
    tags = [cell.column for cell in _tagged(sheet, range(row, row + 1))]
    count = 1
    while row + count <= sheet.max_row and _same(sheet, row, row + count, tags):
        count += 1
    return count


def _same(sheet: Worksheet, row: int, other: int, tags: Sequence[int]) -> bool:
    if _spans(sheet, row) != _spans(sheet, other):
        return False
    texts = [cell.value for cell in sheet[other] if cell.value not in (None, "")]
    if not all(str(text).strip().isdecimal() for text in texts):
        return False
    first, below = sheet.cell(row, tags[0]), sheet.cell(other, tags[0])
    return below.value in (None, "") and _edges(first) == _edges(below)


def _edges(cell: Any) -> tuple[object, object]:
    """Return the strokes of the cell's left and right side: a line drawn around a table ends with the table."""
    return cell.border.left.style, cell.border.right.style


def _spans(sheet: Worksheet, row: int) -> set[tuple[int, int]]:
    """Return the columns of the merged areas that lie in ``row`` alone."""
    return {
        (area.min_col, area.max_col)
        for area in sheet.merged_cells.ranges
        if area.min_row == area.max_row == row
    }


def _insert(sheet: Worksheet, at: int, count: int) -> None:
    """Make room for ``count`` rows before row ``at``; areas that reach over it grow."""
    cells = sheet._cells
    moved = {place: cells.pop(place) for place in list(cells) if place[0] >= at}
    for (row, column), cell in moved.items():
        cell.row = row + count
        cells[row + count, column] = cell
    _move_areas(sheet, at, count)
    heights = {row: sheet.row_dimensions.pop(row) for row in list(sheet.row_dimensions) if row >= at}
    for row, dimension in heights.items():
        dimension.index = row + count
        sheet.row_dimensions[row + count] = dimension
    for cell in list(cells.values()):
        if cell.data_type == "f" and isinstance(cell.value, str):
            cell.value = _REFERENCE.sub(_moved(at, count), cell.value)


def _move_areas(sheet: Worksheet, at: int, count: int) -> None:
    """Move merged areas and validations below row ``at``, and stretch those that reach over it."""
    checked = [area for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges]
    for area in [*sheet.merged_cells.ranges, *checked]:
        if area.max_row + count > _LAST_ROW:
            continue  # a rule for a whole column reaches the new rows as it is
        if area.min_row >= at:
            area.shift(row_shift=count)
        elif area.max_row >= at:
            area.expand(down=count)
            if hasattr(area, "format"):  # a merged area makes its cells
                area.format()


def _moved(at: int, count: int) -> Callable[[re.Match[str]], str]:
    def reference(found: re.Match[str]) -> str:
        row = int(found[2])
        return f"{found[1]}{row + count if row >= at else row}"

    return reference


def _dress(sheet: Worksheet, model: int, row: int) -> None:
    """Give the new ``row`` the look of the row ``model``: styles, height, merged cells."""
    for column in range(1, sheet.max_column + 1):
        before: Any = sheet.cell(model, column)
        new: Any = sheet.cell(row, column)
        new.font, new.fill, new.border = map(copy.copy, (before.font, before.fill, before.border))
        new.alignment, new.number_format = copy.copy(before.alignment), before.number_format
    sheet.row_dimensions[row].height = sheet.row_dimensions[model].height
    for first, last in _spans(sheet, model):
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _count_on(sheet: Worksheet, first: int, last: int, tagged: set[int]) -> None:
    """Go on with the numbers (序号) that stand in the first row of a group."""
    for column in set(range(1, sheet.max_column + 1)) - tagged:
        begun = sheet.cell(first, column).value
        text = str(begun).strip()
        for row in range(first + 1, last + 1) if text.isdecimal() else ():
            number = int(text) + row - first
            sheet.cell(row, column).value = number if isinstance(begun, int | float) else str(number)
