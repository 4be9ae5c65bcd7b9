"""Sub-labels within an answer that was typed beside the label above them: 团干部3人，团员青年20人.

Knows one text; which fields the sub-labels lead to is for ``align``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGIT = re.compile(r"[\d零〇一二三四五六七八九十百千两]")


def short_names(names: dict[str, int]) -> dict[str, int]:
    """Return the first and last two characters of each name where they tell the sub-labels apart: 团干, 青年."""
    short: dict[str, set[int]] = {}
    for name, child in names.items():
        short.setdefault(name[-2:], set()).add(child)
        short.setdefault(name[:2], set()).add(child)
    return {name: next(iter(owners)) for name, owners in short.items() if len(owners) == 1 and len(name) == 2}


def beside(text: str, labels: list[re.Match[str]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield for each sub-label its stretch: what follows it, or what comes before where the numbers come first."""
    if not labels:
        return
    first = labels[0].start()
    before = bool(_DIGIT.search(text, start, first)) and not _DIGIT.search(text, labels[-1].end(), end)
    for index, label in enumerate(labels):
        if before:
            yield _trimmed(text, labels[index - 1].end() if index else start, label.start())
        else:
            yield _trimmed(text, label.end(), labels[index + 1].start() if index + 1 < len(labels) else end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``start:end`` without separators at both ends; they stay unclaimed and count as filler."""
    while start < end and text[start] in " \t\u3000:：，,、；;和与及":
        start += 1
    while end > start and text[end - 1] in " \t\u3000，,、；;。（(和与及":
        end -= 1
    return start, end
