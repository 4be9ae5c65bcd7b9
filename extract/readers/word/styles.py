"""What the styles of a Word document do to visibility: hidden text, struck-through text and list numbers.

Knows ``styles.xml`` (ECMA-376 17.7) as far as it changes what a person sees; fonts and sizes are of no concern.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.readers.numbering import W
from extract.readers.package import Element
from extract.readers.signs import is_pale, is_symbol_font

_VAL = W + "val"
_UNREADABLE = frozenset("123")  # half points: text that nobody can see
_OFF = frozenset(("0", "false", "off"))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a style does to its text; none means that the style is silent and its base decides."""

    hidden: bool | None = None
    struck: bool | None = None
    number: tuple[str, int] | None = None
    signs: str | None = None  # the symbol font its letters stand in, "" for any other font
    raised: bool | None = None  # set small above the line, as a note's mark is
    pale: bool | None = None  # white, as the paper is
    shaded: bool | None = None  # on a ground of its own, where white can be seen

    def over(self, base: Effect) -> Effect:
        """Return this effect with ``base`` where it is silent."""
        return Effect(
            base.hidden if self.hidden is None else self.hidden,
            base.struck if self.struck is None else self.struck,
            base.number if self.number is None else self.number,
            base.signs if self.signs is None else self.signs,
            base.raised if self.raised is None else self.raised,
            base.pale if self.pale is None else self.pale,
            base.shaded if self.shaded is None else self.shaded,
        )


NO_EFFECT = Effect()


def toggle(properties: Element | None, name: str) -> bool | None:
    """Return the state of the toggle property ``w:name`` in ``w:rPr`` (17.17.4), none when it is not set."""
    node = None if properties is None else properties.find(W + name)
    return None if node is None else node.get(_VAL, "1") not in _OFF


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """Return list and level of ``w:pPr`` (17.9.18), none when it names no list; list ``0`` means no number."""
    node = None if properties is None else properties.find(W + "numPr")
    if node is None:
        return None
    number, level = node.find(W + "numId"), node.find(W + "ilvl")
    if number is None:
        return None
    depth = "" if level is None else level.get(_VAL, "0")
    return number.get(_VAL, "0"), int(depth) if depth.isdecimal() else 0


def run_effect(properties: Element) -> Effect:
    """Return what the direct formatting ``w:rPr`` does."""
    struck = toggle(properties, "strike")
    if struck is None:
        struck = toggle(properties, "dstrike")
    hidden = toggle(properties, "vanish")
    size = properties.find(W + "sz")
    if size is not None and size.get(_VAL) in _UNREADABLE:
        hidden = True
    place, colour = properties.find(W + "vertAlign"), properties.find(W + "color")
    return Effect(
        hidden,
        struck,
        None,
        _signs(properties.find(W + "rFonts")),
        None if place is None else place.get(_VAL) == "superscript",
        None if colour is None else is_pale(colour.get(_VAL, "")),
        is_shaded(properties) or properties.find(W + "highlight") is not None or None,
    )


def is_shaded(properties: Element | None) -> bool:
    """Whether ``w:shd`` (17.3.5) of a run, paragraph, cell or table lays a ground under its text that is not white."""
    ground = None if properties is None else properties.find(W + "shd")
    if ground is None:
        return False
    fill, pattern = ground.get(W + "fill", "auto"), ground.get(_VAL, "clear")
    return pattern not in ("clear", "nil") or not (fill == "auto" or is_pale(fill))


def _signs(fonts: Element | None) -> str | None:
    """Return the symbol font of ``w:rFonts`` (17.3.2.26), "" when it names another, none when it names none."""
    name = None if fonts is None else fonts.get(W + "ascii", fonts.get(W + "hAnsi"))
    if name is None:
        return None
    return name if is_symbol_font(name) else ""


class Styles:
    """The effects of the styles of one document, by style id."""

    def __init__(self, root: Element | None) -> None:
        """Read ``w:styles``; none stands for a document whose styles have no effect on visibility."""
        self._own: dict[str, tuple[Effect, str]] = {}
        self.shading: set[str] = set()  # the table styles that lay a ground under some of their cells
        self.default = NO_EFFECT
        self.pale = False  # whether any of them makes text white
        self._any = False
        if root is None:
            return
        for style in root.iterchildren(W + "style"):
            identifier = style.get(W + "styleId", "")
            base = style.find(W + "basedOn")
            number = numbering_of(style.find(W + "pPr"))
            properties = style.find(W + "rPr")
            effect = NO_EFFECT if properties is None else run_effect(properties)
            own = replace(effect, number=number)
            if style.get(W + "type") == "table" and style.find(f".//{W}shd") is not None:
                self.shading.add(identifier)
            self._any = self._any or own != NO_EFFECT
            self.pale = self.pale or own.pale is True
            self._own[identifier] = (own, "" if base is None else base.get(_VAL, ""))
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = own

    def __bool__(self) -> bool:
        """Whether any style could have an effect."""
        return self._any

    def on_ground(self, properties: Element | None) -> bool:
        """Whether a table with these properties (``w:tblPr``) may lay a ground of its own under its text."""
        if properties is None:
            return False
        style = properties.find(W + "tblStyle")
        return is_shaded(properties) or (style is not None and style.get(_VAL, "") in self.shading)

    def effect(self, identifier: str) -> Effect:
        """Return the effect of a style, its bases included; a loop of bases ends where it closes."""
        effect, seen = NO_EFFECT, set[str]()
        while identifier in self._own and identifier not in seen:
            seen.add(identifier)
            own, identifier = self._own[identifier]
            effect = effect.over(own)
        return effect
