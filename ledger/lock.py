"""The writers' lock: one process at a time collects or corrects, and the next is told who and since when.

The operating system's lock on ``ledger.lock`` counts, not the file's existence: it ends with its process, also
with a killed one. The file holds the owner for the message and stays behind empty. Readers take no lock.
"""

from __future__ import annotations

import errno
import getpass
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from .errors import LedgerBusyError, of_system

LOCK_FILE = "ledger.lock"
_UNSUPPORTED = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)
_held: set[Path] = set()

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # locked bytes cannot be read on Windows, so lock one beyond the owner's text

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        # A record lock, not flock: a forked worker that outlives a killed parent would keep holding a flock.
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def writer(folder: Path) -> Iterator[None]:
    """Hold the writers' lock of ``folder`` for the block.

    Raise ``LedgerBusyError`` with owner and start time when another holds it, ``LedgerError`` when it cannot be made.
    """
    path = folder.resolve() / LOCK_FILE
    if path in _held:  # a record lock does not see a second holder in its own process
        raise LedgerBusyError(_busy(path))
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as error:
        raise of_system(path, error) from error
    try:
        _take(descriptor, path)
        _held.add(path)
        try:
            yield
        finally:
            _held.discard(path)
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _UNSUPPORTED:  # some network drives; SQLite's own lock still keeps writers apart
            return
        if isinstance(error, BlockingIOError | PermissionError):
            raise LedgerBusyError(_busy(path)) from error
        raise of_system(path, error) from error
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, _owner().encode("utf-8", "replace"))
    except OSError as error:
        raise of_system(path, error) from error


def _owner() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name in a bare container
        user = "未知用户"
    started = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return f"{user}@{socket.gethostname()}（进程 {os.getpid()}，{started} 开始）"


def _busy(path: Path) -> str:
    try:
        owner = path.read_text("utf-8", "replace").strip()
    except OSError:
        owner = ""
    return f"台账正被{owner or '另一个程序'}使用：{path.parent}。请等它结束后再运行一次"
