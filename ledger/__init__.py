"""What came in: files, submissions, corrections, who has reported; knows only ``forms``."""

from .archive import drop, keep, sweep
from .arrival import Accepted, Arrival, Seen
from .errors import LedgerBusyError, LedgerError, NoSuchEntryError
from .standing import standings
from .store import LEDGER_FILE, Ledger, open_ledger

__all__ = [
    "LEDGER_FILE",
    "Accepted",
    "Arrival",
    "Ledger",
    "LedgerBusyError",
    "LedgerError",
    "NoSuchEntryError",
    "Seen",
    "drop",
    "keep",
    "open_ledger",
    "standings",
    "sweep",
]
