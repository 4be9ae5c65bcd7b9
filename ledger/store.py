"""The ledger (台账): takes in files with what was read out of them, hands out plain frozen views.

Knows the database; does not read files and does not ask the clock. One transaction for each file: after an
interruption at any moment the ledger holds it whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from forms import Doubt, Entry, Record, Refusal, Scalar, Status

from . import tables as t
from .answers import answered_returns
from .arrival import Accepted, Arrival, Kept, Seen
from .corrections import locate
from .database import connect, copy_database, snapshot, told
from .entries import entries, kept, last_records, refusals, return_ids, statuses
from .errors import LedgerError, LostAnswersError, NoSuchEntryError
from .lock import writer
from .migrations import migrate
from .rows import insert_records

LEDGER_FILE = "ledger.db"


class Ledger:
    """The ledger of one work folder; made by ``open_ledger``, closed as a context manager."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        """Take the engine of a ledger that is up to date."""
        self.folder = folder
        self.path = folder / LEDGER_FILE
        self._engine = engine
        self._writing = False

    def __enter__(self) -> Ledger:
        """Return the ledger itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the ledger."""
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writers' lock for the block, so that a run is not mixed with another one's.

        Each write takes it by itself when it is not held. Raise ``LedgerBusyError`` when another process has it.
        """
        if self._writing:
            yield
            return
        with writer(self.folder):
            self._writing = True
            try:
                yield
            finally:
                self._writing = False

    def knows(self, sha256: str) -> bool:
        """Whether a file of that hash was accepted."""
        with snapshot(self._engine, self.path) as connection:
            return _file_id(connection, sha256) is not None

    def seen(self, sha256: str) -> Seen | None:
        """Return what is known of a file by its hash, or none."""
        with snapshot(self._engine, self.path) as connection:
            file_id = _file_id(connection, sha256)
            if file_id is None:
                return None
            return Seen(_names(connection, file_id), statuses(connection, file_id))

    def accept(self, arrival: Arrival, records: Sequence[Record], reader: str = "") -> Accepted:
        """Take in a file whose bytes are in the archive, with all its records, in one transaction.

        The same bytes again change nothing, except that a new name is noted; ``records`` are not looked at then.
        ``reader`` names the version that read. Raise ``ValueError`` when there is no record or one of another file.
        """
        with self.transaction() as connection:
            file_id = _file_id(connection, arrival.sha256)
            if file_id is not None:
                names = _names(connection, file_id)
                if arrival.name not in names:
                    _note(connection, file_id, arrival)
                return Accepted(False, return_ids(connection, file_id), names[0])
            _check(arrival.sha256, records)
            values = {"sha256": arrival.sha256, "name": arrival.name, "size": arrival.size}
            statement = sa.insert(t.files).values(**values, archive=arrival.archive).returning(t.files.c.id)
            file_id = connection.execute(statement).scalar_one()
            _note(connection, file_id, arrival)
            insert_records(connection, file_id, reader, records)
            return Accepted(True, return_ids(connection, file_id))

    def reread(self, sha256: str, records: Sequence[Record], reader: str = "") -> Accepted:
        """Add a later reading of a known file: it shows from now on, what was corrected stays corrected.

        Raise ``NoSuchEntryError`` for an unknown file, ``ValueError`` as ``accept`` does, and ``LostAnswersError``, with
        nothing changed, when a return about which a person said something is found no more.
        """
        _check(sha256, records)
        with self.transaction() as connection:
            file_id = _known_file(connection, sha256)
            insert_records(connection, file_id, reader, records)
            found = return_ids(connection, file_id)
            lost = sorted(answered_returns(connection, file_id) - set(found))
            if lost:
                raise LostAnswersError(
                    f"编号 {'、'.join(map(str, lost))} 有人工核对的结果，重读后却找不到了，仍用原来读出的。请看原件"
                )
            return Accepted(False, found, _names(connection, file_id)[0])

    def kept(self) -> tuple[Kept, ...]:
        """Return every file of the archive in the order it was taken in."""
        with snapshot(self._engine, self.path) as connection:
            return tuple(kept(connection))

    def last_reading(self, sha256: str) -> tuple[Record, ...]:
        """Return what was last read out of a file, without a person's answers and without the form's own text.

        Raise ``NoSuchEntryError`` for an unknown file.
        """
        with snapshot(self._engine, self.path) as connection:
            return last_records(connection, _known_file(connection, sha256), sha256)

    def correct(  # noqa: PLR0913, PLR0917 - the parts of one correction
        self, submission: int, field: str, value: Scalar, why: str, made_at: datetime, row: int = 0
    ) -> None:
        """Put a person's ``value`` over what was read; it outlives every later reading of the file.

        In a group ``row`` is the number of the row and ``field`` is ``组.字段`` (or ``字段`` alone where that is clear).
        Raise ``NoSuchEntryError`` when there is no such return or row.
        """
        with self.writing():
            group, path = locate(self.entry(submission).submission, field, row)
            values = {"return_id": submission, "group_name": group, "row": row, "field": path, "value": value}
            with self.transaction() as connection:
                statement = sa.insert(t.corrections).values(**values, why=why, made_at=_local(made_at))
                connection.execute(statement)

    def confirm(self, submission: int, made_at: datetime, compared: Sequence[Doubt] = ()) -> int:
        """Note that a person found the values of a return right as they stand; return how many doubts that settles.

        ``compared`` are the doubts that comparing it with other returns gave, which are settled too. Nothing is noted
        when nothing is open. Raise ``NoSuchEntryError`` when there is no such return.
        """
        with self.writing():
            entry = self.entry(submission)
            made = {"return_id": submission, "made_at": _local(made_at)}
            told = [{"code": d.code, "message": d.message, "field": d.field, **made} for d in compared]
            latest = sa.select(t.latest.c.record_id).where(t.latest.c.return_id == submission)
            with self.transaction() as connection:
                if told:
                    connection.execute(sa.insert(t.settled), told)
                if entry.status is not Status.REVIEW:
                    return len(told)
                record = connection.execute(latest).scalar_one()
                connection.execute(sa.insert(t.acceptances).values(record_id=record, **made))
            return len(entry.submission.all_doubts()) + len(told)

    def assign(self, submission: int, unit: str | None, period: str | None, made_at: datetime) -> None:
        """Note whose return it is, of which period, or both, as a person says; what is none stays as it stood.

        Raise ``NoSuchEntryError`` when there is no such return.
        """
        with self.writing():
            self.entry(submission)
            values = {"return_id": submission, "unit": unit, "period": period}
            with self.transaction() as connection:
                connection.execute(sa.insert(t.assignments).values(**values, made_at=_local(made_at)))

    def entry(self, submission: int) -> Entry:
        """Return the submission of that number; raise ``NoSuchEntryError`` when there is none."""
        with snapshot(self._engine, self.path) as connection:
            found = next(entries(connection, submission), None)
        if found is None:
            raise NoSuchEntryError(f"台账里没有编号 {submission} 的报送。请用 hongtou review 查看编号")
        return found

    def entries(self) -> tuple[Entry, ...]:
        """Return every submission, superseded and blank ones too, in the order they were taken in."""
        with snapshot(self._engine, self.path) as connection:
            return tuple(entries(connection))

    def refusals(self) -> tuple[Refusal, ...]:
        """Return everything that was rejected or ignored, in the order it was taken in."""
        with snapshot(self._engine, self.path) as connection:
            return tuple(refusals(connection))

    def complaints(self) -> tuple[str, ...]:
        """Return what SQLite finds wrong inside the ledger, in its own words: broken pages, rows that refer to nothing."""
        with snapshot(self._engine, self.path) as connection:
            told_of = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
            broken = [str(line) for line in told_of if line != "ok"]
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            return (*broken, *(f"{row[0]} {row[1]} -> {row[2]}" for row in loose))

    def copy_to(self, path: Path) -> None:
        """Write the ledger as it stands at one moment to ``path``, which others may go on reading and writing meanwhile.

        Raise ``LedgerError`` when either file fails; then ``path`` is worthless.
        """
        copy_database(self._engine, self.path, path)

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the ledger throughout; for this package."""
        with snapshot(self._engine, self.path) as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield a connection whose writes all happen or none does; for this package."""
        with (
            self.writing(),
            told(self.path),
            self._engine.execution_options(write=True).begin() as connection,
        ):
            yield connection


def open_ledger(folder: Path) -> Ledger:
    """Open the ledger of the work folder ``folder``, making or upgrading ``ledger.db`` where needed.

    Reading needs no lock and no permission to write. Raise ``LedgerError`` when the ledger cannot be made or is
    damaged, ``LedgerBusyError`` when another process does not let go of it.
    """
    if not folder.is_dir():
        raise LedgerError(f"没有这个文件夹：{folder}。请检查 --work 写的位置")
    path = folder / LEDGER_FILE
    engine = connect(path)
    try:
        with told(path):
            migrate(engine.execution_options(write=True), path)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(folder, engine)


def _local(moment: datetime) -> datetime:
    """Return ``moment`` as local time without a zone, as the ledger keeps it."""
    return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment


def _check(sha256: str, records: Sequence[Record]) -> None:
    if not records:
        raise ValueError("a file yields at least one record")
    if any(record.sha256 != sha256 for record in records):
        raise ValueError("the records were read from other bytes")


def _file_id(connection: Connection, sha256: str) -> int | None:
    return connection.execute(sa.select(t.files.c.id).where(t.files.c.sha256 == sha256)).scalar()


def _known_file(connection: Connection, sha256: str) -> int:
    file_id = _file_id(connection, sha256)
    if file_id is None:
        raise NoSuchEntryError(f"台账里没有编号为 {sha256} 的文件。请先用 hongtou collect 收进来")
    return file_id


def _names(connection: Connection, file_id: int) -> tuple[str, ...]:
    columns = t.arrivals.c
    query = sa.select(columns.name).where(columns.file_id == file_id).order_by(columns.id)
    return tuple(connection.execute(query).scalars())


def _note(connection: Connection, file_id: int, arrival: Arrival) -> None:
    values = {"file_id": file_id, "name": arrival.name, "received_at": _local(arrival.received_at)}
    connection.execute(sa.insert(t.arrivals).values(**values))
