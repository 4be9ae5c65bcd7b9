"""The layout of a form, read from its tagged template: which labels lead to which field, and the form's own text.

The other direction of one template: rendering gives the blank, reading gives this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.late import late
from extract.readers.word.docx import read_word
from extract.spelling import squeeze
from extract.unreadable import UnreadableError
from forms import Field, FieldKind, Form, HongtouError

from .board import OUTSIDE, Board, Box, spread
from .labels import Target, Vocabulary, spellings
from .stencil import LOOP, TAG, Stencil, full_path, loosely, row_names, stencil_of, unlabelled_dates

_READERS = {".docx": read_word, ".xlsx": late("readers.excel.xlsx", "read_excel")}
_STROKES = "—–-·/"  # between a label and its sub-label on one line
_ANY_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


_SAYS = re.compile(r"\w")

TOTALS = ("合计", "总计", "共计", "小计", "总数")
"""What people call the sum of several numbers, one as good as the other."""


class TemplateError(HongtouError):
    """A form's template that cannot be read or does not fit its YAML."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One label of a form: a field's, or a parent's above sub-labels (then ``field`` is none).

    ``names`` are squeezed spellings, ``parent`` the index of the slot above or -1, ``group`` the row group or "";
    ``after`` are squeezed lines that the form prints under the answer in its own cell: 单位盖章, 年月日. ``tail`` is the slot
    of a date without label behind the answer, or -1; ``beside`` when it stands on the answer's line. ``over`` are squeezed
    lines that the form prints over the answer in its own cell, ``behind`` matches what it prints behind it: 元/月.
    """

    path: str
    field: Field | None
    names: tuple[str, ...]
    parent: int = -1
    group: str = ""
    after: frozenset[str] = frozenset()
    tail: int = -1
    beside: bool = False
    over: frozenset[str] = frozenset()
    behind: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A form with its slots in template order, its title's spellings, the squeezed lines of its known text, its stencil."""

    form: Form
    slots: tuple[Slot, ...]
    titles: tuple[str, ...]
    known: frozenset[str]
    stencil: Stencil

    @property
    def tails(self) -> dict[int, int]:
        """The slots of dates without label, each with the slot whose answer it follows."""
        return {slot.tail: number for number, slot in enumerate(self.slots) if slot.tail >= 0}

    def children(self, slot: int) -> tuple[int, ...]:
        """Return the slots whose parent is ``slot``."""
        return tuple(number for number, other in enumerate(self.slots) if other.parent == slot)


@dataclass(frozen=True, slots=True)
class Layouts:
    """The layouts of all forms of a work with their common vocabulary of labels and titles."""

    all: tuple[Layout, ...]
    labels: Vocabulary
    titles: Vocabulary


def layouts_of(forms: tuple[Form, ...]) -> Layouts:
    """Return the layouts of ``forms``; raise ``TemplateError`` for a template that cannot be read."""
    every = tuple(layout_of(form) for form in forms)
    names = [
        (name, Target(number, index))
        for number, layout in enumerate(every)
        for index, slot in enumerate(layout.slots)
        for name in slot.names
    ]
    titles = [(title, Target(number, -1)) for number, layout in enumerate(every) for title in layout.titles]
    return Layouts(every, Vocabulary(names), Vocabulary(titles))


@lru_cache(maxsize=256)
def layout_of(form: Form) -> Layout:
    """Read the template of ``form``; raise ``TemplateError`` when a field of its YAML has no place in it."""
    name = form.template.name
    try:
        document = _READERS[form.template.suffix.lower()](form.template.read_bytes())
    except KeyError as error:
        raise TemplateError(
            f"表单《{form.name}》的模板 {name} 应是 docx 或 xlsx 文件，请另存后再用"
        ) from error
    except (OSError, UnreadableError) as error:
        raise TemplateError(f"表单《{form.name}》的模板 {name} 打不开：{error}") from error
    board = spread(document, lambda text: "{{" in text)
    tagged = dict(_tagged(board))
    missing = [path for path in _paths(form) if path not in tagged]
    if missing:
        raise TemplateError(
            f"表单《{form.name}》的模板 {name} 里没有 {'、'.join('{{ ' + path + ' }}' for path in missing)}，"
            f"请在对应的格子里补上，或从 YAML 里删去这一栏"
        )
    titles = tuple(dict.fromkeys(squeeze(title) for title in (form.name, *form.titles)))
    dates = frozenset(_dates(form))
    tails = {path: (tail, lines) for path, tail, lines in unlabelled_dates(board, dates)}
    tagged |= dict.fromkeys((tail for tail, _ in tails.values()), "")
    slots = tuple(_slots(form, tagged, dict(_printed_after(board))))
    numbers = {
        f"{slot.group}.{slot.path}" if slot.group else slot.path: n
        for n, slot in enumerate(slots)
        if slot.field
    }
    around = dict(_printed_around(board))
    slots = tuple(_around(slot, around) for slot in slots)
    for path, (tail, lines) in tails.items():
        slot = slots[numbers[path]]
        told = replace(slot, tail=numbers[tail], after=lines, beside=not lines)
        slots = (*slots[: numbers[path]], told, *slots[numbers[path] + 1 :])
    behind = frozenset(numbers[tail] for tail, _ in tails.values())
    stencil = stencil_of(board, numbers, frozenset(group.name for group in form.groups), behind)
    known = frozenset((*_known(board), *filter(None, (squeeze(form.instructions),))))
    return Layout(form, slots, titles, known, stencil)


def _dates(form: Form) -> Iterator[str]:
    for field in form.fields:
        if field.kind is FieldKind.DATE:
            yield field.path
    for group in form.groups:
        for field in group.fields:
            if field.kind is FieldKind.DATE:
                yield f"{group.name}.{field.path}"


def _paths(form: Form) -> Iterator[str]:
    for field in form.fields:
        yield field.path
    for group in form.groups:
        for field in group.fields:
            yield f"{group.name}.{field.path}"


def _tagged(board: Board) -> Iterator[tuple[str, str]]:
    """Yield for each tag the field's path and the label beside it as the template spells it."""
    names = row_names(board)
    for box in board.boxes:
        text = box.text
        for tag in TAG.finditer(text):
            yield full_path(tag["path"], names), _label_beside(board, box, text[: tag.start()])


def _printed_after(board: Board) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield for each tag that is its cell's last the field's path and the squeezed lines under it."""
    names = row_names(board)
    for box in board.boxes:
        tags = list(TAG.finditer(box.text))
        if tags and box.grid != OUTSIDE:
            lines = box.text[tags[-1].end() :].split("\n")[1:]
            yield full_path(tags[-1]["path"], names), frozenset(filter(None, map(squeeze, lines)))


def _printed_around(board: Board) -> Iterator[tuple[str, tuple[frozenset[str], str]]]:
    """Yield for each tag in a grid the field's path, the squeezed lines over it and the words behind it on its line."""
    names = row_names(board)
    for box in board.boxes:
        tags = list(TAG.finditer(box.text)) if box.grid != OUTSIDE else []
        for number, tag in enumerate(tags):
            *over, label = box.text[: tag.start()].split("\n")
            alone = number == 0 and not squeeze(label)
            lines = frozenset(filter(None, map(squeeze, over))) if alone else frozenset()
            rest = box.text[tag.end() :].partition("\n")[0]
            yield full_path(tag["path"], names), (lines, "" if TAG.search(rest) else rest)


def _around(slot: Slot, around: dict[str, tuple[frozenset[str], str]]) -> Slot:
    key = f"{slot.group}.{slot.path}" if slot.group else slot.path
    over, rest = around.get(key, (frozenset(), "")) if slot.field is not None else (frozenset(), "")
    behind = re.compile(loosely(rest) + "$") if _SAYS.search(rest) else None
    return replace(slot, over=over, behind=behind) if over or behind is not None else slot


def _label_beside(board: Board, box: Box, before: str) -> str:
    inline = _ANY_TAG.split(before)[-1].strip()
    if inline:
        return re.split(r"[\n;；，,]|\s{2,}", inline)[-1]
    if box.grid == OUTSIDE:
        return ""
    for other in board.left_of(box):
        if other.row < box.row and _headed(board, box):
            continue  # 活动明细 beside all rows of a group: the header above tells what the column holds
        if other.filled and not other.text.strip().isdecimal():  # the number of a group's row is no label
            return "" if TAG.search(other.text) else other.text
    return next(
        (other.text for other in board.above(box) if other.filled and not _ANY_TAG.search(other.text)), ""
    )


def _headed(board: Board, box: Box) -> bool:
    """Whether the next filled cell above ``box``, past the row that opens a loop, is a label."""
    upper = next((other for other in board.above(box) if other.filled and not LOOP.search(other.text)), None)
    return upper is not None and not _ANY_TAG.search(upper.text)


def _slots(form: Form, tagged: dict[str, str], after: dict[str, frozenset[str]]) -> Iterator[Slot]:
    """Yield the slots of fields and of the labels above them, parents first."""
    parents: dict[tuple[str, str], int] = {}
    count = 0
    for group, field in [("", field) for field in form.fields] + [
        (g.name, f) for g in form.groups for f in g.fields
    ]:
        parent = -1
        for depth in range(1, len(field.parents) + 1):
            path = ".".join(field.parents[:depth])
            if (group, path) not in parents:
                yield Slot(path, None, spellings(field.parents[depth - 1]), parent, group)
                parents[group, path] = count
                count += 1
            parent = parents[group, path]
        key = f"{group}.{field.path}" if group else field.path
        yield Slot(field.path, field, _names(field, tagged[key]), parent, group, after.get(key, frozenset()))
        count += 1


def _names(field: Field, beside: str) -> tuple[str, ...]:
    called = [field.name, *field.labels, beside]
    called += TOTALS if field.name in TOTALS else ()
    for parent in field.parents:
        called += [f"{parent}{field.name}", f"{field.name}{parent}"]
        called += [f"{parent}{sign}{field.name}" for sign in _STROKES]  # 走访人数—团干部：3
    return tuple(dict.fromkeys(spelling for text in called if text for spelling in spellings(text)))


def _known(board: Board) -> Iterator[str]:
    for box in board.boxes:
        for piece in box.pieces:
            for line in _ANY_TAG.sub("\n", piece.text).split("\n"):
                if squeeze(line):
                    yield squeeze(line)
        if not _ANY_TAG.search(box.text) and squeeze(box.text):
            yield squeeze(box.text)
