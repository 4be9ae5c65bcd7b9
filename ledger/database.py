"""The connection to SQLite: its settings, how transactions begin, how its errors become ours.

Rollback journal (DELETE), not WAL: the ledger stays one file that can be copied with its folder, a reader needs no
write permission, and it stays sound on a network drive. ``synchronous=EXTRA`` is FULL plus a sync of the folder after
the journal is removed, so that a commit outlives a power cut (sqlite.org/pragma.html#pragma_synchronous).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from .errors import damaged, of_database

BUSY_SECONDS = 30.0
_PRAGMAS = ("journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON")


def connect(path: Path) -> Engine:
    """Return the engine of the ledger at ``path``; ``execution_options(write=True)`` begins with ``BEGIN IMMEDIATE``."""
    url = sa.URL.create("sqlite+pysqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _settle(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver would begin by itself, and not before DDL
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a plain BEGIN that writes later fails instead of waiting.
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite finds wrong inside the block into ``LedgerError`` about ``path``."""
    try:
        yield
    except DBAPIError as error:
        raise of_database(path, error) from error


@contextmanager
def snapshot(engine: Engine, path: Path) -> Iterator[Connection]:
    """Yield a connection that sees one state of the ledger throughout and writes nothing.

    A stored value that cannot be what we wrote raises ``LedgerError``.
    """
    with told(path), engine.begin() as connection:
        try:
            yield connection
        except ValueError as error:  # a text that is no date, no JSON, no status of ours
            raise damaged(path) from error


def copy_database(engine: Engine, path: Path, copy: Path) -> None:
    """Copy the ledger at ``path`` to ``copy`` through SQLite's own backup (sqlite.org/backup.html), in one step.

    The step holds a read lock, so the copy is one state; what is written meanwhile waits for it.
    """
    with told(path), closing(engine.raw_connection()) as source, closing(sqlite3.connect(copy)) as target:
        driver = source.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the engine that ``connect`` makes
        try:
            driver.backup(target)
        except sqlite3.Error as error:
            raise of_database(path, error) from error
