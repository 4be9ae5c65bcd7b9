"""PDF files that say what their text is (ISO 32000-1, 14.7 and 14.8): tables, rows, cells and paragraphs as Word had them.

Knows the tree of structure and which glyphs belong to it. Tags are believed only where they agree with what is seen: every row as
wide as the others, cells from left to right, and no text on the page without a tag. Else lines and rules must tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extract.readers.draft import Item, Line, Slot, Table

from .lines import Glyph, lines_of
from .paragraphs import whole

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_DEEPEST, _MOST_NODES, _MOST_PLACES = 60, 100_000, 200_000  # of the tree; of a table's rows times columns
_TABLES, _ROWS, _CELLS = ("Table",), ("TR",), ("TD", "TH")
_PARAGRAPHS = (
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "LI",
    "Caption",
    "Note",
    "TOCI",
    "Title",
    "BlockQuote",
)
Marked = Mapping[tuple[int, int], Sequence[Glyph]]
"""The glyphs of each stretch of marked content, by page (from 0) and number."""


class _Untrue(Exception):  # noqa: N818 - no error: the file is read in another way
    """Tags that do not agree with themselves or with the page."""


@dataclass(slots=True)
class _Node:
    kind: str
    spans: tuple[int, int] = (1, 1)
    kids: list[_Node | tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """The structure of a file, as its catalogue has it."""

    root: _Node
    used: set[tuple[int, int]] = field(default_factory=set)

    def items(self, marked: Marked) -> list[Item] | None:
        """Return the blocks of the file in the order of its tags, none when the tags are not to be believed."""
        try:
            found = list(self._items(self.root, marked))
        except _Untrue:
            return None
        rest = (glyph for mark, glyphs in marked.items() if mark not in self.used for glyph in glyphs)
        return None if any(glyph.text.strip() for glyph in rest) else found

    def _items(self, node: _Node, marked: Marked) -> Iterator[Item]:
        if node.kind in _TABLES:
            yield self._table(node, marked)
        elif node.kind in _PARAGRAPHS and not any(_holds_blocks(kid) for kid in node.kids):
            yield from self._paragraph(list(_marks(node)), marked)
        else:
            loose: list[tuple[int, int]] = []
            for kid in node.kids:
                if isinstance(kid, _Node) and (
                    kid.kind not in ("Span", "Link", "Lbl", "Form") or _holds_blocks(kid)
                ):
                    yield from self._paragraph(loose, marked)
                    loose = []
                    yield from self._items(kid, marked)
                else:
                    loose += _marks(kid)
            yield from self._paragraph(loose, marked)

    def _paragraph(self, marks: Sequence[tuple[int, int]], marked: Marked) -> Iterator[Line]:
        """Yield the text of stretches of marked content, each read once, page after page."""
        pages: dict[int, list[Glyph]] = {}
        for mark in marks:
            if mark not in self.used:
                self.used.add(mark)
                pages.setdefault(mark[0], []).extend(marked.get(mark, ()))
        lines = [line for page in sorted(pages) for line in lines_of(pages[page])]
        if lines:
            yield whole(lines)

    def _table(self, node: _Node, marked: Marked) -> Table:
        slots: list[Slot] = []
        taken: set[tuple[int, int]] = set()
        rows = list(_rows(node))
        for row, cells in enumerate(rows):
            column, last = 0, (-1, -1.0)
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                down, along = cell.spans
                if len(taken) + down * along > _MOST_PLACES:
                    raise _Untrue
                taken.update((r, c) for r in range(row, row + down) for c in range(column, column + along))
                last = self._in_order(cell, last, marked)
                items = list(self._inside(cell, marked)) or [Line()]
                slots.append(Slot(row, column, down, along, items))
                column += along
        width = max((column for _, column in taken), default=0) + 1
        if not rows or len(taken) != width * len(rows) or max(r for r, _ in taken) >= len(rows):
            raise _Untrue
        return Table(slots)

    def _inside(self, cell: _Node, marked: Marked) -> Iterator[Item]:
        yield from self._items(_Node("Div", (1, 1), cell.kids), marked)

    def _in_order(self, cell: _Node, last: tuple[int, float], marked: Marked) -> tuple[int, float]:
        """Return page and left edge of what a cell shows; it stands right of the ``last`` one on that page."""
        seen = [
            (mark[0], glyph.x0)
            for mark in _marks(cell)
            for glyph in marked.get(mark, ())
            if glyph.text.strip()
        ]
        if not seen:
            return last
        page = min(number for number, _ in seen)
        left = min(x0 for number, x0 in seen if number == page)
        if page == last[0] and left <= last[1]:
            raise _Untrue
        return page, left


def _rows(node: _Node) -> Iterator[list[_Node]]:
    for kid in node.kids:
        if not isinstance(kid, _Node):
            raise _Untrue
        if kid.kind in _ROWS:
            yield [cell for cell in kid.kids if isinstance(cell, _Node) and cell.kind in _CELLS]
        elif kid.kind in ("THead", "TBody", "TFoot"):
            yield from _rows(kid)
        elif kid.kind != "Caption":
            raise _Untrue


def _holds_blocks(kid: _Node | tuple[int, int]) -> bool:
    return isinstance(kid, _Node) and (
        kid.kind in _TABLES or kid.kind in _PARAGRAPHS or any(_holds_blocks(inner) for inner in kid.kids)
    )


def _marks(kid: _Node | tuple[int, int]) -> Iterator[tuple[int, int]]:
    if isinstance(kid, tuple):
        yield kid
        return
    for inner in kid.kids:
        yield from _marks(inner)


def structure(file: PDF) -> Tree | None:
    """Return the structure of a tagged file with a table in it, none when it has none or one beyond all limits."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.psexceptions import PSException

    root = resolve1(file.doc.catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return None
    roles = resolve1(root.get("RoleMap"))
    pages: dict[Any, int] = {page.page_obj.pageid: number for number, page in enumerate(file.pages)}
    reader = _Reader(pages, roles if isinstance(roles, dict) else {})
    try:
        top = _Node("Document", kids=list(reader.kids(root, None, 0)))
    except (_Untrue, PSException, AttributeError, TypeError, ValueError):  # a broken tree tells nothing
        return None
    return Tree(top) if reader.tables else None


class _Reader:
    """Walks the objects of a structure tree, each once."""

    def __init__(self, pages: Mapping[Any, int], roles: Mapping[str, Any]) -> None:
        self._pages = pages
        self._roles = roles
        self._count = 0
        self.tables = 0

    def kids(self, obj: Mapping[str, Any], page: int | None, depth: int) -> Iterator[_Node | tuple[int, int]]:
        from pdfminer.pdftypes import PDFObjRef, resolve1

        kids = resolve1(obj.get("K"))
        for kid in kids if isinstance(kids, list) else [kids]:
            self._count += 1
            if depth > _DEEPEST or self._count > _MOST_NODES:
                raise _Untrue
            inner = resolve1(kid)
            if isinstance(inner, int) and page is not None:
                yield page, inner
            elif isinstance(inner, dict):
                home = inner.get("Pg")
                own = self._pages.get(home.objid, page) if isinstance(home, PDFObjRef) else page
                if isinstance(inner.get("MCID"), int) and own is not None:
                    yield own, inner["MCID"]
                elif "S" in inner:
                    yield self._node(inner, own, depth + 1)

    def _node(self, obj: Mapping[str, Any], page: int | None, depth: int) -> _Node:
        kind = _name(obj.get("S"))
        for _ in range(_DEEPEST):
            if kind not in self._roles:
                break
            kind = _name(self._roles[kind])
        self.tables += kind in _TABLES
        return _Node(kind, _spans(obj) if kind in _CELLS else (1, 1), list(self.kids(obj, page, depth)))


def _name(obj: Any) -> str:
    from pdfminer.pdftypes import resolve1

    name = getattr(resolve1(obj), "name", "")
    return name.decode("ascii", "replace") if isinstance(name, bytes) else str(name)


def _spans(obj: Mapping[str, Any]) -> tuple[int, int]:
    """Return over how many rows and columns a cell goes."""
    from pdfminer.pdftypes import resolve1

    told = resolve1(obj.get("A"))
    found: dict[str, Any] = {}
    for each in told if isinstance(told, list) else [told]:
        attributes = resolve1(each)
        if isinstance(attributes, dict):
            found |= {key: resolve1(attributes[key]) for key in ("RowSpan", "ColSpan") if key in attributes}
    spans = found.get("RowSpan", 1), found.get("ColSpan", 1)
    if not all(isinstance(span, int) and 0 < span <= _MOST_PLACES for span in spans):
        raise _Untrue
    return spans
