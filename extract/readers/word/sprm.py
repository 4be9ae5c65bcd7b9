"""Property modifiers of Word's binary format ([MS-DOC] 2.2.5, 2.6): what they do to visibility, tables and lists.

Knows single property modifiers and the style sheet; fonts, sizes and borders are of no concern.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.readers.rows import Edge
from extract.readers.signs import is_pale, is_symbol_font

_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)  # operand bytes by spra; -1 says that the first byte tells
_T_DEF_TABLE, _T_DEF_TABLE_10, _P_CHG_TABS, _P_HUGE = 0xD608, 0xD606, 0xC615, (0x6645, 0x6646)
_PRM0 = {  # the short form of a piece's property, as far as it matters here (2.9.215)
    0x18: 0x2416,
    0x19: 0x2417,
    0x41: 0x0800,
    0x42: 0x0801,
    0x57: 0x0837,
    0x5C: 0x083C,
    0x73: 0x2A53,
}
_FLAGS = {0x0800: "deleted", 0x0801: "inserted", 0x0855: "special", 0x0806: "data"}
_WHITE = 8  # among the sixteen old colours (2.9.119)
_GROUNDS = {  # modifiers that shade runs, paragraphs and cells, and the bytes of each shade
    0x4866: 2, 0xCA71: 10, 0x442D: 2, 0xC64D: 10, 0xD609: 2, 0xD612: 10, 0xD616: 10, 0xD60C: 10,
}  # fmt: skip
_SEEN = frozenset((0x083C, 0x2A48, 0x2A42, 0x6870))
_MAX_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Chp:
    """Properties of a run; none where it is silent and its styles decide. ``symbol`` is (font, code)."""

    hidden: bool | None = None
    struck: bool | None = None
    deleted: bool = False
    inserted: bool = False
    special: bool = False
    picture: int = -1
    data: bool = False
    symbol: tuple[str, int] | None = None
    font: str = ""
    raised: bool = False
    pale: bool = False  # white, as the paper is


@dataclass(frozen=True, slots=True)
class Pap:
    """Properties of a paragraph: style, list and level, depth in tables, ends of cells and rows, the row's cells."""

    style: int = 0
    number: tuple[int, int] | None = None
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    edges: tuple[Edge, ...] = ()


PLAIN = Chp()


@dataclass(slots=True)
class _Row:
    centers: list[int]
    merges: list[int]  # bit 0 first of horizontal merge, 1 goes on from left, 2 from above


def modifiers(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the modifiers of ``grpprl`` as (code, operand); what is cut off is left out."""
    position, end = 0, len(grpprl)
    while position + 2 <= end:
        code = grpprl[position] | grpprl[position + 1] << 8
        position += 2
        size = _SIZES[code >> 13]
        if size < 0:
            if position >= end:
                return
            if code in (_T_DEF_TABLE, _T_DEF_TABLE_10):
                size = int.from_bytes(grpprl[position : position + 2], "little") - 1
                position += 2
            else:
                size = grpprl[position]
                position += 1
                if code == _P_CHG_TABS and size == 255 and position < end:
                    size = _tabs(grpprl, position)
        if size < 0 or position + size > end:
            return
        yield code, grpprl[position : position + size]
        position += size


def _tabs(grpprl: bytes, position: int) -> int:
    deleted = grpprl[position]
    at = position + 1 + 4 * deleted
    return 2 + 4 * deleted + 3 * (grpprl[at] if at < len(grpprl) else 0)


def _seen(code: int, operand: bytes) -> dict[str, bool | None]:
    """Return what a modifier of place or colour does: hidden or raised text, or text as white as the paper."""
    if code == 0x083C:
        return {"hidden": _toggle(operand)}
    if code == 0x2A48:
        return {"raised": operand[0] == 1}
    if code == 0x2A42:
        return {"pale": operand[0] == _WHITE}
    return {"pale": operand[3] == 0 and is_pale(operand[:3].hex())}


def covers(code: int, operand: bytes) -> bool:
    """Whether a modifier of ``_GROUNDS`` lays a ground that is not white under text (Shd80 and Shd, 2.9.245, 2.9.247)."""
    if _GROUNDS[code] == 2:
        grounds = [
            (word >> 5 & 31, word >> 10)
            for (word,) in struct.iter_unpack("<H", operand[: len(operand) // 2 * 2])
        ]
        return any((back not in (0, _WHITE, 31) or pattern) and pattern != 63 for back, pattern in grounds)
    grounds10 = [operand[at : at + 10] for at in range(0, len(operand) - 9, 10)]
    return any(
        not (ground[7] == 0xFF or is_pale(ground[4:7].hex())) or ground[8:10] not in (b"\0\0", b"\xff\xff")
        for ground in grounds10
    )


def prm_grpprl(prm: int, properties: Sequence[bytes]) -> bytes:
    """Return the modifiers that a piece adds to all its text (2.9.214)."""
    if prm & 1:
        return properties[prm >> 1] if prm >> 1 < len(properties) else b""
    code = _PRM0.get(prm >> 1 & 0x7F, 0)
    return struct.pack("<HB", code, prm >> 8) if code else b""


def _toggle(operand: bytes) -> bool | None:
    return None if operand[0] == 0x80 else operand[0] in (1, 0x81)


def _font(number: int, fonts: Sequence[str]) -> str:
    return fonts[number] if number < len(fonts) else ""


def chp_of(grpprl: bytes, styles: StyleSheet | None, fonts: Sequence[str]) -> Chp | None:
    """Return the properties that ``grpprl`` gives a run, none when there are none that matter."""
    values: dict[str, object] = {}
    style, shaded = -1, False
    for code, operand in modifiers(grpprl):
        if code in _FLAGS:
            values[_FLAGS[code]] = operand[0] != 0
        elif code in (0x0837, 0x2A53):
            values["struck"] = values.get("struck") or _toggle(operand)
        elif code == 0x6A03:
            values["picture"] = int.from_bytes(operand, "little")
        elif code == 0x6A09:
            number, char = struct.unpack("<HH", operand)
            values["symbol"] = (_font(number, fonts), char)
        elif code in (0x4A4F, 0x4A50, 0x4A51):
            font = _font(int.from_bytes(operand, "little"), fonts)
            if is_symbol_font(font):
                values["font"] = font
        elif code in _SEEN:
            values.update(_seen(code, operand))
        elif code in _GROUNDS:
            shaded = shaded or covers(code, operand)
        elif code == 0x4A30:
            style = int.from_bytes(operand, "little")
    base = styles.character(style) if styles is not None and style >= 0 else PLAIN
    for name in ("hidden", "struck"):
        if values.get(name) is None and getattr(base, name) is not None:
            values[name] = getattr(base, name)
    values["raised"] = values.get("raised", False) or base.raised
    values["pale"] = values.get("pale", base.pale) and not shaded
    chp = replace(PLAIN, **values)  # type: ignore[arg-type]
    return None if chp == PLAIN else chp


def is_underlined(grpprl: bytes) -> bool | None:
    """Return true for a run whose blanks are underlined (sprmCKul, 2.6.1), none for others; 2 leaves blanks without a line."""
    found = [operand[0] for code, operand in modifiers(grpprl) if code == 0x2A3E]
    return True if found and found[-1] not in (0, 2) else None


def pap_of(papx: bytes, styles: StyleSheet, data: bytes) -> Pap:
    """Return the properties of a paragraph; ``papx`` begins with its style's number."""
    style = int.from_bytes(papx[:2], "little")
    state = _Paragraph(styles.number(style))
    state.apply(papx[2:], data, 0)
    if state.new_style is not None:
        style = state.new_style
    depth = max(state.depth, 1) if state.in_table or state.ends_row else 0
    number = None if state.list_id is None else (state.list_id, state.level)
    ends_cell = state.inner_cell and depth > 1
    ends_row = state.inner_row if depth > 1 else state.ends_row
    return Pap(style, number, depth, ends_cell, ends_row, state.edges() if ends_row else ())


def lays_ground(papx: bytes) -> bool:
    """Whether the modifiers behind a style's number shade a paragraph or cells."""
    return any(code in _GROUNDS and covers(code, operand) for code, operand in modifiers(papx[2:]))


class _Paragraph:
    """A paragraph while its modifiers are applied in order."""

    def __init__(self, number: tuple[int, int] | None) -> None:
        self.list_id: int | None = None
        self.level = 0
        if number is not None:
            self.list_id, self.level = number
        self.in_table = self.ends_row = self.inner_cell = self.inner_row = False
        self.depth = 0
        self.new_style: int | None = None
        self._row = _Row([], [])

    def apply(self, grpprl: bytes, data: bytes, depth: int) -> None:
        for code, operand in modifiers(grpprl):
            match code:
                case 0x2416:
                    self.in_table = operand[0] != 0
                case 0x2417:
                    self.ends_row = operand[0] != 0
                case 0x6649:
                    self.depth = min(int.from_bytes(operand, "little", signed=True), 1000)
                case 0x664A:
                    self.depth += int.from_bytes(operand, "little", signed=True)
                case 0x244B:
                    self.inner_cell = operand[0] != 0
                case 0x244C:
                    self.inner_row = operand[0] != 0
                case 0x460B:
                    self.list_id = int.from_bytes(operand, "little", signed=True)
                case 0x260A:
                    self.level = min(operand[0], _MAX_LEVELS - 1)
                case 0x4600:
                    self.new_style = int.from_bytes(operand, "little")
                case _ if code in _P_HUGE and depth == 0:
                    at = int.from_bytes(operand, "little")
                    size = int.from_bytes(data[at : at + 2], "little")
                    self.apply(data[at + 2 : at + 2 + size], data, 1)
                case _ if code >> 10 & 7 == 5:
                    self._table(code, operand)

    def _table(self, code: int, operand: bytes) -> None:
        merges = self._row.merges
        match code:
            case 0xD608 | 0xD606 if operand:
                self._define(operand)
            case 0x5624 | 0x5625:
                for cell in range(operand[0], min(operand[1], len(merges))):
                    merges[cell] &= ~3
                    if code == 0x5624:
                        merges[cell] |= 1 if cell == operand[0] else 2
            case 0xD62B if len(operand) >= 2 and operand[0] < len(merges):
                merges[operand[0]] = merges[operand[0]] & 3 | (4 if operand[1] == 1 else 0)

    def _define(self, operand: bytes) -> None:
        """Take the edges and merges of a row from TDefTableOperand (2.9.315)."""
        count = min(operand[0], (len(operand) - 3) // 2)
        if count < 1:
            return
        centers = list(struct.unpack_from(f"<{count + 1}h", operand, 1))
        merges = []
        for index in range(count):
            at = 1 + 2 * (count + 1) + 20 * index
            flags = int.from_bytes(operand[at : at + 2], "little")
            merges.append(flags & 3 | (4 if flags >> 5 & 3 == 1 else 0))
        self._row = _Row(centers, merges)

    def edges(self) -> tuple[Edge, ...]:
        centers = self._row.centers
        return tuple(
            Edge(left, right, bool(merge & 2), bool(merge & 4))
            for left, right, merge in zip(centers, centers[1:], self._row.merges, strict=False)
        )


class StyleSheet:
    """The styles (STSH, 2.9.271) as far as they hide, strike or number text."""

    def __init__(self, part: bytes) -> None:
        """Read ``part``; a style sheet that is cut off has fewer styles."""
        self._styles: list[
            tuple[int, int, bytes, bytes]
        ] = []  # kind, base, paragraph and character modifiers
        self._characters: dict[int, Chp] = {}
        if len(part) < 6:
            return
        size, count, base_size = struct.unpack_from("<HHH", part, 0)
        position = 2 + size
        for _ in range(min(count, 4096)):
            if position + 2 > len(part):
                break
            length = int.from_bytes(part[position : position + 2], "little")
            self._styles.append(_style(part[position + 2 : position + 2 + length], base_size))
            position += 2 + length

    def character(self, style: int) -> Chp:
        """Return what a style does to its characters, its bases included."""
        if not 0 <= style < len(self._styles):
            return PLAIN
        if style not in self._characters:
            chain = b"".join(grpprl for _, grpprl in reversed(list(self._chain(style))))
            self._characters[style] = chp_of(chain, None, ()) or PLAIN
        return self._characters[style]

    def number(self, style: int) -> tuple[int, int] | None:
        """Return list and level that a paragraph style gives, none when it gives none."""
        for grpprl, _ in self._chain(style):
            found = dict(modifiers(grpprl))
            if 0x460B in found:
                level = found.get(0x260A, b"\0")[0]
                return int.from_bytes(found[0x460B], "little", signed=True), min(level, _MAX_LEVELS - 1)
        return None

    def _chain(self, style: int) -> Iterator[tuple[bytes, bytes]]:
        for _ in range(12):  # deeper than Word allows styles to stand on each other
            if not 0 <= style < len(self._styles):
                return
            _, base, paragraph, character = self._styles[style]
            yield paragraph, character
            style = base


def _style(std: bytes, base_size: int) -> tuple[int, int, bytes, bytes]:
    if len(std) < base_size + 2:
        return 0, 0xFFF, b"", b""
    kind = std[2] & 0xF
    base = int.from_bytes(std[2:4], "little") >> 4
    position = base_size + 2 + 2 * int.from_bytes(std[base_size : base_size + 2], "little") + 2
    parts = []
    for _ in range(std[4] & 0xF):
        size = int.from_bytes(std[position : position + 2], "little")
        parts.append(std[position + 2 : position + 2 + size])
        position += 2 + size + size % 2
    if kind == 1:
        paragraph, character = [*parts, b"", b""][:2]
        return kind, base, paragraph[2:], character
    return kind, base, b"", parts[0] if kind == 2 and parts else b""
