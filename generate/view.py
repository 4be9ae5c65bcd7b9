"""What the workbook and the summary are made from: one frozen view of a work's whole ledger.

Knows the plain views of ``forms``; does not know where they come from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms import Entry, Likeness, QuotaResult, Refusal, Standing, Status, Uncounted, Work

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A work and all that came in for it.

    ``entries`` hold superseded returns too (``superseded_by`` is not 0); no figure counts those. ``uncounted`` is what the
    quotas could not count, ``likenesses`` the answers that are copies.
    """

    work: Work
    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...]
    standings: tuple[Standing, ...]
    quotas: tuple[QuotaResult, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    likenesses: tuple[Likeness, ...] = ()

    def current(self) -> tuple[Entry, ...]:
        """Return the returns that no later one has superseded, in their order."""
        return tuple(entry for entry in self.entries if not entry.superseded_by)

    def counted(self) -> tuple[Entry, ...]:
        """Return the returns that may count in a figure: current, read, filled in."""
        read = (Status.ACCEPTED, Status.REVIEW)
        return tuple(entry for entry in self.current() if entry.status in read and not entry.submission.blank)


def printable(text: str) -> str:
    r"""Return ``text`` with line ends as ``\n`` and every character that XML forbids as U+FFFD (XML 1.0, 2.2)."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
