"""From text to typed values: one reading of a field, with every doubt that a careful person would have.

Knows kinds of fields; where the text stood is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.model import Look
from extract.spelling import INVISIBLE
from forms import Doubt, Field, FieldKind, Place, Reading, Scalar, doubt

from .choices import is_tick_row, read_choice
from .dates import read_date
from .numbers import read_number
from .persons import are_several

_PROMPT_ONLY = re.compile(r"[\s_＿.．…\u2026/／\\—–\-]*|\s*(?:[xX×ＸｘX]{2,}|[*＊]{2,})\s*")
_IN = r"[^。）)】\]>]"  # what stands behind the closing bracket of a prompt is an answer
_PROMPT_WORDS = re.compile(
    rf"[（(【\[<]?(?:请(?:在此处?|于此)?(?:填写|输入|说明|注明|简述|写明|选择){_IN}{{0,24}}|(?:单击|点击)(?:或点击)?此处{_IN}{{0,24}}"
    rf"|(?:可|请)?另?附[页纸]{_IN}{{0,8}}|可另附[页纸]{_IN}{{0,6}}|(?:不超过|限|不少于)\s*\d+\s*字{_IN}{{0,8}}|(?:此处|在此)(?:填写|输入){_IN}{{0,12}}"
    rf"|例如?[:：]{_IN}{{0,60}})。?[)）】\]>]?",
    re.DOTALL,
)
_PHONE = re.compile(
    r"(?:\+?86-?)?1[3-9]\d-?\d{4}-?\d{4}|(?:\+?86-?)?(?:0\d{2,3}-?)?\d{3,4}-?\d{4}(?:(?:转|-)\d{1,6})?|[48]00-?\d{3}-?\d{4}"
)
_DIRTY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffd-\uffff]")
"""What XML cannot hold (XML 1.0, 2.2) and every export replaces, and the sign that something was replaced already."""
_NARROW = {wide: wide - 0xFEE0 for wide in map(ord, "０１２３４５６７８９Ｘｘ")}
_DASH = re.compile(r"[—–－_]|(?<=\d)[)）]")  # also what closes an area code
_NOT_DIGITS = re.compile(r"[\s()（）]")
_RULES = re.compile(
    r"^[\s_＿]*[_＿]{2,}|[_＿]{2,}[\s_＿]*$", re.MULTILINE
)  # the line of a blank that an answer stands on
_HEADER = re.compile(
    r"(?:联系|办公|手机)?(?:电话|号码|方式)|手机|(?:工作|所在|填报|报送)?单位(?:名称|及职务|职务)?|职务|性别|年龄|民族|学历|备注|签[名到]|序号|(?:参[加会观]|走访)?人员?姓名"
    r"|(?:单位|部门|主要)?负责人签[字名]|填[表报]人|姓名|出生年月|政治面貌|身份证号码?"
)
_LONGEST_HEADER = 12
_COLON = re.compile(r"[^\s:：][:：]")
_TORN = re.compile(r"[\u4e00-\u9fff]\n[\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{2,3}\n[\u4e00-\u9fff]")
"""A name that a narrow cell broke: none is one character."""
_LINE_ENDS = re.compile(r"[ \t\u3000\xa0]+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Answer:
    """The text that answers a field: ``raw`` as it stands, ``text`` without what was crossed out or only prompted."""

    raw: str
    text: str
    place: Place
    struck: str = ""
    signs: frozenset[Look] = frozenset()


def read_value(field: Field, answer: Answer, year: int | None) -> Reading:
    """Type the answer of ``field``; ``year`` completes a date that names none."""
    value, doubts = _typed(field, answer.text, year)
    if isinstance(value, str) and _is_label(field, value):
        doubts += (doubt("value_label", field.path, raw=value),)
    if isinstance(value, str) and (dirty := dict.fromkeys(_DIRTY.findall(value))):
        codes = "、".join(f"U+{ord(char):04X}" for char in dirty)
        doubts += (doubt("dirty", field.path, codes=codes),)
    if answer.struck:
        doubts += (doubt("struck", field.path, raw=answer.struck),)
    if Look.PICTURE in answer.signs:
        doubts += (doubt("picture", field.path),)
    if Look.BREAK in answer.signs and isinstance(value, str):
        doubts += (doubt("paragraphs", field.path),)
    if Look.CUT in answer.signs and value is not None:
        doubts += (doubt("cut_off", field.path),)
    if Look.FORMULA in answer.signs:
        doubts += (doubt("formula_empty", field.path),)
    return Reading(field.path, value, answer.raw, answer.place, doubts)


def _is_label(field: Field, value: str) -> bool:
    """Whether a short answer reads as the name of a column, or that of a person or unit holds a label, or is a number."""
    if field.kind in (FieldKind.PERSON, FieldKind.UNIT) and (_COLON.search(value) or value.isdecimal()):
        return True
    return is_heading(value)


def is_heading(text: str) -> bool:
    """Whether a short text reads as the name of a usual column: 备注, 联系电话, 签名."""
    return len(text) <= _LONGEST_HEADER and _HEADER.fullmatch("".join(text.split())) is not None


def _typed(field: Field, text: str, year: int | None) -> tuple[Scalar, tuple[Doubt, ...]]:
    match field.kind:
        case FieldKind.DATE:
            date = read_date(field.path, text, year)
            return date.value, date.doubts
        case FieldKind.INTEGER | FieldKind.NUMBER:
            number = read_number(field.path, text, whole=field.kind is FieldKind.INTEGER)
            return number.value, number.doubts + _bounds(field, number.value, text)
        case FieldKind.CHOICE | FieldKind.CHOICES:
            choice = read_choice(field, text)
            several = choice.chosen if field.kind is FieldKind.CHOICES or len(choice.chosen) > 1 else None
            return several or (choice.chosen[0] if choice.chosen else None), choice.doubts
        case FieldKind.MONEY:
            number = read_number(field.path, text, whole=False)
            return number.value, number.doubts + _bounds(field, number.value, text)
        case FieldKind.PHONE:
            return _phone(field, text)
        case FieldKind.IDENTITY:
            return _identity(field, text)
        case FieldKind.PERSON | FieldKind.UNIT:
            whole = tidy(text)
            if field.kind is FieldKind.PERSON and _TORN.fullmatch(whole):
                whole = whole.replace("\n", "")
            named = " ".join(whole.split()) or None if _says_something(text) else None
            crowd = field.kind is FieldKind.PERSON and named is not None and _one_too_many(field, whole)
            return named, (doubt("person_several", field.path, raw=text.strip()),) if crowd else ()
        case FieldKind.TEXT:
            return _text(field, text)


def _one_too_many(field: Field, text: str) -> bool:
    """Whether two people stand where the form asks for one; of those who can be asked or answer there may be more."""
    return not field.path.endswith(("联系人", "负责人", "责任人", "经办人")) and are_several(tidy(text))


def _text(field: Field, text: str) -> tuple[str | None, tuple[Doubt, ...]]:
    """Read a text; one that is a row of tick boxes says only what is ticked."""
    if is_tick_row(text):
        ticked = read_choice(field, text)
        return "、".join(ticked.chosen) or None, ticked.doubts
    return tidy(text) or None if _says_something(text) else None, ()


def tidy(text: str) -> str:
    """Return a text answer without blank lines at its ends and blanks at its lines' ends; nothing else changes."""
    plain = INVISIBLE.sub("", text)
    plain = _RULES.sub("", plain) if "_" in plain or "＿" in plain else plain
    return _LINE_ENDS.sub("", plain).strip("\n\r\t \u3000\xa0\u2003")


def _says_something(text: str) -> bool:
    """Whether ``text`` is more than strokes, and more than a prompt that the form or its maker put there."""
    return _PROMPT_ONLY.fullmatch(text) is None and _PROMPT_WORDS.fullmatch(text.strip()) is None


def _bounds(field: Field, value: int | float | None, raw: str) -> tuple[Doubt, ...]:
    if value is None:
        return ()
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        words = [f"不小于{low:g}"] if low is not None else []
        words += [f"不大于{high:g}"] if high is not None else []
        return (doubt("number_bounds", field.path, raw=raw.strip(), bounds="、".join(words)),)
    return ()


def _phone(field: Field, text: str) -> tuple[str | None, tuple[Doubt, ...]]:
    if not _says_something(text) or text.strip() == "无":
        return None, ()
    shown = "".join(text.translate(_NARROW).split())
    parts = [_NOT_DIGITS.sub("", _DASH.sub("-", part)) for part in re.split(r"[、，,；;/]", shown) if part]
    sound = all(_PHONE.fullmatch(part) for part in parts)
    return shown, () if sound else (doubt("phone_unclear", field.path, raw=shown),)


def _identity(field: Field, text: str) -> tuple[str | None, tuple[Doubt, ...]]:
    """Read an 18-digit identity number (GB 11643-1999); its last sign checks the others."""
    if not _says_something(text) or text.strip() == "无":
        return None, ()
    shown = "".join(text.translate(_NARROW).split()).upper()
    return shown, () if _checks(shown) else (doubt("identity_unclear", field.path, raw=shown),)


def _checks(number: str) -> bool:
    if re.fullmatch(r"\d{17}[\dX]", number) is None:
        return False
    weighed = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[weighed % 11] == number[17]
