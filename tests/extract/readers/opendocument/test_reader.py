"""OpenDocument: lists, revisions, notes and text boxes of odt; hidden and merged cells of ods."""

from __future__ import annotations

import pytest

from extract.readers.opendocument.reader import read_sheets, read_text_document
from extract.sniff import sniff
from extract.unreadable import UnreadableError
from tests.extract.readers.office import shown
from tests.wordfiles import packed

NS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{prefix}="{NS}{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
STYLES = (
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/>'
    '</style:style><style:style style:name="Old" style:family="table"><style:table-properties table:display="false"/>'
    '</style:style><text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:list-level-style-number text:level="2" '
    'style:num-format="1" style:num-prefix="（" style:num-suffix="）"/></text:list-style>'
)


def _file(kind: str, body: str, manifest: str = "<manifest/>") -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    name = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": name, "content.xml": content, "META-INF/manifest.xml": manifest})


def _p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def _cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{_p(text)}</table:table-cell>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (_p('甲<text:s text:c="2"/>乙<text:tab/>丙<text:line-break/>丁'), ["甲  乙\t丙\n丁"]),
        (_p('可<text:span text:style-name="H">藏</text:span>见<text:span text:style-name="S">划</text:span>'), ["可见划 <struck 2:3>"]),
        (_p("字<draw:frame><draw:text-box>" + _p("框") + "</draw:text-box></draw:frame>"), ["字", "框"]),
        (_p("图<draw:frame><draw:image/></draw:frame>"), ["图 <picture 1:1>"]),
        (_p("<text:ruby><text:ruby-base>漯</text:ruby-base><text:ruby-text>luò</text:ruby-text></text:ruby>河"), ["漯河"]),
    ],
)  # fmt: skip
def test_a_text_shows(body: str, lines: list[str]) -> None:
    data = _file("text", body)
    assert sniff(data) == "odt"
    assert shown(read_text_document(data)) == lines


def test_a_table_in_a_shape_in_the_namespace_of_libreoffice() -> None:
    space = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    cells = "".join(f"<loext:table-cell>{_p(text)}</loext:table-cell>" for text in ("甲", "乙"))
    table = f"<loext:table {space}><loext:table-row>{cells}</loext:table-row></loext:table>"
    data = _file("text", _p(f"<draw:custom-shape>{_p('题')}{table}</draw:custom-shape>"))
    assert shown(read_text_document(data)) == ["", "题", "表1", "0,0 1x1", "甲", "0,1 1x1", "乙"]


def test_lists_count_by_level_and_go_on() -> None:
    def item(*blocks: str) -> str:
        return "<text:list-item>" + "".join(blocks) + "</text:list-item>"

    inner = "<text:list>" + item(_p("子")) + item(_p("丑")) + "</text:list>"
    body = '<text:list text:style-name="L">' + item(_p("甲"), inner) + "</text:list>" + _p("间")
    body += '<text:list text:style-name="L" text:continue-numbering="true">' + item(_p("乙")) + "</text:list>"
    assert shown(read_text_document(_file("text", body))) == ["一、甲", "（1）子", "（2）丑", "间", "二、乙"]


def test_revisions_and_comments_are_no_text() -> None:
    gone = "<text:tracked-changes><text:changed-region><text:deletion>" + _p("删") + "</text:deletion>"
    body = gone + "</text:changed-region></text:tracked-changes>"
    body += _p("留<office:annotation>" + _p("批") + "</office:annotation>")
    document = read_text_document(_file("text", body))
    assert shown(document) == ["留"]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("批注", "批")]
    assert set(document.notices) == {"tracked", "comments"}


def test_deleted_text_that_stands_in_place_is_no_text() -> None:
    """Drop what LibreOffice leaves between the marks of a deletion, over paragraphs too; an insertion stays."""
    region = '<text:changed-region text:id="{}"><text:{}/></text:changed-region>'
    table = f"<text:tracked-changes>{region.format('d', 'deletion')}{region.format('i', 'insertion')}"
    table += region.format("open", "deletion") + "</text:tracked-changes>"
    start, end = '<text:change-start text:change-id="{0}"/>', '<text:change-end text:change-id="{0}"/>'
    words = _p("留" + start.format("d") + "删") + _p(
        "去" + end.format("d") + start.format("i") + "增" + end.format("i")
    )
    document = read_text_document(_file("text", table + words + _p(start.format("open") + "在")))
    assert shown(document) == ["留", "增", "在"]


def test_sheets_keep_spans_and_put_hidden_parts_aside() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    row = "<table:table-row>" + _cell("甲") + _cell("藏列") + "</table:table-row>"
    hidden = '<table:table-row table:visibility="collapse">' + _cell("藏行") + "</table:table-row>"
    span = "<table:table-row>" + _cell("高", 'table:number-rows-spanned="2"') + "</table:table-row>"
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    body = f'<table:table table:name="表">{columns}{row}{hidden}{span}{empty}</table:table>'
    body += '<table:table table:name="旧" table:style-name="Old">' + row + "</table:table>"
    data = _file("spreadsheet", body)
    assert sniff(data) == "ods"
    document = read_sheets(data)
    assert shown(document) == ["表", "0,0 1x1", "甲", "2,0 2x1", "高"]
    assert [(a.kind, a.text, str(a.place)) for a in document.asides] == [
        ("隐藏列", "藏列", "表 第1行第2列"),
        ("隐藏行", "藏行", "表 第2行第1列"),
        ("隐藏的工作表", "甲\n藏列", "旧"),
    ]


def test_hidden_rows_of_a_text_document_stand_aside() -> None:
    """Keep what stands in a hidden row of a table, out of sight."""
    row = "<table:table-row>" + _cell("甲") + "</table:table-row>"
    hidden = '<table:table-row table:visibility="collapse">' + _cell("藏") + "</table:table-row>"
    document = read_text_document(_file("text", f"<table:table>{row}{hidden}</table:table>"))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["甲"]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("隐藏文字", "藏")]


def test_an_encrypted_file_is_refused() -> None:
    with pytest.raises(UnreadableError, match="已加密"):
        read_text_document(_file("text", "", manifest="<manifest><encryption-data/></manifest>"))


def test_native_numbering_is_that_of_the_language() -> None:
    """Show the numbers that LibreOffice calls native as it does in a Chinese text: （一）."""
    native = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-prefix="（" '
        'style:num-suffix="）" style:num-format="Native Numbering"/></text:list-style>'
    )
    items = (
        '<text:list text:style-name="N">'
        + 2 * f"<text:list-item>{_p('项')}</text:list-item>"
        + "</text:list>"
    )
    content = f"<office:document-content {SPACES}><office:automatic-styles>{native}</office:automatic-styles>"
    content += f"<office:body><office:text>{items}</office:text></office:body></office:document-content>"
    data = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    assert shown(read_text_document(data)) == ["（一）项", "（二）项"]
