"""署名 and date on a rendered page: right ones in any face, wrong ones whatever face stands for the one asked for."""

from __future__ import annotations

import itertools

import pytest

from generate.check.places import Line, Room, in_place
from generate.check.sheets import Row

CHAR = 156 / 28
EDGE = 184.0
ROOM = Room(EDGE, CHAR, plain=2, sealed=4, tolerance=1)
NAME, DAY, LONG_DAY = "共青团云川市委员会", "2026年3月9日", "2026年12月28日"
HALF, WIDE = 0.0, 0.14  # characters that a figure is wider than half a character; those of DejaVu Sans
AIR = 0.21  # characters between a figure and a Chinese character in LibreOffice


def _width(text: str, wider: float = HALF, air: float = 0) -> float:
    figures = sum(char.isascii() for char in text)
    changes = sum(one.isascii() != other.isascii() for one, other in itertools.pairwise(text))
    return (len(text) - figures + figures * (0.5 + wider) + changes * air) * CHAR


def _line(text: str, left: float, width: float, align: str, *, replaced: bool) -> Line:
    return Line(Row(100, left, left + width, text, 16, ("SomeFace",), red=False), align, replaced)


def _sealed(
    day: str, wider: float, *, replaced: bool = True, date_in: float = 4, off: float = 0
) -> tuple[Line, Line]:
    """Return 署名 centred over where the date stands in its own face, ``off`` characters beside it, and the date."""
    right = EDGE - date_in * CHAR
    drawn, own = _width(day, wider, AIR if replaced else 0), _width(day)
    left = right - own / 2 - _width(NAME) / 2 + off * CHAR
    name = _line(NAME, left, _width(NAME), "center", replaced=replaced)
    return name, _line(day, right - drawn, drawn, "right", replaced=replaced)


def _plain(
    day: str, wider: float, *, replaced: bool = True, name_in: float = 2, shift: float = 2
) -> tuple[Line, Line]:
    """Return 署名 and, ``shift`` characters after its beginning, the date."""
    left = EDGE - name_in * CHAR - _width(NAME)
    name = _line(NAME, left, _width(NAME), "left", replaced=replaced)
    return name, _line(day, left + shift * CHAR, _width(day, wider, AIR), "left", replaced=replaced)


@pytest.mark.parametrize("day", [DAY, LONG_DAY])
def test_right_places_are_right_in_the_face_asked_for(day: str) -> None:
    assert in_place(*_sealed(day, HALF, replaced=False), ROOM)
    assert in_place(*_plain(day, HALF, replaced=False), ROOM)


@pytest.mark.parametrize("day", [DAY, LONG_DAY])
def test_wide_figures_of_another_face_move_no_line(day: str) -> None:
    assert in_place(*_sealed(day, WIDE), ROOM)
    assert in_place(*_plain(day, WIDE), ROOM)


def test_off_the_centre_is_wrong_where_the_face_is_the_one_asked_for() -> None:
    assert not in_place(*_sealed(LONG_DAY, 2 * WIDE, replaced=False), ROOM)


@pytest.mark.parametrize("wider", [HALF, WIDE])
@pytest.mark.parametrize("day", [DAY, LONG_DAY])
@pytest.mark.parametrize(("date_in", "off"), [(1, 0), (6.5, 0), (4, -3), (4, 2.5)])
def test_wrong_places_with_a_seal_are_found_in_any_face(
    day: str, wider: float, date_in: float, off: float
) -> None:
    assert not in_place(*_sealed(day, wider, date_in=date_in, off=off), ROOM)


@pytest.mark.parametrize("wider", [HALF, WIDE])
@pytest.mark.parametrize(("name_in", "shift"), [(0, 2), (5, 2), (2, -0.5), (2, 4.5)])
def test_wrong_places_without_a_seal_are_found_in_any_face(
    wider: float, name_in: float, shift: float
) -> None:
    assert not in_place(*_plain(DAY, wider, name_in=name_in, shift=shift), ROOM)
