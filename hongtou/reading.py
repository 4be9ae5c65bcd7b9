"""Reading many files, each in a process of its own with a deadline and a limit of memory; in the order of the files.

Knows where files lie, how to share the work out and what to say of a file that kills its reader; how a file is read is
``extract``'s affair.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from forms import Form, Record, Status, Work

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

    from extract import Extractor

T = TypeVar("T")
Records = tuple[Record, ...]

INBOX = "收件"
File = tuple[Path, str]
"""A file and its source: the name that records and ledger show."""
DEADLINE = 20.0
"""Seconds that a file may take, whatever else the machine does; a thousand times what an ordinary return takes."""
EFFORT = 8.0
"""Seconds of a processor that a small file may take: where several hostile ones lie in a folder, none delays the others long."""
PACE = 2e5
"""Bytes for which a file may take a second more, up to ``DEADLINE``: forty returns in one PDF are no attack."""
MEMORY = 2**30
"""Bytes that a reading process may take in all."""
_SPARE = 2**26  # of them for what the system maps in and counts as used only later
_BATCH = 8  # files handed to a worker at once: passing one on costs about as much as reading it
_AHEAD = 4  # batches handed out ahead for each worker, so that none waits and memory stays small
_TICK = 0.03  # seconds between two looks at the processes; the last of them is how long the end is waited for
_GARBAGE = (
    20_000  # objects between two searches for cycles: a return makes a few thousand and hardly any cycle
)
_MEND = "已停止，请对方另存为 docx 或 xlsx 后重发"
_LATE = f"读取超时（{DEADLINE:g} 秒还没有读完），{_MEND}"
_TOILED = f"读取超时（处理器算了 {{:.0f}} 秒还没有读完），{_MEND}"
_LARGE = f"读取时内存超限（{MEMORY // 2**30} GB 还不够），已停止，请对方另存为 docx 或 xlsx 后重发"
_DIED = "读取它的进程异常退出，文件可能已损坏，请对方另存为 docx 或 xlsx 后重发"
_mine: list[Extractor] = []


def from_inbox(files: Iterable[File], inbox: Path) -> list[File]:
    """Return ``files`` (path and source) with those inside ``inbox`` named from there, whichever part was asked for."""
    from extract import readable

    top = inbox.resolve()

    def named(path: Path, source: str) -> str:
        whole = path.parent.resolve() / path.name
        return readable(whole.relative_to(top).as_posix()) if whole.is_relative_to(top) else source

    return sorted(((path, named(path, source)) for path, source in files), key=lambda file: file[1])


class Readers:
    """Processes that read files for one work; a context manager. None is started before the first file.

    A file that takes too long, takes too much memory or ends its process is an outcome of that file alone: the process
    is made anew and the others go on.
    """

    def __init__(self, extractor: Extractor, workers: int = 1) -> None:
        """Read with ``extractor`` in ``workers`` processes."""
        self._extractor = extractor
        self._workers = workers
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Readers:
        """Return the readers themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes, at once when something went wrong."""
        if self._pool is not None:
            self._pool.close() if kind is None else self._pool.stop()
            self._pool.join()

    def file(self, path: Path, source: str) -> Records:
        """Return the records of the file at ``path``, at least one."""
        return self._single((path, source), _as_they_are)

    def each(self, files: Iterable[File], take: Callable[[Records], T]) -> Iterator[T]:
        """Yield what ``take`` makes of the records of each of ``files`` (at least one each), in order.

        ``take`` runs where the file is read, so that only what is wanted crosses over; it is a function of a module.
        """
        waiting: deque[tuple[list[File], ProcessFuture[list[T]]]] = deque()
        rest = iter(files)
        while batch := list(islice(rest, _BATCH)):
            waiting.append((batch, self._handed_out(batch, take)))
            if len(waiting) > self._workers * _AHEAD:
                yield from self._taken(*waiting.popleft(), take)
        while waiting:
            yield from self._taken(*waiting.popleft(), take)

    def _taken(
        self, batch: list[File], future: ProcessFuture[list[T]], take: Callable[[Records], T]
    ) -> Iterator[T]:
        """Yield what came of a batch; one that ended badly is read again file by file, to find the culprit."""
        found: list[T] | str = _outcome(future)
        if isinstance(found, str):
            again = [(file, self._handed_out([file], take)) for file in batch]
            found = [_one(file, single, take) for file, single in again]
        yield from found

    def _single(self, file: File, take: Callable[[Records], T]) -> T:
        return _one(file, self._handed_out([file], take), take)

    def _handed_out(self, batch: list[File], take: Callable[[Records], T]) -> ProcessFuture[list[T]]:
        if self._pool is None:
            self._pool = _pool(self._extractor, self._workers)
        return self._pool.schedule(_read, args=[batch, take], timeout=DEADLINE)


def _as_they_are(records: Records) -> Records:
    return records


def readers(work: Work | None, catalogue: tuple[Form, ...] = (), workers: int = 1) -> Readers:
    """Return the readers for ``work``, or for the shipped ``catalogue`` where there is no work."""
    from extract import Extractor

    return Readers(Extractor(catalogue if work is None else work.forms, work), workers)


def _pool(extractor: Extractor, workers: int) -> ProcessPool:
    from pebble import CONSTS, ProcessPool

    CONSTS.sleep_unit = _TICK
    return ProcessPool(workers, initializer=_begin, initargs=[extractor])


def _one(file: File, future: ProcessFuture[list[T]], take: Callable[[Records], T]) -> T:
    """Return what came of a single file, or what ``take`` makes of its refusal."""
    found: list[T] | str = _outcome(future)
    return take((_failed(file, found),)) if isinstance(found, str) else found[0]


def _outcome(future: ProcessFuture[list[T]]) -> list[T] | str:
    """Return what a batch gave, or in Chinese why it gave nothing."""
    from concurrent.futures import TimeoutError as LateError

    from pebble import ProcessExpired

    try:
        found: list[T] = future.result()
    except LateError:
        return _LATE
    except MemoryError:
        return _LARGE
    except ProcessExpired:
        return _DIED
    return found


def _failed(file: File, reason: str) -> Record:
    path, source = file
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return Record(source, sha256, 1, Status.REJECTED, reason=reason)


def _untouched() -> int:
    """Return the bytes that this process has reserved and does not use; 0 where the system does not tell."""
    try:
        size, resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[:2]
    except (OSError, ValueError):
        return 0
    return (int(size) - int(resident)) * os.sysconf("SC_PAGE_SIZE")


class _LateError(BaseException):
    """A file took more of the processor than it may; no ``Exception``, so that no reader takes it for damage."""


def _begin(extractor: Extractor) -> None:
    """Make this process a reader: keep its extractor, take no more memory than a file may need, and say nothing.

    A library that dies of a file writes pages to standard error, which is the clerk's.
    """
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a file
        os.dup2(nowhere.fileno(), 2)
    if sys.platform != "win32":  # there a job object would have to do it
        import resource
        import signal

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_untouched() + MEMORY - _SPARE, hard))
        signal.signal(signal.SIGPROF, _late)
    _mine[:] = [extractor]
    gc.freeze()  # what is there now stays to the end; to search it first for cycles would copy it whole
    gc.set_threshold(_GARBAGE)


def _late(*_: object) -> None:
    raise _LateError


def _read(files: list[File], take: Callable[[Records], T]) -> list[T]:
    return [take(_timed(file)) for file in files]


def _effort(path: Path) -> float:
    """Return the seconds of a processor that the file at ``path`` may take; one that cannot be opened is told by its reader."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return min(EFFORT + size / PACE, DEADLINE)


def _timed(file: File) -> Records:
    """Read a file; when it takes more of the processor than one of its size may, that is its outcome."""
    if sys.platform == "win32":
        return _mine[0].file(*file)
    import signal

    effort = _effort(file[0])
    try:
        signal.setitimer(signal.ITIMER_PROF, effort)
        try:
            return _mine[0].file(*file)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except _LateError:
        return (_failed(file, _TOILED.format(effort)),)
