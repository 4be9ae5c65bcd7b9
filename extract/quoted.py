"""What a mail quotes of earlier mails, held against what it brings itself: last month's form is no second return.

Where nothing else of the kind came, as in a forwarded mail, the quoted form is the return.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms import Leftover, Record, Status, Submission, doubt

_QUOTED = "引用的邮件"
_ANSWERS = 3  # between the lines of a quoted form, before they count as one


def settled(read: Sequence[Record], quoted: Sequence[Record], place: str, forwarded: bool) -> list[Record]:
    """Return the records of a mail, ``read`` without what it quotes in its text at ``place``, ``quoted`` the rest of it.

    A quoted form beside one that the mail brings itself is leftover, and the other says so; in a forwarded mail only
    beside one of the same kind and unit. One that came alone counts, doubted when the mail was an answer.
    """
    found = list(read)
    passed: list[Record] = []
    kept: list[Record] = []
    for record in quoted:
        rivals = [number for number, other in enumerate(found) if _rivals(record, other, forwarded)]
        if not _filled(record):
            passed.append(record)
        elif rivals:
            passed.append(record)
            found[rivals[0]] = _told(found[rivals[0]], "quoted_passed", record)
        else:
            kept.append(record if forwarded else _told(record, "quoted"))
    return [*_housed(found, kept, _rest(passed), place), *kept[1:]] if kept else _beside(found, passed, place)


def answered_between(read: Sequence[Record], quoted: Sequence[Record], place: str) -> bool:
    """Whether a mail quotes a form and brings none itself but in its text at ``place``: answers may stand between the lines."""
    forms = any(record.submission is not None and record.submission.form for record in quoted)
    return forms and not any(_filled(record) and record.source != place for record in read)


def between(
    mixed: list[Record], quoted: list[Record], read: list[Record], place: str
) -> tuple[list[Record], list[Record]]:
    """Return what to take for quoted and for read: ``mixed`` alone where the whole text at ``place`` is a filled form.

    It must say more than what is quoted and what is not say alone, and where both say something, they complete each other.
    """
    own = [record for record in read if record.source == place and _filled(record)]
    told, there, here = len(_told_by(mixed)), _told_by(quoted), _told_by(own)
    filled = sum(map(_filled, mixed))
    if told < _ANSWERS or told <= max(len(there), len(here)) or not filled:
        return quoted, read
    if own and (filled > 1 or set(here) & set(there)):
        return quoted, read
    return mixed, [record for record in read if record.source != place]


def _told_by(records: Sequence[Record]) -> list[str]:
    """Return the fields of all answers that ``records`` hold."""
    return [
        reading.field
        for record in records
        if record.submission
        for reading in record.submission.all_readings()
        if reading.value is not None
    ]


def _filled(record: Record) -> bool:
    """Whether a record holds a form that somebody filled in."""
    held = record.submission
    return held is not None and held.form is not None and all(d.code != "unfilled" for d in held.doubts)


def _rivals(record: Record, other: Record, forwarded: bool) -> bool:
    """Whether both are filled forms, and in a forwarded mail of one kind and perhaps of one unit."""
    here, there = record.submission, other.submission
    if here is None or there is None or not (_filled(record) and _filled(other)):
        return False
    same = here.form == there.form and (None in (here.unit, there.unit) or here.unit == there.unit)
    return same or not forwarded


def _told(record: Record, code: str, about: Record | None = None) -> Record:
    """Return ``record`` with the doubt ``code`` about the form of ``about``, its own when none."""
    held, other = record.submission, (about or record).submission
    if held is None or other is None or any(each.code == code for each in held.doubts):
        return record
    told = doubt(code, None, form=other.form)
    return replace(record, status=Status.REVIEW, submission=replace(held, doubts=(*held.doubts, told)))


def _rest(records: Sequence[Record]) -> tuple[Leftover, ...]:
    """Return all text of ``records`` as quoted text that nothing was taken from."""
    rest: list[Leftover] = []
    for record in records:
        held = record.submission
        if held is not None:
            rest += [Leftover(r.raw, r.place, _QUOTED) for r in held.all_readings() if r.raw.strip()]
            rest += [replace(item, kind=_QUOTED) for item in held.leftover]
    return tuple(rest)


def _beside(found: list[Record], passed: Sequence[Record], place: str) -> list[Record]:
    """Return ``found`` with the text that was passed over beside what the mail's own text says."""
    rest = _rest(passed)
    number = next((number for number, record in enumerate(found) if record.source == place), -1)
    if number < 0:
        held = Submission(None, None, None, leftover=rest)
        sha256 = passed[0].sha256 if passed else ""
        return [*found, Record(place, sha256, 1, Status.IGNORED, held, "邮件里引用的往来邮件，不是填好的表")]
    found[number] = _with_rest(found[number], rest)
    return found


def _housed(found: list[Record], kept: list[Record], rest: tuple[Leftover, ...], place: str) -> list[Record]:
    """Return ``found`` and the first of ``kept``, which takes in what the sender wrote above it."""
    own = [record for record in found if record.source == place]
    if any(_filled(record) for record in own):
        parts = len(own)
        kept[:] = [replace(record, part=parts + number) for number, record in enumerate(kept, 1)]
        return [*found, _with_rest(kept[0], rest)]
    said = tuple(item for record in own if record.submission for item in record.submission.leftover)
    first = _with_rest(kept[0], (*said, *rest))
    if said and first.submission is not None and all(d.code != "leftover" for d in first.submission.doubts):
        told = doubt("leftover", None, count=len(said))
        held = first.submission
        first = replace(first, status=Status.REVIEW, submission=replace(held, doubts=(*held.doubts, told)))
    kept[0] = first
    return [*(record for record in found if record.source != place), first]


def _with_rest(record: Record, rest: tuple[Leftover, ...]) -> Record:
    held = record.submission or Submission(None, None, None)
    return replace(record, submission=replace(held, leftover=(*held.leftover, *rest))) if rest else record
