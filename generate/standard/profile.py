"""The standard as data: every rule with clause, strength, numbers, and a sentence each for what is asked and how to mend.

Knows the file of rules that ships and how a house profile overrides single rules of it; does not know what the rules
mean: the generator takes numbers from it (``standard``), the checkers compare with it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic import Field as Key

import templates
from forms import Mistake, MistakesError
from forms.form import Spec
from forms.yamlfile import Lines, parse, read

SHIPPED = templates.FOLDER / "standard.yaml"
"""The rules of GB/T 9704-2012."""

OWN_PROFILE = Path("模板") / "格式.yaml"
"""Where a work folder keeps its house profile."""

Number = float | str


class Strength(StrEnum):
    """How binding a rule is; the value stands in YAML, ``letter`` in JSON."""

    REQUIRED = "规定"
    GENERAL = "一般"
    CUSTOM = "习惯"

    @property
    def letter(self) -> str:
        """R, G or P."""
        return {"规定": "R", "一般": "G", "习惯": "P"}[self.value]


def _text(value: Any) -> Any:
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else value


class Rule(Spec):
    """One rule. ``numbers`` are millimetres, points, characters or lines as their key says; ``tolerance`` too."""

    name: str
    clause: Annotated[str, BeforeValidator(_text)] = Key(alias="条款")
    strength: Strength = Key(alias="强度")
    demand: str = Key(alias="要求")
    mend: str = Key(alias="改法")
    numbers: dict[str, Number] = Key({}, alias="数值")
    tolerance: float = Key(0, alias="容差")
    off: bool = Key(False, alias="停用")

    def number(self, key: str) -> float:
        """Return the number ``key``; raise ``KeyError`` when the rule has none."""
        return float(self.numbers[key])


class Profile(Spec):
    """All rules and, for each kind of face, the names it goes by; the first name is the one to generate with."""

    name: str = Key(alias="名称")
    faces: dict[str, tuple[str, ...]] = Key(alias="字体")
    rules: tuple[Rule, ...] = Key(alias="规则")

    def rule(self, name: str) -> Rule:
        """Return the rule called ``name``; raise ``KeyError`` when there is none."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        raise KeyError(name)

    def number(self, rule: str, key: str) -> float:
        """Return the number ``key`` of ``rule``; raise ``KeyError``."""
        return self.rule(rule).number(key)

    def face(self, kind: str) -> str:
        """Return the name to generate with of the faces of ``kind`` (仿宋, 黑体 …)."""
        return self.faces[kind][0]


class _Change(Spec):
    """What a house profile may say about one rule; ``None`` leaves it."""

    name: str
    clause: Annotated[str | None, BeforeValidator(_text)] = Key(None, alias="条款")
    strength: Strength | None = Key(None, alias="强度")
    demand: str | None = Key(None, alias="要求")
    mend: str | None = Key(None, alias="改法")
    numbers: dict[str, Number] = Key({}, alias="数值")
    tolerance: float | None = Key(None, alias="容差")
    off: bool | None = Key(None, alias="停用")


class _House(Spec):
    """A house profile: only what differs."""

    name: str = Key(alias="名称")
    faces: dict[str, tuple[str, ...]] = Key({}, alias="字体")
    changes: tuple[_Change, ...] = Key((), alias="规则")


@cache
def shipped() -> Profile:
    """Return the profile of GB/T 9704-2012, read once."""
    lines = read(SHIPPED)
    return parse(Profile, lines, {"规则": _named(lines.data["规则"])})


def load_profile(path: Path | None = None) -> Profile:
    """Return the shipped profile with the changes of the house profile at ``path``.

    Raise ``MistakesError`` with every mistake of that file: file, line, key, how to mend.
    """
    if path is None:
        return shipped()
    lines = read(path)
    data = lines.data if isinstance(lines.data, dict) else {}
    house = parse(_House, lines, {"规则": _named(data["规则"])} if "规则" in data else None)
    mistakes = [*_rule_mistakes(house, lines), *_face_mistakes(house, lines)]
    if mistakes:
        raise MistakesError(mistakes)
    changes = {change.name: change for change in house.changes}
    base = shipped()
    rules = tuple(_changed(rule, changes.get(rule.name)) for rule in base.rules)
    return Profile(name=house.name, faces={**base.faces, **house.faces}, rules=rules)


def _named(rules: Any) -> Any:
    """Turn ``规则: {天头: {…}}`` into the list of records that a profile holds."""
    if not isinstance(rules, dict):
        return rules
    return [
        {"name": name, **(body or {})} if isinstance(body, dict | None) else body
        for name, body in rules.items()
    ]


def _changed(rule: Rule, change: _Change | None) -> Rule:
    if change is None:
        return rule
    said = change.model_dump(exclude_unset=True, exclude={"name", "numbers"})
    return rule.model_copy(update={**said, "numbers": {**rule.numbers, **change.numbers}})


def _rule_mistakes(house: _House, lines: Lines) -> Iterator[Mistake]:
    known = {rule.name: rule for rule in shipped().rules}
    for change in house.changes:
        rule = known.get(change.name)
        if rule is None:
            line = lines.line(("规则", change.name))
            yield Mistake(lines.file, line, change.name, "没有这条规则", _nearest(change.name, known))
            continue
        for key, value in change.numbers.items():
            line = lines.line(("规则", change.name, "数值", key))
            if key not in rule.numbers:
                yield Mistake(lines.file, line, key, "这条规则没有这个数值", _nearest(key, rule.numbers))
            elif isinstance(value, str) != isinstance(rule.numbers[key], str):
                what = "应是文字" if isinstance(rule.numbers[key], str) else "应是数字"
                yield Mistake(lines.file, line, key, what, f"标准里是“{_text(rule.numbers[key])}”")


def _face_mistakes(house: _House, lines: Lines) -> Iterator[Mistake]:
    known = shipped().faces
    for kind, names in house.faces.items():
        line = lines.line(("字体", kind))
        if kind not in known:
            yield Mistake(lines.file, line, kind, "没有这类字体", _nearest(kind, known))
        elif not names:
            yield Mistake(lines.file, line, kind, "还没有填", "请至少写一个字体名")


def _nearest(word: str, known: dict[str, Any]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.4)
    if near:
        return f"是不是“{near[0]}”？"
    return f"可用的有：{'、'.join(known)}" if len(known) <= 8 else "规则的名称见 docs/check.md"
