"""A Word draft taken apart for laying out: its blocks in order, automatic numbers as text, one line to a paragraph.

Knows Word's markup; what a line means stands in ``roles``.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from generate.package import TemplateError
from generate.word.ordering import properties_of
from generate.word.parts import DOCUMENT, Package
from generate.word.rendered import text_of, w
from generate.word.runs import BLANKS, label, shows, trim

from .autonumbers import Numbers
from .roles import Line

_WRAPPERS = ("sdt", "sdtContent", "customXml", "smartTag")
_STARTS_OF_NUMBER = "、．.）)：:"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or table of a draft and the line it is; ``section`` is the section that ends with it."""

    element: etree._Element
    line: Line
    section: etree._Element | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing of it is seen."""
        return not self.line.block and not self.line.text


def opened(members: dict[str, bytes], name: str) -> Package:
    """Return the parts of the Word draft ``name``; raise ``TemplateError`` for what is none or cannot be read."""
    if DOCUMENT not in members:
        raise TemplateError(f"{name} 不是 Word 文档。请用 WPS 或 Word 另存为 .docx 再试")
    try:
        package = Package(members)
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise TemplateError(f"{name} 已经损坏，读不出来。请用 WPS 或 Word 打开后另存为 .docx 再试") from error
    if package.document.find(w("body")) is None:
        raise TemplateError(f"{name} 是“严格”格式的 Word 文档。请另存为普通的 .docx 再试")
    return package


def blocks_of(package: Package) -> list[Block]:
    """Return the blocks of a draft in order; the draft's trees are changed on the way.

    Content controls are opened, automatic numbers become text, lines broken by hand become paragraphs, blanks around
    lines go.
    """
    body = package.document.find(w("body"))
    assert body is not None  # noqa: S101 - looked for when the draft was opened
    _unwrap(body)
    _number(package, body)
    looks = _Looks(package)
    found: list[Block] = []
    for item in [*body]:
        if item.tag == w("p"):
            found += [looks.block(part, page=page) for part, page in _parts(item)]
        elif item.tag == w("tbl"):
            found.append(Block(item, Line("", block=True)))
        elif item.tag != w("sectPr"):
            _attach(item, found)
    return found


def _attach(item: etree._Element, found: list[Block]) -> None:
    """Keep what stands between paragraphs (bookmarks, remarks' ends) with the paragraph before it."""
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)
    for block in reversed(found):
        if block.element.tag == w("p"):
            block.element.append(item)
            return


def _unwrap(body: etree._Element) -> None:
    """Put the content of block-level controls in their place."""
    wrapped = tuple(map(w, _WRAPPERS))
    while True:
        item = next((child for child in body if child.tag in wrapped), None)
        if item is None:
            return
        content = item.find(w("sdtContent"))
        for child in [*(item if content is None else content)]:
            if child.tag in (w("p"), w("tbl"), w("bookmarkStart"), w("bookmarkEnd"), *wrapped):
                item.addprevious(child)
        body.remove(item)


def _number(package: Package, body: etree._Element) -> None:
    """Write automatic numbers before their paragraphs; those of text boxes stay as they are."""
    numbers = Numbers(package)
    for item in [*body.iter(w("p"))]:
        if next(item.iterancestors(w("txbxContent")), None) is not None:
            continue
        found = numbers.label(item)
        own = item.find(f"{w('pPr')}/{w('numPr')}")
        if own is not None:
            properties_of(item, "pPr").remove(own)
        if found is not None and shows(item):
            trim(item)
            gap = "" if found.face or found.text.endswith(tuple(_STARTS_OF_NUMBER)) else " "
            label(item, found.text + gap if not found.face else found.text, found.face)


def _parts(item: etree._Element) -> list[tuple[etree._Element, bool]]:
    """Return a paragraph as paragraphs of one line each, and for each whether it begins a page."""
    found = [(item, _breaks_before(item))]
    if next(item.iter(w("fldChar")), None) is not None:
        return found
    while (point := _break(found[-1][0])) is not None:
        head = found[-1][0]
        run = point.getparent()
        assert run is not None  # noqa: S101 - a break stands in a run
        rest = etree.Element(w("p"))
        properties = head.find(w("pPr"))
        if properties is not None:
            rest.append(deepcopy(properties))
            for section in properties.findall(w("sectPr")):
                properties.remove(section)
        after = etree.SubElement(rest, w("r"))
        own = run.find(w("rPr"))
        if own is not None:
            after.append(deepcopy(own))
        after.extend([*point.itersiblings()])
        rest.extend([*run.itersiblings()])
        run.remove(point)
        head.addnext(rest)
        found.append((rest, point.get(w("type")) == "page"))
    return found


def _break(item: etree._Element) -> etree._Element | None:
    """Return the first line or page break that stands in a run of the paragraph itself."""
    for run in item.iterchildren(w("r")):
        for point in run.iterchildren(w("br")):
            if point.get(w("type")) in (None, "textWrapping", "page"):
                return point
    return None


def _breaks_before(item: etree._Element) -> bool:
    mark = item.find(f"{w('pPr')}/{w('pageBreakBefore')}")
    return mark is not None and mark.get(w("val")) not in ("0", "false", "off")


class _Looks:
    """What a draft's styles and paragraphs say about heading and centring."""

    def __init__(self, package: Package) -> None:
        self._styles = {str(s.get(w("styleId"))): s for s in package.styles.iter(w("style"))}

    def block(self, item: etree._Element, *, page: bool) -> Block:
        """Return the paragraph ``item``, its blanks trimmed, as a block."""
        trim(item)
        text = text_of(item)
        section = item.find(f"{w('pPr')}/{w('sectPr')}")
        if not text.strip(BLANKS):
            return Block(item, Line("", block=shows(item), page=page), section)
        centred = self._value(item, "jc") == "center"
        return Block(item, Line(text, self._heading(item), centred, page=page), section)

    def _heading(self, item: etree._Element) -> int:
        level = self._value(item, "outlineLvl")
        if level is not None and level.isdecimal() and int(level) < 9:
            return int(level) + 1
        names = [style.find(w("name")) for style in self._chain(item)]
        titles = {str(name.get(w("val"))).lower() for name in names if name is not None}
        return 1 if titles & {"title", "标题"} else 0

    def _value(self, item: etree._Element, name: str) -> str | None:
        for holder in (item, *self._chain(item)):
            found = holder.find(f"{w('pPr')}/{w(name)}")
            if found is not None:
                return str(found.get(w("val")))
        return None

    def _chain(self, item: etree._Element) -> list[etree._Element]:
        use = item.find(f"{w('pPr')}/{w('pStyle')}")
        ident = None if use is None else use.get(w("val"))
        found: list[etree._Element] = []
        while ident in self._styles and len(found) < 20:
            found.append(self._styles[str(ident)])
            based = found[-1].find(w("basedOn"))
            ident = None if based is None else based.get(w("val"))
        return found
