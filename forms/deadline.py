"""Deadlines as a clerk words them (28日, 季末月28日, 12月底, 每学期末), and what happens when one falls on a day off.

Knows wordings of days and the working days of the country; knows neither units nor forms.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .period import Period
from .workdays import is_workday

_DAY = r"(?:(?P<day>\d{1,2})[日号]|(?P<end>月?底|月?末|最后一天))前?"
_DEADLINES = (
    ("same", re.compile(rf"(?:当月|每月|本月)?{_DAY}")),
    ("next", re.compile(rf"(?:次月|下月|下个月){_DAY}")),
    ("last", re.compile(rf"(?:每?季(?:度)?末(?:月|一?个月)|每季度最后(?:一个)?月){_DAY}")),
    ("year", re.compile(rf"(?P<next>次年|第二年)?(?P<month>\d{{1,2}})月{_DAY}")),
    ("week", re.compile(r"(?P<next>下|次)?(?:每|当|本)?(?:周|星期)(?P<weekday>[一二三四五六日天])前?")),
    ("period", re.compile(r"每?(?:个)?(?:季度?|学期|学年|年度?|期)[末底]前?")),
    ("fixed", re.compile(r"(?P<year>20\d{2})[年-](?P<month>\d{1,2})[月-](?P<day>\d{1,2})日?前?")),
)
_WAYS = "“28日”“次月10日”“季末月28日”“每学期末”“12月底”“次年1月10日”“周五”“2020年12月31日”"


class DayOff(StrEnum):
    """What is done when a deadline falls on a day off (遇休息日); the value is the word of ``work.yaml``."""

    KEEP = "不变"
    LATER = "顺延"
    EARLIER = "提前"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which a report of a period is in time, as the clerk wrote it (``当月28日``, ``季末月28日``).

    Several days joined by 、 (``1月15日、7月10日``) are one for each period: the first that is not before its start.
    """

    text: str

    def __post_init__(self) -> None:
        """Refuse a wording that no rule reads (``ValueError`` in Chinese)."""
        if any(_rule(part) is None for part in self._parts()):
            raise ValueError(f"“{self.text}”认不出是哪一天，可写{_WAYS}，几个日子用顿号隔开")

    def due(self, period: Period, day_off: DayOff = DayOff.KEEP) -> date:
        """Return the day on which the report of ``period`` is due, moved off a day off as ``day_off`` says."""
        days = sorted(_day(part, period) for part in self._parts())
        chosen = next((day for day in days if day >= period.start), days[-1])
        step = {DayOff.KEEP: 0, DayOff.LATER: 1, DayOff.EARLIER: -1}[day_off]
        while step and not is_workday(chosen):
            chosen += timedelta(days=step)
        return chosen

    def _parts(self) -> list[str]:
        return re.sub(r"\s", "", self.text).split("、")


def _rule(text: str) -> tuple[str, re.Match[str]] | None:
    for name, pattern in _DEADLINES:
        found = pattern.fullmatch(text)
        if found is not None and _sound(found):
            return name, found
    return None


def _day(text: str, period: Period) -> date:
    rule = _rule(text)
    assert rule is not None  # noqa: S101 - Deadline refused the rest
    name, found = rule
    if name == "period":
        return period.end
    if name == "fixed":
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    if name == "week":
        offset = "一二三四五六日".index(found["weekday"].replace("天", "日"))
        return period.start + timedelta(days=offset + (7 if found["next"] else 0))
    year, month = _month(name, found, period)
    last = calendar.monthrange(year, month)[1]
    return date(year, month, last if found["end"] else min(int(found["day"]), last))


def _month(name: str, found: re.Match[str], period: Period) -> tuple[int, int]:
    end = period.end
    if name == "next":
        following = end + timedelta(days=1)
        return following.year, following.month
    if name == "year":
        month = int(found["month"])
        year = period.start.year
        if found["next"] or (period.start.year < end.year and month < period.start.month):
            year += 1
        return year, month
    return end.year, end.month


def _sound(found: re.Match[str]) -> bool:
    numbers = found.groupdict()
    day, month, year = numbers.get("day"), numbers.get("month"), numbers.get("year")
    if year is not None and month is not None and day is not None:
        return 1 <= int(month) <= 12 and 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]
    return (day is None or 1 <= int(day) <= 31) and (month is None or 1 <= int(month) <= 12)
