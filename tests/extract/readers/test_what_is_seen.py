"""A Word document with every feature shows the same text when saved as doc, odt or rtf."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import READERS
from extract.model import Document
from extract.readers.word.docx import read_word
from extract.sniff import sniff
from tests.extract.readers.office import FILTERS, convert, shown
from tests.rendering import needs_soffice
from tests.wordfiles import (
    CONTENT_TYPES,
    deleted,
    docx,
    level,
    numbered,
    numbering,
    p,
    part,
    r,
    t,
    tbl,
    tc,
    tr,
    wrapped,
)

SPAN, TOP, UNDER = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HIDDEN, STRUCK = "<w:vanish/>", "<w:strike/>"
WIDTHS = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'


def _symbol(code: str) -> str:
    return r(f'<w:sym w:font="Wingdings" w:char="{code}"/>')


def _in_font(font: str, text: str) -> str:
    return r(t(text), f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>')


def _text_box(text: str) -> str:
    style = "position:absolute;margin-left:10pt;margin-top:10pt;width:200pt;height:60pt"
    content = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return r(
        f'<w:pict><v:shape type="#_x0000_t202" style="{style}"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    )


def _check_box(ticked: bool) -> str:
    begin = (
        '<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="x"/><w:enabled/><w:checkBox><w:sizeAuto/>'
        f'<w:default w:val="{int(ticked)}"/></w:checkBox></w:ffData></w:fldChar>'
    )
    code = r("<w:instrText> FORMCHECKBOX </w:instrText>")
    return r(begin) + code + r('<w:fldChar w:fldCharType="end"/>')


def _cell(text: str, properties: str = "", width: int = 2000) -> str:
    return tc(p(text), properties=f'<w:tcW w:w="{width}" w:type="dxa"/>{properties}')


def _table() -> str:
    inner = tbl(tr(_cell("内甲", width=900), _cell("内乙", width=900)))
    nested = tc(p("外"), inner, p("后"), properties='<w:tcW w:w="2000" w:type="dxa"/>')
    return tbl(
        tr(_cell("宽格", SPAN, 4000), _cell("右格")),
        tr(_cell("高格", TOP), _cell("中一"), _cell("右一")),
        tr(_cell("", UNDER), _cell("中二"), nested),
    ).replace("<w:tr>", WIDTHS + "<w:tr>", 1)


def rich() -> bytes:
    """Return a docx with tracked changes, hidden and struck text, lists, merges, nesting, ticks, a text box and notes."""
    revision = 'w:id="1" w:author="某" w:date="2020-07-28T00:00:00Z"'
    body = (
        p(
            r(t("保留")),
            deleted("删掉的").replace("<w:del>", f"<w:del {revision}>"),
            wrapped("ins", r(t("插入的"))),
        )
        + p(r(t("可见")), r(t("隐藏的字"), HIDDEN), r(t("又可见")), r(t("划去"), STRUCK), r(t("结束")))
        + p("第一条", properties=numbered(1))
        + p("小条", properties=numbered(1, 1))
        + p("第二条", properties=numbered(1))
        + _table()
        + p(_symbol("F0FE"), r(t("是")), _symbol("00A8"), r(t("否")))
        + p(
            _in_font("Wingdings", "þ"),
            r(t("一")),
            _in_font("Wingdings 2", "£"),
            r(t("二")),
            _in_font("Wingdings", "\uf0a8"),
        )
        + p(_check_box(True), r(t("选")), _check_box(False), r(t("不选")))
        + p(r(t("框前")), _text_box("框里的字"))
        + p(r(t("分行") + "<w:br/>" + t("第二行") + "<w:tab/>" + t("制表")))
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" '
        'Target="numbering.xml"/></Relationships>'
    )
    types = CONTENT_TYPES.replace(
        "</Types>",
        '<Override PartName="/word/numbering.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>',
    )
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）")
    lists = numbering({7: levels}, {1: (7, "")})
    parts = {
        "word/numbering.xml": lists,
        "word/_rels/document.xml.rels": relations,
        "[Content_Types].xml": types,
    }
    return docx(body, parts)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the rich document in each format."""
    folder = tmp_path_factory.mktemp("rich")
    source = folder / "全.docx"
    source.write_bytes(rich())
    for suffix in ("doc", "odt", "rtf"):
        convert([source], FILTERS[suffix], folder / suffix)
    return folder


def _read(path: Path) -> Document:
    data = path.read_bytes()
    return READERS[sniff(data)](data)


@needs_soffice
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_every_format_shows_what_the_docx_shows(saved: Path, suffix: str) -> None:
    expected = shown(read_word(rich()))
    found = shown(_read(saved / suffix / f"全.{suffix}"))
    if (
        suffix == "rtf"
    ):  # LibreOffice writes neither the state of a form's boxes nor drawn text boxes into RTF
        expected = [line.replace("☑选□", "选") for line in expected if line != "框里的字"]
    assert found == expected


@needs_soffice
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_hidden_and_deleted_text_is_no_text(saved: Path, suffix: str) -> None:
    document = _read(saved / suffix / f"全.{suffix}")
    assert [(aside.kind, aside.text) for aside in document.asides] == [("隐藏文字", "隐藏的字")]
    assert set(document.notices) == {"tracked", "hidden"}
    assert "删掉的" not in "".join(shown(document))


def test_strict_names_read_like_transitional_ones() -> None:
    plain, strict = "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml"
    document = part("document", "<w:body>" + p("甲") + _table() + "</w:body>")
    renamed = document.replace(plain, f"http://{strict}/wordprocessingml/main")
    assert shown(read_word(docx("", {"word/document.xml": renamed}))) == shown(
        read_word(docx("", {"word/document.xml": document}))
    )
