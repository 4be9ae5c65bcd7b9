"""Learning a form: the blank that a clerk has → template and YAML → blank → filled → read again is what was filled in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.styles import Border, Side

from extract import Extractor, UnreadableError
from extract.learning import Learned, learn
from forms import Form, Identity, Issuer, Period, Record, Status, Unit, Work, load_form
from generate import blank, filled

NAME = "共青团活动情况登记表"
UNIT = Unit.model_validate({"单位": "源汇区团委"})
VALUES: dict[str, object] = {
    "填报单位": "源汇区团委",
    "填表日期": date(2020, 7, 8),
    "姓名": "陈青禾",
    "性别": "女",
    "参加人数": 36,
    "是否专职": "否",
    "活动形式": ("座谈", "走访"),
    "主要做法": "先学后议\n边学边改",
}
ROWS = [
    {"活动名称": f"第{number}次团课", "活动日期": date(2020, 7, number), "人数": 10 + number}
    for number in range(1, 8)
]


@dataclass(frozen=True)
class Cells:
    """The rows of the blank: texts, ``None`` where a cell goes on from the left."""

    top = (
        ("姓名", "", "性别", "□男　□女"),
        ("参加人数", "", "是否专职", ""),
        ("活动形式（可多选）", "□座谈　□走访　□观摩", None, None),
        ("主要做法", "", None, None),
    )
    head = ("序号", "活动名称", "活动日期", "人数")


def word_blank() -> bytes:
    """Return the blank as a Word file: title, a line of labels, one grid of answers and one of rows."""
    document = docx.Document()
    document.add_paragraph(NAME)
    document.add_paragraph("填报单位：________    填表日期：    年  月  日")
    grid = document.add_table(rows=0, cols=4, style="Table Grid")
    for texts in Cells.top:
        cells = grid.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text or ""
        if None in texts:
            cells[1].merge(cells[3])
    document.add_paragraph("活动明细")
    rows = document.add_table(rows=0, cols=4, style="Table Grid")
    for texts in (Cells.head, *((str(number), "", "", "") for number in range(1, 4))):
        for cell, text in zip(rows.add_row().cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel_blank(rows: int = 3) -> bytes:
    """Return the same blank as an Excel file, with a sum under the rows and a line after it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append((NAME,))
    sheet.merge_cells("A1:D1")
    sheet.append(("填报单位", "", "填表日期", ""))
    for texts in Cells.top:
        sheet.append(texts)
        if None in texts:
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=2, end_column=4)
    sheet.append(Cells.head)
    first = sheet.max_row + 1
    for number in range(1, rows + 1):
        sheet.append((number, None, None, None))
    sheet.append(("合计", None, None, f"=SUM(D{first}:D{sheet.max_row})"))
    sheet.append(("注：本表一式两份。",))
    sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=4)
    side = Side("thin")
    for line in sheet.iter_rows(min_row=2, max_row=sheet.max_row - 1, max_col=4):
        for cell in line:
            cell.border = Border(side, side, side, side)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


BLANKS = {".docx": word_blank, ".xlsx": excel_blank}


def form_of(learned: Learned, folder: Path) -> Form:
    """Put what was learned into ``folder`` and load it as a work does."""
    (folder / f"{learned.name}{learned.suffix}").write_bytes(learned.template)
    (folder / f"{learned.name}.yaml").write_text(learned.yaml, encoding="utf-8")
    return load_form(folder / f"{learned.name}.yaml")


@pytest.fixture(params=BLANKS)
def form(request: pytest.FixtureRequest, tmp_path: Path) -> Form:
    """Learn the blank in either format."""
    return form_of(learn(BLANKS[request.param](), f"表{request.param}"), tmp_path)


def read(form: Form, path: Path) -> Record:
    """Read the one return in ``path``."""
    work = Work.model_construct(
        **{"name": "活力团建", "first": date(2020, 7, 1), "last": date(2020, 12, 31)},
        units=(UNIT,),
        issuer=Issuer.model_validate({"名称": "团市委", "标志": "团市委文件"}),
        duties=(),
        forms=(form,),
    )
    (record,) = Extractor((form,), work).content(path.read_bytes(), path.name)
    return record


def values_of(record: Record) -> dict[str, object]:
    """Return the values of a return by field, those of its rows by group."""
    assert record.submission is not None
    found: dict[str, object] = {r.field: r.value for r in record.submission.readings}
    rows: dict[str, list[Mapping[str, object]]] = {}
    for row in record.submission.rows:
        rows.setdefault(row.group, []).append({r.field: r.value for r in row.readings})
    return found | rows


def back(learned: Learned, values: dict[str, object], tmp_path: Path) -> dict[str, object]:
    """Fill ``values`` into a learned form and return what is read of it."""
    form = form_of(learned, tmp_path)
    filled(form, values, None, tmp_path / "填好.docx")
    return {name: value for name, value in values_of(read(form, tmp_path / "填好.docx")).items() if value}


def test_the_fields_a_person_would_name_are_found(form: Form) -> None:
    """Kinds, choices and roles are guessed from the labels; the serial number is no field."""
    assert form.name == NAME
    assert {f.path: f.kind.value for f in form.fields} == {
        "填报单位": "unit",
        "填表日期": "date",
        "姓名": "person",
        "性别": "choice",
        "参加人数": "integer",
        "是否专职": "choice",
        "活动形式": "choices",
        "主要做法": "text",
    }
    assert {f.path: f.choices for f in form.fields if f.choices} == {
        "性别": ("男", "女"),
        "是否专职": ("是", "否"),
        "活动形式": ("座谈", "走访", "观摩"),
    }
    assert {f.path: f.role for f in form.fields if f.role} == {"填报单位": "报送单位", "填表日期": "填表时间"}
    (group,) = form.groups
    assert [(f.path, f.kind.value) for f in group.fields] == [
        ("活动名称", "text"),
        ("活动日期", "date"),
        ("人数", "integer"),
    ]


@pytest.mark.parametrize("count", [0, 2, 7])
def test_what_was_filled_in_is_what_is_read(form: Form, tmp_path: Path, count: int) -> None:
    """Fewer and more rows than the blank has; every value typed, none in doubt, nothing left over."""
    (group,) = form.groups
    values = VALUES | {group.name: ROWS[:count]}
    path = filled(form, values, None, tmp_path / f"报送{form.template.suffix}")
    record = read(form, path)
    assert record.submission is not None
    expected = {key: value for key, value in values.items() if value != []}
    assert values_of(record) == expected
    assert [d.message for d in record.submission.all_doubts() if d.code not in UNDUE] == []
    assert record.submission.leftover == ()


UNDUE = ("period_unknown", "period_guessed", "not_due")  # this form has no duty


def test_a_blank_is_known_by_its_identity_and_as_unfilled(form: Form, tmp_path: Path) -> None:
    """Choices show their boxes; a blank sent back as it is never counts."""
    path = blank(form, UNIT, Period.parse("2020-07"), tmp_path / f"空白{form.template.suffix}")
    record = read(form, path)
    assert record.submission is not None
    assert (record.submission.form, record.submission.unit, record.submission.period) == (
        NAME,
        UNIT.name,
        "2020-07",
    )
    assert record.submission.blank
    assert record.submission.rows == ()
    assert record.status is Status.REVIEW


def test_the_same_blank_has_the_same_bytes(form: Form, tmp_path: Path) -> None:
    one, two = (
        blank(form, UNIT, Period.parse("2020-07"), tmp_path / f"{n}{form.template.suffix}") for n in (1, 2)
    )
    assert one.read_bytes() == two.read_bytes()


def test_an_excel_form_keeps_types_merged_cells_and_sums(tmp_path: Path) -> None:
    """Numbers are numbers and dates dates; rows that are added move what stands below, and the sum takes them in."""
    form = form_of(learn(excel_blank(), "表.xlsx"), tmp_path)
    (group,) = form.groups
    values = VALUES | {"姓名": "=1+1", group.name: ROWS}
    path = filled(form, values, Identity(NAME, UNIT.name, "2020-07"), tmp_path / "报送.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=1+1", "s")
    assert sheet["B4"].value == 36
    assert sheet["D2"].is_date
    assert [sheet.cell(row, 1).value for row in range(8, 16)] == [1, 2, 3, 4, 5, 6, 7, "合计"]
    assert sheet["D15"].value == "=SUM(D8:D14)"
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:D1", "B5:D5", "B6:D6", "A16:D16"}
    assert {sheet.cell(row, 2).border.left.style for row in range(8, 15)} == {"thin"}
    blank(form, UNIT, Period.parse("2020-07"), tmp_path / "空白.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "空白.xlsx").active
    assert sheet is not None
    assert (sheet["D3"].value, sheet["A13"].value) == (None, "合计")  # a choice is made from a list
    assert [r.formula1 for r in sheet.data_validations.dataValidation if "D3" in r.sqref] == ['"男,女"']
    assert openpyxl.load_workbook(tmp_path / "空白.xlsx").properties.identifier.startswith("hongtou:")


def test_a_form_with_more_rows_than_asked_for_keeps_them(tmp_path: Path) -> None:
    form = form_of(learn(excel_blank(rows=9), "表.xlsx"), tmp_path)
    path = blank(form, UNIT, Period.parse("2020-07"), tmp_path / "空白.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [sheet.cell(row, 1).value for row in range(8, 18)] == [*range(1, 10), "合计"]


def test_tags_of_another_tool_stay_text(tmp_path: Path) -> None:
    """A blank made for another program: its tags are no tags of ours, in headers and split over runs too."""
    document = docx.Document(io.BytesIO(word_blank()))
    paragraph = document.add_paragraph("编号 {")
    paragraph.add_run("{number}} 与 {% if x %}")
    document.sections[0].header.paragraphs[0].text = "{{header}}"
    out = io.BytesIO()
    document.save(out)
    form = form_of(learn(out.getvalue(), "表.docx"), tmp_path)
    path = filled(form, VALUES, None, tmp_path / "报送.docx")
    assert values_of(read(form, path))["姓名"] == "陈青禾"


def test_a_form_without_title_is_called_as_its_file() -> None:
    book = openpyxl.Workbook()
    book.active.append(("姓名", "", "电话", ""))
    out = io.BytesIO()
    book.save(out)
    learned = learn(out.getvalue(), "下发/联系人.xlsx")
    assert learned.name == "联系人"
    assert "learn_no_title" in {found.code for found in learned.doubts}


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x89PNG\r\n\x1a\n"]
)
def test_what_cannot_be_read_cannot_be_learned(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        learn(data, "坏")
    assert str(caught.value)


def test_rows_of_which_only_boxes_are_printed_are_no_rows(tmp_path: Path) -> None:
    """A choice inside of a group: its boxes stand in every row of the blank, filled in or not."""
    document = docx.Document()
    document.add_paragraph("团员名册登记表")
    grid = document.add_table(rows=0, cols=3, style="Table Grid")
    for texts in (("姓名", "性别", "是否团员"), *(("", "□男 □女", ""),) * 3):
        for cell, text in zip(grid.add_row().cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    form = form_of(learn(out.getvalue(), "表.docx"), tmp_path)
    (group,) = form.groups
    unfilled = read(form, blank(form, UNIT, Period.parse("2020-07"), tmp_path / "空白.docx")).submission
    assert unfilled is not None
    assert (unfilled.blank, unfilled.rows) == (True, ())
    rows = [{"姓名": "陈青禾", "性别": "女", "是否团员": "是"}, {}, {}]
    record = read(form, filled(form, {group.name: rows}, None, tmp_path / "报送.docx"))
    assert values_of(record) == {group.name: rows[:1]}


def test_a_word_form_counts_its_rows_and_keeps_labels_apart(tmp_path: Path) -> None:
    form = form_of(learn(word_blank(), "表.docx"), tmp_path)
    (group,) = form.groups
    path = filled(form, VALUES | {group.name: ROWS}, None, tmp_path / "报送.docx")
    document = docx.Document(str(path))
    assert document.paragraphs[1].text == "填报单位：源汇区团委    填表日期：2020-07-08"
    assert [cell.text for cell in document.tables[1].columns[0].cells] == ["序号", *map(str, range(1, 8))]
