"""What a document shows that stands in parts of its own: SmartArt, charts, and whole documents taken in (altChunk).

Their text is seen but is no paragraph: it is kept as text that belongs to no field (ECMA-376 21.4, 21.2, 17.17.2.1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extract.model import Document
from extract.readers.package import Package
from extract.unreadable import UnreadableError

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DIAGRAM, _CHART = re.compile(r"/diagrams/data\d*\.xml$"), re.compile(r"/charts/chart\d*\.xml$")
_LINKS = ("pres", "parTrans", "sibTrans")  # points of a diagram that only draw


def drawn(package: Package, *, figures: bool = True) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each diagram and chart; ``figures`` asks for the numbers of charts as well as their words."""
    for name in sorted(name for name in package.names if "/diagrams/data" in name or "/charts/chart" in name):
        text = ""
        if _DIAGRAM.search(name):
            points = package.xml(name).iter(_DGM + "pt")
            lines = (
                line for point in points if point.get("type") not in _LINKS for line in point.iter(_A + "p")
            )
            text = "\n".join(
                filter(None, ("".join(str(t.text or "") for t in line.iter(_A + "t")) for line in lines))
            )
        elif _CHART.search(name):
            wanted = (_A + "t", _C + "v") if figures else (_A + "t",)
            text = "\t".join(
                filter(None, (str(node.text or "").strip() for node in package.xml(name).iter(*wanted)))
            )
        if text.strip():
            yield ("图示" if _DIAGRAM.search(name) else "图表"), text


def taken_in(package: Package, part: str, read_word: Callable[[bytes], Document]) -> Iterator[str]:
    """Yield the text of each document that ``part`` takes in whole; ``read_word`` reads those of its own kind."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    for relation in package.xml(relations) if relations in package else ():
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        if relation.get("Type", "").endswith("/aFChunk") and path in package:
            yield _text(package.read(path), read_word)


def _text(data: bytes, read_word: Callable[[bytes], Document]) -> str:
    from extract.readers.plaintext import decode
    from extract.readers.web.page import read_web_page

    if not data.startswith(b"PK"):
        text = decode(data) or ""
        if "<" not in text:
            return text
    try:
        document = read_word(data) if data.startswith(b"PK") else read_web_page(data)
    except UnreadableError as error:
        return str(error)
    return "\n".join(paragraph.text for paragraph in document.paragraphs() if paragraph.text.strip())
