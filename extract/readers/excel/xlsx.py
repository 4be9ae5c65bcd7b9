"""The reader of Excel workbooks (xlsx): each visible sheet is a grid of what its cells show.

Values come from python-calamine (cached results, dates by number format); hidden rows, columns and sheets, comments and
formulas without a result come from the XML (ECMA-376 18.3.1), because calamine does not tell them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.model import Document, Look, Mark
from extract.readers.draft import LARGE, MAX_CELLS
from extract.readers.package import Element, Package, parse_xml
from extract.readers.signs import is_pale, is_symbol_font, raised, symbols
from extract.unreadable import UnreadableError

from .drawings import drawings, pictures
from .faraway import MOST, cut, repacked
from .numberformats import BUILT_IN, telling
from .sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    Sheet,
    frames,
    printed_lines,
    read_values,
    refuse_many,
    too_far,
    unbroken,
    workbook,
)

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RUN_EFFECTS = (b"strike", b"ingdings", b"ebdings", b"superscript")  # of runs, that change what is seen
_UNSEEN = ";;;"  # the format that shows neither numbers nor text
_COUNTED = ("xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")
_COUNT = re.compile(rb"ount=[\"'](\d+)")
_OUTSIDE = re.compile(rb"""\br=["'](?:[A-Z]{4,}\d|[A-Z]*\d{8,}|[A-Z]+0+["'])""")
_EMPTY_ROW = re.compile(rb"<row\b[^<>]*/>")
_ROWS, _COLUMNS = 2000, 100  # of a large, but ordinary sheet
_TOO_MANY = f"的内容超过{MAX_ROWS}行、{MAX_COLUMNS}列或{MAX_CELLS}格，不像是报表，没有打开"
_MAX_STYLES = 65_490  # Excel has no more cell formats
_CELLS = (b"<c ", b"<c>", b"<c/>")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")


def read_excel(data: bytes) -> Document:
    """Read an xlsx; raise ``UnreadableError`` with the reason when it is damaged, encrypted or beyond all limits."""
    package = Package(data)
    parts = list(_sheet_parts(package))
    refuse_many(len(parts))
    _check_counts(package)
    looks = _Looks(package)
    trimmed: dict[str, Element] = {}
    sheets = [_sheet(package, part, looks, trimmed) for _, part, _ in parts]
    values = read_values(repacked(package, trimmed) if trimmed or package.renamed else data)
    found = {sheet.name: rows for sheet, rows in values}
    for (name, _, hidden), sheet in zip(parts, sheets, strict=True):
        sheet.name, sheet.hidden = name, hidden
    rows = [found.get(sheet.name, []) for sheet in sheets]
    document = workbook(sheets, rows, package.identity(), package.active())
    found_too = (*package.saved_by(), *pictures(package, {name: part for name, part, _ in parts}))
    return replace(document, fingerprints=found_too) if found_too else document


def _sheet_parts(package: Package) -> Iterator[tuple[str, str, bool]]:
    """Yield name, part and whether it is hidden for each sheet, in order (18.2.19)."""
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in package.xml("xl/_rels/workbook.xml.rels")
    }
    for sheet in package.xml("xl/workbook.xml").iter(_S + "sheet"):
        target = targets.get(sheet.get(_R_ID, ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "worksheets/" in part:
            yield sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"


def _check_counts(package: Package) -> None:
    """Refuse counts that no part could hold: calamine sets memory aside for what a file claims, and aborts."""
    for part in _COUNTED:
        if part in package:
            text = package.read(part)
            if any(int(found[1]) > len(text) for found in _COUNT.finditer(text)):
                raise UnreadableError("表格打不开，可能损坏，请对方用 WPS 或 Excel 另存后重发")


class _Looks:
    """How cells show their values: struck through by style or by runs of a shared string, or by a telling number format.

    (ECMA-376 18.4.8, 18.8.30, 18.8.45)
    """

    def __init__(self, package: Package) -> None:
        self.struck: set[str] = set()
        self.formats: dict[str, str] = {}
        self.unseen: set[str] = set()
        self.signs: dict[str, str] = {}
        self.framed: set[str] = set()
        self.strings: dict[str, Element] = {}  # of several fonts
        styles = _root(package, "xl/styles.xml", b"cellXfs")
        if styles is not None:
            self._read(styles)
        needles = (b"<r>", b":r>") if self.struck or self.signs else _RUN_EFFECTS
        strings = _root(package, "xl/sharedStrings.xml", *needles)
        for number, item in enumerate(strings if strings is not None else ()):
            if item.find(_S + "r") is not None:
                self.strings[str(number)] = item

    def _read(self, styles: Element) -> None:
        fonts = list(styles.iterfind(f"{_S}fonts/{_S}font"))
        crossed = {str(number) for number, font in enumerate(fonts) if _crossed(font)}
        white = {str(number) for number, font in enumerate(fonts) if _is_white(font.find(_S + "color"))}
        fills = styles.iterfind(f"{_S}fills/{_S}fill/{_S}patternFill")
        paper = {str(number) for number, fill in enumerate(fills) if _is_paper(fill)} if white else set()
        signs = {str(number): name for number, font in enumerate(fonts) if (name := _signs(font))}
        forms = {
            str(form.get("numFmtId")): str(form.get("formatCode", ""))
            for form in styles.iterfind(f"{_S}numFmts/{_S}numFmt")
        }
        blank = {number for number, code in forms.items() if code == _UNSEEN}
        told = BUILT_IN | {number: code for number, code in forms.items() if telling(code)}
        borders = styles.iterfind(f"{_S}borders/{_S}border")
        framed = {str(number) for number, border in enumerate(borders) if _frames(border)}
        for number, style in enumerate(styles.iterfind(f"{_S}cellXfs/{_S}xf")):
            if style.get("borderId") in framed:
                self.framed.add(str(number))
            if style.get("fontId") in crossed:
                self.struck.add(str(number))
            if style.get("fontId") in signs:
                self.signs[str(number)] = signs[style.get("fontId", "")]
            pale = style.get("fontId") in white and style.get("fillId", "0") in paper
            if pale or style.get("numFmtId") in blank:
                self.unseen.add(str(number))
            if style.get("numFmtId") in told:
                self.formats[str(number)] = told[str(style.get("numFmtId"))]

    def runs(self, item: Element, style: str) -> tuple[str, tuple[Mark, ...]]:
        """Return the text of a string of runs and which stretches of it are struck through; phonetic runs are left out.

        A run without properties of its own looks as its cell's ``style`` says.
        """
        text = ""
        marks: list[Mark] = []
        for child in item:
            own = child.find(_S + "rPr")
            struck = style in self.struck if own is None else _crossed(own)
            font = self.signs.get(style, "") if own is None else _signs(own)
            shown = unbroken(str((child.text if child.tag == _S + "t" else child.findtext(_S + "t")) or ""))
            if child.tag not in (_S + "t", _S + "r") or not shown:
                continue
            shown = symbols(font, shown) if font else shown
            place = None if own is None else own.find(_S + "vertAlign")
            if place is not None and place.get("val") == "superscript":
                shown = raised(shown)
            if struck:
                marks.append(Mark(len(text), len(text) + len(shown), Look.STRUCK))
            text += shown
        return text, tuple(marks)


def _root(package: Package, part: str, *needles: bytes) -> Element | None:
    """Return a part that holds one of ``needles``, none when it is missing or holds none."""
    text = package.read(part) if part in package else b""
    if part.endswith("styles.xml") and text.count(b"<xf ") > 2 * _MAX_STYLES:  # of cells, and of named styles
        raise UnreadableError("工作簿的单元格格式过多，不像是报表，没有打开")
    return parse_xml(text) if any(needle in text for needle in needles) else None


def _crossed(properties: Element | None) -> bool:
    strike = None if properties is None else properties.find(_S + "strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _is_white(colour: Element | None) -> bool:
    """Whether a colour (18.8.3, 18.8.19) is the white of the paper, by value, theme or index."""
    if colour is None:
        return False
    plain = not float(colour.get("tint") or 0)
    indexed = colour.get("indexed") in ("1", "9")
    return indexed or (colour.get("theme") == "0" and plain) or is_pale(colour.get("rgb", "")[2:])


def _is_paper(fill: Element) -> bool:
    """Whether a fill (18.8.20, 18.8.32) leaves the paper white."""
    pattern = fill.get("patternType", "none")
    return pattern == "none" or (pattern == "solid" and _is_white(fill.find(_S + "fgColor")))


def _frames(border: Element) -> bool:
    """Whether strokes stand above and below, or left and right: a cell of a table (18.8.4)."""
    return frames({side.tag.removeprefix(_S) for side in border if side.get("style", "none") != "none"})


def _signs(properties: Element | None) -> str:
    """Return the symbol font that a font (18.8.22) or a run (18.4.7) names, else nothing."""
    if properties is None:
        return ""
    fonts = (properties.find(_S + tag) for tag in ("name", "rFont"))
    names = [font.get("val", "") for font in fonts if font is not None]
    return next(filter(is_symbol_font, names), "")


def _sheet(package: Package, part: str, looks: _Looks, trimmed: dict[str, Element]) -> Sheet:
    """Return what a part tells of its sheet; one with far cells is put into ``trimmed`` without them."""
    sheet = Sheet()
    root = _parsed(package, part)
    far: list[Element] = []
    count = 0
    for column in root.iterfind(f"{_S}cols/{_S}col"):
        if column.get("hidden") in ("1", "true") or _nothing(column.get("width")):
            first, last = _number(column.get("min")), min(_number(column.get("max")), MAX_COLUMNS)
            sheet.hidden_columns.update(range(first - 1, last))
    for row in root.iterfind(f"{_S}sheetData/{_S}row"):
        if row.get("hidden") in ("1", "true") or _nothing(row.get("ht")):
            sheet.hidden_rows.add(_number(row.get("r")) - 1)
        count += len(row)
        far += [cell for cell in row if not _look_at(cell, sheet, looks)]
    for merge in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        corners = _REFERENCE.findall(merge.get("ref", ""))
        if corners:
            (top, left), (bottom, right) = _position(*corners[0]), _position(*corners[-1])
            sheet.merged.append((top, left, bottom, right))
    sheet.comments = list(_comments(package, part))
    sheet.floating = list(drawings(package, part))
    sheet.printed = list(_printed(root))
    far = far or _outliers(root)
    if far:
        if len(far) > MOST and count > MOST + len(far):
            raise UnreadableError(f"{part.rpartition('/')[2]} {_TOO_MANY}")
        if len(far) > MOST or len(far) == count:
            raise too_far(part.rpartition("/")[2], far[0].get("r", ""))
        sheet.far, trimmed[part] = cut(package, root, far), root
    return sheet


def _outliers(root: Element) -> list[Element]:
    """Return the cells without which a sheet whose dense table would not fit memory is one of ordinary size."""
    cells = [cell for cell in root.iter(_S + "c") if len(cell)]
    places = [_position(*found.groups()) for c in cells if (found := _REFERENCE.fullmatch(c.get("r", "")))]
    if len(places) < len(cells) or not places:
        return []
    if (max(row for row, _ in places) + 1) * (max(column for _, column in places) + 1) <= MAX_CELLS:
        return []
    return [c for c, (row, column) in zip(cells, places, strict=True) if row >= _ROWS or column >= _COLUMNS]


def _parsed(package: Package, part: str) -> Element:
    """Return a sheet's root; raise ``UnreadableError`` where it has more than any form, or says what no sheet can hold.

    Rows without a cell, which some programs write to the last of a million, are left out before they are parsed.
    """
    text = package.read(part)
    if text.count(b"<v") + text.count(b"<is") > MAX_CELLS:
        raise UnreadableError(LARGE)
    if _OUTSIDE.search(text):  # calamine sets memory aside for what a reference claims, and aborts
        raise UnreadableError("表格打不开，可能损坏，请对方用 WPS 或 Excel 另存后重发")
    root = parse_xml(_EMPTY_ROW.sub(b"", text) if text.count(b"<row") > MAX_ROWS else text)
    if sum(map(text.count, _CELLS)) > text.count(b' r="'):
        _give_places(root)
    return root


def _give_places(root: Element) -> None:
    """Name the place of each row and cell that does not (18.3.1.4, 18.3.1.73): it is the one after the last."""
    number = 0
    for row in root.iterfind(f"{_S}sheetData/{_S}row"):
        number = _number(row.get("r")) if row.get("r") else number + 1
        row.set("r", str(number))
        column = 0
        for cell in row.iterchildren(_S + "c"):
            found = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _position(*found.groups())[1] + 1 if found else column + 1
            cell.set("r", f"{_letters(column)}{number}")


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _nothing(size: str | None) -> bool:
    """Whether a column or row is drawn to nothing."""
    return size is not None and size.strip("0") in ("", ".")


def _look_at(cell: Element, sheet: Sheet, looks: _Looks) -> bool:
    """Note a formula without a stored result, an error, struck text; return whether the cell is near enough to be read."""
    reference = _REFERENCE.fullmatch(cell.get("r", ""))
    if reference is None:
        return True
    row, column = _position(reference[1], reference[2])
    if row >= MAX_ROWS or column >= MAX_COLUMNS:
        return False
    if cell.find(_S + "f") is not None and not cell.findtext(_S + "v"):
        sheet.unsolved.add((row, column))
    if cell.get("t") == "e":
        sheet.texts[row, column] = cell.findtext(_S + "v") or "#N/A", ()
    elif cell.get("t") == "s" and (cell.findtext(_S + "v") or "") in looks.strings:
        sheet.texts[row, column] = looks.runs(
            looks.strings[cell.findtext(_S + "v") or ""], cell.get("s", "0")
        )
    elif cell.get("t") == "inlineStr" and (item := cell.find(_S + "is")) is not None and len(item) > 1:
        sheet.texts[row, column] = looks.runs(item, cell.get("s", "0"))
    elif cell.get("s") in looks.signs:
        sheet.signs[row, column] = looks.signs[cell.get("s", "")]
    if cell.get("s") in looks.framed:
        sheet.framed.add((row, column))
    if cell.get("s") in looks.struck and (row, column) not in sheet.texts:
        sheet.struck.add((row, column))
    if cell.get("s") in looks.unseen:
        sheet.unseen.add((row, column))
    if cell.get("s") in looks.formats:
        sheet.formats[row, column] = looks.formats[cell.get("s", "")]
    return True


def _printed(root: Element) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each line printed above and below each page."""
    for node in root.iterfind(f"{_S}headerFooter/*"):
        kind = "页眉" if node.tag.endswith("Header") else "页脚"
        for line in printed_lines(str(node.text or "")):
            yield kind, line


def _comments(package: Package, part: str) -> Iterator[tuple[int, int, str]]:
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package:
        return
    for relation in package.xml(relations):
        if relation.get("Type", "").endswith("/comments"):
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('../')}"
            if path in package:
                for comment in package.xml(path).iter(_S + "comment"):
                    found = _REFERENCE.fullmatch(comment.get("ref", ""))
                    row, column = _position(found[1], found[2]) if found else (-1, -1)
                    yield row, column, "".join(str(node.text or "") for node in comment.iter(_S + "t"))


def _position(letters: str, digits: str) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return int(digits) - 1, column - 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1
