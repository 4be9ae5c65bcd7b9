"""The year-end summary: figures from the ledger, put into words, tables and charts."""
