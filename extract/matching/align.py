"""Aligning a document with the forms it may hold: labels to slots, answers to labels, and the rest to leftover.

The result accounts for every character: each is a value's, known text of the form, or leftover. Unit and period are
found in ``identify``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace

from extract.model import Document, Look
from extract.spelling import squeeze
from extract.values.fields import read_value
from forms import Doubt, GroupRow, Leftover, Reading, doubt

from .anchors import Anchor, Title, find_anchors, heads_part
from .answers import answer_of, claim
from .board import OUTSIDE, Board, Box, Piece, spread
from .bracketed import bracketed
from .celllines import rowed
from .entries import by_entry, completed, shifted, turned
from .foreign import is_foreign
from .govern import Content, Governor
from .halves import completes
from .joint import dealt_out, joint_labels
from .labels import Target
from .layout import Layout, Layouts
from .lists import part
from .margins import share_headers
from .overlay import lay_over
from .regions import Region, cut
from .rest import gather_rest, numbers_columns, opens_total
from .seams import mended
from .signed import dates_alone, dating, signed
from .stretches import Stretch
from .sublabels import beside, short_names
from .tails import without_date

_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*(?:年|—)")
_MEASURE = re.compile(r"\(.{0,6}?((?:十|百|千|万|亿)+(?:元|人|次))\)")
_TERSE = 2
_SURE = 0.78  # a rewording more like its label than this is not doubted


@dataclass(slots=True)
class Aligned:
    """One form found in a document: readings, rows of groups, leftover, known text and doubts; no unit, no period yet.

    ``sheet`` names the sheet or table that holds this form and no other; ``among`` says that other sheets hold forms too,
    ``several`` that the file holds more of them.
    """

    layout: Layout | None
    readings: list[Reading] = field(default_factory=list)
    rows: list[GroupRow] = field(default_factory=list)
    leftover: list[Leftover] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    labelled: int = 0
    sheet: str = ""
    among: bool = False
    several: bool = False


def align(document: Document, layouts: Layouts, year: int | None = None) -> list[Aligned]:
    """Return the forms found in ``document``, at least one entry; ``year`` completes dates that name none."""

    def is_label(text: str) -> bool:
        return bool(layouts.labels.exact(text))

    board = spread(rowed(mended(document, layouts, is_label), layouts), is_label)
    anchors, titles = find_anchors(board, layouts)
    found: list[Aligned] = []
    for region in _regions(board, anchors, titles, layouts):
        if region.layout < 0 or is_foreign(board, region, layouts.all[region.layout]):
            found.append(_unknown(board, region))
        else:
            alignment = _Alignment(board, region, layouts.all[region.layout], year or _year_of(region))
            found += alignment.forms() if alignment.labelled else [_unknown(board, region)]
    found = _whole_forms(_without_shreds(found))
    share_headers([(each.layout, each.readings) for each in found if each.layout is not None])
    _name_sheets(found)
    found[0].leftover += [Leftover(aside.text, aside.place, aside.kind) for aside in document.asides]
    return found


def _name_sheets(found: list[Aligned]) -> None:
    """Note which form has a sheet to itself: then the sheet's name speaks for it."""
    names = [next((r.place.part for r in each.readings if r.place.row), "") for each in found]
    for aligned, name in zip(found, names, strict=True):
        aligned.sheet = name if names.count(name) == 1 else ""
        aligned.among = len(set(names)) > 1
        aligned.several = len(found) > 1


def _regions(board: Board, anchors: list[Anchor], titles: list[Title], layouts: Layouts) -> list[Region]:
    """Cut the board into regions; a long form whose labels repeat is one when its stencil covers all the grids."""
    regions = cut(board, anchors, titles, layouts)
    tried = dict.fromkeys(region.layout for region in regions if region.layout >= 0)
    if len(regions) > 1 and len(tried) == 1:
        (number,) = tried
        whole = Region(0, len(board.boxes), number, True, anchors, titles)
        stencil = layouts.all[number].stencil
        overlay = lay_over(board, whole, stencil)
        labelled = {anchor.box.grid for anchor in anchors if anchor.whole and anchor.box.grid != OUTSIDE}
        covered = {board.boxes[order].grid for order in overlay.boxes} - {OUTSIDE}
        fits = all(box.order in overlay.boxes for box in board.boxes if box.grid in covered and box.filled)
        if any(region.titled for region in regions[1:]):  # a form of several sheets may say its title on each
            fits = fits and 1 < len(stencil.grids) == len(covered)
            return [whole] if labelled <= covered and fits else regions
        if labelled <= covered and (len(stencil.grids) > 1 or (covered and fits)):
            return [whole]
    return regions


def _year_of(region: Region) -> int | None:
    """Return the year that completes dates without one: the one that the titles name (2020年…汇总表)."""
    years = {int(year) for title in region.titles for year in _YEAR.findall(title.box.text)}
    return years.pop() if len(years) == 1 else None


def _unknown(board: Board, region: Region) -> Aligned:
    aligned = Aligned(None, labelled=len(region.anchors))
    aligned.known, aligned.leftover = gather_rest(board, region, frozenset())
    return aligned


def _without_shreds(found: list[Aligned]) -> list[Aligned]:
    """Give text outside of all forms to the form before it (or after it) when there is a form at all."""
    forms = [aligned for aligned in found if aligned.layout is not None]
    if not forms:
        merged = found[0]
        for other in found[1:]:
            _absorb(merged, other)
        return [merged]
    home = forms[0]
    for aligned in found:
        if aligned.layout is None:
            _absorb(home, aligned)
        else:
            home = aligned
    return forms


def _whole_forms(found: list[Aligned]) -> list[Aligned]:
    """Join the halves of forms that were broken in two."""
    whole = found[:1]
    for second in found[1:]:
        first = whole[-1]
        halves = first.layout is second.layout is not None and not (first.rows and second.rows)
        if not halves or not completes(first.readings, second.readings):
            whole.append(second)
            continue
        told = {reading.field for reading in first.readings}
        first.known += [reading.raw for reading in second.readings if reading.field in told]
        first.readings += [reading for reading in second.readings if reading.field not in told]
        order = [slot.path for slot in first.layout.slots] if first.layout is not None else []
        first.readings.sort(key=lambda reading: order.index(reading.field))
        first.rows += second.rows
        _absorb(first, second)
    return whole


def _absorb(home: Aligned, other: Aligned) -> None:
    home.leftover += other.leftover
    home.known += other.known
    home.labelled += other.labelled


class _Alignment:
    """One region being aligned with one layout."""

    def __init__(self, board: Board, region: Region, layout: Layout, year: int | None) -> None:
        self._board = board
        self._region = region
        self._layout = layout
        self._year = year
        self._overlay = lay_over(board, region, layout.stencil)
        self._tails = layout.tails
        for tail, slot in self._tails.items():
            if slot in self._overlay.places:
                self._overlay.places.setdefault(tail, self._overlay.places[slot])
        self._open = [
            anchor
            for anchor in region.anchors
            if anchor.box.order not in self._overlay.boxes and _may_lead(anchor, region.layout)
        ]
        self._joint = joint_labels(board, region, layout, self._overlay.boxes)
        self._anchors = self._matched()
        self._by_slot = {anchor.slot: anchor for anchor in self._anchors}
        self._labelled = {anchor.box.order for anchor in region.anchors}
        self._known: list[str] = []

    @property
    def labelled(self) -> bool:
        """Whether anything of the form stands here beside its title, which a letter names as well."""
        return bool(self._anchors or self._overlay.places or self._region.anchors)

    def _matched(self) -> list[Anchor]:
        """Return the labels of what the stencil left open."""
        fields = {number for number, slot in enumerate(self._layout.slots) if slot.field is not None}
        placed = self._overlay.places.keys() | self._tails.keys()
        if fields <= placed:
            return []
        from .match import match_slots

        region = replace(self._region, anchors=self._open, taken=self._overlay.boxes)
        told = {slot for _, slots in self._joint.values() for slot in slots}
        found = match_slots(self._board, region, self._layout, placed | told)
        found += [anchor for anchor, _ in self._joint.values()]
        return sorted(found, key=lambda anchor: (anchor.box.order, anchor.start))

    def forms(self) -> Iterator[Aligned]:
        """Yield the forms of this region: one, or one for each row of a list."""
        found = list(self._undated())
        told = {content.slot for content in found}
        contents = [piece for content in found for piece in self._divided(content, told)]
        slot = dating(self._layout)
        anchor = self._by_slot.get(slot)
        label = anchor.box if anchor is not None else self._overlay.places.get(slot)
        day = signed(self._board, self._region, self._layout, contents, label)
        contents += [] if day is None else [day]
        contents += dates_alone(self._board, self._region, self._layout, contents)
        contents += bracketed(self._anchors, {content.slot for content in contents}, self._layout)
        shared, records = part(contents, self._board, self._layout)
        self._claim_labels({content.slot for content in contents})
        every = dict.fromkeys(
            [*shared, *(c for record in records for c in record)]
        )  # in an order of their own
        for content in sorted(every, key=_in_order):
            claim(content, self._layout.slots[content.slot], self._known)
        first = self._new(self._known)
        forms = [first, *(self._new([]) for _ in records[1:])]
        for form, record in zip(forms, records or [[]], strict=True):
            self._fill(form, [*shared, *record])
        known, leftover = gather_rest(self._board, self._region, self._layout.known)
        first.known += known
        owners = _owners(records)
        for item in leftover:
            forms[owners.get((item.place.part, item.place.row), 0)].leftover.append(item)
        yield from forms

    def _new(self, known: list[str]) -> Aligned:
        labelled = len(self._by_slot) + len(self._overlay.places)
        titles = [title.box.text for title in self._region.titles]
        return Aligned(self._layout, known=known, labelled=labelled, titles=titles)

    def _all(self) -> list[Content]:
        """Return every content; a form with lists takes with it where they go on, without what lies far below them."""
        found = list(self._contents())
        if self._layout.form.groups:
            from .enumerated import enumerated

            turned(found, self._layout)
            found = list(shifted(self._board, found, self._layout))
            found = list(enumerated(self._board, self._region, self._layout, found, self._anchors))
        if any(self._layout.slots[content.slot].group for content in found):
            from .continued import continued, without_strays

            found += continued(self._board, self._region, self._layout, found, self._overlay.boxes)
            found = list(without_strays(found, self._layout))
        return found

    def _undated(self) -> Iterator[Content]:
        """Yield every content, dates without label apart from the answers that they stand behind."""
        found = self._all()
        dated = {content.slot for content in found}
        for content in found:
            tail = self._layout.slots[content.slot].tail
            if tail < 0 or tail in dated:
                yield content
            else:
                yield from without_date(content, self._layout.slots)

    def _contents(self) -> Iterator[Content]:
        yield from self._overlay.contents
        if not self._anchors:
            return
        region = replace(self._region, anchors=self._open)
        governor = Governor(self._board, region, self._layout, self._anchors, self._overlay.boxes)
        for content in governor.contents():
            line = self._board.rows[content.box.grid].get(content.row, []) if content.row >= 0 else []
            if opens_total(line) or numbers_columns(line):
                continue
            yield content

    def _divided(self, content: Content, told: Set[int]) -> Iterator[Content]:
        """Yield ``content`` as it is, or its parts when it answers a parent label: 团干部3人，团员青年20人.

        A part whose label has its answer elsewhere (``told`` are the slots that have) is talk about it, and stays free.
        """
        anchor = self._by_slot.get(content.slot)
        if anchor is not None and anchor.box.order in self._joint:
            yield from dealt_out(content, self._joint[anchor.box.order][1])
            return
        children = self._layout.children(content.slot)
        if not children:
            yield content
            return
        names = {name: child for child in children for name in self._layout.slots[child].names}
        text = content.box.text
        if not any(name in text for name in names):
            names = short_names(names)
        pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
        for number, start, end in content.stretches:
            text = content.box.pieces[number].text
            found = list(pattern.finditer(text, start, end))
            for label, (low, high) in zip(found, beside(text, found, start, end), strict=True):
                if names[label[0]] in told:
                    continue
                self._take_label(content.box.pieces[number], label.start(), label.end())
                if low < high:
                    yield Content(
                        names[label[0]], content.box, ((number, low, high),), content.row, content.column
                    )

    def _take_label(self, piece: Piece, start: int, end: int) -> None:
        self._known += [piece.text[low:high] for low, high in piece.claim(start, end)]

    def _claim_labels(self, answered: set[int]) -> None:
        """Claim the text of labels and titles; a reworded label that nothing answers was none and stays free."""
        for box, (number, start, end) in self._overlay.labels:
            self._take_label(box.pieces[number], start, end)
        for anchor in self._open:
            if anchor.slot < 0 and anchor.left_open:  # a date line of the blank, answered elsewhere
                piece = anchor.box.pieces[0]
                self._take_label(piece, anchor.start[1], len(piece.text))
        labels = [a for a in self._open if a.whole and not heads_part(a, self._region.anchors)]
        labels += [anchor for anchor in self._anchors if anchor.targets or anchor.slot in answered]
        for anchor in labels:
            for number, start, end in anchor.spans:
                self._take_label(anchor.box.pieces[number], start, end)
        for title in self._region.titles:
            if title.box.order not in self._overlay.boxes:
                for number, start, end in title.spans:
                    self._take_label(title.box.pieces[number], start, end)

    def _fill(self, form: Aligned, contents: list[Content]) -> None:
        by_slot: dict[int, list[Content]] = {}
        grouped: list[Content] = []
        for content in contents:
            group = self._layout.slots[content.slot].group
            if group:
                grouped.append(content)
            else:
                by_slot.setdefault(content.slot, []).append(content)
        for slot in range(len(self._layout.slots)):
            reading = self._reading(slot, by_slot.get(slot, []))
            if reading is not None:
                form.readings.append(reading)
        numbers: Counter[str] = Counter()
        for group, slots in by_entry(grouped, self._layout):
            readings = [reading for slot, found in slots.items() if (reading := self._reading(slot, found))]
            if any(reading.raw.strip() or reading.doubts for reading in readings):
                numbers[group] += 1
                form.rows.append(GroupRow(group, numbers[group], tuple(readings)))
        completed(form.rows, self._layout)

    def _reading(self, slot: int, contents: list[Content]) -> Reading | None:
        field_ = self._layout.slots[slot].field
        anchor = self._by_slot.get(slot)
        if field_ is None:
            return None
        contents = [content for content in contents if content.stretches]
        if not contents:
            return self._empty(slot, anchor)
        answer = answer_of(field_, contents)
        reading = read_value(field_, answer, self._year)
        doubts = list(reading.doubts)
        runs_in = anchor is not None and anchor.likeness < 1 and bool(anchor.targets)
        unsure = anchor is not None and not runs_in and (anchor.likeness < _SURE or _terse(anchor))
        if anchor is not None and (unsure or _counts_otherwise(anchor, self._layout.slots[slot].names)):
            doubts.append(doubt("label_guessed", field_.path, found=anchor.text.strip()))
        if (
            runs_in
            or self._repeats(slot, anchor, contents, answer.text)
            or any(content.guessed for content in contents)
            or self._within_answer(slot, anchor)
        ):
            doubts.append(doubt("position_guessed", field_.path))
        if any(content.crowded for content in contents):
            doubts.append(doubt("more_beside", field_.path))
        if any(content.joined for content in contents) or Look.BOX in answer.signs:
            doubts.append(doubt("text_joined", field_.path))
        if anchor is not None and self._stands_again(slot, anchor):
            doubts.append(doubt("label_twice", field_.path))
        return reading if len(doubts) == len(reading.doubts) else replace(reading, doubts=tuple(doubts))

    def _repeats(self, slot: int, anchor: Anchor | None, contents: list[Content], text: str) -> bool:
        """Whether an answer in its label's own cell begins with the label's name: a part of the label, cut wrongly."""
        inside = anchor is not None and any(content.box is anchor.box for content in contents)
        return inside and text.lstrip().startswith(self._layout.slots[slot].names)

    def _stands_again(self, slot: int, anchor: Anchor) -> bool:
        """Whether another line begins with the same label and has something behind it."""
        if anchor.box.grid != OUTSIDE or self._layout.slots[slot].group:
            return False
        return any(
            other.box.grid == OUTSIDE
            and other.box is not anchor.box
            and other not in self._anchors
            and Target(self._region.layout, slot) in other.targets
            and self._says_more(other)
            for other in self._region.anchors
        )

    def _says_more(self, label: Anchor) -> bool:
        """Whether something follows a label: on its line, or in the next one when that has no label."""
        piece, offset = label.end
        if label.box.pieces[piece].text[offset:].strip():
            return True
        following = self._board.boxes[label.box.order + 1 : min(label.box.order + 2, self._region.end)]
        return any(
            box.filled and box.grid == OUTSIDE and box.order not in self._labelled for box in following
        )

    def _within_answer(self, slot: int, anchor: Anchor | None) -> bool:
        """Whether a label was found inside of another label's answer, which is not the label above it."""
        return anchor is not None and anchor.weak and self._layout.slots[slot].parent < 0

    def _empty(self, slot: int, anchor: Anchor | None) -> Reading | None:
        """Return the reading of a label without an answer: nothing, at the place of the label."""
        field_ = self._layout.slots[slot].field
        anchor = anchor or self._by_slot.get(self._tails.get(slot, -1))
        box = anchor.box if anchor is not None else self._overlay.places.get(slot)
        if box is None or field_ is None or self._layout.slots[slot].group:
            return None
        beside = (doubt("more_beside", field_.path),) if self._left_beside(box) else ()
        return Reading(field_.path, None, "", box.pieces[0].place, beside)

    def _left_beside(self, label: Box) -> bool:
        """Whether something stands to the right of a label without an answer that nothing else has taken."""
        if label.grid == OUTSIDE or label.order in self._overlay.boxes:
            return False
        for box in self._board.right_of(label):
            if any(piece.claims for piece in box.pieces):
                return False
            if box.filled:
                return squeeze(box.text) not in self._layout.known
        return False


def _counts_otherwise(anchor: Anchor, names: tuple[str, ...]) -> bool:
    """Whether a label says that it counts in 万元 or the like, where the blank's does not."""
    measure = _MEASURE.search(squeeze(anchor.text))
    return measure is not None and not any(measure[1] in name for name in names)


def _may_lead(anchor: Anchor, layout: int) -> bool:
    """Whether a label is one of this form: a word that is a label in another form alone may be an answer here."""
    return not anchor.targets or any(target.layout == layout for target in anchor.targets)


def _terse(anchor: Anchor) -> bool:
    """Whether a reworded label is so short that it could mean anything: 单位, 情况."""
    return not anchor.targets and anchor.likeness < 1 and len(squeeze(anchor.text).strip(":")) <= _TERSE


def _owners(records: list[list[Content]]) -> dict[tuple[str, int], int]:
    """Return the record of each row of a list, by part and row of its places: what is left over there is its own."""
    owners: dict[tuple[str, int], int] = {}
    for number, record in enumerate(records):
        for content in record:
            if content.row >= 0 and content.box.row_end == content.box.row + 1:
                place = content.box.pieces[0].place
                owners.setdefault((place.part, place.row), number)
    return owners


def _in_order(content: Content) -> tuple[int, Stretch]:
    return content.box.order, content.stretches[0]
