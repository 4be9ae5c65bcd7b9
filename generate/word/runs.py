"""A paragraph's runs by the places of its characters: trimming, cutting, faces, line breaks, direct formatting.

Places count the characters that ``text_of`` gives. Knows runs; does not know what a paragraph means.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from . import styles
from .ordering import placed, properties_of
from .rendered import text_of, w

BLANKS = " \t\n\u3000\xa0\u2002\u2003\u2009\ufeff"
"""What stands around a line only to place it."""

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SILENT = tuple(w(name) for name in ("rPr", "lastRenderedPageBreak", "fldChar", "instrText"))
_TEXTUAL = (w("t"), w("tab"), w("br"))
_KEPT = (
    "vertAlign",
    "vanish",
    "specVanish",
    "strike",
    "dstrike",
    "em",
    "u",
    "rtl",
    "ins",
    "del",
    "rPrChange",
)
_SYMBOL_FACES = ("Wingdings", "Webdings", "Symbol", "MT Extra", "Wingdings 2", "Wingdings 3")
_NOTE_MARKS = ("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef")


def runs_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph, not those of text boxes in it."""
    for run in paragraph.iter(w("r")):
        if next(run.iterancestors(w("p"))) is paragraph:
            yield run


def trim(paragraph: etree._Element) -> None:
    """Take the blanks away that stand before and after the text; breaks and tabs there too."""
    pieces = [child for run in runs_of(paragraph) for child in run if child.tag not in _SILENT]
    for order, strip in ((pieces, str.lstrip), (pieces[::-1], str.rstrip)):
        for piece in order:
            if piece.tag not in _TEXTUAL or _is_page_break(piece):
                break
            text = strip(piece.text or "", BLANKS) if piece.tag == w("t") else ""
            if text:
                _write(piece, text)
                break
            parent = piece.getparent()
            if parent is not None:
                parent.remove(piece)


def cut(paragraph: etree._Element, place: int) -> None:
    """Let a run end before the character at ``place``."""
    at = 0
    for run in [*runs_of(paragraph)]:
        for child in [*run]:
            size = _size(child)
            if at < place < at + size:
                _split(run, child, place - at)
                return
            if at == place and size and child is not _first(run):
                _split(run, child, 0)
                return
            at += size


def face(paragraph: etree._Element, end: int, name: str) -> None:
    """Set the characters before ``end`` in the face ``name``."""
    cut(paragraph, end)
    at = 0
    for run in runs_of(paragraph):
        size = sum(map(_size, run))
        if at < end and size:
            properties = properties_of(run, "rPr")
            for old in properties.findall(w("rFonts")):
                properties.remove(old)
            fonts = etree.fromstring(
                styles.faces(name).replace("<w:rFonts", f'<w:rFonts xmlns:w="{styles.W}"')
            )
            properties.insert(1 if properties.find(w("rStyle")) is not None else 0, fonts)
        at += size


def break_lines(paragraph: etree._Element, places: list[int]) -> None:
    """Begin a new line before each of the characters at ``places``."""
    for place in reversed(places):
        cut(paragraph, place)
        at = 0
        for run in runs_of(paragraph):
            size = sum(map(_size, run))
            if at == place and size:
                run.addprevious(_broken())
                break
            at += size


def tab_instead(paragraph: etree._Element, start: int, end: int) -> None:
    """Put a tab in place of the blanks from ``start`` to ``end``."""
    cut(paragraph, end)
    cut(paragraph, start)
    at = 0
    for run in [*runs_of(paragraph)]:
        for child in [*run]:
            size = _size(child)
            if size and start <= at < end:
                run.remove(child)
            at += size
    at = 0
    for run in runs_of(paragraph):
        size = sum(map(_size, run))
        if at == start and size:
            new = etree.Element(w("r"))
            etree.SubElement(new, w("tab"))
            run.addprevious(new)
            return
        at += size


def plain(paragraph: etree._Element, *, bold: bool) -> None:
    """Take direct formatting away: faces, sizes, colours, shading; what carries meaning stays, ``bold`` if asked."""
    for run in runs_of(paragraph):
        properties = properties_of(run, "rPr")
        linked = next(run.iterancestors(w("hyperlink")), None) is not None
        for item in [*properties]:
            name = etree.QName(item).localname
            keep = name in _KEPT and not (name == "u" and linked)
            keep = keep or (name in ("b", "bCs") and bold) or (name == "rStyle" and _marks_note(run))
            keep = keep or (name == "rFonts" and str(item.get(w("ascii"))) in _SYMBOL_FACES)
            if not keep:
                properties.remove(item)
        if properties.find(w("rFonts")) is None:
            placed(properties, "rFonts").set(w("hint"), "eastAsia")
    mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    if mark is not None:
        mark[:] = [
            item for item in mark if etree.QName(item).localname in ("ins", "del", "vanish", "specVanish")
        ]


def bold_part(paragraph: etree._Element) -> bool:
    """Whether some characters of a paragraph are bold and others not: emphasis, not a heading's looks."""
    found = {_bold(run) for run in runs_of(paragraph) if any(_size(child) for child in run)}
    return found == {True, False}


def label(paragraph: etree._Element, text: str, symbol_face: str = "") -> None:
    """Put ``text`` before all other text; a bullet of a symbol face keeps that face."""
    run = etree.Element(w("r"))
    if symbol_face:
        for char in text:
            etree.SubElement(
                run, w("sym"), {w("font"): symbol_face, w("char"): f"{ord(char) | 0xF000:04X}"[-4:]}
            )
    else:
        _write(etree.SubElement(run, w("t")), text)
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else 1, run)


def shows(paragraph: etree._Element) -> bool:
    """Whether anything of a paragraph is seen: text, pictures, notes, formulas, embedded objects."""
    if text_of(paragraph).strip(BLANKS):
        return True
    seen = (
        "drawing",
        "pict",
        "object",
        "sym",
        "footnoteReference",
        "endnoteReference",
        "fldSimple",
        "delText",
    )
    maths = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
    return any(next(paragraph.iter(tag), None) is not None for tag in (*map(w, seen), maths))


def _split(run: etree._Element, child: etree._Element, place: int) -> None:
    """Move what follows ``place`` characters of ``child`` into a new run after ``run``."""
    after = etree.Element(run.tag)
    properties = run.find(w("rPr"))
    if properties is not None:
        after.append(deepcopy(properties))
    following = [*child.itersiblings()]
    if place:
        text = child.text or ""
        rest = deepcopy(child)
        rest.tail = None
        _write(child, text[:place])
        _write(rest, text[place:])
        after.append(rest)
    else:
        after.append(child)
    after.extend(following)
    run.addnext(after)


def _broken() -> etree._Element:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("br"))
    return run


def _first(run: etree._Element) -> etree._Element | None:
    return next((child for child in run if child.tag != w("rPr")), None)


def _size(child: etree._Element) -> int:
    if child.tag == w("t"):
        return len(child.text or "")
    return 1 if child.tag in (w("tab"), w("br")) else 0


def _write(item: etree._Element, text: str) -> None:
    item.text = text
    item.set(_XML_SPACE, "preserve")


def _is_page_break(item: etree._Element) -> bool:
    return item.tag == w("br") and item.get(w("type")) in ("page", "column")


def _marks_note(run: etree._Element) -> bool:
    return any(run.find(w(name)) is not None for name in _NOTE_MARKS)


def _bold(run: etree._Element) -> bool:
    item = run.find(f"{w('rPr')}/{w('b')}")
    return item is not None and item.get(w("val")) not in ("0", "false", "off")
