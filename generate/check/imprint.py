"""Rules of the 版记: lines, 抄送, 印发机关和印发日期 (7.4), and what a 信函 leaves out (10.1)."""

from __future__ import annotations

import re

from .closing import day
from .context import MM, Context
from .elements import DAY, HAN_DAY, Kind, Part
from .sheet import Border, Para, Where

_PARTS = (Part.COPIES, Part.PRINTED)


def check(context: Context) -> None:
    """Check the lines and entries of the 版记."""
    entries = context.elements.all(*_PARTS)
    for place, para in entries:
        context.face("版记字体", place, "仿宋")
        context.size("版记字体", place, context.number("版记字体", "磅"))
        _indent(context, place, para)
    for place, para in context.elements.all(Part.COPIES):
        _copies(context, place, para)
    for place, para in context.elements.all(Part.PRINTED):
        _printed(context, place, para)
    if entries:
        _order(context, entries)
        if context.elements.kind is not Kind.LETTER:
            _lines(context, entries)


def _copies(context: Context, place: int, para: Para) -> None:
    where = context.place(place)
    if para.tight[2:3] != "：":
        context.findings.add("抄送写法", where, f"“{para.tight[:2]}”后是半角冒号", "应为全角冒号“：”")
    paras = context.elements.sheet.paras
    following = next((item for item in paras[place + 1 :] if item.words), None)
    last = following is None or context.elements.parts[paras.index(following)] is not Part.OTHER
    if para.tight[-1] != "。" and (last or para.where is Where.BOX):
        context.findings.add("抄送写法", where, f"末尾是“{para.tight[-1]}”", "末尾应为句号")


def _printed(context: Context, place: int, para: Para) -> None:
    where = context.place(place)
    found = DAY.search(para.tight)
    if context.elements.kind is Kind.LETTER:
        context.findings.add("信函版记", where, "有印发机关和印发日期", "信函不加")
        return
    if found and not para.tight.endswith("印发"):
        context.findings.add(
            "印发写法", where, f"末尾是“{para.tight[found.start() :]}”", "日期后应加“印发”二字"
        )
    if found and HAN_DAY.search(found[0]):
        context.findings.add("印发写法", where, f"写作“{found[0]}”", "日期应用阿拉伯数字")
    elif found:
        day(context, place, found[0])


def _indent(context: Context, place: int, para: Para) -> None:
    """Check 左空一字; the right side can be told only where nothing but an indent makes it."""
    wanted, tolerance = context.number("版记缩进", "字"), context.tolerance("版记缩进")
    if para.where is Where.CELL or para.align in ("center", "right"):
        return
    if abs(para.indent - wanted) > tolerance + 0.1:
        context.findings.add(
            "版记缩进", context.place(place), f"左空 {para.indent:.1f} 字", f"应左空{wanted:g}字"
        )


def _order(context: Context, entries: list[tuple[int, Para]]) -> None:
    parts = [context.elements.parts[place] for place, _ in entries]
    if parts != sorted(parts, key=_PARTS.index):
        context.findings.add(
            "版记位置", context.place(entries[0][0]), "印发机关排在抄送机关上面", "抄送机关在上"
        )
    last = entries[-1]
    annexes = [place for place, _ in context.elements.all(Part.LABEL) if place > last[0]]
    if annexes and last[1].where is Where.BODY:
        context.findings.add("版记位置", context.place(last[0]), "附件排在版记后面", "附件应在版记之前")


def _lines(context: Context, entries: list[tuple[int, Para]]) -> None:
    first, last = entries[0][0], entries[-1][0]
    paras = context.elements.sheet.paras
    place, here = first, paras[first].where
    if here is Where.CELL:
        lines = context.elements.sheet.table_lines.get(paras[first].box, ())
        if lines:
            return  # a table's lines may lie in its style or its cells: only a page tells
    first = _with_keywords(context, first)
    found = _borders(context, first, last)
    near = paras[max(first - 2, 0) : last + 3]
    if any(para.graphics for para in near) or here is Where.CELL:
        return
    where = context.place(place)
    if not found:
        context.findings.add("版记分隔线", where, "没有分隔线")
        return
    top, bottom = found[0], found[-1]
    if top[0] > first or (top[0] == first and not top[2]):
        context.findings.add("版记分隔线", where, "上面没有首条分隔线")
    elif bottom[0] < last or (bottom[0] == last and bottom[2]):
        context.findings.add("版记分隔线", context.place(last), "下面没有末条分隔线")
    elif len(entries) > 1 and len(found) < 3:
        context.findings.add("版记分隔线", where, "抄送机关与印发机关之间没有分隔线")
    else:
        _thickness(context, [line for _, line, _ in found], where)
    if any(_short(context, paras[item]) for item, _, _ in found):
        context.findings.add("版记分隔线", where, "分隔线没有与版心等宽", "应长 156 mm")


def _with_keywords(context: Context, first: int) -> int:
    """Return where the 版记 begins: at 主题词, where a document of the 1999 edition has it above 抄送."""
    paras = context.elements.sheet.paras
    for place, para in context.elements.all(Part.KEYWORDS):
        between = paras[place + 1 : first]
        if place < first and para.where is paras[first].where and not any(item.words for item in between):
            return place
    return first


def _borders(context: Context, first: int, last: int) -> list[tuple[int, Border, bool]]:
    """Return the lines from one paragraph above the first entry to one below the last: place, line, whether on top."""
    paras, found = context.elements.sheet.paras, []
    for place in range(max(first - 1, 0), min(last + 2, len(paras))):
        para = paras[place]
        if para.where is not paras[first].where or para.box != paras[first].box:
            continue
        if para.top:
            found.append((place, para.top, True))
        if para.bottom:
            found.append((place, para.bottom, False))
    return found


def _short(context: Context, para: Para) -> bool:
    if para.words:
        return False  # an indented entry with its own border: Word draws it as wide as the entry, seen on a page only
    return max(para.left, para.right) > context.tolerance("版记分隔线") * MM


def _thickness(context: Context, lines: list[Border], where: str) -> None:
    thick, thin = context.number("版记线粗细", "粗"), context.number("版记线粗细", "细")
    tolerance = context.tolerance("版记线粗细")
    for count, line in enumerate(lines):
        outer = count in (0, len(lines) - 1)
        wanted, width = (thick if outer else thin), line.width * 25.4 / 72
        if abs(width - wanted) > tolerance:
            name = "首条" if count == 0 else "末条" if outer else "中间"
            what = f"{name}分隔线粗 {width:.2f} mm"
            context.findings.add("版记线粗细", where, what, f"推荐 {wanted:g} mm")


def leftovers(context: Context) -> None:
    """Name what the 1999 edition had and the 2012 edition dropped."""
    for place, para in context.elements.all(Part.KEYWORDS):
        context.findings.add(
            "主题词", context.place(place), f"有“{re.split('[：:]', para.tight)[0]}”", "2012年版没有主题词"
        )
    for place, para in context.elements.all(Part.AMOUNT):
        context.findings.add("共印份数", context.place(place), f"有“{para.tight}”", "2012年版没有印发份数")
