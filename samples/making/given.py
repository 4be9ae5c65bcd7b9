"""Returns of a sample as data: what stands in each, how it came to be, how it was packed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Value = str | int | float | date | None
Row = Mapping[str, Value]


class Make(StrEnum):
    """How a clerk made a file; the value is the deviation that the comparison counts it under."""

    BLANK = "填空白表"
    BARE = "空白表去标识"
    RETYPED = "自制表"
    SHEET = "电子表格"
    PAGE = "网页存成doc"
    RICH = "rtf存成doc"
    OLD = "旧版Word"


@dataclass(frozen=True, slots=True)
class Filled:
    """One filled form: true values by path, true rows by group; ``typed`` is how an answer stands where it differs.

    ``doubts`` are the paths (``*`` the whole) at which a careful person hesitates; ``labels`` are other wordings.
    """

    form: str
    unit: str
    period: str
    values: Mapping[str, Value]
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    unfilled: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One file below 收件: a filled form as ``make`` says, or a mail or archive (by its name) of ``members``.

    ``arrived`` is local time. ``sender`` and ``subject`` are a mail's; a mail's time is in its own header too.
    """

    file: str
    arrived: datetime
    filled: Filled | None = None
    make: Make = Make.BLANK
    members: tuple[Sent, ...] = ()
    sender: str = ""
    subject: str = ""
    body: str = ""


def shown(value: Value) -> str:
    """Return how a clerk types ``value`` when nothing special happens: 2020年9月8日 for a date."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)


def at(text: str) -> datetime:
    """Return the local moment ``2020-09-08 09:30`` on the clerk's clock."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").astimezone()
