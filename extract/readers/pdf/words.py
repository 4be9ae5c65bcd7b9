"""What no program parts at the end of a line: words, figures, and signs that may neither begin nor end one.

Knows the glyphs of a line and what they say, not the room that the line had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .manner import Set

_NO_START = "，。、；：？！）》」』】〕”’…—%％,.;:?!)]}"
NO_HEAD = "，。、；：？！）》」』】〕”’％%"  # nobody begins a paragraph with these
_QUOTES = "“”‘’"
NO_END = "（《「『【〔“‘(["
WIDE = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")

_OPEN, _SHUT = re.compile("[（(]"), re.compile("[）)]")
_CLOSED = re.compile("[^（(）)]*[^（(）)0-9①-⑳一二三四五六七八九十a-z][）)]")  # no number of an item
_CLOSING = 4  # lines over which brackets run, at most


def first_word(line: Set, strict: bool = False, letters: int = 0) -> float:
    """Return the width of what cannot be parted from the head of ``line``; ``letters`` of a word that is parted itself.

    ``strict`` for programs that break a line as Unicode has it (UAX 14): quotation marks hold on to both sides, and so
    does a comma or stop between a character and a word of Latin letters or figures.
    """
    glyphs = line.seen
    end = 1
    while end < len(glyphs) and glyphs[end - 1].text in NO_END:
        end += 1
    end = max(end, letters) if letters else _word_end(line, end)
    if strict and glyphs[0].text in _NO_START and end < len(glyphs) and not WIDE.match(glyphs[end].text):
        end = _word_end(line, end + 1)
    while end < len(glyphs) and (glyphs[end].text in _NO_START or (strict and glyphs[end].text in _QUOTES)):
        end += 1
        last = glyphs[end - 1].text
        if strict and end < len(glyphs) and (last in _QUOTES or not WIDE.match(glyphs[end].text)):
            end = _word_end(line, end + 1)
    return glyphs[end - 1].x1 - glyphs[0].x0


def broken(line: Set, following: Set) -> float:
    """Return the width of what belongs to the one word of ``line`` but stands on ``following``, where even it had no room."""
    whole = first_word(line, strict=True) >= line.seen[-1].x1 - line.seen[0].x0
    return first_word(following, strict=True) if whole and following.seen[0].text in NO_HEAD else 0.0


def _word_end(line: Set, end: int) -> int:
    """Return where the word ends whose first glyph stands before ``end``: a Chinese character is one."""
    glyphs = line.seen
    if not WIDE.match(glyphs[end - 1].text):
        while (
            end < len(glyphs)
            and not WIDE.match(glyphs[end].text)
            and glyphs[end].x0 - glyphs[end - 1].x1 < line.size / 6
        ):
            end += 1
    return end


def joint(line: Set, following: Set) -> float:
    """Return the space that programs set between Chinese and Latin characters, had the two lines been one."""
    wide = [WIDE.match(glyph.text) is not None for glyph in (line.seen[-1], following.seen[0])]
    return line.size / 5 if wide[0] != wide[1] else 0.0


def within_brackets(said: Sequence[str], joins: Sequence[bool]) -> Iterator[int]:
    """Yield the lines, each what it says, that end within brackets which are closed below: no paragraph ends there.

    ``joins`` tells where one line is known to go on in the next; it may be changed between two lines.
    """
    depth = 0
    for number, text in enumerate(said[:-1]):
        depth = max(0, depth + len(_OPEN.findall(text)) - len(_SHUT.findall(text)))
        if depth and not joins[number] and _CLOSED.match("".join(said[number + 1 : number + _CLOSING])):
            yield number
        depth = depth if joins[number] else 0


def spacing(line: Set) -> float:
    """Return the space that is set between all characters of ``line``, beyond their own width."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(line.seen) if WIDE.match(a.text) and WIDE.match(b.text)]
    return max(0.0, min(gaps)) if gaps else 0.0
