"""Anchors: the labels and titles of known forms as they stand on a board.

Finds what is spelled as a form spells it; rewordings are weighed later, when the form is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.spelling import squeeze
from extract.values.dates import is_untouched
from forms import FieldKind

from .board import OUTSIDE, Board, Box
from .labels import LONGEST_LABEL, NUMBER, Target, is_measure, spellings
from .layout import Layouts
from .remarks import NUMBERED

_TITLE_EXTRA = 30  # characters that may stand around a title on its line: unit, month, 附件1

_SENTENCE = re.compile(r"[。；，！？;]")
_WHEN = re.compile(r"^20\d{2}年?度?(?:[上下]半年|第?[一二三四1-4]季度|(?:\d{1,2}[-—~至])?\d{1,2}月份?)?")
_BLANK = re.compile(
    r"(?:[^\W\d]|[)）])[ \t\u3000\xa0\u2003]|[】〕\]]"
)  # what a blank or brackets set off may be a label
_KINDS_OF_FORM = ("表", "单", "台账", "汇总", "统计")
_ALIKE = 70.0
_LINES = 4  # lines that begin with a label and its answer in one, before any of them counts
_GUESS = 0.75
_ANSWERED = re.compile(
    r"[\u4e00-\u9fff](?:\t|[ \u3000\xa0\u2003]{2,})[ \u3000\xa0\u2003]*[A-Za-z][\w. ]*\s*$"
)  # behind a gap on a line of its own: 实名注册  QQ, an answer and no translation of the label
_SEPARATED = re.compile(r"[^\s:：，。；,;]{0,12}(?:[:：\t]|[ \u3000\xa0\u2003]{2})")
_PROMPT = re.compile(
    r"\s*[（(][^（）()\n]{0,20}(?:字|附[页纸]|填|写|简要|分条|注明)[^（）()\n]{0,12}[)）](?=\s*\S)"
)
_UPRIGHT = 10  # lines over which a label runs that stands upright, a character or two in each
_NUMBERED = re.compile(rf"[ \t\u3000]*{NUMBER}")
_NOTED = re.compile(r"[（(][^（）()\n]*[)）](?=[^\s:：])")
_SAID = re.compile(r"无|没有")
_LONG_LABEL = 12  # signs of a label and its note that no sentence begins with by chance


@dataclass(slots=True, eq=False)
class Anchor:
    """A label on the board. ``spans`` are its stretches as (piece, start, end); ``whole`` when the box holds no more.

    ``slots`` (all that the spelling allows) and ``slot`` are set once the form is known; ``likeness`` is below 1 for a
    reworded label; ``weak`` is an inline label inside the answer of another.
    """

    box: Box
    spans: tuple[tuple[int, int, int], ...]
    targets: tuple[Target, ...]
    whole: bool
    slots: tuple[int, ...] = ()
    slot: int = -1
    likeness: float = 1.0
    weak: bool = False

    @property
    def end(self) -> tuple[int, int]:
        """Piece and offset where the text after the label begins."""
        return self.spans[-1][0], self.spans[-1][2]

    @property
    def start(self) -> tuple[int, int]:
        """Piece and offset where the label begins."""
        return self.spans[0][0], self.spans[0][1]

    @property
    def text(self) -> str:
        """The label as it is spelled here."""
        return "".join(self.box.pieces[piece].text[start:end] for piece, start, end in self.spans)

    @property
    def left_open(self) -> bool:
        """Whether a label on a line has nothing behind it but the places of a date: the same label elsewhere is answered.

        无 behind it is an answer.
        """
        if self.whole or len(self.box.pieces) != 1:
            return False
        rest = self.box.pieces[0].text[self.end[1] :]
        return is_untouched(rest) and _SAID.search(rest) is None


@dataclass(slots=True, eq=False)
class Title:
    """A form's title on the board; ``layouts`` are the forms so called, none when it is only like one (…汇总表).

    ``spans`` are the title's own words; unit, month or date may stand beside them on the same line.
    """

    box: Box
    layouts: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]


def find_anchors(board: Board, layouts: Layouts) -> tuple[list[Anchor], list[Title]]:
    """Return all labels and titles on ``board`` in reading order; inline labels inside answers are marked weak."""
    anchors: list[Anchor] = []
    titles: list[Title] = []
    whole: set[int] = set()
    for box in board.boxes:
        text = box.text
        if not text or text.isspace() or is_measure(text):
            continue
        targets = layouts.labels.exact(text)
        if targets and not (box.grid == OUTSIDE and _ANSWERED.search(text)):
            spans = tuple((number, 0, len(piece.text)) for number, piece in enumerate(box.pieces))
            anchors.append(Anchor(box, spans, targets, whole=True))
            whole.add(box.order)
            continue
        named = _titles(text, layouts) if _stands_alone(board, box) else None
        if named is not None and (named or _like_title(text, layouts)):
            titles.append(Title(box, named, _title_words(box, named, layouts)))
            anchors += [anchor for anchor in _inline(box, layouts) if anchor.start > (0, 0)]
            continue
        anchors += _inline(box, layouts)
    glued = _glued(board, anchors, titles, layouts)
    if glued:
        anchors = sorted([*anchors, *glued], key=lambda anchor: (anchor.box.order, anchor.start))
    for anchor in anchors:
        if not anchor.whole and anchor.box.grid != OUTSIDE:
            anchor.weak = _answers(board, anchor, whole)
    return anchors, titles


def _glued(board: Board, anchors: list[Anchor], titles: list[Title], layouts: Layouts) -> list[Anchor]:
    """Return the labels that run into their answers where several lines begin so: 姓名张三, 走访形式座谈交流.

    One such line could be a sentence; where half a form stands in lines, its labels are. They are as good as guessed.
    """
    taken = {anchor.box.order for anchor in anchors} | {title.box.order for title in titles}
    lines = [box for box in board.boxes if box.grid == OUTSIDE and box.order not in taken and box.filled]
    apart = [anchor for anchor in anchors if anchor.box.grid == OUTSIDE and not _text_before(anchor)]
    if not lines or len(lines) + len(apart) < _LINES:
        return [anchor for box in lines for anchor in _dated(box, layouts)]
    found: dict[int, list[Anchor]] = {}
    for box in lines:
        label = layouts.labels.glued(box.pieces[0].text)
        if label is None:
            continue
        for layout in {target.layout for target in label.targets}:
            anchor = Anchor(box, ((0, label.start, label.end),), label.targets, whole=False, likeness=_GUESS)
            found.setdefault(layout, []).append(anchor)
    best = max(found, key=lambda layout: len(found[layout]), default=-1)
    runs_in = found.get(best, [])
    if len({anchor.targets for anchor in runs_in}) >= _LINES:
        return runs_in
    told = {anchor.targets for anchor in apart if any(target.layout == best for target in anchor.targets)}
    fresh = [anchor for anchor in runs_in if anchor.targets not in told and not _goes_on(anchor)]
    if len(told | {anchor.targets for anchor in fresh}) >= _LINES:
        return fresh
    return [anchor for box in lines for anchor in _dated(box, layouts)]


def _dated(box: Box, layouts: Layouts) -> list[Anchor]:
    """Return the label of a date that the date follows at once, which no sentence does: 填表时间2020年7月8日."""
    text = box.pieces[0].text
    if len(text) > LONGEST_LABEL or not any(map(str.isdecimal, text)):
        return []
    label = layouts.labels.glued(text)
    if label is None or not text[label.end :].lstrip()[:1].isdecimal():
        return []
    fields = [layouts.all[target.layout].slots[target.slot].field for target in label.targets]
    if not all(field is not None and field.kind is FieldKind.DATE for field in fields):
        return []
    return [Anchor(box, ((0, label.start, label.end),), label.targets, whole=False, likeness=_GUESS)]


def _goes_on(anchor: Anchor) -> bool:
    """Whether the words go on to a separator, so that all of them are rather a reworded label: 帮扶措施和效果：."""
    piece, offset = anchor.end
    return _SEPARATED.match(anchor.box.pieces[piece].text, offset) is not None


def _answers(board: Board, anchor: Anchor, whole: set[int]) -> bool:
    """Whether the box of ``anchor`` is the answer of a label to its left, or above it when text stands before ``anchor``.

    That label may be one that no form spells so: then only what comes after other text is taken for a part of the answer.
    """
    box = anchor.box
    nearest = next((other for other in board.left_of(box) if other.filled), None)
    if nearest is not None and nearest.order in whole:
        return True
    if anchor.start == (0, 0) or not _text_before(anchor):
        return False
    upper = next(board.above(box), None)
    if upper is not None and upper.order in whole:
        return True
    return nearest is not None and len(nearest.text) <= LONGEST_LABEL and not _SENTENCE.search(nearest.text)


def _text_before(anchor: Anchor) -> bool:
    number, start = anchor.start
    pieces = anchor.box.pieces
    return any(piece.text.strip() for piece in pieces[:number]) or bool(pieces[number].text[:start].strip())


def _stands_alone(board: Board, box: Box) -> bool:
    """Whether nothing stands beside ``box``: a title has its line or row to itself."""
    if box.grid == OUTSIDE:
        return True
    return not any(
        other.filled
        for row in range(box.row, box.row_end)
        for other in board.rows[box.grid][row]
        if other is not box
    )


def _titles(text: str, layouts: Layouts) -> tuple[int, ...]:
    if len(text) > 3 * LONGEST_LABEL or _SENTENCE.search(text):
        return ()
    squeezed = squeeze(text)
    return tuple(
        number
        for number, layout in enumerate(layouts.all)
        if any(title in squeezed and len(squeezed) <= len(title) + _TITLE_EXTRA for title in layout.titles)
    )


def _title_words(box: Box, named: tuple[int, ...], layouts: Layouts) -> tuple[tuple[int, int, int], ...]:
    """Return where the title itself stands in ``box``: all of it when it runs over several lines or is reworded."""
    titles = sorted(
        (title for number in named for title in layouts.all[number].titles), key=len, reverse=True
    )
    for number, piece in enumerate(box.pieces):
        plain = unicodedata.normalize("NFKC", piece.text)
        for title in titles if len(plain) == len(piece.text) else ():
            found = _spaced(title).search(plain)
            if found is not None:
                return ((number, found.start(), found.end()),)
    return tuple((number, 0, len(piece.text)) for number, piece in enumerate(box.pieces))


@lru_cache(maxsize=256)
def _spaced(title: str) -> re.Pattern[str]:
    """Match ``title`` with blanks between its characters."""
    return re.compile(r"\s*".join(map(re.escape, title)))


def _like_title(text: str, layouts: Layouts) -> bool:
    """Whether ``text`` is a form's title with another last word: 情况汇总表 for 情况报告单."""
    if len(text) > LONGEST_LABEL:
        return False
    spelled = _WHEN.sub("", spellings(text)[-1])
    if not spelled.endswith(_KINDS_OF_FORM):
        return False
    from rapidfuzz import fuzz

    return any(fuzz.ratio(title, spelled) >= _ALIKE for layout in layouts.all for title in layout.titles)


def _inline(box: Box, layouts: Layouts) -> list[Anchor]:
    """Return the labels inside of a box: over its first lines, then at separators within each line."""
    found: list[Anchor] = []
    opening = _opening(box, layouts) or _noted(box, layouts)
    if opening is not None:
        opening = _with_prompt(opening)
        found.append(opening)
    first, offset = opening.end if opening is not None else (0, 0)
    for number, piece in enumerate(box.pieces[first:], start=first):
        text = piece.text
        if len(text) <= LONGEST_LABEL or ":" in text or "：" in text or _BLANK.search(text, 0, LONGEST_LABEL):
            for label in layouts.labels.inside(text):
                if number == first and label.start < offset:
                    continue
                found.append(Anchor(box, ((number, label.start, label.end),), label.targets, whole=False))
    return found


def _noted(box: Box, layouts: Layouts) -> Anchor | None:
    """Return the numbered label with its note that a text opens with and that the answer follows at once.

    五、获奖情况（科技成果奖、专利等，限100字）曾获…: so long that nothing else begins so.
    """
    text = box.pieces[0].text
    if not _NUMBERED.match(text) or _NOTED.search(text) is None:
        return None
    label = layouts.labels.glued(text)
    if label is None or len(squeeze(text[label.start : label.end])) < _LONG_LABEL:
        return None
    return Anchor(box, ((0, label.start, label.end),), label.targets, whole=False)


def _with_prompt(anchor: Anchor) -> Anchor:
    """Return ``anchor`` with the prompt in brackets that stands in the line under it: （300字以内）."""
    number, end = anchor.end
    prompt = _PROMPT.match(anchor.box.pieces[number].text, end)
    if prompt is None:
        return anchor
    return replace(anchor, spans=(*anchor.spans[:-1], (number, anchor.spans[-1][1], prompt.end())))


def _opening(box: Box, layouts: Layouts) -> Anchor | None:
    """Return the label that the first lines of a cell spell, when an answer follows under it."""
    if box.grid == OUTSIDE or "\n" not in box.text:
        return None
    head = ""
    spans: list[tuple[int, int, int]] = []
    longest: Anchor | None = None
    for number, piece in enumerate(box.pieces[:_UPRIGHT]):
        position = 0
        for line in piece.text.split("\n")[:_UPRIGHT]:
            words = re.match(r"[^:：]*[:：]?", line)
            end = position + (words.end() if words else 0)
            head += piece.text[position:end]
            if len(head) > layouts.labels.longest:
                return longest
            targets = layouts.labels.exact(head)
            if targets:  # a longer label may go on in the next line: 观摩点亮点, 工作
                longest = Anchor(box, (*spans, (number, 0, end)), targets, whole=False)
            if end < position + len(line):
                return longest
            position += len(line) + 1
        spans.append((number, 0, len(piece.text)))
    return longest


def heads_part(anchor: Anchor, anchors: Sequence[Anchor]) -> bool:
    """Whether a label on a line of its own is rather a heading within an answer: 二、存在问题, where 存在问题：… stands too.

    The other labels outside of tables have their answers behind them on their lines.
    """
    if not anchor.whole or anchor.box.grid != OUTSIDE or not NUMBERED.match(anchor.text):
        return False
    if anchor.text.rstrip().endswith((":", "：")):
        return False
    outside = [other for other in anchors if other.box.grid == OUTSIDE and other is not anchor]
    behind = [other for other in outside if not other.whole and other.targets]
    return 2 * len(behind) > len(outside) and any(
        target in other.targets for other in behind for target in anchor.targets
    )
