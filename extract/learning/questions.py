"""Questions outside of tables whose room lies under them: 一、基本情况（300字以内） over empty lines, a question over boxes to tick.

Knows the lines that follow one another; which fields come of them is ``grids``' concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.matching.board import OUTSIDE, Board, Box, Piece
from extract.spelling import squeeze

from .fieldkinds import BOX, boxes_only, options_of
from .fieldnames import NUMBERED
from .inline import LONE_DATE
from .ownroom import FOOT, LIMITED, Room, lines_of, question_in

_ROOM = 2  # empty lines that are room to write in; above a table they may only keep it apart
_ROOM_OVER_GRID = 3
_CLOSES = re.compile(r"附件|附表|续?表\d|注[:：]|说明[:：]|备注|填[表写报]|共青团|中共|.{2,20}[印监编]制$")
_ENDS = r"[ \t\u3000]*"
_ASKS = re.compile(
    rf"[？?]{_ENDS}$|[（(](?:单选|可?多选|不定项|限选\w+|最多选\w+)[)）]{_ENDS}[:：？?]?{_ENDS}$"
)
_NAMED = re.compile(r"(?:书|表|单|办法|方案|通知|名册|规定|细则|文件)$")  # an annex in a list, no question
_LISTED = re.compile(rf"{NUMBERED.pattern}[ \u3000]*[^\s:：，。；]{{2,14}}[:：]\s*")
_CHOSEN = re.compile(
    rf"(?:{NUMBERED.pattern})?(?P<label>[^（）()]{{2,40}}?(?:[（(][^（）()\s]+[)）])?)[？?:：。]?[ \u3000]*"
    r"[（(](?P<blank>[ \u3000]+)[)）][。.]?\s*(?:[（(][^（）()]+[)）])?\s*"
)
_DEEP = re.compile(r"\s*\d{1,2}[.．]\d")  # 1.1 heads a part of a treatise
_LONGEST = 40
_ROUND = re.compile(r"\s*[（(](?P<note>第[一二三四五六七八九十\d]+[次轮]\w{0,8})[)）]\s*")


@dataclass(frozen=True, slots=True)
class Ticks:
    """A question and the lines of boxes under it, with the words that stand beside the boxes."""

    label: str
    pieces: tuple[Piece, ...]
    options: tuple[str, ...]
    start: int = 0  # where the boxes stand in the first piece
    end: int = 0


def room_below(board: Board, box: Box) -> Room | None:
    """Return the empty lines under a numbered or limited question or one that ends as questions do; none for other lines."""
    text = box.text
    asks = _ASKS.search(text) is not None
    label = question_in(text.rstrip(" \t\u3000？?")) if asks else question_in(text)
    if not label and NUMBERED.match(text) and text.rstrip().endswith((":", "：")):
        label = question_in(text.rstrip(" \t\u3000:："))  # 四、审查意见：
    if _DEEP.match(text):
        return None
    if (
        not label
        or _NAMED.search(squeeze(label))
        or not (asks or NUMBERED.match(text) or LIMITED.search(text))
    ):
        return None
    empty = list(_empty_under(board, box))
    following = _after(board, box, len(empty))
    if following is not None and following.grid != OUTSIDE:
        return None if len(empty) < _ROOM_OVER_GRID else _room(label, empty)
    least = 1 if asks or LIMITED.search(text) else _ROOM
    ends = following is None or _closes(following.text)
    return _room(label, empty) if len(empty) >= least and ends else None


def listed(board: Board, box: Box) -> Room | None:
    """Return the end of a numbered label with its colon that stands among others of its kind: 1、单位名称： over 2、联系人：."""
    if not _LISTED.fullmatch(box.text):
        return None
    boxes = [
        other for other in board.boxes if other.grid == OUTSIDE and other.filled and _same_part(box, other)
    ]
    place = boxes.index(box)
    around = [other.text for other in (*boxes[max(place - 1, 0) : place], *boxes[place + 1 : place + 2])]
    if not any(_LISTED.fullmatch(text) for text in around):
        return None
    end = len(box.text)
    return Room(NUMBERED.sub("", box.text).strip(" \u3000:："), box.pieces[-1], end, end)


def lettered(board: Board, box: Box) -> Room | None:
    """Return the bracket of a question over answers with letters: 您是否满意？（  ） over A. 满意."""
    found = _CHOSEN.fullmatch(box.text)
    under = next((other for other in board.boxes[box.order + 1 :] if other.filled), None)
    if found is None or under is None or not re.match(r"\s*[A-Ea-e][、.．:：)）]", under.text):
        return None
    label = found["label"].strip(" \u3000？?:：")
    return Room(label, box.pieces[0], *found.span("blank"), lettered=True)


def ticks_below(board: Board, box: Box) -> Ticks | None:
    """Return the boxes to tick under a line that asks, each in lines of nothing else; none for other lines."""
    text = box.text.strip()
    if len(squeeze(text)) > _LONGEST or not (_ASKS.search(text) or re.search(r"[:：]$", text)):
        return None
    if options_of(text) or "\n" in text:
        return None
    pieces: list[Piece] = []
    options: list[str] = []
    for under in board.boxes[box.order + 1 :]:
        if (
            under.grid != OUTSIDE
            or len(under.pieces) != 1
            or not boxes_only(under.text).strip().startswith(tuple(BOX))
        ):
            break
        found = options_of(under.text)
        if not found or set(found) & set(options):
            break
        pieces.append(under.pieces[0])
        options += found
    label = re.sub(r"[:：？?\s]+$", "", text)
    return Ticks(label, tuple(pieces), tuple(options), 0, len(pieces[0].text)) if len(options) > 1 else None


def ticks_in(box: Box) -> Ticks | None:
    """Return the lines of boxes that open a cell, under the note that says which round they are for (（第二次开题）), if any.

    None where nothing else follows them: then the whole cell is the answer.
    """
    note = ""
    pieces: list[Piece] = []
    options: list[str] = []
    start = end = 0
    for piece, at, line in lines_of(box):
        if not options and not note and (said := _ROUND.fullmatch(line)):
            note = said["note"]
        elif (found := options_of(line)) and not re.search("[:：？?]", line):
            options += found
            start = start if pieces else at
            pieces += [piece] if piece not in pieces else []
            end = at + len(line) if piece is pieces[0] else end
        elif line.strip():
            alone = piece not in pieces[1:]  # what follows stands in a line that stays
            return (
                Ticks(note, tuple(pieces), tuple(options), start, end) if len(options) > 1 and alone else None
            )
    return None


def _room(label: str, empty: list[Box]) -> Room:
    return Room(label, empty[0].pieces[0], 0, len(empty[0].pieces[0].text))


def _empty_under(board: Board, box: Box) -> Iterator[Box]:
    for under in board.boxes[box.order + 1 :]:
        drawn = re.sub(r"[\s_＿⎵‗]", "", under.text)
        if (
            under.grid != OUTSIDE
            or drawn
            or (under.filled and not under.text.strip())
            or not _same_part(box, under)
        ):
            return
        yield under


def _after(board: Board, box: Box, empty: int) -> Box | None:
    """Return the box under the empty lines, none where its part of the document ends."""
    number = box.order + 1 + empty
    if number >= len(board.boxes) or not _same_part(box, board.boxes[number]):
        return None
    return board.boxes[number]


def _same_part(box: Box, other: Box) -> bool:
    return other.grid != OUTSIDE or other.pieces[0].place.part == box.pieces[0].place.part


def _closes(text: str) -> bool:
    """Whether a line does not go on with what the empty lines over it part from the question: the next one, who signs."""
    plain = text.strip()
    if NUMBERED.match(text) or LIMITED.search(text) or LONE_DATE.search(text) or _CLOSES.match(plain):
        return True
    return FOOT.search(text) is not None and len(squeeze(text)) <= _LONGEST
