"""Understanding a blank form: its title, the places that wait for an answer, and the labels that say what belongs there.

Pure: a neutral document in, fields with places out. Writing the tags is ``tagging``'s concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.matching.board import OUTSIDE, Board, Box, spread
from extract.matching.labels import squeeze
from extract.matching.rest import opens_total
from extract.model import Document
from forms import Doubt, FieldKind, Place, doubt

from .fieldkinds import BOX, DATE_PROMPT, guess_kind, is_photo, is_prompt, options_of
from .fieldnames import Names, identifier, last_words

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
_GAP = r"[ \t\u3000_＿]*"
_DATE_GAP = rf"(?:{_GAP}年{_GAP}月(?:{_GAP}日)?)?"
_OTHERS = r"(?:\{\{[^{}\n]*\}\})?"  # the tag of another tool, in place of blanks
_INLINE = re.compile(
    rf"(?P<label>[^\s:：，。；;,、_＿（(][^:：，。；;\n_＿]{{0,24}}?)[ \t\u3000]*[:：]"
    rf"(?P<blank>{_GAP}{_OTHERS}{_DATE_GAP})(?=$|\n|[^\s_＿])"
)
_BARE_DATE = re.compile(
    r"(?P<label>[^\s:：]{2,8}(?:日期|时间))[ \t\u3000]{1,}(?P<blank>[ \t\u3000_]*年[ \t\u3000_]+月[ \t\u3000_]+日)"
)
_NOT_A_LABEL = re.compile(r"^(?:注|说明|备注|附|附件\d*|填表说明|填写说明|注意|提示|主送|抄送)$")
# words before a colon that begin a sentence or address somebody, and leave no room for an answer
_TALK = re.compile(
    r"^(?:[（(]?[\d一二三四五六七八九十A-Z]{1,3}[)）．.、]|[①-⑳]|各|尊敬)|(?:如下|下列|包括|规定|要求|通知|意见|办法|同志|们)$"
)
_SERIAL = re.compile(r"(?:序号|编号|行号|\d{1,3}|[一二三四五六七八九十]{1,3})")
_COLON_LABEL = re.compile(r"[^:：。；\n]{1,24}[:：]\s*")
_LONGEST = 40
_LONGEST_HEADING = 20
_MOST_EXAMPLES = 3
_TITLE_WITHIN = 8  # boxes from the top
_ASKS_WHOSE = re.compile(r"日期$|时间$|电话$|^年.?月")  # belongs to the label before it: 负责人签字：  日期：


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that waits for an answer.

    ``start`` and ``end`` bound the stretch of its paragraph that an answer replaces; -1 stands for the whole cell.
    ``path`` joins labels with a dot, ``label`` is the last one as it is spelled, ``group`` the row group or "".
    """

    path: str
    label: str
    kind: FieldKind
    place: Place
    start: int = -1
    end: int = -1
    group: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsOfGroup:
    """The rows of a repeating group: its grid and the first and last row (from 1) that wait for entries."""

    name: str
    grid: str
    first: int
    last: int


@dataclass(slots=True)
class Blank:
    """What was understood of a blank form."""

    title: str = ""
    spots: list[Spot] = field(default_factory=list)
    groups: list[RowsOfGroup] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def understand(document: Document) -> Blank:
    """Find title, fields and row groups of a blank form; what is unclear is a doubt."""
    board = spread(document, lambda text: bool(text.strip()))
    blank = Blank(_title(board))
    names = Names(blank.doubts)
    reader = _Grids(board, blank, names)
    titled = not blank.title
    for box in board.boxes:
        if blank.title and squeeze(box.text) == squeeze(blank.title):
            titled = True
            continue
        if box.grid == OUTSIDE:
            found = len(blank.spots)
            _inline(box, blank, names, reader.heading)
            if titled and found == len(blank.spots):
                reader.heading = _heading(box.text) or reader.heading
        else:
            reader.look(box)
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
        if not wide or _INLINE.search(box.text) or _BARE_DATE.search(box.text):
            if lines or box.order > _TITLE_WITHIN:
                break
            continue  # a little table or a line of numbers above the title
        if 3 <= len(plain) <= _LONGEST and not re.search(r"[。；]", plain):
            lines.append(re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", text))
        if len(lines) > 6:
            break
    named = [line for line in lines if squeeze(line).rstrip("()（）").endswith(_TITLE_ENDS)]
    return named[-1] if named else max(lines, key=len, default="")


def _heading(text: str) -> str:
    """Return a line that heads what follows, as words to tell fields apart by; nothing for text, notes and numbers."""
    plain = squeeze(text)
    return plain if 2 <= len(plain) <= _LONGEST_HEADING and not re.search(r"[:：。；，]", text) else ""


def _inline(box: Box, blank: Blank, names: Names, heading: str = "") -> None:
    """Find the 标签：____ places of a box; ``heading`` is what stands over them."""
    before = ""
    places: set[Place] = set()
    for piece in box.pieces:
        if piece.place in places:
            continue  # a text box inside a cell counts its paragraphs as the cell does: no tag would find it
        places.add(piece.place)
        last = 0  # where the stretch of the field before ends
        found = sorted(
            [*_INLINE.finditer(piece.text), *_BARE_DATE.finditer(piece.text)], key=lambda match: match.start()
        )
        for match in found:
            if match.start() < last:
                continue
            label = last_words(match["label"])
            rest = piece.text[match.end() :].partition("\n")[0]
            options = options_of(rest) if rest.lstrip()[:1] in tuple(BOX) else ()
            open_ = (
                options
                or match["blank"].strip(" ")
                or not rest.strip()
                or len(match["blank"]) >= 2
                or _INLINE.match(rest.lstrip())
            )
            if box.grid == OUTSIDE and not match["blank"] and not options and _TALK.search(label):
                continue
            if _NOT_A_LABEL.match(squeeze(label)) or not open_ or len(squeeze(label)) > 16:
                continue
            end = match.end() + len(rest) if options else match.end("blank") - _apart(match["blank"], rest)
            last = end
            path = names.path(
                [label], around=[before, heading] if _ASKS_WHOSE.search(label) else [heading, before]
            )
            before = path
            kind = FieldKind.DATE if DATE_PROMPT.fullmatch(match["blank"]) else _kind(label, options)
            blank.spots.append(Spot(path, label, kind, piece.place, match.start("blank"), end, "", options))


def _apart(gap: str, rest: str) -> int:
    """Return how many blanks at the end of ``gap`` keep the answer apart from the label that follows."""
    after = len(gap) - len(gap.rstrip())
    return (after if gap.strip() else min(after // 2, 2)) if rest.strip() else 0


def _kind(label: str, options: tuple[str, ...]) -> FieldKind:
    if not options:
        return guess_kind(label)
    several = re.search(r"可多选|多选", label) is not None or len(options) > 4
    return FieldKind.CHOICES if several else FieldKind.CHOICE


class _Grids:
    """Finds the fields of grids: answers beside labels, under headers, and in the label's own cell."""

    def __init__(self, board: Board, blank: Blank, names: Names) -> None:
        self._board = board
        self._blank = blank
        self._names = names
        self.heading = ""  # the last line that heads what follows it
        self._done: set[int] = set()
        self._answered: dict[int, str] = {}  # label box -> the path of its answer
        self._headed: dict[
            tuple[int, int], dict[int, list[str]]
        ] = {}  # grid and row -> column -> header labels
        for grid in range(len(board.rows)):
            self._find_groups(grid)

    def look(self, box: Box) -> None:
        """Take up one cell, in reading order."""
        if box.order in self._done or is_photo(box.text):
            return
        text = box.text
        if self._is_open(box):
            self._answer(box)
        elif self._own_cell(box):
            label = next(piece.text.strip() for piece in box.pieces if piece.text.strip())
            last = box.pieces[-1]
            path = self._names.path([label], around=[self.heading])
            self._blank.spots.append(Spot(path, label, guess_kind(label), last.place, 0, len(last.text)))
        elif (_INLINE.search(text) or _BARE_DATE.search(text)) and not self._leads(box):
            _inline(box, self._blank, self._names, self._beside(box) or self.heading)
        elif not any(other.filled for other in self._board.rows[box.grid][box.row] if other is not box):
            self.heading = _heading(text) or self.heading

    def _beside(self, box: Box) -> str:
        """Return the label left of a cell, outermost, as words that say whose its own labels are."""
        lefts = [other for other in self._board.left_of(box) if self._labelled(other)]
        return self._label(lefts[-1]) if lefts else ""

    def _leads(self, box: Box) -> bool:
        """Whether a cell is no more than a label with its colon, and the cell beside or under it takes the answer."""
        if not _COLON_LABEL.fullmatch(box.text.strip()):
            return False
        right = next((o for o in self._board.rows[box.grid][box.row] if o.column == box.column_end), None)
        if right is not None and right.row == box.row and self._is_open(right):
            return True
        under = [o for o in self._board.rows[box.grid].get(box.row_end, ()) if _same_column(box, o)]
        return bool(under) and self._is_open(under[0])

    def _is_open(self, box: Box) -> bool:
        text = box.text
        return not is_photo(text) and (is_prompt(text) or bool(options_of(text)) or self._gapped(box))

    def _gapped(self, box: Box) -> bool:
        """Whether a cell right of a label is a frame to fill in: 　年　月毕业于　　　."""
        text = box.text
        if ":" in text or "：" in text or not re.search(r"[ \u3000_]{2,}", text.strip("\n")):
            return False
        words = re.sub(r"[\s_＿]", "", text)
        lefts = [other for other in self._board.left_of(box) if other.filled]
        return bool(lefts) and len(words) <= 12 and re.match(r"[\s_]{2,}", text) is not None

    def _own_cell(self, box: Box) -> bool:
        """Whether a cell opens with a label and leaves room under it: 四、获奖情况 and empty lines."""
        filled = [number for number, piece in enumerate(box.pieces) if piece.text.strip()]
        return (
            len(filled) == 1
            and filled[0] == 0
            and len(box.pieces) >= 3
            and len(squeeze(box.pieces[0].text)) <= _LONGEST
        )

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
        kind = FieldKind.DATE if DATE_PROMPT.fullmatch(box.text) else _kind(label, options)
        path = self._names.path(labels, around=[self._beside(box), self.heading])
        self._blank.spots.append(Spot(path, label, kind, box.pieces[0].place, options=options))

    def _empty_line(self, box: Box) -> bool:
        """Whether the whole row is empty: room left over, not a field."""
        return not any(other.filled for other in self._board.rows[box.grid].get(box.row, ()))

    def _labels(self, box: Box) -> list[str]:
        """Return the labels that say what belongs into ``box``, outermost first; none when it only extends another."""
        chain: list[Box] = []
        passed = False  # beyond the nearest labels only a label that spans more rows still says something
        for other in self._board.left_of(box):
            if self._is_open(other):
                if not chain and self._headed.get((box.grid, box.row), {}).get(box.column) is None:
                    return self._extra(box, other)
                passed = passed or bool(chain)
            elif not chain:
                if _INLINE.search(other.text) and not self._leads(other):
                    break
                chain.append(other)
            elif (other.row_end - other.row) > (chain[-1].row_end - chain[-1].row):
                chain.append(other)
            elif not passed:
                break
        head = self._headed.get((box.grid, box.row), {}).get(box.column, [])
        if head and chain:
            return [*(self._label(other) for other in reversed(chain)), *head]
        if chain:
            if len(chain) == 1:
                self._answered[chain[0].order] = self._label(chain[0])
            return [self._label(other) for other in reversed(chain)]
        above = next((other for other in self._board.above(box) if other.filled), None)
        if (
            above is not None
            and not self._is_open(above)
            and above.row_end == box.row
            and above.order not in self._answered
        ):
            return [self._label(above)]
        return []

    def _extra(self, box: Box, other: Box) -> list[str]:
        """Take up an open cell right of another open one: room for the same answer, or headed by its own label."""
        lefts = [left for left in self._board.left_of(other) if not self._is_open(left)]
        if lefts:
            name = identifier(self._label(lefts[0]))
            message = doubt("learn_extra", name, at=box.pieces[0].place)
            if not any(known.field == name and known.code == "learn_extra" for known in self._blank.doubts):
                self._blank.doubts.append(message)
            self._done.add(box.order)
        above = next((up for up in self._board.above(box) if up.filled), None)
        if not lefts and above is not None and not self._is_open(above) and above.row_end == box.row:
            return [self._label(above)]
        return []

    @staticmethod
    def _label(box: Box) -> str:
        return "".join(piece.text for piece in box.pieces).rstrip(" \u3000:：")

    def _find_groups(self, grid: int) -> None:
        """Find header rows above open rows: repeating groups, or a table of row labels by column labels."""
        rows = self._board.rows[grid]
        row = 0
        last = max(rows, default=-1)
        while row <= last:
            depth = self._header_depth(grid, row)
            row = self._below_header(grid, row, depth) if depth else row + 1

    def _header_depth(self, grid: int, row: int) -> int:
        """Return over how many rows a header that begins at ``row`` goes: 0, 1 or 2."""
        boxes = [box for box in self._board.rows[grid].get(row, ()) if box.row == row]
        if len(boxes) > 3 and self._is_open(boxes[-1]):
            boxes = boxes[:-1]  # a last column without a header
        if len(boxes) > 3 and self._is_open(boxes[0]) and self._labelled_under(grid, row + 1, boxes[0]):
            boxes = boxes[1:]  # the corner over labelled rows
        if len(boxes) < 2 or not all(self._labelled(box) for box in boxes if box.row_end <= row + 2):
            return 0
        heads = [box for box in boxes if box.row_end <= row + 2]
        if len(heads) < 2:
            return 0
        if any(box.row_end == row + 2 for box in heads) and any(box.row_end == row + 1 for box in heads):
            under = [box for box in self._board.rows[grid].get(row + 1, ()) if box.row == row + 1]
            if under and all(self._labelled(box) for box in under):
                return 2
            heads = [box for box in heads if box.row_end == row + 1]
        first = row + 1 + self._examples(grid, row)
        return 1 if len(heads) >= 2 and self._open_under(grid, first, heads) else 0

    def _labelled_under(self, grid: int, row: int, corner: Box) -> bool:
        under = [box for box in self._board.rows[grid].get(row, ()) if box.row == row]
        return any(_same_column(corner, box) and self._labelled(box) for box in under)

    def _examples(self, grid: int, row: int) -> int:
        """Return how many rows under a header 序号 … are filled in already, to show how: 0 to 3."""
        head = [box for box in self._board.rows[grid].get(row, ()) if box.row == row]
        if not head or squeeze(head[0].text) != "序号":
            return 0
        count = 0
        while count < _MOST_EXAMPLES:
            line = [b for b in self._board.rows[grid].get(row + 1 + count, ()) if b.row == row + 1 + count]
            numbered = bool(line) and squeeze(line[0].text).isdecimal()
            if not numbered or any(self._is_open(box) for box in line[1:]) or len(line) != len(head):
                return count
            count += 1
        return count

    def _labelled(self, box: Box) -> bool:
        plain = squeeze(box.text)
        words = len(plain) if len(plain) <= _LONGEST else len(identifier(plain))
        return (
            0 < words <= _LONGEST
            and len(plain) <= 4 * _LONGEST
            and not self._is_open(box)
            and not _INLINE.search(box.text)
        )

    def _open_under(self, grid: int, row: int, heads: list[Box]) -> bool:
        """Whether under most heads an open cell follows."""
        under = [box for box in self._board.rows[grid].get(row, ()) if box.row == row]
        open_ = [
            head for head in heads if any(self._is_open(box) and _same_column(head, box) for box in under)
        ]
        return 2 * len(open_) >= len(heads) and len(open_) >= 1 and len(under) >= 2

    def _below_header(self, grid: int, row: int, depth: int) -> int:
        """Take up the rows under a header; return the row after them."""
        heads = self._heads(grid, row, depth)
        first = row + depth + (self._examples(grid, row) if depth == 1 else 0)
        rows = list(self._entry_rows(grid, first, heads))
        if not rows:
            return row + 1
        plain = [number for number, matrix in rows if not matrix]
        if plain and len(plain) == len(rows):
            self._group(grid, row, heads, plain)
        else:
            for number, _ in rows:
                self._headed[grid, number] = {column: labels for column, (_, labels) in heads.items()}
        return rows[-1][0] + 1

    def _heads(self, grid: int, row: int, depth: int) -> dict[int, tuple[Box, list[str]]]:
        """Return for each column the box and labels of its header."""
        heads: dict[int, tuple[Box, list[str]]] = {}
        for number in range(row, row + depth):
            for box in self._board.rows[grid].get(number, ()):
                if box.row < row or box.row_end > row + depth:
                    continue
                upper = heads.get(box.column)
                if number > row and box.row == number:
                    parents = [
                        up
                        for up, _ in heads.values()
                        if up.column <= box.column < up.column_end and up.row == row
                    ]
                    labels = [self._label(parents[0])] if parents else []
                    heads[box.column] = (box, [*labels, self._label(box)])
                elif upper is None:
                    heads[box.column] = (box, [self._label(box)])
        return heads

    def _entry_rows(
        self, grid: int, row: int, heads: dict[int, tuple[Box, list[str]]]
    ) -> Iterator[tuple[int, bool]]:
        """Yield the rows under a header that wait for entries, and whether a label opens them."""
        plain = False
        while True:
            line = [box for box in self._board.rows[grid].get(row, ()) if box.row == row]
            if plain and opens_total(line):
                self._done.update(box.order for box in line)
                return
            matched = [box for box in line if box.column in heads and _same_column(heads[box.column][0], box)]
            if not line or 2 * len(matched) < len(line):
                return
            shut = [
                box for box in line if not self._is_open(box) and not _SERIAL.fullmatch(squeeze(box.text))
            ]
            if len(shut) == len(line) or (len(shut) > 1 and 2 * len(shut) > len(line)):
                return
            yield row, bool(shut)
            plain = (
                not shut
            )  # a total under the records is the form's affair; among labelled rows it is one of them
            row += 1

    def _group(self, grid: int, row: int, heads: dict[int, tuple[Box, list[str]]], rows: list[int]) -> None:
        side = [
            box for box in self._board.rows[grid].get(rows[0], ()) if box.row <= row and box.row_end > rows[0]
        ]
        own = identifier(self._label(side[0])) if side else ""
        name = self._names.path([own or "明细"])
        line = [box for box in self._board.rows[grid][rows[0]] if box.row == rows[0]]
        part = line[0].pieces[0].place.part
        found = False
        for box in line:
            head = heads.get(box.column)
            if head is None or squeeze(head[1][-1]) in ("序号", "编号") or not self._is_open(box):
                continue
            path = self._names.path(head[1], name)
            options = options_of(box.text)
            kind = _kind(head[1][-1], options)
            self._blank.spots.append(
                Spot(path, head[1][-1], kind, box.pieces[0].place, -1, -1, name, options)
            )
            found = True
        for number in rows:
            self._done.update(box.order for box in self._board.rows[grid][number] if box.row == number)
        if found:
            self._blank.groups.append(RowsOfGroup(name, part, rows[0] + 1, rows[-1] + 1))


def _same_column(head: Box, box: Box) -> bool:
    return head.column == box.column and head.column_end == box.column_end
