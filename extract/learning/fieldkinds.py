"""Guessing what a field holds from its label, and the signs by which a blank form invites an answer.

Knows the wording of Chinese forms; does not know where labels stand.
"""

from __future__ import annotations

import re

from extract.spelling import squeeze
from forms import FieldKind, Role

_KINDS: tuple[tuple[FieldKind, re.Pattern[str]], ...] = (
    (FieldKind.PHONE, re.compile(r"电话|手机|联系方式|传真")),
    (FieldKind.IDENTITY, re.compile(r"身份证")),
    (FieldKind.MONEY, re.compile(r"金额|经费|款额|资产$|收入$|产值$|利税$|万元|总额|预算")),
    (FieldKind.TEXT, re.compile(r"时长|时间段|平均|每[次周天日月年]|起止|期间|地点|编号|号码|名称|及|和")),
    (FieldKind.DATE, re.compile(r"日期|时间$|年月$|年月日|出生$")),
    (FieldKind.INTEGER, re.compile(r"人数|数量$|次数|场次|年龄|个数|件数|团员数|人次|总数|名额|支部数|岁$")),
    (
        FieldKind.PERSON,
        re.compile(r"姓名$|联系人$|负责人$|填表人$|责任人$|经办人$|填报人$|审核人$|签[字名]$"),
    ),
    (FieldKind.UNIT, re.compile(r"^(?:填报|报送|上报|所在|工作|现工作)?单位(?:名称)?$|部室$|部门$")),
)
PERIOD = "报送期"  # what a blank is called that asks for its month under the title
_FILLED = re.compile(r"^(?:填表|填报|填写|报送|上报|制表)(?:时间|日期)$")
_REPORTER = re.compile(r"^(?:填报|报送|上报|填表)单位(?:名称)?$|^(?:报送|填报)部[室门]$")
_COUNTED = re.compile(r"[（(][ \t\u3000]*[)）][ ]*(?:份|个|项|件|篇|次|人|元|部|套)")
_YES_NO = re.compile(r"^是否|是否$")

BOX = "□☐○◯◇"
_ZERO_BOX = re.compile(
    r"(?<![〇○零一二三四五六七八九十])〇(?![〇○零一二三四五六七八九十年])"
)  # the zero of 二〇二三, typed as a box: 〇是 〇否
_NUMERAL = re.compile(
    r"(?<=[零一二三四五六七八九十〇○])[○◯](?=[零一二三四五六七八九十〇○年])"
)  # 二○二三 is no box
WHERE = "学院|院系|系|班级?|级|届|专业|年级|大学|学校|支部|党委|公司|单位"  # ____学院____系: named behind the room
APART = re.compile(
    rf"(?P<plain>[ \t\u3000]{{6,}})[_＿⎵‗]+[ \u3000]*(?:{WHERE})(?=\s|$)"
)  # 姓名：          ____届 leaves two rooms
DATE_PROMPT = re.compile(r"[\s_＿⎵‗\d—\-]*年[\s_＿⎵‗]*月(?:[\s_＿⎵‗]*日)?[\s_＿⎵‗]*")
_DATE_RANGE = re.compile(rf"{DATE_PROMPT.pattern}(?:[至到~～—\-]+{DATE_PROMPT.pattern})")
_FOREIGN_TAG = re.compile(r"\s*(?:\{\{[^{}]*\}\}|[$#]?\{[\w.]+\}|\[[\w.]+\])\s*")  # of another tool
_OF_PICTURES = re.compile(
    r"\s*\{\{[ \t]*[@#%?/*+][^{}]*\}\}\s*"
)  # a picture, a table, a loop: nobody types these
_UNIT_WORD = r"人次|人|名|个|次|场|岁|元|万元|亿元|公顷|亩|平方米|万吨|吨|公里|千米|%|％|年|月|天|小时|分|件|份|篇|户|支|所|处"
_PROMPT = re.compile(
    rf"[\s_＿⎵‗.．…]*|\s*[XxＸ×]{{2,}}\s*|[（(][\s_＿⎵‗]*[)）]|(?:第?[\s_＿⎵‗]+(?:{_UNIT_WORD}))+[\s_＿⎵‗]*|(?:共?计?)?[\s_＿⎵‗]{{2,}}(?:{_UNIT_WORD})"
)


_ROOM = re.compile(r"[（(][^（）()]*[ \u3000_＿⎵‗]{3,}[^（）()]*[)）]")  # 转交（       部门）办理
_BRACKETS = re.compile(r"[（(\[【][ \t\u3000]*[)）\]】]")
_LONGEST_OPTION, _LONGEST_ROW = 24, 240
_FEWEST_LISTED, _LONGEST_LISTED = 3, 12  # words that stand side by side as a list, and characters of each
_OPPOSITE = re.compile(
    r"(\w{1,4})[/／](?:[不非无未]\1|无|否|女)(?:[/／]\w{1,6})*|是[/／]否|有[/／]无|男[/／]女"
)


def is_photo(text: str) -> bool:
    """Whether a cell waits for a photograph, which is pasted and not written."""
    plain = re.sub(r"[（(][^（）()]*[)）]", "", squeeze(text)) or squeeze(text)
    return (
        len(plain) <= 16
        and re.search(r"(?:^|贴|寸|冠|色|期|人|件|记|底|面|身)(?:照片|照|相片|像片)", plain) is not None
    )


def is_range(text: str) -> bool:
    """Whether a text asks for two dates: 年 月 日至 年 月 日."""
    return _DATE_RANGE.fullmatch(text.strip()) is not None


def guess_kind(label: str) -> FieldKind:
    """Return the kind that a label suggests, text when it suggests none."""
    plain = squeeze(label)
    return next((kind for kind, pattern in _KINDS if pattern.search(plain)), FieldKind.TEXT)


def guess_role(label: str) -> Role | None:
    """Return what a label says about the whole return, if anything."""
    plain = squeeze(label)
    if _FILLED.search(plain):
        return Role.FILLED
    if plain == PERIOD:
        return Role.PERIOD
    return Role.UNIT if _REPORTER.search(plain) else None


def asks_yes_or_no(label: str) -> bool:
    """Whether a label is answered with 是 or 否."""
    return _YES_NO.search(squeeze(label)) is not None


def is_tag(text: str) -> bool:
    """Whether a cell holds nothing but a placeholder of another tool: {{name}}, {data.name}, [name]."""
    return _FOREIGN_TAG.fullmatch(text) is not None


def is_drawn(text: str) -> bool:
    """Whether a text is a placeholder of another tool for a picture or a table."""
    return _OF_PICTURES.fullmatch(text) is not None


def is_prompt(text: str) -> bool:
    """Whether ``text`` only invites an answer: blanks, underscores, 年 月 日, an empty bracket, a bare unit of measure."""
    return any(
        pattern.fullmatch(shown)
        for shown in (text, text.strip())
        for pattern in (_PROMPT, DATE_PROMPT, _DATE_RANGE, _FOREIGN_TAG)
    )


def options_of(text: str) -> tuple[str, ...]:
    """Return the options of a line of tick boxes (□是 □否, 是□ 否□, 有（ ）无（ ）), none when it has no boxes.

    A text in which anything else is to be written (a label and a colon after an option, options as long as sentences) is
    no such line.
    """
    if len(text) > _LONGEST_ROW:
        return ()
    text = boxes_only(re.sub("[⎵‗]", " ", text))
    boxed = any(box in text for box in BOX)
    parts = re.split(rf"[{BOX}]", text) if boxed else _BRACKETS.split(text)
    if len(parts) < (2 if boxed else 3):
        return ()
    opens, ends = parts[0].strip() != "", parts[-1].strip(" \t\n\u3000_＿") != ""  # 其他□____
    if not boxed and ((opens and ends) or re.search(r"\S[:：]", parts[0])):
        return ()  # brackets in a sentence, or behind a label of their own
    before = opens and not ends
    options = [_option(part) for part in (parts[:-1] if before else parts[1:])]
    if any(
        re.search(r"[:：].*\n|\n.*[:：]|[:：][^:：]*[:：]", part, re.DOTALL)
        for part in (*parts[1:], *options)
    ):
        return ()  # a label of its own stands among them
    if any(_YES_NO.match(option) or (boxed and _COUNTED.search(option)) for option in options):
        return ()  # questions with a bracket each, or with room for a number: 论文（  ）份
    named = tuple(option.rstrip(":：") for option in options if option)
    return named if all(len(option) <= _LONGEST_OPTION for option in named) else ()


def boxes_only(text: str) -> str:
    """Return ``text``, as long as it is, with a box where a zero was typed for one, and no box in a year: 二○二三年."""
    return (
        _ZERO_BOX.sub("○", _NUMERAL.sub("〇", text)) if "〇" in text or "○" in text or "◯" in text else text
    )


def printed_list(text: str) -> tuple[str, ...]:
    """Return the options that a cell prints side by side to be circled (手癣 指甲癣 手部湿疹, 合格/不合格); none for other text."""
    if len(text) > _LONGEST_ROW or re.search(r"[:：。；;，,{}￥¥]|\d|大写", text):
        return ()
    lines = [re.split(r"[ \t\u3000]+", line.strip()) for line in text.strip().split("\n")]
    spaced = [word for line in lines for word in line] if all(len(line) > 1 for line in lines) else []
    if len(spaced) >= _FEWEST_LISTED and all(2 <= len(word) <= _LONGEST_LISTED for word in spaced):
        return tuple(dict.fromkeys(spaced))
    slashed = [word.strip() for word in re.split(r"[/／]", text.strip())]
    return tuple(slashed) if len(slashed) > 1 and _OPPOSITE.fullmatch(squeeze(text)) else ()


def _option(text: str) -> str:
    """Return an option without what parts it from others, brackets that belong to it kept."""
    plain = _ROOM.sub("", text).strip(" \t\u3000\n、，,；;。_＿⎵‗")
    if all(len(letter) == 1 for letter in plain.split()):
        plain = "".join(plain.split())  # 通  过
    if re.fullmatch(r"[^（）()]*[（(][^（）()]*[)）]", plain) and not re.search(
        r"[（(][\s_＿⎵‗]*[)）]$", plain
    ):
        return plain
    return plain.strip("()（）、，,；;。_＿⎵‗ \t\u3000\n")
