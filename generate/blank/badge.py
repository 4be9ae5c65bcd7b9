"""The badge of a blank: its serial and instructions in the footer, the QR code beside them, a bookmark on its title.

Knows the parts of a Word package; the wording stands in ``forms``, where the readers find it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from forms.serial import BOOKMARK, PRINTED
from generate.word.styles import W

from .code import SIDE_MM, qr_png

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_DOCUMENT, _SETTINGS, _TYPES = "word/document.xml", "word/settings.xml", "[Content_Types].xml"
_RELS = "word/_rels/document.xml.rels"
_EMU_MM = 36000
_TWIPS_MM = 1440 / 25.4
_EDGE_MM = 4.0  # what printers leave white
_ROOM_MM = 26.0  # margin that holds the code
_FOOT = 680  # twips from the paper's edge to a footer of ours: five small lines below the 版心
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_RELATIONS}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def with_badge(members: Mapping[str, bytes], serial: str, instructions: str = "") -> dict[str, bytes]:
    """Return ``members`` with the printed ``serial``, its QR code and the bookmark; one line of ``instructions``."""
    from lxml import etree

    found = dict(members)
    root = etree.fromstring(found[_DOCUMENT])
    section = next(root.iter(f"{{{W}}}sectPr"), None)
    if section is None:
        return found
    _bookmark(root, serial)
    top = _place(section)
    picture = _free(found, "word/media/serial", ".png")
    found[picture] = qr_png(serial)
    lines = [line for line in (instructions, PRINTED.format(serial=serial)) if line]
    relations = etree.fromstring(found[_RELS])
    own: str | None = None
    for kind in _kinds(section, found.get(_SETTINGS, b"")):
        target = _footer(section, kind, relations)
        if target is None:
            if own is None:
                own = _free(found, "word/footer", ".xml")
                found[own] = f"<w:ftr {_SPACES}/>".encode()
                found[_TYPES] = _typed(found[_TYPES], own)
                _print(found, own, picture, lines, top)
            _refer(section, kind, _relate(relations, "footer", own.removeprefix("word/")))
        else:
            _print(found, target, picture, lines, top)
    if own is not None:
        _lower(section)
    found[_RELS] = _bytes(relations)
    found[_DOCUMENT] = _bytes(root)
    return found


def _bookmark(root: Any, serial: str) -> None:
    from lxml import etree

    title = next((p for p in root.iter(f"{{{W}}}p") if p.getparent().tag == f"{{{W}}}body"), None)
    if title is None:
        title = next(root.iter(f"{{{W}}}p"))
    used = [int(mark.get(f"{{{W}}}id", "0")) for mark in root.iter(f"{{{W}}}bookmarkStart")]
    ident = {f"{{{W}}}id": str(max(used, default=0) + 1)}
    name = {f"{{{W}}}name": BOOKMARK + serial.replace("-", "")}
    at = 1 if title.find(f"{{{W}}}pPr") is not None else 0
    title.insert(at, etree.Element(f"{{{W}}}bookmarkStart", {**ident, **name}))
    title.append(etree.Element(f"{{{W}}}bookmarkEnd", ident))


def _place(section: Any) -> float:
    """Return how many millimetres from the paper's upper edge the code stands; a margin is widened when none has room."""
    size, margins = section.find(f"{{{W}}}pgSz"), section.find(f"{{{W}}}pgMar")
    height = _mm(size, "h", 297.0)
    top, bottom = _mm(margins, "top", 25.4), _mm(margins, "bottom", 25.4)
    if bottom < _ROOM_MM <= top:
        return max(_EDGE_MM, top - SIDE_MM - 2)
    if bottom < _ROOM_MM and margins is not None:
        margins.set(f"{{{W}}}bottom", str(round(_ROOM_MM * _TWIPS_MM)))
        bottom = _ROOM_MM
    return min(height - bottom + 2, height - SIDE_MM - _EDGE_MM)


def _mm(element: Any, name: str, default: float) -> float:
    value = None if element is None else element.get(f"{{{W}}}{name}")
    return abs(float(value)) / _TWIPS_MM if value else default


def _kinds(section: Any, settings: bytes) -> tuple[str, ...]:
    kinds = ["default"]
    if section.find(f"{{{W}}}titlePg") is not None:
        kinds.append("first")
    if b"evenAndOddHeaders" in settings:
        kinds.append("even")
    return tuple(kinds)


def _footer(section: Any, kind: str, relations: Any) -> str | None:
    """Return the member that is the footer of ``kind``, none when the section has none."""
    for reference in section.findall(f"{{{W}}}footerReference"):
        if reference.get(f"{{{W}}}type") == kind:
            ident = reference.get(f"{{{_RELATIONS}}}id")
            target = next((item.get("Target") for item in relations if item.get("Id") == ident), None)
            return None if target is None else f"word/{target}".replace("word//word/", "word/")
    return None


def _refer(section: Any, kind: str, ident: str) -> None:
    from lxml import etree

    names = {f"{{{W}}}headerReference", f"{{{W}}}footerReference"}
    values = {f"{{{W}}}type": kind, f"{{{_RELATIONS}}}id": ident}
    at = sum(1 for child in section if child.tag in names)
    section.insert(at, etree.Element(f"{{{W}}}footerReference", values))


def _relate(relations: Any, kind: str, target: str) -> str:
    from lxml import etree

    taken = {item.get("Id") for item in relations}
    ident = next(
        name for name in (f"rIdBadge{number}" for number in range(len(taken) + 1)) if name not in taken
    )
    values = {"Id": ident, "Type": f"{_RELATIONS}/{kind}", "Target": target}
    etree.SubElement(relations, f"{{{_PACKAGE}}}Relationship", values)
    return ident


def _print(found: dict[str, bytes], footer: str, picture: str, lines: list[str], top: float) -> None:
    """Append the lines to a footer, the picture anchored in the last."""
    from lxml import etree

    name = footer.rpartition("/")[2]
    rels = f"word/_rels/{name}.rels"
    relations = etree.fromstring(found.get(rels, f'<Relationships xmlns="{_PACKAGE}"/>'.encode()))
    ident = _relate(relations, "image", picture.removeprefix("word/"))
    found[rels] = _bytes(relations)
    found[_TYPES] = _with_png(found[_TYPES])
    root = etree.fromstring(found[footer])
    for number, line in enumerate(lines, 1):
        drawing = _drawing(ident, top) if number == len(lines) else ""
        root.append(etree.fromstring(_line(line, drawing)))
    found[footer] = _bytes(root)


def _line(text: str, drawing: str) -> str:
    """Return a line of 小五 宋体 that leaves the code's room at its right."""
    face = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体" w:hint="eastAsia"/>'
    size = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
    right = round((SIDE_MM + 1) * _TWIPS_MM)
    return (
        f'<w:p {_SPACES}><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="250" '
        f'w:lineRule="exact"/><w:ind w:left="0" w:right="{right}" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>{drawing}'
        f"<w:r><w:rPr>{face}{size}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>"
    )


def _drawing(ident: str, top: float) -> str:
    """Return the picture: at the right edge of the text, ``top`` millimetres below the paper's edge, in no text's way."""
    side = round(SIDE_MM * _EMU_MM)
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{round(top * _EMU_MM)}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="9900" name="二维码" descr="本表编号的二维码"/>'
        "<wp:cNvGraphicFramePr/><a:graphic><a:graphicData "
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="9900" name="二维码"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{ident}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def _lower(section: Any) -> None:
    margins = section.find(f"{{{W}}}pgMar")
    if margins is not None:
        margins.set(f"{{{W}}}footer", str(_FOOT))


def _typed(data: bytes, part: str) -> bytes:
    from lxml import etree

    root = etree.fromstring(data)
    values = {"PartName": f"/{part}", "ContentType": _FOOTER_TYPE}
    etree.SubElement(root, f"{{{root.nsmap[None]}}}Override", values)
    return _bytes(root)


def _with_png(data: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(data)
    if not any((item.get("Extension") or "").lower() == "png" for item in root):
        item = etree.Element(
            f"{{{root.nsmap[None]}}}Default", {"Extension": "png", "ContentType": "image/png"}
        )
        root.insert(0, item)
    return _bytes(root)


def _free(members: Mapping[str, bytes], stem: str, suffix: str) -> str:
    names = (f"{stem}{number}{suffix}" for number in range(1, len(members) + 2))
    return next(name for name in names if name not in members)


def _bytes(root: Any) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
