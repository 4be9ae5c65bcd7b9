"""The blocks of a web page: HTML's paragraphs, lists, form fields and tables, as a browser shows them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.readers.draft import Item, Line, Notes, Slot, Table, joined
from extract.readers.numbering import format_number
from extract.readers.signs import PRIVATE, is_symbol_font, raised, symbols
from extract.unreadable import UnreadableError

from .looks import PLAIN, Look, styled

if TYPE_CHECKING:
    from extract.readers.package import Element

_ANCHOR = re.compile(
    r"(?<!\w)\x01|\x01(?!\w)"
)  # LibreOffice leaves one in a page where a content control or a field begins; within a word it is dirt to be told
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WRAP = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u2e80-\uffef])")  # CSS Text 3, 4.1.3
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "center",
        "blockquote",
        "pre",
        "form",
        "fieldset",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "address",
        "hr",
        "body",
        "figure",
        "figcaption",
        "caption",
        "legend",
        "nav",
        "aside",
        "details",
        "summary",
    ]
)
_NOTHING = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "noscript",
        "template",
        "object",
        "applet",
        "iframe",
        "svg",
        "math",
        "datalist",
        "map",
    ]
)
_LIST_STYLES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MAX_SPAN, _MAX_ROWS, _MAX_NESTING, _MAX_COLUMNS = 200, 5000, 120, 1000


@dataclass(slots=True)
class _Flow:
    """Blocks being gathered: finished ones and the open line, which begins with ``label`` once it has text."""

    items: list[Item] = field(default_factory=list)
    line: Line = field(default_factory=Line)
    label: str = ""

    def close(self, empty: bool = False) -> None:
        """End the open line; an empty one counts only when ``empty``."""
        line, self.line = self.line, Line()
        line.text = line.text.rstrip(" ")
        if line.text.endswith("\n"):  # a last <br> opens no line
            line.text = line.text[:-1]
        if line.text or line.marks or "".join(line.hidden).strip() or empty:
            self.items.append(line)


class _Covered:
    """The columns that cells of the rows above reach into, as stretches (start, end, first free row) from the left."""

    def __init__(self) -> None:
        self._row = 0
        self._passed: deque[tuple[int, int, int]] = deque()
        self._ahead: deque[tuple[int, int, int]] = deque()

    def begin(self, row: int) -> None:
        """Go on to ``row``, from its first column."""
        self._row = row
        stretches = (*self._passed, *self._ahead)
        self._passed, self._ahead = deque(), deque(one for one in stretches if one[2] > row)

    def free(self, column: int) -> int:
        """Return the first column from ``column`` on that no cell above reaches into."""
        while self._ahead and self._ahead[0][0] <= column:
            self._passed.append(self._ahead.popleft())
            column = max(column, self._passed[-1][1])
        return column

    def cover(self, start: int, end: int, row: int) -> None:
        """Let a cell stand over ``start:end`` as far as ``row``; what it reaches over is its own."""
        while self._ahead and self._ahead[0][0] < end:
            _, far, until = self._ahead.popleft()
            if far > end:
                self._ahead.appendleft((end, far, until))
                break
        if row > self._row + 1:
            self._passed.append((start, end, row))


class Blocks:
    """Reads the blocks of one page; what is not seen goes to ``notes``."""

    def __init__(self, notes: Notes) -> None:
        """Begin a page."""
        self._notes = notes
        self._depth = 0
        self._places: dict[Element, int] = {}  # items of each list so far

    def items(self, node: Element, style: Look = PLAIN) -> list[Item]:
        """Return the blocks inside ``node``."""
        flow = _Flow()
        self._inside(node, flow, style)
        flow.close()
        return flow.items

    def _inside(self, node: Element, flow: _Flow, style: Look) -> None:
        self._depth += 1
        if self._depth > _MAX_NESTING:
            raise UnreadableError("网页嵌套过深，没有打开")
        self._text(node.text, flow, style)
        for child in node:
            if isinstance(child.tag, str):
                self._element(child, flow, style)
            self._text(child.tail, flow, style)
        self._depth -= 1

    def _element(self, node: Element, flow: _Flow, style: Look) -> None:
        tag = str(node.tag).lower()
        tag = (
            "span" if tag == "o:p" else tag.rpartition(":")[2]
        )  # the mark that Word sets at each paragraph's end
        inner = styled(node, tag, style)
        if tag in _NOTHING:
            return
        if tag == "br":
            if not inner.hidden:
                flow.line.text = flow.line.text.rstrip(" ")
                flow.line.add("\n")
        elif tag == "img":
            if not inner.hidden:
                flow.line.picture()
        elif tag in ("input", "select", "textarea"):
            self._field(node, tag, flow, inner)
        elif tag == "table":
            flow.close()
            if not inner.hidden:
                flow.items.append(self._table(node, inner))
            else:
                flow.items.append(Line(hidden=[" ".join(map(str, node.itertext()))]))
        elif tag in _BLOCKS:
            flow.close()
            flow.label = self._label(node) if tag == "li" else flow.label
            self._inside(node, flow, inner)
            flow.close(empty=tag == "p" and not inner.hidden)
        elif tag not in ("rt", "rp"):
            self._inside(node, flow, inner)

    def _text(self, text: str | None, flow: _Flow, style: Look) -> None:
        if not text:
            return
        text = text.replace("\u2011", "-")  # as Word's readers show a no-break hyphen
        text = _ANCHOR.sub("", text) if "\x01" in text else text
        shown = text if style.kept else _SPACE.sub(" ", _WRAP.sub("", text))
        if style.hidden or (style.pale and not style.shaded):
            flow.line.hide(shown)
            return
        if style.raised:
            shown = raised(shown)
        if is_symbol_font(style.font) or PRIVATE.search(shown):
            shown = symbols(style.font if is_symbol_font(style.font) else "", shown)
        line = flow.line
        if not style.kept and (not line.text or line.text[-1] in " \n"):
            shown = shown.lstrip(" ")
        if shown and flow.label:
            line.text, flow.label = flow.label, ""
        line.add(shown, style.struck)

    def _field(self, node: Element, tag: str, flow: _Flow, style: Look) -> None:
        """Show a form field as a browser does: boxes ticked or not, texts as typed, the chosen option."""
        kind = str(node.get("type", "text")).lower()
        if tag == "select":
            options = list(node.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            text = "、".join(" ".join(map(str, option.itertext())).strip() for option in chosen)
        elif tag == "textarea":
            text = str(node.text or "")
        elif kind in ("checkbox", "radio"):
            text = "☑" if node.get("checked") is not None else "□"
        else:
            text = (
                ""
                if kind in ("hidden", "password", "submit", "button", "image")
                else str(node.get("value", ""))
            )
        self._text(text, flow, style)

    def _label(self, item: Element) -> str:
        """Return the number that an ``ol`` shows before ``item``; bullets are left out."""
        parent = item.getparent()
        if parent is None or str(parent.tag).lower() != "ol":
            return ""
        own = str(item.get("value", ""))
        start = str(parent.get("start", "1"))
        place = self._places.get(parent, 0)
        self._places[parent] = place + 1
        number = int(own) if own.isdecimal() else place + (int(start) if start.isdecimal() else 1)
        return (
            format_number(min(number, 99999), _LIST_STYLES.get(str(parent.get("type", "1")), "decimal")) + "."
        )

    def _table(self, table: Element, style: Look) -> Table:
        slots: list[Slot] = []
        covered = _Covered()
        for row, (node, look) in enumerate(self._rows(table, style)):
            column = 0
            covered.begin(row)
            if row >= _MAX_ROWS:
                raise UnreadableError(f"表格超过{_MAX_ROWS}行，不像是报表，没有打开")
            for cell in node:
                if str(cell.tag).lower() not in ("td", "th"):
                    continue
                inner = styled(cell, "td", look)
                if inner.hidden:
                    self._notes.notice("hidden")
                    self._notes.aside(joined(self.items(cell)), "隐藏文字")
                    continue
                column = covered.free(column)
                if column >= _MAX_COLUMNS:
                    raise UnreadableError(f"表格超过{_MAX_COLUMNS}列，不像是报表，没有打开")
                height, width = _span(cell.get("rowspan")), _span(cell.get("colspan"))
                slots.append(Slot(row, column, height, width, self.items(cell, inner)))
                covered.cover(column, column + width, row + height)
                column += width
        return Table(slots)

    def _rows(self, table: Element, style: Look) -> Iterator[tuple[Element, Look]]:
        for child in table:
            tag = str(child.tag).lower()
            look = styled(child, tag, style)
            if tag in ("thead", "tbody", "tfoot"):
                yield from self._rows(child, look)
            elif tag == "tr" and look.hidden:
                self._notes.notice("hidden")
                self._notes.aside(" ".join(" ".join(map(str, child.itertext())).split()), "隐藏行")
            elif tag == "tr":
                yield child, look
            elif tag == "caption" and (text := joined(self.items(child, look))):
                self._notes.aside(text, "表题")


def _span(value: str | None) -> int:
    return max(1, min(int(value), _MAX_SPAN)) if value and value.isdecimal() else 1
