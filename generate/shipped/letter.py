"""The template of a 信函 (GB/T 9704-2012 10.1): mark and red double lines stand in the head and foot of page one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generate.notice import page
from generate.standard import numbers as standard
from generate.word import styles
from generate.word.boxes import anchored_box

from . import elements
from .elements import tag
from .imprint import plain_imprint

if TYPE_CHECKING:
    from docx.document import Document

_HEAD = 1701  # 30 mm from the paper's edge to the mark; calibrated with the mark's own air
_LINE_BOX = 250  # the lower double line hangs this far under its box's upper edge (measured)
_LINE_LENGTH = standard.twips(170)
_LINE_LEFT = standard.LEFT + styles.LETTER_MARK.left
_LOWER_LINE = standard.PAGE_HEIGHT - standard.twips(20)


def letter() -> bytes:
    """Return the template's bytes."""
    document = page.new_document()
    _first_page(document)
    tag(document, "for 行 in 版头")
    page.paragraph(document, "{{ 行.文 }}", styles.LETTER_HEAD)
    tag(document, "endfor")
    page.paragraph(document, "{{ 文号 }}", styles.LETTER_NUMBER)
    elements.whole_text(document)
    plain_imprint(document)
    return page.data_of(document)


def _first_page(document: Document) -> None:
    """Put mark and upper line into the first page's header, the lower line into its footer, which has no number."""
    from docx.oxml import parse_xml
    from docx.shared import Twips

    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Twips(_HEAD)
    mark = section.first_page_header.paragraphs[0]
    mark.style = styles.LETTER_MARK.name
    page.run(mark, "{{ 标志 }}")
    foot = section.first_page_footer.paragraphs[0]
    foot.style = styles.HAIR.name
    line = f'<w:p><w:pPr><w:pStyle w:val="{styles.LETTER_LINE.id}"/></w:pPr></w:p>'
    where = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{place * 635}</wp:posOffset></wp:position{axis}>'
        for axis, place in (("H", _LINE_LEFT), ("V", _LOWER_LINE - _LINE_BOX))
    )
    foot._p.append(parse_xml(anchored_box(line, (_LINE_LENGTH, _LINE_BOX), where, "信函下线")))
