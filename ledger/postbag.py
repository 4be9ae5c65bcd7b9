"""Mails that were taken out of a mailbox: which, when the server had them, what their senders' clocks said.

Knows rows; does not know how a mailbox is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from . import tables as t
from .store import Ledger


@dataclass(frozen=True, slots=True)
class Box:
    """A folder of an account; ``validity`` is its UIDVALIDITY, which changes when its UIDs mean other mails."""

    account: str
    folder: str
    validity: int


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of a mailbox: UID, Message-ID, size in bytes, and two moments in local time.

    ``internal_at`` is when the server took it in (INTERNALDATE), ``dated_at`` what its sender's clock said (Date) or
    none where that is no time.
    """

    uid: int
    message_id: str
    size: int
    internal_at: datetime
    dated_at: datetime | None = None


class Postbag:
    """The mails of one ledger that came out of a mailbox."""

    def __init__(self, ledger: Ledger) -> None:
        """Work on the tables of ``ledger``."""
        self._ledger = ledger

    def taken(self, box: Box) -> frozenset[int]:
        """Return the UIDs of ``box`` that were taken already."""
        mail = t.mails.c
        query = sa.select(mail.uid).where(*_in(box))
        with self._ledger.looking() as connection:
            return frozenset(connection.execute(query).scalars())

    def known(self, account: str, mail: Mail) -> str | None:
        """Return the hash of ``mail`` when it was taken under another UID: same Message-ID, size and moment."""
        column = t.mails.c
        if not mail.message_id:
            return None
        query = sa.select(column.sha256).where(
            column.account == account,
            column.message_id == mail.message_id,
            column.size == mail.size,
            column.internal_at == mail.internal_at,
        )
        with self._ledger.looking() as connection:
            return connection.execute(query).scalar()

    def note(self, box: Box, mail: Mail, sha256: str, at: datetime) -> None:
        """Note that ``mail`` of ``box``, whose bytes have that hash, is done with; a second time changes nothing."""
        values = {
            "account": box.account,
            "folder": box.folder,
            "validity": box.validity,
            "uid": mail.uid,
            "message_id": mail.message_id,
            "size": mail.size,
            "sha256": sha256,
            "internal_at": mail.internal_at,
            "dated_at": mail.dated_at,
            "taken_at": at,
        }
        with self._ledger.transaction() as connection:
            query = sa.select(t.mails.c.id).where(*_in(box), t.mails.c.uid == mail.uid)
            if connection.execute(query).scalar() is None:
                connection.execute(sa.insert(t.mails).values(**values))

    def moments(self, sha256: str) -> tuple[datetime, datetime | None] | None:
        """Return when the server had the mail of that hash and what its sender's clock said, or none."""
        query = sa.select(t.mails.c.internal_at, t.mails.c.dated_at).where(t.mails.c.sha256 == sha256)
        with self._ledger.looking() as connection:
            row = connection.execute(query.order_by(t.mails.c.internal_at)).first()
            return None if row is None else (row.internal_at, row.dated_at)


def _in(box: Box) -> tuple[sa.ColumnElement[bool], ...]:
    mail = t.mails.c
    return (mail.account == box.account, mail.folder == box.folder, mail.validity == box.validity)
