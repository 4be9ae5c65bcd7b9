"""One table of what a returned file may be. Beyond it a file is refused, with the cause, before any parser sees it.

The numbers refused none of the good files among 146 hostile and odd ones; a form is far below all of them.
"""

from __future__ import annotations

from typing import Final

MIB: Final = 2**20

FILE: Final = 50 * MIB
"""Bytes of one returned file."""
MEMBERS: Final = 1000
"""Entries of an archive or a package, and of all archives inside a file together."""
PART: Final = 50 * MIB
"""Bytes of one entry when inflated."""
TOTAL: Final = 150 * MIB
"""Bytes of all entries when inflated, those of archives inside archives included."""
RATIO: Final = 100
"""Inflated over packed bytes of an entry larger than ``RATIO_FROM``."""
RATIO_FROM: Final = MIB
DEPTH: Final = 3
"""Archives and mails inside one another."""
PIXELS: Final = 100_000_000
"""Width times height of a picture."""
TAGS: Final = 1_000_000
"""Tags of one XML part; 5,000 rows of a Word table have fewer."""
PAGE_TAGS: Final = 400_000
"""Tags of a web page, whose 5,000 rows say less about each cell."""
NOTES: Final = 5_000
"""Comments of a document, its footnotes, its endnotes."""
FONTS: Final = 5_000
"""Fonts of an RTF file; Windows has some hundreds."""
LINES: Final = 50_000
"""Lines of a plain text, paragraphs outside the tables of an RTF file."""
HEAD: Final = MIB
"""Bytes of the headers of a mail; those of a mail that went through ten servers and filters have a fiftieth."""


def dense(size: int, packed: int) -> bool:
    """Whether an entry of ``packed`` bytes inflates to more than any document does."""
    return size > RATIO_FROM and size > RATIO * max(packed, 1)
