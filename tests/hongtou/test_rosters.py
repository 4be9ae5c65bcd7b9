"""The 名册 from Excel, Word tables and filled forms; units merged and renamed; people; the table printed back merged."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import Result
from lxml import etree

import samples
from forms import MistakesError, Period, Work, load_work
from hongtou.commands.options import catalogue
from hongtou.products import make_notices
from hongtou.rosters import load

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Run = Callable[..., Result]
LINKS = (
    ("物理学院团委", "程远", "0000-1001"),
    ("历史学院团委", "程远", "0000-1001"),
    ("美术学院团委", "白雪", "0000-1001"),
    ("体育学院团委", "白雪", "0000-1001"),
)


def loaded(folder: Path) -> Work:
    return load(folder, catalogue())


def mistakes(folder: Path) -> str:
    with pytest.raises(MistakesError) as found:
        loaded(folder)
    return str(found.value)


def add(folder: Path, text: str) -> None:
    path = folder / "work.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def word(work: Path) -> Path:
    """Return a work whose units stand in a table of Word, contacts in merged cells."""
    document = docx.Document()
    document.add_paragraph("联系一览表")
    table = document.add_table(rows=5, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("基层团组织", "校团委  联系人", "联系方式"), strict=True):
        cell.text = text
    for row, (unit, name, phone) in zip(table.rows[1:], LINKS, strict=True):
        row.cells[0].text = unit
        row.cells[1].text = name
        row.cells[2].text = phone
    for column in (1, 2):
        for top in (1, 3):
            merged = table.cell(top, column).merge(table.cell(top + 1, column))
            merged.text = LINKS[top - 1][column]
    document.save(str(work / "一览表.docx"))
    add(
        work,
        """
名册:
  - 文件: units.xlsx
  - 文件: 一览表.docx
    栏目: {单位: 基层团组织, 联系人: 校团委联系人, 电话: 联系方式}
    补上: {类别: 基层团组织}
人员:
  文件: 一览表.docx
  栏目: {姓名: 校团委联系人, 电话: 联系方式}
  补上: {单位: 组织部, 类别: 专职}
""",
    )
    return work


def test_units_are_read_from_a_table_of_word_with_merged_cells_filled_down(word: Path) -> None:
    work = loaded(word)
    found = [(u.name, u.contact, u.phone) for u in work.units if u.kind == "基层团组织"]
    assert found == list(LINKS)
    assert [unit.name for unit in work.units][:2] == ["组织部", "源汇区团委"]


def test_a_person_in_a_merged_cell_is_one_person(word: Path) -> None:
    people = loaded(word).people
    assert [(person.name, person.unit, person.kind) for person in people] == [
        ("程远", "组织部", "专职"),
        ("白雪", "组织部", "专职"),
    ]


def test_the_roster_is_printed_back_with_merged_cells(word: Path) -> None:
    text = (word / "work.yaml").read_text(encoding="utf-8")
    listing = """    附件:
      - 标题: 联系基层团组织一览表
        一览表:
          栏目: {基层团组织: 单位, 校团委联系人: 联系人, 联系方式: 电话}
          单位类别: 基层团组织
"""
    (word / "work.yaml").write_text(text.replace("    附件:\n", listing, 1), encoding="utf-8")
    (path,) = make_notices(loaded(word))
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    table = next(t for t in root.iter(f"{W}tbl") if "物理学院团委" in "".join(t.itertext()))
    rows = [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    assert rows == [
        ["基层团组织", "校团委联系人", "联系方式"],
        ["物理学院团委", "程远", "0000-1001"],
        ["历史学院团委", "", ""],
        ["美术学院团委", "白雪", "0000-1001"],  # the same telephone, another person: a cell of its own
        ["体育学院团委", "", ""],
    ]
    spans = [mark.get(f"{W}val") for mark in table.iter(f"{W}vMerge")]
    assert spans == ["restart", "restart", "continue", "continue"] * 2


def test_a_filled_form_serves_as_roster(work: Path) -> None:
    form = """名称: 单位登记
模板: 单位登记.docx
字段:
  制表人: {类型: 姓名}
明细:
  单位:
    字段:
      团组织名称: {类型: 文本}
      负责人: {类型: 姓名}
"""
    document = docx.Document()
    document.add_paragraph("单位登记")
    head = document.add_table(rows=1, cols=2, style="Table Grid")
    head.rows[0].cells[0].text, head.rows[0].cells[1].text = "制表人", "{{ 制表人 }}"
    document.add_paragraph("")
    table = document.add_table(rows=4, cols=2, style="Table Grid")
    lines = (
        ("团组织名称", "负责人"),
        ("{%tr for 行 in 单位 %}", ""),
        ("{{ 行.团组织名称 }}", "{{ 行.负责人 }}"),
        ("{%tr endfor %}", ""),
    )
    for row, texts in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(work / "表单/单位登记.docx"))
    (work / "表单/单位登记.yaml").write_text(form, encoding="utf-8")
    from forms import load_form
    from generate.blank.filling import filled

    made = filled(load_form(work / "表单/单位登记.yaml"), {"制表人": "程远"}, None, work / "登记.docx")
    given = docx.Document(str(made))
    last = given.tables[-1]
    for unit, name in (("数学学院团委", "丁浩"), ("法学院团委", "龚鸣")):
        row = last.rows[-1] if not last.rows[-1].cells[0].text.strip() else last.add_row()
        row.cells[0].text, row.cells[1].text = unit, name
    given.save(str(made))
    add(work, "\n名册:\n  文件: 登记.docx\n  表单: 单位登记\n  栏目: {单位: 团组织名称, 联系人: 负责人}\n")
    assert [(unit.name, unit.contact) for unit in loaded(work).units] == [
        ("数学学院团委", "丁浩"),
        ("法学院团委", "龚鸣"),
    ]


def sheet(folder: Path, *rows: tuple[str, ...], people: tuple[tuple[str, ...], ...] = ()) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if people:
        other = book.create_sheet("人员")
        for row in people:
            other.append(row)
    book.save(folder / "units.xlsx")


HEAD = ("单位", "别名", "类别", "曾用名", "设立", "撤并", "并入")


def test_a_merged_unit_owes_nothing_after_its_last_day_and_a_new_one_nothing_before(work: Path) -> None:
    sheet(
        work,
        HEAD,
        ("组织部", "", "机关部室", "", "", "2020-09-15", "宣传部"),
        ("宣传部", "", "机关部室", "宣教部", "", "", ""),
        ("青发部", "", "机关部室", "", "2020年11月1日", "", ""),
    )
    made = loaded(work)
    owed = {unit.name: [str(due.period) for due in made.dues() if due.unit == unit] for unit in made.units}
    assert owed["组织部"] == ["2020-07", "2020-08"]
    assert len(owed["宣传部"]) == 6
    assert owed["青发部"] == ["2020-11", "2020-12"]
    assert made.unit("宣教部") == made.unit("宣传部")
    assert made.units[0].until == date(2020, 9, 15)
    assert not made.units[0].stands(Period.parse("2020"))


def test_what_a_merged_unit_sends_afterwards_counts_for_its_heir_in_doubt(work: Path) -> None:
    from extract import Extractor
    from forms import Identity
    from generate.blank.filling import filled

    sheet(
        work,
        HEAD,
        ("组织部", "", "机关部室", "", "", "2020-09-15", "宣传部"),
        ("宣传部", "", "机关部室", "", "", "", ""),
    )
    made = loaded(work)
    name = "共青团工作观摩情况报告单"
    answers = {"填表时间": "2020年10月8日", "组织观摩部室": "组织部", "参加观摩人员": "程远"}
    duty = made.duties[0].model_copy(update={"form": name})
    made = made.model_copy(update={"duties": (duty,)})
    path = filled(made.form(name), answers, Identity(name, "组织部", "2020-10"), work / "10月.docx")
    (record,) = Extractor(made.forms, made).file(path, "10月.docx")
    assert record.submission is not None
    assert record.submission.unit == "宣传部"
    told = [doubt.message for doubt in record.submission.doubts if doubt.code == "unit_merged"]
    assert told == ["“组织部”2020-09-15已并入“宣传部”，这一期先记在“宣传部”名下"]


def test_people_stand_on_a_sheet_of_their_own_beside_the_units(work: Path) -> None:
    sheet(
        work,
        HEAD[:3],
        ("组织部", "团市委组织部", "机关部室"),
        people=(
            ("姓名", "单位", "类别", "曾用名"),
            ("程 远", "团市委组织部", "专职", "程原"),
            ("白雪", "组织部", "兼职", ""),
        ),
    )
    people = loaded(work).people
    assert [(p.name, p.unit, p.kind, p.aliases) for p in people] == [
        ("程远", "组织部", "专职", ("程原",)),
        ("白雪", "组织部", "兼职", ()),
    ]


@pytest.mark.parametrize(
    ("rows", "people", "said"),
    [
        ((("组织部", "", "", "", "", "", "宣教处"),), (), "units.xlsx 第2行“并入”：名册里没有“宣教处”"),
        ((("甲部", "", "", "", "", "", "乙部"), ("乙部",)), (), "“撤并”：并入“乙部”，没有写是哪一天"),
        (
            (("甲部", "", "", "", "去年", "", ""),),
            (),
            "“设立”：“去年”不是日期。请写成 2020-09-01 或 2020年9月1日",
        ),
        ((("甲部", "", "", "", "", "2020-09-15", "甲部"),), (), "“并入”：不能并入自己"),
        ((("甲部",),), (("程远", "丙部"),), "units.xlsx 第2行“单位”：名册里没有“丙部”这个单位"),
        ((("甲部",),), (("程远", ""),), "“单位”：没有写“程远”是哪个单位的"),
        ((("甲部",),), (("", "甲部"),), "“姓名”：没有写姓名"),
        ((("甲部",),), (("程远", "甲部", "专职"), ("程远", "甲部", "兼职")), "甲部有两个“程远”，内容不同"),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_number(
    work: Path, rows: tuple[tuple[str, ...], ...], people: tuple[tuple[str, ...], ...], said: str
) -> None:
    head = (("姓名", "单位", "类别"),) if people else ()
    sheet(work, HEAD, *rows, people=(*head, *people))
    assert said in mistakes(work)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("名册: {文件: 没有.docx}", "没有.docx：找不到名册。请把 没有.docx 放进工作文件夹"),
        ("名册: {文件: work.yaml}", "work.yaml“名册”："),
        ("名册: {文件: 正文/通知.md}", "通知.md“名册”："),
        ("名册: {文件: units.xlsx, 栏目: {单位: 团组织}}", "units.xlsx“团组织”：找不到表头（有：名册）"),
        ("名册: {文件: units.xlsx, 表单: 登记}", "没有《登记》这个表单"),
        ("名册: {文件: units.xlsx, 表: 1}", "“表”：不认识这个键"),
    ],
)
def test_a_roster_that_cannot_be_read_is_told(work: Path, text: str, said: str) -> None:
    add(work, f"\n{text}\n")
    assert said in mistakes(work)


@pytest.mark.parametrize(
    ("listing", "said"),
    [
        ("一览表: {栏目: {单位: 名称}}", "“栏目”：名册里没有“名称”这一列，可用：单位、别名"),
        ("一览表: {栏目: [单位, 联系人], 单位类别: 高校}", "“一览表”：名册里没有“高校”这一类"),
        ("正文: 正文/通知.md\n        一览表: {栏目: [单位]}", "“正文”“表单”“一览表”应写一个"),
    ],
)
def test_a_mistake_in_a_printed_table_is_told(work: Path, listing: str, said: str) -> None:
    text = (work / "work.yaml").read_text(encoding="utf-8")
    wrong = f"    附件:\n      - 标题: 一览表\n        {listing}\n"
    (work / "work.yaml").write_text(text.replace("    附件:\n", wrong, 1), encoding="utf-8")
    assert said in mistakes(work)


def test_what_only_follows_from_a_broken_file_is_not_told(tmp_path: Path) -> None:
    """A form with a wrong word in it: that word is told, not that the work knows none of its forms."""
    samples.build("zheyao", tmp_path)
    path = tmp_path / "表单" / "满意度测评统计表.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("类型: 整数", "类型: 整形"), encoding="utf-8")
    with pytest.raises(MistakesError) as told:
        load_work(tmp_path, ())
    assert {str(mistake).partition(" ")[0] for mistake in told.value.mistakes} == {"满意度测评统计表.yaml"}
