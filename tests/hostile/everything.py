"""The whole hostile set as files in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import archives, crowds, excel, texts, word
from .case import Case

CASES: tuple[Case, ...] = (*archives.CASES, *word.CASES, *excel.CASES, *texts.CASES, *crowds.CASES)


def write(folder: Path, cases: Iterable[Case] = CASES) -> dict[str, Case]:
    """Write each of ``cases`` into ``folder`` and return them by their path in it."""
    written = {}
    for case in cases:
        path = folder / case.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.make())
        written[case.name] = case
    return written
