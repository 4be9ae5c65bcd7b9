"""Rules of the page: paper, margins, 版心, lines, characters, colour (5.1, 5.2)."""

from __future__ import annotations

from .context import MM, Context, height
from .elements import Kind, Part
from .sheet import LINE, Para, Section, black


def check(context: Context) -> None:
    """Check every upright section's page and the text's lines, characters and colours."""
    for section in context.elements.sheet.sections:
        _paper(context, section)
        if not section.landscape:
            _margins(context, section)
    _lines(context)
    _characters(context)
    _space(context)
    _colours(context)


def _paper(context: Context, section: Section) -> None:
    wide, high = sorted((section.width / MM, section.height / MM))
    tolerance = context.tolerance("纸张")
    wanted = context.number("纸张", "宽"), context.number("纸张", "高")
    if abs(wide - wanted[0]) > tolerance or abs(high - wanted[1]) > tolerance:
        found = f"纸张是 {section.width / MM:.0f} mm×{section.height / MM:.0f} mm"
        context.findings.add("纸张", "页面设置", found)


def _margins(context: Context, section: Section) -> None:
    found = context.findings
    top, left = section.top / MM, section.left / MM
    top_wrong = abs(top - context.number("天头", "毫米")) > context.tolerance("天头") + 0.05
    left_wrong = abs(left - context.number("订口", "毫米")) > context.tolerance("订口") + 0.05
    if top_wrong:
        expected = f"应为 {context.number('天头', '毫米'):g} mm±{context.tolerance('天头'):g} mm"
        found.add("天头", "页面设置", f"上边距是 {top:.1f} mm", expected)
    if left_wrong:
        expected = f"应为 {context.number('订口', '毫米'):g} mm±{context.tolerance('订口'):g} mm"
        found.add("订口", "页面设置", f"左边距是 {left:.1f} mm", expected)
    wide, high = section.text_width / MM, section.text_height / MM
    wanted = context.number("版心", "宽"), context.number("版心", "高")
    tolerance = context.tolerance("版心") + 0.05
    wide_wrong = not left_wrong and abs(wide - wanted[0]) > tolerance
    high_wrong = not top_wrong and abs(high - wanted[1]) > tolerance
    paper_wrong = found.has("纸张")
    if (wide_wrong or high_wrong) and not paper_wrong:
        found.add(
            "版心",
            "页面设置",
            f"版心是 {wide:.1f} mm×{high:.1f} mm",
            f"应为 {wanted[0]:g} mm×{wanted[1]:g} mm",
        )


def _lines(context: Context) -> None:
    """Check that the text's pitch gives 22 lines; one that keeps 落款 on a page with text is left alone (7.3.5.5)."""
    wanted = int(context.number("每面行数", "行"))
    least = context.number("每面行数", "最小磅") * 20
    texts = context.elements.all(Part.TEXT)
    for place, para in texts:
        pitch = height(para, context.section(para))
        room = context.number("版心", "高") * MM
        count = int((room + 12) // pitch) if pitch else 0
        adjusted = para.rule == "exact" and least <= pitch and count <= 24
        if count != wanted and not (adjusted and (count > wanted or len(texts) == 1)):
            what = f"行距{'约' if para.rule != 'exact' else '固定值'} {pitch / 20:.1f} 磅，每面{count}行"
            context.findings.add("每面行数", context.place(place), what, f"应为每面{wanted}行")


def _characters(context: Context) -> None:
    if any(context.findings.has(rule) for rule in ("订口", "版心", "纸张")):
        return
    wanted = int(context.number("每行字数", "字"))
    texts = context.elements.all(Part.TEXT)
    for place, para in texts:
        section = context.section(para)
        if section.landscape or abs(para.size - 16) > 0.3 or len(para.words) < 20:
            continue
        gridded = section.grid in ("linesAndChars", "snapToChars") and para.snap
        advance = para.size * 20 + (section.char_space if gridded else 0) + _spacing(para)
        count = int((context.number("版心", "宽") * MM + 5) // advance)
        parted = (
            len(texts) == 1 and count < wanted and context.pitch > LINE * 1.05
        )  # 落款 kept with text (7.3.5.5)
        if count != wanted and not parted:
            what = f"三号字字距 {(advance - 320) / 20:+.2f} 磅，每行{count}个字"
            context.findings.add("每行字数", context.place(place), what, f"应为每行{wanted}个字")


def _spacing(para: Para) -> float:
    weights: dict[float, int] = {}
    for run in para.runs:
        weights[run.spacing] = weights.get(run.spacing, 0) + len(run.text)
    return max(weights, key=lambda spacing: weights[spacing])


def _space(context: Context) -> None:
    limit = context.tolerance("段距") * 20
    for place, para in context.elements.all(Part.TEXT):
        if max(para.before, para.after) > limit:
            found = f"段前 {para.before / 20:g} 磅、段后 {para.after / 20:g} 磅"
            context.findings.add("段距", context.place(place), found, "应为0")


def _colours(context: Context) -> None:
    free = {Part.MARK} | ({Part.NUMBER, Part.TITLE} if context.elements.kind is Kind.ORDER else set())
    for place, para in enumerate(context.elements.sheet.paras):
        if context.elements.parts[place] in free:
            continue
        run = next((run for run in para.runs if not black(run.color) and run.text.strip()), None)
        if run is not None:
            context.findings.add("颜色", context.place(place, run), f"颜色是 {run.color}", "应为黑色")
