"""The template of a document with 文件 head (7.2), to be opened and edited in Word or WPS: each element a tagged paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generate.notice import page
from generate.standard import numbers as standard
from generate.word import styles

from . import elements
from .elements import tag
from .imprint import imprint

if TYPE_CHECKING:
    from docx.document import Document


def notice() -> bytes:
    """Return the template's bytes."""
    document = page.new_document()
    head_rows(document)
    _mark(document)
    _number(document)
    elements.whole_text(document)
    imprint(document)
    return page.data_of(document)


def head_rows(document: Document) -> None:
    """Add 份号, 密级和保密期限, 紧急程度 in the first rows (7.2.1-7.2.3) and the room above the mark that is left."""
    tag(document, "for 行 in 版头")
    tag(document, "if 行.黑体")
    page.paragraph(document, "{{ 行.文 }}", styles.HEAD_ROW_BLACK)
    tag(document, "else")
    page.paragraph(document, "{{ 行.文 }}", styles.HEAD_ROW)
    tag(document, "endif")
    tag(document, "endfor")
    page.paragraph(document, "", styles.MARK_SPACE)


def _mark(document: Document) -> None:
    """Add the mark of one organ, or several names with 文件 at their right, centred in height (7.2.4)."""
    tag(document, "if 联合")
    _joint(document)
    tag(document, "else")
    page.paragraph(document, "{{ 标志 }}", styles.MARK)
    tag(document, "endif")


def _joint(document: Document) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
    from docx.shared import Twips

    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    names, word = table.rows[0].cells
    for cell, width in ((names, standard.TEXT_WIDTH - 2000), (word, 2000)):
        cell.width = Twips(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    first = names.paragraphs[0]
    _set(first, "{%p for 机关 in 联合 %}", styles.TAG)
    _set(names.add_paragraph(), "{{ 机关 }}", styles.JOINT_MARK)
    _set(names.add_paragraph(), "{%p endfor %}", styles.TAG)
    _set(word.paragraphs[0], "{{ 联合文件 }}", styles.JOINT_MARK)


def _set(paragraph: Any, text: str, style: styles.Style) -> None:
    paragraph.style = style.name
    page.run(paragraph, text)


def _number(document: Document) -> None:
    """Add 发文字号, in an upward document with 签发人 beside it (7.2.5, 7.2.6), two lines below the mark."""
    page.blank_line(document, 2)
    tag(document, "for 行 in 签发行")
    tag(document, "if not loop.last")
    signers = page.paragraph(document, "\t{{ 行.标签 }}", styles.SIGNER)
    page.run(signers, "{{ 行.姓名 }}", standard.PRACTICE.kai)
    tag(document, "else")
    last = page.paragraph(document, "{{ 文号 }}\t{{ 行.标签 }}", styles.NUMBER_UP)
    page.run(last, "{{ 行.姓名 }}", standard.PRACTICE.kai)
    tag(document, "endif")
    tag(document, "endfor")
    tag(document, "if not 签发行")
    page.paragraph(document, "{{ 文号 }}", styles.NUMBER)
    tag(document, "endif")
