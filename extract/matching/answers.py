"""Taking an answer off the board: its stretches claimed once, its text put together as the author meant it.

What the author crossed out, or never replaced of a prompt, stays in the raw text and out of the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Look
from extract.spelling import squeeze
from extract.values.fields import Answer, is_heading
from forms import Field, FieldKind

from .board import OUTSIDE, Piece
from .govern import Content
from .labels import LONGEST_LABEL, spellings
from .layout import Slot
from .stretches import Stretch

_MAYBE_LABEL = re.compile(r"[:：\n]")
_UNSURE = (Look.BREAK, Look.CUT)
_BRACKET = re.compile(r"[（(【\[〔「『《<{]")
_NUMBERING = 10  # characters of a number, a star and a colon around a label
_WITHDRAWN = (Look.STRUCK, Look.PROMPT)
_GLUED = (FieldKind.DATE, FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY)
_SHORT = frozenset(FieldKind) - {FieldKind.TEXT, FieldKind.CHOICE, FieldKind.CHOICES}
_NEIGHBOUR = re.compile(
    r"(?:[\t]|[ \u3000\xa0\u2003]{2,})[ \u3000\xa0\u2003]*[^\s\d:：，,；;。][^\s:：，,；;。]{1,9}[:：]"
)
_NEAR_NEIGHBOUR = re.compile(r"[\s\u3000；;，,]+[^\s\d:：，,；;。][^\s:：，,；;。]{1,9}[:：]")


def claim(content: Content, slot: Slot, known: list[str]) -> None:
    """Claim the stretches of ``content``; it keeps those that were still free.

    The label's own repetition goes to ``known``; a further label on the same line, which no form knows, is left free.
    """
    kept: list[Stretch] = []
    for number, start, end in _without_foot(_without_label(content, slot, known), content, slot, known):
        piece = content.box.pieces[number]
        if start == end:  # an empty line between paragraphs, or a picture alone
            kept.append((number, start, end))
        kept += [
            (number, low, high)
            for low, high in piece.claim(start, _until_neighbour(content, slot, piece, start, end))
        ]
    said = any(start < end or content.box.pieces[number].signs(start, end) for number, start, end in kept)
    content.stretches = tuple(kept) if said else ()


def _without_label(content: Content, slot: Slot, known: list[str]) -> Iterator[Stretch]:
    """Yield the stretches after the label, when the answer's cell repeats it: 姓名：张三, also over line breaks."""
    ends = _label_ends(content, slot)
    if ends and not _follows(content, ends):
        ends = []  # nothing but the label: better shown as it is than dropped
    for index, (number, start, end) in enumerate(content.stretches):
        label = ends[index] if index < len(ends) else start
        piece = content.box.pieces[number]
        known += [piece.text[low:high] for low, high in piece.claim(start, label)]
        yield number, label, end


def _without_foot(
    stretches: Iterator[Stretch], content: Content, slot: Slot, known: list[str]
) -> list[Stretch]:
    """Return ``stretches`` without what the form itself prints over, under and behind this answer."""
    kept = list(stretches)
    while slot.over and kept and _line(content, kept[0]) in slot.over:
        number, start, end = kept.pop(0)
        piece = content.box.pieces[number]
        known += [piece.text[low:high] for low, high in piece.claim(start, end)]
    while len(kept) > 1 and slot.after:
        number, start, end = kept[-1]
        piece = content.box.pieces[number]
        line = squeeze(piece.text[start:end])
        if (line and line not in slot.after) or piece.signs(start, end):
            break
        known += [piece.text[low:high] for low, high in piece.claim(start, end)]
        kept.pop()
    return [_without_unit(stretch, content, slot.behind, known) for stretch in kept] if slot.behind else kept


def _line(content: Content, stretch: Stretch) -> str:
    number, start, end = stretch
    return squeeze(content.box.pieces[number].text[start:end])


def _without_unit(stretch: Stretch, content: Content, behind: re.Pattern[str], known: list[str]) -> Stretch:
    """Return a stretch without the words that the form prints ``behind`` the answer: 元/月."""
    number, start, end = stretch
    piece = content.box.pieces[number]
    found = behind.search(piece.text[start:end])
    if found is None or not piece.text[start : start + found.start()].strip():
        return stretch
    known += [piece.text[low:high] for low, high in piece.claim(start + found.start(), end)]
    return number, start, start + found.start()


def _follows(content: Content, ends: list[int]) -> bool:
    """Whether anything stands behind a repeated label that ends at ``ends`` in the first stretches."""
    starts = ends + [start for _, start, _ in content.stretches[len(ends) :]]
    return any(
        content.box.pieces[number].text[start:end].strip() or content.box.pieces[number].signs(start, end)
        for (number, _, end), start in zip(content.stretches, starts, strict=True)
    )


def _label_ends(content: Content, slot: Slot) -> list[int]:
    """Return where the repeated label ends in each of the first stretches, nothing when it is not repeated."""
    head = ""
    ends: list[int] = []
    number, start, end = content.stretches[0]
    if not _MAYBE_LABEL.search(content.box.pieces[number].text, start, min(end, start + LONGEST_LABEL)) and (
        len(content.stretches) == 1 or end - start > LONGEST_LABEL
    ):
        return []
    for number, start, end in content.stretches[:3]:
        text = content.box.pieces[number].text[start:end]
        for line in re.finditer(r"[^:：\n]*(?:[:：]|\n|$)", text):
            head += line[0]
            if len(head) > 2 * LONGEST_LABEL:
                return []
            closed = line[0][-1:] in (":", "：")
            apart = closed or len(content.stretches) > 1 or line.end() < len(text)
            if (
                apart
                and _may_name(head, slot)
                and any(spelling in slot.names for spelling in spellings(head))
            ):
                return [*ends, start + line.end()]
            if closed or not line[0]:
                break
        ends.append(end)
        if ":" in text or "：" in text:
            return []
    return []


def _may_name(head: str, slot: Slot) -> bool:
    """Whether ``head`` is short enough to be one of the names of ``slot`` with a number before it, or has a note in brackets."""
    if _BRACKET.search(head) is not None:
        return True
    return len("".join(head.split())) <= max(map(len, slot.names), default=0) + _NUMBERING


def _until_neighbour(content: Content, slot: Slot, piece: Piece, start: int, end: int) -> int:
    """Return where an answer ends that another 标签：value follows on its line (填表人： after a date)."""
    kind = slot.field.kind if slot.field is not None else FieldKind.TEXT
    if content.box.grid == OUTSIDE and "\t" in piece.text:
        last = piece.text.rstrip().rfind("\t", start, end)
        if last > start and is_heading(
            piece.text[last:end].strip()
        ):  # an empty column of a table typed with tabs
            end = last
    if kind in _SHORT:
        found = _NEAR_NEIGHBOUR.search(piece.text, start, end)
    else:
        found = _NEIGHBOUR.search(piece.text, start, end) if content.box.grid == OUTSIDE else None
    return end if found is None or not piece.text[start : found.start()].strip() else found.start()


def answer_of(field: Field, contents: list[Content]) -> Answer:
    """Put the claimed stretches of ``contents`` together as the answer of ``field``."""
    raw: list[str] = []
    text: list[str] = []
    struck: list[str] = []
    signs: frozenset[Look] = frozenset()
    # whether what is said stands in a text box: both, when one floats over the answer
    boxed: set[bool] = set()
    for content in contents:
        for number, start, end in content.stretches:
            piece = content.box.pieces[number]
            raw.append(piece.text[start:end])
            kept, crossed = _seen(piece, start, end)
            text.append(kept)
            struck += crossed
            if kept.strip():
                boxed.add(any(mark.look is Look.BOX for mark in piece.marks))
            signs |= piece.signs(start, end)
            signs |= set(_unsure(piece, start, end)) if piece.marks else set()
    if len(boxed) > 1:
        signs |= {Look.BOX}
    place = contents[0].box.pieces[contents[0].stretches[0][0]].place
    glue = "" if field.kind in _GLUED else "\n"
    return Answer("\n".join(raw), glue.join(text), place, "".join(struck), signs)


def _unsure(piece: Piece, start: int, end: int) -> Iterator[Look]:
    """Yield what makes a stretch unsure; what was cut off at the end of a page is not, where the next one goes on with it."""
    pages = {mark.start for mark in piece.marks if mark.look is Look.PAGE}
    for mark in piece.marks:
        gone_on = mark.look is Look.CUT and mark.start in pages
        if mark.look in _UNSURE and start <= mark.start <= end and not gone_on:
            yield mark.look


def _seen(piece: Piece, start: int, end: int) -> tuple[str, list[str]]:
    """Return the text of a stretch without what is crossed out or a prompt, and what is crossed out."""
    if not piece.marks:
        return piece.text[start:end], []
    gone = [mark for mark in piece.marks if mark.look in _WITHDRAWN and mark.start < end and mark.end > start]
    kept, position = "", start
    for mark in sorted(gone, key=lambda mark: mark.start):
        kept += piece.text[position : max(mark.start, position)]
        position = max(position, min(mark.end, end))
    struck = [piece.text[max(m.start, start) : min(m.end, end)] for m in gone if m.look is Look.STRUCK]
    return kept + piece.text[position:end], struck
