"""How the cells of an old workbook look ([MS-XLS] 2.4): crossed out wholly or in part, in per cent, in a font of signs.

Knows fonts, formats and the table of strings; which cell holds what is the concern of ``xls``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.model import Look, Mark
from extract.readers.signs import is_symbol_font, raised, symbols

from .numberformats import BUILT_IN, telling

FONT, FORMAT, XF, STRINGS, CONTINUE = 0x0031, 0x041E, 0x00E0, 0x00FC, 0x003C
KINDS = frozenset((FONT, FORMAT, XF, STRINGS, CONTINUE))
_STRUCK = 0x0008
_SUPER = 1  # sss of a font (2.4.122)
_WHITES = (1, 9)  # white among the fixed colours (2.5.161)
_MISSING = 4  # no font has this number (2.5.129)
_MOST = 1_000_000
Seen = tuple[str, tuple[Mark, ...]]


@dataclass(frozen=True, slots=True)
class Font:
    """What a font does to text: strike it out, show signs instead of letters (then ``signs`` is its name)."""

    struck: bool = False
    signs: str = ""
    raised: bool = False
    white: bool = False

    def __bool__(self) -> bool:
        """Whether text in this font says something else than its letters."""
        return self.struck or bool(self.signs) or self.raised


PLAIN = Font()


@dataclass(slots=True)
class Looks:
    """Fonts, number formats and frames by the number of a cell's format (XF), and the strings of several fonts.

    ``strings`` holds text and runs of (first character, font); it is empty where no font changes what is seen.
    """

    fonts: list[Font] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    frames: list[bool] = field(default_factory=list)
    papers: list[bool] = field(default_factory=list)  # whether a format leaves the paper white
    strings: dict[int, tuple[str, list[tuple[int, Font]]]] = field(default_factory=dict)

    def text(self, string: int, form: int) -> Seen | None:
        """Return what a string of several fonts shows in a cell, whose own font holds before the first run."""
        if string not in self.strings:
            return None
        text, runs = self.strings[string]
        return _seen(text, [(0, self.font(form)), *runs])

    def font(self, form: int) -> Font:
        """Return the font of a cell's format."""
        return self.fonts[form] if form < len(self.fonts) else PLAIN

    def frame(self, form: int) -> bool:
        """Whether a cell's format draws strokes at two opposite sides."""
        return form < len(self.frames) and self.frames[form]

    def format(self, form: int) -> str:
        """Return the number format of a cell's format where it tells more than the value, else nothing."""
        code = self.formats[form] if form < len(self.formats) else ""
        return code if telling(code) else ""

    def unseen(self, form: int) -> bool:
        """Whether a cell's format shows neither numbers nor text, or in white on the white of the paper."""
        if form >= len(self.formats):
            return False
        return self.formats[form] == ";;;" or (self.fonts[form].white and self.papers[form])


def _frames(form: bytes) -> bool:
    """Whether an XF record has strokes left and right, or above and below: four bits each ([MS-XLS] 2.5.20)."""
    if len(form) < 12:
        return False
    left, right, top, bottom = form[10] & 15, form[10] >> 4, form[11] & 15, form[11] >> 4
    return bool((left and right) or (top and bottom))


def _is_paper(form: bytes) -> bool:
    """Whether an XF record fills its cell with nothing or with white (2.5.20: fls, icvFore)."""
    if len(form) < 20:
        return True
    pattern, front = form[17] >> 2, form[18] & 0x7F
    return pattern == 0 or (pattern == 1 and front in _WHITES)


def looks_of(records: Iterable[tuple[int, bytes]]) -> Looks:
    """Return what the ``records`` of a workbook's globals tell; a record that is cut off tells nothing."""
    fonts: list[Font] = []
    formats = {int(number): code for number, code in BUILT_IN.items()}
    cells: list[tuple[int, int]] = []
    frames: list[bool] = []
    papers: list[bool] = []
    strings: list[bytes] = []
    previous = 0
    for kind, content in records:
        if kind == FONT and len(content) > 15:
            fonts.append(_font(content))
        elif kind == FORMAT and len(content) > 5:
            formats[int.from_bytes(content[:2], "little")] = _format(content)
        elif kind == XF and len(content) >= 4:
            cells.append(struct.unpack_from("<HH", content))
            frames.append(_frames(content))
            papers.append(_is_paper(content))
        elif kind == STRINGS or (kind == CONTINUE and previous == STRINGS):
            strings.append(content)
        previous = previous if kind == CONTINUE else kind
    looks = Looks(
        [_numbered(fonts, font) for font, _ in cells],
        [formats.get(form, "") for _, form in cells],
        frames,
        papers,
    )
    if any(fonts):
        looks.strings = dict(_rich(strings, fonts))
    return looks


def _numbered(fonts: Sequence[Font], number: int) -> Font:
    place = number - (number > _MISSING)
    return fonts[place] if place < len(fonts) and number != _MISSING else PLAIN


def _font(content: bytes) -> Font:
    flags, colour = struct.unpack_from("<HH", content, 2)
    length, wide = content[14], content[15] & 1
    name = content[16 : 16 + length * (2 if wide else 1)].decode(
        "utf-16-le" if wide else "latin-1", "replace"
    )
    return Font(
        bool(flags & _STRUCK), name if is_symbol_font(name) else "", content[8] == _SUPER, colour in _WHITES
    )


def _format(content: bytes) -> str:
    return content[5:].decode("utf-16-le" if content[4] & 1 else "latin-1", "replace")


def _rich(
    parts: Sequence[bytes], fonts: Sequence[Font]
) -> Iterator[tuple[int, tuple[str, list[tuple[int, Font]]]]]:
    """Yield number, text and runs of the strings of several fonts."""
    table = _Parts(parts)
    try:
        _, count = struct.unpack("<II", table.take(8))
        for number in range(min(count, _MOST)):
            text, runs = _string(table)
            if runs:
                yield number, (text, [(start, _numbered(fonts, font)) for start, font in runs])
    except (struct.error, IndexError):
        return  # cut off: what calamine reads of it stands without marks


def _string(table: _Parts) -> tuple[str, list[tuple[int, int]]]:
    """Read an XLUnicodeRichExtendedString (2.5.293): its text and runs of (first character, font)."""
    length, flags = struct.unpack("<HB", table.take(3))
    count = struct.unpack("<H", table.take(2))[0] if flags & 8 else 0
    extra = struct.unpack("<I", table.take(4))[0] if flags & 4 else 0
    text = table.characters(length, bool(flags & 1))
    runs = [struct.unpack("<HH", table.take(4)) for _ in range(count)]
    table.skip(extra)
    return text, runs


def _seen(text: str, runs: Sequence[tuple[int, Font]]) -> Seen:
    """Return what a person sees of ``text``: a run, of which the first begins the text, reaches to the next one."""
    parts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for place, (start, font) in enumerate(runs):
        end = runs[place + 1][0] if place + 1 < len(runs) else len(text)
        part = symbols(font.signs, text[start:end]) if font.signs else text[start:end]
        part = raised(part) if font.raised and place else part
        if font.struck and part:
            marks.append(Mark(length, length + len(part), Look.STRUCK))
        parts.append(part)
        length += len(part)
    return "".join(parts), tuple(marks)


class _Parts:
    """Bytes that go on over CONTINUE records; characters that do begin there with a flag of their own (2.5.293)."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self._part = 0
        self._at = 0

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes; raise ``IndexError`` when there are fewer."""
        found = b""
        while len(found) < size:
            found += self._some(size - len(found))
        return found

    def skip(self, size: int) -> None:
        """Pass ``size`` bytes by."""
        while size > 0:
            size -= len(self._some(size))

    def characters(self, count: int, wide: bool) -> str:
        """Return the next ``count`` characters."""
        text = ""
        while len(text) < count:
            if self._at >= len(self._parts[self._part]):
                self._part, self._at = self._part + 1, 1
                wide = bool(self._parts[self._part][0] & 1)
            size = 2 if wide else 1
            raw = self._some(size * (count - len(text)))
            text += raw.decode("utf-16-le" if wide else "latin-1", "replace")
        return text

    def _some(self, size: int) -> bytes:
        while self._at >= len(self._parts[self._part]):
            self._part, self._at = self._part + 1, 0
        found = self._parts[self._part][self._at : self._at + size]
        self._at += len(found)
        return found
