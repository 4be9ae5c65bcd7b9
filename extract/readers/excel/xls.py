"""The reader of Excel 97–2003 workbooks (xls, and et, which is the same format).

Values and merges come from python-calamine; hidden rows and columns, comments, looks, encryption and how far a sheet reaches come
from the records of BIFF8 ([MS-XLS] 2.4), because calamine does not tell them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from extract.model import Document
from extract.readers.olefile97 import CODINGS, Compound, identity, single
from extract.unreadable import UnreadableError

from . import biff
from .drawings import old_drawings
from .sheets import MAX_COLUMNS, MAX_ROWS, Sheet, read_values, too_far, unbroken, workbook

_DIMENSIONS = 0x0200
_BOF, _EOF, _FILEPASS, _BOUND_SHEET = 0x0809, 0x000A, 0x002F, 0x0085
_ROW, _COLUMNS, _NOTE, _OBJECT, _TEXT, _CONTINUE = 0x0208, 0x007D, 0x001C, 0x005D, 0x01B6, 0x003C
_FORMULA, _STRING = 0x0006, 0x0207
_CODE_PAGE, _CHINESE, _WESTERN = 0x0042, 936, 1252
_LETTERS = {bytes((byte,)).decode("cp1252", "ignore") or chr(byte): byte for byte in range(256)}
_BLANK, _BLANKS = 0x0201, 0x00BE
_CELLS = frozenset((0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
_SHARED, _SEVERAL, _ERROR = 0x00FD, 0x00BD, 0x0205
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_IS_ERROR = 2  # the kind of result of a formula that could not be reckoned
_EMPTY = "文件损坏，里面没有工作表，请对方用 WPS 或 Excel 另存为 xlsx 后重发"
_MAX_RECORDS = 2_000_000


def read_legacy_excel(data: bytes) -> Document:
    """Read an xls or et; raise ``UnreadableError`` with the reason when it is damaged, encrypted or beyond all limits."""
    compound = Compound(data)
    name = "Workbook" if "Workbook" in compound else "Book"
    stream = bytearray(compound.read(name))
    if not stream:
        raise UnreadableError(_EMPTY)
    coding = _coding(stream)
    known = list(_sheets(stream, coding))
    if not known:
        raise UnreadableError(_EMPTY)
    found = read_values(single(name, bytes(stream)))  # so that nothing is read that was not looked at
    for sheet, rows in found:
        if coding:
            sheet.name = _recoded(sheet.name, coding)
            rows[:] = [
                [_recoded(value, coding) if isinstance(value, str) else value for value in row]
                for row in rows
            ]
        own = next((each for each in known if each.name == sheet.name), None)
        if own is not None:
            sheet.framed = own.framed
            sheet.hidden_rows, sheet.hidden_columns = own.hidden_rows, own.hidden_columns
            sheet.comments, sheet.texts, sheet.signs = own.comments, own.texts, own.signs
            sheet.struck, sheet.formats, sheet.unseen = own.struck, own.formats, own.unseen
            sheet.floating = own.floating
    sheets, values = [sheet for sheet, _ in found], [rows for _, rows in found]
    document = workbook(sheets, values, identity(compound), list(compound.active()))
    return replace(document, fingerprints=compound.saved_by())


def _coding(stream: bytearray) -> str:
    """Return the coding of the byte strings of BIFF5, nothing for BIFF8; the stream says Western from here on.

    calamine decodes bytes of two-byte code pages one by one; as Western ones they come out whole, for ``_recoded``.
    """
    wide, page, position = True, _CHINESE, 0
    for kind, content in _records(stream, 0):
        if kind == _BOF and len(content) >= 2:
            wide = content[:2] == b"\x00\x06"
        elif kind == _CODE_PAGE and len(content) >= 2 and not wide:
            page = int.from_bytes(content[:2], "little")
            stream[position + 4 : position + 6] = _WESTERN.to_bytes(2, "little")
        position += 4 + len(content)
    return "" if wide else CODINGS.get(page, "gb18030")


def _recoded(text: str, coding: str) -> str:
    """Return a text in ``coding`` that was taken for Western."""
    try:
        return bytes(_LETTERS[letter] for letter in text).decode(coding, "replace")
    except KeyError:
        return text


def _records(stream: bytearray, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of the records from ``position`` to the end of their part.

    DIMENSIONS is set to nothing on the way: calamine reserves memory for all that it claims, which aborts the process.
    """
    for _ in range(_MAX_RECORDS):
        if position + 4 > len(stream):
            return
        kind, size = struct.unpack_from("<HH", stream, position)
        if kind == _EOF:
            return
        if kind == _DIMENSIONS:
            stream[position + 4 : position + 4 + size] = bytes(
                len(stream[position + 4 : position + 4 + size])
            )
        yield kind, bytes(stream[position + 4 : position + 4 + size])
        position += 4 + size


def _sheets(stream: bytearray, coding: str) -> Iterator[Sheet]:
    """Yield what the records of each worksheet tell; ``coding`` as for ``_sheet``."""
    looks: list[tuple[int, bytes]] = []
    found: list[tuple[str, int]] = []
    for kind, content in _records(stream, 0):
        if kind == _FILEPASS:
            raise UnreadableError("文件已加密，请取消密码后重发")
        if kind == _BOUND_SHEET and len(content) > 7:
            (position,) = struct.unpack_from("<I", content, 0)
            name = content[7 : 7 + content[6]].decode(coding, "replace") if coding else _name(content[6:])
            found.append((name, position))
        elif not coding and kind in biff.KINDS:
            looks.append((kind, content))
    seen = biff.looks_of(looks)
    for name, position in found:
        yield _sheet(Sheet(name), stream, position, seen, coding)


def _name(short: bytes) -> str:
    """Read a ShortXLUnicodeString (2.5.240)."""
    length, flags = short[0], short[1]
    if flags & 1:
        return short[2 : 2 + 2 * length].decode("utf-16-le", "replace")
    return short[2 : 2 + length].decode("latin-1")


def _gives_text(formula: bytes) -> bool:
    """Whether the stored result of a FORMULA record is a text (2.5.133)."""
    return formula[6] == 0 and formula[12:14] == b"\xff\xff"


def _error(kind: int, content: bytes) -> str:
    """Return the error that a BOOLERR or FORMULA record holds (2.5.10, 2.5.133), nothing when it holds none."""
    if kind == _ERROR and len(content) >= 8 and content[7]:
        return _ERRORS.get(content[6], "#N/A")
    if kind == _FORMULA and len(content) >= 14 and content[6] == _IS_ERROR and content[12:14] == b"\xff\xff":
        return _ERRORS.get(content[8], "#N/A")
    return ""


def _text(content: bytes, coding: str) -> str:
    """Read an XLUnicodeString (2.5.294), or a string of bytes in the ``coding`` of BIFF5; what CONTINUE goes on with is left out."""
    (length,) = struct.unpack_from("<H", content, 0)
    if coding:
        text = content[2 : 2 + length].decode(coding, "replace")
    elif content[2] & 1:
        text = content[3 : 3 + 2 * length].decode("utf-16-le", "replace")
    else:
        text = content[3 : 3 + length].decode("latin-1")
    return unbroken(text)


def _sheet(sheet: Sheet, stream: bytearray, position: int, looks: biff.Looks, coding: str) -> Sheet:
    """Take what the records of one worksheet tell of its rows, columns, formulas and comments.

    ``coding`` is that of the byte strings of BIFF5; it is empty for BIFF8.
    """
    told: tuple[int, int] | None = (
        None  # the formula whose text result the next STRING record holds (2.4.268)
    )
    for kind, content in _records(stream, position):
        if kind in _CELLS and len(content) >= 4:
            row, column = struct.unpack_from("<HH", content, 0)
            if row >= MAX_ROWS or column >= MAX_COLUMNS:
                raise too_far(sheet.name, f"第{row + 1}行第{column + 1}列")
            _look_at(kind, content, sheet, looks)
            if kind == _FORMULA and len(content) >= 14:
                told = (row, column) if _gives_text(content) else None
        elif kind in (_BLANK, _BLANKS) and len(content) >= 6:
            _frame(content, sheet, looks)
        elif kind == _STRING and told is not None and len(content) >= 3:
            sheet.texts[told] = _text(content, coding), ()
            told = None
        elif kind == _ROW and len(content) >= 14:
            row, height, flags = struct.unpack_from("<H4xH4xH", content, 0)
            if flags & 0x20 or (flags & 0x40 and not height & 0x7FFF):
                sheet.hidden_rows.add(row)
        elif kind == _COLUMNS and len(content) >= 10:
            first, last, width, _, flags = struct.unpack_from("<5H", content, 0)
            if flags & 1 or not width:
                sheet.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
    sheet.comments = list(_comments(stream, position))
    sheet.floating = list(old_drawings(_records(stream, position)))
    return sheet


def _look_at(kind: int, content: bytes, sheet: Sheet, looks: biff.Looks) -> None:
    """Note how a cell shows its value: its font, per cent, a string of several fonts; MULRK holds several cells (2.4.175)."""
    row, column = struct.unpack_from("<HH", content, 0)
    if kind == _SHARED and len(content) >= 10:
        form, string = struct.unpack_from("<HI", content, 4)
        seen = looks.text(string, form)
        if seen is not None:
            sheet.texts[row, column] = seen
            return
    if error := _error(kind, content):
        sheet.texts[row, column] = error, ()
    count = (len(content) - 6) // 6 if kind == _SEVERAL else 1
    for place in range(count):
        at = 4 + 6 * place
        form = int.from_bytes(content[at : at + 2], "little")
        cell = row, column + place
        font = looks.font(form)
        if font.struck:
            sheet.struck.add(cell)
        if font.signs:
            sheet.signs[cell] = font.signs
        if looks.unseen(form):
            sheet.unseen.add(cell)
        if told := looks.format(form):
            sheet.formats[cell] = told


def _frame(content: bytes, sheet: Sheet, looks: biff.Looks) -> None:
    """Note which empty cells of a BLANK or MULBLANK record have a frame (2.4.20, 2.4.174)."""
    row, first = struct.unpack_from("<HH", content, 0)
    for place in range(max((len(content) - 6) // 2, 1)):  # the last column closes a MULBLANK
        form = int.from_bytes(content[4 + 2 * place : 6 + 2 * place], "little")
        if row < MAX_ROWS and first + place < MAX_COLUMNS and looks.frame(form):
            sheet.framed.add((row, first + place))


def _comments(stream: bytearray, position: int) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of the comments: a NOTE names an object, whose text goes over CONTINUE records."""
    notes: dict[int, tuple[int, int]] = {}
    texts: dict[int, str] = {}
    shape, expected = -1, 0
    for kind, content in _records(stream, position):
        if kind == _NOTE and len(content) >= 8:
            row, column, _, number = struct.unpack_from("<4H", content, 0)
            notes[number] = (row, column)
        elif kind == _OBJECT and len(content) >= 8:
            (shape,) = struct.unpack_from("<H", content, 6)
        elif kind == _TEXT and len(content) >= 14:
            (expected,) = struct.unpack_from("<H", content, 10)
        elif kind == _CONTINUE and content and len(texts.get(shape, "")) < expected and shape >= 0:
            wide = content[0] & 1
            text = content[1:].decode("utf-16-le" if wide else "latin-1", "replace")
            texts[shape] = (texts.get(shape, "") + text)[:expected]
    for number, place in notes.items():
        yield *place, texts.get(number, "")
