"""The archive (归档): returned files, byte for byte, under their SHA-256.

Knows folders and bytes; what the files mean stands in the ledger. Bytes are on disk before a row names them.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Container
from pathlib import Path

from .errors import LedgerError, of_system

FOLDER = "归档"
_PART = ".part"
_SUFFIX = re.compile(r"\.[0-9a-z]{1,10}")


def place(sha256: str, suffix: str) -> str:
    """Return where a file of that hash is kept: ``归档/ab/ab….docx``, relative to the work folder.

    A suffix that is more than a dot and ten letters or digits is dropped: it comes from outside.
    """
    clean = suffix.lower()
    return f"{FOLDER}/{sha256[:2]}/{sha256}{clean if _SUFFIX.fullmatch(clean) else ''}"


def keep(folder: Path, data: bytes, suffix: str) -> tuple[str, str]:
    """Keep ``data`` in the archive of ``folder`` and return its hash and its relative path.

    What is kept is never written again. Raise ``LedgerError`` when it cannot be written or was damaged.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    relative = place(sha256, suffix)
    path = folder / relative
    try:
        if path.exists():
            _compare(path, sha256)
        else:
            _make_folder(path.parent)
            _write(path, data)
    except OSError as error:
        raise of_system(path, error) from error
    return sha256, relative


def drop(folder: Path, relative: str) -> None:
    """Remove kept bytes that no row of the ledger names; only the holder of the writers' lock may know that.

    Raise ``LedgerError`` when they cannot be removed.
    """
    _remove(folder / relative)


def sweep(folder: Path) -> None:
    """Remove what an interrupted ``keep`` left unfinished; for the holder of the writers' lock.

    Raise ``LedgerError`` when it cannot be removed.
    """
    for path in (folder / FOLDER).glob(f"*/*{_PART}"):
        _remove(path)


def fault(folder: Path, relative: str, sha256: str) -> str:
    """Return in Chinese what is wrong with the bytes kept at ``relative``, the empty text when they are as they came."""
    path = folder / relative
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return "归档里的原件不是普通文件了，请从备份恢复它"
        return "" if _hash(path) == sha256 else "归档里的原件被改动或已损坏，请从备份恢复它"
    except FileNotFoundError:
        return "归档里的原件不见了，请从备份恢复它"
    except OSError as error:
        return f"归档里的原件读不出来，请检查磁盘和权限（系统错误 {error.errno}）"


def unnamed(folder: Path, named: Container[str]) -> list[str]:
    """Return the files in the archive of ``folder`` that are not ``named`` (relative paths), sorted."""
    found = (path.relative_to(folder).as_posix() for path in (folder / FOLDER).rglob("*") if path.is_file())
    return sorted(relative for relative in found if relative not in named)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise of_system(path, error) from error


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _compare(path: Path, sha256: str) -> None:
    if _hash(path) != sha256:
        raise LedgerError(
            f"归档里的原件与其编号不符，可能已损坏：{path}。请从备份恢复它，或将它移走后再运行一次"
        )


def _make_folder(folder: Path) -> None:
    for parent in (folder.parent, folder):
        if not parent.is_dir():
            parent.mkdir(exist_ok=True)
            _sync_folder(parent.parent)


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}{_PART}")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals the rename
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
