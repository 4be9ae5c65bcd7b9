"""Rules of title and 主送机关 (7.3.1, 7.3.2) and that page one shows text (7.3.3)."""

from __future__ import annotations

import re

from .context import Context
from .elements import Kind, Part
from .head import blank_lines, off_centre, why_off
from .sheet import Para, Where


def check(context: Context) -> None:
    """Check title and addressees."""
    titles = context.elements.all(Part.TITLE)
    for place, para in titles:
        context.face("标题字体", place, "小标宋")
        context.size("标题字号", place, context.number("标题字号", "磅"))
        if para.where is Where.BODY and (para.align != "center" or off_centre(para)):
            context.findings.add("标题居中", context.place(place), why_off(para), "应居中，不缩进")
        bold(context, place, para)
    if titles:
        _title_place(context, titles[0][0])
        _title_end(context, *titles[-1])
    _addressees(context)
    _first_page(context)


def bold(context: Context, place: int, para: Para) -> None:
    """Report bold words."""
    run = next((run for run in para.runs if run.bold and run.chinese), None)
    if run is not None:
        context.findings.add("加粗", context.place(place, run), "加粗", "应不加粗")


def _title_place(context: Context, place: int) -> None:
    number = context.elements.first(Part.NUMBER)
    if number is not None and number[0] < place and context.elements.kind is Kind.FILE:
        above = [item for item, _ in context.elements.all(Part.NUMBER, Part.SIGNER) if item < place]
        blank_lines(context, "标题位置", max(above), place)


def _title_end(context: Context, place: int, para: Para) -> None:
    if para.tight[-1] in "。；！，":
        context.findings.add("标题标点", context.place(place), f"末尾有“{para.tight[-1]}”", "末尾不用标点")
    for _, item in context.elements.all(Part.TITLE):
        lines = [line for line in item.words.split("\n") if line.strip()]
        if len(lines) > 1 and min(len(line.strip()) for line in lines) == 1:
            context.findings.add("标题孤字", context.place(place), "有一行只有一个字")


def _addressees(context: Context) -> None:
    found = context.elements.first(Part.ADDRESSEES)
    if found is None:
        return
    place, para = found
    titles = [item for item, _ in context.elements.all(Part.TITLE) if item < place]
    if titles:
        blank_lines(context, "主送空行", titles[-1], place)
    if abs(para.indent) > 0.3 or abs(para.left / para.advance) > 0.3:
        what = f"左空 {para.indent:.1f} 字" if abs(para.indent) > 0.3 else "回行没有顶格"
        context.findings.add("主送顶格", context.place(place), what, "应顶格")
    if para.tight[-1] != "：":
        what = f"末尾是“{para.tight[-1]}”" if para.tight[-1] == ":" else "末尾没有冒号"
        context.findings.add("主送冒号", context.place(place), what, "应为全角冒号“：”")
    context.face("正文字体", place, "仿宋")
    context.size("正文字号", place, context.number("正文字号", "磅"))


def _first_page(context: Context) -> None:
    texts = context.elements.all(Part.TEXT)
    heads = context.elements.all(Part.TITLE, Part.ADDRESSEES)
    if texts and heads and texts[0][0] > heads[-1][0]:
        place = texts[0][0]
        between = context.elements.sheet.paras[heads[-1][0] + 1 : place + 1]
        if any(para.new_page for para in between) and not re.search("草稿|封面", heads[0][1].tight):
            context.findings.add("首页正文", context.place(place), "正文从第二面开始", "首页应有正文")
