"""Mistakes in 指标 that show only when the quota is held against the forms, the 名册 and the duties of its work.

Pure: knows quotas and works; where the mistake stands in the file is the loader's affair.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .form import Field, FieldKind, Form
from .period import fits_into
from .quota import Measure, Per, Quota
from .work import Work

_NUMBERS = (FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY)


class Fault(NamedTuple):
    """One mistake: the keys that lead to it below the quota, what is wrong and how to mend it."""

    keys: tuple[str, ...]
    what: str
    mend: str


def quota_faults(quota: Quota, work: Work) -> Iterator[Fault]:
    """Yield every mistake of ``quota``."""
    form = next((form for form in work.forms if form.name == quota.form), None)
    if form is None:
        names = [form.name for form in work.forms]
        yield Fault(("表单",), f"没有《{quota.form}》这个表单", _near(quota.form, names))
        return
    yield from _amounts(quota)
    yield from _whom(quota, work)
    groups = [group.name for group in form.groups]
    if quota.group and quota.group not in groups:
        mend = _near(quota.group, groups) if groups else "它没有明细，请删去“明细”，按份数计"
        yield Fault(("明细",), f"《{form.name}》没有“{quota.group}”这个明细", mend)
        return
    known = fields_of(quota, form)
    yield from _measured(quota, known)
    yield from _conditions(quota, known)
    yield from _person(quota, known)
    yield from _dated(quota, known, work)


def fields_of(quota: Quota, form: Form) -> dict[str, Field]:
    """Return the fields that ``quota`` may name, by path: those of its group before those of the form."""
    own = next((group.fields for group in form.groups if group.name == quota.group), ())
    return {field.path: field for field in (*form.fields, *own)}


def person_field(quota: Quota, known: Mapping[str, Field]) -> str:
    """Return the path of the field that names the person: 姓名栏, else the last field of kind 姓名; empty without any."""
    named = [path for path, field in known.items() if field.kind is FieldKind.PERSON]
    return quota.person or (named[-1] if named else "")


def _amounts(quota: Quota) -> Iterator[Fault]:
    if quota.minimum is None and quota.maximum is None:
        yield Fault((), "没有写要做多少", "请补上“至少: …”或“至多: …”，两个都写就是一个范围")
    elif quota.minimum is not None and quota.maximum is not None and quota.maximum < quota.minimum:
        yield Fault(("至多",), "比“至少”还小", "请改正其中一个")


def _whom(quota: Quota, work: Work) -> Iterator[Fault]:
    kinds = {unit.kind for unit in work.units if unit.kind}
    for kind in quota.kinds:
        if work.units and kind not in kinds:
            yield Fault(
                ("单位类别",), f"名册里没有“{kind}”这一类", f"名册里的类别有：{'、'.join(sorted(kinds))}"
            )
    names = [unit.name for unit in work.units]
    for name in quota.units:
        if work.units and name not in names:
            known = work.unit(name)
            yield Fault(
                ("单位",), f"名册里没有“{name}”", f"请写成“{known.name}”" if known else _near(name, names)
            )
    if quota.per is not Per.PERSON:
        if quota.people:
            yield Fault(("人员类别",), "只有“对象: 每人”才用得着", "请删去，或写上“对象: 每人”")
        return
    if not work.people:
        yield Fault(
            ("对象",), "名册里没有人员", "请在 units.xlsx 里加一张“人员”工作表，表头写：姓名、单位、类别"
        )
    found = {person.kind for person in work.people if person.kind}
    for kind in quota.people:
        if work.people and kind not in found:
            yield Fault(
                ("人员类别",),
                f"人员里没有“{kind}”这一类",
                f"现有：{'、'.join(sorted(found)) or '都没有写类别'}",
            )


def _measured(quota: Quota, known: Mapping[str, Field]) -> Iterator[Fault]:
    measure = quota.measure
    if measure is Measure.COUNT:
        if quota.field:
            yield Fault(("字段",), "“计数”不看字段", "请删去，或把“算法”改成 合计、不同、最新")
        return
    if not quota.field:
        yield Fault(("算法",), f"“{measure.value}”要写明是哪个字段", "请补上“字段: …”")
    else:
        yield from _field("字段", quota.field, known, () if measure is Measure.DISTINCT else _NUMBERS)
    if measure is Measure.RATIO:
        if quota.base:
            yield from _field("分母", quota.base, known, _NUMBERS)
        else:
            yield Fault(("算法",), "“比率”要写明除以哪个字段", "请补上“分母: …”")
    elif quota.base:
        yield Fault(("分母",), "只有“算法: 比率”才用得着", "请删去，或把“算法”改成 比率")


def _conditions(quota: Quota, known: Mapping[str, Field]) -> Iterator[Fault]:
    for path, condition in quota.conditions.items():
        field = known.get(path)
        where = ("条件", path)
        if field is None:
            yield Fault(where, "没有这个字段", _near(path, known))
        elif condition.sign and field.kind not in _NUMBERS:
            yield Fault(where, f"它是“{field.kind.label}”，不能比大小", "请写成一个值，或换一个数字字段")
        elif field.choices and (wrong := [v for v in condition.values if v not in field.choices]):
            yield Fault(where, f"没有“{wrong[0]}”这个选项", f"可用：{'、'.join(field.choices)}")


def _person(quota: Quota, known: Mapping[str, Field]) -> Iterator[Fault]:
    if quota.person:
        yield from _field("姓名栏", quota.person, known, ())
    elif quota.per is Per.PERSON and not person_field(quota, known):
        yield Fault(
            ("对象",), "表里没有姓名一类的字段，不知道算在谁名下", "请补上“姓名栏: …”，写出是哪个字段"
        )


def _dated(quota: Quota, known: Mapping[str, Field], work: Work) -> Iterator[Fault]:
    if quota.dated:
        yield from _field("日期栏", quota.dated, known, (FieldKind.DATE,))
        return
    for duty in work.duties:
        if duty.form == quota.form and not fits_into(duty.cadence, quota.cadence):
            what = f"《{duty.form}》{duty.cadence.value}报一次，分不清算在哪一期"
            yield Fault(("周期",), what, "请改成更长的周期，或补上“日期栏: …”，按填的日期分")
            return


def _field(key: str, path: str, known: Mapping[str, Field], kinds: tuple[FieldKind, ...]) -> Iterator[Fault]:
    field = known.get(path)
    if field is None:
        yield Fault((key,), f"没有“{path}”这个字段", _near(path, known))
    elif kinds and field.kind not in kinds:
        allowed = "日期" if kinds == (FieldKind.DATE,) else "整数、数字或金额"
        yield Fault(
            (key,),
            f"“{path}”是“{field.kind.label}”，这里要用{allowed}",
            "请换一个字段，或在表单的 YAML 里改类型",
        )


def _near(name: str, names: Iterable[str]) -> str:
    listed = list(names)
    near = difflib.get_close_matches(name, listed, n=1, cutoff=0.5)
    return f"是不是“{near[0]}”？" if near else f"可用：{'、'.join(listed)}"
