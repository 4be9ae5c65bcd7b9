"""The tagged templates of a sample's forms, drawn from their YAML: title, fill date, a table of fields, a table per group.

Short answers stand two in a line, long ones in a line of their own; a group has a header row above its loop. A form
whose template is an Excel file is drawn as a sheet.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms import Field, FieldKind, Form, Role, RowGroup
from forms.workfile import form_of
from generate.notice import page
from generate.standard import numbers as standard
from generate.word import styles
from samples.luohe.word import settle

if TYPE_CHECKING:
    from docx.document import Document

_ROW, _TALL = 600, 1500  # twips: a line of text with air, a long answer
_LONG = (FieldKind.TEXT, FieldKind.CHOICES, FieldKind.CHOICE)
_FITS = 5  # characters of a label in one line
_LABEL = 1  # shares of the width: a label, an answer beside it
_ANSWER = 1.6


def draw_all(folder: Path) -> None:
    """Draw the template of every form (``*.yaml``) of ``folder`` beside it."""
    for path in sorted(folder.glob("*.yaml")):
        form = form_of(path)
        made = _sheet(form) if form.template.suffix == ".xlsx" else _document(form)
        (folder / form.template).write_bytes(settle(made))


def lines(form: Form) -> Iterator[tuple[Field, ...]]:
    """Yield the fields of ``form`` as they stand in lines, without the fill date above the table."""
    waiting: list[Field] = []
    for field in form.fields:
        if field.role is Role.FILLED:
            continue
        if is_long(field):
            yield from [tuple(waiting)] if waiting else []
            waiting = []
            yield (field,)
        else:
            waiting.append(field)
            if len(waiting) == 2:
                yield tuple(waiting)
                waiting = []
    if waiting:
        yield tuple(waiting)


def is_long(field: Field) -> bool:
    """Whether the answer takes a line of its own."""
    return field.kind in _LONG and field.role is None


def _document(form: Form) -> bytes:
    document = page.new_document(numbered=False)
    page.title(document, form.name)
    filled = form.with_role(Role.FILLED)
    if filled is not None:
        page.paragraph(document, f"{filled.name}：{{{{ {filled.path} }}}}", styles.FORM_DATE)
    _fields(document, form)
    for group in form.groups:
        page.paragraph(document, group.name, styles.FORM_LABEL)
        _group(document, group)
    page.paragraph(document, "", styles.HAIR)  # Word wants a paragraph after a table
    return page.data_of(document)


def _fields(document: Document, form: Form) -> None:
    rows = list(lines(form))
    unit = standard.TEXT_WIDTH / (2 * (_LABEL + _ANSWER))
    widths = [int(unit * share) for share in (_LABEL, _ANSWER, _LABEL, _ANSWER)]
    table = _table(document, len(rows), widths)
    for number, fields in enumerate(rows):
        long = len(fields) == 1 and fields[0].kind is FieldKind.TEXT and is_long(fields[0])
        _height(table.rows[number], _TALL if long else _ROW)
        cells = [table.cell(number, column) for column in range(4)]
        if len(fields) == 1:
            cells[1:] = [cells[1].merge(cells[3])]
        texts = [text for field in fields for text in (field.name, f"{{{{ {field.path} }}}}")]
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            label = place % 2 == 0
            page.fill(
                cell, _broken(text) if label else text, styles.FORM_LABEL if label else styles.FORM_TEXT
            )


def _broken(label: str) -> str:
    """Return a label that does not fit into its cell in two lines, neither of them a lone character."""
    if len(label) <= _FITS:
        return label
    at = len(label) - 2 if len(label) - 2 <= _FITS else len(label) // 2  # 群内发声 天数, 团学工作 开展情况
    return f"{label[:at]}\n{label[at:]}"


def _group(document: Document, group: RowGroup) -> None:
    shares = [
        2.2 if field.kind is FieldKind.TEXT else 1.8 if field.choices else 1.4 for field in group.fields
    ]
    widths = [int(standard.TEXT_WIDTH * share / sum(shares)) for share in shares]
    table = _table(document, 4, widths)
    for place, field in enumerate(group.fields):
        page.fill(table.cell(0, place), field.name, styles.FORM_LABEL)
        page.fill(table.cell(2, place), f"{{{{ 行.{field.path} }}}}", styles.FORM_TEXT)
    for number, words in ((1, f"for 行 in {group.name}"), (3, "endfor")):
        page.fill(table.cell(number, 0), f"{{%tr {words} %}}", styles.FORM_TEXT)
    for row in table.rows:
        _height(row, _ROW)
        page.keep_whole(row)
    page.repeat(table.rows[0])


def _table(document: Document, rows: int, widths: Sequence[int]) -> Any:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Twips

    table = document.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
        for cell in column.cells:
            cell.width = Twips(width)
    return table


def _height(row: Any, height: int) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Twips

    row.height = Twips(height)
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST


def _sheet(form: Form) -> bytes:
    """Draw the form as a sheet: labels and answers on top, the header of its group and a row of tags below."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    book = Workbook()
    sheet: Any = book.active
    sheet.title = form.name[:31]
    (group,) = form.groups
    width = max(4, len(group.fields))
    sheet.append([form.name])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    for first in range(0, len(form.fields), 2):
        pair = form.fields[first : first + 2]
        sheet.append([text for field in pair for text in (field.name, f"{{{{ {field.path} }}}}")])
    sheet.append([field.name for field in group.fields])
    sheet.append([f"{{{{ {group.name}.{field.path} }}}}" for field in group.fields])
    thin = Side(style="thin")
    for row in sheet.iter_rows(min_row=2, max_col=width):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet["A1"].font = Font(name="宋体", size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for column in range(1, width + 1):
        sheet.column_dimensions[chr(64 + column)].width = 18
    sheet.row_dimensions[1].height = 30
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
