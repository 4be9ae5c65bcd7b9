"""The 名册 of a sample, written as ``units.xlsx`` from YAML: a sheet of units, a sheet of people."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from samples.luohe.word import settle

UNITS = ("单位", "别名", "类别", "联系人", "职务", "邮箱", "电话", "曾用名", "设立", "撤并", "并入")
PEOPLE = ("姓名", "单位", "类别", "职务", "邮箱", "电话")


def write(source: Path, target: Path) -> None:
    """Write the 名册 that ``source`` (YAML with 单位 and 人员, lists of rows) tells to ``target``."""
    from openpyxl import Workbook

    data = yaml.safe_load(source.read_text(encoding="utf-8"))
    book = Workbook()
    _fill(book.active, "名册", UNITS, data["单位"])
    if data.get("人员"):
        _fill(book.create_sheet(), "人员", PEOPLE, data["人员"])
    made = io.BytesIO()
    book.save(made)
    target.write_bytes(settle(made.getvalue()))


def _fill(sheet: Any, title: str, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    from openpyxl.styles import Font

    sheet.title = title
    used = [column for column in columns if any(row.get(column) for row in rows)]
    sheet.append(used)
    for row in rows:
        sheet.append([row.get(column, "") for column in used])
    for cell in sheet[1]:
        cell.font = Font(name="宋体", bold=True)
    for place, column in enumerate(used):
        longest = max(len(str(row.get(column, ""))) for row in rows)
        sheet.column_dimensions[chr(65 + place)].width = min(60, 4 + 2 * max(longest, len(column)))
    sheet.freeze_panes = "A2"
