"""The whole cycle on a sample, in one go: notice, blanks, letters, collecting, reminders, workbook, summary, and the comparison.

Joins what the single commands do; prints nothing, tells each step to ``heard``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import templates
from extract import READER_VERSION, as_json, walk
from forms import HongtouError, Record, load_forms
from generate import LedgerView
from ledger import open_ledger
from samples.compare import TRUTH, compare
from samples.verdict import Comparison

from .collect import Collected, collect
from .mail.letters import notice_letters, reminder_letters, write_drafts
from .numbering import numbered
from .products import chosen_blanks, ledger_view, make_blanks, make_notices, make_summary, make_workbook
from .reading import INBOX, readers
from .rosters import load

SAMPLE = "luohe"
MARK = "演示说明.txt"
_MARK_TEXT = "本文件夹由 hongtou demo 生成。再次执行 hongtou demo 时，整个文件夹会删去重做，请不要在这里存放自己的文件。\n"


class NotOursError(HongtouError):
    """The folder for the demo holds something that hongtou did not make."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the demo made, as of the day ``day``: files, what was collected, and all that the ledger holds."""

    day: date
    notices: tuple[Path, ...]
    blanks: tuple[Path, ...]
    letters: tuple[Path, ...]
    reminders: tuple[Path, ...]
    collected: Collected
    view: LedgerView
    comparison: Comparison
    workbook: Path
    summary: Path


def run(folder: Path, today: date, heard: Callable[[str], None]) -> Made:
    """Make the sample in ``folder`` and walk it through the whole cycle; ``heard`` is told what begins."""
    import samples

    prepare(folder)
    heard("一、造一个工作：漯河样例，名册、正文和收件都是编造的")
    samples.build(SAMPLE, folder)
    work = load(folder, load_forms(templates.CATALOGUE))
    heard("二、发：红头通知、空白表和给各单位的信")
    work = numbered(work, datetime.combine(today, time()))
    notices = tuple(make_notices(work))
    blanks = tuple(make_blanks(work, chosen_blanks(work, None, None, work.first)))
    letters = tuple(write_drafts(work, notice_letters(work, work.first)))
    heard("三、收：归档、读出、记入台账")
    files = list(walk([folder / INBOX]))
    with readers(work) as reading, open_ledger(folder) as ledger:
        collected = collect(files, reading.file, ledger, lambda _: None, READER_VERSION)
        day = min(today, work.last)  # the sample is of 2020: look at it as on its last day
        view = ledger_view(work, ledger, day)
    heard("四、催：给没有报的单位写信")
    reminders = tuple(write_drafts(work, reminder_letters(work, view.standings, day)))
    heard("五、汇：台账工作簿和年度总结")
    made = make_workbook(view, day), make_summary(view, day.year)
    heard("六、验：与样例的真值对照")
    with readers(work) as reading:
        read = [line for found in reading.each(files, _as_json) for line in found]
    went = notices, blanks, letters, reminders
    return Made(day, *went, collected, view, compare(read, true_values(folder)), *made)


def _as_json(records: tuple[Record, ...]) -> list[dict[str, Any]]:
    return [as_json(record) for record in records]


def true_values(folder: Path) -> list[dict[str, Any]]:
    """Return what a careful person would read in the returns of the sample in ``folder``."""
    values: list[dict[str, Any]] = json.loads((folder / TRUTH).read_text(encoding="utf-8"))
    return values


def prepare(folder: Path) -> None:
    """Make ``folder`` ready for a demo: new, or emptied when a demo made it; raise ``NotOursError`` otherwise.

    The mark stays to the last, so that an interrupted emptying can be taken up again.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not _is_demo(folder):
            raise NotOursError(
                f"{folder} 里已经有别的东西，没有动它。请给演示换一个文件夹：hongtou demo 文件夹"
            )
        for item in folder.iterdir():
            if item.is_dir() and not item.is_symlink():
                shutil.rmtree(item)
            elif item.name != MARK:
                item.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(_MARK_TEXT, encoding="utf-8")


def _is_demo(folder: Path) -> bool:
    mark = folder / MARK
    return mark.is_file() and mark.read_bytes().decode("utf-8", "replace") == _MARK_TEXT
