"""The template of the year-end summary, to be opened and edited in Word or WPS: every element is a paragraph with its tag.

Tables and charts have as many rows and columns as a work has figures, so they take the place of a tag of their own.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from generate import page, styles
from generate.package import members_of, packed
from generate.sections import make_landscape
from generate.wordpackage import Package

if TYPE_CHECKING:
    from docx.document import Document


def summary() -> bytes:
    """Return the template's bytes."""
    document = page.new_document()
    page.paragraph(document, "{{ 标题 }}", styles.TITLE)
    page.blank_line(document)
    _tag(document, "if 主送")
    page.paragraph(document, "{{ 主送 }}：", styles.ADDRESSEES)
    _tag(document, "endif")
    _overall(document)
    _reports(document)
    _compared(document)
    _sums(document)
    _texts(document)
    _absent(document)
    _listed(document)
    blank = page.paragraph(document, "", styles.BLANK)
    blank.paragraph_format.keep_with_next = True  # 署名 never alone on a page (7.3.5.5)
    page.paragraph(document, "{{ 署名 }}", styles.SIGNATURE)
    page.paragraph(document, "{{ 成文日期 }}", styles.DATE)
    ending = page.paragraph(document, "", styles.HAIR)
    ending._p.get_or_add_pPr().append(deepcopy(document.sections[0]._sectPr))
    _annexes(document)
    package = Package(members_of(page.data_of(document)))
    make_landscape(package, package.document.findall(f".//{{{styles.W}}}sectPr")[-1])
    return packed(package.members())


def _overall(document: Document) -> None:
    page.paragraph(document, "一、总体情况", styles.LEVEL_1)
    page.paragraph(
        document,
        "{{ 年 }}年，{{ 工作 }}共有{{ 总计.单位数 }}个单位承担报送任务，应报{{ 总计.应报 }}份，"
        "已报{{ 总计.已报 }}份，其中按时报送{{ 总计.按时 }}份、逾期报送{{ 总计.逾期 }}份；"
        "未报送{{ 总计.未报 }}份{% if 总计.未到期 %}，尚未到期{{ 总计.未到期 }}份{% endif %}。"
        "{% if 总计.报送率 %}到期应报的报送率为{{ 总计.报送率 }}。{% endif %}",
    )
    _tag(document, "for 表 in 各表")
    page.paragraph(
        document,
        "《{{ 表.名称 }}》应报{{ 表.应报 }}份，已报{{ 表.已报 }}份（按时{{ 表.按时 }}份、逾期{{ 表.逾期 }}份），"
        "未报送{{ 表.未报 }}份{% if 表.未到期 %}，尚未到期{{ 表.未到期 }}份{% endif %}"
        "{% if 表.报送率 %}，报送率{{ 表.报送率 }}{% endif %}。",
    )
    _tag(document, "endfor")
    _tag(document, "for 节 in 数字")
    page.paragraph(document, "{{ 节.合计 }}")
    _tag(document, "endfor")
    _tag(document, "if 存疑")
    page.paragraph(document, "上述合计所依据的数字中有{{ 存疑 }}个存疑，按读出的数计入，以核对后的为准。")
    _tag(document, "endif")
    _tag(document, "if 未计入")
    page.paragraph(document, "另有{{ 未计入 }}份报送尚未确认单位、表单或报送期，没有计入。")
    _tag(document, "endif")


def _reports(document: Document) -> None:
    page.paragraph(document, "{{ 报送.序 }}、报送情况", styles.LEVEL_1)
    _tag(document, "if 报送.总")
    page.paragraph(
        document,
        "总的情况见图{{ 报送.总.图号 }}、表{{ 报送.总.表号 }}，各月情况见图{{ 报送.月.图号 }}、表{{ 报送.月.表号 }}"
        "{% if 报送.单位 %}，各单位情况见表{{ 报送.单位.表号 }}{% endif %}。每个单位每一期的情况见附件1。",
    )
    _figure(document, "报送.总", "报送情况")
    _table(document, "报送.总", "各表单报送情况（份）")
    _figure(document, "报送.月", "各月应报和已报份数")
    _table(document, "报送.月", "各月报送情况（份）")
    _tag(document, "else")
    page.paragraph(document, "本年没有需要报送的。")
    _tag(document, "endif")
    _tag(document, "if 报送.单位")
    _table(document, "报送.单位", "各单位报送情况（份）")
    _tag(document, "endif")


def _compared(document: Document) -> None:
    _tag(document, "if 比较")
    page.paragraph(document, "{{ 比较.序 }}、与上年比较", styles.LEVEL_1)
    page.paragraph(document, "与{{ 比较.上年 }}年比较的情况见表{{ 比较.表号 }}。{{ 比较.注 }}")
    _table(document, "比较", "与{{ 比较.上年 }}年比较")
    _tag(document, "endif")


def _sums(document: Document) -> None:
    from docx.shared import Pt

    _tag(document, "for 节 in 数字")
    page.paragraph(document, "{{ 节.序 }}、{{ 节.标题 }}", styles.LEVEL_1)
    page.paragraph(document, "分月情况见图{{ 节.图号 }}、表{{ 节.表号 }}。")
    _figure(document, "节", "{{ 节.表题 }}")
    _table(document, "节", "{{ 节.表题 }}")
    _tag(document, "if 节.存疑")
    note = page.paragraph(document, "注：带*的数字含有存疑的数，共{{ 节.存疑 }}个。", styles.TABLE_TEXT)
    note.paragraph_format.space_before = note.paragraph_format.space_after = Pt(4)
    _tag(document, "endif")
    _tag(document, "endfor")


def _texts(document: Document) -> None:
    _tag(document, "for 节 in 文字")
    page.paragraph(document, "{{ 节.序 }}、{{ 节.标题 }}", styles.LEVEL_1)
    _tag(document, "if 节.问题")
    page.paragraph(
        document,
        "{{ 节.问题.单位数 }}个单位反映问题{{ 节.问题.条数 }}条，内容相近的归为一类，共{{ 节.问题.类数 }}类。"
        "{% if 节.问题.前 %}反映最多的{{ 节.问题.前 }}类见表{{ 节.问题.表号 }}，全部{% else %}各类见表{{ 节.问题.表号 }}，"
        "反映的单位{% endif %}见附件《问题清单》。",
    )
    _table(document, "节.问题", "{{ 节.标题 }}")
    _tag(document, "elif not 节.单位")
    page.paragraph(document, "各单位没有报送这方面的内容。")
    _tag(document, "elif 节.来源")
    page.paragraph(document, "{{ 节.来源 }}")
    _tag(document, "endif")
    _tag(document, "for 家 in 节.单位")
    page.paragraph(document, "（{{ 家.序 }}）{{ 家.名称 }}", styles.LEVEL_2)
    _tag(document, "for 段 in 家.段落")
    page.paragraph(document, "{{ 段 }}")
    _tag(document, "endfor")
    _tag(document, "endfor")
    _tag(document, "if 节.略")
    page.paragraph(document, "共报送{{ 节.条数 }}条，其余{{ 节.略 }}条与所列的相近或从略，见台账。")
    _tag(document, "endif")
    _tag(document, "if 节.填无")
    page.paragraph(document, "另有{{ 节.填无 }}份报送此项填“无”，没有列出。")
    _tag(document, "endif")
    _tag(document, "endfor")


def _absent(document: Document) -> None:
    page.paragraph(document, "{{ 未报.序 }}、未报送名单", styles.LEVEL_1)
    _tag(document, "if 未报.表")
    page.paragraph(document, "到期未报送的单位和报送期见表{{ 未报.表号 }}。")
    _table(document, "未报", "未报送名单")
    last = "以上共{{ 未报.单位数 }}个单位、{{ 总计.未报 }}份。"
    page.paragraph(document, last)
    _tag(document, "elif 未报.单位数")
    page.paragraph(document, "到期未报送的共{{ 未报.单位数 }}个单位、{{ 总计.未报 }}份，见附件1中标“×”的。")
    _tag(document, "else")
    page.paragraph(document, "各单位到期应报的均已报送。")
    _tag(document, "endif")


def _listed(document: Document) -> None:
    """Add 附件说明: titles numbered, without end punctuation (7.3.4)."""
    page.blank_line(document)
    _tag(document, "for 附 in 附件")
    _tag(document, "if 附.序 == 1")
    page.paragraph(document, "附件：1.{{ 附.标题 }}", styles.NOTE).paragraph_format.keep_with_next = True
    _tag(document, "else")
    page.paragraph(
        document, "{{ 附.序 }}.{{ 附.标题 }}", styles.NOTE_NEXT
    ).paragraph_format.keep_with_next = True
    _tag(document, "endif")
    _tag(document, "endfor")


def _annexes(document: Document) -> None:
    """Add the annexes: label at the top, title in the third row (7.3.7), their tables."""
    _tag(document, "for 附 in 附件")
    page.paragraph(document, "附件{{ 附.序 }}", styles.ATTACHMENT_LABEL)
    page.blank_line(document)
    page.paragraph(document, "{{ 附.标题 }}", styles.TITLE)
    page.paragraph(document, "{{ 附.说明 }}")
    _tag(document, "for 项 in 附.各表")
    _tag(document, "if 项.题")
    page.paragraph(document, "{{ 项.题 }}", styles.TABLE_TITLE)
    _tag(document, "endif")
    page.paragraph(document, "{{ 项.表 }}", styles.TAG)
    page.paragraph(document, "", styles.HAIR)
    _tag(document, "endfor")
    _tag(document, "endfor")


def _figure(document: Document, of: str, title: str) -> None:
    """Add the place of a chart with its title below it."""
    page.paragraph(document, f"{{{{ {of}.图 }}}}", styles.TAG)
    named = page.paragraph(document, f"图{{{{ {of}.图号 }}}}  {title}", styles.TABLE_TITLE)
    named.paragraph_format.keep_with_next = False


def _table(document: Document, of: str, title: str) -> None:
    """Add the place of a table with its title above it."""
    page.paragraph(document, f"表{{{{ {of}.表号 }}}}  {title}", styles.TABLE_TITLE)
    page.paragraph(document, f"{{{{ {of}.表 }}}}", styles.TAG)


def _tag(document: Document, words: str) -> None:
    page.paragraph(document, f"{{%p {words} %}}", styles.TAG)
