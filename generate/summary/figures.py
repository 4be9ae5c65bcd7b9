"""The figures of a year: who reported, what the numbers add up to, what was written, each with the returns behind it.

Pure functions from a ``LedgerView`` to plain frozen values. Which fields are added up or gathered, and under which
heading, is the ``Outline``; nothing here knows the name of a field. Only current returns count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from forms import (
    Cadence,
    Entry,
    FieldKind,
    Form,
    Outline,
    Period,
    QuotaResult,
    Reading,
    Role,
    Standing,
    State,
    Work,
)
from generate.view import LedgerView, printable

from .groups import groups, sentences
from .totals import (
    Absence,
    Column,
    Figure,
    FormGrid,
    Gist,
    Group,
    MonthRow,
    MonthTally,
    NamedTally,
    QuotaRow,
    Quote,
    SumSection,
    Tally,
    TextSection,
    UnitRow,
    YearFigures,
)

DEFAULT_OUTLINE = Outline(
    sums={"走访情况": ("走访",), "数据汇总": ("",)},
    texts={
        "主要做法和亮点": ("亮点", "特色", "经验", "做法"),
        "存在问题": ("问题", "困难", "不足"),
        "帮扶措施及成效": ("措施", "帮扶", "整改", "成效"),
    },
)
_PROBLEMS = ("问题", "困难", "不足", "短板")
_ADVICE = ("建议", "意见", "对策")
_SHORT = (Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY)
_NOTHING = re.compile(r"(?:暂无|没有|无|/|[-—－]+)[。.．]?")


def year_figures(view: LedgerView, year: int) -> YearFigures:
    """Return the figures of ``year`` by the work's outline, or the default one when the work has none."""
    outline = view.work.outline or DEFAULT_OUTLINE
    standings = standings_of(view, year)
    placed, unplaced = _placed(view, year)
    forms = [form for form in view.work.forms if any(entry.submission.form == form.name for entry in placed)]
    units = _in_order(view.work, {standing.unit for standing in standings})
    by_unit = _split(standings, lambda standing: standing.unit)
    by_form = _split(standings, lambda standing: standing.form)
    by_month = _split(_by_months(standings), lambda standing: _month_of(standing.period))
    return YearFigures(
        year=year,
        units=len(units),
        total=tally(standings),
        by_form=tuple(NamedTally(name, tally(own)) for name, own in by_form.items()),
        by_unit=tuple(NamedTally(name, tally(by_unit[name])) for name in units),
        by_month=tuple(MonthTally(month, tally(own)) for month, own in sorted(by_month.items())),
        grids=tuple(_grid(form, own, units) for form, own in by_form.items()),
        sums=tuple(_sum_sections(view.work, forms, placed, outline, year)),
        texts=tuple(_text_sections(view.work, forms, placed, outline)),
        quotas=_quotas(view, year),
        absences=tuple(_absences(units, standings)),
        unplaced=tuple(entry.id for entry in unplaced),
    )


Key = TypeVar("Key", bound=Hashable)


def _split(standings: Iterable[Standing], key: Callable[[Standing], Key]) -> dict[Key, list[Standing]]:
    found: dict[Key, list[Standing]] = {}
    for standing in standings:
        found.setdefault(key(standing), []).append(standing)
    return found


def _grid(form: str, standings: Sequence[Standing], units: Sequence[str]) -> FormGrid:
    states = {(standing.unit, period_of(standing.period)): standing.state for standing in standings}
    periods = sorted(
        {period for _, period in states if period}, key=lambda period: (period.end, period.start)
    )
    owing = {unit for unit, _ in states}
    rows = (
        (unit, tuple(states.get((unit, period)) for period in periods)) for unit in units if unit in owing
    )
    return FormGrid(form, tuple(periods), tuple(rows))


def standings_of(view: LedgerView, year: int) -> tuple[Standing, ...]:
    """Return the reports owed for periods that count for ``year``."""
    return tuple(standing for standing in view.standings if _in_year(view.work, standing.period, year))


def has_year(view: LedgerView, year: int) -> bool:
    """Whether the ledger knows anything of ``year``: a report that was owed or a return that counts."""
    owed = any(_in_year(view.work, standing.period, year) for standing in view.standings)
    return owed or bool(_placed(view, year)[0])


def tally(standings: Iterable[Standing]) -> Tally:
    """Count ``standings`` by state."""
    behind = tuple(standings)
    states = [standing.state for standing in behind]
    return Tally(
        due=len(states),
        on_time=states.count(State.REPORTED),
        late=states.count(State.LATE),
        missing=states.count(State.MISSING),
        not_due=states.count(State.NOT_DUE),
        behind=behind,
    )


def _quotas(view: LedgerView, year: int) -> tuple[QuotaRow, ...]:
    """Return the quotas of the year, and those without a period, which hold for the whole work."""
    found: dict[str, list[QuotaResult]] = {}
    for result in view.quotas:
        if not result.period or _in_year(view.work, result.period, year):
            found.setdefault(result.quota, []).append(result)
    return tuple(QuotaRow(name, tuple(results)) for name, results in found.items())


def year_of(period: Period) -> int:
    """Return the year that a period counts for: the one its middle day lies in.

    So a school year counts for the year in which it ends, its first term for the year in which it begins.
    """
    return _middle(period).year


@lru_cache(maxsize=4096)
def period_of(code: str | None) -> Period | None:
    """Return the period of a code, none when there is none or it cannot be read."""
    try:
        return Period.parse(code) if code else None
    except ValueError:
        return None


def _by_months(standings: Sequence[Standing]) -> Sequence[Standing]:
    """Return the reports that months tell something about: none when nothing is owed by the week or month.

    What is owed for a term, a year or once would only heap up in its last month.
    """
    timed = [(item, period.cadence) for item in standings if (period := period_of(item.period))]
    if not any(cadence in (Cadence.WEEKLY, Cadence.MONTHLY) for _, cadence in timed):
        return ()
    return [item for item, cadence in timed if cadence in _SHORT]


def _month_of(code: str) -> int:
    """Return the month that a period counts for: the one of a month, else the one in which it ends within its year."""
    period = period_of(code)
    assert period is not None  # noqa: S101 - standings of a year have one
    short = (period.end - period.start).days <= 31
    return _middle(period).month if short else period.end.month


@lru_cache(maxsize=4096)
def _middle(period: Period) -> date:
    return period.start + (period.end - period.start) / 2


def year_in(work: Work, period: Period) -> int:
    """Return the year that a period counts for in ``work``: a term that began before the work counts for its first year."""
    return _year_within(period, work.first, work.last)


@lru_cache(maxsize=4096)
def _year_within(period: Period, first: date, last: date) -> int:
    if period.end < first or period.start > last:
        return year_of(period)  # of another time altogether
    return min(max(year_of(period), first.year), last.year)


def _in_year(work: Work, code: str, year: int) -> bool:
    period = period_of(code)
    return period is not None and year_in(work, period) == year


def _placed(view: LedgerView, year: int) -> tuple[list[Entry], list[Entry]]:
    """Return the year's returns that count, and those whose unit, form or period is not sure enough to count."""
    known = {form.name for form in view.work.forms}
    placed: list[Entry] = []
    unplaced: list[Entry] = []
    for entry in view.counted():
        period = period_of(entry.submission.period)
        if period is None:
            filled = _filled(view.work, entry)
            if (filled or entry.received_at).year == year:
                unplaced.append(entry)
        elif year_in(view.work, period) == year:
            sure = entry.submission.unit and entry.submission.form in known
            (placed if sure else unplaced).append(entry)
    return placed, unplaced


def _in_order(work: Work, names: Iterable[str]) -> list[str]:
    order = {unit.name: number for number, unit in enumerate(work.units)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def _filled(work: Work, entry: Entry) -> date | None:
    """Return the day on which the form was filled in, when the form has such a field and it was read."""
    form = next((form for form in work.forms if form.name == entry.submission.form), None)
    field = form.with_role(Role.FILLED) if form else None
    values = [r.value for r in entry.submission.readings if field is not None and r.field == field.path]
    return next((value for value in values if isinstance(value, date)), None)


def _month(work: Work, entry: Entry) -> int:
    """Return the month that a return counts for: its period's; in a longer period the day it was filled in, else the last."""
    period = period_of(entry.submission.period)
    assert period is not None  # noqa: S101 - placed returns have one
    if (period.end - period.start).days <= 31:
        return _middle(period).month
    filled = _filled(work, entry)
    inside = filled is not None and period.start <= filled <= period.end
    return filled.month if filled is not None and inside else period.end.month


def _heading(path: str, headings: dict[str, tuple[str, ...]]) -> str | None:
    return next((name for name, words in headings.items() if any(word in path for word in words)), None)


def _columns(form: Form, kind: FieldKind) -> Iterator[Column]:
    for field in form.fields:
        if field.kind is kind:
            yield Column(form.name, field.path)
    for group in form.groups:
        for field in group.fields:
            if field.kind is kind:
                yield Column(form.name, f"{group.name}.{field.path}")


def _readings(entry: Entry) -> Iterator[tuple[str, Reading]]:
    """Yield every reading with its column's path."""
    for reading in entry.submission.readings:
        yield reading.field, reading
    for row in entry.submission.rows:
        for reading in row.readings:
            yield f"{row.group}.{reading.field}", reading


def _sum_sections(
    work: Work, forms: Sequence[Form], entries: Sequence[Entry], outline: Outline, year: int
) -> Iterator[SumSection]:
    columns = [column for form in forms for column in _columns(form, FieldKind.INTEGER)]
    months = {entry.id: _month(work, entry) for entry in entries}
    amounts = _amounts(entries, frozenset(columns))
    for heading in outline.sums:
        own = tuple(column for column in columns if _heading(column.path, outline.sums) == heading)
        if not own:
            continue
        own_forms = {column.form for column in own}
        behind = [entry for entry in entries if entry.submission.form in own_forms]
        rows = []
        for month in _months(work, year, {months[entry.id] for entry in behind}):
            of_month = [entry for entry in behind if months[entry.id] == month]
            figures = tuple(_figure(amounts[column], of_month) for column in own)
            rows.append(MonthRow(month, tuple(entry.id for entry in of_month), figures))
        totals = tuple(_figure(amounts[column], behind) for column in own)
        if any(total.entries or total.doubtful for total in totals):
            units = tuple(_unit_rows(work, behind, [amounts[column] for column in own]))
            yield SumSection(heading, own, tuple(rows), units, totals)


def _unit_rows(
    work: Work, entries: Iterable[Entry], amounts: Sequence[Mapping[int, _Amount]]
) -> Iterator[UnitRow]:
    by_unit: dict[str, list[Entry]] = {}
    for entry in entries:
        by_unit.setdefault(entry.submission.unit or "", []).append(entry)
    for unit in _in_order(work, by_unit):
        own = by_unit[unit]
        yield UnitRow(unit, tuple(entry.id for entry in own), tuple(_figure(each, own) for each in amounts))


def _months(work: Work, year: int, found: set[int]) -> list[int]:
    """Return the months of ``year`` in which the work ran or something counts."""
    run = {m for m in range(1, 13) if (work.first.year, work.first.month) <= (year, m)}
    run &= {m for m in range(1, 13) if (year, m) <= (work.last.year, work.last.month)}
    return sorted(run | found)


@dataclass(slots=True)
class _Amount:
    """What one return says in one column: the sum of its whole numbers, none without any, and whether one is in doubt."""

    value: int | None = None
    doubtful: bool = False


def _amounts(entries: Sequence[Entry], columns: frozenset[Column]) -> dict[Column, dict[int, _Amount]]:
    found: dict[Column, dict[int, _Amount]] = {column: {} for column in columns}
    paths: dict[str, dict[str, dict[int, _Amount]]] = {}
    for column in columns:
        paths.setdefault(column.form, {})[column.path] = found[column]
    for entry in entries:
        own = paths.get(entry.submission.form or "", {})
        for path, reading in _readings(entry):
            if path in own:
                amount = own[path].get(entry.id) or own[path].setdefault(entry.id, _Amount())
                amount.doubtful |= bool(reading.doubts)
                if isinstance(reading.value, int):
                    amount.value = (amount.value or 0) + reading.value
    return found


def _figure(amounts: Mapping[int, _Amount], entries: Sequence[Entry]) -> Figure:
    own = [(entry.id, amounts[entry.id]) for entry in entries if entry.id in amounts]
    counted = [(number, amount.value) for number, amount in own if amount.value is not None]
    return Figure(
        sum(value for _, value in counted),
        tuple(number for number, _ in counted),
        tuple(number for number, amount in own if amount.doubtful),
    )


def _text_sections(
    work: Work, forms: Sequence[Form], entries: Sequence[Entry], outline: Outline
) -> Iterator[TextSection]:
    columns = [column for form in forms for column in _columns(form, FieldKind.TEXT)]
    order = {unit.name: number for number, unit in enumerate(work.units)}

    def place(entry: Entry) -> tuple[int, str, date, int]:
        period = period_of(entry.submission.period)
        end = period.end if period else date.min
        unit = entry.submission.unit or ""
        return order.get(unit, len(order)), unit, end, entry.id

    entries = sorted(entries, key=place)
    headings = {(c.form, c.path): _heading(c.path, outline.texts) for c in columns}
    found: dict[str, list[Quote]] = {heading: [] for heading in outline.texts}
    for entry in entries:
        for quote in _quotes(entry, headings):
            found[headings[quote.form, quote.field] or ""].append(quote)
    for heading, quotes in found.items():
        said = tuple(quote for quote in quotes if not _NOTHING.fullmatch(quote.text))
        nothing = dict.fromkeys(quote.entry for quote in quotes if _NOTHING.fullmatch(quote.text))
        if any(word in heading for word in _PROBLEMS):
            advice = tuple(quote for quote in said if _advised(quote.field))
            told = tuple(quote for quote in said if not _advised(quote.field))
            yield TextSection(heading, told, tuple(nothing), Gist.PROBLEMS, _grouped(told), advice)
        else:
            yield TextSection(heading, said, tuple(nothing))


def _advised(path: str) -> bool:
    """Whether a field asks what should be done, beside the one that asks for the problem."""
    label = path.rpartition(".")[2]
    return any(word in label for word in _ADVICE) and not any(word in label for word in _PROBLEMS)


def _quotes(entry: Entry, headings: Mapping[tuple[str, str], str | None]) -> Iterator[Quote]:
    """Yield what a return says under any heading."""
    submission = entry.submission
    period, form = period_of(submission.period), submission.form
    if period is None or form is None:
        return
    for path, reading in _readings(entry):
        if isinstance(reading.value, str) and headings.get((form, path)):
            text = printable(reading.value).strip()
            if text:
                yield Quote(submission.unit or "", period, form, path, text, entry.id)


def _grouped(quotes: Sequence[Quote]) -> tuple[Group, ...]:
    """Return the sentences of ``quotes`` in groups of like ones."""
    said = [(sentence, quote) for quote in quotes for sentence in sentences(quote.text)]
    said = [(sentence, quote) for sentence, quote in said if not _NOTHING.fullmatch(sentence)]
    found = []
    for typical, members in groups([sentence for sentence, _ in said]):
        own = [said[at][1] for at in members]
        units = tuple(dict.fromkeys(quote.unit for quote in own))
        entries = tuple(dict.fromkeys(quote.entry for quote in own))
        found.append(Group(said[typical][0], len(members), units, entries))
    return tuple(found)


def _absences(units: Sequence[str], standings: Sequence[Standing]) -> Iterator[Absence]:
    missing = [standing for standing in standings if standing.state is State.MISSING]
    by_unit = _split(missing, lambda standing: standing.unit)
    for unit in units:
        for form, own in _split(by_unit.get(unit, ()), lambda standing: standing.form).items():
            periods = (period_of(standing.period) for standing in own)
            yield Absence(unit, form, tuple(sorted((p for p in periods if p), key=lambda p: p.start)))
