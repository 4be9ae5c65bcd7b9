"""Each number of the summary with the returns behind it, in the order of the summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms import Standing, State

from .figures import standings_of, year_figures
from .totals import Gist, SumSection, TextSection, YearFigures
from .view import LedgerView

_STATES = (State.REPORTED, State.LATE, State.MISSING, State.NOT_DUE)


@dataclass(frozen=True, slots=True)
class Explained:
    """One number: what it counts, its value, the ids of the returns behind it, and the reports that are not there.

    ``section`` is where it stands, ``detail`` whether it is one unit's.
    """

    section: str
    name: str
    value: int
    entries: tuple[int, ...]
    absent: tuple[str, ...] = ()
    detail: bool = False


def explain(view: LedgerView, year: int) -> tuple[Explained, ...]:
    """Return every number of the summary of ``year`` with what is behind it."""
    return explained(view, year_figures(view, year))


def explained(view: LedgerView, figures: YearFigures) -> tuple[Explained, ...]:
    """Return the numbers of ``figures`` with what is behind them."""
    standings = standings_of(view, figures.year)
    found = list(_standing("总体情况", "", standings))
    for form in dict.fromkeys(item.form for item in standings):
        found += _standing("总体情况", f"《{form}》", [item for item in standings if item.form == form])
    for section in figures.sums:
        found += _sums(section)
    for texts in figures.texts:
        found += _texts(texts)
    if figures.unplaced:
        found.append(Explained("总体情况", "没有计入的报送", len(figures.unplaced), figures.unplaced))
    units: dict[str, list[Standing]] = {}
    for item in standings:
        units.setdefault(item.unit, []).append(item)
    for unit in (item.name for item in figures.by_unit):
        found += _standing("各单位", unit, units[unit], detail=True)
    return tuple(found)


def _standing(
    section: str, of: str, standings: Iterable[Standing], *, detail: bool = False
) -> Iterator[Explained]:
    every = tuple(standings)
    came = tuple(sorted(item.submission for item in every if item.submission is not None))
    yield Explained(section, f"{of}应报", len(every), came, _absent(every), detail)
    for state in _STATES:
        own = [item for item in every if item.state is state]
        entries = tuple(sorted(item.submission for item in own if item.submission is not None))
        if own:
            yield Explained(section, f"{of}{state.label}", len(own), entries, _absent(own), detail)


def _absent(standings: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(f"{item.unit}《{item.form}》{item.period}" for item in standings if item.submission is None)


def _sums(section: SumSection) -> Iterator[Explained]:
    for at, column in enumerate(section.columns):
        name = column.path.replace(".", "·")
        name = name if len({item.form for item in section.columns}) == 1 else f"《{column.form}》{name}"
        total = section.totals[at]
        yield Explained(section.heading, f"{name}合计", total.value, total.entries)
        if total.doubtful:
            yield Explained(section.heading, f"{name}存疑的数", len(total.doubtful), total.doubtful)
        for row in section.months:
            figure = row.figures[at]
            if figure.entries:
                yield Explained(section.heading, f"{name}{row.month}月", figure.value, figure.entries)
    for row in section.months:
        if row.returns:
            yield Explained(section.heading, f"{row.month}月报送份数", len(row.returns), row.returns)


def _texts(section: TextSection) -> Iterator[Explained]:
    entries = tuple(sorted({quote.entry for quote in section.quotes}))
    yield Explained(section.heading, "报送的条数", len(section.quotes), entries)
    if section.nothing:
        yield Explained(section.heading, "填“无”的份数", len(section.nothing), section.nothing)
    if section.gist is Gist.PROBLEMS:
        for group in section.groups:
            yield Explained(section.heading, group.sentence, group.count, group.entries)
            yield Explained(section.heading, f"{group.sentence}（单位数）", len(group.units), group.entries)
