"""What is said when the program itself fails: where, and which kind of error, never what a file says.

A traceback of Python ends with the error's own words, which may repeat a cell, a phone number, a name.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

_NEAREST = 8  # lines of the way to the error
_ROOT = Path(__file__).parents[1]


def told(error: Exception) -> Iterator[str]:
    """Yield the lines that tell of ``error``: its kind, and the places in the code that led to it, the nearest last."""
    yield (
        f"程序出错（{type(error).__name__}），没有做完；台账里写好的都在。"
        "请把这几行发给维护的人，里面没有填报内容："
    )
    for frame in traceback.extract_tb(error.__traceback__)[-_NEAREST:]:
        path = Path(frame.filename)
        name = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name
        yield f"  {name} 第{frame.lineno}行 {frame.name}"
