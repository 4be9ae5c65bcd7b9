"""A page of another size or orientation inside a document: sections around it, page numbers going on.

Knows sections; clause 8 of GB/T 9704-2012 wants the page number of a landscape page where an upright page has it,
which no word processor does by itself: a box at the page's left edge holds it.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from generate.standard import numbers as standard

from . import styles
from .boxes import anchored_box
from .ordering import properties_of
from .parts import Package, R, declare, relate
from .styles import W

_SIZE, _MARGINS, _SECTION, _P = (f"{{{W}}}{name}" for name in ("pgSz", "pgMar", "sectPr", "p"))
_FOOTER, _HEADER = (f"{{{W}}}{name}" for name in ("footerReference", "headerReference"))
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_NUMBER_BOX = 300  # width of the turned page number's line
_NUMBER_SHIFT = -43  # its dash stands so far beside the middle of the line (measured)


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


def enclose(package: Package, first: etree._Element, last: etree._Element, theirs: etree._Element) -> None:
    """Give the blocks from ``first`` to ``last`` a section with the page of ``theirs`` (a body), ours around it."""
    body = first.getparent()
    section = None if body is None else body.find(_SECTION)
    if section is None:
        return
    before, own = deepcopy(section), deepcopy(section)
    across, down = page_size(theirs)
    if across > down:
        make_landscape(package, own)
    for name in (_SIZE, _MARGINS) if across <= down else (_SIZE,):
        old, new = own.find(name), theirs.find(f"{_SECTION}/{name}")
        if old is not None and new is not None:
            own.replace(old, deepcopy(new))
    first.addprevious(_ending(before))
    last.addnext(_ending(own))


def turn(package: Package, first: etree._Element, last: etree._Element) -> None:
    """Put the blocks from ``first`` to ``last`` on landscape pages whose number stands as on upright ones (clause 8)."""
    body = first.getparent()
    section = None if body is None else body.find(_SECTION)
    if section is None:
        return
    before, own = deepcopy(section), deepcopy(section)
    make_landscape(package, own)
    first.addprevious(_ending(before))
    last.addnext(_ending(own))


def make_landscape(package: Package, section: etree._Element) -> None:
    """Turn a section's page: the 版心 as that of an upright page turned left, number and binding where they were.

    Bound on the left, an odd page shows its heads at the 订口, an even one at the 切口, as clause 8 asks: both are the
    upright page turned a quarter to the left, so the number stands at the left edge, turned too.
    """
    for name in (_SIZE, _MARGINS, _FOOTER):
        for old in section.findall(name):
            section.remove(old)
    size: dict[str, int | str] = {"w": standard.PAGE_HEIGHT, "h": standard.PAGE_WIDTH, "orient": "landscape"}
    margins: dict[str, int | str] = {
        "top": standard.LEFT,
        "right": standard.TOP,
        "bottom": standard.RIGHT,
        "left": standard.BOTTOM,
        "header": 851,
        "footer": 600,
        "gutter": 0,
    }
    place = len(section.findall(_HEADER))
    for number, (tag, values) in enumerate(((_SIZE, size), (_MARGINS, margins))):
        node = etree.Element(tag, {f"{{{W}}}{key}": str(value) for key, value in values.items()})
        kind = section.find(f"{{{W}}}type")
        section.insert((place if kind is None else section.index(kind) + 1) + number, node)
    for start, (when, name) in enumerate((("default", "odd"), ("even", "even"))):
        attributes = {f"{{{W}}}type": when, f"{{{R}}}id": _side_footer(package, name)}
        section.insert(start, etree.Element(_FOOTER, attributes))


def _side_footer(package: Package, name: str) -> str:
    """Return the relation of a footer with the turned page number, made when the package has none."""
    part = f"word/footer-{name}-landscape.xml"
    target = part.removeprefix("word/")
    if part in package.parts:
        return next(str(item.get("Id")) for item in package.relations if item.get("Target") == target)
    package.parts[part] = _side_number(name == "odd").encode()
    declare(package, f"/{part}", _FOOTER_TYPE)
    return relate(package, f"{R}/footer", target)


def _side_number(odd: bool) -> str:
    """Return a footer whose only content is a box at the page's left edge, its text turned a quarter to the right."""
    long = standard.TEXT_WIDTH - 2 * standard.PAGE_NUMBER_INDENT
    extent = (_NUMBER_BOX, long)
    left = standard.BOTTOM - standard.twips(7) - _NUMBER_BOX // 2 - _NUMBER_SHIFT
    top = standard.LEFT + standard.PAGE_NUMBER_INDENT
    align = "right" if odd else "left"
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    number = (
        f'<w:p><w:pPr><w:pStyle w:val="{styles.PAGE_NUMBER.id}"/><w:spacing w:before="0" w:after="0" '
        f'w:line="{_NUMBER_BOX}" w:lineRule="exact"/><w:jc w:val="{align}"/></w:pPr>{run.format("— ")}{field}'
        f"{run.format(' —')}</w:p>"
    )
    where = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{place * 635}</wp:posOffset></wp:position{axis}>'
        for axis, place in (("H", left), ("V", top))
    )
    box = anchored_box(number, extent, where, "页码", turned=True)
    return f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{styles.HAIR.id}"/></w:pPr>{box}</w:p></w:ftr>'


def _ending(section: etree._Element) -> etree._Element:
    """Return a hair-high paragraph that ends ``section``."""
    item = etree.Element(_P)
    properties = properties_of(item, "pPr")
    etree.SubElement(properties, f"{{{W}}}pStyle", {f"{{{W}}}val": styles.HAIR.id})
    properties.append(section)
    return item
