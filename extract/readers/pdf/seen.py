"""What on a page can be seen: not what is white on the white of the paper; and what does not fit its cell.

Areas of colour behind words are no cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from .lines import Glyph

if TYPE_CHECKING:
    from pdfplumber.page import Page

_MOST = (
    2_000_000  # areas times characters: more are a drawing, whose areas are not held against each character
)
_THICK = 3.0  # points from which on a filled area is no rule
_CLOSE = 1.0  # points by which an area behind words is wider than they are
_PALE = 0.97  # from here on a part of a colour cannot be told from white
Box = tuple[float, float, float, float]


def seen_on(page: Page, chars: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], str]:
    """Return the characters of a page that can be seen, and the text of those that are white on the white of the paper."""
    white = [char for char in chars if is_white(char.get("non_stroking_color"))]
    if not white:
        return list(chars), ""
    grounds = [(r["x0"], r["top"], r["x1"], r["bottom"]) for r in (*page.rects, *page.curves) if _covers(r)]
    grounds += [(i["x0"], i["top"], i["x1"], i["bottom"]) for i in page.images]
    gone = [char for char in white if not any(_behind(char, ground) for ground in grounds)]
    left = {id(char) for char in gone}  # all of them are kept by the page
    return [char for char in chars if id(char) not in left], "".join(char["text"] for char in gone)


def is_white(colour: Any) -> bool:
    """Whether a colour of any space cannot be told from white."""
    parts = tuple(colour) if isinstance(colour, list | tuple) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    return (len(parts) in (1, 3) and min(parts) >= _PALE) or (len(parts) == 4 and max(parts) <= 1 - _PALE)


def without_grounds(page: Page, shapes: Sequence[dict[str, Any]] = ()) -> Page:
    """Return ``page`` without filled areas that are no cells: white ones, which nobody sees, and those behind some words.

    Further ``shapes`` are left out as well.
    """
    areas = [rect for rect in page.rects if _is_area(rect)]
    chars = page.chars if len(areas) * len(page.chars) < _MOST else []
    grounds = [rect for rect in areas if _is_ground(rect, chars)]
    grounds += shapes
    if not grounds:
        return page
    gone = {id(rect) for rect in grounds}  # all of them are kept by the page
    return cast("Page", page.filter(lambda each: id(each) not in gone))


def _is_area(rect: dict[str, Any]) -> bool:
    return bool(rect["fill"]) and not rect["stroke"] and min(rect["width"], rect["height"]) > _THICK


def _is_ground(rect: dict[str, Any], chars: list[dict[str, Any]]) -> bool:
    """Whether a filled area is white, or fits closely around characters of one line."""
    if is_white(rect.get("non_stroking_color")):
        return True
    box = (rect["x0"] - _CLOSE, rect["top"], rect["x1"] + _CLOSE, rect["bottom"])
    inside = [char for char in chars if _behind(char, box)]
    if not inside or rect["height"] > 2 * max(char["bottom"] - char["top"] for char in inside):
        return False
    left, right = min(char["x0"] for char in inside), max(char["x1"] for char in inside)
    return bool(abs(left - rect["x0"]) <= _CLOSE and abs(right - rect["x1"]) <= _CLOSE)


def _covers(shape: dict[str, Any]) -> bool:
    """Whether a shape is filled with something else than white."""
    return bool(shape.get("fill")) and not is_white(shape.get("non_stroking_color"))


def _behind(char: dict[str, Any], ground: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(ground[0] <= x <= ground[2] and ground[1] <= y <= ground[3])


def crosses(glyph: Glyph, cell: Box) -> bool:
    """Whether a good part of a glyph lies beyond the rules of its cell: what does not fit is cut off or covers others."""
    height, width = (glyph.bottom - glyph.top) / 4, (glyph.x1 - glyph.x0) / 3
    return bool(
        glyph.top < cell[1] - height
        or glyph.bottom > cell[3] + height
        or glyph.x0 < cell[0] - width
        or glyph.x1 > cell[2] + width
    )
