"""Lines as paragraphs: where a line broke because it was full, the text goes on.

A line is full when the first word of the next one would not have fitted; it needs no knowledge of alignment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from extract.readers.draft import Line

from .lines import Box, Glyph, TextLine, no_gap
from .manner import HEADING, LABELLED, NUMBERED, Manner, begins_item, breaks_off, manner_of, reached
from .room import Room
from .words import NO_END, NO_HEAD, WIDE, broken, first_word, joint, spacing, within_brackets

_ENDS = "。；！？;!?"
_PAUSES = "，、"
_LETTER = re.compile("[a-z]")
_REMARK = re.compile("[（(][^（）()]{1,6}[)）]")
_TAIL = re.compile("[!-~]+$")
_ADDRESS = re.compile(r"[/@:]|[A-Za-z0-9]\.[A-Za-z]")
_LABELLED = re.compile("[^:：，。；]{2,16}[:：][^:：]+$")
_DATED = re.compile("[:：](?:[12][0-9]{3}年)$")
_DATE = re.compile(r"[12][0-9]{3}(?:年[0-9]{1,2}月[0-9]{1,2}日|([-./])[0-9]{1,2}\1[0-9]{1,2})")
_NO_SPAN = re.compile("[^自从至到于在为是—~～、，：:-]$")  # what a date may follow as one of its own
_MONTH = re.compile("[0-9]{1,2}月")
_OTHER = 1.2  # times another height, from which on letters are of another size
_ASIDE = 4.5  # widths of a character by which no first line is indented
_PARTED = 1.4  # times the least step from line to line: more is space before a paragraph
_BLANK_LINE = 1.8  # heights of a character between two lines: more than the lines of one paragraph ever leave
_HAIR = 0.3  # points by which edges that were told by where text stands may be wrong
_LONG = 0.75  # of the room: a line that ends short of it was not full
_FEW = 4  # lines of prose that tell where it breaks
_SPARE = 2.0  # characters between the longest of them and the edge that the padding tells, at most
_INDENT = 1.5  # characters by which the first line of a paragraph stands in


def paragraphs(lines: Sequence[TextLine], room: Room, cell: bool = False) -> Iterator[tuple[Line, Box]]:
    """Yield the paragraphs of ``lines`` that run within ``room``, that of a ``cell`` or of the page."""
    if not lines:
        return
    spaced = _spaced(lines) if cell else [False] * (len(lines) - 1)
    manner = manner_of(lines)
    joins = [
        not apart and _goes_on(line, following, room, manner, rest)
        for (line, following), apart, rest in zip(pairwise(lines), spaced, _rests(lines), strict=True)
    ]
    if cell:
        _second_look(lines, joins, room, manner, spaced)
    for number in within_brackets([line.said for line in lines], joins):
        if lines[number + 1].box[1] - lines[number].box[3] <= _BLANK_LINE * lines[number].size:
            lines[number].full = joins[number] = True
    text, box = Line(), lines[0].box
    unsure = _unsure(lines, joins, room, manner) if cell else frozenset()
    for number, line in enumerate(lines):
        if number and not joins[number - 1]:
            if _left_open(lines[number - 1], line, room):
                text.doubtful()
            yield text, box
            text, box = Line(), line.box
        if number in unsure:
            text.doubtful()
        glue = _glue(lines[number - 1], line, room) if number and joins[number - 1] else ""
        if glue and cell and not lines[number - 1].glyphs[-1].text.isspace():  # or a word broken in two
            text.doubtful()
        _write(text, line, glue)
    yield text, box


def whole(lines: Sequence[TextLine]) -> Line:
    """Return lines that are known to be one paragraph; where one ends before it is full its author broke it."""
    text = Line()
    manner = manner_of(lines)
    room = Room(manner.start, max(line.reach[2] for line in lines))
    for number, line in enumerate(lines):
        before = lines[number - 1]
        if number and not _full(before, line, room, manner) and not before.full:
            text.text += "\n"
        line.full = number + 1 < len(lines) and _full(line, lines[number + 1], room, manner)
        _write(text, line, _glue(before, line, room) if number and before.full else "")
    return text


def _unsure(lines: Sequence[TextLine], joins: Sequence[bool], room: Room, manner: Manner) -> frozenset[int]:
    """Return the lines of a cell that may begin a paragraph as well as not: the one before is full, and ends a sentence.

    Where no other paragraph ends, or each begins indented or with a number, nobody would think of it. Nor is it sure where some
    programs would have found no room for the next word, or a long line breaks off within a sentence.
    """
    plain = any(
        not joint and not _indented(following, line, manner)
        for (line, following), joint in zip(pairwise(lines), joins, strict=True)
    )

    edge = reached(lines)

    def doubted(line: TextLine, following: TextLine, joint: bool) -> bool:
        if _indented(following, line, manner) or manner.goes_on(line):
            return False
        if not joint and _TAIL.search(line.said) and _LETTER.match(following.said):
            return True  # a word in Latin letters, broken in two
        inside = line.seen[-1].text not in _ENDS
        if inside and not joint and line.full and _far(line, following):
            return True  # lines set far apart, or an empty one between two paragraphs
        if inside:
            return not joint and manner.prose and breaks_off(line, following, edge)
        if not line.full:
            return not joint and _lacks(line, following, room, manner) > _HAIR
        return plain or manner.edge is not None if joint else following.said[1:2] == "是"

    return frozenset(
        number + 1
        for number, (line, following) in enumerate(pairwise(lines))
        if doubted(line, following, joins[number])
    )


def _left_open(line: TextLine, following: TextLine, room: Room) -> bool:
    """Whether an answer behind its label breaks off within a sentence near the margin, and what follows could end it."""
    left, _, right, _ = line.box
    broad = right - room.left > _LONG * room.width and following.box[0] < left + line.size
    said = _LABELLED.search(line.said) is not None and line.seen[-1].text not in _ENDS + "）)"
    level = abs(_height(line.seen[-1]) - _height(following.seen[0])) < line.size / 8
    begins = (
        LABELLED.search(following.said) or NUMBERED.match(following.said) or HEADING.match(following.said)
    )
    return broad and said and level and not begins and re.search("[，。；！]", following.said) is not None


def _height(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top


def wrapped(cells: Sequence[Sequence[TextLine]], room: Room) -> Room:
    """Return the ``room`` of a column's ``cells`` up to the longest line of its prose, where all of that breaks by it.

    Cells may keep more room at their right than at their left; nobody breaks one sentence after the other so.
    """
    prose = [(lines, manner_of(lines)) for lines in cells if len(lines) > _FEW]
    prose = [(lines, manner) for lines, manner in prose if not manner.to_the_right and _is_prose(lines)]
    right = max((line.box[2] for lines, _ in prose for line in lines), default=room.right)
    inner = Room(room.left, min(room.right, right))
    breaks = [
        (_full(line, following, room, manner, more), _full(line, following, inner, manner, more))
        for lines, manner in prose
        for (line, following), more in zip(pairwise(lines), _rests(lines), strict=True)
        if line.seen[-1].text not in _ENDS + "）)：:"
    ]
    near = prose and room.right - right < _SPARE * prose[0][0][0].size
    if not near or len(breaks) < _FEW or not all(full for _, full in breaks):
        return room
    return room if all(full for full, _ in breaks) else inner


def _is_prose(lines: Sequence[TextLine]) -> bool:
    return any(sign in "，。；！？" for line in lines for sign in line.said)


def _rests(lines: Sequence[TextLine]) -> list[float]:
    """Return for each line but the last how much of the word that follows it stands on the line after."""
    return [*(broken(*pair) for pair in pairwise(lines)), 0.0][1:]


def _far(line: TextLine, following: TextLine) -> bool:
    """Whether an empty line might stand between two, which are set in the same letters and begin with no label."""
    gap = following.box[1] - line.box[3]
    alike = abs(line.size - following.size) < line.size / 8 and not LABELLED.match(following.said)
    return alike and _BLANK_LINE * line.size < gap < 2 * _BLANK_LINE * line.size


def _indented(following: TextLine, line: TextLine, manner: Manner) -> bool:
    """Whether a line begins farther in than the one above it, or a number begins it."""
    left_bound = not manner.to_the_right and not _centred(line, following)
    inner = left_bound and following.box[0] - line.box[0] > line.size
    return inner or following.glyphs[0].text == "\u3000" or HEADING.match(following.said[:6]) is not None


def _spaced(lines: Sequence[TextLine]) -> list[bool]:
    """Tell for each line but the last whether more than the usual leading parts it from the next one."""
    steps = [following.box[3] - line.box[3] for line, following in pairwise(lines)]
    same = [abs(line.size - following.size) < line.size / 8 for line, following in pairwise(lines)]
    least = min((step for step, alike in zip(steps, same, strict=True) if alike), default=0.0)
    return [alike and step > _PARTED * least for step, alike in zip(steps, same, strict=True)]


def breaks(lines: Sequence[TextLine], following: TextLine, room: Room) -> bool:
    """Whether the last of a cell's ``lines`` goes on in ``following``, which stands on the next page."""
    blank = following.glyphs[0].text == "\u3000"
    return not blank and _full(lines[-1], following, room, manner_of(lines))


def _full(line: TextLine, following: TextLine, room: Room, manner: Manner, more: float = 0.0) -> bool:
    """Whether the first word of ``following``, with ``more`` points of it on the next line, had no room on ``line``.

    Where a sentence ends, a word is what no program parts.
    """
    inside = line.seen[-1].text not in _ENDS + "：:"
    # nobody ends a paragraph inside a sentence: what was measured decides less
    hair = -_HAIR if inside and manner.prose else _HAIR
    if line.seen[-1].text in _PAUSES:
        hair = -line.size / 4
    lacks = _lacks(line, following, room, manner, strict=inside) + more
    if _REMARK.fullmatch(following.said):
        lacks += (
            max(glyph.x1 for glyph in line.glyphs) - line.box[2]
        )  # room that was left for a name to be signed
    return lacks > (hair / 2 if manner.to_the_right and hair > 0 else hair)


def _lacks(line: TextLine, following: TextLine, room: Room, manner: Manner, strict: bool = True) -> float:
    """Return the points by which the first word of ``following`` had no room on ``line``."""
    left, _, right, _ = line.box
    need = joint(line, following) + first_word(following, strict) + spacing(line)
    if manner.to_the_right:
        return right - left + need - (min(room.right, manner.right) - room.left)
    middle = _centred(line, following) and abs(left + right - room.left - room.right) < line.size
    start = left if middle else manner.start
    return right - start + need - room.width


def _goes_on(line: TextLine, following: TextLine, room: Room, manner: Manner, more: float = 0.0) -> bool:
    """Whether ``line`` broke because the next word, ``more`` points of it on the line after, had no room, and none begins."""
    left, first, size = line.start, following.box[0], line.size
    line.full = _full(line, following, room, manner, more) or following.glyphs[0].text in NO_HEAD
    if left - first > _ASIDE * size and not manner.to_the_right:
        return False  # a date at the right margin, a title in the middle
    if following.glyphs[0].text == "\u3000" or _parted(line, following, manner):  # someone typed blanks
        return False
    dated = _DATED.search(line.said) and _MONTH.match(following.said)
    if dated or following.glyphs[0].text in NO_HEAD:
        return True  # the rest of a date or of a word, that nobody could mean to begin anew
    hanging = left - manner.start < size / 2 and NUMBERED.match(line.said[:6])
    level = first - manner.start < _INDENT * size or manner.to_the_right
    level = level or (abs(first - left) < size / 8 and first - manner.start > 2 * _INDENT * size - _HAIR)
    middle = _centred(line, following) or _both_in_the_middle(line, following, room)
    return line.full and (level or bool(hanging) or middle)


def _stands_apart(line: TextLine, following: TextLine) -> bool:
    """Whether ``following`` is set in letters of another size, or is a date and nothing else that no blank parts from ``line``."""
    one, other = ([glyph.bottom - glyph.top for glyph in each.seen] for each in (line, following))
    if min(one) > _OTHER * max(other) or min(other) > _OTHER * max(one):
        return True
    alone = _DATE.fullmatch(following.said) is not None
    return alone and not line.glyphs[-1].text.isspace() and _NO_SPAN.search(line.said) is not None


def _second_look(
    lines: Sequence[TextLine], joins: list[bool], room: Room, manner: Manner, spaced: Sequence[bool]
) -> None:
    """Join what the width of a cell alone could not tell: its text may be set to the right, or a hair short of full."""
    start = manner.start
    full = [line.box[2] for line, joint in zip(lines, joins, strict=False) if joint]
    for number, (line, following) in enumerate(pairwise(lines)):
        if joins[number] or spaced[number] or following.glyphs[0].text == "\u3000":
            continue
        if _parted(line, following, manner):
            continue
        size = line.size
        need = first_word(following) + joint(line, following)
        left, _, right, _ = line.box
        same = abs(right - following.box[2]) < size / 8
        to_the_right = same and following.box[0] - left > size / 8 and left - room.left < need - _HAIR
        as_others = bool(full) and right > max(full) - size / 4 and right - start + need > room.width
        indented = left - following.box[0] > _ASIDE * size and (
            (_LABELLED.match(line.said) is not None and not re.search("[:：]", following.said))
            or any(
                other is not line
                and abs(other.box[0] - left) < size / 8
                and abs(other.box[2] - right) > size / 8
                for other in lines
            )
        )
        to_the_left = indented and following.box[0] - start < size / 8 and right - start + need > room.width
        rest = number + 2 == len(lines) and _is_rest(line, following, room)
        if to_the_right or to_the_left or rest or (as_others and following.box[0] - start < size / 8):
            line.full = joins[number] = True


def _is_rest(line: TextLine, following: TextLine, room: Room) -> bool:
    """Whether ``following`` is one last sign that missed its place by less than its width: the text is indented."""
    spare = room.right - line.box[2] - joint(line, following) - first_word(following)
    alone = len(following.seen) == 1 and WIDE.match(following.seen[0].text) is not None
    level = abs(line.box[0] - following.box[0]) < line.size / 8
    return alone and level and spare < line.size and len(line.seen) > 1


def _parted(line: TextLine, following: TextLine, manner: Manner) -> bool:
    """Whether a gap, a number of its own or the end of its paragraph parts ``following`` from ``line``."""
    if following.box[1] - line.box[3] > max(_BLANK_LINE * line.size, _PARTED * manner.leading):
        return True
    if manner.ends_here(line) or begins_item(line, following, manner, line.full):
        return True
    if manner.labels and line.seen[-1].text in _ENDS and LABELLED.match(following.said):
        return True
    return _stands_apart(line, following)


def _centred(line: TextLine, following: TextLine) -> bool:
    """Whether both lines are set around the same middle."""
    (left, _, right, _), (first, _, last, _) = line.box, following.box
    return abs(left + right - first - last) < line.size and last - first < right - left


def _both_in_the_middle(line: TextLine, following: TextLine, room: Room) -> bool:
    """Whether both lines are as far from the left edge as from the right one."""
    return all(
        abs(box[0] + box[2] - room.left - room.right) < line.size / 2 for box in (line.box, following.box)
    )


def _glue(before: TextLine, line: TextLine, room: Room) -> str:
    """Return the blank at which a line broke: programs print it at the line's end, unless they print none at all.

    None parts a word that was too long for the whole ``room``.
    """
    head, tail = line.seen[0].text, before.seen[-1].text
    if not (head.isascii() and tail.isascii()) or tail in "/-_&=?" or before.glyphs[-1].text.isspace():
        return " " if before.glyphs[-1].text == " " and head.isascii() else ""
    if head in NO_HEAD + ".," or tail in NO_END or _too_long(before, line, room):
        return ""
    if (head.isdigit() and tail.isdigit()) or any(glyph.text == " " for glyph in before.glyphs):
        return ""  # a word broken where it had no room
    word = _TAIL.search("".join(glyph.text for glyph in before.glyphs))
    if word and (_ADDRESS.search(word[0]) or not _parts_words(before)):
        return ""
    return " "


def _too_long(before: TextLine, line: TextLine, room: Room) -> bool:
    """Whether ``before`` holds as many letters as it could, and the word that they begin had no room in any line.

    Or the next word would have had room behind a blank: nothing but a word too long for its line breaks there.
    """
    word = _TAIL.search(before.said)
    start = before.seen[-len(word[0])].x0 if word else before.box[0]
    left, _, right, _ = before.box
    space = room.width - _HAIR
    filled = right - left + first_word(line, letters=1) > space
    missed = right - left + line.size / 4 + first_word(line) < space
    return missed or (filled and right - start + first_word(line) > space)


def _parts_words(line: TextLine) -> bool:
    """Whether words of Latin letters stand apart in ``line`` without blanks, or it is one word as a whole."""
    latin = [(a, b) for a, b in pairwise(line.seen) if a.text.isascii() and b.text.isascii()]
    apart = any(b.x0 - a.x1 > line.size / 6 for a, b in latin)
    return apart or all(glyph.text.isascii() for glyph in line.seen)


def _write(text: Line, line: TextLine, glue: str) -> None:
    text.text += glue
    gaps = [b.x0 - a.x1 for a, b in pairwise(line.glyphs) if WIDE.match(a.text) or WIDE.match(b.text)]
    # a justified line is stretched between all its characters
    fill = 0.0
    if gaps:
        fill = median(gaps) if line.full or _stretched(line) else min(gaps)
    last: Glyph | None = None
    for number, glyph in enumerate(line.glyphs):
        shown = glyph.shown
        if glyph.text.isspace() and no_gap(line.glyphs, number, line.size):
            continue
        if last is not None and _apart(last, glyph, line.size, max(fill, 0.0)):
            shown = " " + shown
        text.add(shown.replace("\xa0", " "), glyph.struck)
        last = glyph
    text.text = text.text.rstrip(" ")


def _stretched(line: TextLine) -> bool:
    """Whether nothing but equal gaps, which nobody typed, part the characters: they are set from edge to edge."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(line.glyphs)]
    if not gaps or any(glyph.text.isspace() for glyph in line.glyphs) or min(gaps) < line.size / 4:
        return False
    return max(gaps) - min(gaps) < line.size / 3


def _apart(last: Glyph, glyph: Glyph, size: float, fill: float) -> bool:
    """Whether a gap stands for a space or tab; beside Chinese characters narrow gaps only fill the line."""
    if glyph.text.isspace() or last.text.isspace():
        return False
    wide = WIDE.match(glyph.text) or WIDE.match(last.text)
    return glyph.x0 - last.x1 - fill > size * (1.5 if wide else 0.6)
