"""What a mail quotes of earlier mails, set apart from what its sender wrote: by ``>``, by the line above it, by its markup.

Knows how QQ, 163, Foxmail, Outlook and phones quote; whether a quoted form counts is decided in ``extract.quoted``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract import limits
from extract.readers.plaintext import decode

if TYPE_CHECKING:
    from extract.readers.package import Element

_DASHES = r"[\s\-—–－=_*]"
_HEAD = re.compile(
    rf"{_DASHES}*(?:回复的?)?(?:原始?邮件|邮件原件|转发的?邮件(?:信息)?|原始信息|Original Message|Forwarded [Mm]essage"
    rf"|Begin forwarded message|Forwarded by)[:：]?{_DASHES}*"
    r"|.{0,120}(?:写道|发来的?邮件|的邮件内容)\s*[:：]\s*|On .{4,120} wrote\s*:\s*|At .{4,120} wrote\s*:\s*",
    re.DOTALL,
)
_FROM = re.compile(r"\s*[*>]*\s*(?:发件人|寄件者|From)\s*[*]*\s*[:：]?")
_SENT = re.compile(
    r"\s*[*>]*\s*(?:发送时间|发送日期|发送至|日期|时间|收件人|主题|抄送|Date|Sent|To|Subject)\s*[*]*\s*[:：]?"
)
_SENT_WITHIN = 12  # pieces of text behind 发件人 in which the rest of a mail's head follows
_MARKED = re.compile(r"[ \t]*[>＞](?:[ \t]?[>＞])*[ \t]?")
_NEAR = 10  # lines that the head of a quoted mail may take before its first marked line
_CITED = re.compile(r"gmail_quote|isReplyContent|ntes-|reply|quote|cite", re.IGNORECASE)
_FORWARD = re.compile(r"\s*(?:转发|轉寄|转|Fwd?|FW)\s*[:：]", re.IGNORECASE)
_PASSED_ON = re.compile(r"转发的?邮件|[Ff]orwarded")
_PAGE = re.compile(rb"<(?:html|body|div|table|p|br|blockquote)\b", re.IGNORECASE)


def is_forward(subject: str, quoted: bytes) -> bool:
    """Whether a mail only passes another one on, by its subject or by the head of what it quotes."""
    return (
        _FORWARD.match(subject) is not None
        or _PASSED_ON.search(quoted[:400].decode("utf-8", "replace")) is not None
    )


def parted(body: bytes) -> tuple[bytes, bytes]:
    """Return what the sender of a mail wrote, and what stands in it of other mails; the second is empty in most."""
    if _PAGE.search(body[:2000]):
        return _page(body)
    text = decode(body)
    if text is None:
        return body, b""
    lines = text.splitlines()
    quoted = _quoted(lines)
    if not quoted:
        return body, b""
    own = [line for number, line in enumerate(lines) if number not in quoted]
    other = [_MARKED.sub("", line, count=1) for number, line in enumerate(lines) if number in quoted]
    return "\n".join(own).encode(), "\n".join(other).encode()


def unmarked(text: bytes) -> bytes:
    """Return a mail's own text with its ``>`` taken off: answers typed between the quoted lines of a form."""
    shown = decode(text)
    if shown is None:
        return text
    return "\n".join(_MARKED.sub("", line, count=1) for line in shown.splitlines()).encode()


def _quoted(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the quoted lines: those marked with ``>`` and the head above them, or all below a head."""
    head = _head(lines)
    marked = [number for number, line in enumerate(lines) if _MARKED.match(line)]
    if len(marked) > 1 and (head < 0 or marked[0] - head <= _NEAR):
        above = range(head, marked[0]) if 0 <= head < marked[0] else range(0)
        return frozenset((*above, *marked))
    return frozenset(range(head, len(lines))) if head >= 0 else frozenset()


def _head(lines: Sequence[str]) -> int:
    """Return the number of the line that says that another mail follows, -1 when there is none."""
    for number, line in enumerate(lines):
        if len(line) <= 160 and _HEAD.fullmatch(line.strip()):
            return number
        if _FROM.match(line) and any(
            _SENT.match(other) for other in lines[number + 1 : number + _SENT_WITHIN]
        ):
            return number
    return -1


def _page(body: bytes) -> tuple[bytes, bytes]:
    """Part a page: what stands in quoting blocks and behind a head goes to the second."""
    from lxml import etree, html

    text = decode(body)
    if text is None or body.count(b"<") > limits.PAGE_TAGS:
        return body, b""
    try:
        own = html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return body, b""
    pieces = _pieces(own)
    head = _head([words for _, words in pieces])
    cited = [node for node in own.iter("blockquote") if _is_cited(node)]
    if head < 0 and not cited:
        return body, b""
    quoted = html.Element("div")
    opening = _opening(pieces, cited, head)
    if opening < 0:
        quoted.extend(_behind(pieces[head][0]))
    else:
        for node, words in pieces[head:opening] if head >= 0 else ():
            etree.SubElement(quoted, "p").text, node.text = words, None
        quoted.extend(_taken_out(cited))
    for meta in own.findall(".//meta"):  # the bytes are UTF-8 from here on, whatever they were
        _removed(meta)
    return html.tostring(own, encoding="utf-8"), html.tostring(quoted, encoding="utf-8")


def _opening(pieces: Sequence[tuple[Element, str]], cited: Sequence[Element], head: int) -> int:
    """Return the piece with which the first quoting block begins, -1 when there is none right behind the head."""
    blocks = set(cited)
    for number, (node, _) in enumerate(pieces):
        if number >= head and blocks.intersection((node, *node.iterancestors())):
            return number if head < 0 or number - head <= _NEAR else -1
    return -1


def _taken_out(cited: Sequence[Element]) -> Iterator[Element]:
    """Take the outermost quoting blocks out of their page."""
    blocks = set(cited)
    for node in [node for node in cited if not blocks.intersection(node.iterancestors())]:
        _removed(node)
        yield node


def _is_cited(node: Element) -> bool:
    """Whether a ``blockquote`` quotes a mail; many programs only indent with it."""
    told = " ".join(filter(None, (node.get("id"), node.get("class"), node.get("type"))))
    return _CITED.search(told) is not None


def _pieces(root: Element) -> list[tuple[Element, str]]:
    """Return the stretches of text below ``root`` in order, each with its element; what follows a tag gets one."""
    from lxml import html

    for node in list(root.iter()):
        if node.tail and node.tail.strip() and node is not root:
            wrapped = html.Element("span")
            wrapped.text, node.tail = node.tail, None
            node.addnext(wrapped)
    return [
        (node, " ".join(node.text.split()))
        for node in root.iter()
        if node.text and node.text.strip() and node.tag not in ("style", "script", "title")
    ]


def _behind(node: Element) -> list[Element]:
    """Take out and return ``node`` and all that follows it in the page."""
    taken = [node]
    at: Element | None = node
    while at is not None and at.tag not in ("body", "html"):
        taken += at.itersiblings()
        at = at.getparent()
    for each in taken:
        _removed(each)
    return taken


def _removed(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
