"""Boxes to tick that are drawn, not written: small squares beside words, ticked where something is drawn or written inside.

Squares that touch other rules are cells (of a number, a sign each), no boxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .lines import Glyph

if TYPE_CHECKING:
    from pdfplumber.page import Page

_LEAST, _LARGEST, _UNEVEN = 5.0, 18.0, 2.5  # points of a side; by which a square may be none
_RULE = 20.0  # points from which on a rule is more than a side of a box
_MARK = 0.3  # share of a side that a tick takes at least
_BESIDE = 2.5  # sides within which the words stand that belong to a box
_MOST = 400  # shapes: more are a drawing
_SIGNS = "√✓✔×xX■●"

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Drawn:
    """Boxes as glyphs, the shapes that they are drawn with, and the glyphs of ticks written into them."""

    glyphs: list[Glyph] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    ticks: list[Glyph] = field(default_factory=list)


def drawn_on(page: Page, glyphs: Sequence[Glyph]) -> Drawn:
    """Return the boxes to tick that are drawn on ``page`` beside its ``glyphs``."""
    shapes = [*page.rects, *page.curves, *page.lines]
    squares = [shape for shape in (*page.rects, *page.curves) if _is_square(shape)]
    drawn = Drawn()
    if not squares or len(squares) > _MOST or len(shapes) > 4 * _MOST:
        return drawn
    rules = [edge for edge in page.edges if max(edge["width"], edge["height"]) > _RULE]
    for square in squares:
        box = _box(square)
        others = [shape for shape in shapes if shape is not square]
        if any(_touches(box, _box(rule)) for rule in rules) or any(
            _is_square(other) and _touches(box, _box(other)) and not _same(box, _box(other))
            for other in others
        ):
            continue
        inside = [glyph for glyph in glyphs if _holds(box, (glyph.x0, glyph.top, glyph.x1, glyph.bottom))]
        words = [glyph for glyph in inside if glyph.text.strip() and glyph.text not in _SIGNS]
        if words or not _beside(box, glyphs):
            continue
        marks = [shape for shape in others if _holds(box, _box(shape)) and not _same(box, _box(shape))]
        side = box[2] - box[0]
        ticked = any(max(shape["width"], shape["height"]) > _MARK * side for shape in marks)
        dark = bool(square.get("fill")) and _is_dark(square.get("non_stroking_color"))
        sign = "☑" if ticked or any(glyph.text in _SIGNS for glyph in inside) else "■" if dark else "□"
        if not any(_same(box, (g.x0, g.top, g.x1, g.bottom)) for g in drawn.glyphs):
            drawn.glyphs.append(Glyph(sign, *box))
        drawn.shapes += [square, *marks]
        drawn.ticks += [glyph for glyph in inside if glyph.text.strip()]
    return drawn


def _is_square(shape: dict[str, Any]) -> bool:
    width, height = shape["width"], shape["height"]
    closed = shape["object_type"] == "rect" or len(shape["pts"]) in (4, 5)
    return bool(
        closed
        and _LEAST <= width <= _LARGEST
        and _LEAST <= height <= _LARGEST
        and abs(width - height) < _UNEVEN
    )


def _is_dark(colour: Any) -> bool:
    parts = tuple(colour) if isinstance(colour, list | tuple) else (colour,)
    return len(parts) in (1, 3) and all(isinstance(part, int | float) and part < 1 / 2 for part in parts)


def _beside(box: Box, glyphs: Sequence[Glyph]) -> bool:
    """Whether words stand on the line of a box, close to it."""
    middle, reach = (box[1] + box[3]) / 2, _BESIDE * (box[2] - box[0])
    return any(
        glyph.top <= middle <= glyph.bottom
        and glyph.text.strip()
        and (0 <= glyph.x0 - box[2] + 2 <= reach or 0 <= box[0] - glyph.x1 + 2 <= reach)
        for glyph in glyphs
    )


def _box(shape: dict[str, Any]) -> Box:
    return float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"])


def _touches(box: Box, other: Box) -> bool:
    return (
        other[0] <= box[2] + 1
        and other[2] >= box[0] - 1
        and other[1] <= box[3] + 1
        and other[3] >= box[1] - 1
    )


def _same(box: Box, other: Box) -> bool:
    return all(abs(a - b) < 0.8 for a, b in zip(box, other, strict=True))


def _holds(box: Box, other: Box) -> bool:
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    size = max(other[2] - other[0], other[3] - other[1])
    return box[0] <= x <= box[2] and box[1] <= y <= box[3] and size < 2 * (box[2] - box[0])
