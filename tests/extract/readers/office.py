"""Files of other formats, made by LibreOffice from ours; and documents as lines that a test can show."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from extract.model import Block, Document, Grid
from tests.rendering import soffice

FILTERS = {
    "doc": "doc:MS Word 97",
    "odt": "odt",
    "rtf": "rtf",
    "html": "html:HTML (StarWriter)",
    "pdf": "pdf",
    "docx": "docx:MS Word 2007 XML",
    "xml": "xml:MS Word 2003 XML",
}
SHEET_FILTERS = {
    "xls": "xls:MS Excel 97",
    "ods": "ods",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76",
    "html": "html",
}


def convert(sources: Sequence[Path], target: str, folder: Path) -> None:
    """Save ``sources`` by the filter ``target`` into ``folder``, in one call of LibreOffice."""
    command = soffice()
    assert command is not None
    folder.mkdir(exist_ok=True)
    options = [f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run(  # noqa: S603 - our own command on our own files
        [command, *options, target, "--outdir", str(folder), *map(str, sources)],
        check=True,
        capture_output=True,
        timeout=120,
    )


def shown(document: Document) -> list[str]:
    """Return a document as lines: texts with their marks, cells with rows, columns and spans."""
    return list(_lines(document.blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            yield block.name
            for cell in block.cells:
                yield f"{cell.row},{cell.column} {cell.row_span}x{cell.column_span}"
                yield from _lines(cell.blocks)
        else:
            yield block.text + "".join(f" <{m.look} {m.start}:{m.end}>" for m in block.marks)
