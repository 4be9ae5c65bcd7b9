"""A draft's table on a page of the standard: within the 版心, ruled, its header repeated, nothing cut off.

Knows Word's tables; what stands in their cells stays as it is.
"""

from __future__ import annotations

import re

from lxml import etree

from generate.standard import numbers as standard
from generate.word import styles
from generate.word.ordering import placed, properties_of
from generate.word.rendered import text_of, w
from generate.word.runs import plain, trim

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_TABLE = "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd".split()  # noqa: SIM905
_TABLE += "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange".split()  # noqa: SIM905
_ROW_LONG = 400  # characters; a longer row may go over a page's end
_ROW_HEIGHT = standard.twips(7)  # at least: air above and below one line (P)
_AFTER_MIDDLE = ("hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange")
_FIGURE = re.compile(r"[-－+]?\d[\d,.]*[%％]?")
_HEADS = 3  # header rows at most, where cells are merged downwards


def settle_table(table: etree._Element, room: int, theirs: dict[str, etree._Element]) -> None:
    """Fit ``table`` into ``room`` twips; ``theirs`` are the draft's styles by id, which say whether it is ruled."""
    ruled = _ruled(table, theirs)
    for inner in [*table.iter(w("tbl"))]:
        _properties(inner, ruled or _ruled(inner, theirs))
    _narrow(table, room)
    rows = [*table.iterchildren(w("tr"))]
    heads = _header_rows(rows)
    for number, row in enumerate(rows):
        _row(row, header=number < heads)
    for number, row in enumerate(rows):
        for item in row.iter(w("p")):
            if next(item.iterancestors(w("txbxContent")), None) is None:
                _text(item, header=number < heads)


def _properties(table: etree._Element, ruled: bool) -> None:
    properties = table.find(w("tblPr"))
    if properties is None:
        properties = etree.Element(w("tblPr"))
        table.insert(0, properties)
    for name in ("tblStyle", "tblpPr", "tblOverlap", "tblInd", "shd", "tblBorders", "tblStyleRowBandSize"):
        for old in properties.findall(w(name)):
            properties.remove(old)  # a table that floats would lie over the text
    jc = (
        etree.SubElement(properties, w("jc"))
        if properties.find(w("jc")) is None
        else properties.find(w("jc"))
    )
    assert jc is not None  # noqa: S101 - just made
    jc.set(w("val"), "center")
    if ruled:
        borders = etree.SubElement(properties, w("tblBorders"))
        for side in _SIDES:
            attributes = {"val": "single", "sz": "4", "space": "0", "color": "auto"}
            etree.SubElement(borders, w(side), {w(key): value for key, value in attributes.items()})
    properties[:] = sorted(properties, key=lambda node: _place(_TABLE, node))
    for cell in table.iter(w("tcPr")):
        for old in cell.findall(w("shd")):
            cell.remove(old)


def _place(order: list[str], node: etree._Element) -> int:
    name = etree.QName(node).localname
    return order.index(name) if name in order else len(order)


def _ruled(table: etree._Element, theirs: dict[str, etree._Element]) -> bool:
    """Whether a table shows lines: its own, its cells' or its style's."""
    use = table.find(f"{w('tblPr')}/{w('tblStyle')}")
    ident = None if use is None else use.get(w("val"))
    holders = [table.find(w("tblPr")), *table.iter(w("tcPr"))]
    for _ in range(10):
        if ident not in theirs:
            break
        style = theirs[str(ident)]
        holders += style.findall(f".//{w('tblPr')}")
        based = style.find(w("basedOn"))
        ident = None if based is None else based.get(w("val"))
    borders = [
        found
        for holder in holders
        if holder is not None
        for name in ("tblBorders", "tcBorders")
        for found in holder.findall(w(name))
    ]
    return any(side.get(w("val")) not in (None, "nil", "none") for found in borders for side in found)


def _narrow(table: etree._Element, room: int) -> None:
    """Scale columns that are wider than ``room`` together; percentages and automatic widths stay within it anyway."""
    grid = [*table.iter(w("gridCol"))]
    columns = [item for item in grid if next(item.iterancestors(w("tbl"))) is table]
    full = sum(_width(item) for item in columns)
    properties = table.find(w("tblPr"))
    size = None if properties is None else properties.find(w("tblW"))
    if size is not None and size.get(w("type")) == "dxa":
        full = max(full, _width(size))
    if not full or full <= room:
        return
    scaled = [*columns, *([size] if size is not None and size.get(w("type")) == "dxa" else [])]
    for cell in table.iter(w("tcW")):
        if cell.get(w("type")) == "dxa" and next(cell.iterancestors(w("tbl"))) is table:
            scaled.append(cell)
    for item in scaled:
        item.set(w("w"), str(int(_width(item) * room / full)))


def widen(table: etree._Element, room: int) -> None:
    """Let a table fill ``room`` twips, its columns in the same proportions."""
    columns = [item for item in table.iter(w("gridCol")) if next(item.iterancestors(w("tbl"))) is table]
    full = sum(_width(item) for item in columns)
    if not full:
        return
    sizes = [item for item in table.iter(w("tcW"), w("tblW")) if next(item.iterancestors(w("tbl"))) is table]
    for item in (*columns, *(item for item in sizes if item.get(w("type")) == "dxa")):
        item.set(w("w"), str(int(_width(item) * room / full)))


def _width(item: etree._Element) -> int:
    try:
        return int(float(item.get(w("w")) or 0))
    except ValueError:
        return 0


def _header_rows(rows: list[etree._Element]) -> int:
    """Return how many rows head the table: the first, with those that its merged cells reach down to."""
    if len(rows) < 2:
        return 0
    heads = 1
    while heads < min(_HEADS, len(rows) - 1) and any(
        item.get(w("val")) in (None, "continue") for item in rows[heads].iter(w("vMerge"))
    ):
        heads += 1
    wide = len([*rows[0].iterchildren(w("tc"))])
    return heads if wide > 1 else 0


def _row(row: etree._Element, *, header: bool) -> None:
    properties = row.find(w("trPr"))
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(1 if row.find(w("tblPrEx")) is not None else 0, properties)
    for name in ("cantSplit", "tblHeader"):
        for old in properties.findall(w(name)):
            properties.remove(old)
    if max((len(_inner(cell)) for cell in row.iterchildren(w("tc"))), default=0) <= _ROW_LONG:
        etree.SubElement(properties, w("cantSplit"))
    for height in properties.iter(w("trHeight")):
        height.set(w("hRule"), "atLeast")  # an exact height cuts text off
    if properties.find(w("trHeight")) is None:
        etree.SubElement(properties, w("trHeight"), {w("val"): str(_ROW_HEIGHT), w("hRule"): "atLeast"})
    if header:
        etree.SubElement(properties, w("tblHeader"))
    for cell in row.iterchildren(w("tc")):
        place = properties_of(cell, "tcPr")
        if place.find(w("vAlign")) is None:
            middle = etree.Element(w("vAlign"), {w("val"): "center"})
            after = [node for node in place if etree.QName(node).localname in _AFTER_MIDDLE]
            place.insert(place.index(after[0]) if after else len(place), middle)


def _inner(cell: etree._Element) -> str:
    return "".join(text_of(item) for item in cell.iter(w("p")))


def _text(item: etree._Element, *, header: bool) -> None:
    trim(item)
    own = item.find(w("pPr"))
    align = None if own is None else own.find(w("jc"))
    style = styles.TABLE_HEAD if header else styles.TABLE_TEXT
    restyle(item, style)
    if not header and (align is not None or _FIGURE.fullmatch(text_of(item))):
        how = "center" if align is None else str(align.get(w("val")))
        placed(properties_of(item, "pPr"), "jc").set(w("val"), how)
    plain(item, bold=False)


PREFIX = "hongtou:"
"""Marks the ids of our styles until the draft's own have come along."""


def restyle(item: etree._Element, style: styles.Style) -> None:
    """Give a paragraph ``style`` and nothing else, except the remains that carry meaning."""
    properties = properties_of(item, "pPr")
    properties[:] = [node for node in properties if etree.QName(node).localname in ("rPr", "pPrChange")]
    properties.insert(0, etree.Element(w("pStyle"), {w("val"): PREFIX + style.id}))
