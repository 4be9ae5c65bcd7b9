"""Blocks while a reader gathers them, before they know their places; ``lay_out`` numbers tables and sets places.

What readers of Word's binary format, RTF, OpenDocument, HTML and PDF have in common; knows no format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extract.model import Aside, Block, Cell, Document, Grid, Look, Mark, Paragraph
from extract.unreadable import UnreadableError
from forms import Identity, Place

MAX_DEPTH = 40
MAX_CELLS = 200_000
MAX_LINE = 100_000
TOO_LONG = "一段文字过长，不像是报表，没有打开"
LARGE = "表格过大，不像是报表，没有打开"


@dataclass(slots=True)
class Line:
    """A paragraph: visible text, marks, hidden stretches, and the text boxes anchored in it."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[list[Item]] = field(default_factory=list)
    hidden_at: int = -1

    def hide(self, text: str) -> None:
        """Put hidden ``text`` aside; what follows hidden text at once joins it."""
        if self.hidden and self.hidden_at == len(self.text):
            self.hidden[-1] += text
        else:
            self.hidden.append(text)
        self.hidden_at = len(self.text)

    def add(self, text: str, struck: bool = False) -> None:
        """Show ``text``, crossed out or not; neighbouring strokes become one."""
        start, end = len(self.text), len(self.text) + len(text)
        if end > MAX_LINE:
            raise UnreadableError(TOO_LONG)
        if struck and text:
            last = self.marks[-1] if self.marks else None
            if last is not None and last.look is Look.STRUCK and last.end == start:
                self.marks[-1] = Mark(last.start, end, Look.STRUCK)
            else:
                self.marks.append(Mark(start, end, Look.STRUCK))
        self.text += text

    def picture(self) -> None:
        """Note an image at this point."""
        self.marks.append(Mark(len(self.text), len(self.text), Look.PICTURE))

    def doubtful(self) -> None:
        """Note that nobody can tell whether a paragraph begins at this point."""
        self.marks.append(Mark(len(self.text), len(self.text), Look.BREAK))

    def label(self, text: str) -> None:
        """Set ``text``, a list number, before all else."""
        self.text = text + self.text
        shift = len(text)
        self.marks = [Mark(mark.start + shift, mark.end + shift, mark.look) for mark in self.marks]


@dataclass(slots=True)
class Slot:
    """A cell, rows and columns from 0; ``covered`` is text under the merge that nobody sees."""

    row: int
    column: int
    row_span: int
    column_span: int
    items: list[Item]
    covered: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table by its cells in reading order; ``name`` only where it is no running number (a sheet's).

    ``seams`` are the rows at which another page begins, ``torn`` those put together from two pages.
    """

    slots: list[Slot]
    name: str = ""
    seams: tuple[int, ...] = ()
    torn: tuple[int, ...] = ()


Item = Line | Table
Part = tuple[str, list[Item]]


@dataclass(slots=True)
class Notes:
    """What a reader notices beside the blocks: notes and comments by kind, words such as ``tracked``."""

    asides: list[Aside] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def notice(self, word: str) -> None:
        """Remember ``word`` once."""
        if word not in self.notices:
            self.notices.append(word)

    def aside(self, text: str, kind: str, place: Place | None = None) -> None:
        """Put ``text`` aside when there is any; without a place it is counted within its kind."""
        if text.strip():
            number = self.numbers[kind] = self.numbers.get(kind, 0) + 1
            self.asides.append(Aside(text, place or Place(kind, paragraph=number), kind))
            if kind == "批注":
                self.notice("comments")


def lay_out(parts: Iterable[Part], notes: Notes, identity: Identity | None = None) -> Document:
    """Return the document of ``parts`` (name in places, blocks), in order."""
    layout = _Layout(notes)
    blocks = [block for part, items in parts for block in layout.blocks(items, part, None, 0)]
    return Document(tuple(blocks), tuple(notes.asides), identity, tuple(notes.notices))


def boxed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield ``blocks`` with every paragraph known as one of a text box in a cell."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield replace(block, marks=(*block.marks, Mark(0, len(block.text), Look.BOX)))
        else:
            yield block


class _Layout:
    """Numbers tables in reading order and gives every paragraph its place."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._tables = 0
        self._cells = 0

    def blocks(
        self, items: list[Item], part: str, cell: tuple[int, int] | None, depth: int
    ) -> Iterator[Block]:
        if depth > MAX_DEPTH:
            raise UnreadableError("表格嵌套过深，没有打开")
        number = 0
        row, column = cell or (0, 0)
        for item in items:
            if isinstance(item, Table):
                yield self._grid(item, depth)
                continue
            number += 1
            place = Place(part, row, column, number)
            for hidden in item.hidden:
                self._hide(hidden, place, "隐藏文字")
            yield Paragraph(item.text, place, tuple(item.marks))
            for box in item.boxes:
                inside = self.blocks(box, part if cell else "文本框", cell, depth + 1)
                yield from boxed(inside) if cell else inside

    def _hide(self, text: str, place: Place, kind: str) -> None:
        if text.strip():
            self._notes.aside(text, kind, place)
            if kind == "隐藏文字":
                self._notes.notice("hidden")

    def _grid(self, table: Table, depth: int) -> Grid:
        self._cells += len(table.slots)
        if self._cells > MAX_CELLS:
            raise UnreadableError(LARGE)
        if not table.name:
            self._tables += 1
        name = table.name or f"表{self._tables}"
        cells = []
        for slot in table.slots:
            at = slot.row + 1, slot.column + 1
            blocks = tuple(self.blocks(slot.items, name, at, depth + 1))
            for text in slot.covered:
                self._hide(text, Place(name, *at, 1), "被合并单元格遮住的文字")
            cells.append(Cell(slot.row, slot.column, slot.row_span, slot.column_span, blocks))
        return Grid(name, tuple(cells), table.seams, table.torn)


def plain(items: Iterable[Item]) -> Iterator[str]:
    """Yield the texts of all paragraphs in ``items``, those of tables and text boxes included."""
    for item in items:
        if isinstance(item, Line):
            yield item.text
            for box in item.boxes:
                yield from plain(box)
        else:
            for slot in item.slots:
                yield from plain(slot.items)


def joined(items: Iterable[Item]) -> str:
    """Return the non-empty texts of ``items``, one on a line."""
    return "\n".join(text for text in plain(items) if text.strip())
