"""A person's answer, typed through the kind of its field: what a clerk writes after ``review set``.

Stricter than the reading of returns: here a person can be asked again.
"""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime
from typing import NamedTuple

from forms import Correction, Entry, Field, FieldKind, Form, HongtouError, Period, Scalar, Work

from .comparing import compared


class Answer(NamedTuple):
    """What a clerk writes about one value: the field's path, the value as text, why, and the row of its group or 0."""

    field: str
    text: str
    why: str
    row: int = 0


NOTHING = ("", "无", "空")
_DAY = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?")


class AnswerError(HongtouError):
    """The field does not exist, or the answer is not of its kind."""


def field_at(form: Form, path: str, row: int = 0) -> Field:
    """Return the field of ``form`` at ``path``, in a repeating group when ``row`` is not 0; raise ``AnswerError``."""
    fields = {f.path: f for f in form.fields}
    if row:
        fields = {f"{group.name}.{f.path}": f for group in form.groups for f in group.fields}
    if path in fields:
        return fields[path]
    near = [p for p in fields if p.endswith(path)] or difflib.get_close_matches(path, fields, n=3, cutoff=0.4)
    if not fields:
        raise AnswerError(f"《{form.name}》没有{'明细' if row else '这样的栏目'}")
    hint = f"是不是：{'、'.join(near)}？" if near else f"可用：{'、'.join(fields)}"
    raise AnswerError(f"《{form.name}》没有“{path}”这一栏。{hint}")


def typed(field: Field, text: str, work: Work) -> Scalar:
    """Return ``text`` as a value of ``field``; ``空`` is nothing, ``无`` too except in a text. Raise ``AnswerError`` otherwise."""
    text = text.strip()
    if text in NOTHING and (text != "无" or field.kind is not FieldKind.TEXT):
        return None
    match field.kind:
        case FieldKind.INTEGER | FieldKind.NUMBER:
            return _number(field, text)
        case FieldKind.DATE:
            return _day(field, text)
        case FieldKind.CHOICE:
            return _chosen(field, text)
        case FieldKind.CHOICES:
            return tuple(_chosen(field, part) for part in re.split(r"[、，,；;]\s*", text))
        case FieldKind.UNIT:
            return _unit(field, text, work)
    return text


def correct(work: Work, submission: int, answer: Answer, made_at: datetime) -> Correction:
    """Put ``answer`` over what was read in the return numbered ``submission``; raise ``AnswerError`` when it cannot be."""
    from ledger import open_ledger

    with open_ledger(work.folder) as ledger:
        entry = ledger.entry(submission)
        if entry.submission.form is None:
            raise AnswerError(f"编号 {submission} 认不出是哪个表单，没有栏目可改。请看原件：{entry.source}")
        form = work.form(entry.submission.form)
        field = field_at(form, answer.field, answer.row)
        value = typed(field, answer.text, work)
        ledger.correct(submission, answer.field, value, answer.why, made_at, row=answer.row)
    return Correction(submission, answer.field, value, answer.why, made_at, answer.row)


def accept(work: Work, submission: int, made_at: datetime) -> tuple[Entry, int]:
    """Note that the values of a return are right as read; return it as it stands now and how many doubts that settled."""
    from ledger import open_ledger

    with open_ledger(work.folder) as ledger:
        settled = ledger.confirm(submission, made_at, compared(work, ledger).doubts.get(submission, ()))
        return ledger.entry(submission), settled


def assign(work: Work, submission: int, unit: str | None, period: Period | None, made_at: datetime) -> Entry:
    """Note whose return it is, of which period, or both; return it as it stands now. Raise ``AnswerError``."""
    from ledger import open_ledger

    name = None if unit is None else unit_named(work, unit)
    with open_ledger(work.folder) as ledger:
        ledger.assign(submission, name, None if period is None else str(period), made_at)
        return ledger.entry(submission)


def unit_named(work: Work, text: str) -> str:
    """Return the name of the unit called ``text`` in the 名册; raise ``AnswerError`` with the nearest when there is none."""
    unit = work.unit(text)
    if unit is not None:
        return unit.name
    names = [name for member in work.units for name in member.names]
    near = difflib.get_close_matches(text, names, n=3, cutoff=0.4)
    hint = f"是不是：{'、'.join(near)}？" if near else "请照 units.xlsx 里的名称或别名写"
    raise AnswerError(f"名册里没有“{text}”这个单位。{hint}")


def owes(work: Work, entry: Entry) -> bool:
    """Whether the unit of ``entry`` owes that form for that period, as far as all three are known."""
    found = entry.submission
    if found.form is None or found.unit is None or found.period is None:
        return True
    return any(
        (due.unit.name, due.form, str(due.period)) == (found.unit, found.form, found.period)
        for due in work.dues()
    )


def _number(field: Field, text: str) -> int | float:
    try:
        number = int(text) if field.kind is FieldKind.INTEGER else float(text)
    except ValueError as error:
        raise AnswerError(f"“{field.path}”应是{field.kind.label}，写的是“{text}”") from error
    low, high = field.minimum, field.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        bounds = "，".join(
            [f"不小于 {low:g}"] * (low is not None) + [f"不大于 {high:g}"] * (high is not None)
        )
        raise AnswerError(f"“{field.path}”应{bounds}，写的是“{text}”")
    return number


def _day(field: Field, text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass  # answered below: no such day
    raise AnswerError(f"“{field.path}”应是日期，请写成 2020-07-08，写的是“{text}”")


def _chosen(field: Field, text: str) -> str:
    if text not in field.choices:
        raise AnswerError(f"“{field.path}”没有“{text}”这个选项，可选：{'、'.join(field.choices)}")
    return text


def _unit(field: Field, text: str, work: Work) -> str:
    unit = work.unit(text)
    if unit is None:
        raise AnswerError(f"“{field.path}”应是名册里的单位，写的是“{text}”")
    return unit.name
