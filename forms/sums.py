"""Sums that a form asks for: which numbers a total (合计) is made of, and whether it is their sum. Rules only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .doubts import Doubt, doubt
from .form import Field, FieldKind

_TOTALS = ("合计", "总计", "共计", "小计", "总数", "总人数", "合计人数")
_NUMBERS = (FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY)
_NEAR = 0.005  # a sum of amounts in 元 may be rounded to the 分


def parts_of(total: Field, fields: Sequence[Field]) -> tuple[str, ...]:
    """Return the paths of the fields that ``total`` must be the sum of, none when it is no total.

    Those that its YAML names (各项); else, for a 合计 under a label of its own (``走访人数.合计``), the other numbers there.
    """
    if total.parts is not None:
        return total.parts
    if total.kind not in _NUMBERS or total.name not in _TOTALS or not total.parents:
        return ()
    beside = [
        f for f in fields if f.parents == total.parents and f.kind in _NUMBERS and f.name not in _TOTALS
    ]
    return tuple(field.path for field in beside) if len(beside) > 1 else ()


def sum_doubts(fields: Sequence[Field], values: Mapping[str, object]) -> Iterator[Doubt]:
    """Yield a doubt for each total among ``values`` (by path) that is not the sum of its parts.

    A part without a value counts nothing; without any part, or without the total, there is nothing to compare.
    """
    for field in fields:
        said = _number(values.get(field.path))
        paths = parts_of(field, fields)
        parts = {path: number for path in paths if (number := _number(values.get(path))) is not None}
        if said is None or not parts or abs(said - sum(parts.values())) <= _NEAR:
            continue
        told = "、".join(f"{path.rpartition('.')[2]}{number:g}" for path, number in parts.items())
        yield doubt("sum_mismatch", field.path, value=f"{said:g}", parts=told, sum=f"{sum(parts.values()):g}")


def _number(value: object) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
