"""The zip package of a document: opened from bytes, read within limits, refused with a reason."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import UnreadableError, limits
from extract.readers.excel.xlsx import read_excel
from extract.readers.package import Package, parse_xml
from extract.readers.word.docx import read_word
from extract.sniff import sniff
from tests.excelfiles import xlsx
from tests.extract.readers.office import shown
from tests.wordfiles import docx, p, packed, tbl

SOUND = docx(p("甲") + tbl(["乙", "丙"]))


def test_parts_are_listed_and_read() -> None:
    """Name the parts and give their bytes."""
    package = Package(packed({"a.xml": "<a/>", "b": b"\x00"}))
    assert package.names == {"a.xml", "b"}
    assert "a.xml" in package
    assert "c" not in package
    assert (package.read("b"), package.xml("a.xml").tag) == (b"\x00", "a")


def test_backslashes_in_the_names_of_members_are_slashes() -> None:
    """Programs on Windows write them; Word and Excel open such files."""

    def turned(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return packed({name.replace("/", "\\"): archive.read(name) for name in archive.namelist()})

    letter, book = turned(docx(p("甲"))), turned(xlsx([["乙", 3]]))
    assert (sniff(letter), sniff(book)) == ("docx", "xlsx")
    assert shown(read_word(letter)) == shown(read_word(docx(p("甲"))))
    assert shown(read_excel(book)) == shown(read_excel(xlsx([["乙", 3]])))


@pytest.mark.parametrize("wrong", ["name", "sum", "size"])
def test_a_part_that_is_not_what_the_directory_says_is_refused(wrong: str) -> None:
    """Its own header names another part, its bytes are others, or they are more: whoever reads on sees another document."""
    text = b"<a>" + b"x" * 90 + b"</a>"
    data = bytearray(packed({"a.xml": text}))
    entry = data.index(b"PK\x01\x02")  # its checksum stands at 16, its size at 24 (APPNOTE 4.3.12)
    if wrong == "name":
        data[data.index(b"a.xml")] = ord("b")
    elif wrong == "sum":
        data[entry + 16] ^= 1
    else:
        data[entry + 24] -= 1
    with pytest.raises(UnreadableError, match="损坏"):
        Package(bytes(data)).read("a.xml")


def test_a_missing_part_is_refused() -> None:
    """Say that the file lacks its text."""
    with pytest.raises(UnreadableError, match="缺少正文"):
        Package(packed({"a": ""})).read("b")


def test_an_archive_of_many_members_is_refused() -> None:
    """Refuse more members than any form has."""
    Package(packed({str(number): "" for number in range(limits.MEMBERS)}))
    with pytest.raises(UnreadableError, match="展开后过大"):
        Package(packed({str(number): "" for number in range(limits.MEMBERS + 1)}))


def test_a_member_that_is_mostly_one_byte_is_refused() -> None:
    """Refuse a member that unpacks to more than a hundred times its size."""
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        Package(packed({"a": b" " * 2**22})).read("a")


def test_a_small_member_may_be_dense() -> None:
    """Let small members be as dense as they like."""
    assert Package(packed({"a": b" " * 2**19})).read("a") == b" " * 2**19


@pytest.mark.parametrize("xml", [b"", b"<a>", b"<a></b>", b"\xff\xfe", b"<a>&b;</a>", b"<a>\x00</a>"])
def test_broken_xml_is_refused(xml: bytes) -> None:
    """Refuse what is not well-formed."""
    with pytest.raises(UnreadableError, match="XML 不完整"):
        parse_xml(xml)


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    ],
)
def test_a_document_type_is_refused(xml: bytes) -> None:
    """Open nothing that declares entities."""
    with pytest.raises(UnreadableError, match="DTD"):
        parse_xml(xml)


def test_comments_and_instructions_are_no_nodes() -> None:
    """Leave comments and processing instructions out."""
    assert [node.tag for node in parse_xml(b"<a><!-- c --><?p i?><b/></a>")] == ["b"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    """Never fail in any other way, whatever byte was changed or wherever the file was cut."""
    damaged = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from((len(damaged), len(damaged) - 1, len(damaged) // 2)))
    with contextlib.suppress(UnreadableError):
        assert read_word(bytes(damaged[:cut])).notices is not None


ATTRIBUTES = (
    '<w:pPr><w:numPr><w:ilvl w:val="{0}"/><w:numId w:val="{0}"/></w:numPr></w:pPr>',
    '<w:r><w:sym w:font="Wingdings" w:char="{0}"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="{0}"/></w:r>',
)


@settings(max_examples=100, deadline=None)
@given(st.text("-0123456789²٣xF.", max_size=6))
def test_senseless_attributes_never_stop_the_reader(value: str) -> None:
    """Read on whatever stands where a number should be."""
    inner = "".join(attribute.format(value) for attribute in ATTRIBUTES)
    table = (
        f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="{value}"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="{value}"/>'
        f"</w:tcPr>{p('乙')}</w:tc></w:tr></w:tbl>"
    )
    body = f"<w:p>{inner}<w:r><w:t>甲</w:t></w:r></w:p>{table}"
    with contextlib.suppress(UnreadableError):  # a span of thousands is refused
        assert [paragraph.text[-1:] for paragraph in read_word(docx(body)).paragraphs()][-1] == "乙"
