"""Blank forms for a unit and a period, and the same template filled with values.

Knows a form's fields and their roles; how tags are filled stands in ``render``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from forms import Field, FieldKind, Form, Identity, Period, Role, RowGroup, Unit
from forms.serial import serial
from generate.package import TemplateError, packed, with_identity
from generate.render import Value, template
from generate.save import save

from .badge import with_badge
from .protect import protected
from .sheet import Content, fill_sheet
from .sheetguard import Entries, guard

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

OPEN, TICKED, BETWEEN = "□", "☑", "\u3000"
"""A box before an option, ticked or not, and what stands between two options."""

_QUARTER = 93  # days: within so many the month in which a form is filled in is known beforehand
_ONE_LINE = 12  # characters of options that a narrow cell of a row shows in one line

OPEN_DATE = "    年   月   日"
"""A date that a person will write, as printed forms leave it."""


def blank(form: Form, unit: Unit, period: Period, out: Path) -> Path:
    """Write the blank of ``form`` for ``unit`` and ``period`` to ``out`` and return ``out``.

    The unit's name stands in the field that says who reports, year and month of the period's last month in the fill
    date, whose day stays open; where the period is longer than a quarter the whole date does; all else is empty. Form,
    unit and period travel in the file's properties and in its serial. Answers are open, the rest is protected without a
    password. Raise ``TemplateError`` or ``OutputError``.
    """
    values = {field.path: _open(field, unit, period) for field in form.fields}
    identity = Identity(form.name, unit.name, str(period))
    if _excel(form):
        members = _sheet(form, _unprompted(values), partial(_guarded, form=form, identity=identity))
        return save(packed(with_identity(members, identity)), out)
    members = protected(template(form.template), _context(form, values), form)
    badged = with_badge(members, serial(identity), form.instructions)
    return save(packed(with_identity(badged, identity)), out)


def filled(form: Form, values: Mapping[str, object], identity: Identity | None, out: Path) -> Path:
    """Write ``form`` with ``values`` by field path (and rows by group name) to ``out`` and return ``out``.

    A field without a value stays empty, one of choices shows its boxes, ticked where chosen; a line feed in a text
    begins a new paragraph; a group's value is a sequence of mappings by sub-path, as many empty ones as a blank has when
    it is not given. In an Excel form numbers are numbers and dates dates. Raise ``TemplateError`` or ``OutputError``.
    """
    members = _sheet(form, values) if _excel(form) else template(form.template).render(_context(form, values))
    if identity is not None:
        members = with_identity(members, identity)
    return save(packed(members), out)


def blank_context(form: Form) -> dict[str, Value]:
    """Return what the tags of ``form`` hold in a blank for nobody in particular: open dates, all else empty."""
    dates = {field.path: OPEN_DATE for field in form.fields if field.kind is FieldKind.DATE}
    return _context(form, dates)


def _excel(form: Form) -> bool:
    return form.template.suffix.lower() == ".xlsx"


def _open(field: Field, unit: Unit, period: Period) -> str:
    if field.role is Role.UNIT:
        return unit.name
    if field.role is Role.PERIOD:
        return period.label
    short = (period.end - period.start).days < _QUARTER
    if field.role is Role.FILLED and field.kind is FieldKind.DATE and short:
        return f"{period.end.year}年{period.end.month}月\u3000\u3000日"
    return OPEN_DATE if field.kind is FieldKind.DATE else ""


def _context(form: Form, values: Mapping[str, object]) -> dict[str, Value]:
    context = _nested(form.fields, values)
    for group in form.groups:
        rows = values.get(group.name)
        found: Sequence[Mapping[str, object]] = ({},) * group.empty_rows
        if isinstance(rows, list | tuple):
            found = rows
        context[group.name] = tuple(_nested(group.fields, row, narrow=True) for row in found)
    return context


def _nested(
    fields: tuple[Field, ...], values: Mapping[str, object], *, narrow: bool = False
) -> dict[str, Value]:
    """Return texts nested as the dotted paths say: ``走访人数.团干部`` becomes ``{"走访人数": {"团干部": …}}``.

    In ``narrow`` cells, those of rows, many options stand a line each.
    """
    nested: dict[str, Value] = {}
    for field in fields:
        inside = nested
        for parent in field.parents:
            deeper = inside.setdefault(parent, {})
            if not isinstance(deeper, dict):
                raise TemplateError(f"字段“{parent}”既是一栏，又是“{field.path}”的上一级。请改正表单的 YAML")
            inside = deeper
        text = _text(field, values.get(field.path))
        if narrow and field.choices and len(text) > _ONE_LINE:
            text = text.replace(
                BETWEEN, "\n"
            )  # else a box hangs at the end of a line, its option on the next
        inside[field.name] = text.replace("\n", "\a")
    return nested


def _guarded(book: Workbook, entries: Entries, form: Form, identity: Identity) -> None:
    """Finish an Excel blank: a choice is made from a list, in place of the boxes that Word's paper shows."""
    lists = {item.path for item in form.fields if item.kind is FieldKind.CHOICE and item.choices}
    lists |= {
        f"{group.name}.{item.path}"
        for group in form.groups
        for item in group.fields
        if item.kind is FieldKind.CHOICE and item.choices
    }
    for cell, path in entries:
        if path in lists:
            cell.value = None
    guard(book, entries, form, serial(identity))


def _unprompted(values: Mapping[str, object]) -> dict[str, object]:
    """Return ``values`` without the open dates, whose cells take a date as such."""
    return {path: value for path, value in values.items() if value != OPEN_DATE}


def _sheet(
    form: Form,
    values: Mapping[str, object],
    finish: Callable[[Workbook, Entries], None] | None = None,
) -> dict[str, bytes]:
    """Return the members of an Excel form with its values."""
    known = {field.path: _content(field, values.get(field.path)) for field in form.fields}
    groups: dict[str, tuple[Sequence[Mapping[str, Content]], Mapping[str, Content], int]] = {}
    for group in form.groups:
        given = values.get(group.name)
        rows: Sequence[Mapping[str, object]] = given if isinstance(given, list | tuple) else ()
        filled_rows = [_row(group, row) for row in rows]
        groups[group.name] = (filled_rows, _row(group, {}), 1 if rows else group.empty_rows)
    return fill_sheet(form.template, known, groups, finish)


def _row(group: RowGroup, row: Mapping[str, object]) -> dict[str, Content]:
    return {f"{group.name}.{field.path}": _content(field, row.get(field.path)) for field in group.fields}


def _content(field: Field, value: object) -> Content:
    """Return what a cell holds: numbers and dates as they are, all else as text."""
    if isinstance(value, int | float | date):
        return value
    return _text(field, value) or None


def _text(field: Field, value: object) -> str:
    chosen = tuple(map(str, value)) if isinstance(value, list | tuple) else ()
    if isinstance(value, str) and value:
        chosen = (value,)
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES) and set(chosen) <= set(field.choices):
        return BETWEEN.join(f"{TICKED if option in chosen else OPEN}{option}" for option in field.choices)
    return "" if value is None else "、".join(chosen) or str(value)
