"""Word 97–2003 documents ([MS-DOC]) as old machines still save them: paragraphs and tables, nothing else.

Independent of the reader: it writes documents and never reads one back. The same data gives the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .compound import CUTOFF, compound

Row = Sequence[tuple[str, int]]
"""The cells of a row: text, its paragraphs separated by line feeds, and how many columns it spans."""

_TEXT, _PAGE = 0x400, 512
_COLUMN = 2100  # twips
_STSH, _SED, _BTE_CHPX, _BTE_PAPX, _FFN, _DOP, _CLX = 1, 6, 12, 13, 15, 31, 33
_COUNT = 93  # pairs of FibRgFcLcb97 (2.5.6)
_IN_TABLE = struct.pack("<HBHi", 0x2416, 1, 0x6649, 1)  # sprmPFInTable, sprmPItap (2.6.2)
_ENDS_ROW = struct.pack("<HB", 0x2417, 1)  # sprmPFTtp
_CENTRE, _RIGHT = (struct.pack("<HB", 0x2461, side) for side in (1, 2))  # sprmPJc
_LINE = b"\4\1\0\0"  # a single line of half a point (Brc80, 2.9.17)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with the mark that ends it, and its properties as sprms."""

    text: str
    sprms: bytes = b""


def old_word(title: str, dated: str, tables: Sequence[Sequence[Row]]) -> bytes:
    """Return a document of a ``title``, a line at the right (empty for none) and ``tables`` of rows."""
    found = [_Paragraph(f"{title}\r", _CENTRE)]
    found += [_Paragraph(f"{dated}\r", _RIGHT)] if dated else []
    for rows in tables:
        for row in rows:
            found += _row(row)
        found.append(_Paragraph("\r"))
    text = "".join(each.text for each in found)
    body = text.encode("utf-16-le")
    papx = list(_paragraph_pages(found))
    first = -(-(_TEXT + len(body)) // _PAGE)  # number of the first formatted page
    word = bytearray((bytes(_TEXT) + body).ljust(first * _PAGE, b"\0"))
    word += _page([(_TEXT, _TEXT + len(body))], [b""])
    word += b"".join(page for _, page in papx)
    ends = [_TEXT, *(end for end, _ in papx)]
    parts = {
        _STSH: _styles(),
        _SED: struct.pack("<IIHIHI", 0, len(text), 0, 0xFFFFFFFF, 0, 0),
        _BTE_CHPX: struct.pack("<III", _TEXT, _TEXT + len(body), first),
        _BTE_PAPX: struct.pack(f"<{len(ends)}I{len(papx)}I", *ends, *range(first + 1, first + 1 + len(papx))),
        _FFN: _fonts("宋体"),
        _DOP: struct.pack("<10xH", 420).ljust(500, b"\0"),
        _CLX: struct.pack("<BIIIHIH", 2, 16, 0, len(text), 0, _TEXT, 0),
    }
    table, places = b"", [(0, 0)] * _COUNT
    for number, data in sorted(parts.items()):
        places[number] = (len(table), len(data))
        table += data + bytes(len(data) % 2)
    fib = _fib(len(text), len(body), len(word), places)
    word[: len(fib)] = fib
    streams = {"1Table": table, "WordDocument": bytes(word)}
    return compound(
        {name: data.ljust(CUTOFF, b"\0") for name, data in streams.items()}
    )  # as Word itself pads them


def _row(row: Row) -> Iterator[_Paragraph]:
    """Yield the paragraphs of a row: each cell ends with its mark, the row with another that holds its widths."""
    edges = [0]
    for text, span in row:
        lines = text.split("\n")
        yield from (_Paragraph(f"{line}\r", _IN_TABLE) for line in lines[:-1])
        yield _Paragraph(f"{lines[-1]}\x07", _IN_TABLE)
        edges.append(edges[-1] + span * _COLUMN)
    cells = b"".join(struct.pack("<HH", 0, edges[at + 1] - edges[at]) + 4 * _LINE for at in range(len(row)))
    widths = struct.pack(f"<B{len(edges)}h", len(row), *edges) + cells
    define = struct.pack("<HH", 0xD608, len(widths) + 1) + widths  # sprmTDefTable (2.9.321)
    yield _Paragraph("\x07", _IN_TABLE + _ENDS_ROW + define)


def _paragraph_pages(found: Sequence[_Paragraph]) -> Iterator[tuple[int, bytes]]:
    """Yield the formatted pages of the paragraphs (PapxFkp, 2.9.175), each with the position where it ends."""
    runs: list[tuple[int, int]] = []
    grpprls: list[bytes] = []
    room, at = _PAGE - 5, _TEXT
    for each in found:
        end = at + 2 * len(each.text)
        grpprl = struct.pack("<H", 0) + each.sprms
        need = 17 + len(grpprl) + 2
        if need > room:
            yield runs[-1][1], _page(runs, grpprls, phe=12)
            runs, grpprls, room = [], [], _PAGE - 5
        runs.append((at, end))
        grpprls.append(grpprl)
        room, at = room - need, end
    yield at, _page(runs, grpprls, phe=12)


def _page(runs: Sequence[tuple[int, int]], grpprls: Sequence[bytes], phe: int = 0) -> bytes:
    """Return a formatted page: positions, where the properties of each run stand, the properties from the end on."""
    page = bytearray(_PAGE)
    head = struct.pack(f"<{len(runs) + 1}I", runs[0][0], *(end for _, end in runs))
    top = _PAGE - 1
    for grpprl in grpprls:
        place = 0
        if grpprl:
            odd = len(grpprl) % 2  # an odd length is told in words, an even one after a byte of nought
            stored = (
                bytes([(len(grpprl) + 1) // 2]) + grpprl if odd else bytes([0, len(grpprl) // 2]) + grpprl
            )
            top = (top - len(stored)) // 2 * 2
            page[top : top + len(stored)] = stored
            place = top // 2
        head += bytes([place]) + bytes(phe)
    page[: len(head)] = head
    page[-1] = len(runs)
    return bytes(page)


def _styles() -> bytes:
    """Return a style sheet (2.9.271) with 正文 alone; the fourteen others that must have a place are empty."""
    name = "正文"
    base = struct.pack("<HHHHH", 0, 0xFFF << 4 | 1, 2, 0, 0)
    style = base + struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
    style += struct.pack("<HHH", 2, 0, 0)
    head = struct.pack("<9H", 15, 10, 1, 91, 15, 0, 0, 0, 0)
    return struct.pack("<H", len(head)) + head + struct.pack("<H", len(style)) + style + bytes(2 * 14)


def _fonts(name: str) -> bytes:
    """Return the table of fonts (2.9.286) with one, in the Chinese character set."""
    font = struct.pack("<BHBB", 0, 400, 134, 0) + bytes(10 + 24) + name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHB", 1, 0, len(font)) + font


def _fib(characters: int, size: int, whole: int, places: Sequence[tuple[int, int]]) -> bytes:
    """Return the file information block (2.5): Word 97, Chinese, tables in the stream 1Table."""
    base = struct.pack(
        "<HHHHHHHIBB4xII", 0xA5EC, 0xC1, 0, 0x0804, 0, 0x0200, 0xBF, 0, 0, 0, _TEXT, _TEXT + size
    )
    short = struct.pack("<H26xH", 14, 0x0804)
    long = struct.pack("<HI8xi72x", 22, whole, characters)
    pairs = struct.pack("<H", _COUNT) + b"".join(struct.pack("<II", *place) for place in places)
    return base + short + long + pairs + struct.pack("<H", 0)
