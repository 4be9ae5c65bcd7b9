"""The n-th write, sync, replace or removal fails: status 3, a sentence, a legal ledger, and the next run completes it.

Of a kind that is met often every so many is tried here; ``python -m tests.faults`` tries every single one (minutes).
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from generate.blank.filling import filled as filled_form
from hongtou.collect import collect
from ledger import LedgerError, fault, open_ledger
from tests.faults import SQLITE, Fault, failing, vfs
from tests.hongtou.slow_collecting import read, sources
from tests.hongtou.test_keeping import FORM, VALUES
from tests.ledger.making import contents

Run = Callable[..., Result]
FILES = {
    "a.docx": "源汇区团委 2020-07 3",
    "b.docx": "召陵区团委 2020-07 1\n郾城区团委 2020-07 2",
    "c.docx": "meeting notes",
    "d.docx": "源汇区团委 2020-07 3",
    "~$a.docx": "lock",
}
REACHED = ("write", "fsync", "replace", "unlink", "mkdir", "xWrite", "xSync", "xDelete")
"""Kinds that collecting meets; SQLite shortens no file in the mode that we use."""
EVERY = os.environ.get("HONGTOU_FAULTS") == "every"
COMMANDS = {
    "ledger": ("ledger", "-o", "台账.xlsx", "--csv", "csv"),
    "summary": ("summary", "--year", "2020", "-o", "总结.docx"),
    "backup": ("backup", "备份.zip"),
    "notice": ("notice",),
    "blank": ("blank", "--period", "2020-08"),
}


def _some(met: int, few: int) -> Iterator[int]:
    """Yield 1 to ``met``, or about ``few`` of them, the first among them."""
    return iter(range(1, met + 1, 1 if EVERY else max(met // few, 1)))


def _needs(kind: str) -> None:
    if kind in SQLITE and vfs() is None:
        pytest.skip("SQLite is part of this Python and cannot be reached from outside")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a work with an empty ledger, ``FILES``, and the rest of a run that was killed."""
    folder = tmp_path / "small"
    (folder / "收件").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / "收件" / name).write_text(text, "utf-8")
    (folder / "归档" / "ab").mkdir(parents=True)
    (folder / "归档" / "ab" / "ab12.docx.4711.part").write_bytes(b"half")
    open_ledger(folder).close()
    return folder


def _collected(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        collect(sources(folder), read, ledger, lambda _: None)


def _state(folder: Path) -> tuple[object, ...]:
    with open_ledger(folder) as ledger:
        held = contents(ledger)
    return held, sorted(path.name for path in (folder / "归档").rglob("*") if path.is_file())


def _assert_legal(folder: Path) -> None:
    """Assert that the ledger is sound and that every file it names lies whole in the archive."""
    with open_ledger(folder) as ledger:
        assert ledger.complaints() == ()
        assert [fault(folder, kept.archive, kept.sha256) for kept in ledger.kept()] == [""] * len(
            ledger.kept()
        )


def _each(
    kind: str, act: Callable[[Path], object], base: Path, few: int
) -> Iterator[tuple[Path, BaseException]]:
    """Yield a copy of ``base`` after each fault of ``kind`` that ``act`` can meet, with what stopped it.

    First a single fault each time, then all from the n-th on, as on a disk that is full; ``few`` bounds the sample.
    """
    counting, folder = Fault(), base.with_name(f"{kind}0")
    shutil.copytree(base, folder)
    with failing(kind, counting):
        act(folder)
    assert counting.calls, f"{kind} was never met"
    for lasts in (False, True):
        for nth in _some(counting.calls, few):
            folder = base.with_name(f"{kind}{nth}{lasts}")
            shutil.copytree(base, folder)
            stopped: BaseException | None = None
            try:
                with failing(kind, Fault(nth, lasts=lasts)):
                    act(folder)
            except (LedgerError, OSError) as error:
                stopped = error
            assert stopped is not None, f"the fault {kind} {nth} was passed over in silence"
            yield folder, stopped
            shutil.rmtree(folder)


@pytest.mark.parametrize("kind", REACHED)
def test_collecting_with_any_fault_and_again_gives_the_undisturbed_ledger(small: Path, kind: str) -> None:
    """Once alone and once with all that follow."""
    _needs(kind)
    calm = small.with_name("calm")
    shutil.copytree(small, calm)
    _collected(calm)
    undisturbed = _state(calm)
    for folder, stopped in _each(kind, _collected, small, 6):
        assert isinstance(stopped, LedgerError)
        assert stopped.exit_code == 3
        assert "台账" in str(stopped)
        _assert_legal(folder)
        _collected(folder)
        assert _state(folder) == undisturbed


@pytest.mark.parametrize("kind", ["xWrite", "xSync", "xDelete"])
def test_a_ledger_whose_making_fails_is_made_by_the_next_run(tmp_path: Path, kind: str) -> None:
    """Every write, sync and removal of the migrations, from an empty folder on."""
    _needs(kind)
    base = tmp_path / "empty"
    base.mkdir()
    for folder, stopped in _each(kind, lambda folder: open_ledger(folder).close(), base, 8):
        assert isinstance(stopped, LedgerError)
        assert stopped.exit_code == 3
        with open_ledger(folder) as ledger:
            assert ledger.complaints() == ()
            assert ledger.entries() == ()


@pytest.fixture
def calm(work: Path, run: Run) -> Path:
    """Return a work of the command line with two returns, a broken file and a lock file, not yet collected."""
    for name, person in (("8月.docx", "陈青禾"), ("9月.docx", "林知夏")):
        filled_form(FORM, {**VALUES, "姓名": person}, None, work / "收件" / name)
    (work / "收件" / "坏.docx").write_bytes(b"PK\x03\x04")
    (work / "收件" / "~$8月.docx").write_bytes(b"x" * 162)
    return work


def _told(result: Result) -> None:
    """Assert that a command ended as one must whose ledger or output cannot be written."""
    assert result.exit_code == 3, result.output
    assert isinstance(result.exception, SystemExit)
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("错误：")
    assert any(word in last for word in ("写", "磁盘")), last


def _counted(run: Run, kind: str, arguments: tuple[object, ...]) -> int:
    """Return how many calls of ``kind`` a run meets that nothing disturbs."""
    counting = Fault()
    with failing(kind, counting):
        assert run(*arguments).exit_code == 0
    return counting.calls


@pytest.mark.parametrize("kind", REACHED)
def test_the_command_collect_says_so_and_completes_it_the_next_time(run: Run, calm: Path, kind: str) -> None:
    """Status 3 and a sentence at each; ``verify`` finds nothing once the command has run again."""
    _needs(kind)
    inbox = calm.with_name("undisturbed")
    shutil.copytree(calm, inbox)
    met = _counted(run, kind, ("collect", "--work", inbox))
    undisturbed = _state(inbox)
    assert met
    for nth in _some(met, 3):
        folder = calm.with_name(f"{kind}{nth}")
        shutil.copytree(calm, folder)
        with failing(kind, Fault(nth, lasts=nth % 2 == 0)):
            _told(run("collect", "--work", folder))
        _assert_legal(folder)
        assert run("collect", "--work", folder).exit_code == 0
        assert _state(folder) == undisturbed
        assert run("verify", "--strict", "--work", folder).exit_code == 0


@pytest.mark.parametrize("kind", ["write", "fsync", "replace", "unlink"])
@pytest.mark.parametrize("command", COMMANDS)
def test_an_output_is_whole_or_the_old_one(
    run: Run, calm: Path, monkeypatch: pytest.MonkeyPatch, command: str, kind: str
) -> None:
    """Each fault: status 3, the old output as it was, nothing unfinished beside it, the ledger untouched."""
    assert run("collect", "--work", calm).exit_code == 0
    out = calm.with_name("out")
    out.mkdir()
    monkeypatch.chdir(out)
    arguments = (*COMMANDS[command], "--work", calm)
    met = _counted(run, kind, arguments)
    before, held = _files(out, kind) | _files(calm, kind), _state(calm)
    for nth in _some(met, 1):
        with failing(kind, Fault(nth, number=errno.EIO if nth % 2 else errno.ENOSPC)):
            _told(run(*arguments))
        assert _whole(_files(out, kind) | _files(calm, kind), before)
        assert _state(calm) == held


def _files(folder: Path, kind: str) -> dict[str, int]:
    """Return the files of ``folder``; where removing fails, a temporary one (``.~``) is bound to stay."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(p): p.stat().st_size for p in found if kind != "unlink" or ".~" not in str(p)}


def _whole(after: dict[str, int], before: dict[str, int]) -> bool:
    """Whether there is no file that was not there before, and none that shrank to a half."""
    assert after.keys() == before.keys()
    return all(after[path] >= before[path] * 0.9 for path in before)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("size", [1, 20, 36, 60])
def test_a_file_that_may_grow_no_further_stops_the_run(small: Path, size: int) -> None:
    """The kernel itself refuses bytes beyond ``size`` pages of 4096: nothing of ours or of SQLite is patched."""
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    stopped = None
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size * 4096, was[1]))
        _collected(small)
    except LedgerError as error:
        stopped = error
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
    assert stopped is None or (stopped.exit_code == 3 and "台账未改动" in str(stopped))
    assert stopped if size == 1 else size < 60 or not stopped
    _assert_legal(small)
    _collected(small)
    with open_ledger(small) as ledger:
        assert len(ledger.entries()) == 3
