"""The usual way: python-docx, a loop over rows and columns, ``table.cell(row, column).text``."""

import sys
from pathlib import Path

from docx import Document

for path in sorted(Path(sys.argv[1]).iterdir()):
    for table in Document(str(path)).tables:
        for row in range(len(table.rows)):
            for column in range(len(table.columns)):
                _ = table.cell(row, column).text
