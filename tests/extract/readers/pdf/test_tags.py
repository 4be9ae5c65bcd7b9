"""PDF files with tags: tables and paragraphs as they were written, where the tags agree with the page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract import Block, Grid, Paragraph
from extract.readers.pdf.reader import read_pdf

Cell = tuple[int, str, str]  # number of the marked content, left edge, attributes of the cell
TEXTS = {0: (60, 700, "Form"), 1: (60, 650, "Name"), 2: (150, 650, "Chen Nian"), 3: (60, 600, "Work")}
TEXTS |= {
    4: (150, 606, "read,"),
    5: (150, 592, "wrote and sang"),
    6: (240, 650, "Post"),
    7: (330, 650, "clerk"),
}
TABLE: list[list[tuple[int, ...]]] = [[(1,), (2,), (6,), (7,)], [(3,), (4, 5)]]
WIDE = "/A << /O /Table /ColSpan 3 >>"


def _pdf(
    rows: Sequence[Sequence[tuple[int, ...]]], wide: str = WIDE, beside: str = "", loop: bool = False
) -> bytes:
    """Return a page with texts at their places and tags: a paragraph, and a table of ``rows`` whose last cell is ``wide``."""
    objects: list[str] = []

    def add(text: str) -> int:
        objects.append(text)
        return len(objects) + 9

    lines = []
    for mark, (x, y, text) in TEXTS.items():
        lines.append(f"/Span << /MCID {mark} >> BDC BT /F1 10 Tf {x} {y} Td ({text}) Tj ET EMC")
    stream = "\n".join([*lines, beside])
    table = []
    for row in rows:
        cells = []
        for place, marks in enumerate(row):
            inner = " ".join(map(str, marks))
            paragraph = add(f"<< /S /P /Pg 3 0 R /K [{inner}] >>")
            last = wide if row is rows[-1] and place + 1 == len(row) else ""
            cells.append(add(f"<< /S /TD /Pg 3 0 R {last} /K [{paragraph} 0 R] >>"))
        table.append(add(f"<< /S /TR /K [{' '.join(f'{c} 0 R' for c in cells)}] >>"))
    title = add("<< /S /Heading /Pg 3 0 R /K 0 >>")
    whole = add(f"<< /S /Table /K [{' '.join(f'{r} 0 R' for r in table)}{' 8 0 R' if loop else ''}] >>")
    fixed = {
        1: "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 7 0 R /MarkInfo << /Marked true >> >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        4: f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        7: "<< /Type /StructTreeRoot /K 8 0 R /RoleMap << /Heading /H1 >> >>",
        8: f"<< /S /Document /K [{title} 0 R {whole} 0 R] >>",
    }
    every = fixed | {number + 10: text for number, text in enumerate(objects)}
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in every.items())
    return f"%PDF-1.7\n{body}trailer << /Root 1 0 R >>\n%%EOF".encode()


def _told(data: bytes) -> list[str | list[tuple[int, int, int, str]]]:
    """Return the texts of paragraphs, and of grids the cells: row, column, span, text."""
    return [
        [(cell.row, cell.column, cell.column_span, _said(cell.blocks)) for cell in block.cells]
        if isinstance(block, Grid)
        else block.text
        for block in read_pdf(data).blocks
    ]


def _said(blocks: Sequence[Block]) -> str:
    return "/".join(block.text for block in blocks if isinstance(block, Paragraph))


def test_tags_tell_cells_and_paragraphs_that_no_rule_parts() -> None:
    """A merged cell, and a text that its author broke before the line was full."""
    assert _told(_pdf(TABLE)) == [
        "Form",
        [
            *((0, 0, 1, "Name"), (0, 1, 1, "Chen Nian"), (0, 2, 1, "Post"), (0, 3, 1, "clerk")),
            *((1, 0, 1, "Work"), (1, 1, 3, "read,\nwrote and sang")),
        ],
    ]


@pytest.mark.parametrize(
    "data",
    [
        _pdf(TABLE, wide=""),  # a row shorter than the others
        _pdf([[(2,), (1,), (6,), (7,)], TABLE[1]]),  # cells in another order than they stand
        _pdf(TABLE, beside="BT /F1 10 Tf 150 500 Td (typed over the form) Tj ET"),
        _pdf(TABLE[:1], wide=""),  # text that the tree does not know
        _pdf(TABLE, loop=True),
        _pdf(TABLE, wide="/A << /O /Table /ColSpan 90000000 >>"),
    ],
)
def test_tags_that_the_page_belies_are_not_believed(data: bytes) -> None:
    """Nothing is lost then: lines and gaps tell."""
    told = _told(data)
    assert "Form" in told
    said = [each if isinstance(each, str) else "".join(cell[-1] for cell in each) for each in told]
    assert all(text in "".join(said) for _, _, text in TEXTS.values())
    assert not any("read,\n" in each for each in said)
