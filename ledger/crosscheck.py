"""What the returns say about each other: answers copied from another unit or an earlier period (雷同), photos, who saved them.

A form dated after the day on which it came is found here too, since only the ledger knows when that was; and a later
version that says something else than the one before it.

Pure: knows a work and its entries, no database, no clock. Nothing of it is kept, since every later return may change it;
what a person has looked at and found right stays settled (``Entry.settled``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from forms import (
    Doubt,
    Entry,
    FieldKind,
    Fingerprint,
    GroupRow,
    Likeness,
    Reading,
    Role,
    Spot,
    Status,
    Work,
    doubt,
)

from .likeness import Like, bare, likenesses
from .origins import origins

_LEAST = 15  # characters, without punctuation, of an answer that can be copied
_LEAST_OWN = 30  # of one that a unit repeats itself: names and posts stay the same from month to month
_STOCK = 40  # characters of an answer that may be a phrase in common use …
_SHOWN = 3  # fields of a changed version that are named
_MANY = 5  # … when so many units have it


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer of a return: the entry and the reading by their places, what the answer says, and its group's row."""

    entry: int
    reading: Reading
    said: str
    group: GroupRow | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Entries with the doubts that come from comparing them, and the likenesses behind those, both in the ledger's order.

    ``doubts`` are those doubts alone, by ``Entry.id``.
    """

    entries: tuple[Entry, ...]
    likenesses: tuple[Likeness, ...]
    doubts: Mapping[int, tuple[Doubt, ...]]


def compare(
    work: Work, entries: Sequence[Entry], own: Iterable[str] = (), prints: Collection[Fingerprint] = ()
) -> Compared:
    """Compare the current returns of ``work`` with each other.

    ``own`` are texts that all may quote, as the notice; ``prints`` the fingerprints of the work's own forms.
    Of two like answers the later one is in doubt, and the doubt names the place of the earliest. Answers of one unit are
    compared between periods and persons. CPU grows in proportion to the length of all answers.
    """
    answers = _answers(work, entries)

    def may(at: int, other: int) -> bool:
        return _may(entries[answers[at].entry], entries[answers[other].entry], len(answers[at].said))

    found = [
        (like.at, _likeness(entries, answers, like))
        for like in likenesses([answer.said for answer in answers], may, own)
    ]
    doubts: dict[int, list[tuple[_Answer | None, Doubt]]] = defaultdict(list)
    shown: list[Likeness] = []
    for at, likeness in found:
        entry, told = entries[answers[at].entry], _doubt(likeness)
        if told not in entry.settled and not _corrected(entry, answers[at]):
            doubts[answers[at].entry].append((answers[at], told))
            shown.append(likeness)
    for at, reading, told in _filled_later(work, entries):
        doubts[at].append((_Answer(at, reading, "", None), told))
    for at, told, likeness in origins(work, entries, prints):
        if told not in entries[at].settled:
            doubts[at].append((None, told))
            shown.append(likeness)
    for at, told in _changed(entries):
        doubts[at].append((None, told))
    made = tuple(_doubted(entry, doubts[at]) if at in doubts else entry for at, entry in enumerate(entries))
    told_of = {entries[at].id: tuple(told for _, told in found_there) for at, found_there in doubts.items()}
    return Compared(made, tuple(sorted(shown, key=lambda one: one.at.entry)), told_of)


def _filled_later(work: Work, entries: Sequence[Entry]) -> Iterator[tuple[int, Reading, Doubt]]:
    """Yield the dates of filling in (填表时间) that lie after the day on which the return came, each with its doubt."""
    dates = {form.name: field.path for form in work.forms if (field := form.with_role(Role.FILLED))}
    for at, entry in enumerate(entries):
        if entry.superseded_by or entry.submission.blank:
            continue
        came = entry.received_at.date()
        for reading in entry.submission.readings:
            if reading.field != dates.get(entry.submission.form or "") or not isinstance(reading.value, date):
                continue
            told = doubt("date_after", reading.field, raw=reading.raw.strip(), received=came)
            if reading.value > came and told not in entry.settled and not _said(entry, reading.field, 0):
                yield at, reading, told


def _changed(entries: Sequence[Entry]) -> Iterator[tuple[int, Doubt]]:
    """Yield the current returns that say something else than the version they replaced, each with its doubt."""
    before: dict[int, Entry] = {}
    for entry in entries:
        if entry.superseded_by and not entry.submission.blank:
            last = before.get(entry.superseded_by, entry)
            before[entry.superseded_by] = max(last, entry, key=lambda one: (one.received_at, one.id))
    for at, entry in enumerate(entries):
        old = before.get(entry.id)
        fields = [] if old is None else _apart(entry, old)
        if old is not None and fields:
            shown = "、".join(fields[:_SHOWN]) + ("等" if len(fields) > _SHOWN else "")
            told = doubt("changed", None, number=old.id, source=old.source, fields=shown)
            if told not in entry.settled:
                yield at, told


def _apart(entry: Entry, old: Entry) -> list[str]:
    """Return the fields and groups in which two versions differ."""
    sides = [
        {reading.field: reading.value for reading in one.submission.readings}
        | {group: _said_in(one, group) for group in dict.fromkeys(row.group for row in one.submission.rows)}
        for one in (old, entry)
    ]
    return [
        field for field in dict.fromkeys([*sides[0], *sides[1]]) if sides[0].get(field) != sides[1].get(field)
    ]


def _said_in(entry: Entry, group: str) -> tuple[tuple[tuple[str, object], ...], ...]:
    rows = (row for row in entry.submission.rows if row.group == group)
    return tuple(tuple((reading.field, reading.value) for reading in row.readings) for row in rows)


def _answers(work: Work, entries: Sequence[Entry]) -> list[_Answer]:
    """Return the answers that can be copies or copied, the earliest first; stock phrases are left out."""
    kinds = {(form.name, "", field.path): field.kind for form in work.forms for field in form.fields} | {
        (form.name, group.name, field.path): field.kind
        for form in work.forms
        for group in form.groups
        for field in group.fields
    }
    found = []
    order = sorted(range(len(entries)), key=lambda at: (entries[at].received_at, entries[at].id))
    for at in order:
        entry = entries[at]
        if entry.superseded_by or entry.submission.blank or entry.submission.unit is None:
            continue
        for reading, row in _readings(entry):
            kind = kinds.get((entry.submission.form or "", row.group if row else "", reading.field))
            if isinstance(reading.value, str) and kind in (None, FieldKind.TEXT):
                said = bare(reading.value)
                if len(said) >= _LEAST:
                    found.append(_Answer(at, reading, said, row))
    users: dict[str, set[str | None]] = defaultdict(set)
    for answer in found:
        if len(answer.said) < _STOCK:
            users[answer.said].add(entries[answer.entry].submission.unit)
    return [answer for answer in found if len(users.get(answer.said, ())) < _MANY]


def _readings(entry: Entry) -> Iterator[tuple[Reading, GroupRow | None]]:
    for reading in entry.submission.readings:
        yield reading, None
    for row in entry.submission.rows:
        for reading in row.readings:
            yield reading, row


def _may(entry: Entry, other: Entry, length: int) -> bool:
    """Whether an answer of ``length`` in ``entry`` may be a copy of one in ``other``.

    A unit may sum its months up in a report of another form; in the same form it should have something new to say.
    """
    mine, theirs = entry.submission, other.submission
    if mine.unit != theirs.unit:
        return True
    apart = (mine.period, mine.person) != (theirs.period, theirs.person)
    return mine.form == theirs.form and apart and length >= _LEAST_OWN


def _likeness(entries: Sequence[Entry], answers: Sequence[_Answer], like: Like) -> Likeness:
    here, there = (_spot(entries[answers[at].entry], answers[at]) for at in (like.at, like.source))
    return Likeness(here, there, like.share, here.text == there.text)


def _spot(entry: Entry, answer: _Answer) -> Spot:
    found, row = entry.submission, answer.group
    field = f"{row.group}.{answer.reading.field}" if row else answer.reading.field
    number = row.number if row else 0
    text = str(answer.reading.value)
    return Spot(entry.id, entry.source, found.unit, found.period, field, number, answer.reading.place, text)


def _doubt(likeness: Likeness) -> Doubt:
    here, there = likeness.at, likeness.source
    whose = "本单位" if here.unit == there.unit else f"“{there.unit}”"
    field = here.field if not here.row else here.field.partition(".")[2]
    details = {"whose": whose, "period": there.period or "报送期不明", "there": there.field}
    return doubt(
        "copied",
        field,
        **details,
        how=likeness.how,
        number=there.entry,
        source=there.source,
        place=there.place,
    )


def _corrected(entry: Entry, answer: _Answer) -> bool:
    """Whether the answer is a person's own."""
    path, number = answer.reading.field, 0
    if answer.group is not None:
        path, number = f"{answer.group.group}.{path}", answer.group.number
    return _said(entry, path, number)


def _said(entry: Entry, path: str, row: int) -> bool:
    return any(given.field == path and given.row == row for given in entry.corrections)


def _doubted(entry: Entry, found: Sequence[tuple[_Answer | None, Doubt]]) -> Entry:
    """Return ``entry`` with doubts at the readings they are about, those without at the whole."""

    def told(reading: Reading, row: GroupRow | None) -> Reading:
        more = tuple(d for a, d in found if a is not None and a.reading is reading and a.group is row)
        return replace(reading, doubts=reading.doubts + more) if more else reading

    submission = entry.submission
    rows = tuple(replace(row, readings=tuple(told(r, row) for r in row.readings)) for row in submission.rows)
    readings = tuple(told(reading, None) for reading in submission.readings)
    whole = submission.doubts + tuple(d for answer, d in found if answer is None)
    status = Status.REVIEW if entry.status is Status.ACCEPTED else entry.status
    return replace(
        entry, status=status, submission=replace(submission, readings=readings, rows=rows, doubts=whole)
    )
