"""Whose the fingerprints of a file are: the pictures of a document go to the form they stand in, loose photos to the form beside them.

Knows records and places; what a picture is known by is the concern of ``pictures``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from forms import Fingerprint, Origin, Place, Record, Submission

_STEPS = re.compile("[/!]")
Photo = tuple[str, Fingerprint]
"""Source and fingerprint of a picture that came as a file of its own."""


def shared_out(records: Sequence[Record], found: Sequence[Fingerprint]) -> list[Record]:
    """Give each of the ``records`` of one document its pictures, and all of them who saved it."""
    if not found:
        return list(records)
    for fingerprint in found:
        holders = range(len(records))
        if fingerprint.kind is Origin.PICTURE:
            holders = range(*_nearest(records, fingerprint.place))
        records = [_with(each, fingerprint) if at in holders else each for at, each in enumerate(records)]
    return list(records)


def beside(records: Sequence[Record], photos: Sequence[Photo]) -> list[Record]:
    """Give each of ``photos`` to the form that came in the same folder of an archive or the same mail.

    Where forms of several units stand equally near it is nobody's; that it could not be read is told anyway.
    """
    given = list(records)
    for source, photo in photos:
        at = _neighbour(given, source)
        if at is not None:
            given[at] = _with(given[at], replace(photo, place=Place(source.rpartition("!")[2])))
    return given


def _neighbour(records: Sequence[Record], source: str) -> int | None:
    near = [
        (_shared(record.source, source), at)
        for at, record in enumerate(records)
        if record.submission is not None and record.submission.form is not None
    ]
    most = max((length for length, _ in near), default=0)
    nearest = [at for length, at in near if length == most]
    units = {_submission(records[at]).unit for at in nearest}
    return nearest[0] if len(units) == 1 else None


def _shared(source: str, other: str) -> int:
    """Return how many containers and folders both sources lie in."""
    pairs = zip(_STEPS.split(source)[:-1], _STEPS.split(other)[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _nearest(records: Sequence[Record], place: Place) -> tuple[int, int]:
    """Return the range of the one record whose answers stand nearest to ``place``."""

    def distance(record: Record) -> tuple[bool, int]:
        rows = [
            abs(reading.place.row - place.row)
            for reading in (record.submission.all_readings() if record.submission else ())
            if reading.place.part == place.part
        ]
        return not rows, min(rows, default=0)

    at = min(range(len(records)), key=lambda number: distance(records[number]))
    return at, at + 1


def _with(record: Record, found: Fingerprint) -> Record:
    if record.submission is None:
        return record
    submission = record.submission
    return replace(record, submission=replace(submission, fingerprints=(*submission.fingerprints, found)))


def _submission(record: Record) -> Submission:
    assert record.submission is not None  # noqa: S101 - asked only of records that hold one
    return record.submission
