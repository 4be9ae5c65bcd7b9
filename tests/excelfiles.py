"""Excel workbooks for tests: through openpyxl where it can write what is needed, and patched XML where it cannot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Cells = Sequence[Sequence[object]]


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    """Return the bytes of a workbook whose content ``fill`` writes; one empty sheet ``Sheet1`` is there."""
    book = Workbook()
    sheet_of(book).title = "Sheet1"
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_of(book: Workbook) -> Worksheet:
    """Return the first sheet."""
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def xlsx(rows: Cells, dress: Callable[[Worksheet], None] | None = None) -> bytes:
    """Return a workbook of one sheet with ``rows``; ``dress`` adds merges, hidden rows and the like."""

    def fill(book: Workbook) -> None:
        sheet = sheet_of(book)
        for row in rows:
            sheet.append(list(row))
        if dress is not None:
            dress(sheet)

    return workbook(fill)


def patched(data: bytes, name: str, old: str, new: str) -> bytes:
    """Return the package ``data`` with ``old`` replaced by ``new`` in its part ``name``; ``old`` must be there."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            content = source.read(member)
            if member == name:
                text = content.decode("utf-8")
                assert old in text, f"{old} is not in {name}: {text[:2000]}"
                content = text.replace(old, new).encode("utf-8")
            target.writestr(member, content)
    return buffer.getvalue()
