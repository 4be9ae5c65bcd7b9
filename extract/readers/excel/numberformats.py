"""What a number format makes of a value, where a person sees something else than the plain value (ECMA-376 18.8.30, 18.8.31).

Numbers in per cent, filled up with zeros, cut up by strokes, with words around them; dates without their day. How many decimals are
shown, signs of money and the order of a whole date change nothing that is read, and stay out.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

BUILT_IN = {
    "9": "0%",
    "10": "0.00%",
    "17": "mmm-yy",
    **dict.fromkeys(("27", "36", "50", "52", "57"), 'yyyy"年"m"月"'),
}
"""The codes of the formats that a file names by number alone (18.8.30, as in simplified Chinese)."""
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|[_*].|\[[^\]]*\]|(G/通用格式|General)|(.)', re.IGNORECASE | re.DOTALL
)
_CONDITION = re.compile(r"^\s*(?:\[(?![=<>])[^\]]*\])*\[(=|<>|<=|>=|<|>)(-?\d+(?:\.\d+)?)\]")
_WORD = re.compile(r"[^\W\d_]|[√×✓✔☑☐□■]")
_SECTIONS = re.compile(r'(?:"[^"]*"|[\\!].|[^;"\\!])*(?:;|$)')
_COMPARE = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}
Token = tuple[str, bool]  # a sign, and whether it stands for itself


@lru_cache(maxsize=1024)
def telling(code: str) -> bool:
    """Whether ``code`` may show something else than the plain value."""
    return any(_tells(_tokens(section)) for section in _sections(code))


def displayed(value: object, code: str) -> str | None:
    """Return what a cell with ``value`` shows under ``code``, none where that says the same as the plain value."""
    if isinstance(value, bool):
        return None
    if isinstance(value, date):
        return _short_date(value, code)
    if isinstance(value, int | float):
        return _number(float(value), code)
    if isinstance(value, str) and value.strip():
        sections = _sections(code)
        tokens = _tokens(sections[-1])
        return _around(tokens, value) if ("@", False) in tokens else None
    return None


def _sections(code: str) -> tuple[str, ...]:
    found = [part.removesuffix(";") for part in _SECTIONS.findall(code)]
    return tuple(found[:-1] if len(found) > 1 and not found[-1] else found)


@lru_cache(maxsize=1024)
def _tokens(section: str) -> tuple[Token, ...]:
    """Return the signs of a section without colours, conditions, languages and the room that it leaves."""
    found: list[Token] = []
    for quoted, escaped, general, sign in _TOKEN.findall(section):
        found += [(each, True) for each in quoted or escaped]
        found += [("0", False)] if general else [(sign, bool(ord(sign) > 0x2E7F))] if sign else []
    return tuple(found)


def _tells(tokens: tuple[Token, ...]) -> bool:
    codes = "".join(sign for sign, literal in tokens if not literal).lower()
    words = any(literal and _WORD.match(sign) for sign, literal in tokens)
    if _dated(codes):
        return "d" not in codes
    return words or "%" in codes or _masked(tokens)


def _dated(codes: str) -> bool:
    return any(sign in codes for sign in "ymd")


def _masked(tokens: tuple[Token, ...]) -> bool:
    """Whether a section shows every digit of a whole number that it has room for: 00000000, 000-0000-0000."""
    codes = [sign for sign, literal in tokens if not literal]
    return codes.count("0") > 1 and set(codes) <= {"0", "-", " "}


def _short_date(day: date, code: str) -> str | None:
    tokens = _tokens(_sections(code)[0])
    codes = "".join(sign for sign, literal in tokens if not literal).lower()
    if "d" in codes or "h" in codes or "s" in codes or not _dated(codes):
        return None
    year = f"{day.year}年" if "y" in codes else ""
    return year + (f"{day.month}月" if "m" in codes else "")


def _number(value: float, code: str) -> str | None:
    section = _section(value, code)
    tokens = _tokens(section)
    codes = "".join(sign for sign, literal in tokens if not literal)
    if _dated(codes.lower()) or ("," in codes and codes.rstrip("%").endswith(",")) or "E" in codes:
        return None  # what is counted in thousands is what it is
    if "%" in codes:
        return f"{round(value * 100, 8):g}%"
    if not any(sign in codes for sign in "0#?"):
        said = "".join(sign for sign, literal in tokens if literal)
        return said if _WORD.search(said) else None
    plain = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 10))
    if _masked(tokens) and value.is_integer() and 0 <= value < 1e15:
        return _filled(tokens, plain)
    return _around(tokens, plain)


def _section(value: float, code: str) -> str:
    """Return the section of ``code`` that holds for ``value``."""
    sections = _sections(code)
    for section in sections:
        condition = _CONDITION.match(section)
        if condition is not None and _COMPARE[condition[1]](value, float(condition[2])):
            return section
    free = [section for section in sections if _CONDITION.match(section) is None] or [""]
    if len(free) < len(sections) or len(free) == 1:
        return free[0]
    return free[1] if value < 0 else free[2] if value == 0 and len(free) > 2 else free[0]


def _filled(tokens: tuple[Token, ...], digits: str) -> str:
    """Put ``digits`` into the places of a mask from the right, zeros before them and what is too much in front."""
    places = sum(sign == "0" and not literal for sign, literal in tokens)
    rest = list(digits.zfill(places))
    lead = "".join(rest[: len(rest) - places])
    rest = rest[len(rest) - places :]
    shown = ""
    for sign, literal in tokens:
        if sign == "0" and not literal:
            shown, lead = shown + lead + rest.pop(0), ""
        else:
            shown += sign
    return shown


def _around(tokens: tuple[Token, ...], plain: str) -> str | None:
    """Return ``plain`` with the words before and behind its place, none where no word stands there."""
    first = next(
        (number for number, (sign, literal) in enumerate(tokens) if not literal and sign in "0#?@"), -1
    )
    last = max(
        (number for number, (sign, literal) in enumerate(tokens) if not literal and sign in "0#?@"),
        default=-1,
    )
    before = "".join(sign for sign, literal in tokens[: max(first, 0)] if literal)
    behind = "".join(sign for sign, literal in tokens[last + 1 :] if literal)
    if first < 0 or not (_WORD.search(before) or _WORD.search(behind)):
        return None
    return f"{before}{plain}{behind}"
