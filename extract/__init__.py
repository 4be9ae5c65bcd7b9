"""From the bytes of a returned file to submissions: readers, the neutral document, alignment, values, identification.

What most runs do not need is imported from its own room: ``learning``, and the headers of mails in ``containers``.
"""

from . import limits
from .extractor import READER_VERSION, READERS, TOO_LARGE, Extractor, read_document
from .matching.align import Aligned, align
from .matching.layout import Layout, Layouts, Slot, TemplateError, layout_of, layouts_of
from .model import Aside, Block, Cell, Document, Grid, Look, Mark, Paragraph
from .report import as_json
from .unreadable import UnreadableError
from .walking import NOT_REGULAR, readable, regular, walk

__all__ = [
    "NOT_REGULAR",
    "READERS",
    "READER_VERSION",
    "TOO_LARGE",
    "Aligned",
    "Aside",
    "Block",
    "Cell",
    "Document",
    "Extractor",
    "Grid",
    "Layout",
    "Layouts",
    "Look",
    "Mark",
    "Paragraph",
    "Slot",
    "TemplateError",
    "UnreadableError",
    "align",
    "as_json",
    "layout_of",
    "layouts_of",
    "limits",
    "read_document",
    "readable",
    "regular",
    "walk",
]
