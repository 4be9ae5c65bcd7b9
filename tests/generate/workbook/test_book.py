"""The ledger workbook: every value where it belongs, nothing becomes a formula, nothing is lost."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from forms import Correction, Form, Leftover, Place, Refusal, Status, Submission, doubt
from generate.package import OutputError
from generate.save import save
from generate.view import LedgerView, printable
from generate.workbook.book import workbook, workbook_bytes
from generate.workbook.sheet import CELL_LIMIT, sheet_name
from tests.generate import invented
from tests.generate.invented import VISIT, entry, people, reading, view, visit, work


def opened(made: LedgerView) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(made)))


def headed(sheet: Worksheet, depth: int = 1) -> list[dict[str, Any]]:
    """Return the rows under the header as cells by the lowest heading that is filled."""
    names = [
        next(sheet.cell(row, column).value for row in range(depth, 0, -1) if sheet.cell(row, column).value)
        for column in range(1, sheet.max_column + 1)
    ]
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=depth + 1)]


def test_one_sheet_per_form_then_the_lists() -> None:
    assert opened(view()).sheetnames == [
        VISIT,
        f"{VISIT}·问题清单",
        invented.TOUR,
        "报送情况",
        "报送情况·清单",
        "分月合计",
        "待核对",
        "剩余文字",
        "未收文件",
        "已被取代",
    ]


def test_the_duties_give_the_order_and_an_unknown_form_keeps_its_values() -> None:
    made = work()
    turned = made.model_copy(update={"forms": tuple(reversed(made.forms))})
    strange = Submission("别处的表", "甲县团委", "2020-07", (reading("栏目", "内容"),))
    book = opened(LedgerView(turned, (entry(1, strange),), (), ()))
    assert book.sheetnames[:4] == [VISIT, f"{VISIT}·问题清单", invented.TOUR, "别处的表"]
    assert headed(book["别处的表"])[0]["栏目"].value == "内容"


def test_a_form_that_nobody_owes_or_sent_has_no_sheet() -> None:
    made = work()
    spare = Form(name="备用表", template=Path("x.docx"), fields=())
    made = made.model_copy(update={"forms": (*made.forms, spare)})
    assert "备用表" not in opened(LedgerView(made, (), (), ())).sheetnames


def test_values_are_typed_and_current_returns_only() -> None:
    sheet = opened(view())[VISIT]
    rows = {row["编号"].value: row for row in headed(sheet, 2)}
    assert sorted(rows) == [1, 2, 3, 5, 7, 8]
    first = rows[1]
    assert (first["单位"].value, first["报送期"].value) == ("甲县团委", "2020年7月")
    assert first["团干部"].value == 3
    assert first["填表时间"].value == datetime.fromisoformat("2020-07-08 00:00")
    assert first["填表时间"].number_format == "yyyy-mm-dd"
    assert first["收到时间"].value == datetime.fromisoformat("2020-08-04 09:30")
    assert first["存在问题"].value == "团干部兼职多，精力不够集中；\n活动经费保障不足。"
    assert first["状态"].value == "待核对"
    assert rows[3]["状态"].value == "已读"


def test_dotted_paths_stand_under_a_merged_label() -> None:
    sheet = opened(view())[VISIT]
    merged = {str(area): sheet[str(area).split(":")[0]].value for area in sheet.merged_cells.ranges}
    assert merged["F1:G1"] == "走访人数"
    assert merged["A1:A2"] == "单位"
    assert (sheet["F2"].value, sheet["G2"].value) == ("团干部", "团员青年")


def test_frozen_filtered_and_ready_to_print() -> None:
    book = opened(view())
    sheet = book[VISIT]
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref == "A2:P8"
    assert sheet.print_title_rows == "$1:$2"
    for each in book.worksheets:
        assert (each.page_setup.orientation, str(each.page_setup.paperSize)) == ("landscape", "9")
        assert (each.page_setup.fitToWidth or 1, each.page_setup.fitToHeight) == (1, 0)


def test_a_doubtful_cell_is_coloured_and_says_why() -> None:
    rows = {row["编号"].value: row for row in headed(opened(view())[VISIT], 2)}
    cell = rows[2]["团员青年"]
    assert cell.value == 20
    assert cell.fill.fgColor.rgb == "FFFFEB9C"
    assert "“走访人数.团员青年”填的“二三十人”是一个范围，先取第一个数" in cell.comment.text
    assert "原文：二三十人（表1 第3行第2列）" in cell.comment.text
    assert rows[2]["疑点数"].value == 3
    assert "必填的“工作开展情况”没有填" in rows[2]["工作开展情况"].comment.text
    assert rows[1]["团员青年"].comment is None


def test_a_corrected_cell_shows_the_raw_text_and_the_reason() -> None:
    rows = {row["编号"].value: row for row in headed(opened(view())[VISIT], 2)}
    cell = rows[3]["团干部"]
    assert cell.value == 5
    assert cell.fill.fgColor.rgb == "FFBDD7EE"
    assert "2020-09-12 10:05人工更正为“5”，理由：电话问过，是五人" in cell.comment.text
    assert "原文：三（" in cell.comment.text


def test_an_unread_value_shows_its_raw_text() -> None:
    found = visit(
        "甲县团委", "2020-07", people("团干部", None, "若干", ["number_unclear"]), people("团员青年", 1)
    )
    row = headed(opened(view([entry(1, found)]))[VISIT], 2)[0]
    assert row["团干部"].value == "若干"


def test_the_link_leads_from_the_outputs_folder_to_the_archive() -> None:
    cell = headed(opened(view())[VISIT], 2)[0]["原件"]
    assert cell.value == "甲县团委/第1份.docx"
    assert cell.hyperlink.target == f"../../归档/01/{1:064x}.docx"
    out = Path("产出/台账") / cell.hyperlink.target
    assert os.path.normpath(out) == os.path.normpath(f"归档/01/{1:064x}.docx")


def test_a_workbook_elsewhere_still_finds_the_archive(tmp_path: Path) -> None:
    made = view()
    there = made.work.model_copy(update={"folder": tmp_path / "工作"})
    out = workbook(LedgerView(there, made.entries, (), ()), tmp_path / "别处" / "甲.xlsx")
    target = headed(openpyxl.load_workbook(out)[VISIT], 2)[0]["原件"].hyperlink.target
    assert (out.parent / target).resolve() == tmp_path.resolve() / "工作" / made.entries[0].archive


def test_groups_stand_on_their_own_sheet() -> None:
    rows = headed(opened(view())[f"{VISIT}·问题清单"])
    assert [(row["行"].value, row["问题"].value, row["涉及人数"].value) for row in rows] == [
        (1, "经费不足", 12),
        (2, "场地不足", 8),
    ]
    assert "七八人" in rows[1]["涉及人数"].comment.text


def test_standings_as_a_matrix_and_as_a_list() -> None:
    book = opened(view())
    sheet = book["报送情况"]
    assert sheet["A1"].value == f"《{VISIT}》报送情况"
    assert [cell.value for cell in sheet[3]] == [
        *("甲县团委", "按时报送", "按时报送", "未报送", "未报送", "未报送", "未到期", 6, 2, 0, 3, 1)
    ]
    assert [cell.value for cell in sheet[7]][:3] == ["已报/应报", "2/4", "1/4"]
    assert sheet["B3"].fill.fgColor.rgb == "FFC6E0B4"
    rows = headed(book["报送情况·清单"])
    assert len(rows) == len(view().standings)
    assert rows[0]["截止日期"].value == datetime.fromisoformat("2020-08-10 00:00")
    assert rows[0]["原件"].hyperlink.target.startswith("../../归档/")


def test_review_has_a_row_for_each_doubt_and_room_for_the_answer() -> None:
    rows = headed(opened(view())["待核对"])
    assert len(rows) == sum(len(e.submission.all_doubts()) for e in view().current())
    number = next(row for row in rows if row["原文"].value == "二三十人")
    assert (number["编号"].value, number["栏目"].value) == (2, "走访人数.团员青年")
    assert (number["读作"].value, number["位置"].value) == (20, "表1 第3行第2列")
    inner = next(row for row in rows if row["原文"].value == "七八人")
    assert (inner["栏目"].value, inner["行"].value) == ("问题清单.涉及人数", 2)
    assert all(row["更正为"].value is None for row in rows)


def test_every_sum_of_the_summary_names_its_returns() -> None:
    rows = headed(opened(view())["分月合计"])
    youths = [row for row in rows if row["栏目"].value == "走访人数.团员青年"]
    assert [(row["月"].value, row["合计"].value, row["来自哪些编号"].value) for row in youths] == [
        (7, 45, "1、2"),
        (8, 40, "3"),
        (10, 31, "8"),
    ]
    assert youths[0]["其中存疑的编号"].value == "2"


def test_a_value_that_a_person_emptied_is_empty() -> None:
    found = visit("甲县团委", "2020-07", people("团干部", None, "若干"), people("团员青年", 1))
    emptied = Correction(1, "走访人数.团干部", None, "没有走访", datetime.fromisoformat("2020-08-09 10:00"))
    cell = headed(opened(view([entry(1, found, corrections=(emptied,))]))[VISIT], 2)[0]["团干部"]
    assert cell.value is None
    assert "人工更正为“空”，理由：没有走访" in cell.comment.text
    assert "原文：若干" in cell.comment.text


def test_leftover_refused_and_superseded_are_listed() -> None:
    book = opened(view())
    left = headed(book["剩余文字"])
    assert [(row["位置"].value, row["类别"].value, row["文字"].value) for row in left] == [
        ("正文 第9段", "正文", "（请于周五前反馈）"),
        ("批注", "批注", "改过一稿"),
    ]
    refused = headed(book["未收文件"])
    assert [row["原因"].value for row in refused] == ["认不出的格式", "临时文件"]
    assert refused[1]["文件"].hyperlink is None
    old = headed(book["已被取代"])
    assert [(row["编号"].value, row["取代它的编号"].value) for row in old] == [(4, 3)]
    assert "走访人数.团员青年：999" in old[0]["内容"].value


HOSTILE = (
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "=1+1",
    "{=1}",
    "http://example.org/",
    "internal:A1",
    "0012",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_becomes_a_formula(text: str) -> None:
    found = visit(text, "2020-07", people("团干部", 1, text), reading("走访人数.团员青年", text), text)
    left = (Leftover(text, Place(text), text),)
    hostile = Submission(
        VISIT, text, text, found.readings, leftover=left, doubts=(doubt("unit_unknown", raw=text),)
    )
    refusal = Refusal(
        text, "0" * 64, "归档/00/0", datetime.fromisoformat("2020-08-01 00:00"), Status.REJECTED, text
    )
    made = LedgerView(work(), (entry(1, hostile, source=text),), (refusal,), ())
    data = workbook_bytes(made)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    book = openpyxl.load_workbook(io.BytesIO(data))
    row = headed(book[VISIT], 2)[0]
    assert [row[name].value for name in ("单位", "团员青年", "工作亮点", "原件")] == [text] * 4
    assert headed(book["未收文件"])[0]["文件"].value == text


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(), min_size=1, max_size=40), min_size=1, max_size=5))
def test_texts_come_back_as_written(texts: list[str]) -> None:
    left = tuple(Leftover(text, Place("正文", paragraph=n)) for n, text in enumerate(texts))
    submission = Submission(VISIT, "甲县团委", "2020-07", leftover=left)
    rows = headed(opened(view([entry(1, submission)]))["剩余文字"])
    assert [row["文字"].value for row in rows] == [printable(text) for text in texts]


def test_forbidden_characters_become_replacement_characters() -> None:
    assert printable("甲\x00乙\ud800丙\ufffe丁\r\n戊\t己") == "甲\ufffd乙\ufffd丙\ufffd丁\n戊\t己"


def test_a_text_too_long_for_a_cell_is_kept_whole_elsewhere() -> None:
    text = "汇总𠮷" * 12_000
    found = visit("甲县团委", "2020-07", people("团干部", 1), people("团员青年", 2), text)
    book = opened(view([entry(1, found)]))
    shown = headed(book[VISIT], 2)[0]["工作亮点"].value
    assert len(shown.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert shown.endswith("……（文字太长，全文见工作表“超长文字”第2行起）")
    assert "".join(row["文字"].value for row in headed(book["超长文字"])) == text


def test_odd_dates_and_numbers_do_not_stop_the_export() -> None:
    odd = Submission(
        VISIT,
        "甲县团委",
        "2020-07",
        (
            reading("填表时间", date(1840, 6, 1)),
            people("团干部", 10**18),
            reading("走访人数.团员青年", float("inf")),
            reading("工作亮点", ("甲", "乙")),
            reading("表外的一栏", "也要看得见"),
        ),
    )
    row = headed(opened(view([entry(1, odd)]))[VISIT], 2)[0]
    names = ("填表时间", "团干部", "团员青年", "工作亮点", "表外的一栏")
    assert [row[name].value for name in names] == ["1840-06-01", str(10**18), "inf", "甲、乙", "也要看得见"]


def test_sheet_names_are_clean_short_and_unlike() -> None:
    assert sheet_name("a[b]:*?/\\c", ()) == "a_b______c"
    long = "很" * 40
    first = sheet_name(long, ())
    second = sheet_name(long, {first})
    assert len(first) == len(second) == 31
    assert first != second
    assert sheet_name("''", ()) == "表"
    assert sheet_name("ABC", {"abc"}) == "ABC(2)"


def test_the_same_ledger_gives_the_same_bytes() -> None:
    assert workbook_bytes(view()) == workbook_bytes(view())


def test_an_empty_ledger_gives_a_workbook() -> None:
    book = opened(LedgerView(work(), (), (), ()))
    assert book["待核对"]["A1"].value == "编号"


def test_an_open_workbook_is_left_alone(tmp_path: Path, hold_open: Callable[[Path], None]) -> None:
    out = tmp_path / "台账.xlsx"
    hold_open(out)
    assert workbook(view(), out) == tmp_path / "台账(1).xlsx"
    assert out.read_bytes() == b"open in WPS"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["台账(1).xlsx", "台账.xlsx"]


def test_what_cannot_be_written_stops_with_status_3(tmp_path: Path) -> None:
    (tmp_path / "占位").write_text("a file where a folder should be")
    with pytest.raises(OutputError, match=r"写不了 台账\.xlsx") as stopped:
        save(b"", tmp_path / "占位" / "台账.xlsx")
    assert stopped.value.exit_code == 3
