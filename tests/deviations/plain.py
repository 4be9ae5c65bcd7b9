"""Blocks as a web page (also in a mail), as comma-separated values and as plain text: formats without a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from .model import Block, Boxed, Cell, Line, Table, visible

_STYLE = "border:1px solid #000;padding:4px"


def web_page(pages: Sequence[Sequence[Block]], encoding: str = "utf-8") -> bytes:
    """Return the blocks as a web page in ``encoding`` that says so itself."""
    body = "".join(_html(block) for page in pages for block in page)
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head>'
    return f"{head}<body>{body}</body></html>".encode(encoding, "xmlcharrefreplace")


def _html(block: Block) -> str:
    if isinstance(block, Line):
        return f'<p align="{block.side}">{_text(block.text)}</p>\n'
    if isinstance(block, Table):
        rows = "".join(_html_row(block, number) for number in range(len(block.rows)))
        return f'<table style="border-collapse:collapse">{rows}</table>\n'
    if isinstance(block, Boxed):
        return "".join(_html(each) for each in block.blocks)
    return "<hr>"


def _html_row(table: Table, number: int) -> str:
    row, made, column = table.rows[number], [], table.rows[number].before
    for cell in row.cells:
        if cell.merge != "continue":
            down = 1 + depth(table, number, column)
            spans = (f' colspan="{cell.span}"' if cell.span > 1 else "") + (
                f' rowspan="{down}"' if down > 1 else ""
            )
            inside = "".join(_html(each) for each in cell.blocks) or _text(cell.text) or "&nbsp;"
            made.append(f'<td{spans} style="{_STYLE}">{inside}</td>')
        column += cell.span
    return f"<tr>{''.join(made)}</tr>\n"


def depth(table: Table, number: int, column: int) -> int:
    """Return how many rows below row ``number`` continue the merge that begins at grid ``column``."""
    below = 0
    for row in table.rows[number + 1 :]:
        place, found = row.before, None
        for cell in row.cells:
            found = cell if place == column else found
            place += cell.span
        if found is None or found.merge != "continue":
            break
        below += 1
    return below


def _text(text: str) -> str:
    return escape(visible(text), quote=False).replace("\n", "<br>").replace("  ", "&nbsp;&nbsp;")


def values(pages: Sequence[Sequence[Block]], encoding: str) -> bytes:
    """Return the blocks as comma-separated values: a merged cell's text in its first cell, the others empty."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    width = max(
        (len(block.widths) for page in pages for block in page if isinstance(block, Table)), default=1
    )
    for page in pages:
        for block in page:
            if isinstance(block, Line):
                writer.writerow([visible(block.text), *[""] * (width - 1)])
            elif isinstance(block, Table):
                writer.writerows(_flat(row.before, row.cells, width) for row in block.rows)
    return made.getvalue().encode(encoding)


def _flat(before: int, cells: Sequence[Cell], width: int) -> list[str]:
    texts = [""] * before
    for cell in cells:
        texts += [visible(cell.text), *[""] * (cell.span - 1)]
    return texts + [""] * (width - len(texts))


def text(pages: Sequence[Sequence[Block]], encoding: str) -> bytes:
    """Return the lines of ``pages`` as plain text; there must be no table among them."""
    lines = [visible(block.text) for page in pages for block in page if isinstance(block, Line)]
    return "\r\n".join(lines).encode(encoding)
