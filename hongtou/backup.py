"""A copy of a work that can be trusted: the ledger as it stands at one moment, alone or with all that belongs to it.

The copy is made under a temporary name beside its place, synced, and only then takes the place.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from forms import HongtouError, reason_of
from ledger import LEDGER_FILE, Ledger

from .products import PRODUCTS
from .reading import INBOX

_LEFT_OUT = (PRODUCTS,)  # can be made again at any time
_PASSING = (".lock", ".part", ".tmp", "-journal")


class BackupError(HongtouError):
    """The copy cannot be written; nothing stands in its place."""

    exit_code = 3


class BackupPlaceError(HongtouError):
    """The copy was to take the place of what it copies."""


def backup(ledger: Ledger, out: Path) -> Path:
    """Write a copy to ``out`` and return it: a ``.zip`` holds the whole work without 产出, any other name the ledger.

    Raise ``BackupError`` when it cannot be written, ``LedgerError`` when the ledger cannot be read.
    """
    if out.resolve() == ledger.path.resolve():
        raise BackupPlaceError(f"备份不能写在台账自己的位置：{out}。请换一个文件名")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".~备份", dir=out.parent) as scratch:
            copy = Path(scratch) / LEDGER_FILE
            ledger.copy_to(copy)
            made = _packed(ledger.folder, copy, out) if out.suffix.lower() == ".zip" else copy
            _sync(made)
            os.replace(made, out)  # noqa: PTH105 - the one call that replaces atomically on Windows too
    except OSError as error:
        raise BackupError(f"写不了备份 {out.name}：{reason_of(error)}。位置：{out.parent}") from error
    return out


def _packed(folder: Path, copy: Path, out: Path) -> Path:
    """Pack the work in ``folder``, with the ``copy`` of its ledger in the ledger's place."""
    made = copy.with_name("备份.zip")
    # times that a zip cannot tell (1970, 2110) become the nearest that it can
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        archive.write(copy, LEDGER_FILE)
        for path, name in _belonging(folder, (out, copy)):
            archive.write(path, name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))
    return made


def _belonging(folder: Path, own: tuple[Path, Path]) -> Iterator[tuple[Path, str]]:
    """Yield the regular files of a work with their names in it, sorted.

    Left out are what passes, what can be made again, the backup itself, and what lies in 收件 but is too large or too
    deep to be taken in.
    """
    from extract import limits, walk

    out, copy = own
    for path, name in walk([folder]):
        parts = path.relative_to(folder).parts
        passing = path.name == LEDGER_FILE or path.name.endswith(_PASSING) or copy.parent in path.parents
        if passing or parts[0] in _LEFT_OUT or os.path.islink(path) or not os.path.isfile(path):  # noqa: PTH113, PTH114 - pathlib raises where a path is too long
            continue
        if parts[0] == INBOX and path.stat().st_size > limits.FILE:
            continue
        if path.resolve() != out.resolve():
            yield path, name


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
