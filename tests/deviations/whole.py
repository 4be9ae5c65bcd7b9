"""Several forms in one file: pages one behind the other, a sheet for each month, a list with a row for each return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from random import Random

from .content import DEPARTMENTS, filled
from .layouts import blocks, date_text
from .model import (
    CADRES,
    COUNTS,
    DATE,
    NAME,
    POST,
    REPORT,
    VISIT,
    YOUTH,
    Block,
    Cell,
    Filled,
    Item,
    Line,
    Row,
    Table,
)

_LIST_TITLE = {REPORT: "团干部走基层情况汇总表", VISIT: "共青团工作观摩情况汇总表"}


@dataclass(frozen=True, slots=True)
class Several:
    """One way in which several returns stand in a file: ``make`` draws them, ``arrange`` is ``pages``, ``flow`` or ``list:heading``."""

    name: str
    make: Callable[[Random], list[Filled]]
    arrange: str
    formats: tuple[str, ...] = ("docx", "xlsx")


def _months(random: Random) -> list[Filled]:
    unit = random.choice(("组织部", "临颍县团委", "宣传部", "西城区团工委"))
    return [
        filled(REPORT, random, month, unit)
        for month in sorted(random.sample(range(7, 13), random.choice((2, 3, 4))))
    ]


def _half_year(random: Random) -> list[Filled]:
    unit = random.choice(("社联部", "舞阳县团委"))
    return [filled(REPORT, random, month, unit) for month in range(7, 13)]


def _both_kinds(random: Random) -> list[Filled]:
    unit = random.choice(DEPARTMENTS).unit
    quarter = random.choice((9, 12))
    return [filled(REPORT, random, quarter, unit), filled(VISIT, random, quarter, unit)]


def _both_quarters(random: Random) -> list[Filled]:
    unit = random.choice(DEPARTMENTS).unit
    return [filled(VISIT, random, 9, unit), filled(VISIT, random, 12, unit)]


def _units(random: Random) -> list[Filled]:
    month = random.randint(7, 12)
    units = random.sample(
        ("临颍县团委", "舞阳县团委", "郾城区团委", "源汇区团委", "召陵区团委"), random.choice((3, 4, 5))
    )
    return [filled(REPORT, random, month, unit) for unit in units]


def listing(returns: Sequence[Filled], random: Random, heading: str) -> list[Block]:
    """Return a list with a row for each return: title, header of one or two rows, rows with a serial number."""
    first = returns[0]
    items = [first.date, *first.items]
    cells = [Cell("序号", 1, label=True)]
    below = [Cell("", 1, "continue", label=True)]
    for item in items:
        if heading == "two" and item.path == CADRES:
            cells.append(Cell("走访人数", 2, label=True))
        elif heading != "two" or item.path != YOUTH:
            cells.append(Cell(_heading(item, heading), 1, label=True))
        below.append(
            Cell(item.label, 1, label=True) if item.path in COUNTS else Cell("", 1, "continue", label=True)
        )
    rows = [Row(cells)]
    if heading == "two" and first.form == REPORT:
        for cell in cells:
            cell.merge = "restart" if cell.span == 1 else ""
        rows.append(Row(below))
    for number, each in enumerate(returns, start=1):
        answers = [Cell(item.shown, 1, given=item.given) for item in (each.date, *each.items)]
        rows.append(Row([Cell(str(number)), *answers]))
    if "repeated" in heading:
        rows.insert(len(rows) - 1, deepcopy(rows[0]))
    if "spare" in heading:
        rows += [Row([Cell(str(len(returns) + n)), *(Cell("") for _ in items)]) for n in (1, 2, 3)]
    if "merged" in heading:
        for row in rows[1:]:
            for cell in row.cells[2:4]:
                cell.merge = "restart" if row is rows[1] else "continue"
                cell.text = cell.text if row is rows[1] else ""
    elif random.random() < 0.4 and first.form == REPORT and "spare" not in heading:
        rows.append(_totals(returns, len(items)))
    made: list[Block] = [Line(random.choice((_LIST_TITLE[first.form], first.form)), "title", "center")]
    return [*made, Table(rows, [500] + [8600 // len(items)] * len(items))]


def across(returns: Sequence[Filled]) -> list[Block]:
    """Return a table with a column for each return and the labels down its left side."""
    first = returns[0]
    rows = []
    for number, item in enumerate((first.date, *first.items)):
        name = "".join(item.label.split())
        label = f"走访{name}人数" if item.path in COUNTS else name
        answers = [(each.date, *each.items)[number].shown for each in returns]
        rows.append(Row([Cell(label, 1, label=True), *(Cell(text) for text in answers)]))
    return [Line(first.form, "title", "center"), Table(rows, [1800] + [7200 // len(returns)] * len(returns))]


def beside(returns: Sequence[Filled]) -> list[Block]:
    """Return two forms side by side in one table, an empty column between them."""
    tables = []
    for each in returns:
        table = next(block for block in blocks(each) if isinstance(block, Table))
        width = len(table.widths)
        above = [Row([Cell(text, width, label=True)]) for text in (each.title, date_text(each))]
        tables.append(Table([*above, *table.rows], table.widths))
    left, right = tables
    both = zip(left.rows, right.rows, strict=True)
    rows = [Row([*one.cells, Cell(""), *two.cells]) for one, two in both]
    return [Table(rows, [width // 2 for width in (*left.widths, 600, *right.widths)])]


def _two_months(random: Random) -> list[Filled]:
    return [filled(REPORT, random, month, "宣传部") for month in sorted(random.sample(range(7, 13), 2))]


def _some_blank(random: Random) -> list[Filled]:
    """Return twelve months' sheets (here six) of which only the first few are filled in."""
    returns = _half_year(random)
    for each in returns[random.choice((1, 2, 4)) :]:
        each.blank = True
        for item in (each.date, *each.items):
            item.shown, item.given = ("    年    月    日" if item is each.date else ""), None
    return returns


def _hidden_month(random: Random) -> list[Filled]:
    returns = _two_months(random)
    returns[0].native.append("hidden")
    seen = "".join(str(item.value) for item in returns[1].items)  # the same sentence may be drawn twice
    returns[1].never += [text for item in returns[0].items[-4:] if (text := str(item.value)) not in seen]
    returns[1].whole_doubt = "有隐藏的工作表"
    return returns


def _one_person(random: Random) -> list[Filled]:
    returns = _months(random)
    for path in (NAME, POST):
        for each in returns[1:]:
            item, same = each.item(path), returns[0].item(path)
            item.value, item.shown = same.value, same.shown
    return returns


def _heading(item: Item, heading: str) -> str:
    if item.path not in COUNTS:
        return "".join(item.label.split())
    name = item.path.rpartition(".")[2]
    return f"走访{name}人数" if heading != "bracket" else f"走访人数（{name}）"


def _totals(returns: Sequence[Filled], columns: int) -> Row:
    paths = [DATE, NAME, POST, "走访团组织名称", "走访形式", *COUNTS]
    sums = {paths.index(path): sum(int(each.item(path).value or 0) for each in returns) for path in COUNTS}
    return Row([Cell("合计"), *(Cell(str(sums.get(n, ""))) for n in range(columns))])


SEVERAL: tuple[Several, ...] = (
    Several("一份文件几个月", _months, "pages"),
    Several("几个月不分页", _months, "flow", ("docx",)),
    Several("一表一月共半年", _half_year, "pages"),
    Several("两种表在一份文件", _both_kinds, "pages"),
    Several("两种表不分页", _both_kinds, "flow", ("docx",)),
    Several("两季度观摩在一份文件", _both_quarters, "pages"),
    Several("几个单位在一份文件", _units, "pages"),
    Several("几份在一张工作表", _months, "flow", ("xlsx",)),
    Several("汇总表一行一份", _months, "list:plain"),
    Several("汇总表括号表头", _units, "list:bracket"),
    Several("汇总表两层表头", _half_year, "list:two"),
    Several("汇总表各单位", _units, "list:two"),
    Several("汇总表重复表头", _half_year, "list:plain repeated"),
    Several("汇总表有空行", _months, "list:plain spare"),
    Several("汇总表合并姓名", _one_person, "list:plain merged"),
    Several("一列一份", _months, "across"),
    Several("几个月有的没填", _some_blank, "pages"),
    Several("上月的表隐藏着", _hidden_month, "pages", ("xlsx",)),
    Several("两份并排", _two_months, "beside"),
    Several("观摩汇总表", _both_quarters, "list:plain"),
)
