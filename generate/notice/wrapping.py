"""How many lines a text takes: filled character by character, with the marks that may not begin or end a line.

Knows full-width and half-width characters; does not know faces, nor that Word lets a mark hang over the edge.
"""

from __future__ import annotations

from generate.standard.titles import width

_NEVER_FIRST = frozenset("、，。；：》）”’？！…】〕%％")
_NEVER_LAST = frozenset("《（“‘【〔")


def wrapped(text: str, first: float, later: float, half: float = 0.5) -> int:
    """Return how many lines ``text`` takes, ``first`` full-width characters in the first and ``later`` in the others.

    ``half`` is the width of a letter or figure; faces that replace the one asked for have wider ones than one half.
    """
    count, room, used, start = 1, first, 0.0, 0
    sizes = [half if width(char) < 1 else 1.0 for char in text]
    for place, size in enumerate(sizes):
        if used + size <= room + 1e-6:
            used += size
            continue
        begin = _break(text, start, place)
        count, room, used, start = count + 1, later, sum(sizes[begin : place + 1]), begin
    return count


def _break(text: str, start: int, place: int) -> int:
    """Return where the next line begins when the character at ``place`` has no room in this one."""
    begin = place
    while begin > start + 1 and (text[begin] in _NEVER_FIRST or text[begin - 1] in _NEVER_LAST):
        begin -= 1
    return begin if begin > start + 1 else place
