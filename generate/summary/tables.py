"""Tables of the summary as rows of text, and as the XML that a document takes: quick enough for thousands of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from forms import State
from generate.standard import numbers as standard
from generate.view import printable
from generate.word import styles
from generate.word.styles import W

from .explain import LABELS
from .totals import FormGrid

_ROW = 420  # twips: a line of 小四 with air above and below
_TOGETHER = 16  # lines: a table of so many stays on one page
_TOGETHER_WIDE = 7  # the same on a landscape page, where label and title of the annex stand above it
_LAST = 3  # rows that stay together at a table's end, so that no total stands alone on a page
_CHARACTER = 240  # twips: one of 小四
_PADDING = 216  # twips: a cell's room left and right of its text
_WIDE = standard.TEXT_HEIGHT  # a landscape page is an upright one turned
_PERIODS = 13  # columns of periods in one landscape table
MARKS = {State.REPORTED: "√", State.LATE: "逾", State.MISSING: "×", State.NOT_DUE: "—"}
"""What stands for a state in a grid."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its rows of text, the first a header, widths in twips, and the columns whose text begins at the left."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    left: tuple[int, ...] = ()

    def element(self) -> Any:
        """Return ``w:tbl``: ruled, its header repeated on every page, short ones held together."""
        from lxml import etree

        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        together = self._short()
        rows = "".join(
            self._row(
                number, row, number + 1 < len(self.rows) and (together or number + _LAST >= len(self.rows))
            )
            for number, row in enumerate(self.rows)
        )
        return etree.fromstring(
            f'<w:tbl xmlns:w="{W}"><w:tblPr><w:tblStyle w:val="wangge"/>'
            f'<w:tblW w:w="{sum(self.widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )

    def _short(self) -> bool:
        """Whether the table's lines are so few that it stays on one page."""
        most = _TOGETHER_WIDE if sum(self.widths) > standard.TEXT_WIDTH else _TOGETHER
        if len(self.rows) > most:
            return False
        lines = (
            max(
                -(-len(text) * _CHARACTER // (width - _PADDING))
                for text, width in zip(row, self.widths, strict=True)
            )
            for row in self.rows
        )
        return sum(max(count, 1) for count in lines) <= most

    def _row(self, number: int, row: Sequence[str], keep: bool) -> str:
        header = "<w:tblHeader/>" if number == 0 else ""
        style = styles.TABLE_TEXT if number else styles.TABLE_HEAD
        next_line = "<w:keepNext/>" if keep else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
            f'<w:pStyle w:val="{style.id}"/>{next_line}<w:spacing w:before="40" w:after="40"/>'
            f"{CENTRE if number == 0 or at not in self.left else ''}</w:pPr>{_run(text)}</w:p></w:tc>"
            for at, (text, width) in enumerate(zip(row, self.widths, strict=True))
        )
        return (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_ROW}" w:hRule="atLeast"/>{header}</w:trPr>'
            f"{cells}</w:tr>"
        )


CENTRE = '<w:jc w:val="center"/>'


def _run(text: str) -> str:
    if not text:
        return ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in printable(text).split("\n")
    )
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{lines}</w:r>'


def widths(total: int, *shares: float) -> tuple[int, ...]:
    """Return column widths that fill ``total`` twips in these proportions."""
    whole = sum(shares)
    found = [int(total * share / whole) for share in shares]
    found[0] += total - sum(found)
    return tuple(found)


def upright(rows: Iterable[Sequence[str]], *shares: float, left: tuple[int, ...] = ()) -> Sheet:
    """Return a table as wide as the 版心."""
    return Sheet(tuple(map(tuple, rows)), widths(standard.TEXT_WIDTH, *shares), left)


def landscape(rows: Iterable[Sequence[str]], *shares: float, left: tuple[int, ...] = ()) -> Sheet:
    """Return a table as wide as a landscape page's text."""
    return Sheet(tuple(map(tuple, rows)), widths(_WIDE, *shares), left)


def tallies(head: str, rows: Iterable[tuple[str, Mapping[str, str]]]) -> Sheet:
    """Return the table of tallies by name, told as ``LABELS`` name them."""
    cells = [(head, *LABELS.values())]
    cells += [(name, *(told[key] or "—" for key in LABELS)) for name, told in rows]
    return upright(cells, 1745, 800, 800, 1200, 1200, 960, 960, 1180, left=(0,))


def grids(grid: FormGrid, year: int) -> Iterator[tuple[Sheet, list[tuple[str, str, int]]]]:
    """Yield the tables of a form: a row for each unit, a column for each period, so many as a page holds.

    With each go the numbers of its last rows: period, state, how many.
    """
    for first in range(0, len(grid.periods), _PERIODS):
        periods = grid.periods[first : first + _PERIODS]
        heads = [period.label.removeprefix(f"{year}年") or period.label for period in periods]
        rows: list[tuple[str, ...]] = [("单位", *heads)]
        span = slice(first, first + _PERIODS)
        rows += [(unit, *(MARKS[s] if s else "" for s in states[span])) for unit, states in grid.rows]
        sums: list[tuple[str, str, int]] = []
        for state in (State.REPORTED, State.LATE, State.MISSING):
            found = [
                sum(states[at] is state for _, states in grid.rows)
                for at in range(first, first + len(periods))
            ]
            sums += [(str(p), state.label, number) for p, number in zip(periods, found, strict=True)]
            rows.append((f"{state.label}合计", *map(str, found)))
        yield landscape(rows, 2.6, *(1,) * len(heads), left=(0,)), sums


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as a list of ranges: 1—3、5、8—9."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "、".join(str(low) if low == high else f"{low}—{high}" for low, high in found)
