"""The tables and views of the ledger as SQLAlchemy Core sees them; ``migrations`` makes them.

Rows are added and never changed or removed. A file is read once or, when the readers have improved, again (``reads``);
``returns`` are the places in a file where something was found, and keep their numbers over every reading.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Table

from .encoding import Text, Value

metadata = sa.MetaData()


def _id() -> Column[int]:
    return Column("id", sa.Integer, primary_key=True)


def _of(table: str, name: str = "") -> Column[int]:
    return Column(name or f"{table}_id", sa.Integer, ForeignKey(f"{table}.id"), nullable=False)


def _part_of_record() -> tuple[Column[int], Column[int]]:
    return (
        Column("record_id", sa.Integer, ForeignKey("records.id"), primary_key=True),
        Column("ordinal", sa.Integer, primary_key=True),
    )


def _place() -> tuple[Column[str], Column[int], Column[int], Column[int]]:
    return (
        Column("part", Text, nullable=False),
        Column("place_row", sa.Integer, nullable=False),
        Column("place_column", sa.Integer, nullable=False),
        Column("paragraph", sa.Integer, nullable=False),
    )


files = Table(
    "files",
    metadata,
    _id(),
    Column("sha256", sa.Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("size", sa.Integer, nullable=False),
    Column("archive", Text, nullable=False),
)

arrivals = Table(
    "arrivals",
    metadata,
    _id(),
    _of("files", "file_id"),
    Column("name", Text, nullable=False),
    Column("received_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("file_id", "name"),
)

reads = Table("reads", metadata, _id(), _of("files", "file_id"), Column("reader", Text, nullable=False))

returns = Table(
    "returns",
    metadata,
    _id(),
    _of("files", "file_id"),
    Column("source", Text, nullable=False),
    Column("part", sa.Integer, nullable=False),
    Column("twin", sa.Integer, nullable=False),  # two members of one zip may have one name
    sa.UniqueConstraint("file_id", "source", "part", "twin"),
)

records = Table(
    "records",
    metadata,
    _id(),
    _of("reads", "read_id"),
    _of("returns", "return_id"),
    Column("status", sa.Text, nullable=False),
    Column("reason", Text),
    Column("holds", sa.Boolean, nullable=False),  # whether it is a submission; a refused one keeps its text
    Column("form", Text),
    Column("unit", Text),
    Column("period", Text),
    Column("blank", sa.Boolean, nullable=False),
    sa.UniqueConstraint("read_id", "return_id"),
)

persons = Table(  # who filled in a record of a form that each person of a unit sends
    "persons",
    metadata,
    Column("record_id", sa.Integer, ForeignKey("records.id"), primary_key=True),
    Column("name", Text, nullable=False),
)

evidence = Table("evidence", metadata, *_part_of_record(), Column("text", Text, nullable=False))

group_rows = Table(
    "group_rows",
    metadata,
    *_part_of_record(),
    Column("group_name", Text, nullable=False),
    Column("number", sa.Integer, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    *_part_of_record(),
    Column("group_row", sa.Integer),
    Column("field", Text, nullable=False),
    Column("value", Value),
    Column("raw", Text, nullable=False),
    *_place(),
    sa.ForeignKeyConstraint(["record_id", "group_row"], ["group_rows.record_id", "group_rows.ordinal"]),
)

doubts = Table(
    "doubts",
    metadata,
    *_part_of_record(),
    Column("reading", sa.Integer),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("field", Text),
    sa.ForeignKeyConstraint(["record_id", "reading"], ["readings.record_id", "readings.ordinal"]),
)

leftovers = Table(
    "leftovers",
    metadata,
    *_part_of_record(),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    *_place(),
)

fingerprints = Table(  # pictures in a record's file, and who saved it last
    "fingerprints",
    metadata,
    *_part_of_record(),
    Column("kind", sa.Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("look", sa.Text, nullable=False),
    *_place(),
)

corrections = Table(
    "corrections",
    metadata,
    _id(),
    _of("returns", "return_id"),
    Column("group_name", Text, nullable=False),  # empty outside a group
    Column("row", sa.Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Value),
    Column("why", Text, nullable=False),
    Column("made_at", sa.DateTime, nullable=False),
)

acceptances = Table(  # the values as that record has them are right
    "acceptances",
    metadata,
    _id(),
    _of("returns", "return_id"),
    _of("records", "record_id"),
    Column("made_at", sa.DateTime, nullable=False),
)

settled = Table(  # doubts from comparing returns that a person accepted with the values
    "settled",
    metadata,
    _id(),
    _of("returns", "return_id"),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("field", Text),
    Column("made_at", sa.DateTime, nullable=False),
)

assignments = Table(  # whose return it is, and of which period; what was not said is NULL
    "assignments",
    metadata,
    _id(),
    _of("returns", "return_id"),
    Column("unit", Text),
    Column("period", Text),
    Column("made_at", sa.DateTime, nullable=False),
)

dispatches = Table(  # messages that go out; ``key`` is the Message-ID
    "dispatches",
    metadata,
    _id(),
    Column("key", sa.Text, nullable=False, unique=True),
    Column("purpose", sa.Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("occasion", sa.Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("archive", sa.Text, nullable=False),
)

dispatch_events = Table(  # what became of a message, or of one address of it
    "dispatch_events",
    metadata,
    _id(),
    _of("dispatches", "dispatch_id"),
    Column("address", Text),
    Column("stage", sa.Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_at", sa.DateTime, nullable=False),
)

mails = Table(  # what was taken out of a mailbox, also what was not worth keeping
    "mails",
    metadata,
    _id(),
    Column("account", sa.Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("validity", sa.Integer, nullable=False),
    Column("uid", sa.Integer, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("size", sa.Integer, nullable=False),
    Column("sha256", sa.Text, nullable=False),
    Column("internal_at", sa.DateTime, nullable=False),
    Column("dated_at", sa.DateTime),
    Column("taken_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("account", "folder", "validity", "uid"),
)

numbers = Table(  # 文号 that are taken
    "numbers",
    metadata,
    _id(),
    Column("series", Text, nullable=False),
    Column("year", sa.Integer, nullable=False),
    Column("number", sa.Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("notice", Text, nullable=False),  # the notice of work.yaml, empty for anything else
    Column("why", Text, nullable=False),
    Column("issued_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("series", "year", "number"),
)

ANSWERS = (corrections, acceptances, settled, assignments)
"""The tables that hold what a person said; each has a ``return_id``."""

PARTS = (group_rows, readings, doubts, leftovers, evidence, fingerprints)
"""The tables that hold what a record consists of, those referred to first."""

views = sa.MetaData()

latest = Table(  # the records of each file's last reading
    "latest",
    views,
    Column("record_id", sa.Integer),
    Column("return_id", sa.Integer),
    Column("file_id", sa.Integer),
    Column("received_at", sa.DateTime),
)

accepted = Table(  # the reading that a person last accepted of each return
    "accepted", views, Column("return_id", sa.Integer), Column("record_id", sa.Integer)
)

judged = Table(  # each return with form, unit and period as they stand, a person's word before what was read
    "judged",
    views,
    Column("record_id", sa.Integer),
    Column("return_id", sa.Integer),
    Column("received_at", sa.DateTime),
    Column("form", Text),
    Column("unit", Text),
    Column("period", Text),
    Column("filled", sa.Boolean),
)

succession = Table(  # which return stands now for each filled return of a unit, form and period
    "succession", views, Column("return_id", sa.Integer), Column("current_id", sa.Integer)
)
