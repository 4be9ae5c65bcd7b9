"""The checker of a Word document: read, recognise, compare with every rule that can be seen in a docx."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generate.standard.profile import Profile, shipped

from . import annexes, body, closing, folio, head, heading, imprint, paper
from .context import Context
from .elements import Elements, recognise
from .finding import Finding, Findings
from .reading import Reader
from .wordfile import WordFile


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in a document: ``official`` tells whether it is a 公文 at all; findings, violations first."""

    official: bool
    findings: tuple[Finding, ...]

    @property
    def violations(self) -> tuple[Finding, ...]:
        """The findings of what the standard prescribes."""
        return tuple(item for item in self.findings if not item.advice)


def check(path: Path, profile: Profile | None = None) -> Verdict:
    """Examine the document at ``path``; raise ``UncheckableError`` when it cannot be opened."""
    return examine(elements_of(path), profile or shipped())


def elements_of(path: Path) -> Elements:
    """Return the recognised elements of the document at ``path``; raise ``UncheckableError``."""
    return recognise(Reader(WordFile(path)).sheet())


def check_with_page(path: Path, pdf: Path, profile: Profile | None = None) -> Verdict:
    """Examine the document at ``path`` and its rendered pages ``pdf``; raise ``UncheckableError``."""
    from .pdf import measure

    elements, used = elements_of(path), profile or shipped()
    verdict = examine(elements, used)
    measured = measure(pdf, elements, used, verdict.findings)
    together = sorted((*verdict.findings, *measured), key=lambda item: item.advice)
    return Verdict(verdict.official, tuple(together))


def examine(elements: Elements, profile: Profile) -> Verdict:
    """Compare the recognised elements with every rule; what is no 公文 is told so and nothing else."""
    findings = Findings(profile)
    if not elements.official:
        findings.add("不是公文", "全文", "没有认出公文标题、发文字号、主送机关和成文日期")
        return Verdict(False, findings.all())
    context = Context(elements, profile, findings)
    for rules in (paper, head, heading, body, closing, annexes, imprint, folio):
        rules.check(context)
    imprint.leftovers(context)
    return Verdict(True, findings.all())
