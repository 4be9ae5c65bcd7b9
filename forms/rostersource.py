"""Where the 名册 is kept: files of the work folder, their columns, and who reads them.

Knows the keys of ``work.yaml``; what the rows mean stands in ``roster``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import Field as Key

from .form import Form, Spec
from .mistakes import Mistake, MistakesError


@dataclass(frozen=True, slots=True)
class RosterTable:
    """A table or sheet: its name and its rows of text; what a merged cell says stands in each row that it covers."""

    name: str
    rows: tuple[tuple[str, ...], ...]


class RosterReader(Protocol):
    """Reads what this package has no reader for; ``hongtou`` gives one that knows every format."""

    def tables(self, path: Path) -> tuple[RosterTable, ...]:
        """Return the tables of a document; raise ``MistakesError`` when it cannot be read."""
        ...

    def filled(self, path: Path, form: Form) -> tuple[RosterTable, ...]:
        """Return the answers of filled forms as tables, the field paths as header; raise ``MistakesError``."""
        ...


class RosterSource(Spec):
    """One file of the 名册. ``columns`` name the columns (or fields of ``form``) that are called otherwise in it.

    ``sheet`` is the sheet or table to take (``人员``, ``表2``), the first with the right header when empty; ``filled`` are
    answers for columns that it lacks (``{类别: 基层团组织}``).
    """

    file: Path = Key(alias="文件")
    sheet: str = Key("", alias="工作表")
    form: str = Key("", alias="表单")
    columns: dict[str, str] = Key({}, alias="栏目")
    filled: dict[str, str] = Key({}, alias="补上")


def squeezed(text: str) -> str:
    """Return ``text`` without white space: 姓  名 is 姓名."""
    return re.sub(r"\s", "", text)


def sheets_of(path: Path) -> tuple[RosterTable, ...]:
    """Return the sheets of an Excel file with merged cells filled down and across; raise ``MistakesError``."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            return tuple(_sheet(book, name) for name in book.sheet_names)
    except (CalamineError, OSError, IndexError) as error:
        mend = f"请确认 {path.name} 在工作文件夹里，且能用 WPS 或 Excel 打开"
        raise MistakesError([Mistake(path.name, 0, "", "名册打不开", mend)]) from error


def _sheet(book: object, name: str) -> RosterTable:
    from python_calamine import CalamineWorkbook

    assert isinstance(book, CalamineWorkbook)  # noqa: S101 - the caller opened it
    sheet = book.get_sheet_by_name(name)
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, min(right, len(rows[row]) - 1) + 1):
                rows[row][column] = rows[top][left]
    return RosterTable(name, tuple(map(tuple, rows)))


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():  # a telephone number typed as a number
        return str(int(cell))
    return str(cell).strip()


def records_of(
    tables: Sequence[RosterTable], source: RosterSource, wanted: str, known: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of the table of ``source`` as number (from 1) and answers by column; empty rows are left out.

    The table is the first with a header that has the column ``wanted``. Raise ``MistakesError`` when there is none.
    """
    called = {column: squeezed(source.columns.get(column, column)) for column in known}
    for table in tables:
        if source.sheet and table.name != source.sheet:
            continue
        rows = [[squeezed(cell) for cell in row] for row in table.rows]
        header = next((number for number, row in enumerate(rows) if called[wanted] in row), None)
        if header is None and wanted not in source.filled:
            continue
        return _records(table, rows, (header or 0, called), source.filled)
    names = "、".join(table.name for table in tables) or "没有表格"
    mend = f"请写上表头（{'、'.join(known)}），或在 work.yaml 的“栏目”里写明它叫什么"
    where = f"“{source.sheet}”里" if source.sheet else ""
    raise MistakesError(
        [Mistake(source.file.name, 0, called[wanted], f"{where}找不到表头（有：{names}）", mend)]
    )


def _records(
    table: RosterTable,
    rows: list[list[str]],
    shape: tuple[int, Mapping[str, str]],
    filled: Mapping[str, str],
) -> list[tuple[int, dict[str, str]]]:
    header, called = shape
    places = {column: rows[header].index(name) for column, name in called.items() if name in rows[header]}
    found = []
    for number, row in enumerate(table.rows[header + 1 :], start=header + 2):
        answers = {column: row[place].strip() for column, place in places.items() if place < len(row)}
        if any(answers.values()):
            found.append((number, {**filled, **{key: text for key, text in answers.items() if text}}))
    return found
