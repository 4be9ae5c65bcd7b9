"""The fill date in all the ways in which people write it, each with the day that a careful person reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from .content import chinese_date
from .model import Deviation, Filled, deviation

_DIGITS = "〇一二三四五六七八九"


def numerals(number: int) -> str:
    """Return a number below 1,000 in Chinese numerals: 十二, 一百零五."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "") or "零"


def wide(text: str) -> str:
    """Return ``text`` with full-width digits."""
    return text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


def _year(day: date, zero: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(day.year)).replace("〇", zero)


def _classic(day: date, zero: str = "〇") -> str:
    return f"{_year(day, zero)}年{numerals(day.month)}月{numerals(day.day)}日"


_SURE: dict[str, Callable[[date], str]] = {
    "点分日期": lambda d: f"{d.year}.{d.month}.{d.day}",
    "点分补零日期": lambda d: f"{d:%Y.%m.%d}",
    "斜线日期": lambda d: f"{d.year}/{d.month}/{d.day}",
    "横线日期": lambda d: d.isoformat(),
    "八位日期": lambda d: f"{d:%Y%m%d}",
    "中文日期〇": _classic,
    "中文日期○": lambda d: _classic(d, "○"),
    "中文日期零": lambda d: _classic(d, "零"),
    "中文日期0": lambda d: _classic(d, "0"),
    "半中文日期": lambda d: f"{d.year}年{numerals(d.month)}月{numerals(d.day)}日",
    "全角日期": lambda d: wide(chinese_date(d)),
    "夹空格日期": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "宽空格日期": lambda d: f"{d.year}　年　{d.month}　月　{d.day}　日",
    "补零日期": lambda d: f"{d:%Y年%m月%d日}",
    "日期写号": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "日期带星期": lambda d: f"{chinese_date(d)}（星期{'一二三四五六日'[d.weekday()]}）",
    "日期带上午": lambda d: f"{chinese_date(d)}上午",
    "日期带句号": lambda d: f"{chinese_date(d)}。",
    "全角点分日期": lambda d: f"{wide(str(d.year))}．{wide(str(d.month))}．{wide(str(d.day))}",
    "中点日期": lambda d: f"{d.year}·{d.month}·{d.day}",
    "顿号日期": lambda d: f"{d.year}、{d.month}、{d.day}",
    "逗号日期": lambda d: f"{d.year},{d.month},{d.day}",
    "点分带日": lambda d: f"{d.year}.{d.month}.{d.day}日",
    "年后点分": lambda d: f"{d.year}年{d.month}.{d.day}",
    "空格日期": lambda d: f"{d.year} {d.month} {d.day}",
    "日期带下午几点": lambda d: f"{chinese_date(d)}（周{'一二三四五六日'[d.weekday()]}）下午",
    "公元日期": lambda d: f"公元{_classic(d)}",
    "日期前有于": lambda d: f"于{chinese_date(d)}填",
    "日期分行": lambda d: f"{d.year}年\n{d.month}月{d.day}日",
    "日期曰字": lambda d: f"{d.year}年{d.month}月{d.day}曰",
    "日期带下划线": lambda d: f"_{d.year}_年_{d.month}_月_{d.day}_日",
}
_DOUBTED: dict[str, tuple[Callable[[date], str], bool]] = {
    "日期没有年份": (lambda d: f"{d.month}月{d.day}日", True),
    "日期没有年份点分": (lambda d: f"{d.month}.{d.day}", True),
    "两位年份": (lambda d: f"{d:%y}.{d.month}.{d.day}", True),
    "两位年份斜线": (lambda d: f"{d:%y}/{d.month}/{d.day}", True),
    "两位年份汉字": (lambda d: f"{d:%y}年{d.month}月{d.day}日", True),
    "日期缺日": (lambda d: f"{d.year}年{d.month}月", False),
    "日期缺日留空": (lambda d: f"{d.year}年{d.month}月   日", False),
    "两个日期": (lambda d: f"{chinese_date(d)}至{d.day + 1}日", True),
    "两个全日期": (lambda d: f"{chinese_date(d)}—{d.year}年{d.month}月{d.day + 1}日", True),
    "没有这一天": (lambda d: f"{d.year}年{d.month}月{32 if d.day % 2 else 35}日", False),
    "日期字母O": (lambda d: chinese_date(d).replace("0", "O"), True),
    "斜线没有年份": (lambda d: f"{d.month}/{d.day}", True),
    "只写月份": (lambda d: f"{d.month}月份", False),
    "波浪号两日": (lambda d: f"{d.year}.{d.month}.{d.day}～{d.month}.{d.day + 1}", True),
    "两日顿号": (lambda d: f"{d.year}年{d.month}月{d.day}日、{d.day + 1}日", True),
    "日期不明": (lambda d: f"{d.month}月{'上中下'[min((d.day - 1) // 10, 2)]}旬", False),
}


def _sure(write: Callable[[date], str]) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, _random: Random) -> None:
        filled.date.shown = write(date.fromisoformat(str(filled.date.value)))

    return apply


def _timed(filled: Filled, _random: Random) -> None:
    day = str(filled.date.value)
    filled.date.shown, filled.date.typed = f"{day} 09:30:00", day
    filled.kept.append("09:30:00")


def _doubted(name: str, write: Callable[[date], str], full: bool) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, _random: Random) -> None:
        item = filled.date
        day = str(item.value)
        item.shown = write(date.fromisoformat(day))
        item.doubt, item.accept = name, [None, day, day[:8] + "01"]
        item.value = day if full else None
        filled.period_doubt = name

    return apply


def _empty(text: str) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, _random: Random) -> None:
        filled.date.value, filled.date.shown, filled.date.typed = None, text, ""
        filled.date.doubt = filled.period_doubt = "没有填"

    return apply


DATES: tuple[Deviation, ...] = (
    *(deviation(name, _sure(write), "date") for name, write in _SURE.items()),
    *(deviation(name, _doubted(name, write, full), "date") for name, (write, full) in _DOUBTED.items()),
    deviation("日期带时刻", _timed, "date"),
    deviation("没动过的年月日", _empty("    年    月    日"), "date"),
    deviation("没填的日期", _empty(""), "date"),
    deviation("只有年份的日期", _empty("2020年  月  日"), "date"),
)
