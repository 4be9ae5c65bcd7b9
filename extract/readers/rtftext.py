"""The text of RTF: bytes in the code page of their font, symbols of symbol fonts as characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract import limits
from extract.gate import CROWDED
from extract.unreadable import UnreadableError

from .signs import PRIVATE, is_pale, is_symbol_font, symbols

_COLOURS = re.compile(rb"\\colortbl\b([^{}]*)")
_PART = re.compile(rb"\\(red|green|blue)(\d{1,3})")
_GROUND = re.compile(rb"\\(?:clcbpat|cbpat|rawclcbpat)(\d{1,4})")

# \fcharset (RTF 1.9.1, font table) and \ansicpg by Python's names
_CHARSETS = {
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    204: "cp1251",
    238: "cp1250",
}
_PAGES = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5", 54936: "gb18030", 65001: "utf-8"}


@dataclass(slots=True)
class Fonts:
    """The font table: names and character sets by number; ``page`` and ``default`` of the document."""

    page: int = 0
    default: int = 0
    names: dict[int, str] = field(default_factory=dict)
    charsets: dict[int, int] = field(default_factory=dict)
    _open: int = 0

    def open(self, number: int) -> None:
        """Let ``name`` and ``charset`` speak of font ``number``."""
        self._open = number
        self.names.setdefault(number, "")
        if len(self.names) > limits.FONTS:
            raise UnreadableError(CROWDED)

    def name(self, text: str) -> None:
        """Give the open font its name, which may come in pieces."""
        if text.strip("; "):
            self.names[self._open] = self.names.get(self._open, "") + text.strip().rstrip(";").lower()

    def charset(self, number: int) -> None:
        """Give the open font its character set."""
        self.charsets[self._open] = number

    def symbols(self, font: int) -> str:
        """Return the name of ``font`` when it shows symbols instead of letters, else nothing."""
        name = self.names.get(self.default if font < 0 else font, "").strip()
        return name if is_symbol_font(name) else ""

    def shown(self, text: str, font: int) -> str:
        """Return what ``text`` shows in ``font``."""
        name = self.symbols(font)
        return symbols(name, text) if name or PRIVATE.search(text) else text


def decoded(raw: bytes, fonts: Fonts, font: int) -> str:
    """Return the bytes of a run as text.

    A font of the Western set still stands for Chinese where the document's code page is 936: Word and WPS write so.
    """
    if fonts.symbols(font):
        return fonts.shown(raw.decode("latin-1"), font)
    if raw.isascii():
        return raw.decode("ascii")
    charset = fonts.charsets.get(fonts.default if font < 0 else font, 0)
    page = _PAGES.get(fonts.page, "cp1252")
    for encoding in (_CHARSETS.get(charset, page), page, "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "replace")


def white_colours(data: bytes) -> frozenset[int]:
    """Return the numbers of the colours in the table that are white, none when paragraphs or cells have other grounds."""
    table = _COLOURS.search(data)
    if table is None:
        return frozenset()
    white = set()
    for number, colour in enumerate(table[1].split(b";")):
        parts = {name: min(int(value), 255) for name, value in _PART.findall(colour)}
        if is_pale("".join(f"{parts.get(name, 0):02x}" for name in (b"red", b"green", b"blue"))):
            white.add(number)
    if any(int(ground) not in white | {0} for ground in set(_GROUND.findall(data))):
        return frozenset()
    return frozenset(white)
