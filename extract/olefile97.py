"""Compound files (OLE2) as Word and Excel used them before 2007: their streams, and the identity in their properties."""

from __future__ import annotations

import io
from collections.abc import Iterator

from forms import Identity

from .unreadable import UnreadableError

_PROPERTIES = "\x05DocumentSummaryInformation"
_NEEDLES = (b"hongtou.", "hongtou.".encode("utf-16-le"))
_LARGEST = 100 * 2**20
_MOST_STREAMS = 5000


class Compound:
    """The streams of one compound file; a file that WPS did not pad to whole sectors is read as well."""

    def __init__(self, data: bytes) -> None:
        """Open ``data``; raise ``UnreadableError`` when it is no sound compound file."""
        import olefile

        padded = data + bytes(-len(data) % 512 + 4096)
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
        except self._faults as error:
            raise UnreadableError("文件损坏或没有传完，请对方重新发送") from error

    def __contains__(self, name: str) -> bool:
        """Whether there is a stream ``name``."""
        return name in self._names

    def read(self, name: str) -> bytes:
        """Return the stream ``name``, empty when there is none; raise ``UnreadableError`` when it is broken."""
        if name not in self._names:
            return b""
        try:
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


def identity(compound: Compound) -> Identity | None:
    """Return the identity that ``hongtou blank`` put into the file, if it is still there."""
    return Identity.from_properties(compound.properties())


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return str(value).partition("\0")[0]
