"""版记 as a text box at the foot of the last page's 版心 (GB/T 9704-2012 7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generate import page, standard, styles

from .elements import tag

if TYPE_CHECKING:
    from docx.document import Document

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_EMU = 635  # English metric units to the twip
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


def anchored_box(content: str, extent: tuple[int, int], position: str, name: str) -> str:
    """Return a run with a text box of ``extent`` twips for ``content``; ``position`` is ``wp:positionH`` and ``V``."""
    across, down = extent
    size = f'cx="{across * _EMU}" cy="{down * _EMU}"'
    return (
        f"<w:r {_SPACES}>"
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251659264" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f"{position}"
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="{name}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


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
