"""How texts and typed values stand in the database, so that each comes back exactly as it was.

A text may hold what a database refuses or cuts: NUL, and lone surrogates (from undecodable file names). These,
and the escape character itself, become U+FFFF and four hexadecimal digits. U+FFFF is a noncharacter (Unicode 23.7),
so ordinary text stands in the database as a person reads it; the mapping is one to one, so equality stays equality.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from forms import Scalar

_ESCAPE = "\uffff"
_UNSAFE = re.compile(r"[\x00\ud800-\udfff\uffff]")
_ESCAPED = re.compile(_ESCAPE + "([0-9a-f]{4})")
_LONG_INTEGER = 8192  # bits; Python refuses to print more than 4300 digits


def escape(text: str) -> str:
    """Return ``text`` as the database keeps it."""
    return _UNSAFE.sub(lambda found: f"{_ESCAPE}{ord(found[0]):04x}", text)


def unescape(stored: str) -> str:
    """Return the text that ``escape`` was given."""
    if _ESCAPE not in stored:
        return stored
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored)


def dump(value: Scalar) -> str:
    """Return ``value`` as JSON; what JSON does not know stands as ``{"date": …}`` or ``{"int": …}``.

    Raise ``TypeError`` for what is no ``Scalar``.
    """
    plain: Any = value
    match value:
        case datetime():  # a subclass of date that would lose its hours
            raise TypeError("a value is a date, not a moment")
        case date():
            plain = {"date": value.isoformat()}
        case int() if value.bit_length() > _LONG_INTEGER:
            plain = {"int": hex(value)}
    return json.dumps(plain, ensure_ascii=False)


def load(stored: str) -> Scalar:
    """Return the value that ``dump`` was given; raise ``ValueError`` for anything else."""
    match json.loads(stored):
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"int": str(digits)}:
            return int(digits, 16)
        case list(items):
            return tuple(items)
        case str() | int() | float() | None as plain:
            return plain
    raise ValueError("no typed value")


class Text(sa.TypeDecorator[str]):
    """A column of text from outside."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Escape what the database cannot hold."""
        return None if value is None else escape(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """Undo the escapes."""
        return None if value is None else unescape(value)


class Value(sa.TypeDecorator[Any]):
    """A column of typed values; nothing filled in is NULL."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Scalar, _dialect: Dialect) -> str | None:
        """Write the value as JSON."""
        return None if value is None else escape(dump(value))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Scalar:
        """Read the JSON back."""
        return None if value is None else load(unescape(value))
