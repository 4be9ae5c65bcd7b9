"""Blank forms for a unit and a period, and the same template filled with values.

Knows a form's fields and their roles; how tags are filled stands in ``render``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from forms import Field, FieldKind, Form, Identity, Period, Role, Unit

from .package import TemplateError, packed, with_identity, write
from .render import Value, template

EMPTY_ROWS = 5
"""Rows of a repeating group in a blank."""

OPEN_DATE = "    年   月   日"
"""A date that a person will write, as printed forms leave it."""


def blank(form: Form, unit: Unit, period: Period, out: Path) -> Path:
    """Write the blank of ``form`` for ``unit`` and ``period`` to ``out`` and return ``out``.

    The unit's name stands in the field that says who reports, year and month of the period's last month in the fill
    date, whose day stays open; all else is empty. Form, unit and period travel in the file's properties. Raise
    ``TemplateError`` or ``OutputError``.
    """
    values = {field.path: _open(field, unit, period) for field in form.fields}
    return filled(form, values, Identity(form.name, unit.name, str(period)), out)


def filled(form: Form, values: Mapping[str, object], identity: Identity | None, out: Path) -> Path:
    """Write ``form`` with ``values`` by field path (and rows by group name) to ``out`` and return ``out``.

    A field without a value stays empty; a line feed in a text begins a new paragraph; a group's value is a sequence of
    mappings by sub-path, ``EMPTY_ROWS`` empty ones when it is not given. Raise ``TemplateError`` or ``OutputError``.
    """
    members = template(form.template).render(_context(form, values))
    if identity is not None:
        members = with_identity(members, identity)
    return write(packed(members), out)


def blank_context(form: Form) -> dict[str, Value]:
    """Return what the tags of ``form`` hold in a blank for nobody in particular: open dates, all else empty."""
    dates = {field.path: OPEN_DATE for field in form.fields if field.kind is FieldKind.DATE}
    return _context(form, dates)


def _open(field: Field, unit: Unit, period: Period) -> str:
    if field.role is Role.UNIT:
        return unit.name
    if field.role is Role.PERIOD:
        return period.label
    if field.role is Role.FILLED and field.kind is FieldKind.DATE:
        return f"{period.end.year}年{period.end.month}月\u3000\u3000日"
    return OPEN_DATE if field.kind is FieldKind.DATE else ""


def _context(form: Form, values: Mapping[str, object]) -> dict[str, Value]:
    context = _nested(form.fields, values)
    for group in form.groups:
        rows = values.get(group.name)
        found: Sequence[Mapping[str, object]] = ({},) * EMPTY_ROWS
        if isinstance(rows, list | tuple):
            found = rows
        context[group.name] = tuple(_nested(group.fields, row) for row in found)
    return context


def _nested(fields: tuple[Field, ...], values: Mapping[str, object]) -> dict[str, Value]:
    """Return texts nested as the dotted paths say: ``走访人数.团干部`` becomes ``{"走访人数": {"团干部": …}}``."""
    nested: dict[str, Value] = {}
    for field in fields:
        inside = nested
        for parent in field.parents:
            deeper = inside.setdefault(parent, {})
            if not isinstance(deeper, dict):
                raise TemplateError(f"字段“{parent}”既是一栏，又是“{field.path}”的上一级。请改正表单的 YAML")
            inside = deeper
        inside[field.name] = _text(values.get(field.path))
    return nested


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return str(value).replace("\n", "\a")
