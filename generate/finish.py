"""What a rendered notice needs once its text is known: indents of 署名 and date, the mark's width, forms, 版记.

Works on paragraphs by the names of their styles; a paragraph that an edited template no longer has is passed over.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from forms import Form

from . import standard, styles
from .blank import blank_context
from .graft import Package, graft
from .onepage import pitch
from .ordering import placed, properties_of
from .package import TemplateError
from .render import template
from .sections import differs, enclose
from .styles import W
from .titles import width

_TEXT = (styles.BODY, styles.LEVEL_1, styles.LEVEL_2, styles.LEVEL_3, styles.LEVEL_4)
_SLACK = 160  # borders and rounding of a page that is meant to be full, twips
_SHORT_ROW = 1000  # rows up to this height keep it when a form must be fitted
_IMPRINT_LINE = styles.IMPRINT.line
_RULE_ROOM = styles.HAIR.line + 24  # the line itself is up to 20 twips thick
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_EMU = 635  # English metric units to the twip


@dataclass(frozen=True, slots=True)
class Insertion:
    """A form to insert under a title of so many lines."""

    form: Form
    title_lines: int


def finish(
    members: Mapping[str, bytes], insertions: Mapping[str, Insertion], template_name: str
) -> dict[str, bytes]:
    """Return ``members`` with the forms inserted for their marks and everything set that depends on the text.

    Raise ``TemplateError`` when ``template_name`` has no place for a form.
    """
    package = Package(dict(members))
    body = _Body(package)
    for item in body.styled(styles.MARK):
        _narrow(item)
    _sign(body)
    _tighten(body)
    height = _imprint(body)
    for number, (mark, insertion) in enumerate(insertions.items(), 1):
        place = next((item for item in body.paragraphs() if _text(item) == mark), None)
        if place is None:
            raise TemplateError(
                f"模板 {template_name} 里没有放表单的地方。请在附件标题下单独一段写上 {{{{ 页.表单 }}}}"
            )
        _insert(package, place, insertion, height if number == len(insertions) else 0)
    return package.members()


class _Body:
    """The body of a document and its paragraphs by style name."""

    def __init__(self, package: Package) -> None:
        self.root = package.document
        self._names = {style.get(_w("styleId")): _name(style) for style in package.styles.iter(_w("style"))}

    def paragraphs(self) -> Iterator[etree._Element]:
        yield from self.root.iter(_w("p"))

    def styled(self, style: styles.Style) -> list[etree._Element]:
        return [item for item in self.paragraphs() if self.style_name(item) == style.name]

    def style_name(self, item: etree._Element) -> str | None:
        return self._names.get(_style_id(item))


def _narrow(mark: etree._Element) -> None:
    """Squeeze a mark that is wider than the 版心, as printers do with long names."""
    full = width(_text(mark)) * standard.SIZE_MARK * 20
    if full <= standard.TEXT_WIDTH:
        return
    for run in mark.iter(_w("r")):
        scale = placed(properties_of(run, "rPr"), "w")
        scale.set(_w("val"), str(int(standard.TEXT_WIDTH * 100 / full)))


def _sign(body: _Body) -> None:
    """Set 署名 and 成文日期 without seal (7.3.5.2) and keep them with the text above (7.3.5.5)."""
    for name, day in zip(body.styled(styles.SIGNATURE), body.styled(styles.DATE), strict=False):
        name_left, day_left = signature_indents(_text(name), _text(day))
        _indent(name, name_left)
        _indent(day, day_left)  # a face with wide figures may reach into the margin rather than wrap
    for below in (*body.styled(styles.SIGNATURE), *body.styled(styles.NOTE), *body.styled(styles.NOTE_ONE)):
        for item in _text_before(body, below):
            _keep_with_next(item)


def _tighten(body: _Body) -> None:
    """Let a short notice end on page one with its date (7.3.5.5)."""
    by_name = {style.name: style for style in styles.ALL}
    front: list[tuple[etree._Element, styles.Style]] = []
    for item in body.root[0]:
        style = by_name.get(body.style_name(item) or "")
        if item.tag != _w("p") or style is None:
            return  # an edited template with elements of its own
        front.append((item, style))
        if style is styles.DATE:
            break
    found = pitch([(style, _text(item)) for item, style in front])
    if found is None:
        return
    for item, style in front:
        if style.line in (standard.LINE, standard.TITLE_LINE):
            _line(item, found + style.line - standard.LINE)


def _text_before(body: _Body, below: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs from ``below`` back to the last of the text: 署名 or 附件说明 never stand alone on a page.

    A text of one paragraph is left free: LibreOffice would move it whole, and page one must show text (7.3.3).
    """
    texts = [item for style in _TEXT for item in body.styled(style)]
    before = below.getprevious()
    while before is not None and before.tag == _w("p"):
        if any(before is item for item in texts):
            earlier = before.getprevious()
            if any(earlier is item for item in texts):
                yield before
            return
        yield before
        before = before.getprevious()


def _keep_with_next(item: etree._Element) -> None:
    placed(properties_of(item, "pPr"), "keepNext")


def signature_indents(name: str, day: str) -> tuple[int, int]:
    """Return the left indents in twips of 署名 and 成文日期 without seal (7.3.5.2).

    署名 ends two characters from the right edge and the date begins two characters after it; a date that is longer ends
    two characters from the edge itself, and 署名 begins two characters before it.
    """
    two = round(2 * standard.SIZE_BODY * 20)
    name_width, day_width = standard.chars(width(name)), standard.chars(width(day))
    if day_width > name_width:
        day_left = standard.TEXT_WIDTH - two - day_width
        return max(day_left - two, 0), day_left
    name_left = max(standard.TEXT_WIDTH - two - name_width, 0)
    return name_left, name_left + two


def _imprint(body: _Body) -> int:
    """Make the 版记's box and its anchor as tall as its lines; return that height in twips, 0 without 版记."""
    boxes = list(body.root.iter(f"{{{_WP}}}anchor"))
    if not boxes:
        return 0
    box = boxes[-1]
    lines = [_text(item) for item in box.iter(_w("p")) if _text(item)]
    count = sum(imprint_lines(line) for line in lines)
    height = count * _IMPRINT_LINE + (len(lines) + 1) * _RULE_ROOM
    for size in (*box.iter(f"{{{_WP}}}extent"), *box.iter(f"{{{_A}}}ext")):
        if size.get("cy") is not None:
            size.set("cy", str(height * _EMU))
    anchor = next(item for item in box.iterancestors() if item.tag == _w("p"))
    _line(anchor, height)
    return height


def imprint_lines(text: str) -> int:
    """Return how many lines a 版记 entry takes: 空一字 at both sides, wrapped lines under the text after ``抄送：``."""
    size = standard.chars(1, standard.SIZE_FOUR)
    first = (standard.TEXT_WIDTH - 2 * standard.IMPRINT_INDENT) // size
    later = (standard.TEXT_WIDTH - 5 * standard.IMPRINT_INDENT) // size
    rest = width(text.replace("\t", "")) - first
    return 1 if rest <= 0 else 1 + math.ceil(rest / later)


def _insert(package: Package, place: etree._Element, insertion: Insertion, imprint: int) -> None:
    form = insertion.form
    source = Package(template(form.template).render(blank_context(form)))
    ours, theirs = package.document[0], source.document[0]
    blocks = graft(package, source)
    titles = {_bare(title) for title in (form.name, *form.titles)}
    while blocks and blocks[0].tag == _w("p") and _bare(_text(blocks[0])) in titles | {""}:
        blocks.pop(0)  # the notice sets the title itself
    other_page = differs(ours, theirs)
    if not other_page:
        room = standard.TEXT_HEIGHT - 2 * standard.LINE - insertion.title_lines * standard.TITLE_LINE
        _fit(blocks, room - imprint - _SLACK)
    for block in blocks:
        place.addprevious(block)
    if other_page and blocks:
        enclose(_page_start(_Body(package), place), blocks[-1], theirs)
    ours.remove(place)


def _page_start(body: _Body, place: etree._Element) -> etree._Element:
    """Return the 附件标签 above ``place``, with which its page begins."""
    labels = body.styled(styles.ATTACHMENT_LABEL)
    above = [item for item in place.itersiblings(preceding=True) if any(item is label for label in labels)]
    return above[0] if above else place


def _fit(blocks: list[etree._Element], room: int) -> None:
    """Lower the tall empty rows of a form that filled a page by itself, so that it still stands on one page."""
    heights = [item for block in blocks for item in block.iter(_w("trHeight"))]
    rows = sum(1 for block in blocks for _ in block.iter(_w("tr")))
    if not rows or len(heights) != rows:
        return  # heights come from the text; nothing to lower
    outside = sum(standard.LINE for block in blocks if block.tag == _w("p") and _text(block))
    excess = sum(_height(item) for item in heights) + outside - room
    tall = [item for item in heights if _height(item) > _SHORT_ROW]
    spare = sum(_height(item) - _SHORT_ROW for item in tall)
    if 0 < excess <= spare:
        for item in tall:
            lower = math.ceil(excess * (_height(item) - _SHORT_ROW) / spare)
            item.set(_w("val"), str(_height(item) - lower))


def _height(item: etree._Element) -> int:
    return int(float(item.get(_w("val")) or 0))


def _line(item: etree._Element, height: int) -> None:
    """Set the exact line height of a paragraph, in twips."""
    spacing = placed(properties_of(item, "pPr"), "spacing")
    spacing.set(_w("line"), str(height))
    spacing.set(_w("lineRule"), "exact")


def _indent(item: etree._Element, left: int) -> None:
    indent = placed(properties_of(item, "pPr"), "ind")
    indent.set(_w("left"), str(left))
    indent.set(_w("right"), str(-standard.chars(2)))


def _style_id(item: etree._Element) -> str | None:
    style = item.find(f"{_w('pPr')}/{_w('pStyle')}")
    return None if style is None else style.get(_w("val"))


def _name(style: etree._Element) -> str | None:
    name = style.find(_w("name"))
    return None if name is None else name.get(_w("val"))


def _text(item: etree._Element) -> str:
    """Return a paragraph's own text, without that of text boxes anchored in it."""
    found = item.iter(_w("t"), _w("br"))
    inner = (node for node in found if next(node.iterancestors(_w("p"))) is item)
    return "".join("\n" if node.tag == _w("br") else node.text or "" for node in inner)


def _bare(text: str) -> str:
    return "".join(text.split())


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
