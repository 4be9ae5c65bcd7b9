"""The parts of a .docx that a checker looks at, each parsed once. Knows zip and relations, nothing of formatting."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from forms import HongtouError

_LIMIT = 200_000_000  # bytes of one part: more than any document has, less than a memory
_STRICT = b"http://purl.oclc.org/ooxml/"
_SPACES = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
)
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_OLE = b"\xd0\xcf\x11\xe0"


class UncheckableError(HongtouError):
    """A file that cannot be checked because it is no Word document that opens."""


class WordFile:
    """A Word document as its parsed parts; ``document`` is the root of the main part."""

    def __init__(self, path: Path) -> None:
        """Open ``path``; raise ``UncheckableError``."""
        self.name = path.name
        self._parsed: dict[str, etree._Element | None] = {}
        self._members = _members(path)
        self.main = self._main_part()
        document = self.part(self.main)
        if document is None:
            raise UncheckableError(f"{self.name} 不是 Word 文档。请另存为 .docx 再检查")
        self.document = document
        self._targets = self._relations(self.main)

    def part(self, name: str) -> etree._Element | None:
        """Return the root of the part ``name``, none when it is missing; raise ``UncheckableError`` for broken XML."""
        if name not in self._parsed:
            data = self._members.get(name)
            self._parsed[name] = None if data is None else self._parse(name, data)
        return self._parsed[name]

    def related(self, kind: str) -> etree._Element | None:
        """Return the first part of the main part's relation ``kind`` (styles, numbering, theme …)."""
        for type_, target in self._targets.values():
            if type_.rpartition("/")[2] == kind:
                return self.part(target)
        return None

    def target(self, relation: str) -> etree._Element | None:
        """Return the part that the main part's relation id stands for."""
        found = self._targets.get(relation)
        return None if found is None else self.part(found[1])

    def _main_part(self) -> str:
        root = self._relations("")
        for type_, target in root.values():
            if type_ == _DOCUMENT:
                return target
        raise UncheckableError(f"{self.name} 不是 Word 文档。请另存为 .docx 再检查")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for item in [] if root is None else root:
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, item.get("Target") or "")).lstrip("/")
                found[item.get("Id") or ""] = (item.get("Type") or "", target)
        return found

    def _parse(self, name: str, data: bytes) -> etree._Element:
        if _STRICT in data:
            for strict, usual in _SPACES:
                data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UncheckableError(
                f"{self.name} 坏了（{name} 读不出来）。请用 WPS 或 Word 打开后另存再检查"
            ) from error


def _members(path: Path) -> dict[str, bytes]:
    try:
        head = path.read_bytes()[:4] if path.is_file() else b""
        with zipfile.ZipFile(path) as archive:
            return {
                info.filename: archive.read(info)
                for info in archive.infolist()
                if info.filename.endswith((".xml", ".rels")) and info.file_size < _LIMIT
            }
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        what = "是旧格式（.doc、.wps）或加了密码" if head == _OLE else "打不开，不是 .docx"
        raise UncheckableError(f"{path.name} {what}。请用 WPS 或 Word 打开，另存为 .docx 再检查") from error
