"""An Excel blank against accidents: entry cells open, all else locked without a password; lists, rules, serial and QR code.

Knows openpyxl; where the entry cells are, it is told. The counterpart for Word is ``protect``, ``control`` and ``badge``.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from forms import Field, FieldKind, Form
from forms.serial import BOOKMARK, OPTIONS_SHEET, PRINTED

from .code import SIDE_MM, qr_png

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

Entries = Sequence[tuple[Any, str]]
"""The entry cells of a workbook, each with its field's path (``组.栏`` in the rows of a group)."""

_LIST = 255  # characters of a list that stands in its rule (Excel refuses the file beyond)
_PROMPT, _FOOTER = 255, 250
_FIRST_DAY, _LAST_DAY = "1", "109574"  # 1900-01-01 and 2199-12-31 as Excel counts days
_MOST = "1000000000000000"
_DAY = 'yyyy"年"m"月"d"日"'
_PIXELS_MM = 96 / 25.4  # as openpyxl counts pictures


def guard(book: Workbook, entries: Entries, form: Form, serial: str) -> None:
    """Protect ``book`` around its ``entries``, put rules on them and the ``serial`` with its QR code at the foot."""
    fields = dict(_fields(form))
    rules: dict[tuple[str, str], DataValidation] = {}
    for cell, path in entries:
        _open(cell)
        found = fields.get(path)
        if found is not None:
            _rule(book, cell, (path, found), rules)
    sheets = {cell.parent.title: cell.parent for cell, _ in entries} or {"": book.worksheets[0]}
    for sheet in sheets.values():
        _protect(sheet)
        _foot(sheet, form, serial)
    _name(book, next(iter(sheets.values())), serial)


def _fields(form: Form) -> Iterator[tuple[str, Field]]:
    yield from ((item.path, item) for item in form.fields)
    for group in form.groups:
        yield from ((f"{group.name}.{item.path}", item) for item in group.fields)


def _open(cell: Any) -> None:
    """Let people write into a cell, and into all that is merged with it."""
    sheet = cell.parent
    area = next((area for area in sheet.merged_cells.ranges if cell.coordinate in area), None)
    for part in (cell,) if area is None else (sheet.cell(*place) for row in area.rows for place in row):
        protection = copy.copy(part.protection)
        protection.locked = False
        part.protection = protection


def _rule(
    book: Workbook, cell: Any, named: tuple[str, Field], rules: dict[tuple[str, str], DataValidation]
) -> None:
    """Put a field's rule on its cell; the cells of one field and sheet share one rule, one of the template's own goes before."""
    path, field = named
    own = [rule for rule in cell.parent.data_validations.dataValidation if cell.coordinate in rule.sqref]
    rule = rules.get((cell.parent.title, path))
    if rule is None and not own:
        rule = _made(book, field)
        if rule is not None:
            rules[cell.parent.title, path] = rule
            cell.parent.add_data_validation(rule)
    if rule is not None:
        rule.add(cell)
    if field.kind is FieldKind.DATE and cell.number_format in ("General", "@"):
        cell.number_format = _DAY


def _made(book: Workbook, field: Field) -> DataValidation | None:
    """Return the rule of a field's kind, none for text. What is wrong is questioned, not refused: 约20 may be the truth."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if field.kind is FieldKind.CHOICE and field.choices:
        hint = f"请从下拉列表里选：{'、'.join(field.choices)}"
        rule = DataValidation("list", formula1=_options(book, field.choices))
    elif field.kind is FieldKind.DATE:
        hint = "请填日期，如 2020-7-8"
        rule = DataValidation("date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY)
    elif field.kind in (FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY):
        whole = field.kind is FieldKind.INTEGER
        hint = "请填整数，不带单位" if whole else "请填数字，不带单位"
        rule = DataValidation("whole" if whole else "decimal", operator="between", formula1=_low(field))
        rule.formula2 = f"{field.maximum:g}" if field.maximum is not None else _MOST
    else:
        return None
    rule.allowBlank = rule.showErrorMessage = True
    rule.errorStyle = "warning"
    rule.prompt = (field.hint.strip() or hint)[:_PROMPT]
    rule.showInputMessage = True
    rule.error = f"“{field.name}”{hint}"[:_PROMPT]
    rule.errorTitle = "请核对"
    return rule


def _low(field: Field) -> str:
    """Return the least number of a rule: the field's own bound, nothing below 0 where things are counted."""
    if field.minimum is not None:
        return f"{field.minimum:g}"
    return "0" if field.kind is FieldKind.INTEGER else f"-{_MOST}"


def _options(book: Workbook, choices: tuple[str, ...]) -> str:
    """Return the list of a rule: in the rule where it fits, else a column of the hidden sheet of options."""
    from openpyxl.utils import get_column_letter

    joined = ",".join(choices)
    if len(joined) <= _LIST and not any("," in choice or '"' in choice for choice in choices):
        return f'"{joined}"'
    if OPTIONS_SHEET not in book.sheetnames:
        book.create_sheet(OPTIONS_SHEET).sheet_state = "hidden"
    sheet = book[OPTIONS_SHEET]
    column = sheet.max_column + 1 if sheet.cell(1, 1).value is not None else 1
    for row, choice in enumerate(choices, 1):
        cell: Any = sheet.cell(row, column)
        cell.value = choice
        cell.data_type = "s"  # never a formula
    letter = get_column_letter(column)
    return f"'{OPTIONS_SHEET}'!${letter}$1:${letter}${len(choices)}"


def _protect(sheet: Worksheet) -> None:
    """Protect without a password; widths, heights and looks stay free, rows may be added (a ``False`` allows)."""
    protection: Any = sheet.protection
    protection.sheet = True
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.insertRows = protection.deleteRows = False


def _foot(sheet: Worksheet, form: Form, serial: str) -> None:
    """Print the serial, and the instructions where there is room, in the page's footer; the QR code below the form."""
    from openpyxl.drawing.image import Image

    printed = PRINTED.format(serial=serial)
    lines = [line for line in (form.instructions, printed) if line]
    text = "\n".join(lines) if sum(map(len, lines)) < _FOOTER else printed
    text = text.replace("&", "&&")
    footers: tuple[Any, ...] = (sheet.oddFooter, sheet.evenFooter, sheet.firstFooter)
    for footer in footers:
        footer.left.text = "\n".join(filter(None, (footer.left.text, text)))
    picture = Image(io.BytesIO(qr_png(serial)))
    picture.width = picture.height = round(SIDE_MM * _PIXELS_MM)
    picture.anchor = f"A{sheet.max_row + 2}"
    sheet.add_image(picture)


def _name(book: Workbook, sheet: Worksheet, serial: str) -> None:
    from openpyxl.utils import quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    name = BOOKMARK + serial.replace("-", "")
    book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!$A$1")
