"""署名, 成文日期, seals and 签名章 (GB/T 9704-2012 7.3.5): what the tags stand for, and indents once the text is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from forms import Kind, Notice, Sealing, Work
from generate.package import TemplateError
from generate.render import Value
from generate.standard import numbers as standard
from generate.standard.titles import width
from generate.word import styles
from generate.word.images import anchored, inline
from generate.word.ordering import placed, properties_of
from generate.word.parts import Package
from generate.word.rendered import Body, set_indent, set_tabs, text_of, w

SEAL = standard.twips(42)
"""Diameter of a seal: that of a county's or a bureau's organ (P)."""

_CHAR = round(standard.SIZE_BODY * 20)  # 空一字, nominal
_SEAL_RISE = standard.twips(
    24.4
)  # the line between 署名 and date stands a little below the seal's centre (7.3.5.1)
_SEAL_GAP = standard.twips(4)  # between two seals of a row, which may not touch
_SEAL_LINES = 4  # between two rows of seals: five lines are 51 mm
_STAMP_ROOM = standard.twips(40)  # width of a 签名章
_STAMP_HEIGHT = standard.twips(18)


def signing(item: Notice, work: Work, day: str) -> dict[str, Value]:
    """Return what the tags of the document's end stand for; ``day`` is the 成文日期 as written."""
    names = _names(item, work)
    sealed = item.sealing in (Sealing.ROOM, Sealing.IMAGE)
    unsigned = item.kind is Kind.CONSULTATION
    stamped = item.sealing is Sealing.SIGNATURE and item.stamp is not None
    rows = _sealed_rows(names, day) if sealed else tuple((name,) for name in names)
    return {
        "署名": "、".join(names),
        "署名行": ()
        if stamped or unsigned
        else tuple(_row(row, last=not sealed or row is rows[-1]) for row in rows),
        "署名上空": (True,) * (2 if sealed or stamped else 1),
        "签名章职务": item.stamp.post if stamped and item.stamp is not None else "",
        "成文日期": day,
        "附注": _remark(item.remark),
    }


def _names(item: Notice, work: Work) -> tuple[str, ...]:
    return item.joint if len(item.joint) > 1 else (work.issuer.name,)


def _row(names: tuple[str, ...], *, last: bool) -> Value:
    """Return a line of 署名; ``last`` is that above the date, others are followed by room for their seals."""
    several = len(names) > 1
    text = "".join(f"\t{name}" for name in names) if several else names[0]
    return {"文": text, "并列": several, "下空": () if last else (True,) * _SEAL_LINES}


def _remark(text: str) -> str:
    return text if not text or text.startswith(("（", "(")) else f"（{text}）"


def _sealed_rows(names: tuple[str, ...], day: str) -> tuple[tuple[str, ...], ...]:
    """Return the organs in rows that seals fit into side by side; the last row ends with the last organ."""
    pitch = _pitch(names)
    room = standard.TEXT_WIDTH - (_centre_from_right(day)) - max(SEAL, _widest(names)) // 2
    each = 1 + max(0, room // pitch)
    return tuple(names[place : place + each] for place in range(0, len(names), each))


def _widest(names: Sequence[str]) -> int:
    return max(standard.chars(width(name)) for name in names)


def _pitch(names: Sequence[str]) -> int:
    return max(SEAL + _SEAL_GAP, _widest(names) + standard.chars(1))


def _centre_from_right(day: str) -> int:
    return 4 * _CHAR + standard.chars(width(day)) // 2


def settle_signing(package: Package, body: Body, item: Notice, folder: Path) -> None:
    """Set the places of 署名 and date as the sealing asks for, and put seals or a 签名章 there."""
    groups = _groups(body)
    if not groups:
        return
    (rows, day), *annexes = groups
    days = [day]
    for own, theirs in annexes:  # a text that is carried or attached and signed itself bears no seal here
        _unsealed(own, theirs)
    if item.sealing in (Sealing.ROOM, Sealing.IMAGE) and rows:
        centres = _sealed(rows, days[0])
        if item.sealing is Sealing.IMAGE:
            _seal(package, rows, centres, [folder / path for path in item.seals])
    elif item.sealing is Sealing.SIGNATURE and item.stamp is not None:
        _right(days[0], 4 * _CHAR)
        _stamp(package, body, item, folder)
    else:
        _unsealed(rows, days[0])


def _unsealed(rows: list[etree._Element], day: etree._Element) -> None:
    """Set 署名 and date without seal (7.3.5.2); of several organs the last decides about the date."""
    for row in rows:
        left, day_left = signature_indents(text_of(row), text_of(day))
        set_indent(row, left, -standard.chars(2))
        set_indent(day, day_left, -standard.chars(2))  # wide figures may reach into the margin, not wrap


def _groups(body: Body) -> list[tuple[list[etree._Element], etree._Element]]:
    """Return each date with the lines of 署名 above it, the document's own first."""
    found: list[tuple[list[etree._Element], etree._Element]] = []
    rows: list[etree._Element] = []
    for item in body.styled(styles.SIGNATURE, styles.JOINT_SIGNATURE, styles.DATE):
        if body.style_name(item) == styles.DATE.name:
            found.append((rows, item))
            rows = []
        else:
            rows.append(item)
    return found


def settle_unsealed(body: Body) -> None:
    """Set every 署名 and the date below it without seal."""
    names = {styles.SIGNATURE.name, styles.JOINT_SIGNATURE.name}
    for day in body.styled(styles.DATE):
        rows: list[etree._Element] = []
        above = day.getprevious()
        while above is not None and body.style_name(above) in names:
            rows.insert(0, above)
            above = above.getprevious()
        _unsealed(rows, day)


def signature_indents(name: str, day: str) -> tuple[int, int]:
    """Return the left indents in twips of 署名 and 成文日期 without seal (7.3.5.2).

    署名 ends two characters from the right edge and the date begins two characters after it; a date that is longer ends
    two characters from the edge itself, and 署名 begins two characters before it.
    """
    two = 2 * _CHAR
    name_width, day_width = standard.chars(width(name)), standard.chars(width(day))
    if day_width > name_width:
        day_left = standard.TEXT_WIDTH - two - day_width
        return max(day_left - two, 0), day_left
    name_left = max(standard.TEXT_WIDTH - two - name_width, 0)
    return name_left, name_left + two


def _sealed(rows: list[etree._Element], day: etree._Element) -> list[list[int]]:
    """Set the date four characters from the right and 署名 centred over it (7.3.5.1); return the names' centres."""
    names = [name for row in rows for name in text_of(row).split("\t") if name]
    centre = standard.TEXT_WIDTH - _centre_from_right(text_of(day))
    edge = standard.TEXT_WIDTH - standard.chars(width(names[-1])) // 2
    if centre <= edge:
        _right(day, 4 * _CHAR)
    else:  # a long name reaches the edge, the date stays under its middle
        centre = edge
        _centre(day, centre)
    found = []
    for row in rows:
        count = len([name for name in text_of(row).split("\t") if name])
        centres = [centre - _pitch(names) * back for back in range(count - 1, -1, -1)]
        if "\t" in text_of(row):
            set_tabs(row, tuple(("center", place) for place in centres))
        else:
            _centre(row, centre)
        found.append(centres)
    return found


def _seal(package: Package, rows: list[etree._Element], centres: list[list[int]], images: list[Path]) -> None:
    """Put the seals over their names, in the order of the organs."""
    places = [(row, centre) for row, several in zip(rows, centres, strict=True) for centre in several]
    if len(images) != len(places):
        raise TemplateError(
            f"有 {len(places)} 个发文机关，却有 {len(images)} 个印章图片。请在“印章”里按次序每个机关写一个"
        )
    for (row, centre), image in zip(places, images, strict=True):
        left = centre - SEAL // 2
        above = standard.LINE - _SEAL_RISE
        row.append(anchored(package, image, SEAL, (left, above)))


def _stamp(package: Package, body: Body, item: Notice, folder: Path) -> None:
    """Put the 签名章 beside the post, or leave room for it (7.3.5.3)."""
    assert item.stamp is not None  # noqa: S101 - for the type checker
    for line in body.styled(styles.STAMP):
        if item.stamp.image is None:
            _right(line, 4 * _CHAR + _STAMP_ROOM)
        else:
            spacing = placed(properties_of(line, "pPr"), "spacing")
            spacing.set(w("line"), "240")
            spacing.set(w("lineRule"), "auto")  # as tall as the picture
            placed(properties_of(line, "pPr"), "textAlignment").set(w("val"), "center")
            line.append(inline(package, folder / item.stamp.image, (_STAMP_ROOM, _STAMP_HEIGHT)))


def _right(item: etree._Element, room: int) -> None:
    """Let a line end ``room`` twips from the right edge, however wide its figures are."""
    set_indent(item, 0, room)
    placed(properties_of(item, "pPr"), "jc").set(w("val"), "right")


def _centre(item: etree._Element, place: int) -> None:
    """Centre a line on ``place``, twips from the left edge; a long name may reach into the margin, not wrap."""
    half, spare = standard.TEXT_WIDTH - place, standard.chars(1)
    set_indent(item, place - half - spare, -spare)
    placed(properties_of(item, "pPr"), "jc").set(w("val"), "center")
