"""Blanks that a form draws by underlining: 题目 and a run of underlined blanks or a tab, which Word shows as a line to write on.

Knows WordprocessingML as far as runs are underlined; a drawn blank becomes ``RULED``, a drawn tab ``RULED_TAB``, one sign each,
so that every offset stays true. Only learning asks: in a return an underline means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from extract.model import Block, Document, Grid, Paragraph
from extract.readers.numbering import W
from extract.readers.package import Element
from extract.readers.word.docx import Trace
from forms import Place

from .shown import shown_nodes

RULED, RULED_TAB = "⎵", "‗"
_T, _R, _U, _TAB = (W + name for name in ("t", "r", "u", "tab"))
_WRITTEN = re.compile(r"[^\s年月日（）()盖公章签名字]")  # on the line: it has its answer
_LEAST = 2  # blanks that are room to write in
_NO_LINE = ("none", "words", "0")  # ``words`` leaves blanks without a line (ECMA-376 17.18.99)


def ruled(trace: Trace) -> Document:
    """Return the traced document with a sign in place of each blank that is underlined to be written on."""
    texts: dict[Place, str] = {}
    for place, (paragraph, shown) in trace.paragraphs.items():
        alone = place.row and not "".join(map(_said, shown_nodes(paragraph))).strip()
        if (
            not alone and next(paragraph.iter(_U), None) is not None
        ):  # in a cell such a line is room like any empty one
            texts[place] = "\0" * shown + "".join(_signs(paragraph))
    if not texts:
        return trace.document
    return replace(trace.document, blocks=tuple(_blocks(trace.document.blocks, texts)))


def drawn(text: str) -> str:
    """Return ``text``, which is underlined as a whole, with signs for its blanks; as it is where somebody wrote on the line."""
    room = len(text) - len("".join(text.split()))
    if _WRITTEN.search(text) or (room < _LEAST and "\t" not in text):
        return text
    return re.sub(r"[ \u00a0\u3000]", RULED, text.replace("\t", RULED_TAB))


def _signs(paragraph: Element) -> Iterator[str]:
    """Yield the text that ``paragraph`` shows, its lines to write on drawn."""
    for underlined, nodes in groupby(shown_nodes(paragraph), _underlined):
        text = "".join(_said(node) for node in nodes)
        yield drawn(text) if underlined else text


def _said(node: Element) -> str:
    return (node.text or "") if node.tag == _T else "\t" if node.tag == _TAB else "\n"


def _underlined(node: Element) -> bool:
    run = next(node.iterancestors(_R), None)
    line = run.find(f"{W}rPr/{W}u") if run is not None else None
    return line is not None and line.get(f"{W}val", "single") not in _NO_LINE


def _blocks(blocks: tuple[Block, ...], texts: Mapping[Place, str]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Grid):
            yield replace(
                block,
                cells=tuple(replace(cell, blocks=tuple(_blocks(cell.blocks, texts))) for cell in block.cells),
            )
        elif len(signs := texts.get(block.place, "")) == len(block.text) > 0:
            yield _marked(block, signs)
        else:
            yield block


def _marked(paragraph: Paragraph, signs: str) -> Paragraph:
    text = (
        sign if sign in (RULED, RULED_TAB) else own for sign, own in zip(signs, paragraph.text, strict=True)
    )
    return replace(paragraph, text="".join(text))
