"""The ledger's tables as CSV: one file for each form and each repeating group, for programs that read no workbook.

UTF-8 with a mark at the beginning, by which Excel and WPS know it. What stands in a table is ``generate``'s affair.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from forms.filenames import safe_name
from generate import LedgerView, Table, TableValue, save, tables

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_tables(view: LedgerView, folder: Path) -> Iterator[Path]:
    """Write every table of ``view`` into ``folder`` and yield the paths."""
    for table in tables(view):
        yield save(_bytes(table), folder / f"{safe_name(table.name)}.csv")


def _bytes(table: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    columns = zip(*table.header, strict=True)
    writer.writerow([".".join(dict.fromkeys(label for label in labels if label)) for labels in columns])
    for row in table.rows:
        writer.writerow([_plain(cell.value) for cell in row])
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def _plain(value: TableValue) -> str | int | float | None:
    """Return ``value`` as CSV has it; a text that a spreadsheet would take for a formula gets an apostrophe."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
