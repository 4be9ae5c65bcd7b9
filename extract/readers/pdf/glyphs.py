"""The glyphs of a page: what is printed and seen, and what was typed over it; the rest is kept apart by its kind.

Joins what ``chars`` (lookalikes, print for bold, watermarks), ``seen`` (white on white) and ``typed`` (fields, free text)
know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .boxes import drawn_on
from .chars import inside, once, shown, without_watermark
from .lines import Glyph
from .seen import seen_on
from .typed import over, typed_on

if TYPE_CHECKING:
    from pdfplumber.page import Page

HIDDEN = "隐藏文字"
_NEAR = 3.0  # points within which two rules meet
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Seen:
    """The glyphs of a page, those of marked content by its number, what is no text of the page as (kind, text).

    ``shapes`` are what boxes to tick are drawn with.
    """

    glyphs: list[Glyph]
    marked: dict[int | None, list[Glyph]]
    asides: list[tuple[str, str]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)


def glyphs_of(page: Page) -> Seen:
    """Return what a person sees on ``page``."""
    typed = typed_on(page)
    chars, beyond = inside(page, page.chars)
    chars, mark = without_watermark(chars)
    chars, unseen = seen_on(page, chars)
    seen = Seen([], {})
    told = [
        (_glyph(char), char.get("mcid"))
        for char in once(chars)
        if char["text"] and char["text"] not in "\0\ufeff"
    ]
    drawn = drawn_on(page, [glyph for glyph, _ in told])
    seen.shapes = drawn.shapes
    strokes = [*_strokes(page, drawn.shapes), *typed.strokes]
    for glyph, number in told:
        each = replace(glyph, struck=True) if _is_struck(glyph, strokes) else glyph
        if not any(glyph is tick for tick in drawn.ticks):
            seen.glyphs.append(each)
            seen.marked.setdefault(number, []).append(each)
    if drawn.glyphs:
        seen.glyphs += drawn.glyphs
        seen.marked.setdefault(None, []).extend(drawn.glyphs)
    if typed.glyphs:
        seen.glyphs = over(typed.glyphs, seen.glyphs)
        seen.marked.setdefault(None, []).extend(typed.glyphs)
    apart = [("页面以外的文字", beyond), ("水印", mark), (HIDDEN, unseen)]
    apart += [(HIDDEN, text) for text in typed.hidden] + [("批注", text) for text in typed.notes]
    seen.asides = [(kind, text.strip()) for kind, text in apart if text.strip()]
    return seen


def _glyph(char: dict[str, Any]) -> Glyph:
    font = char.get("fontname", "")
    return Glyph(shown(char["text"], font), char["x0"], char["top"], char["x1"], char["bottom"], font)


def _is_struck(glyph: Glyph, strokes: list[Box]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    reach = (glyph.bottom - glyph.top) / 4
    return any(x0 <= x <= x1 and top - reach <= y <= bottom + reach for x0, top, x1, bottom in strokes)


def _strokes(page: Page, shapes: list[dict[str, Any]]) -> Iterator[Box]:
    """Yield the thin horizontal rules that may cross text out.

    Those that boxes are drawn with do not, nor those that run from one upright rule to another: they part cells.
    """
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    for rule in (*page.lines, *page.rects):
        if any(rule is shape for shape in shapes):
            continue
        level = rule["bottom"] - rule["top"] < 2 and rule["x1"] - rule["x0"] > 2
        if level and not all(_meets(rule[end], rule["top"], upright) for end in ("x0", "x1")):
            yield rule["x0"], rule["top"], rule["x1"], rule["bottom"]


def _meets(x: float, y: float, edges: list[dict[str, Any]]) -> bool:
    """Whether one of ``edges``, which stand upright, runs through or ends at a point."""
    return any(
        abs(edge["x0"] - x) < _NEAR and edge["top"] - _NEAR < y < edge["bottom"] + _NEAR for edge in edges
    )
