"""The two forms as a clerk retypes them: a table of label and answer cells, or plain paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from .marks import MARK, Extras, runs, words
from .returns import REPORT, Part

DATE = "填表时间"
TALL = 1500  # twentieths of a point: the least height of a row with a long answer
WIDTHS = (1900, 2300, 1500, 3030)
_SONG = '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:hint="eastAsia"/><w:sz w:val="24"/>'
_FANG = '<w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hAnsi="仿宋" w:hint="eastAsia"/><w:sz w:val="24"/>'
_TITLE = (
    '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:hint="eastAsia"/><w:b/><w:sz w:val="36"/>'
)
_LABELS = {
    "姓名": "姓  名",
    "基层团组织工作开展情况": "基层团组织\n工作开展情况",
    "基层团组织工作亮点": "基层团组织\n工作亮点",
    "基层团组织工作存在问题": "基层团组织\n工作存在问题",
    "观摩点及观摩内容": "观摩点及\n观摩内容",
}
_SHORT = {"组织观摩部室", "参加观摩人员", "走访团组织名称", "走访形式"}
_COUNTS = ("走访人数.团干部", "走访人数.团员青年")
_LIST = re.compile(r"⟦list\|(\d)⟧")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text (with marks), how many columns it spans, its part in a vertical merge, whether it is a label."""

    text: str
    span: int = 1
    merge: str = ""
    label: bool = False


def form(part: Part, extras: Extras, steps: Sequence[str] = (), widths: Sequence[int] = ()) -> str:
    """Return title, date line and table of one filled form as body XML."""
    number = "1" if part.form == REPORT else "2"
    head = line(f"附件{number}", _SONG, "left", extras) + title(part, extras)
    if "页眉日期" in steps:
        extras.header = line(f"{DATE}：{part.shown[DATE]}", _SONG, "right", extras)
    else:
        head += line(f"{DATE}：{part.shown[DATE]}", _SONG, "right", extras)
    return head + table(tuple(rows(part, steps)), widths or WIDTHS, extras)


def paragraphs(part: Part, extras: Extras) -> str:
    """Return one filled form typed without a table, a line ``标签：值`` for each field; both counts share a line."""
    made = [title(part, extras), line(f"{DATE}：{part.shown[DATE]}", _SONG, "right", extras)]
    for path in part.order:
        if path == _COUNTS[0]:
            counts = f"走访人数：团干部{part.shown[path]}人，团员青年{part.shown[_COUNTS[1]]}人"
            made.append(line(counts, _FANG, "left", extras))
        elif path != _COUNTS[1]:
            made.append(line(f"{path}：{part.shown[path]}", _FANG, "left", extras))
    return "".join(made)


def title(part: Part, extras: Extras) -> str:
    """Return the form's title as a paragraph."""
    return line(part.form, _TITLE, "center", extras)


def rows(part: Part, steps: Sequence[str] = ()) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the form's table in the order in which the clerk typed them."""
    pending = list(part.order)
    while pending:
        path = pending.pop(0)
        if path == "姓名" and pending[:1] == ["单位职务"]:
            other = pending.pop(0)
            pair = ((_label(part, each), Cell(part.shown[each])) for each in (path, other))
            yield tuple(cell for cells in pair for cell in cells)
        elif path in _COUNTS:
            other = pending.pop(0)
            yield from _counts(part, (path, other), steps)
        else:
            yield _label(part, path), Cell(part.shown[path], span=3)
    if "增行" in steps:
        yield Cell("备  注", label=True), Cell("创业园地址在太行山路中段", span=3)


def _counts(part: Part, pair: tuple[str, str], steps: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of 走访人数: merged downwards as in the blank, unmerged, or both numbers in one cell."""
    if "人数合格" in steps:
        both = "，".join(f"{path.partition('.')[2]}{part.shown[path]}人" for path in pair)
        yield Cell("走访人数", label=True), Cell(both, span=3)
        return
    merges = ("", "") if "人数不合并" in steps else ("restart", "continue")
    for place, path in enumerate(pair):
        head = Cell("" if place else "走访人数", merge=merges[place], label=True)
        yield head, _label(part, path), Cell(part.shown[path], span=2)


def _label(part: Part, path: str) -> Cell:
    name = path.rpartition(".")[2]
    return Cell(part.labels.get(path, _LABELS.get(path, name)), label=True)


def table(rows: Sequence[Sequence[Cell]], widths: Sequence[int], extras: Extras) -> str:
    """Return a ``w:tbl`` with single borders; ``widths`` are the grid's columns in twentieths of a point."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    inside = "".join(_row(cells, widths, extras) for cells in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
        f'{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{inside}</w:tbl>'
    )


def _row(cells: Sequence[Cell], widths: Sequence[int], extras: Extras) -> str:
    short = len(cells) > 2 or cells[0].text in _SHORT
    height = f'<w:trPr><w:trHeight w:val="{560 if short else TALL}" w:hRule="atLeast"/></w:trPr>'
    made, column = [], 0
    for cell in cells:
        made.append(_cell(cell, sum(widths[column : column + cell.span]), extras))
        column += cell.span
    return f"<w:tr>{height}{''.join(made)}</w:tr>"


def _cell(cell: Cell, width: int, extras: Extras) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    properties = (
        f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
    )
    if cell.label:
        text = "<w:r><w:br/></w:r>".join(words(piece, _SONG) for piece in cell.text.split("\n"))
        inside = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{text}</w:p>'
    else:
        inside = answer(cell.text, extras)
    return f"<w:tc>{properties}{inside}</w:tc>"


def answer(text: str, extras: Extras) -> str:
    """Return the paragraphs of an answer: one for each line, numbered lines as a list, a nested table where marked."""
    numbers: dict[str, int] = {}
    made = []
    for text_line in text.split("\n"):
        listed, nested = _LIST.match(text_line), MARK.fullmatch(text_line)
        if listed:
            if listed[1] not in numbers:
                extras.lists.append(listed[1])
                numbers[listed[1]] = len(extras.lists)
            numbering = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbers[listed[1]]}"/></w:numPr>'
            made.append(_paragraph(text_line[listed.end() :], _FANG, numbering, extras))
        elif nested and nested[1] == "table":
            grid = [[Cell(item) for item in row.split(",")] for row in nested[2].split(";")]
            made.append(table(grid, (2000,) * len(grid[0]), extras))
        else:
            made.append(line(text_line, _FANG, "left", extras))
    return "".join(made)


def line(text: str, props: str, side: str, extras: Extras) -> str:
    """Return a paragraph of marked text with the run properties ``props``, set to ``side`` (``left``, ``right`` …)."""
    return _paragraph(text, props, f'<w:jc w:val="{escape(side)}"/>', extras)


def _paragraph(text: str, props: str, properties: str, extras: Extras) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs(text, props, extras)}</w:p>"
