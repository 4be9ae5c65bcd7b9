"""Who reported, put into words: totals, forms, months and units, with the pie and the lines above their tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms import Cadence, Standing
from generate.render import Value

from . import tables
from .chart import Chart, Series, Shape
from .explain import Behind, behind_all
from .figures import period_of, tally
from .tables import Sheet
from .totals import Tally
from .words import ROWS, Wording

SECTION = "报送情况"
ABSENT = "未报送名单"
_LONGER = {
    Cadence.TERMLY: "按学期",
    Cadence.SCHOOL_YEARLY: "按学年",
    Cadence.YEARLY: "按年",
    Cadence.ONCE: "一次性",
}
GRIDS = "各单位分期报送情况"


def overall(words: Wording) -> dict[str, Value]:
    """Return the tags of the opening and of the totals."""
    figures, basis = words.figures, words.basis
    total = basis.tally(SECTION, "", figures.total)
    return {
        "总计": {
            "单位数": basis.number(SECTION, "承担报送任务的单位数", figures.units, behind_all(figures.total)),
            **_flagged(total),
        },
        "各表": tuple(
            {"名称": item.name, **_flagged(basis.tally(SECTION, f"《{item.name}》", item.tally))}
            for item in figures.by_form
        )
        if len(figures.by_form) > 1
        else (),
        "未计入": _positive(words, "没有计入的报送", figures.unplaced),
    }


def reports(words: Wording) -> Value:
    """Return the tables and charts of who reported: all as a pie, months as lines, units as a table when they are few."""
    figures = words.figures
    found: dict[str, Value] = {"序": words.part(), "总": "", "月": "", "单位": "", "未报": "", "分期": ""}
    if not figures.total.due:
        return found
    found["总"] = {**words.chart(_pie(figures.total)), **words.table(_by_form(words))}
    found["月"] = _by_month(words) if figures.by_month else ""
    if len(figures.by_unit) <= ROWS:
        found["单位"] = words.table(_by_unit(words))
    else:
        for item in figures.by_unit:
            words.basis.tally(SECTION, item.name, item.tally, detail=True)
    if figures.absences:
        found["未报"] = {"单位数": _absent_units(words), "附件": words.annex(ABSENT)}
    found["分期"] = words.annex(GRIDS)
    return found


def _flagged(told: Mapping[str, str]) -> dict[str, Value]:
    """Return the numbers, with an empty text for a nought of what need not be said."""
    return {**told, "未到期": "" if told["未到期"] == "0" else told["未到期"]}


def _positive(words: Wording, name: str, entries: tuple[int, ...]) -> str:
    return words.basis.number(SECTION, name, len(entries), Behind(entries)) if entries else ""


def _absent_units(words: Wording) -> str:
    missing = words.basis.found[SECTION, "未报送"].behind
    units = len({absence.unit for absence in words.figures.absences})
    return words.basis.number(SECTION, "未报送的单位数", units, missing)


def _pie(total: Tally) -> Chart:
    shares = {
        "按时报送": total.on_time,
        "逾期报送": total.late,
        "未报送": total.missing,
        "未到期": total.not_due,
    }
    shown = {name: value for name, value in shares.items() if value}
    return Chart(SECTION, tuple(shown), (Series("份数", tuple(shown.values())),), Shape.PIE)


def _by_form(words: Wording) -> Sheet:
    items = ((item.name, f"《{item.name}》", item.tally) for item in words.figures.by_form)
    return _tallies(words, "表单", items)


def _by_unit(words: Wording) -> Sheet:
    items = ((item.name, item.name, item.tally) for item in words.figures.by_unit)
    return _tallies(words, "单位", items, detail=True)


def _by_month(words: Wording) -> Value:
    by_month = words.figures.by_month
    months = tuple(f"{item.month}月" for item in by_month)
    due = Series("应报", tuple(item.tally.due for item in by_month))
    came = Series("已报", tuple(item.tally.reported for item in by_month))
    shape = Shape.LINE if len(months) > 2 else Shape.BAR  # a line of one or two points shows nothing
    chart = words.chart(Chart("各月应报和已报份数", months, (due, came), shape, "份"))
    rows = [
        (name, words.basis.tally(SECTION, name, item.tally))
        for name, item in zip(months, by_month, strict=True)
    ]
    counted = tuple(standing for item in by_month for standing in item.tally.behind)
    longer = _longer(words.figures.total.behind)
    total = words.basis.tally(SECTION, "各月合计" if longer else "", tally(counted))
    sheet = tables.tallies("月份", [*rows, ("合计", total)])
    return {**chart, "除": longer, **words.table(sheet)}


def _longer(standings: Iterable[Standing]) -> str:
    """Return what the months leave out, as （不含按学期、按年报送的）, empty when they leave out nothing."""
    periods = (period_of(standing.period) for standing in standings)
    cadences = {period.cadence for period in periods if period is not None}
    names = "、".join(name for cadence, name in _LONGER.items() if cadence in cadences)
    return f"（不含{names}报送的）" if names else ""


def _tallies(
    words: Wording, head: str, items: Iterable[tuple[str, str, Tally]], *, detail: bool = False
) -> Sheet:
    """Return the table of tallies (label, what the number is of, tally) with their total."""
    rows = [(name, words.basis.tally(SECTION, of, tally, detail=detail)) for name, of, tally in items]
    rows.append(("合计", words.basis.tally(SECTION, "", words.figures.total)))
    return tables.tallies(head, rows)
