"""Rules of annexes: own page, label, title (7.3.7)."""

from __future__ import annotations

import re

from .context import Context
from .elements import LABEL, NOTE_ITEM, Part
from .head import blank_lines, off_centre, why_off
from .sheet import Para, Where


def check(context: Context) -> None:
    """Check each labelled annex and the wording of labels and titles against 附件说明."""
    labels = context.elements.all(Part.LABEL)
    for place, para in labels:
        _label(context, place, para)
        _title(context, place)
    _names(context, labels)


def _label(context: Context, place: int, para: Para) -> None:
    paras, where = context.elements.sheet.paras, context.place(place)
    above = next((item for item in range(place - 1, -1, -1) if paras[item].words), -1)
    between = paras[above + 1 : place + 1]
    new_page = any(item.new_page for item in between) or (above >= 0 and paras[above].section != para.section)
    if not new_page:
        context.findings.add("附件另面", where, "前面没有分页")
    found = LABEL.fullmatch(para.tight)
    if found and found["colon"]:
        context.findings.add("附件标签", where, f"写作“{para.words}”", "后面不加冒号")
    elif found and found["count"] and not found["count"].isdigit():
        context.findings.add("附件标签", where, f"写作“{para.words}”", "顺序号应为阿拉伯数字")
    if para.align in ("center", "right") or abs(para.indent) > 0.3:
        what = {"center": "居中", "right": "右对齐"}.get(para.align, f"左空 {para.indent:.1f} 字")
        context.findings.add("附件标签", where, what, "应顶格编排在第一行")
    context.face("附件标签字体", place, "黑体")
    context.size("附件标签字体", place, context.number("附件标签字体", "磅"))


def _title(context: Context, label: int) -> None:
    place = next((item for item, _ in context.elements.all(Part.ANNEX_TITLE) if item > label), None)
    paras = context.elements.sheet.paras
    if place is None or any(paras[item].words for item in range(label + 1, place)):
        return
    para = paras[place]
    if para.where is Where.BODY and (para.align != "center" or off_centre(para)):
        context.findings.add("附件标题", context.place(place), why_off(para), "应居中")
    blank_lines(context, "附件标题", label, place)


def _names(context: Context, labels: list[tuple[int, Para]]) -> None:
    """Compare the annexes with the lines of 附件说明, where there are as many of both."""
    notes = [re.sub(r"^附件[：:]?", "", para.tight) for _, para in context.elements.all(Part.NOTE)]
    listed = [found["name"] if (found := NOTE_ITEM.match(note)) else note for note in notes if note]
    if not listed or len(listed) != len(labels):
        return
    for name, (place, _) in zip(listed, labels, strict=True):
        title = _words_below(context, place)
        if title and _bare(title) != _bare(name):
            what = f"标题是“{title}”"
            context.findings.add("附件名称", context.place(place), what, f"附件说明里是“{name}”")


def _words_below(context: Context, label: int) -> str:
    words = ""
    for place in range(label + 1, len(context.elements.parts)):
        part = context.elements.parts[place]
        if part is Part.ANNEX_TITLE:
            words += context.elements.sheet.paras[place].tight
        elif part is not Part.BLANK:
            break
    return words


def _bare(text: str) -> str:
    return re.sub(r"[\s《》。；，、（）()]|样表|\.docx?$|\.xlsx?$", "", text)
