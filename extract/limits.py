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


def dense(size: int, packed: int) -> bool:
    """Whether an entry of ``packed`` bytes inflates to more than any document does."""
    return size > RATIO_FROM and size > RATIO * max(packed, 1)
