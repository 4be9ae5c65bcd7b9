"""Whether a text is of the kind that a column of a list asks for, where that can be told: dates, counts and options."""

from __future__ import annotations

from extract.values.choices import read_choice
from extract.values.dates import is_untouched, read_date
from extract.values.numbers import read_number
from forms import Field, FieldKind

TYPED = frozenset((FieldKind.DATE, FieldKind.INTEGER, FieldKind.CHOICE))
"""The kinds that a text itself tells."""
_UNKNOWN = frozenset(
    ("choice_unknown", "date_unclear", "number_unclear", "date_range", "number_range", "number_several")
)


def is_of_kind(field: Field, text: str) -> bool:
    """Whether ``text`` may be an answer of ``field``; empty it may be one of any kind."""
    return field.kind not in TYPED or not text.strip() or not _codes(field, text) & _UNKNOWN


def _codes(field: Field, text: str) -> set[str]:
    if field.kind is FieldKind.DATE:
        return set() if is_untouched(text) else {doubt.code for doubt in read_date(field.path, text).doubts}
    if field.kind is FieldKind.CHOICE:
        return {doubt.code for doubt in read_choice(field, text).doubts}
    return {doubt.code for doubt in read_number(field.path, text, whole=True).doubts}
