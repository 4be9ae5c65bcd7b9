"""Tables that were typed with tabs: lines outside of grids that are the rows of one.

Knows single lines; which answer they end is the concern of ``govern``.
"""

from __future__ import annotations

import re

from extract.values.fields import is_heading

from .anchors import Anchor
from .board import OUTSIDE, Box
from .stretches import Stretch

_HEADER = 3  # words that make a line a header
_ROW = re.compile(r"\t*[\u4e00-\u9fff]{2,8}\t\s*\S")


def is_other_row(flow: Anchor, box: Box) -> bool:
    """Whether a line is a row with a label of its own, where a table was typed with tabs: 联系人, tab, 张三."""
    piece, offset = flow.end
    text = flow.box.pieces[piece].text
    return _ROW.match(box.text) is not None and "\t" in text[max(offset - 1, 0) : offset + 1]


def is_header_line(box: Box) -> bool:
    """Whether a line outside of grids names columns, a tab between each two: 序号, 姓名, 电话."""
    if box.grid != OUTSIDE or box.text.count("\t") < _HEADER - 1:
        return False
    words = [word.strip() for word in box.text.split("\t") if word.strip()]
    return len(words) >= _HEADER and 2 * sum(map(is_heading, words)) > len(words)


def spills(box: Box, label: Anchor, last: Stretch, name: bool) -> bool:
    """Whether a row typed with tabs has one more cell behind its answer: label, tab, answer, tab, remark.

    A ``name`` ends at any tab; other answers may hold some themselves unless one parts them from their label.
    """
    piece, offset = label.end
    number, start, end = last
    said = box.pieces[number].text[start:end].strip()
    gap = box.pieces[piece].text[max(offset - 1, 0) : offset + 1]
    return box.grid == OUTSIDE and "\t" in said and (name or "\t" in gap)
