"""The table as clerks reshape it: other layouts, rows and columns added, moved and dropped, frames, splits, dragged borders."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random

from .labels import DRIFT
from .model import (
    COUNTS,
    NAME,
    POST,
    REPORT,
    YOUTH,
    Block,
    Boxed,
    Break,
    Cell,
    Deviation,
    Filled,
    Item,
    Line,
    Row,
    Step,
    Table,
    deviation,
)

_NARROW = 300
_EXTRA = (
    ("备  注", "创业园地址在太行山路中段"),
    ("联系电话", "0395-0000731"),
    ("政治面貌", "中共党员"),
    ("走访时长", "约两个半小时"),
    ("陪同人员", "乡镇分管同志、青年志愿者代表"),
    ("审核意见", "情况属实，同意上报。"),
    ("相关附件", "现场签到表另行报送"),
)


def _set(**attributes: object) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, _random: Random) -> None:
        for name, value in attributes.items():
            setattr(filled, name, value)

    return apply


def _step(step: Step) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, _random: Random) -> None:
        filled.steps.append(step)

    return apply


def _inserted(filled: Filled, random: Random) -> None:
    for label, text in random.sample(_EXTRA, random.choice((1, 1, 2))):
        place = random.randint(0, len(filled.items))
        while 0 < place < len(filled.items) and filled.items[place].path in (YOUTH, POST):
            place += 1  # neither between the two numbers nor between name and post
        filled.items.insert(place, Item("", label, None, text))
        filled.kept += [label, text]


def _dropped(filled: Filled, random: Random) -> None:
    free = [
        i
        for i in filled.items
        if i.path and i.path not in (*COUNTS, POST, NAME, "组织观摩部室") and not i.touched
    ]
    item = random.choice(free)
    item.absent, item.value, item.typed, item.doubt = True, None, "", owed(item, "表里没有这一栏")


def _emptied(filled: Filled, random: Random) -> None:
    free = [
        i
        for i in filled.items
        if i.path and i.path not in (*COUNTS, POST, NAME, "组织观摩部室") and not i.touched
    ]
    item = random.choice(free)
    item.touched, item.value, item.shown, item.typed, item.doubt = True, None, "", "", owed(item, "没有填")


def owed(item: Item, why: str) -> str:
    """Return ``why`` for a field that has to be filled in; nobody misses the others."""
    return "" if item.path.endswith(("问题", "措施", "成效")) else why


def _reordered(filled: Filled, random: Random) -> None:
    groups: list[list[Item]] = []
    for item in filled.items:
        if groups and item.path in (YOUTH, POST):
            groups[-1].append(item)
        else:
            groups.append([item])
    random.shuffle(groups)
    filled.items = [item for group in groups for item in group]


def _swapped(filled: Filled, _random: Random) -> None:
    name, post = filled.item(NAME), filled.item(POST)
    places = filled.items.index(name), filled.items.index(post)
    filled.items[places[0]], filled.items[places[1]] = post, name


def _youth_first(filled: Filled, _random: Random) -> None:
    first, second = (filled.item(path) for path in COUNTS)
    places = filled.items.index(first), filled.items.index(second)
    filled.items[places[0]], filled.items[places[1]] = second, first


def _beside(filled: Filled, random: Random) -> None:
    label, text = random.choice((("性别", "男"), ("民族", "汉族"), ("年龄", "31岁"), ("学历", "大学本科")))
    place = filled.items.index(filled.item(NAME)) + 1
    filled.items.insert(place, Item("", label, None, text, row="beside"))
    filled.kept += [label, text]


def _total(filled: Filled, _random: Random) -> None:
    numbers = [filled.item(path).value for path in COUNTS]
    total = f"{sum(n for n in numbers if isinstance(n, int))}人"
    place = filled.items.index(filled.item(YOUTH)) + 1
    filled.items.insert(place, Item("", "合  计", None, total))
    filled.kept += ["合  计", total]


def _flat_counts(filled: Filled, _random: Random) -> None:
    filled.counts = "flat"
    for path in COUNTS:
        item = filled.item(path)
        name = "".join(item.label.split()).strip("：:")
        item.label = name if name.startswith("走访") else f"走访{name.removesuffix('人数')}人数"


def _remarks(filled: Filled, _random: Random) -> None:
    filled.layout = "remarks"
    filled.kept += ["已与对方核对"] + (["附签到表一份"] if filled.form == REPORT else [])


def first_table(blocks: list[Block]) -> Table:
    """Return the first table of ``blocks``."""
    return next(block for block in blocks if isinstance(block, Table))


def _empty_column(blocks: list[Block], _filled: Filled, random: Random) -> None:
    """Insert an empty column behind the first one, before it, or at the right end."""
    table = first_table(blocks)
    place = random.choice((0, 1, 1, len(table.widths)))
    for row in table.rows:
        column, at = row.before, 0
        while at < len(row.cells) and column + row.cells[at].span <= place:
            column += row.cells[at].span
            at += 1
        if column < place:  # the new column falls into a wide cell
            row.cells[at].span += 1
        else:
            row.cells.insert(at, Cell(""))
    table.widths.insert(place, _NARROW)


def _empty_rows(blocks: list[Block], _filled: Filled, random: Random) -> None:
    """Insert empty rows where no cell is merged downwards."""
    table = first_table(blocks)
    for place in sorted(random.sample(range(1, len(table.rows)), 2), reverse=True):
        if all(cell.merge != "continue" for cell in table.rows[place].cells):
            table.rows.insert(place, Row([Cell("", row_span) for row_span in [1] * len(table.widths)]))


def _grid_before(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    """Let every second row begin one narrow grid column later."""
    table = first_table(blocks)
    table.widths.insert(0, _NARROW)
    for number, row in enumerate(table.rows):
        if number % 2 and not any(cell.merge for cell in row.cells):
            row.before += 1
        else:
            row.cells[0].span += 1


def _dragged(blocks: list[Block], _filled: Filled, random: Random) -> None:
    """Drag the border between label and answer a little in some rows."""
    table = first_table(blocks)
    first = min(row.cells[0].span for row in table.rows)
    shift = random.choice((40, 120, 260))
    table.widths[first - 1 : first] = [table.widths[first - 1], shift]
    table.widths[first + 1] -= shift
    for row in table.rows:
        merged = any(cell.merge for cell in row.cells)
        wide = row.cells[0].span > first
        row.cells[0 if wide or (not merged and random.random() < 0.5) or len(row.cells) == 1 else 1].span += 1


def _framed(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    """Put everything, title included, into the one cell of another table."""
    blocks[:] = [Table([Row([Cell(blocks=list(blocks))])], [9300])]


def _framed_table(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    """Put the table alone into the one cell of another table."""
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Table))
    blocks[place] = Table([Row([Cell(blocks=[blocks[place]])])], [9300])


def _split(repeat: str) -> Step:
    def step(blocks: list[Block], filled: Filled, random: Random) -> None:
        table = first_table(blocks)
        free = [
            n for n in range(2, len(table.rows)) if all(c.merge != "continue" for c in table.rows[n].cells)
        ]
        place = random.choice(free)
        rest = Table(table.rows[place:], list(table.widths))
        del table.rows[place:]
        between: list[Block] = [Break()] if random.random() < 0.5 else [Line("")]
        if repeat == "title":
            between.append(
                Line(f"{filled.title}（续）" if random.random() < 0.5 else filled.title, "title", "center")
            )
        if repeat == "date":
            between += [Line(filled.title, "title", "center"), deepcopy(_date_line(blocks))]
        at = blocks.index(table) + 1
        blocks[at:at] = [*between, rest]

    return step


def _date_line(blocks: list[Block]) -> Line:
    return next(block for block in blocks if isinstance(block, Line) and block.role == "date")


def _title_row(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    """Title and date line become the first rows of the table."""
    table = first_table(blocks)
    lines = [block for block in blocks if isinstance(block, Line) and block.role in ("title", "date")]
    blocks[:] = [block for block in blocks if not any(block is line for line in lines)]
    rows = [Row([Cell(line.text, len(table.widths), label=line.role == "title")]) for line in lines]
    table.rows[:0] = rows


def _cut_value(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    """Split the numbers' cells: the number in one, 人 in the other."""
    table = first_table(blocks)
    for row in table.rows:
        last = row.cells[-1]
        if last.span > 1 and last.text.strip().isdigit():
            last.span -= 1
            row.cells.append(Cell("人"))


def _uneven(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    """Leave the answers unmerged: empty cells follow them to the right."""
    for row in first_table(blocks).rows:
        last = row.cells[-1]
        if last.span > 1 and not last.label and not last.control and len(row.cells) == 2:
            row.cells += [Cell("") for _ in range(last.span - 1)]
            last.span = 1


def _label_columns(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    """Merge a column of group headings before the labels: 基本情况 beside the first rows, 工作情况 beside the others."""
    table = first_table(blocks)
    half = next((n for n, row in enumerate(table.rows) if len(row.cells[-1].text) > 40), len(table.rows) // 2)
    half = max(half, 1)
    table.widths.insert(0, 700)
    for number, row in enumerate(table.rows):
        text = {0: "基\n本\n情\n况", half: "工\n作\n情\n况"}.get(number, "")
        row.cells.insert(0, Cell(text, 1, "restart" if number in (0, half) else "continue", label=True))


def _joined_answers(filled: Filled, random: Random) -> None:
    """Type a label of the form at the head of some sentences of an answer."""
    item = filled.pick(random)
    others = [o for o in filled.items if o.path and o.path != item.path and o.path not in COUNTS]
    other = random.choice(others)
    word = random.choice((other.path, DRIFT[other.path].split()[0]))
    wanted = random.choice(
        (
            f"{item.shown}\n{word}：由乡镇团委另行报送。",
            f"本次对照“{word}”逐项核查。{item.shown}",
            f"{item.shown}其中{word}方面还需加强。",
            f"姓名、性别、联系电话等信息均已登记。{item.shown}",
            f"{word}\n{item.shown}",
        )
    )
    item.value = item.shown = wanted


def _long_answer(filled: Filled, random: Random) -> None:
    item = filled.pick(random)
    paragraphs = [
        f"{n}、{item.shown}第{n}阶段共开展活动{random.randint(2, 40)}次。" for n in "一二三四五六七八九十"
    ]
    item.value = item.shown = "\n".join(paragraphs[: random.randint(4, 10)])


def _parted(row: str) -> Callable[[Filled, Random], None]:
    """Return a change that spreads the paragraphs of an answer over cells."""

    def apply(filled: Filled, random: Random) -> None:
        item = filled.pick(random, prose=True)
        item.shown = "\n".join(str(item.value).split("\n")[:3])
        if "\n" not in item.shown:
            item.shown += "\n同时加强日常走访，做好跟踪问效。"
        item.value, item.row, item.also = item.shown, row, ["\t".join(item.shown.split("\n"))]

    return apply


def _nested_counts(filled: Filled, _random: Random) -> None:
    next(item for item in filled.items if item.path in COUNTS).row = "nested"


def _guidance(blocks: list[Block], filled: Filled, random: Random) -> None:
    """Put a row with a word on filling in the form into the table."""
    table = first_table(blocks)
    text = random.choice(
        (
            "填写要求：每栏不少于50字，如实填写。",
            "以下各栏请分条列出，可另附页。",
            "注：走访人数按实际见面人数统计。",
        )
    )
    free = [n for n in range(1, len(table.rows)) if all(c.merge != "continue" for c in table.rows[n].cells)]
    table.rows.insert(random.choice(free), Row([Cell(text, len(table.widths))]))
    filled.kept.append(text)


def _row_tables(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    """Make a table of every row (rows merged downwards stay together)."""
    table = first_table(blocks)
    place = blocks.index(table)
    groups: list[list[Row]] = []
    for row in table.rows:
        if groups and any(cell.merge == "continue" for cell in row.cells):
            groups[-1].append(row)
        else:
            groups.append([row])
    made: list[Block] = []
    for group in groups:
        made += [Table(group, list(table.widths)), Line("")]
    blocks[place : place + 1] = made


def _boxed(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    blocks[:] = [Boxed(list(blocks)), Line("")]


def _boxed_title(blocks: list[Block], _filled: Filled, _random: Random) -> None:
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Line) and block.role == "title")
    blocks[place] = Boxed([blocks[place]])


LAYOUT: tuple[Deviation, ...] = (
    deviation("标签在上答案在下", _set(layout="stacked"), "layout rows countrows table"),
    deviation("表头行加数据行", _set(layout="header_over"), "layout rows countrows table", form=REPORT),
    deviation("整表改成段落", _set(layout="paragraphs"), "layout rows countrows table controls", "docx"),
    deviation("改成分条标题", _set(layout="headed"), "layout rows countrows table labels controls", "docx"),
    deviation("短栏移到表外", _set(layout="tabbed"), "layout rows pair controls", "docx"),
    deviation("一行两栏", _set(layout="two_up"), "layout rows countrows pair"),
    deviation("加序号和表头", _set(layout="columns"), "layout rows countrows table pair"),
    deviation("加备注列", _remarks, "layout rows countrows table pair"),
    deviation("姓名职务分两行", _set(paired=False), "layout pair", form=REPORT),
    deviation("姓名职务对调", _swapped, "pair order", form=REPORT),
    deviation("插入性别等列", _beside, "pair order layout", form=REPORT),
    deviation("人数不合并", _set(counts="unmerged"), "countrows", form=REPORT),
    deviation("人数标签重复", _set(counts="repeated"), "countrows", form=REPORT),
    deviation("人数并成一行", _set(counts="oneline"), "countrows layout", form=REPORT),
    deviation("人数标签在上", _set(counts="columns"), "countrows layout", form=REPORT),
    deviation("人数各自成行", _flat_counts, "countrows labels", form=REPORT),
    deviation("团员青年在前", _youth_first, "order", form=REPORT),
    deviation("人数加合计行", _total, "order countrows counts", form=REPORT),
    deviation("插入行", _inserted, "order added"),
    deviation("删去一行", _dropped, "dropped"),
    deviation("有一栏没填", _emptied, "dropped"),
    deviation("行序打乱", _reordered, "order"),
    deviation("日期在表下", _set(dated="below"), "dateline"),
    deviation("日期靠左", _set(dated="left"), "dateline"),
    deviation("日期在表内", _set(dated="row"), "dateline layout"),
    deviation("日期在页眉", _set(dated="header"), "dateline", "docx"),
    deviation("答案分两格", _parted("halves"), "layout rows prose table controls"),
    deviation("答案分几行", _parted("parts"), "layout rows prose table controls"),
    deviation("答案分几行标签合并", _parted("merged_parts"), "layout rows prose table controls"),
    deviation("人数在嵌套表里", _nested_counts, "countrows layout rows table order counts", "docx", REPORT),
    deviation("答案里有别的标签", _joined_answers, "layout rows prose"),
    deviation("多段长答案", _long_answer, "prose"),
)
TABLE: tuple[Deviation, ...] = (
    deviation("表内说明行", _step(_guidance), "table"),
    deviation("每行一张表", _step(_row_tables), "table"),
    deviation("整表在文本框里", _step(_boxed), "table before after title dateline", "docx"),
    deviation("标题在文本框里", _step(_boxed_title), "title", "docx"),
    deviation("插入空列", _step(_empty_column), "table"),
    deviation("插入空行", _step(_empty_rows), "table"),
    deviation("行首空列", _step(_grid_before), "table", "docx"),
    deviation("拖动边框", _step(_dragged), "table"),
    deviation("外框单格表", _step(_framed), "table before after", "docx"),
    deviation("表格套在单格表里", _step(_framed_table), "table", "docx"),
    deviation("表格断成两张", _step(_split("")), "table"),
    deviation("断表重复标题", _step(_split("title")), "table title"),
    deviation("断表重复标题日期", _step(_split("date")), "table title dateline layout date"),
    deviation("标题日期在表内", _step(_title_row), "table dateline title layout date"),
    deviation("数和人分两格", _step(_cut_value), "table counts countrows layout", form=REPORT),
    deviation("答案格没有合并", _step(_uneven), "table", form=REPORT),
    deviation("左边加分组列", _step(_label_columns), "table layout rows"),
)
