"""OpenDocument in one XML file is the odt or ods that it stands for."""

from __future__ import annotations

import pytest

from extract.readers.opendocument.flat import read_flat_sheets, read_flat_text
from extract.readers.opendocument.reader import read_sheets, read_text_document
from extract.sniff import misnamed, sniff
from extract.unreadable import UnreadableError
from tests.extract.readers.office import shown
from tests.extract.readers.opendocument.test_reader import SPACES, STYLES, _cell, _file, _p


def flat(kind: str, body: str) -> bytes:
    """Return a flat document with the styles of the other tests."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {SPACES} '
        f'office:mimetype="application/vnd.oasis.opendocument.{kind}"><office:automatic-styles>{STYLES}'
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()


def test_a_flat_text_shows_what_its_package_shows_and_no_bytes_of_pictures() -> None:
    words = _p('可<text:span text:style-name="H">藏</text:span>见')
    data = flat(
        "text",
        words
        + _p(
            "图<draw:frame><draw:image><office:binary-data>QUJD</office:binary-data></draw:image></draw:frame>"
        ),
    )
    assert sniff(data) == "flatodt"
    assert shown(read_flat_text(data)) == shown(
        read_text_document(_file("text", words + _p("图<draw:frame><draw:image/></draw:frame>")))
    )
    assert not misnamed("七月.fodt", "flatodt")


def test_a_flat_sheet_shows_what_its_package_shows() -> None:
    table = f'<table:table table:name="表"><table:table-row>{_cell("甲")}{_cell("3")}</table:table-row></table:table>'
    data = flat("spreadsheet", table)
    assert sniff(data) == "flatods"
    assert shown(read_flat_sheets(data)) == shown(read_sheets(_file("spreadsheet", table)))


def test_another_xml_file_is_no_flat_document() -> None:
    with pytest.raises(UnreadableError, match="不是 OpenDocument"):
        read_flat_text(b"<x/>")
