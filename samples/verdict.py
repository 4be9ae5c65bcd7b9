"""The verdicts of a comparison: one finding for each field, counted for each deviation and printed as a table."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of one field; the value is the heading of its column."""

    RIGHT = "对"
    EXTRA_DOUBT = "对但多疑"
    NO_DOUBT = "对但缺疑"
    DOUBTED = "错而有疑"
    SILENT = "静默错误"
    LOST = "漏掉的报送"
    ADDED = "多出的报送"
    LOST_TEXT = "丢失的文字"
    LEAKED = "不该有的文字"


FATAL = (Verdict.SILENT, Verdict.LOST, Verdict.ADDED, Verdict.LOST_TEXT, Verdict.LEAKED)
"""The verdicts that make a reader unfit: nothing may be wrong, lost or invented without a word."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one field (or one text, or one whole submission, where ``field`` is empty)."""

    source: str
    part: int
    field: str
    verdict: Verdict
    expected: object = None
    found: object = None
    deviations: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return one line that names file, field and both values."""
        where = f"{self.source} 第{self.part}份"
        field = f"“{self.field}”" if self.field else ""
        return f"{self.verdict}：{where} {field} 应为 {self.expected!r}，读成 {self.found!r}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """All findings, in the order of the truth."""

    findings: tuple[Finding, ...]

    def count(self, verdict: Verdict, deviation: str | None = None) -> int:
        """Return how many findings have ``verdict``, those under ``deviation`` alone when it is given."""
        return sum(
            finding.verdict is verdict and deviation in (None, *finding.deviations)
            for finding in self.findings
        )

    @property
    def fatal(self) -> tuple[Finding, ...]:
        """The findings that a reader must not have."""
        return tuple(finding for finding in self.findings if finding.verdict in FATAL)

    @property
    def deviations(self) -> tuple[str, ...]:
        """The deviations in order of first appearance."""
        return tuple(dict.fromkeys(name for finding in self.findings for name in finding.deviations))


def table(comparison: Comparison) -> str:
    """Return the counts as a table in Chinese: a row for each deviation, then one for all."""
    heads = ("偏差", "字段", *(verdict.value for verdict in Verdict))
    rows = [_counts(comparison, name) for name in comparison.deviations]
    lines = [heads, *rows, _counts(comparison, None)]
    widths = [max(_cells(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join(
        "  ".join(
            text + " " * (width - _cells(text)) for text, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _counts(comparison: Comparison, deviation: str | None) -> tuple[str, ...]:
    counted = {verdict: comparison.count(verdict, deviation) for verdict in Verdict}
    numbers = (str(counted[verdict] or "") for verdict in Verdict)
    return (deviation or "合计", str(sum(counted[verdict] for verdict in list(Verdict)[:5])), *numbers)


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
