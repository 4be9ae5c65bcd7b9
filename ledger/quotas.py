"""Quotas (指标) counted from the returns: what was done by each unit or person in each period, and what could not count.

Pure: knows entries and quotas, no database, no clock. A return counts that no later one has superseded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forms import (
    Condition,
    Entry,
    Measure,
    Per,
    Period,
    Person,
    Quota,
    QuotaResult,
    Reading,
    Status,
    Uncounted,
    Unit,
    Work,
    amount,
    periods_between,
)
from forms.quotacheck import fields_of, person_field

Owner = tuple[str, str]
"""Whose deed it was: unit and person, either empty where a quota does not ask."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """One return or row that may count: its readings by path, those of the form below those of the row."""

    entry: Entry
    row: int
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A deed that counts: its amount (none for one that only counts), what it is called, and whether it is in doubt."""

    deed: _Deed
    value: float | None
    base: float | None
    text: str
    doubtful: bool


@dataclass(slots=True)
class _Tally:
    """What counts for each owner and period, and what does not."""

    quota: Quota
    counted: dict[tuple[Owner, str], list[_Counted]] = field(default_factory=lambda: defaultdict(list))
    uncounted: list[Uncounted] = field(default_factory=list)

    def refuse(self, deed: _Deed, why: str) -> None:
        self.uncounted.append(Uncounted(self.quota.name, deed.entry.id, deed.row, why))


def quotas(
    work: Work, entries: Sequence[Entry], today: date
) -> tuple[tuple[QuotaResult, ...], tuple[Uncounted, ...]]:
    """Return the results of every quota of ``work`` for the periods begun by ``today``, and what could not be counted.

    Results stand in the order of the quotas, the 名册 and the periods; there is one for each owner and period, also
    where nothing was done. A deed whose unit, period, person or amount is not known is never left out in silence.
    """
    results: list[QuotaResult] = []
    uncounted: list[Uncounted] = []
    for quota in work.quotas:
        tally = _tally(quota, work, entries)
        results += _results(tally, work, today)
        uncounted += tally.uncounted
    return tuple(results), tuple(uncounted)


def _tally(quota: Quota, work: Work, entries: Sequence[Entry]) -> _Tally:
    tally = _Tally(quota)
    form = work.form(quota.form)
    named = person_field(quota, fields_of(quota, form)) if quota.per is Per.PERSON else ""
    for entry in entries:
        if entry.submission.form == quota.form and _counts(entry):
            for deed in _deeds(quota, entry):
                _place(tally, deed, work, named)
    return tally


def _counts(entry: Entry) -> bool:
    read = entry.status in (Status.ACCEPTED, Status.REVIEW)
    return read and not entry.superseded_by and not entry.submission.blank


def _deeds(quota: Quota, entry: Entry) -> Iterator[_Deed]:
    own = {reading.field: reading for reading in entry.submission.readings}
    if not quota.group:
        yield _Deed(entry, 0, own)
        return
    for row in entry.submission.rows:
        if row.group == quota.group:
            yield _Deed(entry, row.number, own | {reading.field: reading for reading in row.readings})


def _place(tally: _Tally, deed: _Deed, work: Work, named: str) -> None:
    """Count ``deed`` where it belongs, or say why it cannot be counted."""
    quota = tally.quota
    unit = work.unit(deed.entry.submission.unit or "")
    if unit is not None and quota.per is not Per.PERSON and not quota.asks(unit.name, unit.kind):
        return
    fits, unsure, why = _fits(quota, deed)
    if why:
        tally.refuse(deed, why)
    if not fits:
        return
    if unit is None:
        tally.refuse(deed, "单位不明")
        return
    bucket, why = _bucket(quota, deed)
    if why:
        tally.refuse(deed, why)
        return
    counted, why = _measured(quota, deed, unsure)
    if why or counted is None:
        tally.refuse(deed, why)
        return
    for owner in _owners(tally, deed, work, (unit, named)):
        tally.counted[owner, bucket].append(counted)


def _fits(quota: Quota, deed: _Deed) -> tuple[bool, bool, str]:
    """Return whether all conditions hold, whether that is in doubt, and what a person should know when they cannot be told."""
    unsure = False
    for path, condition in quota.conditions.items():
        reading = deed.readings.get(path)
        if reading is None or reading.value in (None, "", ()):
            return False, False, f"“{path}”没有填"
        holds, certain = _holds(condition, reading)
        if not holds:
            return False, False, f"“{path}”存疑" if reading.doubts else ""
        unsure |= not certain or bool(reading.doubts)
    return True, unsure, ""


def _holds(condition: Condition, reading: Reading) -> tuple[bool, bool]:
    """Return whether ``condition`` holds for ``reading``, and whether its wording leaves no doubt."""
    value = reading.value
    if condition.sign:
        if isinstance(value, int | float):
            return condition.holds(value), True
        return False, False
    said = [_squeezed(str(item)) for item in (value if isinstance(value, tuple) else (value,))]
    wanted = [_squeezed(item) for item in condition.values]
    if any(item in wanted for item in said):
        return True, True
    return any(word in item for item in said for word in wanted), False


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _bucket(quota: Quota, deed: _Deed) -> tuple[str, str]:
    """Return the code of the period in which the deed counts, or why there is none."""
    if quota.dated:
        reading = deed.readings.get(quota.dated)
        if reading is None or not isinstance(reading.value, date):
            return "", f"“{quota.dated}”没有填或认不出"
        return str(Period.containing(quota.cadence, reading.value)), ""
    code = deed.entry.submission.period
    if code is None:
        return "", "报送期不明"
    return str(Period.containing(quota.cadence, Period.parse(code).middle)), ""


def _measured(quota: Quota, deed: _Deed, unsure: bool) -> tuple[_Counted | None, str]:
    """Return what ``deed`` amounts to, or why that cannot be said."""
    dated = deed.readings.get(quota.dated) if quota.dated else None
    unsure |= bool(dated and dated.doubts)
    if quota.measure is Measure.COUNT:
        return _Counted(deed, None, None, "", unsure), ""
    found = []
    for path in (quota.field, quota.base):
        reading = deed.readings.get(path) if path else None
        if path and (reading is None or reading.value in (None, "", ())):
            return None, f"“{path}”没有填"
        found.append(reading)
    value, base = found
    assert value is not None  # noqa: S101 - the loader refused a quota without its field
    unsure |= bool(value.doubts) or bool(base and base.doubts)
    if quota.measure is Measure.DISTINCT:
        return _Counted(deed, None, None, _squeezed(str(value.value)), unsure), ""
    numbers = [item.value for item in (value, base) if item is not None]
    if not all(isinstance(number, int | float) for number in numbers):
        return None, f"“{quota.field}”不是数"
    amounts = [float(number) for number in numbers if isinstance(number, int | float)]
    return _Counted(deed, amounts[0], amounts[1] if len(amounts) > 1 else None, "", unsure), ""


def _owners(tally: _Tally, deed: _Deed, work: Work, whose: tuple[Unit, str]) -> Iterator[Owner]:
    """Yield for whom ``deed`` counts; people whom the 名册 does not have are told of."""
    unit, named = whose
    if tally.quota.per is Per.WORK:
        yield "", ""
        return
    if tally.quota.per is Per.UNIT:
        yield unit.name, ""
        return
    reading = deed.readings.get(named)
    names = re.split(r"[、，,；;/\s]+", str(reading.value).strip()) if reading and reading.value else []
    if not names:
        tally.refuse(deed, f"“{named}”没有填，不知道算在谁名下")
    spaced = "".join(names)  # 张 三
    for name in [spaced] if _person(work, spaced, unit) else names:
        person = _person(work, name, unit)
        if person is None:
            tally.refuse(deed, f"“{name}”不在人员名册里")
        elif _asked(tally.quota, person, work):
            yield person.unit, person.name


def _person(work: Work, name: str, unit: Unit) -> Person | None:
    """Return the person of that name: of ``unit`` where several are called so, none when that does not tell."""
    found = [person for person in work.people if name in person.names]
    own = [person for person in found if person.unit == unit.name]
    return own[0] if len(own) == 1 else found[0] if len(found) == 1 else None


def _asked(quota: Quota, person: Person, work: Work) -> bool:
    unit = work.unit(person.unit)
    of_unit = unit is not None and quota.asks(unit.name, unit.kind)
    return of_unit and (not quota.people or person.kind in quota.people)


def _all_owners(quota: Quota, work: Work) -> list[Owner]:
    match quota.per:
        case Per.WORK:
            return [("", "")]
        case Per.UNIT:
            return [(u.name, "") for u in work.units if quota.asks(u.name, u.kind)]
        case Per.PERSON:
            return [(person.unit, person.name) for person in work.people if _asked(quota, person, work)]


def _results(tally: _Tally, work: Work, today: date) -> Iterator[QuotaResult]:
    quota = tally.quota
    begun = [p for p in periods_between(quota.cadence, work.first, work.last) if p.start <= today]
    codes = {str(period) for period in begun}
    for (_, code), deeds in tally.counted.items():
        if code not in codes:
            for item in deeds:
                tally.refuse(item.deed, f"算在 {code}，不在这项工作已开始的各期之内")
    for owner in _all_owners(quota, work):
        for period in begun:
            found = tally.counted.get((owner, str(period)), [])
            unit = work.unit(owner[0])
            if unit is not None and not unit.stands(period) and not found:
                continue
            yield _result(quota, owner, (period, min(period.end, work.last) < today), found)


def _result(quota: Quota, owner: Owner, when: tuple[Period, bool], found: Sequence[_Counted]) -> QuotaResult:
    used = _used(quota, found)
    done = _done(quota, used)
    return QuotaResult(
        quota=quota.name,
        unit=owner[0],
        person=owner[1],
        period=str(when[0]),
        required=quota.required,
        minimum=quota.minimum,
        maximum=quota.maximum,
        done=done,
        met=quota.met_by(done),
        ended=when[1],
        submissions=tuple(dict.fromkeys(item.deed.entry.id for item in used)),
        doubtful=tuple(dict.fromkeys(item.deed.entry.id for item in used if item.doubtful)),
        counted_in=quota.counted_in,
    )


def _used(quota: Quota, found: Sequence[_Counted]) -> list[_Counted]:
    """Return what the figure comes from: of every unit the last return alone where the last one counts."""
    if quota.measure not in (Measure.LATEST, Measure.RATIO):
        return list(found)
    last: dict[str | None, _Counted] = {}
    for item in sorted(found, key=_when):
        last[item.deed.entry.submission.unit] = item
    return list(last.values())


def _when(item: _Counted) -> tuple[date, int, int]:
    code = item.deed.entry.submission.period
    return (Period.parse(code).end if code else date.min), item.deed.entry.id, item.deed.row


def _done(quota: Quota, used: Sequence[_Counted]) -> float | None:
    """Return the figure, none where there is nothing to measure."""
    match quota.measure:
        case Measure.COUNT:
            return len(used)
        case Measure.DISTINCT:
            return len({item.text for item in used})
    values = [item.value for item in used if item.value is not None]
    if quota.measure is Measure.RATIO:
        base = sum(item.base or 0 for item in used)
        return round(100 * sum(values) / base, 2) if base else None
    if quota.measure is Measure.LATEST and not values:
        return None
    return _whole(sum(values))


def _whole(value: float) -> float:
    return int(value) if value == int(value) else round(value, 6)


def shortfall(result: QuotaResult) -> str:
    """Return what is wanting, in words; empty when the quota is met."""
    if result.met:
        return ""
    if result.done is None:
        return "没有数据"
    if result.minimum is not None and result.done < result.minimum:
        return f"差{amount(result.minimum - result.done)}"
    return f"多{amount(result.done - (result.maximum or 0))}"
