"""Returns as Excel files: a summary list with a row for each month, and the form itself retyped as a sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .returns import REPORT, Part, Return
from .word import settle

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

DATE = "填表时间"
_LONG = ("基层团组织工作开展情况", "基层团组织工作亮点", "基层团组织工作存在问题", "帮扶措施及成效")
_SHORT = ("走访团组织名称", "走访形式")
_COUNTS = ("走访人数.团干部", "走访人数.团员青年")


def save(book: Workbook, path: Path) -> None:
    """Write ``book`` to ``path`` with bytes that depend on its content alone."""
    made = io.BytesIO()
    book.save(made)
    path.write_bytes(settle(made.getvalue()))


def summary(given: Return, path: Path) -> None:
    """Write a list: title, a header of two rows (走访人数 over two columns), then a row for each month."""
    book, sheet = _book(f"{given.parts[0].unit}汇总")
    first = ("序号", DATE, "姓名", "单位职务", *_SHORT, "走访人数", "", *_LONG)
    sheet.append([f"团干部走基层情况汇总表（{given.parts[0].unit}）"])
    sheet.append(first)
    sheet.append(["" if name != "走访人数" else "团干部" for name in first])
    sheet["H3"] = "团员青年"
    for number, part in enumerate(given.parts, start=1):
        paths = (DATE, "姓名", "单位职务", *_SHORT, *_COUNTS, *_LONG)
        sheet.append([number, *(_typed(part, each) for each in paths)])
    for column in range(1, len(first) + 1):
        if column not in (7, 8):
            sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    sheet.merge_cells("G2:H2")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(first))
    widths = (6, 17, 9, 18, 26, 14, 8, 9, 40, 40, 40, 40)
    _dress(sheet, widths, rows=range(2, 4 + len(given.parts)))
    save(book, path)


def sheet_form(given: Return, path: Path) -> None:
    """Write the form as a sheet with merged cells; old text stands in a hidden row and in a hidden sheet."""
    part = given.parts[0]
    stale = given.stale or {}
    book, sheet = _book(f"{int(part.period[-2:])}月")
    _form_rows(sheet, part, {"走访形式": stale.get("形式", "")})
    old = book.create_sheet("上半年")
    old["A1"], old["A2"], old["B2"] = REPORT, _LONG[0], stale.get("情况", "")
    old.sheet_state = "hidden"
    save(book, path)


def _book(name: str) -> tuple[Workbook, Worksheet]:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = name
    return book, sheet


def _form_rows(sheet: Worksheet, part: Part, hidden: dict[str, str]) -> None:
    shown = part.shown
    table: list[tuple[Any, ...]] = [(REPORT,), ("", "", "填表时间：", _typed(part, DATE))]
    table.append(("姓  名", shown["姓名"], "单位职务", shown["单位职务"]))
    merged = ["A1:D1"]
    for path in (*_SHORT, *_COUNTS, *_LONG):
        if hidden.get(path):
            table.append((path, hidden[path]))
            sheet.row_dimensions[len(table)].hidden = True
            merged.append(f"B{len(table)}:D{len(table)}")
        if path in _COUNTS:
            table.append(("走访人数", path.partition(".")[2], shown[path]))
            merged.append(f"C{len(table)}:D{len(table)}")
        else:
            table.append((path, shown[path]))
            merged.append(f"B{len(table)}:D{len(table)}")
    for row in table:
        sheet.append(row)
    counts = next(n for n, row in enumerate(table, start=1) if row[0] == "走访人数")
    merged.append(f"A{counts}:A{counts + 1}")
    for area in merged:
        sheet.merge_cells(area)
    _dress(sheet, (24, 20, 14, 34), rows=range(3, len(table) + 1))


def _typed(part: Part, path: str) -> object:
    """Return a true date for the fill date (Excel keeps a number and a format), the number for a count, else the text."""
    value = part.values[path]
    if path == DATE and value is not None:
        return date.fromisoformat(str(value))
    return value if isinstance(value, int) else part.shown[path]


def _dress(sheet: Worksheet, widths: Sequence[int], rows: range) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    thin = Side(style="thin")
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    title: Any = sheet["A1"]
    title.font = Font(name="宋体", size=18, bold=True)
    title.alignment = Alignment(horizontal="center")
    for number, row in enumerate(sheet.iter_rows(), start=1):
        for cell in row:
            if number in rows:
                cell.border = Border(thin, thin, thin, thin)
                cell.alignment = Alignment(vertical="center", wrap_text=True)
            if isinstance(cell.value, date):
                cell.number_format = 'yyyy"年"m"月"d"日"'
            if len(str(cell.value or "")) > 30:
                sheet.row_dimensions[number].height = 48
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
