"""What goes out: notice, blank forms, messages, workbook and summary. Knows the forms; knows no ledger and no reader."""

from .blank import blank, filled
from .checksheet import CHECK_COLUMNS, CHECK_PERIOD, CHECK_SHEET, CHECK_UNIT, check_code
from .letter import Enclosure, Letter, dated, message, message_id, parsed, recipients, unsent
from .letterwords import Asked, notice_subject, notice_text, reminder_subject, reminder_text
from .merge import merge
from .merge import notices as notices_for_each
from .notice import notice
from .package import OutputError, TemplateError
from .reminder import reminder
from .save import save
from .summary import explain, summary
from .view import LedgerView
from .workbook import tables, workbook
from .workbook_table import Table
from .workbook_table import Value as TableValue

__all__ = [
    "CHECK_COLUMNS",
    "CHECK_PERIOD",
    "CHECK_SHEET",
    "CHECK_UNIT",
    "Asked",
    "Enclosure",
    "LedgerView",
    "Letter",
    "OutputError",
    "Table",
    "TableValue",
    "TemplateError",
    "blank",
    "check_code",
    "dated",
    "explain",
    "filled",
    "merge",
    "message",
    "message_id",
    "notice",
    "notice_subject",
    "notice_text",
    "notices_for_each",
    "parsed",
    "recipients",
    "reminder",
    "reminder_subject",
    "reminder_text",
    "save",
    "summary",
    "tables",
    "unsent",
    "workbook",
]
