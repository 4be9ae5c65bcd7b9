"""Blank and filled forms: unit, period and identity in their places, other fields empty, the same bytes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

import templates
from forms import Field, FieldKind, Form, Identity, Period, RowGroup, Unit, load_forms
from generate.blank.filling import OPEN_DATE, _context, blank, filled

FORMS = {form.name: form for form in load_forms(templates.CATALOGUE)}
VISIT, EXCHANGE = FORMS["团干部走基层情况报告单"], FORMS["共青团工作观摩情况报告单"]
UNIT = Unit.model_validate({"单位": "共青团临颍县委"})


def _cells(path: Path) -> list[str]:
    """Return the text of each cell, that of content controls too."""
    (table,) = docx.Document(str(path)).tables
    return ["\n".join(map(_text, cell.p_lst)) for row in table._tbl.tr_lst for cell in row.tc_lst]


def _text(paragraph: object) -> str:
    names = {docx.oxml.ns.qn("w:t"), docx.oxml.ns.qn("w:br")}
    return "".join(
        "\n" if node.tag.endswith("br") else node.text or ""
        for node in paragraph.iter()  # type: ignore[attr-defined]
        if node.tag in names
    )


def test_blank_carries_unit_and_month_and_leaves_the_day_open(tmp_path: Path) -> None:
    path = blank(VISIT, UNIT, Period.parse("2020-07"), tmp_path / "表.docx")
    assert _text(docx.Document(str(path)).paragraphs[1]._p) == "填表时间：2020年7月\u3000\u3000日"
    cells = _cells(path)
    assert cells[cells.index("单位职务") + 1] == "共青团临颍县委"
    assert cells[cells.index("走访形式") + 1] == ""
    assert "{{" not in "".join(cells)


def test_a_quarter_is_reported_in_its_last_month(tmp_path: Path) -> None:
    path = blank(EXCHANGE, UNIT, Period.parse("2020-Q3"), tmp_path / "表.docx")
    assert _text(docx.Document(str(path)).paragraphs[1]._p) == "填表时间：2020年9月\u3000\u3000日"


def test_in_a_long_period_nobody_knows_the_month(tmp_path: Path) -> None:
    """What is due in March of a year, or in July for a term, is not filled in in its last month."""
    for period in ("2020", "2020-ONCE", "2020-S1", "2020-AY"):
        path = blank(EXCHANGE, UNIT, Period.parse(period), tmp_path / "表.docx")
        assert _text(docx.Document(str(path)).paragraphs[1]._p) == f"填表时间：{OPEN_DATE}"


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_a_remark_typed_under_the_table_is_as_tall_as_an_answer(form: Form, tmp_path: Path) -> None:
    document = docx.Document(str(blank(form, UNIT, Period.parse("2020-Q3"), tmp_path / "表.docx")))
    (table,) = document.tables
    last = document.paragraphs[-1]
    assert last._p.getprevious() is table._tbl
    assert last.style == table.cell(1, 1).paragraphs[0].style


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_identity_is_in_custom_properties_and_identifier(form: Form, tmp_path: Path) -> None:
    path = blank(form, UNIT, Period.parse("2020-Q3"), tmp_path / "表.docx")
    identity = Identity(form.name, "共青团临颍县委", "2020-Q3")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    custom = etree.fromstring(parts["docProps/custom.xml"])
    properties = {str(item.get("name")): item[0].text or "" for item in custom}
    assert Identity.from_properties(properties) == identity
    core = docx.Document(str(path)).core_properties
    assert Identity.from_identifier(core.identifier) == identity
    assert b"/docProps/custom.xml" in parts["[Content_Types].xml"]
    assert b"docProps/custom.xml" in parts["_rels/.rels"]


def test_identity_leaves_properties_that_were_there(tmp_path: Path) -> None:
    first = blank(VISIT, UNIT, Period.parse("2020-07"), tmp_path / "一.docx")
    again = VISIT.model_copy(update={"template": first})
    path = filled(again, {}, Identity(VISIT.name, "另一单位", "2020-08"), tmp_path / "二.docx")
    with zipfile.ZipFile(path) as archive:
        custom = etree.fromstring(archive.read("docProps/custom.xml"))
        names = archive.namelist()
    assert [item.get("name") for item in custom] == ["hongtou.form", "hongtou.unit", "hongtou.period"]
    assert [item.get("pid") for item in custom] == ["2", "3", "4"]
    assert len(names) == len(set(names))


def test_filled_values_stand_in_their_cells(tmp_path: Path) -> None:
    values = {
        "填表时间": "2020年7月28日",
        "姓名": "周景行",
        "走访人数.团干部": 3,
        "走访人数.团员青年": "486",
        "基层团组织工作开展情况": "第一段\n第二段 <A&B>",
    }
    cells = _cells(filled(VISIT, values, None, tmp_path / "表.docx"))
    assert cells[cells.index("姓  名") + 1] == "周景行"
    assert cells[cells.index("团干部") + 1] == "3"
    assert cells[cells.index("团员青年") + 1] == "486"
    assert cells[cells.index("基层团组织\n工作开展情况") + 1] == "第一段\n第二段 <A&B>"


def test_the_same_blank_has_the_same_bytes(tmp_path: Path) -> None:
    one, two = (
        blank(VISIT, UNIT, Period.parse("2020-07"), tmp_path / name) for name in ("一.docx", "二.docx")
    )
    assert one.read_bytes() == two.read_bytes()


def test_many_options_in_a_row_stand_a_line_each_and_few_in_one(tmp_path: Path) -> None:
    """A box never hangs at the end of a line with its option on the next."""
    few, many = ("属实", "不属实"), ("组织生活会", "团课", "主题团日", "谈心谈话")
    fields = tuple(
        Field(path=name, kind=FieldKind.CHOICE, choices=options)
        for name, options in (("结果", few), ("类型", many))
    )
    form = Form(
        name="记录", template=tmp_path / "x.docx", fields=(), groups=(RowGroup(name="活动", fields=fields),)
    )
    (row, *_) = _context(form, {})["活动"]  # type: ignore[misc]
    assert row == {"结果": "□属实\u3000□不属实", "类型": "□组织生活会\a□团课\a□主题团日\a□谈心谈话"}


def test_a_group_says_how_many_rows_its_blank_has(tmp_path: Path) -> None:
    """A roster of a hundred is not written into five rows."""
    fields = (Field(path="学号"),)
    for rows, found in ((None, 5), (100, 100)):
        group = RowGroup(name="名单", fields=fields, **({"空行": rows} if rows else {}))
        form = Form(name="登记表", template=tmp_path / "x.docx", fields=(), groups=(group,))
        assert len(_context(form, {})["名单"]) == found  # type: ignore[arg-type]
