"""What a checker says: one finding for each rule that a document departs from, with place, found, expected and mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generate.standard.profile import Profile, Rule, Strength


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from a rule; ``place`` names the element of the page, with its first words where it has any."""

    rule: str
    clause: str
    strength: Strength
    place: str
    found: str
    expected: str
    mend: str

    @property
    def advice(self) -> bool:
        """Whether the standard leaves it open (一般, 习惯), so that it is no violation."""
        return self.strength is not Strength.REQUIRED

    @property
    def message(self) -> str:
        """The whole finding as one Chinese sentence."""
        return f"{self.place}：{self.found}；{self.expected}。{self.mend}"


def finding(rule: Rule, place: str, found: str, expected: str = "") -> Finding:
    """Return a finding of ``rule``; ``expected`` says more exactly what the rule demands here."""
    return Finding(
        rule.name, rule.clause, rule.strength, place, found, expected or f"应：{rule.demand}", rule.mend
    )


class Findings:
    """Collects findings by rule name; rules that the profile switches off are not heard."""

    def __init__(self, profile: Profile) -> None:
        """Start with none."""
        self.profile = profile
        self._found: list[Finding] = []

    def add(self, name: str, place: str, found: str, expected: str = "") -> None:
        """Note that the rule ``name`` is not kept at ``place``."""
        rule = self.profile.rule(name)
        if not rule.off:
            self._found.append(finding(rule, place, found, expected))

    def has(self, name: str) -> bool:
        """Whether the rule ``name`` has a finding."""
        return any(item.rule == name for item in self._found)

    def all(self) -> tuple[Finding, ...]:
        """Return the findings, violations first; the same departure in several places is one finding."""
        merged = _merged(self._found)
        return tuple(sorted(merged, key=lambda item: item.advice))


def _merged(found: Iterable[Finding]) -> list[Finding]:
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for item in found:
        groups.setdefault((item.rule, item.found, item.expected), []).append(item)
    return [
        items[0] if len(items) == 1 else replace(items[0], place=f"{items[0].place}等{len(items)}处")
        for items in groups.values()
    ]
