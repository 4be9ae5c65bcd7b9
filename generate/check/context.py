"""What every rule is given: the elements of the document, the profile, and where findings go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from generate.standard.profile import Profile

from .elements import Elements, Part
from .finding import Findings
from .formatting import Face
from .sheet import LINE, Para, Run, Section, Where

_UNSURE = -1.0
_PITCH = 12  # twips that a line may differ from the text's
SIZES = {
    42: "初号", 36: "小初", 26: "一号", 24: "小一", 22: "二号", 18: "小二", 16: "三号", 15: "小三", 14: "四号", 12: "小四",
    10.5: "五号", 9: "小五", 7.5: "六号", 6.5: "小六", 5.5: "七号",
}  # fmt: skip
MM = 1440 / 25.4
"""Twips to the millimetre."""


@dataclass(frozen=True)
class Context:
    """One document under examination."""

    elements: Elements
    profile: Profile
    findings: Findings

    def number(self, rule: str, key: str) -> float:
        """Return a number of the profile."""
        return self.profile.number(rule, key)

    def tolerance(self, rule: str) -> float:
        """Return a rule's tolerance."""
        return self.profile.rule(rule).tolerance

    def section(self, para: Para) -> Section:
        """Return the section of ``para``."""
        return self.elements.sheet.section_of(para)

    @cached_property
    def ordinals(self) -> dict[int, int]:
        """The number of each paragraph of the text, from 1, by its place."""
        return {place: count for count, (place, _) in enumerate(self.elements.all(Part.TEXT), 1)}

    @cached_property
    def pitch(self) -> float:
        """The line pitch of a text of one paragraph, which may be any that keeps 落款 with text (7.3.5.5), in twips."""
        texts = self.elements.all(Part.TEXT)
        exact = len(texts) == 1 and texts[0][1].rule == "exact"
        return texts[0][1].line if exact else LINE

    def place(self, place: int, run: Run | None = None) -> str:
        """Return how a clerk finds the paragraph: its element, number and first words, or those of ``run`` in it."""
        para, part = self.elements.sheet.paras[place], self.elements.parts[place]
        if para.where is Where.CELL and part is Part.OTHER:
            part_name = "表格里的字"
        else:
            part_name = f"正文第{self.ordinals[place]}段" if part is Part.TEXT else str(part)
        words = para.start if run is None else _short(run)
        return f"{part_name}“{words}”" if words else part_name

    def is_face(self, face: Face, kind: str) -> bool:
        """Whether ``face`` is one of the names of ``kind``; LibreOffice lists several with semicolons."""
        names = {name.casefold().replace(" ", "") for name in self.profile.faces[kind]}
        first = face.name.split(";")[0].strip().casefold().replace(" ", "").lstrip("@")
        return first in names

    def wrong_runs(self, para: Para, kind: str) -> list[Run]:
        """Return the runs with Chinese characters in ``para`` whose face is none of ``kind``."""
        return [run for run in para.runs if run.chinese and not self.is_face(run.east, kind)]

    def face(self, rule: str, place: int, kind: str) -> None:
        """Check the face of a whole paragraph; a theme's face has its own rule."""
        wrong = self.wrong_runs(self.elements.sheet.paras[place], kind)
        if wrong:
            self.wrong_face(rule, place, wrong[0], kind)

    def wrong_face(self, rule: str, place: int, run: Run, kind: str) -> None:
        """Report that ``run`` has not the face ``kind``."""
        expected = f"应为{kind}（{self.profile.face(kind)}等）"
        name, where = run.east.name.split(";")[0] or "未指定", self.place(place, run)
        if run.east.theme:
            covered = f"，盖住了写明的{run.east.covered}" if run.east.covered else ""
            self.findings.add("主题字体", where, f"用的是主题字体（{name}）{covered}", expected)
        else:
            self.findings.add(rule, where, f"字体是{name}", expected)

    def size(self, rule: str, place: int, points: float) -> None:
        """Check that every word of a paragraph has the size ``points``."""
        for run in self.elements.sheet.paras[place].runs:
            if any(char.isalnum() for char in run.text) and abs(run.size - points) > 0.26:
                expected = f"应为{size_name(points)}"
                found = f"字号是{size_name(run.size)}"
                self.findings.add(rule, self.place(place, run), found, expected)
                return

    def gap(self, above: int, below: int) -> float:
        """Return how many empty lines stand between two paragraphs, -1 where that cannot be told."""
        paras = self.elements.sheet.paras
        if paras[below].new_page or paras[above].section != paras[below].section:
            return _UNSURE
        between = paras[above + 1 : below]
        here = paras[above].where
        if here is not paras[below].where or any(
            not para.blank or para.where is not here for para in between
        ):
            return _UNSURE
        if here is not Where.BODY or any(para.new_page for para in between):
            return _UNSURE
        space = paras[above].after + paras[below].before + sum(para.before + para.after for para in between)
        return sum(self._lines(para) for para in between) + (space / LINE if space > 100 else 0)

    def _lines(self, para: Para) -> float:
        tall = height(para, self.section(para))
        count = tall / LINE
        return 1.0 if 0.6 <= count <= 1.6 or abs(tall - self.pitch) < _PITCH else count


def height(para: Para, section: Section) -> float:
    """Return the height in twips of one line of ``para``; estimated from the size where it is not exact."""
    natural = para.size * 20 * 1.3
    if para.rule == "exact":
        return para.line
    if section.grid in ("lines", "linesAndChars", "snapToChars") and para.snap and section.pitch:
        rows = max(1, -(-natural // section.pitch))
        natural = rows * section.pitch
    return max(para.line, natural) if para.rule == "atLeast" else natural * para.line / 240


def size_name(points: float) -> str:
    """Return a size as a clerk calls it."""
    return SIZES.get(points, f"{points:g}磅")


def _short(run: Run) -> str:
    words = " ".join(run.text.split())
    return words if len(words) <= 12 else f"{words[:12]}…"
