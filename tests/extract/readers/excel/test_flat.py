"""Excel in one XML file, XML Spreadsheet 2003: what a person sees of it, by hand-written files."""

from __future__ import annotations

import pytest

from extract import Document, Grid, Look, Paragraph, UnreadableError
from extract.readers.excel.flat import read_flat_excel
from extract.sniff import misnamed, sniff

HEAD = (
    '<?xml version="1.0" encoding="{coding}"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:html="http://www.w3.org/TR/REC-html40">'
)
STYLES = (
    '<Styles><Style ss:ID="Default"><Font ss:FontName="宋体"/></Style>'
    '<Style ss:ID="gone"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="share"><NumberFormat ss:Format="0.0%"/></Style>'
    '<Style ss:ID="box"><Borders><Border ss:Position="Left" ss:LineStyle="Continuous"/>'
    '<Border ss:Position="Right" ss:LineStyle="Continuous"/></Borders></Style>'
    '<Style ss:ID="sign"><Font ss:FontName="Wingdings"/></Style>'
    '<Style ss:ID="dark"><NumberFormat ss:Format=";;;"/></Style></Styles>'
)


def book(rows: str, options: str = "", coding: str = "utf-8") -> bytes:
    """Return a workbook of one sheet with ``rows`` and the ``options`` after its table."""
    sheet = f'<Worksheet ss:Name="表一"><Table>{rows}</Table>{options}</Worksheet>'
    return f"{HEAD.format(coding=coding)}{STYLES}{sheet}</Workbook>".encode(coding)


def row(*cells: str, more: str = "") -> str:
    return f"<Row{more}>{''.join(cells)}</Row>"


def cell(text: str, kind: str = "String", more: str = "") -> str:
    return f'<Cell{more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def seen(document: Document) -> dict[tuple[int, int], str]:
    """Return what each filled cell of the first sheet shows, by row and column from 0."""
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    pairs = (((each.row, each.column), part) for each in grid.cells for part in each.blocks)
    return {at: part.text for at, part in pairs if isinstance(part, Paragraph) and part.text}


def asides(document: Document) -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in document.asides]


@pytest.mark.parametrize(("text", "kind", "shown"), [
    ("甲&#10;乙", "String", "甲\n乙"), ("甲&#13;乙", "String", "甲\n乙"), ("007", "String", "007"), ("12", "Number", "12"),
    ("0.30000000000000004", "Number", "0.3"), ("1.5E2", "Number", "150"), ("1", "Boolean", "TRUE"),
    ("2020-07-03T00:00:00.000", "DateTime", "2020-07-03"), ("2020-07-03T08:30:00.000", "DateTime", "2020-07-03 08:30"),
    ("1899-12-31T08:30:00.000", "DateTime", "08:30:00"), ("七月", "DateTime", "七月"), ("#REF!", "Error", "#REF!"),
])  # fmt: skip
def test_a_value_is_seen_by_its_type(text: str, kind: str, shown: str) -> None:
    data = book(row(cell(text, kind)))
    assert sniff(data) == "flatexcel"
    assert seen(read_flat_excel(data)) == {(0, 0): shown}


def test_gaps_spans_and_merges_are_counted() -> None:
    data = book(
        row(cell("题", more=' ss:MergeAcross="2"'), cell("右"))
        + row(cell("甲", more=' ss:Index="2" ss:MergeDown="1"'), more=' ss:Index="3"')
        + row(cell("丙"), cell("丁", more=' ss:Index="3"'))
    )
    document = read_flat_excel(data)
    assert seen(document) == {(0, 0): "题", (0, 3): "右", (2, 1): "甲", (3, 0): "丙", (3, 2): "丁"}
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert {(c.row, c.column): (c.row_span, c.column_span) for c in grid.cells if c.row_span * c.column_span > 1} == {
        (0, 0): (1, 3), (2, 1): (2, 1),
    }  # fmt: skip


def test_what_is_hidden_is_no_value_but_told() -> None:
    data = book(
        '<Column/><Column ss:Hidden="1" ss:Span="1"/>'
        + row(cell("见"), cell("藏列"), cell("又藏"), cell("尾"))
        + row(cell("藏行"), more=' ss:Hidden="1"')
        + row(cell("暗", more=' ss:StyleID="dark"'))
    )
    document = read_flat_excel(data)
    assert seen(document) == {(0, 0): "见", (0, 3): "尾"}
    assert asides(document) == [
        ("隐藏列", "藏列"),
        ("隐藏列", "又藏"),
        ("隐藏行", "藏行"),
        ("隐藏文字", "暗"),
    ]
    assert document.notices == ("hidden",)


def test_a_hidden_sheet_is_told() -> None:
    options = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
    document = read_flat_excel(book(row(cell("旧")), options))
    assert not document.blocks
    assert asides(document) == [("隐藏的工作表", "旧")]


def test_comments_headers_and_the_last_author_are_told() -> None:
    note = '<Cell><Data ss:Type="String">甲</Data><Comment ss:Author="某"><ss:Data>批注</ss:Data></Comment></Cell>'
    page = '<PageSetup><Header x:Data="&amp;L&amp;&quot;宋体&quot;单位：某镇团委"/></PageSetup>'
    options = f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{page}</WorksheetOptions>'
    document = read_flat_excel(book(row(note), options))
    assert asides(document) == [("批注", "批注")]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["单位：某镇团委"]


def test_struck_words_signs_shares_and_formulas_without_a_result() -> None:
    html = '留<S>删</S><Font html:Face="Wingdings">þ</Font>m<Sup>2</Sup>'
    rich = f'<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">{html}</ss:Data>'
    data = book(
        row(
            cell("全删", more=' ss:StyleID="gone"'),
            f"<Cell>{rich}</Cell>",
            cell("þ", more=' ss:StyleID="sign"'),
        )
        + row(
            cell("0.125", "Number", more=' ss:StyleID="share"'),
            '<Cell ss:Formula="=1+1"/>',
            '<Cell ss:StyleID="box"/>',
        )
    )
    document = read_flat_excel(data)
    assert seen(document) == {(0, 0): "全删", (0, 1): "留删☑m²", (0, 2): "☑", (1, 0): "12.5%"}
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    marks = {(c.row, c.column): [(m.start, m.end, m.look) for m in p.marks] for c in grid.cells for p in c.blocks
             if isinstance(p, Paragraph) and p.marks}  # fmt: skip
    assert marks == {
        (0, 0): [(0, 2, Look.STRUCK)], (0, 1): [(1, 2, Look.STRUCK)], (1, 1): [(0, 0, Look.FORMULA)],
    }  # fmt: skip
    assert (1, 2) in {(c.row, c.column) for c in grid.cells}


def test_systems_write_it_in_gbk_and_name_it_xls() -> None:
    data = book(row(cell("单位"), cell("某镇团委")), coding="gbk")
    assert sniff(data) == "flatexcel"
    assert seen(read_flat_excel(data)) == {(0, 0): "单位", (0, 1): "某镇团委"}
    assert misnamed("七月.xls", "flatexcel")


@pytest.mark.parametrize(("data", "reason"), [
    (book(row(cell("远"), more=' ss:Index="90000"')), "表一 的 第90000行 离表格太远"),
    (book(row(cell("远", more=' ss:Index="9000"'))), "第1行第9000列 离表格太远"),
    (book(row(cell("高", more=' ss:Index="400"')) + row(cell("低"), more=' ss:Index="19000"')), "表格过大"),
    (book("<Row>")[:-20], "XML 不完整"),
    (b'<?xml version="1.0"?><a xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "不是 Excel 工作簿"),
])  # fmt: skip
def test_what_no_form_has_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_flat_excel(data)


def test_cells_beside_one_that_reaches_down_stand_where_libreoffice_means_them() -> None:
    """Count no column that a cell above covers where the next cell names none, and heed the numbers of Excel."""
    tall = row(cell("走访人数", more=' ss:MergeDown="1"'), cell("团干部"), cell("3", "Number"))
    own = row(cell("团员青年"), cell("12", "Number"), cell("注", more=' ss:Index="4"'))
    excel = row(
        cell("团员青年", more=' ss:Index="2"'), cell("12", "Number"), cell("注", more=' ss:Index="5"')
    )
    told = {(1, 1): "团员青年", (1, 2): "12", (1, 4): "注"}
    for second in (own, excel):
        shown = seen(read_flat_excel(book(tall + second)))
        assert {at: text for at, text in shown.items() if at[0] == 1} == told
