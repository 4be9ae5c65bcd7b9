"""Tick boxes and option buttons that float over a sheet, as the signs and words that a person sees: ☑是, □否.

Knows the drawings that Excel and WPS keep them in: VML ([MS-OI29500] 2.2.4, ECMA-376 Part 4 19.4) and OBJ records ([MS-XLS] 2.4.181).
"""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterator

_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_KIND = re.compile(rb"""ObjectType=["'](?:Checkbox|Radio)["']""")
_ANCHOR = re.compile(rb"<x:Anchor>\s*([\d,\s]+)<")
_CHECKED = re.compile(rb"<x:Checked>\s*1\s*<")
_CAPTION = re.compile(rb"<v:textbox\b.*?</v:textbox>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_HEIGHT = 19  # pixels of an ordinary row
_MOST = 2_000  # controls of a sheet
CHECK_BOX, OPTION = 0x0B, 0x0C
_STATE = 0x0012  # FtCblsData
TICKED, OPEN = "☑", "□"


def controls(vml: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and what is seen of each tick box and option button in a VML drawing, row by row from the left."""
    found: list[tuple[list[int], str]] = []
    for shape in _SHAPE.findall(vml)[:_MOST] if _KIND.search(vml) else ():
        anchor = _ANCHOR.search(shape)
        if _KIND.search(shape) is None or anchor is None:
            continue
        numbers = [int(number) for number in anchor[1].split(b",") if number.strip().isdigit()]
        if len(numbers) < 8:
            continue
        caption = _CAPTION.search(shape)
        words = "" if caption is None else html.unescape(_TAG.sub("", caption[0].decode("utf-8", "replace")))
        sign = TICKED if _CHECKED.search(shape) else OPEN
        column, offset = numbers[:2]
        found.append(([_row(*numbers[2:4], *numbers[6:8]), column, offset], sign + " ".join(words.split())))
    for (row, column, _), text in sorted(found):
        yield row, column, text


def _row(top: int, down: int, bottom: int, below: int) -> int:
    """Return the row that most of a control stands over: from ``down`` pixels under the edge of ``top`` to ``bottom``."""
    return top + 1 if bottom > top + 1 or (bottom > top and below > _HEIGHT - down) else top


def sign_of(record: bytes) -> str:
    """Return the sign that the OBJ ``record`` of a tick box or option button shows, nothing for any other object."""
    if len(record) < 6 or struct.unpack_from("<H", record, 4)[0] not in (CHECK_BOX, OPTION):
        return ""
    position = 0
    while position + 4 <= len(record):
        kind, size = struct.unpack_from("<HH", record, position)
        if kind == _STATE and size >= 2 and position + 6 <= len(record):
            return TICKED if struct.unpack_from("<H", record, position + 4)[0] == 1 else OPEN
        position += 4 + size
    return OPEN
