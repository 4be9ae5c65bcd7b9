"""Effective formatting, resolved as Word does: defaults, styles, numbering levels, theme fonts, direct properties.

Knows ECMA-376 17.3 and 17.7; does not know what a 公文 is. Properties are kept flat (``ind.left``, ``rFonts.ascii``) so
that a later level replaces single attributes of an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from .wordfile import WordFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
Flat = dict[str, str]

_TOGGLES = (
    "b",
    "i",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "vanish",
    "emboss",
    "imprint",
    "outline",
    "shadow",
)
_SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_SLOTS = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}
_OPPOSITE = {
    "ind.firstLine": "ind.hanging",
    "ind.hanging": "ind.firstLine",
    "ind.firstLineChars": "ind.hangingChars",
    "ind.hangingChars": "ind.firstLineChars",
}


def w(name: str) -> str:
    """Return ``name`` in the namespace of WordprocessingML."""
    return f"{{{W}}}{name}"


def value(item: etree._Element | None, name: str = "val") -> str:
    """Return an attribute of ``item``, empty when there is none."""
    return "" if item is None else item.get(w(name)) or ""


def on(text: str | None) -> bool:
    """Whether a switch with the value ``text`` is on (ECMA-376 17.17.4); no value means on."""
    return text is not None and text not in ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface's name and, where a theme gave it, the theme's slot and the name that it covers."""

    name: str
    theme: str = ""
    covered: str = ""


class Formatting:
    """The styles, defaults, numbering levels and theme of one document."""

    def __init__(self, file: WordFile) -> None:
        """Read styles, theme and settings of ``file``."""
        self._styles: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self._chains: dict[tuple[str, str], Flat] = {}
        self._theme = _theme(file)
        root = file.related("styles")
        self._document: dict[str, Flat] = {"pPr": {}, "rPr": {}}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for style in root.iter(w("style")):
            self._styles[value(style, "styleId")] = style
            if on(style.get(w("default"))):
                self._defaults[value(style, "type")] = value(style, "styleId")
        for kind in ("pPr", "rPr"):
            found = root.find(f"{w('docDefaults')}/{w(kind + 'Default')}/{w(kind)}")
            self._document[kind] = flat(found)

    def style_name(self, style: str) -> str:
        """Return the name of the style with the id ``style``."""
        item = self._styles.get(style)
        return "" if item is None else value(item.find(w("name")))

    def paragraph_style(self, pPr: etree._Element | None) -> str:  # noqa: N803 - the schema's word
        """Return the id of the style of a paragraph, the default one where it names none that exists."""
        named = value(pPr.find(w("pStyle"))) if pPr is not None else ""
        return named if named in self._styles else self._defaults.get("paragraph", "")

    def chain(self, style: str, kind: str) -> Flat:
        """Return ``pPr`` or ``rPr`` (``kind``) of a style with all that it is based on; the nearest wins."""
        key = (style, kind)
        if key not in self._chains:
            self._chains[key] = {}  # a style based on itself ends here
            item = self._styles.get(style)
            if item is not None:
                below = self.chain(value(item.find(w("basedOn"))), kind)
                self._chains[key] = over(below, flat(item.find(w(kind))))
        return self._chains[key]

    def paragraph(self, style: str, table: str, level: Flat, direct: Flat) -> Flat:
        """Return the paragraph properties: defaults, table style, paragraph style, numbering level, direct."""
        found = over(self._document["pPr"], self.chain(table, "pPr"))
        found = over(found, self.chain(style, "pPr"))
        return over(over(found, level), direct)

    def run(self, style: str, table: str, rPr: etree._Element | None) -> Flat:  # noqa: N803 - the schema's word
        """Return the run properties; toggles of the styles add up to each other's opposite (17.7.3)."""
        direct = flat(rPr)
        character = direct.get("rStyle") or self._defaults.get("character", "")
        levels = [self.chain(table, "rPr"), self.chain(style, "rPr"), self.chain(character, "rPr")]
        found = self._document["rPr"]
        for level in levels:
            found = over(found, level)
        for name in _TOGGLES:
            flipped = sum(on(level.get(name)) for level in levels) % 2 == 1
            found = over(found, {name: "1" if flipped or on(self._document["rPr"].get(name)) else "0"})
        return over(found, direct)

    def face(self, properties: Flat, slot: str) -> Face:
        """Return the face of the script ``slot`` (ascii, hAnsi, eastAsia), through the theme where it says so."""
        named = properties.get(f"rFonts.{slot}", "")
        kind, _, name = named.partition(":")
        if kind != "theme":
            return Face(name)
        slot_name, _, covered = name.partition("|")
        return Face(self._theme.get(slot_name, ""), slot_name, covered)


def over(below: Flat, above: Flat) -> Flat:
    """Return ``below`` with what ``above`` says in its place."""
    if not above:
        return below
    opposite = {_OPPOSITE[key] for key in above if key in _OPPOSITE}
    return {key: item for key, item in below.items() if key not in opposite} | above


def flat(properties: etree._Element | None) -> Flat:
    """Return the children of ``w:pPr`` or ``w:rPr`` as one flat dictionary."""
    found: Flat = {}
    for item in [] if properties is None else properties.iterchildren(tag=etree.Element):
        name = etree.QName(item).localname
        match name:
            case "ind" | "spacing" if item.get(w("val")) is None:
                for key, text in item.attrib.items():
                    plain = etree.QName(key).localname
                    found[f"{name}.{_SIDES.get(plain, plain)}"] = str(text)
            case "rFonts":
                found |= _fonts(item)
            case "pBdr":
                found |= _borders(item)
            case "numPr":
                found |= {f"num.{etree.QName(part).localname}": value(part) for part in item}
            case "color":
                found |= {"color": value(item), "color.theme": value(item, "themeColor")}
            case "tabs" | "pPrChange" | "rPrChange" | "sectPr" | "rPr":
                continue
            case _:
                found[name] = item.get(w("val"), "1")
    return found


def _fonts(item: etree._Element) -> Flat:
    found = {}
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        if value(item, slot):
            found[f"rFonts.{slot}"] = f"name:{value(item, slot)}"
    for theme, slot in _SLOTS.items():
        if value(item, theme):
            found[f"rFonts.{slot}"] = f"theme:{value(item, theme)}|{value(item, slot)}"
    if value(item, "hint"):
        found["rFonts.hint"] = value(item, "hint")
    return found


def _borders(item: etree._Element) -> Flat:
    found = {}
    for side in item.iterchildren(tag=etree.Element):
        fields = (value(side, key) for key in ("val", "sz", "space", "color"))
        found[f"border.{etree.QName(side).localname}"] = "|".join(fields)
    return found


def _theme(file: WordFile) -> dict[str, str]:
    """Return the theme's faces by slot; an empty East Asian face falls to the one for simplified Chinese."""
    root, found = file.related("theme"), {}
    for kind in ("major", "minor"):
        fonts = None if root is None else root.find(f".//{{{A}}}{kind}Font")
        if fonts is None:
            continue
        latin, east = (_typeface(fonts.find(f"{{{A}}}{name}")) for name in ("latin", "ea"))
        chinese = {item.get("script"): item.get("typeface") or "" for item in fonts.iter(f"{{{A}}}font")}
        found[f"{kind}EastAsia"] = east or chinese.get("Hans", "")
        found[f"{kind}Ascii"] = found[f"{kind}HAnsi"] = latin
    return found


def _typeface(item: etree._Element | None) -> str:
    return "" if item is None else item.get("typeface") or ""
