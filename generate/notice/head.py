"""版头 (GB/T 9704-2012 7.2, 10.1-10.3): its rows, the mark of one organ or several, the signers beside 文号.

Knows what stands there and, once a template is filled, the heights and places that depend on the text.
"""

from __future__ import annotations

from lxml import etree

from forms import Issuer, Kind, Notice
from generate.render import Value
from generate.standard import numbers as standard
from generate.standard.titles import width
from generate.word import styles
from generate.word.ordering import placed, properties_of
from generate.word.rendered import Body, set_line, set_size, set_tabs, text_of, w

_ORDER_OFFSET = standard.twips(20)  # 命令: the mark's upper edge below that of the 版心 (10.2)
_LETTER_RISE = 150  # 信函: the first row stands 4.9 mm, 7/8 of a 三号 character, under the double line (10.1)
_WORD = "文件"
_LABEL = "签发人："
_JOINT_HEIGHT = 3600  # twips that a mark of several organs takes at most, so that page one shows text (7.3.3)
_JOINT_PITCH = 1.3  # line of a joint mark in sizes of its characters
_JOINT_AIR = 0.21  # of which so much is above the ink of the first name (measured)


def head(item: Notice, issuer: Issuer) -> dict[str, Value]:
    """Return what the tags of 版头 stand for."""
    signers = _signers(item.signers) if item.kind.upward else ()
    return {
        "版头": _rows(item),
        "标志": _mark(item, issuer),
        "联合": item.joint if len(item.joint) > 1 else (),
        "联合文件": _WORD,
        "签发行": signers,
        "文号": item.number,
    }


def _rows(item: Notice) -> tuple[Value, ...]:
    """Return the rows of the upper left corner; 密级 stands in row 2 even where there is no 份号 (7.2.2)."""
    found: list[tuple[str, bool]] = []
    if item.copy_number or (item.secrecy and item.kind is not Kind.LETTER):
        found.append((item.copy_number, False))
    if item.secrecy:
        found.append((item.secrecy + (f"★{item.secret_for}" if item.secret_for else ""), True))
    if item.urgency:
        found.append((item.urgency, True))
    return tuple({"文": text, "黑体": black} for text, black in found)


def _mark(item: Notice, issuer: Issuer) -> str:
    """Return the mark: as ``work.yaml`` has it, with the ending that the kind of document asks for."""
    name = issuer.mark.removesuffix(_WORD)
    endings = {Kind.ORDER: "令", Kind.MINUTES: "纪要"}
    if item.kind in endings:
        ending = endings[item.kind]
        return issuer.mark if issuer.mark.endswith(ending) else name + ending
    return name if item.kind is Kind.LETTER else issuer.mark


def _signers(names: tuple[str, ...]) -> tuple[Value, ...]:
    """Return the rows of 签发人, two names each, the label in the first (7.2.6)."""
    pairs = [names[place : place + 2] for place in range(0, len(names), 2)] or [("",)]
    return tuple(
        {"标签": _LABEL if number == 0 else "", "姓名": "\u3000".join(pair)}
        for number, pair in enumerate(pairs)
    )


def settle_head(body: Body, kind: Kind = Kind.DOWNWARD) -> None:
    """Set what depends on the text of 版头: the mark's width and place, the signers' place."""
    for item in body.styled(styles.MARK, styles.LETTER_MARK):
        _narrow(item)
    offset = _ORDER_OFFSET if kind is Kind.ORDER else standard.MARK_OFFSET
    for space in body.styled(styles.MARK_SPACE):
        above = body.styled(styles.HEAD_ROW, styles.HEAD_ROW_BLACK)
        room = max(offset - _joint_air(body) - len(above) * standard.LINE, 20)
        if room != standard.MARK_OFFSET:
            set_line(space, room)
    for first in body.styled(styles.LETTER_HEAD, styles.LETTER_NUMBER)[:1]:
        set_line(first, standard.LINE - _LETTER_RISE)
    _settle_signers(body)


def _narrow(mark: etree._Element) -> None:
    """Squeeze a mark that is wider than the 版心, as printers do with long names."""
    full = width(text_of(mark)) * standard.SIZE_MARK * 20
    if full <= standard.TEXT_WIDTH:
        return
    for run in mark.iter(w("r")):
        scale = placed(properties_of(run, "rPr"), "w")
        scale.set(w("val"), str(int(standard.TEXT_WIDTH * 100 / full)))


def _joint_air(body: Body) -> int:
    """Choose a size at which all names stand above one another with 文件 beside them, and the columns' widths.

    Return the air above the first name in twips, 0 for a mark of one organ.
    """
    marks = body.styled(styles.JOINT_MARK)
    if not marks:
        return 0
    *names, _word = marks
    longest = max(width(text_of(item)) for item in names)
    wide = (standard.TEXT_WIDTH - 300) / 20 / (longest + len(_WORD) + 1)
    tall = _JOINT_HEIGHT / 20 / len(names) / _JOINT_PITCH
    size = float(int(min(standard.SIZE_MARK, wide, tall)))
    for item in marks:
        set_size(item, size)
        set_line(item, round(size * 20 * _JOINT_PITCH))
    columns = (round((longest + 0.5) * size * 20), round((len(_WORD) + 0.5) * size * 20))
    table = next(marks[0].iterancestors(w("tbl")))
    for cell, column in zip(table.iter(w("tc")), columns, strict=True):
        placed(properties_of(cell, "tcPr"), "tcW").set(w("w"), str(column))
    for column_, column in zip(table.iter(w("gridCol")), columns, strict=True):
        column_.set(w("w"), str(column))
    return round(_JOINT_AIR * size * 20)


def _settle_signers(body: Body) -> None:
    """Let the widest row of signers end one character from the right edge, all first names above one another."""
    rows = body.styled(styles.SIGNER, styles.NUMBER_UP)
    if not rows:
        return
    names = [text_of(item).rpartition("\t")[2].removeprefix(_LABEL) for item in rows]
    edge = standard.TEXT_WIDTH - standard.chars(1)
    place = edge - max(standard.chars(width(name)) for name in names)
    for item in rows:
        label = _LABEL in text_of(item)
        set_tabs(item, (("left", place - standard.chars(width(_LABEL)) if label else place),))


def head_height(lines: int, title_lines: int) -> int:
    """Return the height in twips from the 版心's edge to 主送机关 with ``lines`` rows of 文号 and signers (7.2, 7.3.1)."""
    blank = 2 + 2 + 1
    return (
        standard.MARK_OFFSET
        + standard.MARK_LINE
        + (blank + lines) * standard.LINE
        + title_lines * standard.TITLE_LINE
        + standard.RULE_SPACE * 20
    )
