"""Labels that people reworded: which stretches of a board could be one, and how like a label of the form they are.

Only candidates; whether one leads to a field is decided by the assignment in ``match``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extract.spelling import squeeze
from extract.values.dates import read_date
from forms import FieldKind

from .anchors import Anchor
from .board import OUTSIDE, Board, Box
from .labels import likeness, spellings
from .layout import Layout, Slot
from .regions import Region

LEAST = 0.55
"""A rewording less like its label than this is not taken."""

DATED = 0.15
"""What a date behind a label adds to its likeness to a date's label."""

ORDERED, BETWEEN = 0.12, 0.2
"""What it adds to a candidate that it stands in the order of the form, and that nothing else of the form fits there."""

_LONGEST = 24
_HEAD = re.compile(r"^[ \t\u3000\xa0\u2003]*(?P<head>[^:：\n，。；]{2,24}?)[ \t\u3000\xa0\u2003]*[:：]")
_FRAMED = re.compile(r"^[ \u3000\xa0\u2003]*[【〔\[](?P<head>[^】〕\]\n]{2,24})[】〕\]](?=[^:：])")
_FOOT = re.compile(
    r"[盖签公印]章|签[字名]|[填审经联负][表报核批办系责]人|电话"
)  # what stands below many a form
_SPACED = re.compile(
    r"^[ \t\u3000\xa0\u2003]*(?P<head>[^\s:：，。；]{2,24})(?:\t[ \t\u3000\xa0\u2003]*|[ \u3000\xa0\u2003]{2,})(?=\S)"
)
_SENTENCE = re.compile(r"[，。；！？,;!?]")
_ANSWERED = re.compile(r"[:：]\s*\S")
_BETTER = 0.001  # by which a later way to read a cell must be more like a label than an earlier one
_ALMOST = 0.85  # how like a label a line is that has no colon, where other labels have lines of their own
_COLUMN = 3  # labels that make a column of them
_MOST = 1000  # stretches weighed in a region: more than a form has labels; a log or a dump goes on for ever
_DIGIT = re.compile(r"\d")


def rewordings(board: Board, region: Region, layout: Layout, free: list[int]) -> Iterator[Anchor]:
    """Yield the stretches of ``region`` that are enough like a label of a ``free`` slot to be weighed.

    Only the first ``_MOST`` are looked at: what stands behind them has no label that was reworded.
    """
    sought = [layout.slots[slot] for slot in free if _sought(layout, slot, free)]
    own = [a for a in region.anchors if any(target.layout == region.layout for target in a.targets)]
    labels = {anchor.box.order: anchor for anchor in own if anchor.whole}
    passed = (
        {title.box.order for title in region.titles} | {anchor.box.order for anchor in own} | region.taken
    )
    lined = sum(anchor.box.grid == OUTSIDE for anchor in labels.values()) >= _COLUMN
    found: dict[int, tuple[float, Anchor]] = {}
    heads: dict[int, Box | None] = {}
    weighed = 0
    for box in board.boxes[region.start : region.end] if sought else ():
        if weighed >= _MOST:
            break
        if box.order in passed or not box.filled or _in_record(board, box, layout, labels, heads):
            continue
        if lined and box.grid == OUTSIDE and _could_be_label(box, layout, False):
            line = Anchor(box, tuple((n, 0, len(p.text)) for n, p in enumerate(box.pieces)), (), whole=True)
            if (best := max(alike(slot, line) for slot in sought)) >= _ALMOST:
                found[box.order] = best, line
        for candidate in _candidates(board, box, layout, labels):
            weighed += 1
            best = max(alike(slot, candidate) + DATED * reads_as(slot, candidate) for slot in sought)
            if best >= max(LEAST - BETWEEN, found.get(box.order, (0.0,))[0] + _BETTER):
                found[box.order] = best, candidate
                if candidate.whole and any(other.filled for other in board.right_of(box)):
                    break  # what answers it stands beside it
    for best, candidate in found.values():
        if not _answers_another(board, best, candidate, found):
            yield candidate


def _answers_another(
    board: Board, best: float, candidate: Anchor, found: Mapping[int, tuple[float, Anchor]]
) -> bool:
    """Whether a candidate stands right of a better one alone in its row, and so is rather its answer."""
    if candidate.box.grid == OUTSIDE:
        return False
    nearest = next((other for other in board.left_of(candidate.box) if other.filled), None)
    row = [other for other in board.rows[candidate.box.grid][candidate.box.row] if other.filled]
    if (
        nearest is None
        or nearest.order not in found
        or len(row) != sum(b.order in found for b in row)
        or len(row) != 2
    ):
        return False
    return found[nearest.order][0] > best or _in_column_of_labels(nearest, found)


def _in_column_of_labels(box: Box, found: Mapping[int, tuple[float, Anchor]]) -> bool:
    """Whether the column of ``box`` holds more that could be labels: then what stands right of them is answers."""
    boxes = (candidate.box for _, candidate in found.values())
    return sum(other.grid == box.grid and other.column == box.column for other in boxes) >= _COLUMN


def composites(board: Board, region: Region, layout: Layout, free: list[int]) -> list[Anchor]:
    """Return the halves of labels that were split over two cells: 单位 and 职务 where the form has 单位职务."""
    passed = {anchor.box.order for anchor in region.anchors} | {title.box.order for title in region.titles}
    short = [
        (squeeze(box.text).rstrip(":"), box)
        for box in board.boxes[region.start : region.end]
        if box.grid != OUTSIDE and box.order not in passed and 2 <= len(box.text.strip()) <= _LONGEST
    ]
    found: list[Anchor] = []
    for slot in free:
        if layout.slots[slot].field is None:
            continue
        halves = next(
            (
                (first, second)
                for number, (head, first) in enumerate(short)
                for tail, second in short[number + 1 : number + 5]
                if head + tail in layout.slots[slot].names
            ),
            (),
        )
        for box in halves:
            spans = tuple((number, 0, len(piece.text)) for number, piece in enumerate(box.pieces))
            found.append(Anchor(box, spans, (), whole=True, slot=slot))
    return found


def alike(slot: Slot, anchor: Anchor) -> float:
    """Return how like a label of ``slot`` the text of ``anchor`` is, 0 to 1."""
    texts = spellings(anchor.text.strip(" \t\u3000【】〔〕[]*＊"))
    return max((likeness(name, text) for name in slot.names for text in texts), default=0.0)


def reads_as(slot: Slot, anchor: Anchor) -> bool:
    """Whether a date stands behind a reworded label that could be a date's: 报送时间：2020年7月8日."""
    if anchor.targets or anchor.whole or slot.field is None or slot.field.kind is not FieldKind.DATE:
        return False
    piece, offset = anchor.end
    return read_date("", anchor.box.pieces[piece].text[offset:]).value is not None


def _sought(layout: Layout, slot: int, free: list[int]) -> bool:
    """Whether a slot is worth a reworded label: a field's, or a label whose sub-labels are missing as well."""
    return layout.slots[slot].field is not None or all(child in free for child in layout.children(slot))


def _candidates(board: Board, box: Box, layout: Layout, labels: Mapping[int, Anchor]) -> Iterator[Anchor]:
    """Yield what in ``box`` could be a label: its head before a colon or line break, or all of it."""
    above = _label_left(board, box, labels)
    slots = [layout.slots[slot] for slot in above.slots] if above is not None else []
    heads = any(slot.group for slot in slots)  # beside the header of a group's column stands another one
    if any(slot.field is not None for slot in slots) and not heads and not _in_header(board, box, labels):
        return
    beside = box.grid != OUTSIDE and any(other.filled for other in board.right_of(box))
    if above is None and not beside:
        yield from _heads(box)
    if box.grid != OUTSIDE and _could_be_label(box, layout, above is not None):
        spans = tuple((number, 0, len(piece.text)) for number, piece in enumerate(box.pieces))
        yield Anchor(box, spans, (), whole=True)
    if above is None and beside:
        yield from _heads(box)


def _could_be_label(box: Box, layout: Layout, under: bool) -> bool:
    """Whether all of a cell could be a label; ``under`` a label with sub-labels it must not hold several of them."""
    text = spellings(box.text)[-1] if len(box.text) <= 2 * _LONGEST else ""
    if not 2 <= len(text) <= _LONGEST or _SENTENCE.search(box.text) or _DIGIT.search(text):
        return False
    if _ANSWERED.search(box.text):  # 填表人：张三 is label and answer
        return False
    named = sum(any(name in text for name in slot.names) for slot in layout.slots if slot.field is not None)
    return not under or named <= 1  # 团干部十八 团员青年一百九十四 are answers


def _heads(box: Box) -> Iterator[Anchor]:
    """Yield the words before the first colon, and the first line of a cell, when something follows them."""
    first = box.pieces[0].text
    head = (
        _FRAMED.match(first) or _HEAD.match(first) or (_SPACED.match(first) if box.grid == OUTSIDE else None)
    )
    if head is not None and _FOOT.search(head["head"]):
        return
    if head is not None and (box.grid == OUTSIDE or box.text[head.end() :].strip()):
        yield Anchor(box, ((0, head.start(), head.end()),), (), whole=False)
    line, _, rest = box.text.partition("\n")
    spoken = _SENTENCE.search(line) or _DIGIT.search(line) or not rest.strip()
    if head is None and box.grid != OUTSIDE and not spoken and 0 < len(line.strip()) <= _LONGEST:
        yield Anchor(box, ((0, 0, min(len(line), len(first))),), (), whole=False)


def _label_left(board: Board, box: Box, labels: Mapping[int, Anchor]) -> Anchor | None:
    if box.grid == OUTSIDE:
        return None
    nearest = next((other for other in board.left_of(box) if other.filled), None)
    return None if nearest is None else labels.get(nearest.order)


def _in_record(
    board: Board, box: Box, layout: Layout, labels: Mapping[int, Anchor], heads: dict[int, Box | None]
) -> bool:
    """Whether ``box`` stands in a row without labels under a header of labels, and so is an answer of a list.

    ``heads`` keeps the header found above each box.
    """
    if box.grid == OUTSIDE or any(other.order in labels for other in board.rows[box.grid].get(box.row, ())):
        return False
    head = board.end_above(box, lambda other: other.order in labels, heads)
    if head is None or any(layout.slots[slot].field is None for slot in labels[head.order].slots):
        return False
    beside = (next(iter(board.left_of(head)), None), next(board.right_of(head), None))
    return any(other is not None and other.order in labels for other in beside)


def _in_header(board: Board, box: Box, labels: Mapping[int, Anchor]) -> bool:
    """Whether most of the row of ``box`` are labels, so that it is a header and not label beside answer."""
    row = [other for other in board.rows[box.grid].get(box.row, ()) if other.filled]
    known = sum(other.order in labels for other in row)
    return known >= 2 and 2 * known >= len(row)
