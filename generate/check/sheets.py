"""The pages of a PDF as they are measured: rows of text, horizontal lines and ink, in millimetres from the upper left corner.

Knows pdfplumber; does not know the standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from .sheet import breadth

if TYPE_CHECKING:
    from pdfplumber.page import Page

MM = 72 / 25.4
"""Points to the millimetre."""
_DPI = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text: baseline, edges, size in points, its characters' faces."""

    baseline: float
    left: float
    right: float
    text: str
    size: float
    fonts: tuple[str, ...]
    red: bool

    @property
    def breadth(self) -> float:
        """How many full-width characters stand in it."""
        return breadth(self.text)

    @property
    def folio(self) -> bool:
        """Whether it is a page number by its look."""
        return self.text.strip("—－–- ").isdigit() and len(self.text) < 12


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal line: edges, height of its middle, thickness, whether it is red."""

    left: float
    right: float
    y: float
    thickness: float
    red: bool

    @property
    def length(self) -> float:
        """Its length."""
        return self.right - self.left


class PdfPage:
    """One page, read when it is asked for."""

    def __init__(self, page: Page, number: int) -> None:
        """Keep ``page``; ``number`` counts from 1."""
        self._page, self.number = page, number
        self.width, self.height = float(page.width) / MM, float(page.height) / MM

    @cached_property
    def rows(self) -> list[Row]:
        """The lines of text from the top down; characters on one baseline within a point are one line."""
        chars = [char for char in self._page.chars if char["text"].strip() and char.get("upright", True)]
        chars.sort(key=lambda char: (-round(char["matrix"][5]), char["x0"]))
        return [
            self._row(list(line)) for _, line in groupby(chars, key=lambda char: round(char["matrix"][5]))
        ]

    def _row(self, chars: list[dict[str, Any]]) -> Row:
        sizes = sorted(char["size"] for char in chars)
        return Row(
            self.height - chars[0]["matrix"][5] / MM,
            chars[0]["x0"] / MM,
            chars[-1]["x1"] / MM,
            "".join(char["text"] for char in chars),
            sizes[len(sizes) // 2],
            tuple(dict.fromkeys(char["fontname"] for char in chars)),
            any(_red(char.get("non_stroking_color")) for char in chars),
        )

    @cached_property
    def strokes(self) -> list[Stroke]:
        """The horizontal lines from the top down, drawn as lines or as flat rectangles."""
        found = [
            Stroke(
                line["x0"] / MM, line["x1"] / MM, (line["top"] + line["bottom"]) / 2 / MM,
                float(line.get("linewidth") or 0) / MM, _red(line.get("stroking_color")),
            )
            for line in self._page.lines
            if abs(line["bottom"] - line["top"]) < 1
        ]  # fmt: skip
        found += [
            Stroke(
                rect["x0"] / MM, rect["x1"] / MM, (rect["top"] + rect["bottom"]) / 2 / MM,
                float(rect["height"]) / MM, _red(rect.get("non_stroking_color")),
            )
            for rect in self._page.rects
            if rect["height"] < 4 and rect["width"] > 30
        ]  # fmt: skip
        return sorted(found, key=lambda stroke: stroke.y)

    def ink(self, top: float, bottom: float, left: float = 0, right: float = 0) -> tuple[float, float] | None:
        """Return the upper and lower edge of what is drawn in a window, none where nothing is; ``right`` 0 is the edge."""
        scale = _DPI / 25.4
        wide = right or self.width
        window = tuple(round(value * scale) for value in (left, top, wide, bottom))
        box = self._picture.crop(window).convert("L").point(lambda value: 255 if value < 200 else 0).getbbox()
        return None if box is None else (top + box[1] / scale, top + box[3] / scale)

    @cached_property
    def _picture(self) -> Any:
        return self._page.to_image(resolution=_DPI, antialias=False).original.convert("RGB")


def _red(color: Any) -> bool:
    if not isinstance(color, tuple | list) or len(color) != 3:
        return False
    red, green, blue = color
    return bool(red > 0.6 and green < 0.4 and blue < 0.4)
