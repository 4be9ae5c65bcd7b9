"""Keeping 署名 and date of a short notice on a page with text by other distances of lines and characters (7.3.5.5).

Knows the styles' line pitches and estimates lines from character widths; does not render.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generate.standard import numbers as standard
from generate.standard.titles import width
from generate.word.styles import (
    BLANK,
    BODY,
    HEAD_ROW,
    HEAD_ROW_BLACK,
    LEVEL_1,
    LEVEL_2,
    LEVEL_3,
    LEVEL_4,
    Style,
)

from .wrapping import wrapped

LEAST = 520
"""The smallest line pitch (26 pt) that still reads like a document."""

UTMOST = 440
"""The smallest (22 pt) where a text of one line leaves no other way: half of it cannot go over to the next page."""

WIDEST = 400
"""The most (twips) that the characters of a text of one line stand apart, so that its end goes over to the next page."""

SEAL_SPACE = replace(BLANK, name="印章间空行")
"""A line between two rows of organs, which keeps its height: closer seals would touch."""

_SLACK = 40
_INDENT = 2  # 左空二字, of characters that stand apart too
_OVER = 2.5  # characters of a spread line that have no room in it: two go over, or three
_HALF = 0.5
_NEARLY = "字字"
_TEXTS = {style.name for style in (BODY, LEVEL_1, LEVEL_2, LEVEL_3, LEVEL_4)}
_RULE = standard.RULE_SPACE * 20 + 30  # room and thickness of the red line


@dataclass(frozen=True, slots=True)
class Fit:
    """The exact line pitch in twips; how much further apart (twips) the characters of the text stand than usual."""

    line: int
    apart: int = 0


def fit(paragraphs: Sequence[tuple[Style, str]]) -> Fit | None:
    """Return the distances at which 署名 and date stand on a page with text, none when they need no change.

    ``paragraphs`` are those up to the date. Closer lines bring them all onto page one; where these would be closer than
    ``LEAST`` and the text is one paragraph, wider lines take the end of it to page two, with 署名. Title lines are set
    ``TITLE_LINE - LINE`` higher than the others. None too for a text too short for any of this.
    """
    if _fitting(paragraphs, 0) >= standard.LINE:
        return None
    found = _fitting(paragraphs, _unsure(paragraphs))
    texts = [number for number, (style, _) in enumerate(paragraphs) if style.name in _TEXTS]
    if found >= LEAST or len(texts) != 1:
        return Fit(found) if found >= LEAST else None
    upto = paragraphs[: texts[0] + 1]
    if lines(*upto[-1]) > 1:
        return _wider(upto)
    return Fit(found) if found >= UTMOST else _spread(upto)


def _spread(paragraphs: Sequence[tuple[Style, str]]) -> Fit | None:
    """Return the distances at which a text of one line takes two, of which the second goes over to page two."""
    style, text = paragraphs[-1]
    room = standard.TEXT_WIDTH - style.left - style.right
    advance = int(room / (_INDENT + max(width(text) - _OVER, 1)))
    apart = advance - standard.CHARACTER
    spread = replace(style, spacing=style.spacing + apart, first=style.first + _INDENT * apart)
    if apart > WIDEST or lines(spread, text) != 2:
        return None
    found = _wider([*paragraphs[:-1], (spread, text)])
    return None if found is None else replace(found, apart=apart)


def _fitting(paragraphs: Sequence[tuple[Style, str]], more: float) -> int:
    """Return the line pitch at which ``paragraphs`` and so many lines more fill one page."""
    counted = [(style, lines(style, text)) for style, text in paragraphs if flexible(style)]
    rows = more + sum(count for _, count in counted)
    extra = sum(count * (style.line - standard.LINE) for style, count in counted)
    fixed = _SLACK + sum(_fixed(style) for style, _ in paragraphs)
    return int((standard.TEXT_HEIGHT - fixed - extra) / rows) if rows else standard.LINE


def _unsure(paragraphs: Sequence[tuple[Style, str]]) -> int:
    """Return how many paragraphs may take one line more than counted, because their last line is all but full."""
    return sum(
        lines(style, f"{text}{_NEARLY}") > lines(style, text)
        for style, text in paragraphs
        if style.name in _TEXTS
    )


def _wider(paragraphs: Sequence[tuple[Style, str]]) -> Fit | None:
    """Return the pitch at which the last line of ``paragraphs`` goes over to page two, however they are counted.

    Of two lines only one may go: page one must show text (7.3.3).
    """
    two = lines(*paragraphs[-1]) == 2
    found = _fitting(paragraphs, -_HALF if two else -1) + _SLACK // 10
    return Fit(found) if found > standard.LINE else None


def flexible(style: Style) -> bool:
    """Whether lines of ``style`` follow the page's pitch: not where the mark, the red line or seals hang on it."""
    if style.name in (HEAD_ROW.name, HEAD_ROW_BLACK.name, SEAL_SPACE.name):
        return False
    return style.line in (standard.LINE, standard.TITLE_LINE) and not style.rule


def _fixed(style: Style) -> int:
    return (0 if flexible(style) else style.line) + (_RULE if style.rule else 0)


def lines(style: Style, text: str) -> int:
    """Return how many lines ``text`` takes in ``style``."""
    each = style.size * 20 + style.spacing
    room = (standard.TEXT_WIDTH - style.left - style.right) / each
    return sum(wrapped(line, room - style.first / each, room) for line in text.split("\n"))
