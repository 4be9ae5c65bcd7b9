"""A zip package of XML parts (Office Open XML, ECMA-376 part 2), opened from bytes and read within limits.

Knows members, sizes and well-formedness; does not know what a part means.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from functools import cached_property

from lxml import etree

from extract import gate, limits
from extract.unreadable import UnreadableError
from forms import Fingerprint, Identity, Origin, Place

from .draft import TOO_LONG

_CUSTOM = "docProps/custom.xml"
_CORE = "docProps/core.xml"
_SAVED_BY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_NAME = 100  # characters of a name in the properties
_DC_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"

_ACTIVE = {
    "vbaProject": "宏",
    "embeddings/": "嵌入的对象",
    "activeX/": "ActiveX 控件",
    "afchunk": "插入的外部文档",
    "externalLinks/": "外部工作簿的链接",
}
_EXTERNAL = b"External"
_OUTSIDE = {  # a hyperlink waits for a click; these are fetched when a document is opened
    "image": "远程图片的链接",
    "attachedTemplate": "远程模板的链接",
    "oleObject": "远程对象的链接",
    "subDocument": "远程文档的链接",
    "frame": "远程文档的链接",
    "externalLinkPath": "外部工作簿的链接",
}

# Strict OOXML differs in the names of its namespaces (ECMA-376 part 1, annex A, against part 4)
_STRICT_MARK = b"http://purl.oclc.org/ooxml/"
_STRICT = re.compile(_STRICT_MARK + rb"(wordprocessingml|spreadsheetml|drawingml|officeDocument)/(\w+)")

Element = etree._Element
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)


class Package:
    """The parts of one file. ``names`` lists them; each part is inflated when it is asked for, once.

    Some programs write a backslash into the names of members; ``renamed`` says so, the names of parts have ``/``.
    """

    def __init__(self, data: bytes) -> None:
        """Open ``data``; raise ``UnreadableError`` when it is no sound archive or larger than any form is."""
        if gate.crowded(data):
            raise UnreadableError(gate.LARGE)
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UnreadableError(gate.BROKEN) from error
        members = archive.infolist()
        gate.admit(members, archive.start_dir)
        gate.scan(data, members)
        self._data = data
        self._members = {member.filename: member for member in members}
        self.renamed = "\\" in "".join(self._members)
        if self.renamed:  # of two, the one with the right name stays
            wrong = {
                name.replace("\\", "/"): self._members.pop(name) for name in [*self._members] if "\\" in name
            }
            self._members = wrong | self._members

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._members)

    def __contains__(self, name: str) -> bool:
        """Whether there is a part ``name``."""
        return name in self._members

    def read(self, name: str) -> bytes:
        """Return the bytes of the part ``name``; raise ``UnreadableError`` when it is missing, broken or a bomb."""
        member = self._members.get(name)
        if member is None:
            raise UnreadableError("文件里缺少正文，可能损坏，请对方用 WPS 或 Word 另存后重发")
        if member.flag_bits & 1:
            raise UnreadableError("文件已加密，请取消密码后重发")
        if member.file_size > limits.PART:
            raise UnreadableError(gate.LARGE)
        return gate.inflated(self._data, member)

    def xml(self, name: str) -> Element:
        """Return the root of the XML part ``name``; raise ``UnreadableError`` when it is not well-formed."""
        return parse_xml(self.read(name))

    def active(self) -> list[str]:
        """Return what this package carries that could act or call for something from outside, in Chinese."""
        listing = "\0".join(self._members)  # no name holds a zero
        found = [kind for part, kind in _ACTIVE.items() if part in listing]
        for name in self._members:
            if name.endswith(".rels") and _EXTERNAL in (text := self.read(name)):
                links = (node for node in parse_xml(text) if node.get("TargetMode") == "External")
                kinds = (str(node.get("Type", "")).rpartition("/")[2] for node in links)
                found += [_OUTSIDE[kind] for kind in kinds if kind in _OUTSIDE]
        return list(dict.fromkeys(found))

    def identity(self) -> Identity | None:
        """Return the identity that ``hongtou blank`` put into the file, if it is still there."""
        if _CUSTOM in self:
            properties = {
                node.get("name", ""): "".join(str(text) for text in node.itertext())
                for node in self.xml(_CUSTOM)
            }
            found = Identity.from_properties(properties)
            if found is not None:
                return found
        if b"hongtou:" in self._core:
            identifier = parse_xml(self._core).findtext(_DC_IDENTIFIER)
            return Identity.from_identifier(identifier or "")
        return None

    @cached_property
    def _core(self) -> bytes:
        return self.read(_CORE) if _CORE in self else b""

    def saved_by(self) -> tuple[Fingerprint, ...]:
        """Return who saved the file last, where its properties name anyone."""
        named = b"lastModifiedBy" in self._core
        name = parse_xml(self._core).findtext(_SAVED_BY) if named else None
        return (saved(name),) if name and name.strip() else ()

    def media(self) -> bool:
        """Whether there may be pictures in it."""
        return any("/media/" in name for name in self._members)

    def targets(self, part: str) -> dict[str, str]:
        """Return the parts that ``part`` refers to by their ids, those outside left out."""
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        found = {}
        for relation in self.xml(relations) if relations in self else ():
            target = relation.get("Target", "")
            path = target if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            if path.lstrip("/") in self:
                found[relation.get("Id", "")] = path.lstrip("/")
        return found


def saved(name: str) -> Fingerprint:
    """Return the fingerprint of who saved a file last."""
    return Fingerprint(Origin.SAVED, " ".join(name.split())[:_NAME], Place("文件属性"))


def parse_xml(data: bytes) -> Element:
    """Parse one XML part without entities, DTD or network; raise ``UnreadableError`` for a DTD or broken XML."""
    gate.refuse_dtd(data)
    if len(data) > limits.TAGS and data.count(b"<") > limits.TAGS:
        raise UnreadableError(gate.CROWDED)
    if _STRICT_MARK in data:
        data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data)
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):  # libxml2 stops at 256 levels of elements
            raise UnreadableError("文件里的内容嵌套过深，不像是报表，没有打开") from error
        if "too long" in str(error) or "huge text" in str(error):  # libxml2 stops at 10 MB of text
            raise UnreadableError(TOO_LONG) from error
        raise UnreadableError("文件内容损坏（XML 不完整），请对方重新发送") from error
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # in an encoding that the look before does not know
        raise UnreadableError(gate.DTD)
    return root


def text_of(root: Element) -> str:
    """Return all text inside ``root``, whatever it is for."""
    return etree.tostring(root, method="text", encoding="unicode", with_tail=False)
