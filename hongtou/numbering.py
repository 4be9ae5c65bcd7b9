"""文号 of the notices: a fixed one is entered in the registry, one without a number gets the next.

Joins the work and the registry; how a 文号 is printed is the generators' affair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from forms import DocumentNumber, HongtouError, Issued, Notice, Work
from forms.docnumber import gaps
from ledger import Numbers, open_ledger


class SeriesError(HongtouError):
    """Nobody said of which series a 文号 is wanted."""


class Wanted(NamedTuple):
    """What a person asks the registry for; ``number`` is 0 for the next one, ``why`` explains one that is not."""

    series: str
    year: int
    title: str
    number: int = 0
    why: str = ""


def numbered(work: Work, at: datetime) -> Work:
    """Return ``work`` with the 文号 of its notices entered or issued; without any, the ledger is not touched.

    Raise ``NumberTakenError`` when a fixed 文号 belongs to something else.
    """
    written = [DocumentNumber.parse(notice.number) if notice.number else None for notice in work.notices]
    if not any(written):
        return work
    with open_ledger(work.folder) as ledger:
        numbers = Numbers(ledger)
        notices = [
            notice
            if number is None
            else notice.model_copy(update={"number": _entered(numbers, notice, number, at)})
            for notice, number in zip(work.notices, written, strict=True)
        ]
    return work.model_copy(update={"notices": tuple(notices)})


def _entered(numbers: Numbers, notice: Notice, number: DocumentNumber, at: datetime) -> str:
    if number.number:
        numbers.register(Issued(number, notice.title, at, notice.name, "work.yaml 指定"))
        return notice.number  # as the clerk wrote it: the checker speaks of brackets, not the registry
    return str(numbers.issue(number.series, number.year, notice.title, at, notice.name).number)


def taken(work: Work, wanted: Wanted, at: datetime) -> Issued:
    """Take a 文号 for something that is no notice of the work and return it; raise ``NumberTakenError``."""
    with open_ledger(work.folder) as ledger:
        numbers = Numbers(ledger)
        if not wanted.number:
            return numbers.issue(wanted.series, wanted.year, wanted.title, at)
        number = DocumentNumber(wanted.series, wanted.year, wanted.number)
        return numbers.register(Issued(number, wanted.title, at, why=wanted.why))


def series_of(work: Work, issued: Sequence[Issued]) -> str:
    """Return the series that is meant when none is named: 代字 of the issuer, else the only one in use."""
    if work.issuer.series:
        return work.issuer.series
    written = [DocumentNumber.parse(notice.number) for notice in work.notices if notice.number]
    used = dict.fromkeys([n.series for n in written if n] + [item.number.series for item in issued])
    if len(used) == 1:
        return next(iter(used))
    known = f"用过的有：{'、'.join(used)}" if used else "如 漯青发"
    raise SeriesError(
        f"不知道用哪个机关代字。请写明 --series（{known}），或在 work.yaml 的“发文机关”里写“代字”"
    )


def registry(work: Work) -> tuple[Issued, ...]:
    """Return every 文号 that the ledger of ``work`` has."""
    with open_ledger(work.folder) as ledger:
        return Numbers(ledger).issued()


def number_rows(issued: Sequence[Issued]) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row for each 文号: number, title, day, how it came about."""
    for item in issued:
        how = item.why or ("通知" if item.notice else "")
        yield str(item.number), item.title, f"{item.issued_at:%Y-%m-%d}", how


def gap_lines(issued: Sequence[Issued]) -> Iterator[str]:
    """Yield a line for each gap: which numbers are missing, and what is known of why."""
    for gap in gaps(issued):
        first, last = gap.first, gap.last
        span = f"{first.number}号" if first == last else f"{first.number}—{last.number}号"
        why = f"（{gap.before.why}）" if gap.before.why else ""
        told = f"{first.series}〔{first.year}〕缺 {span}：{gap.before.issued_at:%Y-%m-%d} 登记 {gap.before.number}{why}时跳过"
        yield f"{told}。在别处用了的，用 --number 补登记"
