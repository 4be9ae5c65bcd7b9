"""A Word document's parts as trees while they are worked on: document, styles, numbering, relations, types.

Knows packages and relations; does not know what a document says.
"""

from __future__ import annotations

from lxml import etree

from .styles import W

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
SETTINGS = "word/settings.xml"
_RELS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


class Package:
    """A document's parts as trees while they are worked on; ``members`` gives the bytes back.

    ``trees`` holds further parts that became trees, by name.
    """

    def __init__(self, members: dict[str, bytes]) -> None:
        """Parse document, styles, relations and types of ``members``."""
        self.parts = members
        self.document = etree.fromstring(members[DOCUMENT])
        self.styles = etree.fromstring(members.get(STYLES) or f'<w:styles xmlns:w="{W}"/>'.encode())
        self.relations = etree.fromstring(members.get(_RELS, _NO_RELATIONS))
        self.types = etree.fromstring(members[_TYPES])
        numbering = members.get(NUMBERING)
        self.numbering = etree.fromstring(numbering) if numbering else None
        self.trees: dict[str, etree._Element] = {}

    def members(self) -> dict[str, bytes]:
        """Return all members with the changed trees as bytes."""
        changed = {DOCUMENT: self.document, STYLES: self.styles, _RELS: self.relations, _TYPES: self.types}
        if self.numbering is not None:
            changed[NUMBERING] = self.numbering
        changed |= self.trees
        return {**self.parts, **{name: _bytes(tree) for name, tree in changed.items()}}


def relate(target: Package, kind: str, where: str, mode: str | None = None) -> str:
    """Add a relation of the document part to ``where`` and return its id."""
    ids = {relation.get("Id") for relation in target.relations}
    ident = next(f"rIdF{number}" for number in range(1, len(ids) + 2) if f"rIdF{number}" not in ids)
    attributes = {"Id": ident, "Type": kind, "Target": where} | ({"TargetMode": mode} if mode else {})
    etree.SubElement(
        target.relations, f"{{{etree.QName(target.relations).namespace}}}Relationship", attributes
    )
    return ident


def declare(target: Package, name: str, kind: str) -> None:
    """State the content type of the part ``name`` (with its leading slash)."""
    space = etree.QName(target.types).namespace
    etree.SubElement(target.types, f"{{{space}}}Override", {"PartName": name, "ContentType": kind})


def _bytes(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
