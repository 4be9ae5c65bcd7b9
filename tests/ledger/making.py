"""Records to put into a ledger, invented or drawn by hypothesis, and a ledger's contents without its numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hypothesis import strategies as st

from forms import (
    Doubt,
    Entry,
    Fingerprint,
    GroupRow,
    Leftover,
    Origin,
    Place,
    Reading,
    Record,
    Scalar,
    Status,
    Submission,
    doubt,
)
from ledger import Arrival, Ledger

FORM = "团干部走基层情况报告单"
PLACE = Place("表1", 2, 3)

texts = st.text(st.characters(), max_size=12)  # every code point, lone surrogates and NUL too
values: st.SearchStrategy[Scalar] = st.one_of(
    st.none(),
    texts,
    st.integers(),
    st.floats(allow_nan=False),
    st.dates(),
    st.lists(texts, max_size=3).map(tuple),
)
places = st.builds(Place, texts, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
doubts = st.builds(Doubt, texts.filter(lambda code: code != "unfilled"), texts, st.none() | texts)
_doubts = st.lists(doubts, max_size=2).map(tuple)
readings = st.builds(Reading, texts, values, texts, places, _doubts)
_readings = st.lists(readings, max_size=3).map(tuple)
submissions = st.builds(
    Submission,
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
    readings=_readings,
    rows=st.lists(st.builds(GroupRow, texts, st.integers(1, 9), _readings), max_size=3).map(tuple),
    leftover=st.lists(st.builds(Leftover, texts, places, texts), max_size=2).map(tuple),
    doubts=_doubts,
    evidence=st.lists(texts, max_size=2).map(tuple),
    person=st.none() | texts,
    fingerprints=st.lists(
        st.builds(Fingerprint, st.sampled_from(Origin), texts, places, st.sampled_from(("", "c3" * 32))),
        max_size=2,
    ).map(tuple),
)


def sha(text: str) -> str:
    """Return the hash of a file that holds ``text``."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def arrival(name: str, content: str | None = None, day: str = "2020-07-08") -> Arrival:
    """Return the arrival of a file called ``name`` at nine o'clock of ``day``; by default its content is its name."""
    content = name if content is None else content
    received_at = datetime.fromisoformat(f"{day}T09:00:00")
    return Arrival(sha(content), name, len(content), received_at, f"归档/{sha(content)}")


def filled(unit: str | None = "源汇区团委", period: str | None = "2020-07", value: Scalar = 3) -> Submission:
    """Return a return of ``unit`` with one date and one number, the number in doubt."""
    unclear = doubt("number_approximate", "走访人数.团干部", raw="三人左右")
    return Submission(
        FORM,
        unit,
        period,
        readings=(
            Reading("姓名", "钱多多", "钱多多", PLACE),
            Reading("走访人数.团干部", value, "三人左右", PLACE, (unclear,)),
        ),
    )


def blank(unit: str = "源汇区团委", period: str = "2020-07") -> Submission:
    """Return a form that came back unfilled."""
    return Submission(FORM, unit, period, doubts=(doubt("unfilled"),))


def records(came: Arrival, *found: Submission) -> tuple[Record, ...]:
    """Return the records of a file that holds ``found``, all of them for review."""
    return tuple(
        Record(came.name, came.sha256, part, Status.REVIEW, submission)
        for part, submission in enumerate(found, start=1)
    )


def take(ledger: Ledger, name: str, submission: Submission, day: str = "2020-07-08") -> int:
    """Accept a file with one submission and return its number."""
    came = arrival(name, day=day)
    return ledger.accept(came, records(came, submission)).submissions[0]


def rejected(came: Arrival, reason: str = "文件损坏或未传完") -> tuple[Record, ...]:
    """Return the record of a file that cannot be read."""
    return (Record(came.name, came.sha256, 1, Status.REJECTED, reason=reason),)


def contents(ledger: Ledger) -> tuple[object, ...]:
    """Return all that a ledger holds, in an order of its own and without its numbers, to compare two of them."""
    entries = ledger.entries()
    sources = {entry.id: entry.source for entry in entries} | {0: ""}
    plain: Sequence[tuple[Entry, str]] = [
        (replace(entry, id=0, superseded_by=0), sources[entry.superseded_by]) for entry in entries
    ]
    return (sorted(map(repr, plain)), sorted(map(repr, ledger.refusals())))
