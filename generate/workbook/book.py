"""The ledger as a workbook: which sheets there are and in which order.

Knows what a clerk looks for in a ledger; how sheets are written stands in ``workbook_sheet``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from forms import Entry, Form
from generate.save import save
from generate.tasks import task_table
from generate.view import LedgerView

from .forms import form_table, group_tables
from .lists import copies, history, leftovers, matrices, month_sums, refused, review, standings
from .quotas import quota_gaps, quota_list, quota_matrices
from .table import Table

_UP = "../.."  # from 产出/台账 to the work folder


def workbook(view: LedgerView, out: Path) -> Path:
    """Write the ledger workbook to ``out`` and return its path (``名称(1).xlsx`` when ``out`` is open elsewhere).

    The links lead to the archive by a relative path, so that they hold in a copy of the work folder. Raise
    ``OutputError`` when the file cannot be written.
    """
    return save(workbook_bytes(view, _way_up(view.work.folder, out.parent)), out)


def workbook_bytes(view: LedgerView, up: str = _UP) -> bytes:
    """Return the ledger workbook as a file; the same view gives the same bytes. ``up`` leads to the work folder."""
    from .sheet import Book

    book = Book(_made_at(view), up)
    for table in tables(view):
        book.table(table)
    book.blocks("报送情况", matrices(view))
    book.table(standings(view))
    if (listed := task_table(view)).rows:
        book.table(listed)
    if view.work.quotas:
        book.blocks("指标", quota_matrices(view))
        book.table(quota_list(view))
        book.table(quota_gaps(view))
    book.table(month_sums(view))
    book.table(review(view))
    if view.likenesses:
        book.table(copies(view))
    book.table(leftovers(view))
    book.table(refused(view))
    if len(view.current()) < len(view.entries):
        book.table(history(view))
    return book.bytes()


def tables(view: LedgerView) -> Iterator[Table]:
    """Yield for each form in use its table and those of its repeating groups."""
    for form in used_forms(view):
        entries = _of_form(view, form.name)
        yield form_table(form, entries)
        yield from group_tables(form, entries)


def used_forms(view: LedgerView) -> Iterator[Form]:
    """Yield the forms that somebody owes or has sent, in the order of the duties; unknown ones without fields."""
    owed = [duty.form for duty in view.work.duties] + [standing.form for standing in view.standings]
    came = [entry.submission.form for entry in view.current() if entry.submission.form]
    known = {form.name: form for form in view.work.forms}
    for name in dict.fromkeys([*owed, *came]):
        yield known.get(name) or Form(name=name, template=Path(), fields=())


def _of_form(view: LedgerView, form: str) -> tuple[Entry, ...]:
    units = {unit.name: number for number, unit in enumerate(view.work.units)}
    entries = [entry for entry in view.current() if entry.submission.form == form]

    def order(entry: Entry) -> tuple[str, int, str, int]:
        unit = entry.submission.unit or ""
        return entry.submission.period or "~", units.get(unit, len(units)), unit, entry.id

    return tuple(sorted(entries, key=order))


def _way_up(work: Path, folder: Path) -> str:
    if work == Path():
        return _UP
    try:
        return Path(os.path.relpath(work.absolute(), folder.absolute())).as_posix()
    except ValueError:  # another drive of Windows: no relative path leads there
        return work.absolute().as_posix()


def _made_at(view: LedgerView) -> datetime:
    """Return the moment of the last arrival: the same ledger gives the same file."""
    arrivals = [entry.received_at for entry in view.entries]
    arrivals += [refusal.received_at for refusal in view.refusals]
    arrivals = [arrival.replace(tzinfo=None) for arrival in arrivals]
    return max(arrivals, default=datetime.combine(view.work.first, time()))
