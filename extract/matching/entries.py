"""The rows of a list as entries: what a merged cell says for each of them, 同上, and what an entry lacks.

Knows contents and readings; which row they stand in was settled before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from forms import FieldKind, GroupRow, Reading, doubt

from .board import OUTSIDE, Board, Box
from .govern import Content
from .layout import Layout
from .stretches import everything

_DITTO = re.compile(r"[(（]?(?:同上|同前|〃|″|々|[\"”“＂]{1,2}|,,|，，)[)）]?[。.]?")
_NOTHING = re.compile(
    r"[（(]?(?:本|这|上)?(?:[周月季年]|季度|学期|学年|单位|部门|期)?(?:内|度)?(?:暂时?)?(?:无|没有|未(?:开展|组织|举办|发现|收到)|空)(?:[^，,；;]{0,8})[)）。]?"
)
_MORE = re.compile(
    r"^\s*[（(]?(?:续|接上)|[（(](?:续|接上)[^（）()]{0,4}[)）]\s*$"
)  # says that it goes on with what is above
_SIDES = 2  # labels and entries of a list on its side, at least
_APART = 2_000_000_000  # what sets entries in columns apart from those in rows
Entry = dict[int, list[Content]]  # the contents of an entry by slot


def turned(contents: Sequence[Content], layout: Layout) -> None:
    """Give each column its entry where a list was turned on its side: its labels one under the other, the entries beside.

    Two labels or more of a group must have answers in the same columns, two or more.
    """
    for group in {layout.slots[content.slot].group for content in contents} - {""}:
        beside = [c for c in contents if layout.slots[c.slot].group == group and c.column >= 0]
        slots = {content.slot for content in beside}
        counts = Counter(column for _, column in {(content.slot, content.column) for content in beside})
        columns = [column for column, count in counts.items() if 2 * count > len(slots)]
        if len(slots) < _SIDES or len(columns) < _SIDES:
            continue
        for content in beside:
            content.row, content.column = _APART + content.column, -1


def shifted(board: Board, contents: Sequence[Content], layout: Layout) -> Iterator[Content]:
    """Yield ``contents``, each list whose entries stand one column to the right of their headers put under them again.

    Somebody numbered them 1, 2, 3 under the first header, and has one cell more than there are headers.
    """
    apart: dict[tuple[str, int], list[Content]] = {}
    for content in contents:
        group = layout.slots[content.slot].group
        if group and content.row >= 0 and content.box.grid != OUTSIDE:
            apart.setdefault((group, content.box.grid), []).append(content)
        else:
            yield content
    for (_, grid), listed in apart.items():
        columns = dict(sorted({content.box.column: content.slot for content in listed}.items()))
        rows = sorted({content.row for content in listed})
        lines = [{box.column: box for box in board.rows[grid].get(row, ()) if box.filled} for row in rows]
        if not _numbered(lines, columns, layout):
            yield from listed
            continue
        heads = list(columns)
        for row, line in zip(rows, lines, strict=True):
            over = [column for column in sorted(line) if column > heads[-1]]
            for slot, column in zip(columns.values(), [*heads[1:], *over[:1]], strict=False):
                if column in line:
                    yield Content(slot, line[column], everything(line[column]), row, guessed=True)


def _numbered(lines: Sequence[Mapping[int, Box]], columns: Mapping[int, int], layout: Layout) -> bool:
    """Whether the first column counts the rows, though it asks for something else, and most have a cell too many."""
    first, last = min(columns), max(columns)
    field = layout.slots[columns[first]].field
    if len(lines) < _SIDES or len(columns) < _SIDES or field is None or field.kind is FieldKind.INTEGER:
        return False
    counted = [line[first].text.strip(" 、.．") if first in line else "" for line in lines]
    over = sum(any(column > last for column in line) for line in lines)
    return counted == [str(number) for number in range(1, len(lines) + 1)] and 2 * over > len(lines)


def by_entry(contents: Sequence[Content], layout: Layout) -> Iterator[tuple[str, Entry]]:
    """Yield group and contents of each entry, in reading order.

    A cell merged over several rows counts for each; a row with but one text of its own under merged cells goes on with
    the entry above it.
    """
    found: dict[tuple[str, int], Entry] = {}
    for content in contents:
        group = layout.slots[content.slot].group
        found.setdefault((group, content.row), {}).setdefault(content.slot, []).append(content)
    order = sorted(found, key=lambda key: _first(found[key]))
    gone: set[tuple[str, int]] = set()
    for group, row in order:
        for below in _covered(found, group, row):
            entry, upper = found[group, below], found[group, row]
            merged = {slot: each for slot, each in upper.items() if any(_end(one) > below for one in each)}
            own = entry.keys() - merged.keys()
            if (group, row) not in gone and len(own) == 1 and len(merged) > 1 and own <= upper.keys():
                (slot,) = own
                for content in entry[slot]:
                    content.joined = True
                upper[slot] += entry[slot]
                gone.add((group, below))
            else:
                for slot, each in merged.items():
                    entry.setdefault(slot, each)
    _carry_on(found, order, gone, layout)
    for group, row in order:
        if (group, row) not in gone:
            yield group, dict(sorted(found[group, row].items()))


def _carry_on(
    found: dict[tuple[str, int], Entry],
    order: Sequence[tuple[str, int]],
    gone: set[tuple[str, int]],
    layout: Layout,
) -> None:
    """Give rows that only go on with a text of the entry above them to it; they are ``gone`` from then on."""
    for first, second in pairwise(order):
        if first[0] != second[0] or second in gone:
            continue
        if _goes_on(found[first], found[second], second[1], layout):
            ((slot, told),) = found[second].items()
            for content in told:
                content.joined = True
            home = next(key for key in reversed(order[: order.index(second)]) if key not in gone)
            found[home][slot] = [*found[home].get(slot, []), *told]
            gone.add(second)


def _goes_on(above: Entry, below: Entry, row: int, layout: Layout) -> bool:
    """Whether a row right under an entry has but one text, which says so or is not in the column that entries begin with."""
    if len(below) != 1 or len(above) < _SIDES:
        return False
    (slot,) = below
    field = layout.slots[slot].field
    under = row == max(_end(content) for contents in above.values() for content in contents)
    begins = min(above, key=lambda each: above[each][0].box.column)
    says_so = any(_MORE.search(content.box.text) for content in below[slot])
    return (
        under
        and field is not None
        and field.kind is FieldKind.TEXT
        and slot in above
        and (slot != begins or says_so)
    )


def _first(entry: Mapping[int, Sequence[Content]]) -> int:
    return min(content.box.order for contents in entry.values() for content in contents)


def _covered(found: Mapping[tuple[str, int], Entry], group: str, row: int) -> list[int]:
    """Return the further rows with entries that a merged cell of ``row`` reaches over."""
    end = max(_end(content) for each in found[group, row].values() for content in each)
    return [below for below in range(row + 1, end) if (group, below) in found]


def _end(content: Content) -> int:
    """Return the row behind the last one that a cell reaches over, counted from where it begins itself."""
    return content.row + content.box.row_end - content.box.row


def completed(rows: list[GroupRow], layout: Layout) -> None:
    """Resolve 同上 by the entry above, doubted, and doubt what is required and missing in an entry."""
    groups = {group.name: group for group in layout.form.groups}
    above: dict[tuple[str, str], Reading] = {}
    for number, row in enumerate(rows):
        readings = [_resolved(reading, above.get((row.group, reading.field))) for reading in row.readings]
        readings = list(map(_saying_nothing, readings)) if len(readings) == 1 else readings
        told = {reading.field for reading in readings}
        place = readings[0].place
        for field in groups[row.group].fields if row.group in groups else ():
            if field.required and field.path not in told:
                missing = (doubt("required_missing", field.path),)
                readings.append(Reading(field.path, None, "", place, missing))
        above |= {(row.group, reading.field): reading for reading in readings}
        rows[number] = replace(row, readings=tuple(readings))


def _saying_nothing(reading: Reading) -> Reading:
    """Doubt the only text of an entry where it says that there is nothing to report: 无, 本月未开展活动."""
    said = reading.raw.strip()
    if _NOTHING.fullmatch(said) is None:
        return reading
    return replace(reading, doubts=(*reading.doubts, doubt("entry_nothing", reading.field, raw=said)))


def _resolved(reading: Reading, upper: Reading | None) -> Reading:
    if _DITTO.fullmatch(reading.raw.strip()) is None:
        return reading
    value = None if upper is None else upper.value
    return replace(reading, value=value, doubts=(doubt("ditto", reading.field, raw=reading.raw.strip()),))
