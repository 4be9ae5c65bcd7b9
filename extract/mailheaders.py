"""What stands in a mail's headers and text, decoded as a person would read it, in every spelling met.

Knows encoded words (RFC 2047) and the raw GBK or UTF-8 bytes that old mailers write; knows no containers.
"""

from __future__ import annotations

import re
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr, parsedate_to_datetime

from extract import limits

from .unreadable import UnreadableError

_HEADERS = 1 << 16
"""Bytes in which the headers of a mail end."""
_HEADER = 8192
_BLANK = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"^--[^\s-]", re.MULTILINE)
_PARTS = 5  # a line may begin like a boundary and be none
_NESTED = 300  # declarations of a boundary: a parser takes the square of those that stand within one another


def header_of(message: Message, name: str) -> str:
    """Return the header ``name`` of a message that was parsed from bytes (compat32), decoded, on one line."""
    return decoded(as_text(raw_of(message, name)))


def sender_of(message: Message) -> tuple[str, str]:
    """Return name and address of who a message is from; empty texts where it does not say."""
    return parseaddr(header_of(message, "from"))


def text_of(message: Message) -> str:
    """Return all that a message says in words: plain and HTML parts one after the other, without the tags."""
    parts = []
    for part in message.walk():
        if part.get_content_type() in ("text/plain", "text/html"):
            content = part.get_payload(decode=True)
            text = as_text(
                (content if isinstance(content, bytes) else b"").decode("ascii", "surrogateescape")
            )
            parts.append(re.sub(r"<[^>]+>", "\n", text) if part.get_content_type() == "text/html" else text)
    return "\n".join(parts)


def raw_of(message: Message, name: str) -> str:
    """Return a header as it stands, undecoded bytes as surrogates."""
    return next((str(value) for key, value in message.raw_items() if key.lower() == name), "")


def as_text(text: str) -> str:
    """Decode bytes that stood in a header unencoded: UTF-8, else GBK."""
    raw = text.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "replace")


def decoded(text: str) -> str:
    """Decode encoded words and leave out line folds; of a header longer than any person's the beginning."""
    text = text[:_HEADER]
    try:
        found = str(make_header(decode_header(text)))
    except (LookupError, ValueError, UnicodeError, MessageError):
        found = text
    return re.sub(r"[\r\n\t]+ ?", "", found).strip()


def sent_at(data: bytes) -> datetime | None:
    """Return when a mail was handed over last, in local time without a zone: its topmost Received, else its Date (RFC 5322 3.6).

    None where neither tells a moment.
    """
    head = BytesHeaderParser(policy=policy.compat32).parsebytes(data[:_HEADERS])
    received = str(head.get("Received", "")).rpartition(";")[2]
    for text in (received, str(head.get("Date", ""))):
        try:
            moment = parsedate_to_datetime(text)
            return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            continue
    return None


def admit(data: bytes) -> None:
    """Raise ``UnreadableError`` for headers or parts by the ten thousand, before a parser meets them."""
    end = _BLANK.search(data)
    if (len(data) if end is None else end.start()) > limits.HEAD:
        raise UnreadableError("邮件头过大，不像是正常的邮件，没有打开，请对方直接发送文件")
    if data.count(b"boundary=") > _NESTED:
        raise UnreadableError("邮件里的部分嵌套过深，没有打开，请对方直接发送文件")
    if len(_BOUNDARY.findall(data)) > _PARTS * limits.MEMBERS:
        raise UnreadableError("邮件里的部分太多，没有打开，请对方分开发送")
