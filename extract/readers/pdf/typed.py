"""What was typed over a page in a PDF program: fields of forms and free text (ISO 32000-1, 12.5 and 12.7).

A viewer shows them on the page, so they are glyphs at their places. Their characters are known, their lines are not: every
paragraph is set as one line within its rectangle. Notes that open on a click are no text of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extract.readers.draft import MAX_LINE, TOO_LONG
from extract.unreadable import UnreadableError

from .lines import Glyph

if TYPE_CHECKING:
    from pdfplumber.page import Page

_HIDDEN = 2 | 32  # flags of an annotation: hidden, no view
_RADIO_OR_CHECK = 1 << 16  # flag of a button that is pressed and holds nothing
_SIZE = 10.0  # points of a character where there is room
_FILL = 0.6  # share of its rectangle that a line takes: more, and it would seem full
_BREAK = re.compile(r"\r\n|[\r\n\x0b\u2028\u2029]")
_MARKUP = re.compile(r"<[^>]*>")
_MOST = 2000  # annotations of a page: more are no form
_TICKS = "☑□"

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Typed:
    """The glyphs that were typed over a page, where text was struck out, and the notes and hidden texts of annotations."""

    glyphs: list[Glyph] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def typed_on(page: Page) -> Typed:
    """Return what the annotations of ``page`` show."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.psexceptions import PSException

    found = Typed()
    every = resolve1(page.page_obj.annots)
    for each in every[:_MOST] if isinstance(every, list) else ():
        annotation = resolve1(each)
        try:
            if isinstance(annotation, dict):
                _add(found, annotation, page)
        except (PSException, TypeError, ValueError, AttributeError):  # a broken one is shown by no viewer
            continue
    return found


def _add(found: Typed, annotation: dict[str, Any], page: Page) -> None:
    from pdfminer.pdftypes import resolve1

    kind = _name(annotation.get("Subtype"))
    flags = resolve1(annotation.get("F"))
    box = _box(page, resolve1(annotation.get("Rect")))
    if kind in ("Widget", "FreeText"):
        text = _field(annotation) if kind == "Widget" else _contents(annotation)
        if isinstance(flags, int) and flags & _HIDDEN:
            found.hidden.append(text.strip("□"))
        elif text.strip():
            found.glyphs += _set(text, box)
    elif kind == "StrikeOut":
        left, top, right, bottom = box
        found.strokes.append((left, (top + bottom) / 2, right, (top + bottom) / 2))
    elif kind not in ("Link", "Popup"):
        found.notes.append(_contents(annotation))


def over(typed: list[Glyph], printed: list[Glyph]) -> list[Glyph]:
    """Return both, a printed box left out where one to tick lies over it."""
    ticks = [glyph for glyph in typed if glyph.text in _TICKS]
    if not ticks:
        return [*printed, *typed]
    return [*(g for g in printed if g.text not in "□○〇" or not any(_covers(t, g) for t in ticks)), *typed]


def _covers(tick: Glyph, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return tick.x0 - 2 <= x <= tick.x1 + 2 and tick.top - 2 <= y <= tick.bottom + 2


def _field(annotation: dict[str, Any]) -> str:
    """Return the value of a form's field: text, the chosen of a list, a tick."""
    kind = _name(_inherited(annotation, "FT"))
    value = _inherited(annotation, "V")
    if kind == "Btn":
        flags = _inherited(annotation, "Ff")
        if isinstance(flags, int) and flags & _RADIO_OR_CHECK:
            return ""
        state = _name(annotation.get("AS")) or _name(value)
        return _TICKS[state in ("", "Off")]
    if kind == "Ch" and isinstance(value, list):
        return "\n".join(_text(each) for each in value)
    return _text(value) if kind in ("Tx", "Ch") else ""


def _inherited(annotation: dict[str, Any], key: str) -> Any:
    """Return an entry of a field, or that of the field above it."""
    from pdfminer.pdftypes import resolve1

    current: Any = annotation
    for _ in range(20):
        if not isinstance(current, dict):
            return None
        if key in current:
            return resolve1(current[key])
        current = resolve1(current.get("Parent"))
    return None


def _contents(annotation: dict[str, Any]) -> str:
    said = _text(annotation.get("Contents"))
    return said if said.strip() else _MARKUP.sub("", _text(annotation.get("RC"))).strip()


def _text(value: Any) -> str:
    from pdfminer.pdftypes import PDFStream, resolve1
    from pdfminer.utils import decode_text

    value = resolve1(value)
    if isinstance(value, PDFStream):
        value = value.get_data()
    if isinstance(value, bytes):
        return decode_text(value)
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    from pdfminer.pdftypes import resolve1

    name = getattr(resolve1(value), "name", "")
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)


def _box(page: Page, rect: list[Any]) -> Box:
    """Return a rectangle of the file as left, top, right and bottom on the page as it is turned."""
    from pdfminer.pdftypes import resolve1

    x0, y0, x1, y1 = (float(resolve1(value)) for value in rect)
    left, low, right, high = (float(resolve1(value)) for value in page.page_obj.mediabox)
    left, right, low, high = min(left, right), max(left, right), min(low, high), max(low, high)
    turned = {
        90: ((y0 - low, y1 - low), (right - x0, right - x1)),
        180: ((right - x0, right - x1), (high - y0, high - y1)),
        270: ((high - y0, high - y1), (x0 - left, x1 - left)),
    }
    across, up = turned.get(page.rotation % 360, ((x0 - left, x1 - left), (y0 - low, y1 - low)))
    height = high - low if page.rotation % 180 == 0 else right - left
    shift, down = page.bbox[0], page.bbox[1]
    return (
        min(across) + shift,
        down + height - max(up),
        max(across) + shift,
        down + height - min(up),
    )


def _set(text: str, box: Box) -> Iterator[Glyph]:
    """Yield the characters of ``text`` within ``box``, each paragraph on a line of its own, from the top."""
    if len(text) > MAX_LINE:
        raise UnreadableError(TOO_LONG)
    lines = [line.expandtabs(4) for line in _BREAK.split(text.rstrip())]
    left, top, right, bottom = box
    longest = max(map(len, lines))
    width = min(_SIZE, _FILL * (right - left) / longest)
    pitch = (bottom - top) / len(lines)
    height = min(_SIZE, 0.8 * pitch)
    lead = min(pitch, 1.5 * _SIZE)
    for number, line in enumerate(lines):
        middle = top + lead * (number + 0.5)
        for place, sign in enumerate(line):
            x = left + (right - left) * 0.02 + place * width
            yield Glyph(sign, x, middle - height / 2, x + width, middle + height / 2)
