"""Gaps inside sentences: 本人____（姓名），身份证号____，现任____. The words around a gap say what belongs there.

Knows one line of text; gaps behind a label and a colon are ``inline``'s concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms import FieldKind

from .fieldkinds import WHERE, guess_kind
from .fieldnames import identifier

_COUNTERS = r"小时|分钟|学时|课时|人次|个月|次|人|名|个|天|岁|场|期|户|支|项|件|篇|份"
_NO_GAP = "姓批年省身股届层文附邮证日学时工周任假分"  # 姓   名, 批   次: a word set wide
_GAP = re.compile(
    r"[ \u3000_＿⎵‗]{2,}年[ \u3000_＿⎵‗]+月(?:[ \u3000_＿⎵‗]+日)?|[_＿⎵]{3,}|[_＿⎵]*‗[_＿⎵‗]*|"
    rf"(?<=[\u4e00-\u9fff])(?<![{_NO_GAP}])[ \u3000]{{2,8}}(?=(?:{_COUNTERS}|元|万元)(?:[^\u4e00-\u9fff]|$))|"
    r"(?<=[\u4e00-\u9fff])[ \u3000]{4,}(?=同志|先生|女士|同学|老师)|(?<=现年)[ \u3000]{2,}(?=岁)|"
    rf"(?<=[\u4e00-\u9fff])(?<![{_NO_GAP}])[ \u3000]{{3,}}(?=[，,。；;）)]|年[，,。；;])"
)
_SENTENCE = re.compile(r"[，。；,;]|[（(][^（）()]{1,8}[ \u3000]{2,}")
_STOPS = r"，。；;、：:,！？!?“”\"（）()《》\s"
_BEFORE = re.compile(rf"[^{_STOPS}_＿⎵‗]*$")
_AFTER = re.compile(rf"[^{_STOPS}_＿⎵‗]*")
_NOTE = re.compile(r"[ \u3000]*[（(](?P<note>[^（）()/／\d]{2,12})[)）]")
_STAMPS = re.compile(r"盖章|公章|签[字名章]|打印|可|不|填")
_LEADS = re.compile(
    r"^(?:同志|本人|已于|兹有|兹|现有|现任|现|系|由|到|去|至|往|在|于|为|是|任|向|与|和|及|以|因|即|的|共|本|我|请(?!假)|将|交|填写|请填写|其中|今|该|从|自|经|按|被|已)+"
)
_SAYS = {"同志": "姓名", "先生": "姓名", "女士": "姓名", "同学": "姓名", "老师": "姓名", "岁": "年龄", "族": "民族"}  # fmt: skip
_PART = re.compile(rf"[ \u3000]*(?:{WHERE})(?=[\s_＿⎵‗，。；,;（(]|$)")
_FROM_TO = (
    (re.compile(r"(?:至|到)$"), "结束日期"),
    (re.compile(r"^(?:时间)?(?:自|从|由)$|[^一-龥](?:自|从)$"), "开始日期"),
)
_SUMS = ("共", "共计", "计", "合计", "总计")
_COUNT = re.compile(rf"[ \u3000]*({_COUNTERS}|元|万元)")
_COUNT_WORD = re.compile(r"[ \u3000]*([次人天个]数)(?:[^\u4e00-\u9fff]|$)")  # 指导____次数
_COUNTED = {"元": "金额", "万元": "金额"}
_WHO = re.compile(r"(?:本人|我叫|我是|姓名)$")
_LONGEST = 14
_SHORTEST = 2
_ALONE = frozenset("年月日号")  # what follows a gap of a date or a number that is written in parts


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap ``start:end`` of a line, what belongs there, and of what kind."""

    start: int
    end: int
    name: str
    kind: FieldKind


def gaps(text: str) -> Iterator[Gap]:
    """Yield the gaps of a line that is a sentence; none for a gap that no word around it explains."""
    last = 0
    for found in _GAP.finditer(text):
        before, after = text[last : found.start()], text[found.end() :]
        last = found.end()
        sentence = _SENTENCE.search(text) or _follows_count(after) or _PART.match(after)
        if not sentence and not _opens_address(text, found):
            continue
        dated = found[0].endswith("日")
        name = _dated(before, after) if dated else _name(before, after)
        if name:
            counted = FieldKind.INTEGER if _follows_count(after) else guess_kind(name)
            yield Gap(found.start(), found.end(), name, FieldKind.DATE if dated else counted)


def _dated(before: str, after: str) -> str:
    """Return the name of a date: what it begins or ends, else what happened then."""
    said = _words(_BEFORE, before)
    for pattern, name in _FROM_TO:
        if pattern.search(said):
            return name
    word, behind = _LEADS.sub("", said), _words(_AFTER, after)
    name = behind if len(identifier(word)) < _SHORTEST and behind else _name(before, after)
    return name if name.endswith(("期", "间")) or not name else f"{name.removesuffix('于')}日期"


def _opens_address(text: str, found: re.Match[str]) -> bool:
    """Whether a gap opens a line that addresses somebody: ____党委组织部：."""
    return (
        not text[: found.start()].strip()
        and re.fullmatch(r"[^\s_＿⎵‗:：]{2,12}[:：]\s*", text[found.end() :]) is not None
    )


def _follows_count(after: str) -> bool:
    return re.match(rf"[ \u3000]*(?:(?:{_COUNTERS})(?:[^\u4e00-\u9fff]|$)|年[，,。；;])", after) is not None


def _name(before: str, after: str) -> str:
    """Return what belongs between two stretches: what the note behind says, the words before, else those behind."""
    note = _NOTE.match(after)
    if note is not None and not _STAMPS.search(note["note"]):
        return note["note"]
    said = _words(_BEFORE, before)
    word = _LEADS.sub("", said)
    behind = _words(_AFTER, after)
    if behind in _SAYS:
        return _SAYS[behind]
    if part := _PART.match(after):
        return part[0].strip()
    if not word and re.match("[系是为]", behind):
        return "姓名"
    if _WHO.search(word):
        return "姓名"
    if word and (tail := _COUNT_WORD.match(after)):
        return word + tail[1]
    if said in _SUMS and (count := _COUNT.match(after)):
        return _COUNTED.get(count[1], f"{count[1]}数")
    if behind[:1] in _ALONE and len(identifier(word)) < _SHORTEST:
        return ""
    for candidate in (word, behind):
        if _SHORTEST <= len(identifier(candidate)) <= _LONGEST:
            return candidate
    return said if said and len(said) <= _LONGEST else ""


def _words(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text) if pattern is _BEFORE else pattern.match(text)
    return found[0] if found is not None else ""
