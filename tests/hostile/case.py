"""What a hostile file is and what must become of it; and the one good return that hides among them in many dresses."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from forms import load_forms
from generate.blank.filling import filled
from templates import CATALOGUE
from tests.wordfiles import docx, p, tbl

TITLE = "团干部走基层情况报告单"
VALUES: Mapping[str, object] = {
    "填表时间": "2020-07-08",
    "姓名": "陈青禾",
    "单位职务": "源汇区团委书记",
    "走访团组织名称": "青石桥社区团支部",
    "走访形式": "座谈",
    "走访人数.团干部": 3,
    "走访人数.团员青年": 25,
    "基层团组织工作开展情况": "按月开展主题团日",
    "基层团组织工作亮点": "建起青年夜校",
    "基层团组织工作存在问题": "活动场地不足",
    "帮扶措施及成效": "协调借用社区会议室",
}
"""What every good return of the set says, typed as the contract has it."""

SHOWN = {path: str(value) for path, value in VALUES.items()} | {"填表时间": "2020年7月8日"}
LABELS = {path: path.rpartition(".")[2] for path in VALUES}


@dataclass(frozen=True, slots=True)
class Case:
    """One file: its name, how it is made, and what must become of it.

    ``told`` is what the reason of the refusal must say (a regular expression); empty: it must be read and give
    ``VALUES``, with the doubts ``flags`` among others. ``passed`` marks what is left aside without a word.
    """

    name: str
    make: Callable[[], bytes]
    told: str = ""
    flags: tuple[str, ...] = ()
    passed: bool = False
    other: Mapping[str, object] = field(default_factory=dict)
    """Fields whose value is another than in ``VALUES``."""


@cache
def good() -> bytes:
    """Return a filled return as hongtou's own blank has it."""
    form = next(form for form in load_forms(CATALOGUE) if form.name == TITLE)
    with tempfile.TemporaryDirectory() as folder:
        return filled(form, SHOWN, None, Path(folder) / "好.docx").read_bytes()


def rows() -> Iterator[tuple[str, str]]:
    """Yield label and answer of the good return, line by line."""
    for path in VALUES:
        yield LABELS[path], SHOWN[path]


def table() -> str:
    """Return the good return's table as WordprocessingML."""
    return p(TITLE) + tbl(*rows())


def plain_docx(more: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a small docx with the good return and ``more`` markup behind it."""
    return docx(table() + more, parts)


def replaced(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the package ``data`` with ``parts`` put in or replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    """Return one part of the package ``data``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of ``members``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
