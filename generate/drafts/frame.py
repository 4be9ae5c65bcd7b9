"""What surrounds a draft's text once it is laid out: paper, 版心, grid, page numbers, settings.

Knows sections, headers and footers; does not know what the text says.
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from generate.notice import page
from generate.package import members_of
from generate.word import styles
from generate.word.parts import SETTINGS, STYLES, Package, R, declare, relate
from generate.word.rendered import w
from generate.word.runs import BLANKS
from generate.word.sections import make_landscape

_ID = f"{{{R}}}id"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NUMBERS = re.compile(r"[\d\s—\-–－_·.．/第共页码PageofOF ]*")


class Frame:
    """Our paper, styles and footers for one draft's package."""

    def __init__(self, package: Package) -> None:
        """Put our settings and footers into ``package``; what its footers say beside page numbers goes into ours."""
        self.ours = Package(members_of(page.data_of(page.new_document())))
        self._package = package
        self.headers: list[str] = []
        self._extra = self._footer_texts()
        self._drop_footers()
        self._footers = self._bring_footers()
        self._settings()

    @property
    def headed(self) -> bool:
        """Whether the draft's page one has a header that says something, as the letterhead of a template does."""
        first = next(self._package.document.iter(w("sectPr")), None)
        uses = [] if first is None else first.iterchildren(w("headerReference"))
        return any(use.get(w("type")) != "even" and self._shows(str(use.get(_ID))) for use in uses)

    def section(self, theirs: etree._Element | None) -> etree._Element:
        """Return our section for the draft's: upright or landscape as it was, headers with text kept."""
        ours = deepcopy(self.ours.document.find(f"{w('body')}/{w('sectPr')}"))
        assert ours is not None  # noqa: S101 - a new document has one
        for old in [*ours.iter(w("footerReference"), w("headerReference"))]:
            ours.remove(old)
        for place, (when, ident) in enumerate(self._footers.items()):
            ours.insert(place, etree.Element(w("footerReference"), {w("type"): when, _ID: ident}))
        if theirs is None:
            return ours
        kind = theirs.find(w("type"))
        if kind is not None and kind.get(w("val")) != "continuous":
            ours.insert(len(self._footers), deepcopy(kind))
        size = theirs.find(w("pgSz"))
        if size is not None and _number(size, "w") > _number(size, "h"):
            make_landscape(self._package, ours)
        for header in [*theirs.iterchildren(w("headerReference"))][::-1]:
            if header.get(w("type")) != "first" and self._shows(str(header.get(_ID))):
                ours.insert(0, deepcopy(header))
        return ours

    def _shows(self, ident: str) -> bool:
        """Whether a header says anything; its part is noted then, for its styles."""
        target = self._target(ident)
        data = self._package.parts.get(f"word/{target}")
        if data is None or not _text(etree.fromstring(data)).strip(BLANKS):
            return False
        name = target.removesuffix(".xml")
        if name not in self.headers:
            self.headers.append(name)
        return True

    def _target(self, ident: str) -> str:
        found = (item.get("Target") for item in self._package.relations if item.get("Id") == ident)
        return str(next(found, "")).removeprefix("/word/")

    def _footer_texts(self) -> list[str]:
        """Return what the draft's footers say beside page numbers."""
        found: list[str] = []
        for reference in self._package.document.iter(w("footerReference")):
            data = self._package.parts.get(f"word/{self._target(str(reference.get(_ID)))}")
            for item in [] if data is None else etree.fromstring(data).iter(w("p")):
                text = _text(item).strip(BLANKS)
                if not _NUMBERS.fullmatch(text) and text not in found:
                    found.append(text)
        return found

    def _drop_footers(self) -> None:
        """Take the draft's footers out of the package."""
        for relation in [*self._package.relations]:
            if str(relation.get("Type")).endswith("/footer"):
                part = f"word/{str(relation.get('Target')).removeprefix('/word/')}"
                self._package.relations.remove(relation)
                self._package.parts.pop(part, None)
                for item in [item for item in self._package.types if item.get("PartName") == f"/{part}"]:
                    self._package.types.remove(item)

    def _bring_footers(self) -> dict[str, str]:
        """Put our footers for odd and even pages into the package; return their relations by kind."""
        body = self.ours.document.find(w("body"))
        assert body is not None  # noqa: S101 - a new document has one
        targets = {item.get("Id"): str(item.get("Target")) for item in self.ours.relations}
        found = {}
        for reference in body.iter(w("footerReference")):
            kind = str(reference.get(w("type")))
            name = f"footer-{'odd' if kind == 'default' else kind}.xml"
            tree = etree.fromstring(self.ours.parts[f"word/{targets[reference.get(_ID)]}"])
            for text in self._extra:
                tree.insert(0, _line(text))
            if f"word/{name}" not in self._package.parts:
                declare(self._package, f"/word/{name}", _FOOTER_TYPE)
            self._package.parts[f"word/{name}"] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
            found[kind] = relate(self._package, f"{R}/footer", name)
        return found

    def _settings(self) -> None:
        """Give the package our settings; what its notes need is kept."""
        settings = etree.fromstring(self.ours.parts[SETTINGS])
        old = self._package.parts.get(SETTINGS)
        if old is not None:
            theirs = etree.fromstring(old)
            place = settings.find(w("compat"))
            for name in ("footnotePr", "endnotePr"):
                for node in theirs.iterchildren(w(name)):
                    if place is not None:
                        place.addprevious(deepcopy(node))
        self._package.parts[SETTINGS] = etree.tostring(settings, xml_declaration=True, encoding="UTF-8")
        self._package.parts.pop("word/_rels/settings.xml.rels", None)
        for part, present in ((SETTINGS, old is not None), (STYLES, STYLES in self._package.parts)):
            if not present:
                name = part.removeprefix("word/")
                kind = name.removesuffix(".xml")
                declare(self._package, f"/{part}", f"{_MAIN}.{kind}+xml")
                relate(self._package, f"{R}/{kind}", name)


def _line(text: str) -> etree._Element:
    item = etree.Element(w("p"))
    properties = etree.SubElement(item, w("pPr"))
    etree.SubElement(properties, w("pStyle"), {w("val"): styles.PAGE_NUMBER.id})
    node = etree.SubElement(etree.SubElement(item, w("r")), w("t"))
    node.text = text
    return item


def _text(tree: etree._Element) -> str:
    return "".join(node.text or "" for node in tree.iter(w("t")))


def _number(item: etree._Element, key: str) -> float:
    try:
        return float(item.get(w(key)) or 0)
    except ValueError:
        return 0
