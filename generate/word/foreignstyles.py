"""Styles of one Word document in another: those that both share word for word are shared, others come under new ids.

A style that comes along takes its document's defaults and theme faces with it, so that the text looks as it did.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from .ordering import properties_of, rank
from .parts import Package
from .rendered import w as _w
from .styles import W

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_THEME = "word/theme/theme1.xml"
_STYLE_USES = ("pStyle", "rStyle", "tblStyle")


class ForeignStyles:
    """Brings the styles that blocks use from one package to another."""

    def __init__(self, target: Package, source: Package) -> None:
        """Look at the styles, defaults and theme of both packages."""
        self._into = target.styles
        self._theirs = {_id(style): style for style in source.styles.iter(_w("style"))}
        self._ours = {_id(style): style for style in target.styles.iter(_w("style"))}
        self._defaults = source.styles.find(_w("docDefaults"))
        self._alike = _same(self._defaults, target.styles.find(_w("docDefaults")))
        self._faces = _theme_faces(source)
        self._new: dict[str, str] = {}
        self.copies: list[etree._Element] = []

    def bring(self, blocks: list[etree._Element]) -> None:
        """Let every paragraph, run and table of ``blocks`` name a style of the target that looks the same."""
        for block in blocks:
            for use in [node for name in _STYLE_USES for node in block.iter(_w(name))]:
                if use.get(_w("val")) in self._theirs:
                    use.set(_w("val"), self._id(str(use.get(_w("val")))))
            self._name_defaults(block, "paragraph", "p", "pPr", "pStyle")
            self._name_defaults(block, "table", "tbl", "tblPr", "tblStyle")
            _resolve_faces(block, self._faces)

    def _name_defaults(self, block: etree._Element, kind: str, tag: str, holder: str, use: str) -> None:
        """Say explicitly which style a paragraph or table without one has, where the documents' defaults differ."""
        default = next((i for i, s in self._theirs.items() if _is_default(s, kind)), None)
        if default is None or self._id(default) == default:
            return
        for item in [*block.iter(_w(tag))]:
            properties = properties_of(item, holder)
            if properties.find(_w(use)) is None:
                properties.insert(0, etree.Element(_w(use), {_w("val"): self._id(default)}))

    def _id(self, theirs: str) -> str:
        """Return the target's id for the style ``theirs``, copying the style and what it is based on when needed."""
        if theirs in self._new:
            return self._new[theirs]
        style = self._theirs[theirs]
        based = style.find(_w("basedOn"))
        parent = based.get(_w("val")) if based is not None else None
        parent_same = parent is None or parent not in self._theirs or self._id(parent) == parent
        if self._alike and parent_same and _same(style, self._ours.get(theirs)):
            self._new[theirs] = theirs
            return theirs
        self._new[theirs] = self._copy(style, theirs, parent)
        return self._new[theirs]

    def _copy(self, style: etree._Element, theirs: str, parent: str | None) -> str:
        number = 1
        while (ours := f"{theirs}F{number}") in self._ours:
            number += 1
        copy = deepcopy(style)
        copy.set(_w("styleId"), ours)
        copy.attrib.pop(_w("default"), "")
        for name in ("link", "next"):
            for node in copy.findall(_w(name)):
                _drop(node)
        label, based = copy.find(_w("name")), copy.find(_w("basedOn"))
        if label is not None:
            label.set(_w("val"), f"{label.get(_w('val'))} 表单{number}")
        if based is not None and parent in self._theirs:
            based.set(_w("val"), self._id(str(parent)))
        elif copy.get(_w("type")) == "paragraph":
            self._make_explicit(copy)
        _resolve_faces(copy, self._faces)
        self._into.append(copy)
        self.copies.append(copy)
        self._ours[ours] = copy
        return ours

    def _make_explicit(self, style: etree._Element) -> None:
        """Add the source's document defaults to a root style wherever it says nothing itself (ECMA-376 17.7.5)."""
        for name, plain in (("pPr", _PLAIN_PARAGRAPH), ("rPr", _PLAIN_RUN)):
            own = style.find(_w(name))
            if own is None:
                own = etree.SubElement(style, _w(name))
            found = (
                self._defaults.find(f"{_w(name + 'Default')}/{_w(name)}")
                if self._defaults is not None
                else None
            )
            for source in ([] if found is None else [found]) + [etree.fromstring(plain)]:
                for node in source:
                    if own.find(node.tag) is None:
                        own.append(deepcopy(node))
            own[:] = sorted(own, key=rank)


_PLAIN_PARAGRAPH = (
    f'<w:pPr xmlns:w="{W}"><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
)
_PLAIN_RUN = f'<w:rPr xmlns:w="{W}"><w:spacing w:val="0"/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'


def _theme_faces(source: Package) -> dict[str, str]:
    """Return the faces behind the theme names of ``source`` (``minorEastAsia``); Hans decides for Chinese."""
    data = source.parts.get(_THEME)
    faces: dict[str, str] = {}
    for kind in ("major", "minor") if data else ():
        fonts = etree.fromstring(data or b"").find(f".//{{{_A}}}{kind}Font")
        if fonts is None:
            continue
        latin, east = fonts.find(f"{{{_A}}}latin"), fonts.find(f"{{{_A}}}ea")
        hans = next((font for font in fonts if font.get("script") == "Hans"), None)
        western = (latin.get("typeface") if latin is not None else None) or "Times New Roman"
        chinese = (east.get("typeface") if east is not None else None) or ""
        chinese = chinese or (hans.get("typeface") if hans is not None else None) or "宋体"
        faces |= {
            f"{kind}Ascii": western,
            f"{kind}HAnsi": western,
            f"{kind}Bidi": western,
            f"{kind}EastAsia": chinese,
        }
    return faces


def _resolve_faces(tree: etree._Element, faces: dict[str, str]) -> None:
    for fonts in tree.iter(_w("rFonts")):
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            theme = str(fonts.attrib.pop(_w(f"{script}Theme" if script != "cs" else "cstheme"), ""))
            if theme in faces:
                fonts.set(_w(script), faces[theme])


def _is_default(style: etree._Element, kind: str) -> bool:
    return style.get(_w("type")) == kind and style.get(_w("default")) in ("1", "true", "on")


def _same(one: etree._Element | None, other: etree._Element | None) -> bool:
    if one is None or other is None:
        return one is other
    return etree.tostring(one, method="c14n", exclusive=True) == etree.tostring(
        other, method="c14n", exclusive=True
    )


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _id(style: etree._Element) -> str:
    return str(style.get(_w("styleId")))
