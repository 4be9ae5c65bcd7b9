"""Tables without rules as rows of cells: which lines are one cell, told by labels and leading, and what the next page holds.

Knows lines and the columns in which they stand, not how the columns were found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.readers.draft import Line, Slot, Table

from .lines import TextLine
from .paragraphs import paragraphs
from .room import Room
from .words import first_word

_BROAD = 5  # characters in a line from which on its end tells something
_HAIR = 0.3  # points by which edges may be wrong
_FEW = 2  # lines that break, from which on their longest tells where
_SAME = 2.0  # points within which two lines begin alike
_LEADING = 1.03  # times the least step from line to line: more parts two rows
_LONG = 0.8  # of the longest line of its column: a line that ends short of it was not full
_LINE = 1.5  # heights of a character from line to line, where nothing else tells it
_PAUSE = re.compile("[，。；！、]")
_ENDS = "。；！？;!?"

Span = tuple[float, float]
Cells = list[list[list[TextLine]]]


@dataclass(slots=True)
class Loose(Table):
    """A table that no rule parts: its rows of cells by their lines, its columns, and the room of the page."""

    cells: Cells = field(default_factory=list)
    spans: Sequence[Span] = ()
    room: Room = field(default_factory=lambda: Room(0.0, 0.0))

    def fill(self) -> None:
        """Make the cells anew of their lines. No rule tells where a cell ends: what stands in several lines is doubted."""
        inner = [
            _narrowed(
                [line[column] for line in self.cells],
                Room(max(self.room.left, low), min(self.room.right, high)),
            )
            for column, (low, high) in enumerate(self.spans)
        ]
        open_ = set(_open(self.cells))
        self.slots[:] = []
        for number, row in enumerate(self.cells):
            for column, lines in enumerate(row):
                texts = [text for text, _ in paragraphs(lines, inner[column], cell=True)]
                if len(lines) > 1:
                    texts[0].doubtful()
                if (number, column) in open_:
                    texts[-1].doubtful()
                self.slots.append(Slot(number, column, 1, 1, [*texts] or [Line()]))

    def goes_on(self, lower: Loose) -> bool:
        """Whether the first row of ``lower``, on the next page, has no label and begins where this table's last answer does."""
        last, first = self.cells[-1], lower.cells[0]
        told = [column for column, lines in enumerate(first) if lines]
        if len(last) != len(first) or len(told) != 1 or not told[0] or not last[told[0]]:
            return False
        return abs(last[told[0]][-1].box[0] - first[told[0]][0].box[0]) < _SAME

    def append(self, lower: Loose) -> None:
        """Set the rows of ``lower`` under this table, the first of them into its last."""
        for lines, more in zip(self.cells[-1], lower.cells[0], strict=True):
            if more:
                step = lines[-1].box[3] - lines[-2].box[3] if len(lines) > 1 else _LINE * lines[-1].size
                shift = lines[-1].box[3] + step - more[0].box[3]
                lines += [_shifted(line, shift) for line in more]
        self.cells += lower.cells[1:]
        self.fill()


def loose(told: Cells, spans: Sequence[Span], room: Room) -> Loose:
    """Return the table of lines ``told`` by row and column, one at most in each."""
    table = Loose([], cells=_by_leading(told) or _by_labels(told), spans=spans, room=room)
    table.fill()
    return table


def _by_labels(told: Cells) -> Cells:
    """Return the rows of ``told``; a line beside nothing goes on in the cell above."""
    cells: Cells = []
    for row in told:
        if cells and not row[0] and sum(map(bool, row)) == 1:
            for above, more in zip(cells[-1], row, strict=True):
                above.extend(more)
        else:
            cells.append([list(lines) for lines in row])
    return cells


def _by_leading(told: Cells) -> Cells:
    """Return a row for each label, with the lines beside it that stand closer to one another than rows do.

    A label may stand beside any of them, or in the middle. Nothing when that does not tell all lines apart.
    """
    labels = [row[0][0] for row in told if row[0]]
    cells: Cells = [[[label], *([] for _ in told[0][1:])] for label in labels]
    for column in range(1, len(told[0])):
        for group in _close([line for row in told for line in row[column]]):
            for part in _shared(group, [labels[n] for n in _beside(group, labels)]):
                own = _beside(part, labels)
                if len(own) != 1 or cells[own[0]][column]:
                    return []
                cells[own[0]][column] = part
    return cells if any(len(lines) > 1 for row in cells for lines in row) else []


def _close(lines: list[TextLine]) -> list[list[TextLine]]:
    """Return ``lines`` in groups of one size of letters with nothing but the least step of that size between them."""
    least: dict[int, float] = {}
    for line, below in pairwise(lines):
        if (size := round(line.size)) == round(below.size):
            least[size] = min(least.get(size, float("inf")), below.box[3] - line.box[3])
    groups = [[line] for line in lines[:1]]
    for line, below in pairwise(lines):
        size = round(line.size)
        step = below.box[3] - line.box[3]
        if size != round(below.size) or step > _LEADING * least[size] + _HAIR / 3:
            groups.append([])
        groups[-1].append(below)
    return groups


def _shared(lines: list[TextLine], labels: Sequence[TextLine]) -> list[list[TextLine]]:
    """Return ``lines`` in as many parts as there are ``labels`` beside them, each in the middle of its part.

    Line by line when they do not stand so.
    """
    if len(labels) == 1:
        return [lines]
    parts: list[list[TextLine]] = []
    start = 0
    for label in labels:
        ends = range(start + 1, len(lines) + 1)
        middles = ((lines[start].box[1] + lines[end - 1].box[3]) / 2 for end in ends)
        fits = (abs(middle - _middle(label)) < label.size / 4 for middle in middles)
        end = next((end for end, fit in zip(ends, fits, strict=True) if fit), start)
        if end == start:
            break
        parts.append(lines[start:end])
        start = end
    return parts if start == len(lines) else [[line] for line in lines]


def _beside(lines: list[TextLine], labels: Sequence[TextLine]) -> list[int]:
    """Return the labels, by number, that stand beside ``lines``."""
    top, bottom = lines[0].box[1], lines[-1].box[3]
    return [number for number, label in enumerate(labels) if top <= _middle(label) <= bottom]


def _middle(line: TextLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _open(cells: Cells) -> Sequence[tuple[int, int]]:
    """Return the cells (row, column) that break off within a sentence, where what stands below might be their rest."""
    found = []
    for column in range(len(cells[0])):
        widest = max((line.box[2] - line.box[0] for row in cells for line in row[column]), default=0.0)
        for number, (row, below) in enumerate(pairwise(cells)):
            if not row[column] or not below[column]:
                continue
            line, more = row[column][-1], below[column][0]
            long = line.box[2] - line.box[0] > _LONG * widest and line.said[-1] not in _ENDS + "：:"
            if long and _PAUSE.search(line.said + more.said) and not re.search("[:：]", more.said):
                found.append((number, column))
    return found


def _shifted(line: TextLine, by: float) -> TextLine:
    glyphs = [replace(glyph, top=glyph.top + by, bottom=glyph.bottom + by) for glyph in line.glyphs]
    return TextLine(glyphs, line.full)


def _narrowed(cells: Sequence[Sequence[TextLine]], room: Room) -> Room:
    """Return the ``room`` of a column: up to its longest line, where every line that another follows is full by that."""
    breaks = [(line, after) for cell in cells for line, after in pairwise(cell)]
    right = max((line.box[2] for cell in cells if len(cell) > 1 for line in cell), default=room.right)
    left = min((line.box[0] for line, _ in breaks), default=room.left)
    full = all(line.box[2] + first_word(after, strict=True) > right - _HAIR for line, after in breaks)
    if len(breaks) < _FEW or not full or right - left < _BROAD * breaks[0][0].size:
        return room
    return Room(left, min(room.right, right))
