"""Putting the body of one Word document into another: styles, numbering, pictures, charts and notes come along.

Knows packages; does not know what either document says. How styles come along stands in ``foreignstyles``.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from .foreignstyles import ForeignStyles
from .notes import bring_notes
from .parts import NUMBERING, Package, R, declare, relate
from .rendered import w as _w
from .styles import W

_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_NUMBERING_REL = f"{R}/numbering"
_REMARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def graft(target: Package, source: Package) -> list[etree._Element]:
    """Return copies of the blocks of ``source``, its last section aside, ready to be placed in ``target``'s body."""
    body = source.document.find(_w("body"))
    assert body is not None  # noqa: S101 - every Word document has one
    blocks = [deepcopy(block) for block in body if block.tag != _w("sectPr")]
    for block in blocks:
        for item in [node for name in ("sectPr", *_REMARKS) for node in block.iter(_w(name))]:
            _drop(item)
    notes = bring_notes(target, source, blocks)
    styles = ForeignStyles(target, source)
    styles.bring([*blocks, *notes])
    _bring_numbers(target, source, [*blocks, *styles.copies])
    _bring_parts(target, source, blocks)
    return blocks


def _bring_numbers(target: Package, source: Package, trees: list[etree._Element]) -> None:
    """Copy the list definitions that blocks and styles use under new numbers."""
    uses = [node for block in trees for node in block.iter(_w("numId"))]
    if source.numbering is None or not uses:
        return
    if target.numbering is None:
        target.numbering = etree.fromstring(f'<w:numbering xmlns:w="{W}"/>'.encode())
        name = posixpath.basename(NUMBERING)
        relate(target, _NUMBERING_REL, name)
        declare(target, f"/{NUMBERING}", _NUMBERING_TYPE)
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
            if str(name).startswith(f"{{{R}}}"):
                yield node, str(name)


def _copy_part(target: Package, source: Package, path: str) -> str:
    """Copy a part and all that it refers to (a chart's workbook); return its path from ``word/``."""
    stem, extension = posixpath.splitext(posixpath.basename(path))
    number = 1
    while (new := f"word/media/form{number}-{stem}{extension}") in target.parts:
        number += 1
    target.parts[new] = source.parts[path]
    declared = {item.get("PartName"): item.get("ContentType") for item in source.types}
    by_extension = {str(item.get("Extension")).lower(): item.get("ContentType") for item in source.types}
    kind = declared.get(f"/{path}") or by_extension.get(extension[1:].lower()) or "application/octet-stream"
    declare(target, f"/{new}", kind)
    relations = source.parts.get(_relations_of(path))
    if relations is not None:
        tree = etree.fromstring(relations)
        for relation in tree:
            if relation.get("TargetMode") != "External":
                where = str(relation.get("Target"))
                inner = posixpath.normpath(posixpath.join(posixpath.dirname(path), where))
                inner = where[1:] if where.startswith("/") else inner
                if inner in source.parts:
                    relation.set("Target", posixpath.basename(_copy_part(target, source, inner)))
        target.parts[_relations_of(new)] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return new.removeprefix("word/")


def _relations_of(path: str) -> str:
    return f"{posixpath.dirname(path)}/_rels/{posixpath.basename(path)}.rels"


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
