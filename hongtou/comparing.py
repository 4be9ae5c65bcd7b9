"""The returns of a work as a clerk should see them: with the doubts that only show when they are held against each other.

Joins the ledger with what everybody may quote and carry: the notice, and what the blanks print and show.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from forms import Work

if TYPE_CHECKING:
    from extract import Document
    from ledger import Compared, Ledger


def compared(work: Work, ledger: Ledger) -> Compared:
    """Return every submission of ``ledger``, compared with the others; see ``ledger.compare``."""
    from ledger import compare

    entries = ledger.entries()
    documents = list(_own_documents(work)) if entries else []
    prints = [one for document in documents for one in document.fingerprints]
    return compare(work, entries, _own_words(work, documents), prints)


def _own_words(work: Work, documents: list[Document]) -> Iterator[str]:
    """Yield the paragraphs of the notices and of the blank forms of ``work``, and the hints of its fields."""
    for document in documents:
        yield from (paragraph.text for paragraph in document.paragraphs())
    yield from (form.instructions for form in work.forms)


def _own_documents(work: Work) -> Iterator[Document]:
    """Yield the blank forms and the texts of the notices.

    A text that cannot be read is passed by: it only makes more be called a copy, and ``notice`` or ``blank`` tells why.
    """
    from extract import READERS, UnreadableError, read_document

    paths: list[Path] = [form.template for form in work.forms]
    for notice in work.notices:
        paths.append(notice.text)
        if notice.carried is not None and notice.carried.text is not None:
            paths.append(notice.carried.text)
    for path in dict.fromkeys(paths):
        try:
            data = path.read_bytes()
            yield READERS["txt"](data) if path.suffix in (".md", ".txt") else read_document(data)
        except (OSError, UnreadableError):
            continue
