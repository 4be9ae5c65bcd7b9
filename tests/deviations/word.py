"""Blocks as a Word file: paragraphs, tables with merged cells, content controls at every level, tables within cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from samples.luohe.marks import Extras, control, words
from samples.luohe.word import LISTS, document

from .model import MARK, Block, Boxed, Break, Cell, Row, Table
from .runs import runs

_SONG = '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:hint="eastAsia"/>'
_FANG = '<w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hAnsi="仿宋" w:hint="eastAsia"/>'
_LABEL, _ANSWER = f'{_SONG}<w:sz w:val="24"/>', f'{_FANG}<w:sz w:val="24"/>'
_STYLES = {"title": f'{_SONG}<w:b/><w:sz w:val="36"/>', "date": _LABEL, "cover": _LABEL}
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
_FRAME, _FRAMED = "⟦box|文本框里的内容⟧", f"<w:p>{words('文本框里的内容', _ANSWER)}</w:p>"
_GROWN = ('cx="4000500" cy="419100"', 'cx="6120000" cy="8280000"')  # from a line's size to a page's, in EMU
_DELETED = '<w:del w:id="77" w:author="审核" w:date="2020-08-25T09:00:00Z"/>'
# lists that the sample has no word for: ①, letters and bullets
LISTS.update({"4": ("decimalEnclosedCircle", "%1"), "5": ("lowerLetter", "%1)"), "6": ("bullet", "●")})


@dataclass(slots=True)
class Numbered(Extras):
    """Extras that remember which list of the document stands where: (kind, place) → number."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)


def write(pages: Sequence[Sequence[Block]], header: str = "") -> bytes:
    """Return the docx that holds ``pages`` one behind the other, each beginning on a page of its own."""
    extras = Numbered()
    bodies = ["".join(_block(block, extras) for block in page) for page in pages]
    if header:
        extras.header = _paragraph(header, _LABEL, "right", extras)
    return document(_PAGE_BREAK.join(bodies), extras, {})


def _block(block: Block, extras: Numbered) -> str:
    if isinstance(block, Break):
        return _PAGE_BREAK
    if isinstance(block, Boxed):
        inside = "".join(_block(each, extras) for each in block.blocks) + "<w:p/>"
        frame = _paragraph(_FRAME, _ANSWER, "left", extras).replace(_FRAMED, inside)
        return frame.replace(*_GROWN) if any(isinstance(each, Table) for each in block.blocks) else frame
    if isinstance(block, Table):
        made = _table(block, extras)
        return control(made, extras.next()) if block.control else made
    return _paragraph(block.text, _STYLES.get(block.role, _ANSWER), block.side, extras)


def _paragraph(text: str, props: str, side: str, extras: Numbered, numbering: str = "") -> str:
    lines = "<w:r><w:br/></w:r>".join(runs(line, props, extras) for line in text.split("\n"))
    return f'<w:p><w:pPr>{numbering}<w:jc w:val="{escape(side)}"/></w:pPr>{lines}</w:p>'


def _table(table: Table, extras: Numbered) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
    rows = "".join(_row(row, table.widths, extras) for row in table.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(table.widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
        f'{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(row: Row, widths: Sequence[int], extras: Numbered) -> str:
    skipped = sum(widths[: row.before])
    properties = (
        (
            f'<w:gridBefore w:val="{row.before}"/><w:wBefore w:w="{skipped}" w:type="dxa"/>'
            if row.before
            else ""
        )
        + '<w:trHeight w:val="560" w:hRule="atLeast"/>'
        + ("<w:hidden/>" if row.hidden else "")
        + ("<w:tblHeader/>" if row.header else "")
        + (_DELETED if row.deleted else "")
    )
    made, column = [], row.before
    for cell in row.cells:
        made.append(_cell(cell, sum(widths[column : column + cell.span]), row, extras))
        column += cell.span
    whole = f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"
    return control(whole, extras.next()) if row.control else whole


def _cell(cell: Cell, width: int, row: Row, extras: Numbered) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    properties = (
        f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
    )
    whole = f"<w:tc>{properties}{_inside(cell, row, extras)}</w:tc>"
    return control(whole, extras.next()) if cell.control == "cell" else whole


def _inside(cell: Cell, row: Row, extras: Numbered) -> str:
    if cell.blocks:
        return "".join(_block(block, extras) for block in cell.blocks) + "<w:p/>"
    if row.deleted:
        number = extras.next()
        gone = f'<w:del w:id="{number}" w:author="审核" w:date="2020-08-25T09:00:00Z">{words(cell.text, _ANSWER, "w:delText")}</w:del>'
        return f"<w:p>{gone}</w:p>"
    if cell.label:
        numbering = _numbered("2", "label", extras) if cell.numbered else ""
        return _paragraph(cell.text, _LABEL, "center", extras, numbering)
    paragraphs = _answer(cell.text, extras)
    if cell.control == "block":
        return control(paragraphs, extras.next()) + "<w:p/>"
    if cell.control == "hint":
        shown = _paragraph(cell.text, _ANSWER, "left", extras)
        return control(shown, extras.next(), placeholder=True) + "<w:p/>"
    return paragraphs


def _answer(text: str, extras: Numbered) -> str:
    """Return the paragraphs of an answer: one for each line, numbered lines as a list, a nested table where marked."""
    made, place = [], str(extras.next())
    for line in text.split("\n"):
        first = MARK.match(line)
        if first and first[1] == "list":
            numbering = _numbered(first[2], place, extras)
            made.append(_paragraph(line[first.end() :], _ANSWER, "left", extras, numbering))
        elif first and first[1] == "table":
            made.append(_nested(first[2], extras))
        else:
            made.append(_paragraph(line, _ANSWER, "left", extras))
    return "".join(made)


def _nested(text: str, extras: Numbered) -> str:
    rows = [Row([Cell(item) for item in line.split(",")]) for line in text.split(";")]
    return _table(Table(rows, [1900] * len(rows[0].cells)), extras) + "<w:p/>"


def _numbered(kind: str, place: str, extras: Numbered) -> str:
    """Return the numbering of one list: paragraphs of the same ``place`` and kind count on."""
    if (kind, place) not in extras.numbers:
        extras.lists.append(kind)
        extras.numbers[kind, place] = len(extras.lists)
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{extras.numbers[kind, place]}"/></w:numPr>'
