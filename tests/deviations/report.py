"""What became of the returns: the counts for each deviation, as lines on a console and as a table in Markdown.

The verdicts come from ``samples.compare``; here they are only gathered: an answer in doubt whose value is among the
``accept`` of the truth counts as right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from samples.compare import compare
from samples.verdict import Finding, Verdict

Json = dict[str, Any]
_STATUS = "状态"
HEADS = (
    "偏差",
    "文件",
    "报送",
    "漏",
    "多",
    "字段",
    "对",
    "对但多疑",
    "对但缺疑",
    "错而有疑",
    "静默错误",
    "丢字",
    "漏出",
)


@dataclass(slots=True)
class Tally:
    """The counts of one deviation (or of all); ``fields`` counts form, unit, period and every field of a submission."""

    name: str
    files: int = 0
    submissions: int = 0
    missing: int = 0
    extra: int = 0
    fields: int = 0
    right: int = 0
    doubted: int = 0
    undoubted: int = 0
    wrong: int = 0
    silent: int = 0
    lost: int = 0
    leaked: int = 0

    @property
    def cells(self) -> list[str]:
        """The counts as texts in the order of ``HEADS``; zeros are empty behind the first columns."""
        numbers = [getattr(self, each.name) for each in fields(self)[1:]]
        return [
            self.name,
            *(str(n or ("" if place in (2, 3) or place > 5 else 0)) for place, n in enumerate(numbers)),
        ]

    @property
    def share(self) -> float:
        """The share of fields that are right, doubted or not."""
        return (self.right + self.doubted + self.undoubted) / self.fields if self.fields else 1.0


_COLUMN = {
    Verdict.RIGHT: "right",
    Verdict.EXTRA_DOUBT: "doubted",
    Verdict.NO_DOUBT: "undoubted",
    Verdict.DOUBTED: "wrong",
    Verdict.SILENT: "silent",
    Verdict.LOST: "missing",
    Verdict.ADDED: "extra",
    Verdict.LOST_TEXT: "lost",
    Verdict.LEAKED: "leaked",
}


def findings(records: Iterable[Json], truth: Sequence[Json]) -> list[Finding]:
    """Return the verdict on every field, text and submission."""
    accept = {(e["source"], e["part"]): e["accept"] for e in truth}
    made = []
    for finding in compare(records, truth).findings:
        rightly = accept.get((finding.source, finding.part), {}).get(finding.field, ())
        if finding.verdict is Verdict.DOUBTED and finding.found in rightly:
            made.append(replace(finding, verdict=Verdict.RIGHT))
        else:
            made.append(finding)
    return made


def tallies(found: Sequence[Finding], truth: Sequence[Json]) -> list[Tally]:
    """Return one tally for each deviation, those with most trouble first, and the sum at the end."""
    whole = Tally("合计")
    by_name: dict[str, Tally] = {}
    names = {entry["source"]: _counted(entry) for entry in truth}

    def concerned(source: str) -> list[Tally]:
        return [whole, *(by_name.setdefault(name, Tally(name)) for name in names.get(source, ()))]

    for source in names:
        for tally in concerned(source):
            tally.files += 1
    for entry in truth:
        for tally in concerned(entry["source"]):
            tally.submissions += 1
    for finding in found:
        for tally in concerned(finding.source):
            _count(tally, finding)
    trouble = sorted(
        by_name.values(), key=lambda t: (-(t.silent + t.lost + t.leaked + t.missing + t.extra), -t.wrong)
    )
    return [*trouble, whole]


def _counted(entry: Json) -> list[str]:
    """Return the names under which a file counts: a copy in another format counts for its format alone."""
    deviations: list[str] = entry["deviations"]
    if not deviations[0].startswith("格式·"):
        return [*deviations, f"格式·{entry['source'].rpartition('.')[2]}"]
    return [name for name in deviations if name.startswith(("格式·", "附件名"))]


def _count(tally: Tally, finding: Finding) -> None:
    if finding.field == _STATUS:
        return
    column = _COLUMN[finding.verdict]
    setattr(tally, column, getattr(tally, column) + 1)
    if column in ("right", "doubted", "undoubted", "wrong", "silent"):
        tally.fields += 1


def fatal(tally: Tally) -> bool:
    """Whether something is wrong in silence, lost, leaked or missing."""
    return bool(tally.silent or tally.lost or tally.leaked or tally.missing or tally.extra)


def lines(made: Sequence[Tally]) -> list[str]:
    """Return the tallies as lines with aligned columns, and one sentence in all."""
    table = [list(HEADS), *(tally.cells for tally in made)]
    widths = [max(_width(row[column]) for row in table) for column in range(len(HEADS))]
    rows = (
        "  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
        for row in table
    )
    return [*(row.rstrip() for row in rows), "", summary(made[-1])]


def summary(whole: Tally) -> str:
    """Return the totals as one Chinese sentence."""
    found = whole.submissions - whole.missing
    return (
        f"{whole.files} 个文件，{whole.submissions} 份报送，找到 {found} 份（{found / max(whole.submissions, 1):.2%}），"
        f"多出 {whole.extra} 份；{whole.fields} 个字段，对 {whole.share:.2%}（其中多疑 {whole.doubted}、缺疑 {whole.undoubted}），"
        f"错而有疑 {whole.wrong}，静默错误 {whole.silent}，丢字 {whole.lost}，漏出 {whole.leaked}"
    )


def markdown(made: Sequence[Tally], call: str, groups: Mapping[str, Iterable[str]]) -> str:
    """Return the page for ``docs/``: what was run, the totals, a table for each group of deviations."""
    rows = {tally.name: tally.cells for tally in made}
    page = [
        "# 偏差与读数",
        "",
        "退回来的表和发出去的不一样：这里按偏差列出生成的报表读得怎样。由命令写成，不要手改：",
        "",
        f"    {call}",
        "",
        summary(made[-1]),
        "",
        "“字段”包括表单、单位、报送期和每一个填报栏；一个文件有一到三种偏差，在各行都计；另存为别的格式的副本只计在格式一行。“对但多疑”是值对而提示了疑点，"
        "“对但缺疑”是值对而细心的人会提示疑点。“丢字”是看得见的文字既不在值里也不在剩余文字里，"
        "“漏出”是删去或隐藏的文字进了值。空着的是零。",
    ]
    for title, names in groups.items():
        listed = [rows[name] for name in names if name in rows]
        if listed:
            page += [
                "",
                f"## {title}",
                "",
                *map(_row, (HEADS, ["---", *["--:"] * (len(HEADS) - 1)], *listed)),
            ]
    return "\n".join([*page, ""])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def failures(found: Sequence[Finding], truth: Sequence[Json]) -> str:
    """Return every mismatch with its file and deviations, the worst kinds first, as Markdown."""
    names = {entry["source"]: "、".join(entry["deviations"]) for entry in truth}
    order = (*list(Verdict)[4:], Verdict.DOUBTED, Verdict.NO_DOUBT)
    made = []
    for verdict in order:
        these = [finding for finding in found if finding.verdict is verdict]
        made += ["", f"## {verdict.value} {len(these)}", ""]
        made += [f"- [{names.get(finding.source, '')}] {finding}" for finding in these]
    return "\n".join(made) + "\n"
