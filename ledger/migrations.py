"""Numbered migrations from an empty file to the tables of today, each in its own transaction.

A migration is a tuple of SQL statements that is never edited once released; the number of those done stands in
``PRAGMA user_version``, written in the same transaction, so that an interrupted upgrade goes on where it stopped.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import Connection, Engine

from .errors import LedgerError

_PART_OF_RECORD = "record_id INTEGER NOT NULL REFERENCES records (id), ordinal INTEGER NOT NULL"
_PLACE = "part TEXT NOT NULL, place_row INTEGER NOT NULL, place_column INTEGER NOT NULL, paragraph INTEGER NOT NULL"

_BEGIN = (
    """CREATE TABLE files (
        id INTEGER NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        size INTEGER NOT NULL, archive TEXT NOT NULL)""",
    """CREATE TABLE arrivals (
        id INTEGER NOT NULL PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES files (id), name TEXT NOT NULL,
        received_at DATETIME NOT NULL, UNIQUE (file_id, name))""",
    """CREATE TABLE reads (
        id INTEGER NOT NULL PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES files (id), reader TEXT NOT NULL)""",
    "CREATE INDEX reads_of_file ON reads (file_id)",
    """CREATE TABLE returns (
        id INTEGER NOT NULL PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES files (id), source TEXT NOT NULL,
        part INTEGER NOT NULL, twin INTEGER NOT NULL, UNIQUE (file_id, source, part, twin))""",
    """CREATE TABLE records (
        id INTEGER NOT NULL PRIMARY KEY, read_id INTEGER NOT NULL REFERENCES reads (id),
        return_id INTEGER NOT NULL REFERENCES returns (id), status TEXT NOT NULL, reason TEXT,
        holds BOOLEAN NOT NULL, form TEXT, unit TEXT, period TEXT, blank BOOLEAN NOT NULL,
        UNIQUE (read_id, return_id))""",
    f"""CREATE TABLE evidence ({_PART_OF_RECORD}, text TEXT NOT NULL,
        PRIMARY KEY (record_id, ordinal))""",
    f"""CREATE TABLE group_rows ({_PART_OF_RECORD}, group_name TEXT NOT NULL, number INTEGER NOT NULL,
        PRIMARY KEY (record_id, ordinal))""",
    f"""CREATE TABLE readings ({_PART_OF_RECORD}, group_row INTEGER, field TEXT NOT NULL,
        value TEXT, raw TEXT NOT NULL, {_PLACE}, PRIMARY KEY (record_id, ordinal),
        FOREIGN KEY (record_id, group_row) REFERENCES group_rows (record_id, ordinal))""",
    f"""CREATE TABLE doubts ({_PART_OF_RECORD}, reading INTEGER, code TEXT NOT NULL,
        message TEXT NOT NULL, field TEXT, PRIMARY KEY (record_id, ordinal),
        FOREIGN KEY (record_id, reading) REFERENCES readings (record_id, ordinal))""",
    f"""CREATE TABLE leftovers ({_PART_OF_RECORD}, kind TEXT NOT NULL, text TEXT NOT NULL, {_PLACE},
        PRIMARY KEY (record_id, ordinal))""",
    """CREATE TABLE corrections (
        id INTEGER NOT NULL PRIMARY KEY, return_id INTEGER NOT NULL REFERENCES returns (id), group_name TEXT NOT NULL,
        "row" INTEGER NOT NULL, field TEXT NOT NULL, value TEXT, why TEXT NOT NULL, made_at DATETIME NOT NULL)""",
    # A file is received when its bytes first arrived under any name, whichever name was collected first.
    """CREATE VIEW latest AS
        SELECT records.id AS record_id, records.return_id, newest.file_id, earliest.received_at
        FROM (SELECT file_id, MAX(id) AS read_id FROM reads GROUP BY file_id) AS newest
        JOIN (SELECT file_id, MIN(received_at) AS received_at FROM arrivals GROUP BY file_id) AS earliest
            ON earliest.file_id = newest.file_id
        JOIN records ON records.read_id = newest.read_id""",
    # Blank forms and those of nobody in particular neither supersede nor count.
    """CREATE VIEW succession AS
        SELECT latest.return_id, FIRST_VALUE(latest.return_id) OVER (
            PARTITION BY records.form, records.unit, records.period
            ORDER BY latest.received_at DESC, latest.return_id DESC) AS current_id
        FROM latest JOIN records ON records.id = latest.record_id
        WHERE records.holds AND NOT records.blank AND records.form IS NOT NULL
            AND records.unit IS NOT NULL AND records.period IS NOT NULL""",
    """CREATE VIEW current_returns AS
        SELECT return_id FROM succession WHERE return_id = current_id""",
)

_ANSWERS = (
    # That the values of a reading are right, and whose and of which period a return is: a person's words, as corrections.
    """CREATE TABLE acceptances (
        id INTEGER NOT NULL PRIMARY KEY, return_id INTEGER NOT NULL REFERENCES returns (id),
        record_id INTEGER NOT NULL REFERENCES records (id), made_at DATETIME NOT NULL)""",
    """CREATE TABLE assignments (
        id INTEGER NOT NULL PRIMARY KEY, return_id INTEGER NOT NULL REFERENCES returns (id), unit TEXT, period TEXT,
        made_at DATETIME NOT NULL)""",
    "CREATE INDEX corrections_of_return ON corrections (return_id)",
    "CREATE INDEX acceptances_of_return ON acceptances (return_id)",
    "CREATE INDEX assignments_of_return ON assignments (return_id)",
    "DROP VIEW current_returns",
    "DROP VIEW succession",
    """CREATE VIEW accepted AS
        SELECT return_id, record_id FROM acceptances WHERE id IN (SELECT MAX(id) FROM acceptances GROUP BY return_id)""",
    # Unit and period as a person assigned them, else as read when a person accepted them, else as read last.
    """CREATE VIEW judged AS
        SELECT latest.record_id, latest.return_id, latest.received_at, records.form,
            COALESCE((
                SELECT unit FROM assignments WHERE assignments.return_id = latest.return_id AND unit IS NOT NULL
                ORDER BY id DESC LIMIT 1), past.unit, records.unit) AS unit,
            COALESCE((
                SELECT period FROM assignments WHERE assignments.return_id = latest.return_id AND period IS NOT NULL
                ORDER BY id DESC LIMIT 1), past.period, records.period) AS period,
            records.holds AND (NOT records.blank OR EXISTS (
                SELECT 1 FROM corrections WHERE corrections.return_id = latest.return_id
                    AND corrections.value IS NOT NULL)) AS filled
        FROM latest
        JOIN records ON records.id = latest.record_id
        LEFT JOIN accepted ON accepted.return_id = latest.return_id
        LEFT JOIN records AS past ON past.id = accepted.record_id AND past.form IS records.form""",
    # Blank forms and those of nobody in particular neither supersede nor count.
    """CREATE VIEW succession AS
        SELECT return_id, FIRST_VALUE(return_id) OVER (
            PARTITION BY form, unit, period ORDER BY received_at DESC, return_id DESC) AS current_id
        FROM judged
        WHERE filled AND form IS NOT NULL AND unit IS NOT NULL AND period IS NOT NULL""",
    """CREATE VIEW current_returns AS
        SELECT return_id FROM succession WHERE return_id = current_id""",
)

_MAILS = (
    # Messages that go out: named before they are sent, and what became of them, a row each time.
    """CREATE TABLE dispatches (
        id INTEGER NOT NULL PRIMARY KEY, key TEXT NOT NULL UNIQUE, purpose TEXT NOT NULL, unit TEXT NOT NULL,
        occasion TEXT NOT NULL, subject TEXT NOT NULL, archive TEXT NOT NULL)""",
    """CREATE TABLE dispatch_events (
        id INTEGER NOT NULL PRIMARY KEY, dispatch_id INTEGER NOT NULL REFERENCES dispatches (id), address TEXT,
        stage TEXT NOT NULL, why TEXT NOT NULL, made_at DATETIME NOT NULL)""",
    "CREATE INDEX dispatch_events_of_dispatch ON dispatch_events (dispatch_id)",
    # Mails that came out of a mailbox, so that each is taken once.
    """CREATE TABLE mails (
        id INTEGER NOT NULL PRIMARY KEY, account TEXT NOT NULL, folder TEXT NOT NULL, validity INTEGER NOT NULL,
        uid INTEGER NOT NULL, message_id TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,
        internal_at DATETIME NOT NULL, dated_at DATETIME, taken_at DATETIME NOT NULL,
        UNIQUE (account, folder, validity, uid))""",
    "CREATE INDEX mails_of_message ON mails (message_id)",
    "CREATE INDEX mails_of_bytes ON mails (sha256)",
)

_NUMBERS = (
    # 文号: each once within its series and year.
    """CREATE TABLE numbers (
        id INTEGER NOT NULL PRIMARY KEY, series TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL,
        title TEXT NOT NULL, notice TEXT NOT NULL, why TEXT NOT NULL, issued_at DATETIME NOT NULL,
        UNIQUE (series, year, number))""",
)

_PERSONS = (
    # Where each person of a unit sends a form of his or her own, one person's return takes no other's place.
    "CREATE TABLE persons (record_id INTEGER NOT NULL PRIMARY KEY REFERENCES records (id), name TEXT NOT NULL)",
    "DROP VIEW current_returns",
    "DROP VIEW succession",
    """CREATE VIEW succession AS
        SELECT judged.return_id, FIRST_VALUE(judged.return_id) OVER (
            PARTITION BY judged.form, judged.unit, judged.period, persons.name
            ORDER BY judged.received_at DESC, judged.return_id DESC) AS current_id
        FROM judged LEFT JOIN persons ON persons.record_id = judged.record_id
        WHERE judged.filled AND judged.form IS NOT NULL AND judged.unit IS NOT NULL AND judged.period IS NOT NULL""",
    """CREATE VIEW current_returns AS
        SELECT return_id FROM succession WHERE return_id = current_id""",
)

_SETTLED = (
    # What comparing the returns with each other made doubtful, and a person found right: it is computed, so kept as said.
    """CREATE TABLE settled (
        id INTEGER NOT NULL PRIMARY KEY, return_id INTEGER NOT NULL REFERENCES returns (id), code TEXT NOT NULL,
        message TEXT NOT NULL, field TEXT, made_at DATETIME NOT NULL)""",
    "CREATE INDEX settled_of_return ON settled (return_id)",
)

_FINGERPRINTS = (
    # What tells where a file comes from beside its answers. Files read before have none until they are read again.
    f"""CREATE TABLE fingerprints ({_PART_OF_RECORD}, kind TEXT NOT NULL, value TEXT NOT NULL, look TEXT NOT NULL,
        {_PLACE}, PRIMARY KEY (record_id, ordinal))""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _BEGIN,
    _ANSWERS,
    _MAILS,
    _NUMBERS,
    _PERSONS,
    _SETTLED,
    _FINGERPRINTS,
)


def version(connection: Connection) -> int:
    """Return how many migrations the ledger has seen."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(writer: Engine, path: Path) -> None:
    """Bring the ledger at ``path`` up to date; ``writer`` begins its transactions with ``BEGIN IMMEDIATE``.

    Raise ``LedgerError`` for a ledger that a later hongtou wrote.
    """
    with writer.execution_options(write=False).begin() as connection:
        done = version(connection)
    if done > len(MIGRATIONS):
        raise LedgerError(f"这份台账是更新版本的 hongtou 写的：{path}。请升级 hongtou 后再用")
    for number in range(done + 1, len(MIGRATIONS) + 1):
        with writer.begin() as connection:
            if version(connection) >= number:  # another process was quicker
                continue
            for statement in MIGRATIONS[number - 1]:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
