"""The reader of web pages (html, and mht) that stand for documents: what Word, WPS, Excel or a system saved as a page.

Knows HTML's blocks, tables and lists and the few styles that change what is seen; no script runs, nothing is loaded.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from typing import TYPE_CHECKING
from urllib.parse import unquote

from extract import limits
from extract.gate import CROWDED
from extract.mailheaders import admit
from extract.model import Document
from extract.unreadable import UnreadableError
from forms import Identity, Place

from .draft import Item, Line, Notes, Slot, Table, joined, lay_out
from .numbering import format_number
from .plaintext import decode
from .signs import PRIVATE, is_pale, is_symbol_font, raised, symbols

if TYPE_CHECKING:
    from .package import Element

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size:0(?:\.0+)?(?:pt|px|em|%)?\s*(?:;|!|$)"
)
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_COLOUR = re.compile(r"(?:^|;)color:([^;]+)")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;]+)")
_NO_GROUND = ("transparent", "none", "initial", "inherit")
_FONT = re.compile(r"font-family:[\"']?([^;,\"']+)")
_TABLE = re.compile(r"<table\b")
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
_MAX_WORDS = 2000  # of one tag
_MAX_STYLE = 20_000  # characters of one style
_MAX_SPAN, _MAX_ROWS, _MAX_NESTING, _MAX_COLUMNS = 200, 5000, 120, 1000
_FRAMES = re.compile(rb"<frameset\b", re.IGNORECASE)
_SHEETS = re.compile(rb"<x:ExcelWorksheet>.*?</x:ExcelWorksheet>", re.DOTALL | re.IGNORECASE)
_UNSEEN = re.compile(rb"<x:Visible>\s*Sheet(?:Very)?Hidden", re.IGNORECASE)
_HREF = re.compile(rb"""HRef=["']([^"']+)""", re.IGNORECASE)
_FRAME_ALONE = (
    "这个网页只是外框，表格在它旁边的文件夹里，没有一起发来，请对方在 WPS 或 Excel 里另存为 xlsx 后重发"
)
_LONG_TAG = "网页里有过长的标签，不像是报表，没有打开"


def read_web_page(data: bytes) -> Document:
    """Read an HTML page; raise ``UnreadableError`` when there is nothing to read or it is nested beyond reason."""
    if _FRAMES.search(data):
        raise UnreadableError(_FRAME_ALONE)
    return _read((data,))


def _read(pages: Sequence[bytes], hidden: Sequence[bytes] = ()) -> Document:
    """Read ``pages`` as one document; what stands in ``hidden`` ones is put aside."""
    notes = Notes()
    reader = _Reader(notes)
    roots = [_root(page, notes) for page in pages]
    items = [item for root in roots for item in reader.items(root)]
    for page in hidden:
        kept = joined(_Reader(Notes()).items(_root(page, notes)))
        notes.aside(kept, "隐藏的工作表", Place("网页"))
        notes.notice("hidden")
    return lay_out([("正文", items)], notes, next(filter(None, map(_identity, roots)), None))


def _root(data: bytes, notes: Notes) -> Element:
    from lxml import etree, html

    if data.count(b"<") > limits.PAGE_TAGS:
        raise UnreadableError(CROWDED)
    text = _decoded(data)
    if any(map(_overloaded, text.split("<"))):  # libxml2 takes the square of the number of attributes
        raise UnreadableError(_LONG_TAG)
    # conditional comments of Office: what stands between <![if …]> marks is shown
    text = re.sub(r"<!\[(?:if[^\]>]*|endif)\]>|<\?xml[^>]*>", "", text)
    if _cut(text):
        notes.notice("cut")
    try:
        return html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("网页文件里没有内容，请对方改用 Word 或 Excel 文件重发") from error


def _cut(text: str) -> bool:
    """Whether the end of a page is missing: a table that nobody closed (its end tag is required), and no end of the page."""
    said = text.lower()
    whole = said.rstrip("\0 \r\n\t").endswith(("</html>", "</body>", "</table>"))
    return not whole and len(_TABLE.findall(said)) > said.count("</table")


def _overloaded(piece: str) -> bool:
    """Whether the tag at the beginning of ``piece`` has more attributes than any program writes."""
    return (
        len(piece) > _MAX_WORDS
        and not piece.startswith("!")
        and len(piece.partition(">")[0].split()) > _MAX_WORDS
    )


def read_web_archive(data: bytes) -> Document:
    """Read an mht: the first HTML page of a MIME message, as Word and WPS save it, or the sheets of a workbook."""
    admit(data)
    try:
        pages = dict(_pages(email.message_from_bytes(data, policy=email.policy.default)))
        return _archived(pages)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableError("网页存档损坏，请对方改用 Word 或 Excel 文件重发") from error


def _archived(pages: dict[str, bytes]) -> Document:
    """Read the first of ``pages`` (by file name), or what it frames: Excel saves each sheet as a page of its own."""
    if not pages:
        raise UnreadableError("网页存档里没有正文，请对方改用 Word 或 Excel 文件重发")
    first, *others = pages
    if not _FRAMES.search(pages[first]):
        return read_web_page(pages[first])
    hidden = {
        unquote(href.decode("ascii", "replace")).rpartition("/")[2].lower()
        for sheet in _SHEETS.findall(pages[first])
        if _UNSEEN.search(sheet)
        for href in _HREF.findall(sheet)
    }
    sheets = [name for name in others if not name.startswith("tabstrip")]
    seen = [pages[name] for name in sheets if name not in hidden]
    if not seen:
        raise UnreadableError(_FRAME_ALONE)
    if sum(page.count(b"<") for page in pages.values()) > limits.PAGE_TAGS:
        raise UnreadableError(CROWDED)
    return _read(seen, [pages[name] for name in sheets if name in hidden])


def _pages(message: Message) -> Iterator[tuple[str, bytes]]:
    """Yield file name, in small letters, and content of each HTML page of a MIME message."""
    for number, part in enumerate(message.walk() if isinstance(message, EmailMessage) else ()):
        body = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        charset = part.get_param("charset")
        if isinstance(body, bytes):
            named = b"" if _CHARSET.search(body[:4096]) or not charset else str(charset).encode()
            place = unquote(str(part.get("Content-Location", ""))).rpartition("/")[2].lower()
            yield place or f"{number}", (b"<meta charset=" + named + b">" if named else b"") + body


def _decoded(data: bytes) -> str:
    """Decode by byte order mark, then by what the page says of itself, then as ``decode`` finds out."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = named[1].decode("ascii").lower()
        try:
            return data.decode("gb18030" if name in ("gb2312", "gbk") else name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data) or data.decode("gb18030", "replace")


def _identity(root: Element) -> Identity | None:
    metas = {str(meta.get("name", "")).lower(): str(meta.get("content", "")) for meta in root.iter("meta")}
    found = Identity.from_properties({name.removeprefix("dc."): value for name, value in metas.items()})
    return found or Identity.from_identifier(metas.get("dc.identifier", metas.get("identifier", "")))


@dataclass(frozen=True, slots=True)
class _Style:
    hidden: bool = False
    struck: bool = False
    kept: bool = False  # white space as it stands
    font: str = ""
    raised: bool = False
    pale: bool = False  # white, as the paper is
    shaded: bool = False  # on a ground of its own, where white can be seen


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


class _Reader:
    """One page being read."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._depth = 0
        self._places: dict[Element, int] = {}  # items of each list so far

    def items(self, node: Element, style: _Style = _Style()) -> list[Item]:
        """Return the blocks inside ``node``."""
        flow = _Flow()
        self._inside(node, flow, style)
        flow.close()
        return flow.items

    def _inside(self, node: Element, flow: _Flow, style: _Style) -> None:
        self._depth += 1
        if self._depth > _MAX_NESTING:
            raise UnreadableError("网页嵌套过深，没有打开")
        self._text(node.text, flow, style)
        for child in node:
            if isinstance(child.tag, str):
                self._element(child, flow, style)
            self._text(child.tail, flow, style)
        self._depth -= 1

    def _element(self, node: Element, flow: _Flow, style: _Style) -> None:
        tag = str(node.tag).lower()
        tag = (
            "span" if tag == "o:p" else tag.rpartition(":")[2]
        )  # the mark that Word sets at each paragraph's end
        inner = _styled(node, tag, style)
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

    def _text(self, text: str | None, flow: _Flow, style: _Style) -> None:
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

    def _field(self, node: Element, tag: str, flow: _Flow, style: _Style) -> None:
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

    def _table(self, table: Element, style: _Style) -> Table:
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
                inner = _styled(cell, "td", look)
                if inner.hidden:
                    self._notes.notice("hidden")
                    self._notes.aside(joined(self.items(cell, _Style())), "隐藏文字")
                    continue
                column = covered.free(column)
                if column >= _MAX_COLUMNS:
                    raise UnreadableError(f"表格超过{_MAX_COLUMNS}列，不像是报表，没有打开")
                height, width = _span(cell.get("rowspan")), _span(cell.get("colspan"))
                slots.append(Slot(row, column, height, width, self.items(cell, inner)))
                covered.cover(column, column + width, row + height)
                column += width
        return Table(slots)

    def _rows(self, table: Element, style: _Style) -> Iterator[tuple[Element, _Style]]:
        for child in table:
            tag = str(child.tag).lower()
            look = _styled(child, tag, style)
            if tag in ("thead", "tbody", "tfoot"):
                yield from self._rows(child, look)
            elif tag == "tr" and look.hidden:
                self._notes.notice("hidden")
                self._notes.aside(" ".join(" ".join(map(str, child.itertext())).split()), "隐藏行")
            elif tag == "tr":
                yield child, look
            elif tag == "caption" and (text := joined(self.items(child, look))):
                self._notes.aside(text, "表题")


def _styled(node: Element, tag: str, style: _Style) -> _Style:
    said = str(node.get("style", ""))
    if len(said) > _MAX_STYLE:
        raise UnreadableError(_LONG_TAG)
    own = re.sub(r"\s*([:;])\s*", r"\1", said.lower())
    face = str(node.get("face", "")).lower().partition(",")[0].strip() if tag == "font" else ""
    if (
        not own
        and not face
        and tag not in ("s", "strike", "del", "pre", "textarea", "sup")
        and node.get("color") is None
        and node.get("bgcolor") is None
        and node.get("hidden") is None
    ):
        return style
    font = _FONT.search(own)
    colour = _COLOUR.search(own)
    shade = str(node.get("color", "")) if colour is None else colour[1]
    ground = _GROUND.search(own)
    under = str(node.get("bgcolor", "")) if ground is None else ground[1]
    return _Style(
        style.hidden or bool(_HIDDEN.search(own)) or node.get("hidden") is not None,
        style.struck or tag in ("s", "strike", "del") or bool(_STRUCK.search(own)),
        style.kept or tag in ("pre", "textarea") or "white-space:pre" in own,
        face or (font[1].strip() if font else style.font),
        style.raised or tag == "sup" or "vertical-align:super" in own,
        _is_white(shade) if shade else style.pale,
        style.shaded
        or bool(under and under not in _NO_GROUND and not _is_white(under))
        or "background-image" in own,
    )


def _is_white(colour: str) -> bool:
    """Whether a colour as pages write it (``white``, ``#FFF``, ``#ffffff``, ``rgb(255, 255, 255)``) is that of paper."""
    plain = colour.strip().lower()
    if plain.startswith("rgb("):
        parts = re.findall(r"\d+", plain)[:3]
        plain = "".join(f"{min(int(part), 255):02x}" for part in parts)
    plain = plain.removeprefix("#")
    return plain == "white" or is_pale("".join(2 * sign for sign in plain) if len(plain) == 3 else plain)


def _span(value: str | None) -> int:
    return max(1, min(int(value), _MAX_SPAN)) if value and value.isdecimal() else 1
