"""What may not be parted by the end of a page: 附件说明, 署名 and date from the text above them (7.3.5.5).

Works on paragraphs by the names of their styles; where pages end is estimated in ``flow``, the pitch in ``onepage``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from generate.standard import numbers as standard
from generate.word import styles
from generate.word.ordering import placed, properties_of
from generate.word.rendered import Body, keep_with_next, line_of, set_line, text_of, w

from .flow import Stretch, stays_with_text
from .onepage import SEAL_SPACE, fit, flexible, lines

_TEXT = (styles.BODY, styles.LEVEL_1, styles.LEVEL_2, styles.LEVEL_3, styles.LEVEL_4)
_TEXT_NAMES = {style.name for style in _TEXT}
_NOTES = (styles.NOTE, styles.NOTE_ONE, styles.NOTE_NEXT)
_SIGNED = (styles.SIGNATURE, styles.JOINT_SIGNATURE, styles.STAMP, styles.DATE)
_ENDING = (*_NOTES, *_SIGNED, styles.REMARK)
_BY_NAME = {style.name: style for style in styles.ALL}
LETTER_ROOM = 1190  # twips that head and foot of a 信函 take from the 版心 of page one (measured)
_HANG = 470  # twips by which a seal hangs below a date in close lines, less what it may hang into the lower margin
_PICTURE_ROOM = 1100  # twips of a line that is as tall as a 签名章


def tighten(body: Body) -> None:
    """Let 署名 and date of a short notice stand on a page with text (7.3.5.5)."""
    front = _front(body)
    single = (styles.JOINT_MARK.name, styles.HAIR.name)
    words = [(style, "" if style.name in single else text_of(item)) for item, style in front]
    if any(_sealed(body, item) for item, _ in front):
        words.append((replace(styles.HAIR, line=_HANG), ""))
    found = fit(words)
    if found is None:
        return
    for item, style in front:
        if flexible(style):
            set_line(item, found.line + style.line - styles.BODY.line)
        if style.name in _TEXT_NAMES and found.apart:
            _set_apart(item, style, found.apart)
        if style.name in _TEXT_NAMES and found.line > standard.LINE:
            return  # what comes on page two needs no wider lines


def _front(body: Body) -> list[tuple[etree._Element, styles.Style]]:
    """Return the paragraphs up to the date with the heights that they really have; nothing where some are not known."""
    front: list[tuple[etree._Element, styles.Style]] = []
    for item in body.root[0]:
        if not front and _letter(body, item):
            front.append((item, replace(styles.HAIR, line=LETTER_ROOM)))
        joint = [(mark, _style(body, mark)) for mark in _joint_marks(body, item)]
        style = _style(body, item)
        if joint:
            front += [(mark, known) for mark, known in joint if known is not None]
            continue
        if item.tag != w("p") or style is None:
            return []  # an edited template with elements of its own
        front.append((item, style))
        if style.name == styles.DATE.name:
            break
    return [(item, SEAL_SPACE if _between_seals(body, item) else style) for item, style in front]


def _sealed(body: Body, item: etree._Element) -> bool:
    """Whether ``item`` names organs that seals stand over or get room over: centred, or by tabs (``signing``)."""
    if body.style_name(item) not in (styles.SIGNATURE.name, styles.JOINT_SIGNATURE.name):
        return False
    own = item.find(w("pPr"))
    align = None if own is None else own.find(w("jc"))
    tabs = None if own is None else own.find(w("tabs"))
    return tabs is not None or (align is not None and align.get(w("val")) == "center")


def _between_seals(body: Body, item: etree._Element) -> bool:
    """Whether ``item`` is an empty line below one row of sealed organs; that of the date follows the last."""
    above: etree._Element | None = item
    while above is not None and body.style_name(above) == styles.BLANK.name:
        above = above.getprevious()
    return above is not None and above is not item and _sealed(body, above)


def _set_apart(item: etree._Element, style: styles.Style, more: int) -> None:
    """Set the characters of a paragraph ``more`` twips further apart, with 左空二字 of such characters."""
    for run in item.iter(w("r")):
        placed(properties_of(run, "rPr"), "spacing").set(w("val"), str(style.spacing + more))
    indent = placed(properties_of(item, "pPr"), "ind")
    indent.set(w("firstLineChars"), "0")
    indent.set(w("firstLine"), str(style.first + 2 * more))


def _letter(body: Body, item: etree._Element) -> bool:
    """Whether ``item`` is the first line of a 信函."""
    return body.style_name(item) in (styles.LETTER_HEAD.name, styles.LETTER_NUMBER.name)


def _joint_marks(body: Body, item: etree._Element) -> list[etree._Element]:
    """Return the names above one another in the table of a joint mark, none where ``item`` is no such table."""
    if item.tag != w("tbl"):
        return []
    marks = [mark for mark in item.iter(w("p")) if body.style_name(mark) == styles.JOINT_MARK.name]
    return marks[:-1]  # the last is 文件, beside the names


def _style(body: Body, item: etree._Element) -> styles.Style | None:
    """Return the style of a paragraph with the height that its lines really have."""
    style = _BY_NAME.get(body.style_name(item) or "")
    if style is None:
        return None
    if next(item.iter(w("drawing")), None) is not None and style.name == styles.STAMP.name:
        return replace(style, line=_PICTURE_ROOM)
    return replace(style, line=line_of(item) or style.line)


def hold_together(body: Body) -> None:
    """Keep what ends a text - 附件说明, 署名, date, 附注 - together and on a page that shows text (7.3.5.5)."""
    for text, block in _endings(body):
        for item, below in pairwise(block):
            if body.style_name(below) != styles.REMARK.name:
                keep_with_next(item)
        if text is not None:
            _hold(body, text, block)


def _endings(body: Body) -> Iterator[tuple[etree._Element | None, list[etree._Element]]]:
    """Yield the last paragraph of each text, none where a table ends it, with the lines that follow it as its end."""
    ending = {style.name for style in _ENDING}
    texts = _TEXT_NAMES
    above: etree._Element | None = None
    block: list[etree._Element] = []
    for item in [*body.root[0], None]:
        name = None if item is None or item.tag != w("p") else body.style_name(item)
        if item is not None and (name in ending or name == styles.BLANK.name):
            block.append(item)
            continue
        while block and body.style_name(block[-1]) not in ending:
            block.pop()
        if block:
            yield above, block
        above, block = item if name in texts else None, []


def _hold(body: Body, text: etree._Element, block: list[etree._Element]) -> None:
    """Keep ``block`` and the end of ``text`` on one page where pages would part them.

    Word breaks a paragraph that stays with the next; LibreOffice moves it whole and leaves a page half empty.
    """
    earlier = text.getprevious()
    alone = earlier is None or body.style_name(earlier) not in {style.name for style in _TEXT}
    if earlier is None or (alone and earlier.tag == w("p")):
        return  # a text of one paragraph is left free: page one must show text (7.3.3)
    if not _parts_nowhere(body, text, block):
        keep_with_next(text)


def _parts_nowhere(body: Body, text: etree._Element, block: list[etree._Element]) -> bool:
    """Whether no page ends between ``text`` and ``block``, as far as lines can be counted."""
    before: list[Stretch] = []
    item = text.getprevious()
    while item is not None:
        stretch = _stretch(body, item)
        if stretch is None:
            return False  # a table: its height is not known
        before.insert(0, stretch)
        if stretch.page:
            break
        if item.getprevious() is None and _letter(body, item):
            before.insert(0, Stretch(1, LETTER_ROOM))
        item = item.getprevious()
    own, after = _stretch(body, text), [_stretch(body, item) for item in block]
    if own is None:
        return False
    return stays_with_text(before, own, [item for item in after if item is not None])


def _stretch(body: Body, item: etree._Element) -> Stretch | None:
    style = _style(body, item)
    if item.tag != w("p") or style is None:
        return None
    own = item.find(w("pPr"))
    own_page = own is not None and own.find(w("pageBreakBefore")) is not None
    return Stretch(lines(style, text_of(item)), style.line, style.keep, style.page or own_page)
