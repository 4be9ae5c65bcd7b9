"""An estimate of where pages end: whether 署名 or 附件说明 comes to stand on a page that shows text (7.3.5.5).

Counts lines of full-width characters; does not render. Our styles have no widow control, so that full pages hold 22
lines (5.2.3): a page may end after any line. Asked with one line more and one less, so that a line that breaks
otherwise does no harm: where the answers differ, the text is held together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generate.standard import numbers as standard


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of one paragraph: how many, how high each (twips), whether they stay with the next, on a new page."""

    lines: int
    pitch: int
    keep: bool = False
    page: bool = False


def stays_with_text(before: Sequence[Stretch], text: Stretch, after: Sequence[Stretch]) -> bool:
    """Whether ``after``, one block, comes on the page where the last lines of ``text`` stand, however it is counted.

    ``before`` begins on a new page. False too where only one more or one less line would part them.
    """
    return all(_joined(before, text, after, shift) for shift in (-1, 0, 1))


def _joined(before: Sequence[Stretch], text: Stretch, after: Sequence[Stretch], shift: int) -> bool:
    place = max(0, shift * standard.LINE)
    for number, item in enumerate(before):
        following = before[number + 1] if number + 1 < len(before) else text
        place = _after(place, item, following)
    if shift < 0:
        place = (place - standard.LINE) % standard.TEXT_HEIGHT
    place = _after(place, text, None)
    return place + sum(item.lines * item.pitch for item in after) <= standard.TEXT_HEIGHT


def _after(place: int, item: Stretch, following: Stretch | None) -> int:
    """Return the place in the page after ``item``, which begins at ``place``."""
    if item.page:
        place = 0
    needed = item.lines * item.pitch
    if item.keep and following is not None and place + needed + following.pitch > standard.TEXT_HEIGHT:
        return needed
    fit = (standard.TEXT_HEIGHT - place) // item.pitch if item.pitch else item.lines
    if fit >= item.lines:
        return place + needed
    rest = item.lines - fit
    per_page = max(1, standard.TEXT_HEIGHT // item.pitch)
    while rest > per_page:
        rest -= per_page
    return rest * item.pitch
