"""PDF: lines that broke because they were full, tables over a page break, crossed-out text, scans and passwords."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.readers.draft import Line, Table, joined
from extract.readers.pdf.columns import blocks
from extract.readers.pdf.lines import Glyph, lines_of
from extract.readers.pdf.paragraphs import paragraphs
from extract.readers.pdf.reader import read_pdf
from extract.readers.pdf.room import PADDING, Room, padding, page_room
from extract.readers.pdf.seen import is_white
from extract.unreadable import UnreadableError
from tests.extract.readers.office import FILTERS, convert, shown
from tests.rendering import needs_soffice
from tests.wordfiles import docx, p, r, t, tbl, tc, tr

PAGE = Room(50, 150)


def _line(text: str, left: float, top: float, size: float = 10) -> list[Glyph]:
    """Return the glyphs of a line of Chinese characters, ``size`` points each."""
    return [Glyph(c, left + n * size, top, left + (n + 1) * size, top + size) for n, c in enumerate(text)]


@pytest.mark.parametrize(("lines", "texts"), [
    (["一二三四五六七八九十", "甲乙"], ["一二三四五六七八九十甲乙"]),  # full: goes on
    (["一二三四", "甲乙"], ["一二三四", "甲乙"]),  # short: ends
    (["一二三四五六七八九", "（甲）乙"], ["一二三四五六七八九（甲）乙"]),
    (["一二三四五六七八九", "甲，乙"], ["一二三四五六七八九甲，乙"]),  # a comma begins no line
    (["一二三四五六七八九十", "\u3000\u3000甲乙"], ["一二三四五六七八九十", "\u3000\u3000甲乙"]),
])  # fmt: skip
def test_a_full_line_goes_on(lines: list[str], texts: list[str]) -> None:
    glyphs = [glyph for n, text in enumerate(lines) for glyph in _line(text, 50, 12 * n)]
    assert [line.text for line, _ in paragraphs(lines_of(glyphs), PAGE)] == texts


def test_an_indented_line_begins_a_paragraph() -> None:
    glyphs = _line("一二三四五六七八", 70, 0) + _line("甲乙丙丁戊己庚辛壬癸", 50, 12) + _line("子丑", 70, 24)
    assert [line.text for line, _ in paragraphs(lines_of(glyphs), PAGE)] == [
        "一二三四五六七八甲乙丙丁戊己庚辛壬癸",
        "子丑",
    ]


@pytest.mark.parametrize(
    ("end", "head", "apart"),
    [
        ("。", "二、", True),
        ("，", "二、", False),
        ("一", "（二）", True),
        ("一", "2.", False),
        ("；", "2.", True),
    ],
)
def test_a_number_begins_a_paragraph(end: str, head: str, apart: bool) -> None:
    glyphs = _line("一二三四五六七八九" + end, 50, 0) + _line(head + "甲乙", 50, 12)
    assert len(list(paragraphs(lines_of(glyphs), PAGE))) == 1 + apart


def test_gaps_are_blanks_only_where_they_are_wide() -> None:
    glyphs = _line("甲", 50, 0) + _line("乙", 64, 0) + _line("丙", 100, 0)
    assert [line.text for line, _ in paragraphs(lines_of(glyphs), Room(50, 350))] == ["甲乙 丙"]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return PDFs by name, made by one call of LibreOffice."""
    folder = tmp_path_factory.mktemp("pdf")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    frame = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="6000"/></w:tblGrid>'

    def table(*rows: str) -> str:
        return tbl(*rows).replace("<w:tblPr/>", frame).replace("<w:tblGrid/>", grid)

    def cell(text: str, width: int) -> str:
        return tc(*(p(line) for line in text.split("\n")), properties=f'<w:tcW w:w="{width}" w:type="dxa"/>')

    long = "\n".join(f"第{number}件事已经办完。" for number in range(60))
    bodies = {
        "长": p("题目") + table(tr(cell("姓名", 2000), cell("沈一", 6000)), tr(cell("情况", 2000), cell(long, 6000))) + p("完"),
        "划": p(r(t("留下")), r(t("划去"), "<w:strike/>"), r(t("也留"))),
        "空": p(""),
    }  # fmt: skip
    for name, body in bodies.items():
        (folder / f"{name}.docx").write_bytes(docx(body))
    convert([folder / f"{name}.docx" for name in bodies], FILTERS["pdf"], folder / "out")
    return {name: (folder / "out" / f"{name}.pdf").read_bytes() for name in bodies}


@needs_soffice
def test_a_cell_goes_on_over_the_page_break(saved: dict[str, bytes]) -> None:
    lines = shown(read_pdf(saved["长"]))
    assert lines[:7] == ["题目", "表1", "0,0 1x1", "姓名", "0,1 1x1", "沈一", "1,0 1x1"]
    assert lines[7:9] == ["情况 <page 2:2>", "1,1 1x1"]
    assert sum("<page" in line for line in lines[9:]) == 1
    said = [line.partition(" <page")[0] for line in lines[9:]]
    assert said == [*(f"第{number}件事已经办完。" for number in range(60)), "完"]


@needs_soffice
def test_crossed_out_text_is_marked(saved: dict[str, bytes]) -> None:
    assert shown(read_pdf(saved["划"])) == ["留下划去也留 <struck 2:4>"]


@needs_soffice
def test_a_page_without_text_is_refused(saved: dict[str, bytes]) -> None:
    with pytest.raises(UnreadableError, match="认不出里面的字"):
        read_pdf(saved["空"])


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"]
)
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_pdf(data)


def _texts(glyphs: list[Glyph], width: float) -> list[str]:
    return [line.text for line, _ in paragraphs(lines_of(glyphs), Room(6, width - 6), cell=True)]


def test_a_narrow_cell_set_to_the_right_keeps_its_answer_in_one_piece() -> None:
    """Both lines end together short of the edge, and the word below had no room before the first."""
    assert _texts(_line("答复第五", 8, 0) + _line("条", 38, 14), 62) == ["答复第五条"]
    assert _texts(_line("王青禾", 68, 0) + _line("李念", 78, 14), 112) == ["王青禾", "李念"]


def test_a_line_as_long_as_other_full_ones_goes_on() -> None:
    lines = _line("一" * 18, 6.6, 0) + _line("二" * 18, 6, 14) + _line("三" * 4, 6, 28)
    assert _texts(lines, 200) == ["一" * 18 + "二" * 18 + "三" * 4]


def test_an_indented_line_that_is_full_goes_on_at_the_edge() -> None:
    """Another line begins as far inside and ends elsewhere: the indent is the left one, not a date at the margin."""
    lines = _line("负责人：王青禾", 124, 0) + _line("念", 6, 14) + _line("盖章", 124, 28)
    assert _texts(lines, 200) == ["负责人：王青禾念", "盖章"]


def test_a_raised_sign_stays_on_its_line() -> None:
    raised = [Glyph("*", 42, -2, 45, 4)]
    assert len(lines_of(raised + _line("指标一", 6, 0))) == 1


def test_a_small_sign_that_hardly_touches_its_line_belongs_to_it() -> None:
    """Its middle stands as high as the head of the line; the same sign farther off is a line of its own."""
    for left, count in ((36, 1), (60, 2)):
        lines = lines_of([*_line("指标一", 6, 5), Glyph("*", left, 0.5, left + 4, 8)])
        assert len(lines) == count


def test_space_before_a_paragraph_parts_it_from_a_full_line() -> None:
    """Lines of one paragraph follow at one step; what follows at a wider one begins anew, full as the line may be."""
    lines = _line("出生年月日地", 6, 0) + _line("籍贯", 6, 14) + _line("一二三四五六", 6, 28)
    assert _texts(lines, 72) == ["出生年月日地籍贯", "一二三四五六"]
    apart = (
        _line("一二三四五六", 6, 0) + _line("七八", 6, 14) + _line("一二三四五六", 6, 28) + _line("岁", 6, 50)
    )
    assert _texts(apart, 72)[-1] == "岁"


def test_one_last_sign_belongs_to_the_line_that_had_almost_room_for_it() -> None:
    assert _texts(_line("答复第十六", 6, 0) + _line("条", 6, 14), 79) == ["答复第十六条"]
    assert _texts(_line("王青禾", 6, 0) + _line("李念", 6, 14), 59) == ["王青禾", "李念"]


def test_a_date_typed_on_two_lines_is_one() -> None:
    lines = _line("填表时间：2020年", 50, 0) + _line("12月8日", 50, 14)
    assert [line.text for line, _ in paragraphs(lines_of(lines), Room(50, 450))] == [
        "填表时间：2020年12月8日"
    ]


def test_a_number_broken_in_a_narrow_cell_is_whole() -> None:
    assert _texts(_line("1", 6, 0, 6) + _line("7", 6, 14, 6), 18) == ["17"]


def _columns(rows: list[list[tuple[float, str]]]) -> list[list[str] | str]:
    glyphs = [g for n, row in enumerate(rows) for left, text in row for g in _line(text, left, 14 * n)]
    found: list[list[str] | str] = []
    for item, _ in blocks(lines_of(glyphs), Room(50, 450)):
        if isinstance(item, Table):
            last = max(slot.row for slot in item.slots)
            found += [[joined(s.items) for s in item.slots if s.row == row] for row in range(last + 1)]
        elif isinstance(item, Line):
            found.append(item.text)
    return found


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        # a table without rules: labels set to the right, answers from the left
        (
            [[(80, "学院"), (108, "信息工程")], [(60, "专业方向"), (108, "自动化")]],
            [["学院", "信息工程"], ["专业方向", "自动化"]],
        ),
        # a long answer goes on in its own column
        (
            [[(50, "抬头"), (400, "一二三四五")], [(400, "六")], [(50, "收货方"), (400, "甲乙")]],
            [["抬头", "一二三四五六"], ["收货方", "甲乙"]],
        ),
        # one line with a gap is a line; numbers before texts are no column
        ([[(50, "填报单位"), (300, "填报日期")]], ["填报单位 填报日期"]),
        (
            [[(50, "一、"), (90, "基本情况")], [(50, "二、"), (90, "主要做法")]],
            ["一、 基本情况", "二、 主要做法"],
        ),
    ],
)
def test_lines_that_leave_the_same_gaps_are_a_table(
    rows: list[list[tuple[float, str]]], told: list[list[str] | str]
) -> None:
    assert _columns(rows) == told


def test_the_edges_of_a_page_and_the_padding_of_cells_are_told_by_their_lines() -> None:
    assert padding(
        [((0, 0, 50, 9), [(5.5, 0, 30, 9)]), ((50, 0, 99, 9), [(55.4, 0, 80, 9)])]
    ) == pytest.approx(5.4)
    assert padding([]) == PADDING
    lines = [(70.0, 0.0, 500.0, 9.0)] * 3 + [(70.0, 0.0, 530.0, 9.0)]
    assert page_room(lines, [], 595) == Room(70, 500)  # three lines end there: the header alone is wider
    assert page_room(lines[:1], [], 595) == Room(70, 525)  # one line tells nothing: margins are alike
    assert page_room(lines[:1], [((64.6, 20, 510.4, 90), 5.4)], 595) == Room(70, 505)


def test_a_small_figure_above_the_line_is_raised() -> None:
    """Keep the mark of a note apart from the number before it, and small figures on the line as they are."""
    mark = replace(_line("1", 20, 0, 5)[0], top=0.0, bottom=5.0)
    small = replace(_line("1", 20, 0, 5)[0], top=5.0, bottom=10.0)
    assert ["".join(g.text for g in line.glyphs) for line in lines_of([*_line("37", 0, 0), mark])] == ["37¹"]
    assert ["".join(g.text for g in line.glyphs) for line in lines_of([*_line("37", 0, 0), small])] == ["371"]
    words = [replace(glyph, top=0.0, bottom=8.0) for glyph in _line("第1条", 0, 0, 8)]  # beside larger words
    beside = [replace(glyph, top=0.5, bottom=10.5) for glyph in _line("抬头", 60, 0)]
    assert "第1条" in "".join(g.text for line in lines_of([*words, *beside]) for g in line.glyphs)


@pytest.mark.parametrize(
    ("colour", "white"),
    [
        ((1,), True),
        ((1, 1, 1), True),
        (1, True),
        ((0, 0, 0, 0), True),
        ((0,), False),
        (None, False),
        ((1, 0, 0), False),
    ],
)
def test_white_in_every_space_of_colours(colour: object, white: bool) -> None:
    """Tell white from other colours, whatever the file counts in."""
    assert is_white(colour) is white
