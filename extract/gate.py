"""The gate before the parsers of zip packages: the directory and the first bytes of each part are looked at, nothing is parsed.

Knows the structure of a zip (APPNOTE 4.3) and where a DTD may stand in XML; knows no document.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence

from . import limits
from .unreadable import UnreadableError

BOMB = "文件展开后过大（疑似压缩炸弹），没有打开"
LARGE = "文件展开后过大，不像是报表，请对方另存后重发"
BROKEN = "文件损坏或没有传完，请对方重新发送"
CROWDED = "文件里的内容过多，不像是报表，没有打开"
TWICE = "文件里有两个同名的部分，内容不同，认不出哪个是真的，请对方用 WPS 或 Office 另存后重发"
DTD = "文件里含有 DTD 或实体声明，为安全起见没有打开"
_LOCAL = struct.Struct("<4s22xHH")  # a local header up to the lengths of name and extra field
_LOCAL_SIGN = b"PK\x03\x04"
_UTF_8 = 1 << 11  # the flag that a name is in UTF-8 (APPNOTE 4.4.4); without it in code page 437
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENTRY, _ENTRY_SIZE = b"PK\x01\x02", 46  # how an entry of the directory begins, and its least size
_HEAD = 256
"""Bytes of a part that hold its prolog in any file that an office program writes."""
_XML = (".xml", ".rels")
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
"""What may stand before a document type and the root: declaration, instructions, comments (XML 1.0, production 22)."""
_DOCTYPE = b"<!DOCTYPE"
_WIDE = (_DOCTYPE.decode().encode("utf-16-le"), _DOCTYPE.decode().encode("utf-16-be"))


def admit(entries: Sequence[zipfile.ZipInfo], end: int) -> None:
    """Look at the directory of a package; ``end`` is where the directory begins.

    Raise ``UnreadableError`` when it has two different parts of one name, too many or too large entries, one that
    inflates as only a bomb does, or entries that share their bytes, as a flat bomb's do.
    """
    parts: dict[str, tuple[int, int]] = {}
    for entry in entries:
        if parts.setdefault(entry.filename, (entry.CRC, entry.file_size)) != (entry.CRC, entry.file_size):
            raise UnreadableError(
                TWICE
            )  # ECMA-376 part 2, 6.2.2: one reader would show the one, another the other
    if len(entries) > limits.MEMBERS or sum(entry.file_size for entry in entries) > limits.TOTAL:
        raise UnreadableError(LARGE)
    if any(limits.dense(entry.file_size, entry.compress_size) for entry in entries):
        raise UnreadableError(BOMB)
    if overlapping(entries, end):
        raise UnreadableError(BOMB)


def crowded(data: bytes) -> bool:
    """Whether the directory of a zip has so many entries that listing them alone would take seconds."""
    most = 10 * limits.MEMBERS
    return len(data) > most * _ENTRY_SIZE and data.count(_ENTRY) > most


def overlapping(entries: Iterable[zipfile.ZipInfo], end: int) -> bool:
    """Whether two entries share bytes; a local header has 30 bytes and the name at least."""
    reach = 0
    for start, size in sorted((entry.header_offset, entry.compress_size) for entry in entries):
        if start < reach:
            return True
        reach = start + _LOCAL.size + size
    return reach > end


def refuse_dtd(data: bytes) -> None:
    """Raise ``UnreadableError`` when the XML ``data`` declares a document type before its root, whatever its encoding."""
    if declares(data):
        raise UnreadableError(DTD)


def declares(data: bytes) -> bool:
    """Whether there is a document type declaration before the root (XML 1.0, 2.8: only there it may stand)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return any(sign in data for sign in _WIDE)
    return data.startswith(_DOCTYPE, _begins(data))


def _begins(data: bytes) -> int:
    """Return where the document type or the root begins; the end of ``data`` where that is still to come."""
    prolog = _PROLOG.match(data)
    end = 0 if prolog is None else prolog.end()
    return len(data) if data.startswith((b"<?", b"<!--"), end) else end


def scan(data: bytes, entries: Iterable[zipfile.ZipInfo]) -> None:
    """Raise ``UnreadableError`` when an XML part of a package declares a document type, also a part that nobody reads."""
    for entry in entries:
        if entry.filename.lower().endswith(_XML) and declares(head(data, entry)):
            raise UnreadableError(DTD)


def head(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Return the beginning of a part, as far as its root element; what cannot be inflated is left to its reader."""
    _, packed = _lying(data, entry)
    return bytes(packed) if entry.compress_type == zipfile.ZIP_STORED else _beginning(packed)


def inflated(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Return a whole part, never more bytes than ``entry`` says; raise ``UnreadableError`` where it is another part."""
    name, packed = _lying(data, entry)
    told = entry.orig_filename
    if name != told.encode("utf-8" if told.isascii() or entry.flag_bits & _UTF_8 else "cp437"):
        raise UnreadableError(BROKEN)
    found = bytes(packed)
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise UnreadableError(BROKEN) from error
    found = found[: entry.file_size]
    if zlib.crc32(found) != entry.CRC:
        raise UnreadableError(BROKEN)
    return found


def _lying(data: bytes, entry: zipfile.ZipInfo) -> tuple[bytes, memoryview]:
    """Return the name of a part and its bytes as they lie in the package; nothing where no part lies there.

    Nothing also for what is packed otherwise than any program packs a document (ECMA-376 part 2, annex B).
    """
    offset = entry.header_offset
    if offset + _LOCAL.size > len(data) or entry.compress_type not in _PACKINGS:
        return b"", memoryview(b"")
    sign, name_size, extra_size = _LOCAL.unpack_from(data, offset)
    if sign != _LOCAL_SIGN:
        return b"", memoryview(b"")
    named = offset + _LOCAL.size
    start = named + name_size + extra_size
    return data[named : named + name_size], memoryview(data)[start : start + entry.compress_size]


def _beginning(packed: memoryview) -> bytes:
    """Inflate until the root element begins: at once in honest files, behind a long comment in others."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        found = stream.decompress(packed, _HEAD)
        while (
            _begins(found) + len(_DOCTYPE) > len(found)
            and stream.unconsumed_tail
            and len(found) < limits.PART
        ):
            found += stream.decompress(stream.unconsumed_tail, 64 * _HEAD)
    except zlib.error:
        return b""
    return found


_STREAM = re.compile(rb"stream\r?\n")  # ISO 32000-1, 7.3.8.1
_TWICE_PACKED = re.compile(rb"/Filter\s*\[[^\]]*(?:/Fl|LZW)[^\]]*(?:/Fl|LZW)")
_NESTED = re.compile(rb"(?:\[\s*){256}"), re.compile(rb"(?:<<\s*/\w+\s*){256}")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<")  # of a character map (9.10.3)
_REFERENCES, _CHARACTERS = 200_000, 1_500_000
PDF_CROWDED = "PDF 的内容过多或嵌套过深，不像是报表，没有打开"


def refuse_pdf_bomb(data: bytes) -> None:
    """Raise ``UnreadableError`` when a deflated stream of a PDF, or all of them together, are larger than any form's.

    Every place that looks like a stream is tried; what is packed otherwise (pictures) ends at its first bytes. Arrays
    within arrays, references and ranges of characters by the hundred thousand are refused as well: the parser takes
    minutes for them.
    """
    if _TWICE_PACKED.search(data):
        raise UnreadableError(BOMB)
    total, characters = 0, _mapped(data)
    if _nested(data) or data.count(b" R") > _REFERENCES or characters > _CHARACTERS:
        raise UnreadableError(PDF_CROWDED)
    for found in _STREAM.finditer(data):
        stream = zlib.decompressobj()
        rest, size = memoryview(data)[found.end() :], 0
        try:
            while rest and not stream.eof and size <= limits.PART:
                piece = stream.decompress(rest, limits.MIB)
                size += len(piece)
                characters += _mapped(piece)
                if characters > _CHARACTERS or _nested(piece):
                    raise UnreadableError(PDF_CROWDED)
                rest = memoryview(stream.unconsumed_tail)
        except zlib.error:
            pass
        total += size
        if size > limits.PART or total > limits.TOTAL:
            raise UnreadableError(BOMB)


def _nested(text: bytes) -> bool:
    """Whether arrays or dictionaries stand within one another deeper than any program writes them."""
    arrays, dictionaries = _NESTED
    return (text.count(b"[") > 256 and arrays.search(text) is not None) or (
        text.count(b"<<") > 256 and dictionaries.search(text) is not None
    )


def _mapped(text: bytes) -> int:
    """Return how many characters the ranges of the character maps in ``text`` stand for."""
    if b"beginbfrange" not in text and b"begincidrange" not in text:
        return 0
    return sum(int(last, 16) - int(first, 16) for first, last in _RANGE.findall(text))
