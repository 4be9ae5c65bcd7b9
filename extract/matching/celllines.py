"""Lists whose cells each take a line of their own, as mail programs and web pages save a table as text.

The header's labels stand one under the other, then the cells of each entry; an empty cell leaves an empty line. Dates,
counts and options must stand where the header has them: the first entry where they do not ends the list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.model import Block, Cell, Document, Grid, Paragraph
from extract.values.choices import read_choice
from extract.values.dates import is_untouched, read_date
from extract.values.numbers import read_number
from forms import Field, FieldKind

from .layout import Layouts

_COLUMNS = 3  # of a list, at least
_TYPED = frozenset((FieldKind.DATE, FieldKind.INTEGER, FieldKind.CHOICE))
_BOXES = re.compile(r"[□☐☑☒■√✓✔●○]|[（(][\s\u3000√✓✔]*[)）]")
_UNKNOWN = frozenset(
    ("choice_unknown", "date_unclear", "number_unclear", "date_range", "number_range", "number_several")
)


def rowed(document: Document, layouts: Layouts) -> Document:
    """Return ``document`` with each list of lines as a grid; as it is when it has none."""
    if not any(layout.form.groups for layout in layouts.all):
        return document
    blocks: list[Block] = []
    number = 0
    while number < len(document.blocks):
        header = _header(document.blocks, number, layouts)
        grid, taken = _grid(document.blocks, number, header) if header else (None, 0)
        if grid is None:
            blocks.append(document.blocks[number])
            number += 1
        else:
            blocks.append(grid)
            number += taken
    if len(blocks) == len(document.blocks):
        return document
    return Document(
        tuple(blocks), document.asides, document.identity, document.notices, document.fingerprints
    )


def _header(blocks: Sequence[Block], start: int, layouts: Layouts) -> list[Field]:
    """Return the fields of the columns whose labels stand one under the other from ``start`` on, none when it is no header."""
    first = blocks[start]
    if not isinstance(first, Paragraph) or first.place.row or not layouts.labels.exact(first.text):
        return []
    best: list[Field] = []
    for target in layouts.labels.exact(first.text):
        slots = layouts.all[target.layout].slots
        group = slots[target.slot].group
        columns: list[Field] = []
        for block in blocks[start:] if group else ():
            names = layouts.labels.exact(block.text) if isinstance(block, Paragraph) else ()
            slot = next(
                (slots[t.slot] for t in names if t.layout == target.layout and slots[t.slot].group == group),
                None,
            )
            if (
                slot is None
                or slot.field is None
                or slot.field in columns
                or not _follows(blocks[start], block, len(columns))
            ):
                break
            columns.append(slot.field)
        best = max(best, columns, key=len)
    return best if len(best) >= _COLUMNS and any(field.kind in _TYPED for field in best) else []


def _follows(first: Block, block: Block, lines: int) -> bool:
    """Whether ``block`` stands ``lines`` lines below ``first``."""
    both = isinstance(first, Paragraph) and isinstance(block, Paragraph)
    return both and block.place.paragraph == first.place.paragraph + lines  # type: ignore[union-attr]


def _grid(blocks: Sequence[Block], start: int, header: Sequence[Field]) -> tuple[Grid | None, int]:
    """Return the list under the header at ``start`` as a grid, and how many blocks it takes; none without an entry."""
    first = blocks[start]
    assert isinstance(first, Paragraph)  # noqa: S101 - the header is of paragraphs
    lines: dict[int, Paragraph] = {}
    for block in blocks[start:]:
        if not isinstance(block, Paragraph) or block.place.row or block.place.part != first.place.part:
            break
        lines[block.place.paragraph - first.place.paragraph] = block
    width = len(header)
    cells = [Cell(0, column, 1, 1, (lines[column],)) for column in range(width)]
    at, row = width, 0
    while entry := _entry(lines, at, header):
        row += 1
        cells += [Cell(row, column, 1, 1, tuple(said)) for column, said in enumerate(entry[1]) if said]
        at = entry[0]
    taken = sum(place < at for place in lines)
    return (
        (Grid(f"{first.place.part}第{first.place.paragraph}段的表", tuple(cells)), taken)
        if row
        else (None, 0)
    )


def _entry(
    lines: Mapping[int, Paragraph], at: int, header: Sequence[Field]
) -> tuple[int, list[list[Paragraph]]] | None:
    """Return the cells of the entry that begins in line ``at`` and the line behind it; none when it is no entry.

    Something must be of a kind that can be told, and nothing not of its kind.
    """
    cells: list[list[Paragraph]] = []
    told = 0
    for field in header:
        said = [lines[at]] if at in lines else []
        at += 1
        while said and field.kind is FieldKind.CHOICE and _goes_on(field, said, lines.get(at)):
            said.append(lines[at])
            at += 1
        text = "\n".join(line.text for line in said)
        if field.kind in _TYPED and text.strip():
            if _codes(field, text) & _UNKNOWN:
                return None
            told += 1
        elif field.kind not in _TYPED and _BOXES.search(text):
            return None
        cells.append(said)
    return (at, cells) if told else None


def _goes_on(field: Field, said: Sequence[Paragraph], line: Paragraph | None) -> bool:
    """Whether a row of options that takes a line for each goes on in ``line``."""
    text = "\n".join(each.text for each in said)
    if line is None or not (_BOXES.search(text) and _BOXES.search(line.text)):
        return False
    return any(option in line.text and option not in text for option in field.choices)


def _codes(field: Field, text: str) -> set[str]:
    if field.kind is FieldKind.DATE:
        return set() if is_untouched(text) else {doubt.code for doubt in read_date(field.path, text).doubts}
    if field.kind is FieldKind.CHOICE:
        return {doubt.code for doubt in read_choice(field, text).doubts}
    return {doubt.code for doubt in read_number(field.path, text, whole=True).doubts}
