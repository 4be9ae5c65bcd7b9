"""Cutting a document into its forms."""

from __future__ import annotations

from extract import Document, Grid, Layouts, align
from tests.extract.neutral import LAYOUTS, TOURS, VISITS, cell, document, grid, values


def names(*blocks: Grid | str) -> list[str | None]:
    """Return the forms found."""
    return [found.layout.form.name if found.layout else None for found in align(_of(*blocks), LAYOUTS, 2020)]


def _of(*blocks: Grid | str) -> Document:
    return document(*blocks)


def visit(who: str, name: str = "表1") -> Grid:
    """Return a short form of a visit."""
    return grid([["姓名", who, "单位职务", "源汇区团委"], ["走访形式", "座谈", None, None]], name)


def tour(name: str = "表2") -> Grid:
    """Return a short form of a tour."""
    return grid([["组织观摩部室", "宣传部"], ["参加观摩人员", "全体"], ["整改措施", "无"]], name)


def test_one_form() -> None:
    """Find one form under its title."""
    assert names(VISITS, visit("甲")) == [VISITS]


def test_a_form_without_a_title() -> None:
    """Know a form by its labels alone."""
    assert names(visit("甲")) == [VISITS]


def test_two_forms_of_one_kind() -> None:
    """Begin another form at the next title, or where the labels begin again."""
    assert names(VISITS, visit("甲"), VISITS, visit("乙", "表2")) == [VISITS, VISITS]
    assert names(visit("甲"), visit("乙", "表2")) == [VISITS, VISITS]
    found = align(_of(visit("甲"), visit("乙", "表2")), LAYOUTS, 2020)
    assert [values(form)["姓名"] for form in found] == ["甲", "乙"]


def test_two_forms_of_two_kinds() -> None:
    """Tell the kinds apart in one file."""
    assert names(VISITS, visit("甲"), TOURS, tour()) == [VISITS, TOURS]


def test_a_form_broken_over_two_tables_is_one() -> None:
    """Join the halves of a form that a page break parted."""
    second = grid([["基层团组织工作亮点", "亮"], ["帮扶措施及成效", "帮"]], "表2")
    assert names(VISITS, visit("甲"), second) == [VISITS]


def test_what_is_no_form() -> None:
    """Find no form in a letter."""
    assert names("各县区团委：", "请按时报送。") == [None]


def test_an_empty_document() -> None:
    """Find no form in nothing, and lose nothing."""
    assert names() == [None]


def test_a_title_quoted_in_an_answer_does_not_cut_the_form() -> None:
    """Keep the form whole."""
    answer = f"已教会其填写《{TOURS}》。"
    rows = [
        ["姓名", "甲", "单位职务", "乙"],
        ["走访团组织名称", "丙", None, None],
        ["走访形式", "座谈", None, None],
        ["帮扶措施及成效", answer, None, None],
    ]
    (found,) = align(document(VISITS, grid(rows)), LAYOUTS)
    assert values(found)["帮扶措施及成效"] == answer


def test_a_form_of_another_work_is_none_of_ours() -> None:
    """Know a form by its own title where hardly a label is one of ours; with more of them it is ours after all."""
    other = [["填报人", "甲"], ["存在问题", "少"], ["下步安排", "多"]]
    assert names("制度落实情况报告", grid([*other, ["参加人员", "乙"]])) == [None]
    assert names("观摩工作情况表", tour()) == [TOURS]


def test_a_date_in_the_header_leaves_the_next_form_its_own() -> None:
    """Give a second form without a title the date above its own table, whatever stands in the page header."""
    found = align(
        _of("填表时间：2020年7月1日", VISITS, visit("甲"), "填表时间：2020年8月1日", visit("乙", "表2")),
        LAYOUTS,
        2020,
    )
    assert [str(values(form)["填表时间"]) for form in found] == ["2020-07-01", "2020-08-01"]


def test_a_form_of_one_label_within_a_frame() -> None:
    """Look into a table that is all that a drawn frame holds, be it of one label."""
    inner = grid([["备注", "另附"], ["第二行", "无"], ["走访形式", "座谈"]], "表2")
    outer = Grid("表1", (cell(0, 0, [inner]),))
    (found,) = align(_of(VISITS, "姓名：甲", outer), LAYOUTS, 2020)
    assert values(found) == {"姓名": "甲", "走访形式": "座谈"}


def test_a_second_title_over_another_day_or_name_is_another_form() -> None:
    """Part two forms of which each lacks what the other has, and join them where they say the same."""
    top = [["姓名", "甲"], ["单位职务", "书记"], ["走访形式", "座谈"]]
    rest = ["帮扶措施及成效：帮。", "基层团组织工作亮点：好。", "基层团组织工作存在问题：少。"]
    same = document(VISITS, "填表时间：2020年7月8日", grid(top), VISITS, "填表时间：2020年7月8日", *rest)
    other = document(VISITS, "填表时间：2020年7月8日", grid(top), VISITS, "填表时间：2020年8月9日", *rest)
    named = document(VISITS, grid(top), VISITS, "姓名：乙", "填表时间：2020年7月8日", *rest)
    assert [len(align(each, LAYOUTS, 2020)) for each in (same, other, named)] == [1, 2, 2]


def test_the_line_of_unit_and_day_over_a_form_is_none_of_its_own(all_layouts: Layouts) -> None:
    """Join a line of 填报单位 and 填表时间, labels of another form together, to the form whose title stands here."""
    found = align(
        document(
            VISITS,
            grid(
                [
                    ["姓名", "甲", "单位职务", "乙"],
                    ["走访形式", "座谈", None, None],
                    ["基层团组织工作亮点", "夜校", None, None],
                ]
            ),
            "填报单位：源汇区团委（公章）        填报日期：2020年7月8日",
        ),
        all_layouts,
        2020,
    )
    assert len(found) == 1
