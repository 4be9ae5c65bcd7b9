"""What clerks do in Excel only: true dates, numbers as text, formulas, hidden rows, columns and sheets, empty columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from .excel import Formula, Struck
from .model import COUNTS, REPORT, YOUTH, Block, Cell, Deviation, Filled, Row, deviation
from .shapes import first_table

COVER = ("填报须知", "姓名、单位职务要写全称，走访人数按实际见面人数填。", "本表每月报送一次，由办公室汇总。")
STALE = "上月旧内容：帮办青年夜校选址"


def _quirk(name: str, *, never: bool = False) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, _random: Random) -> None:
        filled.native.append(name)
        if never:
            filled.never.append(STALE)
            filled.whole_doubt = "有隐藏的内容"
        if name in ("hidden_sheet", "comment"):
            filled.kept.append(STALE)

    return apply


def _true_date(filled: Filled, _random: Random) -> None:
    filled.date.given = date.fromisoformat(str(filled.date.value))


def _serial_1904(filled: Filled, random: Random) -> None:
    _true_date(filled, random)
    filled.native.append("1904")


def _number_text(filled: Filled, random: Random) -> None:
    for path in COUNTS:
        item = filled.item(path)
        item.given = random.choice((f"{item.value}", f" {item.value} ", f"{item.value}　"))


def _formula(filled: Filled, _random: Random) -> None:
    item = filled.item(YOUTH)
    value = int(item.value or 0)
    item.given = Formula(f"={value - 3}+3", value)


def _broken_formula(filled: Filled, _random: Random) -> None:
    item = filled.item(YOUTH)
    item.value, item.given, item.typed, item.doubt = None, Formula("=SUM(#REF!)", "#REF!"), "", "公式出错"


def _people_format(filled: Filled, _random: Random) -> None:
    for path in COUNTS:
        item = filled.item(path)
        item.given = (int(item.value or 0), "people")


def _text_formula(filled: Filled, _random: Random) -> None:
    item = filled.items[-1]
    pieces = [
        item.shown[start : start + 200] for start in range(0, len(item.shown), 200)
    ]  # Excel's limit is 255
    item.given = Formula("=" + "&".join(f'"{piece}"' for piece in pieces), item.shown)


def _struck_old(filled: Filled, random: Random) -> None:
    item = filled.item(random.choice(COUNTS))
    old = int(item.value or 0) + 6
    item.given, item.doubt, item.accept = (
        Struck(str(old), str(item.value)),
        "旧的划掉没有删去",
        [None, item.value],
    )
    filled.never.append(f"{old}{item.value}")


def _cover_sheet(filled: Filled, _random: Random) -> None:
    filled.native.append("cover_sheet")
    filled.kept += COVER[1:]


def _hidden_row(filled: Filled, random: Random) -> None:
    path = random.choice([item.path for item in filled.items if item.path and item.path not in COUNTS])

    def step(blocks: list[Block], _filled: Filled, _random: Random) -> None:
        table = first_table(blocks)
        cells = [Cell(path, 1, label=True), Cell(STALE, len(table.widths) - 1)]
        free = [n for n, row in enumerate(table.rows) if all(cell.merge != "continue" for cell in row.cells)]
        table.rows.insert(random.choice(free), Row(cells, hidden=True))

    filled.steps.append(step)
    filled.never.append(STALE)
    filled.whole_doubt = "有隐藏的行"


SHEETS: tuple[Deviation, ...] = (
    deviation("真日期", _true_date, "date title table labels layout", "xlsx"),
    deviation("1904日期", _serial_1904, "date title table labels layout", "xlsx"),
    deviation("日期分两格", _quirk("date_cells"), "dateline title table layout", "xlsx"),
    deviation("数字存成文本", _number_text, "counts", "xlsx", REPORT),
    deviation("公式算出的数", _formula, "counts", "xlsx", REPORT),
    deviation("公式出错", _broken_formula, "counts", "xlsx", REPORT),
    deviation("数字格式带人", _people_format, "counts", "xlsx", REPORT),
    deviation("文字公式", _text_formula, "order added dropped prose layout rows", "xlsx"),
    deviation("隐藏行", _hidden_row, "table layout order", "xlsx"),
    deviation("隐藏列", _quirk("hidden_column", never=True), "table layout", "xlsx"),
    deviation("隐藏工作表", _quirk("hidden_sheet", never=True), "sheets", "xlsx"),
    deviation("多余空表", _quirk("empty_sheets"), "sheets", "xlsx"),
    deviation("左边空一列", _quirk("empty_left"), "table", "xlsx"),
    deviation("从C5开始", _quirk("offset"), "table", "xlsx"),
    deviation("划掉旧数", _struck_old, "counts", "xlsx", REPORT),
    deviation("先有一张须知", _cover_sheet, "sheets before", "xlsx"),
    deviation("标题下空一行", _quirk("gap"), "title", "xlsx"),
    deviation("单元格批注", _quirk("comment", never=True), "table", "xlsx"),
)
