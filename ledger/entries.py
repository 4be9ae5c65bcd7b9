"""What the ledger hands out: its rows as entries and refusals, successors named and a person's answers applied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from forms import Entry, Record, Refusal, Status, Submission

from . import tables as t
from .answers import Answers, answered, select_answers
from .arrival import Kept
from .rows import select_parts, submission_of


def statuses(connection: Connection, file_id: int) -> tuple[Status, ...]:
    """Return how the records of a file's last reading stand, in order."""
    query = sa.select(t.records.c.status).where(_last_read(file_id)).order_by(t.records.c.return_id)
    return tuple(Status(status) for status in connection.execute(query).scalars())


def return_ids(connection: Connection, file_id: int) -> tuple[int, ...]:
    """Return the numbers of the submissions in a file's last reading."""
    query = sa.select(t.records.c.return_id).where(_last_read(file_id), t.records.c.holds)
    return tuple(connection.execute(query.order_by(t.records.c.return_id)).scalars())


def last_records(connection: Connection, file_id: int, sha256: str) -> tuple[Record, ...]:
    """Return a file's last reading as the reader gave it, in the order of the returns; the form's own text is not kept."""
    record, found = t.records.c, t.returns.c
    query = (
        sa.select(t.records, record.id.label("record_id"), found.source, found.part)
        .add_columns(t.persons.c.name.label("person"))
        .join(t.returns, found.id == record.return_id)
        .join(t.persons, t.persons.c.record_id == record.id, isouter=True)
        .where(_last_read(file_id))
        .order_by(record.id)
    )
    wanted = sa.select(record.id.label("record_id")).where(_last_read(file_id))
    parts = select_parts(connection, wanted)
    return tuple(
        Record(row.source, sha256, row.part, Status(row.status), _submission(row, parts), row.reason)
        for row in connection.execute(query)
    )


def _submission(row: Row[Any], parts: Any) -> Submission | None:
    submission = submission_of(row, parts)
    return None if not row.holds and submission == Submission(None, None, None) else submission


def _last_read(file_id: int) -> sa.ColumnElement[bool]:
    # Not through the view ``latest``, which would look at every file for the sake of one.
    newest = sa.select(sa.func.max(t.reads.c.id)).where(t.reads.c.file_id == file_id).scalar_subquery()
    return t.records.c.read_id == newest


def kept(connection: Connection) -> Iterator[Kept]:
    """Yield every file of the archive in the order it was taken in."""
    file, read = t.files.c, t.reads.c
    newest = sa.select(sa.func.max(read.id).label("id")).group_by(read.file_id).subquery()
    query = (
        sa.select(t.files, read.reader)
        .join(t.reads, read.file_id == file.id)
        .join(newest, newest.c.id == read.id)
    )
    for row in connection.execute(query.order_by(file.id)).all():
        yield Kept(row.sha256, row.name, row.archive, row.reader, statuses(connection, row.id))


def _heads(*, holds: bool) -> sa.Select[Any]:
    """Return the query for the records of each file's last reading, with their files, unit and period as they stand."""
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
            t.persons.c.name.label("person"),
            t.judged.c.unit,
            t.judged.c.period,
            sa.func.coalesce(t.succession.c.current_id, found.id).label("current_id"),
        )
        .join(t.records, record.id == t.latest.c.record_id)
        .join(t.judged, t.judged.c.record_id == t.latest.c.record_id)
        .join(t.returns, found.id == t.latest.c.return_id)
        .join(t.files, t.files.c.id == t.latest.c.file_id)
        .join(t.persons, t.persons.c.record_id == record.id, isouter=True)
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
    heads, wanted = _heads(holds=True), sa.select(t.latest.c.record_id)
    if only is not None:
        heads, wanted = heads.where(t.returns.c.id == only), wanted.where(t.latest.c.return_id == only)
    answers = select_answers(connection, only)
    parts = select_parts(connection, wanted)
    for head in connection.execute(heads):
        yield _entry(head, submission_of(head, parts), answers.get(head.return_id))


def _entry(head: Row[Any], submission: Submission, answers: Answers | None) -> Entry:
    status = Status(head.status)
    if answers is not None:
        submission = answered(submission, answers)
        status = _status(status, submission, answers)
    return Entry(
        head.return_id,
        head.source,
        head.sha256,
        head.archive,
        head.received_at,
        status,
        submission,
        tuple(correction for _, correction in answers.corrections) if answers else (),
        head.current_id if head.current_id != head.return_id else 0,
        tuple(answers.settled) if answers else (),
    )


def _status(read: Status, submission: Submission, answers: Answers) -> Status:
    """Return how a return stands after a person's answers; an unfilled form that was looked at is done with."""
    open_ = [d for d in submission.all_doubts() if d.code != "unfilled" or answers.accepted is None]
    return Status.ACCEPTED if read is Status.REVIEW and not open_ else read
