"""Statistical tables: headers in two rows, columns nobody names, units of measure, months, amounts in words."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from extract.learning import learn
from forms import FieldKind
from generate import filled
from tests.extract.learning.test_learn import form_of, read
from tests.extract.learning.test_questions import codes
from tests.extract.test_learn_layouts import Rows, excel, paths, word


def test_a_header_in_two_rows_heads_a_list() -> None:
    """其中：男 is a label of a column although a colon stands in it; 附件2 labels nothing."""
    rows: Rows = [
        ("附件2", "", "", ""),
        ("团员情况统计表", None, None, None),
        ("单位名称", "团员数", None, "备注"),
        ("", "其中：男", "其中：女", ""),
        *(("", "", "", ""),) * 3,
    ]
    data = excel([[text or "" for text in row] for row in rows], "A3:D7")
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cells in ("A2:D2", "A3:A4", "B3:C3", "D3:D4"):
        book.worksheets[0].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    learned = learn(out.getvalue(), "表.xlsx")
    columns = ["单位名称", "团员数.其中男", "团员数.其中女", "备注"]
    assert [spot.path for spot in learned.spots if spot.group] == columns
    assert codes(learned) == []


def test_one_tall_row_of_a_sheet_is_no_list_and_a_numbered_line_heads_the_frame_under_it() -> None:
    """No row could be added under cells merged over several; 1.事项 stands over its room, not beside it."""
    rows = [["员工档案卡", "", "编号：______"], ["1.传达事项", "", ""], *[["", "", ""]] * 2]
    rows += [["隐患点", "措施", "备注"], *[["", "", ""]] * 3]
    book = openpyxl.load_workbook(io.BytesIO(excel(rows, "A1:C8")))
    for cells in ("A3:C4", "A6:A8", "B6:B8", "C6:C8"):
        book.worksheets[0].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    learned = learn(out.getvalue(), "表.xlsx")
    assert learned.name == "员工档案卡"
    assert [(spot.path, spot.place.row) for spot in learned.spots] == [
        *(("编号", 1), ("传达事项", 3)),
        *(("隐患点", 6), ("措施", 6), ("备注", 6)),
    ]


def test_the_room_for_a_photograph_is_not_asked_about_and_what_stands_beside_a_list_is() -> None:
    rows = [
        ["姓名", "", "性别", "", ""],
        ["民族", "", "学历", "", ""],
        ["专业", "", "电话", "", ""],
        ["日期", "内容", "地点", "意见", "通过"],
        *[["", "", "", "", ""]] * 2,
    ]
    book = openpyxl.load_workbook(io.BytesIO(excel(rows, "A1:E6")))
    for cells in ("E1:E3", "E5:E6"):
        book.worksheets[0].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    learned = learn(out.getvalue(), "表.xlsx")
    grouped = {(spot.place.row, bool(spot.group)) for spot in learned.spots if spot.place.row > 3}
    assert grouped == {(5, True)}
    assert "learn_extra" not in codes(learned)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (  # what a row counts in is no part of its name, and nobody fills it in
            [
                ("项目", "单位", "本月数", "累计数"),
                ("一、培训", "", "", ""),
                ("1.期数", "期", "", ""),
                ("2.人数", "人", "", ""),
            ],
            ["培训.本月数", "培训.累计数", "期数.本月数", "期数.累计数", "人数.本月数", "人数.累计数"],
        ),
        (  # a cell merged over columns, the last of its own
            [
                ("指标", "2004年", "2005年", "备注"),
                ("产量", "", "", ""),
                ("销售地区", "", None, ""),
                ("产值", "", "", ""),
            ],
            [
                *("产量._2004年", "产量._2005年", "产量.备注", "销售地区", "销售地区备注"),
                *("产值._2004年", "产值._2005年", "产值.备注"),
            ],
        ),
        (
            [
                ("费用合计", "人民币（大写）            （￥          元）"),
                ("承办意见", "          签字：          "),
            ],
            ["大写", "小写金额", "承办意见", "签字"],
        ),
        (  # printed rows, the last column open: a row is named by its words, not by its points
            [
                ("项目", "标准", "分值", "得分"),
                ("意义", "需求明确", "20", ""),
                ("设计", "可操作", "30", ""),
                ("成效", "显著", "50", ""),
            ],
            ["意义.得分", "设计.得分", "成效.得分"],
        ),
        (  # a row that numbers the columns, a column that numbers the rows
            [
                ("指标", "行次", "合计", "企业"),
                ("甲", "乙", "1", "2"),
                ("团委", "1", "", ""),
                ("支部", "2", "", ""),
            ],
            ["团委.合计", "团委.企业", "支部.合计", "支部.企业"],
        ),
        (  # days head columns; who made the list is no entry of it
            [("姓名", "1", "2", "3", "4", "5"), *(("",) * 6,) * 2, ("考勤员：", "", None, None, None, None)],
            [*(f"明细/{head}" for head in ("姓名", "_1", "_2", "_3", "_4", "_5")), "考勤员"],
        ),
        (
            [
                ("请假时间", "自____年__月__日至____年__月__日，共____天"),
                ("销假", "本人已于____年__月__日返岗。"),
            ],
            ["开始日期", "结束日期", "天数", "返岗日期"],
        ),
        (
            [("结论", "派出所（盖章）\n   年   月   日"), ("填报日期：   年   月   日", "")],
            ["派出所日期", "填报日期"],
        ),
        ([("意见", "\n      （盖章或签名）          年   月   日")], ["意见", "意见日期"]),
        (  # a date written a cell for each part, beside who signs; what should be filled in stands in the cell
            [
                ("昵称", "（必填，不超过8字）", None, None, None, None, None),
                ("负责人", "", "（签名）", "", "年", "", "月"),
            ],
            ["昵称", "负责人", "负责人日期.年", "负责人日期.月"],
        ),
        (  # the day that a row's label leaves open, and what a list is called
            [
                ("检查记录：", None, None),
                ("次数", "内容", "签字"),
                ("第一次\n（  月  日）", "", ""),
                ("第二次\n（  月  日）", "", ""),
            ],
            [f"第{n}次.{what}" for n in "一二" for what in ("日期", "内容", "签字")],
        ),
        (  # a column for each opinion and one row: no list; who signs stands behind the room; 盖章 behind the name
            [
                ("单位名称", "        （盖章）", None),
                ("申请人", "部门意见", "领导批示"),
                ("", "", ""),
                ("学院意见：\n\n签字：（主管院长）", None, None),
                ("街道意见\n            （盖章）   年  月  日", None, None),
            ],
            [
                "单位名称",
                "申请人",
                "部门意见",
                "领导批示",
                "学院意见",
                "主管院长签字",
                "街道意见",
                "街道意见日期",
            ],
        ),
        (  # each row prints an option to be ticked; a sentence says how a mark is given
            [
                ("项目类型", "金额", "部门"),
                ("学校文化（诊断）□", "", ""),
                ("平面设计□", "", ""),
                ("考勤", "满分40分，全勤为满分；迟到一次扣5分", ""),
            ],
            [
                *(
                    f"{a}.{b}"
                    for n in ("学校文化", "平面设计")
                    for a, b in (("项目类型", n), (n, "金额"), (n, "部门"))
                ),
                "考勤.部门",
            ],
        ),
        ([("进度安排：", None), ("时间", "内容"), ("", ""), ("", "")], ["进度安排/时间", "进度安排/内容"]),
    ],
)
def test_fields_are_named_as_a_person_reads_the_table(rows: Rows, expected: list[str]) -> None:
    learned = learn(word(rows), "表.docx")
    assert paths(learned) == expected
    assert "learn_extra" not in codes(learned)


def test_options_are_what_stands_beside_the_boxes() -> None:
    rows: Rows = [("类别", "事假□  病假□  其他□______"), ("结果", "□已办结  □转交（        部门）办理")]
    options = [spot.options for spot in learn(word(rows), "表.docx").spots]
    assert options == [("事假", "病假", "其他"), ("已办结", "转交办理")]


def test_columns_that_nobody_names_are_counted_and_asked_about_once() -> None:
    rows: Rows = [(label, "", "", "") for label in ("产品名称", "商标", "年产量", "联系电话", "备注")]
    learned = learn(word(rows), "表.docx")
    assert paths(learned)[:4] == ["产品名称.第1列", "产品名称.第2列", "产品名称.第3列", "商标.第1列"]
    assert {spot.kind for spot in learned.spots if spot.path.startswith("联系电话")} == {FieldKind.PHONE}
    assert codes(learned) == ["learn_columns"]


@pytest.mark.parametrize("line", ["（2020年  月）", "2020年    月"])
def test_a_month_under_the_title_is_the_period(line: str) -> None:
    learned = learn(word([("姓名", "")], ("工作月报表", line)), "表.docx")
    assert paths(learned) == ["报送期", "姓名"]
    assert "用途: 报送期" in learned.yaml


def test_a_month_beside_a_name_does_not_answer_it() -> None:
    rows = [["姓名：", "2018年      月"], ["作业量", ""]]
    learned = learn(excel(rows, "A1:B2"), "表.xlsx")
    assert paths(learned) == ["姓名", "报送期", "作业量"]
    assert codes(learned) == []


def test_a_form_whose_sheets_all_say_its_title_is_one_form(tmp_path: Path) -> None:
    """Two sheets of one blank, the same list under the same title on each, are read as the one form they are."""
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("第二批")):
        for row, texts in enumerate((("考试预约登记表",), ("学号", "姓名", "科目"))):
            for column, text in enumerate(texts, 1):
                sheet.cell(row + 1, column).value = text
    out = io.BytesIO()
    book.save(out)
    form = form_of(learn(out.getvalue(), "表.xlsx"), tmp_path)
    first, second = form.groups
    rows = {
        group.name: [{"学号": f"{start}{n}", "姓名": "陈青禾", "科目": "统计"} for n in range(2)]
        for start, group in enumerate((first, second), 10)
    }
    filled(form, rows, None, tmp_path / "填好.xlsx")
    record = read(form, tmp_path / "填好.xlsx")
    assert record.submission is not None
    found = [(row.group, {item.field: item.value for item in row.readings}) for row in record.submission.rows]
    assert found == [(name, row) for name, lines in rows.items() for row in lines]
