"""Recognising a unit of the 名册 in a text: names, aliases and the short forms that everyone uses.

Knows how names of 团 and 党 organisations are shortened; the roster itself comes from the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.spelling import squeeze
from forms import Unit

_REGIONAL = re.compile(r"(?P<place>.+?)(?P<level>县|区|市|州|盟|旗|镇|乡|校|院)?团(?P<body>工?委)")
_SHORT = 4  # a name so short is also the end of many another's: 团委, 学生会
_OURS = frozenset("共青团省市委我本")  # before a short name these say no more than that it is one of ours
_LIKE = 82.0  # below this likeness (rapidfuzz, 0 to 100) two names are of different units


@dataclass(frozen=True, slots=True)
class Match:
    """A unit found in a text; ``exact`` when its name, an alias or a usual short form stands there."""

    unit: Unit
    exact: bool
    text: str


class Roster:
    """The units of a work, indexed by every name they are called by."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Index ``units``; a short form that two units share names neither."""
        own = {squeeze(name): unit for unit in units for name in unit.names}
        short: dict[str, list[Unit]] = {}
        for unit in units:
            for name in {
                squeeze(form) for called in unit.names for form in _short_forms(called)
            } - own.keys():
                short.setdefault(name, []).append(unit)
        self._names = own | {name: found[0] for name, found in short.items() if len(found) == 1}
        self._ordered = sorted(self._names, key=lambda name: -len(name))

    def find(self, text: str) -> Match | None:
        """Return the unit that ``text`` names first; of names at one place the longest counts."""
        squeezed = squeeze(text)
        found = [(squeezed.find(name), -len(name), name) for name in self._ordered if name in squeezed]
        if found:
            _, _, name = min(found)
            return Match(self._names[name], True, name)
        return self._like(squeezed)

    def answer(self, text: str, issuer: str) -> Match | None:
        """Return the unit that an answer names whole; ``issuer`` is the institution that may stand before its name.

        Of 海运公司团委 the 团委 alone is no name; 机电程系分团委 is rather a slip in a longer one.
        """
        match = self.find(text)
        if match is None or not match.exact:
            return match
        squeezed = squeeze(text)
        second = self._second(squeezed, match)
        if second is not None:
            return second
        if len(match.text) > _SHORT:
            return match
        before = squeezed[: squeezed.find(match.text)]
        strange = set(before) - _OURS - set(squeeze(issuer))
        if len(strange) < 2 or not re.search(r"[^\W\d_]$", before):
            return match
        return self._like(squeezed)

    def _second(self, squeezed: str, first: Match) -> Match | None:
        """Return a guess where another unit is named right behind ``first``: 甲团委、乙团委 is the one, 团委甲分团委 the other."""
        rest = squeezed[squeezed.find(first.text) + len(first.text) :]
        for name in self._ordered if rest else ():
            unit = self._names[name]
            if unit is not first.unit and rest.startswith(name):
                return Match(unit, False, name)
            if unit is not first.unit and re.match(rf"[、,;/&+和与及]{re.escape(name)}", rest):
                return Match(first.unit, False, first.text)
        return None

    def _like(self, squeezed: str) -> Match | None:
        """Return the unit whose name is most like a short text, when no other comes near."""
        if not 2 <= len(squeezed) <= 24 or not self._names:
            return None
        from rapidfuzz import fuzz

        best: dict[str, float] = {}
        for name, unit in self._names.items():
            score = max(
                fuzz.ratio(name, squeezed),
                fuzz.partial_ratio(name, squeezed) if 4 <= len(name) <= len(squeezed) else 0.0,
            )
            best[unit.name] = max(best.get(unit.name, 0.0), score)
        ranked = sorted(best.items(), key=lambda item: -item[1])
        clear = len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= 6
        if ranked[0][1] < _LIKE or not clear:
            return None
        return Match(next(u for u in self._names.values() if u.name == ranked[0][0]), False, squeezed)


def _short_forms(name: str) -> Iterator[str]:
    """Yield the usual forms of a 团 organisation's name: 源汇区团委 is also 团源汇区委, 共青团源汇区委员会, 源汇团区委."""
    found = _REGIONAL.fullmatch(name)
    if found is None:
        return
    place, level, body = found["place"], found["level"] or "", found["body"]
    for head in ("共青团", "团"):
        yield f"{head}{place}{level}{body}"
        yield f"{head}{place}{level}{body}员会"
    yield f"{place}{level}团{body}员会"
    if level:
        yield f"{place}团{level}{body}"
