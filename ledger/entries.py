"""What the ledger hands out: its rows as entries and refusals, successors named and corrections applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from forms import Correction, Entry, Refusal, Status, Submission

from . import tables as t
from .corrections import apply
from .rows import select_parts, submission_of


def statuses(connection: Connection, file_id: int) -> tuple[Status, ...]:
    """Return how the records of a file's last reading stand, in order."""
    query = sa.select(t.records.c.status).where(_last_read(file_id)).order_by(t.records.c.return_id)
    return tuple(Status(status) for status in connection.execute(query).scalars())


def return_ids(connection: Connection, file_id: int) -> tuple[int, ...]:
    """Return the numbers of the submissions in a file's last reading."""
    query = sa.select(t.records.c.return_id).where(_last_read(file_id), t.records.c.holds)
    return tuple(connection.execute(query.order_by(t.records.c.return_id)).scalars())


def _last_read(file_id: int) -> sa.ColumnElement[bool]:
    # Not through the view ``latest``, which would look at every file for the sake of one.
    newest = sa.select(sa.func.max(t.reads.c.id)).where(t.reads.c.file_id == file_id).scalar_subquery()
    return t.records.c.read_id == newest


def _heads(*, holds: bool) -> sa.Select[Any]:
    """Return the query for the records of each file's last reading, with their files."""
    record, found = t.records.c, t.returns.c
    return (
        sa.select(
            t.latest.c.record_id,
            t.latest.c.received_at,
            found.id.label("return_id"),
            found.source,
            t.files.c.sha256,
            t.files.c.archive,
            record.status,
            record.reason,
            record.form,
            record.unit,
            record.period,
            sa.func.coalesce(t.succession.c.current_id, found.id).label("current_id"),
        )
        .join(t.records, record.id == t.latest.c.record_id)
        .join(t.returns, found.id == t.latest.c.return_id)
        .join(t.files, t.files.c.id == t.latest.c.file_id)
        .join(t.succession, t.succession.c.return_id == found.id, isouter=True)
        .where(record.holds == holds)
        .order_by(found.id)
    )


def refusals(connection: Connection) -> Iterator[Refusal]:
    """Yield everything that was rejected or ignored, in the order it was taken in."""
    for row in connection.execute(_heads(holds=False)):
        status, reason = Status(row.status), row.reason or ""
        yield Refusal(row.source, row.sha256, row.archive, row.received_at, status, reason)


def entries(connection: Connection, only: int | None = None) -> Iterator[Entry]:
    """Yield every submission in the order it was taken in, or the one numbered ``only``."""
    heads, corrected = _heads(holds=True), sa.select(t.corrections).order_by(t.corrections.c.id)
    if only is not None:
        heads = heads.where(t.returns.c.id == only)
        corrected = corrected.where(t.corrections.c.return_id == only)
    corrections: dict[int, list[tuple[str, Correction]]] = defaultdict(list)
    for row in connection.execute(corrected):
        corrections[row.return_id].append((row.group_name, _correction(row)))
    parts = select_parts(connection, only)
    for head in connection.execute(heads):
        yield _entry(head, submission_of(head, parts), corrections[head.return_id])


def _correction(row: Row[Any]) -> Correction:
    path = f"{row.group_name}.{row.field}" if row.group_name else row.field
    return Correction(row.return_id, path, row.value, row.why, row.made_at, row.row)


def _entry(head: Row[Any], submission: Submission, corrections: Sequence[tuple[str, Correction]]) -> Entry:
    status = Status(head.status)
    if corrections:
        submission = apply(submission, corrections)
        if status is Status.REVIEW and not submission.all_doubts():
            status = Status.ACCEPTED
    return Entry(
        head.return_id,
        head.source,
        head.sha256,
        head.archive,
        head.received_at,
        status,
        submission,
        tuple(correction for _, correction in corrections),
        head.current_id if head.current_id != head.return_id else 0,
    )
