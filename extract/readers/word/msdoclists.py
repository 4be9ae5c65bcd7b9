"""The lists of a Word 97–2003 file ([MS-DOC] 2.9.131, 2.9.150): from PlfLst and PlfLfo to the numbering of OOXML."""

from __future__ import annotations

import struct
from dataclasses import replace

from extract.readers.numbering import Level, Numbering

# MSONFC numbers ([MS-OSHARED] 2.2.1.3, also \levelnfc of RTF) by the names of ECMA-376 17.18.59
FORMATS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}


def numbering(lists: bytes, overrides: bytes) -> Numbering:
    """Return the numbering of a file whose PlfLst (levels after it) and PlfLfo are given; lists by 1, 2 and so on."""
    try:
        abstract = _lists(lists)
    except (struct.error, IndexError):
        abstract = {}
    found: dict[str, dict[int, Level]] = {}
    families: dict[str, str] = {}
    try:
        for number, (identifier, own) in enumerate(_overrides(overrides), start=1):
            levels = dict(abstract.get(identifier, {}))
            for depth, change in own.items():
                known = levels.get(depth, Level())
                levels[depth] = change if isinstance(change, Level) else replace(known, start=change)
            found[str(number)] = levels
            families[str(number)] = f"num{number}" if own else f"list{identifier}"
    except (struct.error, IndexError):
        found = {}
    return Numbering.of(found, families)


def _lists(part: bytes) -> dict[int, dict[int, Level]]:
    """Read PlfLst: all lists, then the levels of each (nine, or one when it is simple)."""
    if len(part) < 2:
        return {}
    (count,) = struct.unpack_from("<h", part, 0)
    position = 2 + 28 * count
    found = {}
    for index in range(count):
        identifier, flags = struct.unpack_from("<i22xB", part, 2 + 28 * index)
        levels = {}
        for level in range(1 if flags & 1 else 9):
            levels[level], position = _level(part, position)
        found[identifier] = levels
    return found


def _level(part: bytes, position: int) -> tuple[Level, int]:
    """Read one LVL (2.9.148): its text holds the level numbers as characters 0 to 8."""
    start, style, flags = struct.unpack_from("<iBB", part, position)
    character, paragraph, limit = struct.unpack_from("<BBB", part, position + 24)
    position += 28 + paragraph + character
    (length,) = struct.unpack_from("<H", part, position)
    text = part[position + 2 : position + 2 + 2 * length].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(sign) + 1}" if ord(sign) < 9 else sign for sign in text)
    level = Level(
        start, FORMATS.get(style, "decimal"), shown, 0 if flags & 8 and not limit else None, bool(flags & 4)
    )
    return level, position + 2 + 2 * length


def _overrides(part: bytes) -> list[tuple[int, dict[int, Level | int]]]:
    """Read PlfLfo: of each list the definition and what it changes of it, a whole level or its first number alone."""
    if len(part) < 4:
        return []
    (count,) = struct.unpack_from("<I", part, 0)
    if count > 10000:
        return []
    heads = [struct.unpack_from("<i8xB", part, 4 + 16 * index) for index in range(count)]
    position = 4 + 16 * count
    found = []
    for identifier, levels in heads:
        own: dict[int, Level | int] = {}
        position += 4
        for _ in range(levels):
            start, flags = struct.unpack_from("<iI", part, position)
            position += 8
            if flags & 0x20:
                own[flags & 0xF], position = _level(part, position)
            elif flags & 0x10:
                own[flags & 0xF] = start
        found.append((identifier, own))
    return found
