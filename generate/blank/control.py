"""Content controls of a Word blank: a list to choose from and a calendar (ECMA-376 17.5.2).

What stands in an empty one are blanks, so that a program which knows no controls leaves an empty answer, not a prompt.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from forms import Field, FieldKind
from generate.word.styles import W

_EMPTY = "\u3000" * 4


def control(item: Field, run: Any, number: int) -> Any | None:
    """Return the control for the empty answer ``item`` that ``run`` holds, none when it needs none.

    One choice is a list in place of the boxes that a blank shows otherwise; several choices keep their boxes, and so
    does a lone box, which is ticked or not. A date
    that is begun already (年 and 月 of the period) stays text: only its day is to be written.
    """
    from lxml import etree

    text = "".join(node.text or "" for node in run.iter(f"{{{W}}}t"))
    if item.kind is FieldKind.CHOICE and len(item.choices) > 1 and "☑" not in text:
        kind = etree.Element(_w("dropDownList"))
        for choice in item.choices:
            etree.SubElement(kind, _w("listItem"), {_w("displayText"): choice, _w("value"): choice})
        return _made(_properties(item, number), run, kind, _EMPTY)
    if item.kind is FieldKind.DATE and not any(map(str.isdigit, text)) and text.strip():
        kind = etree.Element(_w("date"))
        for name, value in (
            ("dateFormat", "yyyy年M月d日"),
            ("lid", "zh-CN"),
            ("storeMappedDataAs", "dateTime"),
        ):
            etree.SubElement(kind, _w(name), {_w("val"): value})
        etree.SubElement(kind, _w("calendar"), {_w("val"): "gregorian"})
        return _made(_properties(item, number), run, kind, text)
    return None


def _properties(item: Field, number: int) -> Any:
    """Return ``w:sdtPr``: named by the hint, to be filled but not deleted, showing its placeholder (17.5.2.38)."""
    from lxml import etree

    properties = etree.Element(_w("sdtPr"))
    etree.SubElement(properties, _w("alias"), {_w("val"): (item.hint or item.name)[:64]})
    etree.SubElement(properties, _w("id"), {_w("val"): str(number)})
    etree.SubElement(properties, _w("lock"), {_w("val"): "sdtLocked"})
    etree.SubElement(properties, _w("showingPlcHdr"))
    return properties


def _made(properties: Any, run: Any, kind: Any, text: str) -> Any:
    from lxml import etree

    found = etree.Element(_w("sdt"))
    properties.append(kind)
    found.append(properties)
    inside = deepcopy(run)
    for node in list(inside.iter(_w("t"))):
        node.text = text
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    etree.SubElement(found, _w("sdtContent")).append(inside)
    return found


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
