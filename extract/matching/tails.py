"""Dates that a form prints under or behind an answer without a label of their own: 签字：      年  月  日.

Knows where such a date ends a content; which field it is the layout tells (``Slot.tail``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.spelling import squeeze
from forms import FieldKind

from .govern import Content
from .layout import Slot
from .stretches import Stretch

_DIGITS = r"[\d零〇○O一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?:{_DIGITS}{{1,4}}|[\s_＿]+)?[\s_＿]*年[\s_＿]*{_DIGITS}{{0,3}}[\s_＿]*月(?:[\s_＿]*{_DIGITS}{{0,3}}[\s_＿]*[日号])?"
    r"|(?<!\d)\d{4}[ ]*([-./])[ ]*\d{1,2}[ ]*\1[ ]*\d{1,2}[日号]?|(?<!\d)(?:19|20)\d{6}"
)
_FOOT = re.compile(r"[\s_＿]*(?:[（(][^（）()]{0,8}章[）)])?[\s_＿]*")
_SHORT = frozenset((FieldKind.PERSON, FieldKind.UNIT, FieldKind.PHONE))


def without_date(content: Content, slots: Sequence[Slot]) -> Iterator[Content]:
    """Yield ``content``, and apart from it the date at its end that belongs to the field behind its own."""
    slot = slots[content.slot]
    foot = slots[slot.tail].after
    stretches = [line for stretch in content.stretches for line in _lines(content, stretch)]
    content.stretches = tuple(stretches)
    while stretches and _says_nothing(content, stretches[-1], foot):
        stretches.pop()
    if stretches:
        number, start, end = stretches[-1]
        text = content.box.pieces[number].text
        found = _last_date(text, start, end)
        if found is not None and _stands_alone(slot, text[start : found.start()]):
            stretches[-1] = number, start, found.start()
            content.stretches = tuple(stretches)
            yield content
            date = ((number, found.start(), found.end()),)
            yield Content(slot.tail, content.box, date, content.row, content.column)
            return
    yield content


def _lines(content: Content, stretch: Stretch) -> Iterator[Stretch]:
    """Yield the lines of a stretch, without the breaks between them."""
    number, start, end = stretch
    text = content.box.pieces[number].text
    while (broken := text.find("\n", start, end)) >= 0:
        yield number, start, broken
        start = broken + 1
    yield number, start, end


def _says_nothing(content: Content, stretch: Stretch, foot: frozenset[str]) -> bool:
    number, start, end = stretch
    piece = content.box.pieces[number]
    line = squeeze(piece.text[start:end])
    return (not line or line in foot) and not piece.signs(start, end)


def _last_date(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the date that ends ``text[start:end]``, but for a seal in brackets."""
    dates = list(_DATE.finditer(text, start, end))
    return dates[-1] if dates and _FOOT.fullmatch(text, dates[-1].end(), end) else None


def _stands_alone(slot: Slot, before: str) -> bool:
    """Whether a date is the form's own: alone on its line, behind the form's words, or behind a name."""
    line = squeeze(before)
    kind = slot.field.kind if slot.field is not None else FieldKind.TEXT
    return not line or line in slot.after or kind in _SHORT or (slot.beside and before[-1:].isspace())
