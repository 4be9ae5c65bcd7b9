"""Word and Excel before 2007: real files as LibreOffice shows them, hidden parts, passwords, and other files' refusals."""

from __future__ import annotations

import re
import struct
import sys
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from extract.readers import libreoffice
from extract.readers.excel.xls import read_legacy_excel
from extract.readers.excel.xlsx import read_excel
from extract.readers.olefile97 import Compound, single
from extract.readers.word.doc import read_legacy_word
from extract.sniff import sniff
from extract.unreadable import UnreadableError
from tests.extract.readers.office import SHEET_FILTERS, convert, shown
from tests.rendering import needs_soffice

REAL = Path(__file__).parents[4] / "shared" / "data" / "real"
needs_real = pytest.mark.skipif(
    not REAL.is_dir(), reason="the folder of real files is not beside the checkout"
)


def _letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\s•]", "", text))  # bullets are no text of ours


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of each real Word file as LibreOffice gives it, by file name."""
    folder = tmp_path_factory.mktemp("texts")
    files = [
        path
        for path in sorted(REAL.iterdir())
        if path.suffix in (".doc", ".wps") and "Password" not in path.name
    ]
    found = {}
    for suffix in (".doc", ".wps"):
        chosen = [path for path in files if path.suffix == suffix]
        convert(chosen, "txt:Text (encoded):UTF8", folder / suffix)
        for path in chosen:
            found[path.name] = (folder / suffix / f"{path.stem}.txt").read_text(encoding="utf-8-sig")
    return found


@needs_real
@needs_soffice
def test_real_word_files_keep_every_character(texts: dict[str, str]) -> None:
    assert len(texts) == 13
    for name, text in texts.items():
        data = (REAL / name).read_bytes()
        assert sniff(data) == "doc"
        read = _letters("".join(paragraph.text for paragraph in read_legacy_word(data).paragraphs()))
        assert not _letters(text) - read, name


@needs_real
def test_a_real_form_keeps_its_grid() -> None:
    document = read_legacy_word((REAL / "01-1报名推荐表.doc").read_bytes())
    (grid,) = (block for block in document.blocks if not hasattr(block, "text"))
    labels = ["".join(b.text for b in cell.blocks if hasattr(b, "text")) for cell in grid.cells]
    squeezed = [re.sub(r"\s", "", label) for label in labels]
    assert {"姓名", "性别", "籍贯"} <= set(squeezed)
    name = next(cell for cell, label in zip(grid.cells, squeezed, strict=True) if label == "姓名")
    right = next(c for c in grid.cells if (c.row, c.column) == (name.row, name.column + name.column_span))
    assert right.blocks[0].place.row == name.row + 1


@needs_real
@pytest.mark.parametrize(("name", "reader"), [
    ("16-PasswordProtected.doc", read_legacy_word), ("20-xor-encryption-abc.xls", read_legacy_excel),
])  # fmt: skip
def test_a_password_is_told(name: str, reader: object) -> None:
    assert callable(reader)
    with pytest.raises(UnreadableError, match="已加密"):
        reader((REAL / name).read_bytes())


@needs_real
@pytest.mark.parametrize(("name", "kind"), [
    ("05-test.et", "xls"), ("06-test.wps", "doc"), ("07-test.xls", "xls"), ("17-bug53475-password-is-pass.docx", "encrypted"),
])  # fmt: skip
def test_real_files_are_told_by_content(name: str, kind: str) -> None:
    assert sniff((REAL / name).read_bytes()) == kind


@needs_soffice
def test_a_legacy_workbook_says_what_the_new_one_says(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表一"
    for row in (
        ["标题", None, None],
        ["藏行", 1, 2],
        ["甲", 12, "藏列"],
        ["第一行\n第二行", 0.5, True],
        ["00123", None, "尾"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B3"].comment = Comment("批注文字", "某")
    old = book.create_sheet("旧表")
    old["A1"] = "旧内容"
    old.sheet_state = "hidden"
    book.save(tmp_path / "簿.xlsx")
    convert([tmp_path / "簿.xlsx"], SHEET_FILTERS["xls"], tmp_path / "xls")
    new = read_excel((tmp_path / "簿.xlsx").read_bytes())
    legacy = read_legacy_excel((tmp_path / "xls" / "簿.xls").read_bytes())
    assert shown(legacy) == shown(new)
    assert [(a.kind, a.text, str(a.place)) for a in legacy.asides] == [
        (a.kind, a.text, str(a.place)) for a in new.asides
    ]
    assert set(legacy.notices) == {"hidden", "comments"}


@pytest.mark.parametrize("size", [0, 1, 4096, 5_000_000])
def test_a_stream_comes_back_from_its_compound_file(size: int) -> None:
    stream = bytes(range(256)) * (size // 256) + bytes(size % 256)
    assert Compound(single("Workbook", stream or b"x")).read("Workbook")[: len(stream)] == stream


def test_word_6_without_a_converter_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one old format that only LibreOffice reads."""
    monkeypatch.setattr(libreoffice, "available", lambda: None)
    with pytest.raises(UnreadableError, match="是 Word 6/95 的旧文件，请用 WPS 或 Word 另存为 docx 后重发"):
        read_legacy_word(single("WordDocument", b"\xdc\xa5\x68\0" + bytes(8000)))


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of the shell")
def test_a_converter_that_does_not_end_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice's command starts the program proper: whoever ends only the command leaves it running."""
    command, child = tmp_path / "soffice", tmp_path / "child"
    command.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {child}\nwait\n")
    command.chmod(0o700)
    monkeypatch.setattr(libreoffice, "available", lambda: str(command))
    monkeypatch.setattr(libreoffice, "_SECONDS", 0.5)
    with pytest.raises(libreoffice.Unavailable):
        libreoffice.convert(b"x", ".doc", "docx")
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.parametrize("reader", [read_legacy_word, read_legacy_excel])
def test_another_compound_file_is_refused(reader: object) -> None:
    assert callable(reader)
    with pytest.raises(UnreadableError, match="损坏"):
        reader(single("Contents", b"x" * 5000))


def test_texts_of_excel_95_are_in_its_code_page() -> None:
    """BIFF5 has strings of bytes without a flag before them."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    name, answer = "表".encode("gb18030"), "某镇团委".encode("gb18030")
    begin, end = record(0x0809, struct.pack("<4H", 0x0500, 5, 0, 0)), record(0x000A, b"")
    formula = struct.pack("<3H", 0, 1, 0) + b"\0" * 6 + b"\xff\xff" + bytes(8)
    label = record(0x0204, struct.pack("<4H", 0, 0, 0, len(answer)) + answer)
    sheet = (
        begin
        + label
        + record(0x0006, formula)
        + record(0x0207, struct.pack("<H", len(answer)) + answer)
        + end
    )
    page = record(0x0042, struct.pack("<H", 936))
    bound = record(0x0085, struct.pack("<IH", 0, 0) + bytes((len(name),)) + name)
    place = len(begin) + len(page) + len(bound) + len(end)
    bound = record(0x0085, struct.pack("<IH", place, 0) + bytes((len(name),)) + name)
    document = read_legacy_excel(single("Book", begin + page + bound + end + sheet))
    assert [block.name for block in document.blocks if not hasattr(block, "text")] == ["表"]
    assert "\n".join(shown(document)).count("某镇团委") == 2
