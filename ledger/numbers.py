"""The registry of 文号: issued in order within a series and a year, never twice.

Knows rows; does not know which notice gets which series.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from forms import DocumentNumber, HongtouError, Issued

from . import tables as t
from .store import Ledger


class NumberTakenError(HongtouError):
    """A 文号 was asked for that something else has."""


class Numbers:
    """The 文号 of one ledger. Each is taken in a transaction that holds the write lock from its beginning."""

    def __init__(self, ledger: Ledger) -> None:
        """Work on the table of ``ledger``."""
        self._ledger = ledger

    def issue(self, series: str, year: int, title: str, at: datetime, notice: str = "") -> Issued:
        """Take the number after the last one of ``series`` in ``year`` and return it.

        A notice that has one of that series and year already keeps it, whatever its title is now.
        """
        with self._ledger.transaction() as connection:
            kept = _of_notice(connection, series, year, notice) if notice else None
            if kept is not None:
                return kept
            query = sa.select(sa.func.max(t.numbers.c.number)).where(_series(series, year))
            last = connection.execute(query).scalar() or 0
            return _take(connection, Issued(DocumentNumber(series, year, last + 1), title, at, notice))

    def register(self, wanted: Issued) -> Issued:
        """Take the number that ``wanted`` names and return it; the same notice may ask again.

        Raise ``NumberTakenError`` when something else has it.
        """
        number = wanted.number
        with self._ledger.transaction() as connection:
            query = sa.select(t.numbers).where(
                _series(number.series, number.year), t.numbers.c.number == number.number
            )
            row = connection.execute(query).first()
            if row is None:
                return _take(connection, wanted)
            taken = _issued(row)
        if taken.notice and taken.notice == wanted.notice:
            return taken
        raise NumberTakenError(
            f"{number}已经用于“{taken.title}”（{taken.issued_at:%Y-%m-%d}）。请换一个号；"
            "已发的号用 hongtou number 查看"
        )

    def issued(self) -> tuple[Issued, ...]:
        """Return every 文号 by series, year and number."""
        columns = t.numbers.c
        query = sa.select(t.numbers).order_by(columns.series, columns.year, columns.number)
        with self._ledger.looking() as connection:
            return tuple(_issued(row) for row in connection.execute(query))


def _series(series: str, year: int) -> sa.ColumnElement[bool]:
    return sa.and_(t.numbers.c.series == series, t.numbers.c.year == year)


def _of_notice(connection: Connection, series: str, year: int, notice: str) -> Issued | None:
    query = sa.select(t.numbers).where(_series(series, year), t.numbers.c.notice == notice)
    row = connection.execute(query.order_by(t.numbers.c.number.desc())).first()
    return _issued(row) if row is not None else None


def _take(connection: Connection, issued: Issued) -> Issued:
    number = issued.number
    at = issued.issued_at.astimezone().replace(tzinfo=None) if issued.issued_at.tzinfo else issued.issued_at
    values = {"series": number.series, "year": number.year, "number": number.number, "title": issued.title}
    statement = sa.insert(t.numbers).values(
        **values, notice=issued.notice, why=issued.why, issued_at=at.replace(microsecond=0)
    )
    connection.execute(statement)
    return issued


def _issued(row: Row[tuple[object, ...]]) -> Issued:
    number = DocumentNumber(row.series, row.year, row.number)
    return Issued(number, row.title, row.issued_at, row.notice, row.why)
