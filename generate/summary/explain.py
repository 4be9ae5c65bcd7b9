"""Each number of the summary with the returns behind it, in the order of the summary.

Whoever puts a number into words takes it from ``Basis.number``, so that no number of the document is without what is
behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .totals import Figure, Tally


@dataclass(frozen=True, slots=True)
class Behind:
    """What a number comes from: ids of returns, and reports that are not there, which it counts too.

    ``detail`` marks a number of a table that the annexes show return by return.
    """

    entries: tuple[int, ...] = ()
    absent: tuple[str, ...] = ()
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """One number as the document shows it: where it stands, what it counts, and what is behind it."""

    section: str
    name: str
    shown: str
    behind: Behind


@dataclass(slots=True)
class Basis:
    """The numbers of one summary, gathered while it is put into words."""

    found: dict[tuple[str, str], Explained] = field(default_factory=dict)

    def number(self, section: str, name: str, shown: int | float | str, behind: Behind) -> str:
        """Keep a number and return it as the document shows it; said twice it is kept once."""
        item = Explained(section, name, str(shown), behind)
        again = 1
        while self.found.setdefault((section, item.name), item) != item:
            again += 1
            item = Explained(section, f"{name}〔{again}〕", item.shown, behind)
        return item.shown

    def tally(self, section: str, of: str, tally: Tally, *, detail: bool = False) -> Mapping[str, str]:
        """Keep the numbers of a tally of ``of`` and return them by the name that a template's tag has."""
        came, missing = _came(tally), _absent(tally)
        every = _behind(came, missing, detail=detail)
        reported = Behind(every.entries, detail=detail)
        rate = "" if tally.rate is None else percent(tally.rate)
        told: dict[str, tuple[int | str, Behind]] = {
            "应报": (tally.due, every),
            "已报": (tally.reported, reported),
            "按时": (tally.on_time, Behind(came["按时"], detail=detail)),
            "逾期": (tally.late, Behind(came["逾期"], detail=detail)),
            "未报": (tally.missing, Behind((), missing["未报"], detail)),
            "未到期": (tally.not_due, Behind((), missing["未到期"], detail)),
            "报送率": (rate, Behind(every.entries, missing["未报"], detail)),
        }
        return {
            key: self.number(section, f"{of}{LABELS[key]}", shown, behind) if shown != "" else ""
            for key, (shown, behind) in told.items()
        }

    def figure(self, section: str, name: str, figure: Figure, *, detail: bool = False) -> str:
        """Keep a sum and return it."""
        return self.number(section, name, figure.value, Behind(figure.entries, detail=detail))


LABELS = {
    "应报": "应报",
    "已报": "已报",
    "按时": "按时报送",
    "逾期": "逾期报送",
    "未报": "未报送",
    "未到期": "未到期",
    "报送率": "报送率",
}
"""What a tally's numbers are called, by tag, in the order of a table's columns."""


def behind_all(tally: Tally, *, detail: bool = False) -> Behind:
    """Return all that a tally counts: the returns that came and the reports that are not there."""
    return _behind(_came(tally), _absent(tally), detail=detail)


def _behind(
    came: Mapping[str, tuple[int, ...]], missing: Mapping[str, tuple[str, ...]], *, detail: bool
) -> Behind:
    entries = tuple(sorted((*came["按时"], *came["逾期"])))
    return Behind(entries, missing["未报"] + missing["未到期"], detail)


def percent(share: float) -> str:
    """Return a share, 0 to 1, as the document writes it."""
    return f"{share:.1%}"


def gathered(parts: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the ids of several parts in order, each once."""
    return tuple(sorted({number for part in parts for number in part}))


def _came(tally: Tally) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {"按时": [], "逾期": []}
    for item in tally.behind:
        if item.submission is not None:
            found["逾期" if item.state.value == "late" else "按时"].append(item.submission)
    return {key: tuple(sorted(numbers)) for key, numbers in found.items()}


def _absent(tally: Tally) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {"未报": [], "未到期": []}
    for item in tally.behind:
        if item.submission is None:
            key = "未到期" if item.state.value == "not_due" else "未报"
            found[key].append(f"{item.unit}《{item.form}》{item.period}")
    return {key: tuple(names) for key, names in found.items()}
