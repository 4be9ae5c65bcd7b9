"""Ticked options: which of a line of □ and ☑ a person chose.

Knows the signs; the options of a field come from its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extract.spelling import squeeze
from forms import Doubt, Field, FieldKind, doubt

_TICKED = "☑☒■√✓✔●▣◉"
_OPEN = "□○☐◇"
_BOX = re.compile(rf"[（(\[【]?\s*([{_TICKED}{_OPEN}])\s*[)）\]】]?|[（(\[【]\s*[)）\]】]")
_CROSS = re.compile(r"(?<=[（(\[【])\s*[xX×ｘＸ]\s*(?=[)）\]】])")  # [x] and ( X ) as typed
_AFTER = re.compile(rf"[{_OPEN}]\s*([^\s{_OPEN}{_TICKED}]{{1,20}})\s*[√✓✔](?=\s|$|[{_OPEN}])")
_TICKED_BOX = re.compile(r"[☑☒■●▣◉]|[√✓✔]\s*[^\s□○☐◇☑☒■√✓✔●▣◉]")
_SIGNS = re.compile(rf"[{_TICKED}{_OPEN}]")
_BOXES = "□☐☑☒■"
_LONGEST_OPTION = 20
_LONGEST_ROW = 400
_NAMED_APART = re.compile(r"[、，,；;和与及]")  # signs that a person puts between options and no form prints
_ANSWERED = re.compile(r"^(?:答|选|选择|填|即)\s*[:：]?\s*")
_NUMBER = re.compile(
    r"\s*[（(]?(?:\d{1,2}|[A-Za-z]|[一二三四五六七八九十])[)）.．、]|\s*[①-⑳]"
)  # before an option
_NOTHING = frozenset(("", "无", "/"))


@dataclass(frozen=True, slots=True)
class ChoiceReading:
    """The options chosen, with doubts."""

    chosen: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


def read_choice(field: Field, raw: str) -> ChoiceReading:
    """Return the ticked options of ``raw``, or the options it names when there are no boxes."""
    text = _CROSS.sub("☒", raw.strip().rstrip("。.;；"))
    doubts: tuple[Doubt, ...] = ()
    beside = _beside(field, text)
    if beside is not None:
        chosen = tuple(filter(None, beside))
        if "" in beside:
            doubts = (doubt("choice_unknown", field.path, raw=text, choices="、".join(field.choices)),)
    elif _BOX.search(text):
        chosen = _known(field, _ticked(text))
        if not chosen:
            chosen = _behind_open_boxes(field, text)
            if chosen:
                doubts = (doubt("position_guessed", field.path),)
            elif len(field.choices) != 1:  # a lone box left open says no
                doubts = (doubt("choice_none", field.path),)
    else:
        chosen = _named(field, text)
        every = len(chosen) > 1 and chosen == field.choices and not _NAMED_APART.search(text)
        if field.kind is FieldKind.CHOICES and every:
            doubts = (doubt("choice_all", field.path),)
    unknown = [option for option in chosen if field.choices and option not in field.choices]
    if unknown:
        doubts += (
            doubt("choice_unknown", field.path, raw="、".join(unknown), choices="、".join(field.choices)),
        )
    if field.kind is FieldKind.CHOICE and len(chosen) > 1:
        doubts += (doubt("choice_several", field.path, raw="、".join(chosen)),)
    return ChoiceReading(chosen, doubts)


def says_more(field: Field, raw: str) -> bool:
    """Whether ``raw`` holds words beside boxes and the options of ``field``: a remark typed among them."""
    names = "|".join(map(re.escape, sorted(field.choices, key=len, reverse=True)))
    rest = re.sub(names, "", raw) if names else raw
    return re.search(r"\w", rest) is not None


def is_tick_row(text: str) -> bool:
    """Whether a text is a row of tick boxes: at least two signs, one of them open or all ticked, options in between."""
    signs = _SIGNS.findall(text) if len(text) <= _LONGEST_ROW else []
    if len(signs) < 2 or not any(sign in _BOXES for sign in signs):
        return False
    options = [part.strip() for part in re.split(rf"[{_TICKED}{_OPEN}]", text) if part.strip()]
    return 0 < len(options) <= len(signs) + 1 and all(len(option) <= _LONGEST_OPTION for option in options)


def _beside(field: Field, text: str) -> tuple[str, ...] | None:
    """Return the option that each tick touches where fewer ticks than options stand and no box is open.

    同意√ 不同意: the tick stands behind its option; 同意 √不同意: before it. An empty one where a tick touches none or two
    of them; none where every option has a sign of its own.
    """
    marks = list(_BOX.finditer(text))
    if not field.choices or not marks or any(mark[1] is None or mark[1] in _OPEN for mark in marks):
        return None
    names = "|".join(map(re.escape, sorted(field.choices, key=len, reverse=True)))
    options = list(re.finditer(names, text))
    if len(options) < 2 or len(marks) >= len(options):
        return None
    chosen = []
    for mark in marks:
        left = next((option for option in reversed(options) if option.end() <= mark.start()), None)
        right = next((option for option in options if option.start() >= mark.end()), None)
        start = mark.end() - len(mark[0].lstrip())  # the pattern takes in the blanks around a sign
        end = mark.start() + len(mark[0].rstrip())
        behind = left is not None and left.end() == start
        before = right is not None and right.start() == end
        if behind == before:  # spaced on both sides or on none: only what has no other neighbour is clear
            behind, before = right is None, left is None
        chosen.append(left[0] if behind and left else right[0] if before and right else "")
    return tuple(dict.fromkeys(chosen))


def _ticked(text: str) -> tuple[str, ...]:
    """Return the options after ticked boxes, or before them where the line ends in a box (是☑ 否□)."""
    if _AFTER.search(text) and not _TICKED_BOX.search(
        text
    ):  # □座谈√ □走访: the tick stands behind the option
        text = _AFTER.sub(r"☑\1", text)
    boxes = list(_BOX.finditer(text))
    before = (
        boxes[0].start() > 0
        and text[: boxes[0].start()].strip() != ""
        and not text[boxes[-1].end() :].strip()
    )
    chosen = []
    for number, box in enumerate(boxes):
        if before:
            option = text[boxes[number - 1].end() if number else 0 : box.start()]
        else:
            option = text[box.end() : boxes[number + 1].start() if number + 1 < len(boxes) else len(text)]
        if box[1] and box[1] in _TICKED:
            chosen.append(option.strip().strip("、，,；;。").strip())
    return tuple(option for option in chosen if option)


def _known(field: Field, options: Iterable[str]) -> tuple[str, ...]:
    """Return ``options`` as the form spells them, those that it does not know as they stand."""
    known = {squeeze(option): option for option in field.choices}
    return tuple(
        known.get(squeeze(option)) or known.get(squeeze(_NUMBER.sub("", option, count=1)), option)
        for option in options
    )


def _behind_open_boxes(field: Field, text: str) -> tuple[str, ...]:
    """Return the options that someone typed beside a row of boxes and ticked none: □同意 □不同意 同意."""
    names = "|".join(map(re.escape, sorted(field.choices, key=len, reverse=True)))
    if not names:
        return ()
    rest, boxes = re.subn(rf"[{_OPEN}]\s*(?:{names})", " ", text)
    said = _ANSWERED.sub("", rest.strip())
    chosen = _named(field, said) if boxes == len(field.choices) else ()
    return chosen if set(chosen) <= set(field.choices) else ()


def _named(field: Field, text: str) -> tuple[str, ...]:
    if text in _NOTHING:
        return ()
    known = {squeeze(option): option for option in field.choices}
    parts = [part for part in re.split(r"[、，,；;\s/]+", text) if part]
    for each in (parts, re.split(r"[、，,；;\s/和与及]+", text)):  # an option may hold 和 itself
        if all(squeeze(part) in known for part in each if part):
            return tuple(known[squeeze(part)] for part in each if part)
    return (known.get(squeeze(text), text),)
