"""Drafts in formats that ``generate`` does not lay out itself: read by ``extract``, typed anew, laid out.

Knows which drafts can go that way without loss; what would be lost is named and the draft refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generate.layout import laid_out, lay_out
from generate.package import TemplateError, members_of, packed, write

if TYPE_CHECKING:
    from extract.model import Block, Document

RETYPED = (".doc", ".wps", ".rtf", ".odt")
_MARGINS = ("页眉", "页脚")
_NAMES = {"picture": "图片", "formula": "公式", "struck": "划掉的字"}


def lay_out_draft(draft: Path, out: Path) -> Path:
    """Write ``draft`` to ``out`` as a document to the standard and return ``out``.

    Raise ``TemplateError`` when it cannot be read, or not without loss, ``OutputError`` when ``out`` cannot be written.
    """
    if draft.suffix.lower() not in RETYPED:
        return lay_out(draft, out)
    from extract import UnreadableError, read_document
    from extract.retype import retype

    try:
        document = read_document(draft.read_bytes())
    except (UnreadableError, OSError) as error:
        raise TemplateError(
            f"草稿 {draft.name} 读不出来：{error}。请用 WPS 或 Word 另存为 .docx 再排版"
        ) from error
    lost = sorted(set(_lost(document)))
    if lost:
        raise TemplateError(
            f"草稿 {draft.name} 里有{'、'.join(lost)}，直接排版留不住。请用 WPS 或 Word 另存为 .docx 再排版"
        )
    return write(packed(laid_out(members_of(retype(document)), draft.name)), out)


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
