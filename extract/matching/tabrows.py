"""Lists whose rows are lines with tabs, as a table becomes that was converted to text: a header of labels, then entries.

A row of options that takes a line for each goes on in the next line; nothing else does. Who aligns with blanks instead sets
two or more between the words of the header; then each row has as many parts, of the kinds that the header names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Cell, Grid, Mark, Paragraph
from extract.spelling import squeeze
from forms import Field, FieldKind

from .kinds import TYPED, is_of_kind
from .layout import Layouts

_COLUMNS = 3  # of a list, at least
_TAB, _BLANKS = re.compile(r"\t"), re.compile(r"[ \u3000\xa0\u2003]{2,}")
_SERIAL = frozenset(("序号", "编号", "no"))
_OPTION = re.compile(r"\s*(?:[（(\[【]?\s*[□☐☑☒■√✓✔●○]|[（(\[【]\s*[)）\]】])")


def tabbed_rows(lines: Sequence[Paragraph], start: int, layouts: Layouts) -> tuple[Grid, int] | None:
    """Return the list whose header is line ``start`` as a grid, and how many lines it takes; none when it is no list."""
    gap = _TAB if "\t" in lines[start].text else _BLANKS
    words = [part.text for part in _parts(lines[start], gap)]
    columns = _columns(words, layouts) if len(words) >= _COLUMNS else []
    if not columns:
        return None
    rows = [[[each] for each in _parts(lines[start], gap)]]
    number = start + 1
    while number < len(lines):
        parts = _parts(lines[number], gap)
        if gap is _BLANKS:
            if not _fits(columns, parts):
                break
            rows.append([[each] for each in parts])
        elif len(rows) > 1 and _goes_on(rows[-1], columns, parts):
            rows[-1][-1].append(parts[0])
            rows[-1] += [[each] for each in parts[1:]]
        elif 1 < len(parts) <= len(words) or _is_option(columns[0], parts[0]):
            rows.append([[each] for each in parts])
        else:
            break
        number += 1
    cells = [
        Cell(row, column, 1, 1, tuple(said))
        for row, each in enumerate(rows)
        for column, said in enumerate(each)
    ]
    place = lines[start].place
    return (
        (Grid(f"{place.part}第{place.paragraph}段的表", tuple(cells)), number - start)
        if len(rows) > 1
        else None
    )


def _columns(words: Sequence[str], layouts: Layouts) -> list[Field | None]:
    """Return the field of each column where the words are labels of one group, none for a serial number; else nothing."""
    said = [word for word in words if squeeze(word) not in _SERIAL]
    for target in layouts.labels.exact(said[0]) if said else ():
        slots = layouts.all[target.layout].slots
        found: list[Field | None] = []
        for word in words:
            names = (each for each in layouts.labels.exact(word) if each.layout == target.layout)
            slot = next((slots[each.slot] for each in names if slots[each.slot].group), None)
            found.append(slot.field if slot is not None else None)
        if slots[target.slot].group and sum(field is not None for field in found) == len(said) >= 2:
            return found
    return []


def _goes_on(
    row: Sequence[Sequence[Paragraph]], columns: Sequence[Field | None], parts: Sequence[Paragraph]
) -> bool:
    """Whether a line goes on with the options in the last cell of the row above it, none of them a second time."""
    if not _is_option(columns[len(row) - 1], parts[0]) or len(row) + len(parts) - 1 > len(columns):
        return False
    return _option(parts[0]) not in map(_option, row[-1])


def _is_option(field: Field | None, part: Paragraph) -> bool:
    options = field is not None and field.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
    return options and _OPTION.match(part.text) is not None


def _option(part: Paragraph) -> str:
    return "".join(re.findall(r"\w+", part.text))


def _fits(columns: Sequence[Field | None], parts: Sequence[Paragraph]) -> bool:
    """Whether there is a part for each column, and half of those that can be told or more are of their column's kind."""
    if len(parts) != len(columns):
        return False
    told = [
        is_of_kind(field, part.text)
        for field, part in zip(columns, parts, strict=True)
        if field is not None and field.kind in TYPED
    ]
    return 2 * sum(told) >= len(told)


def _parts(line: Paragraph, gap: re.Pattern[str]) -> list[Paragraph]:
    """Return what stands between the gaps of a line, each part with its marks."""
    text = line.text
    start, end = (0, len(text)) if gap is _TAB else (len(text) - len(text.lstrip()), len(text.rstrip()))
    found: list[Paragraph] = []
    for parted in gap.finditer(text, start, end):
        found.append(slice_of(line, start, parted.start()))
        start = parted.end()
    return [*found, slice_of(line, start, end)]


def slice_of(line: Paragraph, start: int, end: int) -> Paragraph:
    """Return ``start:end`` of a line as a paragraph, with its marks."""
    marks = tuple(
        Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.look)
        for mark in line.marks
        if mark.start <= end and mark.end >= start
    )
    return Paragraph(line.text[start:end], line.place, marks)
