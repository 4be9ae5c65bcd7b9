"""The template of the 红头 notice, to be opened and edited in Word or WPS: every element is a paragraph with its tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generate import page, standard, styles

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
_IMPRINT_HEIGHT = 1700  # shows every line while the template is edited; a notice sets what it needs


def notice() -> bytes:
    """Return the template's bytes."""
    document = page.new_document()
    _head(document)
    _passages(document, "正文")
    _note(document, "附件说明")
    page.blank_line(document)
    page.paragraph(document, "{{ 署名 }}", styles.SIGNATURE)
    page.paragraph(document, "{{ 成文日期 }}", styles.DATE)
    _annexes(document)
    _imprint(document)
    return page.data_of(document)


def _head(document: Document) -> None:
    page.paragraph(document, "", styles.MARK_SPACE)
    page.paragraph(document, "{{ 标志 }}", styles.MARK)
    page.blank_line(document, 2)  # 空二行 (7.2.5)
    page.paragraph(document, "{{ 文号 }}", styles.NUMBER)
    page.blank_line(document, 2)  # 空二行 (7.3.1)
    page.paragraph(document, "{{ 标题 }}", styles.TITLE)
    page.blank_line(document)
    page.paragraph(document, "{{ 主送 }}", styles.ADDRESSEES)


def _passages(document: Document, source: str) -> None:
    """Add the four levels as a loop over ``source``: a heading alone has its style, a run-in heading its face."""
    _tag(document, f"for 段 in {source}")
    fonts = standard.PRACTICE
    for level, style, face in ((1, styles.LEVEL_1, fonts.hei), (2, styles.LEVEL_2, fonts.kai)):
        _tag(document, f"{'if' if level == 1 else 'elif'} 段.级 == {level} and not 段.文")
        page.paragraph(document, "{{ 段.题 }}", style)
        _tag(document, f"elif 段.级 == {level}")
        run_in = page.paragraph(document, "", styles.BODY)
        page.run(run_in, "{{ 段.题 }}", face)
        page.run(run_in, "{{ 段.文 }}")
    for level, style in ((3, styles.LEVEL_3), (4, styles.LEVEL_4)):
        _tag(document, f"elif 段.级 == {level}")
        page.paragraph(document, "{{ 段.题 }}{{ 段.文 }}", style)
    _tag(document, "else")
    page.paragraph(document, "{{ 段.题 }}{{ 段.文 }}", styles.BODY)
    _tag(document, "endif")
    _tag(document, "endfor")


def _note(document: Document, source: str) -> None:
    """Add 附件说明: one line below the text, numbers only where there are several (7.3.4)."""
    _tag(document, f"if {source}")
    page.blank_line(document)
    _tag(document, f"for 件 in {source}")
    _tag(document, "if not 件.序号")
    page.paragraph(document, "附件：{{ 件.标题 }}", styles.NOTE_ONE)
    _tag(document, "elif loop.first")
    page.paragraph(document, "附件：{{ 件.序号 }}.{{ 件.标题 }}", styles.NOTE)
    _tag(document, "else")
    page.paragraph(document, "{{ 件.序号 }}.{{ 件.标题 }}", styles.NOTE_NEXT)
    _tag(document, "endif")
    _tag(document, "endfor")
    _tag(document, "endif")


def _annexes(document: Document) -> None:
    """Add the carried text and the 附件, each on its own page: label in row 1, title in row 3 (7.3.7)."""
    _tag(document, "for 页 in 附页")
    _tag(document, "if 页.标签")
    page.paragraph(document, "{{ 页.标签 }}", styles.ATTACHMENT_LABEL)
    page.blank_line(document)
    page.paragraph(document, "{{ 页.标题 }}", styles.TITLE)
    _tag(document, "else")
    page.paragraph(document, "{{ 页.标题 }}", styles.TITLE).paragraph_format.page_break_before = True
    _tag(document, "endif")
    _tag(document, "if 页.正文")
    page.blank_line(document)
    _passages(document, "页.正文")
    _note(document, "页.附件说明")
    _tag(document, "endif")
    _tag(document, "if 页.表单")
    page.paragraph(document, "{{ 页.表单 }}", styles.BODY)
    _tag(document, "endif")
    _tag(document, "endfor")


def _imprint(document: Document) -> None:
    """Add 版记 as a text box at the foot of the last page's 版心 (7.4).

    The box floats in front of its anchor, a line exactly as tall as the box: where that line fits, the box has room.
    """
    from docx.oxml import parse_xml

    _tag(document, "if 印发机关")
    anchor = page.paragraph(document, "", styles.BLANK)
    anchor.paragraph_format.line_spacing = _twips(_IMPRINT_HEIGHT)
    inner = [_rule(standard.IMPRINT_THICK), *_copies(), *_printed(), _rule(standard.IMPRINT_THICK)]
    anchor._p.append(parse_xml(f"<w:r {_SPACES}>{_box(''.join(inner))}</w:r>"))
    _tag(document, "endif")


def _copies() -> list[str]:
    indent = f'<w:ind w:left="{standard.IMPRINT_INDENT * 4}" w:hanging="{standard.IMPRINT_INDENT * 3}"/>'
    return [
        _line("{%p if 抄送 %}", style=styles.TAG),
        _line("抄送：{{ 抄送 }}", indent),
        _rule(standard.IMPRINT_THIN),
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


def _box(content: str) -> str:
    size = f'cx="{standard.TEXT_WIDTH * _EMU}" cy="{_IMPRINT_HEIGHT * _EMU}"'
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251659264" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"
    )


def _tag(document: Document, words: str) -> None:
    page.paragraph(document, f"{{%p {words} %}}", styles.TAG)


def _twips(count: int) -> int:
    from docx.shared import Twips

    return Twips(count)
