"""The building blocks of a page: the numbers of the standard in the XML, styles, levels, footers, same bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from docx.oxml.ns import qn

from generate.notice import page
from generate.standard import numbers as standard
from generate.word import styles


@pytest.fixture
def document() -> Document:
    return page.new_document()


def _style(document: Document, name: str) -> Any:
    return document.styles[name].element


def test_paper_margins_and_grid(document: Document) -> None:
    section: Any = document.sections[0]._sectPr
    size, margins, grid = (section.find(qn(name)) for name in ("w:pgSz", "w:pgMar", "w:docGrid"))
    assert (size.get(qn("w:w")), size.get(qn("w:h"))) == ("11906", "16838")
    assert 2041 <= int(margins.get(qn("w:top"))) <= 2155
    assert 1531 <= int(margins.get(qn("w:left"))) <= 1644
    text_width = 11906 - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))
    assert text_width == pytest.approx(156 * 56.69, abs=2)
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_no_theme_font_and_no_other_color_than_red_in_the_styles(document: Document) -> None:
    with zipfile.ZipFile(BytesIO(page.data_of(document))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any("theme" in name.lower() for name in parts)
    assert not any("Theme=" in text for text in parts.values())
    colors = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:color"))}
    assert colors == {standard.RED, "7F7F7F"}, "red for the mark, grey for the tags of templates"


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        (styles.BODY, "仿宋_GB2312", "32"),
        (styles.TITLE, "方正小标宋简体", "44"),
        (styles.LEVEL_1, "黑体", "32"),
        (styles.LEVEL_2, "楷体_GB2312", "32"),
        (styles.LEVEL_3, "仿宋_GB2312", "32"),
        (styles.ATTACHMENT_LABEL, "黑体", "32"),
        (styles.IMPRINT, "仿宋_GB2312", "28"),
        (styles.PAGE_NUMBER, "宋体", "28"),
    ],
)
def test_faces_and_sizes(document: Document, style: styles.Style, face: str, size: str) -> None:
    element = _style(document, style.name)
    assert element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == face
    assert element.find(f".//{qn('w:sz')}").get(qn("w:val")) == size
    assert element.find(f".//{qn('w:b')}") is None, "the standard knows no bold"


def test_title_inherits_no_indent_and_body_begins_two_characters_in(document: Document) -> None:
    indent = _style(document, "公文标题").find(f".//{qn('w:ind')}")
    assert indent.get(qn("w:firstLine")) == "0"
    assert _style(document, "公文正文").find(f".//{qn('w:ind')}").get(qn("w:firstLineChars")) == "200"


def test_a_style_sheet_in_the_order_of_the_schema(document: Document) -> None:
    order = [
        "keepNext",
        "pageBreakBefore",
        "widowControl",
        "pBdr",
        "wordWrap",
        "overflowPunct",
        "autoSpaceDE",
        "autoSpaceDN",
        "snapToGrid",
    ]
    order += ["spacing", "ind", "jc", "outlineLvl"]
    for properties in document.styles.element.iter(qn("w:pPr")):
        places = [order.index(child.tag.rpartition("}")[2]) for child in properties]
        assert all(a < b for a, b in pairwise(places))


def test_run_in_heading_takes_its_face_for_one_sentence(document: Document) -> None:
    added: Any = page.body(document, "（一）加强领导。各单位“要”高度重视——抓好落实……")
    head, rest = added.runs
    assert (head.text, rest.text) == ("（一）加强领导。", "各单位“要”高度重视——抓好落实……")
    assert head._r.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"
    assert rest._r.rPr.rFonts.get(qn("w:eastAsia")) is None
    assert {run._r.rPr.rFonts.get(qn("w:hint")) for run in added.runs} == {"eastAsia"}
    assert added.style.name == "公文正文"


def test_heading_alone_has_its_style(document: Document) -> None:
    heading: Any = page.body(document, "一、主要内容")
    text: Any = page.body(document, "各县区团委：")
    assert (heading.style.name, text.style.name) == ("一级标题", "公文正文")


def test_odd_and_even_footers_carry_the_number(document: Document) -> None:
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    for line, side in ((odd, "right"), (even, "left")):
        assert line._p.pPr.jc.get(qn("w:val")) == side
        assert line._p.pPr.ind.get(qn(f"w:{side}")) == "280"
        assert line._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert "".join(node.text for node in line._p.iter(qn("w:t"))) == "— 1 —"


def test_a_table_repeats_its_header_and_splits_no_row(document: Document) -> None:
    table: Any = page.table(document, [["单位", "应报"], ["临颍县", "6"]], [5000, 3845])
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["单位", "应报"], ["临颍县", "6"]]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        document = page.new_document()
        page.title(document, "关于做好有关工作的通知")
        made.append(page.data_of(document))
    assert made[0] == made[1]
    assert page.save(document, tmp_path / "深" / "通知.docx").read_bytes() == made[0]
