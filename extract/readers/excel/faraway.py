"""Cells far outside any form (a stray touch at XFD1048576): taken out before the values are read, and put aside as text.

A dense table that reaches so far would not fit memory; the form near the top of the sheet is read all the same.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree

from extract.model import Aside
from extract.readers.package import Element, Package
from forms import Place

KIND = "很远的格子"
MOST = 100
"""More far cells than a slip of the hand leaves: such a sheet is no form."""
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRINGS = "xl/sharedStrings.xml"


def cut(package: Package, root: Element, cells: Sequence[Element]) -> list[Aside]:
    """Take ``cells`` out of the sheet ``root`` and return what they say, each at the name of its cell."""
    asides = [Aside(_said(package, cell), Place(cell.get("r", "")), KIND) for cell in cells]
    for cell in cells:
        row = cell.getparent()
        assert row is not None  # noqa: S101 - every cell stands in a row
        row.remove(cell)
    for claim in root.findall(f"{_S}dimension"):  # would still claim the whole sheet
        root.remove(claim)
    return [aside for aside in asides if aside.text.strip()]


def _said(package: Package, cell: Element) -> str:
    value = cell.findtext(f"{_S}v") or ""
    if cell.get("t") == "s" and value.isdecimal() and _STRINGS in package:
        items = package.xml(_STRINGS).findall(f"{_S}si")
        found = items[int(value)] if int(value) < len(items) else None
        return "" if found is None else "".join(node.text or "" for node in found.iter(f"{_S}t"))
    return value or "".join(node.text or "" for node in cell.iter(f"{_S}t"))


def repacked(package: Package, sheets: Mapping[str, Element]) -> bytes:
    """Return the workbook with the parts ``sheets`` as they are now; raise ``UnreadableError`` for a damaged part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name in sorted(package.names):
            new.writestr(name, etree.tostring(sheets[name]) if name in sheets else package.read(name))
    return buffer.getvalue()
