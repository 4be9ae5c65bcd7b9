"""Reading many files, in this process or in several; what is read comes back in the order of the files.

Knows where files lie and how to share the work out; how a file is read is ``extract``'s affair.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from forms import Form, HongtouError, Record, Work

if TYPE_CHECKING:
    from extract import Extractor

INBOX = "收件"
File = tuple[Path, str]
"""A file and its source: the name that records and ledger show."""
_BATCH = 8  # files handed to a worker at once: passing one on costs about as much as reading it
_AHEAD = 4  # batches handed out ahead for each worker, so that none waits and memory stays small
_mine: list[Extractor] = []


class WorkerError(HongtouError):
    """A worker process ended while it read a file."""

    exit_code = 3


def from_inbox(files: Iterable[File], inbox: Path) -> list[File]:
    """Return ``files`` (path and source) with those inside ``inbox`` named from there, whichever part was asked for."""
    top = inbox.resolve()

    def named(path: Path, source: str) -> str:
        whole = path.parent.resolve() / path.name
        return whole.relative_to(top).as_posix() if whole.is_relative_to(top) else source

    return sorted(((path, named(path, source)) for path, source in files), key=lambda file: file[1])


def reader(work: Work | None, catalogue: tuple[Form, ...]) -> Extractor:
    """Return the extractor for ``work``, or for the shipped ``catalogue`` where there is no work."""
    from extract import Extractor

    return Extractor(catalogue if work is None else work.forms, work)


def records(
    work: Work | None, catalogue: tuple[Form, ...], files: Iterable[File], workers: int = 1
) -> Iterator[tuple[Record, ...]]:
    """Yield the records of each of ``files`` (path and source) in order, read by ``workers`` processes."""
    if workers > 1:
        yield from _shared((work, catalogue), files, workers)
        return
    read = reader(work, catalogue)
    for path, source in files:
        yield read.file(path, source)


def _shared(
    known: tuple[Work | None, tuple[Form, ...]], files: Iterable[File], workers: int
) -> Iterator[tuple[Record, ...]]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[Future[list[tuple[Record, ...]]]] = deque()
    rest = iter(files)
    pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=known)
    try:
        while batch := list(islice(rest, _BATCH)):
            waiting.append(pool.submit(_read, batch))
            if len(waiting) > workers * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise WorkerError("读文件的进程意外退出，可能是内存不够。请用 --workers 1 再试") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(work: Work | None, catalogue: tuple[Form, ...]) -> None:
    """Make the extractor of this worker, once."""
    _mine[:] = [reader(work, catalogue)]


def _read(files: list[File]) -> list[tuple[Record, ...]]:
    return [_mine[0].file(*file) for file in files]
