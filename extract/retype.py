"""A neutral document typed anew as a docx: how a blank that came as doc, xls or pdf becomes a Word template.

Keeps text, tables and merges; fonts and measures of the original are not kept.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from .model import Cell, Document, Grid, Paragraph

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import _Cell

_FONT = "仿宋_GB2312"


def retype(document: Document) -> bytes:
    """Return a docx with the paragraphs and grids of ``document``."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    normal = word.styles["Normal"]
    normal.font.size = Pt(12)
    normal.font.name = _FONT
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    for block in document.blocks:
        if isinstance(block, Grid):
            _table(word, block)
        elif block.place.part not in ("页眉", "页脚"):
            word.add_paragraph(_printable(block.text))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _table(home: Word | _Cell, grid: Grid) -> None:
    rows = 1 + max((cell.row + cell.row_span - 1 for cell in grid.cells), default=0)
    columns = 1 + max((cell.column + cell.column_span - 1 for cell in grid.cells), default=0)
    table = home.add_table(rows=rows, cols=columns)
    if hasattr(table, "style"):
        table.style = "Table Grid"
    places = [[table.cell(row, column) for column in range(columns)] for row in range(rows)]
    for cell in grid.cells:
        corner = places[cell.row][cell.column]
        if cell.row_span > 1 or cell.column_span > 1:
            last = places[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1]
            corner = corner.merge(last)
        _fill(corner, cell)


def _fill(home: _Cell, cell: Cell) -> None:
    texts = [block for block in cell.blocks if isinstance(block, Paragraph)]
    home.text = _printable(texts[0].text) if texts else ""
    for paragraph in texts[1:]:
        home.add_paragraph(_printable(paragraph.text))
    for block in cell.blocks:
        if isinstance(block, Grid):
            _table(home, block)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\t\n" or sign >= " ")
