"""Files that hold far too much of one small thing, say one thing twice, or go round in a circle.

Each is as small as shows it: what a parser takes minutes for must be refused by counting, before it is parsed.
"""

from __future__ import annotations

import gzip
import io
import struct
import warnings
import zipfile
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from samples.making.compound import compound
from tests.wordfiles import p, part, r, t

from .archives import BROKEN
from .case import Case, good, part_of, plain_docx, replaced, zipped
from .excel import book
from .texts import _csv, _mail, _page, _page_with, _pages, _rtf
from .word import DTD

_MAIN, _STYLES = "word/document.xml", "word/styles.xml"
_SHEET, _BOOK, _FORMATS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
_CROWD, _LONG = "内容过多", "过长"
_ATTACHED, _NOBODY = "__attach_version1.0_#", 0xFFFFFFFF
_BAIT = '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd">%p;]>'
_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"


def _stored(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the package ``data`` with ``parts`` replaced, nothing of it packed: no ratio gives it away."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return zipped({name: old.read(name) for name in old.namelist()} | parts, zipfile.ZIP_STORED)


def _document(more: str) -> bytes:
    text = part_of(plain_docx(), _MAIN).decode().replace("</w:body>", f"{more}</w:body>")
    return _stored(plain_docx(), {_MAIN: text.encode()})


def _sheet(more: str, name: str = _SHEET, before: str = "</sheetData>") -> bytes:
    text = part_of(book(), name).decode().replace(before, more + before)
    return _stored(book(), {name: text.encode()})


def _rows(first: int, last: int, cells: str = "") -> str:
    if not cells:
        return "".join(f'<row r="{n}" ht="15"/>' for n in range(first, last))
    return "".join(f'<row r="{n}" ht="15">{cells.format(n)}</row>' for n in range(first, last))


def _twice() -> bytes:
    """Return a package with two main parts of one name that say different things."""
    with zipfile.ZipFile(io.BytesIO(good())) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    changed = part_of(good(), _MAIN).replace("陈青禾".encode(), "林知夏".encode())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new, warnings.catch_warnings(action="ignore"):
        for name, content in [(_MAIN, changed), *parts]:
            new.writestr(name, content)
    return buffer.getvalue()


def _linked() -> bytes:
    """Return an archive with a symbolic link beside the good return."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("链接.docx")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("报告单.docx", good())
    return buffer.getvalue()


@cache
def _letter(more: bytes = b"", headers: bytes = b"") -> bytes:
    """Return a mail with the good return, ``more`` before its first part and ``headers`` before all."""
    head, blank, rest = _mail("七月报告单.docx", good()).partition(b"\r\n\r\n")
    boundary = rest[: rest.index(b"\r\n")]
    return headers + head + blank + more.replace(b"BOUNDARY", boundary) + rest


def _named(name: bytes) -> bytes:
    return _mail("a.docx", good()).replace(b'filename="a.docx"', b'filename="' + name + b'"')


def _forwarded(depth: int) -> bytes:
    head = b"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    return head * depth + _mail("七月报告单.docx", good())


def _archive(more: bytes) -> bytes:
    """Return the good return as a web archive with ``more`` among its headers."""
    return b"MIME-Version: 1.0\r\n" + more + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + _page()


def _flat(*names: str) -> bytes:
    """Return a flat package whose parts have those ``names``, each with another content."""
    parts = "".join(
        f"<pkg:part pkg:name='{name}'><pkg:xmlData><a>{number}</a></pkg:xmlData></pkg:part>"
        for number, name in enumerate(names)
    )
    return f"<?xml version='1.0'?><pkg:package xmlns:pkg='{_PACKAGE}'>{parts}</pkg:package>".encode()


def _outlook(*names: str) -> bytes:
    return compound({"__properties_version1.0": b"x", **dict.fromkeys(names, b"x")})


def _in_a_row(data: bytes) -> bytes:
    """Hang the streams of a compound file on each other, each to the right of the one before ([MS-CFB] 2.6.4)."""
    (sector,) = struct.unpack_from("<I", data, 48)
    root, found = (sector + 1) * 512, bytearray(data)
    places = [root + 128 * number for number in range(1, 1202)]
    for place, right in pairwise(places):
        struct.pack_into("<3I", found, place + 68, _NOBODY, (right - root) // 128, _NOBODY)
    struct.pack_into("<I", found, root + 76, 1)
    return bytes(found)


def _mapped(ranges: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    chart = b"begincmap " + b"100 beginbfrange " + b"<0000> <FFFF> <0000> " * ranges + b"endbfrange endcmap"
    text = b"BT /F1 9 Tf <0041> Tj ET"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R>>"
    streams = [b"<</Length %d>>stream\n%s\nendstream" % (len(each), each) for each in (text, chart)]
    return _pages(b"3 0 R", 1, page, streams[0], font, streams[1])


def _declared(name: str, encoding: str = "utf-8") -> bytes:
    text = f"<?xml version='1.0' encoding='{encoding}'?>{_BAIT}<x>&p;</x>"
    return replaced(good(), {name: text.encode(encoding)})


def _circles() -> bytes:
    """Return the good return with styles, a list and a footnote that lead back to themselves."""
    style = '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
    other = '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    lists = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbers = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
    note = '<w:footnote w:id="2"><w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:footnote>'
    body = p(r('<w:footnoteReference w:id="2"/>'), properties='<w:pStyle w:val="A"/>') + p(
        r(t(" ")), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    )
    parts = {
        _STYLES: part("styles", style + other + lists),
        "word/numbering.xml": part(
            "numbering", f'{numbers}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        ),
        "word/footnotes.xml": part("footnotes", note),
    }
    return plain_docx(body, parts)


def _notes(count: int) -> bytes:
    note = "".join(f'<w:comment w:id="{n}">{p(r(t(str(n))))}</w:comment>' for n in range(count))
    return _stored(plain_docx(), {"word/comments.xml": part("comments", note).encode()})


def _included() -> bytes:
    code = 'INCLUDEPICTURE "http://127.0.0.1:9/a.png"'
    chars = (
        '<w:fldChar w:fldCharType="begin"/>',
        f"<w:instrText>{code.replace(chr(34), '&quot;')}</w:instrText>",
    )
    return plain_docx(p(*map(r, chars), r('<w:fldChar w:fldCharType="end"/>')))


_OBJECT = rb"{\object\objemb\objupdate{\*\objclass Equation.3}{\*\objdata 0105000002000000}}"

CASES = (
    Case("太多/同名两份正文.docx", _twice, "同名"),
    Case("太多/百万标签.docx", lambda: _document("<w:p/>" * 1_000_001), _CROWD),
    Case("太多/一段一千万字.docx", lambda: _document(p(r(t("字" * 4_000_000)))), _LONG),
    Case("太多/六千条批注.docx", lambda: _notes(6_000), _CROWD),
    Case("太多/转圈.docx", _circles),
    Case(
        "太多/图里的炸弹.docx",
        lambda: replaced(good(), {"word/media/a.emz": gzip.compress(bytes(9_000_000))}),
    ),
    Case(
        "太多/三百张表.xlsx",
        lambda: _sheet('<sheet name="s" sheetId="9" r:id="rId1"/>' * 300, _BOOK, "</sheets>"),
        "超过200张",
    ),
    Case(
        "太多/样式十四万.xlsx",
        lambda: _sheet('<xf numFmtId="1"/>' * 140_000, _FORMATS, "</cellXfs>"),
        "格式过多",
    ),
    Case(
        "太多/格名不存在.xlsx",
        lambda: _sheet('<row r="99"><c r="ZZZZZ999999999"><v>1</v></c></row>'),
        "打不开",
    ),
    Case(
        "太多/不远的远格.xlsx",
        lambda: _sheet('<row r="19999"><c r="SF19999"><v>1</v></c></row>'),
        flags=("far_cells",),
    ),
    Case("太多/三万空行.xlsx", lambda: _sheet(_rows(30, 30_030))),
    Case(
        "太多/两万一千行.xlsx", lambda: _sheet(_rows(30, 21_000, '<c r="A{0}"><v>1</v></c>')), "超过20000行"
    ),
    Case("太多/百万空标签.xlsx", lambda: _sheet("<x/>" * 1_000_001), _CROWD),
    Case("太多/三千属性.html", lambda: _page(f"<p {' '.join(f'a{n}=1' for n in range(3000))}>"), "标签"),
    Case(
        "太多/两千格.rtf",
        lambda: _rtf()[:-1] + b"\\trowd\\intbl" + b" x\\cell" * 2000 + b"\\row}",
        "超过1000列",
    ),
    Case("太多/二十五万格.csv", lambda: (b",".join([b"x"] * 250) + b"\n") * 1000, "表格过大"),
    Case("太多/样式五万字.html", lambda: _page(f"<p style='{'display:no;' * 5000}'>"), "标签"),
    Case("太多/两千列.html", lambda: _page(f"<table><tr>{'<td>x' * 2000}</tr></table>"), "超过1000列"),
    Case("太多/两兆的头.mht", lambda: _archive(b"X-A: a\r\n" * 250_000), "邮件头过大"),
    Case("太多/部分套四百层.mht", lambda: _archive(b"X-A: boundary=1\r\n" * 400), "嵌套过深"),
    Case("太多/好.mht", lambda: _archive(b"")),
    Case("太多/四十万标签.html", lambda: _page("<b>" * 400_001), _CROWD),
    Case("太多/五万一千行.txt", lambda: "姓名：甲\n".encode() * 51_000, "超过50000行"),
    Case("太多/一行二十万字.txt", lambda: "团".encode() * 200_000, _LONG),
    Case("太多/引号不关.csv", lambda: b'a,"' + b"x\n" * 100_000, f"{_LONG}|超过"),
    Case(
        "太多/六千种字体.rtf",
        lambda: _rtf().replace(
            b"\\ansi", b"\\ansi{\\fonttbl" + b"".join(b"{\\f%d a;}" % n for n in range(6000)) + b"}", 1
        ),
        _CROWD,
    ),
    Case("太多/五万一千段.rtf", lambda: _rtf()[:-1] + b"\\pard x\\par" * 51_000 + b"}", _CROWD),
    Case("太多/对象.rtf", lambda: _rtf()[:-1] + _OBJECT + b"}", flags=("active_content",)),
    Case(
        "太多/千个部分.xml",
        f"<?xml version='1.0'?><pkg:package xmlns:pkg='{_PACKAGE}'>{'<pkg:part/>' * 1001}</pkg:package>".encode,
        _CROWD,
    ),
    Case("太多/部分没有名字.xml", lambda: _flat("", "x" * 70_000, "word/"), "缺少正文"),
    Case("太多/两份同名.xml", lambda: _flat("/word/document.xml", "/word/document.xml"), "同名"),
    Case("太多/数组套数组.pdf", lambda: _page_with(b"[" * 5000), "嵌套过深"),
    Case("太多/二十万页.pdf", lambda: _pages(b"3 0 R " * 200_001, 200_001), _CROWD),
    Case("太多/字表.pdf", lambda: _mapped(30), _CROWD),
    Case(
        "太多/两重压缩.pdf",
        lambda: _page_with(b"x").replace(b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode]"),
        "炸弹",
    ),
    Case("太多/一万一千条目.zip", lambda: zipped({f"{n}/": b"" for n in range(11_000)}), "太多"),
    Case("太多/链接.zip", _linked),
    Case(
        "太多/千封.mbox",
        lambda: b"From a Wed Aug  5 10:00:00 2020\nFrom: a@example.org\nSubject: x\n\nx\n\n" * 1001,
        "邮件太多",
    ),
    Case("太多/千余附件.msg", lambda: _outlook(*(f"{_ATTACHED}{n:08X}" for n in range(1001))), "附件太多"),
    Case("太多/目录成串.msg", lambda: _in_a_row(_outlook(*map("{:04}".format, range(1200)))), "嵌套过深"),
    Case("太多/六千部分.eml", lambda: _letter(b"BOUNDARY\r\n\r\nx\r\n" * 6000), "太多"),
    Case("太多/两兆的头.eml", lambda: _letter(headers=b"X-A: a\r\n" * 250_000), "邮件头过大"),
    Case("太多/转发一百层.eml", lambda: _forwarded(100), "嵌套过深"),
    Case("太多/附件名万字.eml", lambda: _named(b"=?utf-8?B?5oql6KGo?= " * 2000), flags=("suffix",)),
    Case("太多/宽字节无标记.csv", lambda: _csv().encode("utf-16-le"), "编码|认不出|不是报告单"),
    Case("太多/实体在大写名里.docx", lambda: _declared("word/X.XML"), DTD),
    Case("太多/实体在关系里.docx", lambda: _declared("word/_rels/x.xml.rels"), DTD),
    Case("太多/实体在属性里.docx", lambda: _declared("docProps/core.xml"), DTD),
    Case("太多/实体在主题里.docx", lambda: _declared("word/theme/theme1.xml", "utf-16"), DTD),
    Case("太多/实体用大机编码.docx", lambda: _declared(_MAIN, "cp037"), f"{DTD}|{BROKEN}|损坏"),
    Case(
        "太多/引用文件.docx",
        lambda: plain_docx(
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
        ),
    ),
    Case("太多/域取图片.docx", _included),
)
