"""Which files there are, each with the name that its records show. Opens none of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

NOT_REGULAR = "不是普通文件，没有打开。请把文件本身放进来，不要放快捷方式或链接"


def walk(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield every file of ``paths`` with the source that its records show, in the order of the sources.

    Inside a folder the source is relative to that folder, with ``/``; a file is shown as it was given. Links are not
    followed; they, pipes, devices and folders that cannot be entered are yielded for whoever reads to refuse by name.
    """
    found: list[tuple[str, Path]] = []
    for path in paths:
        if path.is_dir():
            found += [(readable(item.relative_to(path).as_posix()), item) for item in _inside(path)]
        else:
            found.append((readable(path.as_posix()), path))
    for source, path in sorted(found):
        yield path, source


def _inside(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        place = Path(parent)
        yield from (place / name for name in files)
        yield from (place / name for name in folders if os.path.islink(place / name))  # noqa: PTH114 - pathlib raises where a path is too long
    yield from closed


def regular(path: Path) -> bool:
    """Whether ``path`` itself is a file of bytes; a link to one, a pipe, a device or a folder is not."""
    return stat.S_ISREG(path.lstat().st_mode)


def readable(source: str) -> str:
    """Return ``source`` with the parts whose bytes are GBK, as old archives leave them on a disk, as their sender saw them.

    A part that is neither stays as it is, with a lone surrogate for each byte that nobody can read (PEP 383).
    """
    return "/".join(_part(part) for part in source.split("/"))


def _part(name: str) -> str:
    if not unreadable(name):
        return name
    try:
        return os.fsencode(name).decode("gb18030")
    except UnicodeError:
        return name


def unreadable(name: str) -> bool:
    """Whether ``name`` holds bytes that no encoding explains."""
    return any("\ud800" <= char <= "\udfff" for char in name)


def in_bytes(name: str) -> str:
    r"""Return ``name`` with its unreadable bytes as ``\\xff``."""
    return "".join(f"\\x{ord(char) - 0xDC00:02x}" if "\udc80" <= char <= "\udcff" else char for char in name)
