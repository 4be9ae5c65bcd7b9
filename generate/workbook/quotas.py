"""The sheets about quotas (指标): how each stands, every figure with its returns, and what could not be counted.

Knows the results of quotas; does not know how they are counted or how a sheet is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from forms import Period, QuotaResult
from generate.view import LedgerView

from .forms import period_label
from .table import Block, Cell, Look, Table

_WHOLE = "（全部）"


def quota_matrices(view: LedgerView) -> tuple[Block, ...]:
    """Return for each quota a table of units or people by periods, coloured by whether it is met, with totals."""
    return tuple(
        _matrix(quota.name, quota.required, own)
        for quota in view.work.quotas
        if (own := [result for result in view.quotas if result.quota == quota.name])
    )


def _matrix(name: str, required: str, results: Sequence[QuotaResult]) -> Block:
    periods = sorted({r.period for r in results}, key=lambda code: Period.parse(code).start)
    owners = list(dict.fromkeys((r.unit, r.person) for r in results))
    found = {(r.unit, r.person, r.period): r for r in results}
    people = any(person for _, person in owners)
    rows = []
    for unit, person in owners:
        own = [found[unit, person, period] for period in periods]
        met = sum(r.met for r in own)
        cells = (_result_cell(r) for r in own)
        whose = (Cell(unit or _WHOLE), *([Cell(person)] if people else []))
        rows.append((*whose, *cells, Cell(met, Look.TOTAL), Cell(len(own) - met, Look.TOTAL)))
    below = [_share([r for r in results if r.period == period]) for period in periods]
    head = [Cell("达标/应达标", Look.TOTAL), *([Cell(None, Look.TOTAL)] if people else [])]
    met = sum(r.met for r in results)
    totals = (Cell(met, Look.TOTAL), Cell(len(results) - met, Look.TOTAL))
    rows.append((*head, *(Cell(share, Look.TOTAL) for share in below), *totals))
    header = ("单位", *(["姓名"] if people else []), *(period_label(p) for p in periods), "达标", "未达标")
    return Block(f"{name}（{required}）", header, tuple(rows))


def _share(results: Sequence[QuotaResult]) -> str:
    return f"{sum(r.met for r in results)}/{len(results)}"


def look(result: QuotaResult) -> Look:
    """Return the colour of a result: met, not met, or still under way."""
    return Look.REPORTED if result.met else Look.MISSING if result.ended else Look.NOT_DUE


def state(result: QuotaResult) -> str:
    """Return how a result stands, in words; a period that is not over may still fall short."""
    return "达标" if result.met else "未达标" if result.ended else "进行中"


def _result_cell(result: QuotaResult) -> Cell:
    numbers = "、".join(map(str, result.submissions))
    note = f"{state(result)}；来自编号{numbers}" if numbers else ""
    if result.doubtful:
        note += f"；其中存疑：{'、'.join(map(str, result.doubtful))}"
    return Cell(result.told, look(result), note)


def quota_list(view: LedgerView) -> Table:
    """Return every figure in a row of its own, with the ids of the returns it comes from."""
    rows = tuple(
        (
            Cell(result.quota),
            Cell(result.unit or _WHOLE),
            Cell(result.person),
            Cell(period_label(result.period)),
            Cell(result.required),
            Cell(result.told if result.counted_in == "%" and result.done is not None else result.done),
            Cell(state(result), look(result)),
            Cell("、".join(map(str, result.submissions))),
            Cell("、".join(map(str, result.doubtful)), Look.DOUBT if result.doubtful else Look.PLAIN),
        )
        for result in view.quotas
    )
    header = ("指标", "单位", "姓名", "周期", "要求", "完成", "情况", "来自哪些编号", "其中存疑的编号")
    return Table("指标·清单", (header,), rows, frozen=3)


def quota_gaps(view: LedgerView) -> Table:
    """Return what the quotas could not count, and why."""
    entries = {entry.id: entry for entry in view.entries}
    rows = tuple(
        (
            Cell(gap.quota),
            Cell(gap.submission),
            Cell(entries[gap.submission].submission.unit),
            Cell(period_label(entries[gap.submission].submission.period)),
            Cell(gap.row or None),
            Cell(gap.why, Look.DOUBT),
            Cell(entries[gap.submission].source, link=entries[gap.submission].archive),
        )
        for gap in view.uncounted
    )
    header = ("指标", "编号", "单位", "报送期", "明细第几行", "没有计入的缘由", "原件")
    return Table("指标·未计入", (header,), rows, frozen=2)
