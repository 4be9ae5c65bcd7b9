"""Reading archived files again: all of them when the clerk asks, those that were refused when the reader has changed.

Joins a reader and a ledger, as ``collect`` does. What a person said stays; a reading that says nothing new is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from forms import Record, Status, Submission
from ledger import Kept, Ledger, LostAnswersError

from .collect import outcome_of
from .taken import Read

_NOTHING = Submission(None, None, None)


@dataclass(frozen=True, slots=True)
class Again:
    """What became of one file that was read again.

    ``doubts`` and ``submissions`` count what is read now. ``kept`` tells why the earlier reading stands all the same.
    """

    source: str
    status: Status
    before: Status
    changed: bool
    submissions: int = 0
    doubts: int = 0
    reason: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Reread:
    """The files of a run that were read again."""

    files: tuple[Again, ...] = ()

    @property
    def changed(self) -> int:
        """How many read otherwise than before."""
        return sum(file.changed for file in self.files)


def outdated(files: Iterable[Kept], version: str) -> list[Kept]:
    """Return those of ``files`` that held nothing readable for an earlier version of the reader."""
    return [file for file in files if file.reader != version and set(file.statuses) == {Status.REJECTED}]


def reread(
    files: Iterable[Kept],
    read: Read,
    ledger: Ledger,
    heard: Callable[[Again], None],
    version: str = "",
) -> Reread:
    """Read archived ``files`` again into ``ledger`` as ``version``; tell ``heard`` of each.

    Raise ``LedgerError`` and ``LedgerBusyError`` as ``collect`` does.
    """
    found = []
    with ledger.writing():
        for file in files:
            again = _again(file, read, ledger, version)
            found.append(again)
            heard(again)
    return Reread(tuple(found))


def _again(file: Kept, read: Read, ledger: Ledger, version: str) -> Again:
    path = ledger.folder / file.archive
    before = outcome_of((path, file.name), ledger.last_reading(file.sha256)).status
    # Ignored by its name it has no hash; what is ignored inside of a file (a mail's own words) is part of its reading.
    records = [
        record for record in read(path, file.name) if record.status is not Status.IGNORED or record.sha256
    ]
    if not records or any(record.sha256 != file.sha256 for record in records):
        reason = "归档的原件读不出来或与编号不符，仍用原来读出的。请从备份恢复它"
        return Again(file.name, before, before, changed=False, kept=reason)
    outcome = outcome_of((path, file.name), records)
    counts = (outcome.submissions, outcome.doubts, outcome.reason)
    if _plain(records) == _plain(ledger.last_reading(file.sha256)):
        if file.reader != version:  # so that it is not tried again before the next version
            ledger.reread(file.sha256, records, version)
        return Again(file.name, outcome.status, before, False, *counts)
    try:
        ledger.reread(file.sha256, records, version)
    except LostAnswersError as error:
        return Again(file.name, before, before, changed=False, kept=str(error))
    return Again(file.name, outcome.status, before, True, *counts)


def _plain(records: Sequence[Record]) -> list[Record]:
    """Return records as the ledger keeps them: the form's own text is the form's, and what holds nothing is nothing."""
    bare = [record.submission and replace(record.submission, known=()) for record in records]
    return [
        replace(record, submission=None if submission == _NOTHING else submission)
        for record, submission in zip(records, bare, strict=True)
    ]
