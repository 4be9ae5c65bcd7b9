"""Rules of the text: face, size, indent, the four levels (5.2.2, 7.3.3)."""

from __future__ import annotations

import itertools
import re

from generate.standard.levels import level_of

from .context import Context
from .elements import Part
from .heading import bold
from .sheet import Para, Run

_FACES = {1: "第一层", 2: "第二层", 3: "第三层", 4: "第四层"}
_NUMERALS = "〇一二三四五六七八九"
_COUNT = re.compile(r"[（(]?([一二三四五六七八九十百]+|\d{1,2})")
_BAD = (
    (re.compile(r"[（(][一二三四五六七八九十]+[）)][、．.，,]"), "括号后不加标点"),
    (re.compile(r"[一二三四五六七八九十]{1,3}[．.，,](?![\d])"), "第一层应为“一、”"),
    (re.compile(r"\d{1,2}、"), "第三层应为“1.”"),
    (re.compile(r"[（(]\d{1,2}[）)][、．.，,]"), "括号后不加标点"),
)
_HEADING = 30
"""Characters of a sentence after a number that still is a heading and no text."""
_QUOTES = set("“”‘’—…")


def check(context: Context) -> None:
    """Check every paragraph of the text and of annexes that run on as text."""
    for place, para in context.elements.all(Part.TEXT, Part.ANNEX_TEXT):
        if not para.words:
            continue
        _faces(context, place, para)
        context.size("正文字号", place, context.number("正文字号", "磅"))
        _indent(context, place, para)
        _mark(context, place, para)
        _quotes(context, place, para)
        bold(context, place, para)
    for place, para in context.elements.all(Part.PRESENT):
        _present(context, place, para)
    _blanks(context)
    starts = [0, *context.elements.annex_starts(), len(context.elements.parts)]
    for first, last in itertools.pairwise(starts):
        _order(context, first, last)


def _faces(context: Context, place: int, para: Para) -> None:
    """Check the heading's face up to its full stop and the text's after it."""
    level, end = level_of(para.words), _heading_end(para)
    for run, start in _placed(para):
        if not run.chinese:
            continue
        head = level > 0 and start < end
        kinds: tuple[str, ...] = (
            ("仿宋",) if not head else (str(context.profile.rule("层次字体").numbers[_FACES[level]]),)
        )
        if level and end == 0:
            kinds = ("仿宋", str(context.profile.rule("层次字体").numbers[_FACES[level]]))
        if not any(context.is_face(run.east, kind) for kind in kinds):
            rule = "层次字体" if head and level else "正文字体"
            context.wrong_face(rule, place, run, kinds[0])
            return


def _placed(para: Para) -> list[tuple[Run, int]]:
    """Return the runs with the place in the paragraph's words where each begins."""
    found, start = [], len(para.number)
    for run in para.runs:
        found.append((run, start))
        start += len(run.text)
    lead = len(para.text) - len(para.text.lstrip(" \t\u3000\u00a0"))
    return [(run, max(place - lead, 0)) for run, place in found]


def _heading_end(para: Para) -> int:
    """Return where the heading of a numbered paragraph ends, 0 where it is text with a number and no heading."""
    words = para.words
    stop = words.find("。")
    if stop < 0:
        return len(words) if len(words) <= _HEADING and words[-1] not in "；：，" else 0
    whole = stop == len(words) - 1
    return 0 if whole or stop > _HEADING else stop + 1


def _indent(context: Context, place: int, para: Para) -> None:
    wanted, tolerance = context.number("正文缩进", "字"), context.tolerance("正文缩进")
    first, left, right = para.indent, para.left / para.advance, para.right / para.advance
    part = context.elements.parts[place]
    if part is Part.ANNEX_TEXT and not level_of(para.words) and first < 0.3:
        return  # the line of a form
    faults = []
    if abs(first - wanted) > tolerance + 0.05:
        faults.append(f"首行左空 {first:.1f} 字")
    if abs(left) > tolerance:
        faults.append(f"回行左空 {left:.1f} 字")
    if abs(right) > tolerance:
        faults.append(f"右空 {right:.1f} 字")
    if faults:
        context.findings.add(
            "正文缩进", context.place(place), "、".join(faults), f"应首行左空{wanted:g}字，回行顶格"
        )
    elif para.led > 0.4:
        context.findings.add(
            "空格缩进", context.place(place), f"段首敲了 {para.led:g} 个字的空格", "用首行缩进2字符"
        )


def _mark(context: Context, place: int, para: Para) -> None:
    for pattern, mend in _BAD:
        found = pattern.match(para.words)
        if found:
            context.findings.add("层次标点", context.place(place), f"写作“{found[0]}”", mend)
            return
    if re.match(r"\([一二三四五六七八九十\d]+\)", para.words):
        context.findings.add("层次标点", context.place(place), f"写作“{para.words[:4]}”", "应为全角括号")


def _quotes(context: Context, place: int, para: Para) -> None:
    for run in para.runs:
        marks = _QUOTES & set(run.text)
        if not marks or run.hinted or run.west.name == run.east.name:
            continue
        chinese = any(context.is_face(run.west, kind) for kind in context.profile.faces)
        if not chinese and (run.chinese or not re.search("[A-Za-z0-9]", run.text)):
            found = f"“{''.join(sorted(marks))}”用的是西文字体 {run.west.name or '（未指定）'}"
            context.findings.add("引号字体", context.place(place), found, "应用中文字体")
            return


def _present(context: Context, place: int, para: Para) -> None:
    """Check the lists of who was there: label in 黑体, names in 仿宋, wrapped under the names (10.3)."""
    wanted = context.number("正文缩进", "字")
    if abs(para.indent - wanted) > context.tolerance("正文缩进"):
        context.findings.add(
            "出席名单", context.place(place), f"左空 {para.indent:.1f} 字", f"应左空{wanted:g}字"
        )
    label = re.match("[^：:]*", para.words)
    end = len(label[0]) if label else 0
    for run, start in _placed(para):
        kind = "黑体" if start < end else "仿宋"
        if run.chinese and not context.is_face(run.east, kind):
            context.wrong_face("出席名单", place, run, kind)
            return


def _blanks(context: Context) -> None:
    texts = [place for place, _ in context.elements.all(Part.TEXT)]
    paras = context.elements.sheet.paras
    for above, below in itertools.pairwise(texts):
        between = paras[above + 1 : below]
        if between and all(para.blank and not para.new_page for para in between):
            context.findings.add("正文空行", context.place(below), "前面有空行", "各段之间不空行")


def _order(context: Context, first: int, last: int) -> None:
    """Check that numbers go on by one and that no level is skipped, within one text."""
    counts: dict[int, int] = {}
    path: list[int] = []
    known = {level_of(para.words) for _, para in context.elements.all(Part.TEXT, Part.ANNEX_TEXT)}
    for place, para in context.elements.all(Part.TEXT, Part.ANNEX_TEXT):
        level = level_of(para.words)
        if not first <= place < last or not level:
            continue
        count = _count(para.words)
        before = counts.get(level, 0)
        if count not in (1, before + 1):
            wanted = _like(para.words, before + 1)
            found = (
                f"序号是“{_head(para.words)}”，上一个是第{before}个"
                if before
                else f"序号从“{_head(para.words)}”开始"
            )
            context.findings.add("层次序号", context.place(place), found, f"应为“{wanted}”")
        elif path and level - path[-1] > 1 and not _may_skip(path[-1], level, known):
            context.findings.add(
                "层次序号", context.place(place), f"从第{path[-1]}层跳到第{level}层", "层次不跳级"
            )
        counts = {key: item for key, item in counts.items() if key < level} | {level: count}
        path = [item for item in path if item < level] + [level]


def _may_skip(above: int, level: int, known: set[int]) -> bool:
    """Whether a text of two levels goes from 一、 straight to 1., as practice has it."""
    return above == 1 and level == 3 and 2 not in known


def _count(words: str) -> int:
    found = _COUNT.match(words)
    text = found[1] if found else "0"
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    low = _NUMERALS.find(ones) if ones else 0
    return ((_NUMERALS.find(tens) if tens else 1) * 10 if mark else 0) + max(low, 0)


def _like(words: str, count: int) -> str:
    from .numbers import chinese

    match level_of(words):
        case 1:
            return f"{chinese(count)}、"
        case 2:
            return f"（{chinese(count)}）"
        case 3:
            return f"{count}."
    return f"（{count}）"


def _head(words: str) -> str:
    found = re.match(r"[（(]?[一二三四五六七八九十百\d]+[）)、.．]?", words)
    return found[0] if found else words[:3]
