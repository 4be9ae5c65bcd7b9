"""What goes out: notice, blank forms, messages, workbook and summary. Knows the forms; knows no ledger and no reader."""

from .blank.filling import blank, filled
from .letters.message import Enclosure, Letter, dated, message, message_id, parsed, recipients, unsent
from .letters.words import Asked, notice_subject, notice_text, reminder_subject, reminder_text
from .notice.document import notice
from .notice.merge import merge
from .notice.merge import notices as notices_for_each
from .notice.reminder import reminder
from .package import OutputError, TemplateError
from .save import save
from .summary.document import explain, summary
from .view import LedgerView
from .workbook.book import tables, workbook
from .workbook.checksheet import CHECK_COLUMNS, CHECK_PERIOD, CHECK_SHEET, CHECK_UNIT, check_code
from .workbook.table import Table
from .workbook.table import Value as TableValue

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
