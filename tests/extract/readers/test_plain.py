"""Plain text: encodings, separators, and what is text at all."""

from __future__ import annotations

import pytest

from extract.model import Grid
from extract.readers import drawntables
from extract.readers.plaintext import decode, read_csv, read_text, separator
from extract.sniff import misnamed, refusal, sniff
from tests.extract.readers.office import shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding(encoding: str) -> None:
    data = '姓名,人数\r\n周景行,"1,200"\r\n沈一,\'3\r\n'.encode(encoding)
    assert sniff(data) == "csv"
    assert shown(read_csv(data))[1:8] == [
        "0,0 1x1",
        "姓名",
        "0,1 1x1",
        "人数",
        "1,0 1x1",
        "周景行",
        "1,1 1x1",
    ]


@pytest.mark.parametrize(("text", "sign"), [
    ("a\tb\n1\t2\n", "\t"),
    ("a;b;c\n1;2;3\n", ";"),
    ('姓名\n甲\n"工作\n亮点"\n好\n', ","),
    ("某表\n填表时间：7月\n序号,姓名,人数\n1,甲,2\n备注：无\n", ","),
    ("标题\n姓名，甲\n职务，乙\n", ""),
    ("一句话，两半。\n只有一句。\n还有，很多，逗号，的话。\n", ""),
    ("只有一行,两格\n", ""),
])  # fmt: skip
def test_the_separator_is_found(text: str, sign: str) -> None:
    assert separator(text) == sign


def test_a_line_is_a_paragraph() -> None:
    document = read_text("姓名：周景行\r\n\r\n  单位：某团委\r\n".encode("gbk"))
    assert [(p.text, str(p.place)) for p in document.paragraphs()] == [
        ("姓名：周景行", "正文 第1段"),
        ("  单位：某团委", "正文 第3段"),
    ]


def test_a_table_typed_with_tabs_within_a_text_is_a_grid() -> None:
    """Take lines of the same four cells or more for a table; two labelled pairs on one line are none."""
    document = read_text("标题\n姓名\t甲\t职务\t乙\n\n序号\t姓名\t单位\t电话\n1\t丙\t丁\t\n谢谢\n".encode())
    assert shown(document) == [
        *("标题", "姓名\t甲\t职务\t乙", "表1"),
        *("0,0 1x1", "序号", "0,1 1x1", "姓名", "0,2 1x1", "单位", "0,3 1x1", "电话"),
        *("1,0 1x1", "1", "1,1 1x1", "丙", "1,2 1x1", "丁", "1,3 1x1", ""),
        "谢谢",
    ]


@pytest.mark.parametrize(
    ("lines", "tables"),
    [("日期\t类型\t主题\n" * 2, 0), ("日期\t类型\t主题\n" * 3, 1), ("人数\t男\t3\n" + "\t女\t4\n" * 2, 0)],
)
def test_three_cells_make_a_table_where_three_lines_have_them(lines: str, tables: int) -> None:
    text = "标题\n" + lines
    assert sum(isinstance(block, Grid) for block in read_text(text.encode()).blocks) == tables


def test_bytes_that_are_no_text() -> None:
    assert decode(b"\x00\x01\x02\xff\xfe") is None
    assert sniff(b"\x00\x01\x02\xff\xfe") == "unknown"
    assert "docx" in refusal("unknown")


def test_excel_keeps_digits_in_a_formula() -> None:
    assert shown(read_csv(b'="0123",\t45\n6,7\n'))[2:5:2] == ["0123", "45"]


@pytest.mark.parametrize(("source", "kind", "answer"), [
    ("表.wps", "doc", False), ("表.doc", "rtf", True), ("a.zip!表.et", "xls", False), ("表.xls", "html", True),
])  # fmt: skip
def test_a_name_that_says_something_else(source: str, kind: str, answer: bool) -> None:
    assert misnamed(source, kind) is answer


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_a_form_with_titles_between_is_a_table(sign: str) -> None:
    """Tell a table by its rows of label and answer, whatever stands between them, and by a quoted cell over lines."""
    rows = [["报告单"], ["填表时间：2020年7月1日"], *([label, "答"] for label in "甲乙丙丁")]
    text = "\r\n".join(sign.join(row) for row in [*rows, *rows])
    assert separator(text) == sign
    listed = [
        ["台账"],
        ["组织", "甲", ""],
        ["建议", "多办活动。", ""],
        ["活动"],
        ["日期", "内容", "人数"],
        ["7月1日", "夜校", "8"],
    ]
    assert separator("\r\n".join(sign.join(row) for row in listed)) == sign
    assert separator(f'标题\r\n甲{sign}"一\n二"\r\n乙{sign}三\r\n尾\r\n') == sign


def test_answers_that_go_on_in_lines_of_their_own_are_no_table() -> None:
    """Read lines of label and answer as lines where an answer goes on below."""
    text = "填表时间\t7月1日\n姓名\t甲\n亮点\t（一）一是学习。\n（二）二是走访农户。\n问题\t少\n"
    assert separator(text) == ""


def test_the_line_that_tells_excel_the_separator_is_not_shown() -> None:
    data = "sep=;\r\n姓名;周景行\r\n电话;1\r\n".encode("gb18030")
    assert sniff(data) == "csv"
    assert shown(read_csv(data)) == [
        *("表格", "0,0 1x1", "姓名", "0,1 1x1", "周景行", "1,0 1x1", "电话", "1,1 1x1", "1")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "前言\n\n| 姓名 | 人数 |\n|---|:--:|\n| 周景行 | 12 |\n",
        "前言\n┌────┬────┐\n│ 姓名 │ 人数 │\n├────┼────┤\n│ 周景行│ 12 │\n└────┴────┘\n",
        "前言\n┌────┬────┬────┬────┐\n│ 姓名 │ 人数 │ 周景行│ 12 │\n└────┴────┴────┴────┘\n",
        "前言\n+------+----+\n| 姓名 | 人数 |\n+------+----+\n| 周景 | 12 |\n| 行 | |\n+------+----+\n| 甲 | 3 |\n+------+----+",
    ],
)
def test_a_table_drawn_with_signs(text: str) -> None:
    """Read the cells between the bars; the drawing itself is no text."""
    data = text.encode()
    assert sniff(data) == "txt"
    table = read_text(data).blocks[1]
    assert isinstance(table, Grid)
    said = [block.text for cell in table.cells for block in cell.blocks if not isinstance(block, Grid)]
    assert said[:4] == ["姓名", "人数", "周景行", "12"]


def test_two_drawn_tables_without_a_line_between_are_two() -> None:
    """End a table where two rules follow each other."""
    table = "┌──┬──┐\n│ 姓名 │ 甲 │\n│ 人数 │ 1 │\n└──┴──┘\n"
    assert [type(block) for block in read_text((table * 2).encode()).blocks] == [Grid, Grid]


def test_a_page_of_strokes_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at each line of a log a few times at most, though each could be the rule over a table."""
    looked = 0
    is_rule = drawntables._is_rule

    def counted(*lines: str) -> bool:
        nonlocal looked
        looked += 1
        return is_rule(*lines)

    monkeypatch.setattr(drawntables, "_is_rule", counted)
    assert len(read_text(("----------\n" * 300).encode()).blocks) == 300
    assert 300 <= looked < 6 * 300


def test_lines_of_labels_are_no_columns() -> None:
    """Read 日期：…，类型：… line under line as lines, however many there are."""
    lines = "\n".join(f"{n}、日期：2020年7月{n}日，类型：团课，人数：{n}" for n in range(1, 29))
    assert separator(f"台账\n{lines}\n") == ""
