"""Taking new mails out of the mailbox into the ledger, one after the other, going on where a lost line stopped it.

Joins the mailbox, a reader and the ledger. A mail is done with when its row stands in the ledger, which is written last:
after an interruption at any moment it is asked for again, and its bytes are known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from forms import Status, Work
from forms.filenames import safe_name
from hongtou.collect import Collected, Outcome, take
from hongtou.taken import Read, Taken
from ledger import Box, Ledger, Postbag, sweep

from .imap import DroppedError, Head, MailboxError, Postroom
from .reading import Moments, timed

Opens = Callable[[], AbstractContextManager[Postroom]]
Clock = Callable[[], datetime]
_LARGEST = 150 * 2**20  # bytes; more than any mailbox takes
_TRIES = 3  # connections lost one after the other without a mail in between


class Fetch:
    """One run of taking mails in: how the mailbox is opened, what reads, where it goes, and who is told."""

    def __init__(
        self,
        opens: Opens,
        read: Read,
        ledger: Ledger,
        heard: Callable[[Outcome], None],
        known: Collection[str] = (),
    ) -> None:
        """Keep the parts; mails of the ``known`` addresses (small letters) are kept even without a return in them."""
        self._known = known
        self._opens = opens
        self._read = read
        self._ledger = ledger
        self._heard = heard
        self._bag = Postbag(ledger)
        self.uids: list[int] = []
        """The mails that are done with, of this run."""

    def run(self, since: date, clock: Clock, version: str = "") -> Collected:
        """Take in what came on ``since`` or later and was not taken yet; a lost line is made again.

        Raise ``MailboxError`` when the mailbox lets nobody in, or is lost again and again.
        """
        outcomes: list[Outcome] = []
        lost = 0
        with self._ledger.writing():
            sweep(self._ledger.folder)
            while True:
                before = len(self.uids)
                try:
                    for outcome in self._connection(since, clock, version):
                        outcomes.append(outcome)
                        self._heard(outcome)
                    return Collected(tuple(outcomes))
                except DroppedError as error:
                    lost = lost + 1 if len(self.uids) == before else 1
                    if lost == _TRIES:
                        raise MailboxError(
                            f"{error}，已收下的都在。请检查网络，再执行一次会接着收"
                        ) from error

    def _connection(self, since: date, clock: Clock, version: str) -> Iterator[Outcome]:
        with self._opens() as room:
            done = self._bag.taken(room.where)
            for head in room.heads([uid for uid in room.uids(since) if uid not in done]):
                outcome = self._one(room, head, clock, version)
                if outcome is not None:
                    yield outcome

    def _one(self, room: Postroom, head: Head, clock: Clock, version: str) -> Outcome | None:
        """Take one mail in; return none when it is gone by now, or known from under another UID."""
        mail, source = head.mail, source_of(room.where, head)
        if mail.size > _LARGEST:
            reason = "邮件太大，没有取。请对方分开发送，或在网页邮箱里下载附件放进 收件/"
            return Outcome(Path(source), source, Status.REJECTED, reason=reason, later=True)
        sha256 = self._bag.known(room.where.account, mail)
        outcome = None
        if sha256 is None:
            data = room.text(mail.uid)
            if data is None:
                return None
            sha256 = hashlib.sha256(data).hexdigest()
            moments: Moments = (mail.internal_at, mail.dated_at)
            read = timed(self._read, lambda _: moments)
            taken = Taken(data, mail.internal_at, always=head.address in self._known)
            outcome = take((Path("mail.eml"), source), taken, read, self._ledger, version)
            if outcome.later:
                return outcome
        self._bag.note(room.where, mail, sha256, clock())
        self.uids.append(mail.uid)
        return None if outcome is None else replace(outcome, path=Path(source))


def source_of(box: Box, head: Head) -> str:
    """Return the name that a mail has in the ledger: account, subject, sender and when it came."""
    came = head.mail.internal_at.strftime("%Y-%m-%d %H%M")
    subject = safe_name(head.subject or "无主题")[:40]
    return (
        f"{box.account}/{subject}（{safe_name(head.sender or '不知何人')[:20]}，{came}，{head.mail.uid}）.eml"
    )


def known_addresses(work: Work) -> frozenset[str]:
    """Return the mail addresses of the 名册, in small letters."""
    return frozenset(mail.lower() for unit in work.units for mail in unit.mails)
