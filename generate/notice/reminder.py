"""The 催办通知 to one unit: what it has not reported, as an official document.

Knows what such a document says; how it is laid out stands in ``notice``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from forms import Kind, Notice, Work
from generate.letters.words import Asked, reminder_passages

from .document import notice


def reminder(work: Work, unit: str, missing: Sequence[Asked], day: date, out: Path) -> Path:
    """Write the 催办通知 of ``day`` to ``unit`` about what is ``missing`` to ``out`` and return ``out``.

    Raise ``TemplateError`` or ``OutputError``.
    """
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "正文.txt"
        text.write_text("\n".join(reminder_passages(missing, day)), encoding="utf-8")
        asked = Notice(
            name="催办通知",
            title=f"关于尽快补报{work.name}报表的催办通知",
            addressees=unit,
            text=text,
            kind=Kind.REMINDER,
            dated=day,
        )
        return notice(asked, work, out)
