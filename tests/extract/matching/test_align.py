"""Aligning documents with the forms they hold: lists, groups, what is struck or prompted, what is left over."""

from __future__ import annotations

from datetime import date

from extract import Aside, Document, Grid, Layouts, Look, Mark, Paragraph, align
from extract.matching.match import _dates_the_form
from forms import FieldKind, Place
from tests.extract.neutral import LAYOUTS, TOURS, VISITS, cell, codes, document, grid, para, values

LIST = [
    ["填表时间", "组织观摩部室", "参加观摩人员"],
    ["2020年7月1日", "宣传部", "甲"],
    ["2020年8月1日", "权益部", "乙"],
]


def test_each_row_of_a_list_is_a_submission() -> None:
    """Read a header row above value rows as one form for each row."""
    found = align(document(TOURS, grid(LIST)), LAYOUTS, 2020)
    assert [values(form)["组织观摩部室"] for form in found] == ["宣传部", "权益部"]


def test_a_row_of_totals_is_no_submission() -> None:
    """Leave a row of totals over for a person."""
    found = align(document(TOURS, grid([*LIST, ["合计", "两个部室", "两人"]])), LAYOUTS, 2020)
    assert len(found) == 2
    assert [item.text for form in found for item in form.leftover] == ["合计", "两个部室", "两人"]


def test_a_thin_row_below_a_list_is_shared_by_none() -> None:
    """Mix no remark below a list into its rows."""
    found = align(document(TOURS, grid([*LIST, ["", "", "以上由办公室统计"]])), LAYOUTS, 2020)
    assert [values(form)["参加观摩人员"] for form in found] == ["甲", "乙"]
    assert [item.text for form in found for item in form.leftover] == ["以上由办公室统计"]


def test_rows_of_a_group(all_layouts: Layouts) -> None:
    """Read the rows of a repeating group, numbered from 1."""
    rows = [
        ["活动名称", "时间", "人数"],
        ["清明祭扫", "2020年4月4日", "30"],
        ["植树", "2020年3月12日", "12人"],
    ]
    top = [["填报单位", "源汇区团委", "负责人", "甲"], ["联系电话", "0395-1234567", "级别", "☑市级 □县级"]]
    (found,) = align(document("活动情况表", grid(top), grid(rows, "表2")), all_layouts, 2020)
    assert values(found) == {
        "填报单位": "源汇区团委",
        "负责人": "甲",
        "联系电话": "0395-1234567",
        "级别": "市级",
    }
    assert [[str(reading.value) for reading in row.readings] for row in found.rows] == [
        ["清明祭扫", "2020-04-04", "30"],
        ["植树", "2020-03-12", "12"],
    ]
    assert [row.number for row in found.rows] == [1, 2]


def test_a_group_row_that_cannot_be_typed_is_kept(all_layouts: Layouts) -> None:
    """Lose no row whose only answers are in doubt."""
    rows = [["活动名称", "时间", "人数"], ["植树", "2020年3月12日", "12"], ["", "下旬", "不详"]]
    (found,) = align(document("活动情况表", grid([["填报单位", "甲"]]), grid(rows, "表2")), all_layouts, 2020)
    assert "不详" in str(found.rows) or any("不详" in item.text for item in found.leftover)


def test_struck_text_is_no_value_but_stays_in_the_raw_text() -> None:
    """Read what was not crossed out, with a doubt that tells the rest."""
    answer = Paragraph("十二13人", Place("表1", 1, 2, 1), (Mark(0, 2, Look.STRUCK),))
    cells = (cell(0, 0, "团干部"), cell(0, 1, [answer]), cell(1, 0, "走访形式"), cell(1, 1, "座谈"))
    (found,) = align(Document((para(VISITS), Grid("表1", cells))), LAYOUTS)
    assert values(found)["走访人数.团干部"] == 13
    assert "struck" in codes(found)
    assert any(reading.raw == "十二13人" for reading in found.readings)


def test_a_prompt_is_no_value() -> None:
    """Read a placeholder as nothing."""
    answer = Paragraph("请填写", Place("表1", 1, 2, 1), (Mark(0, 3, Look.PROMPT),))
    cells = (cell(0, 0, "整改措施"), cell(0, 1, [answer]), cell(1, 0, "组织观摩部室"), cell(1, 1, "宣传部"))
    (found,) = align(Document((para(TOURS), Grid("表1", cells))), LAYOUTS)
    assert values(found) == {"组织观摩部室": "宣传部"}


def test_what_belongs_to_no_field_is_left_over() -> None:
    """Show a person what found no field, with its place, and asides with their kind."""
    blocks = document(TOURS, grid([["组织观摩部室", "宣传部"], ["整改措施", "改"]]), "领导请阅。").blocks
    found = align(Document(blocks, (Aside("请核实", Place("批注", paragraph=1), "批注"),)), LAYOUTS)
    assert [(item.text, item.kind) for form in found for item in form.leftover] == [
        ("领导请阅。", "正文"),
        ("请核实", "批注"),
    ]


def test_a_letter_is_left_over_whole() -> None:
    """Find no form in a letter and keep all its text."""
    (found,) = align(document("各县区团委：", "请按时报送。"), LAYOUTS)
    assert found.layout is None
    assert [item.text for item in found.leftover] == ["各县区团委：", "请按时报送。"]


def test_one_number_beside_the_label_above_two_is_left_over() -> None:
    """Give a number beside 走访人数 to neither of the two fields under it, and show it to a person."""
    rows = [["走访团组织名称", "某村"], ["走访形式", "座谈"], ["走访人数", "3"]]
    (found,) = align(document(VISITS, grid(rows)), LAYOUTS)
    read = values(found)
    assert "3" in [item.text for item in found.leftover] or codes(found)
    assert not {"走访人数.团干部", "走访人数.团员青年"} & read.keys() or codes(found)


def test_a_letter_that_names_a_form_is_no_blank_of_it() -> None:
    """Take a title alone, without any label, for no form: a notice lists its attachments."""
    found = align(document("关于开展活动的通知", f"附件：1．{VISITS}", "2020年7月3日"), LAYOUTS, 2020)
    assert [form.layout for form in found] == [None]
    assert len(found[0].leftover) == 3


def test_the_title_of_a_list_completes_dates_without_a_year() -> None:
    """Take the year from the title when no work tells it, and doubt it."""
    rows = [
        ["填表时间", "组织观摩部室", "参加观摩人员"],
        ["5月13日", "宣传部", "甲"],
        ["6月1日", "权益部", "乙"],
    ]
    found = align(document("2021年共青团工作观摩情况汇总表", grid(rows)), LAYOUTS)
    assert [str(values(form)["填表时间"]) for form in found] == ["2021-05-13", "2021-06-01"]
    assert all("date_no_year" in codes(form) for form in found)


def test_the_page_header_counts_for_every_form_of_a_file() -> None:
    """Share 填表时间 in the page header among the forms, and leave a blank form empty."""
    header = Paragraph("填表时间：2020年7月8日", Place("页眉", paragraph=1))
    blank = [["组织观摩部室", ""], ["参加观摩人员", ""], ["整改措施", ""]]
    filled = [["姓名", "甲"], ["走访形式", "座谈"], ["帮扶措施及成效", "帮"]]
    forms = document(
        TOURS, "填表时间：  年  月  日", grid(blank), VISITS, grid(filled, "表2"), VISITS, grid(filled, "表3")
    )
    found = align(Document((header, *forms.blocks)), LAYOUTS, 2020)
    assert [str(values(form).get("填表时间")) for form in found] == ["None", "2020-07-08", "2020-07-08"]


def test_a_form_broken_in_two_whose_labels_were_all_reworded() -> None:
    """Join what repeats title and date only, and keep two months apart."""
    top = [["团干部姓名", "甲"], ["工作单位及职务", "乙"], ["走访方式", "座谈"], ["工作开展情况", "好"]]
    halves = [VISITS, "报送时间：2020年8月21日", grid(top), VISITS, "报送时间：2020年8月21日"]
    found = align(document(*halves, grid([["帮扶举措和成效", "帮"]], "表2")), LAYOUTS, 2020)
    assert [values(form).get("帮扶措施及成效") for form in found] == ["帮"]
    assert [reading.field for reading in found[0].readings][-1] == "帮扶措施及成效"
    found = align(document(*halves[:-1], "报送时间：2020年9月21日", grid(top, "表2")), LAYOUTS, 2020)
    assert len(found) == 2


def test_the_header_of_a_group_in_other_words(all_layouts: Layouts) -> None:
    """Read the columns of a repeating group under reworded labels, beside the merged name of the group, a column added."""
    rows: list[list[str | None]] = [
        ["活动明细", "活动名称/主题", "地点", "活动时间", "参加人数"],
        [None, "清明祭扫", "某镇", "2020年4月4日", "30"],
        [None, "植树", "某村", "2020年3月12日", "12人"],
    ]
    top = [["填报单位", "源汇区团委", "负责人", "甲"], ["联系电话", "0395-1234567", "级别", "☑市级 □县级"]]
    (found,) = align(document("活动情况表", grid(top), grid(rows, "表2")), all_layouts, 2020)
    assert [[str(reading.value) for reading in row.readings] for row in found.rows] == [
        ["清明祭扫", "2020-04-04", "30"],
        ["植树", "2020-03-12", "12"],
    ]


def test_a_list_with_a_column_that_no_form_knows() -> None:
    """Read the other columns of a list, and leave the added one over."""
    rows = [["姓名", "性别", "单位职务", "走访形式", "走访团组织名称", "备注"]]
    rows += [
        ["甲", "男", "某县团委书记", "座谈", "北村", "无"],
        ["乙", "女", "某区团委书记", "走访", "南村", "补报"],
    ]
    found = align(document(VISITS, grid(rows)), LAYOUTS, 2020)
    assert [list(values(form).values()) for form in found] == [
        ["甲", "某县团委书记", "北村", "座谈"],
        ["乙", "某区团委书记", "南村", "走访"],
    ]
    assert {"男", "女", "补报"} <= {item.text for form in found for item in form.leftover}


def test_a_word_that_is_a_label_in_another_form_may_be_an_answer(all_layouts: Layouts) -> None:
    """Read it in the column of a group, and the rows below it too, in a sheet of one grid."""
    rows = [
        ["填报单位", "源汇区团委", None],
        ["联系电话", "0395-1234567", None],
        ["负责人", "甲", None],
        ["活动名称", "时间", "人数"],
        ["清明祭扫", "2020年4月4日", "30"],
        ["团员青年", "2020年3月12日", "12"],
        ["团员青年", "2020年3月13日", "5"],
    ]
    (found,) = align(document("活动情况表", grid(rows)), all_layouts, 2020)
    names = [str(row.readings[0].value) for row in found.rows]
    assert names == ["清明祭扫", "团员青年", "团员青年"]


def test_what_is_left_over_in_a_row_of_a_list_is_told_with_that_row() -> None:
    """Leave the words under a header that no form knows with the record of their row, not all with the first."""
    rows = [[*line, extra] for line, extra in zip(LIST, ("花费", "甲方付清", "乙方付清"), strict=True)]
    found = align(document(TOURS, grid(rows)), LAYOUTS, 2020)
    assert [[item.text for item in form.leftover] for form in found] == [["花费", "甲方付清"], ["乙方付清"]]


def test_labels_above_values_in_two_columns_are_one_form() -> None:
    """Read two headers with one row of values each as one form: a list would repeat a label's column."""
    rows = [
        ["观摩点及观摩内容", "观摩点亮点工作"],
        ["团史馆", "讲解细致。"],
        ["观摩点存在问题", "整改措施"],
        ["场地偏小。", "另租场地。"],
    ]
    (found,) = align(document(TOURS, grid(rows)), LAYOUTS, 2020)
    assert [values(found)[name] for line in (rows[0], rows[2]) for name in line] == [*rows[1], *rows[3]]


def test_a_label_on_the_second_line_of_the_title_cell() -> None:
    """Find the date that stands under the title in one cell of the table, in a paragraph of its own."""
    top = cell(0, 0, [para(TOURS), para("填表时间：2020年7月26日", 2)], (1, 2))
    rest = [cell(1, 0, "组织观摩部室"), cell(1, 1, "宣传部")]
    (found,) = align(document(Grid("表1", (top, *rest))), LAYOUTS, 2020)
    assert values(found) == {"填表时间": date(2020, 7, 26), "组织观摩部室": "宣传部"}


def test_a_label_in_brackets_with_the_colon_inside() -> None:
    """Take no closing bracket for a part of the answer."""
    lines = ["【填表时间： 】2020年7月26日", "【组织观摩部室：】宣传部", "【参加观摩人员﹕】甲、乙"]
    (found,) = align(document(TOURS, *lines), LAYOUTS, 2020)
    assert [values(found)[name] for name in ("填表时间", "组织观摩部室", "参加观摩人员")] == [
        date(2020, 7, 26),
        "宣传部",
        "甲、乙",
    ]


def test_a_header_in_other_words_between_its_neighbours() -> None:
    """Know a reworded header by its place in the order of the form, though the date stands in the last column."""
    header = ["组织观摩部室", "参加观摩人员", "观摩点亮点工作", "观摩点存在问题", "整改意见", "填表时间"]
    rows = [
        header,
        *([name, "甲", "新。", "旧。", f"{name}改。", "2020年7月1日"] for name in ("宣传部", "权益部")),
    ]
    found = align(document(TOURS, grid(rows)), LAYOUTS, 2020)
    assert [values(form)["整改措施"] for form in found] == ["宣传部改。", "权益部改。"]
    assert all("label_guessed" in codes(form) for form in found)


def test_the_date_of_a_group_counts_for_the_order_of_its_columns(all_layouts: Layouts) -> None:
    """Know a reworded header that stands beside the group's date; only the form's own date may stand anywhere."""
    dated = [
        (slot.group, _dates_the_form(layout, number))
        for layout in all_layouts.all
        for number, slot in enumerate(layout.slots)
        if slot.field is not None and slot.field.kind is FieldKind.DATE
    ]
    assert all(whole == (not group) for group, whole in dated)
    assert {bool(group) for group, _ in dated} == {True, False}


def test_a_form_retyped_in_one_column_of_a_sheet_reads_as_lines() -> None:
    """Let answers go on in the cells below, as paragraphs would."""
    lines = [
        "姓名：甲",
        "单位职务：干事",
        "走访形式：座谈",
        "工作亮点：一、好。",
        "二、更好。",
        "帮扶措施：帮。",
    ]
    (found,) = align(document(VISITS, grid([[line, ""] for line in lines])), LAYOUTS)
    assert values(found)["基层团组织工作亮点"] == "一、好。\n二、更好。"


def test_talk_about_a_label_adds_nothing_to_the_answer_that_stands_beside_it() -> None:
    """An instruction that names a label above and one under it is left over, not joined to the number in the grid."""
    rows = [["姓名", "甲", "单位职务", "团委书记"], ["团干部", "3", "团员青年", "20"]]
    talk = para("走访人数：其中团干部以在册人数12人为准")
    (found,) = align(document(VISITS, talk, grid(rows)), LAYOUTS, 2020)
    assert (values(found)["走访人数.团干部"], values(found)["走访人数.团员青年"]) == (3, 20)
    assert any("12" in item.text for item in found.leftover)
