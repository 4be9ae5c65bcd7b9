"""文号: a series, a year and a number, 漯青发〔2020〕35号 (GB/T 9704-2012 7.2.5).

Knows how one is written; which are taken is the ledger's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_WRITTEN = re.compile(
    r"(?P<series>[^〔\[［（(【〕]+?)[〔\[［（(【](?P<year>\d{4})[〕\]］）)】]第?(?P<number>\d*)[_×xX]*号"
)


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A 文号; ``number`` counts from 1 within its series and year, and is 0 where it is still to be issued."""

    series: str
    year: int
    number: int = 0

    def __str__(self) -> str:
        """Return it as the standard has it: six-sided brackets, no 第, no leading noughts."""
        return f"{self.series}〔{self.year}〕{self.number or ''}号"

    @classmethod
    def parse(cls, text: str) -> DocumentNumber | None:
        """Read a 文号 with any brackets, or one without a number (``院青发〔2020〕号``); none for anything else."""
        found = _WRITTEN.fullmatch(re.sub(r"\s", "", text))
        if found is None:
            return None
        return cls(found["series"], int(found["year"]), int(found["number"] or 0))


@dataclass(frozen=True, slots=True)
class Issued:
    """A 文号 that is taken: for what, when, for which notice of the work (or none), and why it is not the next one."""

    number: DocumentNumber
    title: str
    issued_at: datetime
    notice: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of a series that nobody took, from ``first`` to ``last``, and the 文号 before which they are missing."""

    first: DocumentNumber
    last: DocumentNumber
    before: Issued


def gaps(issued: Iterable[Issued]) -> tuple[Gap, ...]:
    """Return what is missing between 1 and the last 文号 of each series and year."""
    found: list[Gap] = []
    last = DocumentNumber("", 0)
    for item in sorted(issued, key=lambda one: one.number):
        number = item.number
        if (number.series, number.year) != (last.series, last.year):
            last = DocumentNumber(number.series, number.year)
        if number.number > last.number + 1:
            first = DocumentNumber(number.series, number.year, last.number + 1)
            found.append(Gap(first, DocumentNumber(number.series, number.year, number.number - 1), item))
        last = number
    return tuple(found)
