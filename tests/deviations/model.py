"""A filled form before it is written to a file: its items in order, the lines around it, and what a careful person reads.

Knows neither Word nor Excel. Texts may hold the marks of ``runs`` (``⟦del|29⟧``); ``visible`` says what a reader sees of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

REPORT = "团干部走基层情况报告单"
VISIT = "共青团工作观摩情况报告单"
DATE = "填表时间"
CADRES, YOUTH = "走访人数.团干部", "走访人数.团员青年"
COUNTS = (CADRES, YOUTH)
NAME, POST = "姓名", "单位职务"

Answer: TypeAlias = str | int | None
MARK = re.compile(r"⟦(\w+)(?:\|([^⟧]*))?⟧")
_SEEN = {
    "ins",
    "sdt",
    "box",
    "to",
    "link",
    "date",
    "smart",
    "simple",
    "under",
    "size",
    "pick",
    "drop",
    "form",
}


def visible(text: str) -> str:
    """Return what a reader sees of marked ``text``; notes, deletions, pictures and symbols count as nothing."""

    def seen(found: re.Match[str]) -> str:
        if found[1] in _SEEN:
            return found[2] or ""
        if found[1] == "ruby":
            return (found[2] or "").partition(":")[0]
        return {"tab": "\t", "hyphen": "-", "soft": "", "br": "\n"}.get(found[1], "")

    return MARK.sub(seen, text)


@dataclass(slots=True)
class Item:
    """One answer of a form: its label as it stands there, its true value, and the text that the clerk typed.

    ``doubt`` is why a careful person would hesitate; ``accept`` are values that are right too when they are doubted;
    ``also`` are texts that are right too. ``control`` is a content control around the answer: ``run``, ``block``,
    ``cell``, ``row``. ``given`` is a true Excel value (a date, a number, a formula). An item without a ``path`` is a row
    of the clerk's own.
    """

    path: str
    label: str
    value: Answer
    shown: str
    doubt: str = ""
    accept: list[Answer] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    control: str = ""
    given: object = None
    typed: str | None = None
    absent: bool = False
    touched: bool = False
    row: str = ""


@dataclass(slots=True)
class Cell:
    """A cell: text or inner blocks, its width in columns, its part in a vertical merge."""

    text: str = ""
    span: int = 1
    merge: str = ""
    label: bool = False
    control: str = ""
    blocks: list[Block] = field(default_factory=list)
    given: object = None
    numbered: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph outside the table, or a row of its own in Excel; ``role`` is title, date, cover, note, sign or text."""

    text: str
    role: str = "text"
    side: str = "left"
    given: object = None


@dataclass(slots=True)
class Row:
    """A row of cells; ``before`` grid columns are left out at its left; ``deleted`` and ``hidden`` rows are not read."""

    cells: list[Cell]
    before: int = 0
    deleted: bool = False
    hidden: bool = False
    control: bool = False
    header: bool = False


@dataclass(slots=True)
class Table:
    """A table over grid columns of the given widths (twentieths of a point)."""

    rows: list[Row]
    widths: list[int]
    control: bool = False


@dataclass(slots=True)
class Break:
    """A new page."""


@dataclass(slots=True)
class Boxed:
    """A text box that holds blocks."""

    blocks: list[Block]


Block: TypeAlias = "Line | Table | Break | Boxed"
Step: TypeAlias = "Callable[[list[Block], Filled, Random], None]"


@dataclass(slots=True)
class Filled:
    """One filled form.

    ``layout`` names how it is laid out, ``counts`` how 走访人数 stands in it (``combined``: both numbers as one text),
    ``dated`` where the fill date stands; ``steps`` change the blocks that come of it. ``kept`` are texts beside the values
    that must not be lost, ``never`` texts that must not become values, ``period_doubt`` why the period is uncertain.
    """

    form: str
    unit: str
    period: str
    title: str
    date: Item
    items: list[Item]
    before: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    layout: str = "grid"
    dated: str = "line"
    header: str = ""
    paired: bool = True
    counts: str = "merged"
    combined: str = ""
    counts_label: str = "走访人数"
    whole_doubt: str = ""
    period_doubt: str = ""
    native: list[str] = field(default_factory=list)
    untitled: bool = False
    named: bool = False
    blank: bool = False
    file_month: int = 0

    def item(self, path: str) -> Item:
        """Return the item of the field ``path``, the date line's included."""
        return next(item for item in (self.date, *self.items) if item.path == path)

    def pick(self, random: Random, *, long: bool = True, prose: bool = False) -> Item:
        """Return an answer that no deviation has touched yet, and mark it as touched; ``prose`` wants sentences."""
        free = [i for i in self.items if i.path and not i.touched and not i.absent and _kind(i, long)]
        free = [i for i in free if not (prose and i.path == "走访团组织名称")]
        chosen = random.choice(free)
        chosen.touched = True
        return chosen


def _kind(item: Item, long: bool) -> bool:
    if item.path in COUNTS or not item.value:
        return False
    return item.path not in (NAME, POST, "走访形式", "组织观摩部室") or not long


@dataclass(frozen=True, slots=True)
class Deviation:
    """One way in which clerks deviate: ``apply`` does it to a filled form.

    ``claims`` are the things it changes: two deviations of one return never claim the same. ``forms`` and ``formats`` are
    where it can stand; ``converts`` says whether it survives a conversion to another format.
    """

    name: str
    apply: Callable[[Filled, Random], None]
    claims: frozenset[str]
    forms: tuple[str, ...] = (REPORT, VISIT)
    formats: tuple[str, ...] = ("docx", "xlsx")
    converts: bool = True


def deviation(
    name: str,
    apply: Callable[[Filled, Random], None],
    claims: str,
    formats: str = "docx xlsx",
    form: str = "",
) -> Deviation:
    """Return a deviation; ``claims`` and ``formats`` are words with blanks between, ``form`` is empty for both forms."""
    forms = (form,) if form else (REPORT, VISIT)
    return Deviation(name, apply, frozenset(claims.split()), forms, tuple(formats.split()))
