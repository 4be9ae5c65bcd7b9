"""What may not be parted by the end of a page, seen in the XML: chains of keepNext, line pitches, the 版记's room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generate.check import check
from generate.notice.document import notice
from generate.notice.finish import imprint_lines
from generate.notice.onepage import lines
from generate.notice.wrapping import wrapped
from generate.package import members_of
from generate.standard import numbers as standard
from generate.word import styles
from generate.word.parts import Package
from generate.word.rendered import Body, line_of, text_of, w
from tests.generate.kinds import COPIES, KINDS, LINE, PLAIN, a_work, make


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("together")
    make(made)
    return made


def _made(folder: Path, text: str, **changes: Any) -> Body:
    (folder / "文.md").write_text(text, encoding="utf-8")
    work = a_work(folder, {"正文": "文.md", **changes})
    return Body(Package(members_of(notice(work.notices[0], work, folder / "一.docx"))))


def _kept(body: Body, item: etree._Element) -> bool:
    known = {style.name: style.keep for style in styles.ALL}
    return (
        known.get(body.style_name(item) or "", False) or item.find(f"{w('pPr')}/{w('keepNext')}") is not None
    )


def test_a_stamp_and_its_date_stay_on_one_page(folder: Path) -> None:
    body = _made(folder, "\n".join([LINE] * 3), **KINDS["命令"])
    item = body.styled(styles.STAMP)[0]
    while body.style_name(item) != styles.DATE.name:
        assert _kept(body, item), text_of(item)
        following = item.getnext()
        assert following is not None
        item = following


def test_attachments_named_below_a_carried_text_bring_text_with_them(folder: Path) -> None:
    """In the notice of 漯河 they stood alone on page seven."""
    carried = {"标题": "联系青年工作制度", "正文": "制度.md"}
    items = [{"标题": "任务分工表", "正文": "附件.md"}, {"标题": "联系点安排表", "正文": "附件.md"}]
    held = {}
    for count in (2, 6):  # half a page, and a page that ends within the names
        (folder / "制度.md").write_text("\n".join([f"{LINE}（见附件1）"] * count), encoding="utf-8")
        body = _made(folder, "现印发给你们。", 种类="印发通知", 随文印发=carried, 附件=items)
        note = body.styled(styles.NOTE)[0]
        blank = note.getprevious()
        text = None if blank is None else blank.getprevious()
        assert blank is not None
        assert text is not None
        assert _kept(body, blank), "the empty line stays with the names"
        assert _kept(body, note), "the first name stays with the second"
        held[count] = _kept(body, text)
    assert held == {2: False, 6: True}


def test_one_paragraph_of_several_organs_is_parted_by_a_wider_pitch(folder: Path) -> None:
    body = _made(folder, LINE[:45] + "。", **KINDS["联合"])
    text = body.styled(styles.BODY)[0]
    assert (line_of(text) or 0) > standard.LINE
    assert not _kept(body, text), "page one must show text (7.3.3)"


@pytest.mark.parametrize(
    "text", ["现予公布，自公布之日起施行。", "现将有关事项通知如下，请认真抓好贯彻落实并报送。"]
)
@pytest.mark.parametrize("title", ["关于做好有关工作的通知", PLAIN["标题"]])
def test_one_line_of_several_sealed_organs_is_parted_by_characters_further_apart(
    folder: Path, text: str, title: str
) -> None:
    """Three seals had stood alone on page two: one line cannot be parted by lines alone (7.3.5.5)."""
    body = _made(folder, text, **KINDS["联合"], 标题=title)
    (item,) = body.styled(styles.BODY)
    (spacing,) = {node.get(w("val")) for node in item.iter(w("spacing")) if node.get(w("val"))}
    advance = standard.CHARACTER - standard.SPACING + int(spacing or 0)
    indent = int((item.find(f"{w('pPr')}/{w('ind')}").get(w("firstLine"))) or 0)
    assert indent == pytest.approx(2 * advance, abs=12)
    first = (standard.TEXT_WIDTH - indent) // advance
    assert len(text) - first in (2, 3), "two or three characters go over"
    wide = line_of(item) or 0
    rows = sum(
        text_of(one).count("\n") + 1 for one in body.styled(styles.TITLE, styles.ADDRESSEES, styles.BODY)
    )
    rows += 5  # empty ones: two above 文号, two above the title, one below it
    fixed = standard.MARK_OFFSET + 3 * 690 + standard.LINE + 2 * 101 + 190
    assert fixed + rows * wide < standard.TEXT_HEIGHT < fixed + (rows + 1) * wide
    (day,) = body.styled(styles.DATE)
    after = [one for one in item.itersiblings() if one in set(day.itersiblings(preceding=True))]
    assert {line_of(one) for one in after} == {None}, "rows of seals come neither closer nor further apart"
    assert check(folder / "一.docx").findings == ()


def test_a_text_too_short_to_be_parted_is_left_as_it_is(folder: Path) -> None:
    body = _made(folder, "现予公布。", **KINDS["联合"])
    (item,) = body.styled(styles.BODY)
    assert (line_of(item), list(item.iter(w("spacing")))) == (None, [])


def test_seals_of_two_rows_keep_their_distance_in_a_closer_pitch(folder: Path) -> None:
    """In closer lines they had touched, and the lower one had reached the page number."""
    long = {"联合": ["云川市精神文明建设指导委员会办公室", "共青团云川市委员会"], "印章": ["章.png"] * 2}
    body = _made(folder, "现将有关事项通知如下。", **KINDS["联合"] | long | {"标题": "关于做好工作的通知"})
    assert standard.LINE > (line_of(body.styled(styles.BODY)[0]) or 0) > 0
    upper, lower = body.styled(styles.SIGNATURE, styles.JOINT_SIGNATURE)
    between = [one for one in upper.itersiblings() if body.style_name(one) == styles.BLANK.name]
    assert [line_of(one) for one in between[:4]] == [None] * 4
    assert lower is between[3].getnext()


def test_a_closer_pitch_leaves_the_rows_above_the_mark_alone(folder: Path) -> None:
    body = _made(folder, (LINE * 3)[:150] + "。", **KINDS["下行文"])
    assert (line_of(body.styled(styles.BODY)[0]) or 0) < standard.LINE
    rows = body.styled(styles.HEAD_ROW, styles.HEAD_ROW_BLACK)
    assert [line_of(item) for item in rows] == [None] * 3
    (space,) = body.styled(styles.MARK_SPACE)
    assert (line_of(space) or 0) + 3 * standard.LINE == standard.MARK_OFFSET


def test_a_letter_counts_the_room_that_its_head_takes(folder: Path) -> None:
    body = _made(folder, (LINE * 6)[:338] + "。", **KINDS["信函"])
    assert (line_of(body.styled(styles.BODY)[0]) or 0) < standard.LINE


def test_lines_are_counted_with_the_marks_that_may_not_begin_or_end_them() -> None:
    assert wrapped("一二三四五", 5, 5) == 1
    assert wrapped("一二三四五，", 5, 5) == 2
    assert wrapped("一二三四，五六七八九，", 5, 5) == 3, "九 goes down with the comma"
    assert wrapped("一二三四（五六七八", 5, 5) == 2
    assert wrapped("（" * 9, 5, 5) == 2, "marks alone still break somewhere"
    assert wrapped("2026", 2, 2) == 1
    assert wrapped("2026", 2, 2, 0.7) == 2
    assert lines(styles.ADDRESSEES, "字" * 28 + "：") == 2


def test_the_box_of_the_imprint_is_never_too_low_for_many_addressees(folder: Path) -> None:
    """LibreOffice hid 印发机关 below a box that was a line too low."""
    many = "，".join(f"第{number}县（区）人民政府办公室" for number in range(1, 20))
    assert imprint_lines(f"主送：{many}。") >= 11
    body = _made(folder, LINE, 主送=many, **COPIES)
    texts = [text_of(item) for item in body.styled(styles.IMPRINT)]
    assert [text[:3] for text in texts] == ["主送：", "抄送：", "共青团"]


def test_a_carried_text_that_is_signed_itself_keeps_its_name_and_date(folder: Path) -> None:
    (folder / "制度.md").write_text("\n".join([LINE] * 3), encoding="utf-8")
    carried = {"标题": "联系青年工作制度", "正文": "制度.md", "落款日期": "2026-03-10"}
    body = _made(
        folder, "现印发给你们。", 种类="印发通知", 随文印发=carried, 用印="印章图片", 印章=["章.png"]
    )
    names, days = body.styled(styles.SIGNATURE), body.styled(styles.DATE)
    assert [text_of(item) for item in days] == ["2026年3月9日", "2026年3月10日"]
    assert len({text_of(item) for item in names}) == 1
    sealed = [next(item.iter(f"{{{_WP}}}anchor"), None) is not None for item in names]
    assert sealed == [True, False], "the seal is that of the notice"
    assert (names[1].find(f"{w('pPr')}/{w('ind')}").get(w("left")) or "0") != "0"


_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
