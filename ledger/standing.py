"""Who owes what, who has reported, when, late or not (报送情况). Pure: knows entries and duties, no database, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from forms import Due, Entry, Person, Role, Standing, State, Work

Key = tuple[str | None, str | None, str | None]


def standings(work: Work, entries: Sequence[Entry], today: date) -> tuple[Standing, ...]:
    """Return what became of every report that ``work`` is owed, by form, period and the order of the 名册.

    A unit reported when its first filled return arrived, in time on the due day still; a later, corrected return
    takes its place in the ledger but does not make the unit late. Without a return the report is missing once
    ``today`` is after the due day. ``Entry.received_at`` decides, never the date that the form itself bears.
    Where each person of a unit sends a form, the last of them decides, and who of the 名册 has not is named.
    """
    returns: dict[Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        submission = entry.submission
        if not submission.blank:
            returns[submission.unit, submission.form, submission.period].append(entry)
    by_person = {form.name for form in work.forms if form.with_role(Role.PERSON)}
    people: dict[str, list[Person]] = defaultdict(list)
    for person in work.people:
        people[person.unit].append(person)
    return tuple(
        _standing(
            due,
            returns.get((due.unit.name, due.form, str(due.period)), ()),
            people[due.unit.name] if due.form in by_person else (),
            today,
        )
        for due in _ordered(work)
    )


def _ordered(work: Work) -> list[Due]:
    forms = {name: number for number, name in enumerate(dict.fromkeys(duty.form for duty in work.duties))}
    units = {unit.name: number for number, unit in enumerate(work.units)}
    return sorted(work.dues(), key=lambda due: (forms[due.form], due.period.start, units[due.unit.name]))


def _standing(due: Due, returns: Sequence[Entry], people: Sequence[Person], today: date) -> Standing:
    name, form, period = due.unit.name, due.form, str(due.period)
    if not returns:
        state = State.NOT_DUE if today <= due.day else State.MISSING
        return Standing(name, form, period, due.day, state)
    first: dict[str | None, datetime] = {}
    for entry in returns:
        sender = entry.submission.person if people else None
        first[sender] = min(entry.received_at, first.get(sender, entry.received_at))
    received = max(first.values())
    absent = tuple(person.name for person in people if first.keys().isdisjoint(person.names))
    current = max(returns, key=lambda entry: (entry.superseded_by == 0, entry.received_at, entry.id))
    state = State.REPORTED if received.date() <= due.day else State.LATE
    doubts = len(current.submission.all_doubts())
    return Standing(name, form, period, due.day, state, received, current.id, doubts, absent)
