"""Joins the checker with its profile, its pages and its words for the clerk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generate.check import Finding, UncheckableError, Verdict, check, check_with_page, to_pdfs
from generate.standard.profile import OWN_PROFILE, Profile, load_profile

from .console import visible


@dataclass(frozen=True, slots=True)
class Examined:
    """One file: its verdict, or why it could not be examined; ``notes`` are said beside."""

    path: Path
    verdict: Verdict | None
    refused: str = ""
    notes: tuple[str, ...] = ()


def profile_for(folder: Path | None, named: Path | None) -> Profile:
    """Return the profile that ``named`` or the work folder's own file changes; raise ``MistakesError``."""
    own = None if folder is None else folder / OWN_PROFILE
    return load_profile(named or (own if own is not None and own.is_file() else None))


def examined(path: Path, profile: Profile, pages: Mapping[Path, Path] | None = None) -> Examined:
    """Examine the document at ``path``; its rendered page too where ``pages``, from ``rendered``, are given."""
    try:
        if pages is None:
            return Examined(path, check(path, profile))
        pdf = pages.get(path)
        if pdf is None:
            note = f"没有量 {visible(path.name)} 的页面：没有同名的 .pdf，LibreOffice 没有装或排不出来"
            return Examined(path, check(path, profile), notes=(note,))
        notes = (f"量的是 {visible(pdf.name)}",) if pdf == path.with_suffix(".pdf") else ()
        return Examined(path, check_with_page(path, pdf, profile), notes=notes)
    except UncheckableError as error:
        return Examined(path, None, str(error), (f"未检查 {visible(str(error))}",))


def rendered(paths: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Return the page of each document: the .pdf beside it, else one rendered into ``folder``, all in one call."""
    beside = {path: path.with_suffix(".pdf") for path in paths if path.with_suffix(".pdf").is_file()}
    rest = [path for path in paths if path not in beside and path.suffix.lower() in (".docx", ".docm")]
    return beside | to_pdfs(rest, folder)


def lines(item: Examined, name: str) -> Iterator[str]:
    """Yield what the clerk reads about one file: problems apart from advice, each with place, found, asked and mend."""
    if item.verdict is None:
        return
    problems = item.verdict.violations
    advice = tuple(found for found in item.verdict.findings if found.advice)
    if not item.verdict.official:
        yield f"{name}：不像公文，没有逐条检查。如果确是公文，请把标题写成“关于……的通知”这样的形式"
        return
    if not item.verdict.findings:
        yield f"{name}：符合标准"
        return
    yield f"{name}：问题 {len(problems)} 条，建议 {len(advice)} 条"
    for title, group in (("问题", problems), ("建议", advice)):
        for count, found in enumerate(group, 1):
            yield from _entry(f"{title}{count}", found)


def _entry(label: str, found: Finding) -> Iterator[str]:
    clause = found.clause if found.clause.startswith("1999") else f"{found.clause} 条"
    yield visible(f"  {label} {found.place}：{found.found}；{found.expected}")
    yield visible(f"       [{found.rule}，{clause}，{found.strength.value}] 改法：{found.mend}")


def record(item: Examined, profile: Profile) -> dict[str, Any]:
    """Return one file as the contract's JSON has it."""
    found = () if item.verdict is None else item.verdict.findings
    plain: dict[str, Any] = {
        "file": str(item.path),
        "profile": profile.name,
        "findings": [_plain(finding) for finding in found],
    }
    return plain | ({"reason": item.refused} if item.refused else {})


def _plain(found: Finding) -> dict[str, str]:
    return {
        "rule": found.rule,
        "clause": found.clause,
        "strength": found.strength.letter,
        "place": found.place,
        "found": found.found,
        "expected": found.expected,
        "message": found.message,
    }
