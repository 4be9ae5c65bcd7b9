"""Writing docxtpl tags into a blank form, where its answers belong: the template that renders and reads.

Knows WordprocessingML and SpreadsheetML as far as text is replaced; what belongs where comes from ``spots``.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from extract.readers.numbering import W
from extract.readers.package import Element
from extract.readers.word.docx import trace_word
from forms import Place

from .shown import shown_nodes
from .spots import Blank, RowsOfGroup, Spot

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_P, _R, _T, _TR, _TC, _RPR, _PPR = (W + name for name in ("p", "r", "t", "tr", "tc", "rPr", "pPr"))
_BESIDE = re.compile(r"word/(?:header\d*|footer\d*|footnotes|endnotes)\.xml")
_NOT_OURS = tuple(
    W + name for name in ("ins", "del", "vanish", "specVanish", "webHidden")
)  # of the mark alone
_READABLE = 10  # half-points
_OURS = str.maketrans("{}", "\ue0f0\ue0f1")  # our braces until those of the original are text
_BRACES = str.maketrans("\ue0f0\ue0f1", "{}")
ROW = "行"  # the name of a group's row inside its loop; the second group's is 行2


def tag_word(data: bytes, blank: Blank) -> bytes:
    """Return the docx ``data`` with a tag at each spot of ``blank`` and a row loop for each group."""
    trace = trace_word(data)
    rows = {group.name: _row_of(trace.paragraphs, blank, group) for group in blank.groups}
    rows_named = {
        group.name: f"{ROW}{number}" if number > 1 else ROW for number, group in enumerate(blank.groups, 1)
    }
    spots = [spot for spot in blank.spots if spot.place in trace.paragraphs]
    # from the end of each paragraph backwards, so that offsets stay true
    for spot in sorted(spots, key=lambda spot: -spot.start):
        tag = f"{{{{ {rows_named[spot.group]}.{spot.path} }}}}" if spot.group else f"{{{{ {spot.path} }}}}"
        _put(*trace.paragraphs[spot.place], spot, tag.translate(_OURS))
        for place in spot.also:
            _drop(trace.paragraphs[place][0])
    for group in blank.groups:
        row = rows[group.name]
        if row is not None:
            _loop(row, group, rows_named[group.name])
    _plain_braces(trace.root)
    for node in trace.root.iter(_T):
        node.text = (node.text or "").translate(_BRACES)
    return _with_parts(data, {**dict(_beside(data)), trace.part: _written(trace.root)})


def _beside(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield headers, footers and notes that have braces, with these made text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if _BESIDE.fullmatch(name) and b"{" in (content := archive.read(name)):
                root = etree.fromstring(content)
                _plain_braces(root)
                yield name, _written(root)


def _plain_braces(root: Element) -> None:
    """Make the braces of the original text, not tags, even where another tool's tag is spread over runs."""
    for node in root.iter(_T):
        if "{" in (node.text or ""):
            node.text = re.sub(r"\{(?!\u200b)", "{\u200b", node.text or "")


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _put(paragraph: Element, shown: int, spot: Spot, tag: str) -> None:
    if spot.start < 0:
        cell = next(paragraph.iterancestors(_TC), None)
        _empty(cell if cell is not None else paragraph, paragraph)
        _append(paragraph, tag)
    else:
        replace(paragraph, spot.start - shown, spot.end - shown, tag)


def _empty(cell: Element, keep: Element) -> None:
    """Take the text out of a cell and all its paragraphs but one."""
    for paragraph in list(cell.iter(_P)):
        for child in list(paragraph):
            if child.tag != _PPR:
                paragraph.remove(child)
        if paragraph is not keep and paragraph.getparent() is cell:
            cell.remove(paragraph)


def _drop(paragraph: Element) -> None:
    """Take a paragraph out, or only its text where its cell holds no other."""
    parent = paragraph.getparent()
    if parent is not None and len(parent.findall(_P)) > 1:
        parent.remove(paragraph)
    else:
        _empty(paragraph, paragraph)


def _append(paragraph: Element, text: str) -> None:
    text = text.translate(_OURS)
    run = etree.SubElement(paragraph, _R)
    mark = paragraph.find(f"{_PPR}/{_RPR}")
    if mark is not None:
        properties = etree.SubElement(run, _RPR)
        properties.extend(copy.deepcopy(child) for child in mark if not _of_the_mark(child))
    run.append(_text(text))


def _of_the_mark(child: Element) -> bool:
    """Whether a property is that of an empty line alone: tracked, hidden, or so small that nobody could read an answer."""
    size = child.get(W + "val", "") if child.tag in (W + "sz", W + "szCs") else ""
    return child.tag in _NOT_OURS or (size.isdecimal() and int(size) < _READABLE)


def _text(text: str) -> Element:
    node = etree.Element(_T)
    node.text = text
    node.set(_SPACE, "preserve")
    return node


def replace(paragraph: Element, start: int, end: int, text: str) -> None:
    """Replace the characters ``start:end`` of the paragraph's visible runs by ``text``; the rest keeps its look."""
    position = 0
    home: Element | None = None
    for node in shown_nodes(paragraph):
        length = len(node.text or "") if node.tag == _T else 1
        low, high = max(start - position, 0), min(end - position, length)
        inside = low < high or (start == end and low <= length and position <= start <= position + length)
        if inside and node.tag == _T:
            before, after = (node.text or "")[: min(low, length)], (node.text or "")[max(high, 0) :]
            node.text = (
                before + (text if home is None else "") + (after if high >= low else (node.text or "")[low:])
            )
            node.set(_SPACE, "preserve")
            home = node if home is None else home
            if start == end:
                return
        elif start == end == position:  # before a line break that opens the paragraph
            node.addprevious(_text(text))
            return
        elif low < high:
            if home is None:  # a stretch that begins with a tab or a line break
                home = _text(text)
                node.addprevious(home)
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
        position += length
    if home is None:
        _append(paragraph, text)


def _row_of(
    paragraphs: Mapping[Place, tuple[Element, int]], blank: Blank, group: RowsOfGroup
) -> Element | None:
    spot = next((spot for spot in blank.spots if spot.group == group.name), None)
    return None if spot is None else next(paragraphs[spot.place][0].iterancestors(_TR), None)


def _loop(row: Element, group: RowsOfGroup, name: str) -> None:
    """Put the loop's rows around the tagged row and drop the further empty rows of the group."""
    for _ in range(group.last - group.first):
        following = row.getnext()
        if following is not None and following.tag == _TR:
            parent = row.getparent()
            assert parent is not None  # noqa: S101 - a row stands in a table
            parent.remove(following)
    _number(row)
    row.addprevious(_mark(row, f"{{%tr for {name} in {group.name} %}}"))
    row.addnext(_mark(row, "{%tr endfor %}"))


def _number(row: Element) -> None:
    """Let the numbers (序号) that a form prints in its rows go on from row to row."""
    for cell in row.findall(_TC):
        if "".join(node.text or "" for node in cell.iter(_T)).strip() == "1":
            _empty(cell, next(cell.iter(_P)))
            _append(next(cell.iter(_P)), "{{ loop.index }}")


def _mark(row: Element, tag: str) -> Element:
    mark = copy.deepcopy(row)
    cells = list(mark.iter(_TC))
    for cell in cells:
        _empty(cell, next(cell.iter(_P)))
    _append(next(cells[-1].iter(_P)), tag)
    return mark


def tag_excel(data: bytes, blank: Blank, emptied: Iterable[Place] = ()) -> bytes:
    """Return the xlsx ``data`` with a tag at each spot of ``blank``; a group's row carries ``{{ 组.栏 }}``.

    The cells at the places ``emptied`` lose their content before.
    """
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str) and "{{" in cell.value:  # braces of the original are text, not tags
            cell.value = cell.value.replace("{", "{\u200b")
    for place in emptied:
        book[place.part].cell(place.row, place.column).value = None
    for spot in sorted(blank.spots, key=lambda spot: -spot.start):
        cell = book[spot.place.part].cell(spot.place.row, spot.place.column)
        path = f"{spot.group}.{spot.path}" if spot.group else spot.path
        tag = f"{{{{ {path} }}}}"
        text = "" if cell.value is None else str(cell.value)
        cell.value = tag if spot.start < 0 else text[: spot.start] + tag + text[spot.end :]
    out = io.BytesIO()
    book.save(out)
    return _undated(out.getvalue())


def _undated(data: bytes) -> bytes:
    """Take the hour of saving out of a workbook, so that the same blank gives the same template."""
    core = "docProps/core.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(core)
    steady = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", text)
    return _with_parts(data, {core: steady})


def _with_parts(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in _members(source):
            text = changed.get(member.filename) or source.read(member)
            target.writestr(
                zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _members(archive: zipfile.ZipFile) -> Iterable[zipfile.ZipInfo]:
    """Return the members without directories, the content types first as the format asks (ECMA-376 part 2)."""
    files = [member for member in archive.infolist() if not member.filename.endswith("/")]
    return sorted(files, key=lambda member: member.filename != "[Content_Types].xml")
