"""Filled forms as clerks type them anew: Word tables, Excel sheets, old Word files, web pages and rich text named .doc.

Independent of the reader: it writes documents and never reads one back.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import Any

from forms import Form, Role
from samples.luohe.marks import Extras
from samples.luohe.tables import Cell, line, table
from samples.luohe.word import document, settle

from .drawn import lines
from .given import Filled, Value, shown
from .oldword import old_word

_SONG = '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:hint="eastAsia"/><w:sz w:val="24"/>'
_TITLE = _SONG.replace('<w:sz w:val="24"/>', '<w:b/><w:sz w:val="36"/>')
_WIDTHS = (1700, 2700, 1700, 2700)


def answer(filled: Filled, path: str) -> str:
    """Return how the answer to ``path`` stands in the document."""
    return filled.typed.get(path, shown(filled.values.get(path)))


def retyped(form: Form, filled: Filled) -> bytes:
    """Return a Word file with tables of the clerk's own making."""
    extras = Extras()
    body = line(form.name, _TITLE, "center", extras)
    day = form.with_role(Role.FILLED)
    if day is not None:
        body += line(f"{day.name}：{answer(filled, day.path)}", _SONG, "right", extras)
    rows = []
    for fields in lines(form):
        span = 3 if len(fields) == 1 else 1
        cells = [
            cell
            for field in fields
            for cell in (
                Cell(_label(filled, field.path, field.name), label=True),
                Cell(answer(filled, field.path), span=span),
            )
        ]
        rows.append(tuple(cells))
    if rows:
        body += table(rows, _WIDTHS, extras)
    for group in form.groups:
        body += line(group.name, _SONG, "center", extras)
        names = [field.path for field in group.fields]
        width = sum(_WIDTHS) // len(names)
        head = tuple(Cell(_label(filled, path, path), label=True) for path in names)
        body += table([head, *_cells(filled, group.name, names)], (width,) * len(names), extras)
    return document(body, extras, {})


def _label(filled: Filled, path: str, name: str) -> str:
    return filled.labels.get(path, name)


def _cells(filled: Filled, group: str, names: list[str]) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(filled.rows.get(group, ())):
        yield tuple(Cell(_in_row(filled, (group, number, name), row), label=False) for name in names)


def _in_row(filled: Filled, place: tuple[str, int, str], row: Mapping[str, Value]) -> str:
    group, number, name = place
    return filled.typed.get(f"{group}[{number + 1}].{name}", shown(row.get(name)))


def sheet(form: Form, filled: Filled) -> bytes:
    """Return an Excel file with the form typed as a sheet: dates and numbers are such, not text."""
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = "填报"
    page.append([form.name])
    width = max([4, *(len(group.fields) for group in form.groups)])
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    day = form.with_role(Role.FILLED)
    if day is not None:
        page.append([day.name, _native(filled, day.path)])
    for fields in lines(form):
        page.append([text for f in fields for text in (f.name, _native(filled, f.path))])
        if len(fields) == 1:
            page.merge_cells(start_row=page.max_row, end_row=page.max_row, start_column=2, end_column=4)
    for group in form.groups:
        page.append([group.name])
        page.append([field.name for field in group.fields])
        for row in filled.rows.get(group.name, ()):
            page.append([row.get(field.path) for field in group.fields])
    for cells in page.iter_rows():
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = 'yyyy"年"m"月"d"日"'
    made = io.BytesIO()
    book.save(made)
    return settle(made.getvalue())


def _native(filled: Filled, path: str) -> Value:
    return filled.typed.get(path, filled.values.get(path))


def _grid(form: Form, filled: Filled) -> Iterator[list[list[tuple[str, int]]]]:
    """Yield the tables of the form as rows of text and span."""
    rows = []
    for fields in lines(form):
        span = 3 if len(fields) == 1 else 1
        rows.append([pair for f in fields for pair in ((f.name, 1), (answer(filled, f.path), span))])
    if rows:
        yield rows
    for group in form.groups:
        names = [field.path for field in group.fields]
        head = [(group.name, len(names))]
        body = [
            [(_in_row(filled, (group.name, number, name), row), 1) for name in names]
            for number, row in enumerate(filled.rows.get(group.name, ()))
        ]
        yield [head, [(name, 1) for name in names], *body]


def web_page(form: Form, filled: Filled) -> bytes:
    """Return the form as Word's web page, which many save under the name .doc."""
    day = form.with_role(Role.FILLED)
    parts = [f'<p align="center"><b>{escape(form.name)}</b></p>']
    if day is not None:
        parts.append(f'<p align="right">{escape(day.name)}：{escape(answer(filled, day.path))}</p>')
    for rows in _grid(form, filled):
        body = "".join(
            "<tr>" + "".join(f'<td colspan="{span}">{_html(text)}</td>' for text, span in row) + "</tr>"
            for row in rows
        )
        parts.append(f'<table border="1">{body}</table>')
    text = (
        '<html xmlns:w="urn:schemas-microsoft-com:office:word"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'
        f"{''.join(parts)}</body></html>"
    )
    return text.encode("gb18030")


def _html(text: str) -> str:
    return "".join(f"<p>{escape(piece)}</p>" for piece in text.split("\n"))


def rich_text(form: Form, filled: Filled) -> bytes:
    """Return the form as rich text with a table, as older WPS saves it under the name .doc."""
    day = form.with_role(Role.FILLED)
    parts = [rf"{{\pard\qc\b {_rtf(form.name)}\par}}"]
    if day is not None:
        parts.append(rf"{{\pard\qr {_rtf(f'{day.name}：{answer(filled, day.path)}')}\par}}")
    for rows in _grid(form, filled):
        parts += [_rtf_row(row) for row in rows]
        parts.append(r"\pard\par")
    return ("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0 SimSun;}}" + "\n".join(parts) + "}").encode(
        "ascii"
    )


def old(form: Form, filled: Filled) -> bytes:
    """Return the form as a document of Word 97–2003, which many still save."""
    day = form.with_role(Role.FILLED)
    dated = "" if day is None else f"{day.name}：{answer(filled, day.path)}"
    return old_word(form.name, dated, list(_grid(form, filled)))


def _rtf_row(row: list[tuple[str, int]]) -> str:
    edges, right = "", 0
    for _, span in row:
        right += 2200 * span
        edges += rf"\cellx{right}"
    cells = "".join(rf"\pard\intbl {_rtf(text)}\cell" for text, _ in row)
    return rf"\trowd{edges}{cells}\row"


def _rtf(text: str) -> str:
    made = ""
    for unit in text.encode("utf-16-le").hex(" ", 2).split():
        code = int(unit[2:] + unit[:2], 16)
        sign = chr(code)
        if sign == "\n":
            made += r"\line "
        elif sign in "\\{}":
            made += "\\" + sign
        else:
            made += sign if code < 128 else rf"\u{code if code < 32768 else code - 65536}?"
    return made
