"""Numbers as people write them in reports: 12, ３人, 十二人, 1,200, 约20, 3-5, 37（其中专职5）.

Pure text to value; whatever is not one plain number carries a doubt beside the first number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from extract.spelling import INVISIBLE
from forms import Doubt, doubt

_VALUES = {
    sign: value
    for value, signs in enumerate(
        ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALES = {"百": 1e2, "佰": 1e2, "千": 1e3, "仟": 1e3, "万": 1e4, "亿": 1e8}
_SIGNS = "".join(_VALUES) + "".join(_UNITS) + "万亿廿卅"
_NUMBER = re.compile(
    rf"(?P<arabic>[-−]?\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?(?!\d)|[-−]?\d+(?:\.\d+)?)\s*(?P<scale>[万亿千仟百佰])?|(?P<chinese>[{_SIGNS}]+)"
)
_EMPTY = re.compile(r"[\s_＿/\\—–\-]*|无|暂无|没有")
_ABOUT = re.compile(
    r"约|大概|大约|左右|将近|近(?=[\d一二三四五六七八九十百千])|余|多|上下|几|数十|若干|来(?=[人名个])|至少|不少于|以上|以下|不足|超过|>|<|≥|≤|\?"
)
_RANGE = re.compile(rf"(?:\d|[{_SIGNS}])\s*[人名个位次]?\s*(?:[-—–~～]|至|到)\s*(?:\d|[{_SIGNS}])")
_ADJACENT = re.compile(
    r"[一二三四五六七八九]{2,}(?=[十百千万]|[人名个位次])|[十百千][一二三四五六七八九]{2,}"
)
_AROUND = re.compile(
    r"^(?:(?:人数|共计?|合计|总计|总共|累计|一共|计|走访|参加|为|是|有|人民币|[￥¥])\s*:?|:)?\s*|\s*(?:人次|余?人|名|个|位|次|场|篇|户|件|项|团员|团干部|青年|元整?|个?小时|课时|学时|本|册|支|所|家|期|份|条|岁|%)*[。.;,、]*$"
)
_LETTERED = re.compile(r"\d(?:[ ]\d){2,}\s*[人名个]?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+\s*[人名个]?")
_BROKEN = re.compile(r"(?<=\d\d\.)[ \n](?=\d)|(?<=\d,)\n(?=\d{3}(?!\d))")
_DIGIT = re.compile(r"[0-9０-９]")
_LEADING = re.compile(r"^\s*[①-⑳⑴-⒇⒈-⒛](?=\s*[0-9０-９])")
_MARKS = re.compile(r"(?<=[0-9０-９人名个])\s*[①-⑳⑴-⒇⒈-⒛¹²³⁰⁴-⁹]+")
_BRACKETED = re.compile(r"^\s*[(\[【]\s*(人次|人|名|个|位|次|场|篇|户|件|项|元)\s*[)\]】]")  # 13（人）


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number or none, with doubts."""

    value: int | float | None
    doubts: tuple[Doubt, ...] = ()


def read_number(field: str, raw: str, *, whole: bool) -> NumberReading:
    """Read the number in ``raw``; ``whole`` asks for an integer. Empty, ``无``, ``/`` and strokes give none."""
    shown = raw.strip()
    if shown.isascii() and shown.isdecimal() and len(shown) <= _SURE_DIGITS:
        return NumberReading(int(shown))
    text = _unframed(unicodedata.normalize("NFKC", _plain(raw)).strip(), whole)
    if _LETTERED.fullmatch(text):  # 2 6 6: one number in letter-spaced type
        text = "".join(text.split())
    if _EMPTY.fullmatch(text):
        return NumberReading(None)
    if text.startswith("#"):
        return NumberReading(None, (doubt("cell_error", field, raw=shown),))
    numbers = [(match, value) for match in _NUMBER.finditer(text) if (value := _value(match)) is not None]
    if _ADJACENT.search(text):  # 二三十人: twenty or thirty, nobody knows
        first = _lower_bound(text)
        return NumberReading(first, (doubt("number_approximate", field, raw=shown),))
    if not numbers:
        return NumberReading(None, (doubt("number_unclear", field, raw=shown),))
    match, value = numbers[0]
    if not abs(value) < _EXACT:
        return NumberReading(None, (doubt("number_unclear", field, raw=shown),))
    if _RANGE.search(text):
        return NumberReading(_whole(value), (doubt("number_range", field, raw=shown),))
    if _ABOUT.search(text):
        return NumberReading(_whole(value), (doubt("number_approximate", field, raw=shown),))
    if len(numbers) > 1:
        grouped = _GROUPED.fullmatch(text)  # 1 047: most likely one number in groups of three
        whole_value = int(re.sub(r"\D", "", text)) if grouped else _whole(value)
        return NumberReading(whole_value, (doubt("number_several", field, raw=shown),))
    rest = text[: match.start()] + "\0" + _BRACKETED.sub(r"\1", text[match.end() :])
    before, _, after = rest.partition("\0")
    if _AROUND.sub("", before) or _AROUND.sub("", after) or (whole and "%" in text):
        return NumberReading(_whole(value), (doubt("number_unclear", field, raw=shown),))
    if whole and not float(value).is_integer():
        return NumberReading(value, (doubt("number_fraction", field, raw=shown),))
    return NumberReading(_whole(value))


_EXACT = 1e15
"""From here on a float no longer holds every whole number: nobody counts so far, it is an account or identity number."""
_SURE_DIGITS = 15  # no number of so many digits is as large


_FRAMED = re.compile(r"[(\[【]\s*(\d[\d,]*\s*[人名个位次]?)\s*[)\]】]")


def _unframed(text: str, whole: bool) -> str:
    """Return ``text`` without the brackets that a form prints around its only count: 共（ 12 ）人."""
    framed = whole and _FRAMED.search(text) and not _DIGIT.search(_FRAMED.sub("", text, count=1))
    return _FRAMED.sub(r" \1 ", text, count=1).strip() if framed else text


def _plain(raw: str) -> str:
    """Return ``raw`` without what no number is written with: signs of no width, the line of a blank, marks beside digits.

    A circled or raised figure beside a number is a list number or the mark of a note: ①12 says 12, and so does 12①.
    A number that a narrow cell broke at its point or comma is whole again.
    """
    raw = _BROKEN.sub("", raw)
    text = INVISIBLE.sub("", raw).replace("_", " ").replace("＿", " ")
    return _LEADING.sub("", _MARKS.sub(" 注", text)) if _DIGIT.search(text) else text


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _value(match: re.Match[str]) -> float | None:
    if match["arabic"]:
        value = float(re.sub(r"[,，]", "", match["arabic"]).replace("−", "-"))
        return value * _SCALES.get(match["scale"] or "", 1.0)
    return chinese_value(match["chinese"])


def chinese_value(text: str) -> int | None:
    """Return the number that Chinese numerals write (十二, 一百零五, 两万, 二〇二〇), none when they are no number."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(sign in _VALUES for sign in text):
        return int("".join(str(_VALUES[sign]) for sign in text)) if text else None
    total = section = 0
    digit: int | None = None
    last_unit = 10**9
    for sign in text:
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif sign in _UNITS:
            if _UNITS[sign] >= last_unit and section:
                return None
            section += (1 if digit is None else digit) * _UNITS[sign]
            last_unit, digit = _UNITS[sign], None
        else:
            total = (total + section + (digit or 0)) * {"万": 10**4, "亿": 10**8}[sign]
            section, digit, last_unit = 0, None, 10**9
    if text[-1] in "百千万亿佰仟" or digit is None:
        return total + section if total + section else None
    if digit and len(text) >= 2 and text[-2] in "百千万佰仟":  # 一百五 says 150, not 105
        return total + section + digit * {"百": 10, "佰": 10, "千": 100, "仟": 100, "万": 1000}[text[-2]]
    return total + section + digit


def _lower_bound(text: str) -> int | None:
    """Return the smaller number of 二三十 (20) or 十五六 (15)."""
    found = re.search(rf"[{_SIGNS}]+", text)
    if found is None:
        return None
    single = re.sub(r"([一二三四五六七八九])[一二三四五六七八九]", r"\1", found[0])
    return chinese_value(single)
