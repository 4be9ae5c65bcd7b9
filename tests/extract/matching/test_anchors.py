"""Labels and titles of known forms on a board."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from extract.matching.anchors import find_anchors
from extract.matching.board import Board, spread
from extract.matching.labels import Target, Vocabulary
from tests.extract.neutral import LAYOUTS, TOURS, VISITS, document, grid

if TYPE_CHECKING:
    from extract.matching.layout import Layouts


def board(*blocks: object) -> Board:
    """Spread a document out."""
    return spread(document(*blocks), lambda text: bool(LAYOUTS.labels.exact(text)))  # type: ignore[arg-type]


def test_whole_boxes_and_labels_inside_of_lines() -> None:
    """Find labels alone in a box, and labels before their answers, in reading order."""
    anchors, _ = find_anchors(board("填表时间：2020年7月8日", grid([["姓  名", "甲"]])), LAYOUTS)
    assert [(anchor.text, anchor.whole) for anchor in anchors] == [("填表时间：", False), ("姓  名", True)]


def test_a_label_inside_of_an_answer_is_weak() -> None:
    """Trust a label less that stands in the answer of another."""
    anchors, _ = find_anchors(board(grid([["工作亮点", "一是走访，存在问题：少"]])), LAYOUTS)
    assert [(anchor.text, anchor.weak) for anchor in anchors] == [("工作亮点", False), ("存在问题：", True)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (VISITS, [VISITS]),
        (f"附件1：{TOURS}", [TOURS]),
        ("团 干 部 走 基 层 情 况 报 告 单", [VISITS]),
        (f"源汇区团委2020年7月{VISITS}", [VISITS]),
        ("关于开展活力团建工作的通知", []),
    ],
)
def test_titles(text: str, names: list[str]) -> None:
    """Find a form's title with unit and month around it."""
    _, titles = find_anchors(board(text), LAYOUTS)
    assert [LAYOUTS.all[number].form.name for title in titles for number in title.layouts] == names


def test_a_label_over_two_paragraphs_of_a_cell() -> None:
    """Find a label that was broken over two paragraphs."""
    anchors, _ = find_anchors(board(grid([["基层团组织\n工作亮点", ""]])), LAYOUTS)
    assert [anchor.whole for anchor in anchors] == [True]


def test_labels_that_run_into_their_answers() -> None:
    """Find 姓名张三 where several lines begin so, and not in a single sentence."""
    lines = ("姓名张三", "单位职务组织部干事", "走访形式座谈交流", "走访团干部人数12")
    anchors, _ = find_anchors(board(*lines), LAYOUTS)
    assert [anchor.text for anchor in anchors] == ["姓名", "单位职务", "走访形式", "走访团干部人数"]
    assert all(anchor.likeness < 1 for anchor in anchors)
    assert find_anchors(board("走访形式以座谈为主。", "谢谢", "此致", "敬礼"), LAYOUTS)[0] == []


def test_a_label_that_runs_in_among_lines_with_labels_set_apart() -> None:
    """Find the one label that lost its blank where the others stand apart; not the beginning of a reworded one."""
    lines = ("姓名张三", "单位职务 干事", "走访形式 座谈", "走访团组织名称 甲村", "帮扶措施和效果\t捐书")
    anchors, _ = find_anchors(board(*lines), LAYOUTS)
    assert [(anchor.text, anchor.likeness < 1) for anchor in anchors] == [
        ("姓名", True),
        ("单位职务", False),
        ("走访形式", False),
        ("走访团组织名称", False),
    ]


def test_the_longest_label_that_the_lines_of_a_cell_spell() -> None:
    """Take a label that stands upright whole, not the shorter one that its first lines spell."""
    anchors, _ = find_anchors(
        board(grid([["观摩\n点亮点\n工作\n功能分区清楚。"], ["整\n改\n措\n施\n已复查。"]])), LAYOUTS
    )
    assert [anchor.text for anchor in anchors] == ["观摩\n点亮点\n工作", "整\n改\n措\n施"]


@pytest.mark.parametrize(
    "text",
    [
        "姓名*\t张三",
        "姓名 *\t张三",
        "姓名（必填）\t张三",
        "姓名 （必填）\t张三",
        "姓名 Name\t张三",
        "姓名\n（必填）\t张三",
    ],
)
def test_a_mark_or_note_before_the_tab_belongs_to_the_label(text: str) -> None:
    """Take star and note with the label of a line."""
    (anchor,), _ = find_anchors(board(text), LAYOUTS)
    assert text[anchor.end[1] :].strip() == "张三"


def test_a_date_that_its_label_runs_into() -> None:
    """Find the date's label on its own; a sentence that begins so is none."""
    anchors, _ = find_anchors(board("填表时间2020年7月8日", "填表时间以实际为准"), LAYOUTS)
    assert [anchor.text for anchor in anchors] == ["填表时间"]


def test_a_blank_form_in_a_grid_is_no_column_of_lines() -> None:
    """Keep a table whose second column is empty a table, whatever stands in the first."""
    names = (
        "组织观摩部室",
        "参加观摩人员",
        "观摩点及观摩内容",
        "观摩点亮点工作",
        "观摩点存在问题",
        "整改措施",
    )
    spread_out = board(grid([[name, ""] for name in names]))
    assert len(spread_out.rows) == 1


def test_a_label_as_long_as_a_sentence_opens_a_cell() -> None:
    """No label of the form is longer, so nothing longer is tried."""
    name = (
        "申请人质量管理情况(采用的标准以及标准执行情况,包括品种、种苗、种植[或养殖]过程以及采集、"
        "包装、运输、贮藏、质量承诺和质量认证等全程质量标准化管理,限1000字)"
    )
    told = SimpleNamespace(labels=Vocabulary([(name, Target(0, 0))]), all=LAYOUTS.all)
    anchors, _ = find_anchors(board(grid([[f"四、{name}\n已办结"]])), cast("Layouts", told))
    assert [anchor.text for anchor in anchors] == [f"四、{name}"]


def test_a_word_in_letters_behind_a_gap_is_an_answer() -> None:
    """Take QQ behind two blanks for an answer; the label's own translation stands right behind it."""
    line, doubled = find_anchors(board("走访形式  QQ", "姓名 Name"), LAYOUTS)[0]
    assert (line.whole, line.text.strip()) == (False, "走访形式")
    assert doubled.whole
