"""Labels as clerks retype them: reworded, spaced, broken, numbered, with colons or instructions, repeated, filled in.

The rewordings are natural ones; many of them are not among the 别名 of the forms' YAML.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .model import (
    CADRES,
    COUNTS,
    NAME,
    POST,
    YOUTH,
    Deviation,
    Filled,
    Item,
    deviation,
)

DRIFT: dict[str, str] = {
    "填表时间": ("填表日期 填报日期 填报时间 上报时间 报送时间 报送日期 填写时间"),
    NAME: ("团干部姓名 走访人姓名 走访干部姓名 走访人员姓名 走访者姓名 走访团干部姓名"),
    POST: (
        "单位及职务 单位、职务 所在单位职务 工作单位和职务 单位/职务 "
        "工作单位及职务 所在单位及现任职务 单位和职务名称"
    ),
    "走访团组织名称": (
        "走访的团组织 走访的团组织名称 所走访团组织名称 走访基层团组织 "
        "走访团组织全称 被走访团组织名称 走访的基层团组织名称"
    ),
    "走访形式": ("走访方式 走访的形式 走访的方式 走访采取形式 采取的走访形式 走访活动形式"),
    CADRES: ("团干部人数 团干部数 团干部（人） 走访团干部 专兼职团干部 团干部数量"),
    YOUTH: ("团员青年人数 团员青年数 团员青年（人） 走访团员青年 团员、青年 团员和青年 团员青年数量"),
    "基层团组织工作开展情况": (
        "工作开展情况 团组织工作开展情况 基层团组织开展工作情况 基层团组织工作情况 "
        "团组织工作情况 基层团组织工作推进情况 基层团的工作开展情况"
    ),
    "基层团组织工作亮点": (
        "工作亮点 亮点工作 基层团组织亮点工作 基层团组织工作特色亮点 特色亮点 "
        "工作特色与亮点 团组织工作亮点做法 基层团组织亮点"
    ),
    "基层团组织工作存在问题": (
        "存在问题 存在的问题 存在的主要问题 基层团组织工作存在的问题 问题与不足 "
        "存在问题及不足 工作中存在的问题 存在的困难和问题 基层团组织工作问题"
    ),
    "帮扶措施及成效": (
        "帮扶措施 帮扶举措及成效 帮扶措施与成效 帮扶措施和成效 帮扶举措和成效 "
        "帮扶办法及成效 采取的帮扶措施及成效 帮扶工作及成效 帮扶措施及取得成效"
    ),
    "组织观摩部室": ("组织部室 观摩组织部室 组织观摩的部室 组织单位 组织观摩单位 牵头部室"),
    "参加观摩人员": ("参加人员 观摩人员 参与观摩人员 参加观摩的人员 参与人员 观摩参加人员"),
    "观摩点及观摩内容": (
        "观摩点及内容 观摩点和观摩内容 观摩内容 观摩地点及内容 "
        "观摩点位及内容 观摩点、观摩内容 观摩点与观摩内容"
    ),
    "观摩点亮点工作": (
        "亮点工作 工作亮点 观摩点工作亮点 观摩点亮点 观摩点特色亮点 观摩点的亮点工作 观摩点特色工作"
    ),
    "观摩点存在问题": (
        "存在问题 存在的问题 观摩点存在的问题 观摩点存在不足 观摩点问题 存在问题与不足 观摩点存在的主要问题"
    ),
    "整改措施": (
        "整改举措 改进措施 整改办法 下一步整改措施 整改意见 整改措施及建议 整改思路和措施 下步整改措施"
    ),
}
_SHORT = {
    "走访团组织名称": "走访单位",
    "走访形式": "形式",
    "基层团组织工作开展情况": "情况",
    "基层团组织工作亮点": "亮点",
    "基层团组织工作存在问题": "问题",
    "帮扶措施及成效": "措施及成效",
    "组织观摩部室": "部室",
    "参加观摩人员": "人员",
    "观摩点及观摩内容": "内容",
    "观摩点亮点工作": "亮点",
    "观摩点存在问题": "问题",
    "整改措施": "措施",
}
_INSTRUCTIONS = (
    "（不超过300字）",
    "（300字以内）",
    "（请分条列出）",
    "（可另附页）",
    "(200字左右)",
    "（必填）",
    "（如实填写）",
)
_NUMBERS = ("{}.", "{}、", "（{}）", "{}．", "({})")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"


def _reworded(filled: Filled, random: Random) -> None:
    _reword(filled, random, random.randint(1, 3))


def _reworded_all(filled: Filled, random: Random) -> None:
    _reword(filled, random, 99)


def _reword(filled: Filled, random: Random, count: int) -> None:
    items = [item for item in (filled.date, *filled.items) if item.path in DRIFT]
    for item in random.sample(items, min(count, len(items))):
        item.label = random.choice(DRIFT[item.path].split())


def _all(change: Callable[[str, Random], str]) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, random: Random) -> None:
        for item in filled.items:
            if item.path:
                item.label = change(item.label, random)

    return apply


def _spaced(text: str, random: Random) -> str:
    return random.choice((" ", "　", "  ")).join("".join(text.split()))


def _broken(text: str, random: Random) -> str:
    bare = "".join(text.split())
    places = sorted(random.sample(range(1, len(bare)), min(random.choice((1, 2)), len(bare) - 1)))
    cuts = zip((0, *places), (*places, len(bare)), strict=True)
    return "\n".join(bare[start:end] for start, end in cuts)


def _colon(text: str, random: Random) -> str:
    return text + random.choice(("：", ":", " ：", "： "))


def _instructed(filled: Filled, random: Random) -> None:
    free = [item for item in filled.items if item.path and item.path not in (*COUNTS, NAME)]
    for item in random.sample(free, random.randint(1, 4)):
        item.label += random.choice(("", "\n")) + random.choice(_INSTRUCTIONS)


def _numbered(filled: Filled, random: Random) -> None:
    pattern, numerals = (
        random.choice(_NUMBERS),
        random.choice(("1 2 3 4 5 6 7 8 9 10 11", "一 二 三 四 五 六 七 八 九 十 十一")),
    )
    numbers = iter(numerals.split())
    for item in filled.items:
        if item.path and item.path != YOUTH:
            item.label = pattern.format(next(numbers)) + item.label


def _circled(filled: Filled, _random: Random) -> None:
    for sign, item in zip(_CIRCLED, filled.items, strict=False):
        item.label = sign + item.label


def _starred(filled: Filled, random: Random) -> None:
    sign = random.choice(("*", "★", "※"))
    for item in random.sample([i for i in filled.items if i.path], 4):
        item.label = sign + item.label


def _quoted(filled: Filled, random: Random) -> None:
    for item in filled.items:
        if item.path not in COUNTS:
            item.label = random.choice(("【{}】", "“{}”", "〔{}〕")).format(item.label)


def _shortened(filled: Filled, _random: Random) -> None:
    for item in filled.items:
        item.label = _SHORT.get(item.path, item.label)


def _upright(text: str, _random: Random) -> str:
    return "\n".join("".join(text.split()))


def _styled(row: str) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, random: Random) -> None:
        free: list[Item] = [
            i for i in filled.items if i.path and i.path not in (*COUNTS, NAME, POST) and not i.given
        ]
        for item in random.sample(free, random.randint(1, 3)):
            item.row = row

    return apply


def _titled(filled: Filled, random: Random) -> None:
    core = filled.form.removesuffix("报告单")
    filled.title = random.choice(
        (
            f"{core}报告表",
            f"2020年{filled.form}",
            "\n".join((filled.form[:6], filled.form[6:])),
            " ".join(filled.form),
            f"附件：{filled.form}",
            f"{filled.unit}{filled.form}",
            f"{core}统计表",
        )
    )


def _untitled(filled: Filled, _random: Random) -> None:
    filled.untitled = True


LABELS: tuple[Deviation, ...] = (
    deviation("标签改写几处", _reworded, "labels"),
    deviation("标签全部改写", _reworded_all, "labels"),
    deviation("标签夹空格", _all(_spaced), "labels"),
    deviation("标签换行", _all(_broken), "labels"),
    deviation("标签缩短", _shortened, "labels"),
    deviation("标签竖排", _all(_upright), "labels"),
    deviation("标签带冒号", _all(_colon), "labels"),
    deviation("标签带说明", _instructed, "labels"),
    deviation("标签编号", _numbered, "labels"),
    deviation("标签圈号", _circled, "labels"),
    deviation("标签带星号", _starred, "labels"),
    deviation("标签加括号", _quoted, "labels"),
    deviation("答案填在标签格里", _styled("inside"), "rows layout"),
    deviation("答案格里重复标签", _styled("echo"), "rows layout"),
    deviation("标题改写", _titled, "title"),
    deviation("没有标题", _untitled, "title"),
)
