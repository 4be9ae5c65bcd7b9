"""The 名册: reporting units from ``units.xlsx``.

Knows the columns of the sheet; a row that cannot be a unit is a mistake with its row number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from .mailbox import ADDRESS
from .mistakes import Mistake, MistakesError
from .work import Unit

COLUMNS = ("单位", "别名", "类别", "联系人", "职务", "邮箱", "电话")


def load_roster(path: Path) -> tuple[Unit, ...]:
    """Read the units of the first sheet of ``path``; the header row is the first that holds 单位.

    Aliases are separated by 、，；; or line breaks. Raise ``MistakesError`` with every mistake found.
    """
    rows = _rows(path)
    header = next((number for number, row in enumerate(rows) if "单位" in row), None)
    if header is None:
        raise MistakesError(
            [Mistake(path.name, 0, "单位", "找不到表头", f"请在第一行写：{'、'.join(COLUMNS)}")]
        )
    columns = [re.sub(r"\s", "", cell) for cell in rows[header]]
    units: list[Unit] = []
    mistakes: list[Mistake] = []
    seen: dict[str, str] = {}
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        if not any(cell.strip() for cell in row):
            continue
        unit = _unit(dict(zip(columns, row, strict=False)))
        mistakes += [Mistake(path.name, number, *found) for found in _faults(unit, seen)]
        seen.update(dict.fromkeys(unit.names, unit.name))
        units.append(unit)
    if mistakes:
        raise MistakesError(mistakes)
    return tuple(units)


def _rows(path: Path) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            data = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError) as error:
        mend = "请确认 units.xlsx 在工作文件夹里，且能用 WPS 或 Excel 打开"
        raise MistakesError([Mistake(path.name, 0, "", "名册打不开", mend)]) from error
    return [[_text(cell) for cell in row] for row in data]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():  # a telephone number typed as a number
        return str(int(cell))
    return str(cell).strip()


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        name=re.sub(r"\s", "", row.get("单位", "")),
        aliases=tuple(part for part in re.split(r"[、，,；;\n]\s*", row.get("别名", "")) if part),
        kind=row.get("类别", ""),
        contact=row.get("联系人", ""),
        post=row.get("职务", ""),
        mail=row.get("邮箱", ""),
        phone=row.get("电话", ""),
    )


def _faults(unit: Unit, seen: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    if not unit.name:
        yield "单位", "没有写单位名称", "请补上，或删去这一行"
    for name in unit.names:
        if name and name in seen:
            yield "单位", f"“{name}”与“{seen[name]}”重名", "请改名或删去重复的别名"
    for mail in unit.mails:
        if not ADDRESS.fullmatch(mail):
            yield "邮箱", f"“{mail}”不像邮箱", "请改成 名字@域名 的样子，几个之间用顿号隔开"


def kinds_of(units: Sequence[Unit]) -> tuple[str, ...]:
    """Return the kinds of ``units`` in order of first appearance."""
    return tuple(dict.fromkeys(unit.kind for unit in units if unit.kind))
