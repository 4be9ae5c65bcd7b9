"""What a person sees as a question: lists to circle, questions in the cell of their answer, placeholders of other tools."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from extract.learning import Learned, learn
from extract.learning.fieldnames import identifier
from extract.learning.retype import retype
from extract.readers.word.docx import read_word
from forms import FieldKind, Period, Unit
from generate import blank, filled
from tests.extract.learning.test_learn import back, form_of, read, values_of
from tests.extract.test_learn_layouts import Rows, excel, paths, word


def codes(learned: Learned) -> list[str]:
    """Return the codes of the doubts about a learned form."""
    return [found.code for found in learned.doubts]


def test_a_list_printed_to_be_circled_is_a_field_with_options() -> None:
    """皮肤 | 手癣 指甲癣 …: nothing is empty there, and yet it asks; so does 合格/不合格."""
    rows = [
        ("体征", "心", "", "医师签名", ""),
        ("皮肤", "手癣 指甲癣 手部湿疹 银屑(或鳞屑)病", None, "结论", "合格/不合格"),
        ("项目名称", "二期 青年 学习 平台", None, "备注", ""),
    ]
    learned = learn(word(rows), "表.docx")
    found = {spot.path: (spot.kind, spot.options) for spot in learned.spots if spot.options}
    assert found == {
        "皮肤": (FieldKind.CHOICES, ("手癣", "指甲癣", "手部湿疹", "银屑(或鳞屑)病")),
        "结论": (FieldKind.CHOICE, ("合格", "不合格")),
    }
    assert codes(learned) == ["learn_list", "learn_list"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                ("姓名", "", "学院", ""),
                ("一、项目简介（500字以内）", None, None, None),
                ("二、创新点\n（与同类项目相比）\n", None, None, None),
                ("三、经费预算", None, None, None),
                ("科目", "金额", "用途", "备注"),
                *(("", "", "", ""),) * 2,
                ("四、导师推荐意见(须写明成果)\n\n\n签名：\n    年  月  日", None, None, None),
                (
                    "对论文修改情况和是否同意定稿的审定意见：\n\n\n教师签字：      年  月  日",
                    None,
                    None,
                    None,
                ),
            ],
            [
                "项目简介",
                "创新点",
                "导师推荐意见",
                "签名",
                "签名日期",
                "对论文修改情况和是否同意定稿的审定意见",
            ],
        ),
        (
            [("指导教师意见", "院系意见"), ("\n\n签字：\n\n  年  月  日", "\n\n签字：\n\n  年  月  日")],
            ["指导教师意见", "签字", "签字日期", "院系意见", "院系意见签字", "院系意见签字日期"],
        ),
        ([("中期小结\n\n\n", "\n\n\n\n报告人：       教师签名：")], ["中期小结", "报告人", "教师签名"]),
        ([("指导教师", "1、", "2、"), ("题目", "", None)], ["指导教师1", "指导教师2", "题目"]),
        (
            [("结论", "□通过", "□不通过", "□大修改")],
            [f"结论.{name}" for name in ("通过", "不通过", "大修改")],
        ),
        ([("是否参加重点项目", "〇是 〇否"), ("学历", "")], ["是否参加重点项目", "学历"]),
        ([("类型", "是否为重点项目（  ）\n是否为省级项目（  ）")], ["是否为重点项目", "是否为省级项目"]),
    ],
)
def test_questions_that_stand_in_the_cell_of_their_answer(rows: Rows, expected: list[str]) -> None:
    found = paths(learn(word(rows), "表.docx"))
    assert [path for path in expected if path not in found] == []
    assert len(set(found)) == len(found)


def test_options_that_go_on_in_further_lines_are_one_choice_and_come_back() -> None:
    """样品制备：□固体 and □液体 in a line of its own are one question, printed in one line by the blank."""
    learned = learn(word([("样品制备：□固体样品\n   □液体样品\n□按要求处理", None), ("备注", "")]), "表.docx")
    (spot,) = [spot for spot in learned.spots if spot.options]
    assert (spot.path, spot.options) == ("样品制备", ("固体样品", "液体样品", "按要求处理"))
    assert codes(learned) == []


def test_boxes_behind_their_options_are_ticked_line_by_line_and_come_back(tmp_path: Path) -> None:
    """好 □； 中 □ behind a question, 通过□ in lines of their own over a date; 1.工作情况： only stands over questions."""
    asked = "1.工作情况：\n资料综述情况：  好 □；   较好 □；  差 □。\n2.能否按时完成设计（论文）任务：是 □；  否 □。（必填）"
    rows: Rows = [
        ("完成情况", asked, None),
        ("开题", "通  过□\n警  告□\n日期：", "（第二次开题）\n通  过□\n警  告□\n日期："),
        ("指导", "指导______次数，每次指导时间____小时。", None),
    ]
    learned = learn(word(rows), "表.docx")
    values: dict[str, object] = {
        "资料综述情况": "较好",
        "能否按时完成设计任务": "否",
        "开题": "警告",
        "开题日期": date(2020, 7, 8),
        "第二次开题": "通过",
        "第二次开题日期": date(2020, 7, 9),
        "指导次数": 8,
        "每次指导时间": 2,
    }
    assert sorted(paths(learned)) == sorted(values)
    assert back(learned, values, tmp_path) == values


def test_labels_with_boxes_follow_one_another_in_a_line_under_a_label_over_them_all() -> None:
    rows = [
        ("检测仪器：高压灭菌器：□A0076□A0171天平：□A0501 □A0149培养箱:□A0245", None),
        ("培养基制备：225mLBPW(     )  TTB(     )XLT4(      )", None),
    ]
    learned = learn(word(rows), "表.docx")
    assert {spot.path: spot.options for spot in learned.spots} == {
        "检测仪器.高压灭菌器": ("A0076", "A0171"),
        "检测仪器.天平": ("A0501", "A0149"),
        "检测仪器.培养箱": ("A0245",),
        "培养基制备._225mLBPW": (),
        "培养基制备.TTB": (),
        "培养基制备.XLT4": (),
    }


def test_placeholders_of_other_tools_are_places_named_by_their_label_or_their_word() -> None:
    """In a sheet of placeholders empty cells wait for nothing."""
    rows = [
        ("统计", "姓名", "{data1.name}", "", ""),
        ("时间：{date}", "", "", "", ""),
        ("", "", "", "", ""),
        ("姓名", "数字", "", "", ""),
        ("{.name}", "{.number}", "", "", ""),
        ("", "", "", "", "{sum}"),
    ]
    learned = learn(excel(rows), "表.xlsx")
    assert paths(learned) == ["明细/姓名", "明细/数字", "统计.姓名", "时间", "sum"]
    assert codes(learned) == ["learn_no_title"]
    lines = ("成绩 {{score}} ", "实验报告", "编号：{{no}}")
    assert paths(learn(word([("学院", "{{college}}"), ("{{total}}", None)], lines), "表.docx")) == [
        "成绩",
        "编号",
        "学院",
        "total",
    ]


@pytest.mark.parametrize(
    "note",
    [
        "填写说明：一、请从第二行起录入，不要留空行；二、工号与姓名须与人事系统一致；三、导入前请删除本说明。",
        "票数请填写阿拉伯数字",
    ],
)
def test_lists_of_sheets_begin_under_their_header_whatever_stands_in_the_first_row_or_the_note(
    note: str,
) -> None:
    rows = [
        ("工号", "姓名", "单位", "电话"),
        ("123456", "陈青禾", "", ""),
        *(("", "", "", ""),) * 3,
        ("", note, "", ""),
    ]
    book = openpyxl.load_workbook(io.BytesIO(excel(rows)))
    book.worksheets[0].merge_cells("B6:C9")
    out = io.BytesIO()
    book.save(out)
    learned = learn(out.getvalue(), "表.xlsx")
    assert paths(learned) == [f"明细/{name}" for name in ("工号", "姓名", "单位", "电话")]
    assert "learn_example" in codes(learned)
    orders = [("工号", "姓名"), ('<jx:forEach items="${rows}" var="row">', ""), ("${row.no}", "${row.name}")]
    assert paths(learn(excel(orders), "表.xlsx")) == ["明细/工号", "明细/姓名"]


def test_a_list_that_is_filled_in_part_is_headed_by_its_header_and_not_by_the_last_record() -> None:
    rows = [
        ("专业名称", "论文名称", "作者姓名", "教师职称"),
        ("软件工程", "基于网络的识别研究", "陈青禾", "讲师"),
        *(("", "", "", ""),) * 3,
    ]
    learned = learn(word(rows), "表.docx")
    assert paths(learned) == [f"明细/{name}" for name in ("专业名称", "论文名称", "作者姓名", "教师职称")]
    assert codes(learned) == ["learn_filled"]


def test_labels_set_upright_in_two_columns_are_read_down() -> None:
    rows = [
        ("实 化\n验 验\n室 单\n检 附\n查 后", "血型", ""),
        ("实 化\n验 验\n室 单\n检 附\n查 后", "血压", ""),
    ]
    assert {path.split(".")[0] for path in paths(learn(word(rows[:1]), "表.docx"))} == {
        "实验室检查化验单附后"
    }


def test_lines_that_only_lead_to_the_text_under_them_ask_for_nothing() -> None:
    lines = (
        "关于开展遴选工作的通知",
        "县属各单位党组织：",
        "为加强专业化干部队伍建设，进一步推动人岗相适、人事相宜，现就开展部分专业岗位遴选工作有关事项通知如下：",
        "副职领导职位2个：",
        "1.文化和旅游局副局长；",
        "填表人：",
    )
    learned = learn(word([("说明", "本通知自印发之日起执行")], lines), "通知.docx")
    assert paths(learned) == ["填表人"]


def test_a_label_that_is_asked_again_in_another_table_is_told_apart_by_the_heading_of_that_table() -> None:
    document = docx.Document(
        io.BytesIO(word([("学院", "", "指导教师", ""), ("专业班级", "", "学号", "")], ("中期汇报表",)))
    )
    document.add_paragraph("中期检查表")
    second = document.add_table(rows=1, cols=6, style="Table Grid")
    for cell, text in zip(
        second.rows[0].cells, ("学生姓名及学号", "", "专业班级", "", "指导教师", ""), strict=True
    ):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    assert paths(learn(out.getvalue(), "表.docx"))[-2:] == ["中期检查表.专业班级", "中期检查表.指导教师"]


def test_a_learned_form_with_all_this_gives_back_what_was_filled_in(tmp_path: Path) -> None:
    """The blank of such a form takes answers, and a return gives them back with no doubt."""
    rows = [
        ("皮肤", "手癣 指甲癣 手部湿疹", "结论", "□通过", "□不通过"),
        ("一、项目简介（500字以内）", None, None, None, None),
        ("二、主要问题\n", None, None, None, None),
        ("仪器：天平：□A0501 □A0149培养箱:□A0245", None, None, None, None),
        ("样品：□固体\n□液体", None, None, None, None),
        ("签名：\t日期：    年  月  日", None, None, None, None),
    ]
    learned = learn(word(rows), "表.docx")
    form = form_of(learned, tmp_path)
    values: dict[str, object] = {
        "皮肤": ("指甲癣",),
        "结论.通过": "通过",
        "项目简介": "建一个平台，供各支部交流。",
        "主要问题": "人手不足",
        "仪器.天平": "A0149",
        "仪器.培养箱": "A0245",
        "样品": "液体",
        "签名": "陈青禾",
        "日期": date(2020, 7, 8),
    }
    filled(form, values, None, tmp_path / "填好.docx")
    record = read(form, tmp_path / "填好.docx")
    assert record.submission is not None
    assert {name: value for name, value in values_of(record).items() if value} == values
    assert {found.code for found in record.submission.all_doubts()} <= {"unit_unknown", "period_unknown"}


@pytest.mark.parametrize(
    ("lines", "rows", "expected"),
    [
        (
            ("成绩评定表",),
            [("教师意见", "（从论文内容等方面考核）\n\n\n  评分：       教师：     年  月  日")],
            ["教师意见", "评分", "教师", "教师日期"],
        ),
        (("开题报告",), [("1.选题的理由及意义\n宋体小四号字，行距1.5倍\n\n\n", None)], ["选题的理由及意义"]),
        (("登记表",), [("意见", "\n\n签名：\t日期：    年  月  日")], ["意见", "签名", "日期"]),
        (("________________（学校）年级证明",), [("姓名", "")], ["学校", "姓名"]),
        (("任务书", "          学院(系)"), [("姓名", "")], ["学院", "姓名"]),
        (
            ("登记表", "申请人签名：        ", "    年    月    日"),
            [("姓名", "")],
            ["申请人签名", "申请人签名日期", "姓名"],
        ),
        (("登记表",), [("论文类型", "B", "指导教师", "")], ["指导教师"]),
        (("登记表", "学    院：     XXXXXXXX     "), [("姓名", "")], ["学院", "姓名"]),
        (
            ("证明", "某某大学： ", "    系我单位职工，入职时已验证毕业证书，    年  月  日毕业，特此证明。"),
            [("姓名", "")],
            ["毕业日期", "姓名"],
        ),
        (("登记表",), [("单  位：", "某某大学"), ("姓  名：", "")], ["姓名"]),
        (  # a person's mark is named by who marks
            ("考核表",),
            [
                ("评阅小组对论文的评语：\n\n\n评阅小组负责人或评阅人 ______（签名）", None, None),
                ("", "建议成绩", ""),
                ("答辩评语：\n\n\n主   任：", None, None),
                ("", "建议成绩", ""),
            ],
            [
                *("评阅小组对论文的评语", "评阅小组负责人或评阅人", "评阅小组.建议成绩"),
                *("答辩评语", "主任", "答辩.建议成绩"),
            ],
        ),
        (("任务书", "一、题目"), [("",)], ["题目"]),
        (("记录",), [("初审意见", "    负责人：\n  年   月   日")], ["初审意见", "负责人", "负责人日期"]),
        (("申请表", "商标名称：（图案）________"), [("姓名", "")], ["商标名称", "姓名"]),
        (
            ("任务书",),
            [("院                长 ______\n教研组（研究室）主任 ______", None)],
            ["院长", "教研组主任"],
        ),
    ],
)
def test_places_are_found_by_what_stands_around_them(
    lines: tuple[str, ...], rows: Rows, expected: list[str]
) -> None:
    """Hints over the room, 签名 behind it, what is asked before it or after it; what is printed already is not asked."""
    assert paths(learn(word(rows, lines), "表.docx")) == expected


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("学    院", "", "姓  名", "")], False),
        ([("姓名", ""), ("题目：", "基于网络的识别研究与实现"), ("签字：\n日期：2016年6月6日", None)], True),
        (
            [
                (
                    "工作内容：\n一是设计并实现一个客户端和服务端的程序；\n二是根据漏洞设计一个方案并编程实现；",
                    None,
                ),
                ("职称", "副教授"),
            ],
            True,
        ),
    ],
)
def test_answers_of_all_kinds_tell_a_filled_form(rows: Rows, told: bool) -> None:
    assert ("learn_filled" in codes(learn(word(rows), "表.docx"))) is told


@pytest.mark.parametrize(
    "line",
    [
        "教研室主任        （签名）",
        "兹证明{{name}}同志",
        "20   －20   学年第   学期",
        "姓名：         ______ 届",
    ],
)
def test_places_that_nothing_could_be_read_back_from_are_asked_about(line: str) -> None:
    assert "learn_left" in codes(learn(word([("姓    名", "")], ("任务书", line)), "表.docx"))


def test_names_of_fields_can_stand_in_a_tag() -> None:
    """⁶ and ① are letters to some and names to nobody; ``in`` is a word of the template's own."""
    assert [identifier(text) for text in ("⁶5000", "①姓名", "in", "1.姓名")] == [
        "_5000",
        "姓名",
        "_in",
        "姓名",
    ]


def test_titles_are_no_remarks_and_no_numbers() -> None:
    rows = [
        ("库存清理导入模板", ""),
        ("注意事项\n1、书号、数量不能为空\n2、数量必须填写整数", ""),
        ("书号", "数量"),
    ]
    assert learn(excel(rows), "表.xlsx").name == "库存清理导入模板"
    assert (
        learn(word([("姓名", "")], ("某某大学实习总结表", "（学生用表）")), "表.docx").name
        == "某某大学实习总结表"
    )


def test_a_word_group_keeps_its_rows_and_inline_rooms_stay_in_sight(tmp_path: Path) -> None:
    rows = [("姓名", "职务"), *(("", ""),) * 3]
    learned = learn(word(rows, ("登记表", "单位：                    电话：            ")), "表.docx")
    form = form_of(learned, tmp_path)
    assert [group.empty_rows for group in form.groups] == [3]
    filled(form, {}, None, tmp_path / "空白.docx")
    line = docx.Document(str(tmp_path / "空白.docx")).paragraphs[1].text
    assert len(line) > 24, line


def test_a_blank_typed_anew_has_its_title_in_the_middle() -> None:

    document = read_word(word([("结论", "□通过", "□不通过")], ("某某大学实习鉴定表",)))
    title = docx.Document(io.BytesIO(retype(document, "某某大学实习鉴定表"))).paragraphs[0]
    assert title.alignment is not None
    assert title.runs[0].bold


def test_a_lone_box_stands_on_the_blank_and_is_no_list_to_choose_from(tmp_path: Path) -> None:
    form = form_of(
        learn(word([("结论", "□通过", "□不通过"), ("级别", "□甲 □乙", None)]), "表.docx"), tmp_path
    )
    unit, period = Unit.model_construct(name="青山区团委", aliases=()), Period.parse("2020-07")
    table = docx.Document(str(blank(form, unit, period, tmp_path / "空白.docx"))).tables[0]
    assert [cell.text for cell in table.rows[0].cells[1:]] == ["□通过", "□不通过"]
