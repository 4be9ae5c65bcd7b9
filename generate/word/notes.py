"""Foot- and endnotes of one Word document in another: the notes that its blocks refer to come along under new numbers."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from generate.standard.numbers import PRACTICE

from .ordering import properties_of
from .parts import Package, R, declare, relate
from .rendered import w
from .styles import FOOTNOTE, W, style_xml

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}s+xml"
_SEPARATORS = (
    '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
    '<w:{0} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{0}>'
)


def bring_notes(target: Package, source: Package, blocks: list[etree._Element]) -> list[etree._Element]:
    """Copy the notes that ``blocks`` refer to and renumber the references; return the copies."""
    return [note for kind in ("footnote", "endnote") for note in _bring(kind, target, source, blocks)]


def _bring(kind: str, target: Package, source: Package, blocks: list[etree._Element]) -> list[etree._Element]:
    uses = [node for block in blocks for node in block.iter(w(f"{kind}Reference"))]
    part = f"word/{kind}s.xml"
    if not uses or part not in source.parts:
        return []
    theirs = {item.get(w("id")): item for item in etree.fromstring(source.parts[part])}
    into = _notes(kind, target)
    number = max((int(item.get(w("id")) or 0) for item in into), default=0)
    copies = []
    for use in uses:
        old = theirs.get(use.get(w("id")))
        if old is None:
            continue
        number += 1
        copy = deepcopy(old)
        for node in copy.iter(etree.Element):
            for name in [name for name in node.attrib if str(name).startswith(f"{{{R}}}")]:
                del node.attrib[name]  # a link of a note: its words stay
        copy.set(w("id"), str(number))
        use.set(w("id"), str(number))
        into.append(copy)
        copies.append(copy)
    target.trees[part] = into
    return copies


def add_notes(target: Package, texts: list[str]) -> None:
    """Give the package footnotes 1, 2, … of plain text; its document refers to them already."""
    into = _notes("footnote", target)
    style = style_xml(FOOTNOTE, PRACTICE).replace("<w:style ", f'<w:style xmlns:w="{W}" ', 1)
    target.styles.append(etree.fromstring(style))
    for number, text in enumerate(texts, 1):
        note = etree.SubElement(into, w("footnote"), {w("id"): str(number)})
        item = etree.SubElement(note, w("p"))
        etree.SubElement(properties_of(item, "pPr"), w("pStyle"), {w("val"): FOOTNOTE.id})
        mark = etree.SubElement(item, w("r"))
        etree.SubElement(properties_of(mark, "rPr"), w("vertAlign"), {w("val"): "superscript"})
        etree.SubElement(mark, w("footnoteRef"))
        etree.SubElement(etree.SubElement(item, w("r")), w("t")).text = text
    target.trees["word/footnotes.xml"] = into


def _notes(kind: str, target: Package) -> etree._Element:
    """Return the tree of the target's notes, made with its two separators when there are none."""
    part = f"word/{kind}s.xml"
    if part in target.trees:
        return target.trees[part]
    if part in target.parts:
        return etree.fromstring(target.parts[part])
    declare(target, f"/{part}", _TYPE.format(kind))
    relate(target, f"{R}/{kind}s", f"{kind}s.xml")
    return etree.fromstring(f'<w:{kind}s xmlns:w="{W}">{_SEPARATORS.format(kind)}</w:{kind}s>')
