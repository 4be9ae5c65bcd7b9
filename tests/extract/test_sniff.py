"""What a file is, by its bytes; which names are no returns; what is said to a person."""

from __future__ import annotations

import pytest

from extract.sniff import misnamed, passed_over, refusal, sniff
from tests.excelfiles import xlsx
from tests.wordfiles import docx, p, packed


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(p("甲")), "docx"),
        (xlsx([["甲"]]), "xlsx"),
        (packed({"a.txt": "x"}), "zip"),
        (b"PK\x03\x04 cut", "broken"),
        (b"", "empty"),
        (b"\x00\x00\r\n ", "empty"),
        (b"%PDF-1.4", "pdf"),
        (b"{\\rtf1", "rtf"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"\xef\xbb\xbf<html>", "html"),
    ],
)
def test_kinds(data: bytes, kind: str) -> None:
    """Tell a file by its content alone."""
    assert sniff(data) == kind


@pytest.mark.parametrize(
    "kind",
    ["empty", "broken", "encrypted", "图片", "zip", "rar", "7z", "ole", "pdf", "rtf", "html", "unknown"],
)
def test_refusals_are_sentences_that_any_console_can_show(kind: str) -> None:
    """Say in Chinese what is wrong and what to do, in signs that GBK has."""
    sentence = refusal(kind)
    assert "请" in sentence or "可读的" in sentence
    assert sentence.encode("gbk")


@pytest.mark.parametrize(
    "name",
    [
        "~$报送.docx",
        "a/~$b.docx",
        ".~lock.a.docx#",
        "a.tmp",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "__MACOSX/a.docx",
        "x.zip!__MACOSX/._a.docx",
    ],
)
def test_files_that_were_never_meant_as_returns(name: str) -> None:
    """Pass over lock files, thumbnails and system files."""
    assert passed_over(name)


@pytest.mark.parametrize("name", ["报送.docx", "a/b.xlsx", "x.zip!a.docx", "thumbs.docx", "~报送.docx"])
def test_files_that_are_returns(name: str) -> None:
    """Pass over nothing else."""
    assert not passed_over(name)


@pytest.mark.parametrize(
    ("name", "kind", "wrong"),
    [
        ("a.docx", "docx", False),
        ("a.DOCX", "docx", False),
        ("a.doc", "docx", True),
        ("a.xls", "xlsx", True),
        ("m.zip!a.xlsx", "xlsx", False),
    ],
)
def test_suffixes_that_say_something_else(name: str, kind: str, wrong: bool) -> None:
    """Notice a suffix that does not fit the content."""
    assert misnamed(name, kind) is wrong
