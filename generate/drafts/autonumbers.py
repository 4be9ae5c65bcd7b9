"""Automatic list numbers of a Word draft made into the characters that a reader sees (ECMA-376 17.9).

Knows ``numbering.xml`` and the styles that number; where the characters go stands in ``text`` of the reader of docx.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from generate.word.parts import Package
from generate.word.rendered import w

_DIGITS = "〇一二三四五六七八九"
_SYMBOL_FACES = ("Wingdings", "Symbol", "Webdings", "MT Extra")
_CIRCLED = {
    "decimalEnclosedCircle": 0x2460,
    "decimalEnclosedCircleChinese": 0x2460,
    "decimalEnclosedFullstop": 0x2488,
    "decimalEnclosedParen": 0x2474,
    "ideographEnclosedCircle": 0x3220,
}
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseDigitalTenThousand",
    "ideographDigital",
    "koreanDigital2",
)
_LEGAL = ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: its text, and the symbol face it is drawn in where it is a bullet of one."""

    text: str
    face: str = ""


class Numbers:
    """Counts the lists of one document; ``label`` is to be asked once for each paragraph, in order."""

    def __init__(self, package: Package) -> None:
        """Read the definitions of lists and the styles that carry numbers."""
        self._levels: dict[str, dict[int, etree._Element]] = {}
        self._family: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = {str(s.get(w("styleId"))): s for s in package.styles.iter(w("style"))}
        if package.numbering is not None:
            self._load(package.numbering)

    def label(self, paragraph: etree._Element) -> Label | None:
        """Return what a reader sees before ``paragraph``, none where it has no number."""
        number, level = self._number(paragraph)
        levels = self._levels.get(number, {})
        if level not in levels:
            return None
        counts = self._counts.setdefault(self._family[number], {})
        here = levels[level]
        counts[level] = counts[level] + 1 if level in counts else _start(here)
        for deeper in [other for other in counts if other > level]:
            if _restarts(levels.get(deeper), level):
                del counts[deeper]
        return self._shown(levels, counts, level)

    @staticmethod
    def _shown(levels: dict[int, etree._Element], counts: dict[int, int], level: int) -> Label | None:
        here = levels[level]
        style, text = _value(here, "numFmt", "decimal"), _value(here, "lvlText", "")
        if style == "none" and "%" in text:
            text = ""
        legal = here.find(w("isLgl")) is not None
        for other in range(level + 1):
            form = _value(levels[other], "numFmt", "decimal") if other in levels else "decimal"
            count = counts.get(other) or (_start(levels[other]) if other in levels else 1)
            text = text.replace(f"%{other + 1}", written(count, "decimal" if legal else form))
        fonts = here.find(f"{w('rPr')}/{w('rFonts')}")
        face = "" if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or ""
        drawn = style == "bullet" and str(face).startswith(_SYMBOL_FACES)
        return Label(text, str(face) if drawn else "") if text else None

    def _number(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return list and level of a paragraph: its own, else its style's (17.9.18)."""
        own = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        ident = None if style is None else style.get(w("val"))
        number, level = _reference(own)
        seen: set[str] = set()
        while ident in self._styles and ident not in seen and number is None:
            seen.add(str(ident))
            item = self._styles[str(ident)]
            number, by_style = _reference(item.find(f"{w('pPr')}/{w('numPr')}"))
            level = by_style if level is None else level
            if number is not None and by_style is None:
                level = self._level_of_style(number, str(ident), level)
            based = item.find(w("basedOn"))
            ident = None if based is None else based.get(w("val"))
        return number or "0", level or 0

    def _level_of_style(self, number: str, ident: str, level: int | None) -> int | None:
        """Return the level that a list definition links to the style ``ident``."""
        for place, item in self._levels.get(number, {}).items():
            if _value(item, "pStyle", "") == ident:
                return place
        return level

    def _load(self, root: etree._Element) -> None:
        abstract = {
            str(item.get(w("abstractNumId"))): {_depth(level): level for level in item.iterchildren(w("lvl"))}
            for item in root.iterchildren(w("abstractNum"))
        }
        for item in root.iterchildren(w("num")):
            number, base = str(item.get(w("numId"))), _value(item, "abstractNumId", "")
            levels = dict(abstract.get(base, {}))
            overrides = list(item.iterchildren(w("lvlOverride")))
            for override in overrides:
                own, start = override.find(w("lvl")), override.find(w("startOverride"))
                if own is not None:
                    levels[_depth(override)] = own
                if start is not None:
                    self._counts.setdefault(f"num{number}", {})[_depth(override)] = (
                        int(start.get(w("val")) or 1) - 1
                    )
            self._levels[number] = levels
            self._family[number] = f"num{number}" if overrides else f"abstract{base}"


def written(number: int, style: str) -> str:
    """Return ``number`` in a ``w:numFmt`` style (17.18.59); a style that is not known is written in decimal."""
    if style in _CIRCLED and 1 <= number <= (10 if style.startswith("ideo") else 20):
        return chr(_CIRCLED[style] + number - 1)
    if style in _CHINESE:
        return chinese(number)
    if style in _LEGAL:
        return chinese(number).translate(
            str.maketrans("一二三四五六七八九十百千〇", "壹贰叁肆伍陆柒捌玖拾佰仟零")
        )
    if style in ("upperLetter", "lowerLetter") and number > 0:
        text = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text if style == "upperLetter" else text.lower()
    if style in ("upperRoman", "lowerRoman"):
        return _roman(number) if style == "upperRoman" else _roman(number).lower()
    if style == "decimalFullWidth":
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if style == "decimalZero":
        return f"{number:02d}"
    return str(number)


def chinese(number: int) -> str:
    """Return 1 to 9999 as one counts in Chinese: 十, 二十一, 一百〇五."""
    if not 1 <= number <= 9999:
        return str(number)
    text, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("〇" if gap else "") + _DIGITS[digit] + unit
        gap = bool(text) and not digit
    return text[1:] if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    for value, sign in zip(values, "M CM D CD C XC L XL X IX V IV I".split(), strict=True):  # noqa: SIM905
        while number >= value:
            text, number = text + sign, number - value
    return text


def _reference(item: etree._Element | None) -> tuple[str | None, int | None]:
    if item is None:
        return None, None
    level, number = item.find(w("ilvl")), item.find(w("numId"))
    place = None if level is None else int(level.get(w("val")) or 0)
    return (None if number is None else str(number.get(w("val")))), place


def _restarts(deeper: etree._Element | None, level: int) -> bool:
    """Whether an item of ``level`` makes a deeper level begin anew (17.9.10)."""
    after = "" if deeper is None else _value(deeper, "lvlRestart", "")
    return not after or (after != "0" and level < int(after))


def _start(level: etree._Element) -> int:
    value = _value(level, "start", "1")
    return int(value) if value.isdecimal() else 1


def _depth(item: etree._Element) -> int:
    value = str(item.get(w("ilvl")) or "0")
    return int(value) if value.isdecimal() else 0


def _value(item: etree._Element, name: str, default: str) -> str:
    found = item.find(w(name))
    return default if found is None else str(found.get(w("val"), default))
