"""From the XML of a Word document to a ``Sheet``: the paragraphs as they are seen, in the order of reading.

Inserted text counts, deleted and hidden text does not; fields show their result; a text box stands where it is anchored,
once; content controls are transparent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .footers import folios
from .formatting import Flat, Formatting, flat, on, value, w
from .looks import border, indents, run_of, spacing
from .numbers import Numbering
from .sheet import Border, Folio, Para, Run, Section, Sheet, Where
from .wordfile import WordFile

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_ALTERNATE = f"{{{_MC}}}AlternateContent"
_GONE = {w(name) for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr")}
_TEXTS = {w("tab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): ""}


@dataclass(slots=True)
class _State:
    """Where the reading stands."""

    section: int = 0
    where: Where = Where.BODY
    box: int = 0
    table: str = ""
    page: bool = False
    boxes: int = 0
    tables: int = 0
    lines: dict[int, tuple[Border, ...]] = field(default_factory=dict)


class Reader:
    """Reads one document."""

    def __init__(self, file: WordFile) -> None:
        """Prepare styles and numbering of ``file``."""
        self.file = file
        self.formatting = Formatting(file)
        self.numbering = Numbering(file)
        self._state = _State()

    def sheet(self) -> Sheet:
        """Return the whole document."""
        body = self.file.document.find(w("body"))
        blocks = () if body is None else tuple(self._blocks(body))
        settings = self.file.related("settings")
        odd_even = settings is not None and _switch(settings.find(w("evenAndOddHeaders")))
        head = tuple(self._first_header())
        return Sheet(blocks, tuple(self._sections()), odd_even, self._state.lines, head)

    def _first_header(self) -> Iterator[Para]:
        """Yield the paragraphs of the header that page one shows."""
        section = next(self.file.document.iter(w("sectPr")), None)
        if section is None:
            return
        wanted = "first" if _switch(section.find(w("titlePg"))) else "default"
        for reference in section.iter(w("headerReference")):
            part = self.file.target(reference.get(_R_ID) or "")
            if (value(reference, "type") or "default") == wanted and part is not None:
                yield from self._blocks(part)

    def _blocks(self, parent: etree._Element) -> Iterator[Para]:
        for item in parent.iterchildren(tag=etree.Element):
            if item.tag == w("p"):
                yield from self.paragraph(item)
            elif item.tag == w("tbl"):
                yield from self._table(item)
            elif item.tag == _ALTERNATE:
                yield from self._blocks(_choice(item))
            elif item.tag not in _GONE and item.tag != w("sectPr"):
                yield from self._blocks(item)

    def _table(self, table: etree._Element) -> Iterator[Para]:
        before = (self._state.where, self._state.table, self._state.box)
        self._state.tables += 1
        self._state.table = value(table.find(f"{w('tblPr')}/{w('tblStyle')}"))
        self._state.where, self._state.box = Where.CELL, -self._state.tables
        self._state.lines[self._state.box] = tuple(_table_lines(table))
        for cell in table.iter(w("tc")):
            if next(cell.iterancestors(w("tbl"))) is table:
                yield from self._blocks(cell)
        self._state.where, self._state.table, self._state.box = before

    def paragraph(self, item: etree._Element) -> Iterator[Para]:
        """Yield the paragraph ``item`` and, before it, those of text boxes anchored in it."""
        pPr = item.find(w("pPr"))  # noqa: N806 - the schema's word
        style, table = self.formatting.paragraph_style(pPr), self._state.table
        direct = flat(pPr)
        looks = self.formatting.paragraph(style, table, self._level(style, direct), direct)
        pieces = list(self._pieces(item, (style, table)))
        for box in [piece for piece in pieces if not isinstance(piece, Run | str)]:
            yield from self._box(box)
        runs = tuple(piece for piece in pieces if isinstance(piece, Run))
        marks = [piece for piece in pieces if isinstance(piece, str)]
        mark = self.formatting.run(style, table, None if pPr is None else pPr.find(w("rPr")))
        yield self._para(looks, runs, marks, mark)
        self._state.page = "page after" in marks
        if pPr is not None and pPr.find(w("sectPr")) is not None and self._state.where is Where.BODY:
            self._state.section += 1

    def _para(self, looks: Flat, runs: tuple[Run, ...], marks: list[str], mark: Flat) -> Para:
        number = looks.get("num.numId", "0")
        counted = (
            self.numbering.next(number, looks.get("num.ilvl", "0")) if any(run.text for run in runs) else ""
        )
        size = next((run.size for run in runs if run.text.strip()), float(mark.get("sz", 20)) / 2)
        left, right, first = indents(looks, size)
        line, rule, before, after = spacing(looks)
        new_page = self._state.page or "page before" in marks or on(looks.get("pageBreakBefore"))
        return Para(
            runs, counted, looks.get("pStyle", ""), _align(looks), left, right, first, line, rule, before, after,
            border(looks, "top"), border(looks, "bottom"), new_page, self._state.section, self._state.where,
            self._state.box, "graphics" in marks, any("\t" in run.text for run in runs),
            looks.get("snapToGrid") is None or on(looks["snapToGrid"]), float(mark.get("sz", 20)) / 2,
        )  # fmt: skip

    def _level(self, style: str, direct: Flat) -> Flat:
        """Return the properties of the numbering level that the paragraph itself names; a style's own are its own."""
        number = direct.get("num.numId")
        if number is None:
            inherited = self.formatting.chain(style, "pPr")
            level = self.numbering.level(inherited.get("num.numId", "0"), inherited.get("num.ilvl", "0"))
            return {
                key: item for key, item in level.items() if key.startswith("ind.") and key not in inherited
            }
        return self.numbering.level(number, direct.get("num.ilvl", "0"))

    def _box(self, box: etree._Element) -> Iterator[Para]:
        before = (self._state.where, self._state.table, self._state.box)
        self._state.boxes += 1
        self._state.where, self._state.table, self._state.box = Where.BOX, "", self._state.boxes
        yield from self._blocks(box)
        self._state.where, self._state.table, self._state.box = before

    def _pieces(self, item: etree._Element, styles: tuple[str, str]) -> Iterator[Run | str | etree._Element]:
        """Yield runs, marks (graphics, page before, page after) and the contents of text boxes."""
        depth, shown = 0, [True]
        text_seen = False
        for run in _runs(item):
            looks = self.formatting.run(*styles, run.find(w("rPr")))
            words = ""
            for node in run.iterchildren(tag=etree.Element):
                if node.tag == w("fldChar"):
                    depth, shown = _field(value(node, "fldCharType"), depth, shown)
                elif all(shown) and node.tag == w("br") and value(node, "type") == "page":
                    yield "page after" if text_seen or words.strip() else "page before"
                elif all(shown):
                    words += _words(node)
                    yield from _drawn(node)
            text_seen = text_seen or bool(words.strip())
            if words and not on(looks.get("vanish")):
                yield run_of(self.formatting, looks, words)

    def _sections(self) -> Iterator[Section]:
        found: dict[str, etree._Element] = {}
        for item in self.file.document.iter(w("sectPr")):
            parent = item.getparent()
            if parent is None or parent.tag not in (w("pPr"), w("body")):
                continue
            for reference in item.iter(w("footerReference")):
                target = self.file.target(reference.get(_R_ID) or "")
                if target is not None:
                    found[value(reference, "type") or "default"] = target
            pages = {
                kind: page
                for kind, part in found.items()
                if (page := folios(self.paragraph, part)) is not None
            }
            yield _section(item, pages, frozenset(found))


_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _section(item: etree._Element, pages: dict[str, Folio], footers: frozenset[str]) -> Section:
    size, margin, grid = (item.find(w(name)) for name in ("pgSz", "pgMar", "docGrid"))

    def number(node: etree._Element | None, key: str, default: float) -> float:
        try:
            return float(value(node, key) or default)
        except ValueError:
            return default

    return Section(
        number(size, "w", 12240), number(size, "h", 15840), abs(number(margin, "top", 1440)), number(margin, "right", 1440),
        abs(number(margin, "bottom", 1440)), number(margin, "left", 1440) + number(margin, "gutter", 0),
        number(margin, "footer", 720), value(grid, "type"), number(grid, "linePitch", 0),
        number(grid, "charSpace", 0) / 4096 * 20, _switch(item.find(w("titlePg"))),
        value(item.find(w("type"))) not in ("continuous", "nextColumn"), pages, footers,
    )  # fmt: skip


def _runs(item: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph in order, without deleted ones and those of other paragraphs inside."""
    for node in item.iterchildren(tag=etree.Element):
        if node.tag == w("r"):
            yield node
        elif node.tag not in _GONE:
            yield from _runs(_choice(node) if node.tag == _ALTERNATE else node)


def _field(kind: str, depth: int, shown: list[bool]) -> tuple[int, list[bool]]:
    if kind == "begin":
        return depth + 1, [*shown, False]
    if kind == "separate" and len(shown) > 1:
        return depth, [*shown[:-1], True]
    return max(depth - 1, 0), shown[:-1] if len(shown) > 1 else shown


def _words(node: etree._Element) -> str:
    if node.tag == w("t"):
        return node.text or ""
    if node.tag == w("br"):
        return "\n"
    return _TEXTS.get(str(node.tag), "")


def _drawn(node: etree._Element) -> Iterator[str | etree._Element]:
    """Yield what a drawing shows: the contents of its text boxes, or that it is a graphic."""
    if node.tag == _ALTERNATE:
        for inner in _choice(node):
            yield from _drawn(inner)
    elif node.tag in (w("drawing"), w("pict"), w("object")):
        boxes = [box for box in node.iter(w("txbxContent")) if next(box.iterancestors(node.tag)) is node]
        yield from boxes
        if not boxes:
            yield "graphics"


def _choice(item: etree._Element) -> etree._Element:
    found = item.find(f"{{{_MC}}}Choice")
    if found is None:
        found = item.find(f"{{{_MC}}}Fallback")
    return item if found is None else found


def _align(looks: Flat) -> str:
    return {"start": "left", "end": "right"}.get(looks.get("jc", "left"), looks.get("jc", "left"))


def _switch(item: etree._Element | None) -> bool:
    return item is not None and on(item.get(w("val"), "1"))


def _table_lines(table: etree._Element) -> Iterator[Border]:
    """Yield the horizontal lines of a table from the top down, as far as the table says them itself."""
    properties = table.find(f"{w('tblPr')}/{w('tblBorders')}")
    for name in ("top", "insideH", "bottom"):
        item = None if properties is None else properties.find(w(name))
        if item is not None and value(item) not in ("nil", "none"):
            yield Border(value(item), float(value(item, "sz") or 4) / 8, 0, value(item, "color"))
    for item in table.iter(w("tcBorders")):
        for name in ("top", "bottom"):
            side = item.find(w(name))
            if side is not None and value(side) not in ("nil", "none"):
                yield Border(value(side), float(value(side, "sz") or 4) / 8, 0, value(side, "color"))
