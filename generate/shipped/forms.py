"""The templates of the catalogue forms, drawn as the committee drew them: labels, merged cells, tall answer cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generate.notice import page
from generate.word import styles

if TYPE_CHECKING:
    from docx.document import Document

_ROW = 680  # one line of text with air, twips


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a drawn form: its text, how many columns and rows it takes, and whether it is an answer."""

    text: str
    columns: int = 1
    rows: int = 1
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A form to draw: title, column widths and rows of ``(height, cells)`` in twips; a cell from above takes no entry."""

    title: str
    widths: tuple[int, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def _label(text: str, rows: int = 1) -> Cell:
    return Cell(text, rows=rows)


def _answer(path: str, columns: int = 1) -> Cell:
    return Cell(f"{{{{ {path} }}}}", columns, answer=True)


VISIT = Drawing(
    "团干部走基层情况报告单",
    (2360, 1720, 1480, 3285),
    (
        (900, (_label("姓  名"), _answer("姓名"), _label("单位职务"), _answer("单位职务"))),
        (_ROW, (_label("走访团组织名称"), _answer("走访团组织名称", 3))),
        (_ROW, (_label("走访形式"), _answer("走访形式", 3))),
        (_ROW, (_label("走访人数", 2), _label("团干部"), _answer("走访人数.团干部", 2))),
        (_ROW, (_label("团员青年"), _answer("走访人数.团员青年", 2))),
        (2440, (_label("基层团组织\n工作开展情况"), _answer("基层团组织工作开展情况", 3))),
        (1500, (_label("基层团组织\n工作亮点"), _answer("基层团组织工作亮点", 3))),
        (1500, (_label("基层团组织\n工作存在问题"), _answer("基层团组织工作存在问题", 3))),
        (1700, (_label("帮扶措施及成效"), _answer("帮扶措施及成效", 3))),
    ),
)

EXCHANGE = Drawing(
    "共青团工作观摩情况报告单",
    (2360, 6485),
    (
        (780, (_label("组织观摩部室"), _answer("组织观摩部室"))),
        (980, (_label("参加观摩人员"), _answer("参加观摩人员"))),
        (2250, (_label("观摩点及\n观摩内容"), _answer("观摩点及观摩内容"))),
        (2250, (_label("观摩点亮点工作"), _answer("观摩点亮点工作"))),
        (2250, (_label("观摩点存在问题"), _answer("观摩点存在问题"))),
        (2250, (_label("整改措施"), _answer("整改措施"))),
    ),
)


def draw(drawing: Drawing) -> bytes:
    """Return the form as a tagged template: title, 填表时间 outside the table, the table.

    It fills one page less two lines, so that an answer which runs over does not make a second one.
    """
    document = page.new_document(numbered=False)
    page.title(document, drawing.title)
    page.paragraph(document, "填表时间：{{ 填表时间 }}", styles.FORM_DATE)
    _table(document, drawing)
    page.paragraph(document, "", styles.FORM_TEXT)  # Word wants one after a table; remarks go there
    return page.data_of(document)


def _table(document: Document, drawing: Drawing) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
    from docx.shared import Twips

    table = document.add_table(rows=len(drawing.rows), cols=len(drawing.widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    taken: set[tuple[int, int]] = set()
    for column, width in zip(table.columns, drawing.widths, strict=True):
        column.width = Twips(width)
    for number, (height, cells) in enumerate(drawing.rows):
        table.rows[number].height = Twips(height)
        table.rows[number].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, column in zip(cells, _starts(cells, number, taken), strict=True):
            merged = table.cell(number, column).merge(
                table.cell(number + cell.rows - 1, column + cell.columns - 1)
            )
            merged.width = Twips(sum(drawing.widths[column : column + cell.columns]))
            page.fill(merged, cell.text, styles.FORM_TEXT if cell.answer else styles.FORM_LABEL)


def _starts(cells: Sequence[Cell], row: int, taken: set[tuple[int, int]]) -> list[int]:
    """Return the column at which each cell of ``row`` starts; note in ``taken`` what reaches into later rows."""
    starts, column = [], 0
    for cell in cells:
        while (row, column) in taken:
            column += 1
        starts.append(column)
        taken |= {(row + down, column) for down in range(1, cell.rows)}
        column += cell.columns
    return starts
