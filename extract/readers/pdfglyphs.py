"""The glyphs of a page: what is printed and seen, and what was typed over it; the rest is kept apart by its kind.

Joins what ``pdfchars`` (lookalikes, print for bold, watermarks), ``pdfseen`` (white on white) and ``pdftyped`` (fields, free text)
know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .pdfchars import inside, once, shown, without_watermark
from .pdflines import Glyph
from .pdfseen import seen_on
from .pdftyped import over, typed_on

if TYPE_CHECKING:
    from pdfplumber.page import Page

HIDDEN = "隐藏文字"
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Seen:
    """The glyphs of a page, those of marked content by its number, and what is no text of the page as (kind, text)."""

    glyphs: list[Glyph]
    marked: dict[int | None, list[Glyph]]
    asides: list[tuple[str, str]] = field(default_factory=list)


def glyphs_of(page: Page) -> Seen:
    """Return what a person sees on ``page``."""
    typed = typed_on(page)
    strokes = [*_strokes(page), *typed.strokes]
    chars, beyond = inside(page, page.chars)
    chars, mark = without_watermark(chars)
    chars, unseen = seen_on(page, chars)
    seen = Seen([], {})
    for char in once(chars):
        glyph = _glyph(char, strokes)
        if glyph is not None:
            seen.glyphs.append(glyph)
            seen.marked.setdefault(char.get("mcid"), []).append(glyph)
    if typed.glyphs:
        seen.glyphs = over(typed.glyphs, seen.glyphs)
        seen.marked.setdefault(None, []).extend(typed.glyphs)
    apart = [("页面以外的文字", beyond), ("水印", mark), (HIDDEN, unseen)]
    apart += [(HIDDEN, text) for text in typed.hidden] + [("批注", text) for text in typed.notes]
    seen.asides = [(kind, text.strip()) for kind, text in apart if text.strip()]
    return seen


def _glyph(char: dict[str, Any], strokes: list[Box]) -> Glyph | None:
    text = char["text"]
    if not text or text in "\0\ufeff":
        return None
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    reach = (char["bottom"] - char["top"]) / 4
    struck = any(x0 <= x <= x1 and top - reach <= y <= bottom + reach for x0, top, x1, bottom in strokes)
    font = char.get("fontname", "")
    return Glyph(shown(text), char["x0"], char["top"], char["x1"], char["bottom"], font, struck)


def _strokes(page: Page) -> Iterator[Box]:
    """Yield the thin horizontal rules that may cross text out."""
    for rule in (*page.lines, *page.rects):
        if rule["bottom"] - rule["top"] < 2 and rule["x1"] - rule["x0"] > 2:
            yield rule["x0"], rule["top"], rule["x1"], rule["bottom"]
