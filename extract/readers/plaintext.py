"""The readers of plain text: csv as a grid, txt as paragraphs; and the one place that guesses an encoding.

Tried in order: byte order mark, UTF-8, GB18030 (which holds GBK and GB 2312); more is not met in this country's offices.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract import limits
from extract.model import Block, Cell, Document, Grid, Paragraph
from extract.unreadable import UnreadableError
from forms import Place

from .draft import LARGE, MAX_CELLS, MAX_LINE, TOO_LONG
from .drawntables import drawn_table, draws

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_SEPARATORS, _NO_CHINESE = ",\t;|，", ",\t;"
_QUOTED = re.compile(r'(?:^|([,\t;]))"[^"\r\n]*\r?\n[^"]*"(?:([,\t;])|\r?$)', re.MULTILINE)
_SURE, _WIDE, _FRAME = (
    ",\t",
    3,
    4,
)  # where lines around a table may differ, and of how many columns it is then
_TOLD = re.compile(
    r"sep=([,;\t|])\r?\n"
)  # the line in which Excel is told the separator, and shows nothing of it
_SAMPLE = 40
_LONGEST_LABEL, _CAPTION = 30, 12
_TITLE = re.compile(r"^.{0,30}(?:[单表账]|汇总)\s*$|^.{0,12}[:：].{0,30}$")
_MAX_ROWS, _MAX_COLUMNS = 20000, 500
_TABS, _FEWER = 3, 2  # in each of two lines or more, or of more lines than that: a table within a text
_NO_TEXT = "认不出文字的编码，请对方用 WPS 或 Word 另存为 docx 后重发"


def decode(data: bytes) -> str | None:
    """Return ``data`` as text, none when it is no text in any encoding that is met."""
    encodings = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.rstrip("\0")  # a file padded to whole blocks
        return None if _CONTROLS.search(text[:100_000]) else text
    return None


def separator(text: str) -> str:
    """Return the separator of a table in plain text, empty when ``text`` is no table.

    A table has at least two rows, nine in ten of the same number of cells, two or more. A title above a wider one and
    remarks below it do not count. A cell in quotes that goes on over lines makes a table of one column.
    """
    if (told := _TOLD.match(text)) is not None:
        return told[1]
    sample = text[:20_000]
    for sign in _SEPARATORS:
        if sample.count(sign) < 2:
            continue
        rows = [row for row in _rows(sample, sign, _SAMPLE) if any(cell.strip() for cell in row)]
        if len(rows) > 2 and len(text) > len(sample):
            rows.pop()  # cut off by the sample
        if len(rows) < 2 or (sign not in _SURE and draws(sample)):
            continue
        if _labelled(rows):
            continue
        if _regular(rows, 2) or (sign in _SURE and _regular(_without_frame(rows), _WIDE)):
            return sign
        if sign in _NO_CHINESE and _form(rows):
            return sign
    beside = Counter(found[1] or found[2] or "," for found in _QUOTED.finditer(sample))
    return beside.most_common(1)[0][0] if beside else ""


def _form(rows: list[list[str]]) -> bool:
    """Whether ``rows`` read as forms of labels and answers, with titles and dates of one cell between them."""
    body = [row for row in rows if len(row) > 1]
    short = all(len(row[0]) <= _LONGEST_LABEL for row in body)
    places = [number for number, row in enumerate(rows) if len(row) > 1]
    between = [number for number in range(places[0], places[-1]) if len(rows[number]) == 1] if places else []
    titled = all(
        _TITLE.search(rows[number][0]) or _captions(rows, number) for number in between
    )  # an answer that goes on in a line of its own is no title
    return short and titled and len(body) >= _FRAME and 2 * len(body) > len(rows) and _regular(body, 2)


def _labelled(rows: list[list[str]]) -> bool:
    """Whether the parts of nearly all rows say what they are: 日期：…，类型：…; those are lines of labels, and no columns."""
    told = [sum("：" in cell or ":" in cell for cell in row) == len(row) > 2 for row in rows]
    return 10 * sum(told) >= 8 * len(told)


def _captions(rows: list[list[str]], number: int) -> bool:
    """Whether a row of one short cell names the list whose header is right under it: 活动, then 日期, 内容, 人数."""
    below = [cell for cell in rows[number + 1] if cell.strip()] if number + 1 < len(rows) else []
    return (
        len(rows[number][0]) <= _CAPTION
        and len(below) >= _WIDE
        and all(len(cell) <= _CAPTION for cell in below)
    )


def _regular(rows: list[list[str]], least: int) -> bool:
    """Whether nine in ten of two or more ``rows`` have the same number of cells, at least ``least``."""
    if len(rows) < 2:
        return False
    width, count = Counter(map(len, rows)).most_common(1)[0]
    return width >= least and 10 * count >= 9 * len(rows)


def _without_frame(rows: list[list[str]]) -> list[list[str]]:
    """Return ``rows`` without the first and last few that hold a single cell: title, date, remarks."""
    start, end = 0, len(rows)
    while start < min(_FRAME, end) and len(rows[start]) == 1:
        start += 1
    while end > max(len(rows) - _FRAME, start) and len(rows[end - 1]) == 1:
        end -= 1
    return rows[start:end]


def read_csv(data: bytes) -> Document:
    """Read a table in plain text as one grid; raise ``UnreadableError`` when it is no text."""
    text = decode(data)
    if text is None:
        raise UnreadableError(_NO_TEXT)
    cells: list[Cell] = []
    for row, line in enumerate(_rows(_TOLD.sub("", text, count=1), separator(text) or ",", _MAX_ROWS + 1)):
        if row >= _MAX_ROWS or len(line) > _MAX_COLUMNS or len(cells) > MAX_CELLS:
            raise UnreadableError(LARGE)
        for column, value in enumerate(line):
            shown = _plain(value)
            place = Place("表格", row + 1, column + 1, 1)
            cells.append(Cell(row, column, 1, 1, (Paragraph(shown, place),)))
    return Document((Grid("表格", tuple(cells)),))


def read_text(data: bytes) -> Document:
    """Read plain text, a paragraph for each line; raise ``UnreadableError`` when it is no text."""
    text = decode(data)
    if text is None:
        raise UnreadableError(_NO_TEXT)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    if len(lines) > limits.LINES:
        raise UnreadableError(f"文字超过{limits.LINES}行，不像是报表，没有打开")
    if max(map(len, lines)) > MAX_LINE:
        raise UnreadableError(TOO_LONG)
    return Document(tuple(_blocks(lines)))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Yield a paragraph for each line, and a grid where lines beside each other have the same four cells or more.

    Three cells make a table where three lines have them.
    """
    number, tables = 0, 0
    while number < len(lines):
        drawn = drawn_table(lines, number, f"表{tables + 1}")
        if drawn is not None:
            yield drawn[0]
            tables += 1
            number += drawn[1]
            continue
        count, end = lines[number].count("\t"), number + 1
        while count >= _FEWER and end < len(lines) and lines[end].count("\t") == count:
            end += 1
        under = count < _TABS and any(
            line.startswith("\t") for line in lines[number:end]
        )  # labels below one label
        if end - number > 1 + (count < _TABS) and not under:
            tables += 1
            name = f"表{tables}"
            yield Grid(
                name,
                tuple(
                    Cell(row, column, 1, 1, (Paragraph(text.strip(), Place(name, row + 1, column + 1, 1)),))
                    for row, line in enumerate(lines[number:end])
                    for column, text in enumerate(line.split("\t"))
                ),
            )
            number = end
            continue
        if lines[number].strip():
            yield Paragraph(lines[number], Place("正文", paragraph=number + 1))
        number += 1


def _rows(text: str, sign: str, most: int) -> list[list[str]]:
    found = []
    try:
        for row in csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=sign):
            found.append(row)
            if len(found) >= most:
                break
    except csv.Error as error:  # a cell beyond the module's limit of 131072 characters
        raise UnreadableError("表格里有过长的内容，请对方用 Excel 打开后另存为 xlsx 重发") from error
    return found


def _plain(value: str) -> str:
    """Return what Excel would show of a cell: ="0123" keeps digits as text, a leading tab the same."""
    if value.startswith('="') and value.endswith('"'):
        value = value[2:-1]
    return value.strip("\t").replace("\r\n", "\n")
