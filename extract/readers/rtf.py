"""The reader of RTF documents (Rich Text Format 1.9.1): one pass over its tokens.

Our own, because the library at hand (striprtf) gives text without tables. Knows destinations, runs, fields and table rows;
the bytes of text stand in the code page of their font, as ``rtftext`` decodes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract import limits
from extract.gate import CROWDED
from extract.model import Document
from extract.unreadable import UnreadableError
from forms import Identity

from .draft import MAX_DEPTH, Item, Line, Notes, Part, joined, lay_out
from .rows import Edge, Nest
from .rtftext import Fonts, decoded, white_colours
from .signs import by_code, raised

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(\r\n|[^A-Za-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SIGNS = {
    b"tab": "\t", b"line": "\n", b"softline": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "●", b"emspace": "\u2003", b"enspace": "\u2002",
    b"qmspace": "\u2005",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_SKIPPED = frozenset(
    b"colortbl stylesheet info listtable listoverridetable revtbl pict nonshppict objdata shprslt nonesttables xe tc rxe "
    b"atnid atnauthor atntime atnref atndate atnparent atnicn bkmkstart bkmkend themedata datastore fontemb fontfile "
    b"filetbl ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pnseclvl objclass objname objalias sp template picprop "
    b"falt panose xmlnstbl pgptbl rsidtbl generator latentstyles mmathPr blipuid do_ ".split()
)
_HEADS = frozenset((b"header", b"headerl", b"headerr", b"headerf"))
_FEET = frozenset((b"footer", b"footerl", b"footerr", b"footerf"))
_BOXES = frozenset((b"shptxt", b"dptxbxtext"))
_NUMBERS = frozenset((b"listtext", b"pntext"))
_COLLECTED = frozenset((b"fldinst", b"propname", b"staticval"))
_OWN = (
    _HEADS | _FEET | _BOXES | _NUMBERS | _COLLECTED | {b"footnote", b"annotation", b"formfield", b"fonttbl"}
)
_KNOWN = _OWN | {b"shpinst", b"shppict", b"nesttableprops", b"do", b"userprops", b"field", b"background"}
_MAX_GROUPS = 2000


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group; a group's end brings back what held before it."""

    skipped: bool = False
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    raised: bool = False
    colour: int = 0  # in the table of colours; 0 is that of the paper's ink
    shaded: bool = False  # on a ground of its own, where white can be seen
    font: int = -1
    fallback: int = 1  # characters to leave out after a \u
    in_table: bool = False
    depth: int = 0
    nested: bool = False  # whether a row definition is a nested table's
    destination: bytes = b""


@dataclass(slots=True)
class _Row:
    """The definition of a table row while it is read: its cells, and what the next one will be."""

    edges: list[Edge] = field(default_factory=list)
    left: int = 0
    from_left: bool = False
    from_above: bool = False


@dataclass(slots=True)
class _Story:
    """A stretch of text of its own: the body, a header, a note, a text box, or words that are only collected."""

    nest: Nest = field(default_factory=Nest)
    line: Line = field(default_factory=Line)
    rows: tuple[_Row, _Row] = field(default_factory=lambda: (_Row(), _Row()))  # of outer and of nested tables
    endnote: bool = False
    kind: int = -1  # of a form field: 1 is a check box
    result: int = 25
    default: int = 0

    def items(self) -> list[Item]:
        """Close what is open and return the blocks."""
        if self.line.text or self.line.marks or self.line.hidden or self.line.boxes:
            self.nest.add(0, self.line, ends_cell=False)
            self.line = Line()
        return self.nest.finish()


def read_rtf(data: bytes) -> Document:
    """Read an RTF file; raise ``UnreadableError`` when it is nested beyond all limits."""
    reader = _Reader(data)
    reader.run()
    return reader.document()


class _Reader:
    """One file being read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._state = _State()
        self._groups: list[_State] = []
        self._lines = 0
        self._stories: list[_Story] = [_Story()]
        self._fonts = Fonts()
        self._buffer = bytearray()
        self._to_skip = 0
        self._starred = False
        self._high = 0  # the first half of a pair of surrogates
        self._heads: list[Item] = []
        self._feet: list[Item] = []
        self._property = ""
        self._properties: dict[str, str] = {}
        self._notes = Notes()
        self._white: frozenset[int] | None = None

    def document(self) -> Document:
        """Return what was read."""
        for state in (self._state, *reversed(self._groups)):  # groups that the file never closed
            if state.destination:
                self._leave(state.destination)
        if len(self._groups) > 1 or (self._groups and self._stories[0].line.text):
            self._notes.notice("cut")
        elif self._groups:  # whole paragraphs, but no last brace
            self._notes.notice("unended")
        parts: list[Part] = [("页眉", self._heads), ("正文", self._stories[0].items()), ("页脚", self._feet)]
        return lay_out(parts, self._notes, Identity.from_properties(self._properties))

    def run(self) -> None:
        """Go through the tokens in order."""
        position, data = 0, self._data
        while position < len(data):
            token = _TOKEN.match(data, position)
            if token is None:
                position += 1
                continue
            position = token.end()
            word, number, escaped, sign, brace, text = token.groups()
            if text is not None:
                self._bytes(text)
            elif escaped is not None:
                self._bytes(bytes((int(escaped, 16),)))
            elif word == b"bin":
                position += max(0, int(number or 0))
            elif word is not None:
                self._flush()
                self._word(word, None if number is None else int(number))
            elif brace is not None:
                self._flush()
                self._to_skip = 0
                self._brace(brace)
            elif sign is not None:
                self._flush()
                self._sign(sign)
        self._flush()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            if len(self._groups) >= _MAX_GROUPS:
                raise UnreadableError("文件嵌套过深，没有打开")
            self._groups.append(self._state)
            self._state = replace(self._state, destination=b"")
        elif self._groups:
            ended = self._state.destination
            self._state = self._groups.pop()
            if ended:
                self._leave(ended)
        self._starred = False

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in (b"\r\n", b"\r", b"\n"):
            self._word(b"par", None)
        elif self._to_skip:
            self._to_skip -= 1
        elif sign in _SYMBOLS:
            self._put(_SYMBOLS[sign])

    def _bytes(self, raw: bytes) -> None:
        if self._to_skip:
            left = min(self._to_skip, len(raw))
            self._to_skip -= left
            raw = raw[left:]
        if not self._state.skipped:
            self._buffer += raw

    def _flush(self) -> None:
        if self._buffer:
            raw = bytes(self._buffer)
            self._buffer.clear()
            self._put(decoded(raw, self._fonts, self._state.font))

    def _put(self, text: str) -> None:
        """Show ``text`` in the open story, as the run's properties want it."""
        state = self._state
        if state.skipped or not text:
            return
        if state.destination == b"fonttbl" or b"fonttbl" in (
            group.destination for group in self._groups[-2:]
        ):
            self._fonts.name(text)
            return
        line = self._stories[-1].line
        if state.deleted:
            self._notes.notice("tracked")
        elif state.hidden or (state.colour in self._whites() and not state.shaded):
            line.hide(text)
        else:
            line.add(raised(text) if state.raised else text, state.struck)

    def _whites(self) -> frozenset[int]:
        """Return the numbers of the colours that nobody sees: white, unless paragraphs or cells have grounds."""
        if self._white is None:
            self._white = white_colours(self._data)
        return self._white

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word in _SKIPPED or (starred and word not in _KNOWN):
            if word == b"pict" and not self._state.skipped:
                self._stories[-1].line.picture()
            self._state = replace(self._state, skipped=True)
        elif self._state.skipped:
            return
        elif word in _OWN:
            self._enter(word)
        elif word == b"nesttableprops":
            self._state = replace(self._state, nested=True)
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word == b"u":
            self._unicode(number or 0)
        elif (
            not self._run_word(word, number)
            and not self._look_word(word, number)
            and not self._table_word(word, number)
        ):
            self._block_word(word, number)

    def _unicode(self, number: int) -> None:
        code = number & 0xFFFF
        self._to_skip = self._state.fallback
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00 if self._high else 0xFFFD
        self._high = 0
        self._put(self._fonts.shown(chr(code), self._state.font))

    def _run_word(self, word: bytes, number: int | None) -> bool:
        """Take a property of runs or of the document; return whether ``word`` was one."""
        on = number != 0
        match word:
            case b"v":
                self._state = replace(self._state, hidden=on)
            case b"strike" | b"striked":
                self._state = replace(self._state, struck=on)
            case b"deleted":
                self._state = replace(self._state, deleted=on)
            case b"revised":
                self._notes.notice("tracked")
            case b"plain":
                self._state = replace(
                    self._state,
                    hidden=False,
                    struck=False,
                    deleted=False,
                    raised=False,
                    colour=0,
                    shaded=False,
                    font=-1,
                )
            case b"f":
                self._fonts.open(number or 0)
                self._state = replace(self._state, font=number or 0)
            case b"uc":
                self._state = replace(self._state, fallback=max(0, min(number or 0, 16)))
            case b"ansicpg":
                self._fonts.page = number or 0
            case b"deff":
                self._fonts.default = number or 0
            case b"fcharset":
                self._fonts.charset(number or 0)
            case _:
                return False
        return True

    def _look_word(self, word: bytes, number: int | None) -> bool:
        """Take a property that may leave text unseen or raise it; return whether ``word`` was one."""
        match word:
            case b"super" | b"sub" | b"nosupersub":
                self._state = replace(self._state, raised=word == b"super" and number != 0)
            case b"cf":
                self._state = replace(self._state, colour=number or 0)
            case b"highlight" | b"chcbpat" | b"cb":
                self._state = replace(self._state, shaded=bool(number) and number not in self._whites())
            case _:
                return False
        return True

    def _table_word(self, word: bytes, number: int | None) -> bool:
        story = self._stories[-1]
        row = story.rows[self._state.nested]
        match word:
            case b"trowd":
                row.edges, row.left, row.from_left, row.from_above = [], 0, False, False
            case b"trleft":
                row.left = number or 0
            case b"clmrg":
                row.from_left = True
            case b"clvmrg":
                row.from_above = True
            case b"cellx":
                left = row.edges[-1].right if row.edges else row.left
                row.edges.append(Edge(left, number or 0, row.from_left, row.from_above))
                row.from_left = row.from_above = False
            case b"cell" | b"nestcell":
                self._end_line(1 if word == b"cell" else max(self._state.depth, 2), ends_cell=True)
            case b"row" | b"nestrow":
                nested = word == b"nestrow"
                story.nest.end_row(max(self._state.depth, 2) if nested else 1, story.rows[nested].edges)
            case _:
                return False
        return True

    def _block_word(self, word: bytes, number: int | None) -> None:
        story = self._stories[-1]
        match word:
            case b"sect" if not story.line.text:
                pass  # the paragraph before it has ended already
            case b"par" | b"sect":
                depth = max(self._state.depth, 1) if self._state.in_table else 0
                self._end_line(depth, ends_cell=False)
            case b"pard":
                self._state = replace(self._state, in_table=False, depth=0)
            case b"intbl":
                self._state = replace(self._state, in_table=True)
            case b"itap":
                self._state = replace(self._state, depth=min(number or 0, 100), in_table=bool(number))
            case b"ftnalt":
                story.endnote = True
            case b"fftype":
                story.kind = number or 0
            case b"ffres":
                story.result = number or 0
            case b"ffdefres":
                story.default = number or 0
            case b"object" | b"objemb":
                self._notes.notice("active:嵌入的对象")

    def _end_line(self, depth: int, ends_cell: bool) -> None:
        story = self._stories[-1]
        line, story.line = story.line, Line()
        self._lines += depth == 0
        if self._lines > limits.LINES:
            raise UnreadableError(CROWDED)
        story.nest.add(depth, line, ends_cell)

    def _enter(self, word: bytes) -> None:
        """Begin a destination whose text is a story of its own."""
        if self._state.destination or not self._groups:
            return
        self._state = replace(self._state, destination=word, in_table=False, depth=0)
        if len(self._stories) > MAX_DEPTH:
            raise UnreadableError("文件嵌套过深，没有打开")
        if word != b"fonttbl":
            self._stories.append(_Story())

    def _leave(self, word: bytes) -> None:
        """End a destination and put its text where it belongs."""
        if word == b"fonttbl" or len(self._stories) < 2:
            return
        story = self._stories.pop()
        line = self._stories[-1].line
        if word in _BOXES:
            line.boxes.append(story.items())
        elif word in _HEADS or word in _FEET:
            found, items = (self._heads if word in _HEADS else self._feet), story.items()
            if (
                joined(items)
                and joined(items) not in (joined([item]) for item in found)
                and joined(items) != joined(found)
            ):
                found += items
        elif word in _NUMBERS:
            self._number(story.line.text.strip())
        elif word == b"footnote":
            self._notes.aside(joined(story.items()).strip(), "尾注" if story.endnote else "脚注")
        elif word == b"annotation":
            self._notes.aside(joined(story.items()).strip(), "批注")
        elif word == b"formfield":
            if story.kind == 1 and len(self._stories) > 1:  # stands inside of the field's instruction
                ticked = (story.default if story.result == 25 else story.result) == 1
                self._stories[-2].line.add("☑" if ticked else "□")
        elif word == b"fldinst":
            self._stories[-1].line.add(by_code(story.line.text))
        elif word == b"propname":
            self._property = story.line.text
        elif word == b"staticval":
            self._properties[self._property] = story.line.text

    def _number(self, label: str) -> None:
        """Show a list number as the program that saved the file wrote it; bullets are left out."""
        if any(sign.isalnum() for sign in label) and not self._state.deleted:
            self._stories[-1].line.label(label)
