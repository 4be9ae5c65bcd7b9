"""The templates of 命令 (GB/T 9704-2012 10.2), 纪要 (10.3) and of a 征求意见稿, which has neither mark nor number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generate.notice import page
from generate.standard import numbers as standard
from generate.word import styles

from . import elements
from .elements import tag
from .imprint import imprint
from .notice import head_rows

if TYPE_CHECKING:
    from docx.document import Document


def order() -> bytes:
    """Return the template of a 命令: 令号 and text two lines apart, signed by a 签名章."""
    document = page.new_document()
    head_rows(document)
    page.paragraph(document, "{{ 标志 }}", styles.MARK)
    page.blank_line(document, 2)
    page.paragraph(document, "{{ 文号 }}", styles.ORDER_NUMBER)
    page.blank_line(document, 2)
    _content(document)
    return page.data_of(document)


def minutes() -> bytes:
    """Return the template of a 纪要: number, organ and day above the red line, attendance below the text."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Twips

    document = page.new_document()
    head_rows(document)
    page.paragraph(document, "{{ 标志 }}", styles.MARK)
    page.blank_line(document)
    tag(document, "if 文号")
    page.paragraph(document, "{{ 文号 }}", styles.ORDER_NUMBER)
    tag(document, "endif")
    page.blank_line(document)
    line = page.paragraph(document, "{{ 署名 }}\t{{ 成文日期 }}", styles.MINUTES_LINE)
    edge = standard.TEXT_WIDTH - standard.chars(1)
    line.paragraph_format.tab_stops.add_tab_stop(Twips(edge), WD_TAB_ALIGNMENT.RIGHT)
    elements.title(document)
    page.blank_line(document)
    elements.passages(document, "正文")
    elements.note(document, "附件说明")
    tag(document, "if 到会")
    page.blank_line(document)
    tag(document, "for 项 in 到会")
    people = page.paragraph(document, "", styles.ATTENDANCE)
    page.run(people, "{{ 项.名 }}", standard.PRACTICE.hei)
    page.run(people, "：{{ 项.人 }}")
    tag(document, "endfor")
    tag(document, "endif")
    elements.annexes(document)
    imprint(document)
    return page.data_of(document)


def consultation() -> bytes:
    """Return the template of a 征求意见稿: title and text alone."""
    document = page.new_document()
    page.paragraph(document, "{{ 标题 }}", styles.TITLE)
    page.paragraph(document, "{{ 征求意见 }}", styles.CONSULTATION)
    elements.addressees(document)
    elements.passages(document, "正文")
    elements.note(document, "附件说明")
    elements.signature(document)
    elements.annexes(document)
    return page.data_of(document)


def _content(document: Document) -> None:
    elements.passages(document, "正文")
    elements.note(document, "附件说明")
    elements.signature(document)
    elements.annexes(document)
    imprint(document)
