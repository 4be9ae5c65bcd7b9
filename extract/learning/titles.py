"""What a blank form calls itself: the line over everything that is asked, by its place and its last word."""

from __future__ import annotations

import re

from extract.matching.board import OUTSIDE, Board, spread
from extract.model import Document
from extract.spelling import squeeze

from .inline import BARE_DATE, INLINE, LONE_DATE, TAG
from .ownroom import foot_only

TITLE_ENDS = (
    "表",
    "单",
    "书",
    "台账",
    "登记",
    "报告",
    "清单",
    "名册",
    "一览",
    "统计",
    "目录",
    "汇总",
    "记录",
    "计划",
    "证明",
    "模板",
    "样表",
    "名单",
    "卡",
)
_LONGEST = 40
_TITLE_WITHIN = 8  # boxes from the top


def title_of(document: Document) -> str:
    """Return what a blank form calls itself, "" where nothing tells."""
    return title_on(spread(document, lambda text: bool(text.strip())))


def title_on(board: Board) -> str:
    """Return the title: of the lines before the first label the last that ends as titles do, else the longest."""
    lines: list[str] = []
    for box in board.boxes:
        text = " ".join(re.sub("[⎵‗]", " ", box.text).split())
        plain = squeeze(text)
        beside = [
            other
            for other in (board.rows[box.grid][box.row] if box.grid != OUTSIDE else ())
            if other is not box and other.filled
        ]
        numbered = plain.endswith(TITLE_ENDS) and all(INLINE.search(other.text) for other in beside)
        wide = not beside or numbered  # 员工档案卡 | 编号：____
        dated = LONE_DATE.search(text) is not None and foot_only(text)
        if not plain or re.match(r"附件|附表|附录", plain) or TAG.search(text) or dated:
            continue
        if not wide or INLINE.search(box.text) or BARE_DATE.search(box.text):
            if lines or box.order > _TITLE_WITHIN:
                break
            continue  # a little table or a line of numbers above the title
        lines += filter(None, map(_title_line, _whole_or_lines(re.sub("[⎵‗]", " ", box.text))))
        if len(lines) > 6:
            break
    named = [line for line in lines if squeeze(line).rstrip("()（）").endswith(TITLE_ENDS)]
    return named[-1] if named else max(lines, key=len, default="")


def _whole_or_lines(text: str) -> list[str]:
    """Return a text as one, its lines joined where they are few and short, else its lines."""
    joined = " ".join(text.split())
    noted = re.search(r"\n\s*(?:注|说明|填|\d[、.．])", text)
    return [joined] if len(squeeze(joined)) <= _LONGEST and not noted else text.split("\n")


def _title_line(text: str) -> str:
    """Return a line that may be a title, its letters set close; nothing for sentences."""
    plain = squeeze(text)
    if not 3 <= len(plain) <= _LONGEST or not re.search(r"[\u4e00-\u9fffA-Za-z]", plain):
        return ""
    if re.search(r"[。；，]|^[（(][^（）()]*[)）]$|^注|^填[表写报]说明|^说明|^\d[、.．]", plain):
        return ""
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", text.strip(" \t\n\u3000_＿⎵‗"))
