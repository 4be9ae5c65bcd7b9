"""What a rendered notice needs once its text is known: indents of 署名 and date, the mark's width, forms, 版记.

Works on paragraphs by the names of their styles; a paragraph that an edited template no longer has is passed over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from forms import Form, Notice
from generate.blank.filling import blank_context
from generate.drafts.cells import widen
from generate.package import TemplateError
from generate.render import template
from generate.standard import numbers as standard
from generate.word import styles
from generate.word.graft import graft
from generate.word.parts import Package
from generate.word.rendered import Body, set_line, text_of, w
from generate.word.sections import differs, enclose, turn

from .head import settle_head
from .signing import settle_signing, settle_unsealed, signature_indents
from .together import hold_together, tighten
from .wrapping import wrapped

__all__ = ["Insertion", "finish", "imprint_lines", "signature_indents"]

_SLACK = 160  # borders and rounding of a page that is meant to be full, twips
_SHORT_ROW = 1000  # rows up to this height keep it when a form must be fitted
_IMPRINT_LINE = styles.IMPRINT.line
_WIDE_FIGURE = 0.7  # of a character: figures of a face that replaces 仿宋
_RULE_ROOM = styles.HAIR.line + 24  # the line itself is up to 20 twips thick
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_EMU = 635  # English metric units to the twip


@dataclass(frozen=True, slots=True)
class Insertion:
    """A form to insert under a title of so many lines."""

    form: Form
    title_lines: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What ``finish`` sets a document by: the notice, the work's folder, the template's file name.

    ``grafts`` are texts that come as documents, by the mark that stands in their place.
    """

    notice: Notice
    folder: Path
    template: str
    grafts: Mapping[str, dict[str, bytes]]


def finish(
    members: Mapping[str, bytes], insertions: Mapping[str, Insertion], setting: Setting
) -> dict[str, bytes]:
    """Return ``members`` with the forms inserted for their marks and everything set that depends on the text.

    Raise ``TemplateError`` when the template has no place for a form.
    """
    package = Package(dict(members))
    for mark, text in setting.grafts.items():
        _put_text(package, mark, text, setting)
    body = Body(package)
    settle_head(body, setting.notice.kind)
    settle_signing(package, body, setting.notice, setting.folder)
    hold_together(body)
    tighten(body)
    height = _imprint(body)
    for number, (mark, insertion) in enumerate(insertions.items(), 1):
        place = next((item for item in body.paragraphs() if text_of(item) == mark), None)
        if place is None:
            raise TemplateError(
                f"模板 {setting.template} 里没有放表单的地方。请在附件标题下单独一段写上 {{{{ 页.表单 }}}}"
            )
        _insert(package, place, insertion, height if number == len(insertions) else 0)
    _turn(package, setting.notice)
    return package.members()


def _put_text(package: Package, mark: str, text: dict[str, bytes], setting: Setting) -> None:
    """Put a text's blocks in the place of its mark, wherever that stands."""
    places = [item for item in package.document.iter(w("p")) if text_of(item) == mark]
    if not places:
        raise TemplateError(f"模板 {setting.template} 里没有放正文的地方。请照自带的模板补上正文那几段")
    for place in places:
        for block in graft(package, Package(dict(text))):
            place.addprevious(block)
        parent = place.getparent()
        if parent is not None:
            parent.remove(place)


def _turn(package: Package, notice: Notice) -> None:
    """Put the attachments that are to lie across on landscape pages (clause 8)."""
    labels = Body(package).styled(styles.ATTACHMENT_LABEL)
    for label, item in zip(labels, notice.attachments, strict=False):
        if not item.landscape:
            continue
        last = label
        for after in label.itersiblings():
            boxed = next(after.iter(w("txbxContent")), None) is not None
            if after.tag == w("sectPr") or any(after is other for other in labels) or boxed:
                break
            last = after
        for table in [node for node in (label, *label.itersiblings()) if node.tag == w("tbl")]:
            if (
                table.getparent() is not None
                and label.getparent() is not None
                and _between(label, table, last)
            ):
                widen(table, standard.TEXT_HEIGHT)
        turn(package, label, last)


def _between(first: etree._Element, item: etree._Element, last: etree._Element) -> bool:
    parent = first.getparent()
    return parent is not None and parent.index(first) < parent.index(item) <= parent.index(last)


def settle(package: Package) -> None:
    """Set everything of a laid-out draft that depends on its text: mark, signers, 署名 and dates, page one, 版记."""
    body = Body(package)
    settle_head(body)
    settle_unsealed(body)
    hold_together(body)
    tighten(body)
    _imprint(body)


def _imprint(body: Body) -> int:
    """Make the 版记's box and its anchor as tall as its lines; return that height in twips, 0 without 版记."""
    inside = [
        item
        for item in body.styled(styles.IMPRINT)
        if next(item.iterancestors(w("txbxContent")), None) is not None
    ]
    box = next(inside[-1].iterancestors(f"{{{_WP}}}anchor"), None) if inside else None
    if box is None:
        return 0
    lines = [text_of(item) for item in box.iter(w("p")) if text_of(item)]
    count = sum(imprint_lines(line) for line in lines)
    height = count * _IMPRINT_LINE + (len(lines) + 1) * _RULE_ROOM
    for size in (*box.iter(f"{{{_WP}}}extent"), *box.iter(f"{{{_A}}}ext")):
        if size.get("cy") is not None:
            size.set("cy", str(height * _EMU))
    anchor = next(item for item in box.iterancestors() if item.tag == w("p"))
    set_line(anchor, height)
    return height


def imprint_lines(text: str) -> int:
    """Return how many lines a 版记 entry takes at most: 空一字 at both sides, wrapped under the text after ``抄送：``.

    The box holds its lines at its foot: one that is too tall does no harm, one that is too low hides a line.
    """
    size = standard.chars(1, standard.SIZE_FOUR)
    first = (standard.TEXT_WIDTH - 2 * standard.IMPRINT_INDENT) / size
    later = (standard.TEXT_WIDTH - 5 * standard.IMPRINT_INDENT) / size
    return 1 if "\t" in text else wrapped(text, first, later, _WIDE_FIGURE)


def _insert(package: Package, place: etree._Element, insertion: Insertion, imprint: int) -> None:
    form = insertion.form
    source = Package(template(form.template).render(blank_context(form)))
    ours, theirs = package.document[0], source.document[0]
    blocks = graft(package, source)
    titles = {_bare(title) for title in (form.name, *form.titles)}
    while blocks and blocks[0].tag == w("p") and _bare(text_of(blocks[0])) in titles | {""}:
        blocks.pop(0)  # the notice sets the title itself
    other_page = differs(ours, theirs)
    if not other_page:
        room = standard.TEXT_HEIGHT - 2 * standard.LINE - insertion.title_lines * standard.TITLE_LINE
        _fit(blocks, room - imprint - _SLACK)
    for block in blocks:
        place.addprevious(block)
    if other_page and blocks:
        enclose(package, _page_start(Body(package), place), blocks[-1], theirs)
    ours.remove(place)


def _page_start(body: Body, place: etree._Element) -> etree._Element:
    """Return the 附件标签 above ``place``, with which its page begins."""
    labels = body.styled(styles.ATTACHMENT_LABEL)
    above = [item for item in place.itersiblings(preceding=True) if any(item is label for label in labels)]
    return above[0] if above else place


def _fit(blocks: list[etree._Element], room: int) -> None:
    """Lower the tall empty rows of a form that filled a page by itself, so that it still stands on one page."""
    heights = [item for block in blocks for item in block.iter(w("trHeight"))]
    rows = sum(1 for block in blocks for _ in block.iter(w("tr")))
    if not rows or len(heights) != rows:
        return  # heights come from the text; nothing to lower
    lines = [block for block in blocks if block.tag == w("p") and (text_of(block) or block is blocks[-1])]
    excess = sum(_height(item) for item in heights) + len(lines) * standard.LINE - room
    tall = [item for item in heights if _height(item) > _SHORT_ROW]
    spare = sum(_height(item) - _SHORT_ROW for item in tall)
    if 0 < excess <= spare:
        for item in tall:
            lower = math.ceil(excess * (_height(item) - _SHORT_ROW) / spare)
            item.set(w("val"), str(_height(item) - lower))


def _height(item: etree._Element) -> int:
    return int(float(item.get(w("val")) or 0))


def _bare(text: str) -> str:
    return "".join(text.split())
