"""True figures of quotas, counted from a sample's data by hand of its author, not by the ledger: a check of the ledger.

Plain loops over the data of a sample; what a quota means is said anew in each sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .given import Filled, Sent

Figures = dict[tuple[str, str, str], float]
"""Figures by unit, person and period."""


def forms_of(returns: Sequence[Sent], form: str) -> Iterator[Filled]:
    """Yield the filled forms of that name that stand: of one unit, period and person the one that came last."""
    last: dict[tuple[str, str, object], tuple[Any, Filled]] = {}
    for sent in _files(returns):
        given = sent.filled
        if given is None or given.form != form or given.unfilled:
            continue
        key = (given.unit, given.period, given.values.get(_PERSONS.get(form, "")))
        if key not in last or last[key][0] <= sent.arrived:
            last[key] = (sent.arrived, given)
    yield from (given for _, given in last.values())


_PERSONS: dict[str, str] = {
    "团干部联系青年登记表": "团干部姓名",
    "联系对象登记表": "姓名",
    "青情笔记": "姓名",
    "蹲点走访记录": "姓名",
    "联系青年情况登记表": "姓名",
    "联系青年工作月报": "姓名",
}


def _files(returns: Sequence[Sent]) -> Iterator[Sent]:
    for sent in returns:
        if sent.members:
            for member in sent.members:
                yield Sent(member.file, sent.arrived, member.filled, member.make)
        else:
            yield sent


def told(quota: str, figures: Figures) -> Iterator[dict[str, Any]]:
    """Yield the figures of ``quota`` as they stand in the file of true figures, those of nobody left out."""
    for (unit, person, period), done in sorted(figures.items()):
        yield {"quota": quota, "unit": unit or None, "person": person or None, "period": period, "done": done}


def add(figures: Figures, key: tuple[str, str, str], amount: float = 1) -> None:
    """Add ``amount`` to the figure of ``key``."""
    figures[key] = figures.get(key, 0) + amount


Counting = Callable[[Sequence[Sent]], Iterator[dict[str, Any]]]
