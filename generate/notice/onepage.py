"""Keeping 署名 and date of a short notice on a page with text by a slightly other line pitch, as 7.3.5.5 allows.

Knows the styles' line pitches and estimates lines from character widths; does not render.
"""

from __future__ import annotations

from collections.abc import Sequence

from generate.standard import numbers as standard
from generate.word.styles import BODY, HEAD_ROW, HEAD_ROW_BLACK, LEVEL_1, LEVEL_2, LEVEL_3, LEVEL_4, Style

from .wrapping import wrapped

LEAST = 520
"""The smallest line pitch (26 pt) that still reads like a document."""

UTMOST = 440
"""The smallest (22 pt) where a text of one line leaves no other way: half of it cannot go over to the next page."""

_SLACK = 40
_HALF = 0.5
_NEARLY = "字字"
_TEXTS = {style.name for style in (BODY, LEVEL_1, LEVEL_2, LEVEL_3, LEVEL_4)}
_RULE = standard.RULE_SPACE * 20 + 30  # room and thickness of the red line


def pitch(paragraphs: Sequence[tuple[Style, str]]) -> int | None:
    """Return the exact line pitch in twips at which 署名 and date stand on a page with text, none when it needs no change.

    ``paragraphs`` are those up to the date. Closer lines bring them all onto page one; where these would be closer than
    ``LEAST`` and the text is one paragraph, wider lines take the end of it to page two, with 署名. Title lines are set
    ``TITLE_LINE - LINE`` higher than the others.
    """
    if _fitting(paragraphs, 0) >= standard.LINE:
        return None
    found = _fitting(paragraphs, _unsure(paragraphs))
    texts = [number for number, (style, _) in enumerate(paragraphs) if style.name in _TEXTS]
    if found >= LEAST or len(texts) != 1:
        return found if found >= LEAST else None
    if lines(*paragraphs[texts[0]]) > 1:
        return _wider(paragraphs[: texts[0] + 1])
    return found if found >= UTMOST else None


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


def _wider(paragraphs: Sequence[tuple[Style, str]]) -> int | None:
    """Return the pitch at which the last line of ``paragraphs`` goes over to page two, however they are counted.

    Of two lines only one may go: page one must show text (7.3.3).
    """
    two = lines(*paragraphs[-1]) == 2
    found = _fitting(paragraphs, -_HALF if two else -1) + _SLACK // 10
    return found if found > standard.LINE else None


def flexible(style: Style) -> bool:
    """Whether lines of ``style`` follow the page's pitch: not those that the mark's and the red line's place hangs on."""
    if style.name in (HEAD_ROW.name, HEAD_ROW_BLACK.name):
        return False
    return style.line in (standard.LINE, standard.TITLE_LINE) and not style.rule


def _fixed(style: Style) -> int:
    return (0 if flexible(style) else style.line) + (_RULE if style.rule else 0)


def lines(style: Style, text: str) -> int:
    """Return how many lines ``text`` takes in ``style``."""
    each = style.size * 20 + style.spacing
    room = (standard.TEXT_WIDTH - style.left - style.right) / each
    return sum(wrapped(line, room - style.first / each, room) for line in text.split("\n"))
