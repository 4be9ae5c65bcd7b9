"""Web pages in one MIME message (mht): a document, or the sheets of a workbook, each a page of its own.

Knows RFC 2557 as far as office programs use it, and the frames in which Excel sets its sheets.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from urllib.parse import unquote

from extract import limits
from extract.gate import CROWDED
from extract.mailheaders import admit
from extract.model import Document
from extract.unreadable import UnreadableError

from .page import CHARSET, FRAME_ALONE, FRAMES, read_pages, read_web_page

_SHEETS = re.compile(rb"<x:ExcelWorksheet>.*?</x:ExcelWorksheet>", re.DOTALL | re.IGNORECASE)
_UNSEEN = re.compile(rb"<x:Visible>\s*Sheet(?:Very)?Hidden", re.IGNORECASE)
_HREF = re.compile(rb"""HRef=["']([^"']+)""", re.IGNORECASE)


def read_web_archive(data: bytes) -> Document:
    """Read an mht: the first HTML page of a MIME message, as Word and WPS save it, or the sheets of a workbook."""
    admit(data)
    try:
        pages = dict(_pages(email.message_from_bytes(data, policy=email.policy.default)))
        return _archived(pages)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableError("网页存档损坏，请对方改用 Word 或 Excel 文件重发") from error


def _archived(pages: dict[str, bytes]) -> Document:
    """Read the first of ``pages`` (by file name), or what it frames: Excel saves each sheet as a page of its own."""
    if not pages:
        raise UnreadableError("网页存档里没有正文，请对方改用 Word 或 Excel 文件重发")
    first, *others = pages
    if not FRAMES.search(pages[first]):
        return read_web_page(pages[first])
    hidden = {
        unquote(href.decode("ascii", "replace")).rpartition("/")[2].lower()
        for sheet in _SHEETS.findall(pages[first])
        if _UNSEEN.search(sheet)
        for href in _HREF.findall(sheet)
    }
    sheets = [name for name in others if not name.startswith("tabstrip")]
    seen = [pages[name] for name in sheets if name not in hidden]
    if not seen:
        raise UnreadableError(FRAME_ALONE)
    if sum(page.count(b"<") for page in pages.values()) > limits.PAGE_TAGS:
        raise UnreadableError(CROWDED)
    return read_pages(seen, [pages[name] for name in sheets if name in hidden])


def _pages(message: Message) -> Iterator[tuple[str, bytes]]:
    """Yield file name, in small letters, and content of each HTML page of a MIME message."""
    for number, part in enumerate(message.walk() if isinstance(message, EmailMessage) else ()):
        body = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        charset = part.get_param("charset")
        if isinstance(body, bytes):
            named = b"" if CHARSET.search(body[:4096]) or not charset else str(charset).encode()
            place = unquote(str(part.get("Content-Location", ""))).rpartition("/")[2].lower()
            yield place or f"{number}", (b"<meta charset=" + named + b">" if named else b"") + body
