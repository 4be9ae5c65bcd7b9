"""Compound files (OLE2) as Word and Excel used them before 2007: their streams, and the identity in their properties."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

from extract.unreadable import UnreadableError
from forms import Fingerprint, Identity

from .package import saved

_SUMMARY = "\x05SummaryInformation"
_CODE_PAGE, _SAVED_BY = 1, 8
_LPSTR, _LPWSTR = 0x1E, 0x1F
_FIRST_SET = 44  # where a property stream says at which byte its first set begins
_MOST_PROPERTIES = 1000
_SIZE = struct.Struct("<I")
CODINGS = {936: "gb18030", 1200: "utf-16-le", 65001: "utf-8", 950: "big5", 1252: "cp1252"}
_BLIP = re.compile(rb"[\s\S]{2}[\x1d\x1e\x2a]\xf0[\s\S]{4}")
_BLIPS = frozenset((0x46A, 0x46B, 0x6E0, 0x6E1, 0x6E2, 0x6E3))
_FILES = (b"\xff\xd8\xff", b"\x89PNG")
_PROPERTIES = "\x05DocumentSummaryInformation"
_NEEDLES = (b"hongtou.", "hongtou.".encode("utf-16-le"))
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _PER_SECTOR = 4096, 1024
_FAT, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_LARGEST = 100 * 2**20
_DEEP = "文件里的目录嵌套过深，不像正常的文件，没有打开，请对方另存后重发"


class Compound:
    """The streams of one compound file; a file that WPS did not pad to whole sectors is read as well."""

    def __init__(self, data: bytes) -> None:
        """Open ``data``; raise ``UnreadableError`` when it is no sound compound file."""
        import olefile

        padded = data + bytes(-len(data) % 512 + 4096)
        self._length = len(padded)
        self._faults: tuple[type[Exception], ...] = (
            OSError,
            ValueError,
            IndexError,
            KeyError,
            TypeError,
            OverflowError,
            RecursionError,
            AttributeError,
        )
        try:
            self._ole = olefile.OleFileIO(io.BytesIO(padded))
            self._names = {"/".join(path) for path in self._ole.listdir()}
        except RecursionError as error:  # siblings that hang on each other like a chain, not like a tree
            raise UnreadableError(_DEEP) from error
        except self._faults as error:
            raise UnreadableError("文件损坏或没有传完，请对方重新发送") from error

    def __contains__(self, name: str) -> bool:
        """Whether there is a stream ``name``."""
        return name in self._names

    def names(self) -> frozenset[str]:
        """Return the names of all streams, folders before them with ``/``."""
        return frozenset(self._names)

    def read(self, name: str) -> bytes:
        """Return the stream ``name``, empty when there is none; raise ``UnreadableError`` when it is broken."""
        if name not in self._names:
            return b""
        try:
            if (
                self._ole.get_size(name) > self._length
            ):  # its sectors go round in a circle, and would fill all memory
                raise UnreadableError("文件损坏或没有传完，请对方重新发送")
            with self._ole.openstream(name) as stream:
                return bytes(stream.read(_LARGEST))
        except self._faults as error:
            raise UnreadableError("文件损坏或没有传完，请对方重新发送") from error

    def active(self) -> Iterator[str]:
        """Yield what this file carries that could act: macros, embedded objects."""
        if any(name.endswith("/VBA/dir") or name.endswith("VBA/_VBA_PROJECT") for name in self._names):
            yield "宏"
        if any(name.startswith("ObjectPool/") for name in self._names):
            yield "嵌入的对象"

    def properties(self) -> dict[str, str]:
        """Return the custom properties that begin with ``hongtou.``."""
        raw = self.read(_PROPERTIES)
        if not any(needle in raw for needle in _NEEDLES):
            return {}
        try:
            found = self._ole.get_userdefined_properties(_PROPERTIES)
        except self._faults:
            return {}
        return {_text(item["property_name"]): _text(item["value"]) for item in found}

    def saved_by(self) -> tuple[Fingerprint, ...]:
        """Return who saved the file last ([MS-OLEPS] 3.1.4, [MS-OSHARED] 2.3.3.2.1), where its properties name anyone."""
        try:
            stream = self.read(_SUMMARY)
        except UnreadableError:
            return ()
        kind, said = _property(stream, _SAVED_BY)
        if kind not in (_LPSTR, _LPWSTR) or len(said) < _SIZE.size:
            return ()
        wide = kind == _LPWSTR
        end = _SIZE.size + _SIZE.unpack_from(said)[0] * (1 + wide)
        page = int.from_bytes(_property(stream, _CODE_PAGE)[1][:2], "little")
        coding = "utf-16-le" if wide else CODINGS.get(page, "gb18030")
        name = said[_SIZE.size : end].decode(coding, "replace").partition("\0")[0]
        return (saved(name),) if name.strip() else ()

    def pictures(self, stream: str) -> Iterator[bytes]:
        """Yield the JPEG and PNG files inside ``stream`` ([MS-ODRAW] 2.2.23: a head, one or two hashes, a tag, the file)."""
        content = self.read(stream)
        for found in _BLIP.finditer(content):
            (options, size) = struct.unpack("<H2xI", found[0])
            skip = 33 if options & 0x10 else 17
            begin, end = found.end() + skip, found.end() + size
            if options >> 4 in _BLIPS and end <= len(content) and content.startswith(_FILES, begin):
                yield content[begin:end]


def _property(stream: bytes, wanted: int) -> tuple[int, bytes]:
    """Return the type of a property of the first set in ``stream`` and what follows it ([MS-OLEPS] 2.15, 2.20, 2.21).

    Type 0 when there is none. The library reads all properties, and goes on for ever at one that says it has four billion values.
    """
    try:
        (start,) = _SIZE.unpack_from(stream, _FIRST_SET)
        (count,) = _SIZE.unpack_from(stream, start + 4)
        for number in range(min(count, _MOST_PROPERTIES)):
            key, offset = struct.unpack_from("<II", stream, start + 8 * (number + 1))
            if key == wanted:
                (kind,) = _SIZE.unpack_from(stream, start + offset)
                return kind, stream[start + offset + 4 :]
    except struct.error:  # it points beyond its end
        pass
    return 0, b""


def single(name: str, stream: bytes) -> bytes:
    """Return a compound file that holds ``stream`` alone, in sectors of 4096 bytes ([MS-CFB] 2.2 to 2.6)."""
    content = stream + bytes(-len(stream) % _SECTOR)
    count = len(content) // _SECTOR
    tables = 1
    while tables * _PER_SECTOR < tables + 1 + count:
        tables += 1
    chain = [_FAT] * tables + [_END]
    chain += [*range(tables + 2, tables + 1 + count), _END]
    chain += [_FREE] * (tables * _PER_SECTOR - len(chain))
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", _MAGIC, 0x3E, 4, 0xFFFE, 12, 6, 1, tables, tables, 0, 4096, _END, 0, _END, 0
    )
    places = [*range(min(tables, 109)), *[_FREE] * (109 - tables)]
    header = (head + struct.pack("<109I", *places)).ljust(_SECTOR, b"\0")
    # there are no small streams, but calamine refuses a root that begins nowhere
    root = _entry("Root Entry", 5, tables + 1, 0, child=1)
    directory = (root + _entry(name, 2, tables + 1, len(content))).ljust(_SECTOR, b"\0")
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + content


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ", text, len(text) + 2, kind, 1, _FREE, _FREE, child, 0, start, size
    )


def identity(compound: Compound) -> Identity | None:
    """Return the identity that ``hongtou blank`` put into the file, if it is still there."""
    return Identity.from_properties(compound.properties())


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return str(value).partition("\0")[0]
