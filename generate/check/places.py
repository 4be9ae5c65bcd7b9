"""Where 署名 and 成文日期 stand on a rendered page, beside the places of 7.3.5.1 and 7.3.5.2.

Knows rows and widths in millimetres; does not know the document. A face that replaces the one asked for draws figures
wider, and LibreOffice sets air around them: the line is then measured as wide as it is in the face asked for too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from .sheet import breadth
from .sheets import Row

_OFF_CENTRE = 0.6  # characters: air around the figures of a date may be set or not


@dataclass(frozen=True, slots=True)
class Room:
    """What lines are measured against: right edge of the 版心 and one character in mm, the rest in characters."""

    edge: float
    char: float
    plain: float
    sealed: float
    tolerance: float


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the alignment of its paragraph; ``replaced`` where another face stands for the one it asks for."""

    row: Row
    align: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class _Span:
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def in_place(name: Line, day: Line, room: Room) -> bool:
    """Whether 署名 and date stand as 7.3.5.1 or 7.3.5.2 has it."""
    longer = breadth(day.row.text) > breadth(name.row.text)
    ways = product(_spans(name, room), _spans(day, room))
    return any(_plain(own, date, room, longer=longer) or _sealed(own, date, room) for own, date in ways)


def _spans(line: Line, room: Room) -> Iterator[_Span]:
    """Yield the line as drawn and, where its face is replaced, as wide as it should be, from where it hangs on."""
    row = line.row
    yield _Span(row.left, row.right)
    over = row.right - row.left - breadth(row.text) * room.char
    if line.replaced and over > 0:
        before = {"right": over, "center": over / 2}.get(line.align, 0.0)
        yield _Span(row.left + before, row.right - (over - before))


def _plain(name: _Span, day: _Span, room: Room, *, longer: bool) -> bool:
    two, near = room.plain * room.char, room.tolerance * room.char
    last = day if longer else name
    return abs(day.left - name.left - two) <= near and abs(room.edge - last.right - two) <= near


def _sealed(name: _Span, day: _Span, room: Room) -> bool:
    off, inset = abs(name.middle - day.middle), room.edge - day.right - room.sealed * room.char
    return off <= _OFF_CENTRE * room.char and abs(inset) <= room.tolerance * room.char
