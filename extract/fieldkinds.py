"""Guessing what a field holds from its label, and the signs by which a blank form invites an answer.

Knows the wording of Chinese forms; does not know where labels stand.
"""

from __future__ import annotations

import re

from forms import FieldKind, Role

from .labels import squeeze

_KINDS: tuple[tuple[FieldKind, re.Pattern[str]], ...] = (
    (FieldKind.PHONE, re.compile(r"电话|手机|联系方式|传真")),
    (FieldKind.IDENTITY, re.compile(r"身份证")),
    (FieldKind.MONEY, re.compile(r"金额|经费|款额|资产$|收入$|产值$|利税$|万元|总额|预算")),
    (FieldKind.TEXT, re.compile(r"时长|时间段|起止|期间|地点|编号|号码|名称|及|和")),
    (FieldKind.DATE, re.compile(r"日期|时间$|年月$|年月日|出生$")),
    (FieldKind.INTEGER, re.compile(r"人数|数量$|次数|场次|年龄|个数|件数|团员数|人次|总数|名额|支部数|岁$")),
    (FieldKind.PERSON, re.compile(r"姓名$|联系人$|负责人$|填表人$|责任人$|经办人$|填报人$|审核人$")),
    (FieldKind.UNIT, re.compile(r"^(?:填报|报送|上报|所在|工作|现工作)?单位(?:名称)?$|部室$|部门$")),
)
_FILLED = re.compile(r"^(?:填表|填报|填写|报送|上报|制表)(?:时间|日期)$")
_REPORTER = re.compile(r"^(?:填报|报送|上报|填表)单位(?:名称)?$|^(?:报送|填报)部[室门]$")
_YES_NO = re.compile(r"^是否|是否$")

BOX = "□☐○◯"
DATE_PROMPT = re.compile(r"[\s_＿\d—\-]*年[\s_＿]*月(?:[\s_＿]*日)?[\s_＿]*")
_FOREIGN_TAG = re.compile(r"\s*(?:\{\{[^{}]*\}\}|\{[\w.]+\}|\[[\w.]+\])\s*")  # of another tool
_UNIT_WORD = r"人次|人|名|个|次|场|岁|元|万元|亿元|公顷|亩|平方米|万吨|吨|公里|千米|%|％|年|月|天|小时|分|件|份|篇|户|支|所|处"
_PROMPT = re.compile(
    rf"[\s_＿.．…]*|[（(][\s_＿]*[)）]|(?:第?[\s_＿]+(?:{_UNIT_WORD}))+[\s_＿]*|(?:共?计?)?[\s_＿]{{2,}}(?:{_UNIT_WORD})"
)


def guess_kind(label: str) -> FieldKind:
    """Return the kind that a label suggests, text when it suggests none."""
    plain = squeeze(label)
    return next((kind for kind, pattern in _KINDS if pattern.search(plain)), FieldKind.TEXT)


def guess_role(label: str) -> Role | None:
    """Return what a label says about the whole return, if anything."""
    plain = squeeze(label)
    if _FILLED.search(plain):
        return Role.FILLED
    return Role.UNIT if _REPORTER.search(plain) else None


def asks_yes_or_no(label: str) -> bool:
    """Whether a label is answered with 是 or 否."""
    return _YES_NO.search(squeeze(label)) is not None


def is_prompt(text: str) -> bool:
    """Whether ``text`` only invites an answer: blanks, underscores, 年 月 日, an empty bracket, a bare unit of measure."""
    return any(pattern.fullmatch(text) for pattern in (_PROMPT, DATE_PROMPT, _FOREIGN_TAG))


def options_of(text: str) -> tuple[str, ...]:
    """Return the options of a line of tick boxes (□是 □否, 是□ 否□), none when it has no boxes."""
    if not any(box in text for box in BOX):
        return ()
    parts = re.split(rf"[{BOX}]", text)
    before = parts[0].strip() != "" and parts[-1].strip() == ""
    options = parts[:-1] if before else parts[1:]
    return tuple(
        option for option in (part.strip(" \t\u3000\n、，,；;。()（）_＿") for part in options) if option
    )
