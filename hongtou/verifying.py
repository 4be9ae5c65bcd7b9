"""Whether the ledger can be believed: its own soundness, the archived bytes, and each value at its place in its file.

Joins a ledger and a reader; changes nothing. What it tells names files, fields and places, never what was answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from forms import Place, Reading, Record
from ledger import Kept, Ledger, Outbox, fault, unnamed

from .taken import Read


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; ``kind`` is ``ledger``, ``archive``, ``place`` or ``stray``."""

    kind: str
    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what was found wrong."""

    files: int
    values: int
    findings: tuple[Finding, ...]


class _Stand(NamedTuple):
    """A value's place: which return of the file, which field (and row of a group), the text and where it stands."""

    source: str
    part: int
    group: str
    row: int
    field: str
    raw: str
    place: Place


def verify(ledger: Ledger, files: Iterable[Kept], read: Read) -> Verified:
    """Examine ``ledger`` and the kept ``files``, reading each of them again with ``read``.

    Raise ``LedgerError`` when the ledger is damaged beyond reading.
    """
    findings = [Finding("ledger", ledger.path.name, _unsound(line)) for line in ledger.complaints()]
    count = values = 0
    named = set()
    for file in files:
        named.add(file.archive)
        stands = set(_stands(ledger.last_reading(file.sha256)))
        count, values = count + 1, values + len(stands)
        wrong = fault(ledger.folder, file.archive, file.sha256)
        findings += [Finding("archive", file.name, wrong)] if wrong else _moved(ledger, file, stands, read)
    for sent in Outbox(ledger).dispatches():
        archive = sent.message.archive
        named.add(archive)
        if wrong := fault(ledger.folder, archive, PurePath(archive).stem):
            findings.append(Finding("archive", f"发出的第{sent.id}封邮件", wrong))
    findings += [Finding("stray", path, _STRAY) for path in unnamed(ledger.folder, named)]
    return Verified(count, values, tuple(findings))


_STRAY = "归档里有这个文件，台账里没有。多半是收件中途断了；放回 收件/ 再收一次即可"


def _unsound(line: str) -> str:
    return f"台账文件内部有损坏（{line}）。请从备份恢复"


def _moved(ledger: Ledger, file: Kept, stands: set[_Stand], read: Read) -> Iterator[Finding]:
    """Yield the values of ``file`` that a fresh look does not find where the ledger has them."""
    if not stands:
        return
    fresh = set(_stands(read(ledger.folder / file.archive, file.name)))
    for stand in sorted(stands - fresh):
        field = f"{stand.group}.{stand.field}" if stand.group else stand.field
        where = f"{stand.source} {stand.place}"
        yield Finding("place", file.name, f"“{field}”在出处（{where}）读不出台账里的原文。{_AGAIN}")


_AGAIN = "表单、名册或程序改过的，请执行 hongtou collect --reread"


def _stands(records: Iterable[Record]) -> Iterator[_Stand]:
    for record in records:
        if record.submission is None:
            continue
        for reading in record.submission.readings:
            yield _stand(record, "", 0, reading)
        for row in record.submission.rows:
            for reading in row.readings:
                yield _stand(record, row.group, row.number, reading)


def _stand(record: Record, group: str, row: int, reading: Reading) -> _Stand:
    return _Stand(record.source, record.part, group, row, reading.field, reading.raw, reading.place)
