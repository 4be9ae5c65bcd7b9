"""Drafts laid out: not a character changed, numbers as a reader sees them, every element in its style, nothing lost."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from generate.drafts.layout import laid_out, lay_out
from generate.package import TemplateError, members_of, packed
from tests import wordfiles as word
from tests.generate import seen

DRAFTS = Path(__file__).parent
SHARED = Path(__file__).parents[4] / "shared"
REAL = SHARED / "data" / "real"
UNREADABLE = ("17-", "18-")


def _laid(data: bytes) -> bytes:
    return packed(laid_out(members_of(data), "稿.docx"))


def _styles(source: Path | bytes) -> list[tuple[str, str]]:
    document = docx.Document(io.BytesIO(source) if isinstance(source, bytes) else str(source))
    found: list[Any] = list(document.paragraphs)
    return [(item.style.name, item.text) for item in found if item.text]


@pytest.mark.parametrize("path", sorted(DRAFTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_five_drafts_come_out_with_every_character(path: Path, tmp_path: Path) -> None:
    made = lay_out(path, tmp_path / "公文.docx")
    assert seen.text(made) == seen.bare(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder of the source documents is not beside the checkout"
)
def test_the_source_documents_come_out_with_every_character(tmp_path: Path) -> None:
    paths = sorted((SHARED / "seeds").glob("*.txt"))
    assert len(paths) == 5
    for path in paths:
        made = lay_out(path, tmp_path / f"{path.stem}.docx")
        assert seen.text(made) == seen.bare(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real files is not beside the checkout")
def test_real_documents_keep_every_character(tmp_path: Path) -> None:
    paths = [path for path in sorted(REAL.glob("*.docx")) if not path.name.startswith(UNREADABLE)]
    assert len(paths) >= 15
    for path in paths:
        made = lay_out(path, tmp_path / path.name)
        before, after = seen.text(path), seen.text(made)
        assert sorted(before) == sorted(after), path.name
        if "抄送" not in before:  # 版记 moves to the foot of the last page
            assert before == after, path.name


@pytest.mark.parametrize(
    ("codec", "end"),
    [("utf-8", "\r\n"), ("gb18030", "\r\n"), ("utf-16", "\r\n"), ("utf-8-sig", "\r"), ("utf-8", "\n")],
)
def test_a_text_of_windows_reads_as_its_lines(codec: str, end: str, tmp_path: Path) -> None:
    """Notepad ends lines with CR LF: the CR stood as a sign of its own at every end, and hid the date."""
    path = tmp_path / "稿.txt"
    text = "云川市教育局文件\n云教〔2026〕8号\n关于开展活动的通知\n各学校：\n请照办。\n云川市教育局\n2026年3月9日"
    path.write_bytes(text.replace("\n", end).encode(codec))
    made = lay_out(path, tmp_path / "公文.docx")
    assert seen.text(made) == seen.bare(text)
    assert "成文日期" in [style for style, _ in _styles(made)]


def test_the_date_of_the_imprint_stands_at_the_right_and_copies_wrap_under_the_first(tmp_path: Path) -> None:
    path = tmp_path / "稿.txt"
    path.write_text(
        "关于开展活动的通知\n各学校：\n请照办。\n云川市教育局\n2026年3月9日\n抄送：市委宣传部。\n云川市教育局办公室　　2026年3月10日印发",
        encoding="utf-8",
    )
    made = lay_out(path, tmp_path / "公文.docx")
    boxed = [
        item
        for item in docx.Document(str(made)).element.body.iter(qn("w:p"))
        if item.find(qn("w:pPr")) is not None
    ]
    (copies,) = [item for item in boxed if "".join(item.itertext()).startswith("抄送")]
    (printed,) = [
        item
        for item in boxed
        if "".join(item.itertext()).endswith("印发")
        and item.find(f"{qn('w:pPr')}/{qn('w:tabs')}") is not None
    ]
    assert copies.find(f"{qn('w:pPr')}/{qn('w:ind')}").get(qn("w:hanging")) == "840"
    assert next(printed.iter(qn("w:tab"))).get(qn("w:val")) == "right"


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufeff")
    | st.sampled_from("一二三、（）1.附件：2020年3月9日关于的通知。 \u3000"),
    max_size=60,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT, min_size=1, max_size=12), st.data())
def test_any_text_keeps_its_characters_in_their_order(lines: list[str], data: st.DataObject) -> None:
    if not "".join(lines).strip():
        lines.append("正文")
    styles = data.draw(st.lists(st.sampled_from(["", '<w:jc w:val="center"/>']), min_size=len(lines)))
    body = "".join(word.p(line, properties=style) for line, style in zip(lines, styles, strict=False))
    source = word.docx(body)
    before, after = seen.text(source), seen.text(_laid(source))
    assert sorted(before) == sorted(after)
    if not any(mark in before for mark in ("抄", "主送", "分送", "印发")):
        assert before == after


PARTS = st.recursive(
    st.builds(word.p, TEXT),
    lambda inner: (
        st.builds(
            lambda cells: word.tbl([word.tc(cell) for cell in cells]), st.lists(inner, min_size=1, max_size=3)
        )
        | st.builds(word.sdt, inner)
    ),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=6))
def test_tables_controls_and_nesting_keep_their_characters(parts: list[str]) -> None:
    source = word.docx(word.p("现将有关事项通知如下。") + "".join(parts) + word.p("特此通知"))
    before, after = seen.text(source), seen.text(_laid(source))
    assert sorted(before) == sorted(after)


def test_automatic_numbers_stay_visible_as_a_reader_sees_them() -> None:
    levels = (
        word.level(0, "chineseCountingThousand", "%1、")
        + word.level(1, "chineseCountingThousand", "（%2）")
        + word.level(2, "decimal", "%3.")
    )
    items = [
        (0, "总体要求"),
        (1, "指导思想"),
        (1, "基本原则"),
        (2, "坚持党的领导。"),
        (0, "主要任务"),
        (1, "夯实基础"),
    ]
    body = word.p("关于做好有关工作的通知", properties='<w:jc w:val="center"/>') + "".join(
        word.p(text, properties=word.numbered(1, level)) for level, text in items
    )
    source = word.docx(body, _with_numbering(word.numbering({0: levels}, {1: (0, "")})))
    made = _laid(source)
    assert seen.text(made) == seen.text(source)
    assert _styles(made)[1:] == [
        ("一级标题", "一、总体要求"),
        ("二级标题", "（一）指导思想"),
        ("二级标题", "（二）基本原则"),
        ("三级标题", "1.坚持党的领导。"),
        ("一级标题", "二、主要任务"),
        ("二级标题", "（一）夯实基础"),
    ]
    assert b"<w:numPr>" not in members_of(made)["word/document.xml"]


def test_typed_numbers_stay_typed_whatever_they_are() -> None:
    lines = ["一、总体要求", "三、跳过了二", "(一)半角括号", "1、顿号", "3.2020年建成", "①圈码", "Ⅳ．罗马"]
    made = _laid(word.docx("".join(map(word.p, ["关于报送材料的通知", *lines]))))
    assert [text for _, text in _styles(made)][1:] == lines


def _with_numbering(xml: str) -> dict[str, str | bytes]:
    return {
        "word/numbering.xml": xml,
        "word/_rels/document.xml.rels": _relations(("rId1", "numbering", "numbering.xml")),
    }


def _relations(*items: tuple[str, str, str]) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inner = "".join(
        f'<Relationship Id="{i}" Type="{office}/{kind}" Target="{where}"/>' for i, kind, where in items
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inner}</Relationships>'


def test_footnotes_and_pictures_are_kept(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("关于做好有关工作的通知")
    picture = io.BytesIO()
    Image.new("RGB", (4000, 1000), "blue").save(picture, "PNG")
    picture.seek(0)
    document.add_paragraph("见图。").add_run().add_picture(picture)
    document.save(str(tmp_path / "稿.docx"))
    data = members_of(tmp_path / "稿.docx")
    note = word.p(word.r("<w:footnoteRef/>"), "数据截至二月底。")
    data["word/footnotes.xml"] = word.part("footnotes", f'<w:footnote w:id="2">{note}</w:footnote>').encode()
    reference = (
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    text = data["word/document.xml"].decode()
    place = text.rindex("</w:p>")
    data["word/document.xml"] = (text[:place] + reference + text[place + 6 :]).encode()
    rels = data["word/_rels/document.xml.rels"].decode()
    added = (
        _relations(("rIdNote", "footnotes", "footnotes.xml"))
        .split(">", 1)[1]
        .removesuffix("</Relationships>")
    )
    data["word/_rels/document.xml.rels"] = rels.replace(
        "</Relationships>", added + "</Relationships>"
    ).encode()
    made = packed(laid_out(data, "稿.docx"))
    assert seen.asides(made, "脚注") == ["数据截至二月底。"]
    body: Any = docx.Document(io.BytesIO(made)).element.body
    extent = next(body.iter(qn("wp:extent")))
    assert int(extent.get("cx")) <= 156 * 36000
    assert int(extent.get("cx")) == pytest.approx(4 * int(extent.get("cy")), rel=0.01)
    line = next(item for item in body.iter(qn("w:p")) if next(item.iter(qn("w:drawing")), None) is not None)
    assert line.pPr.spacing.get(qn("w:lineRule")) == "auto", "an exact line would cut the picture off"


def test_markdown_becomes_tables_notes_pictures_and_bold(tmp_path: Path) -> None:
    Image.new("RGB", (40, 30), "red").save(tmp_path / "图.png")
    draft = tmp_path / "稿.md"
    draft.write_text(
        "# 关于做好有关工作的通知\n各单位：\n## 一、要求\n要做到**每周一次**走访[^1]。\n- 甲\n| 单位 | 数 |\n|---|---|\n"
        "| 甲\\|乙 | 3 |\n![](图.png)\n[^1]: 含寒假。\n",
        encoding="utf-8",
    )
    made = lay_out(draft, tmp_path / "公文.docx")
    assert seen.text(made) == "关于做好有关工作的通知各单位：一、要求要做到每周一次走访。●甲单位数甲|乙3"
    assert seen.asides(made, "脚注") == ["含寒假。"]
    assert _styles(made)[:3] == [
        ("公文标题", "关于做好有关工作的通知"),
        ("主送机关", "各单位："),
        ("一级标题", "一、要求"),
    ]
    document: Any = docx.Document(str(made))
    bold = [run.text for item in document.paragraphs for run in item.runs if run.bold]
    assert bold == ["每周一次"]
    assert len(document.inline_shapes) == 1


def test_elements_are_put_in_their_place(tmp_path: Path) -> None:
    draft = tmp_path / "稿.txt"
    draft.write_text(
        "000012\n机密★1年\n特急\n云川市教育局文件\n云教〔2026〕8号　　签发人：林致远\n\n关于召开全市学校共青团工作会议的请示\n\n"
        "市人民政府：\n　　现将有关事项请示如下。\n一、时间。三月九日。\n附件：1.日程\n2.名单\n\n云川市教育局\n2026年3月9日\n"
        "（联系人：周景行）\n附件1\n日程\n上午开会。\n抄送：市委办公室。\n云川市教育局办公室　2026年3月9日印发\n",
        encoding="utf-8",
    )
    made = lay_out(draft, tmp_path / "公文.docx")
    names = [name for name, _ in _styles(made)]
    assert names == [
        *("份号", "密级和紧急程度", "密级和紧急程度", "发文机关标志", "上行文字号", "公文标题", "主送机关"),
        *("公文正文", "公文正文", "附件说明", "附件说明（续）", "署名", "成文日期", "附注"),
        *("附件标签", "公文标题", "公文正文"),
    ]
    document: Any = docx.Document(str(made))
    box = next(document.element.body.iter(qn("w:txbxContent")))
    assert "".join(node.text for node in box.iter(qn("w:t"))).startswith(
        "抄送：市委办公室。云川市教育局办公室"
    )
    run_in = next(item for item in document.paragraphs if item.text.startswith("一、时间。"))
    assert run_in.runs[0].text == "一、时间。"
    assert run_in.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"


def test_direct_formatting_goes_and_what_carries_meaning_stays() -> None:
    loud = (
        '<w:rFonts w:ascii="Arial" w:eastAsia="微软雅黑"/><w:b/><w:color w:val="FF0000"/><w:sz w:val="52"/>'
    )
    body = word.p("关于做好有关工作的通知") + word.p(
        word.r("平方米为m", loud),
        word.r("2", '<w:vertAlign w:val="superscript"/>'),
        word.r("，要", ""),
        "落实。",
    )
    document: Any = docx.Document(io.BytesIO(_laid(word.docx(body))))
    runs = document.paragraphs[-1].runs
    assert [run.text for run in runs] == ["平方米为m", "2", "，要", "落实。"]
    assert runs[0].font.size is None
    assert runs[0].font.color.rgb is None
    assert runs[0].font.bold, "bold for some words is emphasis"
    assert runs[1].font.superscript
    assert all(run._r.rPr.rFonts.get(qn("w:eastAsia")) is None for run in runs)


def test_landscape_sections_keep_their_side(tmp_path: Path) -> None:
    wide = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    tall = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    body = (
        word.p("关于报送统计表的通知")
        + word.p("见附表。", properties=tall)
        + word.tbl(("单位", "数"), ("甲", "3"))
        + word.p("", properties=wide)
        + word.p("完。")
        + tall
    )
    document: Any = docx.Document(io.BytesIO(_laid(word.docx(body))))
    sizes = [(part.page_width.twips, part.page_height.twips) for part in document.sections]
    assert sizes == [(11906, 16838), (16838, 11906), (11906, 16838)]
    margins = document.sections[1]
    assert (margins.left_margin.twips, margins.top_margin.twips) == (1984, 1587), "the 版心 turned left"


def test_a_table_of_300_rows_loses_nothing(tmp_path: Path) -> None:
    rows = [("序号", "单位", "报送内容")] + [(str(n), f"第{n}团支部", f"第{n}项" * 5) for n in range(1, 301)]
    source = word.docx(word.p("关于报送情况的通报") + word.tbl(*rows))
    made = _laid(source)
    assert seen.text(made) == seen.text(source)
    table: Any = docx.Document(io.BytesIO(made)).tables[0]
    assert len(table.rows) == 301
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert table.rows[300]._tr.trPr.find(qn("w:cantSplit")) is not None


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("稿.pages", b"PK", r"稿\.pages 不是能排版的草稿。可用 \.docx、\.md、\.txt"),
        ("稿.docx", b"\xd0\xcf\x11\xe0", r"草稿 稿\.docx 打不开。请确认它是 \.docx 文件"),
        ("稿.txt", b"\n \n", r"草稿 稿\.txt 是空的"),
        ("稿.txt", b"\xff\xfe\x00\xd8", r"稿\.txt 的编码认不出来"),
        ("稿.md", "![](无.png)".encode(), r"找不到草稿里的图片 无\.png"),
    ],
)
def test_what_cannot_be_laid_out_is_answered(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    draft = tmp_path / name
    draft.write_bytes(content)
    with pytest.raises(TemplateError, match=message):
        lay_out(draft, tmp_path / "公文.docx")
    assert not (tmp_path / "公文.docx").exists()


def test_a_damaged_draft_is_answered() -> None:
    members = {"word/document.xml": b"<w:document", "[Content_Types].xml": word.CONTENT_TYPES.encode()}
    with pytest.raises(TemplateError, match=r"稿\.docx 已经损坏，读不出来"):
        laid_out(members, "稿.docx")


def test_the_result_is_a_sound_package_and_laying_it_out_again_changes_no_character(tmp_path: Path) -> None:
    made = lay_out(DRAFTS / "团青连心通知.txt", tmp_path / "一.docx")
    again = lay_out(made, tmp_path / "二.docx")
    assert seen.text(again) == seen.text(made)
    assert _styles(again) == _styles(made)
    for path in (made, again):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            assert len(names) == len(set(names))
            targets = archive.read("word/_rels/document.xml.rels").decode()
            assert all(
                f'Target="{name}"' in targets for name in ("styles.xml", "settings.xml", "footer-odd.xml")
            )


def test_a_table_has_air_and_its_figures_stand_in_the_middle() -> None:
    made = _laid(word.docx(word.p("见表。") + word.tbl(("单位", "数"), ("甲", "12"))))
    table: Any = docx.Document(io.BytesIO(made)).tables[0]
    assert [row.height_rule for row in table.rows] == [WD_ROW_HEIGHT_RULE.AT_LEAST] * 2
    assert all(row.height.mm == pytest.approx(7, abs=0.1) for row in table.rows)
    name, figure = (cell.paragraphs[0].alignment for cell in table.rows[1].cells)
    assert (name, figure) == (None, WD_ALIGN_PARAGRAPH.CENTER)


def _roles(*lines: str, centred: int = 0) -> list[tuple[str, str]]:
    """Lay lines out, the first ``centred`` of them in the middle; return style and text of each."""
    middle = '<w:jc w:val="center"/>'
    body = "".join(word.p(line, properties=middle if n < centred else "") for n, line in enumerate(lines))
    return _styles(_laid(word.docx(body)))


def test_an_organ_above_a_drawn_line_is_the_mark_and_else_part_of_the_title() -> None:
    lines = ("云川市教育局", "关于报送材料的通知", "各学校：", "请按时报送。")
    assert [style for style, _ in _roles(*lines, centred=2)][:3] == ["公文标题", "公文标题", "主送机关"]
    middle = '<w:jc w:val="center"/>'
    line = word.p(word.r("<w:pict/>"))
    head = word.p(lines[0], properties=middle) + line + word.p(lines[1], properties=middle)
    found = _styles(_laid(word.docx(head + "".join(map(word.p, lines[2:])))))
    assert [style for style, _ in found[:3]] == ["发文机关标志", "公文标题", "主送机关"]


def test_a_number_below_the_title_is_a_number() -> None:
    found = _roles("关于报送材料的通知", "云教〔2026〕8号", "各学校：", "请按时报送。", centred=2)
    assert [style for style, _ in found[:3]] == ["公文标题", "令号", "主送机关"]


@pytest.mark.parametrize("above", ["特此通知", "附件：报送材料清单", "请按时报送。"])
def test_a_date_without_name_ends_four_characters_from_the_edge(above: str) -> None:
    source = word.docx(
        "".join(map(word.p, ["关于报送材料的通知", "各学校：", "请按时报送。", above, "2026年3月9日"]))
    )
    document: Any = docx.Document(io.BytesIO(_laid(source)))
    day = document.paragraphs[-1]
    assert (day.style.name, day.text) == ("成文日期", "2026年3月9日")
    assert day.paragraph_format.right_indent.twips == 4 * 320
    assert "署名" not in [item.style.name for item in document.paragraphs]


def test_a_line_of_the_title_that_is_too_long_is_broken_at_words() -> None:
    first, second = "云川市教育局关于印发《云川试验区（含新片区）", "学校设立、迁址、撤销备案管理办法》的通知"
    made = _roles(first, second, "各学校：", "请遵照执行。", centred=2)
    assert [style for style, _ in made[:2]] == ["公文标题", "公文标题"]
    assert "".join(text for _, text in made[:2]).replace("\n", "") == first + second
    assert all(len(line) <= 20 for _, text in made[:2] for line in text.split("\n"))


def test_a_long_numbered_paragraph_is_text_and_no_heading() -> None:
    long = (
        "一、"
        + "为进一步发挥查询工作在明确权利状况、降低交易风险、保护交易安全方面的积极作用，" * 2
        + "各单位应照办。"
    )
    assert _roles("关于报送材料的通知", "各学校：", long)[-1] == ("公文正文", long)
