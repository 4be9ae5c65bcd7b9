"""Whose return it is and of which period, weighed from all that speaks for it; disagreement is a doubt.

Evidence comes from the embedded identity, the form's own fields, its title, and file and folder names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extract.spelling import squeeze
from forms import Cadence, Doubt, Duty, Form, Identity, Period, Reading, Role, Unit, Work, doubt

from .dates import Years, read_date
from .periods import find_period
from .unitnames import Match, Roster

_WHEN = re.compile(r"(?:20\d{2}年?)?(?:\d{1,2}月份?|第?[一二三四1-4]季度)|20\d{2}年度?")
_FRAME = re.compile(
    r"(?:报送|填报|上报|所属|报告)?(?:单位|部门|部室|时间|月份|报送期|周期)|盖章|公章|[:()\[\]。,]"
)
_DAY = re.compile(r"\s*20\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*")
_TO_SOMEBODY = re.compile(
    r"^\s*(?:注|备注|说明|填[表报]说明)\s*[:：]|(?:[报交送发]|呈报|上报)(?:至|到|给|送(?!单位|部门|部室|人|时间|\s*$))|前(?:上报|报|交|送|发)"
    r"|^[^:：]{2,40}[:：]\s*$"  # 上级团委： above a letter
)
"""A line that tells to whom a form goes: the unit in it is not whose return it is."""
_EXAMPLE = re.compile(r"\s*[（(]?(?:示?例|样例|如)\s*[）)]?[:：]")
_ALONE = 5  # times that a form's own field tells more where file, mail and embedded identity speak for several forms
_LATE = timedelta(days=60)  # after a period within which a return of it is filled in
_OWN = 3.5  # what the form's own field for the period weighs


@dataclass(frozen=True, slots=True)
class Clues:
    """All that may tell unit and period of one form.

    ``lines`` are short lines that belong to no field; ``sender`` (name and address) and ``subject`` are those of the
    mail that a return came in; ``sheet`` is the name of the sheet that holds this form alone, ``among`` others with forms;
    ``several`` that the file holds more forms; ``days`` are the dates of the entries in its lists.
    """

    source: str
    identity: Identity | None
    readings: tuple[Reading, ...]
    titles: tuple[str, ...]
    lines: tuple[str, ...]
    sender: str = ""
    subject: str = ""
    sheet: str = ""
    among: bool = False
    days: tuple[date, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Identified:
    """Unit and period, as names and codes, with the evidence for them and doubts about them.

    ``spoken`` are the lines of the document that say nothing but unit or period: they are understood, not left over.
    """

    unit: str | None
    period: str | None
    evidence: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    spoken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Hint:
    """One piece of evidence: how much it weighs, where it comes from, what it says; ``sure`` when it says one thing alone."""

    weight: float
    origin: str
    text: str
    answer: str
    sure: bool = True


class Identifier:
    """Identifies the returns of one work, or of none: then only the file itself can tell."""

    def __init__(self, work: Work | None) -> None:
        """Index the 名册 of ``work``."""
        self._work = work
        self._roster = Roster(work.units) if work else None

    def identify(self, form: Form, clues: Clues) -> Identified:
        """Weigh ``clues`` for a return of ``form``."""
        unit_hints = list(self._unit_hints(form, clues))
        unit, doubts = self._unit(form, unit_hints)
        found = self._work.unit(unit) if self._work and unit else None
        duty = self._duty(form, found)
        cadence = duty.cadence if duty is not None else form.cadence
        hints = list(self._period_hints(form, clues, cadence, duty) if cadence else _embedded(clues.identity))
        period, more = self._period(hints, cadence)
        if found and period and found.into and not found.stands(Period.parse(period)) and found.until:
            unit = found.into
            details = {"unit": found.name, "day": found.until, "into": found.into}
            more += (doubt("unit_merged", None, **details),)
        elif found and self._work and self._astray(form, found):
            more += (doubt("not_due", None, unit=found.name, form=form.name),)
        evidence = tuple(f"{hint.origin} {hint.text}" for hint in (*unit_hints, *hints))
        lines = {
            hint.text for hint in (*unit_hints, *hints) if hint.origin == "文中" and self._terse(hint.text)
        }
        return Identified(unit, period, evidence, doubts + more, frozenset(lines))

    def _terse(self, line: str) -> bool:
        """Whether ``line`` says nothing but a unit's name and a period."""
        rest = squeeze(line)
        match = self._roster.find(rest) if self._roster else None
        if match is not None and match.exact:
            rest = rest.replace(match.text, "")
        return _FRAME.sub("", _WHEN.sub("", rest)) == ""

    def _astray(self, form: Form, unit: Unit) -> bool:
        """Whether the work asks for ``form``, but not from ``unit``."""
        assert self._work is not None  # noqa: S101 - asked only when there is a work
        asked = any(duty.form == form.name for duty in self._work.duties)
        return asked and not self._work.duties_of(unit, form.name)

    def _unit_hints(self, form: Form, clues: Clues) -> Iterator[_Hint]:
        field = form.with_role(Role.UNIT)
        reading = next(
            (r for r in clues.readings if field and r.field == field.path and isinstance(r.value, str)), None
        )
        if self._roster is None:
            if clues.identity and clues.identity.unit:
                yield _Hint(2, "表内标识", clues.identity.unit, clues.identity.unit)
            return
        if reading is not None and field is not None:
            assert self._work is not None  # noqa: S101 - it has the roster
            match = self._roster.answer(str(reading.value), self._work.issuer.name)
            if match is not None:
                weight = (3.0 if match.exact else 1.5) * (_ALONE if clues.several else 1)
                yield _Hint(weight, f"“{field.path}”", str(reading.value), match.unit.name)
        if clues.identity and clues.identity.unit:
            yield from self._unit_hint(2.5, "表内标识", clues.identity.unit)
        for line in (*clues.titles, *clues.lines):
            if _TO_SOMEBODY.search(line) is None:
                yield from self._unit_hint(1.5, "文中", line, exact=True)
        yield from self._unit_hint(1.8, "表名", clues.sheet, exact=True)
        for part in _names(clues.source):
            yield from self._unit_hint(2, "文件名", part, exact=True)
        yield from self._unit_hint(2, "邮件主题", clues.subject, exact=True)
        yield from self._sent_by(clues.sender)

    def _sent_by(self, sender: str) -> Iterator[_Hint]:
        """Yield what the sender tells: a mail address of the 名册, or a unit's name as display name."""
        units = self._work.units if self._work else ()
        address = sender.rpartition(" ")[2].lower()
        known = [unit for unit in units if address in map(str.lower, unit.mails)]
        if len(known) == 1:
            yield _Hint(2.2, "发件人", sender, known[0].name)
        elif sender:
            yield from self._unit_hint(1.6, "发件人", sender, exact=True)

    def _unit_hint(self, weight: float, origin: str, text: str, *, exact: bool = False) -> Iterator[_Hint]:
        match: Match | None = self._roster.find(text) if self._roster and text else None
        if match is not None and (match.exact or not exact):
            yield _Hint(weight if match.exact else weight / 2, origin, text, match.unit.name)

    def _only_one(self, form: Form) -> tuple[str | None, tuple[Doubt, ...]]:
        """Return the unit that alone owes ``form``, doubted, where nothing tells whose return it is."""
        if self._work is None:
            return None, ()
        owing = [unit.name for unit in self._work.units if self._work.duties_of(unit, form.name)]
        if len(owing) == 1 < len(self._work.units):
            told = f"《{form.name}》只由它报送"
            return owing[0], (doubt("unit_guessed", None, raw=told, unit=owing[0]),)
        return None, (doubt("unit_unknown", None, raw="表内和文件名里都没有名册上的名称"),)

    def _unit(self, form: Form, hints: Sequence[_Hint]) -> tuple[str | None, tuple[Doubt, ...]]:
        if not hints:
            return self._only_one(form)
        best, conflict = _weigh(hints)
        if conflict:
            return best.answer, (doubt("unit_conflict", None, evidence=_told(hints)),)
        if best.weight < 1.6:
            return best.answer, (doubt("unit_guessed", None, raw=best.text, unit=best.answer),)
        return best.answer, ()

    def _duty(self, form: Form, unit: Unit | None) -> Duty | None:
        """Return what the work asks of ``unit`` by ``form``, of anybody when it is unknown."""
        if self._work is None:
            return None
        duties = self._work.duties_of(unit, form.name) if unit else ()
        every = duties or tuple(duty for duty in self._work.duties if duty.form == form.name)
        return every[0] if every else None

    def _period_hints(self, form: Form, clues: Clues, cadence: Cadence, duty: Duty | None) -> Iterator[_Hint]:
        if cadence is Cadence.ONCE and self._work is not None:
            only = Period.containing(cadence, self._work.first)
            yield _Hint(3, "报送要求", cadence.value, str(only))
            return
        filled = _answer(form, Role.FILLED, clues.readings)
        day = _filled(filled, cadence, self.year(clues.identity)) if filled is not None else None
        said = list(self._said_hints(form, clues, cadence, day))
        if filled is not None and day is not None:
            origin, text = f"“{filled.field}”", filled.raw.strip()
            whole = duty if isinstance(filled.value, date) else None
            period, sure = self._filled_in(day, cadence, whole, said, clues.days)
            yield _Hint(2.2 if filled.doubts else 3, origin, text, str(period), sure)
        yield from said

    def _filled_in(
        self, day: date, cadence: Cadence, duty: Duty | None, said: Sequence[_Hint], days: Sequence[date]
    ) -> tuple[Period, bool]:
        """Return the period of a return filled in on ``day``, and whether no other one is as likely.

        What is due on 次月5日 is filled in during the next month, about things that were done before; what the form's own
        field 月份 says is true of any later day. Without a ``duty`` only the day itself tells.
        """
        period = Period.containing(cadence, day)
        before = Period.containing(cadence, period.start - timedelta(days=1))
        told = {hint.answer for hint in said} | {str(Period.containing(cadence, each)) for each in days}
        own = [Period.parse(hint.answer) for hint in said if hint.weight >= _OWN]
        if own and own[0].start <= day:
            return own[0], True
        timely = duty is not None and duty.cadence is cadence and day <= duty.due(before)
        if not timely or str(period) in told or not self._work or not self._in_time(str(before)):
            return period, True
        return before, str(before) in told

    def _said_hints(self, form: Form, clues: Clues, cadence: Cadence, day: date | None) -> Iterator[_Hint]:
        """Yield what names a period; a month of the form's own field is the last one that began before ``day``."""
        year = self.year(clues.identity)
        reading = _answer(form, Role.PERIOD, clues.readings)
        if reading is not None and reading.value is not None:
            named = find_period(str(reading.value), cadence, day.year if day else year)
            if named is not None and day is not None and named.start > day:
                named = find_period(str(reading.value), cadence, day.year - 1)
            if named is not None:
                yield _Hint(_OWN, f"“{reading.field}”", reading.raw.strip(), str(named))
        if clues.identity and clues.identity.period:
            yield _Hint(2.5, "表内标识", clues.identity.period, clues.identity.period)
        filled = _answer(form, Role.FILLED, clues.readings)
        dated = filled is not None and isinstance(filled.value, date)
        for line in (*clues.titles, *clues.lines):
            if dated and _DAY.fullmatch(line):
                continue  # some other day that the return tells of
            told = len(line) <= 60 and _EXAMPLE.match(line) is None
            named = self._named(line, cadence, year) if told else None
            if named is not None:
                yield _Hint(2.4, "文中", line, str(named))
        named = self._named(clues.sheet, cadence, year)
        if named is not None:
            weight = 2.1 if clues.among else 1.9  # a sheet alone often keeps the name of an earlier month
            yield _Hint(weight, "表名", clues.sheet, str(named))
        for part in _names(clues.source):
            named = self._named(part.rpartition(".")[0] or part, cadence, year)
            if named is not None:
                yield _Hint(2, "文件名", part, str(named))
                break
        named = self._named(clues.subject, cadence, year) if clues.subject else None
        if named is not None:
            yield _Hint(1.8, "邮件主题", clues.subject, str(named))

    def _named(self, text: str, cadence: Cadence, year: int | None) -> Period | None:
        """Return the period that ``text`` names; a year that it leaves out is ``year``, or that in which the work runs."""
        named = find_period(text, cadence, year)
        if named is None or self._work is None or self._in_time(str(named)):
            return named
        if find_period(text, cadence, None) is not None:  # the year is written
            return named
        years = range(self._work.first.year - 1, self._work.last.year + 1)
        others = [other for each in years if (other := find_period(text, cadence, each))]
        inside = [other for other in others if self._in_time(str(other))]
        return inside[0] if len(inside) == 1 else named

    def _period(
        self, hints: Sequence[_Hint], cadence: Cadence | None
    ) -> tuple[str | None, tuple[Doubt, ...]]:
        if not hints:
            return None, (doubt("period_unknown", None),) if self._work and cadence else ()
        best, conflict = _weigh(hints)
        if conflict:
            return best.answer, (doubt("period_conflict", None, evidence=_told(hints)),)
        weak = all(hint.origin in ("表名", "文件名", "邮件主题") for hint in hints) or not best.sure
        if self._work and (weak or not self._in_time(best.answer)):
            return best.answer, (doubt("period_guessed", None, evidence=_named(hints), period=best.answer),)
        return best.answer, ()

    def _in_time(self, code: str) -> bool:
        assert self._work is not None  # noqa: S101 - asked only when there is a work
        period = Period.parse(code)
        return period.start <= self._work.last and self._work.first <= period.end

    def year(self, identity: Identity | None) -> int | None:
        """Return the year that completes a date without one: of the embedded period, else of the work."""
        if identity and identity.period:
            period = Period.parse(identity.period)
            return Years(period.start, period.end + _LATE, period.end.year)
        return Years(self._work.first, self._work.last) if self._work else None


def _answer(form: Form, role: Role, readings: Sequence[Reading]) -> Reading | None:
    """Return the reading of the field that has ``role``."""
    field = form.with_role(role)
    return next((r for r in readings if field is not None and r.field == field.path), None)


def _filled(reading: Reading, cadence: Cadence, year: int | None) -> date | None:
    """Return the day on which a form was filled in, or the first of its month where it names no day: 2020年12月."""
    if isinstance(reading.value, date):
        return reading.value
    month = read_date(reading.field, reading.raw, year).month if cadence is not Cadence.WEEKLY else None
    return date(*month, 1) if month else None


def _embedded(identity: Identity | None) -> Iterator[_Hint]:
    """Yield the period that a blank was sent out for: all that tells where nobody owes the form at regular times."""
    try:
        period = str(Period.parse(identity.period)) if identity else ""
    except ValueError:
        return
    if period:
        yield _Hint(2.5, "表内标识", period, period)


def _names(source: str) -> list[str]:
    """Return the names of files and folders in ``source``, the innermost first.

    A mail that came out of a mailbox (``账号/主题….eml``) was named by us after its subject, which speaks for itself.
    """
    parts = source.replace("!", "/").split("/")
    return parts[:1:-1] if "@" in parts[0] and len(parts) > 1 else parts[::-1]


def _weigh(hints: Sequence[_Hint]) -> tuple[_Hint, bool]:
    """Return the hint of the answer with most weight behind it, and whether another answer was told as well."""
    sums: dict[str, float] = {}
    for hint in hints:
        sums[hint.answer] = sums.get(hint.answer, 0.0) + hint.weight
    answer = max(sums, key=lambda answer: sums[answer])
    return next(hint for hint in hints if hint.answer == answer), len(sums) > 1


def _named(hints: Sequence[_Hint]) -> str:
    return "、".join(dict.fromkeys(f"{hint.origin}“{hint.text}”" for hint in hints))


def _told(hints: Sequence[_Hint]) -> str:
    return "；".join(dict.fromkeys(f"{hint.origin}“{hint.text}”说是{hint.answer}" for hint in hints))
