"""Cadences and periods: how often something is due and which stretch of time it covers.

Knows the calendar of offices and schools; knows neither units nor forms. Until which day is ``deadline``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Cadence(StrEnum):
    """How often a report is due; the value is the word used in ``work.yaml``."""

    WEEKLY = "每周"
    MONTHLY = "每月"
    QUARTERLY = "每季度"
    TERMLY = "每学期"
    SCHOOL_YEARLY = "每学年"
    YEARLY = "每年"
    ONCE = "一次性"


_TAGS = {
    Cadence.WEEKLY: ("W", 53),
    Cadence.MONTHLY: ("", 12),
    Cadence.QUARTERLY: ("Q", 4),
    Cadence.TERMLY: ("S", 2),
}
_NUMERALS = "零一二三四"
_PERIOD = re.compile(r"(\d{4})(?:-(?:W(\d{2})|Q(\d)|S(\d)|(AY)|(ONCE)|(\d{2})))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One stretch of time that a report covers.

    ``number`` counts weeks (ISO 8601), months, quarters or terms from 1 and is 0 for a whole year.
    What is due once only is named by the year in which its work begins. A school year 2020 runs from 1 September 2020
    to 31 August 2021; its first term ends on 31 January.
    """

    cadence: Cadence
    year: int
    number: int = 0

    def __str__(self) -> str:
        """Return the code of the contract: ``2020-W27``, ``2020-07``, ``2020-Q3``, ``2020-S1``, ``2020-AY``, ``2020``; ``2020-ONCE``."""
        if self.cadence is Cadence.YEARLY:
            return f"{self.year}"
        if self.cadence is Cadence.SCHOOL_YEARLY:
            return f"{self.year}-AY"
        if self.cadence is Cadence.ONCE:
            return f"{self.year}-ONCE"
        tag, _ = _TAGS[self.cadence]
        width = 2 if self.cadence in (Cadence.WEEKLY, Cadence.MONTHLY) else 1
        return f"{self.year}-{tag}{self.number:0{width}d}"

    @property
    def label(self) -> str:
        """The period in the words of a document: ``2020年7月``, ``2020年第三季度``."""
        match self.cadence:
            case Cadence.WEEKLY:
                return f"{self.year}年第{self.number}周"
            case Cadence.MONTHLY:
                return f"{self.year}年{self.number}月"
            case Cadence.QUARTERLY:
                return f"{self.year}年第{_NUMERALS[self.number]}季度"
            case Cadence.TERMLY:
                return f"{self.year}—{self.year + 1}学年第{_NUMERALS[self.number]}学期"
            case Cadence.SCHOOL_YEARLY:
                return f"{self.year}—{self.year + 1}学年"
            case Cadence.YEARLY:
                return f"{self.year}年"
            case Cadence.ONCE:
                return f"{self.year}年（一次性）"

    @property
    def start(self) -> date:
        """The first day."""
        match self.cadence:
            case Cadence.WEEKLY:
                return date.fromisocalendar(self.year, self.number, 1)
            case Cadence.MONTHLY:
                return date(self.year, self.number, 1)
            case Cadence.QUARTERLY:
                return date(self.year, 3 * self.number - 2, 1)
            case Cadence.TERMLY:
                return date(self.year, 9, 1) if self.number == 1 else date(self.year + 1, 2, 1)
            case Cadence.SCHOOL_YEARLY:
                return date(self.year, 9, 1)
            case Cadence.YEARLY | Cadence.ONCE:
                return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """The last day."""
        return _last(self)

    @property
    def middle(self) -> date:
        """The middle day, which tells the longer period that this one counts for."""
        return self.start + (self.end - self.start) / 2

    def next(self) -> Period:
        """Return the period that follows."""
        if self.cadence is Cadence.WEEKLY:
            following = self.start + timedelta(days=7)
            return Period.containing(self.cadence, following)
        if self.cadence not in _TAGS or self.number == _TAGS[self.cadence][1]:
            return Period(self.cadence, self.year + 1, 1 if self.cadence in _TAGS else 0)
        return Period(self.cadence, self.year, self.number + 1)

    @classmethod
    def containing(cls, cadence: Cadence, day: date) -> Period:
        """Return the period of ``cadence`` in which ``day`` lies."""
        match cadence:
            case Cadence.WEEKLY:
                iso = day.isocalendar()
                return cls(cadence, iso.year, iso.week)
            case Cadence.MONTHLY:
                return cls(cadence, day.year, day.month)
            case Cadence.QUARTERLY:
                return cls(cadence, day.year, (day.month + 2) // 3)
            case Cadence.YEARLY | Cadence.ONCE:
                return cls(cadence, day.year)
        school_year = day.year if day.month >= 9 else day.year - 1
        if cadence is Cadence.SCHOOL_YEARLY:
            return cls(cadence, school_year)
        return cls(cadence, school_year, 2 if 2 <= day.month <= 8 else 1)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read the code that ``str`` gives; raise ``ValueError`` for anything else."""
        found = _PERIOD.fullmatch(text.strip())
        if found is None:
            raise ValueError(
                f"“{text}”不是报送期，应写成 2020-07、2020-Q3、2020-S1、2020-AY、2020-W27 或 2020"
            )
        year, week, quarter, term, school_year, once, month = found.groups()
        whole = Cadence.SCHOOL_YEARLY if school_year else Cadence.ONCE if once else Cadence.YEARLY
        cadence, number = next(
            (
                (kind, int(value))
                for kind, value in (
                    (Cadence.WEEKLY, week),
                    (Cadence.QUARTERLY, quarter),
                    (Cadence.TERMLY, term),
                    (Cadence.MONTHLY, month),
                )
                if value
            ),
            (whole, 0),
        )
        period = cls(cadence, int(year), number)
        if cadence in _TAGS and not 1 <= number <= _TAGS[cadence][1]:
            raise ValueError(f"“{text}”不是报送期：没有这样的序号")
        _ = period.start  # a 53rd week exists in some years only
        return period


def periods_between(cadence: Cadence, first: date, last: date) -> tuple[Period, ...]:
    """Return the periods of ``cadence`` that touch the days from ``first`` to ``last``, both included.

    What is due once only has one period, however many years the days span.
    """
    if cadence is Cadence.ONCE:
        return (Period.containing(cadence, first),)
    found = []
    period = Period.containing(cadence, first)
    while period.start <= last:
        found.append(period)
        period = period.next()
    return tuple(found)


_WITHIN = {
    Cadence.WEEKLY: (
        Cadence.MONTHLY,
        Cadence.QUARTERLY,
        Cadence.TERMLY,
        Cadence.SCHOOL_YEARLY,
        Cadence.YEARLY,
    ),
    Cadence.MONTHLY: (Cadence.QUARTERLY, Cadence.TERMLY, Cadence.SCHOOL_YEARLY, Cadence.YEARLY),
    Cadence.QUARTERLY: (Cadence.YEARLY,),
    Cadence.TERMLY: (Cadence.SCHOOL_YEARLY,),
    Cadence.ONCE: (Cadence.YEARLY,),
}


def fits_into(inner: Cadence, outer: Cadence) -> bool:
    """Whether each period of ``inner`` counts for just one of ``outer``: a month for a term, but no quarter for a term."""
    return outer in (inner, Cadence.ONCE) or outer in _WITHIN.get(inner, ())


@lru_cache(maxsize=4096)
def _last(period: Period) -> date:
    """Return the last day; asked for every return of a year again and again."""
    return period.next().start - timedelta(days=1)
