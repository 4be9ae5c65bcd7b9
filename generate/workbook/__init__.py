"""The ledger as a workbook, sheet by sheet."""
