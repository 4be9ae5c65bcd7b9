"""Where lines of a PDF break: what no program parts goes on, however short it leaves its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.model import Look
from extract.readers.pdf.lines import Glyph, lines_of
from extract.readers.pdf.paragraphs import paragraphs, wrapped
from extract.readers.pdf.room import Room, page_room

SIZE = 10.0


def _set(texts: list[str], middle: float | None = None, right: float | None = None) -> list[Glyph]:
    """Return lines whose characters are as wide as high and whose letters half as wide, from the left unless told otherwise."""
    glyphs = []
    for number, text in enumerate(texts):
        widths = [SIZE / 2 if sign.isascii() else SIZE for sign in text]
        x = 0.0
        if middle is not None:
            x = middle - sum(widths) / 2
        if right is not None:
            x = right - sum(widths)
        for sign, width in zip(text, widths, strict=True):
            glyphs.append(Glyph(sign, x, 15.0 * number, x + width, 15.0 * number + SIZE))
            x += width
    return glyphs


def _said(texts: list[str], width: float, **where: float) -> list[str]:
    found = paragraphs(lines_of(_set(texts, **where)), Room(0.0, width), cell=True)
    return [line.text for line, _ in found]


@pytest.mark.parametrize(
    ("texts", "width"),
    [
        (["课程有视频剪", "辑、Python入门"], 80),  # the comma holds on to the word behind it
        (["已和3家谈妥岗位26", "个，7月15日前"], 110),
        (["熟，打", "开“智慧团"], 55),  # quotation marks hold on to both sides
        (["打开“智慧团", "建”后找不到"], 75),
    ],
)
def test_a_line_that_leaves_room_for_less_than_what_no_program_parts_goes_on(
    texts: list[str], width: float
) -> None:
    assert _said(texts, width) == ["".join(texts)]


def test_where_a_sentence_ends_only_what_surely_had_no_room_goes_on() -> None:
    """The next line may begin a paragraph: a person is asked."""
    found = list(paragraphs(lines_of(_set(["请各单位照办。", "甲、Python小组"])), Room(0.0, 95), cell=True))
    assert [line.text for line, _ in found] == ["请各单位照办。", "甲、Python小组"]
    assert [mark.look for line, _ in found for mark in line.marks] == [Look.BREAK]


def test_a_word_in_latin_letters_that_breaks_where_it_had_room_is_doubted() -> None:
    found = list(paragraphs(lines_of(_set(["Pytho", "n、数据"])), Room(0.0, 95), cell=True))
    assert [mark.look for line, _ in found for mark in line.marks] == [Look.BREAK]


def test_a_full_line_far_above_the_next_one_may_go_on() -> None:
    """Lines set far apart, or an empty one between two paragraphs: a person is asked."""
    glyphs = _set(["源汇区干河陈街道"]) + [replace(g, top=31.0, bottom=41.0) for g in _set(["团工委"])]
    found = list(paragraphs(lines_of(glyphs), Room(0.0, 81.0), cell=True))
    assert [line.text for line, _ in found] == ["源汇区干河陈街道", "团工委"]
    assert [mark.look for line, _ in found for mark in line.marks] == [Look.BREAK]


def test_a_remark_for_a_signature_goes_on_behind_the_room_that_was_left() -> None:
    """Blanks were typed for the name; another line would begin with a label."""
    for rest, count in (("（签名）", 1), ("签名日期", 2)):
        glyphs = _set(["教研室主任王念", rest])
        blanks = [Glyph(" ", 70.0 + 10 * n, 0.0, 80.0 + 10 * n, SIZE) for n in range(5)]
        assert len(list(paragraphs(lines_of([*glyphs, *blanks]), Room(0.0, 130.0)))) == count


def test_a_line_that_ends_with_a_comma_is_full_a_hair_before_the_edge() -> None:
    assert _said(["微信公众号、", "抖音号"], 71.0) == ["微信公众号、抖音号"]
    assert _said(["微信公众号。", "抖音号"], 71.0) == ["微信公众号。", "抖音号"]


def test_single_signs_in_the_middle_of_a_narrow_cell_are_one_text() -> None:
    texts = ["有短视", "剪", "辑", "、Py1", "入门。"]
    assert _said(texts, 32.0, middle=16.0) == ["".join(texts)]


def test_prose_tells_where_its_column_breaks_though_the_cell_is_broader() -> None:
    """Its right padding is more than its left one; what stands in the same column breaks there too."""
    prose = ["组织志愿", "者到敬老", "院打扫，", "陪老人聊", "天，服务", "群众。"]
    room = wrapped([lines_of(_set(prose)), lines_of(_set(["青年夜校", "四期"]))], Room(0.0, 52.0))
    assert room == Room(0.0, 40.0)
    names = ["陈青", "李晓", "王念", "周知", "吴怀"]
    assert wrapped([lines_of(_set(names))], Room(0.0, 32.0)) == Room(0.0, 32.0)


@pytest.mark.parametrize(
    ("rest", "doubted"), [("出三名，现有四十名。", True), ("各团支部：", False), ("通知", False)]
)
def test_an_answer_behind_its_label_that_breaks_off_near_the_margin_is_doubted(
    rest: str, doubted: bool
) -> None:
    lines = lines_of(_set(["学校名称：今年新发展五名，转", rest]))
    first, *_ = paragraphs(lines, Room(0.0, 170.0))
    assert [mark.look for mark in first[0].marks] == [Look.BREAK] * doubted


def test_nobody_begins_a_paragraph_with_a_comma() -> None:
    """A word too long for its cell is broken anywhere, even before a comma."""
    assert _said(["视频剪", "辑", "、Pytho", "n入门"], 36, middle=18) == ["视频剪辑、Python入门"]


def test_a_word_broken_for_want_of_room_gets_no_blank() -> None:
    assert _said(["Pyth", "on、", "SQL"], 21) == ["Python、SQL"]
    assert _said(["12", ".5", "%"], 11) == ["12.5%"]
    assert _said(["Open", "Source"], 70) == ["Open", "Source"]


def test_text_set_to_the_right_has_the_room_up_to_its_own_edge() -> None:
    """The padding at that side may be wider than the one where other cells begin."""
    texts = ["其中女青", "年，占", "12.5%，", "还有三成", "是学生"]
    assert _said(texts, 62, right=44) == ["".join(texts)]


def test_nobody_ends_a_paragraph_within_brackets() -> None:
    """What is set in from the right leaves every line short; a number of an item closes no bracket."""
    texts = ["三、销售情况（单位的", "名称、电话，限五百", "字）", "甲公司"]
    assert _said(texts, 160) == ["三、销售情况（单位的名称、电话，限五百字）", "甲公司"]
    assert _said(["要求如下（", "1）按时报送"], 160) == ["要求如下（", "1）按时报送"]


def test_a_blank_that_nobody_needed_parts_no_word() -> None:
    """Behind a blank the next word had room: the line broke in a word that is too long for some programs."""
    assert _said(["Pytho", "n、SQL"], 50) == ["Python、SQL"]


def test_letters_of_another_size_and_a_date_alone_begin_anew() -> None:
    """A title as wide as the page, a signature beside which the date had no room."""
    title = [Glyph(sign, 18.0 * n, 0, 18.0 * (n + 1), 18) for n, sign in enumerate("大赛回执单")]
    below = [replace(glyph, top=22.0, bottom=32.0) for glyph in _set(["学校名称：甲校"])]
    found = paragraphs(lines_of([*title, *below]), Room(0.0, 92.0))
    assert [line.text for line, _ in found] == ["大赛回执单", "学校名称：甲校"]
    assert _said(["学生（签名）：陈青禾", "2020-03-03"], 110) == ["学生（签名）：陈青禾", "2020-03-03"]
    assert _said(["任期自2018年9月1日至", "2020-03-03"], 110) == ["任期自2018年9月1日至2020-03-03"]


def test_a_line_begun_with_typed_blanks_begins_at_the_edge() -> None:
    """It is full like any other, though what is seen of it stands far to the right."""
    blanks = [Glyph(" ", 5.0 * n, 0, 5.0 * (n + 1), 10) for n in range(12)]
    signed = [replace(glyph, x0=glyph.x0 + 60, x1=glyph.x1 + 60) for glyph in _set(["报告人：李晓"])]
    rest = [replace(glyph, top=15.0, bottom=25.0) for glyph in _set(["明"])]
    found = paragraphs(lines_of([*blanks, *signed, *rest]), Room(0.0, 125.0), cell=True)
    assert [line.text.strip() for line, _ in found] == ["报告人：李晓明"]


def test_rooms_that_end_at_one_place_are_no_margin() -> None:
    """Underlined rooms of a cover are as long as one another; the title beyond them tells that the page is wider."""
    rooms = [(70.0, 200.0 + 24 * n, 320.0, 212.0 + 24 * n) for n in range(6)]
    assert page_room([(190.0, 140.0, 405.0, 158.0), *rooms], [], 595.0) == Room(70.0, 525.0)
    assert page_room(rooms, [], 595.0).right == 320.0


def test_lines_far_apart_are_one_paragraph_where_all_are_as_far_apart() -> None:
    """Set with room between its lines, as a form's cell sometimes is; a blank line between two texts parts them."""
    apart = [
        replace(g, top=3 * g.top, bottom=3 * g.top + SIZE)
        for g in _set(["甲乙丙丁戊己", "庚辛壬癸子丑", "寅卯"])
    ]
    assert [line.text for line, _ in paragraphs(lines_of(apart), Room(0.0, 62.0), cell=True)] == [
        "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    ]
    assert len(list(paragraphs(lines_of(apart[:12]), Room(0.0, 62.0), cell=True))) == 2


def test_a_blank_that_no_program_printed_is_doubted() -> None:
    """Two words, or one that had no room: the line does not tell."""
    found = list(paragraphs(lines_of(_set(["Open", "Source"])), Room(0.0, 40.0), cell=True))
    assert [(line.text, [m.look for m in line.marks]) for line, _ in found] == [("Open Source", [Look.BREAK])]


def test_lines_with_labels_begin_anew_after_a_sentence() -> None:
    """The answer above fills its line to the end."""
    texts = ["申请人：甲", "产品名称：已办结。", "注册商标：乙", "电话：丙"]
    assert _said(texts, 92) == texts


def test_a_long_line_that_breaks_off_within_a_sentence_is_doubted() -> None:
    """It ends where the others do, short of the room that its cell seems to have."""
    texts = ["已经办结，存在的问题是场地太小人手", "不够，年轻的同志还没有经验所以活动", "不多。"]
    found = list(paragraphs(lines_of(_set(texts)), Room(0.0, 200.0), cell=True))
    assert [mark.look for line, _ in found for mark in line.marks] == [Look.BREAK] * 2
