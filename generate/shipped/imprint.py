"""版记 as a text box at the foot of the last page's 版心 (GB/T 9704-2012 7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generate.notice import page
from generate.standard import numbers as standard
from generate.word import styles
from generate.word.boxes import anchored_box

from .elements import tag

if TYPE_CHECKING:
    from docx.document import Document

_FOOT = (
    '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
)
_HEIGHT = 1700  # shows every line while the template is edited; a document sets what it needs


def imprint(document: Document) -> None:
    """Add 主送 (when it moved here), 抄送, 印发机关 and 印发日期 between their lines.

    The box floats in front of its anchor, a line exactly as tall as the box: where that line fits, the box has room.
    """
    lines = [
        _rule(standard.IMPRINT_THICK),
        *_sent("主送版记", rule=False),
        *_sent("抄送", rule=True),
        *_printed(),
        _rule(standard.IMPRINT_THICK),
    ]
    _anchored(document, "印发机关", lines)


def plain_imprint(document: Document) -> None:
    """Add the 版记 of a 信函: 抄送 alone, without lines (10.1)."""
    _anchored(document, "抄送 or 主送版记", [*_sent("主送版记", rule=False), *_sent("抄送", rule=False)])


def _anchored(document: Document, condition: str, lines: list[str]) -> None:
    from docx.oxml import parse_xml
    from docx.shared import Twips

    tag(document, f"if {condition}")
    anchor = page.paragraph(document, "", styles.BLANK)
    anchor.paragraph_format.line_spacing = Twips(_HEIGHT)
    extent = (standard.TEXT_WIDTH, _HEIGHT)
    anchor._p.append(parse_xml(anchored_box("".join(lines), extent, _FOOT, "版记")))
    tag(document, "endif")


def _sent(name: str, *, rule: bool) -> list[str]:
    """Return the lines of 抄送 or 主送, wrapped under the first name (7.4.2)."""
    indent = f'<w:ind w:left="{standard.IMPRINT_INDENT * 4}" w:hanging="{standard.IMPRINT_INDENT * 3}"/>'
    return [
        _line(f"{{%p if {name} %}}", style=styles.TAG),
        _line(f"{name[:2]}：{{{{ {name} }}}}", indent),
        *([_rule(standard.IMPRINT_THIN)] if rule else []),
        _line("{%p endif %}", style=styles.TAG),
    ]


def _printed() -> list[str]:
    edge = standard.TEXT_WIDTH - standard.IMPRINT_INDENT
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{edge}"/></w:tabs>'
    text = '{{ 印发机关 }}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{{ 印发日期 }}'
    return [_line(text, tabs)]


def _line(text: str, properties: str = "", style: styles.Style = styles.IMPRINT) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/>{properties}</w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
    )


def _rule(size: int) -> str:
    """Return a hair-high paragraph whose upper border is a line as wide as the 版心."""
    border = f'<w:pBdr><w:top w:val="single" w:sz="{size}" w:space="0" w:color="auto"/></w:pBdr>'
    return f'<w:p><w:pPr><w:pStyle w:val="{styles.HAIR.id}"/>{border}</w:pPr></w:p>'
