"""Signs of symbol fonts as characters: the boxes, ticks and bullets of Wingdings and its kin.

The codes stand in ``w:sym``, as letters in such a font (þ, R, ¨), or in the private area F0xx, which needs no font.
"""

from __future__ import annotations

import re

PRIVATE = re.compile("[\uf020-\uf0ff]")
"""Characters of the private area that symbol fonts use."""

_SIGN_FIELD = re.compile(r"SYMBOL\s+(?P<code>0x[0-9a-f]+|\d+)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_FONT = re.compile(r'\\f\s*(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_OVERLAID = re.compile(
    r"EQ\s*\\o\s*(?:\\a[lcr]\s*)?[(（]\s*(?P<one>[^,;，；]*?)\s*[,;，；]\s*(?P<two>[^,;，；()]*?)\s*[)）]",
    re.IGNORECASE,
)
_FRAMES, _RINGS = "□☐口囗", "○◯〇O"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PALE = 0xF8  # from here on a colour's part cannot be told from the white of the paper

_FONTS = frozenset(("wingdings", "wingdings 2", "wingdings 3", "symbol", "webdings"))
_CIRCLED = {("wingdings", 0x81 + n): chr(0x2460 + n) for n in range(10)}
_CIRCLED |= {("wingdings", 0x8C + n): chr(0x2776 + n) for n in range(10)}
_SYMBOLS = _CIRCLED | {
    ("wingdings", 0xA8): "□",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0x71): "□",
    ("wingdings", 0x72): "□",
    ("wingdings", 0x78): "☒",
    ("wingdings", 0xFE): "☑",
    ("wingdings", 0xFD): "☒",
    ("wingdings", 0xFC): "√",
    ("wingdings", 0xFB): "×",
    ("wingdings", 0x6C): "●",
    ("wingdings", 0x6E): "■",
    ("wingdings", 0x75): "◆",
    ("wingdings", 0x9F): "●",
    ("wingdings", 0xA1): "○",
    ("wingdings", 0xA4): "◎",
    ("wingdings", 0xA7): "▪",
    ("wingdings", 0xAB): "★",
    ("wingdings", 0xD8): "➢",
    ("wingdings", 0xE0): "→",
    ("wingdings 2", 0x50): "√",
    ("wingdings 2", 0x4F): "×",
    ("wingdings 2", 0x51): "☒",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0x53): "☒",
    ("wingdings 2", 0x54): "☒",
    ("wingdings 2", 0xA3): "□",
    ("wingdings 2", 0x96): "●",
    ("webdings", 0x61): "√",
    ("webdings", 0x63): "□",
    ("webdings", 0x67): "■",
    ("webdings", 0x6E): "●",
    ("webdings", 0x72): "×",
    ("symbol", 0xB4): "×",
    ("symbol", 0xB1): "±",
    ("symbol", 0xB3): "≥",
    ("symbol", 0xA3): "≤",
    ("symbol", 0xB7): "●",
    ("symbol", 0xD6): "√",
}


def is_symbol_font(name: str) -> bool:
    """Whether a font of this name shows signs instead of letters."""
    return name.strip().lower() in _FONTS


def raised(text: str) -> str:
    """Return ``text`` with its digits as raised ones: a note's mark 1 beside 12 must not read as 121."""
    return text.translate(_RAISED)


def is_pale(colour: str) -> bool:
    """Whether text of this colour (``FFFFFF``, without ``#``) cannot be seen on white paper."""
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return len(parts) == 3 and min(parts) >= _PALE


def symbol(font: str, code: str) -> str:
    """Return the character that a ``w:sym`` shows; codes come as ``00A8``, ``a8`` or ``F0A8`` (ECMA-376 17.3.3.30)."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return _shown(font, number)


def symbols(font: str, text: str) -> str:
    """Return what ``text`` shows in ``font``; signs of the private area are those of Wingdings when no font is named."""
    return "".join(_shown(font or "wingdings", ord(sign)) for sign in text)


def _shown(font: str, number: int) -> str:
    low = number & 0xFF if 0xF000 <= number <= 0xF0FF else number
    known = _SYMBOLS.get((font.strip().lower(), low))
    if known is not None:
        return known
    shown = 0x20 <= number < 0xD800 or number in (9, 10) or 0xF8FF < number < 0x110000
    return chr(number) if shown else "□"


def by_code(code: str) -> str:
    r"""Return what a field shows that has no result beside its code: SYMBOL, and EQ laying one sign over another.

    ``SYMBOL 254 \f Wingdings`` shows ☑ (17.16.5.57); ``EQ \o\ac(□,√)``, Word's enclosed character (17.16.5.17), as well.
    """
    code = code.strip()
    sign = _SIGN_FIELD.fullmatch(code)
    if sign is not None:
        font = _FONT.search(sign["rest"])
        number = int(sign["code"], 0) if sign["code"][:2].lower() == "0x" else int(sign["code"])
        return _shown((font[1] or font[2]) if font else "", number)
    laid = _OVERLAID.fullmatch(code)
    return "" if laid is None else _overlaid(laid["one"], laid["two"])


def _overlaid(one: str, two: str) -> str:
    """Return the one sign that two laid over each other look like: □ and √ as ☑, ○ and 3 as ③."""
    frame, inner = (one, two) if one in _FRAMES + _RINGS else (two, one)
    if not inner or frame not in _FRAMES + _RINGS:
        return frame + inner
    if inner in "√✓✔":
        return "☑"
    if inner in "×✕✖xX":
        return "☒"
    if frame in _RINGS and inner.isdecimal() and 0 < int(inner) <= 20:
        return chr(0x2460 + int(inner) - 1)
    return inner
