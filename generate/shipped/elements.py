"""The elements of a document as tagged paragraphs, which every template of ``templates/`` is put together from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generate.notice import page
from generate.standard import numbers as standard
from generate.word import styles

if TYPE_CHECKING:
    from docx.document import Document


def tag(document: Document, words: str) -> None:
    """Add a paragraph that holds one tag of docxtpl and vanishes when the template is filled."""
    page.paragraph(document, f"{{%p {words} %}}", styles.TAG)


def title(document: Document) -> None:
    """Add the title, two empty lines below the red line (7.3.1)."""
    page.blank_line(document, 2)
    page.paragraph(document, "{{ 标题 }}", styles.TITLE)


def addressees(document: Document) -> None:
    """Add 主送机关 one line below the title (7.3.2); without one the line stays."""
    page.blank_line(document)
    tag(document, "if 主送")
    page.paragraph(document, "{{ 主送 }}", styles.ADDRESSEES)
    tag(document, "endif")


def passages(document: Document, source: str) -> None:
    """Add the four levels as a loop over ``source``: a heading alone has its style, a run-in heading its face."""
    tag(document, f"for 段 in {source}")
    fonts = standard.PRACTICE
    for level, style, face in ((1, styles.LEVEL_1, fonts.hei), (2, styles.LEVEL_2, fonts.kai)):
        tag(document, f"{'if' if level == 1 else 'elif'} 段.级 == {level} and not 段.文")
        page.paragraph(document, "{{ 段.题 }}", style)
        tag(document, f"elif 段.级 == {level}")
        run_in = page.paragraph(document, "", styles.BODY)
        page.run(run_in, "{{ 段.题 }}", face)
        page.run(run_in, "{{ 段.文 }}")
    for level, style in ((3, styles.LEVEL_3), (4, styles.LEVEL_4)):
        tag(document, f"elif 段.级 == {level}")
        page.paragraph(document, "{{ 段.题 }}{{ 段.文 }}", style)
    tag(document, "else")
    page.paragraph(document, "{{ 段.题 }}{{ 段.文 }}", styles.BODY)
    tag(document, "endif")
    tag(document, "endfor")


def note(document: Document, source: str) -> None:
    """Add 附件说明: one line below the text, numbers only where there are several (7.3.4)."""
    tag(document, f"if {source}")
    page.blank_line(document)
    tag(document, f"for 件 in {source}")
    tag(document, "if not 件.序号")
    page.paragraph(document, "附件：{{ 件.标题 }}", styles.NOTE_ONE)
    tag(document, "elif loop.first")
    page.paragraph(document, "附件：{{ 件.序号 }}.{{ 件.标题 }}", styles.NOTE)
    tag(document, "else")
    page.paragraph(document, "{{ 件.序号 }}.{{ 件.标题 }}", styles.NOTE_NEXT)
    tag(document, "endif")
    tag(document, "endfor")
    tag(document, "endif")


def signature(document: Document) -> None:
    """Add 署名 or 签名章, 成文日期 and 附注 (7.3.5, 7.3.6)."""
    tag(document, "if 署名行 or 签名章职务")
    tag(document, "for 空 in 署名上空")
    page.blank_line(document)
    tag(document, "endfor")
    tag(document, "if 签名章职务")
    page.paragraph(document, "{{ 签名章职务 }}\u3000\u3000", styles.STAMP)
    page.blank_line(document)
    tag(document, "else")
    tag(document, "for 名 in 署名行")
    tag(document, "if 名.并列")
    page.paragraph(document, "{{ 名.文 }}", styles.JOINT_SIGNATURE)
    tag(document, "else")
    page.paragraph(document, "{{ 名.文 }}", styles.SIGNATURE)
    tag(document, "endif")
    tag(document, "for 空 in 名.下空")
    page.blank_line(document)
    tag(document, "endfor")
    tag(document, "endfor")
    tag(document, "endif")
    page.paragraph(document, "{{ 成文日期 }}", styles.DATE)
    tag(document, "endif")
    tag(document, "if 附注")
    page.paragraph(document, "{{ 附注 }}", styles.REMARK)
    tag(document, "endif")


def annexes(document: Document) -> None:
    """Add the carried text and the 附件, each on its own page: label in row 1, title in row 3 (7.3.7)."""
    tag(document, "for 页 in 附页")
    tag(document, "if 页.标签")
    page.paragraph(document, "{{ 页.标签 }}", styles.ATTACHMENT_LABEL)
    page.blank_line(document)
    page.paragraph(document, "{{ 页.标题 }}", styles.TITLE)
    tag(document, "else")
    page.paragraph(document, "{{ 页.标题 }}", styles.TITLE).paragraph_format.page_break_before = True
    tag(document, "endif")
    tag(document, "if 页.正文")
    page.blank_line(document)
    passages(document, "页.正文")
    note(document, "页.附件说明")
    tag(document, "endif")
    tag(document, "if 页.成文日期")
    page.blank_line(document)
    page.paragraph(document, "{{ 页.署名 }}", styles.SIGNATURE)
    page.paragraph(document, "{{ 页.成文日期 }}", styles.DATE)
    tag(document, "endif")
    tag(document, "if 页.表单")
    page.paragraph(document, "{{ 页.表单 }}", styles.BODY)
    tag(document, "endif")
    tag(document, "endfor")


def whole_text(document: Document) -> None:
    """Add all that stands between the head and the imprint of a document that is sent: title to 附件 (7.3)."""
    title(document)
    addressees(document)
    passages(document, "正文")
    note(document, "附件说明")
    signature(document)
    annexes(document)
