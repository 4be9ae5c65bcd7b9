"""What came in: files, submissions, corrections, who has reported; knows only ``forms``."""

from .archive import drop, fault, keep, sweep, unnamed
from .arrival import Accepted, Arrival, Kept, Seen
from .errors import LedgerBusyError, LedgerError, LostAnswersError, NoSuchEntryError
from .standing import standings
from .store import LEDGER_FILE, Ledger, open_ledger

__all__ = [
    "LEDGER_FILE",
    "Accepted",
    "Arrival",
    "Kept",
    "Ledger",
    "LedgerBusyError",
    "LedgerError",
    "LostAnswersError",
    "NoSuchEntryError",
    "Seen",
    "drop",
    "fault",
    "keep",
    "open_ledger",
    "standings",
    "sweep",
    "unnamed",
]
