"""The 名册: reporting units and people from the rows of its files.

Knows the columns; a row that cannot be a unit or a person is a mistake with its row number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from .mailbox import ADDRESS
from .mistakes import Mistake, MistakesError
from .rostersource import RosterSource, RosterTable, records_of, sheets_of, squeezed
from .work import Person, Unit

COLUMNS = ("单位", "别名", "类别", "联系人", "职务", "邮箱", "电话")
_HISTORY = ("曾用名", "设立", "撤并", "并入")
PEOPLE_SHEET = "人员"
PEOPLE_COLUMNS = ("姓名", "单位", "类别", "职务", "邮箱", "电话", "曾用名")
_PARTS = re.compile(r"[、，,；;\n]\s*")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00:00)?")


def load_roster(path: Path) -> tuple[Unit, ...]:
    """Read the units of the Excel file ``path``; the header row is the first that holds 单位.

    Aliases are separated by 、，；; or line breaks. Raise ``MistakesError`` with every mistake found.
    """
    return units_of([(RosterSource(file=path), sheets_of(path))])


def units_of(sources: Sequence[tuple[RosterSource, Sequence[RosterTable]]]) -> tuple[Unit, ...]:
    """Return the units of all files of a 名册 in their order; raise ``MistakesError`` with every mistake found."""
    units: list[Unit] = []
    mistakes: list[Mistake] = []
    seen: dict[str, str] = {}
    places: list[tuple[str, int]] = []
    for source, sheets in sources:
        # the sheet of the people has a column 单位 too
        tables = sheets if source.sheet else [sheet for sheet in sheets if sheet.name != PEOPLE_SHEET]
        file = source.file.name
        for number, row in records_of(tables, source, "单位", (*COLUMNS, *_HISTORY)):
            wrong = [found for key in ("设立", "撤并") for found in _day_faults(key, row.get(key, ""))]
            unit = _unit(row)
            mistakes += [Mistake(file, number, *found) for found in (*_faults(unit, seen), *wrong)]
            seen.update(dict.fromkeys(unit.names, unit.name))
            units.append(unit)
            places.append((file, number))
    for unit, place in zip(units, places, strict=True):
        mistakes += [Mistake(*place, *found) for found in _heirs(unit, seen)]
    if mistakes:
        raise MistakesError(mistakes)
    return tuple(unit.model_copy(update={"into": seen[unit.into]}) if unit.into else unit for unit in units)


def people_of(
    sources: Sequence[tuple[RosterSource, Sequence[RosterTable]]], units: Sequence[Unit]
) -> tuple[Person, ...]:
    """Return the people of all files, each of a unit of the 名册; the same row twice is one person (a merged cell)."""
    names = {name: unit.name for unit in units for name in unit.names}
    people: dict[tuple[str, str], Person] = {}
    mistakes: list[Mistake] = []
    for source, tables in sources:
        for number, row in records_of(tables, source, "姓名", PEOPLE_COLUMNS):
            person = _person(row, names)
            wrong = list(_person_faults(person, people, names))
            mistakes += [Mistake(source.file.name, number, *found) for found in wrong]
            people.setdefault((person.unit, person.name), person)
    if mistakes:
        raise MistakesError(mistakes)
    return tuple(people.values())


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        name=squeezed(row.get("单位", "")),
        aliases=tuple(part for key in ("别名", "曾用名") for part in _PARTS.split(row.get(key, "")) if part),
        kind=row.get("类别", ""),
        contact=row.get("联系人", ""),
        post=row.get("职务", ""),
        mail=row.get("邮箱", ""),
        phone=row.get("电话", ""),
        since=_day(row.get("设立", "")),
        until=_day(row.get("撤并", "")),
        into=squeezed(row.get("并入", "")),
    )


def _person(row: dict[str, str], names: dict[str, str]) -> Person:
    unit = squeezed(row.get("单位", ""))
    return Person(
        name=squeezed(row.get("姓名", "")),
        aliases=tuple(part for part in _PARTS.split(row.get("曾用名", "")) if part),
        unit=names.get(unit, unit),
        kind=row.get("类别", ""),
        post=row.get("职务", ""),
        mail=row.get("邮箱", ""),
        phone=row.get("电话", ""),
    )


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _day_faults(key: str, text: str) -> Iterator[tuple[str, str, str]]:
    if text and _day(text) is None:
        yield key, f"“{text}”不是日期", "请写成 2020-09-01 或 2020年9月1日"


def _faults(unit: Unit, seen: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    if not unit.name:
        yield "单位", "没有写单位名称", "请补上，或删去这一行"
    for name in unit.names:
        if name and name in seen:
            yield "单位", f"“{name}”与“{seen[name]}”重名", "请改名或删去重复的别名"
    for mail in unit.mails:
        if not ADDRESS.fullmatch(mail):
            yield "邮箱", f"“{mail}”不像邮箱", "请改成 名字@域名 的样子，几个之间用顿号隔开"


def _heirs(unit: Unit, seen: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    if unit.into and unit.into not in seen:
        yield "并入", f"名册里没有“{unit.into}”", "请把它加进名册，或改正名称"
    elif unit.into and seen[unit.into] == unit.name:
        yield "并入", "不能并入自己", "请改正名称"
    if unit.into and unit.until is None:
        yield "撤并", f"并入“{unit.into}”，没有写是哪一天", "请在“撤并”里写上日期，如 2020-09-15"


def _person_faults(
    person: Person, people: dict[tuple[str, str], Person], names: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    if not person.name:
        yield "姓名", "没有写姓名", "请补上，或删去这一行"
    if not person.unit:
        yield "单位", f"没有写“{person.name}”是哪个单位的", "请补上"
    elif person.unit not in names.values():
        yield "单位", f"名册里没有“{person.unit}”这个单位", "请改成名册里的名称或别名"
    same = people.get((person.unit, person.name))
    if person.name and same is not None and same != person:
        yield (
            "姓名",
            f"{person.unit}有两个“{person.name}”，内容不同",
            "请改成能区分的写法，如“张伟（学生会）”",
        )
    if person.mail and not ADDRESS.fullmatch(person.mail):
        yield "邮箱", f"“{person.mail}”不像邮箱", "请改成 名字@域名 的样子"


def kinds_of(units: Sequence[Unit]) -> tuple[str, ...]:
    """Return the kinds of ``units`` in order of first appearance."""
    return tuple(dict.fromkeys(unit.kind for unit in units if unit.kind))
