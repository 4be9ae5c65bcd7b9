"""Lists whose cells each take a line of their own, as mail programs and web pages save a table as text.

The header's labels stand one under the other, then the cells of each entry; an empty cell leaves an empty line. Dates,
counts and options must stand where the header has them: the first entry where they do not ends the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from extract.model import Block, Cell, Document, Grid, Paragraph
from forms import Field, FieldKind

from .entrylines import INDEX, entry_lines
from .frames import unframed
from .kinds import TYPED, is_of_kind
from .layout import Layouts
from .tabrows import tabbed_rows

_COLUMNS = 3  # of a list, at least
_MANY = 200  # lines that were read in vain and are not read again
_GAP, _COLON = re.compile(r"\t|[ \u3000\xa0\u2003]{2}"), re.compile(r"[:：]")
_BOXES = re.compile(r"[□☐☑☒■√✓✔●○]|[（(][\s\u3000√✓✔]*[)）]")


def rowed(document: Document, layouts: Layouts) -> Document:
    """Return ``document`` with each list of lines as a grid; as it is when it has none."""
    whole = unframed(document, layouts)
    if not any(layout.form.groups for layout in layouts.all):
        return whole
    blocks: list[Block] = []
    for _, each in groupby(whole.blocks, _is_line):
        run = list(each)
        lines = [block for block in run if isinstance(block, Paragraph) and _is_line(block)]
        blocks += _run(lines, layouts) if lines else run
    return replace(whole, blocks=tuple(blocks)) if len(blocks) < len(whole.blocks) else whole


def _is_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.place.part not in ("页眉", "页脚")


def _run(lines: Sequence[Paragraph], layouts: Layouts) -> Iterator[Block]:
    """Yield the blocks of a stretch of lines."""
    at = {(line.place.part, line.place.paragraph): line for line in lines}
    number, barren = 0, 0  # and up to where it is known that no entries stand
    while number < len(lines):
        text = lines[number].text
        found = tabbed_rows(lines, number, layouts) if _GAP.search(text) else None
        if found is None and number >= barren and (_COLON.search(text) or INDEX.fullmatch(text.strip())):
            entries, count = entry_lines(lines, number, layouts)
            found = None if entries is None else (entries, count)
            barren = number + count if entries is None and count > _MANY else barren
        if found is not None:
            yield found[0]
            number += found[1]
            continue
        header = _header(lines, number, layouts)
        grid = _grid(lines[number], at, header) if header else None
        step = len(grid.cells) + _further(grid) if grid is not None else max(len(header), 1)
        yield from lines[number : number + step] if grid is None else (grid,)
        number += step


def _further(grid: Grid) -> int:
    """Return how many lines the cells of ``grid`` take beyond one each."""
    return sum(len(cell.blocks) - 1 for cell in grid.cells)


def _header(lines: Sequence[Paragraph], start: int, layouts: Layouts) -> list[Field]:
    """Return the fields of the columns whose labels stand one under the other from ``start`` on, none when it is no header."""
    best: list[Field] = []
    for target in layouts.labels.exact(lines[start].text):
        slots = layouts.all[target.layout].slots
        group = slots[target.slot].group
        columns: list[int] = []
        for number in range(start, len(lines) if group else start):
            names = (t.slot for t in layouts.labels.exact(lines[number].text) if t.layout == target.layout)
            slot = next((slot for slot in names if slots[slot].group == group), -1)
            below = lines[number].place.paragraph - lines[start].place.paragraph == len(columns)
            if slot < 0 or slot in columns or not below:
                break
            columns.append(slot)
        fields = [field for slot in columns if (field := slots[slot].field) is not None]
        best = max(best, fields, key=len)
    return best if len(best) >= _COLUMNS and any(field.kind in TYPED for field in best) else []


def _grid(first: Paragraph, at: Mapping[tuple[str, int], Paragraph], header: Sequence[Field]) -> Grid | None:
    """Return the list under the header that begins with ``first`` as a grid, none when it has no entry."""
    part, top = first.place.part, first.place.paragraph
    cells = [Cell(0, column, 1, 1, (at[part, top + column],)) for column in range(len(header))]
    line, row = top + len(header), 0
    while entry := _entry(at, part, line, header):
        row += 1
        cells += [Cell(row, column, 1, 1, tuple(said)) for column, said in enumerate(entry[1]) if said]
        line = entry[0]
    return Grid(f"{part}第{top}段的表", tuple(cells)) if row else None


def _entry(
    at: Mapping[tuple[str, int], Paragraph], part: str, line: int, header: Sequence[Field]
) -> tuple[int, list[list[Paragraph]]] | None:
    """Return the line behind the entry that begins in ``line`` and its cells; none when it is no entry.

    Something must be of a kind that can be told, and nothing not of its kind.
    """
    cells: list[list[Paragraph]] = []
    told = 0
    for field in header:
        said = [at[part, line]] if (part, line) in at else []
        line += 1
        while said and field.kind is FieldKind.CHOICE and _goes_on(field, said, at.get((part, line))):
            said.append(at[part, line])
            line += 1
        text = "\n".join(each.text for each in said)
        if field.kind in TYPED and text.strip():
            if not is_of_kind(field, text):
                return None
            told += 1
        elif field.kind not in TYPED and _BOXES.search(text):
            return None
        cells.append(said)
    return (line, cells) if told else None


def _goes_on(field: Field, said: Sequence[Paragraph], line: Paragraph | None) -> bool:
    """Whether a row of options that takes a line for each goes on in ``line``."""
    text = "\n".join(each.text for each in said)
    if line is None or not (_BOXES.search(text) and _BOXES.search(line.text)):
        return False
    return any(option in line.text and option not in text for option in field.choices)
