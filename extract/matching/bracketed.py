"""Answers in brackets behind their label in its own cell, where the answer's place was left empty: 走访形式（座谈交流）.

What a form prints in brackets is an instruction; what reads like none and stands over an empty place is what somebody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from extract.spelling import squeeze
from extract.values.dates import read_date
from forms import Field, FieldKind

from .anchors import Anchor
from .govern import Content
from .layout import Layout
from .remarks import SPEECH, TELLS_HOW

_NOTE = re.compile(r"[（(【\[](?P<note>[^（）()【】\[\]]{1,400})[)）】\]][\s:：]*$")
_INSTRUCTS = re.compile(
    r"[字填写附页选限请注可例勾√内含等单必不多元%*＊]|[每本上当近全][年月日]|年.*月|月.*日|[年月日]$|全称|[人名个次份场项篇时天类级型]$|^\W*$|^[A-Za-z]"
)
_COUNTED = re.compile(r"[约近共计]?\s*\d{1,6}\s*[余多]?[人名个次]?(?:左右)?")
_LONGEST = 40
_BETWEEN = re.compile(r"[、，,；;/\s]+")
_MEASURED = re.compile(r"[约近共计]?\s*\d{1,9}(?:\.\d{1,4})?\s*(?:[%％]|万?元|个百分点)?")
_NAMES = frozenset((FieldKind.TEXT, FieldKind.PERSON, FieldKind.UNIT))


def bracketed(anchors: Sequence[Anchor], told: Set[int], layout: Layout) -> Iterator[Content]:
    """Yield the notes of ``anchors`` without an answer (``told`` are the slots that have one) that can be the answer.

    Such an anchor ends before its note from then on.
    """
    for anchor in anchors:
        field = layout.slots[anchor.slot].field
        if field is None or not anchor.whole or anchor.slot in told or layout.slots[anchor.slot].group:
            continue
        number, start, end = anchor.spans[-1]
        found = _NOTE.search(anchor.box.pieces[number].text, start, end)
        if found is None or squeeze(found["note"]) in layout.known or not _answers(field, found["note"]):
            continue
        anchor.spans = (*anchor.spans[:-1], (number, start, found.start()))
        yield Content(
            anchor.slot, anchor.box, ((number, found.start("note"), found.end("note")),), guessed=True
        )


def _answers(field: Field, note: str) -> bool:
    kind = field.kind
    if kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        said = [each for each in _BETWEEN.split(note.strip()) if each]
        return 0 < len(said) < len(field.choices) and all(each in field.choices for each in said)
    if kind is FieldKind.INTEGER:
        return _COUNTED.fullmatch(note.strip()) is not None
    if kind in (FieldKind.NUMBER, FieldKind.MONEY):
        return _MEASURED.fullmatch(note.strip()) is not None
    if kind is FieldKind.DATE:
        return read_date("", note).value is not None
    if kind is FieldKind.TEXT and SPEECH.search(note) and not TELLS_HOW.search(note):
        return True
    return kind in _NAMES and 1 < len(note.strip()) <= _LONGEST and _INSTRUCTS.search(note) is None
