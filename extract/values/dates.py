"""Dates as people write them in reports, with a doubt wherever a careful person would hesitate.

Pure text to value; the year a bare 7月3日 belongs to is given by the caller, never guessed from the clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from forms import Doubt, doubt

_DIGITS = dict(zip("0〇○零Oo一二三四五六七八九", "000000123456789", strict=True))
_CHINESE = "〇○零一二三四五六七八九十廿卅元"
_IN_CHINESE = re.compile(rf"[{_CHINESE}0Oo]+(?=\s*[年月日号])")
_NO_SIGN = re.compile(r"[_\u200b-\u200f\u2060\ufeff]")
_OPEN_YEAR = re.compile(r"(?<!\d)20\s{2,}(?=年)")  # 20__年, printed, and nobody wrote which
_BLANK = r"[\s_＿\-—–.:：/]*"
_UNTOUCHED = re.compile(rf"{_BLANK}年?{_BLANK}月?{_BLANK}日?{_BLANK}")
_YEAR = r"(?P<year>\d{4}|\d{2})"
_SPELLED = re.compile(
    r"(?:(?P<year>\d{4}|\d{2})\s*年\s*)?(?P<month>\d{1,2})\s*月(?:份)?\s*(?:(?P<day>\d{1,2})\s*[日号曰]?)?"
)
_YEAR_ONLY = re.compile(r"(?P<year>\d{4})\s*年(?!\s*\d)")
_DOTTED = re.compile(
    rf"(?<!\d){_YEAR}\s*([./\-—–、\\·•,，。])\s*(?P<month>\d{{1,2}})\s*\2\s*(?P<day>\d{{1,2}})(?!\d)"
    rf"|(?<!\d)(?P<year2>\d{{4}})\s+(?P<month2>\d{{1,2}})\s+(?P<day2>\d{{1,2}})(?!\d)"
)
_AMERICAN = re.compile(
    r"(?<!\d)(?P<month>\d{1,2})[/\-](?P<day>\d{1,2})[/\-](?P<year>\d{4})(?!\d)"
)  # as English programs print it
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d)")
_MONTH_DAY = re.compile(r"(?<![\d./\-])(?P<month>\d{1,2})\s*[./\-]\s*(?P<day>\d{1,2})(?![\d./\-])")
_YEAR_MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*[./\-]\s*(?P<month>\d{1,2})(?![\d./\-])")
_BESIDE = re.compile(
    r"(?:星期|周|礼拜)[一二三四五六日天]|[上下中]午|晚上?|凌晨|\d{1,2}\s*[时点:]\s*(?:\d{1,2}分?|半|整)?|公元|[于在为]|[填上呈]?报送?|填[表写]|日期|时间"
)
_NOTE_MARKS = re.compile(
    r"(?<=[\d日号])[¹²³⁰⁴-⁹]+"
)  # raised beside a date: the mark of a note, no part of the day
_WORDS = re.compile(
    r"[\u4e00-\u9fff]{2}|[A-Za-z]{3}"
)  # what is no word of dates: someone's name, another label


class Years(int):
    """The year that completes a date without one: by the month where a time runs over New Year, else ``usual`` or its first."""

    last: date
    first: date

    def __new__(cls, first: date, last: date, usual: int | None = None) -> Years:
        """Take the years of a work or a period from its first day to its last."""
        years = super().__new__(cls, first.year if usual is None else usual)
        years.first, years.last = first, last
        return years

    def of(self, month: int) -> int:
        """Return the year in which the work has ``month``, the usual one when it has none or several such months."""
        start, end = (self.first.year, self.first.month), (self.last.year, self.last.month)
        found = [year for year in range(self.first.year, self.last.year + 1) if start <= (year, month) <= end]
        return found[0] if len(found) == 1 else int(self)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date or none, with doubts; ``month`` is set when year and month alone could be read."""

    value: date | None
    doubts: tuple[Doubt, ...] = ()
    month: tuple[int, int] | None = None


def read_date(field: str, raw: str, year: int | None = None) -> DateReading:
    """Read the date in ``raw``; ``year`` completes a date that names none (then doubted).

    Empty, ``无``, ``/`` and an untouched ``年 月 日`` give none without doubt.
    """
    text = _plain(raw)
    if is_untouched(text):
        return DateReading(None)
    found = _candidates(text)
    if not found:
        return DateReading(None, (doubt("date_unclear", field, raw=raw.strip()),))
    first, rest = found[0], found[1:]
    doubts: tuple[Doubt, ...] = ()
    if any(other.groupdict() != first.groupdict() for other in rest) or _goes_on(text, first):
        doubts = (doubt("date_range", field, raw=raw.strip()),)
    elif _WORDS.search(_BESIDE.sub("", "".join(_around(text, found)))):
        doubts = (doubt("date_more", field, raw=raw.strip()),)
    reading = _date(field, raw.strip(), first, year)
    return DateReading(reading.value, reading.doubts + doubts, reading.month)


def _around(text: str, found: Sequence[re.Match[str]]) -> Iterator[str]:
    """Yield what stands before, between and behind the dates found in ``text``."""
    position = 0
    for match in found:
        yield text[position : match.start()] + " "
        position = match.end()
    yield text[position:]


def is_untouched(text: str) -> bool:
    """Whether ``text`` says nothing: empty, ``无``, strokes, or the bare ``年 月 日`` of a blank form."""
    return (
        text.strip() in ("", "无", "暂无", "没有", "/", "\\")
        or _UNTOUCHED.fullmatch(text.strip()) is not None
    )


def _plain(raw: str) -> str:
    text = _NOTE_MARKS.sub("", raw.replace("〇", "零").replace("○", "零"))
    text = _OPEN_YEAR.sub("", unicodedata.normalize("NFKC", _NO_SIGN.sub(" ", text)))
    return _IN_CHINESE.sub(lambda match: _arabic(match[0]), text)


def _arabic(text: str) -> str:
    """Write a spelled year, month or day in digits: 二零二零 2020, 十二 12, 三十一 31, 廿五 25."""
    text = text.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    if "十" not in text:
        return "".join(_DIGITS[sign] for sign in text)
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return text
    return str(int(_DIGITS[tens] if tens else 1) * 10 + int(_DIGITS[ones] if ones else 0))


def _candidates(text: str) -> list[re.Match[str]]:
    for pattern in (_SPELLED, _DOTTED, _AMERICAN, _COMPACT, _YEAR_MONTH, _MONTH_DAY, _YEAR_ONLY):
        found = list(pattern.finditer(text))
        if found:
            return found
    return []


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a second day follows without its month: ``7月3日至5日``, ``7月3-5日``."""
    return re.match(r"\s*[日号]?\s*(?:至|到|或者?|[-—–~～、,，和及与])\s*\d", text[match.end() :]) is not None


def _date(field: str, raw: str, match: re.Match[str], year: int | None) -> DateReading:
    parts = {key.rstrip("2"): int(value) for key, value in match.groupdict().items() if value}
    doubts: tuple[Doubt, ...] = ()
    if match.re is _AMERICAN and parts["month"] != parts["day"] <= 12:  # day or month first? nobody knows
        doubts = (doubt("date_order", field, raw=raw),)
    if match.re is _AMERICAN and parts["month"] > 12 >= parts["day"]:
        parts["month"], parts["day"] = parts["day"], parts["month"]
    if "year" not in parts and "month" in parts and year is not None:
        parts["year"] = year.of(parts["month"]) if isinstance(year, Years) else year
        if "day" in parts:
            doubts = (doubt("date_no_year", field, raw=raw, year=parts["year"]),)
    elif "year" in parts and parts["year"] < 100:
        parts["year"] += 2000
        doubts = (doubt("date_short_year", field, raw=raw, year=parts["year"]),)
    if not {"year", "month", "day"} <= parts.keys():
        whole = "year" in parts and 1 <= parts.get("month", 0) <= 12
        incomplete = (doubt("date_incomplete", field, raw=raw),)
        return DateReading(None, incomplete, (parts["year"], parts["month"]) if whole else None)
    try:
        return DateReading(date(parts["year"], parts["month"], parts["day"]), doubts)
    except ValueError:
        return DateReading(None, (*doubts, doubt("date_impossible", field, raw=raw)))
