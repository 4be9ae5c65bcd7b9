"""A neutral document typed anew: how a blank that came as doc or pdf becomes a Word template, one that came as xls an Excel one.

Keeps text, tables, sheets and merges; fonts and measures of the original are not kept, widths follow the words.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from extract.model import Cell, Document, Grid, Paragraph
from extract.spelling import squeeze

from .underlines import RULED, RULED_TAB

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FONT = "仿宋_GB2312"
_PAGE, _EDGE = (11906, 16838), 1418  # A4 and its margins in twentieths of a point
_FEWEST, _MOST, _ROOM = (
    3,
    12,
    6,
)  # characters by which a column is measured: least, most, and that of an empty one
_TITLE = 18  # points
_BLANKS = str.maketrans({RULED: " ", RULED_TAB: "\t"})
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def retype(document: Document, title: str = "") -> bytes:
    """Return a docx with the paragraphs and grids of ``document``, the ``title`` set as titles are."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Pt, Twips

    word = docx.Document()
    section = word.sections[0]
    wide = any(isinstance(block, Grid) and _size(block)[1] > 2 * _MOST for block in document.blocks)
    width, height = reversed(_PAGE) if wide else _PAGE
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.left_margin = section.right_margin = Twips(_EDGE)
    normal = word.styles["Normal"]
    normal.font.size = Pt(12)
    normal.font.name = _FONT
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    body = word.element.body
    end = body.sectPr
    for block in document.blocks:
        if isinstance(block, Grid):
            table = parse_xml(
                _table(block, width - 2 * _EDGE).replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1)
            )
            end.addprevious(table)
        elif block.place.part not in ("页眉", "页脚"):
            line = word.add_paragraph()
            for run, drawn in _runs(_printable(block.text)):
                line.add_run(run).underline = drawn or None
            if title and squeeze(block.text) == squeeze(title):
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                line.runs[0].bold, line.runs[0].font.size = True, Pt(_TITLE)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _size(grid: Grid) -> tuple[int, int]:
    """Return how many rows and columns ``grid`` has."""
    rows = max((cell.row + cell.row_span for cell in grid.cells), default=1)
    return rows, max((cell.column + cell.column_span for cell in grid.cells), default=1)


def _table(grid: Grid, room: int) -> str:
    """Return the grid as ``w:tbl`` (ECMA-376 17.4.38), each cell written once: linear, whatever its size."""
    rows, columns = _size(grid)
    widths = _widths(grid, columns, room)
    owners: dict[tuple[int, int], Cell] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            owners.setdefault((row, cell.column), cell)
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
    lines = "".join(f"<w:tr>{''.join(_row(owners, row, widths))}</w:tr>" for row in range(rows))
    grid_columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid_columns}</w:tblGrid>{lines}</w:tbl>"
    )


def _row(owners: dict[tuple[int, int], Cell], row: int, widths: list[int]) -> Iterator[str]:
    """Yield the cells of one row; a column that no cell covers gets an empty one."""
    column = 0
    while column < len(widths):
        cell = owners.get((row, column))
        span = cell.column_span if cell is not None else 1
        width = sum(widths[column : column + span])
        merge = ""
        if cell is not None and cell.row_span > 1:
            merge = '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
        content = _content(cell, width) if cell is not None and cell.row == row else "<w:p/>"
        spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{merge}'
            f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
        )
        column += span


def _content(cell: Cell, room: int) -> str:
    """Return the blocks of a cell; the last is a paragraph, as a cell must end with one (ECMA-376 17.4.65)."""
    blocks = [
        _table(block, room - 220) if isinstance(block, Grid) else _paragraph(block.text)
        for block in cell.blocks
    ]
    if not cell.blocks or isinstance(cell.blocks[-1], Grid):
        blocks.append("<w:p/>")
    return "".join(blocks)


def _paragraph(text: str) -> str:
    from xml.sax.saxutils import escape

    signs = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    runs = ""
    for words, drawn in _runs(_printable(text)):
        line = '<w:rPr><w:u w:val="single"/></w:rPr>' if drawn else ""
        inside = "".join(
            signs.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
            for piece in re.split(r"([\t\n])", words)
            if piece
        )
        runs += f"<w:r>{line}{inside}</w:r>"
    return f"<w:p>{runs}</w:p>" if runs else "<w:p/>"


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield stretches of a text, blanks that are drawn to be written on apart, and whether they are."""
    for piece in re.split(f"([{RULED}{RULED_TAB}]+)", text):
        if piece:
            drawn = piece[0] in (RULED, RULED_TAB)
            yield piece.translate(_BLANKS) if drawn else piece, drawn


def _widths(grid: Grid, columns: int, room: int) -> list[int]:
    """Return the widths of the columns: by the longest line of those cells that lie in one column."""
    measures = [0] * columns
    for cell in grid.cells:
        if cell.column_span == 1:
            longest = max((len(line) for line in _text(cell).split("\n")), default=0)
            measures[cell.column] = max(measures[cell.column], longest)
    alone = {cell.column for cell in grid.cells if cell.column_span == 1}
    measures = [
        min(max(measure, _FEWEST), _MOST) if measure else (_ROOM if column in alone else 0)
        for column, measure in enumerate(measures)
    ]
    for cell in sorted(grid.cells, key=lambda cell: cell.column_span):
        _stretch(measures, cell)
    measures = [max(measure, 1) for measure in measures]
    return [max(room * measure // sum(measures), 60) for measure in measures]


def _stretch(measures: list[int], cell: Cell) -> None:
    """Give the columns that a cell lies over as much as its longest line needs, those that have least first."""
    columns = range(cell.column, cell.column + cell.column_span)
    longest = max((len(line) for line in _text(cell).split("\n")), default=0)
    need = min(max(longest, _FEWEST), _MOST) if longest else _ROOM
    lacking = need - sum(measures[column] for column in columns)
    least = [column for column in columns if not measures[column]] or list(columns)
    for number in range(max(lacking, 0)):
        measures[least[number % len(least)]] += 1


def _text(cell: Cell) -> str:
    return "\n".join(block.text for block in cell.blocks if isinstance(block, Paragraph))


def _printable(text: str) -> str:
    return "".join(
        sign
        for sign in text
        if sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
    )


def retype_sheets(document: Document) -> bytes:
    """Return an xlsx with the sheets of ``document``: values, merges, and strokes around the cells of the table."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for block in document.blocks:
        if isinstance(block, Grid) and (block.cells or not book.worksheets):
            _sheet(book.create_sheet(block.name), block)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(sheet: Worksheet, grid: Grid) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    side = Side("thin")
    around = Border(side, side, side, side)
    rows, columns = _size(grid)
    first, last = _framed(grid, rows, columns)
    for cell in grid.cells:
        target: Any = sheet.cell(cell.row + 1, cell.column + 1)
        text = _printable(_text(cell))
        target.value = text or None
        if text.startswith("="):
            target.data_type = "s"
        title = cell.row < first
        target.alignment = Alignment(
            "center" if title or cell.row <= last else None, "center", wrap_text=True
        )
        target.font = Font(_FONT, 16 if title and cell.column_span == columns else 11, bold=title)
        if cell.row_span > 1 or cell.column_span > 1:
            ends = cell.row + cell.row_span, cell.column + cell.column_span
            sheet.merge_cells(None, cell.row + 1, cell.column + 1, *ends)
    for row in range(first, last + 1):
        for column in range(columns):
            sheet.cell(row + 1, column + 1).border = around
    for column, width in enumerate(_widths(grid, columns, 2 * _MOST * columns), 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width, 8), 40)


def _framed(grid: Grid, rows: int, columns: int) -> tuple[int, int]:
    """Return the first and last row of the table: titles stand above it, notes below it, each over the whole width."""
    lone = {
        cell.row for cell in grid.cells if columns > 1 and cell.column_span == columns and _text(cell).strip()
    }
    first, last = 0, rows - 1
    while first < last and first in lone:
        first += 1
    while last > first and last in lone:
        last -= 1
    return first, last
