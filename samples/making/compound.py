"""A compound file ([MS-CFB], version 3) of a few large streams, as old Word keeps its documents in.

Independent of the reader. Every stream is padded to 4096 bytes, below which it would belong into another kind of sector.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR, _LEAST = 512, 4096
_FAT, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_STREAM, _ROOT = 2, 5


def compound(streams: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a compound file of at most three ``streams`` (name and bytes), the shortest name first."""
    padded = [(name, data + bytes(max(_LEAST - len(data), -len(data) % _SECTOR))) for name, data in streams]
    sectors = sum(len(data) for _, data in padded) // _SECTOR
    tables = 1
    while tables * 128 < tables + 1 + sectors:
        tables += 1
    chain = [_FAT] * tables + [_END]
    starts = []
    for _, data in padded:
        starts.append(len(chain))
        count = len(data) // _SECTOR
        chain += [*range(len(chain) + 1, len(chain) + count), _END]
    chain += [_FREE] * (tables * 128 - len(chain))
    directory = _entry("Root Entry", _ROOT, (_END, 0), child=1)
    for number, ((name, data), start) in enumerate(zip(padded, starts, strict=True), 1):
        right = number + 1 if number < len(padded) else _FREE
        directory += _entry(name, _STREAM, (start, len(data)), right=right)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, _LEAST, _END, 0, _END, 0),
    )
    places = [*range(tables), *[_FREE] * (109 - tables)]
    body = struct.pack(f"<{len(chain)}I", *chain) + directory.ljust(_SECTOR, b"\0")
    return header + struct.pack("<109I", *places) + body + b"".join(data for _, data in padded)


def _entry(name: str, kind: int, place: tuple[int, int], child: int = _FREE, right: int = _FREE) -> bytes:
    start, size = place
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ", text, len(text) + 2, kind, 1, _FREE, right, child, 0, start, size
    )
