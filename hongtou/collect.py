"""Taking files in: bytes into the archive, then what was read out of them into the ledger, one file after the other.

Joins a reader and a ledger and knows neither's inside. An interruption between any two statements leaves at most
bytes in the archive that no row names; the next run takes the file in as if nothing had been.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from forms import Record, Status
from ledger import Arrival, Ledger, LedgerError, Seen, drop, keep, sweep

from .taken import Read, Taken


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    ``submissions`` and ``doubts`` count what was read now, 0 for a file already ``known``. ``same_as`` is the first
    name of the same bytes when this is another. ``later`` tells that nothing was recorded and the next run tries again,
    ``letter`` that a unit wrote and reported nothing.
    """

    path: Path
    source: str
    status: Status
    submissions: int = 0
    doubts: int = 0
    reason: str = ""
    known: bool = False
    same_as: str | None = None
    later: bool = False
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Collected:
    """The outcomes of a run, in the order of the files."""

    outcomes: tuple[Outcome, ...]

    def of(self, status: Status) -> tuple[Outcome, ...]:
        """Return the files that were met for the first time and ended so; those put off are 未收."""
        return tuple(found for found in self.outcomes if found.status is status and not found.known)

    @property
    def known(self) -> tuple[Outcome, ...]:
        """The files whose bytes the ledger had already."""
        return tuple(found for found in self.outcomes if found.known)

    @property
    def submissions(self) -> int:
        """How many submissions the run added."""
        return sum(found.submissions for found in self.outcomes)

    @property
    def doubts(self) -> int:
        """How many doubts they carry."""
        return sum(found.doubts for found in self.outcomes)


@dataclass(frozen=True, slots=True)
class _Refused:
    reason: str
    later: bool


def collect(
    sources: Iterable[tuple[Path, str]],
    read: Read,
    ledger: Ledger,
    heard: Callable[[Outcome], None],
    version: str = "",
) -> Collected:
    """Take each of ``sources`` (path and source) into the archive and the ``ledger``; tell ``heard`` of each.

    ``version`` is that of the reader, and is noted with what it reads.
    A file that cannot be read is an outcome and the others go on. Raise ``LedgerError`` when ledger or archive
    cannot be written and ``LedgerBusyError`` when another process collects.
    """
    outcomes = []
    with ledger.writing():
        sweep(ledger.folder)
        for path, source in sources:
            outcome = _take_in((path, source), read, ledger, version)
            outcomes.append(outcome)
            heard(outcome)
    return Collected(tuple(outcomes))


def ensure_room(ledger: Ledger, files: Iterable[tuple[Path, str]]) -> None:
    """Raise ``LedgerError`` when the disk has not twice the bytes of those ``files`` that come under new names.

    Once for the archive, once for what is read out of them and SQLite's journal. What is too large to be taken in needs
    no room.
    """
    known = {kept.name for kept in ledger.kept()}
    wanted = 2 * sum(_size(path) for path, source in files if source not in known)
    free = shutil.disk_usage(ledger.folder).free
    if free < wanted:
        raise LedgerError(
            f"磁盘空间不够，台账未改动：{ledger.folder} 还剩 {free // 2**20} MB，收这些文件要留出 {-(-wanted // 2**20)} MB。"
            "请腾出空间后再运行一次"
        )


def _size(path: Path) -> int:
    from extract import limits

    try:
        found = path.lstat()
    except OSError:  # whoever opens it says so
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) and found.st_size <= limits.FILE else 0


def _take_in(file: tuple[Path, str], read: Read, ledger: Ledger, version: str) -> Outcome:
    path, source = file
    taken = _bytes(path)
    if isinstance(taken, _Refused):
        return Outcome(path, source, Status.REJECTED, reason=taken.reason, later=taken.later)
    from .mail.reading import dated, saved

    if path.suffix.lower() == ".eml":
        taken, read = saved(taken, read)
    return take(
        file, taken, dated(taken, read, datetime.now().astimezone().replace(tzinfo=None)), ledger, version
    )


def take(file: tuple[Path, str], taken: Taken, read: Read, ledger: Ledger, version: str) -> Outcome:
    """Take the bytes of ``file`` (a name with its suffix, and a source) into archive and ledger; see ``collect``."""
    (path, source), folder = file, ledger.folder
    sha256, size = hashlib.sha256(taken.data).hexdigest(), len(taken.data)
    seen = ledger.seen(sha256)
    if seen is not None:
        if source not in seen.names:
            ledger.accept(Arrival(sha256, source, size, taken.received_at, ""), ())
        return _known(file, seen)
    _, archived = keep(folder, taken.data, path.suffix)
    records = read(folder / archived, source)
    outcome = outcome_of(file, records)
    if outcome.status is Status.IGNORED and not taken.always:
        # Not recorded: its name made it so (a lock file, an unfinished download), and the same bytes may come again
        # under a better one.
        drop(folder, archived)
        return outcome
    if any(record.sha256 != sha256 for record in records):  # a virus scanner may hold what was just written
        reason = "归档的原件暂时读不出来，下次再收。请检查是否被杀毒软件拦下"
        return Outcome(path, source, Status.REJECTED, reason=reason, later=True)
    ledger.accept(Arrival(sha256, source, size, taken.received_at, archived), records, version)
    return replace(outcome, letter=outcome.status is Status.IGNORED)


def _bytes(path: Path) -> Taken | _Refused:
    """Read a file once; a link, a pipe, a device or what is far too large is not even opened, a file that still grows put off."""
    from extract import NOT_REGULAR, TOO_LARGE, limits

    try:
        before = path.lstat()
        if not stat.S_ISREG(before.st_mode):
            return _Refused(NOT_REGULAR, later=False)
        if before.st_size > limits.FILE:
            return _Refused(TOO_LARGE, later=False)
        with open(path, "rb", opener=_open) as file:
            data = file.read()
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        return _Refused("文件不见了，下次再收", later=True)
    except PermissionError:
        return _Refused("文件被占用或无权限，下次再收。请关闭正在编辑它的程序", later=True)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return _Refused("文件夹套得太深，路径太长，打不开。请把里面的文件移到上面来", later=True)
        return _Refused(f"文件读不出来（系统错误 {error.errno}），下次再收。请检查磁盘或网络", later=True)
    if _state(before) != _state(after) or len(data) != after.st_size:
        return _Refused("文件未传完或正在改动，下次再收", later=True)
    return Taken(data, _moment(after.st_mtime))


def _open(path: str, flags: int) -> int:
    # Should a link or a pipe take the file's place after the look at it, do not follow it and do not wait for it.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _state(status: os.stat_result) -> tuple[int, ...]:
    return (stat.S_IFMT(status.st_mode), status.st_size, status.st_mtime_ns)


def _moment(seconds: float) -> datetime:
    """Return local time to the second; a time that no calendar holds becomes that of now."""
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC).astimezone()
    except (OverflowError, ValueError, OSError):
        moment = datetime.now().astimezone()
    return moment.replace(microsecond=0, tzinfo=None)


def _known(file: tuple[Path, str], seen: Seen) -> Outcome:
    path, source = file
    first = seen.names[0]
    status = _status(seen.statuses)
    if source == first:
        return Outcome(path, source, status, known=True)
    return Outcome(path, source, status, reason=f"与“{first}”相同，未重复计入", known=True, same_as=first)


def outcome_of(file: tuple[Path, str], records: Sequence[Record]) -> Outcome:
    """Return what ``records`` make of ``file`` (path and source), as when it is met for the first time."""
    path, source = file
    read = [record for record in records if record.status in (Status.ACCEPTED, Status.REVIEW)]
    found = [record.submission for record in read if record.submission is not None]
    reasons = {_reason(record, source): None for record in records if record.reason}
    reasons |= {d.message: None for submission in found for d in submission.doubts if d.code == "unfilled"}
    return Outcome(
        path,
        source,
        _status([record.status for record in records]),
        len(found),
        sum(len(submission.all_doubts()) for submission in found),
        "；".join(reasons),
    )


def _reason(record: Record, source: str) -> str:
    member = record.source.removeprefix(source).removeprefix("!")
    return f"{member}：{record.reason}" if member else f"{record.reason}"


def _status(statuses: Iterable[Status]) -> Status:
    """Return the status of a file by those of its records: one that could not be read among others needs an eye."""
    found = set(statuses)
    if Status.REVIEW in found or {Status.ACCEPTED, Status.REJECTED} <= found:
        return Status.REVIEW
    return next((s for s in (Status.ACCEPTED, Status.REJECTED) if s in found), Status.IGNORED)
