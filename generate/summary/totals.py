"""The figures of a year as plain frozen values, each with the returns behind it. How they are computed is ``figures``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from forms import Period, QuotaResult, Standing, State


@dataclass(frozen=True, slots=True)
class Tally:
    """Reports owed and what became of them; ``due`` counts all, those not yet due as well.

    ``behind`` are the reports that were counted.
    """

    due: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    not_due: int = 0
    behind: tuple[Standing, ...] = field(default=(), compare=False, repr=False)

    @property
    def reported(self) -> int:
        """Reports that came, in time or late."""
        return self.on_time + self.late

    @property
    def rate(self) -> float | None:
        """The share of the reports that should be here by now that are, 0 to 1; none when none should."""
        expected = self.due - self.not_due
        return self.reported / expected if expected else None


@dataclass(frozen=True, slots=True)
class NamedTally:
    """The tally of one unit or one form."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class MonthTally:
    """The tally of the reports whose period counts for a month (1-12)."""

    month: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class FormGrid:
    """How each unit stands with a form in each period; none where a unit owes nothing."""

    form: str
    periods: tuple[Period, ...]
    rows: tuple[tuple[str, tuple[State | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One integer field that is added up; a field of a repeating group has the group's name before its path."""

    form: str
    path: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum, the ids of the returns it comes from, and of those whose value is in doubt or was not read for doubt."""

    value: int = 0
    entries: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month (1-12) of a section: the returns of the section's forms and a figure for each column."""

    month: int
    returns: tuple[int, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of a section: its returns over the year and a figure for each column."""

    unit: str
    returns: tuple[int, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class SumSection:
    """Integer fields under one heading, by month and by unit, and their totals over the year."""

    heading: str
    columns: tuple[Column, ...]
    months: tuple[MonthRow, ...]
    units: tuple[UnitRow, ...]
    totals: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A text as it was reported: whose, for which period, in which field of which return."""

    unit: str
    period: Period
    form: str
    field: str
    text: str
    entry: int


class Gist(StrEnum):
    """What the texts under a heading are: told by unit, or grouped by likeness."""

    TOLD = "told"
    PROBLEMS = "problems"


@dataclass(frozen=True, slots=True)
class Group:
    """Like sentences of several returns: a typical one, how many there are, whose and in which returns."""

    sentence: str
    count: int
    units: tuple[str, ...]
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TextSection:
    """Texts under one heading, by unit and period; ``nothing`` are the returns that only said 无.

    ``groups`` hold the sentences of problems, the most frequent first; they are empty for other texts. ``advice`` are the
    suggestions that were made beside problems.
    """

    heading: str
    quotes: tuple[Quote, ...]
    nothing: tuple[int, ...] = ()
    gist: Gist = Gist.TOLD
    groups: tuple[Group, ...] = ()
    advice: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """The periods for which a unit has not reported a form."""

    unit: str
    form: str
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One quota: what the returns say of every unit or person it asks something of."""

    name: str
    results: tuple[QuotaResult, ...]

    @property
    def unmet(self) -> tuple[QuotaResult, ...]:
        """The results that are not enough although their period is over."""
        return tuple(result for result in self.results if result.ended and not result.met)


@dataclass(frozen=True, slots=True)
class YearFigures:
    """All figures of a year. ``unplaced`` are returns without a sure unit, form or period, which count nowhere."""

    year: int
    units: int
    total: Tally
    by_form: tuple[NamedTally, ...]
    by_unit: tuple[NamedTally, ...]
    by_month: tuple[MonthTally, ...]
    grids: tuple[FormGrid, ...]
    sums: tuple[SumSection, ...]
    texts: tuple[TextSection, ...]
    quotas: tuple[QuotaRow, ...]
    absences: tuple[Absence, ...]
    unplaced: tuple[int, ...]

    @property
    def doubtful(self) -> int:
        """How many reported numbers behind the sums are in doubt."""
        return sum(len(figure.doubtful) for section in self.sums for figure in section.totals)
