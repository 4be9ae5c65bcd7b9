"""What is understood of a blank form: places that wait for answers, rows of groups, and what is to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms import Doubt, FieldKind, Place


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that waits for an answer.

    ``start`` and ``end`` bound the stretch of its paragraph that an answer replaces; -1 stands for the whole cell.
    ``path`` joins labels with a dot, ``label`` is the last one as it is spelled, ``group`` the row group or "".
    ``also`` are paragraphs under it that only go on with its options; they are emptied.
    """

    path: str
    label: str
    kind: FieldKind
    place: Place
    start: int = -1
    end: int = -1
    group: str = ""
    options: tuple[str, ...] = ()
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsOfGroup:
    """The rows of a repeating group: its grid and the first and last row (from 1) that wait for entries."""

    name: str
    grid: str
    first: int
    last: int


@dataclass(slots=True)
class Blank:
    """What was understood of a blank form."""

    title: str = ""
    spots: list[Spot] = field(default_factory=list)
    groups: list[RowsOfGroup] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    unnamed: list[Place] = field(default_factory=list)  # open cells that no label names
    further: list[tuple[str, Place]] = field(
        default_factory=list
    )  # labels with more open cells behind the first
