"""The readers of OpenDocument: odt by its blocks, ods by its sheets; one pass over ``content.xml``.

Knows OpenDocument 1.3 part 3: chapters 5 to 7 (text), 9 (tables), 10 (drawings); styles are ``odfstyles``' concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.model import Document, Mark
from extract.model import Look as Sign
from extract.unreadable import UnreadableError
from forms import Identity, Place

from .draft import LARGE, MAX_CELLS, Item, Line, Notes, Part, Slot, Table, joined, lay_out
from .excel.sheets import moved_corners
from .odfstyles import DRAW, NO_LOOK, OFFICE, STYLE, TABLE, TEXT, Lists, Look, Styles
from .package import Element, Package
from .signs import PRIVATE, raised, symbols

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_DC_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_WRAPPERS = frozenset(
    [TEXT + name for name in ("section", "index-body", "index-title", "numbered-paragraph", "list-header")]
    + [TEXT + name for name in ("table-of-content", "illustration-index", "table-index", "bibliography")]
    + [TABLE + "shapes", OFFICE + "forms"]
)
_ROW_GROUPS = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_COLUMN_GROUPS = frozenset(TABLE + n for n in ("table-header-columns", "table-columns", "table-column-group"))
_SILENT = frozenset(
    [TEXT + name for name in ("tracked-changes", "change", "bookmark")]
    + [TEXT + "note-citation", OFFICE + "annotation-end", DRAW + "enhanced-geometry"]
)
_CHANGES = (TEXT + "change-start", TEXT + "change-end")
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_SPACE = re.compile(r"[ \t\r\n]+")
_MONTH = re.compile(r"(?:19|20)\d\d ?年? ?(?:[-/.年]? ?\d{1,2} ?月?)?")  # a date shown without its day
_MAX_ROWS, _MAX_COLUMNS, _MAX_DEPTH, _MAX_SPAN = 20000, 500, 80, 20000


def read_text_document(data: bytes) -> Document:
    """Read an odt; raise ``UnreadableError`` with the reason when it is damaged, encrypted or beyond all limits."""
    package = _opened(data)
    reader = _Reader(package)
    heads, feet = reader.margins()
    body = reader.body(OFFICE + "text")
    parts: list[Part] = [("页眉", heads), ("正文", reader.items(body)), ("页脚", feet)]
    return lay_out(parts, reader.notes, _identity(package))


def read_sheets(data: bytes) -> Document:
    """Read an ods: a grid for each visible sheet; what is hidden is put aside."""
    package = _opened(data)
    reader = _Reader(package)
    items: list[Item] = list(reader.sheets(reader.body(OFFICE + "spreadsheet")))
    return lay_out([("正文", items)], reader.notes, _identity(package))


def _opened(data: bytes) -> Package:
    package = Package(data)
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise UnreadableError("文件已加密，请取消密码后重发")
    return package


def _identity(package: Package) -> Identity | None:
    if "meta.xml" not in package or b"hongtou" not in package.read("meta.xml"):
        return None
    meta = package.xml("meta.xml")
    own = {node.get(_META + "name", ""): str(node.text or "") for node in meta.iter(_META + "user-defined")}
    found = Identity.from_properties(own)
    return found or Identity.from_identifier(next((str(n.text or "") for n in meta.iter(_DC_IDENTIFIER)), ""))


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read: cells with something in them by row and column, spans, what is hidden."""

    filled: dict[tuple[int, int], list[Item]] = field(default_factory=dict)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    styles: list[tuple[int, str | None]] = field(
        default_factory=list
    )  # of cells that name none, up to a column

    def style(self, column: int) -> str | None:
        """Return the style of the cells in ``column`` that name none."""
        return next((name for end, name in self.styles if column < end), None)


class _Reader:
    """One document being read."""

    def __init__(self, package: Package) -> None:
        self._content = package.xml("content.xml")
        if b"<loext:table" in package.read("content.xml"):
            _adopt_tables(self._content)
        roots = [self._content]
        if "styles.xml" in package:
            roots.insert(0, package.xml("styles.xml"))
        self._roots = roots
        self._styles = Styles(tuple(roots))
        self._lists = Lists(self._styles)
        self._ticked = {
            str(node.get(_FORM + "id") or node.get(_XML_ID)): node
            for node in self._content.iter(_FORM + "checkbox", _FORM + "radio")
        }
        self._deletions: set[str] = set()  # the names of changes that took text away
        self._gone: set[str] = set()  # those of them in whose text the reader is
        self.notes = Notes()
        self._depth = 0
        self._cells = 0
        self._loose: list[Line] = []  # text boxes over filled cells of the open sheet

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
            self._deletions = ends & {
                region.get(key, "") for region in gone for key in (TEXT + "id", _XML_ID)
            }
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
        style = look.over(self._styles.look("paragraph", node.get(TEXT + "style-name")))
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
            self._inline(node, line, self._styles.look("text", node.get(TEXT + "style-name")).over(look))
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
        elif tag == _LOEXT + "content-control" or tag == TEXT + "placeholder":
            start = len(line.text)
            self._inline(node, line, look)
            if tag == TEXT + "placeholder" or node.get(_LOEXT + "showing-place-holder") == "true":
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
        if look.hidden or (look.pale and not look.shaded and not self._styles.grounds):
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
        for row, (node, _) in enumerate(_rows(table, TABLE + "table-row")):
            column = 0
            if node.get(TABLE + "visibility") in ("collapse", "filter"):
                self.notes.aside("\t".join(joined(self.items(cell)) for cell in node), "隐藏文字")
                self.notes.notice("hidden")
                continue
            for cell in node:
                repeat = _count(cell, "number-columns-repeated", _MAX_COLUMNS)
                if cell.tag == TABLE + "table-cell":
                    height, width = (
                        _count(cell, "number-rows-spanned"),
                        _count(cell, "number-columns-spanned"),
                    )
                    items = self._copied(cell, repeat)
                    slots += [Slot(row, column + at, height, width, items) for at in range(repeat)]
                column += repeat
        return Table(slots)

    def _copied(self, cell: Element, repeat: int) -> list[Item]:
        """Read a cell that stands ``repeat`` times once; the cells inside of it count for every copy."""
        before = self._cells
        items = self.items(cell)
        self._count_cells(repeat + (self._cells - before) * (repeat - 1))
        return items

    def _count_cells(self, count: int) -> None:
        self._cells += count
        if self._cells > MAX_CELLS:
            raise UnreadableError(LARGE)

    def sheets(self, body: Element) -> Iterator[Item]:
        """Yield the visible sheets and the text boxes over their filled cells; hidden ones become asides."""
        for table in body.iterchildren(TABLE + "table"):
            name = table.get(TABLE + "name", "")
            sheet = self._sheet(table, name)
            if table.get(TABLE + "style-name") in self._styles.hidden_tables:
                text = "\n".join(joined(items) for items in sheet.filled.values())
                self.notes.aside(text.strip(), "隐藏的工作表", Place(name))
                self.notes.notice("hidden")
            else:
                self._hidden_cells(sheet, name)
                yield Table(list(_dense(sheet)), name)
                yield from self._loose
            self._loose = []

    def _sheet(self, table: Element, name: str) -> _Sheet:
        sheet = _Sheet()
        column = 0
        for node, away in _rows(table, TABLE + "table-column", _COLUMN_GROUPS):
            repeat = _count(node, "number-columns-repeated", 20000)
            sheet.styles.append((column + repeat, node.get(TABLE + "default-cell-style-name")))
            if away or node.get(TABLE + "visibility") in ("collapse", "filter"):
                sheet.columns.update(range(column, min(column + repeat, _MAX_COLUMNS)))
            column += repeat
        row = 0
        for node, away in _rows(table, TABLE + "table-row"):
            repeat = _count(node, "number-rows-repeated", 2_000_000)
            filled = self._sheet_row(node, row, sheet, name)
            hidden = away or node.get(TABLE + "visibility") in ("collapse", "filter")
            if hidden:
                sheet.rows.update(range(row, min(row + repeat, _MAX_ROWS)))
            self._count_cells(len(filled) * min(repeat, _MAX_ROWS))
            for copy in range(1, min(repeat, _MAX_ROWS) if filled else 1):
                sheet.filled.update({(row + copy, at): items for at, items in filled.items()})
            row += repeat
            if filled and row > _MAX_ROWS:
                raise UnreadableError(f"{name} 第{row}行离表格太远，请删去那里的内容后另存重发")
        return sheet

    def _sheet_row(self, node: Element, row: int, sheet: _Sheet, name: str) -> dict[int, list[Item]]:
        column = 0
        filled: dict[int, list[Item]] = {}
        for cell in node:
            repeat = _count(cell, "number-columns-repeated", 20000)
            for note in cell.findall(OFFICE + "annotation") if len(cell) else ():
                self.notes.aside(joined(self.items(note)), "批注", Place(name, row + 1, column + 1))
                cell.remove(note)
            if cell.tag == TABLE + "table-cell" and len(cell):
                style = cell.get(TABLE + "style-name") or node.get(TABLE + "default-cell-style-name")
                items = self._cell(cell, self._styles.look("table-cell", style or sheet.style(column)))
                seen = joined(items) or any(isinstance(item, Line) and item.marks for item in items)
                for at in range(column, min(column + repeat, _MAX_COLUMNS) if seen else column):
                    filled[at] = sheet.filled[row, at] = items
            height = _count(cell, "number-rows-spanned", _MAX_ROWS)
            width = _count(cell, "number-columns-spanned", _MAX_COLUMNS)
            if (height, width) != (1, 1):
                sheet.spans[row, column] = (height, width)
            column += repeat
        return filled

    def _cell(self, cell: Element, look: Look) -> list[Item]:
        """Return what a sheet's cell shows as one paragraph, as in a workbook of Excel."""
        found = [item for item in self.items(cell, look) if isinstance(item, Line)]
        boxes = [text for line in found for box in line.boxes if (text := joined(box))]
        if any(line.text.strip() for line in found):
            self._loose += [Line(text) for text in boxes]
        else:
            found += [Line(text) for text in boxes]
        day = cell.get(OFFICE + "date-value", "")
        if (
            len(found) == 1 and found[0].text and not _MONTH.fullmatch(found[0].text)
        ):  # the whole date, however abridged
            found[0].text = day.removesuffix("T00:00:00").replace("T", " ") or found[0].text
        shapes = [line for line in found if not line.text and (line.marks or line.boxes)]
        whole = Line(hidden=[text for line in found for text in line.hidden])
        lines = [line for line in found if line not in shapes]
        for number, line in enumerate(lines):
            start = len(whole.text) + (number > 0)
            whole.text += "\n" + line.text if number else line.text
            whole.marks += [Mark(m.start + start, m.end + start, m.look) for m in line.marks]
        end = len(whole.text)
        whole.marks += [Mark(end, end, mark.look) for line in shapes for mark in line.marks]
        return [whole]

    def _hidden_cells(self, sheet: _Sheet, name: str) -> None:
        seen = moved_corners(sheet.spans, sheet.rows, sheet.columns)
        for (row, column), items in sorted(sheet.filled.items(), key=lambda cell: cell[0]):
            if (row, column) in seen:
                continue
            if row in sheet.rows or column in sheet.columns:
                kind = "隐藏行" if row in sheet.rows else "隐藏列"
                self.notes.aside(joined(items), kind, Place(name, row + 1, column + 1))
                self.notes.notice("hidden")


def _dense(sheet: _Sheet) -> Iterator[Slot]:
    """Yield every cell of the used rectangle that is neither hidden nor under a merge, empty ones too."""
    if not sheet.filled:
        return
    height = max(row for row, _ in sheet.filled) + 1
    width = max(column for _, column in sheet.filled) + 1
    if height * width > MAX_CELLS:
        raise UnreadableError(LARGE)
    covered = {
        (row, column)
        for (top, left), (rows, columns) in sheet.spans.items()
        for row in range(top, min(top + rows, height))
        for column in range(left, min(left + columns, width))
        if (row, column) != (top, left)
    }
    corners = {seen: at for at, seen in moved_corners(sheet.spans, sheet.rows, sheet.columns).items()}
    for row in range(height):
        for column in range(width):
            top, left = corners.get((row, column), (row, column))
            hidden = row in sheet.rows or column in sheet.columns
            if not hidden and ((row, column) not in covered or (top, left) != (row, column)):
                rows, columns = sheet.spans.get((top, left), (1, 1))
                items = list(sheet.filled.get((top, left), [Line()]))
                yield Slot(row, column, rows + top - row, columns + left - column, items)


def _adopt_tables(root: Element) -> None:
    """Give the tables inside shapes the names of all tables: LibreOffice writes them in a namespace of its own."""
    for node in root.iter(f"{_LOEXT}*"):
        name = str(node.tag).removeprefix(_LOEXT)
        if name.startswith("table") or name == "covered-table-cell":
            node.tag = TABLE + name


def _rows(
    table: Element, wanted: str, groups: frozenset[str] = _ROW_GROUPS
) -> Iterator[tuple[Element, bool]]:
    """Yield rows (or columns) through their groups, and whether a group that is folded away holds them."""
    for child in table:
        if child.tag == wanted:
            yield child, False
        elif child.tag in groups:
            folded = child.get(TABLE + "display") == "false"
            for inner, away in _rows(child, wanted, groups):
                yield inner, away or folded


def _own(item: Element) -> bool:
    """Whether a list item has a paragraph of its own: one that only holds a deeper list shows no number."""
    return len(item) > 0 and item[0].tag != TEXT + "list"


def _count(node: Element, name: str, most: int = _MAX_SPAN) -> int:
    value = node.get(TABLE + name, "1")
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 10 else 1
