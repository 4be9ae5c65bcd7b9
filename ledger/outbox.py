"""Messages that go out (发件): each in the ledger before it is sent, and what became of it after.

Knows rows; does not know how mail is sent. What happened to a message are rows that are added, never changed: the last
one says where it stands. A row of an address tells of that address alone, one without of the whole message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from forms import Dispatch, Message, Purpose, Stage

from . import tables as t
from .errors import NoSuchEntryError
from .store import Ledger

Fates = Mapping[str, tuple[Stage, str]]
"""What became of single addresses, and why."""

_INTERRUPTED = "上次发送中断在半路，不知道对方收到没有"


class Outbox:
    """The messages of one ledger that went out or are to go out."""

    def __init__(self, ledger: Ledger) -> None:
        """Work on the tables of ``ledger``."""
        self._ledger = ledger

    def enqueue(self, message: Message, at: datetime) -> Dispatch:
        """Return the dispatch of ``message``, known by its key; one that is new waits from now on."""
        with self._ledger.transaction() as connection:
            query = sa.select(t.dispatches.c.id).where(t.dispatches.c.key == message.key)
            number = connection.execute(query).scalar()
            if number is None:
                values = {
                    "key": message.key,
                    "purpose": message.purpose.value,
                    "unit": message.unit,
                    "occasion": message.occasion,
                    "subject": message.subject,
                    "archive": message.archive,
                }
                statement = sa.insert(t.dispatches).values(**values).returning(t.dispatches.c.id)
                number = connection.execute(statement).scalar_one()
                _note(connection, number, at, Stage.WAITING, "", _waiting(message.addresses))
            return _one(connection, number)

    def note(
        self, number: int, stage: Stage, at: datetime, why: str = "", fates: Fates | None = None
    ) -> Dispatch:
        """Note that a message stands at ``stage`` from now on, and what became of single addresses.

        Raise ``NoSuchEntryError`` when there is no such message.
        """
        with self._ledger.transaction() as connection:
            _one(connection, number)
            _note(connection, number, at, stage, why, fates or {})
            return _one(connection, number)

    def wait(self, number: int, addresses: Sequence[str], at: datetime, why: str = "") -> Dispatch:
        """Note that a message waits (again) for ``addresses``."""
        return self.note(number, Stage.WAITING, at, why, _waiting(addresses))

    def interrupted(self, at: datetime) -> tuple[Dispatch, ...]:
        """Note that nobody knows of the messages whose sending a crash cut off, and return them.

        Only for the holder of the writers' lock: to anybody else they may be on their way just now.
        """
        with self._ledger.transaction() as connection:
            lost = [one for one in _all(connection) if one.stage is Stage.SENDING]
            for one in lost:
                _note(connection, one.id, at, Stage.UNCERTAIN, _INTERRUPTED, {})
            return tuple(_one(connection, one.id) for one in lost)

    def dispatch(self, number: int) -> Dispatch:
        """Return the message of that number; raise ``NoSuchEntryError`` when there is none."""
        with self._ledger.looking() as connection:
            return _one(connection, number)

    def dispatches(self) -> tuple[Dispatch, ...]:
        """Return every message in the order they were made."""
        with self._ledger.looking() as connection:
            return _all(connection)


def _waiting(addresses: Iterable[str]) -> Fates:
    return dict.fromkeys(addresses, (Stage.WAITING, ""))


def _note(  # noqa: PLR0913, PLR0917 - the parts of one row
    connection: Connection, number: int, at: datetime, stage: Stage, why: str, fates: Fates
) -> None:
    told = [(None, stage, why), *((address, *fate) for address, fate in fates.items())]
    rows = [
        {"dispatch_id": number, "address": address, "stage": found.value, "why": reason, "made_at": at}
        for address, found, reason in told
    ]
    connection.execute(sa.insert(t.dispatch_events), rows)


def _one(connection: Connection, number: int) -> Dispatch:
    found = _all(connection, number)
    if not found:
        raise NoSuchEntryError(f"没有编号 {number} 的邮件。请用 hongtou mail list 查看编号")
    return found[0]


def _all(connection: Connection, only: int | None = None) -> tuple[Dispatch, ...]:
    heads = sa.select(t.dispatches).order_by(t.dispatches.c.id)
    events = sa.select(t.dispatch_events).order_by(t.dispatch_events.c.id)
    if only is not None:
        heads = heads.where(t.dispatches.c.id == only)
        events = events.where(t.dispatch_events.c.dispatch_id == only)
    told: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(events):
        told[row.dispatch_id].append(row)
    return tuple(_dispatch(head, told[head.id]) for head in connection.execute(heads).all())


def _dispatch(head: Row[Any], events: Sequence[Row[Any]]) -> Dispatch:
    """Put a message together with what its rows say, one after the other."""
    addresses: list[str] = []
    delivered: dict[str, None] = {}
    failed: dict[str, str] = {}
    last = events[0]
    for event in events:
        stage = Stage(event.stage)
        if event.address is None:
            last = event
            if stage is Stage.WAITING:  # begun anew, perhaps for other addresses
                addresses, failed = [], {}
        elif stage is Stage.WAITING:
            addresses.append(event.address)
        elif stage is Stage.SENT:
            delivered[event.address] = None
            failed.pop(event.address, None)
        else:
            delivered.pop(event.address, None)
            failed[event.address] = event.why
    message = Message(
        head.key,
        Purpose(head.purpose),
        head.unit,
        head.occasion,
        head.subject,
        head.archive,
        tuple(addresses),
    )
    stage = Stage(last.stage)
    return Dispatch(head.id, message, stage, last.made_at, last.why, tuple(delivered), tuple(failed.items()))
