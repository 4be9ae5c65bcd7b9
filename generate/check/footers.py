"""Page numbers in footers: the paragraph with the PAGE field, as it is seen, and the frame it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from .formatting import value, w
from .sheet import Folio, Para

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PAGE = re.compile(r"\s*PAGE\b", re.IGNORECASE)


def folios(paragraph: Callable[[etree._Element], Iterator[Para]], footer: etree._Element) -> Folio | None:
    """Return the page number of a footer part, none when it has none; ``paragraph`` reads the paragraphs of an element."""
    for item in footer.iter(w("p")):
        if _has_page(item) and not _fallback(item):
            found = list(paragraph(item))[-1]
            return Folio(replace(found, runs=found.runs), _frame(item), _turned(item))
    return None


def _has_page(item: etree._Element) -> bool:
    inner = (
        node for node in item.iter(w("instrText"), w("fldSimple")) if next(node.iterancestors(w("p"))) is item
    )
    words = "".join(node.get(w("instr")) or node.text or "" for node in inner)
    return _PAGE.search(words) is not None


def _fallback(item: etree._Element) -> bool:
    return any(etree.QName(node).localname == "Fallback" for node in item.iterancestors())


def _frame(item: etree._Element) -> str:
    """Return how the frame or text box of the number is placed across the page, empty when it stands in the footer itself."""
    frame = item.find(f"{w('pPr')}/{w('framePr')}")
    if frame is not None:
        return value(frame, "xAlign") or "somewhere"
    for anchor in item.iterancestors(f"{{{_WP}}}anchor"):
        align = anchor.find(f"{{{_WP}}}positionH/{{{_WP}}}align")
        return "somewhere" if align is None else align.text or "somewhere"
    if any(etree.QName(node).localname in ("pict", "txbxContent") for node in item.iterancestors()):
        return "somewhere"
    return ""


def _turned(item: etree._Element) -> bool:
    """Whether the number's text box is turned by a quarter, as a landscape page wants it."""
    for node in item.iterancestors():
        if etree.QName(node).localname in ("wsp", "anchor"):
            words = etree.tostring(node, encoding="unicode")
            return 'vert="' in words and 'vert="horz"' not in words
    return False
