"""Layouts met in real blanks, each imitated with words of our own: which fields ``learn`` finds in them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.styles import Border, Side

from extract import UnreadableError
from extract.learning import Learned, learn
from generate import filled
from tests.extract.learning.test_learn import form_of, read, values_of

Rows = Sequence[Sequence[str | None]]


def word(rows: Rows, lines: Sequence[str] = ("岗位练兵登记表",)) -> bytes:
    """Return a Word blank of ``lines`` above one grid; ``None`` is a cell that goes on from the left."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    grid = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for texts in rows:
        cells = grid.add_row().cells
        start = 0
        for column, text in enumerate(texts):
            if text is None:
                cells[start].merge(cells[column])
            else:
                start = column
                cells[column].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(rows: Sequence[Sequence[str]], framed: str = "") -> bytes:
    """Return a workbook of ``rows``, as Excel writes them: empty cells hold nothing, those of ``framed`` have strokes."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            sheet.cell(number, column).value = text or None
    side = Side("thin")
    for line in sheet[framed] if framed else ():
        for cell in line:
            cell.border = Border(side, side, side, side)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def paths(learned: Learned) -> list[str]:
    """Return the fields found, those of row groups after the group's name."""
    return [f"{spot.group}/{spot.path}" if spot.group else spot.path for spot in learned.spots]


def test_two_groups_in_one_word_form_are_filled_and_read(tmp_path: Path) -> None:
    rows = [
        ("姓名", "", "性别", ""),
        ("学习经历", None, None, None),
        ("起止年月", "学校", "专业", "证明人"),
        *(("", "", "", ""),) * 3,
        ("工作经历", None, None, None),
        ("起止年月", "单位", "职务", "证明人"),
        *(("", "", "", ""),) * 3,
    ]
    form = form_of(learn(word(rows), "表.docx"), tmp_path)
    first, second = form.groups
    values = {
        "姓名": "陈青禾",
        "性别": "女",
        first.name: [{"起止年月": "2001.9-2005.7", "学校": "沙河中学", "专业": "理科", "证明人": "李念"}],
        second.name: [{"起止年月": "2005.8至今", "单位": "召陵区团委", "职务": "干事", "证明人": "王晓"}],
    }
    path = filled(form, values, None, tmp_path / "报送.docx")
    assert values_of(read(form, path)) == values


def test_a_label_that_stands_twice_is_told_apart_by_what_stands_around_it() -> None:
    rows = [
        ("姓名", "", "联系电话", ""),
        ("紧急联系人", "", "联系电话", ""),
        ("所在部门意见", None, None, None),
        ("签字：        日期：", None, None, None),
        ("主管领导意见", None, None, None),
        ("签字：        日期：", None, None, None),
    ]
    learned = learn(word(rows), "表.docx")
    assert paths(learned) == [
        "姓名",
        "联系电话",
        "紧急联系人",
        "紧急联系人联系电话",
        "签字",
        "签字日期",
        "主管领导意见.签字",
        "主管领导意见.签字日期",
    ]
    assert [found.code for found in learned.doubts] == []


def test_a_label_above_that_is_a_field_itself_ends_in_one_word() -> None:
    """A field cannot hold others: what stands under it joins its name, whatever else is taken."""
    rows = [("负责人", "", "职务", ""), ("负责人", "姓名", "", ""), ("负责人", "电话", "", "")]
    assert len(set(paths(learn(word(rows), "表.docx")))) == len(paths(learn(word(rows), "表.docx")))


def test_a_label_with_its_colon_leads_to_the_cell_beside_or_under_it() -> None:
    learned = learn(word([("姓名：", "", "电话：", ""), ("地址：", "", "邮编：", "")]), "表.docx")
    assert [(s.path, s.place.column) for s in learned.spots] == [
        ("姓名", 2),
        ("电话", 4),
        ("地址", 2),
        ("邮编", 4),
    ]
    learned = learn(word([("收货方：", "付款方："), ("", "")]), "表.docx")
    assert [(s.path, s.place.row) for s in learned.spots] == [("收货方", 2), ("付款方", 2)]


def test_a_photograph_is_no_field() -> None:
    rows = [("姓名", "", "近期二寸\n免冠照片"), ("性别", "", "近期二寸\n免冠照片")]
    learned = learn(word(rows), "表.docx")
    assert paths(learned) == ["姓名", "性别"]
    assert learned.doubts == ()


def test_boxes_among_other_labels_are_a_choice_of_their_own_line() -> None:
    learned = learn(word([("是否住校：□是 □否\n原因：\n电话：", None)]), "表.docx")
    assert [(spot.label, spot.options) for spot in learned.spots] == [
        ("是否住校", ("是", "否")),
        ("原因", ()),
        ("电话", ()),
    ]


@pytest.mark.parametrize("rows", [["姓名", "单位", "电话"]])
def test_a_list_that_ends_with_its_header_has_a_row_to_fill(rows: list[str], tmp_path: Path) -> None:
    form = form_of(learn(excel([["通讯录汇总表"], rows]), "表.xlsx"), tmp_path)
    (group,) = form.groups
    values = {
        group.name: [
            dict(zip(rows, (f"陈{n}禾", "召陵区团委", f"1380000000{n}"), strict=True)) for n in range(3)
        ]
    }
    assert values_of(read(form, filled(form, values, None, tmp_path / "报送.xlsx"))) == values


def test_a_row_that_shows_how_to_fill_a_list_makes_room_and_is_asked_about() -> None:
    learned = learn(excel([["姓名", "单位", "入团时间"], ["张三", "某某学校", "2019-05"]]), "名单.xlsx")
    assert [path.partition("/")[2] for path in paths(learned)] == ["姓名", "单位", "入团时间"]
    assert "learn_example" in {found.code for found in learned.doubts}
    sheet = openpyxl.load_workbook(io.BytesIO(learned.template)).worksheets[0]
    assert [str(cell.value)[:2] for cell in sheet[2]] == ["{{"] * 3


def test_framed_cells_at_the_end_of_a_sheet_wait_for_an_answer() -> None:
    """Programs write no value for them; a person sees their strokes."""
    learned = learn(excel([["登记表"], ["姓名", "", "电话"], ["事由"]], "A2:D3"), "表.xlsx")
    assert [(s.path, s.place.row, s.place.column) for s in learned.spots] == [
        ("姓名", 2, 2),
        ("电话", 2, 4),
        ("事由", 3, 2),
    ]


def test_a_ledger_full_of_data_is_no_blank() -> None:
    with pytest.raises(UnreadableError, match="台账"):
        learn(excel([["姓名", "单位"], *[["陈青禾", "召陵区团委"]] * 3000]), "台账.xlsx")


def test_the_corner_of_a_header_may_be_empty_over_labelled_rows() -> None:
    rows = [("", "姓名", "年级", "电话"), ("主持人", "", "", ""), ("记录人", "", "", "")]
    assert paths(learn(word(rows), "表.docx"))[:4] == [
        "主持人.姓名",
        "主持人.年级",
        "主持人.电话",
        "记录人.姓名",
    ]


def test_a_first_row_filled_to_show_how_is_no_header() -> None:
    rows = [("序号", "专业", "题目"), ("1", "数学", "某题目"), ("2", "", ""), ("3", "", "")]
    learned = learn(word(rows, ("推荐汇总表",)), "表.docx")
    assert [(spot.path, spot.place.row) for spot in learned.spots] == [("专业", 3), ("题目", 3)]


def test_a_little_table_above_the_title_does_not_hide_it() -> None:
    document = docx.Document()
    grid = document.add_table(rows=1, cols=2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "是否重点", "□是 □否"
    document.add_paragraph("岗位练兵申报表")
    document.add_paragraph("姓名：________")
    out = io.BytesIO()
    document.save(out)
    assert learn(out.getvalue(), "表.docx").name == "岗位练兵申报表"


OPINIONS: Rows = (
    ("姓名", "", "性别", ""),
    ("所在支部意见", "\n\n（盖章）\n    年   月   日", None, None),
    ("上级团委审核意见：\n\n负责人签字：                年   月   日", None, None, None),
)


def test_a_date_under_a_signature_or_a_seal_is_a_field_beside_the_opinion(tmp_path: Path) -> None:
    """Filled in as the template has it, and typed into the form as it was printed: both are read."""
    learned = learn(word(OPINIONS), "表.docx")
    assert [(path, spot.kind.value) for path, spot in zip(paths(learned), learned.spots, strict=True)][
        2:
    ] == [
        ("所在支部意见", "text"),
        ("所在支部意见日期", "date"),
        ("上级团委审核意见", "text"),
        ("负责人签字", "person"),
        ("负责人签字日期", "date"),
    ]
    assert learned.doubts == ()
    form = form_of(learned, tmp_path)
    values = {
        "姓名": "陈青禾",
        "性别": "女",
        "所在支部意见": "同意推荐",
        "所在支部意见日期": date(2020, 7, 3),
        "上级团委审核意见": "表现突出\n同意",
        "负责人签字": "李怀远",
        "负责人签字日期": date(2020, 7, 8),
    }
    assert values_of(read(form, filled(form, values, None, tmp_path / "报送.docx"))) == values
    typed = [
        ("姓名", "陈青禾", "性别", "女"),
        ("所在支部意见", "同意推荐\n（盖章）\n 2020年7月3日", None, None),
        ("备注", "无", None, None),  # a row more, so that labels alone must tell
        ("上级团委审核意见：\n表现突出\n同意\n负责人签字：李怀远   2020年 7月 8日", None, None, None),
    ]
    (tmp_path / "手填.docx").write_bytes(word(typed))
    assert values_of(read(form, tmp_path / "手填.docx")) == values


def test_a_date_without_a_name_before_it_is_the_whole_answer() -> None:
    learned = learn(word([("入职：    年  月  日", None), ("开始    时间", "")], ("聘用登记表",)), "表.docx")
    assert [(spot.path, spot.kind.value) for spot in learned.spots] == [
        ("入职", "date"),
        ("开始时间", "date"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("姓名", "陈青禾", "性别", "女"), ("职务", "", "电话", "13800000001")],
        [("项目", "内容", "数量", "经费"), *(("讲座", "团史", "三", "五百"),) * 3, ("", "", "", "")],
    ],
)
def test_a_form_that_somebody_filled_in_is_doubted(rows: Rows) -> None:
    assert "learn_filled" in {found.code for found in learn(word(rows), "表.docx").doubts}


def test_a_table_of_codes_that_is_printed_on_a_form_is_no_answer() -> None:
    document = docx.Document(io.BytesIO(word([("姓名", ""), ("代码", "")])))
    codes = document.add_table(rows=4, cols=4, style="Table Grid")
    for number, cell in enumerate(cell for row in codes.rows for cell in row.cells):
        cell.text = f"{number:02}、某县"
    out = io.BytesIO()
    document.save(out)
    assert learn(out.getvalue(), "表.docx").doubts == ()


def test_places_that_belong_to_no_field_are_asked_about() -> None:
    learned = learn(
        word(
            [("姓名", ""), ("亲属情况：本单位有亲属（  ）人，其中（  ）人同在一室\n如有，请写姓名：", None)]
        ),
        "表.docx",
    )
    assert [(found.code, "有亲属（" in found.message) for found in learned.doubts] == [("learn_left", True)]


def test_groups_are_called_by_the_line_over_their_header_and_headers_go_over_two_rows() -> None:
    rows = [
        ("工作经历（近五年）", None, None, None),
        ("单位", "职务", "起", "止"),
        ("", "", "", ""),
        ("获奖情况", None, None, None),
        ("奖项", None, "时间", None),
        ("名称", "级别", "年", "月"),
        *(("", "", "", ""),) * 2,
    ]
    assert paths(learn(word(rows), "表.docx")) == [
        *(f"工作经历/{name}" for name in ("单位", "职务", "起", "止")),
        *(f"获奖情况/{name}" for name in ("奖项.名称", "奖项.级别", "时间.年", "时间.月")),
    ]


def test_a_label_before_labels_stands_over_all_of_its_row() -> None:
    rows = [
        ("视力", "左", "", "右", ""),
        ("培养温度：始：      中间：      末：", None, None, None, None),
        ("住址", "", None, "电话", ""),
    ]
    assert paths(learn(word(rows), "表.docx")) == [
        "视力.左",
        "视力.右",
        *(f"培养温度.{name}" for name in ("始", "中间", "末")),
        "住址",
        "电话",
    ]


def test_notes_in_brackets_belong_to_the_label_before_them() -> None:
    rows = [("推荐理由（意义、拟解决的问题，不少于200字）：\n\n", None), ("通信地址", "(        ) ")]
    assert paths(learn(word(rows), "表.docx")) == ["推荐理由", "通信地址"]


def test_the_same_question_about_another_person_is_named_after_that_person() -> None:
    rows = [("申请人姓名", "", "手机", ""), ("指导老师姓名", "", "职称", ""), ("手机", "", "邮箱", "")]
    assert paths(learn(word(rows), "表.docx"))[-2:] == ["指导老师.手机", "邮箱"]


def test_rows_with_a_name_head_a_group_whose_further_rows_are_open() -> None:
    rows = [("姓名", "职称", "单位"), ("（主席）", "", ""), *(("", "", ""),) * 3]
    assert paths(learn(word(rows), "表.docx")) == [
        *(f"明细/{name}" for name in ("姓名", "职称", "单位")),
        "主席.姓名",
        "主席.职称",
        "主席.单位",
    ]


def test_a_hint_in_brackets_is_no_label_and_a_signature_has_a_name_and_a_date(tmp_path: Path) -> None:
    rows = [("题目简述", "（为什么申报该课题）\n"), ("系主任签字", "          \n年  月  日")]
    form = form_of(learn(word(rows), "表.docx"), tmp_path)
    values = {"题目简述": "团史", "系主任签字": "李怀远", "系主任签字日期": date(2020, 7, 3)}
    assert [item.path for item in form.fields] == list(values)
    assert values_of(read(form, filled(form, values, None, tmp_path / "报送.docx"))) == values


def test_what_a_form_prints_around_an_answer_is_no_part_of_it_where_labels_alone_tell(tmp_path: Path) -> None:
    """A hint over it, a unit behind it: rows were added, so that the grid is another."""
    rows = [("题目简述", "（为什么申报该课题）\n"), ("待遇", "转正后薪资：      元/月")]
    form = form_of(learn(word(rows), "表.docx"), tmp_path)
    typed = [
        ("题目简述", "（为什么申报该课题）\n团史"),
        ("附注", "无"),
        ("待遇", "转正后薪资：面议 元/月"),
    ]
    (tmp_path / "手填.docx").write_bytes(word(typed))
    values = values_of(read(form, tmp_path / "手填.docx"))
    assert (values["题目简述"], values["转正后薪资"]) == ("团史", "面议")


def test_people_beside_a_label_over_all_their_rows_are_one_and_a_group() -> None:
    document = docx.Document()
    document.add_paragraph("团队申报表")
    grid = document.add_table(rows=5, cols=5, style="Table Grid")
    for column, text in enumerate(("姓名", "年级", "电话"), 2):
        grid.cell(0, column).text = text
    grid.cell(0, 0).merge(grid.cell(4, 0)).text = "申请团队"
    grid.cell(1, 1).text = "主持人"
    grid.cell(2, 1).merge(grid.cell(4, 1)).text = "成员"
    out = io.BytesIO()
    document.save(out)
    assert paths(learn(out.getvalue(), "表.docx")) == [
        *(f"成员/{name}" for name in ("姓名", "年级", "电话")),
        *(f"申请团队.主持人.{name}" for name in ("姓名", "年级", "电话")),
    ]
