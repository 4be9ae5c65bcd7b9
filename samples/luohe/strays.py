"""Files that lie among the returns and hold no form: damaged, empty, of another work, lock files and thumbnails."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from . import tables
from .marks import Extras
from .returns import Return
from .word import document

OTHER_WORK = (
    "关于开展优秀志愿者评选的通知",
    "各志愿服务组织：",
    "为表彰先进、树立典型，经研究，决定开展年度优秀志愿者评选。现将有关事项通知如下。",
    "一、评选名额为20名，注册时间满一年、年度服务时长不少于60小时的志愿者均可参评。",
    "二、请于8月31日前将推荐材料报市志愿者服务中心。",
    "市志愿者服务中心",
    "2020年8月17日",
)


def stray(given: Return, good: Callable[[], bytes]) -> bytes:
    """Return the bytes of the stray file ``given``; ``good`` makes the docx that a broken one is cut from."""
    made: dict[str, Callable[[], bytes]] = {
        "坏文件": lambda: (whole := good())[: len(whole) * 3 // 5],
        "别的工作": partial(_text, OTHER_WORK),
        "零字节": bytes,
        "空文档": partial(_text, ("",)),
        "锁文件": _owner_file,
        "缩略图": _thumbnails,
    }
    return made[given.make]()


def _text(lines: tuple[str, ...]) -> bytes:
    extras = Extras()
    return document("".join(tables.line(text, "", "left", extras) for text in lines), extras, {})


def _owner_file() -> bytes:
    """Return the 162 bytes that Word lays beside an open document: the user's name, once short and once wide."""
    user = "guxiaofeng"
    short = bytes((len(user),)) + user.encode("ascii").ljust(53, b"\0")
    return (short + bytes((len(user), 0)) + user.encode("utf-16-le")).ljust(162, b"\0")


def _thumbnails() -> bytes:
    """Return the first sector of an OLE file, which is what a small Thumbs.db begins with ([MS-CFB] 2.2)."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900")
    return head.ljust(4608, b"\xff")
