"""The true values beside the returns: what a careful person who reads each document would write in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .returns import Part, Return
from .strays import OTHER_WORK

FILE = "真值.json"


def truth(returns: Iterable[Return]) -> list[dict[str, Any]]:
    """Return one entry for each submission and one for each file that holds none, sorted by source.

    Keys: ``source`` (within 收件), ``part``, ``form``, ``unit``, ``period``, ``values``, ``expect`` (a status),
    ``doubts`` (path → reasons; ``*`` the whole, ``period`` the period), ``deviations``; and where they apply ``also``
    (path → other readings that are right), ``typed`` (path → the answer as it stands, where the clerk wrote it in a way of
    his own), ``never`` (texts that must not be values), ``leftover`` (texts that must
    not be lost) and ``blank``.
    """
    return [entry for given in sorted(returns, key=lambda each: each.file) for entry in _entries(given)]


def _entries(given: Return) -> Iterator[dict[str, Any]]:
    common = {"source": given.file, "deviations": list(given.deviations)}
    if not given.parts:
        kept = {"leftover": list(OTHER_WORK)} if given.make == "别的工作" else {}
        nothing: dict[str, Any] = {"form": None, "unit": None, "period": None, "values": {}, "doubts": {}}
        yield {**common, "part": 1, **nothing, "expect": given.expect, **kept}
        return
    for number, part in enumerate(given.parts, start=1):
        yield {**common, "part": number, **_part(given, part)}


def _part(given: Return, part: Part) -> dict[str, Any]:
    doubtful = bool(part.doubts or part.blank or given.leftover)
    entry: dict[str, Any] = {
        "form": part.form,
        "unit": part.unit,
        "period": part.period,
        "values": dict(part.values),
        "expect": "review" if doubtful else "accepted",
        "doubts": dict(part.doubts),
    }
    optional = {
        "also": dict(part.also),
        "typed": {path: text for path, text in part.typed.items() if part.values[path] is not None},
        "never": list(given.never),
        "leftover": list(given.leftover),
        "blank": part.blank,
    }
    return {**entry, **{key: value for key, value in optional.items() if value}}
