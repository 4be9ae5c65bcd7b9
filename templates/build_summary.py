"""The template of the year-end summary, to be opened and edited in Word or WPS: every element is a paragraph with its tag.

Tables of months and charts have as many columns as a work has figures, so they take the place of a tag of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generate import page, styles
from generate.summary import roomy

if TYPE_CHECKING:
    from docx.document import Document

_UNITS = ("单位", "应报", "已报", "按时报送", "逾期报送", "未报送", "未到期", "报送率")
_UNIT_WIDTHS = (1885, 800, 800, 1200, 1200, 960, 960, 1040)
_ABSENT_WIDTHS = (1900, 3110, 3095, 740)


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
    _sums(document)
    _texts(document)
    _absent(document)
    blank = page.paragraph(document, "", styles.BLANK)
    blank.paragraph_format.keep_with_next = True  # 署名 never alone on a page (7.3.5.5)
    page.paragraph(document, "{{ 署名 }}", styles.SIGNATURE)
    page.paragraph(document, "{{ 成文日期 }}", styles.DATE)
    return page.data_of(document)


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
    page.paragraph(document, "二、报送情况", styles.LEVEL_1)
    page.paragraph(document, "各单位报送情况见表1。")
    page.paragraph(document, "表1  各单位报送情况（份）", styles.TABLE_TITLE)
    keys = ("单位", "应报", "已报", "按时", "逾期", "未报", "未到期", "报送率")
    total = ("合计", *(f"{{{{ 总计.{key} }}}}" for key in keys[1:-1]), "{{ 总计.报送率 or '—' }}")
    rows = (_UNITS, *_loop("各单位", [f"行.{key}" for key in keys[:-1]] + ["行.报送率 or '—'"]), total)
    _table(document, rows, _UNIT_WIDTHS, 1)


def _sums(document: Document) -> None:
    from docx.shared import Pt

    _tag(document, "for 节 in 数字")
    page.paragraph(document, "{{ 节.序 }}、{{ 节.标题 }}", styles.LEVEL_1)
    page.paragraph(document, "分月情况见表{{ 节.表号 }}、图{{ 节.图号 }}。")
    page.paragraph(document, "表{{ 节.表号 }}  {{ 节.表题 }}", styles.TABLE_TITLE)
    page.paragraph(document, "{{ 节.表 }}", styles.TAG)
    _tag(document, "if 节.存疑")
    note = page.paragraph(document, "注：带*的数字含有存疑的数，共{{ 节.存疑 }}个。", styles.TABLE_TEXT)
    note.paragraph_format.space_before = note.paragraph_format.space_after = Pt(4)
    _tag(document, "endif")
    page.paragraph(document, "{{ 节.图 }}", styles.TAG)
    page.paragraph(
        document, "图{{ 节.图号 }}  {{ 节.表题 }}", styles.TABLE_TITLE
    ).paragraph_format.keep_with_next = False
    _tag(document, "endfor")


def _texts(document: Document) -> None:
    _tag(document, "for 节 in 文字")
    page.paragraph(document, "{{ 节.序 }}、{{ 节.标题 }}", styles.LEVEL_1)
    _tag(document, "if not 节.单位")
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
    _tag(document, "if 节.填无")
    page.paragraph(document, "另有{{ 节.填无 }}份报送此项填“无”，没有列出。")
    _tag(document, "endif")
    _tag(document, "endfor")


def _absent(document: Document) -> None:
    page.paragraph(document, "{{ 未报.序 }}、未报送名单", styles.LEVEL_1)
    _tag(document, "if 未报.名单")
    page.paragraph(document, "到期未报送的单位和报送期见表{{ 未报.表号 }}。")
    page.paragraph(document, "表{{ 未报.表号 }}  未报送名单", styles.TABLE_TITLE)
    rows = (
        ("单位", "表单", "未报送的报送期", "份数"),
        *_loop("未报.名单", ["行.单位", "行.表单", "行.报送期", "行.份数"]),
    )
    _table(document, rows, _ABSENT_WIDTHS, 3)
    last = "以上共{{ 未报.单位数 }}个单位、{{ 总计.未报 }}份。"
    page.paragraph(document, last).paragraph_format.keep_with_next = True
    _tag(document, "else")
    page.paragraph(document, "各单位到期应报的均已报送。").paragraph_format.keep_with_next = True
    _tag(document, "endif")


def _loop(source: str, values: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the rows that docxtpl repeats: one of ``values`` for each row of ``source``, the tags in rows of their own."""
    rest = ("",) * (len(values) - 1)
    return (
        (f"{{%tr for 行 in {source} %}}", *rest),
        tuple(f"{{{{ {value} }}}}" for value in values),
        ("{%tr endfor %}", *rest),
    )


def _table(document: Document, rows: Sequence[Sequence[str]], widths: Sequence[int], centred: int) -> None:
    """Add a table whose columns from number ``centred`` on stand in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    added = page.table(document, rows, widths)
    roomy(added)
    for row in added.rows[1:]:
        for cell in row.cells[centred:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _tag(document: Document, words: str) -> None:
    page.paragraph(document, f"{{%p {words} %}}", styles.TAG)
