"""What a person sees of a Word file and what not: changes, controls, boxes, notes, numbers, symbols, fields, pictures."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .model import (
    COUNTS,
    NAME,
    REPORT,
    Block,
    Cell,
    Deviation,
    Filled,
    Item,
    Row,
    deviation,
)
from .shapes import first_table, owed

_WAYS = ("实地走访", "座谈交流", "查阅资料", "问卷调查", "电话访谈")


def _sentence(text: str) -> int:
    """Return a place within the first line of ``text``, behind its first comma where it has one."""
    line = text.split("\n", 1)[0]
    return line.find("，") + 1 or max(len(line) // 2, 1)


def _insert(text: str, mark: str) -> str:
    place = _sentence(text)
    return text[:place] + mark + text[place:]


def _changed_number(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS))
    old = int(item.value or 0) + random.choice((7, 11, 30))
    item.shown = (
        f"⟦del|{old}⟧⟦ins|{item.value}⟧" if random.random() < 0.7 else f"⟦ins|{item.value}⟧⟦del|{old}⟧"
    )
    filled.never.append(f"{old}{item.value}")
    filled.whole_doubt = "有未接受的修订"


def _changed_text(filled: Filled, random: Random) -> None:
    item = filled.pick(random)
    gone = "（此句已经删去不再上报）"
    item.shown = _insert(item.shown, f"⟦del|{gone}⟧⟦ins|新增一句情况说明，⟧")
    item.value = _insert(str(item.value), "新增一句情况说明，")
    filled.never.append(gone)
    filled.whole_doubt = "有未接受的修订"


def _moved(filled: Filled, random: Random) -> None:
    item = filled.pick(random)
    moved = "移动过的一句话已经核实。"
    item.shown = f"⟦from|{moved}⟧{item.shown}⟦to|{moved}⟧"
    item.value = f"{item.value}{moved}"
    filled.never.append(moved + str(item.value)[:6])
    filled.whole_doubt = "有未接受的修订"


def _deleted_row(filled: Filled, random: Random) -> None:
    stale = "上月旧内容：无人机航拍培训一期"

    def step(blocks: list[Block], _filled: Filled, _random: Random) -> None:
        table = first_table(blocks)
        label = filled.items[-1].label
        cells = [Cell(label, 1, label=True), Cell(stale, len(table.widths) - 1)]
        table.rows.append(Row(cells, deleted=True))

    filled.steps.append(step)
    filled.never.append(stale)
    filled.whole_doubt = "有未接受的修订"


def _inserted_row(filled: Filled, random: Random) -> None:
    """Add a row of the clerk's own, all of it inserted under tracking."""
    filled.items.append(Item("", "⟦ins|督办情况⟧", None, "⟦ins|已列入督办台账逐项销号⟧"))
    filled.kept += ["督办情况", "已列入督办台账逐项销号"]
    filled.whole_doubt = "有未接受的修订"


def _deleted_paragraph(filled: Filled, random: Random) -> None:
    item, gone = filled.pick(random), "整段删去的话不再上报。"
    item.shown += f"\n⟦del|{gone}⟧"
    filled.never.append(gone)
    filled.whole_doubt = "有未接受的修订"


def _date_picker(filled: Filled, _random: Random) -> None:
    filled.date.shown = f"⟦pick|{filled.date.shown}⟧"


def _drop_down(filled: Filled, random: Random) -> None:
    item = filled.item("走访形式")
    item.value, item.touched = random.choice(_WAYS), True
    item.shown = f"⟦drop|{item.value}⟧"


def _text_field(filled: Filled, random: Random) -> None:
    item = filled.pick(random)
    item.shown = "\n".join(f"⟦form|{line}⟧" for line in item.shown.split("\n"))


def _empty_field(filled: Filled, random: Random) -> None:
    item = filled.pick(random)
    item.shown, item.value, item.typed = "⟦form|\u2002\u2002\u2002\u2002\u2002⟧", None, ""
    item.doubt = owed(item, "没有填")


def _marked_out(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS))
    old = int(item.value or 0) + 4
    item.shown, item.doubt, item.accept = (
        f"⟦double|{old}⟧ {item.value}",
        "旧的划掉没有删去",
        [None, item.value],
    )
    item.typed = str(item.value)
    filled.never.append(f"{old}{item.value}")


def _struck(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS)) if filled.form == REPORT else filled.pick(random)
    item.doubt = "旧的划掉没有删去"
    if item.path in COUNTS:
        old = int(item.value or 0) + 5
        item.shown = f"⟦strike|{old}⟧{item.value}"
        item.accept = [None, item.value]
        filled.never.append(f"{old}{item.value}")
    else:
        item.shown = _insert(item.shown, "⟦strike|划掉的旧话⟧")
        item.also.append(_insert(str(item.value), "划掉的旧话"))


def _marked(make: Callable[[str], str]) -> Callable[[Filled, Random], None]:
    """Return a change that puts a mark into an answer's text without changing what is read."""

    def apply(filled: Filled, random: Random) -> None:
        item = filled.pick(random)
        item.shown = make(item.shown)

    return apply


def _hidden(filled: Filled, random: Random) -> None:
    item, gone = filled.pick(random), "（隐藏的草稿内容勿报）"
    item.shown = _insert(item.shown, f"⟦hide|{gone}⟧")
    filled.never.append(gone)
    filled.whole_doubt = "有隐藏的文字"


def _hidden_number(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS))
    item.shown = f"{item.value}⟦hide|99⟧"
    filled.never.append(f"{item.value}99")
    filled.whole_doubt = "有隐藏的文字"


def _commented(filled: Filled, random: Random) -> None:
    item, note = filled.pick(random), "请核实此处口径是否一致"
    item.shown = _insert(item.shown, f"⟦note|{note}⟧")
    filled.kept.append(note)
    filled.never.append(note)
    filled.whole_doubt = "批注还没有答复"


def _footnoted(filled: Filled, random: Random) -> None:
    item, note = filled.pick(random), "数据来自年中统计口径。"
    item.shown = _insert(item.shown, f"⟦foot|{note}⟧")
    filled.kept.append(note)
    for sign in ("〔注1〕", "[1]", "1", "①", "¹", "〔1〕", "［1］"):
        item.also.append(_insert(str(item.value), sign))


def _boxed(filled: Filled, random: Random) -> None:
    item = filled.pick(random)
    first, *more = item.shown.split("\n")
    item.shown = "\n".join([f"⟦box|{first}⟧", *more])


def _pictured(filled: Filled, random: Random) -> None:
    item = filled.pick(random)
    item.shown += "\n⟦pic⟧"
    item.doubt = "答案里有图片"


def _name_picture(filled: Filled, _random: Random) -> None:
    item = filled.item(NAME)
    item.value, item.shown, item.typed, item.doubt = None, "⟦pic⟧", "", "姓名是图片"


def _controlled(level: str, *, long: bool = True) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, random: Random) -> None:
        for _ in range(random.randint(1, 2)):
            item = filled.pick(random, long=long)
            if level == "run":
                item.shown = "\n".join(f"⟦sdt|{line}⟧" for line in item.shown.split("\n"))
            else:
                item.control = level

    return apply


def _number_control(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS))
    item.shown = f"⟦sdt|{item.value}⟧"


def _table_control(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    first_table(blocks).control = True


def _placeholder(filled: Filled, random: Random) -> None:
    item = filled.pick(random)
    hint = random.choice(("单击或点击此处输入文字。", "点击此处填写内容", "请输入内容"))
    item.value, item.typed, item.doubt = None, "", owed(item, "没有填，只有提示语")
    if random.random() < 0.5:
        item.shown = f"⟦hint|{hint}⟧"
    else:
        item.shown, item.control = hint, "hint"
    filled.never.append(hint)


def _listed(kind: str, heads: str) -> Callable[[Filled, Random], None]:
    """Return a change that numbers an answer's paragraphs automatically; the numbers are part of what is read."""

    def apply(filled: Filled, random: Random) -> None:
        item = filled.pick(random)
        bare = [line.lstrip("123456789.（）一二三是") or line for line in str(item.value).split("\n")]
        if len(bare) == 1:
            bare.append("继续跟踪问效，确保落实到位。")
        signs = heads.split()
        item.shown = "\n".join(f"⟦list|{kind}⟧{line}" for line in bare)
        item.value = "\n".join(sign + line for sign, line in zip(signs, bare, strict=False))
        item.typed = "\n".join(bare)
        if kind == "6":
            item.also.append("\n".join(bare))

    return apply


def _auto_labels(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    """Let Word number the labels of the first column automatically."""
    for row in first_table(blocks).rows:
        head = row.cells[0]
        head.numbered = head.label and head.merge != "continue" and bool(head.text)


def _ticked(yes: str, no: str) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, random: Random) -> None:
        item = filled.item("走访形式")
        chosen = sorted(random.sample(range(len(_WAYS)), random.choice((1, 1, 2))))
        signs = (yes if n in chosen else no for n in range(len(_WAYS)))
        blank = random.choice((" ", "", "　"))
        item.shown = "  ".join(f"{sign}{blank}{way}" for sign, way in zip(signs, _WAYS, strict=True))
        names = [_WAYS[n] for n in chosen]
        item.value = "、".join(names)
        item.also += ["".join(names), "；".join(names), "，".join(names)]
        item.typed = item.value if len(names) == 1 else ""
        item.touched = True

    return apply


def _nested(filled: Filled, random: Random) -> None:
    item = filled.pick(random)
    rows = (("乡镇", "活动场次", "参与青年"), ("皇帝庙乡", "4", "126"), ("石桥乡", "3", "95"))
    table = ";".join(",".join(row) for row in rows)
    head = str(item.value).split("\n", maxsplit=1)[0]
    item.shown = f"{head}\n⟦table|{table}⟧"
    item.typed = "\n".join([head, *(word for row in rows for word in row)])
    item.value = "\n".join([head, *("\t".join(row) for row in rows)])
    for gap in (" ", " | ", "|", "，", "、", "；", ";", ","):
        item.also.append("\n".join([head, *(gap.join(row) for row in rows)]))


def _names(filled: Filled, random: Random) -> None:
    item: Item = filled.item(NAME)
    item.shown = random.choice(
        (
            f"⟦ruby|{item.value}:xìng míng⟧",
            f"⟦smart|{item.value}⟧",
            f"⟦link|{item.value}⟧",
            f"⟦size|{item.value}⟧",
        )
    )


def _number_field(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS))
    item.shown = random.choice((f"⟦simple|{item.value}⟧", f"⟦under|{item.value}⟧", f"⟦size|{item.value}⟧"))


def _date_field(filled: Filled, _random: Random) -> None:
    filled.date.shown = f"⟦date|{filled.date.shown}⟧"


def _date_underlined(filled: Filled, _random: Random) -> None:
    year, month, day = str(filled.date.value).split("-")
    filled.date.shown = f"⟦under| {year} ⟧年⟦under| {int(month)} ⟧月⟦under| {int(day)} ⟧日"


def _hidden_row(filled: Filled, _random: Random) -> None:
    stale = "隐藏行里的旧走访内容"

    def step(blocks: list[Block], _filled: Filled, _random: Random) -> None:
        table = first_table(blocks)
        cells = [Cell(f"⟦hide|{stale}⟧", len(table.widths))]
        table.rows.insert(1, Row(cells, hidden=True))

    filled.steps.append(step)
    filled.never.append(stale)
    filled.whole_doubt = "有隐藏的文字"


def _header_title(filled: Filled, _random: Random) -> None:
    filled.header = "漯河共青团工作材料"
    filled.kept.append(filled.header)


_LISTS = {
    "自动编号1.": ("1", "1. 2. 3. 4."),
    "自动编号一、": ("2", "一、 二、 三、 四、"),
    "自动编号（一）": ("3", "（一） （二） （三） （四）"),
    "自动编号①": ("4", "① ② ③ ④"),
    "自动编号a)": ("5", "a) b) c) d)"),
    "项目符号": ("6", "● ● ● ●"),
}
_TICKS = {
    "勾选·字符": ("☑", "□"),
    "勾选·对号": ("√", "□"),
    "勾选·实心": ("■", "□"),
    "勾选·Wingdings": ("⟦sym|Wingdings:00FE⟧", "⟦sym|Wingdings:00A8⟧"),
    "勾选·Wingdings F0": ("⟦sym|Wingdings:F0FE⟧", "⟦sym|Wingdings:F0A8⟧"),
    "勾选·Wingdings2": ("⟦sym|Wingdings 2:0052⟧", "⟦sym|Wingdings 2:00A3⟧"),
    "勾选·内容控件": ("⟦check|1⟧", "⟦check|0⟧"),
    "勾选·窗体域": ("⟦tick|1⟧", "⟦tick|0⟧"),
}
_INLINE: dict[str, Callable[[str], str]] = {
    "不断开连字符和软连字符": lambda text: _insert(text, "⟦soft⟧"),
    "零宽空格": lambda text: _insert(text, "⟦zero⟧"),
    "答案里有换行符": lambda text: _insert(text, "⟦br⟧"),
    "答案里有制表符": lambda text: _insert(text, "⟦tab⟧"),
    "超链接": lambda text: f"⟦link|{text[:4]}⟧{text[4:]}",
    "智能标记": lambda text: f"⟦smart|{text[:4]}⟧{text[4:]}",
    "逐字分段落格式": lambda text: f"⟦size|{text[:8]}⟧{text[8:]}",
    "注音": lambda text: f"⟦ruby|{text[:2]}:zhù yīn⟧{text[2:]}",
}
SIGHTS: tuple[Deviation, ...] = (
    deviation("修订改数", _changed_number, "counts", "docx", REPORT),
    deviation("修订改文字", _changed_text, "prose", "docx"),
    deviation("修订插行", _inserted_row, "added order", "docx"),
    deviation("修订删段", _deleted_paragraph, "prose", "docx"),
    deviation("日期选择控件", _date_picker, "date", "docx"),
    deviation("下拉列表控件", _drop_down, "ways", "docx", REPORT),
    deviation("文字窗体域", _text_field, "prose", "docx"),
    deviation("空的文字窗体域", _empty_field, "prose layout rows", "docx"),
    deviation("双删除线", _marked_out, "counts countrows", "docx", REPORT),
    deviation("修订移动", _moved, "prose", "docx"),
    deviation("修订删行", _deleted_row, "table layout", "docx"),
    deviation("划掉旧值", _struck, "counts countrows prose", "docx"),
    deviation("隐藏文字", _hidden, "prose", "docx"),
    deviation("隐藏数字", _hidden_number, "counts", "docx", REPORT),
    deviation("隐藏行文字", _hidden_row, "table layout", "docx"),
    deviation("批注", _commented, "prose", "docx"),
    deviation("脚注", _footnoted, "prose", "docx"),
    deviation("答案在文本框", _boxed, "prose layout rows", "docx"),
    deviation("答案里有图片", _pictured, "prose layout", "docx"),
    deviation("姓名是图片", _name_picture, "names layout rows", "docx", REPORT),
    deviation("内容控件·行内", _controlled("run"), "controls prose", "docx"),
    deviation("内容控件·段落", _controlled("block"), "controls layout rows prose", "docx"),
    deviation("内容控件·单元格", _controlled("cell"), "controls layout rows prose", "docx"),
    deviation("内容控件·整行", _controlled("row"), "controls layout rows prose", "docx"),
    deviation("内容控件·整表", lambda f, _r: f.steps.append(_table_control), "table layout", "docx"),
    deviation("内容控件·数字", _number_control, "counts", "docx", REPORT),
    deviation("内容控件·未填", _placeholder, "controls layout rows prose", "docx"),
    deviation("标签自动编号", lambda f, _r: f.steps.append(_auto_labels), "table labels layout rows", "docx"),
    deviation("嵌套表", _nested, "prose layout rows", "docx"),
    deviation("姓名带注音等", _names, "names", "docx", REPORT),
    deviation("人数是域", _number_field, "counts countrows", "docx", REPORT),
    deviation("日期是域", _date_field, "date", "docx"),
    deviation("日期填在下划线上", _date_underlined, "date", "docx"),
    deviation("页眉有文字", _header_title, "header dateline", "docx"),
    *(deviation(name, _listed(*how), "prose layout rows", "docx") for name, how in _LISTS.items()),
    *(
        deviation(name, _ticked(*signs), "ways", "docx" if "⟦" in signs[0] else "docx xlsx", REPORT)
        for name, signs in _TICKS.items()
    ),
    *(deviation(name, _marked(make), "prose", "docx") for name, make in _INLINE.items()),
)
