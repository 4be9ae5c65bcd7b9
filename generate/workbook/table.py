"""What stands on the sheets of a workbook: cells with their colour, note and link, in tables.

Plain frozen values; does not know how a workbook is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Look(StrEnum):
    """The meaning of a cell's colour; the value is the fill."""

    PLAIN = ""
    HEAD = "D9E2EC"
    TITLE = "FFFFFF"
    TOTAL = "F2F2F2"
    DOUBT = "FFEB9C"
    CORRECTED = "BDD7EE"
    REPORTED = "C6E0B4"
    LATE = "FFD966"
    MISSING = "F4B183"
    NOT_DUE = "EDEDED"
    ANSWER = "FFFFE5"


Value = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a plain value, its colour, a note and a link to a file of the work folder (its path there, with ``/``)."""

    value: Value = None
    look: Look = Look.PLAIN
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one table: header rows (equal neighbours are merged), rows, and how many columns stay in sight."""

    name: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    frozen: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One of several small tables that share a sheet, under a title of its own."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
