"""Stretches of a box: from where to where in its pieces a label or an answer stands."""

from __future__ import annotations

from .board import Box

Stretch = tuple[int, int, int]
"""Piece, start and end."""


def without_separator(box: Box, stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Return ``stretches`` without the sign that parts an answer from the next label on its line: 姓名：甲；单位：乙."""
    number, start, end = stretches[-1]
    said = box.pieces[number].text[start:end].rstrip()
    kept = start + len(said.rstrip("；;，,、|｜"))
    return (*stretches[:-1], (number, start, kept if kept > start else end))


def everything(box: Box) -> tuple[Stretch, ...]:
    """Return the stretches of all that stands in ``box``."""
    return tuple((number, 0, len(piece.text)) for number, piece in enumerate(box.pieces))


def between(box: Box, start: tuple[int, int], until: tuple[int, int]) -> tuple[Stretch, ...]:
    """Return the stretches of ``box`` from ``start`` to ``until`` (piece, offset), empty when there is only space."""
    stretches = []
    for number, piece in enumerate(box.pieces):
        low = start[1] if number == start[0] else 0
        high = until[1] if number == until[0] else len(piece.text)
        if start[0] <= number <= until[0] and high > low:
            stretches.append((number, low, high))
    seen = any(box.pieces[number].text[low:high].strip() for number, low, high in stretches)
    signed = any(box.pieces[number].signs(low, high) for number, low, high in stretches)
    return tuple(stretches) if seen or signed else ()
