"""The reader of Word 97–2003 documents (doc, and wps, which is the same format), on olefile and ``msdoc``.

Our own, because a ready library (firecrawl-anydoc 0.2.4, checked on documents with every feature) shows deleted and hidden text,
drops text boxes, ticks and pictures, and writes 一、 as 1. Files of Word 6 and 95 go to LibreOffice when it is there; a broken
file goes to nobody: what another program guesses of it could not be told from what was written.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from extract.model import Document
from extract.readers.draft import Item, Line, Notes, Part, joined, lay_out
from extract.readers.libreoffice import Unavailable, convert
from extract.readers.olefile97 import Compound, identity
from extract.readers.rows import Nest
from extract.readers.signs import PRIVATE, by_code, raised, symbol, symbols
from extract.unreadable import UnreadableError
from forms import Fingerprint, Place

from . import msdoc
from .docx import read_word
from .msdoc import BROKEN, OldWordError, Story, WordFile
from .msdoclists import numbering
from .msdocshapes import Shapes, shapes
from .sprm import PLAIN, Chp

_MARKS = re.compile("[\r\x07\x0c]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\xad]")
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_SHOWN = {"\t": "\t", "\x0b": "\n", "\x1e": "-"}
_FAULTS = (struct.error, IndexError, KeyError, ValueError, OverflowError, TypeError, RecursionError)
_MAX_FIELDS = 100
_LONGEST = 40  # characters of a field's instruction that are remembered


def read_legacy_word(data: bytes) -> Document:
    """Read a doc or wps; raise ``UnreadableError`` with the reason when it is damaged, encrypted or beyond all limits."""
    return _read(data)


def read_blank(data: bytes, drawn: Callable[[str], str]) -> Document:
    """Read a doc or wps that is a blank form; ``drawn`` says how a text that is underlined as a whole is shown, in as many signs."""

    def prepare(file: WordFile) -> None:
        for start, end in file.underlined():
            file.text = file.text[:start] + drawn(file.text[start:end]) + file.text[end:]

    return _read(data, prepare)


def _read(data: bytes, prepare: Callable[[WordFile], None] | None = None) -> Document:
    try:
        compound = Compound(data)
        tables = {name: compound.read(name) for name in ("0Table", "1Table")}
        file = WordFile(compound.read("WordDocument"), tables, compound.read("Data"))
        if prepare is not None:
            prepare(file)
        return _Reader(file, compound).document()
    except OldWordError as error:
        try:
            return read_word(convert(data, ".doc", "docx"))
        except Unavailable:
            raise error from None
    except _FAULTS as error:
        raise UnreadableError(BROKEN) from error


def drawn(data: bytes) -> bool:
    """Whether a doc or wps holds lines or figures that are drawn: they have no text, so no document model has them."""
    try:
        compound = Compound(data)
        tables = {name: compound.read(name) for name in ("0Table", "1Table")}
        file = WordFile(compound.read("WordDocument"), tables, compound.read("Data"))
        return any(shapes(file, story).drawn for story in ("main", "headers"))
    except (*_FAULTS, UnreadableError):
        return False


class _Reader:
    """One file being read: its lists are counted, and what is put aside is gathered."""

    def __init__(self, file: WordFile, compound: Compound) -> None:
        self._file = file
        self._compound = compound
        self._numbering = numbering(file.lists(), file.part(msdoc.LFO))
        self._notes = Notes()
        self._sections = set(file.positions(msdoc.SED, 12)[0])
        self._shapes = Shapes()
        self._instruction = ""
        self._fields: list[bool] = []  # one entry for each open field: whether its result has begun

    def document(self) -> Document:
        """Read headers, main text, footers and notes, in this order."""
        heads, feet = self._headers()
        self._shapes = shapes(self._file, "main")
        body = self._items(self._file.stories["main"])
        loose = [item for stretch in self._shapes.loose for item in self._box(stretch)]
        parts: list[Part] = [("页眉", heads), ("正文", body), ("文本框", loose), ("页脚", feet)]
        self._put_aside(msdoc.FTN_TXT, "footnotes", "脚注")
        self._put_aside(msdoc.END_TXT, "endnotes", "尾注")
        self._put_aside(msdoc.AND_TXT, "comments", "批注")
        for active in self._compound.active():
            self._notes.notice(f"active:{active}")
        document = lay_out(parts, self._notes, identity(self._compound))
        return replace(document, fingerprints=(*self._compound.saved_by(), *self._pictures()))

    def _pictures(self) -> Iterator[Fingerprint]:
        """Yield what the pictures are known by; where in the text they stand is not told with their bytes."""
        blobs = [blob for stream in ("Data", "WordDocument") for blob in self._compound.pictures(stream)]
        if blobs:
            from extract.readers.pictures import fingerprint

            found = (fingerprint(blob, Place("正文")) for blob in dict.fromkeys(blobs))
            yield from (each for each in found if each is not None)

    def _headers(self) -> tuple[list[Item], list[Item]]:
        """Return headers and footers (2.3.5): six stories a section after the first six; the same text counts once."""
        heads: list[Item] = []
        feet: list[Item] = []
        story = self._file.stories["headers"]
        cps = msdoc.positions_only(self._file.part(msdoc.HDD))
        if story.start == story.end:
            return heads, feet
        self._shapes = shapes(self._file, "headers")
        seen: set[str] = set()
        for index, (start, end) in enumerate(pairwise(cps[6:])):
            stretch = Story(story.start + start, min(story.start + end - 1, story.end))
            if start < end and (items := self._items(stretch)):
                text = joined(items)
                if text and text not in seen:
                    seen.add(text)
                    (feet if index % 6 in (2, 3, 5) else heads).extend(items)
        return heads, feet

    def _put_aside(self, number: int, name: str, kind: str) -> None:
        story = self._file.stories[name]
        cps = msdoc.positions_only(self._file.part(number))
        for start, end in pairwise(cps):
            stretch = Story(story.start + start, min(story.start + end, story.end))
            self._notes.aside(joined(self._items(stretch)).strip(), kind)

    def _box(self, stretch: tuple[int, int]) -> list[Item]:
        items = self._items(Story(*stretch))
        if items and isinstance(items[-1], Line) and not items[-1].text:
            items.pop()  # the mark that closes the box
        return items

    def _items(self, story: Story) -> list[Item]:
        """Return the blocks of a stretch of text."""
        nest = Nest()
        outer, self._fields = self._fields, []
        for start, mark in self._paragraphs(story):
            pap = self._file.paragraph(mark)
            sign = self._file.text[mark : mark + 1]
            gone = self._mark_deleted(mark)
            if pap.depth and pap.ends_row:
                if gone:
                    self._notes.notice("tracked")
                nest.end_row(pap.depth, pap.edges, dropped=gone)
                continue
            line = self._line(start, mark, pap.style)
            if pap.number is not None and not gone:
                self._numbered(line, *pap.number)
            nest.add(pap.depth, line, pap.ends_cell or (sign == "\x07" and pap.depth == 1))
        self._fields = outer
        return nest.finish()

    def _paragraphs(self, story: Story) -> Iterator[tuple[int, int]]:
        """Yield start and mark of each paragraph; a form feed ends one only where a section ends (2.4.2)."""
        start, text = story.start, self._file.text
        end = min(story.end, len(text))
        for found in _MARKS.finditer(text, start, end):
            mark = found.start()
            if found[0] == "\x0c" and mark + 1 not in self._sections:
                continue
            yield start, mark
            start = mark + 1
        if start < end:
            yield start, end - 1 if text[end - 1] in "\r\x07\x0c" else end

    def _mark_deleted(self, mark: int) -> bool:
        if not self._file.is_special(mark, mark + 1):
            return False
        return any(chp.deleted for _, _, chp in self._file.runs(mark, mark + 1))

    def _numbered(self, line: Line, number: int, level: int) -> None:
        label = self._numbering.label(str(abs(number)), level) if number else ""
        if label:
            line.label(label)

    def _line(self, start: int, end: int, style: int) -> Line:
        line = Line()
        text = self._file.text[start:end]
        base = self._file.styles.character(style)
        if (
            not self._fields
            and base is PLAIN
            and not self._file.is_special(start, end)
            and not _CONTROL.search(text)
        ):
            line.text = text
            return line
        for low, high, chp in self._file.runs(start, end):
            if chp.deleted:
                self._notes.notice("tracked")
                continue
            if chp.inserted:
                self._notes.notice("tracked")
            self._run(line, low, high, chp, base)
        line.text = _whole(line.text)
        return line

    def _run(self, line: Line, start: int, end: int, chp: Chp, base: Chp) -> None:
        hidden = base.hidden if chp.hidden is None else chp.hidden
        struck = base.struck if chp.struck is None else chp.struck
        hidden = hidden or (chp.pale and not self._file.has_grounds())
        if not hidden:
            before = len(line.text)
            for position in range(start, end):
                self._character(line, position, chp)
            if chp.raised:
                line.text = line.text[:before] + raised(line.text[before:])
            if struck:
                text, line.text = line.text[before:], line.text[:before]
                line.add(text, struck=True)
            return
        aside = Line()
        for position in range(start, end):
            self._character(aside, position, chp)
        if aside.text:
            line.hide(_whole(aside.text))

    def _character(self, line: Line, position: int, chp: Chp) -> None:
        sign = self._file.text[position]
        if sign in (_BEGIN, _SEPARATE, _END):
            line.add(self._field(sign))
        elif sign == "\x01" and chp.special and chp.data:
            if self._instruction.strip().endswith("FORMCHECKBOX"):  # other fields keep their own data here
                line.add(self._check_box(chp.picture))
        elif self._fields and not all(self._fields):
            self._instruction = self._instruction[-_LONGEST:] + sign
        elif chp.symbol is not None:
            line.add(symbol(chp.symbol[0], f"{chp.symbol[1]:x}"))
        elif sign == "\x01" and chp.special:
            line.picture()
        elif sign == "\x08" and chp.special:
            line.boxes += [self._box(stretch) for stretch in self._shapes.boxes.get(position, ())]
            if position in self._shapes.pictures:
                line.picture()
        elif sign in _SHOWN:
            line.add(_SHOWN[sign])
        elif sign >= " " and sign != "\xad":
            line.add(symbols(chp.font, sign) if chp.font or PRIVATE.match(sign) else sign)

    def _field(self, sign: str) -> str:
        """Take the sign of a field's begin, middle or end; return what one shows that ends without a result."""
        instruction, self._instruction = self._instruction, ""
        if sign == _BEGIN and len(self._fields) < _MAX_FIELDS:
            self._fields.append(False)
        elif sign == _SEPARATE and self._fields:
            self._fields[-1] = True
        elif sign == _END and self._fields:
            return "" if self._fields.pop() else by_code(instruction)
        return ""

    def _check_box(self, offset: int) -> str:
        """Return the box that a form's check box shows (FFData, 2.9.78)."""
        data = self._file.data
        (header,) = struct.unpack_from("<H", data, offset + 4)
        at = offset + header
        (bits,) = struct.unpack_from("<H", data, at + 4)
        state = bits >> 2 & 0x1F
        if state == 25:  # never touched: the form's default
            (length,) = struct.unpack_from("<H", data, at + 10)
            (state,) = struct.unpack_from("<H", data, at + 12 + 2 * length + 2)
        return "☑" if state == 1 else "□"


def _whole(text: str) -> str:
    """Return ``text`` with pairs of surrogates joined and lone ones replaced."""
    if not any("\ud800" <= sign <= "\udfff" for sign in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
