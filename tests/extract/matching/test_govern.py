"""Which answer belongs to which label: geometry inside of grids, reading order outside."""

from __future__ import annotations

from datetime import date

import pytest

from extract import Document, Grid, Paragraph, align
from forms import Place
from tests.extract.neutral import LAYOUTS, TOURS, VISITS, cell, codes, document, grid, one, para, values


def test_answers_to_the_right() -> None:
    """Take the cell beside a label."""
    assert values(
        one(VISITS, grid([["姓名", "甲", "单位职务", "乙"], ["走访形式", "座谈", None, None]]))
    ) == {
        "姓名": "甲",
        "单位职务": "乙",
        "走访形式": "座谈",
    }


def test_answers_below_the_labels() -> None:
    """Take the cell under a label that heads a column."""
    found = one(TOURS, grid([["组织观摩部室", "参加观摩人员", "整改措施"], ["宣传部", "全体", "改"]]))
    assert values(found) == {"组织观摩部室": "宣传部", "参加观摩人员": "全体", "整改措施": "改"}


def test_label_and_answer_in_one_cell() -> None:
    """Part label and answer at the colon."""
    found = one(TOURS, grid([["组织观摩部室：宣传部", "参加观摩人员：全体"], ["整改措施：改", None]]))
    assert values(found) == {"组织观摩部室": "宣传部", "参加观摩人员": "全体", "整改措施": "改"}


def test_a_form_typed_as_plain_text() -> None:
    """Read a form without any table, answers going on over paragraphs."""
    found = one(
        TOURS,
        "组织观摩部室：宣传部",
        "参加观摩人员：全体",
        "观摩点亮点工作：",
        "一是亮",
        "二是新",
        "整改措施：改",
    )
    assert values(found) == {
        "组织观摩部室": "宣传部",
        "参加观摩人员": "全体",
        "观摩点亮点工作": "一是亮\n二是新",
        "整改措施": "改",
    }


def test_an_answer_of_several_paragraphs() -> None:
    """Join the paragraphs of a cell by line feeds."""
    lines = [para("一是好", 1), para("二是亮", 2)]
    cells = (cell(0, 0, "组织观摩部室"), cell(0, 1, "宣传部"), cell(1, 0, "整改措施"), cell(1, 1, lines))
    (found,) = align(Document((para(TOURS), Grid("表1", cells))), LAYOUTS)
    assert values(found)["整改措施"] == "一是好\n二是亮"


def test_a_table_within_an_answer_belongs_to_it() -> None:
    """Read a small table inside of an answer as its text."""
    inner = Grid("表2", (cell(0, 0, "日期一", name="表2"), cell(0, 1, "内容一", name="表2")))
    cells = (
        cell(0, 0, "组织观摩部室"),
        cell(0, 1, "宣传部"),
        cell(1, 0, "整改措施"),
        cell(1, 1, [para("如下"), inner]),
    )
    (found,) = align(Document((para(TOURS), Grid("表1", cells))), LAYOUTS)
    assert values(found)["整改措施"] == "如下\n日期一\n内容一"


@pytest.mark.parametrize("answer", ["团干部3人，团员青年20人", "团干部：3；团员青年：20"])
def test_an_answer_to_the_label_above_is_divided(answer: str) -> None:
    """Part an answer beside 走访人数 by the labels under it."""
    found = one(VISITS, grid([["姓名", "甲"], ["走访形式", "座谈"], ["走访人数", answer]]))
    assert values(found) == {"姓名": "甲", "走访形式": "座谈", "走访人数.团干部": 3, "走访人数.团员青年": 20}


def test_sub_labels_beside_a_merged_label() -> None:
    """Read the two rows beside 走访人数."""
    rows = [["姓名", "甲", None], ["走访人数", "团干部", "3"], [None, "团员青年", "20"]]
    assert values(one(VISITS, grid(rows))) == {"姓名": "甲", "走访人数.团干部": 3, "走访人数.团员青年": 20}


def test_a_date_parted_over_cells() -> None:
    """Put a date together that stands in several cells."""
    found = one(TOURS, grid([["填表时间", "2020年", "7月", "8日"], ["组织观摩部室", "宣传部", None, None]]))
    assert str(values(found)["填表时间"]) == "2020-07-08"


def test_an_empty_column_in_between_is_no_matter() -> None:
    """Look past a column that holds nothing."""
    found = one(TOURS, grid([["组织观摩部室", "", "宣传部"], ["整改措施", "", "改"]]))
    assert values(found) == {"组织观摩部室": "宣传部", "整改措施": "改"}
    assert not any(reading.doubts for reading in found.readings)


def test_an_unfilled_field_has_the_place_of_its_label() -> None:
    """Give an empty field a place, so that a person finds it."""
    found = one(TOURS, grid([["组织观摩部室", "宣传部"], ["整改措施", ""]]))
    (empty,) = [reading for reading in found.readings if reading.field == "整改措施"]
    assert (empty.value, empty.raw, empty.place.row) == (None, "", 2)


def test_a_blank_line_within_an_answer_stays() -> None:
    """Join paragraphs by line feeds, empty ones too."""
    lines = [Paragraph(text, Place("表1", 1, 2, number)) for number, text in enumerate(("甲", "", "乙"), 1)]
    (found,) = align(document(TOURS, Grid("表1", (cell(0, 0, "整改措施"), cell(0, 1, lines)))), LAYOUTS)
    assert values(found) == {"整改措施": "甲\n\n乙"}


SIGNED = [["张三", "某中学", "团委书记", "0395-1234567"], ["李四", "某小学", "教师", ""]]
HEADER = ["填表时间", "姓名", "单位职务", "走访形式"]
ROWS: list[list[str | None]] = [
    ["2020年7月1日", "甲", "乙县团委书记", "座谈"],
    ["2020年8月1日", "丙", "丁", "走访"],
]
BESIDE: list[list[str | None]] = [["姓名", "", "单位职务", ""], ["走访形式", "", None, None]]


@pytest.mark.parametrize("title", [[["签到表", None, None, None]], [["", "", "", ""]], []])
@pytest.mark.parametrize("head", [["姓名", "单位", "职务", "电话"], ["姓名", "单位职务", "电话", "签名"]])
@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (BESIDE, {}),
        ([HEADER, ["", "", "", ""]], {}),
        (
            [HEADER, *ROWS],
            {"填表时间": date(2020, 7, 1), "姓名": "甲", "单位职务": "乙县团委书记", "走访形式": "座谈"},
        ),
    ],
)
def test_a_sign_in_list_below_a_form_in_the_same_sheet_is_no_answer(
    form: list[list[str | None]], expected: dict[str, object], head: list[str], title: list[list[str | None]]
) -> None:
    """Take nothing from another table that begins further down, whether the form above it was filled in or not."""
    rows: list[list[str | None]] = [*form, *title, head, *SIGNED]
    found = align(document(VISITS, grid(rows)), LAYOUTS, 2020)
    assert values(found[0]) == expected
    assert len(found) == (2 if expected else 1)
    left = [item.text for form in found for item in form.leftover]
    assert {"张三", "某中学", "李四"} <= set(left)


LONG = "落实工作经费3200元用于主题团日，围绕“垃圾分类宣传”设岗定责，推选青年示范岗3个，建立微信群2个，每周推送学习内容"


@pytest.mark.parametrize("blank", ["\t", "  ", "\u3000", " "])
def test_a_blank_parts_labels_from_answers_in_plain_lines(blank: str) -> None:
    """Read 姓名 甲 单位职务 乙 without a colon, long answers included; none swallows its neighbour's."""
    found = one(
        VISITS,
        f"填表时间{blank}2020年7月8日",
        f"姓名{blank}甲{blank}单位职务{blank}乙县团委书记",
        f"走访人数{blank}团干部 3人 团员青年 20人",
        f"基层团组织工作开展情况{blank}{LONG}",
        f"②{LONG}",
        f"帮扶措施及成效{blank}{LONG}",
    )
    assert values(found) == {
        "填表时间": date(2020, 7, 8),
        "姓名": "甲",
        "单位职务": "乙县团委书记",
        "走访人数.团干部": 3,
        "走访人数.团员青年": 20,
        "基层团组织工作开展情况": f"{LONG}\n②{LONG}",
        "帮扶措施及成效": LONG,
    }
    assert not found.leftover


def test_a_reworded_label_before_a_tab() -> None:
    """Weigh the words before a tab as a label."""
    found = one(VISITS, "姓名\t甲", "走访形式\t座谈", "走访的团组织\t北徐庄", f"帮扶措施和效果\t{LONG}")
    assert values(found) == {
        "姓名": "甲",
        "走访形式": "座谈",
        "走访团组织名称": "北徐庄",
        "帮扶措施及成效": LONG,
    }


def test_a_label_inside_another_answer_gives_way_to_the_reworded_label() -> None:
    """Keep a whole answer that speaks of another label, when that label stands elsewhere in other words."""
    answer = "班子配备齐全。\n走访团组织名称：由乡镇团委另行报送。"
    rows = [
        ["姓名", "甲"],
        ["走访的团组织", "北徐庄"],
        ["基层团组织开展工作情况", answer],
        ["走访形式", "座谈"],
    ]
    found = one(VISITS, grid(rows))
    assert values(found) == {
        "姓名": "甲",
        "走访团组织名称": "北徐庄",
        "基层团组织工作开展情况": answer,
        "走访形式": "座谈",
    }


def test_a_label_found_inside_another_answer_is_doubted() -> None:
    """Ask a person about a value that stands in the middle of another answer."""
    rows = [
        ["姓名", "甲"],
        ["基层团组织工作开展情况", "班子配备齐全。\n走访形式：座谈"],
        ["帮扶措施及成效", "无"],
    ]
    (found,) = align(document(VISITS, grid(rows)), LAYOUTS, 2020)
    assert values(found)["走访形式"] == "座谈"
    assert "position_guessed" in codes(found)


def test_a_table_inside_an_answer_with_a_word_that_is_a_label() -> None:
    """Leave an answer's own table to it although one of its headers is called as a label of the form."""
    inner = grid([["日期", "活动", "人数"], ["5月19日", "主题团日", "47"]], "表2")
    outer = grid([["姓名", "甲"], ["走访形式", "座谈"]])
    cells = (*outer.cells, cell(2, 0, "基层团组织工作亮点"), cell(2, 1, [para("好"), inner]))
    found = one(VISITS, Grid("表1", cells))
    assert values(found)["基层团组织工作亮点"] == "好\n日期\n活动\n人数\n5月19日\n主题团日\n47"


def test_a_header_of_two_rows_without_merged_cells() -> None:
    """Read a list saved as csv, where 走访人数 stands above its two columns and nothing is merged."""
    head = ["姓名", "走访人数", "", "走访形式", "帮扶措施及成效"]
    rows = [["甲", "3", "20", "座谈", "帮"], ["乙", "4", "30", "走访", "扶"]]
    found = align(document(VISITS, grid([head, ["", "团干部", "团员青年", "", ""], *rows])), LAYOUTS, 2020)
    assert [values(form) for form in found] == [
        {
            "姓名": a,
            "走访人数.团干部": int(b),
            "走访人数.团员青年": int(c),
            "走访形式": d,
            "帮扶措施及成效": e,
        }
        for a, b, c, d, e in rows
    ]
    assert not any(codes(form) for form in found)


def test_a_remark_below_the_last_plain_line_is_no_answer() -> None:
    """End the last answer at 附： and at 以上材料由…; doubt what else breaks off its manner."""
    lines = ["组织观摩部室：宣传部", "参加观摩人员：全体", "整改措施：（1）改。", "（2）再改。"]
    found = one(TOURS, *lines, "附：现场照片说明", "图一为座谈会现场。", "以上材料由宣传部整理。")
    assert values(found)["整改措施"] == "（1）改。\n（2）再改。"
    assert "text_joined" not in codes(found)
    assert "text_joined" in codes(one(TOURS, *lines, "督办情况：已列入督办台账逐项销号"))


def test_labels_in_brackets_and_labels_that_a_short_answer_runs_into() -> None:
    """Read 【填表时间】2020年 and 姓名：甲单位职务：乙, a reworded label in brackets as well."""
    found = one(
        VISITS,
        "【填表时间】2020年7月8日",
        "姓  名：甲单位职务：乙县团委书记",
        "【帮扶措施和效果*】帮",
        "【走访形式（必填）】座谈",
    )
    assert values(found) == {
        "填表时间": date(2020, 7, 8),
        "姓名": "甲",
        "单位职务": "乙县团委书记",
        "帮扶措施及成效": "帮",
        "走访形式": "座谈",
    }
    assert not found.leftover


def test_prose_with_colons_is_one_answer() -> None:
    """Cut no answer at words before a colon: 具体如下：, 完善整改措施：."""
    answer = "各支部活动丰富，具体做法：一是定期开会，落实存在问题：已改；二是走访。"
    found = one(
        VISITS, "姓名：甲", "走访形式：座谈", f"基层团组织工作开展情况：{answer}", "帮扶措施及成效：无"
    )
    assert values(found)["基层团组织工作开展情况"] == answer


def test_the_foot_of_a_form_of_lines_is_no_answer() -> None:
    """Leave 单位（盖章） and 填表人 over below the last answer."""
    lines = [
        "姓名：甲",
        "走访形式：座谈",
        "帮扶措施及成效：帮。",
        "单位（盖章）：共青团北渡村委员会",
        "填表人：乙",
    ]
    found = one(VISITS, *lines)
    assert values(found) == {"姓名": "甲", "走访形式": "座谈", "帮扶措施及成效": "帮。"}
    assert [item.text for item in found.leftover] == lines[3:]


def test_a_list_of_people_in_another_table_holds_no_answer() -> None:
    """Read 姓名 where the form has it in other words, not from the sign-in list that spells it right."""
    rows = [
        ["走访干部的姓名", "甲"],
        ["单位职务", "乙"],
        ["走访形式", "座谈"],
        ["帮扶措施及成效", "帮"],
        ["基层团组织工作亮点", "亮"],
    ]
    people = [["序号", "姓名", "单位", "电话"], ["1", "丙", "某村", "0395"], ["2", "丁", "某镇", "0396"]]
    found = one(VISITS, grid(rows), "座谈会签到表", grid(people, "表2"))
    assert values(found)["姓名"] == "甲"
    assert {"丙", "丁"} <= {item.text for item in found.leftover}


@pytest.mark.parametrize("label", ["基层团组织工作亮点（续）", "续上", "（接上页）"])
def test_an_answer_goes_on_beside_a_label_that_says_so(label: str) -> None:
    """Join what stands beside the same label once more to the answer above it, with a doubt."""
    rows = [["姓名", "甲"], ["走访形式", "座谈"], ["基层团组织工作亮点", "第一段"], [label, "第二段"]]
    (found,) = align(document(VISITS, grid(rows)), LAYOUTS)
    assert values(found)["基层团组织工作亮点"] == "第一段\n第二段"
    assert "text_joined" in codes(found)


def test_an_answer_ends_where_the_next_label_stands_in_its_last_line() -> None:
    """Give the words before a label inside of a line to the answer that they go on with."""
    lines = (
        "姓名：甲",
        "走访形式：座谈",
        "工作亮点：",
        "一、好。",
        "二、更好。 存在问题：少。",
        "帮扶措施：帮。",
    )
    (found,) = align(document(VISITS, *lines), LAYOUTS)
    assert values(found)["基层团组织工作亮点"] == "一、好。\n二、更好。"
    assert values(found)["基层团组织工作存在问题"] == "少。"


def test_two_colons_are_one() -> None:
    """Leave no colon of a label in its answer."""
    (found,) = align(document(VISITS, "姓名:：甲", "走访形式： ：座谈", "单位职务：干事"), LAYOUTS)
    assert values(found)["走访形式"] == "座谈"


def test_the_sign_before_the_next_label_of_a_line_is_no_part_of_the_answer() -> None:
    """Part 姓名：甲；单位职务：乙 at the labels, without what stands between them."""
    found = one(VISITS, "姓名：甲；单位职务：乙，走访形式：座谈", "*走访团组织名称*: 丙村")
    assert values(found) == {"姓名": "甲", "单位职务": "乙", "走访形式": "座谈", "走访团组织名称": "丙村"}
    assert found.leftover == []


def test_a_list_typed_with_tabs_below_plain_lines_is_no_part_of_the_last_answer() -> None:
    """End an answer where another table begins, its title with it."""
    listed = ("座谈会签到表", "序号\t姓名\t单位职务\t电话", "1\t丁\t书记\t13800000000")
    found = one(VISITS, "姓名：甲", "单位职务：乙", "走访形式：座谈", f"帮扶措施及成效：{LONG}", *listed)
    assert values(found)["帮扶措施及成效"] == LONG
    assert [item.text for item in found.leftover][:2] == list(listed[:2])


def test_strokes_between_a_label_and_its_answer() -> None:
    """Leave out what a clerk draws between label and answer."""
    found = one(VISITS, "姓名——甲", "单位职务——乙", "走访形式——座谈", "走访团组织名称——丙村")
    assert values(found) == {"姓名": "甲", "单位职务": "乙", "走访形式": "座谈", "走访团组织名称": "丙村"}


def test_a_row_with_a_label_that_no_form_knows_ends_an_answer_typed_with_tabs() -> None:
    """Leave over a row of a table typed with tabs instead of joining it to the answer above."""
    found = one(VISITS, "姓名\t甲\t单位职务\t乙", "联系人\t丙\t联系电话\t13800000000", "走访形式\t座谈")
    assert values(found) == {"姓名": "甲", "单位职务": "乙", "走访形式": "座谈"}
    assert [item.text for item in found.leftover] == ["联系人\t丙\t联系电话\t13800000000"]


def test_a_table_saved_as_text_a_line_for_each_cell() -> None:
    """Join a label that was broken over lines, and take the number of a row for no answer."""
    cells = (
        "1",
        "姓  名",
        "甲",
        "单位职务",
        "乙",
        "2",
        "走访形式",
        "座谈。",
        "3",
        "基层团组织",
        "工作亮点",
        LONG,
    )
    found = one(VISITS, "填表时间：2020年7月8日", *cells)
    expected = {"姓名": "甲", "单位职务": "乙", "走访形式": "座谈。", "基层团组织工作亮点": LONG}
    assert values(found) == {"填表时间": date(2020, 7, 8), **expected}
    assert codes(found) == set()


def test_an_answer_that_begins_with_its_own_label_is_doubted_in_the_label_s_cell() -> None:
    """Doubt a cell whose label was cut in the middle: the rest of it stands before the answer."""
    found = one(
        VISITS, grid([["姓名", "甲"], ["基层团组织\n工作亮点\n工作亮点突出。", ""], ["走访形式", "座谈"]])
    )
    assert "position_guessed" in codes(found)


def test_labels_and_answers_by_turns_in_a_column() -> None:
    """Take the cell under a label where several stand so, each alone in its row, and say that it is a guess."""
    pairs = (("姓名", "甲"), ("单位职务", "乙"), ("走访形式", "座谈"), ("走访团组织名称", "丙村"))
    rows = [[text, "", ""] for pair in pairs for text in pair]
    found = one(VISITS, grid([*rows, ["", "", "旧"]]))
    assert values(found) == dict(pairs)
    assert "position_guessed" in codes(found)
    assert [item.text for item in found.leftover] == ["旧"]


def test_the_foot_under_a_header_is_no_answer() -> None:
    """Leave over who filled the form in, in cells under its columns."""
    rows = [["姓名", "单位职务", "走访形式"], ["甲", "乙", "座谈"], ["填表人：丁", "电话：1", ""]]
    found = one(VISITS, grid(rows))
    assert {path: value for path, value in values(found).items() if value} == {
        "姓名": "甲",
        "单位职务": "乙",
        "走访形式": "座谈",
    }


def test_a_prompt_under_a_label_is_no_part_of_its_answer() -> None:
    """Take （300字以内） with the label that it stands under in one cell."""
    found = one(
        VISITS, grid([["姓名\t甲"], [f"帮扶措施及成效\n（300字以内）\t{LONG}"], ["走访形式\n（线上）座谈"]])
    )
    assert values(found) == {"姓名": "甲", "走访形式": "（线上）座谈", "帮扶措施及成效": LONG}


def test_blanks_of_web_pages_set_labels_apart() -> None:
    """Take a no-break blank between label and answer for any other blank."""
    found = one(VISITS, "姓名\xa0\xa0甲", "单位职务\xa0乙", "走访形式\u2003座谈", "走访团组织名称 \xa0丙村")
    assert values(found) == {"姓名": "甲", "单位职务": "乙", "走访形式": "座谈", "走访团组织名称": "丙村"}
    assert codes(found) == set()


def test_a_label_that_stands_in_two_lines_is_doubted() -> None:
    """Ask which of two lines with one label is the answer."""
    lines = ["组织观摩部室：宣传部", "参加观摩人员：甲", "观摩点亮点工作：好。", "整改措施：无"]
    assert codes(one(TOURS, *lines)) == set()
    assert codes(one(TOURS, *lines[:3], "参加观摩人员：乙", lines[3])) == {"label_twice"}


def test_a_label_behind_a_label_with_its_answer_is_no_header() -> None:
    """Doubt nothing where 姓名：甲 stands in one cell before the next label."""
    rows = [["姓名：甲", "单位职务", "乙"], ["走访形式", "座谈", None]]
    assert codes(one(VISITS, grid(rows))) == set()


def test_one_more_cell_behind_an_answer_typed_with_tabs_is_doubted() -> None:
    """Ask about 姓名：甲, tab, a label that no form knows; and about what stands behind label, tab, answer, tab."""
    lines = ["走访形式：座谈", "走访团组织名称：某团委", "帮扶措施及成效：帮。"]
    assert codes(one(VISITS, "姓名：甲\t\t政治面貌情况\t团员", *lines)) == {"text_joined"}
    assert codes(one(VISITS, "姓名：甲\t", *lines)) == set()
    spilled = one(VISITS, "姓名：甲", *lines[:2], "帮扶措施及成效\t帮。\t照片已发群里")
    assert codes(spilled) == {"text_joined"}


def test_a_table_of_its_own_beside_a_label_is_its_answer() -> None:
    """Keep a list of days and places inside an answer, though two of its headers are labels of the form."""
    inner = grid([["地点", "姓名", "走访形式"], ["夜校", "丙", "座谈"]], "表1.1")
    rows = grid([["姓名", "甲", "单位职务", "乙"]])
    answer = (cell(1, 0, "基层团组织工作亮点"), cell(1, 1, (inner,), (1, 3)))
    found = one(VISITS, Grid("表1", (*rows.cells, *answer)))
    assert values(found)["姓名"] == "甲"
    assert "丙" in str(values(found)["基层团组织工作亮点"])


def test_a_heading_within_an_answer_is_no_label_where_labels_have_their_answers_behind_them() -> None:
    """Keep 二、基层团组织工作亮点 in the answer above it, where 基层团组织工作亮点：夜校 stands too."""
    lines = [
        "姓名：甲",
        "单位职务：乙",
        "基层团组织工作开展情况：一、做法",
        "好。",
        "二、基层团组织工作亮点",
        "多。",
    ]
    found = one(VISITS, *lines, "基层团组织工作亮点：夜校", "走访形式：座谈")
    assert values(found)["基层团组织工作开展情况"] == "一、做法\n好。\n二、基层团组织工作亮点\n多。"
    assert values(found)["基层团组织工作亮点"] == "夜校"


def test_leaders_and_marks_of_notes_around_labels() -> None:
    """Read 姓名……甲, and a label with the mark of a note behind it."""
    found = one(VISITS, "姓名……甲", "单位职务……乙", "走访形式……座谈", "走访团组织名称……丙")
    assert values(found)["姓名"] == "甲"
    assert values(one(VISITS, grid([["姓名①", "甲", "单位职务", "乙"]])))["姓名"] == "甲"
