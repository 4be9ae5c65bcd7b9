"""Pages, RTF, plain text, PDF and mails that attack or are broken, and files that are no returns at all."""

from __future__ import annotations

import email.message
import email.policy
import random
import zlib

from extract.readers.olefile97 import single

from .archives import BOMB, BROKEN
from .case import TITLE, Case, good, plain_docx, rows, zipped
from .excel import book

_MIB = 2**20
_UNKNOWN = "认不出的格式"
_BIG = "过大|过多|过长|太大|表格|行|列|页|损坏|嵌套|过深|打不开|不是报告单"


def _csv() -> str:
    return "".join(f"{label},{answer}\r\n" for label, answer in [(TITLE, ""), *rows()])


def _page(more: str = "") -> bytes:
    cells = "".join(f"<tr><td>{label}</td><td>{answer}</td></tr>" for label, answer in rows())
    return (
        f"<html><meta charset=utf-8><body>{more}<p>{TITLE}</p><table>{cells}</table></body></html>".encode()
    )


def _rtf() -> bytes:
    def code(text: str) -> str:
        return "".join(f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in text)

    lines = "".join(
        rf"\trowd\cellx3000\cellx9000\intbl {code(label)}\cell {code(answer)}\cell\row"
        for label, answer in rows()
    )
    return rf"{{\rtf1\ansi {code(TITLE)}\par {lines}}}".encode()


def _mail(name: str, data: bytes, more: int = 0) -> bytes:
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "七月报告单"
    message.set_content("请查收。\n")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    for number in range(more):
        message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=f"{number}.bin")
    return message.as_bytes()


def _sealed() -> bytes:
    """Return a mail in S/MIME that only its recipient can open (RFC 8551 3.3)."""
    head = b"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n"
    return (
        head + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\n0\x82"
    )


def _mails_in_mails(depth: int) -> bytes:
    data = _mail("报告单.docx", good())
    for _ in range(depth):
        data = _mail("转发.eml", data)
    return data


def _multiparts(depth: int) -> bytes:
    lines = [b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\n"]
    lines += [f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() for n in range(depth)]
    return b"".join(lines)


def _pdf(objects: list[bytes], trailer: bytes = b"<</Root 1 0 R>>") -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n%s\nstartxref\n%d\n%%%%EOF" % (trailer, start)


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def _pages(kids: bytes, count: int, *more: bytes) -> bytes:
    return _pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *more]
    )


def _page_with(content: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return _pages(b"3 0 R", 1, page, _stream(content), font)


def _many_pages() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 5003))
    return _pages(kids, 5000, *[page] * 5000)


def _many_glyphs() -> bytes:
    return _page_with(
        b"BT /F1 9 Tf 10 10 Td " + b"(xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx) Tj " * 40_000 + b"ET"
    )


def _many_rules() -> bytes:
    lines = b"".join(b"%d %d m %d %d l S " % (n % 600, n % 800, n % 500, n % 700) for n in range(120_000))
    return _page_with(lines + b"BT /F1 9 Tf 10 10 Td (x) Tj ET")


def _random(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # noqa: S311 - the same bytes each time


PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\x06\0\0\0"

CASES = (
    Case("网页/好.html", _page),
    Case("网页/好.xls", _page, flags=("suffix",)),
    Case("网页/套表.html", lambda: b"<html><body>" + b"<table><tr><td>" * 50_000, _BIG),
    Case(
        "网页/跨亿格.html",
        lambda: b"<html><table><tr><td rowspan=99999999 colspan=99999999>x</td></tr></table></html>",
        _BIG,
    ),
    Case("网页/百万行.html", lambda: b"<html><table>" + b"<tr><td>x" * 300_000, _BIG),
    Case(
        "网页/带脚本.html",
        lambda: _page("<script>location='http://127.0.0.1:9/'</script><img src='http://127.0.0.1:9/a.png'>"),
    ),
    Case("文字/好.rtf", _rtf),
    Case("文字/套五万层.rtf", lambda: rb"{\rtf1 " + b"{" * 50_000, _BIG),
    Case("文字/谎报字节.rtf", lambda: rb"{\rtf1 \bin2000000000 x}", _BIG),
    Case("文字/好.csv", lambda: _csv().encode("gb18030")),
    Case("文字/带零字节.csv", lambda: _csv().encode("gb18030") + b"\0\0"),
    Case("文字/宽字节.csv", lambda: _csv().encode("utf-16")),
    Case("文字/百万列.csv", lambda: b"a,b\n" + b"x," * 1_000_000, _BIG),
    Case("文字/六十兆.txt", lambda: "姓名：甲\n".encode() * (60 * _MIB // 13), "过大"),
    Case("邮件/好.eml", lambda: _mail("七月报告单.docx", good())),
    Case("邮件/附件名越界.eml", lambda: _mail("../../../../越界.docx", good()), flags=("unsafe_name",)),
    Case("邮件/两千个附件.eml", lambda: _mail("报告单.docx", good(), 2000), "太多"),
    Case("邮件/套八层.eml", lambda: _mails_in_mails(8), "嵌套过深"),
    Case("邮件/部分套三千层.eml", lambda: _multiparts(3000), "损坏|嵌套过深|没有附件"),
    Case("邮件/附件是炸弹.eml", lambda: _mail("报告单.zip", zipped({"报告单.docx": bytes(60 * _MIB)})), BOMB),
    Case("邮件/附件半截.eml", lambda: _mail("报告单.docx", good()[:4000]), BROKEN),
    Case("版式/流炸弹.pdf", lambda: _page_with(bytes(400 * _MIB)), "过大|超时|内存|损坏|认不出|打不开"),
    Case("版式/五千页.pdf", _many_pages, "页|超时|打不开"),
    Case("版式/百万字.pdf", _many_glyphs, "过多|过大|超时|不像"),
    Case("版式/十万线.pdf", _many_rules, "过多|过大|超时|不像|不是报告单"),
    Case("版式/页绕圈.pdf", lambda: _pages(b"2 0 R", 1), "损坏|打不开|认不出|没有"),
    Case("版式/只剩头.pdf", lambda: b"%PDF-1.7\n", "损坏|打不开"),
    Case("文字/半截.rtf", lambda: _rtf()[: len(_rtf()) * 2 // 3], BROKEN),
    Case("文字/补零.rtf", lambda: _rtf() + bytes(9000)),
    Case("网页/半截.html", lambda: _page()[: len(_page()) * 2 // 3], BROKEN),
    Case("网页/补零.html", lambda: _page() + bytes(9000)),
    Case("邮件/加密的信.eml", _sealed, "已加密"),
    Case("冒名/其实是幻灯片.docx", lambda: zipped({"ppt/presentation.xml": b"<a/>"}), "是幻灯片"),
    Case(
        "冒名/其实是开放的幻灯片.odt",
        lambda: zipped(
            {"mimetype": b"application/vnd.oasis.opendocument.presentation", "content.xml": b"<a/>"}
        ),
        "是幻灯片",
    ),
    Case("冒名/其实是版式文件.docx", lambda: zipped({"OFD.xml": b"<a/>"}), "是OFD"),
    Case("冒名/其实是二进制.xlsx", lambda: zipped({"xl/workbook.bin": b"x"}), "xlsb"),
    Case("冒名/其实是图片.docx", lambda: PICTURE, "图片"),
    Case("冒名/其实是表格.docx", book, flags=("suffix",)),
    Case("冒名/其实是文档.xlsx", plain_docx, flags=("suffix",)),
    Case("冒名/其实是文档.pdf", plain_docx, flags=("suffix",)),
    Case("冒名/其实是文字.docx", lambda: _csv().encode(), flags=("suffix",)),
    Case("冒名/其实是程序.docx", lambda: b"MZ\x90\0" + _random(9000), _UNKNOWN),
    Case("冒名/乱码.docx", lambda: _random(20_000), _UNKNOWN),
    Case("冒名/乱码.eml", lambda: _random(20_000), _UNKNOWN),
    Case("空的/零字节.docx", lambda: b"", "空文件"),
    Case("空的/全是零.docx", lambda: bytes(20_000), "空文件"),
    Case("略过/~$报告单.docx", lambda: b"\x05abc".ljust(162, b"\0"), passed=True),
    Case("略过/Thumbs.db", lambda: single("Catalog", bytes(5000)), passed=True),
    Case("略过/.DS_Store", lambda: b"\0\0\0\1Bud1", passed=True),
    Case("略过/._报告单.docx", lambda: b"\0\5\x16\7", passed=True),
    Case("略过/报告单.docx.downloading", lambda: good()[:500], passed=True),
    Case("略过/.~lock.报告单.docx#", lambda: b",a,b,", passed=True),
)
