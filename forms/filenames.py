"""What a text may be as the name of a file, on every system that a clerk uses; knows no folder."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST: Final = 80  # characters; three bytes each on Linux, where a name ends at 255


def safe_name(text: str) -> str:
    """Return ``text`` as a file name that Windows takes too: no reserved characters or devices, not too long.

    Characters that nobody sees (direction marks, zero width) are left out.
    """
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", text).strip().rstrip(". ")[:_LONGEST]
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name
