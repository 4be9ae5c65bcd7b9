"""The readers of OpenDocument: odt by its blocks, ods by its sheets; one pass over ``content.xml``."""

from __future__ import annotations

from extract.model import Document
from extract.readers.draft import Item, Part, lay_out
from extract.readers.package import Package
from extract.unreadable import UnreadableError
from forms import Identity

from .blocks import Blocks
from .sheets import Sheets
from .styles import OFFICE

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


def read_text_document(data: bytes) -> Document:
    """Read an odt; raise ``UnreadableError`` with the reason when it is damaged, encrypted or beyond all limits."""
    package = _opened(data)
    blocks = Blocks(package)
    heads, feet = blocks.margins()
    body = blocks.body(OFFICE + "text")
    parts: list[Part] = [("页眉", heads), ("正文", blocks.items(body)), ("页脚", feet)]
    return lay_out(parts, blocks.notes, _identity(package))


def read_sheets(data: bytes) -> Document:
    """Read an ods: a grid for each visible sheet; what is hidden is put aside."""
    package = _opened(data)
    blocks = Blocks(package)
    items: list[Item] = list(Sheets(blocks).all(blocks.body(OFFICE + "spreadsheet")))
    return lay_out([("正文", items)], blocks.notes, _identity(package))


def _opened(data: bytes) -> Package:
    package = Package(data)
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise UnreadableError("文件已加密，请取消密码后重发")
    return package


def _identity(package: Package) -> Identity | None:
    if "meta.xml" not in package or b"hongtou" not in package.read("meta.xml"):
        return None
    meta = package.xml("meta.xml")
    own = {node.get(_META + "name", ""): str(node.text or "") for node in meta.iter(_META + "user-defined")}
    found = Identity.from_properties(own)
    return found or Identity.from_identifier(next((str(n.text or "") for n in meta.iter(_DC_IDENTIFIER)), ""))
