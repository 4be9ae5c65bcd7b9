"""Web pages that stand for documents: what Word, WPS, Excel or a system saved as html.

No script runs, nothing is loaded; what a page shows is ``blocks``' and ``looks``' concern.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract import limits
from extract.gate import CROWDED
from extract.model import Document
from extract.readers.draft import Notes, joined, lay_out
from extract.readers.plaintext import decode
from extract.unreadable import UnreadableError
from forms import Identity, Place

from .blocks import Blocks
from .looks import LONG_TAG

if TYPE_CHECKING:
    from extract.readers.package import Element

CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_TABLE = re.compile(r"<table\b")
_MAX_WORDS = 2000  # of one tag
FRAMES = re.compile(rb"<frameset\b", re.IGNORECASE)
FRAME_ALONE = (
    "这个网页只是外框，表格在它旁边的文件夹里，没有一起发来，请对方在 WPS 或 Excel 里另存为 xlsx 后重发"
)


def read_web_page(data: bytes) -> Document:
    """Read an HTML page; raise ``UnreadableError`` when there is nothing to read or it is nested beyond reason."""
    if FRAMES.search(data):
        raise UnreadableError(FRAME_ALONE)
    return read_pages((data,))


def read_pages(pages: Sequence[bytes], hidden: Sequence[bytes] = ()) -> Document:
    """Read ``pages`` as one document; what stands in ``hidden`` ones is put aside."""
    notes = Notes()
    reader = Blocks(notes)
    roots = [_root(page, notes) for page in pages]
    items = [item for root in roots for item in reader.items(root)]
    for page in hidden:
        kept = joined(Blocks(Notes()).items(_root(page, notes)))
        notes.aside(kept, "隐藏的工作表", Place("网页"))
        notes.notice("hidden")
    return lay_out([("正文", items)], notes, next(filter(None, map(_identity, roots)), None))


def _root(data: bytes, notes: Notes) -> Element:
    from lxml import etree, html

    if data.count(b"<") > limits.PAGE_TAGS:
        raise UnreadableError(CROWDED)
    text = _decoded(data)
    if any(map(_overloaded, text.split("<"))):  # libxml2 takes the square of the number of attributes
        raise UnreadableError(LONG_TAG)
    # conditional comments of Office: what stands between <![if …]> marks is shown
    text = re.sub(r"<!\[(?:if[^\]>]*|endif)\]>|<\?xml[^>]*>", "", text)
    if _cut(text):
        notes.notice("cut")
    try:
        return html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("网页文件里没有内容，请对方改用 Word 或 Excel 文件重发") from error


def _cut(text: str) -> bool:
    """Whether the end of a page is missing: a table that nobody closed (its end tag is required), and no end of the page."""
    said = text.lower()
    whole = said.rstrip("\0 \r\n\t").endswith(("</html>", "</body>", "</table>"))
    return not whole and len(_TABLE.findall(said)) > said.count("</table")


def _overloaded(piece: str) -> bool:
    """Whether the tag at the beginning of ``piece`` has more attributes than any program writes."""
    return (
        len(piece) > _MAX_WORDS
        and not piece.startswith("!")
        and len(piece.partition(">")[0].split()) > _MAX_WORDS
    )


def _decoded(data: bytes) -> str:
    """Decode by byte order mark, then by what the page says of itself, then as ``decode`` finds out."""
    named = CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = named[1].decode("ascii").lower()
        try:
            return data.decode("gb18030" if name in ("gb2312", "gbk") else name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data) or data.decode("gb18030", "replace")


def _identity(root: Element) -> Identity | None:
    metas = {str(meta.get("name", "")).lower(): str(meta.get("content", "")) for meta in root.iter("meta")}
    found = Identity.from_properties({name.removeprefix("dc."): value for name, value in metas.items()})
    return found or Identity.from_identifier(metas.get("dc.identifier", metas.get("identifier", "")))
