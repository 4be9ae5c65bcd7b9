"""The building blocks of a page to GB/T 9704-2012, on python-docx.

``new_document`` gives an empty document with paper, 版心, grid, named styles and page numbers; the other functions add
paragraphs of those styles and tables. Knows nothing of notices, forms or summaries.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generate import package
from generate.save import save as put_in_place
from generate.standard import numbers as standard
from generate.standard.levels import Passage, passage
from generate.standard.numbers import PRACTICE, Fonts
from generate.standard.titles import title_lines
from generate.word import styles

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_KEPT = ("styles", "settings", "footer", "core-properties", "officeDocument")
_LEVEL_STYLES = (styles.BODY, styles.LEVEL_1, styles.LEVEL_2, styles.LEVEL_3, styles.LEVEL_4)
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
    '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
)


def new_document(fonts: Fonts = PRACTICE, *, numbered: bool = True) -> Document:
    """Return an empty document: A4, 版心 156 × 225 mm, 22 lines of 28 characters, the styles of ``styles.ALL``.

    With ``numbered``, odd and even pages carry their page number as 7.5 has it.
    """
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if not relation.reltype.endswith(_KEPT):
                del part.rels[key]
    _refill(document.styles.element, parse_xml(styles.styles_xml(fonts)))
    _refill(
        document.settings.element, parse_xml(f'<w:settings xmlns:w="{styles.W}">{_SETTINGS}</w:settings>')
    )
    _refill(document.sections[0]._sectPr, parse_xml(section_xml()))
    properties = document.core_properties._element
    for item in list(properties):
        properties.remove(item)
    if numbered:
        _number_pages(document.sections[0])
    return document


def section_xml() -> str:
    """Return ``w:sectPr`` for the standard's paper, margins and grid (5.1, 5.2)."""
    return (
        f'<w:sectPr xmlns:w="{styles.W}"><w:pgSz w:w="{standard.PAGE_WIDTH}" w:h="{standard.PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{standard.TOP}" w:right="{standard.RIGHT}" w:bottom="{standard.BOTTOM}" '
        f'w:left="{standard.LEFT}" w:header="851" w:footer="{standard.FOOTER}" w:gutter="0"/>'
        f'<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="{standard.LINE}"/></w:sectPr>'
    )


def paragraph(container: Document | _Cell, text: str, style: styles.Style = styles.BODY) -> Paragraph:
    """Add ``text`` as a paragraph of ``style``; a line feed in it is a line break."""
    added = container.add_paragraph()
    added.style = style.name
    if text:
        run(added, text)
    return added


def run(to: Paragraph, text: str, face: str = "") -> None:
    """Append ``text`` to the paragraph ``to``, quotes and dashes in the Chinese face; ``face`` names another one."""
    from docx.oxml import parse_xml

    added = to.add_run(text)
    fonts = styles.faces(face) if face else '<w:rFonts w:hint="eastAsia"/>'
    added._r.get_or_add_rPr().append(parse_xml(fonts.replace("<w:rFonts", f'<w:rFonts xmlns:w="{styles.W}"')))


def title(container: Document, text: str) -> Paragraph:
    """Add a title of two-number 小标宋, centred, its lines balanced (7.3.1)."""
    return paragraph(container, "\n".join(title_lines(text)), styles.TITLE)


def blank_line(container: Document, count: int = 1) -> None:
    """Add ``count`` empty lines of the body's pitch (空一行)."""
    for _ in range(count):
        paragraph(container, "", styles.BLANK)


def body(container: Document, text: str, fonts: Fonts = PRACTICE) -> Paragraph:
    """Add one paragraph of the body; its numbering (一、/（一）/1./（1）) decides its level and face (7.3.3).

    A heading alone takes its level's style. When text runs on after it, only the sentence of the heading does.
    """
    return passage_paragraph(container, passage(text), fonts)


def passage_paragraph(container: Document, item: Passage, fonts: Fonts = PRACTICE) -> Paragraph:
    """Add a paragraph whose level is known already."""
    if item.level == 0 or not item.rest:
        return paragraph(container, item.text, _LEVEL_STYLES[item.level])
    added = paragraph(container, "", styles.BODY)
    face = _LEVEL_STYLES[item.level].face
    run(added, item.head, getattr(fonts, face) if face != "body" else "")
    run(added, item.rest)
    return added


def table(container: Document, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Table:
    """Add a ruled table of the 版心's width: first row a header repeated on every page; ``widths`` are twips."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Twips

    added: Table = container.add_table(rows=len(rows), cols=len(widths))
    added.style = "Table Grid"
    added.alignment = WD_TABLE_ALIGNMENT.CENTER
    added.autofit = False
    for column, width in zip(added.columns, widths, strict=True):
        column.width = Twips(width)
    for number, (row, texts) in enumerate(zip(added.rows, rows, strict=True)):
        keep_whole(row)
        if number == 0:
            repeat(row)
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Twips(width)
            fill(cell, text, styles.TABLE_TEXT if number else styles.TABLE_HEAD)
    return added


def keep_whole(row: _Row) -> None:
    """Let no page end within ``row``."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def repeat(row: _Row) -> None:
    """Repeat ``row``, the first of its table, on every page that the table goes on to."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def fill(cell: _Cell, text: str, style: styles.Style) -> Paragraph:
    """Put ``text`` into the first paragraph of ``cell``, centred vertically."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    first: Paragraph = cell.paragraphs[0]
    first.style = style.name
    if text:
        run(first, text)
    return first


def data_of(document: Document) -> bytes:
    """Return the document's bytes, the same for the same content."""
    buffer = io.BytesIO()
    document.save(buffer)
    return package.packed(package.members_of(buffer.getvalue()))


def save(document: Document, out: Path) -> Path:
    """Write the document to ``out``, whole or not at all; raise ``OutputError``."""
    return put_in_place(data_of(document), out)


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _refill(element: Any, source: Any) -> None:
    for child in list(element):
        element.remove(child)
    for child in list(source):
        element.append(child)


def _number_pages(section: Section) -> None:
    """Put 一字线 and number into the footers: odd right with 空一字, even left with 空一字 (7.5)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.shared import Twips

    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.style = styles.PAGE_NUMBER.name
        line.alignment = align
        edge = Twips(standard.PAGE_NUMBER_INDENT)
        if align == WD_ALIGN_PARAGRAPH.RIGHT:
            line.paragraph_format.right_indent = edge
        else:
            line.paragraph_format.left_indent = edge
        run(line, "— ")
        field = f'<w:fldSimple xmlns:w="{styles.W}" w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        line._p.append(parse_xml(field))
        run(line, " —")
