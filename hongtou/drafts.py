"""Drafts in formats that ``generate`` does not lay out itself: read by ``extract``, typed anew, laid out.

Knows which drafts can go that way without loss; what would be lost is named and the draft refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generate.drafts.layout import draft_members, laid_out
from generate.notice.house import housed
from generate.package import TemplateError, members_of, packed
from generate.save import save
from generate.standard.profile import Profile, shipped

if TYPE_CHECKING:
    from extract.model import Block, Document

RETYPED = (".doc", ".wps", ".rtf", ".odt")
_MARGINS = ("页眉", "页脚")
_OLE = b"\xd0\xcf\x11\xe0"
_RTF_DRAWN = re.compile(rb"\\do\b|\\sn shapeType}\{\\sv (?!75}|202})\d+}")
_ODT_DRAWN = re.compile(rb"<draw:(line|connector|path|polyline|polygon|ellipse|circle|rect|custom-shape)\b")
_NAMES = {"picture": "图片", "formula": "公式", "struck": "划掉的字"}


def lay_out_draft(draft: Path, out: Path, profile: Profile | None = None) -> Path:
    """Write ``draft`` to ``out`` as a document to the standard, or to a house ``profile``, and return ``out``.

    Raise ``TemplateError`` when it cannot be read, or not without loss, ``OutputError`` when ``out`` cannot be written.
    """
    members = _retyped(draft) if draft.suffix.lower() in RETYPED else draft_members(draft)
    return save(packed(housed(laid_out(members, draft.name), profile or shipped())), out)


def _retyped(draft: Path) -> dict[str, bytes]:
    """Return the package of a draft typed anew; raise ``TemplateError`` where that would lose anything."""
    from extract import UnreadableError, read_document
    from extract.learning.retype import retype

    try:
        data = draft.read_bytes()
        document = read_document(data)
    except (UnreadableError, OSError) as error:
        raise TemplateError(
            f"草稿 {draft.name} 读不出来：{error}。请用 WPS 或 Word 另存为 .docx 再排版"
        ) from error
    lost = sorted({*_lost(document), *_drawn(data)})
    if lost:
        raise TemplateError(
            f"草稿 {draft.name} 里有{'、'.join(lost)}，直接排版留不住。请用 WPS 或 Word 另存为 .docx 再排版"
        )
    return members_of(retype(document))


def _drawn(data: bytes) -> Iterator[str]:
    """Yield that lines or figures are drawn: they hold no text, so the document that was read knows nothing of them."""
    from extract.readers.word.doc import drawn

    if data.startswith(_OLE):
        found = drawn(data)
    elif data.startswith(b"PK"):
        found = _ODT_DRAWN.search(_content(data)) is not None
    else:
        found = data.startswith(b"{\\rt") and _RTF_DRAWN.search(data) is not None
    if found:
        yield "画的线或图形"


def _content(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("content.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return b""


def _lost(document: Document) -> Iterator[str]:
    """Yield the kinds of things that typing the text anew would not keep."""
    yield from (aside.kind for aside in document.asides)
    yield from _unkept(document.blocks)


def _unkept(blocks: Iterable[Block]) -> Iterator[str]:
    from extract.model import Grid

    for block in blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                yield from _unkept(cell.blocks)
            continue
        if block.place.part in _MARGINS and not block.text.strip(" \u3000\t-—－–0123456789"):
            continue  # a page number; ours takes its place
        if block.place.part in _MARGINS:
            yield block.place.part
        looks = {str(mark.look) for mark in block.marks}
        yield from (name for look, name in _NAMES.items() if look in looks)
