"""The texts of a notice: passages for the template's loop, or whole blocks where a draft has more than lines of text.

Knows which drafts hold tables, lists, pictures or notes; how those are laid out stands in ``layout``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from forms import Listing, Unit
from generate.drafts.blocks import opened
from generate.drafts.layout import draft_members, laid_out
from generate.drafts.passages import plain_text, read_draft
from generate.package import TemplateError, members_of
from generate.standard.levels import Passage, passages
from generate.word.parts import Package
from generate.word.rendered import text_of, w

from .listing import kept_together, listing_members

_MARKDOWN = re.compile(
    r"^\s*(\|.*\||[-*+]\s+\S.*)\s*$|!\[[^\]]*\]\(|\[\^[^\]\s]+\]|\*\*.+?\*\*", re.MULTILINE
)
_SEEN = ("tbl", "drawing", "pict", "object", "footnoteReference", "endnoteReference", "sdt", "sym")


@dataclass(slots=True)
class Bodies:
    """The texts of one notice's work folder; ``grafts`` holds, by their marks, documents to be put into the notice."""

    folder: Path
    units: tuple[Unit, ...] = ()
    grafts: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def passages(self, name: Path) -> tuple[Passage, ...]:
        """Return the passages of the text ``name``, one mark for a text that comes as blocks; raise ``TemplateError``."""
        if not self._rich(name):
            return read_draft(self.folder, name)
        mark = f"〔正文：{name}〕"
        if mark not in self.grafts:
            path = self.folder / name
            self.grafts[mark] = laid_out(draft_members(path), path.name, whole=False)
        return (Passage(0, "", mark),)

    def listing(self, item: Listing, title: str) -> tuple[Passage, ...]:
        """Return the mark of a printed table of the 名册 called ``title``."""
        mark = f"〔一览表：{title}〕"
        self.grafts[mark] = kept_together(laid_out(listing_members(item, self.units), title, whole=False))
        return (Passage(0, "", mark),)

    def words(self, name: Path) -> tuple[Passage, ...]:
        """Return the passages of the text ``name`` as they will read, however it comes."""
        found = self.passages(name)
        graft = self.grafts.get(found[0].text)
        if graft is None:
            return found
        return passages("\n".join(text_of(item) for item in Package(graft).document.iter(w("p"))))

    def _rich(self, name: Path) -> bool:
        path = self.folder / name
        suffix = path.suffix.lower()
        if not path.is_file() or suffix not in (".docx", ".md"):
            return False
        if suffix == ".md":
            return bool(_MARKDOWN.search(plain_text(path)))
        package = opened(members_of(path, "正文"), path.name)
        body = package.document
        if next(body.iter(w("del")), None) is not None:
            raise TemplateError(f"正文 {path.name} 里有未接受的修订。请在 WPS 或 Word 里接受或拒绝修订再试")
        numbered = [
            str(style.get(w("styleId")))
            for style in package.styles.iter(w("style"))
            if style.find(f"{w('pPr')}/{w('numPr')}") is not None
        ]
        seen = any(next(body.iter(w(tag)), None) is not None for tag in (*_SEEN, "numPr"))
        return seen or any(use.get(w("val")) in numbered for use in body.iter(w("pStyle")))
