"""The figures of a year: who reported, what the numbers add up to, what was written, each with the returns behind it.

Pure functions from a ``LedgerView`` to plain frozen values. Which fields are added up or gathered, and under which
heading, is the ``Outline``; nothing here knows the name of a field. Only current returns count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from forms import Entry, FieldKind, Form, Outline, Period, Reading, Role, Standing, State, Work

from .totals import (
    Absence,
    Column,
    Figure,
    MonthRow,
    NamedTally,
    Quote,
    SumSection,
    Tally,
    TextSection,
    YearFigures,
)
from .view import LedgerView, printable

DEFAULT_OUTLINE = Outline(
    sums={"走访情况": ("走访",), "数据汇总": ("",)},
    texts={
        "工作亮点": ("亮点", "特色", "经验"),
        "存在问题": ("问题", "困难", "不足"),
        "帮扶措施及成效": ("措施", "帮扶", "整改", "成效"),
    },
)
_NOTHING = re.compile(r"(?:暂无|没有|无|/|[-—－]+)[。.．]?")


def year_figures(view: LedgerView, year: int) -> YearFigures:
    """Return the figures of ``year`` by the work's outline, or the default one when the work has none."""
    outline = view.work.outline or DEFAULT_OUTLINE
    standings = [standing for standing in view.standings if _in_year(standing.period, year)]
    placed, unplaced = _placed(view, year)
    forms = [form for form in view.work.forms if any(entry.submission.form == form.name for entry in placed)]
    units = _in_order(view.work, {standing.unit for standing in standings})
    names = dict.fromkeys(standing.form for standing in standings)
    return YearFigures(
        year=year,
        units=len(units),
        total=tally(standings),
        by_form=tuple(NamedTally(name, tally(s for s in standings if s.form == name)) for name in names),
        by_unit=tuple(NamedTally(name, tally(s for s in standings if s.unit == name)) for name in units),
        sums=tuple(_sum_sections(view.work, forms, placed, outline, year)),
        texts=tuple(_text_sections(view.work, forms, placed, outline)),
        absences=tuple(_absences(units, standings)),
        unplaced=tuple(entry.id for entry in unplaced),
    )


def tally(standings: Iterable[Standing]) -> Tally:
    """Count ``standings`` by state."""
    states = [standing.state for standing in standings]
    return Tally(
        due=len(states),
        on_time=states.count(State.REPORTED),
        late=states.count(State.LATE),
        missing=states.count(State.MISSING),
        not_due=states.count(State.NOT_DUE),
    )


def year_of(period: Period) -> int:
    """Return the year that a period counts for: the one its middle day lies in.

    So a school year counts for the year in which it ends, its first term for the year in which it begins.
    """
    return _middle(period).year


def period_of(code: str | None) -> Period | None:
    """Return the period of a code, none when there is none or it cannot be read."""
    try:
        return Period.parse(code) if code else None
    except ValueError:
        return None


def _middle(period: Period) -> date:
    return period.start + (period.end - period.start) / 2


def _in_year(code: str, year: int) -> bool:
    period = period_of(code)
    return period is not None and year_of(period) == year


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
        elif year_of(period) == year:
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
    for heading in outline.sums:
        own = tuple(column for column in columns if _heading(column.path, outline.sums) == heading)
        if not own:
            continue
        behind = [entry for entry in entries if entry.submission.form in {column.form for column in own}]
        rows = []
        for month in _months(work, year, {months[entry.id] for entry in behind}):
            of_month = [entry for entry in behind if months[entry.id] == month]
            figures = tuple(_figure(column, of_month) for column in own)
            rows.append(MonthRow(month, tuple(entry.id for entry in of_month), figures))
        totals = tuple(_figure(column, behind) for column in own)
        if any(total.entries or total.doubtful for total in totals):
            yield SumSection(heading, own, tuple(rows), totals)


def _months(work: Work, year: int, found: set[int]) -> list[int]:
    """Return the months of ``year`` in which the work ran or something counts."""
    run = {m for m in range(1, 13) if (work.first.year, work.first.month) <= (year, m)}
    run &= {m for m in range(1, 13) if (year, m) <= (work.last.year, work.last.month)}
    return sorted(run | found)


def _figure(column: Column, entries: Sequence[Entry]) -> Figure:
    total = 0
    behind: dict[int, None] = {}
    doubtful: dict[int, None] = {}
    for entry in entries:
        for path, reading in _readings(entry):
            if path != column.path or entry.submission.form != column.form:
                continue
            if reading.doubts:
                doubtful[entry.id] = None
            if isinstance(reading.value, int):
                total += reading.value
                behind[entry.id] = None
    return Figure(total, tuple(behind), tuple(doubtful))


def _text_sections(
    work: Work, forms: Sequence[Form], entries: Sequence[Entry], outline: Outline
) -> Iterator[TextSection]:
    texts = {column for form in forms for column in _columns(form, FieldKind.TEXT)}
    order = {unit.name: number for number, unit in enumerate(work.units)}

    def place(entry: Entry) -> tuple[int, str, date, int]:
        period = period_of(entry.submission.period)
        end = period.end if period else date.min
        unit = entry.submission.unit or ""
        return order.get(unit, len(order)), unit, end, entry.id

    entries = sorted(entries, key=place)
    for heading in outline.texts:
        own = {column for column in texts if _heading(column.path, outline.texts) == heading}
        quotes = [quote for entry in entries for quote in _quotes(entry, own)]
        said = tuple(quote for quote in quotes if not _NOTHING.fullmatch(quote.text))
        nothing = dict.fromkeys(quote.entry for quote in quotes if _NOTHING.fullmatch(quote.text))
        yield TextSection(heading, said, tuple(nothing))


def _quotes(entry: Entry, columns: set[Column]) -> Iterator[Quote]:
    submission = entry.submission
    period = period_of(submission.period)
    for path, reading in _readings(entry):
        text = printable(reading.value).strip() if isinstance(reading.value, str) else ""
        if text and period and submission.form and Column(submission.form, path) in columns:
            yield Quote(submission.unit or "", period, submission.form, path, text, entry.id)


def _absences(units: Sequence[str], standings: Sequence[Standing]) -> Iterator[Absence]:
    missing = [standing for standing in standings if standing.state is State.MISSING]
    for unit in units:
        own = [standing for standing in missing if standing.unit == unit]
        for form in dict.fromkeys(standing.form for standing in own):
            periods = [period_of(standing.period) for standing in own if standing.form == form]
            yield Absence(unit, form, tuple(sorted((p for p in periods if p), key=lambda p: p.start)))
