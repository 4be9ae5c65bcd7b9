"""The 名册 in formats that only the readers of returns know: tables of Word and other files, filled forms.

Joins ``extract`` and ``forms``: a table becomes rows of text in which a merged cell stands in each row it covers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from forms import Form, HongtouError, Mistake, MistakesError, RosterReader, RosterTable, Work, load_work


class Rosters(RosterReader):
    """Reads any file that the readers of returns can read."""

    def tables(self, path: Path) -> tuple[RosterTable, ...]:
        """Return the tables of ``path`` in their order."""
        from extract import Grid, UnreadableError, read_document

        try:
            document = read_document(path.read_bytes())
        except UnreadableError as error:
            raise _unread(path, str(error)) from error
        found = tuple(_table(block) for block in document.blocks if isinstance(block, Grid))
        if not found:
            raise _unread(path, "里面没有表格")
        return found

    def filled(self, path: Path, form: Form) -> tuple[RosterTable, ...]:
        """Return what is filled in: a table of the form's own fields, and one for each group with them beside its rows."""
        from extract import Extractor

        header: dict[str, None] = {}
        rows: list[dict[str, str]] = []
        for record in Extractor((form,), None).file(path, path.name):
            submission = record.submission
            if submission is None:
                raise _unread(path, record.reason or "认不出是填好的表单")
            own = {reading.field: str(reading.value or "") for reading in submission.readings}
            inner = [
                own | {reading.field: str(reading.value or "") for reading in row.readings}
                for row in submission.rows
            ]
            rows += inner or [own]
        for row in rows:
            header.update(dict.fromkeys(row))
        cells = tuple(tuple(row.get(path, "") for path in header) for row in rows)
        return (RosterTable(form.name, (tuple(header), *cells)),)


def load(folder: Path, catalogue: tuple[Form, ...]) -> Work:
    """Load the work of ``folder`` with every kind of 名册; raise as ``forms.load_work`` does."""
    return load_work(folder, catalogue, Rosters())


_ODD = re.compile(r"""[<>{}"'|*?:;\\/=`]|^[-+@]""")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_TOLD = 3


def odd_names(work: Work) -> Iterator[str]:
    """Yield a line for each unit whose name holds what file names, mail headers or pages cannot take as it stands.

    It is right in the data all the same; where it would do harm it is cleaned, and the clerk should know.
    """
    odd = [
        unit.name
        for unit in work.units
        if _ODD.search(unit.name) or any(unicodedata.category(char) in _UNSEEN for char in unit.name)
    ]
    for name in odd[:_TOLD]:
        yield f"存疑：名册里的单位“{name}”名称里有特殊或看不见的字符，文件名和邮件里去掉了，数据照原样。请看是否写错"
    if len(odd) > _TOLD:
        yield f"存疑：名册里这样的单位名称共有 {len(odd)} 个"


def _table(grid: object) -> RosterTable:
    from extract import Grid

    assert isinstance(grid, Grid)  # noqa: S101 - the caller chose them
    height = max((cell.row + cell.row_span for cell in grid.cells), default=0)
    width = max((cell.column + cell.column_span for cell in grid.cells), default=0)
    rows = [[""] * width for _ in range(height)]
    for cell in grid.cells:
        text = _text(cell.blocks)
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[row][column] = text
    return RosterTable(grid.name, tuple(map(tuple, rows)))


def _text(blocks: tuple[object, ...]) -> str:
    from extract import Paragraph

    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph)).strip()


def _unread(path: Path, why: str) -> HongtouError:
    return MistakesError([Mistake(path.name, 0, "名册", why, "请换一个文件，或另存为 xlsx")])
