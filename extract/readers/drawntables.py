"""Tables drawn with signs in plain text: │ or | around each cell, with or without rules between the rows, Markdown too.

The signs are the drawing and no text. Knows lines alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from extract.model import Cell, Grid, Paragraph
from forms import Place

_BARS = "|｜│┃║"
_ROW = re.compile(rf"\s*[{_BARS}](?P<cells>.*)[{_BARS}]\s*", re.DOTALL)
_RULE = re.compile(rf"(?=.*[-=─━═–—]{{2}})[\s{_BARS}+:\-=─━═–—┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]{{3,}}")
_FRAME = re.compile(r"\s*[+┌├└╔╠╚┏┣┗]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ROWS = 2  # of a table, at least
_BANDS = 3  # stretches between rules from which on each is one row, however many lines it takes


def drawn_table(lines: Sequence[str], start: int, name: str) -> tuple[Grid, int] | None:
    """Return the table that is drawn from line ``start`` on and how many lines it takes; none when there is none."""
    if not _is_drawn(lines[start]):
        return None
    end = start + 1
    while end < len(lines) and _is_drawn(lines[end]) and not _is_rule(lines[end - 1], lines[end]):
        end += 1
    rows = _rows(lines[start:end])
    width = max(map(len, rows), default=0)
    ruled = len(rows) == 1 and end - start > 1
    if (len(rows) < _ROWS and not ruled) or width < 2:
        return None
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            span = width - column if column == len(texts) - 1 else 1
            cells.append(Cell(row, column, 1, span, (Paragraph(text, Place(name, row + 1, column + 1, 1)),)))
    return Grid(name, tuple(cells)), end - start


def draws(text: str) -> bool:
    """Whether a text has a drawn table: two lines or more that begin and end with a bar and have one within."""
    return sum(_is_row(line) for line in text.split("\n")) >= _ROWS


def _is_drawn(line: str) -> bool:
    return _is_row(line) or _is_rule(line)


def _is_rule(*lines: str) -> bool:
    """Whether all ``lines`` are rules; where two follow each other, one table ends: a page of strokes is none."""
    return all(_RULE.fullmatch(line) for line in lines)


def _is_row(line: str) -> bool:
    found = _ROW.fullmatch(line) if line.lstrip()[:1] in _BARS else None
    return bool(line.strip()) and found is not None and re.search(f"[{_BARS}]", found["cells"]) is not None


def _rows(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of each row; where rules part all rows, a row may take several lines."""
    bands = [list(band) for rule, band in groupby(lines, _is_rule) if not rule]
    if len(bands) >= _BANDS and _FRAME.match(lines[0]):
        return [_joined([_texts(line) for line in band]) for band in bands]
    return [_texts(line) for band in bands for line in band]


def _texts(line: str) -> list[str]:
    found = _ROW.fullmatch(line)
    assert found is not None  # noqa: S101 - a line that is no rule is a row
    return [_BREAK.sub("\n", text.strip()) for text in re.split(f"[{_BARS}]", found["cells"])]


def _joined(parts: Sequence[Sequence[str]]) -> list[str]:
    """Return a row whose cells go on over several lines."""
    width = max(map(len, parts))
    return ["".join(part[column] for part in parts if column < len(part)) for column in range(width)]
