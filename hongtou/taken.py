"""What passes between whoever finds files and whoever reads them: the bytes of one with their moment, and the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from forms import Record

Read = Callable[[Path, str], tuple[Record, ...]]
"""Reads the file at a path as the source of that name; pure, and answers with at least one record."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The bytes of a file and when it came, in local time; ``always`` to keep it even when it holds no return."""

    data: bytes
    received_at: datetime
    always: bool = False
