"""The reader of Word documents (docx): from bytes to the neutral document, in one pass over the XML.

Knows block-level WordprocessingML (ECMA-376 17.3.1, 17.4, 17.5.2); knows nothing of forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extract import limits
from extract.gate import CROWDED
from extract.model import Block, Cell, Document, Grid, Look, Mark, Paragraph
from extract.readers.draft import Notes, boxed
from extract.readers.numbering import Numbering, W
from extract.readers.package import Element, Package, parse_xml, text_of
from extract.readers.signs import PRIVATE
from extract.unreadable import UnreadableError
from forms import Fingerprint, Place

from .drawnparts import drawn, taken_in
from .lean import without_formatting, without_layout
from .styles import NO_EFFECT, Effect, Styles, is_shaded, numbering_of
from .text import MC, TextReader, chosen, hide, is_prompt

_VAL = W + "val"
_P, _TBL, _TR, _TC, _SDT = W + "p", W + "tbl", W + "tr", W + "tc", W + "sdt"
_PPR, _RPR, _TRPR, _TCPR = (W + name for name in ("pPr", "rPr", "trPr", "tcPr"))
_SPAN, _MERGED_DOWN, _MERGED_ON, _CELL_GONE = W + "gridSpan", W + "vMerge", W + "hMerge", W + "cellDel"
_WRAPPERS = frozenset(W + name for name in ("customXml", "smartTag", "ins", "moveTo", "sdtContent"))
_BLIPS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLIP_IDS = (f"{_RELATED}embed", f"{_RELATED}id")
_SEEN = "正文"
_MAX_ROWS = 5000
_MAX_SPAN = 200
_MAX_DEPTH = 40
_PALE = (b'<w:color w:val="FFFFFF"', b'<w:color w:val="ffffff"')
_NUMBERED = b"numPr"
_SIGN_FONTS = (b"ingdings", b"ebdings")
_EFFECTS = (
    b"vanish",
    b"trike",
    _NUMBERED,
    *_SIGN_FONTS,
    b'"superscript"',
    *_PALE,
    *(b'<w:sz w:val="%d"/>' % half_points for half_points in (1, 2, 3)),
)  # only where these words stand can a style or run change what is seen
_DELETED = (b"<w:del ", b"<w:del/>")  # in the formatting of a paragraph: its end and its number are deleted
_DDE = re.compile(rb"[> ]DDE(?:AUTO)? ")


def read_word(data: bytes) -> Document:
    """Read a docx; raise ``UnreadableError`` with the reason when it is damaged, encrypted or beyond all limits."""
    package = Package(data)
    main = _main_part(package)
    return _Reader(package, main).document()


@dataclass(frozen=True, slots=True)
class Trace:
    """A document with the XML it was read from: the main part, its root, and the paragraphs by place.

    ``paragraphs`` gives the element and how many characters of list number the reader put before its text.
    """

    document: Document
    part: str
    root: Element
    paragraphs: dict[Place, tuple[Element, int]]


def trace_word(data: bytes) -> Trace:
    """Read a docx like ``read_word`` and keep the way back from places to XML, for writing into it."""
    package = Package(data)
    main = _main_part(package)
    reader = _Reader(package, main, traced=True)
    document = reader.document()
    inside = {
        place: (node, shown)
        for place, (node, shown) in (reader.elements or {}).items()
        if node.getroottree().getroot() is reader.root
    }
    return Trace(document, main, reader.root, inside)


def _main_part(package: Package) -> str:
    if "word/document.xml" in package:
        return "word/document.xml"
    for relation in package.xml("_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise UnreadableError("文件里缺少正文，可能损坏，请对方用 WPS 或 Word 另存后重发")


@dataclass(slots=True)
class _Open:
    """A cell while its table is read: more rows may join it."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]


class _Reader:
    """One document being read: counters for places, list numbers, and what is put aside."""

    def __init__(self, package: Package, main: str, *, traced: bool = False) -> None:
        self._package = package
        self._main = main
        text = package.read(main)
        lean, looks = without_formatting(text)
        lean = without_layout(lean)
        self._chunks = b"<w:altChunk" in lean
        self._dynamic = b"DDE" in lean and _DDE.search(lean) is not None
        styled = b"pStyle" in lean or b"rStyle" in looks or b"rStyle" in lean
        pale = any(colour in looks for colour in _PALE)
        self._styles = Styles(self._related("styles", () if pale else _EFFECTS) if styled or pale else None)
        self._pale = pale or self._styles.pale  # whether text is white, which a ground of its own shows
        lists = f"{main.rpartition('/')[0]}/numbering.xml".lstrip("/") in package
        self._styled = self._pale or bool(self._styles) or lists
        outside = _EFFECTS if b"rPr" in lean else _SIGN_FONTS  # where all the formatting has been taken out
        effects = (
            bool(self._styles)
            or any(effect in looks for effect in _EFFECTS)
            or any(effect in lean for effect in outside if effect != _NUMBERED)
        )
        whole = traced or effects or any(sign in looks for sign in _DELETED)
        self.root = parse_xml(text if whole else lean)
        if not effects and PRIVATE.search(text_of(self.root)):
            effects, self.root = True, self.root if whole else parse_xml(text)
        self._numbering = Numbering(self._related("numbering"))
        self._notes = Notes()
        self._text = TextReader(self._styles if effects else None, self._notes)
        self.elements: dict[Place, tuple[Element, int]] | None = {} if traced else None
        self._bare = (
            not self._styled and not traced
        )  # whether a paragraph of plain runs is nothing but its text
        self._tables = 0
        self._depth = 0
        self._prompts = 0  # open content controls that show their placeholder
        self._grounds = 0  # of a colour of their own under what is being read: page, table, cell, text box
        if self.root.find(W + "background") is not None:
            self._grounds = 1

    def document(self) -> Document:
        """Read headers, body, footers and notes, in this order."""
        body = self.root.find(W + "body")
        if body is None:
            raise UnreadableError("文件里缺少正文，可能损坏，请对方用 WPS 或 Word 另存后重发")
        blocks = [*self._parts("header", "页眉"), *self._blocks(body, "正文"), *self._parts("footer", "页脚")]
        for name, kind in (("footnotes", "脚注"), ("endnotes", "尾注"), ("comments", "批注")):
            self._put_aside(name, kind)
        for number, (kind, text) in enumerate(drawn(self._package), start=1):
            self._notes.aside(text, _SEEN, Place(kind, paragraph=number))
        chunks = taken_in(self._package, self._main, read_word) if self._chunks else ()
        for number, text in enumerate(chunks, start=1):
            self._notes.aside(text, _SEEN, Place("嵌入的文档", paragraph=number))
        for kind in self._package.active():
            self._notes.notice(f"active:{kind}")
        if self._dynamic:
            self._notes.notice("active:动态数据交换的域")
        return Document(
            tuple(blocks),
            tuple(self._notes.asides),
            self._package.identity(),
            tuple(self._notes.notices),
            (*self._package.saved_by(), *self._pictures()),
        )

    def _pictures(self) -> Iterator[Fingerprint]:
        """Yield what the pictures of the main part are known by; those of headers and footers are nobody's answer."""
        if not self._text.pictures or not self._package.media():
            return
        from extract.readers.pictures import fingerprint

        targets = self._package.targets(self._main)
        for place, graphic in self._text.pictures:
            if graphic.getroottree().getroot() is not self.root:
                continue
            for node in graphic.iter(*_BLIPS):
                target = targets.get(next((str(node.get(key)) for key in _BLIP_IDS if node.get(key)), ""))
                found = fingerprint(self._package.read(target), place) if target else None
                if found is not None:
                    yield found

    def _related(self, name: str, needles: tuple[bytes, ...] = ()) -> Element | None:
        """Return a part beside the main one, none when it is missing or holds none of the ``needles``."""
        folder = self._main.rpartition("/")[0]
        part = f"{folder}/{name}.xml".lstrip("/")
        if part not in self._package:
            return None
        text = self._package.read(part)
        if needles and not any(needle in text for needle in needles):
            return None
        return parse_xml(text)

    def _parts(self, kind: str, part: str) -> Iterator[Block]:
        """Yield the blocks of all headers or footers; a text that several pages share counts once."""
        folder = self._main.rpartition("/")[0]
        seen: set[tuple[str, ...]] = set()
        for name in sorted(self._package.names):
            if name.startswith(f"{folder}/{kind}") and name.endswith(".xml"):
                blocks = self._blocks(self._package.xml(name), part)
                texts = tuple(_plain(blocks))
                if texts and texts not in seen:
                    seen.add(texts)
                    yield from blocks

    def _put_aside(self, name: str, kind: str) -> None:
        root = self._related(name)
        if root is not None and len(root) > limits.NOTES:
            raise UnreadableError(CROWDED)
        for number, note in enumerate(root if root is not None else (), start=1):
            if note.get(W + "type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            blocks = self._blocks(note, kind)
            text = "\n".join(text for text in _plain(blocks) if text.strip())
            if text:
                self._notes.aside(text, kind, Place(kind, paragraph=number))

    def _blocks(self, parent: Element, part: str, cell: tuple[int, int] | None = None) -> list[Block]:
        """Return the blocks of a container; ``cell`` gives row and column (from 1) when it is a table's cell."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise UnreadableError("表格嵌套过深，没有打开")
        blocks: list[Block] = []
        number = 0
        row, column = cell or (0, 0)
        for child in self._flat(parent):
            if child.tag == _TBL:
                blocks.append(self._table(child))
                continue
            number += 1
            self._text.place = Place(part, row, column, number)
            text = self._text.plain(child) if self._bare and not self._prompts else None
            if text is not None:
                blocks.append(Paragraph(text, self._text.place))
            else:
                self._paragraph(child, blocks, part, cell)
        self._depth -= 1
        return blocks

    def _flat(self, parent: Element) -> Iterator[Element]:
        """Yield the paragraphs and tables of a container, looking through wrappers (sdt, ins, customXml, choices)."""
        for child in parent:
            tag = child.tag
            if tag in (_P, _TBL):
                yield child
            elif tag == _SDT:
                yield from self._control(child, self._flat)
            elif tag in _WRAPPERS:
                yield from self._flat(child)
            elif tag == MC + "AlternateContent":
                yield from self._flat(chosen(child))

    def _control(self, control: Element, inside: Callable[[Element], Iterator[Element]]) -> Iterator[Element]:
        """Yield what ``inside`` finds in a content control, remembering meanwhile whether it is a placeholder."""
        content = control.find(W + "sdtContent")
        if content is None:
            return
        prompt = is_prompt(control)
        self._prompts += prompt
        yield from inside(content)
        self._prompts -= prompt

    def _paragraph(self, node: Element, blocks: list[Block], part: str, cell: tuple[int, int] | None) -> None:
        """Add a paragraph to ``blocks``, and behind it the text boxes that are anchored in it."""
        place = self._text.place
        properties = node.find(_PPR) if self._styled else None
        style = self._style(properties)
        self._text.on_ground = self._pale and (self._grounds > 0 or is_shaded(properties))
        text, marks, boxes = self._text.read(node, style)
        number = (numbering_of(properties) or style.number) if self._styled else None
        shown = 0
        if number is not None and number[0] != "0" and not _deleted(properties):
            label = self._numbering.label(*number)
            shown = len(label)
            text = label + text
            marks = tuple(Mark(mark.start + shown, mark.end + shown, mark.look) for mark in marks)
        if self._prompts:
            marks = (*marks, Mark(0, len(text), Look.PROMPT))
        if self.elements is not None:
            self.elements.setdefault(place, (node, shown))
        blocks.append(Paragraph(text, place, marks))
        self._grounds += 1
        for box in boxes:
            inside = self._blocks(box, part if cell else "文本框", cell)
            blocks += boxed(inside) if cell else inside
        self._grounds -= 1

    def _style(self, properties: Element | None) -> Effect:
        if not self._styles:
            return NO_EFFECT
        node = None if properties is None else properties.find(W + "pStyle")
        return self._styles.default if node is None else self._styles.effect(node.get(_VAL, ""))

    def _table(self, table: Element) -> Grid:
        self._tables += 1
        name = f"表{self._tables}"
        cells: list[_Open] = []
        ground = self._pale and self._styles.on_ground(table.find(W + "tblPr"))
        self._grounds += ground
        above: dict[int, _Open] = {}  # for each starting column the cell that a vertical merge would continue
        for row, node in enumerate(self._rows(table)):
            if row >= _MAX_ROWS:
                raise UnreadableError(f"{name}超过{_MAX_ROWS}行，不像是报表，没有打开")
            self._row(name, row, node, cells, above)
        self._grounds -= ground
        return Grid(name, tuple(Cell(c.row, c.column, c.row_span, c.column_span, c.blocks) for c in cells))

    def _through(self, parent: Element, wanted: str) -> Iterator[Element]:
        """Yield the rows or cells of a table or row, looking through content controls and other wrappers."""
        for child in parent:
            tag = child.tag
            if tag == wanted:
                yield child
            elif tag == _SDT:
                yield from self._control(child, lambda content: self._through(content, wanted))
            elif tag in _WRAPPERS:
                yield from self._through(child, wanted)

    def _rows(self, table: Element) -> Iterator[Element]:
        for row in self._through(table, _TR):
            properties = _first(row, _TRPR)
            if properties is None:
                yield row
            elif properties.find(W + "del") is not None:
                self._notes.notice("tracked")
            elif properties.find(W + "hidden") is not None:
                texts = [
                    text for cell in self._through(row, _TC) for text in _plain(self._blocks(cell, "正文"))
                ]
                hide(self._notes, "\t".join(texts), self._text.place)
            else:
                yield row

    def _row(self, name: str, row: int, node: Element, cells: list[_Open], above: dict[int, _Open]) -> None:
        column = _skipped(node)
        merging: _Open | None = None
        for cell in self._through(node, _TC):
            properties = _first(cell, _TCPR)
            span, vertical, horizontal = _shape(properties)
            if span < 0:
                self._notes.notice("tracked")
                continue
            ground = self._pale and is_shaded(properties)
            self._grounds += ground
            blocks = tuple(self._blocks(cell, name, (row + 1, column + 1)))
            self._grounds -= ground
            upper = above.get(column)
            if horizontal == "continue" and merging is not None:
                merging.column_span += span
                merging.blocks += blocks if any(text.strip() for text in _plain(blocks)) else ()
            elif vertical == "continue" and upper is not None and upper.row + upper.row_span == row:
                upper.row_span += 1
                self._covered(blocks)
            else:
                merging = _Open(row, column, 1, span, blocks)
                cells.append(merging)
                above[column] = merging
            column += span

    def _covered(self, blocks: tuple[Block, ...]) -> None:
        """Put aside what a cell under a vertical merge holds: Word does not show it."""
        text = "\n".join(text for text in _plain(blocks) if text.strip())
        if text:
            self._notes.aside(text, "被合并单元格遮住的文字", self._text.place)


def _first(parent: Element, tag: str) -> Element | None:
    """Return the first child ``tag`` of ``parent``, for what every row and cell is asked: ``find`` reads a path and takes twice as long."""
    return next(parent.iterchildren(tag), None)


def _skipped(row: Element) -> int:
    properties = _first(row, _TRPR)
    before = None if properties is None else properties.find(W + "gridBefore")
    value = "" if before is None else before.get(_VAL, "0")
    return min(int(value), _MAX_SPAN) if value.isdecimal() else 0


def _shape(properties: Element | None) -> tuple[int, str, str]:
    """Return column span, vertical and horizontal merge of ``w:tcPr``; a span of -1 is a cell deleted by tracking."""
    if properties is None:
        return 1, "", ""
    span, vertical, horizontal = 1, "", ""
    for child in properties:
        tag = child.tag
        if tag == _SPAN:
            value = child.get(_VAL, "1")
            span = max(1, int(value)) if value.isdecimal() else 1
            if span > _MAX_SPAN:
                raise UnreadableError("表格的合并单元格过宽，不像是报表，没有打开")
        elif tag == _MERGED_DOWN:
            vertical = child.get(_VAL, "continue")
        elif tag == _MERGED_ON:
            horizontal = child.get(_VAL, "continue")
        elif tag == _CELL_GONE:
            return -1, "", ""
    return span, vertical, horizontal


def _deleted(properties: Element | None) -> bool:
    return properties is not None and properties.find(f"{_RPR}/{W}del") is not None


def _plain(blocks: tuple[Block, ...] | list[Block] | Iterator[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                yield from _plain(cell.blocks)
