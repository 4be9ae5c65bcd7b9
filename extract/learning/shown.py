"""The nodes of a paragraph that show as text, so that an offset in what a person reads finds its place in the XML."""

from __future__ import annotations

from extract.readers.numbering import W
from extract.readers.package import Element

_P, _T = W + "p", W + "t"


def shown_nodes(paragraph: Element) -> list[Element]:
    """Return the nodes that show as text in ``paragraph``, in order: ``w:t`` and the one-character elements."""
    shown = (_T, W + "tab", W + "br", W + "cr", W + "noBreakHyphen", W + "sym")
    return [
        node
        for node in paragraph.iter(*shown)
        if next(node.iterancestors(_P), None) is paragraph
        and next(node.iterancestors(W + "del", W + "pPr"), None) is None
    ]
