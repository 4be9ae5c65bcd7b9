"""What no program parts at the end of a line: words, figures, and signs that may neither begin nor end one.

Knows the glyphs of a line and what they say, not the room that the line had.
"""

from __future__ import annotations

import re

from .manner import Set

_NO_START = "，。、；：？！）》」』】〕”’…—%％,.;:?!)]}"
NO_HEAD = "，。、；：？！）》」』】〕”’％%"  # nobody begins a paragraph with these
_QUOTES = "“”‘’"
NO_END = "（《「『【〔“‘(["
WIDE = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def first_word(line: Set, strict: bool = False) -> float:
    """Return the width of what cannot be parted from the head of ``line``.

    ``strict`` for programs that break a line as Unicode has it (UAX 14): quotation marks hold on to both sides, and so
    does a comma or stop between a character and a word of Latin letters or figures.
    """
    glyphs = line.seen
    end = 1
    while end < len(glyphs) and glyphs[end - 1].text in NO_END:
        end += 1
    end = _word_end(line, end)
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
