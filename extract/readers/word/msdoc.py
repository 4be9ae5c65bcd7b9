"""The streams of a Word 97–2003 file ([MS-DOC]): its text by stories, with the properties of runs and paragraphs.

Knows the FIB, the piece table, the formatted disk pages and the style sheet; what text means is ``doc``'s concern.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from extract.unreadable import UnreadableError

from .sprm import PLAIN, Chp, Pap, StyleSheet, chp_of, is_underlined, lays_ground, pap_of, prm_grpprl

_T = TypeVar("_T")
_MAX_TEXT = 20_000_000
_ENCRYPTED, _TABLE1 = 0x0100, 0x0200
_WORD97 = 0x00C1
_OLDER = frozenset((0xA5DB, 0xA5DC, 0xA59B, 0xA59C))
BROKEN = "文件损坏，读不出正文，请对方用 WPS 或 Word 另存为 docx 后重发"
# positions in FibRgFcLcb97 (2.5.6)
STSH, FTN_REF, FTN_TXT, AND_REF, AND_TXT, SED, HDD, BTE_CHPX, BTE_PAPX, FFN = 1, 2, 3, 4, 5, 6, 11, 12, 13, 15
CLX, END_REF, END_TXT, DGG, TXBX_TXT, HDR_TXBX_TXT, SPA_MOM, SPA_HDR = 33, 46, 47, 50, 56, 58, 40, 41
LST, LFO = 73, 74


class OldWordError(UnreadableError):
    """A file of Word 6 or 95, which this reader does not know; another program may."""


@dataclass(frozen=True, slots=True)
class Story:
    """A stretch ``start:end`` of the text: main text, footnotes, headers, comments, endnotes, text boxes."""

    start: int
    end: int


class WordFile:
    """One file: ``text`` of all stories (one character a position), special runs, paragraph properties."""

    def __init__(self, word: bytes, tables: dict[str, bytes], data: bytes) -> None:
        """Read FIB and piece table; raise ``UnreadableError`` when encrypted, ``OldWordError`` when before Word 97."""
        magic, version = struct.unpack_from("<HH", word, 0)
        (flags,) = struct.unpack_from("<H", word, 10)
        if flags & _ENCRYPTED:
            raise UnreadableError("文件已加密，请取消密码后重发")
        if magic in _OLDER or (magic == 0xA5EC and 0 < version < _WORD97):
            raise OldWordError("是 Word 6/95 的旧文件，请用 WPS 或 Word 另存为 docx 后重发")
        if magic != 0xA5EC:
            raise UnreadableError(BROKEN)
        self._word = word
        self.table = tables.get("1Table" if flags & _TABLE1 else "0Table", b"")
        self.data = data
        self.stories = self._stories()
        self._pieces: list[tuple[int, int, int, int, bytes]] = []
        self.text = self._read_pieces()
        self.styles = StyleSheet(self.part(STSH))
        self._fonts = self._read_fonts()
        self._chp: dict[bytes, Chp | None] = {}
        self._pap: dict[bytes, Pap] = {}
        self.specials = self._special_runs()
        self._special_ends = [end for _, end, _ in self.specials]
        self._pap_fcs, self._pap_offsets = self._paragraph_runs()
        self._grounds: bool | None = None
        self._piece_ends = [piece[1] for piece in self._pieces]

    def part(self, number: int) -> bytes:
        """Return the structure at ``number`` of FibRgFcLcb97, empty when there is none."""
        start, length = struct.unpack_from("<II", self._word, 0x9A + 8 * number)
        return self.table[start : start + length]

    def lists(self) -> bytes:
        """Return PlfLst with the levels that stand after it: its own length leaves them out (2.9.150)."""
        start, length = struct.unpack_from("<II", self._word, 0x9A + 8 * LST)
        return self.table[start:] if length else b""

    def positions(self, number: int, size: int) -> tuple[tuple[int, ...], bytes]:
        """Return the positions of a PLC whose records have ``size`` bytes, and the records (2.2.2)."""
        return _plc(self.part(number), size)

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, Chp]]:
        """Yield stretches of ``start:end`` in order with their properties."""
        for index in range(bisect_right(self._special_ends, start), len(self.specials)):
            low, high, chp = self.specials[index]
            if low >= end:
                break
            if low > start:
                yield start, low, PLAIN
            yield max(low, start), min(high, end), chp
            start = min(high, end)
        if start < end:
            yield start, end, PLAIN

    def is_special(self, start: int, end: int) -> bool:
        """Whether any run of ``start:end`` has properties that matter."""
        index = bisect_right(self._special_ends, start)
        return index < len(self.specials) and self.specials[index][0] < end

    def has_grounds(self) -> bool:
        """Whether any paragraph or cell stands on a ground of its own, where white text may be seen."""
        if self._grounds is None:
            self._grounds = any(lays_ground(self._papx(offset)) for offset in set(self._pap_offsets))
        return self._grounds

    def paragraph(self, mark: int) -> Pap:
        """Return the properties of the paragraph whose mark stands at ``mark``."""
        index = bisect_right(self._piece_ends, mark)
        if index >= len(self._pieces):
            return pap_of(b"\0\0", self.styles, self.data)
        start, _, offset, width, extra = self._pieces[index]
        run = bisect_right(self._pap_fcs, offset + (mark - start) * width) - 1
        grpprl = self._papx(self._pap_offsets[run]) if run >= 0 else b"\0\0"
        key = grpprl + extra
        if key not in self._pap:
            self._pap[key] = pap_of(key, self.styles, self.data)
        return self._pap[key]

    def _stories(self) -> dict[str, Story]:
        names = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
        found, start = {}, 0
        for name, length in zip(names, struct.unpack_from("<8i", self._word, 0x4C), strict=True):
            if length < 0:
                raise UnreadableError(BROKEN)
            found[name] = Story(start, start + length)
            start += length
        return found

    def _read_pieces(self) -> str:
        """Return the text by the piece table (2.4.1), remembering where each piece stands in the file."""
        clx, properties, position = self.part(CLX), [], 0
        while position < len(clx) and clx[position] == 1:
            (length,) = struct.unpack_from("<H", clx, position + 1)
            properties.append(clx[position + 3 : position + 3 + length])
            position += 3 + length
        if position >= len(clx) or clx[position] != 2:
            raise UnreadableError(BROKEN)
        cps, records = _plc(clx[position + 5 :], 8)
        texts, total = [], 0
        for number, (start, end) in enumerate(pairwise(cps)):
            fc, prm = struct.unpack_from("<IH", records, 8 * number + 2)
            total += end - start
            if total > min(_MAX_TEXT, 2 * len(self._word)) or end <= start:
                raise UnreadableError(BROKEN)
            text, offset, width = self._piece(fc, end - start)
            self._pieces.append((start, end, offset, width, prm_grpprl(prm, properties)))
            texts.append(text)
        return "".join(texts)

    def _piece(self, fc: int, count: int) -> tuple[str, int, int]:
        if fc & 0x40000000:
            offset = (fc & 0x3FFFFFFF) // 2
            return self._word[offset : offset + count].decode("cp1252", "replace").ljust(count), offset, 1
        raw = self._word[fc : fc + 2 * count]
        text = raw.decode("utf-16-le", "surrogatepass" if len(raw) % 2 == 0 else "replace")
        if len(text) != count:  # pairs of surrogates: keep one character a position
            units = struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
            text = "".join(map(chr, units)).ljust(count)
        return text, fc, 2

    def _read_fonts(self) -> list[str]:
        """Return the font names by number (SttbfFfn, 2.9.286)."""
        table = self.part(FFN)
        names: list[str] = []
        if len(table) < 4:
            return names
        (count,) = struct.unpack_from("<H", table, 0)
        position = 4
        for _ in range(min(count, 2000)):
            if position >= len(table):
                break
            size = table[position]
            name = table[position + 40 : position + 1 + size].decode("utf-16-le", "replace")
            names.append(name.partition("\0")[0].lower())
            position += 1 + size
        return names

    def _special_runs(self) -> list[tuple[int, int, Chp]]:
        """Return in order the stretches of text whose properties matter, by position in the text."""
        return self._runs_with(self._properties)

    def underlined(self) -> list[tuple[int, int]]:
        """Return in order the stretches of text, as long as they are, that are underlined with their blanks."""
        found: list[tuple[int, int]] = []
        for start, end, _ in self._runs_with(is_underlined):
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        return found

    def _runs_with(self, pick: Callable[[bytes], _T | None]) -> list[tuple[int, int, _T]]:
        """Return in order the stretches of text of whose modifiers ``pick`` makes something, with what it makes."""
        runs = [run for page in self._pages(BTE_CHPX) for run in self._chpx(page)]
        runs.sort(key=lambda run: run[0])
        ends = [end for _, end, _ in runs]
        found: list[tuple[int, int, _T]] = []
        for start, end, offset, width, extra in self._pieces:
            limit = offset + (end - start) * width
            position = start
            for index in range(bisect_right(ends, offset), len(runs)):
                low, high, grpprl = runs[index]
                if low >= limit:
                    break
                made = pick(grpprl + extra)
                if made is not None:
                    first = start + max(low - offset, 0) // width
                    last = start + (min(high, limit) - offset) // width
                    if first >= position and last > first:
                        found.append((first, last, made))
                        position = last
        found.sort(key=lambda run: run[0])
        return found

    def _properties(self, grpprl: bytes) -> Chp | None:
        if grpprl not in self._chp:
            self._chp[grpprl] = chp_of(grpprl, self.styles, self._fonts)
        return self._chp[grpprl]

    def _pages(self, number: int) -> Iterator[int]:
        """Yield the offsets of the formatted disk pages that a PlcBte lists (2.8.5, 2.8.6)."""
        positions, records = self.positions(number, 4)
        seen = set()
        for index in range(len(positions) - 1):
            page = (struct.unpack_from("<I", records, 4 * index)[0] & 0x3FFFFF) * 512
            if page + 512 <= len(self._word) + 511 and page not in seen:
                seen.add(page)
                yield page

    def _chpx(self, page: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield start, end and property bytes of each run of a page (ChpxFkp, 2.9.33)."""
        block = self._word[page : page + 512].ljust(512, b"\0")
        count = min(block[511], 0x65)
        edges = struct.unpack_from(f"<{count + 1}I", block, 0)
        for index in range(count):
            at = 2 * block[4 * (count + 1) + index]
            grpprl = block[at + 1 : at + 1 + block[at]] if at else b""
            if edges[index] < edges[index + 1]:
                yield edges[index], edges[index + 1], grpprl

    def _paragraph_runs(self) -> tuple[list[int], list[int]]:
        """Return the starts of all paragraphs in the file and where their properties stand (PapxFkp, 2.9.174)."""
        found: dict[int, int] = {}
        for page in self._pages(BTE_PAPX):
            block = self._word[page : page + 512].ljust(512, b"\0")
            count = min(block[511], 0x1D)
            edges = struct.unpack_from(f"<{count + 1}I", block, 0)
            for index in range(count):
                at = 2 * block[4 * (count + 1) + 13 * index]
                found[edges[index]] = page + at if at else -1
        starts = sorted(found)
        return starts, [found[start] for start in starts]

    def _papx(self, offset: int) -> bytes:
        if offset < 0 or offset >= len(self._word):
            return b"\0\0"
        size = 2 * self._word[offset] - 1
        if size < 0:
            offset += 1
            size = 2 * self._word[offset]
        return self._word[offset + 1 : offset + 1 + size].ljust(2, b"\0")


def _plc(part: bytes, size: int) -> tuple[tuple[int, ...], bytes]:
    count = (len(part) - 4) // (4 + size)
    if count < 1:
        return (), b""
    return struct.unpack_from(f"<{count + 1}I", part, 0), part[4 * (count + 1) :]


def positions_only(part: bytes) -> tuple[int, ...]:
    """Return the positions of a PLC without records."""
    return struct.unpack_from(f"<{len(part) // 4}I", part, 0)
