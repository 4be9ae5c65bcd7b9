"""A draft laid out to GB/T 9704-2012: every line in the style of what it is, no character of it changed.

Joins taking a draft apart (``drafted``), telling its lines (``roles``), and setting what depends on the text (``finish``).
The draft's package stays as it is: pictures, charts, notes, remarks and tracked changes keep their places in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from generate.notice.finish import settle
from generate.package import TemplateError, members_of, packed
from generate.save import save
from generate.standard import numbers as standard
from generate.standard.levels import heading_end, level_of
from generate.standard.numbers import PRACTICE
from generate.standard.titles import title_lines, width
from generate.word import styles
from generate.word.boxes import anchored_box
from generate.word.foreignstyles import ForeignStyles
from generate.word.ordering import placed, properties_of, rank
from generate.word.parts import Package
from generate.word.rendered import set_indent, set_tabs, text_of, w
from generate.word.runs import bold_part, break_lines, face, plain, shows, tab_instead

from .blocks import Block, blocks_of, opened
from .cells import PREFIX, restyle, settle_table
from .frame import Frame
from .roles import Role, roles

_STYLES = {
    Role.COPY_NUMBER: styles.HEAD_ROW,
    Role.SECRECY: styles.HEAD_ROW_BLACK,
    Role.MARK: styles.MARK,
    Role.NUMBER: styles.NUMBER,
    Role.NUMBER_SIGNERS: styles.NUMBER_UP,
    Role.SIGNERS: styles.SIGNER,
    Role.TITLE: styles.TITLE,
    Role.TITLE_NOTE: styles.CONSULTATION,
    Role.NUMBER_BELOW: styles.ORDER_NUMBER,
    Role.ADDRESSEES: styles.ADDRESSEES,
    Role.NOTE: styles.NOTE,
    Role.NOTE_ONE: styles.NOTE_ONE,
    Role.NOTE_NEXT: styles.NOTE_NEXT,
    Role.NOTE_REST: styles.NOTE_NEXT,
    Role.SIGNATURE: styles.SIGNATURE,
    Role.DATE: styles.DATE,
    Role.SIGNED_DATE: styles.DATE,
    Role.REMARK: styles.REMARK,
    Role.LABEL: styles.ATTACHMENT_LABEL,
    Role.IMPRINT: styles.IMPRINT,
}
_HEADS = (Role.COPY_NUMBER, Role.SECRECY)
_TITLES = (Role.TITLE, Role.TITLE_NOTE, Role.NUMBER_BELOW)
_HEADED = (Role.NUMBER, Role.NUMBER_SIGNERS, Role.MARK)
_SPACED = (Role.NOTE, Role.NOTE_ONE, Role.SIGNED_DATE, Role.SIGNATURE)
_LEVELS = (styles.BODY, styles.LEVEL_1, styles.LEVEL_2, styles.LEVEL_3, styles.LEVEL_4)
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_EMU = 635
_TITLE_ROOM = 20  # characters of a title that fit in a line
_PICTURES = (f"{{{_WP}}}inline", w("object"), w("pict"))
_WORD = (".docx", ".docm", ".dotx")
_TEXTS = (".md", ".markdown", ".txt")


def lay_out(draft: Path, out: Path) -> Path:
    """Write ``draft`` (Word, Markdown or plain text) to ``out`` as a document to the standard and return ``out``.

    Raise ``TemplateError`` when it cannot be read whole, ``OutputError`` when ``out`` cannot be written.
    """
    return save(packed(laid_out(draft_members(draft), draft.name)), out)


def draft_members(draft: Path) -> dict[str, bytes]:
    """Return the package of a draft, that of a text in Markdown or plain made for it."""
    from .markdown import members_of_text

    suffix = draft.suffix.lower()
    if suffix in _TEXTS:
        return members_of_text(draft)
    if suffix in _WORD:
        return members_of(draft, "草稿")
    raise TemplateError(f"{draft.name} 不是能排版的草稿。可用 .docx、.md、.txt、.doc、.wps、.rtf、.odt")


def laid_out(members: dict[str, bytes], name: str, *, whole: bool = True) -> dict[str, bytes]:
    """Return the members of a draft laid out; unless ``whole``, all of it is text without title or 署名."""
    package = opened(members, name)
    theirs = {str(style.get(w("styleId"))): style for style in package.styles.iter(w("style"))}
    blocks = blocks_of(package)
    if all(block.empty for block in blocks):
        raise TemplateError(f"草稿 {name} 是空的。请写好正文再排版")
    seen = [block for block in blocks if not block.empty]
    found = roles([block.line for block in seen]) if whole else tuple(map(_only_text, seen))
    frame = Frame(package)
    sheet = _Sheet(frame, theirs, headings=_first_heading(seen, found))
    places = iter(range(len(seen)))
    for block in blocks:
        if block.empty:
            sheet.skip(block)
        else:
            place = next(places)
            sheet.put(block, found[place], alone=_alone(found, place))
    body = package.document.find(w("body"))
    assert body is not None  # noqa: S101 - looked for when the draft was opened
    final = body.find(w("sectPr"))
    body[:] = [*sheet.elements, *sheet.imprint_box(), frame.section(final)]
    _bring_styles(package, frame)
    settle(package)
    return package.members()


def _only_text(block: Block) -> Role:
    return Role.BLOCK if block.line.block else Role.TEXT


def _alone(found: tuple[Role, ...], place: int) -> bool:
    """Whether a title has one line only."""
    before = found[place - 1] if place else None
    after = found[place + 1] if place + 1 < len(found) else None
    return Role.TITLE not in (before, after)


def _first_heading(seen: list[Block], found: tuple[Role, ...]) -> int:
    """Return the outline level, from 1, of the highest heading below the title."""
    levels = [
        block.line.heading
        for block, role in zip(seen, found, strict=True)
        if role is Role.TEXT and block.line.heading
    ]
    return min(levels, default=1)


def _bring_styles(package: Package, frame: Frame) -> None:
    """Put our styles in the place of the draft's; those that its notes and boxes need come along."""
    foreign = ForeignStyles(frame.ours, package)
    trees = [package.document]
    for kind in ("footnotes", "endnotes", "comments", *frame.headers):
        part = f"word/{kind}.xml"
        if part in package.parts:
            package.trees[part] = etree.fromstring(package.parts[part])
            trees.append(package.trees[part])
    foreign.bring(trees)
    for use in package.document.iter(w("pStyle")):
        use.set(w("val"), str(use.get(w("val"))).removeprefix(PREFIX))
    package.styles = frame.ours.styles


@dataclass(slots=True)
class _Sheet:
    """Takes blocks with their roles and grows the new body."""

    frame: Frame
    theirs: dict[str, etree._Element]
    headings: int
    elements: list[etree._Element] = field(default_factory=list)
    imprint: list[etree._Element] = field(default_factory=list)
    previous: Role | None = None
    page: bool = False
    headed: bool = False

    def skip(self, block: Block) -> None:
        """Leave an empty line out; a page break, a section's end and marks in it stay."""
        self.page = self.page or block.line.page
        marks = [node for node in block.element if node.tag not in (w("pPr"), w("r"))]
        if self.elements and self.elements[-1].tag == w("p"):
            self.elements[-1].extend(marks)
        if block.section is not None:
            ending = _styled(styles.HAIR)
            properties_of(ending, "pPr").append(self.frame.section(block.section))
            self.elements.append(ending)

    def put(self, block: Block, role: Role, *, alone: bool) -> None:
        """Add a block as what it is."""
        starts_page = (block.line.page or self.page) and bool(self.elements)
        self.page = False
        item = block.element
        if role is Role.IMPRINT:
            restyle(item, styles.IMPRINT)
            plain(item, bold=False)
            _settle_imprint(item, text_of(item))
            self.imprint.append(item)
            return
        self._space(role)
        if role is Role.BLOCK:
            self._block(item)
        elif role is Role.TEXT:
            self._text(item, block)
        else:
            self._element(item, role, alone)
        if item.tag == w("p"):
            if (starts_page and role is not Role.LABEL) or self._carried(role):
                placed(properties_of(item, "pPr"), "pageBreakBefore")
            if block.section is not None:
                properties = properties_of(item, "pPr")
                properties.append(self.frame.section(block.section))
                properties[:] = sorted(properties, key=rank)
        self.elements.append(item)
        self.headed = role in _HEADED or (role is Role.BLOCK and (self.headed or self.previous is None))
        self.previous = role

    def _carried(self, role: Role) -> bool:
        """Whether the title of a carried text begins here, on a page of its own."""
        return role is Role.TITLE and self.previous in (Role.DATE, Role.SIGNED_DATE, Role.REMARK)

    def _space(self, role: Role) -> None:
        """Add the empty lines that the standard asks for above ``role``."""
        previous = self.previous
        if role is Role.MARK:
            self.elements.append(_styled(styles.MARK_SPACE))
        count = 0
        if role in (Role.NUMBER, Role.NUMBER_SIGNERS, Role.SIGNERS):
            count = 2 if previous is Role.MARK else 0
        elif role is Role.TITLE and (self.headed or (previous is None and self.frame.headed)):
            count = 2
        elif role is Role.TITLE:
            count = 1 if previous is Role.LABEL else 0
        elif (
            (previous in _TITLES and role not in _TITLES)
            or role in (Role.NOTE, Role.NOTE_ONE, Role.SIGNED_DATE)
            or role is Role.SIGNATURE
        ):
            count = 1
        self.elements += [_styled(styles.BLANK) for _ in range(count)]

    def _element(self, item: etree._Element, role: Role, alone: bool) -> None:
        restyle(item, _STYLES[role])
        plain(item, bold=False)
        text = text_of(item)
        if role is Role.TITLE and "\n" not in text and (alone or width(text) > _TITLE_ROOM):
            lines = title_lines(text)
            break_lines(item, [sum(map(len, lines[:number])) for number in range(1, len(lines))])
        elif role is Role.NUMBER_SIGNERS:
            start = text.index("签")
            bare = len(text[:start].rstrip())
            if bare < start:
                tab_instead(item, bare, start)
        elif role is Role.SIGNED_DATE:
            _sign_one_line(item, text)

    def _text(self, item: etree._Element, block: Block) -> None:
        text = text_of(item)
        level = level_of(text)
        end = heading_end(text)
        if level in (1, 2) and not end:
            level = 0
        if not level and block.line.heading:
            level = min(block.line.heading - self.headings + 1, 4)
        run_in = level in (1, 2) and 0 < end < len(text)
        bold = bold_part(item) and not (level in (1, 2) and not run_in)
        restyle(item, styles.BODY if run_in else _LEVELS[level])
        plain(item, bold=bold)
        if run_in:
            face(item, end, PRACTICE.hei if level == 1 else PRACTICE.kai)
        if block.line.centred and not level and len(text) <= 40:
            _centre(item)
        _open_lines(item)

    def _block(self, item: etree._Element) -> None:
        if item.tag == w("tbl"):
            settle_table(item, standard.TEXT_WIDTH, self.theirs)
        elif shows(item):
            restyle(item, styles.BODY)
            plain(item, bold=False)
            _centre(item)
            _open_lines(item)
        _fit_pictures(item)

    def imprint_box(self) -> list[etree._Element]:
        """Return the 版记 as a box at the foot of the last page, nothing where the draft has none."""
        if not self.imprint:
            return []
        thick, thin = standard.IMPRINT_THICK, standard.IMPRINT_THIN
        lines = [_rule(thick)]
        for number, item in enumerate(self.imprint):
            lines += ([_rule(thin)] if number else []) + [item]
        run = etree.fromstring(anchored_box("", (standard.TEXT_WIDTH, 500), _FOOT, "版记"))
        next(run.iter(w("txbxContent"))).extend([*lines, _rule(thick)])
        anchor = _styled(styles.BLANK)
        anchor.append(run)
        return [anchor]


_FOOT = (
    '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
)


def _settle_imprint(item: etree._Element, text: str) -> None:
    """Let 抄送 wrap under its first organ, and 印发日期 end one character from the right edge (7.4.2, 7.4.3)."""
    if re.match("(抄送|主送|抄报|分送)[：:]", text):
        set_indent(item, 4 * standard.IMPRINT_INDENT, standard.IMPRINT_INDENT)
        placed(properties_of(item, "pPr"), "ind").set(w("hanging"), str(3 * standard.IMPRINT_INDENT))
    gap = re.search(r"\s+(?=\S*\d日\s*印发$)", text)
    if gap is not None and gap.start():
        tab_instead(item, gap.start(), gap.end())
        set_tabs(item, (("right", standard.TEXT_WIDTH - standard.IMPRINT_INDENT),))


def _sign_one_line(item: etree._Element, text: str) -> None:
    """Let 署名 and date that stand in one line, or a date alone, end four characters from the right edge."""
    edge = standard.TEXT_WIDTH - 4 * round(standard.SIZE_BODY * 20)
    gap = re.search(r"\s{2,}|\t", text)
    if gap is not None:
        tab_instead(item, gap.start(), gap.end())
        tight = standard.chars(width(text[: gap.start()]) + width(text[gap.end() :]) + 4) > edge
        set_tabs(item, (("right", standard.TEXT_WIDTH if tight else edge),))
        set_indent(item, 0 if tight else standard.chars(2))
    else:
        set_indent(item, 0, standard.TEXT_WIDTH - edge)
        placed(properties_of(item, "pPr"), "jc").set(w("val"), "right")


def _styled(style: styles.Style) -> etree._Element:
    item = etree.Element(w("p"))
    restyle(item, style)
    return item


def _rule(size: int) -> etree._Element:
    item = _styled(styles.HAIR)
    border = etree.SubElement(properties_of(item, "pPr"), w("pBdr"))
    values = {"val": "single", "sz": str(size), "space": "0", "color": "auto"}
    etree.SubElement(border, w("top"), {w(key): value for key, value in values.items()})
    return item


def _centre(item: etree._Element) -> None:
    indent = placed(properties_of(item, "pPr"), "ind")
    for key, value in (("left", "0"), ("right", "0"), ("firstLineChars", "0"), ("firstLine", "0")):
        indent.set(w(key), value)
    placed(properties_of(item, "pPr"), "jc").set(w("val"), "center")


def _open_lines(item: etree._Element) -> None:
    """Let lines with pictures be as tall as those: an exact line cuts them off."""
    maths = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
    if any(next(item.iter(tag), None) is not None for tag in (*_PICTURES, maths)):
        spacing = placed(properties_of(item, "pPr"), "spacing")
        spacing.set(w("line"), "240")
        spacing.set(w("lineRule"), "auto")
        _fit_pictures(item)


def _fit_pictures(item: etree._Element) -> None:
    """Make pictures that are wider than the 版心 as wide as it."""
    room = (standard.TEXT_WIDTH - 20) * _EMU
    for drawing in item.iter(f"{{{_WP}}}inline", f"{{{_WP}}}anchor"):
        for side in ("distT", "distB", "distL", "distR"):
            drawing.set(side, drawing.get(side) or "0")  # LibreOffice keeps a distance where none is given
        extent = drawing.find(f"{{{_WP}}}extent")
        across = 0 if extent is None else int(extent.get("cx") or 0)
        if across > room:
            for size in (extent, *drawing.iter(f"{{{_A}}}ext")):
                if size is not None and size.get("cx") is not None:
                    for key in ("cx", "cy"):
                        size.set(key, str(int(size.get(key) or 0) * room // across))
