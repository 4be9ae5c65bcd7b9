"""Understanding a blank form: its title, the places that wait for an answer, and the labels that say what belongs there.

Pure: a neutral document in, fields with places out. Writing the tags is ``tagging``'s concern.
"""

from __future__ import annotations

import re

from extract.matching.board import OUTSIDE, Board, Box, spread
from extract.matching.labels import squeeze
from extract.model import Document
from forms import FieldKind, doubt

from .cells import Cells, is_hint, label_of
from .fieldkinds import DATE_PROMPT, guess_kind, is_photo, options_of
from .fieldnames import Names, heading_of, identifier
from .headers import Headers
from .inline import BARE_DATE, INLINE, LONE_DATE, SIGNS, asks, inline, kind_of
from .spots import Blank, Spot
from .unsure import doubtful

_TITLE_ENDS = (
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
)
_LONGEST = 40
_FOOT = re.compile(
    r"[（(]?[\u4e00-\u9fff、/]{0,14}(?:[（(](?:盖章|公章|签[字名章])[)）]|盖章|公章|签[字名章]|签盖|[（(]章)[)）]?[:：]?"
)
_OPINION = re.compile(r"意见|评语|结论|评价|审核|审批|情况|推荐|鉴定")
_LEADING = re.compile(
    r"[ \t\u3000]{10}|[\s_]*[（(]?(?:盖章|公章|签[字名章])[）)]"
)  # before what a foot says: room for words
_LONGEST_OPINION = 24
_MOST_FOOT = 12  # signs that a cell may print under the room of its answer beside labels and dates
_PERSON = re.compile(r"人$|者$|师$|员$|长$|父|母|配偶|子女")
_PERSONAL = re.compile(
    r"电话|手机|邮箱|[Ee]-?mail|mail|职[称务]|性别|年龄|民族|学历|学位|身份证|专业|单位|部门|学号|班级|出生|QQ|微信"
)
_WHOSE = re.compile(r"(?P<who>\w{2,12}?)(?:的?姓名|（?签字）?)$")
_TITLE_WITHIN = 8  # boxes from the top


def understand(document: Document) -> Blank:
    """Find title, fields and row groups of a blank form; what is unclear is a doubt."""
    board = spread(document, lambda text: bool(text.strip()))
    blank = Blank(_title(board))
    names = Names(blank.doubts)
    reader = _Grids(Cells(board), blank, names)
    titled = not blank.title
    for box in board.boxes:
        if blank.title and squeeze(box.text) == squeeze(blank.title):
            titled = True
            continue
        if box.grid == OUTSIDE:
            found = len(blank.spots)
            inline(box, blank, names, reader.heading)
            if titled and found == len(blank.spots):
                reader.heading = heading_of(box.text) or reader.heading
        else:
            reader.look(box)
    blank.doubts += doubtful(board, blank)
    if not blank.spots:
        blank.doubts.append(doubt("learn_no_fields"))
    if not blank.title:
        blank.doubts.append(doubt("learn_no_title"))
    return blank


def _title(board: Board) -> str:
    """Return the title: of the lines before the first label the last that ends as titles do, else the longest."""
    lines: list[str] = []
    for box in board.boxes:
        text = " ".join(box.text.split())
        plain = squeeze(text)
        wide = box.grid == OUTSIDE or not [
            other for other in board.rows[box.grid][box.row] if other is not box and other.filled
        ]
        if not plain or re.match(r"附件|附表|附录", plain):
            continue
        if not wide or INLINE.search(box.text) or BARE_DATE.search(box.text):
            if lines or box.order > _TITLE_WITHIN:
                break
            continue  # a little table or a line of numbers above the title
        lines += filter(None, map(_title_line, [text] if len(plain) <= _LONGEST else box.text.split("\n")))
        if len(lines) > 6:
            break
    named = [line for line in lines if squeeze(line).rstrip("()（）").endswith(_TITLE_ENDS)]
    return named[-1] if named else max(lines, key=len, default="")


def _title_line(text: str) -> str:
    """Return a line that may be a title, its letters set close; nothing for sentences."""
    plain = squeeze(text)
    if not 3 <= len(plain) <= _LONGEST or re.search(r"[。；]", plain):
        return ""
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", text.strip())


def _leaves_room(line: str, following: str) -> bool:
    """Whether a line ends with a label of its own over an empty line: 报名理由：."""
    return not following.strip() and re.search(r"[:：]\s*$", line) is not None


class _Grids:
    """Finds the fields of grids: answers beside labels, under headers, and in the label's own cell."""

    def __init__(self, cells: Cells, blank: Blank, names: Names) -> None:
        self._cells = cells
        self._board = cells.board
        self._blank = blank
        self._names = names
        self.heading = ""  # the last line that heads what follows it
        self._whose = ""  # the person that the last 某某姓名 asked for
        self._answered: dict[int, str] = {}  # label box -> the path of its answer
        self._headers = Headers(cells, blank, names)
        self._done = self._headers.done

    def look(self, box: Box) -> None:
        """Take up one cell, in reading order."""
        if box.order in self._done or is_photo(box.text):
            return
        if self._cells.is_open(box):
            self._answer(box)
        elif self._own_cell(box):
            labels = self._labels(box) if is_hint(box.text) else []
            label = labels[-1] if labels else next(p.text.strip() for p in box.pieces if p.text.strip())
            last = box.pieces[-1]
            path = self._names.path(labels or [label], around=[self.heading])
            start = last.text.rfind("\n") + 1
            self._blank.spots.append(Spot(path, label, guess_kind(label), last.place, start, len(last.text)))
        elif self._waits(box) and not self._cells.leads(box) and not self._cells.answered(box):
            owner = self._over_foot(box)
            around = owner or self._beside(box)
            inline(box, self._blank, self._names, around or self.heading, owner)
        elif not self._cells.answered(box) and not any(
            other.filled for other in self._board.rows[box.grid][box.row] if other is not box
        ):
            self.heading = heading_of(box.text) or self.heading

    def _waits(self, box: Box) -> bool:
        """Whether places in a cell wait for answers behind labels of their own, or over words at its foot."""
        lines = box.text.split("\n")
        roomy = len(lines) > 1 and not all(map(str.strip, lines))
        return asks(box.text) or (roomy and _FOOT.search(box.text) is not None)

    def _beside(self, box: Box) -> str:
        """Return the label left of a cell, outermost, as words that say whose its own labels are."""
        lefts = [other for other in self._board.left_of(box) if self._cells.labelled(other)]
        return label_of(lefts[-1]) if lefts else ""

    def _own_cell(self, box: Box) -> bool:
        """Whether a cell opens with a label and leaves room under it: 四、获奖情况 and empty lines."""
        first, *rest = box.text.split("\n")
        room = 1 if is_hint(box.text) else 2
        return (
            bool(first.strip())
            and len(rest) >= room
            and not any(map(str.strip, rest))
            and len(squeeze(first)) <= _LONGEST
        )

    def _over_foot(self, box: Box) -> str:
        """Take up the room over what a cell prints at its foot (签字：   年月日, 盖章); return its path, "" where none is."""
        lines = box.text.split("\n")
        rest = _FOOT.sub("", LONE_DATE.sub("", INLINE.sub("", BARE_DATE.sub("", box.text))))
        if len(squeeze(rest)) > _MOST_FOOT or any(map(_leaves_room, lines, lines[1:])):
            return ""
        free = not lines[0].strip() and len(lines) > 1
        beside = _LEADING.match(lines[0]) is not None and next(self._board.left_of(box), None) is not None
        labels = self._labels(box) if free or beside else []
        if not labels or len(identifier(labels[-1])) > _LONGEST_OPINION:
            return ""
        if not free and not _OPINION.search(labels[-1]):
            return ""
        path = self._names.path(labels, around=[self.heading])
        end = len(lines[0]) if free else 0
        self._blank.spots.append(Spot(path, labels[-1], guess_kind(labels[-1]), box.pieces[0].place, 0, end))
        return path

    def _answer(self, box: Box) -> None:
        labels = self._labels(box)
        if not labels:
            if box.order not in self._done and not self._empty_line(box):
                self._blank.doubts.append(doubt("learn_no_label", None, at=box.pieces[0].place))
            return
        if len(labels) == 1 and squeeze(labels[0]) == squeeze(self._blank.title):
            return
        options = options_of(box.text)
        label = labels[-1]
        dated = DATE_PROMPT.fullmatch(box.text) is not None
        kind = FieldKind.DATE if dated else kind_of(label, options)
        path = self._names.path(labels, around=self._around(box, label))
        whose = _WHOSE.fullmatch(identifier(label))
        self._whose = whose["who"] if whose else self._whose
        if dated and SIGNS.search(squeeze(label)) and guess_kind(label) is not FieldKind.DATE:
            first = box.pieces[0]
            end = len(first.text) if not first.text.strip() and len(box.pieces) > 1 else 0
            self._blank.spots.append(Spot(path, label, guess_kind(label), first.place, 0, end))
            inline(box, self._blank, self._names, label, path)
            return
        self._blank.spots.append(Spot(path, label, kind, box.pieces[0].place, options=options))

    def _around(self, box: Box, label: str) -> list[str]:
        """Return words that say whose an answer is, the likeliest first: the person of its row, of the rows above, its row."""
        beside = self._beside(box)
        personal = _PERSONAL.search(squeeze(label)) is not None and not _PERSON.search(squeeze(beside))
        return [self._whose, beside, self.heading] if personal else [beside, self.heading]

    def _empty_line(self, box: Box) -> bool:
        """Whether the whole row is empty: room left over, not a field."""
        return not any(other.filled for other in self._board.rows[box.grid].get(box.row, ()))

    def _labels(self, box: Box) -> list[str]:
        """Return the labels that say what belongs into ``box``, outermost first; none when it only extends another."""
        chain: list[Box] = []
        passed = False  # beyond the nearest labels only a label that spans more rows still says something
        for other in self._board.left_of(box):
            if self._cells.is_open(other):
                if not chain and not self._headers.above(box):
                    return self._extra(box, other)
                passed = passed or bool(chain)
            elif not chain:
                if asks(other.text) and not self._cells.leads(other):
                    break
                if other.order in self._answered and other.row < box.row and not self._headers.above(box):
                    return self._extra(box, box)
                chain.append(other)
            elif self._leads_row(other, chain):
                chain.append(other)
            elif not passed:
                break
        head = self._headers.above(box)
        if head and chain:
            return [*(label_of(other) for other in reversed(chain)), *head]
        if chain:
            if len(chain) == 1:
                self._answered[chain[0].order] = label_of(chain[0])
            return [label_of(other) for other in reversed(chain)]
        above = next((other for other in self._board.above(box) if other.filled), None)
        if (
            above is not None
            and not self._cells.is_open(above)
            and above.row_end == box.row
            and above.order not in self._answered
            and not self._spreads(above, box)
        ):
            return [label_of(above)]
        return []

    def _spreads(self, above: Box, box: Box) -> bool:
        """Whether a cell above reaches over further cells beside ``box``: it heads them all and labels none."""
        return len([other for other in self._board.below(above) if other is not box]) > 0

    def _leads_row(self, other: Box, chain: list[Box]) -> bool:
        """Whether a label stands over those right of it: higher than they are, or before a label: 视力 左 ___ 右 ___."""
        if not self._cells.labelled(other) or self._cells.answered(other):
            return False
        height = chain[-1].row_end - chain[-1].row
        if other.row_end - other.row > height:
            return True
        right = self._cells.right(other)
        return (
            len(chain) == 1
            and other.row_end - other.row == height
            and right is not None
            and self._cells.labelled(right)
        )

    def _extra(self, box: Box, other: Box) -> list[str]:
        """Take up an open cell right of another open one: room for the same answer, or headed by its own label."""
        lefts = [left for left in self._board.left_of(other) if not self._cells.is_open(left)]
        if lefts:
            name = identifier(label_of(lefts[0]))
            message = doubt("learn_extra", name, at=box.pieces[0].place)
            if not any(known.field == name and known.code == "learn_extra" for known in self._blank.doubts):
                self._blank.doubts.append(message)
            self._done.add(box.order)
        above = next((up for up in self._board.above(box) if up.filled), None)
        if not lefts and above is not None and not self._cells.is_open(above) and above.row_end == box.row:
            return [label_of(above)]
        return []
