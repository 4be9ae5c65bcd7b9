"""From records to rows and back: what a reader found, laid into the tables and gathered from them again.

A row of a part (reading, doubt …) is named by its record and its ordinal, so that all of a file goes in with one
``executemany`` for each table. The form's own text (``Submission.known``) is not kept: the form has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from forms import Doubt, Fingerprint, GroupRow, Leftover, Origin, Place, Reading, Record, Status, Submission

from . import tables as t

Values = Mapping[str, Any]
Parts = dict[sa.Table, dict[int, list[Row[Any]]]]


def insert_records(connection: Connection, file_id: int, reader: str, found: Sequence[Record]) -> list[int]:
    """Add one reading of a file with all it holds; return the numbers of the returns, in order."""
    statement = sa.insert(t.reads).values(file_id=file_id, reader=reader).returning(t.reads.c.id)
    read_id = connection.execute(statement).scalar_one()
    return_ids = _returns(connection, file_id, found)
    heads = [
        {"read_id": read_id, "return_id": return_id, **_head(record)}
        for return_id, record in zip(return_ids, found, strict=True)
    ]
    statement = sa.insert(t.records).returning(t.records.c.id, sort_by_parameter_order=True)
    record_ids = connection.execute(statement, heads).scalars().all()
    rows: dict[sa.Table, list[Values]] = {table: [] for table in t.PARTS}
    for record_id, record in zip(record_ids, found, strict=True):
        if record.submission is not None:
            for table, values in _parts(record.submission):
                rows[table].append({"record_id": record_id, **values})
    persons = [
        {"record_id": record_id, "name": record.submission.person}
        for record_id, record in zip(record_ids, found, strict=True)
        if record.submission is not None and record.submission.person is not None
    ]
    if persons:
        connection.execute(sa.insert(t.persons), persons)
    for table, values_of_table in rows.items():
        if values_of_table:
            connection.execute(sa.insert(table), values_of_table)
    return return_ids


def _returns(connection: Connection, file_id: int, found: Iterable[Record]) -> list[int]:
    """Return the number of each record's place in the file, the same at every reading."""
    columns = t.returns.c
    query = sa.select(columns.source, columns.part, columns.twin, columns.id).where(
        columns.file_id == file_id
    )
    known = {(source, part, twin): number for source, part, twin, number in connection.execute(query)}
    seen: dict[tuple[str, int], int] = defaultdict(int)
    keys = []
    for record in found:
        seen[record.source, record.part] += 1
        keys.append((record.source, record.part, seen[record.source, record.part]))
    new = [key for key in keys if key not in known]
    if new:
        statement = sa.insert(t.returns).returning(columns.id, sort_by_parameter_order=True)
        rows = [{"file_id": file_id, "source": s, "part": p, "twin": w} for s, p, w in new]
        known.update(zip(new, connection.execute(statement, rows).scalars(), strict=True))
    return [known[key] for key in keys]


def _head(record: Record) -> Values:
    submission = record.submission
    return {
        "status": record.status.value,
        "reason": record.reason,
        "holds": submission is not None and record.status in (Status.ACCEPTED, Status.REVIEW),
        "form": submission and submission.form,
        "unit": submission and submission.unit,
        "period": submission and submission.period,
        "blank": submission is not None and submission.blank,
    }


def _parts(submission: Submission) -> Iterator[tuple[sa.Table, Values]]:
    """Yield the rows of a submission, each with its ordinal among those of its table."""
    for ordinal, row in enumerate(submission.rows):
        yield t.group_rows, {"ordinal": ordinal, "group_name": row.group, "number": row.number}
    owned: list[tuple[int | None, Reading]] = [(None, reading) for reading in submission.readings]
    owned += [(ordinal, reading) for ordinal, row in enumerate(submission.rows) for reading in row.readings]
    doubted: list[tuple[int | None, Doubt]] = [(None, doubt) for doubt in submission.doubts]
    for ordinal, (group_row, reading) in enumerate(owned):
        yield t.readings, {"ordinal": ordinal, "group_row": group_row, **_reading(reading)}
        doubted += [(ordinal, doubt) for doubt in reading.doubts]
    for ordinal, (of_reading, doubt) in enumerate(doubted):
        values = {"code": doubt.code, "message": doubt.message, "field": doubt.field}
        yield t.doubts, {"ordinal": ordinal, "reading": of_reading, **values}
    for ordinal, leftover in enumerate(submission.leftover):
        values = {"kind": leftover.kind, "text": leftover.text, **_place(leftover.place)}
        yield t.leftovers, {"ordinal": ordinal, **values}
    for ordinal, text in enumerate(submission.evidence):
        yield t.evidence, {"ordinal": ordinal, "text": text}
    for ordinal, one in enumerate(submission.fingerprints):
        values = {"kind": one.kind.value, "value": one.value, "look": one.look, **_place(one.place)}
        yield t.fingerprints, {"ordinal": ordinal, **values}


def _reading(reading: Reading) -> Values:
    return {"field": reading.field, "value": reading.value, "raw": reading.raw, **_place(reading.place)}


def _place(place: Place) -> Values:
    return {
        "part": place.part,
        "place_row": place.row,
        "place_column": place.column,
        "paragraph": place.paragraph,
    }


def select_parts(connection: Connection, wanted: sa.Select[tuple[int]]) -> Parts:
    """Return the rows of every table of parts by record, in order; ``wanted`` is the query of the records' ids."""
    parts: Parts = {}
    chosen = wanted.subquery()
    for table in t.PARTS:
        query = sa.select(table).join(chosen, chosen.c.record_id == table.c.record_id)
        rows: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in connection.execute(query.order_by(table.c.record_id, table.c.ordinal)):
            rows[row.record_id].append(row)
        parts[table] = rows
    return parts


def submission_of(head: Row[Any], parts: Parts) -> Submission:
    """Put the submission of the record ``head`` together again."""

    def rows(table: sa.Table) -> Sequence[Row[Any]]:
        return parts[table].get(head.record_id, ())

    doubted: dict[int | None, list[Doubt]] = defaultdict(list)
    for row in rows(t.doubts):
        doubted[row.reading].append(Doubt(row.code, row.message, row.field))
    owned: dict[int | None, list[Reading]] = defaultdict(list)
    for row in rows(t.readings):
        reading = Reading(row.field, row.value, row.raw, _place_of(row), tuple(doubted[row.ordinal]))
        owned[row.group_row].append(reading)
    return Submission(
        head.form,
        head.unit,
        head.period,
        readings=tuple(owned[None]),
        rows=tuple(GroupRow(r.group_name, r.number, tuple(owned[r.ordinal])) for r in rows(t.group_rows)),
        leftover=tuple(Leftover(r.text, _place_of(r), r.kind) for r in rows(t.leftovers)),
        doubts=tuple(doubted[None]),
        evidence=tuple(r.text for r in rows(t.evidence)),
        person=head.person,
        fingerprints=tuple(
            Fingerprint(Origin(r.kind), r.value, _place_of(r), r.look) for r in rows(t.fingerprints)
        ),
    )


def _place_of(row: Row[Any]) -> Place:
    return Place(row.part, row.place_row, row.place_column, row.paragraph)
