"""Which of the reported texts the summary shows: the telling ones, one of those alike, not too many of one unit."""

from __future__ import annotations

from collections.abc import Sequence

from .groups import groups
from .totals import Group, Quote

_LONG = 120  # characters: a text that long says what it has to say
_SHORT = 15


def chosen(quotes: Sequence[Quote], per_unit: int, most_units: int) -> tuple[Quote, ...]:
    """Return the selected quotes in their order: of like texts the first, of a unit the ``per_unit`` most telling.

    When more than ``most_units`` units are left, those with the most telling texts stay.
    """
    firsts = sorted(min(members) for _, members in groups([quote.text for quote in quotes]))
    own: dict[str, list[int]] = {}
    for at in firsts:
        own.setdefault(quotes[at].unit, []).append(at)
    best = {
        unit: sorted(places, key=lambda at: (-_telling(quotes[at].text), at)) for unit, places in own.items()
    }
    ranked = sorted(best, key=lambda unit: -_telling(quotes[best[unit][0]].text))[:most_units]
    kept = sorted(at for unit in ranked for at in best[unit][:per_unit])
    return tuple(quotes[at] for at in kept)


def _telling(text: str) -> float:
    """Return how much a text tells: its length up to ``_LONG``, more with figures, less for a bare phrase."""
    length = min(len(text), _LONG) / _LONG
    return length + (0.5 if any(sign.isdigit() for sign in text) else 0) - (1 if len(text) < _SHORT else 0)


def foremost(groups: Sequence[Group], most: int) -> tuple[Group, ...]:
    """Return at most ``most`` groups, in their order: first what several units say, then of each unit in turn one."""
    shared = [at for at, group in enumerate(groups) if len(group.units) > 1][:most]
    turns: dict[str, int] = {}
    alone = []
    for at, group in enumerate(groups):
        if len(group.units) == 1:
            turn = turns[group.units[0]] = turns.get(group.units[0], 0) + 1
            alone.append((turn, at))
    rest = [at for _, at in sorted(alone)][: most - len(shared)]
    return tuple(groups[at] for at in sorted((*shared, *rest)))
