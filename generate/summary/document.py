"""The year-end summary for the 组织部: words, tables and charts put into the template, laid out to GB/T 9704-2012.

Knows the document; how figures are worded stands in ``summary_words``, what they are in ``figures``.
"""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import templates
from forms import Entry
from generate.notice.signing import signature_indents
from generate.package import members_of, packed
from generate.render import Value, template
from generate.save import save
from generate.standard import numbers as standard
from generate.view import LedgerView
from generate.word import styles

from . import chart
from .chapters import context
from .chart import Chart
from .explain import Explained
from .figures import has_year, period_of, year_figures
from .tables import Sheet
from .words import Returns, Wording, short

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TEMPLATE = "summary.docx"
_AIR = 160  # twips above a chart, so that it does not touch a table
_OWN = "模板"  # the work folder's own templates


def summary(view: LedgerView, year: int, out: Path, dated: date | None = None) -> Path:
    """Write the summary of ``year`` to ``out`` and return its path (``名称(1).docx`` when ``out`` is open elsewhere).

    ``dated`` is the 成文日期, 31 December when not given. A ``模板/summary.docx`` in the work folder is used instead
    of the shipped template. Raise ``TemplateError`` or ``OutputError``.
    """
    return save(summary_bytes(view, year, dated or date(year, 12, 31)), out)


def summary_bytes(view: LedgerView, year: int, dated: date) -> bytes:
    """Return the summary as a file; the same view gives the same bytes."""
    with _uncollected():
        return _made(view, year, dated)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles still: it would walk through the whole view again and again, a fifth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _made(view: LedgerView, year: int, dated: date) -> bytes:
    import docx

    own = view.work.folder / _OWN / TEMPLATE
    used = template(own if view.work.folder != Path() and own.is_file() else templates.FOLDER / TEMPLATE)
    words, said = worded(view, year, dated)
    filled = used.render(said)
    document = docx.Document(io.BytesIO(packed(filled)))
    for tag in [item for item in document.paragraphs if item.style and item.style.name == styles.TAG.name]:
        place = words.places.get(tag.text)
        if isinstance(place, Sheet):
            tag._p.addprevious(place.element())
            _remove(tag)
        elif isinstance(place, Chart):
            _draw(document, tag, place)
    _sign(document)
    _keep_with_text(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return packed(members_of(buffer.getvalue()))


def worded(view: LedgerView, year: int, dated: date) -> tuple[Wording, Mapping[str, Value]]:
    """Return the wording of a year with its tables, charts and numbers, and what the template's tags stand for."""
    before = year_figures(view, year - 1) if has_year(view, year - 1) else None
    words = Wording(view.work, year_figures(view, year), before)
    return words, context(words, dated, lambda: _returns(view, words))


def explain(view: LedgerView, year: int) -> tuple[Explained, ...]:
    """Return every number of the summary of ``year`` with what is behind it, in the order of the summary."""
    words, _ = worded(view, year, date(year, 12, 31))
    return tuple(words.basis.found.values())


def _returns(view: LedgerView, words: Wording) -> Returns:
    """Return the list of the returns that any number comes from."""
    behind = {entry for item in words.basis.found.values() for entry in item.behind.entries}
    return Returns(tuple(_row(entry, words.figures.year) for entry in view.entries if entry.id in behind))


def _row(entry: Entry, year: int) -> tuple[str, ...]:
    said = entry.submission
    period = period_of(said.period)
    return (
        str(entry.id),
        said.unit or "",
        said.form or "",
        short(period, year) if period else "",
        f"{entry.received_at:%Y-%m-%d %H:%M}",
        entry.source,
    )


def _remove(paragraph: Paragraph) -> None:
    parent = paragraph._p.getparent()
    if parent is not None:
        parent.remove(paragraph._p)


def _draw(document: Document, tag: Paragraph, shown: Chart) -> None:
    """Put a chart in the place of its tag."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Twips

    for run in list(tag.runs):
        tag._p.remove(run._r)
    tag.alignment = WD_ALIGN_PARAGRAPH.CENTER
    tag.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE  # an exact line would cut the chart off
    tag.paragraph_format.first_line_indent = 0
    tag.paragraph_format.keep_with_next = True
    tag.paragraph_format.space_before = Twips(_AIR)
    chart.place(document, tag, shown)


def _sign(document: Document) -> None:
    """Indent 署名 and date by their lengths (7.3.5.2)."""
    from docx.shared import Twips

    found = {item.style.name: item for item in document.paragraphs if item.style is not None}
    name, day = found.get(styles.SIGNATURE.name), found.get(styles.DATE.name)
    if name is None or day is None:
        return
    for paragraph, left in zip((name, day), signature_indents(name.text, day.text), strict=True):
        paragraph.paragraph_format.left_indent = Twips(left)
        paragraph.paragraph_format.right_indent = Twips(-standard.chars(2))  # wide figures must not wrap


def _keep_with_text(document: Document) -> None:
    """Keep 附件说明 and 署名 on a page with the last words of the text (7.3.5.5), whose heading stays with them anyway."""
    paragraphs = document.paragraphs
    ending = {styles.NOTE.name, styles.NOTE_ONE.name, styles.SIGNATURE.name}
    names = ["" if item.style is None else item.style.name for item in paragraphs]
    first = next((number for number, name in enumerate(names) if name in ending), 0)
    for paragraph in reversed(paragraphs[:first]):
        paragraph.paragraph_format.keep_with_next = True
        if paragraph.text.strip():
            break
