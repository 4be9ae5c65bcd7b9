"""The blocks of an OpenDocument file: paragraphs, lists, tables of a text and what stands inside of cells.

Knows OpenDocument 1.3 part 3: chapters 5 to 7 (text), 9 (tables), 10 (drawings); styles are ``styles``' concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.model import Look as Sign
from extract.model import Mark
from extract.readers.draft import LARGE, MAX_CELLS, Item, Line, Notes, Slot, Table, joined
from extract.readers.package import Element, Package
from extract.readers.signs import PRIVATE, raised, symbols
from extract.unreadable import UnreadableError

from .styles import DRAW, LOEXT, NO_LOOK, OFFICE, STYLE, TABLE, TEXT, XML_ID, Lists, Look, Styles

_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_WRAPPERS = frozenset(
    [TEXT + name for name in ("section", "index-body", "index-title", "numbered-paragraph", "list-header")]
    + [TEXT + name for name in ("table-of-content", "illustration-index", "table-index", "bibliography")]
    + [TABLE + "shapes", OFFICE + "forms"]
)
_ROW_GROUPS = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_SILENT = frozenset(
    [TEXT + name for name in ("tracked-changes", "change", "bookmark")]
    + [TEXT + "note-citation", OFFICE + "annotation-end", DRAW + "enhanced-geometry"]
)
_CHANGES = (TEXT + "change-start", TEXT + "change-end")
_SPACE = re.compile(r"[ \t\r\n]+")
_MAX_COLUMNS, _MAX_DEPTH, _MAX_SPAN = 500, 80, 20000


class Blocks:
    """Reads the blocks of one document; what is not seen goes to ``notes``."""

    def __init__(self, package: Package) -> None:
        """Parse the parts of ``package``; raise ``UnreadableError`` when one is broken."""
        self._content = package.xml("content.xml")
        if b"<loext:table" in package.read("content.xml"):
            _adopt_tables(self._content)
        roots = [self._content]
        if "styles.xml" in package:
            roots.insert(0, package.xml("styles.xml"))
        self._roots = roots
        self.styles = Styles(tuple(roots))
        self._lists = Lists(self.styles)
        self._ticked = {
            str(node.get(_FORM + "id") or node.get(XML_ID)): node
            for node in self._content.iter(_FORM + "checkbox", _FORM + "radio")
        }
        self._deletions: set[str] = set()  # the names of changes that took text away
        self._gone: set[str] = set()  # those of them in whose text the reader is
        self.notes = Notes()
        self._depth = 0
        self._cells = 0

    def body(self, tag: str) -> Element:
        """Return the element that holds the content."""
        found = self._content.find(f"{OFFICE}body/{tag}")
        if found is None:
            raise UnreadableError("文件里缺少正文，可能损坏，请对方用 WPS 或 Office 另存后重发")
        return found

    def margins(self) -> tuple[list[Item], list[Item]]:
        """Return headers and footers of all page styles, the same text once (16.9)."""
        found: tuple[list[Item], list[Item]] = ([], [])
        seen: set[str] = set()
        for page in self._roots[0].iter(STYLE + "master-page") if len(self._roots) > 1 else ():
            for margin in page:
                name = str(margin.tag).removeprefix(STYLE).partition("-")[0]
                if name in ("header", "footer") and margin.get(STYLE + "display") != "false":
                    items = self.items(margin)
                    text = joined(items)
                    if text and text not in seen:
                        seen.add(text)
                        found[name == "footer"].extend(items)
        return found

    def items(self, parent: Element, look: Look = NO_LOOK) -> list[Item]:
        """Return the blocks of a container."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise UnreadableError("表格嵌套过深，没有打开")
        found: list[Item] = []
        for child in parent:
            found += self._block(child, look)
        self._depth -= 1
        return found

    def _block(self, node: Element, look: Look) -> Iterator[Item]:
        tag = node.tag
        if tag in _PARAGRAPHS:
            yield self._paragraph(node, look)
        elif tag == TEXT + "list":
            yield from self._list(node, self._lists.open(node), 0, look)
        elif tag == TABLE + "table":
            yield self._table(node)
        elif tag == TEXT + "tracked-changes":
            if len(node):
                self.notes.notice("tracked")
            gone = [region for region in node if region.find(TEXT + "deletion") is not None]
            ends = (
                {end.get(TEXT + "change-id", "") for end in self._content.iter(_CHANGES[1])}
                if gone
                else set()
            )
            self._deletions = ends & {region.get(key, "") for region in gone for key in (TEXT + "id", XML_ID)}
        elif tag in _CHANGES:
            self._change(node)
        elif tag in _WRAPPERS:
            hidden = node.get(TEXT + "display") == "none"
            yield from self.items(node, replace(look, hidden=True) if hidden else look)
        elif str(tag).startswith(DRAW):  # anchored to the page, not to a paragraph
            line = Line()
            self._drawing(node, line)
            if line.boxes or line.marks:
                yield line

    def _list(self, node: Element, number: str, level: int, look: Look) -> Iterator[Item]:
        if level > _MAX_DEPTH:
            raise UnreadableError("列表嵌套过深，没有打开")
        for item in node:
            label = (
                self._lists.label(number, level, item)
                if item.tag == TEXT + "list-item" and _own(item)
                else ""
            )
            for child in item:
                if child.tag == TEXT + "list":
                    yield from self._list(child, number, level + 1, look)
                    continue
                for block in self._block(child, look):
                    if label and isinstance(block, Line):
                        block.text = label + block.text
                        block.marks = [
                            Mark(m.start + len(label), m.end + len(label), m.look) for m in block.marks
                        ]
                        label = ""
                    yield block

    def _paragraph(self, node: Element, look: Look) -> Line:
        line = Line()
        style = look.over(self.styles.look("paragraph", node.get(TEXT + "style-name")))
        self._inline(node, line, style)
        line.text = line.text.removesuffix(" ") if not node.findall(TEXT + "s") else line.text
        return line

    def _inline(self, node: Element, line: Line, look: Look) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise UnreadableError("文件嵌套过深，没有打开")
        self._add(node.text, line, look)
        for child in node:
            if child.tag in _CHANGES:
                self._change(child)
            elif isinstance(child.tag, str) and child.tag not in _SILENT:
                self._piece(child, child.tag, line, look)
            self._add(child.tail, line, look)
        self._depth -= 1

    def _change(self, node: Element) -> None:
        """Heed where deleted text begins and ends (5.5.8): LibreOffice leaves it in place when it shows changes."""
        name = node.get(TEXT + "change-id", "")
        if node.tag == _CHANGES[0] and name in self._deletions:
            self._gone.add(name)
        elif node.tag == _CHANGES[1]:
            self._gone.discard(name)

    def _piece(self, node: Element, tag: str, line: Line, look: Look) -> None:
        if tag == TEXT + "span":
            self._inline(node, line, self.styles.look("text", node.get(TEXT + "style-name")).over(look))
        elif tag == TEXT + "s":
            count = node.get(TEXT + "c", "1")
            self._put(" " * min(int(count) if count.isdecimal() else 1, 1000), line, look)
        elif tag in (TEXT + "tab", TEXT + "line-break"):
            self._put("\t" if tag == TEXT + "tab" else "\n", line, look)
        elif tag in (TEXT + "note", OFFICE + "annotation"):
            self._note(node)
        elif tag == TEXT + "ruby":
            for base in node.iterchildren(TEXT + "ruby-base"):
                self._inline(base, line, look)
        elif tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
            line.hidden.append("".join(map(str, node.itertext())))
        elif tag in (_FIELD + "fieldmark", _FIELD + "fieldmark-start"):
            self._mark_field(node, line, look)
        elif tag == LOEXT + "content-control" or tag == TEXT + "placeholder":
            start = len(line.text)
            self._inline(node, line, look)
            if tag == TEXT + "placeholder" or node.get(LOEXT + "showing-place-holder") == "true":
                line.marks.append(Mark(start, len(line.text), Sign.PROMPT))
        elif tag.startswith(DRAW) and tag != DRAW + "a":
            self._drawing(node, line)
        else:
            self._inline(node, line, look)

    def _note(self, node: Element) -> None:
        if node.tag == OFFICE + "annotation":
            self.notes.aside(joined(self.items(node)), "批注")
            return
        body = node.find(TEXT + "note-body")
        kind = "尾注" if node.get(TEXT + "note-class") == "endnote" else "脚注"
        self.notes.aside("" if body is None else joined(self.items(body)), kind)

    def _mark_field(self, node: Element, line: Line, look: Look) -> None:
        """Show a check box of Word's forms as LibreOffice keeps it."""
        if node.get(_FIELD + "type", "").endswith("FORMCHECKBOX"):
            on = any(
                param.get(_FIELD + "name") == "Checkbox_Checked" and param.get(_FIELD + "value") == "true"
                for param in node.iter(_FIELD + "param")
            )
            self._put("☑" if on else "□", line, look)

    def _add(self, text: str | None, line: Line, look: Look) -> None:
        if text:
            shown = _SPACE.sub(" ", text.replace("\u2011", "-"))  # as Word's readers show a no-break hyphen
            self._put(shown.lstrip(" ") if not line.text or line.text[-1] == " " else shown, line, look)

    def _put(self, text: str, line: Line, look: Look) -> None:
        if self._gone:
            return
        if look.hidden or (look.pale and not look.shaded and not self.styles.grounds):
            line.hide(text)
            return
        if look.raised:
            text = raised(text)
        if look.font or PRIVATE.search(text):
            text = symbols(look.font or "", text)
        line.add(text, bool(look.struck))

    def _drawing(self, node: Element, line: Line) -> None:
        """Take the text of a frame or shape as a text box, an image as a picture, a form's box by its state."""
        if node.tag == DRAW + "control":
            box = self._ticked.get(node.get(DRAW + "control", ""))
            if box is not None:
                state = box.get(_FORM + "current-state", box.get(_FORM + "current-selected", ""))
                line.text += "☑" if state in ("checked", "true") else "□"
        elif node.tag == DRAW + "g":
            for child in node:
                if str(child.tag).startswith(DRAW):
                    self._drawing(child, line)
        elif node.tag == DRAW + "frame":
            chosen = next((child for child in node if child.tag in (DRAW + "text-box", DRAW + "image")), None)
            if chosen is not None and chosen.tag == DRAW + "image":
                line.picture()
            elif chosen is not None:
                line.boxes.append(self.items(chosen))
        else:
            items = self.items(node)
            line.boxes += [items] if joined(items) else []

    def _table(self, table: Element) -> Table:
        slots: list[Slot] = []
        for row, (node, _) in enumerate(rows_of(table, TABLE + "table-row")):
            column = 0
            if node.get(TABLE + "visibility") in ("collapse", "filter"):
                self.notes.aside("\t".join(joined(self.items(cell)) for cell in node), "隐藏文字")
                self.notes.notice("hidden")
                continue
            for cell in node:
                repeat = count_of(cell, "number-columns-repeated", _MAX_COLUMNS)
                if cell.tag == TABLE + "table-cell":
                    height, width = (
                        count_of(cell, "number-rows-spanned"),
                        count_of(cell, "number-columns-spanned"),
                    )
                    items = self._copied(cell, repeat)
                    slots += [Slot(row, column + at, height, width, items) for at in range(repeat)]
                column += repeat
        return Table(slots)

    def _copied(self, cell: Element, repeat: int) -> list[Item]:
        """Read a cell that stands ``repeat`` times once; the cells inside of it count for every copy."""
        before = self._cells
        items = self.items(cell)
        self.count_cells(repeat + (self._cells - before) * (repeat - 1))
        return items

    def count_cells(self, count: int) -> None:
        """Count cells that the document shows; raise ``UnreadableError`` beyond the limit."""
        self._cells += count
        if self._cells > MAX_CELLS:
            raise UnreadableError(LARGE)


def _adopt_tables(root: Element) -> None:
    """Give the tables inside shapes the names of all tables: LibreOffice writes them in a namespace of its own."""
    for node in root.iter(f"{LOEXT}*"):
        name = str(node.tag).removeprefix(LOEXT)
        if name.startswith("table") or name == "covered-table-cell":
            node.tag = TABLE + name


def rows_of(
    table: Element, wanted: str, groups: frozenset[str] = _ROW_GROUPS
) -> Iterator[tuple[Element, bool]]:
    """Yield rows (or columns) through their groups, and whether a group that is folded away holds them."""
    for child in table:
        if child.tag == wanted:
            yield child, False
        elif child.tag in groups:
            folded = child.get(TABLE + "display") == "false"
            for inner, away in rows_of(child, wanted, groups):
                yield inner, away or folded


def _own(item: Element) -> bool:
    """Whether a list item has a paragraph of its own: one that only holds a deeper list shows no number."""
    return len(item) > 0 and item[0].tag != TEXT + "list"


def count_of(node: Element, name: str, most: int = _MAX_SPAN) -> int:
    """Return how often a node stands, or how far it reaches, by its attribute ``name``: 1 to ``most``."""
    value = node.get(TABLE + name, "1")
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 10 else 1
