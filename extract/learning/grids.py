"""The fields of tables: answers beside labels and under headers, in the label's own cell, and where boxes are to be ticked.

Knows one cell and what stands around it; lines outside of tables whose room lies under them come here too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.matching.board import OUTSIDE, Box
from extract.spelling import squeeze
from forms import FieldKind, doubt

from .cells import Cells, is_hint, label_of, same_column
from .fieldkinds import (
    DATE_PROMPT,
    PERIOD,
    guess_kind,
    is_drawn,
    is_photo,
    is_range,
    is_tag,
    options_of,
    printed_list,
)
from .fieldnames import NUMBERED, Names, heading_of, identifier
from .headers import Headers
from .inline import (
    MONTH,
    SIGNS,
    asks,
    inline,
    kind_of,
)
from .labelling import Labels, ticked_beside
from .ownroom import FOOT, LIMITED, Room, foot_only, free_line, over_foot, rooms_in
from .questions import Ticks, lettered, listed, room_below, ticks_below, ticks_in
from .spots import Blank, Spot
from .titles import TITLE_ENDS

_SHORTEST_TITLE = 5  # characters up to which a word says what belongs beside it
_LONGEST = 40
_SHORT = 10  # characters of a question that may ask for a number or a date
_OPINION = re.compile(r"意见|评语|结论|评价|审核|审批|情况|推荐|鉴定")
_LEADING = re.compile(
    r"[ \t\u3000]{10}|[\s_]*[（(]?(?:盖章|公章|签[字名章])[）)]"
)  # before what a foot says: room for words
_LONGEST_OPINION = 24
_WORD = "表"  # what places in a Word table begin with
_PERSON = re.compile(r"人$|者$|师$|员$|长$|父|母|配偶|子女")
_PERSONAL = re.compile(
    r"电话|手机|邮箱|[Ee]-?mail|mail|职[称务]|性别|年龄|民族|学历|学位|身份证|专业|单位|部门|学号|班级|出生|QQ|微信"
)
_ABOUT = re.compile(
    r"(?:对[^对]{2,20})?的?(?:评语|意见|评价|评定|结论|鉴定)(?:[（(].*)?$"
)  # what a question asks of whom
_LONGEST_ABOUT = 16
_SERIALS = ("序号", "行号")  # count the rows: nobody is asked for them
_PLAIN = re.compile(
    r"(?:题目|名称|姓名|单位|地址|地点|说明|方式|时间|日期|备注)$|名$"
)  # labels that no list to circle answers
_OPENING_NOTE = re.compile(r"^\s*[（(][^（）()\n]*[)）]\s*\n")
_COUNT = re.compile(r"\s*(?P<number>[1-9])[、.．]\s*")  # 1、 alone
_NOTED = re.compile(r"\s*[（(][^（）()\d]{1,8}[)）]\s*")  # (主席) where a list asks for a name
_STAMP = re.compile(r"\s*[（(](?:加?盖公?章|公章|签[字名章])[)）]\s*")
_DAY = re.compile(
    r"\s*(?P<label>[^\s（()）:：]{1,12})\s*[（(](?P<blank>(?:[ \u3000_＿]*年)?[ \u3000_＿]*月[ \u3000_＿]*日)[)）]\s*"
)  # 第一次（  月  日）
_WHOSE = re.compile(r"(?P<who>\w{2,12}?)(?:的?姓名|（?签字）?)$")


def _kind_of_question(label: str) -> FieldKind:
    """Return the kind that a question suggests; one of many words is answered with words."""
    word = identifier(label)
    return guess_kind(word) if len(word) <= _SHORT else FieldKind.TEXT


def _leaves_room(line: str, following: str) -> bool:
    """Whether a line ends with a label of its own over an empty line: 报名理由：."""
    signed = FOOT.search(line) is not None and foot_only(line)
    return not following.strip() and re.search(r"[:：]\s*$", line) is not None and not signed


class Grids:
    """Finds the fields of grids: answers beside labels, under headers, and in the label's own cell."""

    def __init__(self, cells: Cells, blank: Blank, names: Names) -> None:
        """Look at the ``cells`` of a board; fields and what is to be asked go to ``blank``."""
        self._cells = cells
        self._board = cells.board
        self._blank = blank
        self._names = names
        self.heading = ""  # the last line that heads what follows it
        self._whose = ""  # the person that the last 某某姓名 asked for
        self._asked: dict[int, str] = {}  # cells that are questions with room of their own
        self._grids: dict[str, int] = {}  # label -> the last grid that asked it
        self._headers = Headers(cells, blank, names)
        self._done = self._headers.done
        self._groups = {group.name for group in blank.groups}
        self._labels = Labels(cells, self._headers, blank)

    def look(self, box: Box) -> None:
        """Take up one cell, in reading order."""
        if box.order in self._done or is_photo(box.text):
            if self.heading and identifier(self.heading) in self._groups:
                self.heading = ""  # it heads these rows and nothing below them
            return
        if self._cells.is_open(box):
            self._answer(box)
        elif self._printed(box):
            return
        elif not (self._counted(box) or self._noted(box) or self._dated(box) or self._stamped(box)):
            self._room_within(box)

    def _counted(self, box: Box) -> bool:
        """Take up one of several counted cells behind a label, 1、; say whether it is one."""
        number = _COUNT.fullmatch(box.text)
        owner = self._counting(box) if number else ""
        if number and owner:
            path = self._names.path([owner + number["number"]], around=[self.heading])
            piece = box.pieces[0]
            end = len(piece.text)
            self._blank.spots.append(Spot(path, owner, guess_kind(owner), piece.place, end, end))
        return bool(owner)

    def _noted(self, box: Box) -> bool:
        """Take up a cell of a list that only says whose name it wants, (主席); say whether it is one."""
        heads = self._headers.above(box) if _NOTED.fullmatch(box.text) else []
        if heads:
            path = self._names.path([box.text, *heads], around=[self.heading])
            self._blank.spots.append(Spot(path, box.text, guess_kind(heads[-1]), box.pieces[0].place, 0, 0))
        return bool(heads)

    def _dated(self, box: Box) -> bool:
        """Take up the day that a row's label leaves open, 第一次（  月  日）; say whether it is such a label."""
        found = _DAY.fullmatch(box.text)
        if found is None or not box.pieces[-1].text.strip():
            return False
        piece = box.pieces[-1]
        start = piece.text.index(found["blank"])
        path = self._names.path([found["label"], "日期"], around=[self.heading])
        spot = Spot(path, "日期", FieldKind.DATE, piece.place, start, start + len(found["blank"]))
        self._blank.spots.append(spot)
        return True

    def _stamped(self, box: Box) -> bool:
        """Take up a cell right of a label in which only 盖章 stands behind the room; say whether it is one."""
        left = next(self._board.left_of(box), None)
        beside = _STAMP.fullmatch(box.text) and left is not None and self._cells.labelled(left)
        labels = self._labels.of(box) if beside else []
        if labels and not _OPINION.search(labels[-1]):
            path = self._names.path(labels, around=[self.heading])
            self._blank.spots.append(
                Spot(path, labels[-1], guess_kind(labels[-1]), box.pieces[0].place, 0, 0)
            )
            return True
        return False

    def _room_within(self, box: Box) -> None:
        """Take up what a cell with words asks in itself: a question over its room, boxes to tick, labels with blanks."""
        if self._own_cell(box):
            labels = self._labels.of(box) if is_hint(box.text) else []
            label = labels[-1] if labels else next(p.text.strip() for p in box.pieces if p.text.strip())
            last = box.pieces[-1]
            path = self._names.path(labels or [label], around=[self.heading])
            start = last.text.rfind("\n") + 1
            self._blank.spots.append(Spot(path, label, guess_kind(label), last.place, start, len(last.text)))
        elif ticks := ticks_in(box):
            self._ticked(box, ticks)
        elif rooms := rooms_in(self._board, box):
            for room in rooms:
                self._question(box, room)
        elif self._cells.prefilled(box):
            return
        elif self._waits(box) and not self._cells.leads(box) and not self._cells.answered(box):
            self._labelled_within(box)
        elif not self._cells.answered(box) and not any(
            other.filled for other in self._board.rows[box.grid][box.row] if other is not box
        ):
            self.heading = heading_of(box.text) or self.heading

    def _labelled_within(self, box: Box) -> None:
        """Take up the places of a cell that have labels of their own, and the room over them or what stands at the foot."""
        over = over_foot(box)
        owner = self._question(box, over) if over else self._over_foot(box)
        around = (not over and owner) or self._beside(box) or owner
        first = next(line for line in box.text.split("\n") if line.strip())
        if re.fullmatch(r"[^:：]+[:：]\s*", first):
            self._asked[box.order] = first.strip()
        inline(box, self._blank, self._names, around or self.heading, owner)

    def below(self, box: Box) -> bool:
        """Take up a line outside of grids whose answer stands in the lines under it; say whether it is one."""
        if box.order in self._done:
            return True
        if ticks := ticks_below(self._board, box):
            self._choice(ticks, [ticks.label], box.text)
            self._done.update(range(box.order + 1, box.order + 1 + len(ticks.pieces)))
            return True
        room = room_below(self._board, box) or listed(self._board, box) or lettered(self._board, box)
        if room is not None:
            self._question(box, room, [self.heading])
        return room is not None

    def _choice(self, ticks: Ticks, labels: Sequence[str], asked: str) -> str:
        """Take up lines of boxes to tick under ``labels``; return the path."""
        first, *others = ticks.pieces
        path = self._names.path(labels, around=[self.heading])
        also = tuple(piece.place for piece in others)
        kind = kind_of(asked, ticks.options)
        self._blank.spots.append(
            Spot(path, labels[-1], kind, first.place, ticks.start, ticks.end, "", ticks.options, also)
        )
        return path

    def _ticked(self, box: Box, ticks: Ticks) -> None:
        """Take up boxes to tick that open a cell, and what else it asks."""
        labels = [ticks.label] if ticks.label else self._labels.of(box)
        owner = self._choice(ticks, labels, labels[-1]) if labels else ""
        inline(box, self._blank, self._names, labels[-1] if labels else self.heading, owner)

    def _printed(self, box: Box) -> bool:
        """Take up a list that a cell prints right of its label, for a person to mark what is true; say whether it is one."""
        options = printed_list(box.text)
        left = next(self._board.left_of(box), None)
        if not options or left is None or not self._cells.labelled(left) or left.row_end < box.row_end:
            return False
        right = self._cells.right(box)
        header = self._heads_open(box) and not any(map(self._cells.labelled, self._board.below(left)))
        led = right is not None and self._cells.is_open(right)
        if header or led or _PLAIN.search(squeeze(left.text)):
            return False
        labels = self._labels.of(box)
        if not labels:
            return False
        path = self._names.path(labels, around=[self.heading])
        several = "/" not in box.text and "／" not in box.text
        kind = FieldKind.CHOICES if several else FieldKind.CHOICE
        self._blank.spots.append(Spot(path, labels[-1], kind, box.pieces[0].place, options=options))
        self._blank.doubts.append(doubt("learn_list", path, at=box.pieces[0].place))
        self._labels.taken.add(box.order)
        return True

    def _heads_open(self, box: Box) -> bool:
        """Whether an open cell as wide as ``box`` stands under it."""
        return any(same_column(box, low) and self._cells.is_open(low) for low in self._board.below(box))

    def _counting(self, box: Box) -> str:
        """Return the label of a row that asks for several, a counted cell each: 指导教师 | 1、 | 2、; "" where none is."""
        first, *others = self._cells.begun(box.grid, box.row)
        counted = [other for other in others if _COUNT.fullmatch(other.text)]
        return label_of(first) if len(counted) > 1 and self._cells.labelled(first) else ""

    def _waits(self, box: Box) -> bool:
        """Whether places in a cell wait for answers behind labels of their own, or over words at its foot."""
        lines = box.text.split("\n")
        roomy = len(lines) > 1 and not all(map(str.strip, lines))
        return asks(box.text) or (roomy and FOOT.search(box.text) is not None)

    def _question(self, box: Box, room: Room, around: Sequence[str] | None = None) -> str:
        """Take up a question with room in its own cell; return the path of its answer."""
        path = self._names.path([room.label], around=around or [self._beside(box), self.heading])
        self._asked[box.order] = room.label
        place = room.piece.place
        self._blank.spots.append(
            Spot(
                path,
                room.label,
                FieldKind.TEXT if room.lettered else _kind_of_question(room.label),
                place,
                room.start,
                max(room.start, room.end),
            )
        )
        return path

    def _beside(self, box: Box) -> str:
        """Return the label left of a cell, outermost, as words that say whose its own labels are.

        One that has its answer beside it says nothing of a label that stands twice in the row, as where a form is printed
        twice side by side.
        """
        lefts = [other for other in self._board.left_of(box) if self._cells.labelled(other)]
        said = [squeeze(other.text) for other in lefts]
        if lefts and said.count(said[0]) > 1 and not _PERSON.search(said[-1]):
            lefts = [other for other in lefts if not self._cells.answered(other)]
        return label_of(lefts[-1]) if lefts else ""

    def _asked_over(self, box: Box) -> str:
        """Return who or what the question right over a row is about: 评阅小组 of 评阅小组的评语, "" where none stands there."""
        over = next(self._board.above(box), None)
        label = self._asked.get(over.order, "") if over is not None and over.row_end == box.row else ""
        about = _ABOUT.sub("", label.rstrip(":："))
        return about if len(identifier(about)) <= _LONGEST_ABOUT else ""

    def _own_cell(self, box: Box) -> bool:
        """Whether a cell opens with a label and leaves room under it: 四、获奖情况 and empty lines."""
        first, *rest = box.text.split("\n")
        room = 1 if is_hint(box.text) else 2
        right = self._cells.right(box)
        if right is not None and right.row_end == box.row_end and not right.text.partition("\n")[0].strip():
            return False  # the room is beside it
        return (
            bool(first.strip())
            and len(rest) >= room
            and not any(map(str.strip, rest))
            and len(squeeze(first)) <= _LONGEST
        )

    def _over_foot(self, box: Box) -> str:
        """Take up the room over what a cell prints at its foot (签字：   年月日, 盖章); return its path, "" where none is."""
        lines = box.text.split("\n")
        if not foot_only(_OPENING_NOTE.sub("", box.text)) or any(map(_leaves_room, lines, lines[1:])):
            return ""
        line = free_line(box) if len(lines) > 1 else None
        free = line is not None
        left = next(self._board.left_of(box), None)
        asked = left is not None and re.search(r"(?:意见|评语)$", squeeze(left.text)) is not None
        beside = left is not None and (asked or _LEADING.match(lines[0]) is not None)
        labels = self._labels.of(box) if free or beside else []
        if not labels or len(identifier(labels[-1])) > _LONGEST_OPINION:
            return ""
        if not free and not _OPINION.search(labels[-1]):
            return ""
        path = self._names.path(labels, around=[self.heading])
        piece, start, end = line or (box.pieces[0], 0, 0)
        self._blank.spots.append(Spot(path, labels[-1], guess_kind(labels[-1]), piece.place, start, end))
        return path

    def _answer(self, box: Box) -> None:
        labels = self._labels.of(box) or self._named_otherwise(box)
        if not labels:
            return
        if len(labels) == 1 and (self._is_title(labels[0]) or squeeze(labels[0]) in _SERIALS):
            if not MONTH.fullmatch(box.text):
                return
            labels = [PERIOD]  # under the title stands for which month it is
        if re.fullmatch(r"附[件表]\d*", squeeze(labels[0])):
            return
        options = options_of(box.text)
        label = labels[-1]
        sides = (self._cells.right(box), next(self._board.left_of(box), None))
        if any(ticked_beside(box, other) for other in sides if other is not None):
            labels = [*labels, options[0]]
        dated = DATE_PROMPT.fullmatch(box.text) is not None
        asked = labels[-2] if re.fullmatch(r"第\d+列", label) else label
        kind = FieldKind.DATE if dated else kind_of(asked, options)
        if label == PERIOD or is_range(box.text):
            dated, kind = False, FieldKind.TEXT
        over = self._asked_over(box)
        labels = [over, *labels] if over and self._again(box, label) else labels
        path = self._names.path(labels, around=self._around(box, label))
        whose = _WHOSE.fullmatch(identifier(label))
        self._whose = whose["who"] if whose else self._whose
        if dated and SIGNS.search(squeeze(label)) and guess_kind(label) is not FieldKind.DATE:
            first = box.pieces[0]
            end = len(first.text) if not first.text.strip() and len(box.pieces) > 1 else 0
            self._blank.spots.append(Spot(path, label, guess_kind(label), first.place, 0, end))
            inline(box, self._blank, self._names, label, path)
            return
        stretch = (0, 0) if self._cells.hinted(box) else (-1, -1)  # the hint stays on the page
        self._blank.spots.append(Spot(path, label, kind, box.pieces[0].place, *stretch, options=options))

    def _named_otherwise(self, box: Box) -> list[str]:
        """Return what names an open cell that has no label beside or over it; ask where nothing does."""
        if is_tag(box.text) and not is_drawn(box.text):
            return [box.text]
        if MONTH.fullmatch(box.text):
            return [PERIOD]
        if asked := self._framed(box):
            return [asked]
        idle = box.order in self._done or self._empty_line(box) or self._spacer(box)
        if self._stands_alone(box) or not idle:
            self._blank.unnamed.append(box.pieces[0].place)
        return []

    def _is_title(self, label: str) -> bool:
        """Whether a label is what the form calls itself; a short word that stands first may be taken for it: 作业量."""
        plain = squeeze(label)
        named = len(plain) > _SHORTEST_TITLE or plain.endswith(TITLE_ENDS)
        return plain == squeeze(self._blank.title) and named

    def _around(self, box: Box, label: str) -> list[str]:
        """Return words that say whose an answer is, the likeliest first: the person of its row, of the rows above, its row."""
        beside = self._beside(box)
        before, self._grids[squeeze(label)] = self._grids.get(squeeze(label)), box.grid
        if before not in (None, box.grid):  # asked in another table too: the heading tells them apart
            return [self.heading, self._whose, beside]
        personal = _PERSONAL.search(squeeze(label)) is not None and not _PERSON.search(squeeze(beside))
        return [self._whose, beside, self.heading] if personal else [beside, self.heading]

    def _again(self, box: Box, label: str) -> bool:
        """Whether a label stands in other rows of its grid too."""
        return any(
            other.row != box.row and other.row_end != box.row_end and squeeze(other.text) == squeeze(label)
            for line in self._board.rows[box.grid].values()
            for other in line
        )

    def _spacer(self, box: Box) -> bool:
        """Whether an empty cell only stands right of one that has places of its own, or is more room for the question over it."""
        left = next(self._board.left_of(box), None)
        if left is not None:
            return (
                self._cells.asks_itself(left)
                or self._labels.only_heads(left)
                or (self._cells.is_open(left) and self._spacer(left))
            )
        over = next(self._board.above(box), None)
        return over is not None and over.order in self._asked and over.row_end == box.row

    def _stands_alone(self, box: Box) -> bool:
        """Whether an empty cell is all there is of its table, or of the last row of it: a frame to write in."""
        rows = self._board.rows[box.grid]
        return rows[box.row] == [box] and box.row_end > max(rows) and _WORD in box.pieces[0].place.part

    def _framed(self, box: Box) -> str:
        """Return the question in the line over a table of one empty cell: 一、题目; "" where none stands there."""
        if not self._stands_alone(box) or len(self._board.rows[box.grid]) > 1:
            return ""
        before = reversed(self._board.boxes[: box.order])
        over = next((other for other in before if other.filled), None)
        if over is None or over.grid != OUTSIDE:
            return ""
        text = over.text.strip()
        asks = NUMBERED.match(text) or LIMITED.search(text) or re.search(r"[:：]$", text)
        return text if asks and 2 <= len(identifier(text)) <= _LONGEST_OPINION else ""

    def _empty_line(self, box: Box) -> bool:
        """Whether the whole row is empty: room left over, not a field."""
        return not any(other.filled for other in self._board.rows[box.grid].get(box.row, ()))
