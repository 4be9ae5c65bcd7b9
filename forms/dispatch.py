"""What goes out by mail, as the ledger keeps it: one message to one unit, and what became of it. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a message is for; the value is the word that a clerk sees."""

    NOTICE = "通知"
    REMINDER = "催报"


class Stage(StrEnum):
    """Where a message stands; the value is the word that a clerk sees.

    ``SENDING`` is written before its text goes over the wire: what is found so later was interrupted, and nobody can
    know whether it arrived (``UNCERTAIN``) but a person who looks. ``DROPPED`` never went: another took its place.
    """

    WAITING = "待发"
    SENDING = "发送中"
    SENT = "已发"
    REFUSED = "被拒"
    UNCERTAIN = "待核实"
    BOUNCED = "退信"
    DROPPED = "作废"


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be sent: to which unit, on which occasion, and where its text lies in the archive.

    ``occasion`` is the periods asked for (``2020-07 2020-Q3``) or, of a reminder, the day. ``key`` is the Message-ID:
    the same for the same work, unit, purpose, occasion and content, whenever it is made.
    """

    key: str
    purpose: Purpose
    unit: str
    occasion: str
    subject: str
    archive: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A message in the ledger with what became of it: ``stage`` since ``at`` (local time) and why.

    ``delivered`` are the addresses that a server has taken it for, ``failed`` those refused or bounced, with reasons.
    """

    id: int
    message: Message
    stage: Stage
    at: datetime
    why: str = ""
    delivered: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()

    @property
    def needs_person(self) -> bool:
        """Whether a person has to look at it: it may not have arrived, or not everywhere."""
        return self.stage in (Stage.REFUSED, Stage.UNCERTAIN, Stage.BOUNCED) or bool(self.failed)
