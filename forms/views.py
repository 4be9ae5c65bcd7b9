"""Plain frozen views of the ledger: what the ledger hands out and the generators print.

They stand here because the ledger and the generators know only ``forms``, not each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from .reading import Scalar, Status, Submission


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's answer that stands over what was read; ``row`` is 0 outside a group."""

    submission: int
    field: str
    value: Scalar
    why: str
    made_at: datetime
    row: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission of the ledger with its file.

    ``submission`` has corrections applied and settled doubts taken away. ``archive`` is the path of the kept bytes
    relative to the work folder, with ``/``. ``received_at`` is local time. ``superseded_by`` names the later return
    of the same unit, form and period, 0 when this one is current.
    """

    id: int
    source: str
    sha256: str
    archive: str
    received_at: datetime
    status: Status
    submission: Submission
    corrections: tuple[Correction, ...] = ()
    superseded_by: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file of the ledger that holds no submission: rejected or ignored, and why."""

    source: str
    sha256: str
    archive: str
    received_at: datetime
    status: Status
    reason: str


class State(StrEnum):
    """Where a report that is owed stands."""

    REPORTED = "reported"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not_due"

    @property
    def label(self) -> str:
        """The Chinese word that a clerk sees."""
        return {"reported": "按时报送", "late": "逾期报送", "missing": "未报送", "not_due": "未到期"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Standing:
    """One report that is owed and what became of it; ``submission`` is an ``Entry.id`` or none."""

    unit: str
    form: str
    period: str
    due: date
    state: State
    received_at: datetime | None = None
    submission: int | None = None
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class QuotaResult:
    """What the returns say of one quota (指标): how much is asked of a unit (or one person of it) and how much was done.

    ``person`` and ``period`` are empty where a quota is the unit's or the whole work's. ``submissions`` are the
    ``Entry.id`` of the returns that were counted, whether they were enough or not.
    """

    quota: str
    unit: str
    person: str
    period: str
    required: int
    done: int
    met: bool
    submissions: tuple[int, ...] = ()
