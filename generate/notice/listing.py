"""A printed table of the 名册 (一览表): a row for each unit, what several have in common in one merged cell.

Knows which columns a 名册 has; how a table looks in a notice stands in ``layout``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from forms import Listing, Unit
from generate.package import members_of
from generate.standard import numbers as standard
from generate.word import styles
from generate.word.rendered import keep_with_next, w
from generate.word.styles import W

from . import page

_HEIGHT = 480  # twips: a line of 小四 with air above and below
_NARROW, _WIDE = 2, 3  # shares of the width: a column of names, a column of units


def listing_members(listing: Listing, roster: Sequence[Unit]) -> dict[str, bytes]:
    """Return the Word package that holds the table alone.

    Neighbouring units with the same answers in all columns but 单位 share merged cells; a column of its own that
    differs is not merged, nor any column to its right.
    """
    units = [unit for unit in roster if not listing.kinds or unit.kind in listing.kinds]
    document = page.new_document()
    added = document.add_table(rows=0, cols=len(listing.columns), style="Table Grid")
    added.autofit = False
    for column, width in zip(added._tbl.tblGrid.iterchildren(), _widths(listing), strict=True):
        column.set(f"{{{W}}}w", str(width))
    _row(added, tuple(listing.columns), head=True)
    for unit in units:
        _row(added, tuple(_answer(unit, column) for column in listing.columns.values()))
    _merge(added, [column == "单位" for column in listing.columns.values()])
    return members_of(page.data_of(document))


def kept_together(members: dict[str, bytes]) -> dict[str, bytes]:
    """Let no page end within a merged cell; done last, because laying out takes such settings away."""
    from lxml import etree

    root = etree.fromstring(members["word/document.xml"])
    rows = list(root.iter(w("tr")))
    for row, below in pairwise(rows):
        if any(mark.get(w("val")) == "continue" for mark in below.iter(w("vMerge"))):
            for item in row.iter(w("p")):
                keep_with_next(item)
    made = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return {**members, "word/document.xml": made}


def _widths(listing: Listing) -> list[int]:
    shares = [_WIDE if column == "单位" else _NARROW for column in listing.columns.values()]
    return [standard.TEXT_WIDTH * share // sum(shares) for share in shares]


def _row(table: Any, texts: Sequence[str], head: bool = False) -> None:
    """Add a row: repeated on every page when it is the head, never split, centred but for the units' names."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Twips

    row = table.add_row()
    row.height = Twips(_HEIGHT)
    properties = row._tr.get_or_add_trPr()
    for name in ("cantSplit", *(["tblHeader"] if head else [])):
        properties.append(_element(name))
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = (styles.TABLE_HEAD if head else styles.TABLE_TEXT).name
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        page.run(paragraph, text)


def _answer(unit: Unit, column: str) -> str:
    value = unit.aliases if column == "别名" else unit.model_dump(by_alias=True)[column]
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


def _merge(table: Any, own: Sequence[bool]) -> None:
    """Merge equal neighbours below the header, column by column from the left; a break in one column breaks the next."""
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    cells = [row.cells for row in table.rows]
    joined = [number > 1 for number in range(len(rows))]
    for column, alone in enumerate(own):
        if alone:
            continue
        for number in range(2, len(rows)):
            joined[number] &= rows[number][column] == rows[number - 1][column]
        for number in range(1, len(rows)):
            if joined[number]:
                _span(cells[number][column], "continue")
            elif number + 1 < len(rows) and joined[number + 1]:
                _span(cells[number][column], "restart")


def _span(cell: Any, how: str) -> None:
    """Make ``cell`` begin or go on a merged one; only the first of a merged cell may hold the text."""
    mark = _element("vMerge", how)
    width = cell._tc.get_or_add_tcPr().find(f"{{{W}}}tcW")
    if width is None:
        cell._tc.get_or_add_tcPr().insert(0, mark)
    else:
        width.addnext(mark)  # the schema has tcW, gridSpan, vMerge, tcBorders … in this order
    if how == "continue":
        for run in list(cell._tc.iter(f"{{{W}}}r")):
            run.getparent().remove(run)


def _element(name: str, value: str = "") -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{name}")
    if value:
        element.set(f"{{{W}}}val", value)
    return element
