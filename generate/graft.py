"""Putting the body of one Word document into another: styles, numbering and pictures come along.

Knows packages; does not know what either document says. Styles that both documents share word for word are shared,
others come under new ids with their document's defaults made explicit, so that the text looks as it did.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from .ordering import properties_of, rank
from .styles import W

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DOCUMENT, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_RELS, _TYPES, _THEME = "word/_rels/document.xml.rels", "[Content_Types].xml", "word/theme/theme1.xml"
_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_NUMBERING_REL = f"{_R}/numbering"
_STYLE_USES = ("pStyle", "rStyle", "tblStyle")


class Package:
    """A document's parts as trees while they are worked on; ``members`` gives the bytes back."""

    def __init__(self, members: dict[str, bytes]) -> None:
        """Parse document, styles, relations and types of ``members``."""
        self.parts = members
        self.document = etree.fromstring(members[_DOCUMENT])
        self.styles = etree.fromstring(members.get(_STYLES) or f'<w:styles xmlns:w="{W}"/>'.encode())
        self.relations = etree.fromstring(members[_RELS]) if _RELS in members else etree.Element("none")
        self.types = etree.fromstring(members[_TYPES])
        numbering = members.get(_NUMBERING)
        self.numbering = etree.fromstring(numbering) if numbering else None

    def members(self) -> dict[str, bytes]:
        """Return all members with the changed trees as bytes."""
        changed = {_DOCUMENT: self.document, _STYLES: self.styles, _RELS: self.relations, _TYPES: self.types}
        if self.numbering is not None:
            changed[_NUMBERING] = self.numbering
        return {**self.parts, **{name: _bytes(tree) for name, tree in changed.items()}}


def graft(target: Package, source: Package) -> list[etree._Element]:
    """Return copies of the blocks of ``source``, its last section aside, ready to be placed in ``target``'s body."""
    body = source.document.find(_w("body"))
    assert body is not None  # noqa: S101 - every Word document has one
    blocks = [deepcopy(block) for block in body if block.tag != _w("sectPr")]
    for block in blocks:
        for section in [*block.iter(_w("sectPr"))]:
            _drop(section)
    styles = _Styles(target, source)
    styles.bring(blocks)
    _bring_numbers(target, source, [*blocks, *styles.copies])
    _bring_parts(target, source, blocks)
    return blocks


class _Styles:
    """Brings the styles that blocks use from one package to another."""

    def __init__(self, target: Package, source: Package) -> None:
        self._into = target.styles
        self._theirs = {_id(style): style for style in source.styles.iter(_w("style"))}
        self._ours = {_id(style): style for style in target.styles.iter(_w("style"))}
        self._defaults = source.styles.find(_w("docDefaults"))
        self._alike = _same(self._defaults, target.styles.find(_w("docDefaults")))
        self._faces = _theme_faces(source)
        self._new: dict[str, str] = {}
        self.copies: list[etree._Element] = []

    def bring(self, blocks: list[etree._Element]) -> None:
        """Let every paragraph, run and table of ``blocks`` name a style of the target that looks the same."""
        for block in blocks:
            for use in [node for name in _STYLE_USES for node in block.iter(_w(name))]:
                if use.get(_w("val")) in self._theirs:
                    use.set(_w("val"), self._id(str(use.get(_w("val")))))
            self._name_defaults(block, "paragraph", "p", "pPr", "pStyle")
            self._name_defaults(block, "table", "tbl", "tblPr", "tblStyle")
            _resolve_faces(block, self._faces)

    def _name_defaults(self, block: etree._Element, kind: str, tag: str, holder: str, use: str) -> None:
        """Say explicitly which style a paragraph or table without one has, where the documents' defaults differ."""
        default = next((i for i, s in self._theirs.items() if _is_default(s, kind)), None)
        if default is None or self._id(default) == default:
            return
        for item in [*block.iter(_w(tag))]:
            properties = properties_of(item, holder)
            if properties.find(_w(use)) is None:
                properties.insert(0, etree.Element(_w(use), {_w("val"): self._id(default)}))

    def _id(self, theirs: str) -> str:
        """Return the target's id for the style ``theirs``, copying the style and what it is based on when needed."""
        if theirs in self._new:
            return self._new[theirs]
        style = self._theirs[theirs]
        based = style.find(_w("basedOn"))
        parent = based.get(_w("val")) if based is not None else None
        parent_same = parent is None or parent not in self._theirs or self._id(parent) == parent
        if self._alike and parent_same and _same(style, self._ours.get(theirs)):
            self._new[theirs] = theirs
            return theirs
        self._new[theirs] = self._copy(style, theirs, parent)
        return self._new[theirs]

    def _copy(self, style: etree._Element, theirs: str, parent: str | None) -> str:
        number = 1
        while (ours := f"{theirs}F{number}") in self._ours:
            number += 1
        copy = deepcopy(style)
        copy.set(_w("styleId"), ours)
        copy.attrib.pop(_w("default"), "")
        for name in ("link", "next"):
            for node in copy.findall(_w(name)):
                _drop(node)
        label, based = copy.find(_w("name")), copy.find(_w("basedOn"))
        if label is not None:
            label.set(_w("val"), f"{label.get(_w('val'))} 表单{number}")
        if based is not None and parent in self._theirs:
            based.set(_w("val"), self._id(str(parent)))
        elif copy.get(_w("type")) == "paragraph":
            self._make_explicit(copy)
        _resolve_faces(copy, self._faces)
        self._into.append(copy)
        self.copies.append(copy)
        self._ours[ours] = copy
        return ours

    def _make_explicit(self, style: etree._Element) -> None:
        """Add the source's document defaults to a root style wherever it says nothing itself (ECMA-376 17.7.5)."""
        for name, plain in (("pPr", _PLAIN_PARAGRAPH), ("rPr", _PLAIN_RUN)):
            own = style.find(_w(name))
            if own is None:
                own = etree.SubElement(style, _w(name))
            found = (
                self._defaults.find(f"{_w(name + 'Default')}/{_w(name)}")
                if self._defaults is not None
                else None
            )
            for source in ([] if found is None else [found]) + [etree.fromstring(plain)]:
                for node in source:
                    if own.find(node.tag) is None:
                        own.append(deepcopy(node))
            own[:] = sorted(own, key=rank)


_PLAIN_PARAGRAPH = (
    f'<w:pPr xmlns:w="{W}"><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
)
_PLAIN_RUN = f'<w:rPr xmlns:w="{W}"><w:spacing w:val="0"/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'


def _theme_faces(source: Package) -> dict[str, str]:
    """Return the faces behind the theme names of ``source`` (``minorEastAsia``); Hans decides for Chinese."""
    data = source.parts.get(_THEME)
    faces: dict[str, str] = {}
    for kind in ("major", "minor") if data else ():
        fonts = etree.fromstring(data or b"").find(f".//{{{_A}}}{kind}Font")
        if fonts is None:
            continue
        latin, east = fonts.find(f"{{{_A}}}latin"), fonts.find(f"{{{_A}}}ea")
        hans = next((font for font in fonts if font.get("script") == "Hans"), None)
        western = (latin.get("typeface") if latin is not None else None) or "Times New Roman"
        chinese = (east.get("typeface") if east is not None else None) or ""
        chinese = chinese or (hans.get("typeface") if hans is not None else None) or "宋体"
        faces |= {
            f"{kind}Ascii": western,
            f"{kind}HAnsi": western,
            f"{kind}Bidi": western,
            f"{kind}EastAsia": chinese,
        }
    return faces


def _resolve_faces(tree: etree._Element, faces: dict[str, str]) -> None:
    for fonts in tree.iter(_w("rFonts")):
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            theme = str(fonts.attrib.pop(_w(f"{script}Theme" if script != "cs" else "cstheme"), ""))
            if theme in faces:
                fonts.set(_w(script), faces[theme])


def _bring_numbers(target: Package, source: Package, trees: list[etree._Element]) -> None:
    """Copy the list definitions that blocks and styles use under new numbers."""
    uses = [node for block in trees for node in block.iter(_w("numId"))]
    if source.numbering is None or not uses:
        return
    if target.numbering is None:
        target.numbering = etree.fromstring(f'<w:numbering xmlns:w="{W}"/>'.encode())
        name = posixpath.basename(_NUMBERING)
        relate(target, _NUMBERING_REL, name)
        declare(target, f"/{_NUMBERING}", _NUMBERING_TYPE)
    into = target.numbering
    base = 1 + max((int(n.get(_w(key)) or 0) for n in into for key in ("numId", "abstractNumId")), default=0)
    for old in (*source.numbering.findall(_w("abstractNum")), *source.numbering.findall(_w("num"))):
        copy = deepcopy(old)
        for node in (copy, *copy.findall(_w("abstractNumId"))):
            for key in ("numId", "abstractNumId", "val"):
                if node.get(_w(key)) is not None:
                    node.set(_w(key), str(int(node.get(_w(key)) or 0) + base))
        for link in [*copy.iter(_w("pStyle"))]:  # a style's own numPr is enough
            _drop(link)
        place = len(into.findall(_w("abstractNum"))) if copy.tag == _w("abstractNum") else len(into)
        into.insert(place, copy)
    for use in uses:
        if use.get(_w("val")) != "0":  # 0 takes the numbers away
            use.set(_w("val"), str(int(use.get(_w("val")) or 0) + base))


def _bring_parts(target: Package, source: Package, blocks: list[etree._Element]) -> None:
    """Copy pictures and links that ``blocks`` refer to."""
    theirs = {relation.get("Id"): relation for relation in source.relations}
    for node, name in [pair for block in blocks for pair in _references(block)]:
        relation = theirs.get(node.get(name))
        if relation is None:
            continue
        where = str(relation.get("Target"))
        if relation.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("word", where)) if where[0] != "/" else where[1:]
            where = _copy_part(target, source, path)
        node.set(name, relate(target, str(relation.get("Type")), where, relation.get("TargetMode")))


def _references(block: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for node in block.iter(etree.Element):
        for name in node.attrib:
            if str(name).startswith(f"{{{_R}}}"):
                yield node, str(name)


def _copy_part(target: Package, source: Package, path: str) -> str:
    stem, extension = posixpath.splitext(posixpath.basename(path))
    number = 1
    while (new := f"word/media/form{number}-{stem}{extension}") in target.parts:
        number += 1
    target.parts[new] = source.parts[path]
    declared = {item.get("PartName"): item.get("ContentType") for item in source.types}
    by_extension = {str(item.get("Extension")).lower(): item.get("ContentType") for item in source.types}
    kind = declared.get(f"/{path}") or by_extension.get(extension[1:].lower()) or "application/octet-stream"
    declare(target, f"/{new}", kind)
    return new.removeprefix("word/")


def relate(target: Package, kind: str, where: str, mode: str | None = None) -> str:
    """Add a relation of the document part to ``where`` and return its id."""
    ids = {relation.get("Id") for relation in target.relations}
    ident = next(f"rIdF{number}" for number in range(1, len(ids) + 2) if f"rIdF{number}" not in ids)
    attributes = {"Id": ident, "Type": kind, "Target": where} | ({"TargetMode": mode} if mode else {})
    etree.SubElement(target.relations, f"{{{target.relations.nsmap[None]}}}Relationship", attributes)
    return ident


def declare(target: Package, name: str, kind: str) -> None:
    """State the content type of the part ``name`` (with its leading slash)."""
    space = target.types.nsmap[None]
    etree.SubElement(target.types, f"{{{space}}}Override", {"PartName": name, "ContentType": kind})


def _is_default(style: etree._Element, kind: str) -> bool:
    return style.get(_w("type")) == kind and style.get(_w("default")) in ("1", "true", "on")


def _same(one: etree._Element | None, other: etree._Element | None) -> bool:
    if one is None or other is None:
        return one is other
    return etree.tostring(one, method="c14n", exclusive=True) == etree.tostring(
        other, method="c14n", exclusive=True
    )


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _id(style: etree._Element) -> str:
    return str(style.get(_w("styleId")))


def _bytes(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
