"""Workbooks that attack by far cells, merges, counts and formulas, and the old formats with broken insides."""

from __future__ import annotations

import io
import re
import struct

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from extract.readers.olefile97 import single
from tests.excelfiles import patched, workbook, xlsx

from .archives import BOMB, BROKEN
from .case import TITLE, Case, part_of, replaced, rows

_SHEET = "xl/worksheets/sheet1.xml"
_FAR = "太远|表格规模|过大"
_OPEN = "打不开|损坏"


def book() -> bytes:
    """Return the good return as a workbook, its texts in the table of shared strings as Excel keeps them."""
    import xlsxwriter

    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = made.add_worksheet("Sheet1")
    for number, row in enumerate([(TITLE,), *rows()]):
        sheet.write_row(number, 0, row)
    made.close()
    return buffer.getvalue()


def _with(old: str, new: str) -> bytes:
    return patched(book(), _SHEET, old, new)


def _merged(reference: str) -> bytes:
    return _with(
        "</sheetData>", f'</sheetData><mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>'
    )


def _more(row: str) -> bytes:
    return _with("</sheetData>", f"{row}</sheetData>")


def _hidden() -> bytes:
    def fill(made: Workbook) -> None:
        sheet = made.worksheets[0]
        assert isinstance(sheet, Worksheet)
        for row in [(TITLE,), *rows()]:
            sheet.append(row)
        old = made.create_sheet("旧表")
        old.append(("姓名", "不该出现"))
        old.sheet_state = "hidden"

    return workbook(fill)


def _claimed(kind: str) -> bytes:
    text = part_of(book(), f"xl/{kind}.xml").decode("utf-8")
    marked = re.sub(
        r'(<sst [^>]*?)count="\d+" uniqueCount="\d+"', r'\1count="4000000000" uniqueCount="4000000000"', text
    )
    marked = marked.replace('<cellXfs count="1"', '<cellXfs count="4000000000"')
    assert marked != text
    return replaced(book(), {f"xl/{kind}.xml": marked.encode()})


def _pass() -> bytes:
    """Return a BIFF stream with a FILEPASS record ([MS-XLS] 2.4.117)."""
    bof = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0x1FAA, 1997, 0, 6)
    return single("Workbook", bof + struct.pack("<HHHHH", 0x2F, 6, 0, 0x1111, 0x2222) + bytes(4000))


def _biff(body: bytes) -> bytes:
    bof = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0x1FAA, 1997, 0, 6)
    return single("Workbook", bof + body + struct.pack("<HH", 0x0A, 0) + bytes(4000))


def _looping() -> bytes:
    """Return a compound file whose table of sectors goes round in a circle."""
    data = bytearray(single("Workbook", bytes(40_000)))
    table = 4096
    for sector in range(2, 10):
        struct.pack_into("<I", data, table + 4 * sector, 2)
    return bytes(data)


def _opendocument(body: str, more: str = "") -> bytes:
    import zipfile

    space = "urn:oasis:names:tc:opendocument:xmlns"
    text = (
        f'<?xml version="1.0"?>{more}<office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>{body}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", text)
    return buffer.getvalue()


def _cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def _ods() -> bytes:
    lines = "".join(
        f"<table:table-row>{_cell(a)}{_cell(b)}</table:table-row>" for a, b in [(TITLE, ""), *rows()]
    )
    return _opendocument(f'<table:table table:name="表">{lines}</table:table>')


CASES = (
    Case("表格/好.xlsx", book),
    Case("表格/好.ods", _ods),
    Case("表格/藏着旧表.xlsx", _hidden, flags=("hidden_text",)),
    Case(
        "表格/天边一格.xlsx",
        lambda: _more('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        flags=("far_cells",),
    ),
    Case("表格/只有天边一格.xlsx", lambda: patched(xlsx([("x",)]), _SHEET, 'r="A1"', 'r="XFD1048576"'), _FAR),
    Case(
        "表格/行号千亿.xlsx",
        lambda: _more('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'),
        "损坏",
    ),
    Case(
        "表格/并到天边.xlsx",
        lambda: _with(
            "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A20:XFD1048576"/></mergeCells>'
        ),
    ),
    Case("表格/百万空行.xlsx", lambda: _more("".join(f'<row r="{n}"/>' for n in range(20, 300_000)))),
    Case(
        "表格/百万行.xlsx",
        lambda: _more("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(20, 400_000))),
        f"{_FAR}|行",
    ),
    Case("表格/谎报字串数.xlsx", lambda: _claimed("sharedStrings"), _OPEN),
    Case("表格/谎报样式数.xlsx", lambda: _claimed("styles"), _OPEN),
    Case("表格/字串炸弹.xlsx", lambda: replaced(book(), {"xl/sharedStrings.xml": b" " * (60 * 2**20)}), BOMB),
    Case(
        "表格/实体.xlsx", lambda: replaced(book(), {_SHEET: b"<!DOCTYPE x>" + part_of(book(), _SHEET)}), "DTD"
    ),
    Case(
        "表格/字串里的实体.xlsx",
        lambda: replaced(
            book(),
            {
                "xl/sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>'
                + part_of(book(), "xl/sharedStrings.xml")
            },
        ),
        "DTD",
    ),
    Case(
        "表格/外部工作簿.xlsx",
        lambda: replaced(book(), {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        flags=("active_content",),
    ),
    Case("表格/宏.xlsm", lambda: replaced(book(), {"xl/vbaProject.bin": b"x"}), flags=("active_content",)),
    Case("表格/合并盖住全表.xlsx", lambda: _merged("A1:B1048576"), "合并单元格过大"),
    Case("表格/合并在旁边.xlsx", lambda: _merged("E1:XFD1048576")),
    Case("表格/半截.xlsx", lambda: book()[:-300], BROKEN),
    Case("表格/没有工作表.xlsx", lambda: replaced(book(), {_SHEET: b""}), f"{_OPEN}|XML"),
    Case("旧格式/加密.xls", _pass, "已加密"),
    Case("旧格式/加密.docx", lambda: single("EncryptedPackage", bytes(9000)), "已加密"),
    Case("旧格式/加密.xlsx", lambda: single("EncryptedPackage", bytes(9000)), "已加密"),
    Case(
        "旧格式/乱.xls",
        lambda: _biff(struct.pack("<HH", 0xFC, 60_000) + b"\xff" * 60_000),
        f"{_OPEN}|没有工作表",
    ),
    Case(
        "旧格式/绕圈且谎报.xls",
        lambda: _looping().replace(struct.pack("<Q", 40_960), struct.pack("<Q", 3 << 29)),
        "损坏",
    ),
    Case("旧格式/绕圈.xls", _looping, f"{_OPEN}|{BROKEN}|旧版"),
    Case(
        "旧格式/空心.doc", lambda: single("WordDocument", b"\xec\xa5\xc1\0" + bytes(8000)), BROKEN + "|损坏"
    ),
    Case(
        "旧格式/加密.doc",
        lambda: single("WordDocument", b"\xec\xa5\xc1\0" + bytes(6) + b"\x00\x03" + bytes(8000)),
        "已加密|损坏",
    ),
    Case("旧格式/只来了头.doc", lambda: single("WordDocument", bytes(8000))[:512] + bytes(9000), BROKEN),
    Case("旧格式/别的.ppt", lambda: single("PowerPoint Document", bytes(8000)), "不是 Word 或 Excel"),
    Case(
        "表格/套行.ods",
        lambda: _opendocument(
            '<table:table table:name="表"><table:table-row table:number-rows-repeated="999999999">'
            + _cell("x", 'table:number-columns-repeated="999999999"')
            + "</table:table-row></table:table>"
        ),
        "表格|过大|太远",
    ),
    Case("表格/实体.ods", lambda: _opendocument("", '<!DOCTYPE x [<!ENTITY a "b">]>'), "DTD"),
)
