"""What happens when the disk, the file or another process stands in the way: nothing half-written, a clear sentence."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from ledger import LedgerBusyError, LedgerError, database, lock, migrations, open_ledger
from ledger.tables import metadata, views
from tests.ledger.making import arrival, contents, filled, records, take

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from ledger import open_ledger
with open_ledger(Path(sys.argv[1])) as ledger, ledger.writing():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _holding(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run another process that holds the writers' lock of ``folder`` until the block ends."""
    command = [sys.executable, "-c", HOLDER, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=pipe, stdout=pipe) as process:  # noqa: S603 - ours
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_who_and_since_when(tmp_path: Path) -> None:
    """Exit status 4 at once; reading goes on; when the holder is killed the lock is free."""
    with open_ledger(tmp_path) as ledger, _holding(tmp_path) as process:
        pattern = rf"台账正被.+（进程 {process.pid}，\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d 开始）使用"
        with pytest.raises(LedgerBusyError, match=pattern) as caught:
            take(ledger, "甲.docx", filled())
        assert caught.value.exit_code == 4
        assert ledger.entries() == ()
        process.kill()
        process.wait()
        take(ledger, "甲.docx", filled())
        assert len(ledger.entries()) == 1


def test_two_ledgers_in_one_process_keep_apart_too(tmp_path: Path) -> None:
    """A record lock does not see a second holder in its own process, so the lock remembers."""
    with open_ledger(tmp_path) as one, open_ledger(tmp_path) as other:
        with one.writing(), pytest.raises(LedgerBusyError, match="台账正被"):
            take(other, "甲.docx", filled())
        take(other, "甲.docx", filled())
        with one.writing():
            take(one, "乙.docx", filled(unit="召陵区团委"))
            take(one, "丙.docx", filled(unit="郾城区团委"))
        assert len(other.entries()) == 3


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP])
def test_a_drive_without_locks_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """As some network drives are: SQLite's own lock is left; any other refusal of the lock is another holder."""

    def refuse(_: object) -> None:
        raise OSError(number, "no locks here")

    monkeypatch.setattr(lock, "_lock", refuse)
    with open_ledger(tmp_path) as ledger:
        take(ledger, "甲.docx", filled())
        assert len(ledger.entries()) == 1


def test_reading_takes_no_lock_and_writes_nothing(tmp_path: Path) -> None:
    """A ledger on a disc that is read-only can be looked at."""
    with open_ledger(tmp_path) as ledger:
        take(ledger, "甲.docx", filled())
    (tmp_path / "ledger.lock").unlink()
    before = (tmp_path / "ledger.db").read_bytes()
    with open_ledger(tmp_path) as ledger:
        assert len(ledger.entries()) == 1
        assert ledger.knows(arrival("甲.docx").sha256)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]
    assert (tmp_path / "ledger.db").read_bytes() == before


def test_a_foreign_writer_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program that has the database open for writing: status 4, nothing changed."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with open_ledger(tmp_path) as ledger:
        other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusyError, match="台账正被另一个程序使用"):
            take(ledger, "甲.docx", filled())
        other.close()
        assert contents(ledger) == ([], [])


def test_a_write_holds_the_database_from_its_first_look(tmp_path: Path) -> None:
    """BEGIN IMMEDIATE: no other writer can slip in between the look whether a file is known and its rows."""
    refused: list[str] = []

    def intrude(*given: object) -> None:
        if str(given[2]).startswith("SELECT files.id"):
            other = sqlite3.connect(tmp_path / "ledger.db", timeout=0, isolation_level=None)
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                refused.append(str(error))
            finally:
                other.close()

    with open_ledger(tmp_path) as ledger:
        sa.event.listen(sa.Engine, "after_cursor_execute", intrude)
        try:
            take(ledger, "甲.docx", filled())
        finally:
            sa.event.remove(sa.Engine, "after_cursor_execute", intrude)
    assert refused == ["database is locked"]


@pytest.mark.parametrize(
    ("pragma", "sentence"),
    [("query_only=ON", "台账打不开或不能写入"), ("max_page_count=1", "磁盘已满，台账未改动")],
)
def test_read_only_and_full_leave_the_ledger_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pragma: str, sentence: str
) -> None:
    """SQLite itself is made to refuse; status 3, the transaction is rolled back, the next run goes on."""
    with open_ledger(tmp_path) as ledger:
        take(ledger, "甲.docx", filled())
        before = contents(ledger)
    big = filled(value="很长" * 50_000)
    with monkeypatch.context() as narrow:
        narrow.setattr(database, "_PRAGMAS", (*database._PRAGMAS, pragma))
        with open_ledger(tmp_path) as ledger:
            with pytest.raises(LedgerError, match=sentence) as caught:
                take(ledger, "乙.docx", big)
            assert caught.value.exit_code == 3
            assert contents(ledger) == before
    with open_ledger(tmp_path) as ledger:
        take(ledger, "乙.docx", big)
        assert len(ledger.entries()) == 2


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EROFS, "不能写入，台账未改动：.+请检查文件夹是否只读"),
        (errno.EACCES, "不能写入，台账未改动"),
        (errno.ENOSPC, "磁盘已满，台账未改动：.+请腾出空间"),
        (errno.EIO, "写不进去，台账未改动：.+系统错误 5"),
    ],
)
def test_a_folder_that_cannot_be_written_is_told_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    """Taking the lock is the first write of a run."""

    def refuse(*_: object) -> int:
        raise OSError(number, "refused")

    with open_ledger(tmp_path) as ledger:
        monkeypatch.setattr(os, "open", refuse)
        with pytest.raises(LedgerError, match=sentence) as caught, ledger.writing():
            pass
        assert caught.value.exit_code == 3


def test_a_ledger_that_cannot_be_made(tmp_path: Path) -> None:
    """No folder, or a folder in the ledger's place."""
    with pytest.raises(LedgerError, match=r"没有这个文件夹：.+请检查 --work"):
        open_ledger(tmp_path / "没有")
    (tmp_path / "ledger.db").mkdir()
    with pytest.raises(LedgerError, match="台账打不开或不能写入"):
        open_ledger(tmp_path)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """Status 3, what happened and how to go on; the file is not touched."""
    (tmp_path / "ledger.db").write_bytes(b"PK\x03\x04" + bytes(5000))
    before = (tmp_path / "ledger.db").read_bytes()
    with pytest.raises(
        LedgerError, match=r"台账文件已损坏：.+ledger\.db。请从备份恢复；没有备份时"
    ) as caught:
        open_ledger(tmp_path)
    assert caught.value.exit_code == 3
    assert (tmp_path / "ledger.db").read_bytes() == before


def test_damage_inside_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    """Pages overwritten behind a sound header."""
    with open_ledger(tmp_path) as ledger:
        for number in range(60):
            take(ledger, f"{number}.docx", filled(unit=f"单位{number}"))
    path = tmp_path / "ledger.db"
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(LedgerError, match="台账文件已损坏"), open_ledger(tmp_path) as ledger:
        ledger.entries()


@pytest.mark.parametrize("value", ['{"moment": 1}', "[1", '{"date": "2020-13-45"}'])
def test_a_value_that_we_never_wrote_is_damage(tmp_path: Path, value: str) -> None:
    """Not a traceback."""
    with open_ledger(tmp_path) as ledger:
        take(ledger, "甲.docx", filled())
    with sqlite3.connect(tmp_path / "ledger.db") as other:
        other.execute("UPDATE readings SET value = ?", (value,))
    other.close()
    with open_ledger(tmp_path) as ledger, pytest.raises(LedgerError, match="台账文件已损坏"):
        ledger.entries()


class _StopError(BaseException):
    """Stands for Ctrl-C."""


def test_a_stop_at_any_statement_leaves_nothing_of_the_file(tmp_path: Path) -> None:
    """Each statement of a transaction in turn is the one that is never reached."""
    came = arrival("乙.docx")
    countdown = [0]

    def count(*_: object) -> None:
        countdown[0] -= 1
        if countdown[0] == 0:
            raise _StopError

    with open_ledger(tmp_path) as ledger:
        take(ledger, "甲.docx", filled())
        before = contents(ledger)
        stopped = 0
        while not ledger.knows(came.sha256):
            stopped += 1
            countdown[0] = stopped
            sa.event.listen(sa.Engine, "before_cursor_execute", count)
            try:
                ledger.accept(came, records(came, filled(), filled(period="2020-08")))
            except _StopError:
                countdown[0] = -1
                assert contents(ledger) == before
            finally:
                sa.event.remove(sa.Engine, "before_cursor_execute", count)
        assert stopped > 8
        assert len(ledger.entries()) == 3


def test_migrations_make_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    """From an empty file; column by column, so that the two lists cannot drift apart."""
    (tmp_path / "ledger.db").touch()
    with open_ledger(tmp_path) as ledger:
        assert ledger.entries() == ()
    engine = database.connect(tmp_path / "ledger.db")
    with engine.connect() as connection:
        assert migrations.version(connection) == len(migrations.MIGRATIONS)
        found = sa.inspect(connection)
        assert set(found.get_table_names()) == set(metadata.tables)
        for table in (*metadata.tables.values(), *views.tables.values()):
            columns = {column["name"]: column for column in found.get_columns(table.name)}
            assert set(columns) == {column.name for column in table.columns}
            if table.metadata is metadata:
                assert {n for n, c in columns.items() if c["nullable"]} == {
                    c.name for c in table.columns if c.nullable
                }
                assert len(found.get_foreign_keys(table.name)) == len(table.foreign_key_constraints)
        assert {"current_returns", *views.tables} == set(found.get_view_names())
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "journal_mode", "foreign_keys")
        }
        assert pragmas == {"synchronous": 3, "journal_mode": "delete", "foreign_keys": 1}
    engine.dispose()


def test_an_interrupted_migration_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of three fails midway: the first is done, nothing of the second is there."""
    released = migrations.MIGRATIONS
    more = (("CREATE TABLE a (x)",), ("CREATE TABLE b (x)", "no SQL at all"), ("CREATE TABLE c (x)",))
    monkeypatch.setattr(migrations, "MIGRATIONS", (*released, *more))
    with pytest.raises(LedgerError):
        open_ledger(tmp_path)
    assert _tables(tmp_path) & {"a", "b", "c"} == {"a"}
    mended = (*released, more[0], ("CREATE TABLE b (x)",), more[2])
    monkeypatch.setattr(migrations, "MIGRATIONS", mended)
    open_ledger(tmp_path).close()
    assert _tables(tmp_path) >= {"a", "b", "c"}


def test_a_ledger_from_the_future_is_not_touched(tmp_path: Path) -> None:
    """A later hongtou may have added what this one would lose."""
    open_ledger(tmp_path).close()
    with sqlite3.connect(tmp_path / "ledger.db") as other:
        other.execute("PRAGMA user_version = 999")
    other.close()
    with pytest.raises(LedgerError, match=r"这份台账是更新版本的 hongtou 写的：.+请升级"):
        open_ledger(tmp_path)


def _tables(folder: Path) -> set[str]:
    with sqlite3.connect(folder / "ledger.db") as other:
        return {name for (name,) in other.execute("SELECT name FROM sqlite_master")}
