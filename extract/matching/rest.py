"""What is left when labels and answers are claimed: the form's own words, text that says nothing, and leftover.

Nothing is dropped here: every free stretch ends either as known text or as leftover that a person is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.spelling import squeeze
from forms import Leftover
from forms.serial import is_printed

from .board import OUTSIDE, Board, Box, Piece
from .labels import LONGEST_LABEL, is_measure
from .regions import Region

_FILLER = re.compile(
    r"[（(]?以下(?:空白|无正文)[)）]?|[\s_＿:：。，,、；;.．|/—–\-]*|附件[\d一二三四五六七八九十]*[:：]?"
)
_PAGE_NUMBER = re.compile(r"[\s\-—–·第页共/\d]*")
_TOTALS = re.compile(
    r"合计|总计|小计|共计|[(（]?以下(?:空白|无正文)|(?:备注|说明|填[表报写]说明|报送说明|附注|注)(?![\u4e00-\u9fff])"
)
_SEALED = re.compile(
    r"[(（]?(?:单位|部门)?(?:[盖签]|公)章[)）]?|(?:20\d{2}|二[〇○零]..)年\s*\d*\S{0,3}\s*月\s*\S{0,3}\s*日"
)
_SIGNED = re.compile(
    r"(?=[^:：]{0,12}(?:人|领导|签字|签名|签章|盖章|公章|电话|日期|时间)(?:\s*[（(][^（）()]*[)）])?\s*[:：])\s*[（(]?[\u4e00-\u9fff]"
)  # 单位负责人：…, 审核人（签字）：…
_SIGNER = re.compile(
    r"(?:单位|部门|主管|分管|具体)?(?:(?:填[表报写]|审[核批]|负责|联系|经办|制表|报送|统计)人|(?:主管|分管)?领导)(?:签[字名])?(?:[(（][^()（）]*[)）])?\s*[:：]?"
)
_NAME = 20  # characters beside 填报人
_COLUMN = re.compile(r"[(（]?(?:\d{1,2}|[甲乙丙丁戊]|栏次|行次)[)）]?")
_STEMS = "甲乙丙丁戊"
_NUMBERED = 3  # cells that make a row the numbers of its columns
_NUMBER = re.compile(
    r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]|[①-⑳]|第[\d一二三四五六七八九十]{1,3}[条项个次][:：]?"
)
_SERIAL = frozenset(("序号", "编号", "行号", "no"))


def opens_total(line: Sequence[Box]) -> bool:
    """Whether a row of a grid opens as a total or a remark, or signs the form, and is no record.

    A serial number may stand before a total. Who signs is told cell by cell: 单位负责人：甲, 审核人：乙, （公章）, or beside
    the name of the office: 填报人, 甲.
    """
    said = [box.text for box in line if box.filled]
    first = next((text for text in said if not squeeze(text).isdecimal()), None)
    if first is None:
        return False
    if _TOTALS.match(squeeze(first)) is not None:
        return True
    seals = all(_SIGNED.match(text) or _SEALED.fullmatch(text.strip()) for text in said)
    if seals and _SIGNED.match(first) is not None:
        return True
    signers, names = said[::2], said[1::2]
    return all(_SIGNER.fullmatch(text.strip()) for text in signers) and all(len(n) <= _NAME for n in names)


def numbers_columns(line: Sequence[Box]) -> bool:
    """Whether a row of a grid numbers the columns of a statistical table: 甲 乙 1 2 3, （1）（2）（3）."""
    said = [squeeze(box.text).strip("()") for box in line if box.filled]
    if len(said) < _NUMBERED or not all(_COLUMN.fullmatch(text) for text in said):
        return False
    stems = [text for text in said if not text.isdecimal()]
    digits = [int(text) for text in said if text.isdecimal()]
    if said != [*stems, *map(str, digits)] or [text for text in stems if text in _STEMS] != list(
        _STEMS[: len(stems)]
    ):
        return stems[:1] in (["栏次"], ["行次"])
    return digits == list(range(1, len(digits) + 1))


def gather_rest(board: Board, region: Region, known: frozenset[str]) -> tuple[list[str], list[Leftover]]:
    """Return what nothing has claimed in ``region``: text that is known, and leftover with its place.

    ``known`` are the squeezed lines of the form, empty when no form fits.
    """
    understood: list[str] = []
    leftover: list[Leftover] = []
    serials: set[int] = set()
    for box in board.boxes[region.start : region.end]:
        if known and box.grid != OUTSIDE and _serial(board, box, serials):
            serials.add(box.order)
        free = [(piece, piece.text[start:end]) for piece in box.pieces for start, end in piece.free()]
        own = bool(free) and (box.order in serials or _is_own(board, box, known))
        for piece, text in free:
            if own or squeeze(text) in known or _is_filler(text, piece) or _numbers(box, text):
                understood.append(text)
            else:
                leftover.append(Leftover(text.strip(), piece.place))
    return understood, leftover


def _is_own(board: Board, box: Box, known: frozenset[str]) -> bool:
    """Whether ``box`` holds words of the form alone: the number of a column, what a table counts in, a line of the form."""
    text = box.text
    if is_measure(text) or (known and not _claimed(box) and squeeze(text) in known):
        return True
    if box.grid == OUTSIDE or len(text) > LONGEST_LABEL or not _COLUMN.fullmatch(squeeze(text)):
        return False
    return numbers_columns(board.rows[box.grid][box.row])


def _is_filler(text: str, piece: Piece) -> bool:
    """Whether ``text`` says nothing: blanks, strokes and punctuation, a bare 附件1, a page number in a footer."""
    if _FILLER.fullmatch(text.strip()) or is_printed(text):
        return True
    return piece.place.part == "页脚" and _PAGE_NUMBER.fullmatch(text.strip()) is not None


def _numbers(box: Box, text: str) -> bool:
    """Whether ``text`` is the bare number of an entry: before answers in its cell, or alone in the first cell of a row."""
    return _NUMBER.fullmatch(text.strip()) is not None and (
        _claimed(box) or (box.grid != OUTSIDE and not box.column)
    )


def _serial(board: Board, box: Box, serials: set[int]) -> bool:
    """Whether ``box`` is the header 序号 of a list or a number in the column under it."""
    if len(box.text) > LONGEST_LABEL:
        return False
    text = squeeze(box.text)
    if text in _SERIAL:
        return True
    upper = next((other for other in board.above(box) if other.filled), None) if text.isdecimal() else None
    return upper is not None and upper.order in serials


def _claimed(box: Box) -> bool:
    return any(piece.claims for piece in box.pieces)
