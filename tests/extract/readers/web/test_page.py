"""Web pages: what a browser would show, whatever Word, Excel or a system wrote around it."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import Grid, UnreadableError
from extract.readers.web.archive import read_web_archive
from extract.readers.web.page import read_web_page
from extract.sniff import sniff
from tests.extract.readers.office import shown


def _page(body: str, charset: str = "utf-8") -> bytes:
    return f'<html><head><meta charset="{charset}"><title>题</title></head><body>{body}</body></html>'.encode(
        charset
    )


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>甲<br>乙</p><div>丙</div>丁", ["甲\n乙", "丙", "丁"]),
        ("<p>上\n  下</p><p>up\n  down</p>", ["上下", "up down"]),
        ("<p>可<span style='display: none'>藏</span>见<del>删</del><s>划</s></p>", ["可见删划 <struck 2:4>"]),
        ("<p>A<span style='mso-hide:all'>x</span>B<script>x</script><!-- x --></p>", ["AB"]),
        ("<input type=checkbox checked>是<input type=checkbox>否<input value=填>", ["☑是□否填"]),
        ("<select><option>甲<option selected>乙</select>", ["乙"]),
        ("<ol type=a start=2><li>项<ul><li>子</ul><li>二</ol>", ["b.项", "子", "c.二"]),
        (
            "<p><font face=Wingdings>&#254;</font>是<span style='font-family:Wingdings'>¨</span>否</p>",
            ["☑是□否"],
        ),
        ("<p class=MsoNormal>甲<o:p></o:p></p><p>乙<o:p></o:p></p>", ["甲", "乙"]),
        ("<pre>a  b\nc</pre>", ["a  b\nc"]),
        ("<p>图<img src=x.png></p>", ["图 <picture 1:1>"]),
        ("<p><![if !supportLists]>一、<![endif]>项</p>", ["一、项"]),
    ],
)
def test_a_page_shows(body: str, lines: list[str]) -> None:
    assert shown(read_web_page(_page(body))) == lines


def test_spans_and_nested_tables() -> None:
    inner = "<table><tr><td>内</td></tr></table>"
    table = f"<table><tr><td rowspan=2>高<td colspan=2>宽</tr><tr><td>{inner}<td>右</tr></table>"
    assert shown(read_web_page(_page(table))) == [
        "表1", "0,0 2x1", "高", "0,1 1x2", "宽", "1,1 1x1", "表2", "0,0 1x1", "内", "1,2 1x1", "右",
    ]  # fmt: skip


def test_hidden_rows_and_cells_stand_aside() -> None:
    table = "<table><tr style='display:none'><td>旧</td></tr><tr><td>新<td hidden>藏</tr></table>"
    document = read_web_page(_page(table))
    assert shown(document) == ["表1", "0,0 1x1", "新"]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("隐藏行", "旧"), ("隐藏文字", "藏")]


@pytest.mark.parametrize("data", [
    _page("<p>单位</p>", "gb2312"),
    b"\xef\xbb\xbf" + "<table><tr><td>单位</table>".encode(),
    "<html><p>单位</p></html>".encode("gb18030"),
    "<html><p>单位</p></html>".encode("utf-16"),
])  # fmt: skip
def test_every_encoding_is_found(data: bytes) -> None:
    assert sniff(data) == "html"
    assert shown(read_web_page(data))[-1] == "单位"


def test_a_web_archive_gives_its_page() -> None:
    page = base64.b64encode("<table><tr><td>单位</table>".encode("gbk")).decode()
    data = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        f"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n{page}\r\n--x--\r\n"
    ).encode()
    assert sniff(data) == "mht"
    assert shown(read_web_archive(data)) == ["表1", "0,0 1x1", "单位"]


FRAMES = (
    "<html><xml><x:ExcelWorksheet><x:Name>旧</x:Name><x:Visible>SheetHidden</x:Visible>"
    '<x:WorksheetSource HRef="a.files/sheet002.htm"/></x:ExcelWorksheet></xml>'
    '<frameset><frame src="a.files/sheet001.htm"><frame src="a.files/tabstrip.htm"></frameset></html>'
)


def test_the_sheets_of_a_workbook_that_excel_saved_as_one_page() -> None:
    """Read every sheet but the hidden one, which is put aside, and no tabs."""
    pages = {
        "a.htm": FRAMES,
        "a.files/sheet001.htm": "<table><tr><td>单位</table>",
        "a.files/sheet002.htm": "<table><tr><td>旧的</table>",
        "a.files/sheet003.htm": "<table><tr><td>电话</table>",
        "a.files/tabstrip.htm": "<table><tr><td>Sheet1</table>",
    }
    parts = "".join(
        f"--x\r\nContent-Location: file:///C:/{place}\r\nContent-Type: text/html; charset=gb2312\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(page.encode('gbk')).decode()}\r\n"
        for place, page in pages.items()
    )
    data = (
        f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n{parts}--x--\r\n".encode()
    )
    document = read_web_archive(data)
    assert shown(document) == ["表1", "0,0 1x1", "单位", "表2", "0,0 1x1", "电话"]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("隐藏的工作表", "旧的")]


def test_a_frame_without_its_pages_is_told_as_such() -> None:
    with pytest.raises(UnreadableError, match="外框"):
        read_web_page(FRAMES.encode())


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=5), max_size=7))
def test_cells_stand_where_no_cell_above_reaches(rows: list[list[tuple[int, int]]]) -> None:
    """Place cells by stretches of columns as one would column by column (HTML, forming a table)."""
    page = "".join(
        "<tr>" + "".join(f"<td rowspan={height} colspan={width}>x" for height, width in row) for row in rows
    )
    taken: dict[int, int] = {}
    places = []
    for number, row in enumerate(rows):
        column = 0
        for height, width in row:
            while taken.get(column, 0) > number:
                column += 1
            places.append((number, column))
            taken |= dict.fromkeys(range(column, column + width), number + height)
            column += width
    grids = [
        block for block in read_web_page(_page(f"<table>{page}</table>")).blocks if isinstance(block, Grid)
    ]
    assert [(cell.row, cell.column) for grid in grids for cell in grid.cells] == places


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>37<sup>1</sup></p>", "37¹"),
        ("<p>\x01姓名\x01 甲</p>", "姓名 甲"),
        ('<p>甲<font color="#FFFFFF">乙</font></p>', "甲"),
        ('<p>甲<span style="color: white">乙</span></p>', "甲"),
        ('<p>甲<span style="color:rgb(255, 255, 255)">乙</span></p>', "甲"),
        ('<p>甲<span style="font-size:0">乙</span></p>', "甲"),
        ('<p style="background:#1F4E79">甲<span style="color:#fff">乙</span></p>', "甲乙"),
        ('<p>甲<span style="font-size:0.9em">乙</span></p>', "甲乙"),
    ],
)
def test_what_a_browser_lets_nobody_see(body: str, text: str) -> None:
    """Show no white text on white, and keep raised figures raised."""
    assert [paragraph.text for paragraph in read_web_page(_page(body)).paragraphs()] == [text]
