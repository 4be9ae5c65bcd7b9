"""Files are read in processes of their own: one that hangs, swells or kills its reader is one outcome, the others go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import pytest

from extract import Extractor
from forms import Record, Status
from hongtou import reading
from hongtou.reading import File, Readers
from tests.hongtou.deadly import Deadly

ROOT = Path(__file__).parents[2]


def _files(folder: Path, *deeds: str) -> list[File]:
    found = []
    for number, deed in enumerate(deeds):
        path = folder / f"{number:02}.txt"
        path.write_text(f"{deed} {number}", encoding="utf-8")
        found.append((path, path.name))
    return found


def _readers(workers: int = 1) -> Readers:
    return Readers(cast(Extractor, Deadly()), workers)


def _as_read(records: tuple[Record, ...]) -> tuple[Record, ...]:
    return records


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the deadline come after two seconds instead of twenty."""
    monkeypatch.setattr(reading, "DEADLINE", 2.0)


@pytest.mark.parametrize("workers", [1, 2])
def test_each_deadly_file_is_an_outcome_and_the_others_go_on(tmp_path: Path, workers: int) -> None:
    """In the middle of batches, in order, each with the hash of its bytes."""
    deeds = ["well"] * 9 + ["hang", "well", "swell", "well", "die"] + ["well"] * 6
    files = _files(tmp_path, *deeds)
    with _readers(workers) as readers:
        found = [record for (record,) in readers.each(files, _as_read)]
    assert [record.source for record in found] == [source for _, source in files]
    assert all(len(record.sha256) == 64 for record in found)
    told = {deed: str(record.reason) for deed, record in zip(deeds, found, strict=True) if deed != "well"}
    assert told["hang"].startswith("读取超时（")
    assert told["swell"].startswith("读取时内存超限（1 GB")
    assert told["die"].startswith("读取它的进程异常退出")
    refused = [deed for deed, record in zip(deeds, found, strict=True) if record.status is Status.REJECTED]
    assert refused == ["hang", "swell", "die"]


def test_a_single_file_has_the_same_outcomes(tmp_path: Path) -> None:
    """As collect reads: one after the other, in one process as long as it lives."""
    with _readers() as readers:
        reasons = [readers.file(*file)[0].reason for file in _files(tmp_path, "well", "well", "die", "well")]
    assert reasons[0] == reasons[1] != reasons[3]
    assert str(reasons[2]).startswith("读取它的进程异常退出")


def test_a_file_that_toils_ends_long_before_the_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the processor that it took, not by the clock: the reader lives on and reads the next."""
    monkeypatch.setattr(reading, "DEADLINE", 600.0)
    monkeypatch.setattr(reading, "EFFORT", 0.5)
    with _readers() as readers:
        found = [readers.file(*file)[0] for file in _files(tmp_path, "well", "toil", "well")]
    assert found[1].status is Status.REJECTED
    assert str(found[1].reason).startswith("读取超时")
    assert found[0].reason == found[2].reason  # the number of the process


def test_a_large_file_may_take_longer_than_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many returns in one PDF are read, not cut off."""
    monkeypatch.setattr(reading, "DEADLINE", 600.0)
    monkeypatch.setattr(reading, "EFFORT", 0.1)
    monkeypatch.setattr(reading, "PACE", 1000)
    files = _files(tmp_path, "labour", "labour")
    files[1][0].write_bytes(b"labour".ljust(30_000))
    with _readers() as readers:
        small, large = [readers.file(*file)[0] for file in files]
    assert str(small.reason).startswith("读取超时")
    assert str(large.reason).isdecimal()


def test_a_file_that_is_gone_may_take_what_a_small_one_may(tmp_path: Path) -> None:
    """What cannot be opened is for the reader to tell, not a fault of the one who watches it."""
    assert reading._effort(tmp_path / "没有.docx") == min(reading.EFFORT, reading.DEADLINE)


def test_what_a_library_cries_is_not_the_clerks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with _readers() as readers:
        readers.file(*_files(tmp_path, "shout")[0])
    assert "library" not in capfd.readouterr().err


def test_nothing_is_read_in_the_process_that_keeps_the_ledger(tmp_path: Path) -> None:
    with _readers() as readers:
        (record,) = readers.file(*_files(tmp_path, "well")[0])
    assert record.reason != str(os.getpid())


def test_no_process_is_started_where_there_is_nothing_to_read() -> None:
    with _readers() as readers:
        assert list(readers.each([], _as_read)) == []
        assert readers._pool is None


HOLDER = """
import sys
from pathlib import Path
from hongtou.reading import Readers
from tests.hongtou.deadly import Deadly
with Readers(Deadly()) as readers:
    (record,) = readers.file(Path(sys.argv[1]), "x")
    print(record.reason, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_killed_command_leaves_no_reader_behind(tmp_path: Path) -> None:
    """The reader notices that nobody will ask it any more, and ends."""
    ((path, _),) = _files(tmp_path, "well")
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=-1, stdout=-1) as process:  # noqa: S603 - ours
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.kill()
        process.wait()
        for _ in range(100):
            try:
                os.kill(child, 0)
            except ProcessLookupError:
                break
            time.sleep(0.1)
        else:
            os.kill(child, signal.SIGKILL)
            pytest.fail("the reader outlived its command")
