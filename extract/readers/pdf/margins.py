"""What runs over the pages of a PDF: heads and feet that stand at one place on several pages, and numbers of pages.

Knows lines and where they stand. A title that repeats is none: it stands within the text, and so does a label with its answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_PAGE = re.compile(
    r"[\s—–·-]*(?:第?\s*\d{1,3}\s*页?|\d{1,3}\s*/\s*\d{1,3}|第\s*\d{1,3}\s*页[\s,，/]*共\s*\d{1,3}\s*页)[\s—–·-]*"
)
_HEAD, _FOOT = 70.0, 110.0  # points from the edges of a page within which heads and feet stand
_STEP = 4.0  # points within which they stand at one place

Text = tuple[str, float, float]
"""A line of a page outside its tables: what it says, its top and its bottom."""


def is_number(text: str) -> bool:
    """Whether a line is the number of its page."""
    return _PAGE.fullmatch(text) is not None


def running(pages: Sequence[tuple[float, Sequence[Text]]]) -> tuple[list[set[int]], list[set[int]]]:
    """Return for each page (its height and lines) which lines are heads, and which are feet."""
    places = [[_place(text, height) for text in texts] for height, texts in pages]
    counts = Counter(place for page in places for place in set(page) if place)
    heads: list[set[int]] = []
    feet: list[set[int]] = []
    for (_, texts), found in zip(pages, places, strict=True):
        whole = [
            number
            for number, place in enumerate(found)
            if place and (counts[place] > 1 or is_number(texts[number][0]))
        ]
        heads.append({number for number in whole if (found[number] or ("", "", 0))[0] == "head"})
        feet.append({number for number in whole if (found[number] or ("", "", 0))[0] == "foot"})
    return heads, feet


def _place(text: Text, height: float) -> tuple[str, str, int] | None:
    """Return zone, words without figures and place of a line that may run over the pages."""
    said, top, bottom = text
    zone = "head" if bottom < _HEAD else "foot" if top > height - _FOOT else ""
    if not zone or re.search("[:：]", said):
        return None
    return zone, re.sub(r"\d+", "#", said), round((top if zone == "head" else height - top) / _STEP)
