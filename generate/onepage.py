"""Keeping a short notice with its 署名 and date on page one by a slightly smaller line pitch, as 7.3.5.5 allows.

Knows the styles' line pitches and estimates lines from character widths; does not render.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from . import standard
from .styles import Style
from .titles import width

LEAST = 520
"""The smallest line pitch (26 pt) that still reads like a document."""

_SLACK = 40
_RULE = standard.RULE_SPACE * 20 + 30  # room and thickness of the red line


def pitch(paragraphs: Sequence[tuple[Style, str]]) -> int | None:
    """Return the exact line pitch in twips at which ``paragraphs`` fill one page, none when they need no change.

    None too when even ``LEAST`` is not enough. Title lines are set ``TITLE_LINE - LINE`` higher than the others.
    """
    fixed = _SLACK + sum(_fixed(style) for style, _ in paragraphs)
    rows = sum(lines(style, text) for style, text in paragraphs if _flexible(style))
    extra = sum(
        lines(style, text) * (style.line - standard.LINE) for style, text in paragraphs if _flexible(style)
    )
    if not rows or fixed + extra + rows * standard.LINE <= standard.TEXT_HEIGHT:
        return None
    found = (standard.TEXT_HEIGHT - fixed - extra) // rows
    return found if found >= LEAST else None


def _flexible(style: Style) -> bool:
    return style.line in (standard.LINE, standard.TITLE_LINE)


def _fixed(style: Style) -> int:
    return (0 if _flexible(style) else style.line) + (_RULE if style.rule else 0)


def lines(style: Style, text: str) -> int:
    """Return how many lines ``text`` takes in ``style``."""
    room = standard.TEXT_WIDTH - style.left - style.right
    each = style.size * 20 + style.spacing
    return sum(
        max(1, math.ceil((width(line) * each + max(style.first, 0)) / room)) for line in text.split("\n")
    )
