"""What floats over the cells of a sheet: text boxes by their text, pictures by their place (ECMA-376 20.5, [MS-XLS] 2.5.193).

Knows where a drawing begins; what stands in the cell under it is the concern of ``sheets``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping

from extract.readers.package import Element, Package
from forms import Fingerprint, Place

from .formcontrols import controls, sign_of

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_CELL_IMAGES = "xl/cellimages.xml"  # what =DISPIMG(…) of WPS shows
DRAWING, OBJECT, TEXT, CONTINUE = 0x00EC, 0x005D, 0x01B6, 0x003C
_ANCHOR = struct.pack("<HHI", 0, 0xF010, 18)  # header of an OfficeArtClientAnchorSheet
_PICTURE, _NOTE = 8, 25  # kinds of objects (2.5.143)
Floating = tuple[int, int, str]
"""Row, column and text of what floats; the text of a picture is empty."""


def drawings(package: Package, part: str) -> Iterator[Floating]:
    """Yield what floats over the sheet in ``part`` of an xlsx."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    for relation in package.xml(relations) if relations in package else ():
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('../')}"
        if relation.get("Type", "").endswith("/drawing") and path in package:
            for anchor in package.xml(path):
                yield from _anchored(anchor)
        elif relation.get("Type", "").endswith("/vmlDrawing") and path in package:
            yield from controls(package.read(path))


def pictures(package: Package, sheets: Mapping[str, str]) -> Iterator[Fingerprint]:
    """Yield what the pictures over ``sheets`` (part by name), and those that WPS puts into cells, are known by."""
    if not package.media():
        return
    from extract.readers.pictures import fingerprint

    for place, drawing, node in _drawn(package, sheets):
        target = package.targets(drawing).get(node.get(_EMBED, ""))
        found = fingerprint(package.read(target), place) if target else None
        if found is not None:
            yield found


def _drawn(package: Package, sheets: Mapping[str, str]) -> Iterator[tuple[Place, str, Element]]:
    """Yield place, drawing part and reference of every picture."""
    for name, part in sheets.items():
        for drawing in package.targets(part).values():
            if "/drawings/drawing" not in drawing:
                continue
            for anchor in package.xml(drawing):
                start = anchor.find(f"{_XDR}from")
                row = column = 0
                if start is not None:
                    row = 1 + int(start.findtext(f"{_XDR}row") or 0)
                    column = 1 + int(start.findtext(f"{_XDR}col") or 0)
                yield from ((Place(name, row, column), drawing, node) for node in anchor.iter(f"{_A}blip"))
    if _CELL_IMAGES in package:
        root = package.xml(_CELL_IMAGES)
        yield from ((Place("单元格里的图片"), _CELL_IMAGES, node) for node in root.iter(f"{_A}blip"))


def _anchored(anchor: Element) -> Iterator[Floating]:
    start = anchor.find(f"{_XDR}from")
    row = column = -1
    if start is not None:
        row, column = int(start.findtext(f"{_XDR}row") or 0), int(start.findtext(f"{_XDR}col") or 0)
    for shape in anchor.iter(f"{_XDR}txBody"):
        lines = ("".join(str(t.text or "") for t in line.iter(f"{_A}t")) for line in shape.iter(f"{_A}p"))
        if text := "\n".join(lines).strip():
            yield row, column, text
    if next(anchor.iter(f"{_XDR}pic"), None) is not None:
        yield row, column, ""


def old_drawings(records: Iterable[tuple[int, bytes]]) -> Iterator[Floating]:
    """Yield what floats over a sheet of an xls: objects follow their anchors in order, texts go on in CONTINUE records."""
    anchors: list[tuple[int, int]] = []
    kind, count, expected, text, sign = -1, 0, 0, "", ""
    place = (-1, -1)
    for record, content in records:
        if record == DRAWING:
            anchors += _anchors(content)
        elif record == OBJECT and len(content) >= 6:
            (kind,) = struct.unpack_from("<H", content, 4)
            place = anchors[count] if count < len(anchors) else (-1, -1)
            count += 1
            expected, text, sign = 0, "", sign_of(content)
            if kind == _PICTURE:
                yield *place, ""
        elif record == TEXT and len(content) >= 14:
            (expected,) = struct.unpack_from("<H", content, 10)
        elif record == CONTINUE and content and len(text) < expected:
            text += content[1:].decode("utf-16-le" if content[0] & 1 else "latin-1", "replace")
            if len(text) >= expected and kind != _NOTE and text[:expected].strip():
                yield *place, sign + text[:expected].replace("\r\n", "\n").replace("\r", "\n").strip()


def _anchors(content: bytes) -> Iterator[tuple[int, int]]:
    position = content.find(_ANCHOR)
    while position >= 0 and position + 26 <= len(content):
        _, column, _, row = struct.unpack_from("<4H", content, position + 8)
        yield row, column
        position = content.find(_ANCHOR, position + 8)
