"""The returns of a work as a clerk should see them: with the doubts that only show when they are held against each other.

Joins the ledger with the texts that everybody may quote: the notice and what the blanks print.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from forms import Work

if TYPE_CHECKING:
    from ledger import Compared, Ledger


def compared(work: Work, ledger: Ledger) -> Compared:
    """Return every submission of ``ledger``, compared with the others; see ``ledger.compare``."""
    from ledger import compare

    entries = ledger.entries()
    return compare(work, entries, own_words(work) if entries else ())


def own_words(work: Work) -> Iterator[str]:
    """Yield the paragraphs of the notices and of the blank forms of ``work``, and the hints of its fields.

    A text that cannot be read is passed by: it only makes more be called a copy, and ``notice`` or ``blank`` tells why.
    """
    from extract import UnreadableError, read_document

    paths: list[Path] = [form.template for form in work.forms]
    for notice in work.notices:
        paths.append(notice.text)
        if notice.carried is not None and notice.carried.text is not None:
            paths.append(notice.carried.text)
    for path in dict.fromkeys(paths):
        try:
            data = path.read_bytes()
            if path.suffix in (".md", ".txt"):
                yield data.decode("utf-8", "replace")
            else:
                yield from (paragraph.text for paragraph in read_document(data).paragraphs())
        except (OSError, UnreadableError):
            continue
    yield from (form.instructions for form in work.forms)
