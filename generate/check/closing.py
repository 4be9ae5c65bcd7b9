"""Rules of 附件说明, 署名, 成文日期 and 附注 (7.3.4-7.3.6)."""

from __future__ import annotations

import re

from .context import Context
from .elements import DAY, HAN_DAY, NOTE, NOTE_ITEM, Kind, Part
from .head import blank_lines
from .sheet import Para, breadth

_END = "。；，、;,."
_CHAR = 320  # twips of one 三号 character, the measure of 空二字


def check(context: Context) -> None:
    """Check what follows the text."""
    for group in _groups(context):
        _note(context, group)
    _signed(context)
    for place, para in context.elements.all(Part.DATE):
        day(context, place, para.tight)
    _remark(context)
    undated = context.elements.first(Part.DATE) is None and not context.elements.draft
    if undated and not _dated_above(context):
        context.findings.add("缺成文日期", "全文", "没有成文日期")


def day(context: Context, place: int, words: str) -> None:
    """Check how a date is written."""
    where = context.place(place)
    if HAN_DAY.search(words):
        context.findings.add("汉字日期", where, f"写作“{words}”", "应用阿拉伯数字")
        return
    if re.search(r"(?<=年)0\d月|(?<=月)0\d日", words):
        context.findings.add("日期虚位", where, f"写作“{words}”", "1不编为01")
    if re.match(r"\D*\d{2,3}年", words):
        context.findings.add("日期年份", where, f"写作“{words}”", "应写四位年份")


def _dated_above(context: Context) -> bool:
    """Whether a date stands under the title, as for what a meeting has passed, or was left open."""
    titles = [place for place, _ in context.elements.all(Part.TITLE)]
    if context.elements.kind in (Kind.MINUTES,) or not titles:
        return True
    below = context.elements.sheet.paras[titles[-1] : titles[-1] + 4]
    loose = re.compile(r"年\s*月\s*日|〔?日期〕?")
    return any(DAY.search(p.tight) and p.tight[0] in "（(" for p in below) or any(
        loose.search(p.tight) and len(p.tight) < 16 for p in context.elements.sheet.paras
    )


def _groups(context: Context) -> list[list[tuple[int, Para]]]:
    """Return the lines of each 附件说明."""
    groups: list[list[tuple[int, Para]]] = []
    for place, para in context.elements.all(Part.NOTE):
        starts = para.tight.startswith("附件")
        if starts or not groups:
            groups.append([(place, para)])
        else:
            groups[-1].append((place, para))
    return groups


def _note(context: Context, lines: list[tuple[int, Para]]) -> None:
    place = lines[0][0]
    above = next(
        (item for item in range(place - 1, -1, -1) if context.elements.sheet.paras[item].words), None
    )
    if above is not None and context.elements.parts[above] in (Part.TEXT, Part.ANNEX_TEXT):
        blank_lines(context, "附件说明空行", above, place)
    _note_wording(context, lines)
    for here, line in lines:
        context.face("正文字体", here, "仿宋")
        context.size("正文字号", here, context.number("正文字号", "磅"))
        _note_end(context, here, line)
    _note_indent(context, lines)


def _note_wording(context: Context, lines: list[tuple[int, Para]]) -> None:
    place, para = lines[0]
    found = NOTE.fullmatch(para.tight)
    if found and found["colon"] != "：":
        written = "半角冒号" if found["colon"] else "“附件”后没有冒号"
        context.findings.add("附件说明写法", context.place(place), written, "应为全角冒号“：”")
    if found and not found["rest"]:
        context.findings.add(
            "附件说明写法", context.place(place), "“附件：”单独一行", "附件名称接着“附件：”写"
        )
    items = [(here, NOTE_ITEM.match(_item(line))) for here, line in lines if _item(line)]
    for here, item in items:
        if item and item["stop"] not in (".", "．"):
            context.findings.add(
                "附件说明写法", context.place(here), f"顺序号写作“{item['count']}{item['stop']}”", "应为“1.”"
            )
            return
    counts = [int(item["count"]) for _, item in items if item]
    if counts and counts != list(range(1, len(counts) + 1)):
        written = "、".join(map(str, counts))
        context.findings.add("附件说明写法", context.place(place), f"顺序号是{written}", "应从1起依次编号")
    if len(items) > 1 and any(item is None for _, item in items):
        context.findings.add("附件说明写法", context.place(place), "有的附件没有顺序号", "多个附件应编顺序号")


def _item(line: Para) -> str:
    return re.sub(r"^附件[：:]?", "", line.tight)


def _note_end(context: Context, place: int, line: Para) -> None:
    if line.tight[-1] in _END and len(line.tight) > 3:
        context.findings.add(
            "附件说明标点", context.place(place), f"末尾有“{line.tight[-1]}”", "末尾不加标点"
        )
    name = re.sub(r"^(附件[：:]?)?(\d+[.．、])?", "", line.tight)
    if re.fullmatch(r"《.*》[。；，]?", name):
        context.findings.add("附件说明书名号", context.place(place), f"写作“{name[:12]}”", "不加书名号")


def _note_indent(context: Context, lines: list[tuple[int, Para]]) -> None:
    """Check 左空二字, that names stand under each other, and that wrapped lines stand under the name."""
    place, para = lines[0]
    wanted, tolerance = context.number("附件说明缩进", "字"), context.tolerance("附件说明缩进")
    if abs(para.indent - wanted) > tolerance:
        what = f"左空 {para.indent:.1f} 字"
        context.findings.add("附件说明缩进", context.place(place), what, f"应左空{wanted:g}字")
        return
    if NOTE.fullmatch(para.tight) and para.tight in ("附件：", "附件:"):
        return
    under = para.indent + 3
    for here, line in lines[1:]:
        if abs(line.indent - under) > tolerance:
            what = f"左空 {line.indent:.1f} 字，没有与上面的顺序号对齐"
            context.findings.add("附件说明缩进", context.place(here), what, f"应左空 {under:.1f} 字")
            return
    for here, line in lines:
        room = context.section(line).text_width / line.advance
        head = re.match(r"\s*(附件[：:])?\s*(\d+[.．、])?\s*", line.words)
        name = line.indent + breadth(head[0] if head else "")
        if (
            breadth(line.words) + line.indent > room + 0.5
            and abs(line.left / line.advance - name) > tolerance + 0.2
        ):
            what = f"回行左空 {line.left / line.advance:.1f} 字"
            context.findings.add(
                "附件说明缩进", context.place(here), what, f"回行应与名称首字对齐，左空 {name:.1f} 字"
            )


def _signed(context: Context) -> None:
    names = [(place, para) for place, para in context.elements.all(Part.SIGNATURE)]
    found = context.elements.first(Part.DATE)
    for place, _ in [*names, *([found] if found else [])]:
        context.face("正文字体", place, "仿宋")
        context.size("正文字号", place, context.number("正文字号", "磅"))
    if found is None:
        return
    place, date = found
    if any("\t" in para.text or _post(para) for _, para in [*names, found]):
        return
    typed = [(here, para) for here, para in [*names, found] if _typed(para)]
    if typed:
        here, _ = typed[0]
        context.findings.add("空格定位", context.place(here), "用空格排位置", "用缩进排位置")
        return
    if context.findings.has("版心") or context.findings.has("纸张"):
        return  # measured from a right edge that is itself wrong
    if len(names) == 1:
        _positions(context, names[0], (place, date))
    elif not names:
        _date_alone(context, place, date)


def _post(para: Para) -> bool:
    """Whether the line is the post beside a 签名章, which has places of its own (7.3.5.3)."""
    return re.search("(书记|主任|长|主席|总理|代表)$", para.words) is not None and len(para.words) <= 12


def _typed(para: Para) -> bool:
    trailing = breadth(para.text[len(para.text.rstrip(" \u3000\t")) :])
    return para.led > 0.9 or trailing > 0.9


def edges(para: Para, width: float) -> tuple[float, float]:
    """Return where the words of a one-line paragraph begin and end, in characters from the left of the 版心."""
    char = _CHAR
    room, long = width / char, breadth(para.words) * para.size / 16
    left, right = (para.left + para.first) / char, room - para.right / char
    if para.align == "right":
        return right - long, right
    if para.align in ("center", "distribute"):
        middle = (left + right) / 2
        return middle - long / 2, middle + long / 2
    return left, left + long


def _positions(context: Context, name: tuple[int, Para], date: tuple[int, Para]) -> None:
    """Check the two lines against the places without and with a seal (7.3.5.1, 7.3.5.2)."""
    width = context.section(date[1]).text_width
    room, two = width / _CHAR, context.number("落款位置", "字")
    a0, a1 = edges(name[1], width)
    d0, d1 = edges(date[1], width)
    near = context.tolerance("落款位置")
    if a1 - a0 > room - 2 or any(para.words.count("\n") for para in (name[1], date[1])):
        return
    longer = (d1 - d0) > (a1 - a0)
    plain = (
        abs(room - (d1 if longer else a1) - two) <= near
        and abs(d0 - a0 - two * (-1 if longer else 1)) <= near
    )
    if longer:
        plain = abs(room - d1 - two) <= near and abs(d0 - a0 - two) <= near
    four = context.number("落款位置", "用印字")
    sealed = abs(room - d1 - four) <= near and abs((a0 + a1) / 2 - (d0 + d1) / 2) <= near
    if not plain and not sealed:
        what = (
            f"署名右空 {room - a1:.1f} 字，日期右空 {room - d1:.1f} 字，日期首字在署名首字右 {d0 - a0:.1f} 字"
        )
        context.findings.add("落款位置", context.place(name[0]), what)
    elif plain and not sealed:
        _blank_above(context, name[0])


def _blank_above(context: Context, place: int) -> None:
    above = next(
        (item for item in range(place - 1, -1, -1) if context.elements.sheet.paras[item].words), None
    )
    if above is not None and context.elements.parts[above] in (Part.TEXT, Part.NOTE):
        blank_lines(context, "落款空行", above, place)


def _date_alone(context: Context, place: int, date: Para) -> None:
    width = context.section(date).text_width
    room = width / _CHAR
    _, end = edges(date, width)
    allowed = (context.number("落款位置", "字"), context.number("落款位置", "用印字"))
    if all(abs(room - end - item) > context.tolerance("落款位置") for item in allowed):
        what = f"日期右空 {room - end:.1f} 字"
        context.findings.add("落款位置", context.place(place), what, "应右空四字（不加盖印章的右空二字）")


def _remark(context: Context) -> None:
    for place, para in context.elements.all(Part.REMARK):
        if para.tight[0] != "（" or para.tight[-1] != "）":
            context.findings.add("附注", context.place(place), "用半角括号", "应用全角圆括号“（）”")
        elif abs(para.indent - context.number("附注", "字")) > context.tolerance("附注"):
            context.findings.add("附注", context.place(place), f"左空 {para.indent:.1f} 字", "应左空2字")
        context.face("正文字体", place, "仿宋")
        context.size("正文字号", place, context.number("正文字号", "磅"))
