"""Characters on a page as lines, and lines as paragraphs: where a line broke because it was full, the text goes on.

A line is full when the first word of the next one would not have fitted; it needs no knowledge of alignment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .draft import Line
from .wordtext import symbol

_PADDING = 6.0  # points that Word leaves at both sides of a cell
_NO_START = "，。、；：？！）》」』】〕”’…—%％,.;:?!)]}"
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_URL = re.compile("[/.?&=_-]")
_INDENT = 1.5  # characters by which the first line of a paragraph stands in

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character at its place in points from the top left corner; ``struck`` when a rule runs through it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    font: str = ""
    struck: bool = False

    @property
    def shown(self) -> str:
        """The character that is seen: symbol fonts keep theirs in the private area."""
        if not "\uf020" <= self.text[:1] <= "\uf0ff":
            return self.text
        font = "wingdings 2" if "Wingdings2" in self.font.replace(" ", "") else "wingdings"
        return symbol("symbol" if "Symbol" in self.font else font, f"{ord(self.text[0]):x}")


@dataclass(slots=True)
class TextLine:
    """The glyphs of one line from left to right; ``full`` when the text goes on in the next line."""

    glyphs: list[Glyph]
    full: bool = False

    @property
    def seen(self) -> list[Glyph]:
        """The glyphs that are no blanks; a line has at least one."""
        return [glyph for glyph in self.glyphs if not glyph.text.isspace()]

    @property
    def box(self) -> Box:
        """Left, top, right and bottom of what is seen."""
        seen = self.seen
        return (
            min(glyph.x0 for glyph in seen),
            min(glyph.top for glyph in seen),
            max(glyph.x1 for glyph in seen),
            max(glyph.bottom for glyph in seen),
        )

    @property
    def size(self) -> float:
        """Height of the tallest glyph, which is the width of a Chinese character."""
        return max(glyph.bottom - glyph.top for glyph in self.glyphs)


def lines_of(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Return ``glyphs`` as lines from the top down; glyphs whose middles are near stand on one line."""
    lines: list[TextLine] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: ((glyph.top + glyph.bottom) / 2, glyph.x0)):
        own = (glyph.top + glyph.bottom) / 2
        if lines and abs(own - middle) < height / 2:
            lines[-1].glyphs.append(glyph)
        else:
            lines.append(TextLine([glyph]))
            middle, height = own, max(glyph.bottom - glyph.top, 1.0)
    for line in lines:
        line.glyphs.sort(key=lambda glyph: glyph.x0)
    return [line for line in lines if any(not glyph.text.isspace() for glyph in line.glyphs)]


def paragraphs(lines: Sequence[TextLine], width: float, edge: bool = False) -> Iterator[tuple[Line, Box]]:
    """Yield the paragraphs of ``lines`` in a column ``width`` points wide (with padding when it is a cell's)."""
    room = width - (2 * _PADDING if edge else 0)
    start = min((line.box[0] for line in lines), default=0.0)
    text, box = Line(), (0.0, 0.0, 0.0, 0.0)
    before: TextLine | None = None
    for line in lines:
        if before is not None and _goes_on(before, line, room, start):
            _write(text, line, glue=_glue(before, line))
        else:
            if before is not None:
                yield text, box
            text, box = Line(), line.box
            _write(text, line)
        before = line
    if before is not None:
        before.full = before.box[2] - before.box[0] > room - 1.5 * before.size
        yield text, box


def _goes_on(line: TextLine, following: TextLine, room: float, start: float) -> bool:
    """Whether ``line`` broke because the next word did not fit, and ``following`` begins no paragraph."""
    left, _, right, bottom = line.box
    size = line.size
    first, top = following.box[0], following.box[1]
    if top - bottom > 1.5 * size:  # a gap between paragraphs, or a table taken out
        return False
    line.full = right - start + _first_word(following) > room + size / 4
    indented = first - start > _INDENT * size and left - start < size / 2
    return line.full and not indented


def _first_word(line: TextLine) -> float:
    """Return the width of what cannot be parted from the head of ``line``."""
    glyphs = line.seen
    end = 1
    if not _WIDE.match(glyphs[0].text):
        while (
            end < len(glyphs)
            and not _WIDE.match(glyphs[end].text)
            and glyphs[end].x0 - glyphs[end - 1].x1 < 1
        ):
            end += 1
    while end < len(glyphs) and glyphs[end].text in _NO_START:
        end += 1
    return glyphs[end - 1].x1 - glyphs[0].x0


def _glue(before: TextLine, line: TextLine) -> str:
    """Return the space at which a line broke: programs print it at the line's end, unless they print none at all."""
    head, tail = line.seen[0].text, before.seen[-1].text
    if not (head.isascii() and tail.isascii()):
        return ""
    spaced = any(glyph.text.isspace() for glyph in (*before.glyphs, *line.glyphs))
    ended = before.glyphs[-1].text.isspace()
    return " " if ended or not (spaced or _URL.search(tail + head)) else ""


def _write(text: Line, line: TextLine, glue: str = "") -> None:
    text.text += glue
    last: Glyph | None = None
    for glyph in line.glyphs:
        shown = glyph.shown
        if last is not None and _same(last, glyph):
            continue  # the same character printed twice makes it bold
        if last is not None and _apart(last, glyph, line.size):
            shown = " " + shown
        text.add(shown.replace("\xa0", " "), glyph.struck)
        last = glyph
    text.text = text.text.rstrip(" ")


def _apart(last: Glyph, glyph: Glyph, size: float) -> bool:
    """Whether a gap stands for a space or tab; beside Chinese characters narrow gaps only fill the line."""
    if glyph.text.isspace() or last.text.isspace():
        return False
    wide = _WIDE.match(glyph.text) or _WIDE.match(last.text)
    return glyph.x0 - last.x1 > size * (2 if wide else 0.6)


def _same(last: Glyph, glyph: Glyph) -> bool:
    return glyph.text == last.text and abs(glyph.x0 - last.x0) < 1 and abs(glyph.top - last.top) < 1
