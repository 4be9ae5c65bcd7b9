"""From the bytes of a returned file to submissions: readers, the neutral document, alignment, values, identification."""

from . import limits
from .containers.bounce import Bounce, bounce_of
from .containers.mailheaders import header_of, sender_of, sent_at
from .extractor import READER_VERSION, READERS, TOO_LARGE, Extractor, read_document
from .learning.learn import Learned, learn
from .learning.spots import Spot
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
    "Bounce",
    "Cell",
    "Document",
    "Extractor",
    "Grid",
    "Layout",
    "Layouts",
    "Learned",
    "Look",
    "Mark",
    "Paragraph",
    "Slot",
    "Spot",
    "TemplateError",
    "UnreadableError",
    "align",
    "as_json",
    "bounce_of",
    "header_of",
    "layout_of",
    "layouts_of",
    "learn",
    "limits",
    "read_document",
    "readable",
    "regular",
    "sender_of",
    "sent_at",
    "walk",
]
