"""Forms as people keep them in one sheet: stacked, side by side, labels over answers, signed under the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import Aligned, Grid, Layouts, align, layouts_of
from forms import Field, FieldKind, Form
from tests.extract.neutral import FORMS, LAYOUTS, TOURS, codes, document, grid, values
from tests.wordfiles import docx, p, tbl

HEAD = ["活动名称", "时间", "人数", ""]


def sheet(who: str, *rows: list[str]) -> list[list[str | None]]:
    """Return the rows of one form with a list."""
    above = [
        ["活动情况表", None, None, None],
        ["填报单位", who, "负责人", "甲"],
        ["联系电话", "", "级别", ""],
    ]
    return [*above, HEAD, *rows]


def activity(name: str, people: int) -> list[str]:
    """Return a row of the list."""
    return [name, "2020年4月4日", str(people), ""]


def told(found: Aligned) -> list[tuple[object, ...]]:
    """Return the values of the list's rows."""
    return [tuple(reading.value for reading in row.readings if reading.field != "时间") for row in found.rows]


def read(layouts: Layouts, rows: list[list[str | None]]) -> list[Aligned]:
    """Return the forms found in a grid of ``rows``."""
    return align(document(Grid("Sheet1", grid(rows, "Sheet1").cells)), layouts, 2020)


def test_forms_stacked_in_one_sheet_keep_their_lists(all_layouts: Layouts) -> None:
    """Take the rows under each title for that form alone."""
    first, second = sheet("源汇区团委", activity("植树", 12)), sheet("舞阳县团委", activity("祭扫", 30))
    found = read(all_layouts, [*first, [""] * 4, *second])
    assert [values(each)["填报单位"] for each in found] == ["源汇区团委", "舞阳县团委"]
    assert list(map(told, found)) == [[("植树", 12)], [("祭扫", 30)]]


def test_lists_side_by_side_are_two_forms(all_layouts: Layouts) -> None:
    """Part two forms of which only title, first rows and header show that they stand beside each other."""
    first, second = sheet("源汇区团委", activity("植树", 12)), sheet("舞阳县团委", activity("祭扫", 30))
    beside = [[*one, "", *other] for one, other in zip(first, second, strict=True)]
    found = read(all_layouts, [beside[0], beside[1], *beside[3:]])
    assert list(map(told, found)) == [[("植树", 12)], [("祭扫", 30)]]


def test_a_word_that_labels_something_in_another_form_is_an_entry(all_layouts: Layouts) -> None:
    """Read 走访形式 and 帮扶措施及成效 as names of activities, where another form has them as labels."""
    rows = [activity("走访形式", 3), activity("帮扶措施及成效", 4), activity("植树", 5)]
    (found,) = read(all_layouts, sheet("源汇区团委", *rows))
    assert told(found) == [("走访形式", 3), ("帮扶措施及成效", 4), ("植树", 5)]


def test_who_signs_under_a_list_is_no_entry(all_layouts: Layouts) -> None:
    """Leave over the names of those who answer for it, and what is explained under it."""
    foot = ["单位负责人：王一", "", "审核人（签字）：李二", ""]
    note = ["填报说明：如实填写。", "", "", ""]
    (found,) = read(all_layouts, [*sheet("源汇区团委", activity("植树", 12)), foot, note])
    assert told(found) == [("植树", 12)]
    assert [item.text for item in found.leftover] == [foot[0], foot[2], note[0]]


def test_a_unit_left_open_does_not_take_the_list_below(all_layouts: Layouts) -> None:
    """Know labels with places between them as no header, however many they are."""
    rows = [
        ["活动情况表", None, None, None, None, None, None],
        ["填报单位", "", None, "负责人", "甲", "级别", "市级"],
        ["序号", "活动名称", "时间", "人数", "", "", ""],
        ["1", "植树", "2020年4月4日", "12", "", "", ""],
    ]
    (found,) = read(all_layouts, rows)
    assert "填报单位" not in values(found)
    assert told(found) == [("植树", 12)]


@pytest.mark.parametrize("last", [["整改措施", "", "", ""], ["观摩点存在问题", "整改措施", "", ""]])
def test_labels_over_their_answers(last: list[str]) -> None:
    """Read bands of labels with their answers under them, the last of which has fewer."""
    labels = ["组织观摩部室", "参加观摩人员", "观摩点及观摩内容", "观摩点亮点工作"]
    answers = [f"{label}的答案" for label in last if label] + [""] * last.count("")
    rows = [
        ["共青团工作观摩情况报告单", None, None, None],
        labels,
        ["宣传部", "全体", "车间", "台账"],
        last,
        answers,
    ]
    (found,) = read(LAYOUTS, rows)
    assert values(found)["整改措施"] == "整改措施的答案"
    assert not codes(found) - {"choice_none"}


def test_sentences_under_a_label_alone_are_its_answer_said_aloud() -> None:
    """Guess the answer of a label without a place beside it, where whole sentences stand under it."""
    rows = [
        [TOURS, None, None],
        ["组织观摩部室", "宣传部", ""],
        ["参加观摩人员", "全体", ""],
        ["整改措施", "", ""],
    ]
    (found,) = read(LAYOUTS, [*rows, ["已经约谈负责人，月底前补齐台账。", "", ""]])
    assert values(found)["整改措施"] == "已经约谈负责人，月底前补齐台账。"
    assert "position_guessed" in codes(found)
    (found,) = read(
        LAYOUTS, [*rows, ["以下各栏请分条列出，可另附页。", "", ""]]
    )  # how to fill in is nobody's answer
    assert values(found).get("整改措施") is None


def test_a_label_in_brackets_names_the_number_on_its_line() -> None:
    """Know 走访人数（团干部）： as the label of one number, not as that of both."""
    lines = ["姓名：甲", "走访形式：座谈", "走访人数（团干部）：150", "走访人数（团员青年）：15"]
    (found,) = align(document("团干部走基层情况报告单", *lines), LAYOUTS, 2020)
    told = values(found)
    assert (told["走访人数.团干部"], told["走访人数.团员青年"]) == (150, 15)


def test_a_date_line_left_open_gives_way_to_the_column_of_dates() -> None:
    """Read the dates of a list under whose title the blank's own date line was left as it is."""
    labels = ["填表时间", "姓名", "单位职务", "走访形式"]
    rows = [
        ["团干部走基层情况报告单", None, None, None],
        ["填表时间：    年  月  日", None, None, None],
        labels,
        ["2020.7.8", "甲", "源汇区团委书记", "座谈"],
        ["2020.7.9", "乙", "舞阳县团委书记", "走访"],
    ]
    found = read(LAYOUTS, rows)
    assert [str(values(each)["填表时间"]) for each in found] == ["2020-07-08", "2020-07-09"]
    assert [item.text for each in found for item in each.leftover] == []


def test_a_note_beside_the_form_is_left_over() -> None:
    """Keep a remark apart that stands behind an empty column, to the right of an answer."""
    rows = [[TOURS, None, "", ""], ["组织观摩部室", "宣传部", "", ""], ["整改措施", "约谈", "", "请核对"]]
    (found,) = read(LAYOUTS, rows)
    assert values(found)["整改措施"] == "约谈"
    assert [item.text for item in found.leftover] == ["请核对"]


def test_what_the_blank_prints_answers_nothing(all_layouts: Layouts) -> None:
    """Guess no answer of 级别 in the header of the list under it, where nothing was filled in."""
    rows = [
        ["活动情况表", None, ""],
        ["填报单位", "", "负责人"],
        ["级别", "", ""],
        ["活动名称", "", ""],
        ["时间", "", "人数"],
    ]
    (found,) = read(all_layouts, rows)
    assert values(found) == {}
    assert not codes(found)


@pytest.mark.parametrize(
    "numbers", [["1", "2", "3"], ["（1）", "（2）", "（3）"], ["甲", "1", "2"], ["栏次", "1", "2"]]
)
def test_the_numbers_of_columns_are_no_entry(all_layouts: Layouts, numbers: list[str]) -> None:
    """Know the row under a header that numbers the columns of a statistical table, and show it to nobody."""
    rows = sheet("源汇区团委", [*numbers, ""], activity("植树", 12))
    (found,) = read(all_layouts, rows)
    assert told(found) == [("植树", 12)]
    assert found.leftover == []


def test_what_a_table_counts_in_is_no_unit_that_reports(all_layouts: Layouts) -> None:
    """Read 单位：人 over a table as what it is."""
    rows = sheet("源汇区团委", activity("植树", 12))
    (found,) = read(all_layouts, [rows[0], ["", "", "", "（单位：人、次）"], *rows[1:]])
    assert values(found)["填报单位"] == "源汇区团委"
    assert found.leftover == []


def test_an_answer_one_place_further_is_not_passed_over_in_silence() -> None:
    """Doubt a label with an empty place beside it where something stands further right, whatever that is."""
    rows = [
        [TOURS, None, ""],
        ["组织观摩部室", "宣传部", ""],
        ["参加观摩人员", "全体", ""],
        ["整改措施", "", "约谈"],
    ]
    (found,) = read(LAYOUTS, rows)
    assert "整改措施" not in values(found)
    assert "more_beside" in codes(found)
    assert [item.text for item in found.leftover] == ["约谈"]


def test_a_label_that_counts_in_ten_thousands_is_doubted(all_layouts: Layouts) -> None:
    """Take no 0.3 万人 for 0.3 人."""
    rows = sheet("源汇区团委", activity("植树", 12))
    rows[3] = ["活动名称", "时间", "人数（万人）", ""]
    (found,) = read(all_layouts, rows)
    assert "label_guessed" in codes(found)


def test_a_total_within_a_list_is_none_of_another_form(grouped: Form, tmp_path: Path) -> None:
    """Read on behind 小计, though 男, 女 and 合计 are labels of another form of the work."""
    names = ("男", "女", "合计")
    template = tmp_path / "人数表.docx"
    template.write_bytes(
        docx(p("人数表") + tbl([part for name in names for part in (name, f"{{{{ {name} }}}}")]))
    )
    fields = tuple(Field(path=name, kind=FieldKind.INTEGER) for name in names)
    layouts = layouts_of((*FORMS, grouped, Form(name="人数表", template=template, fields=fields)))
    rows = [activity("男", 3), ["小计", "", "3", ""], activity("女", 4), ["小计", "", "4", ""]]
    (found,) = read(layouts, sheet("源汇区团委", *rows))
    assert told(found) == [("男", 3), ("女", 4)]


@pytest.mark.parametrize(("row", "entries"), [("以下空白", 1), ("本月未开展活动", 2), ("无", 2)])
def test_a_row_that_says_nothing(all_layouts: Layouts, row: str, entries: int) -> None:
    """Take 以下空白 for the end of the list; doubt an entry that says there was nothing."""
    (found,) = read(all_layouts, sheet("源汇区团委", activity("植树", 12), [row, "", "", ""]))
    assert len(found.rows) == entries
    assert ("entry_nothing" in codes(found)) == (entries == 2)
    assert found.leftover == []


@pytest.mark.parametrize(
    "foot",
    [
        ["填报人：王一", "", "（公章）", ""],
        ["填报人：王一", "2020年7月8日", "", ""],
        ["填报人：", "王一", "审核人：", "李二"],
        ["填报人", "王一", "单位负责人（签字）", "李二"],
    ],
)
def test_seals_days_and_names_beside_who_signs_are_no_entry(all_layouts: Layouts, foot: list[str]) -> None:
    """Leave over the row of signatures under a list, whatever stands between the names."""
    (found,) = read(all_layouts, [*sheet("源汇区团委", activity("植树", 12)), foot])
    assert told(found) == [("植树", 12)]
    assert [item.text for item in found.leftover] == [text for text in foot if text]
