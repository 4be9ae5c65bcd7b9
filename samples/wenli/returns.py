"""The returns of the sample: lists of a hundred young people in Excel, terms' ledgers in Word, visits month by month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from samples.making.counted import Figures, add, forms_of, told
from samples.making.given import Filled, Make, Row, Sent, at

LIST, LEDGER, VISIT = "团干部联系青年登记表", "联系服务青年师生工作台账", "调研走访记录表"
TERM = {"2020-S1": (date(2021, 1, 8), "一"), "2020-S2": (date(2021, 7, 5), "二")}
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何"
_GIVEN = (
    "子涵",
    "雨晨",
    "思源",
    "佳宁",
    "浩宇",
    "欣然",
    "俊杰",
    "梦琪",
    "一诺",
    "嘉懿",
    "梓萱",
    "明哲",
    "若曦",
)
_ROLES = ("团员", "团员", "团支部书记", "团员", "组织委员", "团员", "宣传委员")


def _linked(first: int, count: int, group: str) -> tuple[Row, ...]:
    """Return ``count`` invented young people of ``group``, numbered from ``first``."""
    return tuple(
        {
            "学号": f"2019{number:06d}",
            "学生姓名": _FAMILY[number % len(_FAMILY)] + _GIVEN[number % len(_GIVEN)],
            "班级": f"{group}{number % 6 + 1901}班",
            "团内职务": _ROLES[number % len(_ROLES)],
        }
        for number in range(first, first + count)
    )


def _list(
    file: str, arrived: str, whose: tuple[str, str], rows: tuple[Row, ...], make: Make = Make.BLANK
) -> Sent:
    unit, name = whose
    came = at(arrived)
    values: dict[str, Any] = {
        "所在单位": unit,
        "团干部姓名": name,
        "填表日期": came.date(),
        "联系人数": len(rows),
    }
    return Sent(file, came, Filled(LIST, unit, "2020-AY", values, {"联系对象": rows}), make)


MECHANICS, BUILDING = "机械与汽车工程系分团委", "建筑工程系分团委"
ECONOMY, ARTS, HEAD = "经济管理系分团委", "人文艺术系分团委", "校团委"


def _activity(day: date, name: str, kind: str, theme: str, count: int) -> Row:
    return {"日期": day, "团干部": name, "活动类型": kind, "主题": theme, "参加人数": count}


def _ledger(unit: str, period: str, who: str, texts: tuple[str, str | None], rows: tuple[Row, ...]) -> Filled:
    values: dict[str, Any] = {
        "填表时间": TERM[period][0],
        "分团委": unit,
        "填表人": who,
        "工作成效": texts[0],
        "存在问题": texts[1],
    }
    return Filled(LEDGER, unit, period, values, {"活动": rows})


def _visit(month: int, day: int, department: str, people: int, texts: tuple[str, str, str]) -> Filled:
    year = 2020 if month >= 9 else 2021
    values: dict[str, Any] = {
        "填表时间": date(year, month, day),
        "走访人员": "程远航、团委组织部干事2人",
        "走访系部": department,
        "座谈人数": people,
        "工作开展情况": texts[0],
        "存在问题": texts[1],
        "意见建议": texts[2],
    }
    return Filled(VISIT, HEAD, f"{year}-{month:02d}", values)


def _lists() -> Iterator[Sent]:
    yield _list(
        "机汽系/丁浩然联系青年登记表.xlsx", "2020-12-10 09:12", (MECHANICS, "丁浩然"), _linked(1, 104, "机械")
    )
    yield _list(
        "机汽系/顾小满联系青年登记表.xlsx",
        "2020-12-10 09:15",
        (MECHANICS, "顾小满"),
        _linked(301, 12, "汽服"),
    )
    first, second = _linked(501, 61, "土木"), _linked(561, 40, "造价")  # number 561 stands in both halves
    yield _list(
        "建工系/联系登记（白雪莹）.xlsx", "2020-12-18 15:40", (BUILDING, "白雪莹"), first + second, Make.SHEET
    )
    economy = _list(
        "经管系联系登记表-龚一鸣.xlsx", "2021-01-06 10:02", (ECONOMY, "龚一鸣"), _linked(701, 96, "会计")
    )
    yield Sent(
        "邮件/经管系登记表.eml",
        economy.arrived,
        members=(economy,),
        sender="龚一鸣 <jingguan@example.org>",
        subject="经管系分团委报送联系青年登记表",
        body="老师好，附件是登记表，请查收。",
    )
    yield _list(
        "人艺系秦若水登记表.xlsx", "2020-12-28 17:20", (ARTS, "秦若水"), _linked(901, 9, "视传"), Make.BARE
    )
    yield _list("团委/程远航登记表.xlsx", "2020-12-02 08:30", (HEAD, "程远航"), _linked(1001, 100, "电气"))


def _ledgers() -> Iterator[Sent]:
    autumn = (
        _activity(date(2020, 10, 14), "丁浩然", "团课", "学习总书记关于青年工作的重要思想", 86),
        _activity(date(2020, 10, 28), "丁浩然", "恳谈会", "新生适应与学业规划", 22),
        _activity(date(2020, 11, 11), "丁浩然", "主题团日", "志愿服务进社区", 41),
        _activity(date(2020, 12, 9), "丁浩然", "主题团日", "宪法宣传周", 38),
        _activity(date(2020, 12, 16), "顾小满", "恳谈会", "实习前谈心", 15),
    )
    texts = ("覆盖6个团支部，收集意见31条，当场答复19条。", "部分支部台账记录不及时。")
    yield Sent(
        "机汽系/第一学期台账.docx",
        at("2021-01-12 11:00"),
        _ledger(MECHANICS, "2020-S1", "顾小满", texts, autumn),
    )
    spring = (
        _activity(date(2021, 4, 21), "丁浩然", "恳谈会", "毕业生就业面对面", 30),
        _activity(date(2021, 5, 4), "丁浩然", "主题团日", "学党史 强信念 跟党走", 52),
    )
    spring_texts = ("毕业班就业意向全部摸清。", None)
    yield Sent(
        "机汽系/第二学期台账.docx",
        at("2021-07-08 16:31"),
        _ledger(MECHANICS, "2020-S2", "顾小满", spring_texts, spring),
    )
    building = (
        _activity(date(2020, 11, 4), "白雪莹", "团课", "从工地看中国建造", 64),
        _activity(date(2020, 11, 25), "白雪莹", "主题团日", "劳模进校园", 58),
        _activity(date(2020, 12, 2), "田雨桐", "主题团日", "文明寝室评比", 33),
    )
    texts = ("团员到课率稳定在九成五以上。", "实习期间支部活动难组织。")
    yield Sent(
        "建工系/建工系台账（一）.docx",
        at("2021-01-20 09:05"),
        _ledger(BUILDING, "2020-S1", "田雨桐", texts, building),
        Make.RETYPED,
    )
    economy = (
        _activity(date(2020, 10, 20), "龚一鸣", "恳谈会", "考研经验交流", 27),
        _activity(date(2020, 11, 18), "龚一鸣", "恳谈会", "奖助政策答疑", 34),
        _activity(date(2020, 12, 23), "龚一鸣", "主题团日", "诚信考试", 72),
    )
    texts = ("化解困难诉求8件。", "团课还没有安排，计划下学期补上。")
    given = _ledger(ECONOMY, "2020-S1", "姚思敏", texts, economy)
    yield Sent("经管系第一学期台账.doc", at("2021-01-14 18:47"), given, Make.PAGE)
    arts = (_activity(date(2020, 12, 1), "秦若水", "团课", "画笔里的初心", 45),)
    texts = ("原创短视频3部。", "场地不足。")
    members = (
        Sent("人艺系台账.docx", at("2021-01-15 08:58"), _ledger(ARTS, "2020-S1", "秦若水", texts, arts)),
    )
    yield Sent("人艺系材料.zip", at("2021-01-15 08:58"), members=members)


def _visits() -> Iterator[Sent]:
    told_of = ("台账齐全，支部活动正常开展。", "青年之家使用率不高。", "统筹场地，错时开放。")
    months = (
        (9, 22, "机械与汽车工程系", 18),
        (10, 20, "建筑工程系", 21),
        (11, 24, "经济管理系", 16),
        (12, 22, "人文艺术系", 19),
        (3, 23, "机械与汽车工程系", 25),
        (5, 18, "经济管理系", 20),
        (6, 22, "人文艺术系", 14),
    )
    for month, day, department, people in months:
        given = _visit(month, day, department, people, told_of)
        make = {11: Make.RICH, 12: Make.OLD, 3: Make.RETYPED}.get(month, Make.BLANK)
        suffix = "doc" if make in (Make.RICH, Make.OLD) else "docx"
        when = at(f"{given.period}-{day + 2:02d} 10:15")
        yield Sent(f"走访/校团委{month}月调研走访记录表.{suffix}", when, given, make)


def returns() -> tuple[Sent, ...]:
    """Return every file of 收件."""
    return (*_lists(), *_ledgers(), *_visits())


def figures() -> Iterator[dict[str, Any]]:
    """Yield the true figures of the quotas, counted from the data above."""
    linked: Figures = {}
    for given in forms_of(returns(), LIST):
        numbers = {row["学号"] for row in given.rows["联系对象"]}
        linked[given.unit, str(given.values["团干部姓名"]), "2020-AY"] = len(numbers)
    part_time = ("顾小满", "田雨桐", "姚思敏", "秦若水")
    yield from told("专职团干部联系团员青年", {k: v for k, v in linked.items() if k[1] not in part_time})
    yield from told("兼职团干部联系团员青年", {k: v for k, v in linked.items() if k[1] in part_time})
    for quota, kind in (("上团课", "团课"), ("恳谈会", "恳谈会"), ("主题团日活动", "主题团日")):
        done: Figures = {}
        for given in forms_of(returns(), LEDGER):
            for row in given.rows["活动"]:
                if row["活动类型"] == kind and row["团干部"] not in part_time:
                    add(done, (given.unit, str(row["团干部"]), "2020-AY"))
        yield from told(f"123工程：{quota}", done)
    visited: Figures = {}
    for given in forms_of(returns(), VISIT):
        visited[HEAD, "", given.period] = 1
    yield from told("每月走访一个系", visited)
