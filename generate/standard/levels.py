"""The four levels of a document's body: 一、 / （一） / 1. / （1） (7.3.3), and where a run-in heading ends.

Knows text alone; which face a level has stands in ``styles``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMERAL = "[一二三四五六七八九十百]+"
_NUMBERINGS = (
    re.compile(rf"{_NUMERAL}、"),
    re.compile(rf"[（(]{_NUMERAL}[）)]"),
    # "3.2020年…" is item 3, "3.5%" no item; "1、" is not the standard's way, but many write it
    re.compile(r"\d{1,2}[.．](?!\d)|\d{1,2}[.．](?=\d{4}年)|\d{1,2}、"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_LONGEST = 45
"""Characters of the longest heading; a longer sentence after a number is text that is counted."""

_MARKDOWN = re.compile(r"(#{1,4})\s+(.*)")


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph: ``level`` 0 for plain text, else 1-4; ``head`` takes the level's face, ``rest`` runs on after it."""

    level: int
    head: str
    rest: str = ""

    @property
    def text(self) -> str:
        """The whole paragraph."""
        return self.head + self.rest


def level_of(text: str) -> int:
    """Return the level that the numbering at the start of ``text`` says, 0 for none."""
    return next((n for n, pattern in enumerate(_NUMBERINGS, 1) if pattern.match(text)), 0)


def heading_end(text: str) -> int:
    """Return where the heading of a numbered paragraph ends: at its first full stop, 0 for text that is only counted.

    Levels 3 and 4 look like text anyway.
    """
    end = text.find("。") + 1 or len(text)
    return end if end <= _LONGEST or level_of(text) > 2 else 0


def passage(line: str) -> Passage:
    """Read one line of a draft; blanks around it go, a Markdown ``#`` says the level where no numbering does."""
    text = line.strip(" \t\u3000")
    marked = _MARKDOWN.match(text)
    if marked:
        text = marked[2].strip(" \t\u3000")
        return Passage(level_of(text) or len(marked[1]), text)
    level = level_of(text)
    if not level:
        return Passage(0, "", text)
    end = heading_end(text)
    return Passage(level, text[:end], text[end:]) if end else Passage(0, "", text)


def passages(text: str) -> tuple[Passage, ...]:
    """Read a draft: one paragraph a line, empty lines only separate."""
    return tuple(passage(line) for line in text.splitlines() if line.strip(" \t\u3000"))
