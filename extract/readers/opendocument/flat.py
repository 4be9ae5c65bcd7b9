"""OpenDocument in one XML file (fodt, fods), rebuilt as the package that ``reader`` reads.

Knows OpenDocument 1.3 part 3, 3.1.2 (``office:document``); what its parts mean is ``reader``'s concern.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from extract.model import Document
from extract.readers.package import Element, parse_xml
from extract.unreadable import UnreadableError

from .reader import read_sheets, read_text_document
from .styles import OFFICE

_PARTS = {
    "content.xml": ("automatic-styles", "body"),
    "styles.xml": ("styles", "automatic-styles", "master-styles"),
    "meta.xml": ("meta",),
}
_NAMES = {"content.xml": "document-content", "styles.xml": "document-styles", "meta.xml": "document-meta"}


def read_flat_text(data: bytes) -> Document:
    """Read a flat odt; raise ``UnreadableError`` when it is broken or something else."""
    return read_text_document(_packed(data))


def read_flat_sheets(data: bytes) -> Document:
    """Read a flat ods; raise ``UnreadableError`` when it is broken or something else."""
    return read_sheets(_packed(data))


def _packed(data: bytes) -> bytes:
    root = parse_xml(data)
    if root.tag != OFFICE + "document":
        raise UnreadableError("是 XML 文件，但不是 OpenDocument 文档，请对方另存为 docx 后重发")
    for drawn in list(root.iter(OFFICE + "binary-data")):  # the bytes of pictures, which are no text
        parent = drawn.getparent()
        if parent is not None:
            parent.remove(drawn)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, wanted in _PARTS.items():
            archive.writestr(name, _part(root, _NAMES[name], wanted))
    return stored.getvalue()


def _part(root: Element, name: str, wanted: tuple[str, ...]) -> bytes:
    """Return the part that holds the ``wanted`` children of ``root``, each written as it stands."""
    opened = f'<o:{name} xmlns:o="{OFFICE[1:-1]}">'.encode()
    inner = [etree.tostring(found) for one in wanted if (found := root.find(OFFICE + one)) is not None]
    return opened + b"".join(inner) + f"</o:{name}>".encode()
