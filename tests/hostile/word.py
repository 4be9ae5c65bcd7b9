"""Word documents that attack the parser, carry things that act, or are broken in one way."""

from __future__ import annotations

from collections.abc import Callable

from tests.wordfiles import custom, docx, p, part, r, sdt, t, tbl, tc, tr

from .archives import BROKEN
from .case import Case, good, part_of, plain_docx, replaced, table

DTD = "DTD"
_MAIN = "word/document.xml"
_RELS = "word/_rels/document.xml.rels"
_HUGE = "表格|过深|过大|损坏"
_LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {c} "{f"&{b};" * 10}">' for b, c in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def _declared(doctype: str, name: str = _MAIN, encoding: str = "utf-8") -> bytes:
    """Return the good return with ``doctype`` put before the root of the part ``name``."""
    text = part_of(good(), name).decode("utf-8")
    head, sign, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
    head = f'<?xml version="1.0" encoding="{encoding}"' if sign else head
    return replaced(good(), {name: f"{head}{sign}{doctype}{rest}".encode(encoding)})


def _late() -> bytes:
    """Put the declaration behind a comment of 10 KB, where a look at the first bytes does not see it."""
    return _declared(f"<!--{'x' * 10_000}-->{_LAUGHS}")


def _rows(count: int) -> bytes:
    body = p("名单") + "<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * count + "</w:tbl>"
    return docx(body)


def _nested_tables(depth: int) -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth + table())


def _nested(tag: str, depth: int) -> bytes:
    return docx(f"<w:p>{f'<w:{tag}>' * depth}{r('x')}{f'</w:{tag}>' * depth}</w:p>" + table())


def _linked(kind: str, target: str, body: str = "") -> Callable[[], bytes]:
    """Return what makes the good return with an outside relationship of ``kind`` to ``target``."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId99" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
    rels = f'<Relationships xmlns="{space}">{link}</Relationships>'
    return lambda: plain_docx(body, {_RELS: rels})


def _part(name: str, content: bytes = b"MZ\x90\0") -> Callable[[], bytes]:
    return lambda: replaced(good(), {name: content})


def _png(width: int, height: int) -> bytes:
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\0\0\0"
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + head + b"\0\0\0\0" + b"\0\0\0\0IEND\xaeB\x60\x82"


def _mutilated(old: bytes, new: bytes) -> bytes:
    text = part_of(good(), _MAIN)
    assert old in text
    return replaced(good(), {_MAIN: text.replace(old, new, 1)})


def _dde() -> bytes:
    code = (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r(r'<w:instrText>DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"</w:instrText>')
        + r('<w:fldChar w:fldCharType="end"/>')
    )
    return plain_docx(f"<w:p>{code}</w:p>")


def _chunk() -> bytes:
    return plain_docx('<w:altChunk r:id="rId99"/>', {"word/afchunk.html": "<p>嵌入的网页</p>"})


def canary(port: int) -> tuple[Case, ...]:
    """Return the files that would like to open a connection to ``port`` on this machine."""
    away = f"http://127.0.0.1:{port}/x"
    picture = '<w:p><w:r><w:drawing><a:blip r:link="rId99"/></w:drawing></w:r></w:p>'
    return (
        Case("外连/外部实体.docx", lambda: _declared(f'<!DOCTYPE w SYSTEM "{away}.dtd">'), DTD),
        Case(
            "外连/外部参数实体.docx",
            lambda: _declared(f'<!DOCTYPE w [<!ENTITY % a SYSTEM "{away}"> %a;]>'),
            DTD,
        ),
        Case("外连/远程图片.docx", _linked("image", f"{away}.png", picture), flags=("active_content",)),
        Case("外连/远程模板.docx", _linked("attachedTemplate", f"{away}.dotm"), flags=("active_content",)),
        Case("外连/远程对象.docx", _linked("oleObject", away), flags=("active_content",)),
    )


CASES = (
    Case("实体/笑声.docx", lambda: _declared(_LAUGHS), DTD),
    Case(
        "实体/读文件.docx", lambda: _declared('<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), DTD
    ),
    Case("实体/只有声明.docx", lambda: _declared("<!DOCTYPE w>"), DTD),
    Case("实体/躲在注释后.docx", _late, DTD),
    Case("实体/宽字节.docx", lambda: _declared(_LAUGHS, encoding="utf-16"), DTD),
    Case("实体/在样式里.docx", lambda: _declared(_LAUGHS, "word/styles.xml"), DTD),
    Case(
        "实体/在属性里.docx",
        lambda: replaced(good(), {"docProps/custom.xml": (_LAUGHS + custom({"x": "y"})).encode()}),
        DTD,
    ),
    Case("规模/百万行.docx", lambda: _rows(1_000_000), "表格|过大"),
    Case("规模/六千行.docx", lambda: _rows(6_000), "表1超过5000行"),
    Case("规模/套表五百层.docx", lambda: _nested_tables(500), _HUGE),
    Case("规模/套表一万层.docx", lambda: _nested_tables(10_000), f"{_HUGE}|XML"),
    Case("规模/标签套三千层.docx", lambda: _nested("smartTag", 3_000), f"{_HUGE}|XML|嵌套"),
    Case(
        "规模/控件套两百层.docx",
        lambda: docx("<w:sdt><w:sdtContent>" * 200 + p("x") + "</w:sdtContent></w:sdt>" * 200 + table()),
        "嵌套过深",
    ),
    Case(
        "规模/跨亿列.docx",
        lambda: docx(tbl(tr(tc("x", properties='<w:gridSpan w:val="999999999"/>'))) + table()),
        "合并单元格过宽",
    ),
    Case(
        "规模/前空亿列.docx",
        lambda: docx(tbl(tr("x", properties='<w:gridBefore w:val="999999999"/>')) + table()),
    ),
    Case(
        "规模/负的跨列.docx", lambda: docx(tbl(tr(tc("x", properties='<w:gridSpan w:val="-5"/>'))) + table())
    ),
    Case("规模/图片十亿点.docx", _part("word/media/image1.png", _png(100_000, 100_000))),
    Case("活的/宏.docm", _part("word/vbaProject.bin"), flags=("active_content",)),
    Case("活的/对象.docx", _part("word/embeddings/oleObject1.bin"), flags=("active_content",)),
    Case("活的/控件.docx", _part("word/activeX/activeX1.bin"), flags=("active_content",)),
    Case("活的/动态数据.docx", _dde, flags=("active_content",)),
    Case("活的/嵌块.docx", _chunk, flags=("active_content",)),
    Case(
        "怪的/修订.docx",
        lambda: plain_docx(f'<w:p><w:ins w:id="1">{r("附：已阅")}</w:ins></w:p>'),
        flags=("tracked",),
    ),
    Case("怪的/控件.docx", lambda: plain_docx(sdt(p("落款")))),
    Case(
        "怪的/批注.docx",
        lambda: plain_docx(
            "", {"word/comments.xml": part("comments", f"<w:comment>{p('请再核')}</w:comment>")}
        ),
        flags=("comments",),
    ),
    Case(
        "怪的/二十万位数.docx",
        lambda: _mutilated(b"25</w:t>", b"9" * 200_000 + b"</w:t>"),
        flags=("number_unclear",),
        other={"走访人数.团员青年": None},
    ),
    Case("坏的/半截.docx", lambda: good()[: len(good()) // 2], BROKEN),
    Case("坏的/只剩头.docx", lambda: good()[:30], BROKEN),
    Case("坏的/尾巴没了.docx", lambda: good()[:-22], BROKEN),
    Case("坏的/标签不配对.docx", lambda: _mutilated(b"</w:tbl>", b"</w:tbk>"), "损坏"),
    Case("坏的/没有正文.docx", lambda: replaced(good(), {_MAIN: b""}), "损坏"),
    Case("坏的/正文是别的.docx", lambda: replaced(good(), {_MAIN: b"<a/>"}), "损坏|缺少正文"),
    Case(
        "坏的/控制字符.docx",
        lambda: replaced(good(), {_MAIN: part_of(good(), _MAIN).replace(b"</w:t>", b"\x01</w:t>", 1)}),
        "损坏",
    ),
    Case("不是/空白文档.docx", lambda: docx(p("")), "不是报告单"),
    Case("不是/一封信.docx", lambda: docx(p("尊敬的领导：") + p("近来可好。")), "不是报告单"),
    Case("好的/空白表填了.docx", good),
    Case("好的/简单.docx", plain_docx),
    Case("好的/换行.docx", lambda: plain_docx(p(r(t("落款"))))),
)
