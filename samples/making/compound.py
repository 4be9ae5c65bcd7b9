"""Compound files (OLE) made from their streams, as .msg, .doc and .xls are, by [MS-CFB] version 3.

Independent of the reader.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import TypeAlias

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, CHAIN_END, FAT_SECTOR, NOBODY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5

Tree: TypeAlias = "dict[str, Tree | bytes]"


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return the compound file of ``streams``, whose names hold the storages they stand in before a ``/``."""
    return _Writer(_tree(streams)).written()


def _tree(streams: Mapping[str, bytes]) -> Tree:
    root: Tree = {}
    for name, content in streams.items():
        *storages, last = name.split("/")
        place = root
        for storage in storages:
            inner = place.setdefault(storage, {})
            if isinstance(inner, bytes):
                raise ValueError(f"{storage} is a stream and a storage")
            place = inner
        place[last] = content
    return root


class _Writer:
    """The sectors, the small streams and the directory, as they grow."""

    def __init__(self, tree: Tree) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.small = bytearray()
        self.minifat: list[int] = []
        self.entries: list[bytes] = [b""]
        child = self._level(tree)
        start = self._chain(bytes(self.small))
        self.entries[0] = _entry("Root Entry", _ROOT, (NOBODY, NOBODY, child), start, len(self.small))

    def written(self) -> bytes:
        """Return header, sectors and table of sectors ([MS-CFB] 2.2, 2.3)."""
        directory = self._chain(b"".join(self.entries))
        count = len(self.minifat)
        minifat = self._chain(struct.pack(f"<{count}I", *self.minifat), FREE.to_bytes(4, "little"))
        tables = 1
        while tables * SECTOR // 4 < len(self.fat) + tables:
            tables += 1
        if tables > 109:
            raise ValueError("too large: no second-level table of sectors is written")
        first = len(self.fat)
        self.fat += [FAT_SECTOR] * tables
        table = struct.pack(f"<{len(self.fat)}I", *self.fat).ljust(tables * SECTOR, b"\xff")
        header = struct.pack(
            "<8s16x5H6x9I",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            *(0x3E, 3, 0xFFFE, 9, 6),
            *(0, tables, directory, 0, CUTOFF),
            *(minifat, -(-count * 4 // SECTOR), CHAIN_END, 0),
        )
        header += struct.pack(f"<{tables}I", *range(first, first + tables))
        return header.ljust(SECTOR, b"\xff") + b"".join(self.sectors) + table

    def _chain(self, content: bytes, padding: bytes = b"\0") -> int:
        """Write ``content`` into sectors of its own and return the first."""
        first = len(self.fat)
        for start in range(0, len(content), SECTOR):
            piece = content[start : start + SECTOR]
            self.sectors.append(piece + padding * ((SECTOR - len(piece)) // len(padding)))
            self.fat.append(len(self.fat) + 1)
        if len(self.fat) == first:
            return CHAIN_END
        self.fat[-1] = CHAIN_END
        return first

    def _mini(self, content: bytes) -> int:
        """Write ``content`` among the small streams and return its first mini sector."""
        first = len(self.minifat)
        for start in range(0, len(content), MINI):
            self.small += content[start : start + MINI].ljust(MINI, b"\0")
            self.minifat.append(len(self.minifat) + 1)
        if len(self.minifat) == first:
            return CHAIN_END
        self.minifat[-1] = CHAIN_END
        return first

    def _level(self, tree: Tree) -> int:
        """Write the entries of one storage as a balanced tree of siblings and return the one on top."""
        return self._siblings(sorted(tree.items(), key=lambda pair: (len(pair[0]), pair[0].upper())))

    def _siblings(self, pairs: list[tuple[str, Tree | bytes]]) -> int:
        if not pairs:
            return NOBODY
        middle = len(pairs) // 2
        name, content = pairs[middle]
        number = len(self.entries)
        self.entries.append(b"")
        left, right = self._siblings(pairs[:middle]), self._siblings(pairs[middle + 1 :])
        if isinstance(content, dict):
            entry = _entry(name, _STORAGE, (left, right, self._level(content)), 0, 0)
        else:
            start = self._mini(content) if len(content) < CUTOFF else self._chain(content)
            entry = _entry(name, _STREAM, (left, right, NOBODY), start, len(content))
        self.entries[number] = entry
        return number


def _entry(name: str, kind: int, links: tuple[int, int, int], start: int, size: int) -> bytes:
    """Return one entry of the directory ([MS-CFB] 2.6.1)."""
    spelled = name.encode("utf-16-le")
    black = 1
    return struct.pack("<64sHBB3I36xIQ", spelled, len(spelled) + 2, kind, black, *links, start, size)
