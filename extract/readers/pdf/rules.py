"""Ruled tables of a page: where the rules of a page cross there are cells; sides that nobody ruled are closed.

pdfplumber joins and crosses the rules. It leaves out tables of one cell, which a form's last row on a new page is, and cells
at a side without a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfplumber.page import Page

_NEAR = 3.0  # points within which two rules touch, as pdfplumber has it
_MOST = 800  # rules of a page, joined: more are a drawing, and each is held against each other
Box = tuple[float, float, float, float]
Edge = dict[str, Any]


def ruled(page: Page) -> list[list[Box]]:
    """Return the cells of each table on ``page``, in points from its top left corner."""
    from pdfplumber.table import TableFinder, cells_to_tables, edges_to_intersections, intersections_to_cells

    edges: list[Edge] = TableFinder(page).edges
    groups = _gathered(list(_touching(edges))) if len(edges) <= _MOST else ()
    closed = [*edges, *(side for group in groups for side in _open_sides(group))]
    cells = intersections_to_cells(edges_to_intersections(closed, _NEAR, _NEAR))
    tables = [[_box(cell) for cell in table] for table in cells_to_tables(cells)]
    held = {cell for table in tables for cell in table}
    return tables + [[box] for cell in cells if (box := _box(cell)) not in held]


def _box(cell: Sequence[float]) -> Box:
    left, top, right, bottom = map(float, cell)
    return left, top, right, bottom


def _touching(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Yield the edges in groups that touch one another."""
    free = list(edges)
    while free:
        group = [free.pop()]
        for edge in group:
            touching = [other for other in free if _touch(edge, other)]
            free = [other for other in free if not any(other is each for each in touching)]
            group += touching
        yield group


def _touch(one: Edge, other: Edge) -> bool:
    return bool(
        one["x0"] <= other["x1"] + _NEAR
        and other["x0"] <= one["x1"] + _NEAR
        and one["top"] <= other["bottom"] + _NEAR
        and other["top"] <= one["bottom"] + _NEAR
    )


def _gathered(groups: list[list[Edge]]) -> list[list[Edge]]:
    """Return ``groups`` with lone rules across set to the one that is as wide, when it has no side of its own.

    Where nobody ruled the sides of a table, rows of one cell touch nothing.
    """
    lone = [group for group in groups if all(edge["orientation"] == "h" for edge in group)]
    tables = [group for group in groups if not any(group is each for each in lone)]
    tables = _with_sides(tables)
    for table in tables:
        left, right = min(edge["x0"] for edge in table), max(edge["x1"] for edge in table)
        sides = [e["x0"] for e in table if e["orientation"] == "v"]
        if any(abs(side - end) <= _NEAR for side in sides for end in (left, right)):
            continue
        for group in [*lone]:
            ends = min(edge["x0"] for edge in group), max(edge["x1"] for edge in group)
            if abs(ends[0] - left) <= _NEAR and abs(ends[1] - right) <= _NEAR:
                table.extend(group)
                lone = [each for each in lone if each is not group]
    return [*tables, *lone]


def _with_sides(groups: list[list[Edge]]) -> list[list[Edge]]:
    """Return ``groups`` with each lone rule down set to the table beside it that is as high: the side of an open column."""
    sides = [group for group in groups if all(edge["orientation"] == "v" for edge in group)]
    tables = [group for group in groups if not any(group is each for each in sides)]
    for side in sides:
        top, bottom = min(edge["top"] for edge in side), max(edge["bottom"] for edge in side)
        for table in tables:
            head, foot = min(edge["top"] for edge in table), max(edge["bottom"] for edge in table)
            if abs(head - top) <= _NEAR and abs(foot - bottom) <= _NEAR:
                table.extend(side)
                break
        else:
            tables.append(side)
    return tables


def _open_sides(group: Sequence[Edge]) -> Iterator[Edge]:
    """Yield an edge for each side of ``group`` at which rules end and none runs along, at head and foot for each cell."""
    across = [edge for edge in group if edge["orientation"] == "h"]
    down = [edge for edge in group if edge["orientation"] == "v"]
    if len(across) < 2 or not down:
        return
    left, right = min(edge["x0"] for edge in group), max(edge["x1"] for edge in group)
    top, bottom = min(edge["top"] for edge in group), max(edge["bottom"] for edge in group)
    for x, end in ((left, "x0"), (right, "x1")):
        ends = any(abs(edge[end] - x) <= _NEAR for edge in across)
        if ends and not any(abs(edge["x0"] - x) <= _NEAR for edge in down):
            yield _edge((x, top, x, bottom), "v")
    for y, end in ((top, "top"), (bottom, "bottom")):
        ends = any(abs(edge[end] - y) <= _NEAR for edge in down)
        along = [edge for edge in across if abs(edge["top"] - y) <= _NEAR]
        if ends and not along:
            yield _edge((left, y, right, y), "h")
            continue
        sides = sorted(edge["x0"] for edge in down if abs(edge[end] - y) <= _NEAR)
        for x0, x1 in pairwise(sides):  # a cell that goes on over the page has no rule there
            if x1 - x0 > _NEAR and not any(e["x0"] < x1 - _NEAR and e["x1"] > x0 + _NEAR for e in along):
                yield _edge(
                    (x0, along[0]["top"], x1, along[0]["top"]), "h"
                )  # at the very height of its neighbour's


def _edge(box: Box, orientation: str) -> Edge:
    left, top, right, bottom = box
    ends = {"x0": left, "top": top, "x1": right, "bottom": bottom}
    return {**ends, "width": right - left, "height": bottom - top, "orientation": orientation}
