"""A Word blank against accidents: the form's own text is locked, answers stay open, choices and dates get a control.

Each label is a content control whose content cannot be changed nor the control deleted (ECMA-376 17.5.2.22); Word and WPS
then refuse to delete its row too. The document as a whole is not read-only: answers of any length, rows, pictures and
seals go in as ever, no password is needed, and a program that knows no locks just opens the form. (Tried and left:
read-only with ranges for everyone. LibreOffice 7.4 opens such a form with every answer closed.)
Knows WordprocessingML; what an answer is, it learns from marks around the values of the filled template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from forms import Field, Form
from generate.render import Context, Template, Value
from generate.word.styles import W

from .control import control

_OPEN, _CLOSE = "\ue000", "\ue001"
_GROUP = "g"  # in the mark of a value that stands in a repeated row
_MARK = re.compile(f"{_OPEN}[^{_OPEN}]*{_OPEN}|{_CLOSE}".encode())
_P, _R, _T, _TR, _SDT = (f"{{{W}}}{name}" for name in ("p", "r", "t", "tr", "sdt"))
_APART = frozenset(
    f"{{{W}}}{name}" for name in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak")
)
_PLAIN = frozenset(f"{{{W}}}{name}" for name in ("rPr", "t", "tab", "br", "lastRenderedPageBreak"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DOCUMENT = "word/document.xml"


@dataclass(slots=True)
class _Answer:
    """What stands open in a paragraph: its first answer's run, which fields, whether anything else is said there."""

    run: Any
    fields: list[Field | None] = field(default_factory=list)
    alone: bool = True


def protected(used: Template, context: Context, form: Form) -> dict[str, bytes]:
    """Return the template filled with ``context``, its own text locked and its choices and dates as controls.

    A template that decides something by a value, and so would come out otherwise with marks, stays as it is.
    """
    from lxml import etree

    plain = used.render(context)
    marked = used.render(_marked(context, form))
    if any(_MARK.sub(b"", marked[name]) != plain[name] for name in plain):
        return plain
    root = etree.fromstring(marked[_DOCUMENT])
    numbers = count(1)
    free = {paragraph for row in root.iter(_TR) if _repeated(row) for paragraph in row.iter(_P)}
    for paragraph in list(root.iter(_P)):
        answer = _answer(paragraph, form)
        if paragraph not in free and _nearest(paragraph, _SDT) is None:
            _lock(paragraph, None if answer is None else answer.run, numbers)
        if answer is not None and answer.alone and len(answer.fields) == 1:
            _controlled(answer, numbers)
    return {**plain, _DOCUMENT: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)}


def _marked(context: Context, form: Form) -> Context:
    """Return ``context`` with each value between marks that tell its field."""
    numbers = {item.path: number for number, item in enumerate(form.fields)}
    groups = {group.name for group in form.groups}

    def mark(value: Value, path: str, *, grouped: bool) -> Value:
        if isinstance(value, Mapping):
            return {key: mark(inner, f"{path}.{key}", grouped=grouped) for key, inner in value.items()}
        if isinstance(value, tuple):
            return tuple(mark(inner, path, grouped=grouped) for inner in value)
        sign = _GROUP if grouped else str(numbers.get(path, ""))
        lines = str(value).split("\a")  # each becomes a paragraph, and a mark must not reach over its end
        return "\a".join(f"{_OPEN}{sign}{_OPEN}{line}{_CLOSE}" for line in lines)

    return {key: mark(value, key, grouped=key in groups) for key, value in context.items()}


def _answer(paragraph: Any, form: Form) -> _Answer | None:
    """Take the marks out of ``paragraph`` and return what they say, none when it holds no answer."""
    found: _Answer | None = None
    rest = ""
    inside = False
    for text in [item for item in paragraph.iter(_T) if _nearest(item, _P) is paragraph]:
        pieces: list[str] = []
        value = text.text or ""
        while value:
            head, mark, tail = value.partition(_CLOSE if inside else _OPEN)
            pieces.append(head)
            rest += "" if inside else head
            if mark and not inside:
                sign, _, tail = tail.partition(_OPEN)
                if found is None:
                    found = _Answer(_split(text, pieces))
                    text = found.run.find(_T)  # noqa: PLW2901 - what follows stands in the run of the answer
                found.fields.append(form.fields[int(sign)] if sign.isdecimal() else None)
            inside ^= bool(mark)
            value = tail
        text.text = "".join(pieces)
    if found is not None:
        found.alone = not rest.strip()
    return found


def _split(text: Any, before: list[str]) -> Any:
    """Return the run in which an answer begins, cut off from the text ``before`` it when there is some."""
    run = text.getparent()
    own = "".join(before)
    before.clear()
    if not own or len(run.findall(_T)) > 1:
        before += [own] if own else []
        return run
    label = deepcopy(run)
    label.find(_T).text = own
    label.find(_T).set(_SPACE, "preserve")
    run.addprevious(label)
    return run


def _repeated(row: Any) -> bool:
    """Whether people add and delete rows like ``row``."""
    return any(_OPEN + _GROUP in (text.text or "") for text in row.iter(_T))


def _lock(paragraph: Any, answer: Any, numbers: Iterator[int]) -> None:
    """Lock the runs of ``paragraph`` up to its first ``answer``; one that holds more than text stays as it is."""
    from lxml import etree

    runs = []
    for child in paragraph:
        if child is answer:
            break
        if child.tag in _APART:
            continue
        if child.tag != _R or any(item.tag not in _PLAIN for item in child):
            return
        runs.append(child)
    if not any((text.text or "").strip() for run in runs for text in run.iter(_T)):
        return
    locked = etree.Element(_SDT)
    properties = etree.SubElement(locked, f"{{{W}}}sdtPr")
    etree.SubElement(properties, f"{{{W}}}id", {f"{{{W}}}val": str(next(numbers))})
    etree.SubElement(properties, f"{{{W}}}lock", {f"{{{W}}}val": "sdtContentLocked"})
    content = etree.SubElement(locked, f"{{{W}}}sdtContent")
    runs[0].addprevious(locked)
    content.extend(runs)


def _controlled(answer: _Answer, numbers: Iterator[int]) -> None:
    """Put the one answer of a paragraph into a list to choose from or a calendar, where its kind has one."""
    item = answer.fields[0]
    made = None if item is None else control(item, answer.run, next(numbers))
    if made is not None:
        answer.run.addprevious(made)
        answer.run.getparent().remove(answer.run)


def _nearest(item: Any, name: str) -> Any:
    while item is not None and item.tag != name:
        item = item.getparent()
    return item
