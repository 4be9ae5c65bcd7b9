"""Mails as containers: eml, mbox, Outlook's msg and winmail.dat, with attachment names in every spelling met.

Knows message formats (RFC 5322, 2047, 2231; [MS-OXMSG]; [MS-OXTNEF]); a mail's own text is a member called 正文.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.message import Message
from email.utils import collapse_rfc2231_value
from html import escape

from extract import limits
from extract.mailheaders import admit, as_text, decoded, header_of, raw_of, sender_of
from extract.readers.olefile97 import Compound
from extract.unreadable import UnreadableError

from .archives import BODY, CUT, THE_REST, Budget, Member, Opened
from .bounce import bounce_of
from .compressedrtf import decompressed
from .quoting import parted, unmarked

_MARKUP = re.compile(
    rb"<(?:style|script|head).*?</(?:style|script|head)>|<[^>]*>|\s+", re.DOTALL | re.IGNORECASE
)
_RICHER = 2
_END_OF_ZIP = 22  # bytes of the record that ends a zip, and with it a docx or xlsx
_ATTACHED = "__attach_version1.0_#".encode("utf-16-le")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_SEAL = "邮件已加密或封在签名里，打不开，请对方取消加密后直接发送文件"
_FROM_LINE = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_TNEF_ATTACHMENT, _TNEF_TITLE, _TNEF_DATA, _TNEF_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_TNEF_BODY, _TNEF_MESSAGE = 0x800C, 0x9003
_LONG_NAME, _SHORT_NAME = 0x3707, 0x3704


def open_mail(data: bytes, budget: Budget) -> Opened:
    """Open an eml: its body (HTML before plain text) and its attachments; mails inside it are members as well."""
    bounce = bounce_of(data)
    if bounce is not None:  # the forms inside are those that we sent ourselves
        if bounce.failures:
            raise UnreadableError(str(bounce))
        return Opened(())
    admit(data)
    try:
        return _opened(data, budget)
    except RecursionError as error:
        raise UnreadableError("邮件里的部分嵌套过深，没有打开，请对方直接发送文件") from error
    except (MessageError, LookupError, ValueError, AssertionError) as error:
        raise UnreadableError("邮件损坏，请对方重新发送") from error


def _opened(data: bytes, budget: Budget) -> Opened:
    message = message_from_bytes(data, policy=policy.compat32)
    members: list[Member] = []
    body = _Body()
    for part, alternative in _leaves(message):
        content = _content(part)
        name = _filename(part)
        kind = part.get_content_type()
        if (
            not name
            and kind in ("text/plain", "text/html")
            and part.get_content_disposition() != "attachment"
        ):
            body.add(kind, _declared(part, content), alternative)
            continue
        if not name and kind.startswith("image/"):
            continue  # a picture of the signature
        if kind in _SEALED:
            members.append(Member(name or _nameless(part), refusal=_SEAL))
            continue
        budget.take(len(content), len(content))
        members.append(Member(name or _nameless(part), content))
    text = body.text()
    if text.strip():
        members.insert(0, _body_member(text))
    unended = any(isinstance(fault, CloseBoundaryNotFoundDefect) for fault in message.defects)
    if unended and not _ends_whole(message):
        members.append(Member(THE_REST, refusal=CUT))
        unended = False
    return Opened(tuple(members), _sender(message), header_of(message, "subject"), unended)


def _ends_whole(message: Message) -> bool:
    """Whether the last part of a mail ends where such parts do: its program left out the closing boundary.

    A mail that was cut on its way hardly ever breaks off right behind an attachment; that more was to come stays open.
    """
    part = message
    while part.is_multipart() and (
        inner := [each for each in part.get_payload() if isinstance(each, Message)]
    ):
        part = inner[-1]
    payload = part.get_payload()
    text = payload.rstrip() if isinstance(payload, str) else ""
    if str(part.get("content-transfer-encoding", "")).strip().lower() != "base64":
        return text.lower().endswith(("</html>", "</body>"))
    lines = text.split()
    short = len(lines) > 1 and len(lines[-1]) < len(lines[0]) and str(payload).endswith("\n")
    zipped = _content(part)[-_END_OF_ZIP:][:4] == b"PK\x05\x06"
    return len("".join(lines)) % 4 == 0 and (text.endswith("=") or short or zipped)


def _body_member(text: bytes) -> Member:
    own, quoted = parted(text)
    return Member(BODY, own, quoted=quoted, mixed=unmarked(text) if quoted and own.strip() else b"")


@dataclass(slots=True)
class _Body:
    """The text of a mail as it gathers: parts that stand beside each other join, of alternatives one is shown."""

    plain: list[bytes] = field(default_factory=list)
    pages: list[bytes] = field(default_factory=list)
    beside: bool = False  # whether page and plain text are no alternatives of each other

    def add(self, kind: str, content: bytes, alternative: bool) -> None:
        """Add a part of ``kind``; ``alternative`` when it only says what another part says as well."""
        (self.pages if kind == "text/html" else self.plain).append(content)
        self.beside = self.beside or not alternative

    def text(self) -> bytes:
        """Return the page where it holds a table or much more than the plain text, else the plain text."""
        plain, page = b"\n".join(self.plain), b"\n".join(self.pages)
        if self.beside and plain.strip() and page.strip():
            return _as_page(plain) + page
        richer = len(_MARKUP.sub(b"", page)) > _RICHER * len(plain)
        return page if page and (_has_table(page) or richer or not plain.strip()) else plain


def _as_page(plain: bytes) -> bytes:
    lines = escape(plain.decode("utf-8", "replace"), quote=False).splitlines()
    return "".join(f"<p>{line}</p>\n" for line in lines if line.strip()).encode()


def open_mbox(data: bytes, budget: Budget) -> Opened:
    """Open an mbox: each of its messages is a member."""
    starts = list(_FROM_LINE.finditer(data))
    ends = [match.start() for match in starts[1:]] + [len(data)]
    members = []
    if len(starts) > limits.MEMBERS:
        raise UnreadableError("邮件太多，没有打开，请分开导出")
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        message = data[start.end() : end]
        budget.take(len(message), len(message))
        members.append(Member(f"第{number}封.eml", message))
    return Opened(tuple(members))


def _leaves(message: Message, alternative: bool = False) -> Iterator[tuple[Message, bool]]:
    """Yield the parts that hold content, and whether each is one of several alternatives; messages inside are not opened."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message, alternative
        return
    inner = alternative or message.get_content_type() == "multipart/alternative"
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part, inner)


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _declared(part: Message, content: bytes) -> bytes:
    """Return a body text in UTF-8, whatever character set it was declared in; what it cannot be stays as it is."""
    charset = part.get_content_charset() or ""
    if charset in ("gb2312", "gbk", "x-gbk"):
        charset = "gb18030"
    try:
        text = content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content
    return re.sub(r"(?i)(<meta[^>]+charset=[\"']?)[\w-]+", r"\1utf-8", text).encode()


def _has_table(page: bytes) -> bool:
    return b"<table" in page.lower()


def _filename(part: Message) -> str:
    name = part.get_param("filename", None, "content-disposition") or part.get_param(
        "name", None, "content-type"
    )
    for header in ("content-disposition", "content-type"):
        raw = raw_of(part, header)
        if not raw.isascii():  # bytes that no standard allows, as old mailers write them
            found = re.search(r"(?:file)?name=\s*\"?([^\";\r\n]+)", as_text(raw), re.IGNORECASE)
            if found is not None:
                return decoded(found[1])
    if name is None:
        return ""
    return decoded(collapse_rfc2231_value(name) if isinstance(name, tuple) else str(name))


def _nameless(part: Message) -> str:
    return {"message/rfc822": "转发的邮件.eml", "application/ms-tnef": "winmail.dat"}.get(
        part.get_content_type(), "附件"
    )


def _sender(message: Message) -> str:
    return " ".join(sender_of(message)).strip()


def open_msg(data: bytes, budget: Budget) -> Opened:
    """Open a message of Outlook: its text, its attachments and the messages inside it ([MS-OXMSG] 2.2)."""
    if data.count(_ATTACHED) > limits.MEMBERS:  # before the directory is walked, entry by entry
        raise UnreadableError("邮件里的附件太多，没有打开，请对方分开发送")
    compound = Compound(data)
    members = tuple(_of_outlook(compound, "", budget, 0))
    sender = _property(compound, "", "0C1A").decode() + " " + _property(compound, "", "5D01").decode()
    return Opened(members, sender.strip(), _property(compound, "", "0037").decode())


def _of_outlook(compound: Compound, folder: str, budget: Budget, depth: int) -> Iterator[Member]:
    """Yield the members of the message in ``folder``; those of a message inside it stand behind its subject."""
    body = _outlook_text(compound, folder)
    if body.strip():
        yield _body_member(body)
    start = f"{folder}/" if folder else ""
    inside = (name.removeprefix(start) for name in compound.names() if name.startswith(start))
    for attached in sorted(
        {name.split("/")[0] for name in inside if name.startswith("__attach_version1.0_#")}
    ):
        place = f"{start}{attached}"
        inner = f"{place}/__substg1.0_3701000D"
        title = (_property(compound, place, "3707") or _property(compound, place, "3704")).decode()
        if any(name.startswith(f"{inner}/") for name in compound.names()):
            if depth < limits.DEPTH:
                subject = _property(compound, inner, "0037").decode().replace("/", " ") or "转发的邮件"
                for member in _of_outlook(compound, inner, budget, depth + 1):
                    yield replace(member, name=f"{subject}.msg!{member.name}")
            continue
        content = compound.read(f"{place}/__substg1.0_37010102")
        budget.take(len(content), len(content))
        yield Member(title.replace("\\", "/").rpartition("/")[2] or "附件", content)


def _outlook_text(compound: Compound, folder: str) -> bytes:
    """Return a message's page where it holds a table, else its rich text where that does, else its plain text."""
    start = f"{folder}/" if folder else ""
    page = compound.read(f"{start}__substg1.0_10130102") or _property(compound, folder, "1013")
    if _has_table(page):
        return page
    rich = decompressed(compound.read(f"{start}__substg1.0_10090102"))
    if b"\\trowd" in rich:
        return rich
    return _property(compound, folder, "1000") or page or rich


def _property(compound: Compound, folder: str, identifier: str) -> bytes:
    """Return a string property in UTF-8, from its Unicode stream or its code-page one."""
    prefix = f"{folder}/" if folder else ""
    for suffix, encoding in (("001F", "utf-16-le"), ("001E", "gb18030")):
        stream = f"{prefix}__substg1.0_{identifier}{suffix}"
        if stream in compound.names():
            return compound.read(stream).decode(encoding, "replace").rstrip("\0").encode()
    return b""


def open_tnef(data: bytes, budget: Budget) -> Opened:
    """Open a winmail.dat: the message's own text and its attachments ([MS-OXTNEF] 2.1.3)."""
    members: list[Member] = []
    title, content, body = "", b"", _TnefBody()
    try:
        attributes = list(_tnef_attributes(data))
        if not attributes:  # each has its version at least
            raise struct.error("no attribute")
        for attribute, value in attributes:
            if attribute == _TNEF_ATTACHMENT:
                members += _tnef_member(title, content, budget)
                title, content = "", b""
            elif attribute == _TNEF_TITLE:
                title = title or _codepage(value)
            elif attribute == _TNEF_DATA:
                content = value
            elif attribute == _TNEF_PROPERTIES:
                title = _long_name(value) or title
            elif attribute == _TNEF_BODY:
                body.plain = _codepage(value).encode()
            elif attribute == _TNEF_MESSAGE:
                body.take(value)
    except struct.error as error:
        raise UnreadableError("winmail.dat 损坏，请对方改用普通附件重发") from error
    text = body.text()
    own = (_body_member(text),) if text.strip() else ()
    return Opened((*own, *members, *_tnef_member(title, content, budget)))


@dataclass(slots=True)
class _TnefBody:
    """The text of a message in a winmail.dat, in the forms it comes in: plain, a page, compressed RTF."""

    plain: bytes = b""
    page: bytes = b""
    rich: bytes = b""

    def take(self, properties: bytes) -> None:
        """Take the texts among MAPI properties; only those of text are looked for, by tag and length."""
        self.plain = _string(properties, 0x1000) or self.plain
        self.page = _string(properties, 0x1013) or _binary(properties, 0x1013)
        self.rich = decompressed(_binary(properties, 0x1009))

    def text(self) -> bytes:
        """Return the page or the rich text where it holds a table, else the plain text."""
        if _has_table(self.page):
            return self.page
        return self.rich if b"\\trowd" in self.rich else self.plain or self.page or self.rich


def _string(properties: bytes, identifier: int) -> bytes:
    """Return a string among MAPI properties in UTF-8, empty when it is not there."""
    for kind, encoding in ((0x001F, "utf-16-le"), (0x001E, "gb18030")):
        found = _value(properties, kind, identifier)
        if found:
            return found.decode(encoding, "replace").rstrip("\0").encode()
    return b""


def _binary(properties: bytes, identifier: int) -> bytes:
    return _value(properties, 0x0102, identifier)


def _value(properties: bytes, kind: int, identifier: int) -> bytes:
    """Return the single value of a property of variable length: tag, count, length, bytes ([MS-OXTNEF] 2.1.3.4)."""
    found = properties.find(struct.pack("<HHI", kind, identifier, 1))
    if found < 0 or found + 12 > len(properties):
        return b""
    (length,) = struct.unpack_from("<I", properties, found + 8)
    return properties[found + 12 : found + 12 + length]


def _tnef_member(title: str, content: bytes, budget: Budget) -> list[Member]:
    if not content:
        return []
    budget.take(len(content), len(content))
    return [Member(title or "附件", content)]


def _tnef_attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6
    while position + 9 <= len(data):
        _, attribute, length = struct.unpack_from("<BII", data, position)
        position += 9
        if position + length > len(data):
            raise struct.error("attribute runs over the end")
        yield attribute & 0xFFFF, data[position : position + length]
        position += length + 2


def _codepage(value: bytes) -> str:
    return value.rstrip(b"\0").decode("gb18030", "replace")


def _long_name(properties: bytes) -> str:
    """Return the long file name among MAPI properties."""
    found = _string(properties, _LONG_NAME) or _string(properties, _SHORT_NAME)
    return found.decode() if 0 < len(found) < 1024 else ""
