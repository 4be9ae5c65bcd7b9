"""Questions that stand in the cell of their answer: 一、项目简介（500字以内）, 导师推荐意见 and empty lines over a signature.

Knows the lines of one box and its rows; which fields come of them is ``grids``' concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract.matching.board import Board, Box, Piece
from extract.spelling import squeeze

from .fieldnames import NUMBERED, identifier
from .inline import BARE_DATE, INLINE, LONE_DATE, asks

FOOT = re.compile(
    r"[（(]?[\u4e00-\u9fff、/]{0,14}(?:[（(](?:盖章|公章|签[字名章])[)）]|盖章|公章|签[字名章]|签盖|[（(]章)[)）]?[:：]?"
)
LIMITED = re.compile(r"[（(][^（）()]*\d\s*字[^（）()]*[)）]")
_NOTE = re.compile(r"\s*[（(].*[)）。]?\s*|\s*注[:：].*|.{0,40}(?:号字|行距|请填|填写|另附).{0,20}")
_MOST_FOOT = 12  # signs that a cell may print under the room of its answer beside labels and dates
_LONGEST = 24  # characters of a question
_PAIR = 2  # a question and the line under it
_OPINION = re.compile(r"(?:意见|评语|结论|评价)[:：]?$")
_INLINE = 16  # up to which a label with its colon is found where it stands


@dataclass(frozen=True, slots=True)
class Room:
    """A question, and where in its cell or under it the answer begins."""

    label: str
    piece: Piece
    start: int
    end: int = 0  # where it ends, if later
    lettered: bool = False  # whether a letter answers it: A, B


def foot_only(text: str) -> bool:
    """Whether a text is no more than what a cell prints at its foot: labels to sign at, dates, 盖章."""
    rest = FOOT.sub("", LONE_DATE.sub("", INLINE.sub("", BARE_DATE.sub("", text))))
    return len(re.sub(r"[_＿⎵‗]", "", squeeze(rest))) <= _MOST_FOOT


def over_foot(box: Box) -> Room | None:
    """Return the empty lines between the question that opens a cell and what is printed at its foot; none without both."""
    lines = list(lines_of(box))
    while len(lines) > 1 and not lines[0][2].strip() and len(squeeze(lines[1][2])) > _INLINE // 2:
        del lines[0]
    room = _room(lines)
    if room is None:
        return _beside_foot(lines)
    found, rest = room
    return found if rest.strip() and foot_only(rest) else None


def _beside_foot(lines: list[tuple[Piece, int, str]]) -> Room | None:
    """Return the room before what stands at the foot right under an opinion: 街道意见 over      （盖章）  年 月 日."""
    if (
        len(lines) < _PAIR
        or not _OPINION.search(squeeze(lines[0][2]))
        or not re.match(r"[ \t\u3000]{6}", lines[1][2])
    ):
        return None
    label = question_in(lines[0][2])
    piece, start, _ = lines[1]
    ends = foot_only("\n".join(line for _, _, line in lines[1:]))
    return Room(label, piece, start) if label and ends else None


def free_line(box: Box) -> tuple[Piece, int, int] | None:
    """Return the empty line that opens a cell, or follows the note that does (（从选题方面考核）), with where it stands."""
    for number, (piece, start, text) in enumerate(lines_of(box)):
        if not text.strip():
            return piece, start, start + len(text)
        if number or not re.fullmatch(r"\s*[（(][^（）()]*[)）]\s*", text):
            return None
    return None


def rooms_in(board: Board, box: Box) -> list[Room]:
    """Return the rooms of the questions that stand in a cell, each over its own; none where no question does."""
    asked = _section(board, box)
    return _sections(box) or ([asked] if asked is not None else [])


def _sections(box: Box) -> list[Room]:
    """Return the rooms of several numbered questions that share a cell, each over empty lines; none for one alone."""
    lines = list(lines_of(box))
    rooms: list[Room] = []
    said = 0
    for (_, _, over), (piece, start, text) in pairwise(lines):
        asks = NUMBERED.match(over) or LIMITED.search(over)
        if asks and not text.strip() and (label := question_in(over)):
            rooms.append(Room(label, piece, start))
        elif over.strip() and not _NOTE.fullmatch(over) and not foot_only(over):
            said += 1  # somebody wrote between the questions
    return rooms if len(rooms) > 1 and not said else []


def _section(board: Board, box: Box) -> Room | None:
    """Return the room of a question that has a whole row to itself: numbered as the next one is, or with its length limited."""
    lines = list(lines_of(box))
    if not _alone(board, box) or any(asks(text) for _, _, text in lines[1:]):
        return None
    label = question_in(lines[0][2])
    if not label or any(text.strip() and not _NOTE.fullmatch(text) for _, _, text in lines[1:]):
        return None
    under = board.rows[box.grid].get(box.row_end, [])
    empty = next(((piece, start) for piece, start, text in lines[1:] if not text.strip()), None)
    plain = LIMITED.search(lines[0][2]) or re.search(r"[:：]\s*$", lines[0][2])
    if not (plain or (NUMBERED.match(box.text) and (empty or _follows(board, under)))):
        return None
    if under and not _alone(board, under[0]):
        return None
    piece, start = empty or (box.pieces[-1], len(box.pieces[-1].text))
    return Room(label, piece, start)


def lines_of(box: Box) -> Iterator[tuple[Piece, int, str]]:
    """Yield each line with the piece it stands in and where it begins there."""
    for piece in box.pieces:
        start = 0
        for line in piece.text.split("\n"):
            yield piece, start, line
            start += len(line) + 1


def _room(lines: list[tuple[Piece, int, str]]) -> tuple[Room, str] | None:
    """Return the first empty line under a question and its notes, with the text that follows it."""
    label = question_in(lines[0][2])
    if not label:
        return None
    for number, (piece, start, text) in enumerate(lines[1:], 1):
        if not text.strip():
            return Room(label, piece, start), "\n".join(line for _, _, line in lines[number:])
        if not _NOTE.fullmatch(text):
            return None
    return None


def question_in(line: str) -> str:
    """Return a line that asks for words, without its colon; nothing for sentences and for labels found where they stand."""
    label = line.strip().rstrip(":：")
    if re.fullmatch(r"[（(][^（）()]*[)）]", label):
        return ""
    word = identifier(label)
    if (
        len(word) < _PAIR
        or _measure(label, word) > _LONGEST
        or (label != line.strip() and len(squeeze(label)) <= _INLINE)
    ):
        return ""
    plain = LIMITED.sub("", re.sub(r"[（(][^（）()]*[)）]", "", label)).rstrip(" :：")
    plain = re.sub(r"(?<=[A-Za-z,]) +(?=[A-Za-z])", " ", plain)
    return "" if re.search(r"[:：。；]|[ \t\u3000_]{3,}", plain) else label


def _measure(label: str, word: str) -> int:
    """Return how long a question is: signs, but words where it is English."""
    english = re.findall(r"[A-Za-z]+", label)
    return len(word) - sum(map(len, english)) + len(english)


def _alone(board: Board, box: Box) -> bool:
    """Whether a cell has its row to itself."""
    return board.rows[box.grid].get(box.row, []) == [box]


def _follows(board: Board, under: list[Box]) -> bool:
    """Whether nothing more, another numbered question or a cell to sign in follows a question."""
    return not under or (_alone(board, under[0]) and NUMBERED.match(under[0].text) is not None)
