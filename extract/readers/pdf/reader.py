"""The reader of PDF files that have text: ruled tables with merged cells, text around them, tables over page breaks.

pdfplumber finds characters, rules and pictures; how lines become paragraphs stands in ``paragraphs``. A page without a text
layer is a scan, which nobody here can read.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.gate import refuse_pdf_bomb
from extract.model import Document, Look, Mark
from extract.readers.draft import Item, Line, Notes, Slot, Table, lay_out
from extract.unreadable import UnreadableError

from .bands import Columns, banded
from .chars import UNKNOWN
from .columns import blocks, by_gaps
from .cut import is_cut
from .glyphs import HIDDEN, Seen, glyphs_of
from .lines import Glyph, TextLine, lines_of
from .loose import Loose
from .margins import is_number, running
from .pagebreaks import Grid, Rooms, across, append, goes_on
from .painted import placed, upright
from .paragraphs import paragraphs, wrapped
from .places import around, between, centred, edges, holds, index, right_of, within
from .room import Room, inner_room, padding, page_room
from .rules import ruled
from .seen import crosses, without_grounds
from .tags import Tree, structure
from .wide import Sheet, pages_down, set_beside

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_MAX_PAGES, _MAX_EDGES, _MAX_GLYPHS = 100, 4000, 300_000
_MAX_CONTENT = 2**20  # bytes of what draws a page, twenty times those of a full form
_FEWEST = 20  # glyphs of a page that is more than a picture
_OPEN = re.compile(
    "[^:：，。；]{2,16}[:：][^:：]{7,}[^。；！？）)]$"
)  # an answer behind its label, without an end
_SEVERAL = 2  # glyphs that cross rules, from which on it is no chance
_MARGIN = 72  # points at the head of a page where a table that goes on must begin
_SCAN = "是扫描件或图片，认不出里面的字，请对方发 Word 或 Excel 文件"
_BROKEN = "PDF 打不开，可能损坏，请对方重新导出或改发 Word 文件"

Box = tuple[float, float, float, float]


def read_pdf(data: bytes) -> Document:
    """Read a PDF with text; raise ``UnreadableError`` for a scan, a password, damage or a file beyond all limits."""
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells every trifle of a damaged file
    refuse_pdf_bomb(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as file:
            _count_pages(file)
            pages = []
            known = _Known()
            tree = structure(file)
            for page in file.pages:
                pages.append(_page(page, known))
                page.close()
    except UnreadableError:
        raise
    except PdfminerException as error:
        reason = _BROKEN
        if "Password" in repr(error):
            reason = "文件已加密，请取消密码后重发"
        raise UnreadableError(reason) from error
    except Exception as error:  # pdfminer meets broken objects with whatever exception comes
        raise UnreadableError(_BROKEN) from error
    glyphs = sum(page.glyphs for page in pages)
    if not glyphs or (glyphs < _FEWEST and any(page.pictured for page in pages)):
        raise UnreadableError(_SCAN)
    if sum(page.unknown for page in pages) * 5 > glyphs:
        raise UnreadableError("PDF 里的字没有编码，认不出来，请对方发 Word 或 Excel 文件")
    items = _tagged(tree, pages) if tree is not None else None
    notes = _noticed(pages, items is not None)
    _narrow(pages)
    if items is not None:
        return lay_out([("正文", items)], notes)
    heads, feet = _running(pages)
    _doubt_open_ends(pages)
    return lay_out([("页眉", heads), ("正文", list(_joined(pages))), ("页脚", feet)], notes)


def _noticed(pages: list[_Page], tagged: bool) -> Notes:
    """Return what is no text of the pages, and what a person should know of them."""
    notes = Notes()
    if any(page.pictured and page.glyphs < _FEWEST for page in pages):
        notes.notice("scanned")
    for kind, text in (aside for page in pages for aside in page.seen.asides):
        notes.aside(text, kind)
        if kind == HIDDEN:
            notes.notice("hidden")
    if not tagged and any(page.by_gaps for page in pages):
        notes.notice("gaps")
    if any(isinstance(item, Grid) and item.overrun for page in pages for item, _ in page.items):
        notes.notice("overrun")
    return notes


def _running(pages: list[_Page]) -> tuple[list[Item], list[Item]]:
    """Take heads and feet off the pages and return each once."""
    lines = [[(n, i.text, b) for n, (i, b) in enumerate(page.items) if isinstance(i, Line)] for page in pages]
    told = running(
        [
            (page.height, [(text, box[1], box[3]) for _, text, box in own])
            for page, own in zip(pages, lines, strict=True)
        ]
    )
    found: list[list[Item]] = []
    gone: list[set[int]] = [set() for _ in pages]
    for zone in told:
        once: dict[str, Item] = {}
        for number, (own, chosen) in enumerate(zip(lines, zone, strict=True)):
            for place, text, _ in (own[n] for n in sorted(chosen)):
                gone[number].add(place)
                once.setdefault(re.sub(r"\d+", "", text), Line(text))
        found.append(list(once.values()))
    for page, places in zip(pages, gone, strict=True):
        page.items = [item for number, item in enumerate(page.items) if number not in places]
    return found[0], found[1]


def _doubt_open_ends(pages: list[_Page]) -> None:
    """Note where an answer behind its label ends a page within a sentence, and a line without a label begins the next."""
    for page, following in pairwise(pages):
        body = [(n, i, box) for n, (i, box) in enumerate(page.items) if not _footer(page, n)]
        first = following.items[0][0] if following.items else None
        if not body or not isinstance(first, Line) or re.search("[:：]", first.text):
            continue
        _, last, box = body[-1]
        if isinstance(last, Line) and box[3] > page.height / 2 and _OPEN.search(last.text.rstrip()):
            last.doubtful()


def _narrow(pages: list[_Page]) -> None:
    """Set the columns of a sheet that is wider than the paper beside one another."""
    grids = [[item for item, _ in page.items if isinstance(item, Grid)] for page in pages]
    sheets = [Sheet(own[0].rows, own[0].columns, own[0].table) if len(own) == 1 else None for own in grids]
    down = pages_down(sheets)
    for number in range(down, len(pages)) if down else ():
        first, more = sheets[number % down], sheets[number]
        if first is not None and more is not None:
            set_beside(first, more)
            pages[number].items = [each for each in pages[number].items if not isinstance(each[0], Grid)]


def _tagged(tree: Tree, pages: list[_Page]) -> list[Item] | None:
    """Return the blocks that a file's tags tell, then heads and feet; none when text or pictures stand beside the tags."""
    marked: dict[tuple[int, int], list[Glyph]] = {}
    beside: list[Item] = []
    for number, page in enumerate(pages):
        free = page.seen.marked.pop(None, [])
        seen = [glyph for glyph in free if glyph.text.strip()]
        if page.pictures or any(_MARGIN < glyph.top - page.top < page.height - _MARGIN for glyph in seen):
            return None
        beside += [line for line, _ in paragraphs(lines_of(seen), Room(0.0, 0.0))] if seen else []
        marked |= {(number, mark): glyphs for mark, glyphs in page.seen.marked.items() if mark is not None}
    items = tree.items(marked)
    return None if items is None else [*items, *beside]


def _count_pages(file: PDF) -> None:
    """Refuse too many pages, and pages that say more than a person can read, before anything on them is drawn."""
    from pdfminer.pdfpage import PDFPage

    for number, page in enumerate(PDFPage.create_pages(file.doc)):
        if number == _MAX_PAGES:
            raise UnreadableError(f"PDF 超过{_MAX_PAGES}页，不像是报表，没有打开")
        if (
            sum(len(stream.get_data()) for stream in page.contents if hasattr(stream, "get_data"))
            > _MAX_CONTENT
        ):
            raise UnreadableError("PDF 的一页内容过多，不像是报表，没有打开")


@dataclass(slots=True)
class _Page:
    items: list[tuple[Item | Grid, Box]]
    height: float
    glyphs: int
    unknown: int
    pictured: bool
    seen: Seen = field(default_factory=lambda: Seen([], {}))
    pictures: bool = False
    by_gaps: bool = False  # columns that no rule parts
    top: float = 0.0  # where the page begins in the coordinates of its glyphs


@dataclass(slots=True)
class _Known:
    """What the pages before tell of tables that go on: columns parted by gaps, and rooms that prose showed."""

    columns: Columns = field(default_factory=dict)
    rooms: Rooms = field(default_factory=dict)


def _page(page: Page, known: _Known) -> _Page:
    if len(page.chars) > _MAX_GLYPHS:
        raise UnreadableError("PDF 的一页内容过多，不像是报表，没有打开")
    seen = glyphs_of(page)
    glyphs = seen.glyphs
    page = without_grounds(page, seen.shapes)
    pictures = [(i["x0"], i["top"], i["x1"], i["bottom"]) for i in page.images]
    count = sum(not glyph.text.isspace() for glyph in glyphs)
    unknown = sum(glyph.text == UNKNOWN for glyph in glyphs)
    left, top, right, bottom = map(float, page.cropbox)
    area = (right - left) * (bottom - top)
    pictured = any((x1 - x0) * (bottom - top) > area / 3 for x0, top, x1, bottom in pictures)
    grids = _grids(page, glyphs, pictures, known)
    inside = [grid.box for grid in grids]
    outside = [glyph for glyph in glyphs if not any(within(glyph, box) for box in inside)]
    items: list[tuple[Item | Grid, Box]] = [(grid, grid.box) for grid in grids]
    stretches = [lines_of(stretch) for stretch in between(outside, inside)]
    told = [line.reach for stretch in stretches for line in stretch]
    room = page_room(told, [(grid.box, grid.padding) for grid in grids], left + right)
    for stretch in stretches:
        items += blocks(stretch, room)
    items = [(item, (box[0], box[1] - top, box[2], box[3] - top)) for item, box in items]
    items.sort(key=lambda item: item[1][1])
    gaps = any(grid.by_gaps for grid in grids) or any(map(by_gaps, stretches))
    return _Page(items, bottom - top, count, unknown, pictured, seen, bool(pictures), gaps, top)


def _grids(page: Page, glyphs: list[Glyph], pictures: list[Box], known: _Known) -> list[Grid]:
    if len(page.edges) > _MAX_EDGES:
        raise UnreadableError("PDF 的一页线条过多，不像是报表，没有打开")
    found = [
        _grid(around(cells), cells, glyphs, pictures, known.rooms)
        for cells in ruled(page)
        if len(cells) > 1 or _is_frame(cells[0], glyphs)
    ]
    sides: Columns = {(round(grid.box[0]), round(grid.box[2])): [] for grid in found if len(grid.told) > 1}
    for cells in banded(page.edges, glyphs, known.columns):
        found.append(_grid(around(cells), cells, glyphs, pictures))
        found[-1].by_gaps = len(found[-1].columns) > 2
    known.columns |= {end: points for end, points in sides.items() if end not in known.columns}
    frames = [grid for grid in found if len(grid.told) == 1 and any(_inside(other, grid) for other in found)]
    whole = [grid for grid in found if grid not in frames]  # a frame around tables is none itself
    found = [grid for grid in whole if not any(_inside(grid, other) for other in whole)]
    return [_widened(grid, found, glyphs, pictures) for grid in found]


def _widened(grid: Grid, grids: list[Grid], glyphs: list[Glyph], pictures: list[Box]) -> Grid:
    """Return a single column of labels with what stands beside its rows: nobody ruled or coloured the answers' cells."""
    free = [glyph for glyph in glyphs if not any(within(glyph, other.box) for other in grids)]
    rows = list(pairwise(grid.rows))
    beside = right_of(grid.box, rows, free) if len(grid.columns) == 2 else []
    if not beside:
        return grid
    right = grid.box[2]
    end = max(glyph.x1 for glyph in beside) + grid.padding
    cells = [box for box, _ in grid.told] + [(right, low, end, high) for low, high in rows]
    wide = _grid(around(cells), cells, glyphs, pictures)
    wide.by_gaps = True
    return wide


def _is_frame(cell: Box, glyphs: list[Glyph]) -> bool:
    """Whether a cell that stands alone holds text, and is not drawn around some signs of a line."""
    inside = [glyph for glyph in glyphs if within(glyph, cell)]
    if not inside or cell[3] - cell[1] > 2.5 * max(glyph.bottom - glyph.top for glyph in inside):
        return bool(inside)
    beside = ((cell[0] - _MARGIN, cell[0]), (cell[2], cell[2] + _MARGIN))
    return not any(within(g, (left, cell[1], right, cell[3])) for left, right in beside for g in glyphs)


def _inside(inner: Grid, outer: Grid) -> bool:
    return inner is not outer and holds(outer.box, inner.box)


def _grid(
    box: Box, cells: list[Box], glyphs: list[Glyph], pictures: list[Box], known: Rooms | None = None
) -> Grid:
    columns = edges([x for x0, _, x1, _ in cells for x in (x0, x1)])
    rows = edges([y for _, top, _, bottom in cells for y in (top, bottom)])
    inside = [glyph for glyph in glyphs if within(glyph, box)]
    ordered = sorted(cells, key=lambda cell: (index(rows, cell[1]), cell[0]))
    painted = placed(inside, ordered)
    told = [(cell, lines_of(own)) for cell, own in painted]
    inner = padding((cell, [line.box for line in lines]) for cell, lines in told)
    over = sum(crosses(glyph, cell) for cell, lines in told for line in lines for glyph in line.seen)
    grid = Grid(box, columns, Table([]), inner, told, rows=rows, overrun=over >= _SEVERAL)
    grid.rooms = _rooms(told, inner, {} if known is None else known)
    for (cell, lines), (_, own) in zip(told, painted, strict=True):
        row, column = index(rows, cell[1]), index(columns, cell[0])
        spans = max(1, index(rows, cell[3]) - row), max(1, index(columns, cell[2]) - column)
        found = paragraphs(lines, grid.room(cell), cell=True)
        items: list[Item] = [line for line, _ in found] or [Line()]
        if columns_ := upright(own):
            items = [Line("".join(glyph.shown for glyph in column)) for column in columns_]
        if any(centred(picture, cell) for picture in pictures) and isinstance(items[0], Line):
            items[0].picture()
        if is_cut(lines, cell, inner) and isinstance(items[-1], Line):
            items[-1].marks.append(Mark(len(items[-1].text), len(items[-1].text), Look.CUT))
        grid.table.slots.append(Slot(row, column, *spans, items))
    return grid


def _rooms(told: Sequence[tuple[Box, list[TextLine]]], inner: float, known: Rooms) -> Rooms:
    """Return the room of each column of cells; those that prose tells are ``known`` on the pages that follow."""
    columns: dict[tuple[int, int], list[tuple[Box, list[TextLine]]]] = {}
    for box, lines in told:
        columns.setdefault(across(box), []).append((box, lines))
    rooms: Rooms = {}
    for key, cells in columns.items():
        whole = inner_room(cells[0][0], inner)
        rooms[key] = wrapped([lines for _, lines in cells], whole)
        before = known.get(key)
        beyond = max((line.box[2] for _, lines in cells for line in lines), default=0.0)
        if rooms[key] is not whole:
            known[key] = rooms[key]
        elif before is not None and beyond <= before.right:
            rooms[key] = before
    return rooms


def _joined(pages: list[_Page]) -> Iterator[Item]:
    """Yield the blocks of all pages; a table that ends a page and begins the next is one table."""
    last: Grid | Loose | None = None
    for page in pages:
        for number, (item, box) in enumerate(page.items):
            if isinstance(item, Loose):
                if isinstance(last, Loose) and box[1] < 2 * _MARGIN and last.goes_on(item):
                    last.append(item)
                    continue
                last = item
                yield item
            elif not isinstance(item, Grid):
                if (last is not None and box[1] < _MARGIN) or _footer(page, number):
                    yield item  # a running head or a page number does not part a table
                    continue
                last = None
                yield item
            elif isinstance(last, Grid) and goes_on(last, item):
                append(last, item)
            else:
                last = item
                yield item.table


def _footer(page: _Page, number: int) -> bool:
    """Whether only lines near the foot of the page, or its number, follow from item ``number`` on."""
    rest = page.items[number:]
    return all(
        isinstance(item, Line)
        and (box[1] > page.height - _MARGIN or (2 * box[1] > page.height and is_number(item.text)))
        for item, box in rest
    )
