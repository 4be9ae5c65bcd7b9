"""What stops a command that needs the ledger, in Chinese, with what to do and the exit status of the contract."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from forms import HongtouError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class LedgerError(HongtouError):
    """The ledger or the archive cannot be read or written; nothing was half-written."""

    exit_code = 3


class LedgerBusyError(LedgerError):
    """Another process holds the ledger."""

    exit_code = 4


class NoSuchEntryError(HongtouError):
    """A person named a return, or a row of one, that the ledger does not have."""


class LostAnswersError(HongtouError):
    """A later reading no longer finds a return about which a person has said something; the earlier one stands."""


def of_system(path: Path, error: OSError) -> LedgerError:
    """Say in Chinese why ``path`` could not be written."""
    if error.errno in _FULL:
        return LedgerError(f"磁盘已满，台账未改动：{path}。请腾出空间后再运行一次")
    if error.errno in _FORBIDDEN:
        return LedgerError(f"不能写入，台账未改动：{path}。请检查文件夹是否只读、有没有写入权限")
    return LedgerError(
        f"写不进去，台账未改动：{path}（系统错误 {error.errno}）。请检查磁盘和文件夹后再运行一次"
    )


def of_database(path: Path, error: DBAPIError | sqlite3.Error) -> LedgerError:
    """Say in Chinese what SQLite found wrong with the ledger at ``path``."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    # The low byte of an extended code is the primary one (sqlite.org/rescode.html).
    code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LedgerBusyError(f"台账正被另一个程序使用：{path}。请等它结束后再运行一次")
        case sqlite3.SQLITE_FULL:
            return LedgerError(f"磁盘已满，台账未改动：{path}。请腾出空间后再运行一次")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return LedgerError(f"台账打不开或不能写入：{path}。请检查文件夹是否只读、有没有写入权限")
        case sqlite3.SQLITE_IOERR:
            return LedgerError(f"读写台账时出错，台账未改动：{path}。请检查磁盘是否已满或已断开，再运行一次")
    return damaged(path)


def damaged(path: Path) -> LedgerError:
    """Say that the ledger at ``path`` is not what we wrote, and how to get it back."""
    return LedgerError(
        f"台账文件已损坏：{path}。请从备份恢复；没有备份时，把它改名留存，"
        "再重新运行 hongtou collect（人工更正需重做）"
    )
