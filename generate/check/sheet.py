"""What a checker sees of a document: paragraphs with their effective formatting, sections and page numbers.

Lengths are twips, sizes points. Plain frozen values; where they come from is ``reading``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .formatting import Face

LINE = 579  # the standard's line, 225 mm / 22
_BLANKS = " \t\u3000\u00a0"


class Where(StrEnum):
    """Which container a paragraph stands in."""

    BODY = "body"
    CELL = "cell"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. ``east`` is the face of Chinese characters, ``west`` that of others."""

    text: str
    east: Face
    west: Face
    size: float
    bold: bool = False
    color: str = ""
    spacing: float = 0
    hinted: bool = False

    @property
    def chinese(self) -> str:
        """The Chinese characters of the text."""
        return "".join(char for char in self.text if "\u4e00" <= char <= "\u9fff" or char == "〇")


@dataclass(frozen=True, slots=True)
class Border:
    """A line above or below: width in points, distance from the text in points, colour."""

    kind: str
    width: float
    space: float
    color: str

    @property
    def red(self) -> bool:
        """Whether a person would call it red."""
        return red(self.color)


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph. ``number`` is its automatic number; ``line`` is in twips (exact, atLeast) or 240ths (auto)."""

    runs: tuple[Run, ...]
    number: str = ""
    style: str = ""
    align: str = "left"
    left: float = 0
    right: float = 0
    first: float = 0
    line: float = 240
    rule: str = "auto"
    before: float = 0
    after: float = 0
    top: Border | None = None
    bottom: Border | None = None
    new_page: bool = False
    section: int = 0
    where: Where = Where.BODY
    box: int = 0
    graphics: bool = False
    tabs: bool = False
    snap: bool = True
    mark_size: float = 10.5

    @property
    def text(self) -> str:
        """The typed text, with the automatic number before it."""
        return self.number + "".join(run.text for run in self.runs)

    @property
    def words(self) -> str:
        """The text without blanks around it."""
        return self.text.strip(_BLANKS + "\n")

    @property
    def tight(self) -> str:
        """The text without any blank."""
        return "".join(self.text.split())

    @property
    def blank(self) -> bool:
        """Whether nothing is seen but an empty line."""
        return not self.words and not self.graphics

    @property
    def size(self) -> float:
        """The size that most characters have, in points."""
        weights: dict[float, int] = {}
        for run in self.runs:
            weights[run.size] = weights.get(run.size, 0) + len(run.text.strip(_BLANKS))
        return max(weights, key=lambda size: weights[size]) if any(weights.values()) else self.mark_size

    @property
    def led(self) -> float:
        """The blanks typed before the text, in characters of the text's size."""
        text = self.text
        return breadth(text[: len(text) - len(text.lstrip(_BLANKS))])

    @property
    def advance(self) -> float:
        """The advance of one full-width character in twips."""
        spacing = next((run.spacing for run in self.runs if run.text.strip()), 0.0)
        return self.size * 20 + spacing

    @property
    def indent(self) -> float:
        """The indent of the first line in characters, typed blanks included."""
        return (self.left + self.first) / self.advance + self.led

    @property
    def start(self) -> str:
        """The first words, to name the paragraph by."""
        words = " ".join(self.words.split())
        return words if len(words) <= 12 else f"{words[:12]}…"


@dataclass(frozen=True, slots=True)
class Folio:
    """A page number in a footer: its paragraph, and where its frame stands (left, center, right, outside) if it has one."""

    para: Para
    frame: str = ""
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section's page in twips. ``folios`` are the page numbers by kind of page (default, even, first)."""

    width: float = 11906
    height: float = 16838
    top: float = 1440
    right: float = 1800
    bottom: float = 1440
    left: float = 1800
    footer: float = 992
    grid: str = ""
    pitch: float = 0
    char_space: float = 0
    first_differs: bool = False
    starts_page: bool = True
    folios: dict[str, Folio] = field(default_factory=dict)
    footers: frozenset[str] = frozenset()

    @property
    def landscape(self) -> bool:
        """Whether the page lies on its side."""
        return self.width > self.height

    @property
    def text_width(self) -> float:
        """The width of the 版心."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height of the 版心."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document: its paragraphs in the order of reading, its sections, whether odd and even pages differ.

    ``head`` are the paragraphs of page one's header; ``table_lines`` the horizontal lines of tables by their number.
    """

    paras: tuple[Para, ...]
    sections: tuple[Section, ...]
    odd_even: bool
    table_lines: dict[int, tuple[Border, ...]] = field(default_factory=dict)
    head: tuple[Para, ...] = ()

    def section_of(self, para: Para) -> Section:
        """Return the section that ``para`` stands in."""
        return self.sections[min(para.section, len(self.sections) - 1)]


def breadth(text: str) -> float:
    """Return how many full-width characters ``text`` takes."""
    import unicodedata

    wide = "“”‘’—…·×"  # full width in a Chinese face
    return sum(
        1.0 if char in wide or unicodedata.east_asian_width(char) in "WFA" else 0.5
        for char in text
        if char != "\n"
    )


def red(color: str) -> bool:
    """Whether the colour RRGGBB is red."""
    if len(color) != 6:
        return color == "red"
    try:
        parts = [int(color[place : place + 2], 16) for place in (0, 2, 4)]
    except ValueError:
        return False
    return parts[0] >= 160 and max(parts[1:]) <= 90


def black(color: str) -> bool:
    """Whether text of that colour is printed black."""
    return color.lower() in ("", "auto", "000000", "black")
