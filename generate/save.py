"""Putting a finished file in its place: whole or not at all, and beside it when the place is taken.

Knows files; does not know what is in them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from forms import reason_of

from .package import OutputError

_TRIES = 99


def save(data: bytes, out: Path) -> Path:
    """Write ``data`` to ``out`` and return where it stands.

    A temporary name in the same folder is synced to the disk and then renamed, so that a half-written file is never
    seen. When ``out`` is open in WPS or Excel the file becomes ``名称(1)``, ``名称(2)`` … Raise ``OutputError`` when
    nothing can be written there.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        temporary = _written(data, out.parent)
    except OSError as error:
        raise OutputError(f"写不了 {out.name}：{reason_of(error)}。位置：{out.parent}") from error
    for target in _targets(out):
        try:
            os.replace(temporary, target)  # noqa: PTH105 - the one call that replaces atomically on Windows too
        except PermissionError:
            continue
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise OutputError(f"写不了 {target.name}：{reason_of(error)}。位置：{target.parent}") from error
        return target
    temporary.unlink(missing_ok=True)
    raise OutputError(f"写不了 {out.name}：文件正被别的程序占用。请关闭后再试")


def _written(data: bytes, folder: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o644)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def _targets(out: Path) -> Iterator[Path]:
    yield out
    for number in range(1, _TRIES):
        yield out.with_name(f"{out.stem}({number}){out.suffix}")
