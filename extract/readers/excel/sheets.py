"""Sheets of a workbook, whatever its format: values by python-calamine, what is hidden or merged as a reader found it.

Knows cells, spans and what a person sees of a value; files are the concern of ``xlsx``, ``xls`` and ``flat``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from extract.model import Aside, Block, Cell, Document, Grid, Look, Mark, Paragraph
from extract.readers.signs import PRIVATE, symbols
from extract.unreadable import UnreadableError
from forms import Identity, Place
from forms.serial import OPTIONS_SHEET

from .drawings import Floating
from .formcontrols import OPEN, TICKED
from .numberformats import displayed

MAX_ROWS = 20000
MAX_COLUMNS = 500
MAX_SHEETS = 200
_FRAMES_BELOW, _FRAMES_BESIDE = 60, 20
_RETURN = re.compile(r"\r|_x000D_")
_LINE_END = re.compile(r"\r?\n|_x000[aAdD]_")  # escaped by some programs (22.9.2.19)
_CODES = re.compile(
    r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z])'
)  # 18.3.1.46: font, colour, size, place, fields
_CONTROLS = TICKED + OPEN
_BROKEN = "表格打不开，可能损坏，请对方用 WPS 或 Excel 另存后重发"


@dataclass(slots=True)
class Sheet:
    """What a file tells of a sheet beside its values: rows and columns from 0, merges as top, left, bottom, right.

    ``comments`` are row, column and text; ``unsolved`` are formulas without a stored result; ``struck`` cells whose font is
    crossed out; ``formats`` number formats that tell more than the value; ``signs`` the symbol fonts of cells; ``framed`` those
    with strokes around them, filled or not; ``floating`` are text boxes and pictures; ``unseen`` cells whose format shows
    nothing; ``printed`` kind and text of headers and footers; ``texts`` what a cell shows where its value alone does not tell.
    """

    name: str = ""
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unsolved: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    signs: dict[tuple[int, int], str] = field(default_factory=dict)
    far: list[Aside] = field(default_factory=list)
    texts: dict[tuple[int, int], tuple[str, tuple[Mark, ...]]] = field(default_factory=dict)
    framed: set[tuple[int, int]] = field(default_factory=set)
    floating: list[Floating] = field(default_factory=list)
    unseen: set[tuple[int, int]] = field(default_factory=set)
    printed: list[tuple[str, str]] = field(default_factory=list)


Rows = list[list[object]]


def workbook(
    sheets: Sequence[Sheet], values: Sequence[Rows], identity: Identity | None, active: Sequence[str]
) -> Document:
    """Return the document of ``sheets`` with their ``values``; ``active`` names what the file carries that could act."""
    blocks: list[Block] = []
    asides: list[Aside] = []
    for sheet, rows in zip(sheets, values, strict=True):
        if sheet.hidden and sheet.name == OPTIONS_SHEET:
            continue  # the options of a blank of ours
        if sheet.hidden:
            text = "\n".join("\t".join(filter(None, map(shown, row))) for row in rows)
            asides += [Aside(text.strip(), Place(sheet.name), "隐藏的工作表")] if text.strip() else []
            continue
        grid, loose = _with_floating(Grid(sheet.name, tuple(_cells(sheet, rows))), sheet)
        above, below = _margin(sheet, "页眉"), _margin(sheet, "页脚")
        blocks += [*above, grid, *loose, *below]
        asides += [
            *_asides(sheet, rows),
            *(replace(each, place=Place(f"{sheet.name} {each.place.part}")) for each in sheet.far),
        ]
    notices = ["hidden"] if any(aside.kind.startswith("隐藏") for aside in asides) else []
    notices += ["comments"] if any(aside.kind == "批注" for aside in asides) else []
    notices += ["far"] if any(sheet.far for sheet in sheets) else []
    notices += [f"active:{kind}" for kind in active]
    return Document(tuple(blocks), tuple(asides), identity, tuple(notices))


def _margin(sheet: Sheet, part: str) -> list[Paragraph]:
    texts = [text for kind, text in sheet.printed if kind == part]
    return [Paragraph(text, Place(part, paragraph=number)) for number, text in enumerate(texts, start=1)]


def read_values(data: bytes) -> list[tuple[Sheet, Rows]]:
    """Return name, visibility, merges and values of every worksheet; raise ``UnreadableError`` when it cannot be read."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    found: list[tuple[Sheet, Rows]] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for meta in book.sheets_metadata:
                if meta.typ is not SheetTypeEnum.WorkSheet:
                    continue
                values = book.get_sheet_by_name(meta.name)
                sheet = Sheet(meta.name, meta.visible is not SheetVisibleEnum.Visible)
                sheet.merged = [(*start, *end) for start, end in values.merged_cell_ranges or ()]
                found.append((sheet, list(map(list, values.to_python(skip_empty_area=False)))))
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(_BROKEN) from error
    except BaseException as error:  # a panic of Rust is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(_BROKEN) from error
    return found


def refuse_many(sheets: int) -> None:
    """Raise ``UnreadableError`` for a workbook of more ``sheets`` than any work needs."""
    if sheets > MAX_SHEETS:
        raise UnreadableError(f"工作簿超过{MAX_SHEETS}张表，不像是报表，没有打开")


def too_far(name: str, cell: str) -> UnreadableError:
    """Return the refusal of a sheet with a cell so far away that a dense table would not fit memory."""
    return UnreadableError(f"{name} 的 {cell} 离表格太远，请删去那里的内容后另存重发")


def frames(sides: Set[str]) -> bool:
    """Whether strokes on ``sides`` stand above and below, or left and right: a cell of a table."""
    return any(pair <= sides for pair in ({"left", "right"}, {"top", "bottom"}, {"start", "end"}))


def printed_lines(text: str) -> Iterator[str]:
    """Yield the lines of a header or footer without the codes for fonts, places and fields (ECMA-376 18.3.1.46)."""
    for line in _LINE_END.split(text):
        seen = _CODES.sub(" ", line).strip()
        if seen:
            yield seen


def _cells(sheet: Sheet, found: Rows) -> Iterator[Cell]:
    rows = _whole(sheet, found)
    height, width = len(rows), max(map(len, rows), default=0)
    covered = {
        (row, column): (top, left)
        for top, left, bottom, right in sheet.merged
        for row in range(top, min(bottom + 1, height))
        for column in range(left, min(right + 1, width))
    }
    _refuse_shroud(sheet, rows, covered)
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merged}
    moved = moved_corners(spans, sheet.hidden_rows, sheet.hidden_columns)
    for row, line in enumerate(rows):
        if row in sheet.hidden_rows:
            continue
        for column, value in enumerate(line):
            top, left = covered.get((row, column), (row, column))
            if column in sheet.hidden_columns or moved.get((top, left), (top, left)) != (row, column):
                continue
            height, width = spans.get((top, left), (1, 1))
            place = Place(sheet.name, top + 1, left + 1, 1)
            text, marks = _seen(sheet, top, left, value if (top, left) == (row, column) else rows[top][left])
            yield Cell(
                row, column, height + top - row, width + left - column, (Paragraph(text, place, marks),)
            )


def _refuse_shroud(sheet: Sheet, rows: Rows, covered: Mapping[tuple[int, int], tuple[int, int]]) -> None:
    """Raise ``UnreadableError`` when a merged cell beyond the size of any table hides values under it."""
    vast = {
        (top, left)
        for top, left, bottom, right in sheet.merged
        if bottom - top >= MAX_ROWS or right - left >= MAX_COLUMNS
    }
    for cell, corner in covered.items() if vast else ():
        if corner in vast and cell != corner and shown(rows[cell[0]][cell[1]]).strip():
            raise UnreadableError("表格的合并单元格过大，盖住了填的内容，不像是报表，没有打开")


def moved_corners(
    spans: Mapping[tuple[int, int], tuple[int, int]], rows: Set[int], columns: Set[int]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return where the text of a merged cell is seen whose first ``rows`` or ``columns`` are hidden, by its corner.

    A filter hides rows, not the merged cell that reaches over them: its text stands in what is left of it.
    """
    moved = {}
    for (top, left), (height, width) in spans.items() if rows or columns else ():
        row = next((row for row in range(top, top + height) if row not in rows), -1)
        column = next((column for column in range(left, left + width) if column not in columns), -1)
        if row >= 0 and column >= 0 and (row, column) != (top, left):
            moved[top, left] = row, column
    return moved


def _with_floating(grid: Grid, sheet: Sheet) -> tuple[Grid, list[Paragraph]]:
    """Return the grid with what floats over its empty cells in them, pictures and boxes to tick in any, and other text boxes."""
    if not sheet.floating:
        return grid, []
    cells = list(grid.cells)
    loose: list[Paragraph] = []
    for row, column, text in sheet.floating:
        if row in sheet.hidden_rows or column in sheet.hidden_columns:
            continue
        number = next((n for n, cell in enumerate(cells) if _holds(cell, row, column)), -1)
        under = cells[number].blocks[0] if number >= 0 else None
        if isinstance(under, Paragraph) and not text:
            mark = Mark(len(under.text), len(under.text), Look.PICTURE)
            cells[number] = replace(cells[number], blocks=(replace(under, marks=(*under.marks, mark)),))
        elif isinstance(under, Paragraph) and (not under.text.strip() or text[0] in _CONTROLS):
            whole = f"{under.text} {text}".strip()  # boxes to tick stand side by side over one cell
            cells[number] = replace(cells[number], blocks=(replace(under, text=whole),))
        elif text:
            loose.append(Paragraph(text, Place(f"{sheet.name} 文本框", paragraph=len(loose) + 1)))
    return replace(grid, cells=tuple(cells)), loose


def _holds(cell: Cell, row: int, column: int) -> bool:
    return (
        cell.row <= row < cell.row + cell.row_span and cell.column <= column < cell.column + cell.column_span
    )


def _whole(sheet: Sheet, rows: Rows) -> Rows:
    """Return ``rows`` as far as a person sees a table: calamine leaves out what is empty at the ends.

    Those are formulas without a stored result, errors, and framed cells that wait for an answer; frames far beyond the
    last value are somebody's slip of the mouse.
    """
    height, width = len(rows), max(map(len, rows), default=0)
    below, beside = height + _FRAMES_BELOW, width + _FRAMES_BESIDE
    near = (
        {(row, column) for row, column in (*sheet.framed, *sheet.texts) if row < below and column < beside}
        if rows
        else set()
    )
    height = max(height, 1 + max((row for row, _ in sheet.unsolved | near), default=-1))
    width = 1 + max((column for _, column in sheet.unsolved | near), default=-1)
    filled = [*rows, *([] for _ in range(height - len(rows)))]
    return [[*line, *([""] * (width - len(line)))] for line in filled]


def _seen(sheet: Sheet, row: int, column: int, value: object) -> tuple[str, tuple[Mark, ...]]:
    """Return what a cell shows, and how."""
    if (row, column) in sheet.unsolved:
        return shown(value), (Mark(0, 0, Look.FORMULA),)
    if (row, column) in sheet.unseen:
        return "", ()
    text, marks = sheet.texts.get((row, column), (shown(value), ()))
    if (row, column) not in sheet.texts and ((row, column) in sheet.signs or PRIVATE.search(text)):
        text = symbols(sheet.signs.get((row, column), ""), text)
    if (row, column) in sheet.formats and (row, column) not in sheet.texts:
        text = displayed(value, sheet.formats[row, column]) or text
    if (row, column) in sheet.struck and text:
        marks = (Mark(0, len(text), Look.STRUCK),)
    return text, marks


def _asides(sheet: Sheet, rows: Rows) -> Iterator[Aside]:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merged}
    seen = moved_corners(spans, sheet.hidden_rows, sheet.hidden_columns)
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            text = shown(value)
            if (row, column) in seen:
                continue
            if text.strip() and (row in sheet.hidden_rows or column in sheet.hidden_columns):
                kind = "隐藏行" if row in sheet.hidden_rows else "隐藏列"
                yield Aside(text, Place(sheet.name, row + 1, column + 1), kind)
            elif text.strip() and (row, column) in sheet.unseen:
                yield Aside(text, Place(sheet.name, row + 1, column + 1), "隐藏文字")
    for row, column, text in sheet.comments:
        if text.strip():
            yield Aside(text, Place(sheet.name, row + 1, column + 1), "批注")


def shown(value: object) -> str:
    """Write a cell's value as a person sees it; a time of midnight on a date is left out."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return repr(round(value, 10))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time() | timedelta():
            return str(value)
    return unbroken(str(value))


def unbroken(text: str) -> str:
    r"""Return ``text`` with its line ends as ``\n`` alone; Excel has others, also escaped (ECMA-376 22.9.2.19)."""
    return (
        text.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")
        if _RETURN.search(text)
        else text
    )
