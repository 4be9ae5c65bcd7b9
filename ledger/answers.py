"""What a person said about the returns, gathered from the tables: corrections, acceptances, assignments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from forms import Correction, Doubt, GroupRow, Reading, Submission

from . import tables as t
from .corrections import apply
from .rows import select_parts, submission_of


@dataclass(slots=True)
class Answers:
    """A person's words about one return: corrections with their groups, the reading accepted, unit and period given.

    ``settled`` are doubts that came from comparing it with other returns.
    """

    corrections: list[tuple[str, Correction]] = field(default_factory=list)
    accepted: Submission | None = None
    settled: list[Doubt] = field(default_factory=list)
    unit: str | None = None
    period: str | None = None


def select_answers(connection: Connection, only: int | None = None) -> dict[int, Answers]:
    """Return the answers by return, of all or of the one numbered ``only``; returns without any have none."""
    found: dict[int, Answers] = defaultdict(Answers)
    for row in connection.execute(_of(t.corrections, only)):
        found[row.return_id].corrections.append((row.group_name, _correction(row)))
    for row in connection.execute(_of(t.assignments, only)):
        answers = found[row.return_id]
        answers.unit, answers.period = row.unit or answers.unit, row.period or answers.period
    for row in connection.execute(_of(t.settled, only)):
        found[row.return_id].settled.append(Doubt(row.code, row.message, row.field))
    for number, submission in _accepted(connection, only):
        found[number].accepted = submission
    return found


def answered_returns(connection: Connection, file_id: int) -> frozenset[int]:
    """Return the numbers of the returns of a file about which a person has said something."""
    queries = [
        sa.select(table.c.return_id).join(t.returns, t.returns.c.id == table.c.return_id)
        for table in t.ANSWERS
    ]
    query = sa.union(*(one.where(t.returns.c.file_id == file_id) for one in queries))
    return frozenset(connection.execute(query).scalars())


def answered(submission: Submission, answers: Answers) -> Submission:
    """Return ``submission`` (unit and period already judged) as it stands after a person's words.

    An acceptance speaks of one reading: should a later one read otherwise, the accepted values stand, and only a doubt
    that was not there then is open. A form that came back unfilled stays so, unless a person gave a value.
    """
    if answers.accepted is not None and answers.accepted.form == submission.form:
        submission = _settled(submission, answers.accepted)
    for prefix, given, what in (("unit_", answers.unit, "单位"), ("period_", answers.period, "报送期")):
        if given is not None:
            # Whether the unit owes this form is another question for another unit.
            left = (d for d in submission.doubts if not d.code.startswith((prefix, "not_due")))
            told = f"{what} {given}（人工指定）"
            submission = replace(submission, doubts=tuple(left), evidence=(*submission.evidence, told))
    return apply(submission, answers.corrections)


def _settled(now: Submission, then: Submission) -> Submission:
    """Return what was read ``now`` with all that a person accepted ``then``."""
    fields = {reading.field for reading in then.readings}
    groups = {row.group for row in then.rows}
    readings = (*map(_sure, then.readings), *(r for r in now.readings if r.field not in fields))
    rows = tuple(GroupRow(row.group, row.number, tuple(map(_sure, row.readings))) for row in then.rows)
    rows += tuple(row for row in now.rows if row.group not in groups)
    doubts = tuple(doubt for doubt in now.doubts if not _known(doubt, then, fields))
    return replace(now, readings=readings, rows=rows, doubts=doubts)


def _sure(reading: Reading) -> Reading:
    return replace(reading, doubts=())


def _known(doubt: Doubt, then: Submission, fields: set[str]) -> bool:
    return doubt.code != "unfilled" and (doubt in then.doubts or doubt.field in fields)


def _of(table: sa.Table, only: int | None) -> sa.Select[Any]:
    query = sa.select(table).order_by(table.c.id)
    return query if only is None else query.where(table.c.return_id == only)


def _accepted(connection: Connection, only: int | None) -> list[tuple[int, Submission]]:
    record = t.records.c
    query = sa.select(t.accepted.c.return_id, record.id.label("record_id"), record.form).add_columns(
        record.unit, record.period, t.persons.c.name.label("person")
    )
    query = query.join(t.records, record.id == t.accepted.c.record_id)
    query = query.join(t.persons, t.persons.c.record_id == record.id, isouter=True)
    wanted = sa.select(t.accepted.c.record_id)
    if only is not None:
        query, wanted = (one.where(t.accepted.c.return_id == only) for one in (query, wanted))
    heads = connection.execute(query).all()
    parts = select_parts(connection, wanted) if heads else {}
    return [(head.return_id, submission_of(head, parts)) for head in heads]


def _correction(row: Row[Any]) -> Correction:
    path = f"{row.group_name}.{row.field}" if row.group_name else row.field
    return Correction(row.return_id, path, row.value, row.why, row.made_at, row.row)
