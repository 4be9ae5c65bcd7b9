"""Cells of a blank form by what they are: open for an answer, a label, a label that leads to the cell beside it.

Knows one cell and its neighbours; which label an open cell belongs to is ``grids``' concern.
"""

from __future__ import annotations

import re

from extract.matching.board import Board, Box
from extract.spelling import squeeze
from forms import FieldKind

from .fieldkinds import BOX, DATE_PROMPT, boxes_only, guess_kind, is_photo, is_prompt, is_tag, options_of
from .fieldnames import identifier
from .inline import INLINE, LONE_DATE, TAG
from .ownroom import FOOT

_COLON_LABEL = re.compile(r"[^:：。；\n]{1,24}[:：]\s*")
_OWN_BOXES = re.compile(rf"\s*[^:：\n{BOX}]{{1,24}}[:：].*[{BOX}]")
_YEAR = re.compile(r"\s*20\d\d年[\s_＿⎵‗]+月")
_REMARK = re.compile(r"(?:注|说明|备注|填表说明)[:：].")
_AMONG = re.compile(r"(?:其中|包括|含)[:：]\S")  # 其中：女
_HINT = re.compile(
    r"[ \u3000]{6,}[（(][^（）()\n]*[)）]\s*|"
    r"\s*(?:[（(【\[](?:[^（）()]*[^\w（）()])?(?:必填|选填|可填|填写|无需|不超过|不少于|不填|请|如|例|限|从)[^（）()]*[)）】\]]"
    r"|(?:必填|选填|(?:此处|请)(?:填|输入|选择|简要|详细|勾选|注明|写明|说明|描述)[^，。；]{0,30})[。.…]*)\s*"
)
_SIGNED = re.compile(r"签[字名章]|盖章|公章")
_LONGEST = 40
_LONGEST_FRAME = 12
_ENDS_IN_TAG = re.compile(rf"(?:{TAG.pattern})\s*$")  # 我是{{name}}: its answer stands in it
_FEWEST_ROWS = 3  # of signs that make a label upright


class Cells:
    """The cells of the grids on a board, asked what they are."""

    def __init__(self, board: Board) -> None:
        """Ask about the cells of ``board``."""
        self.board = board
        tagged = [box.grid for box in board.boxes if is_tag(box.text)]
        self._templated = {grid for grid in tagged if tagged.count(grid) > 1}

    def is_open(self, box: Box) -> bool:
        """Whether a cell waits for an answer: empty, a prompt, boxes to tick, a frame to fill in.

        In a grid that another tool's placeholders fill, only these do.
        """
        text = box.text
        if box.grid in self._templated and not text.strip():
            return False
        if is_photo(text) or (
            _OWN_BOXES.match(boxes_only(text)) and next(self.board.left_of(box), None) is None
        ):
            return False
        return is_prompt(text) or bool(options_of(text)) or self._gapped(box) or self.hinted(box)

    def hinted(self, box: Box) -> bool:
        """Whether a cell right of a label only says what belongs into it: （选填，不超过300字）, 请填写全称."""
        if not _HINT.fullmatch(box.text):
            return False
        left, right = next(self.board.left_of(box), None), self.right(box)
        led = right is not None and is_prompt(right.text)
        return (
            left is not None
            and 0 < len(squeeze(left.text)) <= _LONGEST
            and not led
            and not _HINT.fullmatch(left.text)
        )

    def _gapped(self, box: Box) -> bool:
        """Whether a cell right of a label is a frame to fill in: 　年　月毕业于　　　."""
        text = box.text
        if re.search(r"[:：]|\S\s*\n", text) or not re.search(r"[ \u3000_]{2,}", text.strip("\n")):
            return False
        if FOOT.search(text):
            return False  # （盖章或签名）  年 月 日 under the room
        words = re.sub(r"[\s_＿⎵‗]", "", text)
        lefts = [other for other in self.board.left_of(box) if other.filled]
        return bool(lefts) and len(words) <= _LONGEST_FRAME and re.match(r"[\s_]{2,}", text) is not None

    def asks_itself(self, box: Box) -> bool:
        """Whether a cell has places of its own, whatever stands beside it: a placeholder, or several labels with blanks."""
        text, right = box.text, self.right(box)
        if right is not None and is_tag(right.text):
            return False
        blanks = [found["blank"] for found in INLINE.finditer(text) if found["blank"]]
        drawn = any(re.search(r"[_＿⎵]{3}|‗", blank) for blank in blanks)
        return TAG.search(text) is not None or len(blanks) > 1 or drawn or any("年" in b for b in blanks)

    def labelled(self, box: Box) -> bool:
        """Whether a cell reads as a label."""
        plain = squeeze(box.text)
        words = len(plain) if len(plain) <= _LONGEST else len(identifier(plain))
        return (
            0 < words <= _LONGEST
            and len(plain) <= 4 * _LONGEST
            and not self.is_open(box)
            and (not INLINE.search(box.text) or _AMONG.match(plain) is not None)
            and not is_hint(box.text)
            and not _REMARK.match(plain)
            and not LONE_DATE.search(box.text)
            and not _ENDS_IN_TAG.search(box.text)
        )

    def right(self, box: Box) -> Box | None:
        """Return the cell right of ``box`` that begins in its row and touches it."""
        line = self.board.rows[box.grid][box.row]
        return next((o for o in line if o.column == box.column_end and o.row == box.row), None)

    def answered(self, box: Box) -> bool:
        """Whether the cell right of a label, as high as itself, waits for its answer."""
        if self.asks_itself(box):
            return False
        right = self.right(box)
        if right is None or right.row_end != box.row_end or not self.is_open(right):
            return False
        return not self._apart(box, right)

    def _apart(self, box: Box, right: Box) -> bool:
        """Whether a date stands beside a label with its colon, 姓名： | 2018年  月, and is no answer to it."""
        if not _COLON_LABEL.fullmatch(box.text.strip()) or not _YEAR.match(right.text):
            return False
        return guess_kind(box.text.strip(" :：")) is not FieldKind.DATE

    def prefilled(self, box: Box) -> bool:
        """Whether a cell is no more than a label with its colon, and its answer is printed in the cell beside it."""
        right = self.right(box)
        if right is None or not _COLON_LABEL.fullmatch(box.text.strip()) or self.is_open(right):
            return False
        if _SIGNED.search(box.text):
            return False  # the room to sign in is behind it
        return right.filled and right.row_end == box.row_end and not re.search(r"[:：]", right.text)

    def leads(self, box: Box) -> bool:
        """Whether a cell is no more than a label with its colon, and the cell beside or under it takes the answer."""
        if not _COLON_LABEL.fullmatch(box.text.strip()):
            return False
        right = self.right(box)
        if right is not None and self.is_open(right):
            return not self._apart(box, right)
        under = [o for o in self.board.rows[box.grid].get(box.row_end, ()) if same_column(box, o)]
        if not under or not self.is_open(under[0]):
            return False
        return not (_SIGNED.search(box.text) and DATE_PROMPT.fullmatch(under[0].text))

    def begun(self, grid: int, row: int) -> list[Box]:
        """Return the cells that begin in a row, from the left, without those that hold and await nothing."""
        boxes = [box for box in self.board.rows[grid].get(row, ()) if box.row == row]
        return [box for box in boxes if box.filled or self.is_open(box)] if grid in self._templated else boxes


def is_hint(text: str) -> bool:
    """Whether a text is a note in brackets over empty lines, which says what the answer should be: （为什么申报）."""
    return re.fullmatch(r"\s*[（(][^（）()]*[)）][ \t\u3000]*\n\s*", text) is not None


def label_of(box: Box) -> str:
    """Return the words of a label's cell."""
    text = "\n".join(piece.text for piece in box.pieces)
    return "".join(_upright(text) or text.replace("\n", "")).rstrip(" \u3000:：")


def _upright(text: str) -> list[str]:
    """Return the columns of a label set upright in several, a sign of each a line (实 化/验 验/室 单); none for others."""
    rows = [line.split() for line in text.split("\n") if line.strip()]
    wide = len(rows) >= _FEWEST_ROWS and len(rows[0]) > 1
    if not wide or any(len(row) != len(rows[0]) or any(len(sign) > 1 for sign in row) for row in rows):
        return []
    return ["".join(column) for column in zip(*rows, strict=True)]


def same_column(head: Box, box: Box) -> bool:
    """Whether two cells have the same sides."""
    return head.column == box.column and head.column_end == box.column_end
