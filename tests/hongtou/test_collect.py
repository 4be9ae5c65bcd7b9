"""Collecting: each file once, whole or not at all, whatever stands in the way."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from forms import Entry, Record, Status, Submission, doubt
from hongtou.collect import Collected, Outcome, collect, ensure_room
from ledger import LedgerBusyError, LedgerError, open_ledger
from tests.hongtou.slow_collecting import read, sources
from tests.ledger.making import contents

ROOT = Path(__file__).parents[2]
FILES = {
    "a.docx": "源汇区团委 2020-07 3",
    "b.docx": "源汇区团委 2020-07 4",
    "c.xlsx": "召陵区团委 2020-07 1\n郾城区团委 2020-07 2\n召陵区团委 2020-08 5",
    "d.docx": "meeting notes",
    "e.docx": "源汇区团委 2020-07 3",
    "f.docx": "舞阳县团委 2020-07 8",
    "~$f.docx": "lock",
}


def _work(folder: Path) -> Path:
    """Make a work folder with ``FILES``, each an hour after the one before."""
    (folder / "收件").mkdir(parents=True)
    noon = datetime(2020, 7, 8, 12).timestamp()  # noqa: DTZ001 - local time, as the ledger keeps it
    for number, (name, text) in enumerate(FILES.items()):
        path = folder / "收件" / name
        path.write_text(text, "utf-8")
        os.utime(path, (noon, noon + 3600 * number))
    return folder


def _run(folder: Path) -> Collected:
    heard: list[Outcome] = []
    with open_ledger(folder) as ledger:
        found = collect(sources(folder), read, ledger, heard.append)
    assert found.outcomes == tuple(heard)
    return found


def _stopped(folder: Path) -> LedgerError | None:
    """Run, and return what stopped the run."""
    try:
        _run(folder)
    except LedgerError as error:
        return error
    return None


def _state(folder: Path) -> tuple[object, ...]:
    """Return all that a run leaves: the ledger without its numbers and the archive file by file."""
    with open_ledger(folder) as ledger:
        held = contents(ledger)
    kept = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "归档").rglob("*")
        if path.is_file()
    }
    return held, kept


@pytest.fixture
def undisturbed(tmp_path: Path) -> tuple[object, ...]:
    """Return the state after a run that nothing disturbed."""
    folder = _work(tmp_path / "undisturbed")
    _run(folder)
    return _state(folder)


def test_every_file_has_an_outcome(tmp_path: Path) -> None:
    """New, rejected, known under another name, ignored; the run counts what it added."""
    folder = _work(tmp_path)
    found = _run(folder)
    inbox = folder / "收件"
    same = "与“a.docx”相同，未重复计入"
    assert found.outcomes == (
        Outcome(inbox / "a.docx", "a.docx", Status.REVIEW, 1, 1),
        Outcome(inbox / "b.docx", "b.docx", Status.REVIEW, 1, 1),
        Outcome(inbox / "c.xlsx", "c.xlsx", Status.REVIEW, 3, 3),
        Outcome(inbox / "d.docx", "d.docx", Status.REJECTED, reason="不是报告单"),
        Outcome(inbox / "e.docx", "e.docx", Status.REVIEW, reason=same, known=True, same_as="a.docx"),
        Outcome(inbox / "f.docx", "f.docx", Status.REVIEW, 1, 1),
        Outcome(inbox / "~$f.docx", "~$f.docx", Status.IGNORED, reason="锁文件"),
    )
    assert (found.submissions, found.doubts) == (6, 6)
    assert [outcome.source for outcome in found.of(Status.REVIEW)] == ["a.docx", "b.docx", "c.xlsx", "f.docx"]
    assert [outcome.source for outcome in found.known] == ["e.docx"]


def test_a_second_run_changes_nothing_and_reads_nothing(tmp_path: Path) -> None:
    """Known files cost a hash: the reader is not asked, no byte of ledger or archive changes."""
    folder = _work(tmp_path)
    _run(folder)
    (folder / "收件" / "~$f.docx").unlink()
    before = _state(folder), (folder / "ledger.db").read_bytes()

    def never(path: Path, source: str) -> tuple[Record, ...]:
        raise AssertionError(source)

    with open_ledger(folder) as ledger:
        found = collect(sources(folder), never, ledger, lambda _: None)
    assert len(found.known) == len(found.outcomes) == 6
    assert found.submissions == 0
    assert found.outcomes[3] == Outcome(folder / "收件" / "d.docx", "d.docx", Status.REJECTED, known=True)
    assert (_state(folder), (folder / "ledger.db").read_bytes()) == before


def test_rests_of_a_killed_run_are_swept(tmp_path: Path, undisturbed: tuple[object, ...]) -> None:
    """A run that was killed while it wrote into the archive leaves a part that nobody asks for."""
    folder = _work(tmp_path / "killed")
    (folder / "归档" / "ab").mkdir(parents=True)
    (folder / "归档" / "ab" / "ab12.docx.4711.part").write_bytes(b"half")
    _run(folder)
    assert _state(folder) == undisturbed


def test_provenance_leads_back_to_the_bytes(tmp_path: Path) -> None:
    """Each entry names the archived file; its bytes are the returned ones, its time is the file's."""
    folder = _work(tmp_path)
    _run(folder)
    with open_ledger(folder) as ledger:
        entries = ledger.entries()
    for entry in entries:
        assert (folder / entry.archive).read_text("utf-8") == FILES[entry.source]
        assert hashlib.sha256((folder / entry.archive).read_bytes()).hexdigest() == entry.sha256
    assert [entry.received_at.isoformat() for entry in entries][:2] == [
        "2020-07-08T12:00:00",
        "2020-07-08T13:00:00",
    ]


def test_ignored_bytes_are_read_when_they_come_under_a_better_name(tmp_path: Path) -> None:
    """An unfinished download is ignored by its name; renamed, the same bytes are a return."""
    folder = _work(tmp_path)
    lock = folder / "收件" / "~$f.docx"
    lock.write_text("临颍县团委 2020-07 9", "utf-8")
    assert _run(folder).outcomes[-1].status is Status.IGNORED
    lock.rename(folder / "收件" / "g.docx")
    assert _run(folder).outcomes[-1] == Outcome(folder / "收件" / "g.docx", "g.docx", Status.REVIEW, 1, 1)


def test_links_pipes_and_folders_are_never_opened(tmp_path: Path) -> None:
    """A pipe would block for ever, a link leads out of the folder; the good file next to them is read."""
    folder = _work(tmp_path)
    inbox = folder / "收件"
    os.mkfifo(inbox / "0管道")
    (inbox / "0链接.docx").symlink_to(inbox / "a.docx")
    (inbox / "0文件夹").mkdir()
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(os.path.relpath(inbox / "0插座"))
        found = _run(folder)
    odd, good = found.outcomes[:4], found.outcomes[4:]
    assert {(o.status, o.later, o.known) for o in odd} == {(Status.REJECTED, False, False)}
    assert {o.reason for o in odd} == {"不是普通文件，没有打开。请把文件本身放进来，不要放快捷方式或链接"}
    assert found.submissions == 6
    assert len(good) == len(FILES)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(errno.EACCES, "denied"), "文件被占用或无权限，下次再收。请关闭正在编辑它的程序"),
        (FileNotFoundError(errno.ENOENT, "gone"), "文件不见了，下次再收"),
        (OSError(errno.EIO, "broken"), "文件读不出来（系统错误 5），下次再收。请检查磁盘或网络"),
    ],
)
def test_a_file_that_cannot_be_opened_is_put_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    """Nothing of it is recorded, the others go on, the next run takes it in."""
    folder = _work(tmp_path)
    true_open = os.open

    def refuse(path: str | Path, *rest: int) -> int:
        if str(path).endswith("b.docx"):
            raise error
        return true_open(path, *rest)

    with monkeypatch.context() as locked:
        locked.setattr(os, "open", refuse)
        found = _run(folder)
    assert found.outcomes[1] == Outcome(
        folder / "收件" / "b.docx", "b.docx", Status.REJECTED, reason=reason, later=True
    )
    assert found.submissions == 5
    again = _run(folder)
    assert (again.submissions, len(again.known)) == (1, 5)


@pytest.mark.parametrize("stale", [False, True])
def test_a_file_that_grows_is_put_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, stale: bool
) -> None:
    """Half a file would be archived as if it were the return; a network drive may tell a stale size."""
    folder = _work(tmp_path)
    growing = folder / "收件" / "b.docx"
    true_open, true_look, before = os.open, os.fstat, growing.lstat()

    def write_on(path: str | Path, *rest: int) -> int:
        if str(path) == str(growing):
            with growing.open("a", encoding="utf-8") as file:
                file.write("5")
        return true_open(path, *rest)

    def look(descriptor: int) -> os.stat_result:
        found = true_look(descriptor)
        return before if found.st_ino == before.st_ino else found

    with monkeypatch.context() as moving:
        moving.setattr(os, "open", write_on)
        if stale:
            moving.setattr(os, "fstat", look)
        outcome = _run(folder).outcomes[1]
    assert (outcome.later, outcome.reason) == (True, "文件未传完或正在改动，下次再收")
    assert _run(folder).submissions == 1


def test_archived_bytes_that_cannot_be_read_are_put_off(tmp_path: Path) -> None:
    """A virus scanner holds the file just written: the reader has no hash to show, and nothing is recorded."""
    folder = _work(tmp_path)

    def blind(path: Path, source: str) -> tuple[Record, ...]:
        return (
            (Record(source, "", 1, Status.REJECTED, reason="打不开"),)
            if source == "b.docx"
            else read(path, source)
        )

    with open_ledger(folder) as ledger:
        outcome = collect(sources(folder), blind, ledger, lambda _: None).outcomes[1]
    assert outcome.later
    assert outcome.reason == "归档的原件暂时读不出来，下次再收。请检查是否被杀毒软件拦下"
    assert _run(folder).outcomes[1].submissions == 1


def test_a_file_beyond_all_size_is_not_even_read(tmp_path: Path) -> None:
    """It stays where it is: no byte of it comes into memory or into the archive, so that it needs no room on the disk."""
    path = tmp_path / "很大.docx"
    with path.open("wb") as file:
        file.truncate(2**40)
    with open_ledger(tmp_path) as ledger:
        ensure_room(ledger, [(path, path.name)])
        (found,) = collect([(path, path.name)], read, ledger, lambda _: None).outcomes
        assert ledger.kept() == ()
    assert found.status is Status.REJECTED
    assert found.reason == "文件过大（超过 50 MB），不像是报表，没有打开"


def test_a_time_that_no_calendar_holds_is_replaced_by_now(tmp_path: Path) -> None:
    """Broken clocks and archives leave such times; 1970 and 2099 are kept as they are."""
    folder = _work(tmp_path)
    times = {"a.docx": 0, "b.docx": 4_070_908_800, "f.docx": 2**40}
    for name, seconds in times.items():
        os.utime(folder / "收件" / name, (seconds, seconds))
    before = datetime.now().astimezone().replace(microsecond=0, tzinfo=None)
    _run(folder)
    with open_ledger(folder) as ledger:
        received = {entry.source: entry.received_at for entry in ledger.entries()}
    assert received["a.docx"] == datetime.fromtimestamp(0).astimezone().replace(tzinfo=None)
    assert received["b.docx"].year in (2098, 2099)
    assert before <= received["f.docx"]


def test_a_container_names_the_members_that_were_refused(tmp_path: Path) -> None:
    """One line for the file, with each member and its reason; a return among them makes it a matter for review."""
    folder = _work(tmp_path)

    def unpack(path: Path, source: str) -> tuple[Record, ...]:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return (
            Record(f"{source}!甲.docx", sha256, 1, Status.ACCEPTED, Submission("表", "甲", "2020-07")),
            Record(
                f"{source}!乙.doc",
                sha256,
                1,
                Status.REJECTED,
                Submission(None, None, None),
                "旧版格式，请另存为 docx",
            ),
            Record(f"{source}!签名.png", sha256, 1, Status.IGNORED, reason="邮件签名"),
        )

    with open_ledger(folder) as ledger:
        found = collect(sources(folder)[:1], unpack, ledger, lambda _: None)
    (outcome,) = found.outcomes
    assert (outcome.status, outcome.submissions) == (Status.REVIEW, 1)
    assert outcome.reason == "乙.doc：旧版格式，请另存为 docx；签名.png：邮件签名"


def test_a_good_file_is_accepted_and_doubts_are_counted(tmp_path: Path) -> None:
    """Doubts of the return and of its values alike."""
    folder = _work(tmp_path)

    def certain(path: Path, source: str) -> tuple[Record, ...]:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        doubts = (doubt("tracked"), doubt("unit_unknown", raw="甲")) if source == "b.docx" else ()
        status = Status.REVIEW if doubts else Status.ACCEPTED
        return (Record(source, sha256, 1, status, Submission("表", "甲", "2020-07", doubts=doubts)),)

    with open_ledger(folder) as ledger:
        found = collect(sources(folder)[:2], certain, ledger, lambda _: None)
    assert [(o.status, o.doubts) for o in found.outcomes] == [(Status.ACCEPTED, 0), (Status.REVIEW, 2)]


def test_a_full_disk_stops_the_run_and_the_next_one_completes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: tuple[object, ...]
) -> None:
    """The n-th write of bytes fails, for every n: status 3 and a legal ledger each time."""
    true_sync = os.fsync
    stops = 0
    while True:
        folder = _work(tmp_path / str(stops))
        left = [stops]

        def full(descriptor: int, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, "full")
            true_sync(descriptor)

        with monkeypatch.context() as disk:
            disk.setattr(os, "fsync", full)
            caught = _stopped(folder)
        if caught is None:
            break
        assert caught.exit_code == 3
        assert "磁盘已满，台账未改动" in str(caught)
        stops += 1
        _run(folder)
        assert _state(folder) == undisturbed
    assert stops > 10


class _StopError(BaseException):
    """Stands for Ctrl-C."""


def test_a_stop_at_any_moment_and_a_second_run_give_the_undisturbed_ledger(
    tmp_path: Path, undisturbed: tuple[object, ...]
) -> None:
    """Every seventh statement of a run in turn is never reached; the next run completes it."""
    left = [0]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise _StopError

    stop, completed = 3, False
    while not completed:
        folder = _work(tmp_path / str(stop))
        left[0] = stop
        sa.event.listen(sa.Engine, "before_cursor_execute", count)
        try:
            _run(folder)
            completed = True
        except _StopError:
            left[0] = -1
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", count)
        _run(folder)
        assert _state(folder) == undisturbed
        stop += 7
    assert stop > 70


def _spawn(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.hongtou.slow_collecting", str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603


@pytest.mark.parametrize("trial", range(10))
def test_kill_and_a_second_run_give_the_undisturbed_ledger(
    tmp_path: Path, undisturbed: tuple[object, ...], trial: int
) -> None:
    """Killed (-9) after a number of steps and a moment drawn by lot: wherever it strikes, nothing is lost or doubled."""
    lot = random.Random(trial)  # noqa: S311 - no secret
    folder = _work(tmp_path / "killed")
    with _spawn(folder) as process:
        assert process.stdout is not None
        for _ in range(lot.randrange(1, 18)):
            process.stdout.readline()
        time.sleep(lot.random() * 0.006)
        process.kill()
    assert process.returncode != 0
    _run(folder)
    assert _state(folder) == undisturbed


def test_two_at_once_give_the_union_or_are_told(tmp_path: Path, undisturbed: tuple[object, ...]) -> None:
    """While one process collects the other is told who does; afterwards it adds what is missing."""
    folder = _work(tmp_path / "two")
    with _spawn(folder) as process:
        assert process.stdout is not None
        while "reading a.docx" not in process.stdout.readline():
            pass
        with pytest.raises(LedgerBusyError, match=f"进程 {process.pid}，"):
            _run(folder)
        process.stdout.read()
    assert process.returncode == 0
    assert _state(folder) == undisturbed
    assert len(_run(folder).known) == 6


def _saved(folder: Path, *headers: str, written: str) -> Entry:
    """Collect a mail with ``headers`` that was saved as a file at noon of the day ``written``; return its one entry."""
    path = folder / "收件" / "七月.eml"
    for old in path.parent.iterdir():
        old.unlink()
    path.write_bytes("\r\n".join((*headers, "Subject: x", "", "x")).encode())
    moment = datetime.fromisoformat(f"{written}T12:00:00").timestamp()
    os.utime(path, (moment, moment))

    def read_mail(found: Path, source: str) -> tuple[Record, ...]:
        sha256 = hashlib.sha256(found.read_bytes()).hexdigest()
        submission = Submission("表", "甲", "2020-07")
        return (Record(source, sha256, 1, Status.ACCEPTED, submission),)

    with open_ledger(folder) as ledger:
        collect([(path, path.name)], read_mail, ledger, lambda _: None)
        return ledger.entries()[-1]


def test_a_mail_saved_as_a_file_came_when_it_says(tmp_path: Path) -> None:
    """The last hand-over counts, before the Date of its sender; the file was saved weeks later."""
    folder = _work(tmp_path)
    noon = datetime(2020, 7, 28, 4, tzinfo=UTC).astimezone().replace(tzinfo=None)
    received = "Received: from a by b; Tue, 28 Jul 2020 04:00:00 +0000"
    entry = _saved(folder, received, "Date: Mon, 27 Jul 2020 04:00:00 +0000", written="2020-08-20")
    assert (entry.received_at, entry.status) == (noon, Status.ACCEPTED)


def test_a_mail_from_the_future_is_doubted(tmp_path: Path) -> None:
    """The file's time counts, and the contradiction is told."""
    folder = _work(tmp_path)
    entry = _saved(folder, "Date: Fri, 28 Aug 2020 04:00:00 +0000", written="2020-07-20")
    assert entry.received_at == datetime.fromisoformat("2020-07-20T12:00:00")
    assert [doubt.code for doubt in entry.submission.doubts] == ["mail_time"]
