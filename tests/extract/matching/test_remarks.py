"""What stands among answers and is none: instructions, other labels, text boxes; and 无, which is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import Grid, Mark, Paragraph, align, layouts_of
from extract.model import Look
from forms import FieldKind, Identity, Place
from forms.serial import serial
from tests.extract.conftest import activities
from tests.extract.neutral import TOURS, VISITS, cell, codes, document, grid, one, values


def test_nothing_to_report_behind_a_repeated_label_is_an_answer() -> None:
    """Read 无 behind the label said again in its answer's cell, beside a label that was reworded."""
    rows = [["姓名", "甲"], ["走访方式", "座谈"], ["基层团组织工作存在问题", "基层团组织工作存在问题：暂无"]]
    found = one(VISITS, grid(rows))
    assert values(found)["基层团组织工作存在问题"] == "暂无"
    assert not found.leftover


def test_how_to_fill_in_is_no_answer_where_labels_and_answers_stand_by_turns() -> None:
    """Leave the instruction over in a form of bands, and its field empty."""
    rows = [
        ["姓名", "甲"],
        ["基层团组织工作开展情况", None],
        ["以下各栏请分条列出，可另附页。", None],
        ["基层团组织工作亮点", None],
        ["台账齐全，活动多。", None],
        ["基层团组织工作存在问题", None],
        ["经费不足，人员少。", None],
        ["帮扶措施及成效", None],
        ["协调经费，解决困难。", None],
    ]
    found = one(VISITS, grid(rows))
    assert values(found).get("基层团组织工作开展情况") is None
    assert values(found)["基层团组织工作亮点"] == "台账齐全，活动多。"
    assert [item.text for item in found.leftover] == ["以下各栏请分条列出，可另附页。"]


def test_a_line_that_labels_something_unknown_ends_an_answer_aloud() -> None:
    """Leave 联系电话 and what it says over where a form stands in lines, and doubt the answer before it."""
    lines = [
        "姓名",
        "甲",
        "走访形式",
        "座谈交流",
        "基层团组织工作亮点",
        "台账齐全。",
        "联系电话",
        "0395-0000584",
        "帮扶措施及成效",
        "协调。",
    ]
    found = one(VISITS, *lines)
    assert values(found)["基层团组织工作亮点"] == "台账齐全。"
    assert [item.text for item in found.leftover] == ["联系电话", "0395-0000584"]
    assert "more_beside" in codes(found)


def test_a_text_box_over_an_answer_is_doubted() -> None:
    """Doubt an answer that a text box in its cell is read into, and none that the box holds alone."""
    boxed = Paragraph("注意：一式两份。", Place("表1", 2, 2, 1), (Mark(0, 8, Look.BOX),))
    cells = [cell(0, 0, "姓名"), cell(0, 1, "甲"), cell(1, 0, "走访形式"), cell(2, 0, "帮扶措施及成效")]
    both = [*cells, cell(1, 1, [Paragraph("座谈", Place("表1", 2, 2, 1)), boxed]), cell(2, 1, [boxed])]
    found = one(VISITS, Grid("表1", tuple(sorted(both, key=lambda each: (each.row, each.column)))))
    doubted = {reading.field: [doubt.code for doubt in reading.doubts] for reading in found.readings}
    assert doubted["走访形式"] == ["text_joined"]
    assert doubted["帮扶措施及成效"] == []


def test_two_answers_in_one_cell_are_told_apart_aloud() -> None:
    """Give the text before a label inside of a cell to the label beside it, and the rest to the inner one."""
    rows = [
        ["姓名", "甲"],
        ["基层团组织工作亮点", "台账齐全。\n基层团组织工作存在问题：经费少。"],
        ["帮扶措施及成效", "帮。"],
    ]
    found = one(VISITS, grid(rows))
    assert values(found)["基层团组织工作亮点"] == "台账齐全。"
    assert values(found)["基层团组织工作存在问题"] == "经费少。"
    assert "position_guessed" in codes(found)
    assert not found.leftover


def test_an_answer_in_a_row_of_its_own_under_the_empty_place_is_read_aloud() -> None:
    """Take what stands under the empty place of a label, with nothing beside it."""
    rows = [["姓名", "甲"], ["走访形式", "座谈"], ["帮扶措施及成效", ""], ["", "协调经费。"]]
    found = one(VISITS, grid(rows))
    assert values(found)["帮扶措施及成效"] == "协调经费。"
    assert codes(found) == {"position_guessed"}


def test_the_foot_of_the_page_is_no_part_of_the_last_answer() -> None:
    """End an answer of plain lines where the body ends."""
    lines = ["姓名：甲", "走访形式：座谈", "基层团组织工作亮点：好。", "帮扶措施及成效：协调经费。"]
    foot = Paragraph("团市委办公室印制", Place("页脚", paragraph=1))
    blank = "编号：" + serial(Identity(VISITS, "源汇区团委", "2020-07")) + "（识别用，请勿删改）"
    assert values(one(VISITS, *lines, blank))["帮扶措施及成效"] == "协调经费。"
    found = one(VISITS, *lines, foot)
    assert values(found)["帮扶措施及成效"] == "协调经费。"
    assert [item.text for item in found.leftover] == ["团市委办公室印制"]


def test_answers_in_lines_go_on_above_the_table_of_a_list(tmp_path: Path) -> None:
    """Read all paragraphs of an answer in a form of lines that has a list in a table."""
    form = activities(tmp_path)
    fields = tuple(
        field.model_copy(update={"kind": FieldKind.TEXT}) if field.path == "负责人" else field
        for field in form.fields
    )
    lines = ["填报单位：源汇区团委", "负责人：一是甲。", "二是乙。", "联系电话：0395-0000584"]
    table = grid([["序号", "活动名称", "时间", "人数"], ["1", "植树", "2020年4月4日", "12"]])
    layouts = layouts_of((form.model_copy(update={"fields": fields}),))
    (found,) = align(document("活动情况表", *lines, table), layouts)
    assert values(found)["负责人"] == "一是甲。\n二是乙。"
    assert not found.leftover


def test_an_answer_of_which_only_the_first_line_is_read_is_doubted() -> None:
    """Doubt an answer beside its label in a line where more lines follow that nothing takes, and none that is signed."""
    rows = grid([["姓名", "甲"], ["走访形式", "座谈"]])
    for foot, expected in (
        ("二是解决困难，成效明显。", {"more_beside"}),
        ("源汇区团委", set()),
        ("注：一式两份。", set()),
    ):
        assert codes(one(VISITS, rows, "帮扶措施及成效：一是协调。", foot)) == expected


def test_a_column_merged_over_all_rows_is_beside_none_of_them() -> None:
    """Read an answer below its empty place where a heading stands upright over all rows."""
    rows = [
        ["基本情况", "姓名", "甲"],
        [None, "走访形式", "座谈"],
        [None, "帮扶措施及成效", ""],
        [None, "", "协调经费。"],
    ]
    assert values(one(VISITS, grid(rows)))["帮扶措施及成效"] == "协调经费。"


def test_remarks_head_no_answer_in_a_list_of_one() -> None:
    """Leave 备注 behind the last label of a header over, where one row stands under it."""
    rows = [["姓名", "单位职务", "走访形式", "帮扶措施及成效", "备注"], ["甲", "书记", "座谈", "协调。", ""]]
    found = one(VISITS, grid(rows))
    assert values(found)["帮扶措施及成效"] == "协调。"
    assert codes(found) == set()
    assert [item.text for item in found.leftover] == ["备注"]


def test_a_reworded_label_on_a_line_of_its_own_is_one_where_the_others_are() -> None:
    """Know 走访的团组织名称 as a label in a form that has a line for each cell, and 座谈走访 as an answer."""
    lines = [
        "姓名",
        "甲",
        "单位职务",
        "书记",
        "走访的团组织名称",
        "机电二班",
        "走访形式",
        "座谈走访",
        "帮扶措施及成效",
        "帮。",
    ]
    found = one(VISITS, *lines)
    assert values(found) == {
        "姓名": "甲",
        "单位职务": "书记",
        "走访团组织名称": "机电二班",
        "走访形式": "座谈走访",
        "帮扶措施及成效": "帮。",
    }


def test_the_foot_under_the_last_answer_does_not_go_on_with_it() -> None:
    """Leave over who filled the form in, in the cell under an answer."""
    long = "对照清单逐条整改，" * 6 + "完成一项销号一项。"
    rows = [
        ["姓名", "甲", ""],
        ["走访形式", "座谈", ""],
        ["帮扶措施及成效", long, ""],
        ["", "填表人：丁", "电话：1"],
    ]
    found = one(VISITS, grid(rows))
    assert values(found)["帮扶措施及成效"] == long
    assert "填表人：丁" in [item.text for item in found.leftover]


@pytest.mark.parametrize("closing", ["祝好！", "此致", "敬礼！", "顺祝商祺", "发自我的手机", "——————"])
def test_the_close_of_a_letter_ends_the_last_answer(closing: str) -> None:
    """Leave 祝好 and what stands below it over."""
    found = one(TOURS, "组织观摩部室：宣传部", "参加观摩人员：全体", "整改措施：改。", closing, "小王")
    assert values(found)["整改措施"] == "改。"
    assert [item.text for item in found.leftover] == [closing, "小王"][closing[0] == "—" :]


def test_a_column_of_remarks_is_no_part_of_the_answers() -> None:
    """Leave what stands in an added column 备注 over, without a doubt about the answers beside it."""
    rows = [["组织观摩部室", "宣传部", "备注"], ["参加观摩人员", "全体", "已核"], ["整改措施", "无", ""]]
    found = one(TOURS, grid(rows))
    assert values(found) == {"组织观摩部室": "宣传部", "参加观摩人员": "全体", "整改措施": "无"}
    assert codes(found) == set()
    assert [item.text for item in found.leftover] == ["备注", "已核"]


def test_a_line_of_a_chat_ends_the_answer_above_it() -> None:
    """Take who said the next thing, and when, for no part of the last answer."""
    lines = [
        "姓名：甲",
        "单位职务：乙",
        "走访形式：座谈",
        "基层团组织工作亮点：夜校",
        "丙 2020/7/8 10:36",
        "以上，请查收",
    ]
    found = one(VISITS, *lines)
    assert values(found)["基层团组织工作亮点"] == "夜校"
