"""What reading a mail adds to reading a file: whether its two clocks agree, and what a bounce says of our letters.

Wraps a reader and keeps its shape; how a mail is taken apart is ``extract``'s affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from extract.containers.bounce import Bounce, bounce_of
from extract.mailheaders import sent_at
from forms import Dispatch, Doubt, Record, Stage, Status, doubt
from hongtou.taken import Read, Taken
from ledger import Ledger, Outbox

Moments = tuple[datetime, datetime | None]
"""When the mailbox had a mail, and when its sender says it was sent (or none)."""

_APART = timedelta(days=1)
_FIRST_YEAR = 2000


def timed(read: Read, moments_of: Callable[[str], Moments | None]) -> Read:
    """Return ``read`` with a doubt in every return of a mail whose two clocks are more than a day apart.

    ``moments_of`` answers for the hash of a file, which is the name it has in the archive.
    """

    def read_timed(path: Path, source: str) -> tuple[Record, ...]:
        records, moments = read(path, source), moments_of(path.stem)
        if moments is None or moments[1] is None or abs(moments[0] - moments[1]) <= _APART:
            return records
        received, sent = (moment.isoformat(" ", "minutes") for moment in (moments[0], moments[1]))
        told = doubt("mail_time", None, sent=sent, received=received)
        return tuple(_doubted(record, told) for record in records)

    return read_timed


def saved(taken: Taken, read: Read) -> tuple[Taken, Read]:
    """Return a mail that was saved as a file with the moment that it tells itself: the file is younger than its arrival.

    One that says it was sent after the file was there keeps the file's time, and its returns are doubted.
    """
    sent = sent_at(taken.data)
    if sent is None:
        return taken, read
    if sent - taken.received_at > _APART:
        moments: Moments = (taken.received_at, sent)
        return taken, timed(read, lambda _: moments)
    return replace(taken, received_at=sent.replace(microsecond=0)), read


def dated(taken: Taken, read: Read, now: datetime) -> Read:
    """Return ``read`` with a doubt in every return of a file whose time no clock that goes right gives: before 2000, or to come."""
    if taken.received_at.year >= _FIRST_YEAR and taken.received_at - now <= _APART:
        return read
    told = doubt("file_time", None, received=taken.received_at.isoformat(" ", "minutes"))
    return lambda path, source: tuple(_doubted(record, told) for record in read(path, source))


def _doubted(record: Record, told: Doubt) -> Record:
    found = record.submission
    if found is None or record.status not in (Status.ACCEPTED, Status.REVIEW) or found.blank:
        return record
    doubts = (*found.doubts, told)
    return replace(record, status=Status.REVIEW, submission=replace(found, doubts=doubts))


def watching(read: Read, ledger: Ledger, clock: Callable[[], datetime]) -> Read:
    """Return ``read`` that also notes what a bounce says of the letters that went out; for files not seen before.

    Noted before the file itself is, so that a stop in between loses nothing; noting it twice changes nothing.
    """

    def read_watching(path: Path, source: str) -> tuple[Record, ...]:
        bounce = bounce_of(path.read_bytes()) if path.suffix == ".eml" else None
        if bounce is not None:
            _note(bounce, Outbox(ledger), clock)
        return read(path, source)

    return read_watching


def _note(bounce: Bounce, outbox: Outbox, clock: Callable[[], datetime]) -> None:
    one = _meant(bounce, outbox.dispatches())
    if one is None:
        return
    failures = [
        (address, why) for address, why in bounce.failures if _lower(address) in map(_lower, one.delivered)
    ]
    fates = {
        delivered: (Stage.BOUNCED, why or "被退回")
        for address, why in failures
        for delivered in one.delivered
        if _lower(delivered) == _lower(address)
    }
    if fates:
        outbox.note(one.id, Stage.BOUNCED, clock(), "", fates)


def _meant(bounce: Bounce, dispatches: Sequence[Dispatch]) -> Dispatch | None:
    """Return the letter that a bounce is about, where that is sure: by its Message-ID, else by address and subject."""
    for one in dispatches:
        if bounce.message_id == one.message.key:
            return one
    if bounce.message_id or bounce.sure:
        return None
    named = {_lower(address) for address, _ in bounce.failures}
    squeezed = "".join(bounce.text.split())
    found = [
        one
        for one in dispatches
        if named & set(map(_lower, one.delivered)) and "".join(one.message.subject.split()) in squeezed
    ]
    return found[-1] if len({one.message.unit for one in found}) == 1 else None


def _lower(address: str) -> str:
    return address.lower()
