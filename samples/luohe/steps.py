"""Deviations done to a finished document body, the way clerks drag, wrap and split a form's table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from itertools import pairwise

from lxml import etree

from .marks import Extras, control
from .word import DECLARED, NAMESPACES

W = f"{{{NAMESPACES['w']}}}"
_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_NARROW = 300  # width of a column that holds nothing, in twentieths of a point


def apply(body: str, steps: Iterable[str], extras: Extras) -> str:
    """Return ``body`` with every known step of ``steps`` done to its first table, in order."""
    tree = _parse(body)
    for step in steps:
        if step in STEPS:
            STEPS[step](tree, extras)
    return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in tree)


def _parse(xml: str) -> etree._Element:
    return etree.fromstring(f"<w:body {DECLARED}>{xml}</w:body>")


def _table(tree: etree._Element) -> etree._Element:
    found = tree.find(f"{W}tbl")
    assert found is not None, "the steps work on a form with a table"  # noqa: S101
    return found


def _cells(row: etree._Element) -> list[etree._Element]:
    return row.findall(f"{W}tc")


def _text(element: etree._Element) -> str:
    return "".join("".join(node.text or "" for node in element.iter(f"{W}t")).split())


def _answer(tree: etree._Element, label: str) -> etree._Element:
    """Return the cell to the right of the one that reads ``label``."""
    for row in _table(tree).iter(f"{W}tr"):
        cells = _cells(row)
        for cell, following in pairwise(cells):
            if _text(cell) == label:
                return following
    raise LookupError(label)


def _wrap_cell(tree: etree._Element, extras: Extras) -> None:
    cell = _answer(tree, "走访团组织名称")
    _replace(cell, control(_xml(cell), extras.next()))


def _wrap_paragraphs(tree: etree._Element, extras: Extras) -> None:
    cell = _answer(tree, "基层团组织工作存在问题")
    inside = [child for child in cell if child.tag == f"{W}p"]
    block = _parse(control("".join(_xml(child) for child in inside), extras.next()))[0]
    cell.insert(cell.index(inside[0]), block)
    for child in inside:
        cell.remove(child)
    cell.append(_parse("<w:p/>")[0])  # a cell ends with a paragraph (ECMA-376 17.4.65)


def _outer_frame(tree: etree._Element, _extras: Extras) -> None:
    """Put the whole form, title included, into the one cell of another table."""
    inside = "".join(_xml(child) for child in tree)
    frame = (
        '<w:tbl><w:tblPr><w:tblW w:w="9200" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="9200"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="9200" w:type="dxa"/></w:tcPr>{inside}<w:p/></w:tc></w:tr></w:tbl>'
    )
    for child in list(tree):
        tree.remove(child)
    tree.append(_parse(frame)[0])


def _answers_in_labels(tree: etree._Element, _extras: Extras) -> None:
    """Type three answers into the cell of their label, behind a colon, and merge the two cells."""
    for label in ("走访团组织名称", "走访形式", "基层团组织工作亮点"):
        cell = _answer(tree, label)
        row = cell.getparent()
        assert row is not None  # noqa: S101 - a cell stands in a row
        head = _cells(row)[0]
        colon = deepcopy(head.findall(f".//{W}r")[-1])
        for node in colon.iter(f"{W}t"):
            node.text = "："
        paragraph = head.findall(f"{W}p")[-1]
        paragraph.append(colon)
        for run in cell.findall(f"{W}p/{W}r"):
            paragraph.append(run)
        _side(paragraph, "left")
        row.remove(cell)
        _span(head, 4, 8730)


def _empty_column(tree: etree._Element, _extras: Extras) -> None:
    """Insert an empty column behind the first one."""
    table = _table(tree)
    table.findall(f"{W}tblGrid/{W}gridCol")[0].addnext(_parse(f'<w:gridCol w:w="{_NARROW}"/>')[0])
    for row in table.findall(f"{W}tr"):
        width = f'<w:tcPr><w:tcW w:w="{_NARROW}" w:type="dxa"/></w:tcPr>'
        _cells(row)[0].addnext(_parse(f"<w:tc>{width}<w:p/></w:tc>")[0])


def _empty_before(tree: etree._Element, _extras: Extras) -> None:
    """Let every second row begin one narrow grid column later: a border that somebody dragged."""
    table = _table(tree)
    table.findall(f"{W}tblGrid/{W}gridCol")[0].addprevious(_parse(f'<w:gridCol w:w="{_NARROW}"/>')[0])
    for place, row in enumerate(table.findall(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        assert properties is not None  # noqa: S101 - our rows have a height
        merged = row.find(f".//{W}vMerge") is not None  # cells merged downwards stay under each other
        if place % 2 and not merged:
            skipped = f'<w:gridBefore w:val="1"/><w:wBefore w:w="{_NARROW}" w:type="dxa"/>'
            for child in reversed(list(_parse(skipped))):
                properties.insert(0, child)
        else:
            first = _cells(row)[0]
            _span(first, 2, 1900 + _NARROW)


def _two_tables(tree: etree._Element, _extras: Extras) -> None:
    """Break the table over two pages before 基层团组织工作亮点 and repeat the form's title."""
    table = _table(tree)
    second = deepcopy(table)
    rows = table.findall(f"{W}tr")
    place = next(n for n, row in enumerate(rows) if _text(_cells(row)[0]) == "基层团组织工作亮点")
    for row in rows[place:]:
        table.remove(row)
    for row in second.findall(f"{W}tr")[:place]:
        second.remove(row)
    title = deepcopy(next(child for child in tree if _text(child).endswith("报告单")))
    after = [_parse(_BREAK)[0], title, second]
    for child in reversed(after):
        table.addnext(child)


def _xml(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _replace(element: etree._Element, xml: str) -> None:
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - never the root
    parent.replace(element, _parse(xml)[0])


def _span(cell: etree._Element, columns: int, width: int) -> None:
    properties = cell.find(f"{W}tcPr")
    assert properties is not None  # noqa: S101 - our cells have a width
    for old in properties.findall(f"{W}gridSpan"):
        properties.remove(old)
    properties[0].set(f"{W}w", str(width))
    properties[0].addnext(_parse(f'<w:gridSpan w:val="{columns}"/>')[0])


def _side(paragraph: etree._Element, side: str) -> None:
    for node in paragraph.findall(f"{W}pPr/{W}jc"):
        node.set(f"{W}val", side)


STEPS: dict[str, Callable[[etree._Element, Extras], None]] = {
    "控件入格": _wrap_cell,
    "控件成块": _wrap_paragraphs,
    "外框": _outer_frame,
    "并入标签": _answers_in_labels,
    "空列": _empty_column,
    "行首空列": _empty_before,
    "拆表": _two_tables,
}
