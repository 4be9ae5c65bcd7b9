"""The template of the year-end summary, to be opened and edited in Word or WPS: every element is a paragraph with its tag.

Tables and charts have as many rows and columns as a work has figures, so they take the place of a tag of their own.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from generate.notice import page
from generate.package import members_of, packed
from generate.word import styles
from generate.word.parts import Package
from generate.word.sections import make_landscape

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
    page.paragraph(
        document,
        "{{ 年 }}年，{{ 署名 }}组织{{ 总计.单位数 }}个单位开展{{ 工作 }}，按期报送工作情况。现将有关情况总结如下。",
    )
    page.paragraph(document, "一、基本情况", styles.LEVEL_1)
    _reports(document)
    _sums(document)
    _quotas(document)
    _compared(document)
    _texts(document)
    _steps(document)
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


_TALLY = (
    "应报{{ X.应报 }}份，已报{{ X.已报 }}份，其中按时报送{{ X.按时 }}份、逾期报送{{ X.逾期 }}份，未报送{{ X.未报 }}份"
    "{% if X.未到期 %}，尚未到期{{ X.未到期 }}份{% endif %}{% if X.报送率 %}，到期应报的报送率为{{ X.报送率 }}{% endif %}。"
)


def _reports(document: Document) -> None:
    page.paragraph(document, "（{{ 报送.序 }}）报送情况", styles.LEVEL_2)
    _tag(document, "if 报送.总")
    page.paragraph(
        document,
        f"全年{_TALLY.replace('X', '总计')}总的情况见图{{{{ 报送.总.图号 }}}}、表{{{{ 报送.总.表号 }}}}，"
        "{% if 报送.月 %}各月情况{{ 报送.月.除 }}见图{{ 报送.月.图号 }}、表{{ 报送.月.表号 }}，{% endif %}"
        "{% if 报送.单位 %}各单位情况见表{{ 报送.单位.表号 }}，{% endif %}"
        "每个单位每一期的情况见{{ 报送.分期 }}。",
    )
    _tag(document, "for 表 in 各表")
    page.paragraph(document, f"《{{{{ 表.名称 }}}}》{_TALLY.replace('X', '表')}")
    _tag(document, "endfor")
    _tag(document, "if 报送.未报")
    page.paragraph(
        document,
        "到期未报送的有{{ 报送.未报.单位数 }}个单位，名单见{{ 报送.未报.附件 }}。",
    )
    _tag(document, "else")
    page.paragraph(document, "各单位到期应报的均已报送。")
    _tag(document, "endif")
    _unplaced(document)
    _figure(document, "报送.总", "报送情况")
    _table(document, "报送.总", "各表单报送情况（份）")
    _tag(document, "if 报送.月")
    _figure(document, "报送.月", "各月应报和已报份数")
    _table(document, "报送.月", "各月报送情况（份）")
    _tag(document, "endif")
    _tag(document, "if 报送.单位")
    _table(document, "报送.单位", "各单位报送情况（份）")
    _tag(document, "endif")
    _tag(document, "else")
    page.paragraph(document, "本年没有需要报送的。")
    _unplaced(document)
    _tag(document, "endif")


def _unplaced(document: Document) -> None:
    _tag(document, "if 未计入")
    page.paragraph(document, "另有{{ 未计入 }}份报送尚未确认单位、表单或报送期，没有计入。")
    _tag(document, "endif")


def _sums(document: Document) -> None:
    _tag(document, "for 节 in 数字")
    page.paragraph(document, "（{{ 节.序 }}）{{ 节.标题 }}", styles.LEVEL_2)
    page.paragraph(
        document,
        "{{ 节.合计 }}{{ 节.分 or '各单位' }}情况见{% if 节.图 %}图{{ 节.图号 }}、{% endif %}表{{ 节.表号 }}"
        "{% if 节.分 %}，各单位情况见{{ 节.附件 }}{% endif %}。"
        "{% if 节.存疑 %}带*的数含有存疑的数，共{{ 节.存疑 }}个，按读出的计入，以核对后的为准。{% endif %}",
    )
    _tag(document, "if 节.图")
    _figure(document, "节", "{{ 节.表题 }}")
    _tag(document, "endif")
    _table(document, "节", "{{ 节.表题 }}")
    _tag(document, "endfor")


def _quotas(document: Document) -> None:
    _tag(document, "if 指标")
    page.paragraph(document, "（{{ 指标.序 }}）指标完成情况", styles.LEVEL_2)
    _tag(document, "for 句 in 指标.文")
    page.paragraph(document, "{{ 句 }}")
    _tag(document, "endfor")
    page.paragraph(document, "各项指标见表{{ 指标.表号 }}，各单位情况见{{ 指标.附件 }}。")
    _table(document, "指标", "指标完成情况（项）")
    _tag(document, "endif")


def _compared(document: Document) -> None:
    _tag(document, "if 比较")
    page.paragraph(document, "（{{ 比较.序 }}）与上年比较", styles.LEVEL_2)
    page.paragraph(document, "与{{ 比较.上年 }}年比较的情况见表{{ 比较.表号 }}。{{ 比较.注 }}")
    _table(document, "比较", "与{{ 比较.上年 }}年比较")
    _tag(document, "endif")


def _texts(document: Document) -> None:
    _tag(document, "for 节 in 文字")
    page.paragraph(document, "{{ 节.序 }}、{{ 节.标题 }}", styles.LEVEL_1)
    _tag(document, "if 节.问题")
    _problems(document)
    _tag(document, "elif not 节.单位")
    page.paragraph(document, "各单位没有报送这方面的内容。")
    _tag(document, "else")
    page.paragraph(
        document,
        "{{ 节.单位数 }}个单位报送{{ 节.条数 }}条{% if 节.略 %}，择要列出，其余{{ 节.略 }}条与所列的相近或从略{% endif %}。"
        "{{ 节.来源 }}",
    )
    _tag(document, "endif")
    _tag(document, "for 家 in 节.单位")
    page.paragraph(document, "（{{ 家.序 }}）{{ 家.名称 }}", styles.LEVEL_2)
    _tag(document, "for 段 in 家.段落")
    page.paragraph(document, "{{ 段 }}")
    _tag(document, "endfor")
    _tag(document, "endfor")
    _tag(document, "if 节.填无")
    page.paragraph(document, "另有{{ 节.填无 }}份报送此项填“无”，没有列出。")
    _tag(document, "endif")
    _tag(document, "endfor")


def _problems(document: Document) -> None:
    page.paragraph(
        document,
        "{{ 节.问题.单位数 }}个单位反映问题{{ 节.问题.条数 }}条"
        "{% if 节.问题.条数 == '1' %}{% elif 节.问题.类数 == 节.问题.条数 %}，内容各不相同"
        "{% else %}，内容相近的归为一类，共{{ 节.问题.类数 }}类{% endif %}"
        "{% if 节.问题.共性 %}，其中多个单位都反映的{{ 节.问题.共性 }}类{% endif %}。"
        "{% if 节.问题.较多 %}反映较多的有：{{ 节.问题.较多 }}。{% endif %}"
        "{% if 节.问题.前 %}主要问题见表{{ 节.问题.表号 }}，全部{% else %}各类问题见表{{ 节.问题.表号 }}，"
        "反映的单位{% endif %}见{{ 节.问题.附件 }}。"
        "{% if 节.问题.建议 %}同时提出建议{{ 节.问题.建议 }}条，见台账。{% endif %}",
    )
    _table(document, "节.问题", "{% if 节.问题.前 %}主要问题{% else %}各类问题{% endif %}")


def _steps(document: Document) -> None:
    page.paragraph(document, "{{ 下一步.序 }}、下一步工作", styles.LEVEL_1)
    _tag(document, "for 项 in 下一步.各项")
    page.paragraph(document, "（{{ 项.序 }}）{{ 项.题 }}", styles.LEVEL_2)
    page.paragraph(document, "{{ 项.文 }}")
    _tag(document, "endfor")


def _listed(document: Document) -> None:
    """Add 附件说明: titles numbered, without end punctuation (7.3.4)."""
    page.blank_line(document)
    _tag(document, "for 附 in 附件")
    for condition, words, style in (
        ("if 附.标签 == '附件'", "附件：{{ 附.列名 }}", styles.NOTE_ONE),
        ("elif 附.序 == 1", "附件：{{ 附.列名 }}", styles.NOTE),
        ("else", "{{ 附.列名 }}", styles.NOTE_NEXT),
    ):
        _tag(document, condition)
        page.paragraph(document, words, style).paragraph_format.keep_with_next = True
    _tag(document, "endif")
    _tag(document, "endfor")


def _annexes(document: Document) -> None:
    """Add the annexes: label at the top, title in the third row (7.3.7), their tables."""
    _tag(document, "for 附 in 附件")
    page.paragraph(document, "{{ 附.标签 }}", styles.ATTACHMENT_LABEL)
    page.blank_line(document)
    page.paragraph(document, "{{ 附.标题 }}", styles.TITLE)
    _tag(document, "if 附.说明")
    page.paragraph(document, "{{ 附.说明 }}")
    _tag(document, "endif")
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
