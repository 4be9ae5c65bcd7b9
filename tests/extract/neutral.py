"""Neutral documents and the catalogue's layouts for tests of everything after the readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count

import templates
from extract import Aligned, Cell, Document, Grid, Layouts, Mark, Paragraph, align, layouts_of
from extract.model import Block
from forms import Form, Place, load_forms

FORMS: tuple[Form, ...] = load_forms(templates.CATALOGUE)
VISITS = "团干部走基层情况报告单"
TOURS = "共青团工作观摩情况报告单"
LAYOUTS: Layouts = layouts_of(FORMS)


def form(name: str) -> Form:
    """Return a form of the catalogue."""
    return next(form for form in FORMS if form.name == name)


def para(text: str, number: int = 1, *marks: Mark) -> Paragraph:
    """Return a paragraph outside of grids."""
    return Paragraph(text, Place("正文", paragraph=number), marks)


def cell(
    row: int, column: int, content: str | Sequence[Block], spans: tuple[int, int] = (1, 1), name: str = "表1"
) -> Cell:
    """Return a cell of grid ``name``; a text becomes one paragraph, ``spans`` are rows and columns."""
    place = Place(name, row + 1, column + 1, 1)
    blocks = (Paragraph(content, place),) if isinstance(content, str) else tuple(content)
    return Cell(row, column, *spans, blocks)


def grid(rows: Sequence[Sequence[str | None]], name: str = "表1") -> Grid:
    """Return a grid of texts; a none is covered by the cell to its left, and by the one above when it leads its row."""
    cells: dict[tuple[int, int], list[int]] = {}
    texts: dict[tuple[int, int], str] = {}
    covers: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            if text is not None:
                owner = (row, column)
                texts[owner], cells[owner] = text, [1, 1]
            elif column and covers[row, column - 1][0] == row:
                owner = covers[row, column - 1]
                cells[owner][1] = column - owner[1] + 1
            else:
                owner = covers[row - 1, column]
                cells[owner][0] = row - owner[0] + 1
            covers[row, column] = owner
    return Grid(
        name,
        tuple(
            cell(row, column, texts[row, column], (high, wide), name)
            for (row, column), (high, wide) in cells.items()
        ),
    )


def document(*blocks: Block | str) -> Document:
    """Return a document; texts become paragraphs."""
    numbers = count(1)
    return Document(
        tuple(para(block, next(numbers)) if isinstance(block, str) else block for block in blocks)
    )


def values(aligned: Aligned) -> dict[str, object]:
    """Return what was read, by field path, empty readings left out."""
    return {reading.field: reading.value for reading in aligned.readings if reading.value is not None}


def codes(aligned: Aligned) -> set[str]:
    """Return the codes of all doubts about the readings, those of groups included."""
    readings = [*aligned.readings, *(reading for row in aligned.rows for reading in row.readings)]
    return {doubt.code for reading in readings for doubt in reading.doubts}


def characters(texts: Iterable[str]) -> Counter[str]:
    """Return how often each character that is no space stands in ``texts``."""
    return Counter(character for text in texts for character in text if not character.isspace())


def shown(document: Document) -> Counter[str]:
    """Return the characters that ``document`` holds, asides included."""
    return characters([*(p.text for p in document.paragraphs()), *(aside.text for aside in document.asides)])


def accounted(found: Iterable[Aligned]) -> Counter[str]:
    """Return the characters that the result of an alignment accounts for.

    What several rows of a list share (a fill date above it) stands in each of their forms and counts once.
    """
    texts: list[str] = []
    seen: set[tuple[str, Place, str]] = set()
    for aligned in found:
        rows = [reading for row in aligned.rows for reading in row.readings]
        for reading in [*aligned.readings, *rows]:
            key = (reading.field, reading.place, reading.raw)
            texts += [reading.raw] if key not in seen else []
            seen.add(key)
        texts += aligned.known
        texts += [item.text for item in aligned.leftover]
    return characters(texts)


def one(*blocks: Block | str) -> Aligned:
    """Return the one form found."""
    (found,) = align(document(*blocks), LAYOUTS, 2020)
    return found
