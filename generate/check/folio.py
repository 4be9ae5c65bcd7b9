"""Rules of the page number (7.5, 8): form, face, odd right and even left, 7 mm below the 版心."""

from __future__ import annotations

import re

from .context import MM, Context, height, size_name
from .elements import Kind
from .sheet import Folio, Section

_KINDS = {"default": "奇数页页码", "even": "偶数页页码", "first": "首页页码"}


def check(context: Context) -> None:
    """Check the page numbers of every section; the same fault in several sections is one finding."""
    sheet = context.elements.sheet
    if not any(section.folios for section in sheet.sections):
        context.findings.add("缺页码", "页脚", "没有页码")
        return
    _first_page(context, sheet.sections[0])
    seen: list[Folio] = []
    for section in sheet.sections:
        for kind, folio in section.folios.items():
            used = (
                kind == "default"
                or (kind == "even" and sheet.odd_even)
                or (kind == "first" and section.first_differs)
            )
            if not used or any(folio is other or folio == other for other in seen):
                continue
            seen.append(folio)
            _written(context, kind, folio)
            if not section.landscape:
                _height(context, kind, folio, section)
        if section.landscape and any(not folio.turned for folio in section.folios.values()):
            context.findings.add("横表页码", "横页的页脚", "页码在横页的下边")
    if seen:
        _sides(context, sheet.sections[0])


def _first_page(context: Context, section: Section) -> None:
    if section.first_differs and "first" not in section.folios and context.elements.kind is not Kind.LETTER:
        context.findings.add("首页页码", "首页页脚", "首页没有页码")


def _written(context: Context, kind: str, folio: Folio) -> None:
    para, where = folio.para, _KINDS[kind]
    text = para.words
    form = str(context.profile.rule("页码形式").numbers["形式"])
    before, _, after = (re.escape(part.strip()) for part in form.partition("1"))
    if not re.fullmatch(rf"{before}\s*\d*\s*{after}", text):
        shown = re.sub(r"\d+", "1", text) or "1"
        context.findings.add("页码形式", where, f"写作“{shown}”", f"应为“{form}”")
    size, face = context.number("页码字体", "磅"), "宋体"
    digits = [run for run in para.runs if run.text.strip()]
    wrong = next((run for run in digits if abs(run.size - size) > 0.26), None)
    if wrong is not None:
        context.findings.add("页码字体", where, f"字号是{size_name(wrong.size)}", f"应为{size_name(size)}")
        return
    numeral = next((run for run in digits if any(char.isdigit() for char in run.text)), None)
    if numeral is not None and not context.is_face(numeral.west, face):
        context.findings.add("页码字体", where, f"字体是{numeral.west.name or '未指定'}", f"应为{face}")


def _sides(context: Context, section: Section) -> None:
    """Check odd right, even left, one character in."""
    odd, even = section.folios.get("default"), section.folios.get("even")
    if not context.elements.sheet.odd_even or even is None:
        found = next(iter(section.folios.values()))
        side = _side(found)
        words = {"center": "居中", "right": "都在右边", "left": "都在左边", "outside": "", "": ""}
        if side not in ("outside", "") and words.get(side):
            context.findings.add("页码左右", "页脚", f"页码{words[side]}，没有分奇偶页")
        return
    for folio, wanted, where in ((odd, "right", "奇数页"), (even, "left", "偶数页")):
        side = "" if folio is None else _side(folio)
        if folio is None or side in ("", "outside"):
            continue
        name = {"center": "居中", "left": "居左", "right": "居右"}.get(side, side)
        if side != wanted:
            expected = "应居右空一字" if wanted == "right" else "应居左空一字"
            context.findings.add("页码左右", f"{where}页码", f"{name}", expected)
        elif not folio.frame:
            _one_in(context, folio, wanted, where)


def _one_in(context: Context, folio: Folio, wanted: str, where: str) -> None:
    para, text = folio.para, folio.para.text
    trailing, leading = (len(text) - len(kept) for kept in (text.rstrip("\u3000"), text.lstrip("\u3000")))
    length, typed = (para.right, trailing) if wanted == "right" else (para.left + para.first, leading)
    insets = [length / (size * 20) + typed for size in (para.size, context.number("页码字体", "磅"))]
    one, tolerance = context.number("页码左右", "字"), context.tolerance("页码左右")
    if min(abs(inset - one) for inset in insets) > tolerance:
        context.findings.add("页码左右", f"{where}页码", f"空 {insets[0]:.1f} 字", "应空一字")


def _side(folio: Folio) -> str:
    """Return left, center, right or outside; empty where a frame stands somewhere that cannot be told."""
    if folio.frame:
        return {"inside": "", "somewhere": ""}.get(folio.frame, folio.frame)
    if folio.para.tabs or "\t" in folio.para.text:
        return ""
    return {"both": "left", "distribute": "center"}.get(folio.para.align, folio.para.align)


def _height(context: Context, kind: str, folio: Folio, section: Section) -> None:
    """Check that the dash stands about 7 mm below the 版心; the paragraphs' heights in the footer are estimated."""
    if folio.frame or any(context.findings.has(rule) for rule in ("版心", "天头", "纸张")):
        return
    line = height(folio.para, section) / MM
    found = section.bottom / MM - section.footer / MM - folio.para.after / MM - line * 0.5
    if abs(found - context.number("页码高低", "毫米")) > context.tolerance("页码高低"):
        what = f"一字线在版心下约 {found:.0f} mm（页脚距边界 {section.footer / MM:.0f} mm）"
        context.findings.add(
            "页码高低", _KINDS[kind], what, f"应为 {context.number('页码高低', '毫米'):g} mm"
        )
