"""A rendered document's paragraphs by the names of their styles, and setting what can be set only once the text is known.

Knows paragraphs and their properties; which of them is what stands in the modules that use it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from . import styles
from .ordering import placed, properties_of
from .parts import Package
from .styles import W


class Body:
    """The body of a document and its paragraphs by style name, in the order of the document."""

    def __init__(self, package: Package) -> None:
        """Look the styles' names up in ``package``."""
        self.root = package.document
        self._names = {style.get(w("styleId")): _name(style) for style in package.styles.iter(w("style"))}

    def paragraphs(self) -> Iterator[etree._Element]:
        """Yield every paragraph, those in tables and text boxes too."""
        yield from self.root.iter(w("p"))

    def styled(self, *wanted: styles.Style) -> list[etree._Element]:
        """Return the paragraphs of any of the styles ``wanted``."""
        names = {style.name for style in wanted}
        return [item for item in self.paragraphs() if self.style_name(item) in names]

    def style_name(self, item: etree._Element) -> str | None:
        """Return the name of a paragraph's style."""
        return self._names.get(_style_id(item))


def text_of(item: etree._Element) -> str:
    """Return a paragraph's own text, without that of text boxes anchored in it."""
    found = item.iter(w("t"), w("br"), w("tab"))
    inner = (
        node
        for node in found
        if next(node.iterancestors(w("p"))) is item and node.getparent().tag == w("r")  # type: ignore[union-attr]
    )
    signs = {w("br"): "\n", w("tab"): "\t"}
    return "".join(signs.get(str(node.tag), node.text or "") for node in inner)


def set_line(item: etree._Element, height: int) -> None:
    """Set the exact line height of a paragraph, in twips."""
    spacing = placed(properties_of(item, "pPr"), "spacing")
    spacing.set(w("line"), str(height))
    spacing.set(w("lineRule"), "exact")


def line_of(item: etree._Element) -> int | None:
    """Return the exact line height that a paragraph itself sets, in twips."""
    spacing = item.find(f"{w('pPr')}/{w('spacing')}")
    if spacing is None or spacing.get(w("lineRule")) != "exact":
        return None
    value = spacing.get(w("line"))
    return None if value is None else int(value)


def set_indent(item: etree._Element, left: int, right: int = 0) -> None:
    """Set the indents of a paragraph, in twips."""
    indent = placed(properties_of(item, "pPr"), "ind")
    indent.set(w("left"), str(left))
    indent.set(w("right"), str(right))


def set_tabs(item: etree._Element, stops: tuple[tuple[str, int], ...]) -> None:
    """Set the tab stops of a paragraph: kind (``left``, ``center``, ``right``) and position in twips."""
    tabs = placed(properties_of(item, "pPr"), "tabs")
    tabs[:] = [etree.Element(w("tab"), {w("val"): kind, w("pos"): str(place)}) for kind, place in stops]


def keep_with_next(item: etree._Element) -> None:
    """Let no page end between a paragraph and the next."""
    placed(properties_of(item, "pPr"), "keepNext")


def set_size(item: etree._Element, points: float) -> None:
    """Set the size of every run of a paragraph."""
    for run in item.iter(w("r")):
        for name in ("sz", "szCs"):
            placed(properties_of(run, "rPr"), name).set(w("val"), str(round(points * 2)))


def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def _style_id(item: etree._Element) -> str | None:
    style = item.find(f"{w('pPr')}/{w('pStyle')}")
    return None if style is None else style.get(w("val"))


def _name(style: etree._Element) -> str | None:
    name = style.find(w("name"))
    return None if name is None else name.get(w("val"))
