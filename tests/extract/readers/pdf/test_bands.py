"""Tables ruled across only: what stands between two rules is a row; columns part where no text stands."""

from __future__ import annotations

from collections.abc import Sequence

from extract.readers.pdf.bands import Columns, banded
from extract.readers.pdf.lines import Glyph, lines_of

SIZE = 10.0
Text = tuple[float, float, str]  # left and top of a line, and what it says


def _glyphs(*texts: Text) -> list[Glyph]:
    return [
        Glyph(sign, left + number * SIZE, top, left + (number + 1) * SIZE, top + SIZE)
        for left, top, text in texts
        for number, sign in enumerate(text)
    ]


def _across(*tops: float) -> list[dict[str, object]]:
    return [{"orientation": "h", "x0": 50, "x1": 350, "top": top, "bottom": top} for top in tops]


def _read(tops: tuple[float, ...], texts: Sequence[Text], known: Columns | None = None) -> list[list[str]]:
    """Return the texts of the cells by row, the lines of a cell joined."""
    glyphs = _glyphs(*texts)
    (cells,) = banded(_across(*tops), glyphs, {} if known is None else known)
    rows: dict[float, list[str]] = {}
    for x0, top, x1, bottom in cells:
        inside = [g for g in glyphs if x0 < g.x0 + 1 < x1 and top < g.top + 1 < bottom]
        said = "/".join("".join(g.text for g in line.glyphs) for line in lines_of(inside))
        rows.setdefault(top, []).append(said)
    return [rows[top] for top in sorted(rows)]


def test_labels_and_answers_part_at_gaps_and_a_long_answer_is_merged_over_them() -> None:
    texts = [
        (60, 4, "单位"),
        (130, 4, "团委"),
        (220, 4, "姓名"),
        (290, 4, "陈青禾"),
        (60, 44, "做法"),
        (130, 34, "一二三四五六七八九十甲乙丙丁戊己"),
        (130, 46, "其二"),
    ]
    assert _read((0, 30, 60), texts) == [
        ["单位", "团委", "姓名", "陈青禾"],
        ["做法", "一二三四五六七八九十甲乙丙丁戊己/其二"],
    ]


def test_an_empty_cell_is_told_by_the_rows_that_fill_it() -> None:
    texts = [
        *((60, 4, "姓名"), (130, 4, "职务"), (220, 4, "电话")),
        *((60, 34, "陈念"), (220, 34, "一三八")),
        *((60, 64, "李晓"), (130, 64, "书记"), (220, 64, "一三九")),
        *((60, 94, "王怀"), (130, 94, "委员")),
    ]
    assert _read((0, 30, 60, 90, 120), texts)[1:] == [
        ["陈念", "", "一三八"],
        ["李晓", "书记", "一三九"],
        ["王怀", "委员", ""],
    ]


def test_letters_of_a_label_set_apart_stay_one_cell() -> None:
    texts = [(60, 4, "姓"), (80, 4, "名"), (130, 4, "陈念"), (60, 34, "联系电话"), (130, 34, "一三八")]
    assert _read((0, 30, 60), texts) == [["姓名", "陈念"], ["联系电话", "一三八"]]


def test_a_header_over_lines_without_rules_has_a_row_for_each_line() -> None:
    texts = [
        (left, top, text)
        for top, texts in (
            (4, ("项目", "数量", "经费")),
            (34, ("讲座", "三", "五百")),
            (46, ("竞赛", "二", "八百")),
        )
        for left, text in zip((60, 150, 240), texts, strict=True)
    ]
    assert _read((0, 30, 60), texts) == [
        ["项目", "数量", "经费"],
        ["讲座", "三", "五百"],
        ["竞赛", "二", "八百"],
    ]


def test_columns_go_on_to_the_next_page_where_less_tells_them() -> None:
    known: Columns = {}
    _read((0, 30, 60), [(60, 4, "姓名"), (130, 4, "做法"), (60, 34, "陈念"), (130, 34, "一二")], known)
    assert _read((0, 30), [(130, 4, "三四五"), (130, 16, "六七")], known) == [["", "三四五/六七"]]


def test_lines_under_words_and_rules_with_others_down_are_no_such_table() -> None:
    glyphs = _glyphs((60, 4, "填报单位"), (130, 4, "团委"))
    down = {"orientation": "v", "x0": 120, "x1": 120, "top": 0, "bottom": 60}
    assert list(banded(_across(20), glyphs, {})) == []
    assert list(banded([*_across(0, 30, 60), down], glyphs, {})) == []
