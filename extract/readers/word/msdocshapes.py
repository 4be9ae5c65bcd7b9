"""Shapes of a Word 97–2003 file: which text boxes and pictures hang at which anchor ([MS-DOC] 2.8.37, [MS-ODRAW] 2.2).

Knows shape numbers and groups only; positions and drawings are of no concern.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise

from .msdoc import DGG, HDR_TXBX_TXT, SPA_HDR, SPA_MOM, TXBX_TXT, WordFile

_CONTAINER, _GROUP, _SHAPE, _FSP = 0xF, 0xF003, 0xF004, 0xF00A
_PICTURE_FRAME = 75
_MAX_DEPTH = 20


@dataclass(slots=True)
class Shapes:
    """Text boxes as stretches of text, and pictures, by the position of their anchor; ``loose`` boxes have none.

    ``drawn`` counts what else is anchored: lines and figures without text.
    """

    boxes: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    pictures: set[int] = field(default_factory=set)
    loose: list[tuple[int, int]] = field(default_factory=list)
    drawn: int = 0


def shapes(file: WordFile, story: str) -> Shapes:
    """Return the shapes anchored in the ``main`` text or in the ``headers``, positions in the whole text."""
    head = story == "headers"
    anchors, records = file.positions(SPA_HDR if head else SPA_MOM, 26)
    found = Shapes()
    owner: dict[int, int] = {}
    kinds: dict[int, int] = {}
    _art(file.part(DGG), owner, kinds)
    shift = file.stories[story].start
    at = {struct.unpack_from("<I", records, 26 * i)[0]: cp + shift for i, cp in enumerate(anchors[:-1])}
    for shape, position in at.items():
        if kinds.get(shape) == _PICTURE_FRAME:
            found.pictures.add(position)
    cps, texts = file.positions(HDR_TXBX_TXT if head else TXBX_TXT, 22)
    begin = file.stories["header boxes" if head else "boxes"].start
    for index, (start, end) in enumerate(pairwise(cps)):
        (reusable,), (shape,) = (
            struct.unpack_from("<H", texts, 22 * index + 8),
            struct.unpack_from("<I", texts, 22 * index + 14),
        )
        if reusable or not shape:
            continue
        anchor = at.get(shape, at.get(owner.get(shape, 0)))
        stretch = (begin + start, begin + end)
        if anchor is None:
            found.loose.append(stretch)
        else:
            found.boxes.setdefault(anchor, []).append(stretch)
    written = found.pictures | set(found.boxes)
    found.drawn = sum(position not in written for position in at.values())
    return found


def _art(part: bytes, owner: dict[int, int], kinds: dict[int, int]) -> None:
    """Read OfficeArtContent: the drawing group, then each drawing after one byte that names its story."""
    if len(part) < 8:
        return
    position = 8 + struct.unpack_from("<I", part, 4)[0]
    while position + 9 <= len(part):
        (length,) = struct.unpack_from("<I", part, position + 5)
        _container(part, (position + 9, min(position + 9 + length, len(part))), (owner, kinds), 0, 0)
        position += 9 + length


def _container(
    part: bytes,
    stretch: tuple[int, int],
    found: tuple[dict[int, int], dict[int, int]],
    group: int,
    depth: int,
) -> None:
    """Walk a container; ``group`` is the outermost group within the page, 0 when there is none yet."""
    owner, kinds = found
    position, end = stretch
    first = True
    while position + 8 <= end and depth < _MAX_DEPTH:
        head, kind, length = struct.unpack_from("<HHI", part, position)
        inside = position + 8, min(position + 8 + length, end)
        if kind == _GROUP:
            # the first group of a drawing is the page itself; a group within it owns all that it holds
            _container(part, inside, found, group, depth + 1)
        elif kind == _SHAPE:
            number, form = _shape(part, inside)
            kinds[number] = form
            if first and depth >= 2 and not group:
                group = number
            if group:
                owner[number] = group
            first = False
        elif head & 0xF == _CONTAINER:
            _container(part, inside, found, group, depth + 1)
        position += 8 + length


def _shape(part: bytes, stretch: tuple[int, int]) -> tuple[int, int]:
    position, end = stretch
    while position + 12 <= end:
        head, kind, length = struct.unpack_from("<HHI", part, position)
        if kind == _FSP:
            return struct.unpack_from("<I", part, position + 8)[0], head >> 4
        position += 8 + length
    return 0, 0
