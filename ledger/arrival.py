"""What goes into the ledger with a file, and what the ledger answers. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forms import Status


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in: its hash, name (as a source of the contract), size in bytes, local time and place in the archive."""

    sha256: str
    name: str
    size: int
    received_at: datetime
    archive: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What ``accept`` did: whether the bytes were ``new``, the numbers of their returns, and the name they had first."""

    new: bool
    submissions: tuple[int, ...]
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the archive: its hash, its first name, where it lies, and which version of the reader read it last."""

    sha256: str
    name: str
    archive: str
    reader: str
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that the ledger knows: every name it arrived under, the first one first, and how its records stand."""

    names: tuple[str, ...]
    statuses: tuple[Status, ...]
