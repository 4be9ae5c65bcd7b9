"""The XML of a Word part without what changes nothing that is read: formatting, layout, and seams within a text.

Most of what Word writes is of that kind, and taking it out of the bytes costs a third of parsing it and looking past it.
Knows which elements of WordprocessingML hold no text and steer none; where a part is not as it should be, it stays as it is.
"""

from __future__ import annotations

import re

_FORMATTING, _FORMATTED, _RUN_ENDS = b"<w:rPr>", b"</w:rPr>", b"</w:r>"
_SILENT = (
    rb"<w:(?:proofErr|bookmark(?:Start|End)|lastRenderedPageBreak|jc|spacing|ind|widowControl|snapToGrid"
    rb"|adjustRightInd|textAlignment|tcW|shd|vAlign|trHeight|gridCol)(?:/>| [^<>]*/>)"
)
"""Elements without content that say where a text stands or how it is proofed (ECMA-376 17.3.1, 17.4, 17.13)."""
_BEGUN = rb"(?:>| [^/<>]*>)"  # the rest of a start tag
_SEAM = rb"</w:t>(?:S)*+</w:r>(?:S)*+<w:r" + _BEGUN + rb"(?:S)*+<w:t" + _BEGUN
"""Where Word goes on with a text in another run, by the time it was typed or proofed; S stands for what is silent."""
_LAYOUT = re.compile(_SEAM.replace(b"S", _SILENT) + b"|" + _SILENT)
_EMPTIED = (b"<w:pPr></w:pPr>", b"<w:trPr></w:trPr>", b"<w:tcPr></w:tcPr>")


def without_formatting(text: bytes) -> tuple[bytes, bytes]:
    """Return a part's XML without its ``w:rPr``, and the different ``w:rPr`` that stood in it, one after the other.

    Where the tags do not follow each other as they should, the part comes back as it is, for the parser to judge.
    """
    head, *rest = text.split(_FORMATTING)
    pieces = [piece.partition(_FORMATTED) for piece in rest]
    different = {(look, end) for look, end, _ in pieces}
    looks = b"".join(look for look, _ in different)
    lean = head + b"".join([behind for _, _, behind in pieces])
    if _RUN_ENDS in looks or b"<!" in looks or b"<!" in lean or not all(end for _, end in different):
        return text, b""
    return lean, looks


def without_layout(lean: bytes) -> bytes:
    """Return XML from ``without_formatting`` also without the layout, and with each text in as few runs as can be.

    Only where no look matters: the runs that become one are read alike. What stands in a comment or in CDATA is no tag, so
    a part with either stays as it is.
    """
    if b"<!" in lean:
        return lean
    lean = _LAYOUT.sub(b"", lean)
    for emptied in _EMPTIED:
        lean = lean.replace(emptied, b"")
    return lean
