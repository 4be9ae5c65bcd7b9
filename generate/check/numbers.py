"""The text of automatic numbers (一、, （一）, 1.) that stand before paragraphs without being typed."""

from __future__ import annotations

from lxml import etree

from .formatting import Flat, flat, value, w
from .wordfile import WordFile

_DIGITS = "〇一二三四五六七八九"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCountingThousand",
    "chineseLegalSimplified",
)


class Numbering:
    """Counts the numbered paragraphs of one document from the top down."""

    def __init__(self, file: WordFile) -> None:
        """Read the levels of every list of ``file``."""
        root = file.related("numbering")
        self._lists: dict[str, etree._Element] = {}
        self._counts: dict[str, dict[int, int]] = {}
        abstract = {}
        for item in [] if root is None else root.iter(w("abstractNum")):
            abstract[value(item, "abstractNumId")] = item
        for item in [] if root is None else root.iter(w("num")):
            target = abstract.get(value(item.find(w("abstractNumId"))))
            if target is not None:
                self._lists[value(item, "numId")] = target

    def level(self, number: str, depth: str) -> Flat:
        """Return the paragraph properties of a list's level."""
        item = self._level(number, int(depth or 0))
        return {} if item is None else flat(item.find(w("pPr")))

    def next(self, number: str, depth_text: str) -> str:
        """Count one more paragraph of the list ``number`` and return its number as it is seen."""
        depth = int(depth_text or 0)
        item = self._level(number, depth)
        if item is None:
            return ""
        shared = value(self._lists[number], "abstractNumId")
        counts = self._counts.setdefault(shared, {})
        start = int(value(item.find(w("start"))) or 1)
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        text = value(item.find(w("lvlText")))
        for place in range(depth + 1):
            text = text.replace(f"%{place + 1}", self._written(number, place, counts.get(place, 1)))
        return "" if value(item.find(w("numFmt"))) == "bullet" else text

    def _written(self, number: str, depth: int, count: int) -> str:
        item = self._level(number, depth)
        form = "" if item is None else value(item.find(w("numFmt")))
        if form in _CHINESE:
            return chinese(count)
        return "" if form == "none" else str(count)

    def _level(self, number: str, depth: int) -> etree._Element | None:
        target = self._lists.get(number)
        for item in [] if target is None else target.iter(w("lvl")):
            if value(item, "ilvl") == str(depth):
                return item
        return None


def chinese(count: int) -> str:
    """Return ``count`` (1-99) in Chinese numerals."""
    tens, ones = divmod(count, 10)
    if not tens:
        return _DIGITS[ones]
    head = "十" if tens == 1 else f"{_DIGITS[tens % 10]}十"
    return head + (_DIGITS[ones] if ones else "")
