"""A quota (指标): how much of something is to be done in each period, by each unit or person, counted from the returns.

Data and the words of ``work.yaml``; how it is counted stands in ``ledger``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic import Field as Key

from .form import Spec
from .period import Cadence


class Measure(StrEnum):
    """What is made of the returns or rows that count (算法).

    ``DISTINCT`` counts different answers, ``LATEST`` takes that of the last return, ``RATIO`` divides two fields of the
    last return and gives percent.
    """

    COUNT = "计数"
    SUM = "合计"
    DISTINCT = "不同"
    LATEST = "最新"
    RATIO = "比率"


class Per(StrEnum):
    """Whom a quota is asked of (对象)."""

    UNIT = "每单位"
    PERSON = "每人"
    WORK = "全部"


_COMPARED = re.compile(r"(>=|<=|≥|≤|>|<|＞|＜)\s*(-?\d+(?:\.\d+)?)")
_SIGNS = {">=": "≥", "<=": "≤", "＞": ">", "＜": "<"}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must say for a return or row to count: one of ``values``, or a number ``sign`` ``bound``."""

    values: tuple[str, ...] = ()
    sign: str = ""
    bound: float = 0.0

    def holds(self, number: float) -> bool:
        """Whether ``number`` stands on the right side of the bound."""
        match self.sign:
            case "≥":
                return number >= self.bound
            case "≤":
                return number <= self.bound
            case ">":
                return number > self.bound
            case _:
                return number < self.bound


def _condition(value: Any) -> Any:
    if isinstance(value, Condition):
        return value
    if isinstance(value, list) and value and all(isinstance(item, str | int | float) for item in value):
        return Condition(tuple(str(item) for item in value))
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
        raise ValueError("应是一个值、几个值的列表，或“≥3”这样的比较")
    compared = _COMPARED.fullmatch(str(value).strip())
    if compared is None:
        return Condition((str(value).strip(),))
    return Condition(sign=_SIGNS.get(compared[1], compared[1]), bound=float(compared[2]))


def _amount(value: Any) -> Any:
    if isinstance(value, str):
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[%％]?", value.strip())
        if found is None:
            raise ValueError(f"“{value}”不是数，应写成 3、40% 的样子")
        return float(found[1])
    if isinstance(value, bool) or (isinstance(value, int | float) and value < 0):
        raise ValueError("应是不小于0的数")
    return value


def _list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_list)]
Amount = Annotated[float | None, BeforeValidator(_amount)]


class Quota(Spec):
    """One quota. What counts are the returns of ``form``, or the rows of its ``group``, for which all conditions hold.

    ``person`` names the field that says whose deed it was, ``dated`` the one that says when; fields of the group come
    before those of the form. ``base`` is what a ratio divides by. ``kinds`` and ``units`` say of whom it is asked, of all when both are
    empty.
    """

    name: str = Key(alias="名称")
    form: str = Key(alias="表单")
    group: str = Key("", alias="明细")
    conditions: dict[str, Annotated[Condition, BeforeValidator(_condition)]] = Key({}, alias="条件")
    measured: Measure | None = Key(None, alias="算法")
    field: str = Key("", alias="字段")
    base: str = Key("", alias="分母")
    per: Per = Key(Per.UNIT, alias="对象")
    person: str = Key("", alias="姓名栏")
    dated: str = Key("", alias="日期栏")
    kinds: Words = Key((), alias="单位类别")
    units: Words = Key((), alias="单位")
    people: Words = Key((), alias="人员类别")
    cadence: Cadence = Key(alias="周期")
    minimum: Amount = Key(None, alias="至少")
    maximum: Amount = Key(None, alias="至多")
    counter: str = Key("", alias="量词")

    def asks(self, unit: str, kind: str) -> bool:
        """Whether it is asked of the unit of that name and kind."""
        return (not self.kinds or kind in self.kinds) and (not self.units or unit in self.units)

    @property
    def measure(self) -> Measure:
        """How it is counted; a field without 算法 is added up, a 分母 makes a ratio."""
        if self.measured is not None:
            return self.measured
        return Measure.RATIO if self.base else Measure.SUM if self.field else Measure.COUNT

    @property
    def counted_in(self) -> str:
        """The word behind a number: 次, 人, and % for a ratio."""
        return self.counter or ("%" if self.measure is Measure.RATIO else "")

    @property
    def required(self) -> str:
        """What is asked for, in words: 至少3次, 至多5人, 3—5人."""
        low, high, unit = amount(self.minimum), amount(self.maximum), self.counted_in
        if self.minimum is not None and self.maximum is not None:
            return f"{low}{unit}" if low == high else f"{low}—{high}{unit}"
        return f"至少{low}{unit}" if self.minimum is not None else f"至多{high}{unit}"

    def met_by(self, done: float | None) -> bool:
        """Whether ``done`` is enough and not too much; what could not be measured is not."""
        if done is None:
            return False
        low = self.minimum is None or done >= self.minimum
        return low and (self.maximum is None or done <= self.maximum)


def amount(value: float | None) -> str:
    """Return a number as a person writes it: whole ones without a point, others with two places at most."""
    if value is None:
        return "—"
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")
