"""What came in: files, submissions, corrections, who has reported; knows only ``forms``."""

from .archive import drop, fault, keep, sweep, unnamed
from .arrival import Accepted, Arrival, Kept, Seen
from .crosscheck import Compared, compare
from .errors import LedgerBusyError, LedgerError, LostAnswersError, NoSuchEntryError
from .numbers import Numbers, NumberTakenError
from .outbox import Fates, Outbox
from .postbag import Box, Mail, Postbag
from .quotas import quotas, shortfall
from .standing import standings
from .store import LEDGER_FILE, Ledger, open_ledger

__all__ = [
    "LEDGER_FILE",
    "Accepted",
    "Arrival",
    "Box",
    "Compared",
    "Fates",
    "Kept",
    "Ledger",
    "LedgerBusyError",
    "LedgerError",
    "LostAnswersError",
    "Mail",
    "NoSuchEntryError",
    "NumberTakenError",
    "Numbers",
    "Outbox",
    "Postbag",
    "Seen",
    "compare",
    "drop",
    "fault",
    "keep",
    "open_ledger",
    "quotas",
    "shortfall",
    "standings",
    "sweep",
    "unnamed",
]
