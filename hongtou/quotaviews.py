"""The machine's and the clerk's view of quotas (指标): the JSON of the contract and the rows of tables.

Plain values in, plain values out; prints nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from forms import Period, QuotaResult, Uncounted

LEGEND = "√ 达标，× 未达标，… 这一期还没有过完；带 * 的有待核对的数，见 hongtou review"
_WHOLE = "（全部）"


def quota_json(result: QuotaResult) -> dict[str, Any]:
    """Return a result as ``quota --json`` lists it; ``required`` is the lower bound, else the upper one."""
    low, high = result.minimum, result.maximum
    return {
        "quota": result.quota,
        "unit": result.unit or None,
        "person": result.person or None,
        "period": result.period,
        "required": _plain(high if low is None else low),
        "at_least": _plain(low),
        "at_most": _plain(high),
        "done": _plain(result.done),
        "met": result.met,
        "ended": result.ended,
        "submissions": list(result.submissions),
        "doubtful": list(result.doubtful),
    }


def _plain(number: float | None) -> float | None:
    return int(number) if number is not None and number == int(number) else number


def quota_table(results: Sequence[QuotaResult]) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of one quota: a row per unit or person, a column per period, totals at the right and below."""
    periods = sorted({result.period for result in results}, key=lambda code: Period.parse(code).start)
    found = {(r.unit, r.person, r.period): r for r in results}
    people = any(result.person for result in results)
    rows = []
    for unit, person in dict.fromkeys((r.unit, r.person) for r in results):
        own = [found[unit, person, period] for period in periods]
        cells = [_mark(result) for result in own]
        rows.append([unit or _WHOLE, *([person] if people else []), *cells, *_totals(own)])
    below = [_share([r for r in results if r.period == period]) for period in periods]
    rows.append(["达标/应达标", *([""] if people else []), *below, *_totals(results)])
    labels = [Period.parse(period).label for period in periods]
    return ["单位", *(["姓名"] if people else []), *labels, "达标", "未达标"], rows


def _mark(result: QuotaResult) -> str:
    sign = "√" if result.met else "×" if result.ended else "…"
    return f"{result.told} {sign}{'*' if result.doubtful else ''}"


def _totals(results: Sequence[QuotaResult]) -> list[str]:
    met = sum(result.met for result in results)
    return [str(met), str(len(results) - met)]


def _share(results: Sequence[QuotaResult]) -> str:
    return f"{sum(result.met for result in results)}/{len(results)}"


def quota_lines(results: Sequence[QuotaResult]) -> Iterator[str]:
    """Yield each figure with the returns behind it, parts joined by tabs."""
    for r in results:
        numbers = "、".join(map(str, r.submissions)) or "—"
        whose = r.unit or _WHOLE
        said = "达标" if r.met else "未达标" if r.ended else "进行中"
        yield "\t".join((r.quota, whose, r.person or "—", r.period, r.required, r.told, said, numbers))


def gap_lines(gaps: Sequence[Uncounted], most: int = 20) -> Iterator[str]:
    """Yield what could not be counted, so many lines at most."""
    for gap in gaps[:most]:
        row = f"明细第{gap.row}行，" if gap.row else ""
        yield f"未计入 {gap.quota}：编号 {gap.submission} {row}{gap.why}"
    if len(gaps) > most:
        yield f"未计入的另有 {len(gaps) - most} 处，见台账的“指标·未计入”"
