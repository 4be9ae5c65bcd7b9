"""The characters of a page as they are meant: once where print made them bold, ordinary ones for lookalikes, no watermark.

Knows characters and where they stand, no lines. What cannot be known (a font that does not tell its characters) is U+FFFD, which
every value with it is doubted for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from extract.readers.signs import symbol

if TYPE_CHECKING:
    from pdfplumber.page import Page

UNKNOWN = "\ufffd"
_CODE = re.compile(r"\(cid:(\d+)\)")
_SIGNS = re.compile(r"(Web|Wing)dings(2?)")
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_TWICE = 0.16  # widths of a character within which the same one is printed again to make it bold
_SLANT = 0.05  # sine from which on a line of text is neither level nor upright
_LARGE = 3.0  # times the usual height: pale characters of such a height are a watermark
_PALE = 0.6

# CJK Radicals Supplement: what programs write for ordinary characters when they look a glyph up by its shape. The standard gives
# two of them a compatibility mapping only (Unicode 15, chapter 18.3).
_RADICALS = dict(
    zip(
        "⺁⺇⺌⺍⺎⺏⺐⺒⺓⺔⺕⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺨⺩⺪⺫⺬⺭⺮⺯⺱⺲⺳⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂几小小尢尢尢巳幺彑彐心扌攵旡月歺母民氵氺灬爫爫丬犭王疋目示礻竹糹罓罒罒网羊羊羊耂肀聿月臼艹艹艹虎衤覀西见角角讠贝车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
) | {"\u2f3e": "户", "\u2fad": "青"}  # the standard gives the forms of Taiwan


def shown(text: str, font: str = "") -> str:
    """Return the characters that a glyph's ``text`` stands for; symbol fonts tell theirs by letters or codes."""
    code = _CODE.fullmatch(text)
    signs = _SIGNS.search(font.replace(" ", ""))
    if signs and (code or "!" <= text <= "\xff"):
        name = "webdings" if signs[1] == "Web" else "wingdings 2" if signs[2] == "2" else "wingdings"
        sign = symbol(name, f"{int(code[1]) if code else ord(text):x}")
        return sign or UNKNOWN
    if code:
        return UNKNOWN
    if not _LOOKALIKE.search(text):
        return text
    return "".join(_RADICALS.get(sign) or unicodedata.normalize("NFKC", sign) for sign in text)


def inside(page: Page, chars: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], str]:
    """Return the characters within the visible part of the page, and the text of those beyond it."""
    left, top, right, bottom = page.cropbox
    kept: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        (kept if left <= x <= right and top <= y <= bottom else gone).append(char)
    return kept, _joined(gone)


def without_watermark(chars: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], str]:
    """Return the characters without those that stand aslant or are large and pale, and the text of these."""
    if not chars:
        return [], ""
    usual = median(char["bottom"] - char["top"] for char in chars)
    kept: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for char in chars:
        large = char["bottom"] - char["top"] > _LARGE * usual and _pale(char.get("non_stroking_color"))
        (gone if large or _aslant(char["matrix"]) else kept).append(char)
    return kept, _joined(gone)


def _joined(chars: Iterable[dict[str, Any]]) -> str:
    return "".join(shown(char["text"]) for char in chars).strip()


def _aslant(matrix: Sequence[float]) -> bool:
    across, up = abs(matrix[0]), abs(matrix[1])
    return min(across, up) > _SLANT * (across + up)


def _pale(colour: Any) -> bool:
    parts = tuple(colour) if isinstance(colour, list | tuple) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    return (len(parts) in (1, 3) and min(parts) >= _PALE) or (len(parts) == 4 and max(parts) <= 1 - _PALE)


def once(chars: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the characters without those printed again at almost the same place."""
    met: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    for char in chars:
        size = char["bottom"] - char["top"]
        step = max(size, 1.0)
        column, row = int(char["x0"] // step), int(char["top"] // step)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in met.get((char["text"], x, y), ())
        )
        if any(_again(char, other, size) for other in near):
            continue
        met.setdefault((char["text"], column, row), []).append(char)
        yield char


def _again(char: dict[str, Any], other: dict[str, Any], size: float) -> bool:
    return bool(
        abs(char["x0"] - other["x0"]) < min(_TWICE * size, 0.6 * (char["x1"] - char["x0"]))
        and abs(char["top"] - other["top"]) < _TWICE * size
    )
