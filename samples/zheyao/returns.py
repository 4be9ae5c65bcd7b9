"""The returns of the sample: whom each cadre is linked with, notes of a term, lists of problems, spot checks and tallies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from samples.making.counted import Figures, add, forms_of, told
from samples.making.given import Filled, Make, Row, Sent, at

LINKS, NOTES, PROBLEMS = "联系对象登记表", "青情笔记", "问题清单"
CHECK, TALLY = "抽查情况记录表", "满意度测评统计表"
ONCE, TERM, YEAR = "2018-ONCE", "2017-S2", "2017-AY"
HEAD, PHARMACY, MAKING = "校团委", "药学院团委", "制药工程学院团委"
DEVICES, FOOD = "医疗器械学院团委", "食品学院团委"
WHO = {
    "程知远": HEAD,
    "姚星辰": HEAD,
    "丁若谷": PHARMACY,
    "顾明月": PHARMACY,
    "白子墨": MAKING,
    "龚亦凡": DEVICES,
    "秦小雅": FOOD,
}
_FRIENDS = ("沈知夏", "许念安", "何青山", "韩星野", "冯一川", "陈予安", "蒋书瑶")


def _links(name: str, first: int, branches: int = 3, rooms: int = 3, friends: int = 3) -> Filled:
    rows: list[Row] = [
        {"类别": "班级团支部", "名称": f"药学17{first + n:02d}班团支部", "人数": 38 + n}
        for n in range(branches)
    ]
    rows += [{"类别": "寝室", "名称": f"{first}号楼{300 + first * 2 + n}室", "人数": 6} for n in range(rooms)]
    rows += [
        {"类别": "团员", "名称": _FRIENDS[(first + n) % len(_FRIENDS)], "人数": 1} for n in range(friends)
    ]
    values: dict[str, Any] = {
        "填表时间": date(2018, 3, 20 + first),
        "所在学院": WHO[name],
        "姓名": name,
        "联系群": "微信群" if first % 2 else "QQ群",
    }
    return Filled(LINKS, WHO[name], ONCE, values, {"联系对象": tuple(rows)})


def _note(day: date, kind: str, whom: str, felt: str) -> Row:
    return {"日期": day, "工作类型": kind, "对象": whom, "感悟": felt}


def _notes(name: str, summary: str, *rows: Row) -> Filled:
    values: dict[str, Any] = {
        "填表时间": date(2018, 6, 25),
        "所在学院": WHO[name],
        "姓名": name,
        "工作小结": summary,
    }
    return Filled(NOTES, WHO[name], TERM, values, {"记录": rows})


def _first_lists() -> Iterator[Sent]:
    yield Sent("联系对象/程知远联系对象登记表.docx", at("2018-03-22 09:10"), _links("程知远", 1))
    yield Sent("联系对象/姚星辰联系对象登记表.docx", at("2018-03-26 14:02"), _links("姚星辰", 2), Make.BARE)
    both = (
        Sent("丁若谷.docx", at("2018-03-29 16:20"), _links("丁若谷", 3)),
        Sent("顾明月.docx", at("2018-03-29 16:20"), _links("顾明月", 4, rooms=2), Make.RETYPED),
    )
    yield Sent("药学院团委联系对象.zip", at("2018-03-29 16:20"), members=both)
    yield Sent("制药学院-白子墨-联系对象.xlsx", at("2018-04-02 17:00"), _links("白子墨", 5), Make.SHEET)
    devices = Sent("器械学院联系对象.doc", at("2018-04-03 08:40"), _links("龚亦凡", 6, friends=4), Make.PAGE)
    yield Sent(
        "邮件/器械学院.eml",
        devices.arrived,
        members=(devices,),
        sender="龚亦凡 <qixie@example.org>",
        subject="医疗器械学院团委联系对象登记表",
        body="老师好：联系对象登记表见附件，晚了两天，抱歉。",
    )


def _terms_notes() -> Iterator[Sent]:
    felt = "把话筒交给同学，真实想法才听得到。"
    full = (
        _note(date(2018, 3, 28), "团组织生活", "药学1701班团支部", "支部换届后第一次会，大家发言踊跃。"),
        _note(date(2018, 4, 11), "走访寝室", "1号楼302室", "宿舍网络慢，已转后勤。"),
        _note(date(2018, 4, 18), "面对面交流", "许念安", felt),
        _note(date(2018, 5, 9), "走访寝室", "1号楼303室", "作息不一，商定了寝室公约。"),
        _note(date(2018, 5, 16), "团课", "药学1701班团支部", "讲青年与新时代，课后交流一小时。"),
        _note(date(2018, 6, 6), "线上活动", "微信群38人", "围绕时政话题讨论，跟帖52条。"),
    )
    yield Sent("青情笔记/程知远.docx", at("2018-06-28 10:11"), _notes("程知远", "规定动作全部完成。", *full))
    star = (
        _note(date(2018, 4, 4), "团日活动", "药学1702班团支部", "清明祭扫。"),
        _note(date(2018, 5, 23), "走访寝室", "2号楼304室", "帮助联系自习室。"),
        _note(date(2018, 6, 13), "线上活动", "QQ群", "世界杯与爱国话题。"),
    )
    yield Sent(
        "青情笔记/姚星辰.docx",
        at("2018-06-29 20:15"),
        _notes("姚星辰", "走访还差一次。", *star),
        Make.RETYPED,
    )
    valley = (
        _note(date(2018, 3, 30), "一学一做主题活动", "药学1703班团支部", "学习团章，找差距。"),
        _note(date(2018, 4, 12), "走访寝室", "3号楼306室", "留意到一名同学家庭困难。"),
        _note(date(2018, 4, 26), "走访寝室", "3号楼307室", "考证资料共享。"),
        _note(date(2018, 5, 10), "面对面交流", "何青山", felt),
        _note(date(2018, 5, 24), "团课", "药学1703班团支部", "药师的责任。"),
        _note(date(2018, 6, 7), "线上活动", "微信群", "毕业季话成长。"),
    )
    moon = (*valley[:2], _note(date(2018, 6, 12), "面对面交流", "韩星野", "就业压力大，约好暑期实践。"))
    both = (
        Sent(
            "丁若谷青情笔记.docx", at("2018-07-01 09:00"), _notes("丁若谷", "与学生同吃同住一天。", *valley)
        ),
        Sent(
            "顾明月青情笔记.docx",
            at("2018-07-01 09:00"),
            _notes("顾明月", "实习带队，部分工作未完成。", *moon),
        ),
    )
    yield Sent("药学院青情笔记.zip", at("2018-07-01 09:00"), members=both)
    ink = _notes("白子墨", "团课受欢迎，拟形成系列。", *valley[1:])
    yield Sent("制药学院青情笔记.doc", at("2018-06-27 15:33"), ink, Make.RICH)


def _problems() -> Iterator[Sent]:
    def listed(unit: str, *rows: tuple[str, int, str, str]) -> Filled:
        names = ("问题", "反映人数", "建议", "报送部门")
        made: tuple[Row, ...] = tuple(dict(zip(names, row, strict=True)) for row in rows)
        return Filled(PROBLEMS, unit, TERM, {"填表时间": date(2018, 6, 26), "学院团委": unit}, {"清单": made})

    pharmacy = listed(
        PHARMACY,
        ("晚间实验室开放时间短", 26, "延长到21时30分", "教务处"),
        ("宿舍热水供应时段不够", 41, "增加早间时段", "后勤处"),
    )
    yield Sent("问题清单/药学院问题清单.doc", at("2018-06-27 11:20"), pharmacy, Make.OLD)
    devices = listed(DEVICES, ("实训设备陈旧", 18, "分批更新", "资产处"))
    yield Sent("问题清单/器械学院问题清单.docx", at("2018-07-03 09:45"), devices, Make.RETYPED)
    food = listed(
        FOOD, ("社团活动场地紧张", 33, "错峰预约", "学生处"), ("图书馆座位难求", 57, "启用预约系统", "图书馆")
    )
    yield Sent("食品工程学院问题清单.xlsx", at("2018-06-29 13:30"), food, Make.SHEET)


def _checks() -> Iterator[Sent]:
    rows = tuple(
        {"团干部": name, "抽查记录": text, "结果": result}
        for name, text, result in (
            ("丁若谷", "4月12日走访寝室", "属实"),
            ("姚星辰", "5月23日走访寝室", "属实"),
            ("白子墨", "5月24日团课", "属实"),
            ("顾明月", "3月30日主题活动", "不属实"),
        )
    )
    values: dict[str, Any] = {
        "填表时间": date(2018, 7, 4),
        "抽查方式": "实地检查",
        "抽查人数": 4,
        "属实人数": 3,
        "情况说明": "顾明月一次活动没有参加，记录系补写，已谈话。",
    }
    yield Sent(
        "校团委抽查情况.docx", at("2018-07-05 16:00"), Filled(CHECK, HEAD, TERM, values, {"抽查": rows})
    )

    def tally(unit: str, sent: int, back: int, good: int, fair: int) -> Filled:
        numbers = {"发出": sent, "收回": back, "满意": good, "基本满意": fair, "不满意": back - good - fair}
        return Filled(TALLY, unit, TERM, {"填表时间": date(2018, 7, 6), "学院团委": unit, **numbers})

    yield Sent("测评/药学院满意度.docx", at("2018-07-09 10:00"), tally(PHARMACY, 120, 116, 102, 11))
    yield Sent(
        "测评/制药学院满意度测评.xlsx", at("2018-07-10 18:20"), tally(MAKING, 90, 88, 66, 15), Make.SHEET
    )
    yield Sent("测评/食品学院满意度测评.docx", at("2018-07-12 08:15"), tally(FOOD, 100, 95, 89, 4), Make.BARE)


def returns() -> tuple[Sent, ...]:
    """Return every file of 收件."""
    return (*_first_lists(), *_terms_notes(), *_problems(), *_checks())


def figures() -> Iterator[dict[str, Any]]:
    """Yield the true figures of the quotas, counted from the data above."""
    for quota, kind in (
        ("联系3个班级团支部", "班级团支部"),
        ("联系3个寝室", "寝室"),
        ("联系3名团员青年", "团员"),
    ):
        linked: Figures = {}
        for given in forms_of(returns(), LINKS):
            names = {row["名称"] for row in given.rows["联系对象"] if row["类别"] == kind}
            linked[given.unit, str(given.values["姓名"]), ONCE] = len(names)
        yield from told(quota, linked)
    kinds = {
        "参加团支部活动": ("团组织生活", "团日活动", "一学一做主题活动"),
        "走访联系寝室": ("走访寝室",),
        "面对面交流": ("面对面交流",),
        "发起线上活动": ("线上活动",),
        "讲团课": ("团课",),
    }
    for quota, wanted in kinds.items():
        done: Figures = {}
        for given in forms_of(returns(), NOTES):
            for row in given.rows["记录"]:
                if row["工作类型"] in wanted:
                    add(done, (given.unit, str(given.values["姓名"]), YEAR if quota == "讲团课" else TERM))
        yield from told(quota, done)
    yield from told("抽查属实率", {(HEAD, "", TERM): 75})
    rates: Figures = {}
    for given in forms_of(returns(), TALLY):
        good, back = given.values["满意"], given.values["收回"]
        assert isinstance(good, int)  # noqa: S101 - the data above says so
        assert isinstance(back, int)  # noqa: S101
        rates[given.unit, "", TERM] = round(100 * good / back, 2)
    yield from told("团员青年满意率", rates)
