"""PDF tables as data: rows and labels over page breaks, open sides, a lone last row, text set from edge to edge."""

from __future__ import annotations

import pytest

from extract.readers.draft import Line, joined
from extract.readers.pdf.cut import is_cut
from extract.readers.pdf.lines import Glyph, lines_of
from extract.readers.pdf.margins import running
from extract.readers.pdf.pagebreaks import Grid, Rooms, append
from extract.readers.pdf.paragraphs import paragraphs
from extract.readers.pdf.reader import _footer, _grid, _Page, _widened
from extract.readers.pdf.room import Room
from extract.readers.pdf.rules import Edge, _gathered, _open_sides, _touching

SIZE = 10.0
Cell = tuple[float, float, float, float, str]


def _glyphs(text: str, left: float, top: float, step: float = SIZE) -> list[Glyph]:
    return [
        Glyph(sign, left + number * step, top, left + number * step + SIZE, top + SIZE)
        for number, sign in enumerate(text)
    ]


def _table(*cells: Cell) -> Grid:
    """Return the table of cells (left, top, right, bottom, lines of text), each line set from the left."""
    boxes = [cell[:4] for cell in cells]
    glyphs = [
        glyph
        for left, top, _, _, text in cells
        for number, line in enumerate(text.split("\n"))
        for glyph in _glyphs(line, left + 5, top + 2 + 12 * number)
    ]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return _grid((min(lefts), min(tops), max(rights), max(bottoms)), boxes, glyphs, [])


def _rows(grid: Grid) -> list[list[str]]:
    last = max(slot.row + slot.row_span for slot in grid.table.slots)
    return [
        [joined(slot.items) for slot in sorted(grid.table.slots, key=lambda s: s.column) if slot.row == row]
        for row in range(last)
    ]


def _over_the_page(upper: Grid, lower: Grid) -> list[list[str]]:
    append(upper, lower)
    return _rows(upper)


def test_two_rows_of_a_list_stay_two_though_a_narrow_cell_is_full() -> None:
    """A date fills its cell; names beside it that end before it say that the next page begins another row."""
    upper = _table((0, 0, 60, 20, "二月四日二"), (60, 0, 160, 20, "王念"), (160, 0, 260, 20, "二十"))
    lower = _table((0, 0, 60, 20, "三月五日三"), (60, 0, 160, 20, "李晓"), (160, 0, 260, 20, "三十"))
    assert _over_the_page(upper, lower) == [["二月四日二", "王念", "二十"], ["三月五日三", "李晓", "三十"]]


def test_a_row_whose_first_cell_is_the_longest_is_one_over_the_page() -> None:
    upper = _table((0, 0, 60, 30, "问题一二三\n四五六七八"), (60, 0, 160, 30, "二十"))
    lower = _table((0, 0, 60, 20, "九十"), (60, 0, 160, 20, ""))
    assert _over_the_page(upper, lower) == [["问题一二三四五六七八九十", "二十"]]


@pytest.mark.parametrize("number", ["", "一"])
def test_what_goes_on_alone_at_the_head_of_a_page_is_the_rest_of_its_row(
    number: str,
) -> None:
    """The row was not numbered; one of its own would have a name and a date beside its text."""
    upper = _table(
        (0, 0, 40, 20, number),
        (40, 0, 100, 20, "王念"),
        (100, 0, 160, 20, "打开平台操"),
        (160, 0, 260, 20, "二十"),
    )
    lower = _table(
        (0, 0, 40, 20, ""), (40, 0, 100, 20, ""), (100, 0, 160, 20, "作不熟"), (160, 0, 260, 20, "")
    )
    assert _over_the_page(upper, lower) == [[number, "王念", "打开平台操作不熟", "二十"]]


@pytest.mark.parametrize(("end", "rows"), [("，", 1), ("操", 2)])
def test_a_cell_that_ends_with_a_comma_goes_on_though_one_alone_ended_beside_it(end: str, rows: int) -> None:
    upper = _table((0, 0, 40, 20, ""), (40, 0, 100, 20, f"打开平台{end}"), (100, 0, 160, 20, "二十"))
    lower = _table((0, 0, 40, 20, ""), (40, 0, 100, 20, "作不熟"), (100, 0, 160, 20, ""))
    assert len(_over_the_page(upper, lower)) == rows


def test_several_cells_that_break_off_are_no_chance() -> None:
    """The row has no number; others beside them ended, and a row of its own would fill those as well."""
    columns = [
        (0.0, 40.0, ""),
        (40.0, 100.0, "青年对平台"),
        (100.0, 160.0, "答复第一百"),
        (160.0, 260.0, "王念"),
    ]
    rest = ["", "不熟", "条", ""]
    upper = _table(*((left, 0.0, right, 20.0, text) for left, right, text in columns))
    lower = _table(*((c[0], 0.0, c[1], 20.0, text) for c, text in zip(columns, rest, strict=True)))
    assert _over_the_page(upper, lower) == [["", "青年对平台不熟", "答复第一百条", "王念"]]


def test_what_prose_tells_of_a_column_holds_on_the_next_page() -> None:
    known: Rooms = {}
    texts = ["组织志愿", "者到敬老", "院打扫，", "陪老人聊", "天，服务", "群众。"]
    for number, lines in enumerate((texts, ["青年夜校", "四期"])):
        glyphs = [glyph for n, line in enumerate(lines) for glyph in _glyphs(line, 5, 2 + 12 * n)]
        found = _grid((0, 0, 62, 90), [(0.0, 0.0, 62.0, 90.0)], glyphs, [], known)
        assert joined(found.table.slots[0].items) == "".join((texts, ["青年夜校四期"])[number])


def test_a_label_in_upright_letters_goes_on_over_the_page() -> None:
    """So does an empty cell beside it, below a label merged over both pages; the rows beside them stay two."""
    upper = _table(
        (0, 0, 20, 40, "发\n展"),
        (20, 0, 90, 40, "研究情况"),
        (90, 0, 200, 40, "产值率"),
        (200, 0, 260, 40, "五十八"),
    )
    lower = _table(
        (0, 0, 20, 40, "评\n价"),
        (20, 0, 90, 40, ""),
        (90, 0, 200, 40, "研发费用"),
        (200, 0, 260, 40, "六十二"),
    )
    assert _over_the_page(upper, lower) == [
        ["发展评价", "研究情况", "产值率", "五十八"],
        ["研发费用", "六十二"],
    ]


def test_whole_rows_with_labels_stay_rows_though_an_answer_ends_its_line() -> None:
    upper = _table((0, 0, 80, 30, "组织\n工作亮点"), (80, 0, 240, 30, "一二三四五六七八九十一二三四。"))
    lower = _table((0, 0, 80, 30, "组织\n存在问题"), (80, 0, 240, 30, "甲乙丙"))
    assert len(_over_the_page(upper, lower)) == 2


def test_whole_rows_in_narrow_cells_stay_rows_though_every_answer_ends_its_line() -> None:
    upper = _table((0, 0, 80, 30, "无公害农\n产品"), (80, 0, 140, 30, "甲乙丙丁五"))
    lower = _table((0, 0, 80, 30, "绿色食品"), (80, 0, 140, 30, "戊己庚辛六"))
    assert len(_over_the_page(upper, lower)) == 2


def test_a_cell_that_ends_with_a_comma_goes_on_beside_labels_merged_over_the_rows() -> None:
    """Whatever stands beside it, and in whichever order the cells were found."""
    upper = _table(
        (0, 0, 40, 60, "编号"),
        (40, 0, 150, 20, "处理"),
        (150, 0, 240, 20, "培养"),
        (40, 20, 150, 60, "一二三四五六七八九，"),
        (150, 20, 240, 60, "甲乙"),
    )
    lower = _table((0, 0, 40, 20, ""), (40, 0, 150, 20, "充分混匀"), (150, 0, 240, 20, "丙丁"))
    assert _over_the_page(upper, lower)[1] == ["一二三四五六七八九，充分混匀", "甲乙\n丙丁"]


def test_two_labels_in_upright_letters_that_stand_in_the_middle_of_their_cells_are_two() -> None:
    upper = _table((0, 0, 20, 120, "\n\n\n评\n语"), (20, 0, 90, 120, "甲乙"))
    lower = _table((0, 0, 20, 60, "情\n况"), (20, 0, 90, 30, "丙丁"), (20, 30, 90, 60, "戊己"))
    assert _over_the_page(upper, lower) == [["评语", "甲乙"], ["情况", "丙丁"], ["戊己"]]


def test_a_page_that_opens_with_a_seal_goes_on_with_the_cell_before() -> None:
    upper, lower = _table((0, 0, 200, 20, "主管部门意见")), _table((0, 0, 200, 20, "单位盖章"))
    assert _over_the_page(upper, lower) == [["主管部门意见\n单位盖章"]]


def test_a_box_printed_over_the_letter_behind_it_stands_before_it() -> None:
    (line,) = lines_of([*_glyphs("沙门", 50, 10), Glyph("☑", 50.2, 10, 59, 20)])
    assert "".join(glyph.text for glyph in line.glyphs) == "☑沙门"


def _rule(left: float, top: float, right: float, bottom: float) -> Edge:
    return {
        "x0": left,
        "top": top,
        "x1": right,
        "bottom": bottom,
        "orientation": "h" if top == bottom else "v",
    }


def test_sides_without_a_rule_are_closed() -> None:
    """Two rows and two columns without an outer border: one rule across, one down."""
    across, more, down = _rule(50, 100, 300, 100), _rule(50, 130, 300, 130), _rule(150, 80, 150, 160)
    found = {(e["x0"], e["top"], e["x1"], e["bottom"]) for e in _open_sides([across, more, down])}
    assert found == {(50, 80, 50, 160), (300, 80, 300, 160), (50, 80, 300, 80), (50, 160, 300, 160)}


def test_a_cell_that_goes_on_over_the_page_is_closed_at_its_foot() -> None:
    """Its neighbour ends there and has a rule."""
    sides = [_rule(x, 50, x, 160) for x in (50, 150, 300)]
    rules = [*sides, _rule(50, 50, 300, 50), _rule(50, 160, 150, 160)]
    assert [(e["x0"], e["top"], e["x1"], e["bottom"]) for e in _open_sides(rules)] == [(150, 160, 300, 160)]


def test_a_lone_rule_as_high_as_the_table_is_the_side_of_an_open_column() -> None:
    """A label merged over two pages has neither head nor foot on the second."""
    table = [_rule(120, y, 570, y) for y in (72.4, 220, 380)] + [_rule(x, 72, x, 380) for x in (120, 570)]
    (found,) = _gathered(list(_touching([*table, _rule(60, 72, 60, 380)])))
    sides = [(e["x0"], e["top"], e["x1"], e["bottom"]) for e in _open_sides(found)]
    assert sides == [(60, 72.4, 120, 72.4), (60, 380, 120, 380)]
    assert len(_gathered(list(_touching([*table, _rule(60, 200, 60, 380)])))) == 2


def test_lines_under_words_are_no_table() -> None:
    """Rules that touch no other stay alone and close nothing."""
    groups = list(_touching([_rule(50, 100, 90, 100), _rule(200, 100, 260, 100), _rule(50, 140, 90, 140)]))
    assert [len(group) for group in groups] == [1, 1, 1]
    assert [side for group in groups for side in _open_sides(group)] == []


@pytest.mark.parametrize(("text", "step"), [("姓名学院", 24), ("组织部", 40)])
def test_text_set_from_edge_to_edge_has_no_blanks(text: str, step: float) -> None:
    found = [
        line.text for line, _ in paragraphs(lines_of(_glyphs(text, 6, 0, step)), Room(6, 120), cell=True)
    ]
    assert found == [text]


def test_letters_set_apart_count_when_a_line_is_full() -> None:
    lines = _glyphs("一二三四五六七八", 6, 0, 13) + _glyphs("九十", 6, 14, 13)
    assert [line.text for line, _ in paragraphs(lines_of(lines), Room(6, 119), cell=True)] == [
        "一二三四五六七八九十"
    ]


@pytest.mark.parametrize(
    ("text", "top", "foot"),
    [
        ("第3页", 450.0, True),
        ("- 3 -", 450.0, True),
        ("3/5", 500.0, True),
        ("共3人", 450.0, False),
        ("3", 60.0, False),
    ],
)
def test_a_page_number_is_a_foot_wherever_the_text_ends(text: str, top: float, foot: bool) -> None:
    page = _Page([(Line(text), (250, top, 280, top + 10))], 595, 10, 0, False)
    assert _footer(page, 0) is foot


def test_lines_at_twice_their_height_are_one_answer() -> None:
    """A form set at double spacing leaves more than a character between the lines of a narrow cell."""
    lines = _glyphs("答复第八", 8, 0) + _glyphs("条", 23, 26)
    assert [line.text for line, _ in paragraphs(lines_of(lines), Room(6, 50), cell=True)] == ["答复第八条"]


def test_a_row_goes_on_under_a_header_that_repeats() -> None:
    upper = _table(
        (0, 0, 60, 20, "问题"),
        (60, 0, 160, 20, "建议"),
        (0, 20, 60, 40, "一二三四五"),
        (60, 20, 160, 40, "六"),
    )
    lower = _table(
        (0, 0, 60, 20, "问题"), (60, 0, 160, 20, "建议"), (0, 20, 60, 40, "七八。"), (60, 20, 160, 40, "")
    )
    assert _over_the_page(upper, lower) == [["问题", "建议"], ["一二三四五七八。", "六"]]


def test_rules_as_wide_as_a_table_without_sides_are_rows_of_it() -> None:
    """Rows of one cell touch nothing there; a rule of another width, or beside a table with sides, is another thing."""

    def rule(x0: float, top: float, x1: float, bottom: float) -> Edge:
        return {
            "x0": x0,
            "top": top,
            "x1": x1,
            "bottom": bottom,
            "orientation": "h" if top == bottom else "v",
        }

    table = [rule(0, 0, 100, 0), rule(0, 20, 100, 20), rule(40, 0, 40, 20)]
    row, other, side = [rule(0, 40, 100, 40)], [rule(0, 60, 80, 60)], rule(0, 0, 0, 20)
    assert [len(group) for group in _gathered([[*table], row, other])] == [4, 1]
    assert [len(group) for group in _gathered([[*table, side], row])] == [4, 1]


def test_a_first_cell_that_goes_on_alone_is_the_rest_of_its_row() -> None:
    """Another row would have answers in the other columns too."""
    upper = _table((0, 0, 60, 20, "一二。"), (60, 0, 160, 20, "六"), (160, 0, 260, 20, "七"))
    text = "八九十一二三四五六七八。"
    lines = "\n".join((text[:5], text[5:10], text[10:]))
    lower = _table((0, 0, 60, 40, lines), (60, 0, 160, 40, ""), (160, 0, 260, 40, ""))
    assert _over_the_page(upper, lower) == [[f"一二。\n{text}", "六", "七"]]


def test_a_row_over_three_pages_is_told_by_what_it_shows_last() -> None:
    """The name of the next row was read as the rest of the first one's."""
    first = _table((0, 0, 60, 20, "李念"), (60, 0, 260, 20, "一二三四五六七八九十一二三四五六七八九"))
    append(first, _table((0, 0, 60, 20, ""), (60, 0, 260, 20, "完。")))
    lower = _table((0, 0, 60, 20, "吴念"), (60, 0, 260, 20, "另一件"))
    assert len(_over_the_page(first, lower)) == 2


def test_a_last_line_that_fills_a_low_cell_may_be_cut_off() -> None:
    """Not where it ends a sentence, nor where another line had room."""
    full = "甲乙丙丁戊己庚辛"
    for text, bottom, cut in ((full, 14.0, True), (full[:-1] + "。", 14.0, False), (full, 40.0, False)):
        assert is_cut(lines_of(_glyphs(text, 5, 2)), (0.0, 0.0, 92.0, bottom), 5.0) is cut
    lines = lines_of([*_glyphs("不", 5, 2), *_glyphs("入", 5, 14)])
    assert [is_cut(lines, (0.0, 0.0, 20.0, bottom), 5.0) for bottom in (21.0, 25.0)] == [True, False]


def test_blanks_printed_under_characters_are_none() -> None:
    """Programs underline words by underlined blanks; one between words that stand apart stays."""
    blanks = [Glyph(" ", x, 2, x + 3, 12) for x in (8.0, 31.0)]
    apart = Glyph("乙", 35, 2, 45, 12)
    (line,) = lines_of([*_glyphs("甲丙", 5, 2), *blanks, apart])
    assert "".join(glyph.text for glyph in line.glyphs) == "甲丙 乙"


def test_heads_and_feet_stand_at_one_place_on_several_pages() -> None:
    """A label with its answer is none, nor is a title within the text; the number of a single page is."""
    page = [
        ("年度报表", 30.0, 40.0),
        ("单位：团委", 45.0, 55.0),
        ("报告单", 80.0, 95.0),
        ("第1页", 780.0, 790.0),
    ]
    assert running([(842.0, page)] * 2) == ([{0}, {0}], [{3}, {3}])
    assert running([(842.0, page)]) == ([set()], [{3}])


def test_a_column_of_labels_has_its_answers_beside_it() -> None:
    """Only the labels' cells are coloured or ruled; text beside one of several rows belongs to none."""
    labels = _table((0, 0, 60, 20, "姓名"), (0, 20, 60, 40, "单位"))
    beside = [*_glyphs("陈青禾", 70, 2), *_glyphs("团委", 70, 22)]
    names = [*_glyphs("姓名", 5, 2), *_glyphs("单位", 5, 22)]
    wide = _widened(labels, [labels], [*names, *beside], [])
    assert _rows(wide) == [["姓名", "陈青禾"], ["单位", "团委"]]
    assert wide.by_gaps
    assert _widened(labels, [labels], [*names, *beside[:3]], []) is labels


@pytest.mark.parametrize(("rest", "rows"), [("余下的字。", 1), ("备注：余下", 2)])
def test_a_broad_cell_that_breaks_off_within_a_sentence_goes_on(rest: str, rows: int) -> None:
    """A label of its own at the head of the page begins another row."""
    upper = _table((0, 0, 260, 20, "主要内容：已经打开平台找到了入口大家都说好用而不难会"))
    assert len(_over_the_page(upper, _table((0, 0, 260, 20, rest)))) == rows
