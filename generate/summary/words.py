"""What all parts of the summary share when they are put into words: numerals of headings, numbers of tables and charts.

Each part is worded in a module of its own, ``summary_chapters`` puts them in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from forms import Outline, Period, Work
from generate.render import Value

from .chart import Chart
from .explain import Basis
from .figures import DEFAULT_OUTLINE
from .tables import Sheet
from .totals import YearFigures

_NUMERALS: tuple[str, ...] = ("", *"一二三四五六七八九")
ROWS = 30
"""Rows that a table in the text may have; longer ones stand in the annexes only."""


@dataclass(slots=True)
class Wording:
    """Counts headings, tables and figures while a summary is put into words; keeps what takes the place of a tag.

    ``basis`` gathers the numbers, ``annexes`` are the titles of the annexes in their order.
    """

    work: Work
    figures: YearFigures
    before: YearFigures | None
    basis: Basis = field(default_factory=Basis)
    annexes: tuple[str, ...] = ()
    places: dict[str, Sheet | Chart] = field(default_factory=dict)
    headings: int = 0
    parts: int = 0
    tables: int = 0
    charts: int = 0

    @property
    def outline(self) -> Outline:
        """What the work takes from the returns."""
        return self.work.outline or DEFAULT_OUTLINE

    def heading(self) -> str:
        """Return the numeral of the next heading of the first level."""
        self.headings, self.parts = self.headings + 1, 0
        return numeral(self.headings)

    def part(self) -> str:
        """Return the numeral of the next heading of the second level."""
        self.parts += 1
        return numeral(self.parts)

    def annex(self, title: str) -> str:
        """Return how the text refers to an annex: 附件2, or 附件 when it is the only one."""
        return f"附件{self.annexes.index(title) + 1}" if len(self.annexes) > 1 else "附件"

    def table(self, sheet: Sheet) -> dict[str, Value]:
        """Return tag and number of the next table."""
        self.tables += 1
        return {"表": self.annexed(sheet), "表号": self.tables}

    def chart(self, chart: Chart) -> dict[str, Value]:
        """Return tag and number of the next chart."""
        self.charts += 1
        return {"图": self._place("图", chart), "图号": self.charts}

    def annexed(self, sheet: Sheet) -> str:
        """Return the tag of a table without a number."""
        return self._place("表", sheet)

    def _place(self, what: str, item: Sheet | Chart) -> str:
        tag = f"〔{what}{len(self.places) + 1}〕"
        self.places[tag] = item
        return tag


@dataclass(frozen=True, slots=True)
class Returns:
    """What the annex lists of the returns: id, unit, form, period, when it came and which file."""

    rows: tuple[tuple[str, ...], ...]


def numeral(number: int) -> str:
    """Return ``number`` (1 to 999) as headings count: 一, 十一, 二十, 一百零三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        words += f"{_NUMERALS[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        words += "零"
    return words + _NUMERALS[ones]


def short(period: Period, year: int) -> str:
    """Return the label of a period without the year that the summary is about."""
    return period.label.removeprefix(f"{year}年") or period.label


def numbered(words: Wording, items: Sequence[tuple[str, str]]) -> Iterator[Value]:
    """Yield headings of the second level, each with the sentence below it."""
    for name, text in items:
        yield {"序": words.part(), "题": name, "文": text}
