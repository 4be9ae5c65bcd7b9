"""Formatting and layout taken out of a part before it is parsed, and left in wherever that could change what is read."""

from __future__ import annotations

import pytest

from extract import UnreadableError
from extract.readers.word.docx import read_word, trace_word
from extract.readers.word.lean import without_formatting, without_layout
from tests.wordfiles import docx, p, r

_BOLD = "<w:b/><w:sz w:val='24'/>"


def _run(text: str, look: str = "") -> bytes:
    return r(text, look).encode()


def _texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_word(data).paragraphs()]


def test_formatting_is_told_apart_from_text() -> None:
    """Leave the runs with their text, and give each look once."""
    lean, looks = without_formatting(_run("甲", _BOLD) + _run("乙", _BOLD) + _run("丙"))
    assert lean == _run("甲") + _run("乙") + _run("丙")
    assert looks == _BOLD.encode()


@pytest.mark.parametrize(
    "text",
    [
        b"<w:r><w:rPr><w:b/></w:rPX><w:t>x</w:t></w:r><w:r><w:rPr></w:rPr><w:t>y</w:t></w:r>",
        b"<w:r><w:rPr><w:b/></w:rPX><w:t>x</w:t></w:r><w:r><w:rPX></w:rPr><w:t>y</w:t></w:r>",
        b"<w:rPr><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:rPr><w:rPrChange><w:rPr></w:rPr></w:rPrChange></w:rPr>",
        b"<!-- <w:rPr> --><w:rPr></w:rPr>",
    ],
)
def test_what_does_not_follow_as_it_should_stays(text: bytes) -> None:
    """Give a part back as it is when tags are damaged, nested or in a comment: text could go with them."""
    assert without_formatting(text) == (text, b"")


def test_damaged_formatting_is_no_lost_text() -> None:
    """Refuse a document whose formatting does not end where it should, and do not read around the text in it."""
    body = p(r("甲", _BOLD), r("乙", _BOLD))
    broken = body.replace("</w:rPr>", "</w:rPX>", 1)
    assert _texts(docx(body)) == ["甲乙"]
    with pytest.raises(UnreadableError, match="XML 不完整"):
        read_word(docx(broken))


def test_a_sign_of_the_private_area_is_shown_though_nothing_else_needs_formatting() -> None:
    """Show such signs as what they stand for, written as they are or by number."""
    assert _texts(docx(p(r("\uf0fe", _BOLD)))) == ["☑"]
    assert _texts(docx(p(r("<w:t>&#xF0FE;</w:t>", _BOLD)))) == ["☑"]


def test_a_trace_keeps_all_of_the_document() -> None:
    """Keep the formatting where the document is to be written into."""
    trace = trace_word(docx(p(r("甲", _BOLD))))
    assert [node.tag.rpartition("}")[2] for node in trace.root.iter()][-4:] == ["rPr", "b", "sz", "t"]


def test_layout_is_taken_out_and_a_text_made_one() -> None:
    """Leave of a paragraph that Word broke into runs, with proofing and layout, one run with all its text."""
    proofed = "<w:proofErr w:type='gramStart'/>"
    runs = (
        r("姓")
        + proofed
        + "<w:r w:rsidR='00A1'><w:lastRenderedPageBreak/><w:t xml:space='preserve'> 名</w:t></w:r>"
    )
    lean = without_layout(f"<w:p><w:pPr><w:jc w:val='left'/></w:pPr>{runs}</w:p>".encode())
    assert lean == f"<w:p>{r('姓 名')}</w:p>".encode()


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (r("甲") + "<w:r><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙"),
        (r("甲") + "<w:r w:rsidR='00'/><w:t>丙</w:t>" + r("乙"), "甲乙"),
        (r("甲") + f"<w:del>{r('<w:delText>丙</w:delText>')}</w:del>" + r("乙"), "甲乙"),
        ("<w:r><w:t><![CDATA[甲</w:t></w:r><w:r><w:t>乙]]></w:t></w:r>", "甲</w:t></w:r><w:r><w:t>乙"),
        (r("甲") + "<w:proofErr w:type='a/>b'/>" + r("乙"), "甲乙"),
    ],
)
def test_what_stands_between_two_texts_stays(runs: str, text: str) -> None:
    """Join runs only where nothing but their seam lies between, and show what is no tag as it stands."""
    assert _texts(docx(p(runs))) == [text]
