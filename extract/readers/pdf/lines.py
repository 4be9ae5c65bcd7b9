"""Characters on a page as lines: what stands at one height, with raised signs, ticks and underlined blanks set right.

Knows glyphs and where they stand. How lines become paragraphs stands in ``paragraphs``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.readers.signs import raised, symbol

from .words import WIDE

_HANGING = "，。、；：！？,.;:"
_TICKS = "☑☐□■☒√"
_CLOSE = 0.24  # characters between Chinese and Latin ones that are set without a blank
_UNDERLINED = 0.7  # the same where underlined blanks are printed under the characters
_SMALL = 0.85  # of the height of a line: what stands beside it and is smaller is raised or lowered

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
            return "-" if self.text == "\u2011" else self.text
        font = "wingdings 2" if "Wingdings2" in self.font.replace(" ", "") else "wingdings"
        return symbol("symbol" if "Symbol" in self.font else font, f"{ord(self.text[0]):x}")


def extent(glyphs: Sequence[Glyph]) -> Box:
    """Return left, top, right and bottom of ``glyphs``, one at least."""
    sides = [(glyph.x0, glyph.top, glyph.x1, glyph.bottom) for glyph in glyphs]
    lefts, tops, rights, bottoms = zip(*sides, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


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
        return extent(self.seen)

    @property
    def said(self) -> str:
        """The text without blanks."""
        return "".join(glyph.text for glyph in self.seen)

    @property
    def start(self) -> float:
        """The left edge of what is seen, or of the blanks that were typed before it."""
        return min(glyph.x0 for glyph in self.glyphs)

    @property
    def reach(self) -> Box:
        """The box without a comma or stop at its end, which may hang over the margin."""
        left, top, right, bottom = self.box
        last = self.seen[-1]
        return left, top, last.x0 if last.text in _HANGING and last.x0 > left else right, bottom

    @property
    def size(self) -> float:
        """Height of the tallest glyph, which is the width of a Chinese character."""
        return max(glyph.bottom - glyph.top for glyph in self.glyphs)


def lines_of(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Return ``glyphs`` as lines from the top down; glyphs whose middles are near stand on one line."""
    lines: list[TextLine] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: ((glyph.top + glyph.bottom) / 2, glyph.x0)):
        own, tall = (glyph.top + glyph.bottom) / 2, max(glyph.bottom - glyph.top, 1.0)
        if lines and abs(own - middle) < max(height, tall) / 2:
            lines[-1].glyphs.append(glyph)
            if tall > height:  # a raised sign stood before the line that it belongs to
                middle, height = own, tall
        else:
            lines.append(TextLine([glyph]))
            middle, height = own, tall
    for line in lines:
        line.glyphs.sort(key=lambda glyph: glyph.x0)
        line.glyphs[:] = _without_covered(line.glyphs)
        _set_before(line.glyphs)
    found = _raised([line for line in lines if any(not glyph.text.isspace() for glyph in line.glyphs)])
    for line in found:
        _mark_raised(line)
    return found


def _without_covered(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """Yield ``glyphs`` without blanks that stand under other signs: programs underline words by underlined blanks."""
    if not any(glyph.text.isspace() for glyph in glyphs):
        yield from glyphs
        return
    heads = [glyph.x0 if not glyph.text.isspace() else float("inf") for glyph in glyphs]
    for number in range(len(heads) - 2, -1, -1):
        heads[number] = min(heads[number], heads[number + 1])
    reached, covered = float("-inf"), False
    kept: list[Glyph] = []
    for glyph, head in zip(glyphs, heads, strict=True):
        middle = (glyph.x0 + glyph.x1) / 2
        if not glyph.text.isspace():
            reached = max(reached, glyph.x1)
        elif reached > middle or head < middle:
            covered = True
            continue
        kept.append(glyph)
    size = max(glyph.bottom - glyph.top for glyph in glyphs)
    for number, glyph in enumerate(kept):  # where some are covered, those beside figures are of the same kind
        if not (covered and glyph.text.isspace() and no_gap(kept, number, size, _UNDERLINED)):
            yield glyph


def _set_before(glyphs: list[Glyph]) -> None:
    """Set a box to tick before the letter that it was printed over."""
    for number, (letter, sign) in enumerate(pairwise(glyphs)):
        if (
            sign.text in _TICKS
            and letter.text not in _TICKS
            and sign.x0 - letter.x0 < (letter.x1 - letter.x0) / 4
        ):
            glyphs[number : number + 2] = sign, letter


def _mark_raised(line: TextLine) -> None:
    """Show the small figures above the middle of a line as raised ones: 37 with the mark of a note is not 371."""
    size = line.size
    if all(glyph.bottom - glyph.top > _SMALL * size for glyph in line.glyphs):
        return
    low = [glyph for glyph in line.glyphs if glyph.bottom - glyph.top > _SMALL * size]
    middle = sum(glyph.top + glyph.bottom for glyph in low) / (2 * len(low))
    tall = True  # what stands before the figures; among words as small as they are they are none of a note
    for number, glyph in enumerate(line.glyphs):
        small = glyph.bottom - glyph.top <= _SMALL * size
        figure = small and glyph.text.isdigit()
        if figure and tall and (glyph.top + glyph.bottom) / 2 < middle - size / 10:
            line.glyphs[number] = replace(glyph, text=raised(glyph.text))
        elif not glyph.text.isspace():
            tall = not small


def _raised(lines: list[TextLine]) -> list[TextLine]:
    """Set raised and lowered signs, small ones beside another line, into the line that they belong to."""
    whole: list[TextLine] = []
    for line in lines:
        for first, second in ((whole[-1], line), (line, whole[-1])) if whole else ():
            if _hangs_on(first, second):
                second.glyphs = sorted([*first.glyphs, *second.glyphs], key=lambda glyph: glyph.x0)
                whole[-1] = second
                break
        else:
            whole.append(line)
    return whole


def _hangs_on(sign: TextLine, line: TextLine) -> bool:
    """Whether all of ``sign`` is small, touches the height of ``line`` and stands right after one of its glyphs."""
    if sign.size > _SMALL * line.size:
        return False
    top, bottom = line.box[1], line.box[3]
    ends = [glyph.x1 for glyph in line.glyphs]
    return all(
        min(glyph.bottom, bottom) - max(glyph.top, top) > sign.size / 4
        and any(-line.size / 4 < glyph.x0 - end < line.size / 2 for end in (*ends, *_ends(sign, glyph)))
        for glyph in sign.seen
    )


def _ends(line: TextLine, glyph: Glyph) -> list[float]:
    return [other.x1 for other in line.seen if other is not glyph and other.x0 < glyph.x0]


def no_gap(glyphs: list[Glyph], number: int, size: float, close: float = _CLOSE) -> bool:
    """Whether a blank stands where no eye sees one: programs print some between Chinese and Latin characters set close."""
    before = next((glyph for glyph in reversed(glyphs[:number]) if not glyph.text.isspace()), None)
    after = next((glyph for glyph in glyphs[number + 1 :] if not glyph.text.isspace()), None)
    if (
        before is None
        or after is None
        or (WIDE.match(before.text) is None) == (WIDE.match(after.text) is None)
    ):
        return False
    return after.x0 - before.x1 < close * size
