"""The order in which paragraph and run properties must stand (ECMA-376 17.3.1.26, 17.3.2.28); Word refuses others."""

from __future__ import annotations

from lxml import etree

from .styles import W

_ORDER = tuple(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "  # noqa: SIM905
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof vanish webHidden color w kern position sz szCs highlight u effect bdr fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPr sectPr pPrChange rPrChange".split()
)


def rank(node: etree._Element) -> int:
    """Return the place of ``node`` among its siblings; what is unknown stands last."""
    name = etree.QName(node).localname
    if name == "spacing" and node.get(f"{{{W}}}val") is not None:
        name = "color"  # character spacing stands after the colour
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def placed(properties: etree._Element, name: str) -> etree._Element:
    """Return the child ``name`` of ``properties``, made at its right place when it is not there."""
    found = properties.find(f"{{{W}}}{name}")
    if found is None:
        found = etree.Element(f"{{{W}}}{name}")
        place = sum(1 for node in properties if rank(node) <= rank(found))
        properties.insert(place, found)
    return found


def properties_of(item: etree._Element, name: str) -> etree._Element:
    """Return ``w:pPr`` or ``w:rPr`` (``name``) of a paragraph or run, made as its first child when it has none."""
    found = item.find(f"{{{W}}}{name}")
    if found is None:
        found = etree.Element(f"{{{W}}}{name}")
        item.insert(0, found)
    return found
