"""What the styles of a Word document do to visibility: hidden text, struck-through text and list numbers.

Knows ``styles.xml`` (ECMA-376 17.7) as far as it changes what a person sees; fonts and sizes are of no concern.
"""

from __future__ import annotations

from dataclasses import dataclass

from .numbering import W
from .package import Element
from .signs import is_symbol_font

_VAL = W + "val"
_OFF = frozenset(("0", "false", "off"))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a style does to its text; none means that the style is silent and its base decides."""

    hidden: bool | None = None
    struck: bool | None = None
    number: tuple[str, int] | None = None
    signs: str | None = None  # the symbol font its letters stand in, "" for any other font

    def over(self, base: Effect) -> Effect:
        """Return this effect with ``base`` where it is silent."""
        return Effect(
            base.hidden if self.hidden is None else self.hidden,
            base.struck if self.struck is None else self.struck,
            base.number if self.number is None else self.number,
            base.signs if self.signs is None else self.signs,
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
    return Effect(toggle(properties, "vanish"), struck, None, _signs(properties.find(W + "rFonts")))


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
        self.default = NO_EFFECT
        if root is None:
            return
        for style in root.iterchildren(W + "style"):
            identifier = style.get(W + "styleId", "")
            base = style.find(W + "basedOn")
            number = numbering_of(style.find(W + "pPr"))
            properties = style.find(W + "rPr")
            effect = NO_EFFECT if properties is None else run_effect(properties)
            own = Effect(effect.hidden, effect.struck, number, effect.signs)
            self._own[identifier] = (own, "" if base is None else base.get(_VAL, ""))
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = own

    def __bool__(self) -> bool:
        """Whether any style could have an effect."""
        return bool(self._own)

    def effect(self, identifier: str) -> Effect:
        """Return the effect of a style, its bases included; a loop of bases ends where it closes."""
        effect, seen = NO_EFFECT, set[str]()
        while identifier in self._own and identifier not in seen:
            seen.add(identifier)
            own, identifier = self._own[identifier]
            effect = effect.over(own)
        return effect
