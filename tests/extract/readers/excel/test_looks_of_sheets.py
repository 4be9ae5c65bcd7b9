"""What is crossed out, in per cent or in a font of signs looks the same in xlsx, xls and ods, wholly or in part of a cell."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from extract import READERS
from extract.sniff import sniff
from tests.extract.readers.office import SHEET_FILTERS, convert, shown
from tests.rendering import needs_soffice


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


FORMATS = {"percent": "0.0%", "filled up": "00000000", "month": 'yyyy"年"m"月"'}
PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff"))
    + _chunk(b"IEND", b"")
)
STRUCK, PLAIN = InlineFont(strike=True), InlineFont(rFont="Cambria")
TICKS = InlineFont(rFont="Wingdings 2")
CELLS: dict[str, tuple[object, Font | None, str]] = {
    "part": (CellRichText("甲、", TextBlock(STRUCK, "乙、"), "丙"), None, "甲、乙、丙 <struck 2:4>"),
    "first part": (CellRichText(TextBlock(STRUCK, "旧"), "新"), None, "旧新 <struck 0:1>"),
    "all but a part": (
        CellRichText(TextBlock(STRUCK, "旧的"), TextBlock(PLAIN, "新的")),
        Font(strike=True),
        "旧的新的 <struck 0:2>",
    ),
    "whole": ("旧的问题", Font(strike=True), "旧的问题 <struck 0:4>"),
    "number": (12, Font(strike=True), "12 <struck 0:2>"),
    "date": ("2020年7月1日", None, "2020年7月1日"),
    "tick": ("þ", Font(name="Wingdings"), "☑"),
    "private": ("\uf0fe是\uf0a8否", None, "☑是□否"),
    "ticks": (CellRichText(TextBlock(TICKS, "R"), "是 ", TextBlock(TICKS, "£"), "否"), None, "☑是 □否"),
    "long": (
        CellRichText("长" * 5000, TextBlock(STRUCK, "划" * 5000)),
        None,
        f"{'长' * 5000}{'划' * 5000} <struck 5000:10000>",
    ),
    "percent": (0.925, None, "92.5%"),
    "filled up": (724, None, "00000724"),
    "month": (date(2020, 9, 1), None, "2020年9月"),
    "error": ("#DIV/0!", None, "#DIV/0!"),
    "after all": ("末", None, "末"),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one workbook in each format."""
    folder = tmp_path_factory.mktemp("looks")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, (name, (content, font, _)) in enumerate(CELLS.items(), start=1):
        cell = sheet.cell(row, 1, content)  # type: ignore[arg-type]
        cell.font = font or Font(name="Cambria")
        cell.number_format = FORMATS.get(name, cell.number_format)
    book.save(folder / "表.xlsx")
    for suffix in ("xls", "ods"):
        convert([folder / "表.xlsx"], SHEET_FILTERS[suffix], folder)
    return folder


@needs_soffice
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_looks_are_the_same_in_every_format(saved: Path, suffix: str) -> None:
    data = (saved / f"表.{suffix}").read_bytes()
    cells = [line for line in shown(READERS[sniff(data)](data))[1:] if not line.endswith("1x1")]
    assert cells == [text for *_, text in CELLS.values()]


def _floating(path: Path) -> None:
    """Write a sheet with text boxes over an empty and a filled cell, a picture, and what a format or width hides."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("表")
    sheet.write_column(0, 0, ["甲", "乙", "丙"])
    sheet.write(1, 1, "有字")
    sheet.write(2, 1, "看不见", book.add_format({"num_format": ";;;"}))
    sheet.insert_textbox(0, 1, "框里的答案")
    sheet.insert_textbox(1, 1, "框里的说明")
    sheet.insert_image(2, 2, "点.png", {"image_data": io.BytesIO(PICTURE)})
    sheet.write(2, 2, "图")
    book.close()


@needs_soffice
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_what_floats_over_the_cells(tmp_path: Path, suffix: str) -> None:
    _floating(tmp_path / "表.xlsx")
    if suffix != "xlsx":
        convert([tmp_path / "表.xlsx"], SHEET_FILTERS[suffix], tmp_path)
    data = (tmp_path / f"表.{suffix}").read_bytes()
    document = READERS[sniff(data)](data)
    lines = [line for line in shown(document) if line and not line.endswith("1x1")]
    cells = [line.replace("\n", "|") for line in lines[1:]]
    assert cells == ["甲", "框里的答案", "乙", "有字", "丙", "图 <picture 1:1>", "框里的说明"]
    if suffix != "ods":  # LibreOffice leaves out what the format hides
        assert [(aside.kind, aside.text) for aside in document.asides] == [("隐藏文字", "看不见")]


def test_a_column_or_row_drawn_to_nothing_is_hidden(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "表.xlsx")
    sheet = book.add_worksheet("表")
    sheet.write_row(0, 0, ["看", "零宽"])
    sheet.set_column(1, 1, 0)
    book.close()
    document = READERS["xlsx"]((tmp_path / "表.xlsx").read_bytes())
    assert [(aside.kind, aside.text) for aside in document.asides] == [("隐藏列", "零宽")]


def test_white_on_white_raised_figures_and_what_is_printed_on_each_page() -> None:
    """Show no white text without a ground under it, raised figures as such, and header and footer around the grid."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    white = Font(color="FFFFFFFF")
    for row, (text, font, fill) in enumerate(
        [("甲", None, None), ("乙", white, None), ("丙", white, PatternFill("solid", fgColor="FF1F4E79"))],
        start=1,
    ):
        cell = sheet.cell(row, 1, text)
        cell.font, cell.fill = font or Font(), fill or PatternFill()
    sheet["A4"] = CellRichText("37", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    sheet.oddHeader.center.text, sheet.oddFooter.left.text = "编号7", "第&P页"
    stream = io.BytesIO()
    book.save(stream)
    document = READERS["xlsx"](stream.getvalue())
    assert [paragraph.text for paragraph in document.paragraphs()] == [
        "编号7",
        "甲",
        "",
        "丙",
        "37¹",
        "第 页",
    ]
    assert [aside.text for aside in document.asides] == ["乙"]
