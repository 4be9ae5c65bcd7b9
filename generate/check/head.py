"""Rules of the 版头: 份号, 密级, 紧急程度, 标志, 发文字号, 签发人, 反线 (7.2)."""

from __future__ import annotations

import re

from .context import MM, Context
from .elements import NUMBER, ORDER_NUMBER, SECRECY, SIGNER, Kind, Part
from .sheet import Para, Where, breadth, red

_ORDER = (Part.COPY, Part.SECRECY, Part.URGENCY)


def check(context: Context) -> None:
    """Check what stands above the title."""
    _corner(context)
    _mark(context)
    for place, para in context.elements.all(Part.NUMBER):
        _number(context, place, para)
    _number_place(context)
    _signer(context)
    _rule(context)
    _double_line(context)


def _corner(context: Context) -> None:
    """Check 份号, 密级 and 紧急程度 at the upper left."""
    for place, para in context.elements.all(Part.COPY):
        digits = int(context.number("份号", "位"))
        if not re.fullmatch(rf"\d{{{digits}}}", para.tight):
            context.findings.add(
                "份号", context.place(place), f"写作“{para.words}”", f"应为{digits}位阿拉伯数字"
            )
        context.size("份号", place, context.number("份号", "磅"))
        _flush(context, "份号位置", place, para)
    for part, word in ((Part.SECRECY, "密级"), (Part.URGENCY, "紧急程度")):
        for place, para in context.elements.all(part):
            context.face(f"{word}字体", place, "黑体")
            context.size(f"{word}字体", place, context.number(f"{word}字体", "磅"))
            _flush(context, f"{word}位置", place, para)
    for place, para in context.elements.all(Part.SECRECY):
        if re.search(r"★[一二三四五六七八九十]+年", para.tight):
            context.findings.add("保密期限", context.place(place), f"写作“{para.tight}”")
        found = SECRECY.fullmatch(para.tight)
        if found and found[3]:
            context.findings.add("版头次序", context.place(place), "密级和紧急程度写在一行", "应各占一行")
    seen = [
        part
        for _, part in sorted((place, part) for part in _ORDER for place, _ in context.elements.all(part))
    ]
    if seen != sorted(seen, key=_ORDER.index):
        context.findings.add("版头次序", "版头", f"次序是{'、'.join(seen)}")


def _flush(context: Context, rule: str, place: int, para: Para) -> None:
    if para.where is Where.BODY and (para.align in ("right", "center") or abs(para.indent) > 0.3):
        where = {"right": "右对齐", "center": "居中"}.get(para.align, f"左空 {para.indent:.1f} 字")
        context.findings.add(rule, context.place(place), where, "应顶格编排在版心左上角")


def _mark(context: Context) -> None:
    for place, para in context.elements.all(Part.MARK):
        context.face("标志字体", place, "小标宋")
        pale = next((run for run in para.runs if run.text.strip() and not red(run.color)), None)
        if pale is not None:
            context.findings.add(
                "标志字体", context.place(place), f"颜色是 {pale.color or '黑色'}", "推荐用红色"
            )
        if para.where is Where.BODY and (para.align not in ("center", "distribute") or off_centre(para)):
            context.findings.add("标志居中", context.place(place), why_off(para))
    first = context.elements.first(Part.MARK)
    title = context.elements.first(Part.TITLE)
    if first is not None and title is not None and title[0] < first[0]:
        context.findings.add("标志位置", context.place(first[0]), "排在标题下面", "应在标题和发文字号上面")
    elif first is not None and first[1].where is Where.BODY:
        _mark_height(context, first[0])


def _mark_height(context: Context, place: int) -> None:
    """Check 35 mm above the mark where the paragraphs above it have exact heights; else only a page can tell."""
    paras = context.elements.sheet.paras
    above = paras[:place]
    rows = (Part.BLANK, Part.COPY, Part.SECRECY, Part.URGENCY)
    known = all(part in rows for part in context.elements.parts[:place])
    if not above or not known or any(para.rule != "exact" or para.where is not Where.BODY for para in above):
        return
    section = context.section(paras[place])
    key = {Kind.LETTER: "信函毫米", Kind.ORDER: "命令毫米", Kind.MINUTES: "纪要毫米"}.get(
        context.elements.kind, "毫米"
    )
    extra = section.top if context.elements.kind is Kind.LETTER else 0
    above_it = sum(para.line + para.before + para.after for para in above) + paras[place].before
    found = (above_it + extra) / MM
    wanted = context.number("标志位置", key)
    if abs(found - wanted) <= context.tolerance("标志位置"):
        return
    plain = context.elements.first(Part.NUMBER) is None  # without 发文字号 nothing tells a letter from a file
    if plain and abs(above_it / MM - context.number("标志位置", "毫米")) <= context.tolerance("标志位置"):
        return
    old = [context.number("旧标志距", name) for name in ("毫米", "上报毫米")]
    rule = (
        "旧标志距" if any(abs(found - item) <= context.tolerance("旧标志距") for item in old) else "标志位置"
    )
    context.findings.add(
        rule, context.place(place), f"标志上面的空白是 {found:.1f} mm", f"应为 {wanted:g} mm"
    )


def _number(context: Context, place: int, para: Para) -> None:
    found = NUMBER.match(para.tight)
    where = context.place(place)
    context.size("文号字体", place, context.number("文号字体", "磅"))
    if found is None or ORDER_NUMBER.fullmatch(para.tight):
        return
    if (found["open"], found["close"]) != ("〔", "〕"):
        written = f"“{found['open']}{found['close']}”" if found["open"] or found["close"] else "没有括号"
        context.findings.add("文号括号", where, f"年份两边是{written}", "应为“〔〕”")
    if len(found["year"]) != 4:
        context.findings.add("文号年份", where, f"年份写作“{found['year']}”", "应为四位年份")
    if found["ordinal"]:
        context.findings.add("文号第字", where, f"写作“{para.tight}”", "顺序号前不加“第”")
    if found["count"].startswith("0"):
        context.findings.add(
            "文号虚位", where, f"顺序号写作“{found['count']}”", f"应为“{found['count'].lstrip('0')}”"
        )


def _number_place(context: Context) -> None:
    number, mark, title = (context.elements.first(part) for part in (Part.NUMBER, Part.MARK, Part.TITLE))
    if number is None:
        return
    place, para = number
    if title is not None and title[0] < place:
        if mark is None or mark[0] < title[0]:
            context.findings.add(
                "文号位置", context.place(place), "排在标题下面", "应在发文机关标志下、标题上面"
            )
        return
    signed = context.elements.first(Part.SIGNER) is not None or "签发人" in para.tight
    central = context.elements.kind is Kind.FILE and para.where is Where.BODY and not signed
    if central and (para.align != "center" or off_centre(para)):
        context.findings.add("文号位置", context.place(place), why_off(para), "应居中")
    if mark is not None and mark[0] < place and context.elements.kind in (Kind.FILE, Kind.ORDER):
        last = max(index for index, _ in context.elements.all(Part.MARK) if index < place)
        blank_lines(context, "文号位置", last, place)


def blank_lines(context: Context, rule: str, above: int, below: int) -> None:
    """Check the empty lines between two elements against the number that ``rule`` asks for."""
    found, wanted = context.gap(above, below), context.number(rule, "空行")
    if found >= 0 and abs(found - wanted) > context.tolerance(rule):
        what = f"与{context.elements.parts[above]}之间空 {found:.1f} 行".replace(".0", "")
        context.findings.add(rule, context.place(below), what, f"应空 {wanted:g} 行")


def _signer(context: Context) -> None:
    """Check 签发人: faces, colon, place."""
    rows = context.elements.all(Part.SIGNER, Part.NUMBER)
    signed = [(place, para) for place, para in rows if "签发人" in para.tight]
    for place, para in rows:
        _row_faces(context, place, para)
    for place, para in signed:
        found = SIGNER.search(para.tight)
        if found and found["colon"] != "：":
            written = f"“{found['colon']}”" if found["colon"] else "没有冒号"
            context.findings.add("签发人冒号", context.place(place), written, "应为“：”")
        tabbed = para.where is Where.BODY and para.align in ("left", "both") and "\t" in para.text
        if tabbed and NUMBER.match(para.tight) and abs(para.indent - 1) > context.tolerance("签发人位置"):
            what = f"发文字号左空 {para.indent:.1f} 字"
            context.findings.add("签发人位置", context.place(place), what, "应左空1字")
    if not signed and _reports_up(context):
        context.findings.add("签发人", "版头", "请示、报告是上行文，没有签发人")


def _row_faces(context: Context, place: int, para: Para) -> None:
    """Check that names of signers are 楷体 and the rest of the row 仿宋."""
    text = para.text
    label = re.search(r"签\s*发\s*人\s*[：:]?", text)
    alone = context.elements.parts[place] is Part.SIGNER
    tab = text.rfind("\t") + 1
    names = label.end() if label else (tab or (0 if alone else len(text)))
    start = len(para.number)
    for run in para.runs:
        end = start + len(run.text)
        kind, rule = ("楷体", "签发人") if (start + end) / 2 >= names else ("仿宋", "文号字体")
        if run.chinese and not context.is_face(run.east, kind):
            context.wrong_face(rule, place, run, kind)
            return
        start = end


def _reports_up(context: Context) -> bool:
    titles = "".join(para.tight for _, para in context.elements.all(Part.TITLE))
    headed = context.elements.first(Part.MARK) is not None and context.elements.first(Part.NUMBER) is not None
    return headed and context.elements.kind is Kind.FILE and re.search("(请示|的报告)$", titles) is not None


def _rule(context: Context) -> None:
    """Check the red line where it is the border of the paragraph of 发文字号 or of the one below it."""
    if context.elements.kind is not Kind.FILE:
        return
    number, mark = context.elements.first(Part.NUMBER), context.elements.first(Part.MARK)
    paras = context.elements.sheet.paras
    title = context.elements.first(Part.TITLE)
    if number is None or (title is not None and title[0] < number[0]):
        return
    place, para = max(context.elements.all(Part.NUMBER, Part.SIGNER), key=lambda line: line[0])
    stop = title[0] if title else min(place + 3, len(paras))
    near = paras[place:stop]
    lined = next((item for item in near if item.bottom or item.top), None)
    if lined is None:
        drawn = any(item.graphics or item.where is not Where.BODY for item in paras[: stop + 1])
        if mark is not None and not drawn:
            context.findings.add("反线", context.place(place), "下面没有红色分隔线")
        return
    line = lined.bottom or lined.top
    if line is not None and not red(line.color):
        context.findings.add(
            "反线", context.place(place), f"分隔线的颜色是 {line.color or '自动（黑色）'}", "应为红色"
        )
    if max(abs(lined.left), abs(lined.right)) > context.tolerance("反线") * MM:
        long = (context.section(lined).text_width - lined.left - lined.right) / MM
        context.findings.add("反线", context.place(place), f"分隔线长 {long:.0f} mm", "应与版心等宽，156 mm")
    elif lined is para and line is lined.bottom and line is not None and not 6.5 <= line.space <= 11:
        gap = 0.35 * line.space + 1.1
        context.findings.add(
            "反线", context.place(place), f"分隔线与发文字号相距约 {gap:.1f} mm", "应为 4 mm"
        )


def _double_line(context: Context) -> None:
    """Check the upper double line of a 信函 where it is the border of the mark's paragraph (10.1)."""
    for para in (*context.elements.sheet.head, *(para for _, para in context.elements.all(Part.MARK))):
        line = para.bottom
        if not para.words or line is None or context.elements.kind is not Kind.LETTER:
            continue
        if not red(line.color) or not line.kind.startswith("thickThin"):
            context.findings.add("信函双线", "发文机关标志", "标志下不是上粗下细的红色双线")
            continue
        long = (context.elements.sheet.sections[0].text_width - para.left - para.right) / MM
        if abs(long - context.number("信函双线", "长")) > context.tolerance("信函双线"):
            context.findings.add("信函双线", "发文机关标志", f"双线长 {long:.0f} mm", "应长 170 mm")


def off_centre(para: Para) -> bool:
    """Whether indents or typed blanks move a centred line away from the middle."""
    shift = para.left + para.first - para.right if para.first > 0 else para.left - para.right
    led = breadth(para.text[len(para.text.rstrip(" \u3000")) :])
    return abs(shift) > 0.5 * para.size * 20 or abs(para.led - led) > 1.2


def why_off(para: Para) -> str:
    """Return how a line stands that should be centred."""
    words = {
        "left": "左对齐",
        "both": "两端对齐",
        "right": "右对齐",
        "center": "居中",
        "distribute": "分散对齐",
    }
    found = words.get(para.align, para.align)
    parts = [
        f"{name} {value / para.size / 20:.1f} 字"
        for name, value in (("左缩进", para.left), ("右缩进", para.right), ("首行缩进", para.first))
        if abs(value) > 60
    ]
    return "，".join([found, *parts, *(["前面有空格"] if para.led else [])])
