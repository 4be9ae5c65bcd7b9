"""Recognising a period in a file name, a title or a line: 2020年7月, 7月份, 202007, 第三季度.

Knows wordings; the cadence that a form is due in is given.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from forms import Cadence, Period

from .numbers import chinese_value

_YEAR = r"(?:(?P<year>20\d{2})\s*[年._\-/]?\s*)?"
_ONES = "一二三四五六七八九十"
_FULL_DAY = re.compile(
    r"(?<!\d)(20\d{2})(?:年|(?P<gap>[._\-/]?))(0?[1-9]|1[0-2])(?:月|(?P=gap))(0?[1-9]|[12]\d|3[01])(?!\d)日?"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d{2})[年._\-/]?(?P<number>0[1-9]|1[0-2])(?!\d|号)")
_MONTH = re.compile(
    rf"{_YEAR}(?<!\d)(?P<number>1[0-2]|0?[1-9]|十[一二]?|[{_ONES}])(?:\s*月|(?=[、和及]\d{1, 2}月))"
)
_QUARTER = re.compile(rf"{_YEAR}(?:第?(?P<number>[一二三四1-4])\s*季度?|[Qq](?P<letter>[1-4])(?!\d))")
_WEEK = re.compile(rf"{_YEAR}第(?P<number>\d{{1,2}}|[{_ONES}]+)周")
_TERM = re.compile(rf"{_YEAR}(?:[-—~至]\s*20\d{{2}})?\s*(?:学年)?\s*第?(?P<number>[一二12上下秋春])\s*学?期")
_SCHOOL_YEAR = re.compile(r"(?<!\d)(?P<year>20\d{2})\s*[-—–~～至]+\s*20\d{2}\s*学?年")
_YEARLY = re.compile(r"(?<!\d)(?P<year>20\d{2})(?!\d|\s*[班级届])")  # 建工2002班 is no year
_PATTERNS = {
    Cadence.MONTHLY: (_COMPACT, _MONTH),
    Cadence.QUARTERLY: (_QUARTER,),
    Cadence.WEEKLY: (_WEEK,),
    Cadence.TERMLY: (_TERM,),
    Cadence.SCHOOL_YEARLY: (_SCHOOL_YEAR, _YEARLY),
    Cadence.YEARLY: (_YEARLY,),
    Cadence.ONCE: (_YEARLY,),
}
_NAMED = {"上": 1, "秋": 1, "下": 2, "春": 2}


def find_period(text: str, cadence: Cadence, year: int | None) -> Period | None:
    """Return the period of ``cadence`` that ``text`` names; ``year`` completes one without a year.

    Several different periods in one text name none. A full day counts for the period it lies in.
    """
    plain = unicodedata.normalize("NFKC", text)
    for pattern in _PATTERNS[cadence]:
        found = {period for match in pattern.finditer(plain) if (period := _period(match, cadence, year))}
        if found:
            return next(iter(found)) if len(found) == 1 else None
    days = {Period.containing(cadence, day) for match in _FULL_DAY.finditer(plain) if (day := _day(match))}
    return next(iter(days)) if len(days) == 1 else None


def _period(match: re.Match[str], cadence: Cadence, year: int | None) -> Period | None:
    groups = match.groupdict()
    own = int(groups["year"]) if groups.get("year") else year
    if own is None:
        return None
    word = groups.get("number") or groups.get("letter")
    if word is None:
        return Period(cadence, own)
    number = _NAMED.get(word) or (int(word) if word.isdecimal() else chinese_value(word))
    try:
        return Period.parse(str(Period(cadence, own, number or 0)))
    except ValueError:
        return None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
