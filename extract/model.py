"""The neutral document: paragraphs and grids in reading order, each with its place. Nothing after it knows a file format.

Holds what a person would see; what a person would not see but must not be lost stands in ``asides``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from forms import Fingerprint, Identity, Place


class Look(StrEnum):
    """How a stretch of text looks, where that changes its meaning."""

    STRUCK = "struck"  # crossed out: seen, but withdrawn by its author
    PROMPT = "prompt"  # the placeholder of an empty content control
    PICTURE = "picture"  # an image at this point, of no length
    PAGE = "page"  # another page began at this point, of no length
    GOES_ON = "goes_on"  # a text of the page before had no room for the first word of this one, of no length
    CUT = "cut"  # what follows may have been cut off, of no length
    BREAK = "break"  # a paragraph may begin at this point, of no length
    BOX = "box"  # in a text box that is anchored in a cell: it may float anywhere
    FORMULA = "formula"  # a formula without a stored result, of no length


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``start:end`` of a paragraph's text with a look of its own."""

    start: int
    end: int
    look: Look


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: visible text, list number and line breaks (LF) included, and its marks."""

    text: str
    place: Place
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; ``row`` and ``column`` count from 0, spans from 1. ``blocks`` may hold further grids."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table or a sheet: its cells by row and column, merged cells once. ``name`` is its part in places (``表1``).

    ``seams`` are the rows at which another page began: they may go on with the row above, or begin a table of their own.
    ``torn`` are rows that were put together from two pages, each text with the look ``PAGE`` where the second began.
    """

    name: str
    cells: tuple[Cell, ...]
    seams: tuple[int, ...] = ()
    torn: tuple[int, ...] = ()


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that is kept but is never a value; ``kind`` says what it is (``批注``, ``隐藏文字``, ``脚注`` …)."""

    text: str
    place: Place
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a person sees it, with the identity it carries and what a reader noticed (``tracked`` …).

    The notice ``cut`` says that its end is missing, as when a download broke off.

    ``fingerprints`` are its pictures and who saved it, where the reader of its format can tell.
    """

    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...] = ()
    identity: Identity | None = None
    notices: tuple[str, ...] = field(default=())
    fingerprints: tuple[Fingerprint, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield every paragraph in reading order, those inside grids included."""
        yield from _paragraphs(self.blocks)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                yield from _paragraphs(cell.blocks)
