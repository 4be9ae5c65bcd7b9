"""What goes out: notice, blank forms, messages, workbook and summary. Knows the forms; knows no ledger and no reader."""

from .blank import blank
from .merge import merge
from .merge import notices as notices_for_each
from .notice import notice
from .package import OutputError, TemplateError
from .summary import summary
from .view import LedgerView
from .workbook import workbook

__all__ = [
    "LedgerView",
    "OutputError",
    "TemplateError",
    "blank",
    "merge",
    "notice",
    "notices_for_each",
    "summary",
    "workbook",
]
