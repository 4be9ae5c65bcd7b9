"""Automatic list numbers of a Word document (ECMA-376 17.9): the characters that a reader sees before a paragraph.

Knows ``numbering.xml`` and counts while the document is walked in order; bullets are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_UNITS = "拾佰仟"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


@dataclass(slots=True)
class Level:
    """One level of a list: first number, ``w:numFmt`` style, text with ``%1`` … for the numbers, restart, legal."""

    start: int = 1
    style: str = "decimal"
    text: str = "%1."
    restart: int | None = None
    legal: bool = False


class Numbering:
    """The numbers of one document; ``label`` must be called once for each numbered paragraph, in order."""

    def __init__(self, root: Element | None) -> None:
        """Read the definitions; ``root`` is ``w:numbering`` or none when the document has no lists."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._load(root)

    @classmethod
    def of(cls, lists: dict[str, dict[int, Level]], families: dict[str, str]) -> Numbering:
        """Return the numbering of lists that another format defines; lists of one family count on together."""
        numbering = cls(None)
        numbering._levels, numbering._abstract = lists, families
        return numbering

    def label(self, number_id: str, level: int) -> str:
        """Return the visible number of the next paragraph of list ``number_id`` at ``level`` (from 0)."""
        levels = self._levels.get(number_id)
        if levels is None or level not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract[number_id], {})
        here = levels[level]
        counts[level] = counts[level] + 1 if level in counts else here.start
        for deeper in [other for other in counts if other > level]:
            if deeper not in levels or _restarts(levels[deeper], level):
                del counts[deeper]
        if here.style in ("bullet", "none"):
            return ""
        shown = here.text
        for other in range(level + 1):
            definition = levels.get(other, Level())
            style = "decimal" if here.legal else definition.style
            shown = shown.replace(f"%{other + 1}", format_number(counts.get(other, definition.start), style))
        return shown

    def restart(self, number_id: str, level: int, number: int) -> None:
        """Let the next paragraph of list ``number_id`` at ``level`` be ``number``."""
        if number_id in self._abstract:
            self._counts.setdefault(self._abstract[number_id], {})[level] = number - 1

    def _load(self, root: Element) -> None:
        abstract = {
            node.get(W + "abstractNumId", ""): {
                _depth(level): _level(level) for level in node.iterchildren(W + "lvl")
            }
            for node in root.iterchildren(W + "abstractNum")
        }
        for number in root.iterchildren(W + "num"):
            number_id = number.get(W + "numId", "")
            link = number.find(W + "abstractNumId")
            base = "" if link is None else link.get(_VAL, "")
            levels = dict(abstract.get(base, {}))
            overrides = list(number.iterchildren(W + "lvlOverride"))
            for override in overrides:
                self._override(levels, override)
            self._levels[number_id] = levels
            # lists of one abstract definition count on together unless the list restarts (17.9.26)
            self._abstract[number_id] = f"num{number_id}" if overrides else f"abstract{base}"

    @staticmethod
    def _override(levels: dict[int, Level], override: Element) -> None:
        index = _depth(override)
        own = override.find(W + "lvl")
        level = _level(own) if own is not None else levels.get(index, Level())
        start = override.find(W + "startOverride")
        if start is not None:
            level = Level(_int(start, 1), level.style, level.text, level.restart, level.legal)
        levels[index] = level


def _level(node: Element) -> Level:
    level = Level()
    for child in node:
        tag = child.tag
        if tag == W + "start":
            level.start = _int(child, 1)
        elif tag == W + "numFmt":
            level.style = child.get(_VAL, "decimal")
        elif tag == W + "lvlText":
            level.text = child.get(_VAL, "")
        elif tag == W + "lvlRestart":
            level.restart = _int(child, 0)
        elif tag == W + "isLgl":
            level.legal = child.get(_VAL, "1") not in ("0", "false")
    return level


def _restarts(deeper: Level, level: int) -> bool:
    """Whether an item of ``level`` makes the numbers of a deeper level begin anew (17.9.10)."""
    return deeper.restart is None or (deeper.restart != 0 and level < deeper.restart)


def _depth(node: Element) -> int:
    depth = node.get(W + "ilvl", "0")
    return int(depth) if depth.isdecimal() else 0


def _int(node: Element, default: int) -> int:
    value = node.get(_VAL, "")
    return int(value) if value.lstrip("-").isdecimal() else default


def format_number(number: int, style: str) -> str:
    """Write ``number`` in a ``w:numFmt`` style (ECMA-376 17.18.59); an unknown style is written in decimal."""
    if not 1 <= number <= 9999:
        return str(number)
    if style in _CIRCLES:
        first, last, plain = _CIRCLES[style]
        return chr(first + number - 1) if number <= last else plain.format(number)
    write = _STYLES.get(style)
    return str(number) if write is None else write(number)


def chinese(number: int) -> str:
    """Write 1 to 9999 as one counts in Chinese: 十, 二十一, 一百〇五."""
    text = ""
    gap = False
    for place in (1000, 100, 10, 1):
        digit = number // place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("〇" if gap else "") + _DIGITS[digit] + {1000: "千", 100: "百", 10: "十", 1: ""}[place]
        gap = False
    return text[1:] if text.startswith("一十") else text


def _legal(number: int) -> str:
    digits = [int(digit) for digit in str(number)]
    text = ""
    for power, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            text += _LEGAL[digit] + (_LEGAL_UNITS[power - 1] if power else "")
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


def _roman(number: int) -> str:
    text = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        while number >= value:
            text += sign
            number -= value
    return text


def _letters(number: int) -> str:
    return chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)


# first code point, last number that has a sign of its own, how further numbers are written
_CIRCLES = {
    "decimalEnclosedCircle": (0x2460, 20, "{}"),
    "decimalEnclosedCircleChinese": (0x2460, 20, "{}"),
    "decimalEnclosedFullstop": (0x2488, 20, "{}."),
    "decimalEnclosedParen": (0x2474, 20, "({})"),
    "ideographEnclosedCircle": (0x3220, 10, "({})"),
}
_STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": chinese,
    "japaneseDigitalTenThousand": chinese,
    "koreanDigital2": chinese,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "decimalFullWidth": lambda number: str(number).translate(
        {48 + digit: 0xFF10 + digit for digit in range(10)}
    ),
    "decimalFullWidth2": lambda number: str(number).translate(
        {48 + digit: 0xFF10 + digit for digit in range(10)}
    ),
    "decimalZero": "{:02d}".format,
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
}
