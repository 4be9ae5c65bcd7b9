"""The styles of an OpenDocument file as far as they change what a person sees: hidden, struck, symbols, lists, sheets.

Knows OpenDocument 1.3 part 3, chapters 16, 19 and 20; content is ``blocks``' concern.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.readers.numbering import Level, Numbering
from extract.readers.package import Element
from extract.readers.signs import is_pale, is_symbol_font

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT = f"{{{_NS}text:1.0}}"
TABLE = f"{{{_NS}table:1.0}}"
STYLE = f"{{{_NS}style:1.0}}"
OFFICE = f"{{{_NS}office:1.0}}"
DRAW = f"{{{_NS}drawing:1.0}}"
FO = f"{{{_NS}xsl-fo-compatible:1.0}}"
SVG = f"{{{_NS}svg-compatible:1.0}}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCounting",
    "N": "chineseCounting",  # Native Numbering, as LibreOffice calls that of the text's language
    "壹": "chineseLegalSimplified",
    "①": "decimalEnclosedCircle",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "１": "decimalFullWidth",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a style does to text; none or empty where it is silent."""

    hidden: bool | None = None
    struck: bool | None = None
    font: str | None = None
    raised: bool | None = None
    pale: bool | None = None  # white, as the paper is
    shaded: bool | None = None  # on a ground of its own, where white can be seen

    def over(self, base: Look) -> Look:
        """Return this look with ``base`` where it is silent."""
        return Look(
            base.hidden if self.hidden is None else self.hidden,
            base.struck if self.struck is None else self.struck,
            base.font if self.font is None else self.font,
            base.raised if self.raised is None else self.raised,
            base.pale if self.pale is None else self.pale,
            base.shaded if self.shaded is None else self.shaded,
        )


NO_LOOK = Look()


class Styles:
    """Looks, hidden sheets and list levels by the names of their styles; automatic styles of ``roots`` included."""

    def __init__(self, roots: tuple[Element, ...]) -> None:
        """Read the styles of ``content.xml`` and ``styles.xml``."""
        self._looks: dict[tuple[str, str], tuple[Look, str]] = {}
        self.hidden_tables: set[str] = set()
        self.grounds = False  # whether any paragraph or cell may stand on a ground of its own
        self.lists: dict[str, dict[int, Level]] = {}
        for root in roots:
            fonts = {
                node.get(STYLE + "name", ""): node.get(SVG + "font-family", "").strip("'\"").lower()
                for node in root.iter(STYLE + "font-face")
            }
            for style in root.iter(STYLE + "style"):
                self._style(style, fonts)
            for style in root.iter(TEXT + "list-style"):
                self.lists[style.get(STYLE + "name", "")] = dict(_levels(style))

    def look(self, family: str, name: str | None) -> Look:
        """Return what the style ``name`` of ``family`` (``text``, ``paragraph``) does, its parents included."""
        look, seen = NO_LOOK, set[str]()
        while name and name not in seen and (family, name) in self._looks:
            seen.add(name)
            own, name = self._looks[family, name]
            look = look.over(own)
        return look

    def _style(self, style: Element, fonts: dict[str, str]) -> None:
        family, name = style.get(STYLE + "family", ""), style.get(STYLE + "name", "")
        properties = style.find(STYLE + "text-properties")
        if properties is not None:
            line = properties.get(
                STYLE + "text-line-through-style", properties.get(STYLE + "text-line-through-type")
            )
            display = properties.get(TEXT + "display")
            font = properties.get(STYLE + "font-name")
            face = (
                fonts.get(font, font.lower())
                if font
                else properties.get(FO + "font-family", "").strip("'\"").lower()
            )
            signs = (face if is_symbol_font(face) else face.rstrip("0123456789")) if face else None
            own = Look(
                None if display is None else display == "none",
                None if line is None else line != "none",
                None if signs is None else (signs if is_symbol_font(signs) else ""),
                _raised(properties),
                None
                if properties.get(FO + "color") is None
                else is_pale(properties.get(FO + "color", "")[1:]),
                _shaded(properties) or None,
            )
            self._looks[family, name] = (own, style.get(STYLE + "parent-style-name", ""))
        else:
            self._looks[family, name] = (NO_LOOK, style.get(STYLE + "parent-style-name", ""))
        for part in (
            "paragraph-properties",
            "table-cell-properties",
            "table-row-properties",
            "table-properties",
        ):
            ground = style.find(STYLE + part)
            self.grounds = self.grounds or (ground is not None and _shaded(ground))
        table = style.find(STYLE + "table-properties")
        if table is not None and table.get(TABLE + "display") == "false":
            self.hidden_tables.add(name)


def _raised(properties: Element) -> bool | None:
    """Whether ``style:text-position`` (20.384) sets text above the line: ``super 58%`` or ``33% 58%``."""
    place = properties.get(STYLE + "text-position")
    return (
        None
        if place is None
        else place.startswith("super") or (place.split("%")[0] not in ("0", "sub") and place[:1].isdigit())
    )


def _shaded(properties: Element) -> bool:
    """Whether ``fo:background-color`` lays a ground that is not white."""
    ground = properties.get(FO + "background-color", "transparent")
    return ground != "transparent" and not is_pale(ground[1:])


def _levels(style: Element) -> Iterator[tuple[int, Level]]:
    """Yield the levels of a list style (19.880), numbered from 0."""
    for node in style:
        depth = node.get(TEXT + "level", "1")
        level = int(depth) - 1 if depth.isdecimal() else 0
        if node.tag != TEXT + "list-level-style-number":
            yield level, Level(style="bullet")
            continue
        form = _FORMATS.get(node.get(STYLE + "num-format", "")[:1], "none")
        start = node.get(TEXT + "start-value", "1")
        shown = node.get(LOEXT + "num-list-format")
        if shown is not None:
            for number in range(1, 11):
                shown = shown.replace(f"%{number}%", f"%{number}")
        else:
            count = node.get(TEXT + "display-levels", "1")
            depths = range(level + 2 - (int(count) if count.isdecimal() else 1), level + 2)
            numbers = ".".join(f"%{number}" for number in depths if number > 0)
            shown = node.get(STYLE + "num-prefix", "") + numbers + node.get(STYLE + "num-suffix", "")
        yield level, Level(int(start) if start.isdecimal() else 1, form, shown)


class Lists:
    """The open lists of a document (5.3): which counts on from which."""

    def __init__(self, styles: Styles) -> None:
        """Count by the list styles of ``styles``."""
        self._styles = styles
        self._known: dict[str, dict[int, Level]] = {}
        self._families: dict[str, str] = {}
        self._numbering = Numbering.of(self._known, self._families)
        self._last: dict[str, str] = {}  # the last list of each style
        self._named: dict[str, str] = {}  # lists by xml:id

    def open(self, node: Element) -> str:
        """Return the number of an outermost ``text:list``."""
        style = node.get(TEXT + "style-name", "")
        number = str(len(self._known) + 1)
        before = self._named.get(node.get(TEXT + "continue-list", ""))
        if before is None and node.get(TEXT + "continue-numbering") == "true":
            before = self._last.get(style)
        self._known[number] = self._styles.lists.get(style, {})
        self._families[number] = self._families[before] if before is not None else f"list{number}"
        self._last[style] = number
        if node.get(XML_ID):
            self._named[node.get(XML_ID, "")] = number
        return number

    def label(self, number: str, level: int, item: Element) -> str:
        """Return what stands before the first paragraph of ``item``."""
        start = item.get(TEXT + "start-value", "")
        if start.isdecimal():
            self._numbering.restart(number, level, int(start))
        return self._numbering.label(number, level)
