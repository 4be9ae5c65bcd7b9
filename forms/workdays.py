"""Working days of China: the State Council's yearly arrangement of holidays and make-up days, where it is known.

The arrangement of a year is announced in the autumn before; of years that the package does not know only the weekends
count as days off.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

_SATURDAY = 5


def arranged(year: int) -> bool:
    """Whether the holidays of ``year`` are known."""
    from chinese_calendar.constants import holidays

    return bool(min(holidays).year <= year <= max(holidays).year)


def is_workday(day: date) -> bool:
    """Whether offices work on ``day``: by the arrangement of its year, else from Monday to Friday."""
    if not arranged(day.year):
        return day.weekday() < _SATURDAY
    import chinese_calendar

    return bool(chinese_calendar.is_workday(day))


def unarranged_years(days: Iterable[date]) -> tuple[int, ...]:
    """Return the years of ``days`` whose holidays are not known, in order."""
    return tuple(sorted(year for year in {day.year for day in days} if not arranged(year)))
