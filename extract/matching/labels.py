"""Labels as people write them: normal forms, the vocabulary of the known forms, and where labels stand in a text.

Knows spelling; does not know where a label's answer stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from extract.spelling import simplified, squeeze

NUMBER = (
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．:：)）]|[①-⑳★☆※＊△▲*●·◆■▪➢\-]"
    r"|\d{1,2}(?=[ \t\u3000\xa0\u2003]))"
)
_LEAD = re.compile(rf"{NUMBER}+")
_INSIDE = r"[^（）()【】\[\]〔〕]"
_NOTE = re.compile(
    rf"[（(【\[〔]{_INSIDE}*(?:[（(【\[〔]{_INSIDE}*[)）】\]〕]{_INSIDE}*)*[)）】\]〕]$"
)  # a note within it: 种植[或养殖]
_FOREIGN = re.compile(r"(?<=[\u4e00-\u9fff)*])/?[a-z][a-z&./'\-]*$")
_CIRCLED = re.compile(r"^[\s\u3000]*[①-⑳⑴-⒇⒈-⒛㈠-㈩]+")
_SPACED = re.compile(
    r"^[\s\u3000]*\d{1,2}[ \t\u3000\xa0\u2003]+(?=[\u4e00-\u9fff])"
)  # a number that only a blank sets off is lost among the rest once blanks are gone: 1 姓名
_NOTED = re.compile(r"[①-⑳⑴-⒇¹²³⁴-⁹]+(?=[\s:：]*$)")  # the mark of a note behind a label: 学院团委①
_OPENING, _CLOSING = '(【[〔〈《<“"「『*', ')】]〕〉》>”"」』*'
_TAIL = ":。.、,;*_-—"
_SIGNS = re.compile(r"\W+")
_SETS_OFF = re.compile(
    r"[:： \t\u3000\xa0\u2003】〕\]]"
)  # one of these stands behind or before every label inside of a text
_STROKES = re.compile(
    r"[ \t\u3000\xa0\u2003]*(?:[—–－\-=＝~～→]{1,4}|…{1,30}|[.．·]{3,60})[ \t\u3000\xa0\u2003]*"
)
_MEASURE = re.compile(
    r"[(（]?(?:计量|数量|金额)?单位\s*[:：]\s*(?:(?:人次?|万?元|个|次|场|份|名|户|件|%|百分比|平方米|公里|岁|天|篇|万人|千元)[、,，/和及]?){1,6}[)）]?"
)
_LONGEST_MEASURE = 24
LONGEST_LABEL = 40
_LONGEST_LINE, _LONGEST_NAME = 80, 12  # of a line with labels that answers run into, and of such an answer
_SENTENCE = re.compile(r"[，。；、！？,;!?]")


def is_measure(text: str) -> bool:
    """Whether a line says in what a table counts, and names no unit that reports: 单位：万元."""
    return len(text) <= _LONGEST_MEASURE and "单位" in text and _MEASURE.fullmatch(text.strip()) is not None


@lru_cache(maxsize=8192)
def spellings(text: str) -> tuple[str, ...]:
    """Return the forms under which a label may be known: as it is, without number, colon, and trailing note."""
    forms = [squeeze(_CIRCLED.sub("", text, count=1))]
    for strip in _STRIPS:
        shorter = strip(forms[-1])
        if shorter and shorter != forms[-1]:
            forms.append(shorter)
    for plain in (_SPACED.sub("", text, count=1), _NOTED.sub("", text, count=1)):
        if plain and plain != text:
            forms += spellings(plain)
    words = _SIGNS.sub("", _without_lead(forms[0]))  # 走访人数（团干部） says the same as 走访人数团干部
    return tuple(forms) if words in forms or not words else (forms[0], words, *forms[1:])


def _without_frame(text: str) -> str:
    return text[1:-1] if text[:1] in _OPENING and text[-1:] in _CLOSING else text


def _without_tail(text: str) -> str:
    return text.rstrip(_TAIL)


def _without_lead(text: str) -> str:
    return _LEAD.sub("", text, count=1) if _LEAD.match(text) else text


def _without_note(text: str) -> str:
    """Return a label without the notes in brackets behind it, one or several: 【姓名】(必填)(全称)."""
    shorter = _NOTE.sub("", text).rstrip(_TAIL)
    while shorter and shorter != text:
        text, shorter = shorter, _NOTE.sub("", shorter).rstrip(_TAIL)
    return text


def _without_translation(text: str) -> str:
    """Return a label without the English that stands behind or under it: 姓名name."""
    return _FOREIGN.sub("", text) if text[-1:].isascii() and text[-1:].isalpha() else text


_STRIPS = (
    _without_tail,
    _without_lead,
    _without_note,
    _without_frame,
    _without_translation,
    _without_note,
    _without_translation,
)


@lru_cache(maxsize=8192)
def _counts(name: str) -> Counter[str]:
    return Counter(name)


def likeness(name: str, text: str) -> float:
    """Return how likely ``text`` is a rewording of the label ``name``, both squeezed: 0 to 1.

    Half is the common subsequence, half the share of the shorter one's characters that the other has as well:
    labels are reordered (亮点工作, 工作亮点) and shortened (存在问题) more often than respelled.
    """
    counts = _counts(name)
    if counts.keys().isdisjoint(text):
        return 0.0
    from rapidfuzz import fuzz

    shared = sum([min(count, text.count(sign)) for sign, count in counts.items()])
    return 0.5 * fuzz.ratio(name, text) / 100 + 0.5 * shared / min(len(name), len(text))


@dataclass(frozen=True, slots=True)
class Target:
    """What a label may stand for: slot ``slot`` of form ``layout``, both as indices into the vocabulary's layouts."""

    layout: int
    slot: int


@dataclass(frozen=True, slots=True)
class Found:
    """A label found in a text, at ``start:end``, with all that it may stand for."""

    start: int
    end: int
    targets: tuple[Target, ...]


class Vocabulary:
    """All label spellings of the known forms, for looking up whole texts and for finding labels inside of texts."""

    def __init__(self, names: Iterable[tuple[str, Target]]) -> None:
        """Index ``names``: squeezed spellings with what each stands for."""
        exact: dict[str, list[Target]] = {}
        for name, target in names:
            known = exact.setdefault(name, [])
            if target not in known:
                known.append(target)
        self._exact = {name: tuple(targets) for name, targets in exact.items()}
        self.longest = max(
            LONGEST_LABEL, 10 + max(map(len, exact), default=0)
        )  # a number may stand before it

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _pattern(self._exact)

    @cached_property
    def _glued(self) -> re.Pattern[str] | None:
        return (
            re.compile(rf"(?P<label>{_any(self._exact)})[ \t\u3000\xa0\u2003]*[:：]") if self._exact else None
        )

    def exact(self, text: str) -> tuple[Target, ...]:
        """Return what ``text`` as a whole stands for, nothing when it is no label."""
        noted = text.rstrip().endswith((")", "）"))  # 四、…（采用的标准、执行情况，限1000字）
        if len(text) > (4 if noted else 2) * LONGEST_LABEL:
            return ()
        for spelling in spellings(text):
            if spelling in self._exact:
                return self._exact[spelling]
        return ()

    @cached_property
    def _first(self) -> re.Pattern[str] | None:
        blank = r"[ \t\u3000\xa0\u2003]*"
        return (
            re.compile(rf"{blank}(?:{NUMBER}{blank})?(?P<label>{_any(self._exact)})(?=[^\s:：])")
            if self._exact
            else None
        )

    def glued(self, text: str) -> Found | None:
        """Return the label that ``text`` begins with and that its answer follows without anything between: 姓名张三."""
        text = simplified(text)
        match = self._first.match(text) if self._first is not None else None
        targets = None if match is None else self._exact.get(squeeze(match["label"]))
        if match is None or targets is None:
            return None
        strokes = _STROKES.match(text, match.end())  # 姓名——张三
        return Found(match.start(), match.end() if strokes is None else strokes.end(), targets)

    def inside(self, text: str) -> Iterator[Found]:
        """Yield the labels inside of ``text`` that a separator or the start of a line sets off, in order.

        A label between blanks counts on a line that began with one: 姓名 甲 单位职务 乙. So does one that a short answer runs
        into: 姓名：甲单位职务：乙.
        """
        if self._pattern is None or _SETS_OFF.search(text) is None:
            return
        text = simplified(text)
        found = list(self._apart(text, self._pattern))
        yield from found
        colons = text.count(":") + text.count("：")
        if found and colons > len(found) and len(text) <= _LONGEST_LINE and self._glued is not None:
            taken = {label.end for label in found}
            for match in self._glued.finditer(text, found[0].end):
                before = re.split(r"[:：\s]", text[: match.start()])[-1]
                if (
                    match.end() not in taken
                    and 0 < len(before) <= _LONGEST_NAME
                    and not _SENTENCE.search(before)
                ):
                    yield Found(match.start(), match.end(), self._exact[squeeze(match["label"])])

    def _apart(self, text: str, pattern: re.Pattern[str]) -> Iterator[Found]:
        last = -1
        for match in pattern.finditer(text):
            between = match["token"] is not None
            if between and (last < 0 or "\n" in text[last : match.start()]):
                continue
            whole = self.exact(match[0])  # 走访人数（团干部）： is another label than 走访人数
            targets = whole or self._exact.get(squeeze(match["label"]))
            if targets:
                last = match.end()
                yield Found(match.start(), last, targets)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    labels = _any(names)
    if not labels:
        return None
    blank = r"[ \t\u3000\xa0\u2003]*"
    note = r"(?:[（(][^（）()\n]{0,30}[)）])?"
    opening, closing = (f"[{re.escape(signs)}]?" for signs in ('【〔[「“"*＊', '】〕]」”"*＊'))
    start = rf"(?:^|(?<=[\s，,；;。、|（(])){blank}(?:{NUMBER}{blank})?{opening}"
    alone = rf"^{blank}(?:{NUMBER}{blank})?"  # without a colon a label must begin the line and a blank must follow
    star, english = r"(?:[ ]?[*＊])?", r"[ /][A-Za-z][A-Za-z &./'\-]{0,30}(?=\t)"
    between = r"(?<=[ \t\u3000\xa0\u2003])"
    colons = rf"{blank}[:：](?:{blank}[:：])*"
    set_off = (
        rf"(?P<apart>{start})|(?P<bare>{alone})|(?P<token>{between}(?:{NUMBER})?)|(?P<framed>{alone}[【〔\[])"
    )
    tails = (
        rf"{blank}{note}{closing}{colons}(?:{blank}[】〕\]])?",
        rf"(?:{english}|[ \n]?{note}{star}(?=[ \t\u3000\xa0\u2003]))",
        rf"(?:{english}|{note}(?=[ \t\u3000\xa0\u2003]|$))",
        rf"{blank}{note}[*＊﹕]?[】〕\]]",
    )
    after = rf"(?(apart){tails[0]}|(?(bare){tails[1]}|(?(token){tails[2]}|{tails[3]})))"
    return re.compile(rf"(?:{set_off})(?P<label>{labels}){after}", re.MULTILINE)


def _any(names: Iterable[str]) -> str:
    """Match any of ``names``, the longest first, with blanks between their characters."""
    ordered = sorted(filter(None, names), key=lambda name: (-len(name), name))
    if not ordered:
        return ""
    every = "|".join(r"\s{0,4}".join(map(_either_width, name)) for name in ordered)
    # most places begin no label: one look tells, without trying them all
    return f"(?=[{''.join(sorted({_widths(name[0]) for name in ordered}))}])(?:{every})"


def _either_width(character: str) -> str:
    """Match a squeezed character in half or full width."""
    widths = _widths(character)
    return f"[{widths}]" if len(widths) > 1 else widths


def _widths(character: str) -> str:
    full = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""
    return re.escape(character) + full
