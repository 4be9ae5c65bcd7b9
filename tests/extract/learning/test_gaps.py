"""Room that no cell and no colon shows: underlined blanks, gaps in sentences, lines under a question, boxes under it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from extract.learning import learn
from extract.learning.underlines import RULED, RULED_TAB, drawn
from extract.readers.word.sprm import is_underlined
from forms import FieldKind
from tests.extract.learning.test_learn import back
from tests.extract.learning.test_questions import codes
from tests.extract.test_learn_layouts import paths

Line = str | tuple[str, ...]  # a tuple: every second stretch is underlined


def letter(lines: list[Line]) -> bytes:
    """Return a Word file of paragraphs."""
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for number, words in enumerate((line,) if isinstance(line, str) else line):
            paragraph.add_run(words).underline = number % 2 == 1 or None
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_letter_is_learned_by_its_sentences_and_read_back(tmp_path: Path) -> None:
    """本人____（姓名），身份证号____: the words around each gap name it, and find it again."""
    lines: list[Line] = [
        "廉洁承诺书",
        (
            "    本人",
            " " * 9,
            "（姓名），身份证号",
            " " * 20,
            "，现任",
            " " * 9,
            "（单位及职务），承诺如下：",
        ),
        "    一、严格遵守中央八项规定精神，不收受礼品。",
        ("承诺人（签名）：", " " * 9),
        "          年    月    日",
        ("", " " * 9, "党委组织部："),
        "（有效期    天）",
    ]
    learned = learn(letter(lines), "书.docx")
    values: dict[str, object] = {
        "姓名": "陈青禾",
        "身份证号": "411100199001010015",
        "单位及职务": "某县团委副书记",
        "承诺人": "陈青禾",
        "承诺人日期": date(2020, 7, 8),
        "党委组织部": "某县",
        "有效期": 30,
    }
    assert paths(learned) == list(values)
    assert codes(learned) == []
    assert back(learned, values, tmp_path) == values


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("集体名称 ", " " * 20), ["集体名称"]),
        (("负责人", "\t\t"), ["负责人"]),
        (("联系人", " " * 8, "  联系电话", " " * 8), ["联系人", "联系电话"]),
        (("学     院（部）", " " * 20), ["学院"]),
        (("教研室主任", " " * 8, "（签名）  院长", " " * 8, "（签名）"), ["教研室主任", "院长"]),
        (("题目", "  青年学习平台  "), []),  # it has its answer
        (("报告时间", "  2016年3月10日 "), []),
        (("", " " * 9, "学院", " " * 9, "专业", " " * 6, "级"), ["学院", "专业", "级"]),
        ("作者签名：______    导师签名：______", ["作者签名", "导师签名"]),
        ("5．您每年参加团的活动_______次。", ["您每年参加团的活动"]),
        ("学校名称（公章）        填表人        填表日期   年   月   日", ["学校名称", "填表人", "填表日期"]),
        ("性别：□男 □女    民族：______", ["性别", "民族"]),
        ("是否党员  是□  否□", ["是否党员"]),
        ("小组人数：      3      ", ["小组人数"]),
    ],
)
def test_a_line_drawn_to_be_written_on_is_a_field(line: Line, expected: list[str]) -> None:
    assert paths(learn(letter(["申报书", line]), "书.docx")) == expected


def test_what_a_careful_clerk_would_fill_in_of_a_letter_is_found_and_read_back(tmp_path: Path) -> None:
    """Blanks that nothing underlines, numbered labels, a letter to choose, from one day to another."""
    lines: list[Line] = [
        "参会回执",
        "兹有我单位        同志（身份证号：                  ），性别     ，现年    岁，请予接洽。",
        "1、单位名称：",
        "2、联系人：",
        "3、您对会务是否满意？（  ）",
        "A. 满意",
        "B. 不满意",
        "4、到会时间：   年  月  日至   年  月  日",
    ]
    learned = learn(letter(lines), "书.docx")
    values: dict[str, object] = {
        "姓名": "陈青禾",
        "身份证号": "411100199001010015",
        "性别": "女",
        "年龄": 30,
        "单位名称": "某县团委",
        "联系人": "周念",
        "您对会务是否满意": "A",
        "到会时间": "2020年7月8日至2020年7月9日",
    }
    assert sorted(paths(learned)) == sorted(values)
    assert codes(learned) == []
    assert back(learned, values, tmp_path) == values


def test_dates_under_two_signatures_belong_to_one_each(tmp_path: Path) -> None:
    lines: list[Line] = ["声明", "作者签名：______    导师签名：______", "   年   月   日      年   月   日"]
    learned = learn(letter(lines), "书.docx")
    assert paths(learned)[2:] == ["作者签名日期", "导师签名日期"]
    values: dict[str, object] = {"作者签名日期": date(2020, 7, 8), "导师签名日期": date(2020, 7, 9)}
    assert back(learned, values, tmp_path) == values


def test_lines_drawn_under_a_question_are_one_room() -> None:
    """Nobody is asked about the second line to write on, for it belongs to the answer before."""
    learned = learn(
        letter(["征求意见表", "一、在作风方面的意见建议", *["_" * 40] * 3, "签名：______"]), "表.docx"
    )
    assert (paths(learned), codes(learned)) == (["在作风方面的意见建议", "签名"], [])


def test_questions_outside_of_tables_are_answered_under_them(tmp_path: Path) -> None:
    """Empty lines under a numbered question, boxes to tick under another; headings over text ask nothing."""
    lines: list[Line] = [
        "调查问卷",
        "1．您所在的单位性质（单选）：",
        "□机关  □企业  □农村",
        "2．主要问题有（可多选）：",
        "□覆盖不全  □吸引力不强",
        "□经费不足",
        "一、基本情况（300字以内）",
        *[""] * 3,
        "二、您有何意见建议？",
        "",
        "三、填写要求",
        "",
        "以上各项须如实填写，不得弄虚作假。",
    ]
    learned = learn(letter(lines), "卷.docx")
    values: dict[str, object] = {
        "您所在的单位性质": "企业",
        "主要问题有": ("覆盖不全", "经费不足"),
        "基本情况": "现有团员三十人",
        "您有何意见建议": "多办活动",
    }
    assert paths(learned) == list(values)
    assert [spot.kind for spot in learned.spots][:2] == [FieldKind.CHOICE, FieldKind.CHOICES]
    assert back(learned, values, tmp_path) == values


def test_an_underlined_stretch_is_room_when_nobody_wrote_on_it() -> None:
    assert drawn("   \t") == RULED * 3 + RULED_TAB
    assert drawn("  年 月") == f"{RULED * 2}年{RULED}月"
    assert drawn(" ") == " "
    assert drawn("  张三  ") == "  张三  "


@pytest.mark.parametrize(("kind", "told"), [(1, True), (3, True), (0, None), (2, None)])
def test_old_word_tells_what_is_underlined(kind: int, told: bool | None) -> None:
    """sprmCKul: 0 no line, 2 words only."""
    assert is_underlined(b"\x35\x08\x01" + b"\x3e\x2a" + bytes([kind])) is told
