"""Mistakes in the clerk's own files, each with file, line, key, what is wrong and how to mend it.

The base of every error that stops a command stands here too, because every package raises its own kind of it.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass

_WHY = {
    errno.EACCES: "没有权限，或文件正被 WPS、Word、Excel 打开，请关掉再试",
    errno.EPERM: "没有权限，或文件正被 WPS、Word、Excel 打开，请关掉再试",
    errno.ENOSPC: "磁盘满了，请腾出空间再试",
    errno.EROFS: "这个位置是只读的，请换一个位置",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.ENAMETOOLONG: "文件名太长，请缩短",
}


class HongtouError(Exception):
    """Stops a command: a Chinese sentence that says what, where and what to do, and the exit status."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file that the clerk wrote; ``line`` counts from 1 and is 0 where a file has no lines."""

    file: str
    line: int
    key: str
    what: str
    mend: str

    def __str__(self) -> str:
        """Return one line: file, place, key, what is wrong, how to mend it."""
        place = f" 第{self.line}行" if self.line else ""
        key = f"“{self.key}”" if self.key else ""
        return f"{self.file}{place}{key}：{self.what}。{self.mend}"


class MistakesError(HongtouError):
    """All mistakes found in the clerk's files at once."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        """Keep the mistakes; the message is one line for each."""
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def reason_of(error: OSError) -> str:
    """Say in Chinese why a file could not be opened or written, and what to do where that is known."""
    return _WHY.get(error.errno or 0) or f"系统错误 {error.errno or type(error).__name__}"
