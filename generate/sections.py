"""A page of another size or orientation inside a document: sections around it, page numbers going on.

Knows sections; clause 8 of GB/T 9704-2012 wants the page number of a landscape page where a portrait page has it,
which no word processor does by itself: it stands at the lower edge instead.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from . import styles
from .ordering import properties_of
from .styles import W

_SIZE, _MARGINS, _SECTION, _P = (f"{{{W}}}{name}" for name in ("pgSz", "pgMar", "sectPr", "p"))


def differs(ours: etree._Element, theirs: etree._Element) -> bool:
    """Whether the last sections of two bodies have pages of different size (twips, 1 mm tolerance)."""
    one, other = page_size(ours), page_size(theirs)
    return any(abs(a - b) > 57 for a, b in zip(one, other, strict=True))


def page_size(body: etree._Element) -> tuple[int, int]:
    """Return width and height in twips of the last section of ``body``; A4 where it says nothing."""
    size = body.find(f"{_SECTION}/{_SIZE}")
    if size is None:
        return 11906, 16838
    return tuple(int(float(size.get(f"{{{W}}}{key}") or 0)) for key in ("w", "h"))  # type: ignore[return-value]


def enclose(first: etree._Element, last: etree._Element, theirs: etree._Element) -> None:
    """Give the blocks from ``first`` to ``last`` a section with the page of ``theirs`` (a body), ours around it."""
    body = first.getparent()
    section = None if body is None else body.find(_SECTION)
    if section is None:
        return
    before, own = deepcopy(section), deepcopy(section)
    for name in (_SIZE, _MARGINS):
        old, new = own.find(name), theirs.find(f"{_SECTION}/{name}")
        if old is not None and new is not None:
            own.replace(old, deepcopy(new))
    first.addprevious(_ending(before))
    last.addnext(_ending(own))


def _ending(section: etree._Element) -> etree._Element:
    """Return a hair-high paragraph that ends ``section``."""
    item = etree.Element(_P)
    properties = properties_of(item, "pPr")
    etree.SubElement(properties, f"{{{W}}}pStyle", {f"{{{W}}}val": styles.HAIR.id})
    properties.append(section)
    return item
