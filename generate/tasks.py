"""The tasks of a plan (任务分工) read from its text: each numbered item with who is responsible for it.

Knows how plans word it: an item, then lines 责任部室：… and 责任人：…. A heading without items is a task by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from forms import Notice, Work

from .drafts.passages import read_draft
from .standard.levels import Passage
from .view import LedgerView
from .workbook.table import Cell, Table

_OFFICE = re.compile(r"(?:责任|牵头|承办|主责)(?:部室|单位|部门|科室|处室|机关)\s*[:：]\s*(.+)")
_PERSON = re.compile(r"(?:责任人|负责人|联系人)\s*[:：]\s*(.+)")
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、])\s*")


@dataclass(frozen=True, slots=True)
class Task:
    """One task: the part of the plan that it belongs to, its words, the office and the person responsible."""

    part: str
    text: str
    office: str
    person: str


def tasks(found: Iterable[Passage]) -> Iterator[Task]:
    """Yield the tasks of a text for which somebody is named."""
    part, words, office = "", "", ""
    closed = False
    for item in found:
        text = item.text.strip()
        if matched := _OFFICE.fullmatch(text):
            if office:  # the task before had no person
                yield Task(part, words, office, "")
            office, closed = matched[1].strip(), True
        elif (matched := _PERSON.fullmatch(text)) and words:
            yield Task(part, words, office, matched[1].strip())
            office, closed = "", True
        elif item.level in (1, 2):
            if office:
                yield Task(part, words, office, "")
            part, words, office, closed = _plain(item.head), item.rest.strip(), "", False
        else:
            if item.level or closed:
                if office:
                    yield Task(part, words, office, "")
                words, office, closed = "", "", False
            words = f"{words}\n{text}".strip() if words else _NUMBER.sub("", text)
    if office:
        yield Task(part, words, office, "")


def _plain(heading: str) -> str:
    return _NUMBER.sub("", heading).strip().rstrip("。：:")


def tasks_of(work: Work) -> Iterator[tuple[str, Task]]:
    """Yield the tasks in the texts of the notices of ``work``, each with the notice's name."""
    for notice in work.notices:
        for path in _texts(notice):
            if (work.folder / path).is_file():
                yield from ((notice.name, task) for task in tasks(read_draft(work.folder, path)))


def _texts(notice: Notice) -> Iterator[Path]:
    carried = [notice.carried] if notice.carried else []
    for path in (notice.text, *(item.text for item in (*carried, *notice.attachments))):
        if path is not None and path != Path():
            yield path


def task_table(view: LedgerView) -> Table:
    """Return the list of tasks with who is responsible for each."""
    rows = tuple(
        (Cell(number), Cell(task.part), Cell(task.text), Cell(task.office), Cell(task.person), Cell(name))
        for number, (name, task) in enumerate(tasks_of(view.work), start=1)
    )
    return Table("任务分工", (("序号", "项目", "任务", "责任部室", "责任人", "出自"),), rows, frozen=1)
