"""Title lines: a long title broken into lines of 梯形 or 菱形 without splitting words (7.3.1).

Knows where Chinese titles may break; does not know fonts: a line holds so many full-width characters.
"""

from __future__ import annotations

import itertools
import unicodedata

_AFTER = "、，；：》）”的和及与"
_BEFORE = (
    *(
        "关于",
        "的通知",
        "的决定",
        "的意见",
        "的报告",
        "《",
        "（",
        "“",
        "工作",
        "情况",
        "实施",
        "总结",
        "报告",
        "活动",
    ),
    *(
        "开展",
        "印发",
        "转发",
        "做好",
        "加强",
        "报送",
        "召开",
        "推进",
        "深入",
        "进一步",
        "学习",
        "表彰",
        "评选",
        "优秀",
    ),
    *("先进", "全省", "全市", "全县", "全区", "全面", "各级", "党建", "贯彻", "落实", "材料"),
)
_COUNTED = "年月日号个次届期季度周%"
_NEVER_FIRST = "、，。；：》）”’？！·…"
_NEVER_LAST = "《（“‘"


def width(text: str) -> float:
    """Return how many full-width characters ``text`` is wide."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def title_lines(text: str, limit: int = 20) -> tuple[str, ...]:
    """Return ``text`` in the fewest lines of at most ``limit`` characters, well broken and evenly long.

    A line feed in ``text`` is the author's own break and wins.
    """
    if "\n" in text:
        return tuple(line.strip() for line in text.split("\n") if line.strip())
    if width(text) <= limit:
        return (text,)
    breaks = [place for place in range(2, len(text) - 1) if _allowed(text, place)]
    for count in range(2, len(text)):
        found = [lines for lines in _ways(text, breaks, count) if max(map(width, lines)) <= limit]
        if found:
            return min(found, key=_cost)
    return (text,)


def _ways(text: str, breaks: list[int], count: int) -> list[tuple[str, ...]]:
    if count > 4:  # longer than any title; let the paragraph wrap by itself
        return [(text,)]
    return [
        tuple(text[a:b] for a, b in itertools.pairwise((0, *places, len(text))))
        for places in itertools.combinations(breaks, count - 1)
    ]


def _allowed(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    both_latin = before.isascii() and after.isascii()
    if before.isdigit() and after in _COUNTED:
        return False
    return after not in _NEVER_FIRST and before not in _NEVER_LAST and not both_latin


def _cost(lines: tuple[str, ...]) -> tuple[float, float]:
    """Return a penalty: breaks that may split a word weigh most, then unevenness, then a last line that is longest."""
    awkward = sum(3.0 for left, right in itertools.pairwise(lines) if not _natural(left, right))
    awkward += sum(6.0 for line in lines if line.count("“") != line.count("”"))
    widths = [width(line) for line in lines]
    uneven = max(widths) - min(widths)
    return awkward + uneven * 0.5 + (1.0 if widths[-1] > widths[0] else 0.0), uneven


def _natural(left: str, right: str) -> bool:
    return left[-1] in _AFTER or right.startswith(_BEFORE)
