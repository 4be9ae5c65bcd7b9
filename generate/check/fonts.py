"""Which fonts a page was really set in: the faces that a document asks for beside those that its PDF holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from generate.standard.profile import Profile

from .elements import Elements
from .sheets import PdfPage, Row

_STRETCH = re.compile(r"[\u4e00-\u9fff]{4,12}")
_ENOUGH = 20  # stretches that a face is told by


def substituted(pages: list[PdfPage], elements: Elements, profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield each face that the document asks for and that a page shows in another, with the other's name."""
    rows = [row for page in pages for row in page.rows if len(row.fonts) == 1]
    for asked, stretches in _asked(elements).items():
        used = _used(rows, stretches)
        if used and not _same(asked, used, profile):
            yield asked, used


def _asked(elements: Elements) -> dict[str, list[str]]:
    """Return for each face some words that stand in it and in no other: an organ's name is that of the mark too."""
    words: dict[str, list[str]] = {}
    for para in elements.sheet.paras:
        for run in para.runs:
            words.setdefault(run.east.name.split(";")[0], []).append(run.text)
    texts = {name: "\n".join(parts) for name, parts in words.items()}
    return {name: list(_own(name, texts)) for name in texts}


def _own(name: str, texts: dict[str, str]) -> Iterator[str]:
    others = [text for other, text in texts.items() if other != name]
    own = (item for item in _STRETCH.findall(texts[name]) if not any(item in text for text in others))
    return islice(own, _ENOUGH)


def _used(rows: list[Row], stretches: list[str]) -> str:
    """Return the face that shows most of ``stretches``, empty where none is found."""
    shown = Counter(plain_name(row.fonts[0]) for stretch in stretches for row in rows if stretch in row.text)
    return shown.most_common(1)[0][0] if shown else ""


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
