"""Word in one XML file: flat OPC and Word 2003 XML read as the docx they stand for."""

from __future__ import annotations

import pytest

from extract.readers.word.docx import read_word
from extract.readers.word.flat import read_flat_word
from extract.sniff import sniff
from extract.unreadable import UnreadableError
from tests.extract.readers.office import shown
from tests.wordfiles import docx, p, part, tbl, tr

OLD = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
)
LISTS = (
    '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
)


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _revision(kind: str, content: str) -> str:
    return f'<aml:annotation aml:id="1" w:type="Word.{kind}"><aml:content>{content}</aml:content></aml:annotation>'


def _old(body: str) -> bytes:
    return (
        f'<?xml version="1.0"?><w:wordDocument {OLD}>{LISTS}<w:body>{body}</w:body></w:wordDocument>'.encode()
    )


def test_flat_opc_is_its_package() -> None:
    body = p("甲") + tbl(tr("乙", "丙"))
    pkg = "http://schemas.microsoft.com/office/2006/xmlPackage"
    inner = part("document", f"<w:body>{body}</w:body>")
    data = (
        f'<?xml version="1.0"?><pkg:package xmlns:pkg="{pkg}"><pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
        f"{inner}</pkg:xmlData></pkg:part></pkg:package>"
    ).encode()
    assert sniff(data) == "flatword"
    assert shown(read_flat_word(data)) == shown(read_word(docx(body)))


def test_word_2003_shows_insertions_lists_and_merges() -> None:
    gone = _revision("Deletion", "<w:r><w:delText>删</w:delText></w:r>")
    listed = (
        '<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr></w:pPr>'
        + _run("项")
        + "</w:p>"
    )
    first = f'<w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p>{_run("高")}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr>'
    second = (
        f"<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p>{_run('右')}</w:p></w:tc></w:tr>"
    )
    body = f"<wx:sect><w:p>{_run('留')}{gone}{_revision('Insertion', _run('增'))}</w:p>{listed}"
    body += f"<w:tbl>{first}{second}</w:tbl><w:sectPr><w:hdr><w:p>{_run('页眉')}</w:p></w:hdr></w:sectPr></wx:sect>"
    data = _old(body)
    assert sniff(data) == "flatword"
    document = read_flat_word(data)
    assert shown(document) == [
        "页眉",
        "留增",
        "一、项",
        "表1",
        "0,0 2x1",
        "高",
        "0,1 1x1",
        "",
        "1,1 1x1",
        "右",
    ]
    assert "tracked" in document.notices


def test_a_comment_of_word_2003_stands_aside() -> None:
    document = read_flat_word(
        _old(f"<w:p>{_run('字')}{_revision('Comment', '<w:p>' + _run('批') + '</w:p>')}</w:p>")
    )
    assert shown(document) == ["字"]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("批注", "批")]


def test_other_xml_is_refused() -> None:
    with pytest.raises(UnreadableError, match="不是 Word 文档"):
        read_flat_word(b"<a/>")
