"""Which fonts a page was really set in: the faces that a document asks for beside those that its PDF holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generate.standard.profile import Profile

from .elements import Elements
from .sheets import PdfPage

_SAMPLE = 4  # characters that are enough to find a run on a page


def substituted(pages: list[PdfPage], elements: Elements, profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield each face that the document asks for and that a page shows in another, with the other's name."""
    for asked, words in _asked(elements).items():
        used = _used(pages, words)
        if used and not _same(asked, used, profile):
            yield asked, used


def _asked(elements: Elements) -> dict[str, str]:
    """Return a few words set in each face."""
    found: dict[str, str] = {}
    for para in elements.sheet.paras:
        for run in para.runs:
            name = run.east.name.split(";")[0]
            if len(run.chinese) >= _SAMPLE and run.chinese in run.text:
                found.setdefault(name, run.chinese[:12])
    return found


def _used(pages: list[PdfPage], words: str) -> str:
    for page in pages:
        for row in page.rows:
            if words[:_SAMPLE] in row.text and len(row.fonts) == 1:
                return plain_name(row.fonts[0])
    return ""


def plain_name(font: str) -> str:
    """Return a font's name without the mark of the part of it that a PDF holds."""
    return re.sub(r"^[A-Z]{6}\+", "", font)


def _same(asked: str, used: str, profile: Profile) -> bool:
    """Whether two names are of one kind of face, as 仿宋_GB2312 and FangSong are."""
    one, other = _bare(asked), _bare(used)
    if one in other or other in one:
        return True
    kinds = [{_bare(name) for name in names} for names in profile.faces.values()]
    return any(one in kind and any(name in other for name in kind) for kind in kinds)


def _bare(name: str) -> str:
    return re.sub(r"[\s_\-,]|regular|bold|mt$", "", name.casefold())
