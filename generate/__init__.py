"""What goes out: notice, blank forms, messages, workbook and summary. Knows the forms; knows no ledger and no reader."""
