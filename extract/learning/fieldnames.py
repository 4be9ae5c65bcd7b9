"""Names of fields: from the words of a form's labels to paths that are each used once and can stand in a tag.

Knows how labels are spelled; where they stand, and what says whose they are, is ``blankform``'s concern.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

_LONGEST_CONTEXT = 20
_RESERVED = frozenset(
    (
        "true",
        "false",
        "none",
        "True",
        "False",
        "None",
        "not",
        "and",
        "or",
        "in",
        "is",
        "if",
        "else",
        "loop",
        "self",
    )
)
_TAGS = re.compile(
    r"\{\{[^{}]*\}\}|[$#]?\{[\w.]+\}|\[[A-Za-z_]\w*\]|\$\(\d+\)"
)  # of another tool, around a label
NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、.．)）])")
_NOTE = re.compile(r"[（(【\[][^（）()【】\[\]]*[)）】\]]")
_WORD = re.compile(r"^[$#{\[.]*(?:\w+\.)?|[}\]]*$")  # a tag alone: its last word is what is left


class Names:
    """Gives each field a path of its own; a label that stands twice is told apart by what stands around it, or asked about."""

    def __init__(self, often: Container[str] = ()) -> None:
        """Begin without names; ``repeated`` are labels that nothing told apart, with what they were called.

        Labels that stand ``often`` on the page (日期 under each signature) name nothing alone, not even the first time.
        """
        self.repeated: list[tuple[str, str]] = []
        self._often = often
        self._taken: set[tuple[str, str]] = set()
        self._parents: set[tuple[str, str]] = set()

    def path(self, labels: Sequence[str], group: str = "", around: Sequence[str] = ()) -> str:
        """Return the path of a field under ``labels``, outermost first, within a row ``group``.

        ``around`` are words that say whose the label is (the heading of its part, the label before it), the nearest
        first; they are used only when the label alone is taken.
        """
        parts = [part for part in (identifier(label) for label in labels) if part] or ["未命名"]
        wanted = self._free(parts, group)
        if not self._stands(group, wanted) and not (wanted in self._often and any(around)):
            return self._take(group, wanted)
        for words in around:
            context = identifier(words)
            if context and len(context) <= _LONGEST_CONTEXT and not context.endswith(parts[0]):
                beside = (group, words) in self._taken  # 主管领导意见.签字 and its 日期
                path = words + "".join(parts) if beside else self._free([context, *parts], group)
                if not self._stands(group, path):
                    return self._take(group, path)
        if not self._stands(group, wanted):
            return self._take(group, wanted)
        number = 2
        while self._stands(group, f"{wanted}_{number}"):
            number += 1
        path = f"{wanted}_{number}"
        self.repeated.append((wanted, path))
        return self._take(group, path)

    def _stands(self, group: str, path: str) -> bool:
        return (group, path) in self._taken or (group, path) in self._parents

    def _free(self, parts: list[str], group: str) -> str:
        """Return ``parts`` as a path that nests under no field: a label above that is itself one joins the next."""
        steps = [parts[0]]
        for part in parts[1:]:
            if (group, ".".join(steps)) in self._taken:
                steps[-1] += part
            else:
                steps.append(part)
        return ".".join(steps)

    def _take(self, group: str, path: str) -> str:
        self._taken.add((group, path))
        steps = path.split(".")
        self._parents.update((group, ".".join(steps[:depth])) for depth in range(1, len(steps)))
        return path


def identifier(label: str) -> str:
    """Return a label as part of a path and a tag: no blanks, notes or signs, never beginning with a digit."""
    plain = re.sub(r"\s", "", label)
    if plain.rstrip(":：") in ("￥", "¥"):
        return "小写金额"
    plain = _TAGS.sub("", plain) or _WORD.sub("", plain)
    shorter = _NOTE.sub("", _NOTE.sub("", plain)) or plain  # twice: 种植[或养殖] within brackets
    word = re.sub(r"^[\d一二三四五六七八九十]{1,3}[、.．]", "", shorter)
    word = "".join(sign for sign in re.sub(r"\W", "", word) if f"_{sign}".isidentifier())  # no ⁶, no ①
    return f"_{word}" if word[:1].isdecimal() or word in _RESERVED else word


def last_words(text: str) -> str:
    """Return the last words before a colon; blanks inside of 姓    名 part letters, other wide gaps part labels."""
    parts = re.split(r"[ \t\u3000]{2,}", text.strip())
    letters = [_NOTE.sub("", part) for part in parts]
    return text.strip() if all(len(part) == 1 for part in letters) else parts[-1]


def heading_of(text: str) -> str:
    """Return a line that heads what follows, as words to tell fields apart by; nothing for text, notes and numbers."""
    word = identifier(text)
    wrong = re.search(r"[:：。；，]|年.*月|[印编监]?制[）)]?\s*$", text)  # who printed it heads nothing
    return word if 2 <= len(word) <= _LONGEST_CONTEXT and not wrong else ""
