"""Excel blanks: entry cells open and all else locked, rules for choices, dates and numbers, serial and QR code at the foot."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from extract import Extractor
from forms import Form, Identity, Period, Unit, load_form
from forms.serial import BOOKMARK, OPTIONS_SHEET, PRINTED, serial
from generate import blank, filled

UNIT = Unit.model_validate({"单位": "源汇区团委"})
MANY = tuple(f"第{number}类活动：面向全体团员的主题实践" for number in range(1, 31))
BODY = f"""
名称: 活动登记表
模板: 活动登记表.xlsx
字段:
  填报单位: {{类型: 单位, 用途: 报送单位}}
  填报日期: {{类型: 日期, 用途: 填表时间}}
  形式: {{类型: 单选, 选项: [座谈, 走访]}}
  类别: {{类型: 单选, 选项: {list(MANY)}}}
  人数: {{类型: 整数, 最小: 1, 最大: 500, 说明: 实到人数}}
  起始日: {{类型: 日期}}
  做法: {{}}
明细:
  名单: {{字段: {{姓名: {{类型: 姓名}}, 时长: {{类型: 数字}}}}}}
"""


@pytest.fixture
def form(tmp_path: Path) -> Form:
    """Make a form with one field of each kind that has a rule, and a group."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    rows: list[tuple[Any, ...]] = [
        ("活动登记表",),
        ("填报单位", "{{ 填报单位 }}", "填报日期", "{{ 填报日期 }}"),
        ("形式", "{{ 形式 }}", "类别", "{{ 类别 }}"),
        ("人数", "{{ 人数 }}", "起始日", "{{ 起始日 }}"),
        ("做法", "{{ 做法 }}"),
        ("姓名", "时长"),
        ("{{ 名单.姓名 }}", "{{ 名单.时长 }}"),
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B5:D5")
    book.save(tmp_path / "活动登记表.xlsx")
    (tmp_path / "活动登记表.yaml").write_text(BODY, encoding="utf-8")
    return load_form(tmp_path / "活动登记表.yaml")


def sheet_of(form: Form, folder: Path) -> tuple[openpyxl.Workbook, Worksheet]:
    """Return the blank of ``form`` and its first sheet."""
    book = openpyxl.load_workbook(blank(form, UNIT, Period.parse("2020-07"), folder / "空白.xlsx"))
    return book, book.worksheets[0]


def rules(sheet: Worksheet, cell: str) -> list[Any]:
    """Return the rules on a cell."""
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


def test_answers_are_open_and_the_rest_is_locked_without_a_password(form: Form, tmp_path: Path) -> None:
    _, sheet = sheet_of(form, tmp_path)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.insertRows, "rows may be added"
    opened = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    named = {"B2", "D2", "B3", "D3", "B4", "D4", "B5", "C5", "D5"}
    assert opened == named | {f"{column}{row}" for row in range(7, 12) for column in "AB"}


def test_each_kind_has_its_rule_and_a_wrong_answer_is_questioned_not_refused(
    form: Form, tmp_path: Path
) -> None:
    _, sheet = sheet_of(form, tmp_path)
    told = {
        cell: [(r.type, r.formula1, r.formula2) for r in rules(sheet, cell)] for cell in ("B3", "B4", "B5")
    }
    assert told == {"B3": [("list", '"座谈,走访"', None)], "B4": [("whole", "1", "500")], "B5": []}
    assert [rule.type for rule in rules(sheet, "D4")] == ["date"]
    assert [rule.type for rule in rules(sheet, "B11")] == ["decimal"]
    assert rules(sheet, "B4")[0].prompt == "实到人数"
    assert {rule.errorStyle for rule in sheet.data_validations.dataValidation} == {"warning"}
    assert "y" in sheet["D4"].number_format


def test_a_long_list_stands_on_a_hidden_sheet_that_readers_pass_by(form: Form, tmp_path: Path) -> None:
    book, sheet = sheet_of(form, tmp_path)
    (rule,) = rules(sheet, "D3")
    assert rule.formula1 == f"'{OPTIONS_SHEET}'!$A$1:$A${len(MANY)}"
    options = book[OPTIONS_SHEET]
    assert options.sheet_state == "hidden"
    assert tuple(row[0].value for row in options.iter_rows()) == MANY
    (record,) = Extractor((form,)).content((tmp_path / "空白.xlsx").read_bytes(), "空白.xlsx")
    assert record.submission is not None
    assert record.submission.blank
    assert record.submission.leftover == ()
    assert "hidden_text" not in {found.code for found in record.submission.all_doubts()}


def test_identity_stands_in_name_properties_footer_and_code(form: Form, tmp_path: Path) -> None:
    book, sheet = sheet_of(form, tmp_path)
    own = serial(Identity(form.name, UNIT.name, "2020-07"))
    assert list(book.defined_names) == [BOOKMARK + own.replace("-", "")]
    assert book.properties.identifier.startswith("hongtou:")
    assert PRINTED.format(serial=own) in sheet.oddFooter.left.text
    assert "填表说明" in sheet.oddFooter.left.text
    (picture,) = sheet._images
    assert picture.anchor._from.row >= sheet.max_row


def test_what_was_chosen_in_a_guarded_blank_is_read(form: Form, tmp_path: Path) -> None:
    """A clerk fills the blank in Excel: choices as plain words, dates as dates."""
    book, sheet = sheet_of(form, tmp_path)
    values = {
        "B3": "走访",
        "D3": MANY[4],
        "B4": 12,
        "D4": date(2020, 7, 3),
        "B5": "先学后议",
        "A7": "陈青禾",
        "B7": 1.5,
    }
    for cell, value in values.items():
        sheet[cell].value = value
    out = io.BytesIO()
    book.save(out)
    (record,) = Extractor((form,)).content(out.getvalue(), "报送.xlsx")
    assert record.submission is not None
    found = {r.field: r.value for r in record.submission.readings}
    assert {path: found[path] for path in ("形式", "类别", "人数", "起始日", "做法")} == {
        "形式": "走访",
        "类别": MANY[4],
        "人数": 12,
        "起始日": date(2020, 7, 3),
        "做法": "先学后议",
    }
    assert [{r.field: r.value for r in row.readings} for row in record.submission.rows] == [
        {"姓名": "陈青禾", "时长": 1.5}
    ]


def test_the_header_of_a_long_list_is_printed_on_every_page(form: Form, tmp_path: Path) -> None:
    assert not sheet_of(form, tmp_path)[1].print_title_rows, "it stands on one page"
    (group,) = form.groups
    long = form.model_copy(update={"groups": (group.model_copy(update={"empty_rows": 100}),)})
    assert sheet_of(long, tmp_path)[1].print_title_rows == "$6:$6"


def test_a_filled_form_is_not_guarded(form: Form, tmp_path: Path) -> None:
    path = filled(form, {"做法": "座谈"}, None, tmp_path / "报送.xlsx")
    assert not openpyxl.load_workbook(path).worksheets[0].protection.sheet


def test_the_same_blank_has_the_same_bytes(form: Form, tmp_path: Path) -> None:
    period = Period.parse("2020-07")
    one, two = (blank(form, UNIT, period, tmp_path / f"{number}.xlsx") for number in (1, 2))
    assert one.read_bytes() == two.read_bytes()
