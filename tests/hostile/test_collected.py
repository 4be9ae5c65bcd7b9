"""The whole hostile set through ``hongtou collect``: one by one the right outcome, and nothing else moves in the world."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hongtou.newwork import create
from tests.hongtou.conftest import filled_in

from .case import Case
from .everything import CASES, write
from .test_set import check
from .word import canary

ROOT = Path(__file__).parents[2]
MAIN, WORKER = 300, 1024
"""MiB of memory that the command itself, and any process it reads in, may have had at most."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")


class Canary:
    """A listener that counts who calls."""

    def __init__(self) -> None:
        """Listen on a free port of this machine."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.calls = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()


@dataclass(slots=True)
class Run:
    """What a run left: its exit status and words, the peaks of memory in MiB, and the files of the set by name."""

    status: int
    told: str
    main: int
    worker: int
    calls: int
    cases: dict[str, Case]
    inbox: Path
    changed: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def _peak(pid: int) -> int:
    """Return the largest resident size that a process had so far, in MiB; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


def _watched(command: list[str], folder: Path) -> tuple[int, str, int, int]:
    """Run ``command`` in ``folder``; return status, standard error and the peaks of it and of its children."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    log = folder.parent / "told.txt"
    main = worker = 0
    with (
        log.open("wb") as told,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=told, stderr=told) as process,  # noqa: S603 - ours
    ):
        while process.poll() is None:
            main = max(main, _peak(process.pid))
            worker = max([worker, *map(_peak, _children(process.pid))])
            time.sleep(0.02)
    return process.returncode, log.read_text(encoding="utf-8"), main, worker


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _oddities(inbox: Path) -> None:
    """Put a link, a pipe, a socket and a folder that contains itself among the files."""
    (inbox / "怪物").mkdir()
    (inbox / "怪物" / "链接.docx").symlink_to("/etc/passwd")
    (inbox / "怪物" / "回头").symlink_to(inbox)
    os.mkfifo(inbox / "怪物" / "管道.docx")
    listener = socket.socket(socket.AF_UNIX)
    here = os.getcwd()  # noqa: PTH109 - the name of a socket must be short
    os.chdir(inbox / "怪物")
    listener.bind("s.docx")
    os.chdir(here)
    listener.close()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Collect the set once."""
    world = tmp_path_factory.mktemp("world")
    work = world / "工作"
    create(work)
    yaml = work / "work.yaml"
    yaml.write_text(filled_in(yaml.read_text(encoding="utf-8")), encoding="utf-8")
    listener = Canary()
    cases = write(work / "收件", (*CASES, *canary(listener.port)))
    _oddities(work / "收件")
    before, around = _hashes(work / "收件"), sorted(world.iterdir())
    status, told, main, worker = _watched([sys.executable, "-m", "hongtou", "collect"], work)
    listener.close()
    (world / "told.txt").unlink()
    after = _hashes(work / "收件")
    return Run(
        status,
        told,
        main,
        worker,
        listener.calls,
        cases,
        work / "收件",
        [name for name in before | after if before.get(name) != after.get(name)],
        [path.name for path in sorted(world.iterdir()) if path not in around],
    )


@pytest.fixture(scope="module")
def lines(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, object]]]:
    """Return the JSON lines of ``hongtou extract`` over the same set, by file."""
    folder = tmp_path_factory.mktemp("extract")  # outside the work, so that the catalogue's forms count
    command = [sys.executable, "-m", "hongtou", "extract", str(run.inbox), "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)  # noqa: S603 - ours
    found: dict[str, list[dict[str, object]]] = {}
    for line in done.stdout.decode("utf-8").splitlines():
        record = json.loads(line)
        found.setdefault(record["source"].partition("!")[0], []).append(record)
    return found


def test_the_run_completes(run: Run) -> None:
    """Status 0 whatever came, and a line that sums up."""
    assert run.status == 0, run.told[-2000:]
    assert run.told.splitlines()[-1].startswith("共 ")
    assert "Traceback" not in run.told
    assert "读取时程序出错" not in run.told


def test_memory_stays_within_bounds(run: Run) -> None:
    """The process that keeps the ledger reads nothing itself."""
    assert 0 < run.main <= MAIN
    assert 0 < run.worker <= WORKER


def test_nobody_was_called(run: Run) -> None:
    assert run.calls == 0


def test_the_files_are_as_they_were_and_nothing_is_outside(run: Run) -> None:
    """No name of an archive was used as a path."""
    assert run.changed == []
    assert run.strangers == []
    assert not Path("/tmp/越界.docx").exists()  # noqa: S108 - where the set would like to write


def test_every_file_ends_as_it_must(run: Run, lines: dict[str, list[dict[str, object]]]) -> None:
    """Read in processes, with limits: the outcomes are those of the single process."""
    wrong = {}
    for name, case in run.cases.items():
        try:
            check(case, lines.get(name, []))
        except AssertionError as error:
            wrong[name] = str(error)[:300]
    assert not wrong
