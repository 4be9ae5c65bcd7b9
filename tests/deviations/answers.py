"""Answers that stand otherwise than the blank wants them: split, joined, missing, placeholders, people of the clerk's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from .content import chinese_date, organ, person
from .model import (
    CADRES,
    COUNTS,
    NAME,
    POST,
    REPORT,
    YOUTH,
    Deviation,
    Filled,
    Item,
    deviation,
)
from .shapes import owed

_TYPOS = {
    "亮点": "靓点",
    "问题": "问提",
    "措施": "措失",
    "内容": "内溶",
    "情况": "情況",
    "名称": "名秤",
    "形式": "型式",
}


def _unit_and_post(filled: Filled, _random: Random) -> None:
    """Ask for 单位 and 职务 in two cells."""
    item = filled.item(POST)
    whole = str(item.value)
    cut = whole.index(filled.unit) + len(filled.unit)
    unit, post = whole[:cut], whole[cut:]
    place = filled.items.index(item)
    other = Item("", "职  务", None, post)
    item.label, item.shown, item.typed = "单  位", unit, unit
    item.accept, item.also = [unit, post, None], [f"{unit} {post}"]
    filled.items.insert(place + 1, other)
    filled.paired = False


def _two_people(filled: Filled, random: Random) -> None:
    item = filled.item(NAME)
    other = person(random)
    item.shown = random.choice(("{}、{}", "{} {}", "{}，{}", "{}\n{}")).format(item.value, other)
    item.value = item.shown
    item.doubt = "person_several"
    item.also = [f"{str(item.value).split(other)[0].strip('、， ')}、{other}"]


def _post_alone(filled: Filled, random: Random) -> None:
    """Write no unit before the post: only the file's name tells it."""
    item = filled.item(POST)
    item.value = item.shown = random.choice(("书记", "副书记", "干事"))
    filled.named = True


def _total_alone(filled: Filled, _random: Random) -> None:
    first, second = filled.item(CADRES), filled.item(YOUTH)
    total = f"共{int(first.value or 0) + int(second.value or 0)}人"
    filled.counts, filled.combined = "combined", total
    for item in (first, second):
        item.value, item.doubt, item.typed = None, "只有总数", ""
    filled.kept.append(total)


def _nothing_said(filled: Filled, random: Random) -> None:
    item = filled.items[-2]
    item.value = item.shown = random.choice(("无", "暂无", "无。"))
    item.touched = True


def _placeholder(*texts: str) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, random: Random) -> None:
        item = filled.pick(random)
        item.value, item.typed, item.doubt = None, "", owed(item, "没有填，只有提示")
        item.shown = random.choice(texts)

    return apply


def _blank(filled: Filled, _random: Random) -> None:
    for item in (filled.date, *filled.items):
        item.value, item.shown, item.typed = None, "", ""
    filled.blank, filled.named = True, True
    filled.period_doubt = filled.whole_doubt = "没有填的空白表"


def _companions(filled: Filled, random: Random) -> None:
    """Add a block 随行人员 with the form's own labels 姓名 and 单位职务 above the people in it."""
    people = [f"{person(random)}，{organ(random)}干事" for _ in range(random.choice((2, 3)))]
    place = filled.items.index(filled.item("走访形式")) + 1
    filled.items.insert(place, Item("", "随行人员", None, "\n".join(people), row="block"))
    filled.kept += [text for each in people for text in each.split("，")]


def _mistyped(filled: Filled, random: Random) -> None:
    free = [item for item in filled.items if any(word in item.label for word in _TYPOS)]
    for item in random.sample(free, min(2, len(free))):
        word = next(word for word in _TYPOS if word in item.label)
        item.label = item.label.replace(word, _TYPOS[word])


def _under(filled: Filled, random: Random) -> None:
    """Write answers below their labels in one and the same cell."""
    free = [i for i in filled.items if i.path and i.path not in (*COUNTS, NAME, POST)]
    for item in random.sample(free, random.randint(1, 4)):
        item.row = "under"


def _squeezed(filled: Filled, _random: Random) -> None:
    filled.counts = "squeezed"


def _alias(filled: Filled, random: Random) -> None:
    names = {
        "临颍县团委": "共青团临颍县委",
        "舞阳县团委": "舞阳团县委",
        "西城区团工委": "共青团西城区工作委员会",
    }
    names |= {"经济技术开发区团工委": "经开区团工委", "青发部": "青年发展部", "社联部": "社会联络部"}
    names |= {"市青年创业服务中心": "青创中心", "召陵区团委": "召陵团区委", "郾城区团委": "共青团郾城区委"}
    item = filled.item(POST if filled.form == REPORT else "组织观摩部室")
    typed = names.get(filled.unit)
    if typed is None:
        typed = f"团市委{filled.unit}" if filled.unit.endswith("部") else f"共青团{filled.unit}"
    if filled.form == REPORT:
        item.value = item.shown = typed + random.choice(("书记", "副书记", "负责人"))
    else:
        item.shown, item.also = typed, [typed]


def _other_month(filled: Filled, _random: Random) -> None:
    filled.file_month = int(str(filled.date.value)[5:7]) % 12 + 1
    filled.named, filled.period_doubt = True, "文件名写的是另一个月"


def _stray_date(filled: Filled, random: Random) -> None:
    """Mention another day in an answer: it is not the fill date."""
    item = filled.pick(random)
    day = chinese_date(date(2020, 5, random.randint(2, 28)))
    item.value = item.shown = f"{day}已召开部署会。{item.value}"


ANSWERS: tuple[Deviation, ...] = (
    deviation("单位和职务分两格", _unit_and_post, "pair order names layout rows labels", form=REPORT),
    deviation("姓名有两人", _two_people, "names", form=REPORT),
    deviation("职务没写单位", _post_alone, "pair layout", form=REPORT),
    deviation("单位写别称", _alias, "pair"),
    deviation("人数只有总数", _total_alone, "counts countrows layout", form=REPORT),
    deviation("答案填无", _nothing_said, "prose order dropped"),
    deviation("答案只有下划线", _placeholder("________", "＿＿＿＿＿＿"), "prose layout"),
    deviation(
        "答案只有提示",
        _placeholder("（请在此处填写）", "（可另附页）", "请填写，不超过300字"),
        "prose layout rows",
    ),
    deviation(
        "空白未填",
        _blank,
        "date counts countrows prose names layout rows pair order dropped controls ways added",
    ),
    deviation("随行人员一块", _companions, "order layout rows countrows table", form=REPORT),
    deviation("标签错字", _mistyped, "labels"),
    deviation("答案在标签格里另起一行", _under, "rows layout"),
    deviation("两栏挤在一格", _squeezed, "countrows pair order layout rows table", form=REPORT),
    deviation("文件名月份不同", _other_month, "date", form=REPORT),
    deviation("答案里有别的日期", _stray_date, "prose"),
    deviation(
        "姓名职务日期在一行", lambda f, _r: setattr(f, "dated", "together"), "dateline pair order layout rows"
    ),
)
