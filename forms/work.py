"""A work (工作): who issues it, its notices and forms, which units report what by when.

Data and the rules that follow from it alone; where the data comes from is ``workfile`` and ``roster``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Key

from .deadline import DayOff, Deadline
from .form import Form, Spec
from .kind import Kind, Sealing, SignatureStamp
from .mailbox import Mailbox
from .period import Cadence, Period, periods_between
from .quota import Quota
from .rostersource import RosterSource


class Unit(Spec):
    """A reporting unit as the 名册 has it; from the day ``until`` it is no more, and ``into`` names who reports instead."""

    name: str = Key(alias="单位")
    aliases: tuple[str, ...] = Key((), alias="别名")
    kind: str = Key("", alias="类别")
    contact: str = Key("", alias="联系人")
    post: str = Key("", alias="职务")
    mail: str = Key("", alias="邮箱")
    phone: str = Key("", alias="电话")
    since: date | None = Key(None, alias="设立")
    until: date | None = Key(None, alias="撤并")
    into: str = Key("", alias="并入")

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return (self.name, *self.aliases)

    def stands(self, period: Period) -> bool:
        """Whether the unit is there on the last day of ``period``; what it owed before it was merged stays owed."""
        begun = self.since is None or self.since <= period.end
        return begun and (self.until is None or period.end < self.until)

    @property
    def mails(self) -> tuple[str, ...]:
        """The mail addresses, which the 名册 separates by 、，；; or spaces, each once."""
        return tuple(dict.fromkeys(part for part in re.split(r"[、，,；;\s]+", self.mail) if part))


class Person(Spec):
    """A person whose deeds are counted (团干部): name, the unit he or she belongs to, and the kind (专职, 兼职)."""

    name: str = Key(alias="姓名")
    aliases: tuple[str, ...] = Key((), alias="曾用名")
    unit: str = Key(alias="单位")
    kind: str = Key("", alias="类别")
    post: str = Key("", alias="职务")
    mail: str = Key("", alias="邮箱")
    phone: str = Key("", alias="电话")

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all former ones."""
        return (self.name, *self.aliases)


def _deadline(value: Any) -> Any:
    if isinstance(value, date):  # YAML reads 2020-12-31 as a day
        return Deadline(value.isoformat())
    return Deadline(value) if isinstance(value, str) else value


def _list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _one(value: Any) -> Any:
    return (value,) if isinstance(value, dict) else value


class Duty(Spec):
    """Who reports a form, how often and by when (报送要求). Without ``kinds`` every unit does."""

    form: str = Key(alias="表单")
    kinds: Annotated[tuple[str, ...], BeforeValidator(_list)] = Key((), alias="单位类别")
    cadence: Cadence = Key(alias="周期")
    deadline: Annotated[Deadline, BeforeValidator(_deadline)] = Key(alias="截止")
    day_off: DayOff = Key(DayOff.KEEP, alias="遇休息日")

    def concerns(self, unit: Unit) -> bool:
        """Whether ``unit`` has this duty."""
        return not self.kinds or unit.kind in self.kinds

    def due(self, period: Period) -> date:
        """Return the day on which the report of ``period`` is due."""
        return self.deadline.due(period, self.day_off)


class Issuer(Spec):
    """The organ that issues (发文机关)."""

    name: str = Key(alias="名称")
    mark: str = Key(alias="标志")
    print_office: str = Key("", alias="印发机关")
    series: str = Key("", alias="代字")


UNIT_COLUMNS = ("单位", "别名", "类别", "联系人", "职务", "邮箱", "电话", "设立", "撤并", "并入")


def _listed(value: Any) -> Any:
    if isinstance(value, list):
        value = (
            dict(zip(value, value, strict=True)) if all(isinstance(item, str) for item in value) else value
        )
    wrong = [c for c in value.values() if c not in UNIT_COLUMNS] if isinstance(value, dict) else []
    if wrong:
        raise ValueError(f"名册里没有“{wrong[0]}”这一列，可用：{'、'.join(UNIT_COLUMNS)}")
    return value


class Listing(Spec):
    """A printed table of the 名册 (一览表): heads of the columns and which column of the 名册 each shows."""

    columns: Annotated[dict[str, str], BeforeValidator(_listed)] = Key(alias="栏目")
    kinds: Annotated[tuple[str, ...], BeforeValidator(_list)] = Key((), alias="单位类别")


class Attachment(Spec):
    """One 附件: a text of the work folder (``text``, Markdown), a form by name, or a table of the 名册.

    ``dated`` is for a text that is signed itself, as a 制度 with the organ and its date below: the organ signs it.
    """

    title: str = Key("", alias="标题")
    text: Path | None = Key(None, alias="正文")
    form: str | None = Key(None, alias="表单")
    listing: Listing | None = Key(None, alias="一览表")
    landscape: bool = Key(False, alias="横排")
    dated: date | None = Key(None, alias="落款日期")


Words = Annotated[tuple[str, ...], BeforeValidator(_list)]


class Outline(Spec):
    """What the year-end summary takes from the returns (总结): headings, each with words that a field's path holds.

    ``sums`` are for integer fields, ``texts`` for text fields. A field goes to the first heading that has a word of
    its path; the empty word stands for every field. Of the texts the summary selects ``per_unit`` for each of
    ``most_units`` units.
    """

    addressees: str = Key("", alias="主送")
    sums: dict[str, Words] = Key({}, alias="合计")
    texts: dict[str, Words] = Key({}, alias="摘录")
    per_unit: int = Key(2, alias="每单位条数", ge=1)
    most_units: int = Key(30, alias="最多单位", ge=1)


_WITHOUT_ADDRESSEES = (Kind.ORDER, Kind.MINUTES, Kind.CONSULTATION)


class Notice(Spec):
    """A 红头 notice. ``carried`` is the text that an 印发通知 carries (随文印发), printed before the attachments.

    ``joint`` names all issuing organs of a 联合行文, the leading one first; ``seals`` are pictures in the same order.
    """

    name: str = Key(alias="名称")
    number: str = Key("", alias="文号")
    title: str = Key(alias="标题")
    addressees: str = Key(alias="主送")
    text: Path = Key(alias="正文")
    kind: Kind = Key(Kind.DOWNWARD, alias="种类")
    copy_number: str = Key("", alias="份号")
    secrecy: str = Key("", alias="密级")
    secret_for: str = Key("", alias="保密期限")
    urgency: str = Key("", alias="紧急程度")
    signers: Words = Key((), alias="签发人")
    joint: Words = Key((), alias="联合")
    sealing: Sealing = Key(Sealing.NONE, alias="用印")
    seals: Annotated[tuple[Path, ...], BeforeValidator(_list)] = Key((), alias="印章")
    stamp: SignatureStamp | None = Key(None, alias="签名章")
    remark: str = Key("", alias="附注")
    present: str = Key("", alias="出席")
    excused: str = Key("", alias="请假")
    observing: str = Key("", alias="列席")
    carried: Attachment | None = Key(None, alias="随文印发")
    attachments: tuple[Attachment, ...] = Key((), alias="附件")
    dated: date = Key(alias="成文日期")
    copies: str = Key("", alias="抄送")
    printed: date | None = Key(None, alias="印发日期")

    @model_validator(mode="before")
    @classmethod
    def _needs_no_addressees(cls, data: Any) -> Any:
        """Let the kinds that name no 主送机关 leave it out."""
        if isinstance(data, dict) and data.get("种类") in _WITHOUT_ADDRESSEES:
            return {"主送": "", **data}
        return data


@dataclass(frozen=True, slots=True)
class Due:
    """One report that is owed: which unit, which form, which period, until which day."""

    unit: Unit
    form: str
    period: Period
    day: date


class Work(Spec):
    """One campaign, everything that ``work.yaml``, the 名册 and the form files of a folder say."""

    name: str = Key(alias="名称")
    first: date = Key(alias="开始")
    last: date = Key(alias="结束")
    issuer: Issuer = Key(alias="发文机关")
    notices: tuple[Notice, ...] = Key((), alias="通知")
    duties: tuple[Duty, ...] = Key((), alias="报送")
    quotas: tuple[Quota, ...] = Key((), alias="指标")
    rosters: Annotated[tuple[RosterSource, ...], BeforeValidator(_one)] = Key((), alias="名册")
    people_files: Annotated[tuple[RosterSource, ...], BeforeValidator(_one)] = Key((), alias="人员")
    outline: Outline | None = Key(None, alias="总结")
    mailbox: Mailbox | None = Key(None, alias="邮箱")
    folder: Path = Key(Path(), exclude=True)
    units: tuple[Unit, ...] = Key((), exclude=True)
    people: tuple[Person, ...] = Key((), exclude=True)
    forms: tuple[Form, ...] = Key((), exclude=True)

    def form(self, name: str) -> Form:
        """Return the form called ``name``; raise ``KeyError`` when the work has none."""
        for form in self.forms:
            if form.name == name:
                return form
        raise KeyError(name)

    def unit(self, name: str) -> Unit | None:
        """Return the unit whose name or alias is exactly ``name``."""
        return next((unit for unit in self.units if name in unit.names), None)

    def duties_of(self, unit: Unit, form: str | None = None) -> tuple[Duty, ...]:
        """Return the duties of ``unit``, those for ``form`` alone when it is given."""
        return tuple(d for d in self.duties if d.concerns(unit) and form in (None, d.form))

    def dues(self) -> Iterator[Due]:
        """Yield every report that is owed from first to last, by duty, period and unit."""
        for duty in self.duties:
            for period in periods_between(duty.cadence, self.first, self.last):
                for unit in self.units:
                    if duty.concerns(unit) and unit.stands(period):
                        yield Due(unit, duty.form, period, duty.due(period))
