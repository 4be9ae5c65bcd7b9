"""What a person reads in a document, by another program part than the one that made it: the reader of ``extract``."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from extract.model import Block, Grid
from extract.readers.word.docx import read_word


def text(source: Path | bytes) -> str:
    """Return every visible character of a Word document's body, blanks left out; footers hold page numbers."""
    return bare("".join(_texts(read_word(_without_footers(source)).blocks)))


def asides(source: Path | bytes, kind: str) -> list[str]:
    """Return the texts that stand beside the body, of one kind (脚注)."""
    document = read_word(source if isinstance(source, bytes) else source.read_bytes())
    return [bare(item.text) for item in document.asides if item.kind == kind]


def _without_footers(source: Path | bytes) -> bytes:
    data = source if isinstance(source, bytes) else source.read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if not re.search(r"footer[^/]*\.xml$", name):
                new.writestr(name, re.sub(rb"<w:footerReference[^>]*/>", b"", old.read(name)))
    return buffer.getvalue()


def bare(value: str) -> str:
    """Return ``value`` without blanks of any kind."""
    return "".join(value.split()).replace("\ufeff", "")


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                yield from _texts(cell.blocks)
        else:
            yield block.text
