"""Plain frozen views of the ledger: what the ledger hands out and the generators print.

They stand here because the ledger and the generators know only ``forms``, not each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from .doubts import Doubt
from .quota import amount
from .reading import Place, Scalar, Status, Submission


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
    of the same unit, form and period, 0 when this one is current. ``settled`` are doubts from comparing it with other
    returns that a person looked at and found nothing wrong with.
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
    settled: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """One answer in one return: the return's number, file, unit and period, the field (``组.字段`` in a group) and row.

    ``text`` is the answer as it was read.
    """

    entry: int
    source: str
    unit: str | None
    period: str | None
    field: str
    row: int
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """An answer that is a copy of an earlier one (雷同): ``share`` of it stands there, 0 to 1; ``exact`` to the letter.

    Numbers, punctuation and blanks do not count in ``share``: 1 without ``exact`` differs in those alone. ``says`` tells
    how alike two pictures are, or what two files have in common, where the answer is none of words.
    """

    at: Spot
    source: Spot
    share: float
    exact: bool
    says: str = ""

    @property
    def how(self) -> str:
        """How like the two are, as a clerk reads it."""
        if self.says:
            return self.says
        if self.exact:
            return "完全相同"
        return "只有数字或标点不同" if self.share == 1 else f"{min(round(self.share * 100), 99)}%相同"


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
    """One report that is owed and what became of it; ``submission`` is an ``Entry.id`` or none.

    ``absent`` are the people of the unit who have not sent theirs, where some have and each sends a form (用途 填报人).
    """

    unit: str
    form: str
    period: str
    due: date
    state: State
    received_at: datetime | None = None
    submission: int | None = None
    doubts: int = 0
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaResult:
    """What was done of a quota (指标) by a unit or a person in a period, with the returns behind it.

    ``unit`` is empty where the quota is asked of the work as a whole, ``person`` where it is not asked of persons.
    ``required`` is what is asked for in words, ``minimum`` and ``maximum`` in numbers. ``done`` is none when there is
    nothing to measure. ``ended`` tells whether the period is over. ``doubtful`` are those of ``submissions`` in which
    something that was counted is in doubt. ``counted_in`` is the word behind the numbers: 次, 人, %.
    """

    quota: str
    unit: str
    person: str
    period: str
    required: str
    minimum: float | None
    maximum: float | None
    done: float | None
    met: bool
    ended: bool
    submissions: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()
    counted_in: str = ""

    @property
    def told(self) -> str:
        """What was done as a person writes it; a share with its %."""
        share = self.counted_in == "%" and self.done is not None
        return f"{amount(self.done)}%" if share else amount(self.done)


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A return, or a row of it (from 1, 0 outside a group), that a quota could not count, and why."""

    quota: str
    submission: int
    row: int
    why: str
