"""Faults by number: the n-th write, sync, replace or removal fails, of ours or of SQLite; and a count of how many there are.

Ours are the functions of ``os`` and of files, patched in this process. SQLite's are methods of its operating system
interface (sqlite.org/vfs.html), replaced in the library itself through ctypes, so that what fails is what would fail on a disk.
``python -m tests.faults`` runs the tests of tests/hongtou/test_faults.py with every fault instead of some.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import importlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import connection  # binds os.write when it is imported, which must not be a patched one
from typing import Any
from unittest import mock

assert connection

OURS = ("write", "fsync", "replace", "unlink", "mkdir")
SQLITE = ("xWrite", "xSync", "xDelete", "xTruncate")


class Fault:
    """Counts the calls of one kind and refuses the ``nth`` (from 1; 0: none), or all from it on when it ``lasts``."""

    def __init__(self, nth: int = 0, *, lasts: bool = False, number: int = errno.ENOSPC) -> None:
        """Refuse with the system's error ``number``."""
        self.calls = 0
        self.number = number
        self._nth, self._lasts = nth, lasts

    @property
    def struck(self) -> bool:
        """Whether a call was refused."""
        return bool(self._nth) and self.calls >= self._nth

    def due(self) -> bool:
        """Count one call and return whether it is to be refused."""
        self.calls += 1
        return self.struck if self._lasts else self.calls == self._nth

    def strike(self) -> None:
        """Count one call; raise ``OSError`` when it is to be refused."""
        if self.due():
            raise OSError(self.number, os.strerror(self.number))


@contextmanager
def failing(kind: str, fault: Fault) -> Iterator[None]:
    """Let ``fault`` decide about each call of ``kind`` (of ``OURS`` or ``SQLITE``) inside the block."""
    with ExitStack() as stack:
        if kind in SQLITE:
            stack.enter_context(_in_sqlite(kind, fault))
        elif kind == "write":
            stack.enter_context(mock.patch.object(os, "write", _refusing(os.write, fault)))
            for module in (io, builtins):
                stack.enter_context(mock.patch.object(module, "open", _opening(module.open, fault)))
        else:
            stack.enter_context(mock.patch.object(os, kind, _refusing(getattr(os, kind), fault)))
        yield


def _refusing(call: Callable[..., Any], fault: Fault) -> Callable[..., Any]:
    def refused(*given: Any, **named: Any) -> Any:
        fault.strike()
        return call(*given, **named)

    return refused


def _opening(call: Callable[..., Any], fault: Fault) -> Callable[..., Any]:
    """Return ``open`` whose files, when they are open for writing, ask ``fault`` at each write."""

    def opened(*given: Any, **named: Any) -> Any:
        file = call(*given, **named)
        if isinstance(file, io.BufferedWriter | io.BufferedRandom | io.TextIOWrapper) and file.writable():
            file.write = _refusing(file.write, fault)  # type: ignore[method-assign]
        return file

    return opened


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs`` up to ``xDelete`` (sqlite3.h)."""

    _fields_ = [
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        ("pNext", ctypes.c_void_p),
        ("zName", ctypes.c_char_p),
        ("pAppData", ctypes.c_void_p),
        ("xOpen", ctypes.c_void_p),
        ("xDelete", ctypes.c_void_p),
    ]


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods`` (sqlite3.h), all versions."""

    _fields_ = [
        ("iVersion", ctypes.c_int),
        *((name, ctypes.c_void_p) for name in ("xClose", "xRead", "xWrite", "xTruncate", "xSync")),
        ("others", ctypes.c_void_p * 13),
    ]


_P = ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, _P, ctypes.c_int, _P)
_CALLS: dict[
    str, tuple[Any, int]
] = {  # the shape of each call, and what SQLite is told (sqlite.org/rescode.html)
    "xWrite": (ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, ctypes.c_int, ctypes.c_int64), 13),
    "xTruncate": (ctypes.CFUNCTYPE(ctypes.c_int, _P, ctypes.c_int64), 1546),
    "xSync": (ctypes.CFUNCTYPE(ctypes.c_int, _P, ctypes.c_int), 1034),
    "xDelete": (ctypes.CFUNCTYPE(ctypes.c_int, _P, _P, ctypes.c_int), 2570),
}


def vfs() -> _Vfs | None:
    """Return the interface that SQLite uses by default, none when this Python does not let us reach it."""
    try:
        library = ctypes.CDLL(importlib.import_module("_sqlite3").__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        found = library.sqlite3_vfs_find(None)
    except (AttributeError, OSError, TypeError):
        return None
    return found.contents if found else None


@contextmanager
def _in_sqlite(kind: str, fault: Fault) -> Iterator[None]:
    system = vfs()
    assert system is not None, "ask vfs() first"
    shape, code = _CALLS[kind]
    kept: list[object] = []  # what SQLite holds pointers to

    def refusing(address: int) -> Any:
        call = shape(address)
        wrapped = shape(lambda *given: code if fault.due() else call(*given))
        kept.append(wrapped)
        return ctypes.cast(wrapped, ctypes.c_void_p).value

    held = system.xOpen, system.xDelete
    true_open = _OPEN(held[0])
    tables: dict[int, int] = {}

    def opened(vfs_: int, name: int, file: int, flags: int, out: int) -> int:
        result: int = true_open(vfs_, name, file, flags, out)
        place = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
        table = place[0]
        if result == 0 and table:
            if table not in tables:
                copy = _Methods.from_buffer_copy(ctypes.cast(table, ctypes.POINTER(_Methods)).contents)
                setattr(copy, kind, refusing(getattr(copy, kind)))
                kept.append(copy)
                tables[table] = ctypes.addressof(copy)
            place[0] = tables[table]
        return result

    if kind == "xDelete":
        system.xDelete = refusing(held[1])
    else:
        system.xOpen = ctypes.cast(_keep(kept, _OPEN(opened)), ctypes.c_void_p).value
    try:
        yield
    finally:
        system.xOpen, system.xDelete = held
        _never_freed.extend(kept)  # a connection that is still open may call them


_never_freed: list[object] = []


def _keep(kept: list[object], what: Any) -> Any:
    kept.append(what)
    return what


if __name__ == "__main__":
    import pytest

    os.environ["HONGTOU_FAULTS"] = "every"
    sys.exit(pytest.main(["-q", "tests/hongtou/test_faults.py", *sys.argv[1:]]))
