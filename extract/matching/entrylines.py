"""Entries of a list that were typed with their labels, one after the other: 1、日期：…，类型：…，主题：… or a line for each label.

The labels of one group come again for each entry; the first entry's become the header of a grid, and what no label has set off
ends it. A number or 第一条 on a line of its own begins an entry as a label does that the entry has already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.model import Cell, Grid, Paragraph
from extract.spelling import squeeze

from .labels import Found
from .layout import Layout, Layouts
from .tabrows import slice_of

INDEX = re.compile(
    r"[（(【\[]?\s*第?\s*[\d一二三四五六七八九十]{1,3}\s*(?:[条项个次]|[、.．)）】\]])?\s*[:：、]?|[①-⑳]"
)
_BETWEEN = " \t\u3000\xa0；;，,、|｜"
_COLUMNS = 3  # labels of an entry that stands alone
_PAIR = 2  # labels of each entry where there are several


@dataclass(slots=True)
class _Entry:
    """One entry: label and answer by slot, and what only parts them (numbers, separators)."""

    labels: dict[int, Paragraph] = field(default_factory=dict)
    answers: dict[int, list[Paragraph]] = field(default_factory=dict)
    apart: list[Paragraph] = field(default_factory=list)
    numbered: bool = False


def entry_lines(lines: Sequence[Paragraph], start: int, layouts: Layouts) -> tuple[Grid | None, int]:
    """Return the list that begins with line ``start`` as a grid, none when it is no list, and how many lines were taken."""
    first = start + (INDEX.fullmatch(lines[start].text.strip()) is not None)
    labels = list(layouts.labels.inside(lines[first].text)) if first < len(lines) else []
    groups = {
        (target.layout, group): None
        for target in (labels[0].targets if labels else ())
        if (group := layouts.all[target.layout].slots[target.slot].group)
    }
    read = [_Reader(layouts, number, group).read(lines, start) for number, group in groups]
    entries, count = max(read, key=lambda each: sum(len(e.labels) for e in each[0]), default=([], 0))
    if not _is_list(entries):
        return None, count
    place = lines[start].place
    return Grid(f"{place.part}第{place.paragraph}段的表", tuple(_cells(entries))), count


def _is_list(entries: Sequence[_Entry]) -> bool:
    """Whether ``entries`` are several that have labels in common, or one with a number and most labels of a list."""
    if len(entries) == 1:
        return entries[0].numbered and len(entries[0].labels) >= _COLUMNS
    return len(entries) > 1 and all(
        len(entry.labels.keys() & entries[0].labels) >= _PAIR for entry in entries
    )


def _cells(entries: Sequence[_Entry]) -> Iterator[Cell]:
    slots = list(dict.fromkeys(slot for entry in entries for slot in entry.labels))
    headed: set[int] = set()
    for column, slot in enumerate(slots, 1):
        first = next(entry for entry in entries if slot in entry.labels)
        yield Cell(0, column, 1, 1, (first.labels[slot],))
    for row, entry in enumerate(entries, 1):
        if entry.apart:
            yield Cell(row, 0, 1, 1, tuple(entry.apart))
        for column, slot in enumerate(slots, 1):
            if slot not in entry.labels:
                continue
            said = entry.answers[slot]
            label = entry.labels[slot]
            if slot in headed:  # the label comes again: it stands before its answer
                said = [label, *said]
            headed.add(slot)
            if said:
                yield Cell(row, column, 1, 1, tuple(said))


class _Reader:
    """Reads the entries of one group of one form."""

    def __init__(self, layouts: Layouts, number: int, group: str) -> None:
        self._layouts = layouts
        self._number = number
        self._layout: Layout = layouts.all[number]
        self._group = group

    def read(self, lines: Sequence[Paragraph], start: int) -> tuple[list[_Entry], int]:
        """Return the entries from line ``start`` on and how many lines they take."""
        entries: list[_Entry] = []
        waiting: list[Paragraph] = []  # lines without a label since the last one that had one
        count = 0
        for number in range(start, len(lines)):
            line = lines[number]
            found = self._labels(line) if INDEX.fullmatch(line.text.strip()) is None else []
            if found is None or (not found and not entries and number > start):
                break
            if not found:
                waiting.append(line)
                continue
            self._go_on(entries, waiting)
            waiting = []
            self._take(entries, line, found)
            count = number + 1 - start
        return entries, count

    def _labels(self, line: Paragraph) -> list[tuple[int, Found]] | None:
        """Return the labels of the group in ``line``; none when it begins with another label or is no line of an entry."""
        found = [(self._slot(label), label) for label in self._layouts.labels.inside(line.text)]
        if found and found[0][0] < 0:
            return None
        if not found:
            named = self._layouts.labels.exact(line.text)
            return None if named or squeeze(line.text) in self._layout.known else []
        before = line.text[: found[0][1].start].strip()
        if before and INDEX.fullmatch(before) is None:
            return None
        alone = len(found) == 1 and not line.text[found[0][1].end :].strip()
        if alone and squeeze(line.text).strip(":") == squeeze(self._group):
            return None  # the caption of the list
        return [each for each in found if each[0] >= 0]

    def _slot(self, label: Found) -> int:
        slots = [target.slot for target in label.targets if target.layout == self._number]
        return next((slot for slot in slots if self._layout.slots[slot].group == self._group), -1)

    def _go_on(self, entries: list[_Entry], waiting: Sequence[Paragraph]) -> None:
        """Give lines without a label to the answer above them; a number begins the next entry, with what follows it."""
        for line in waiting:
            if INDEX.fullmatch(line.text.strip()):
                entries.append(_Entry(apart=[line], numbered=True))
            elif entries and entries[-1].answers:
                entries[-1].answers[next(reversed(entries[-1].answers))].append(line)
            elif entries:
                entries[-1].apart.append(line)

    def _take(self, entries: list[_Entry], line: Paragraph, found: Sequence[tuple[int, Found]]) -> None:
        text = line.text
        if not entries:
            entries.append(_Entry())
        position = 0
        for number, (slot, label) in enumerate(found):
            until = found[number + 1][1].start if number + 1 < len(found) else len(text)
            if slot in entries[-1].labels:
                entries.append(_Entry())
            entry = entries[-1]
            entry.numbered |= number == 0 and bool(
                re.match(r"\W*[\d一二三四五六七八九十①-⑳]", text[: label.end])
            )
            end = label.end + len(text[label.end : until].rstrip(_BETWEEN))
            entry.labels[slot] = slice_of(line, position if number == 0 else label.start, label.end)
            entry.answers[slot] = [slice_of(line, label.end, end)] if end > label.end else []
            if text[end:until].strip():
                entry.apart.append(slice_of(line, end, until))
            position = until
