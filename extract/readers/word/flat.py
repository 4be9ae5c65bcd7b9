"""The readers of Word in one XML file: flat OPC, and Word 2003 XML; both are rebuilt as a package that ``word`` reads.

Knows how WordML 2003 differs from ECMA-376: other namespaces, ``aml:annotation`` for revisions, lists and headers in place.
"""

from __future__ import annotations

import base64
import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from extract import limits
from extract.gate import CROWDED, TWICE
from extract.model import Document
from extract.readers.numbering import W
from extract.readers.package import Element, parse_xml
from extract.unreadable import UnreadableError

from .docx import read_word
from .msdoclists import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_AUX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_RENAMED = {
    "vmerge": "vMerge",
    "hmerge": "hMerge",
    "listPr": "numPr",
    "ilfo": "numId",
    "ilst": "abstractNumId",
}
_REVISIONS = {"Word.Insertion": "ins", "Word.Deletion": "del", "Word.Formatting": "", "Word.Comment": ""}
_VAL = W + "val"
_LONGEST_NAME = 1000


def read_flat_word(data: bytes) -> Document:
    """Read flat OPC or Word 2003 XML; raise ``UnreadableError`` when it is broken or neither of them."""
    root = parse_xml(data)
    if root.tag == _PKG + "package":
        return read_word(_packed(_unique(_parts(root))))
    if root.tag == _OLD + "wordDocument":
        return read_word(_packed(_translated(root)))
    raise UnreadableError("是 XML 文件，但不是 Word 文档，请对方另存为 docx 后重发")


def _packed(parts: dict[str, bytes]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stored.getvalue()


def _unique(parts: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Return ``parts`` by name; raise ``UnreadableError`` when two of one name say different things, as in a package."""
    found: dict[str, bytes] = {}
    for name, content in parts:
        if found.setdefault(name, content) != content:
            raise UnreadableError(TWICE)
    return found


def _parts(root: Element) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of flat OPC by name."""
    if len(root) > limits.MEMBERS:
        raise UnreadableError(CROWDED)
    for part in root.iterchildren(_PKG + "part"):
        name = part.get(_PKG + "name", "").lstrip("/")
        if not 0 < len(name) <= _LONGEST_NAME:
            continue  # nothing can refer to it
        xml = part.find(_PKG + "xmlData")
        if xml is not None and len(xml):
            yield name, etree.tostring(xml[0])
        else:
            try:
                yield name, base64.b64decode(part.findtext(_PKG + "binaryData", ""))
            except ValueError:  # no Base64, or not even ASCII
                continue


def _translated(root: Element) -> dict[str, bytes]:
    """Return the parts of a docx that shows what the Word 2003 XML shows."""
    parts: dict[str, bytes] = {}
    comments = _element("comments")
    for node in list(root.iter(_AML + "annotation")):
        _annotation(node, comments)
    for number, node in enumerate(list(root.iter(_OLD + "hdr", _OLD + "ftr")), start=1):
        kind = "header" if node.tag == _OLD + "hdr" else "footer"
        _detach(node)
        parts[f"word/{kind}{number}.xml"] = _serialized(node, kind)
    notes = {"footnote": _element("footnotes"), "endnote": _element("endnotes")}
    body = root.find(_OLD + "body")
    if body is None:
        raise UnreadableError("文件里缺少正文，可能损坏，请对方用 WPS 或 Word 另存后重发")
    for kind, part in notes.items():
        for node in list(body.iter(_OLD + kind)):
            _detach(node)
            part.append(node)
        parts[f"word/{kind}s.xml"] = _serialized(part)
    parts["word/comments.xml"] = _serialized(comments)
    styles, lists = root.find(_OLD + "styles"), root.find(_OLD + "lists")
    if styles is not None:
        parts["word/styles.xml"] = _serialized(styles)
    if lists is not None:
        parts["word/numbering.xml"] = _serialized(_numbering(lists))
    document = _element("document")
    document.append(body)
    parts["word/document.xml"] = _serialized(document)
    return parts


def _element(name: str) -> Element:
    return etree.Element(W + name, nsmap={"w": W[1:-1]})


def _detach(node: Element) -> None:
    """Take ``node`` out and leave the text after it where it was."""
    parent = node.getparent()
    if parent is not None:
        node.tail = None
        parent.remove(node)


def _annotation(node: Element, comments: Element) -> None:
    """Turn a revision into ``w:ins`` or ``w:del``; a comment goes to its own part."""
    kind = node.get(_OLD + "type", "")
    content = node.find(_AML + "content")
    parent = node.getparent()
    if parent is None:
        return
    if kind == "Word.Comment" and content is not None:
        content.tag = W + "comment"
        comments.append(content)
    if content is None or kind not in _REVISIONS or kind == "Word.Comment":
        if kind in ("Word.Insertion", "Word.Deletion") and content is None:
            node.tag = W + _REVISIONS[kind]  # inside w:rPr: the paragraph's mark
        else:
            _detach(node)
        return
    if not _REVISIONS[kind]:  # the properties before a change of formatting
        _detach(node)
        return
    node.tag = W + _REVISIONS[kind]
    for child in list(content):
        node.append(child)
    node.remove(content)


def _numbering(lists: Element) -> Element:
    """Return ``w:numbering`` for ``w:lists``: definitions first, then the lists that use them."""
    numbering = _element("numbering")
    for definition in lists.iterchildren(_OLD + "listDef"):
        definition.tag = W + "abstractNum"
        definition.set(W + "abstractNumId", definition.get(_OLD + "listDefId", ""))
        for form in definition.iter(_OLD + "nfc"):
            code = form.get(_OLD + "val", "0")
            form.tag = W + "numFmt"
            form.set(_VAL, FORMATS.get(int(code) if code.isdecimal() else 0, "decimal"))
            form.attrib.pop(_OLD + "val", "")
        numbering.append(definition)
    for one in list(lists.iterchildren(_OLD + "list")):
        one.tag = W + "num"
        one.set(W + "numId", one.get(_OLD + "ilfo", ""))
        numbering.append(one)
    return numbering


def _serialized(root: Element, name: str = "") -> bytes:
    """Return ``root`` in the namespace of ECMA-376, with the names that it uses."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag.startswith(_OLD):
            local = node.tag.removeprefix(_OLD)
            node.tag = W + _RENAMED.get(local, local)
        elif node.tag.startswith(_AUX):
            node.tag = W + "customXml"  # sections and hints: looked through
        for key in list(node.attrib):
            if str(key).startswith(_OLD):
                node.set(W + str(key).removeprefix(_OLD), node.attrib.pop(key))
    if name:
        root.tag = W + {"header": "hdr", "footer": "ftr"}[name]
    return etree.tostring(root)
