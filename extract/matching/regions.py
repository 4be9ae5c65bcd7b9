"""Cutting a board into regions, each one filled form: a file may hold several forms, months or kinds.

Knows titles and repeated labels; which label leads to which field is decided in ``align``.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from extract.spelling import squeeze
from extract.values.dates import is_untouched
from forms import FieldKind, Role

from .anchors import Anchor, Title
from .board import OUTSIDE, Board
from .layout import TOTALS, Layout, Layouts, Slot

_LEAST = 2  # labels that make a form
_WHOSE = frozenset((Role.UNIT, Role.FILLED, Role.PERIOD))  # and who filled it in


@dataclass(slots=True)
class Region:
    """A stretch of boxes ``start:end`` (by order) that belongs to one form, -1 when no form fits.

    ``taken`` are boxes that are understood already and hold no label to be found any more.
    """

    start: int
    end: int
    layout: int = -1
    titled: bool = False
    anchors: list[Anchor] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    taken: Set[int] = frozenset()


def cut(board: Board, anchors: Sequence[Anchor], titles: Sequence[Title], layouts: Layouts) -> list[Region]:
    """Return the regions of ``board``, in order and without gaps."""
    events: list[Anchor | Title] = sorted([*anchors, *titles], key=_order)
    regions = [_Open(0)]
    for event in events:
        if isinstance(event, Anchor) and _is_entry(board, event, regions[-1], layouts):
            continue
        if regions[-1].ends_before(event, layouts):
            regions.append(_Open(event.box.order))
        regions[-1].take(event)
    joined = _join(board, regions, layouts)
    ends = [region.start for region in joined[1:]] + [len(board.boxes)]
    return [
        Region(region.start, end, *region.decide(layouts), region.anchors, region.titles)
        for region, end in zip(joined, ends, strict=True)
    ]


def _is_entry(board: Board, event: Anchor, region: _Open, layouts: Layouts) -> bool:
    """Whether a word that labels something in another form is an entry of a list here: 男 in the column 性别.

    It stands under the header of a group, among what is mostly no label of that other form.
    """
    leading = region.leading()
    box = event.box
    if leading < 0 or box.grid == OUTSIDE or not event.whole:
        return False
    if any(target.layout == leading for target in event.targets):
        return False
    slots = layouts.all[leading].slots
    headed = any(
        anchor.box.grid == box.grid
        and anchor.box.row_end <= box.row
        and anchor.box.column < box.column_end
        and box.column < anchor.box.column_end
        and any(target.layout == leading and slots[target.slot].group for target in anchor.targets)
        for anchor in region.anchors
    )
    if headed and squeeze(box.text) in TOTALS:
        return True
    line = [other for other in board.rows[box.grid][box.row] if other.filled] if headed else []
    strange = sum(bool(layouts.labels.exact(other.text)) for other in line)
    return headed and 2 * strange < len(line)


def _order(event: Anchor | Title) -> tuple[int, int, int]:
    return (event.box.order, *event.start) if isinstance(event, Anchor) else (event.box.order, 0, 0)


@dataclass(slots=True)
class _Open:
    """A region while it grows: the slots seen so far by form."""

    start: int
    anchors: list[Anchor] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    seen: dict[int, set[int]] = field(default_factory=dict)

    def take(self, event: Anchor | Title) -> None:
        if isinstance(event, Title):
            self.titles.append(event)
            return
        self.anchors.append(event)
        if event.weak:
            return
        # a label that several fields bear stands for the first of them that has not been seen
        for layout in {target.layout for target in event.targets}:
            seen = self.seen.setdefault(layout, set())
            slots = [target.slot for target in event.targets if target.layout == layout]
            seen.add(next((slot for slot in slots if slot not in seen), slots[0]))

    def leading(self) -> int:
        """Return the form that this region most likely is, -1 for none."""
        for title in self.titles:
            if len(title.layouts) == 1:
                return title.layouts[0]
        return max(self.seen, key=lambda layout: (len(self.seen[layout]), -layout), default=-1)

    def ends_before(self, event: Anchor | Title, layouts: Layouts) -> bool:
        if isinstance(event, Title):
            begun = (
                max(map(len, self.seen.values()), default=0) > 1
            )  # one label alone stands above its own title
            return bool(begun and event.layouts) or any(
                set(title.layouts) != set(event.layouts) for title in self.titles
            )
        if event.weak:
            return False
        leading = self.leading()
        slots = [target.slot for target in event.targets if target.layout == leading]
        if slots:
            fresh = any(slot not in self.seen.get(leading, ()) for slot in slots)
            repeatable = any(_repeatable(layouts.all[leading].slots[slot]) for slot in slots)
            return not fresh and not repeatable
        others = {target.layout for target in event.targets}
        return bool(others) and self.complete(layouts.all[leading].slots if leading >= 0 else (), leading)

    def complete(self, slots: Sequence[object], leading: int) -> bool:
        """Whether most of the leading form has been seen, so that another form's label opens another region."""
        return bool(slots) and 2 * len(self.seen.get(leading, ())) > len(slots)

    def decide(self, layouts: Layouts) -> tuple[int, bool]:
        """Return the form of this region (-1 for none) and whether its title stands here."""
        titled = {layout for title in self.titles for layout in title.layouts}
        scores = {
            layout: len(self.seen.get(layout, ())) / len(layouts.all[layout].slots) + (layout in titled)
            for layout in titled | self.seen.keys()
        }
        if not scores:
            return -1, False
        best = max(scores, key=lambda layout: (scores[layout], -layout))
        enough = best in titled or (len(self.seen[best]) >= 2 and scores[best] >= 0.2)
        return (best, best in titled) if enough else (-1, False)

    def absorb(self, other: _Open) -> None:
        self.anchors += other.anchors
        self.titles += other.titles
        for layout, slots in other.seen.items():
            self.seen.setdefault(layout, set()).update(slots)


def _repeatable(slot: Slot) -> bool:
    """Whether a label may stand again in one form: a group's header, a label above sub-labels."""
    return bool(slot.group) or slot.field is None


def _join(board: Board, regions: list[_Open], layouts: Layouts) -> list[_Open]:
    """Join what was cut too often: a stray repeated label, and the second half of a form broken in two."""
    joined = [regions[0]]
    for region in regions[1:]:
        if _stray(region, layouts) or _continues(board, joined[-1], region, layouts):
            joined[-1].absorb(region)
        else:
            joined.append(region)
    return joined


def _stray(region: _Open, layouts: Layouts) -> bool:
    """Whether a region without a title holds hardly a label, or only whose a form is and of when: its head or its foot."""
    if region.titles:
        return False
    if max((len(slots) for slots in region.seen.values()), default=0) < _LEAST:
        return True
    return all(
        (field := layouts.all[layout].slots[slot].field) is not None
        and (field.role in _WHOSE or field.kind is FieldKind.PERSON)
        for layout, slots in region.seen.items()
        for slot in slots
        if len(slots) >= _LEAST
    )


def _continues(board: Board, first: _Open, second: _Open, layouts: Layouts) -> bool:
    forms = {region.decide(layouts)[0] for region in (first, second)} - {-1}
    if len(forms) != 1:
        return False
    (form,) = forms
    here, there = first.seen.get(form, set()), second.seen.get(form, set())
    fresh = there - here
    # the second half of a broken table may repeat the date line or the name under the repeated title
    return (
        bool(here and fresh)
        and 2 * len(here & there) <= len(there)
        and not _is_whole(here, layouts.all[form])
        and not (second.titles and _says_otherwise(board, first, second, form))
    )


def _says_otherwise(board: Board, first: _Open, second: _Open, form: int) -> bool:
    """Whether something else is said beside a label of one than beside the same label of the other: another day or name."""
    said, again = (_sayings(board, region, form) for region in (first, second))
    return any(again.get(slot, rest) != rest for slot, rest in said.items())


def _sayings(board: Board, region: _Open, form: int) -> dict[int, str]:
    """Return what is said beside the labels of ``region``, by slots of ``form``; an untouched date says nothing."""
    found: dict[int, str] = {}
    labels = {anchor.box.order for anchor in region.anchors}
    for anchor in region.anchors:
        slots = [target.slot for target in anchor.targets if target.layout == form]
        rest = _beside(board, anchor, labels) if slots and not anchor.weak else ""
        if not is_untouched(rest):
            found |= dict.fromkeys(slots, squeeze(rest))
    return found


def _beside(board: Board, anchor: Anchor, labels: Set[int]) -> str:
    """Return what follows a label on its line, or stands in the cell to its right and is no label."""
    piece, offset = anchor.end
    if anchor.box.grid == OUTSIDE:
        return anchor.box.pieces[piece].text[offset:] if anchor.start == (0, 0) else ""
    right = next(board.right_of(anchor.box), None) if anchor.whole else None
    return right.text if right is not None and right.order not in labels else ""


def _is_whole(seen: set[int], layout: Layout) -> bool:
    """Whether all the fields of a form have been seen, so that more labels open another one."""
    return all(number in seen for number, slot in enumerate(layout.slots) if slot.field is not None)
