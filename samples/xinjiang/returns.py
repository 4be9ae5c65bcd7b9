"""The returns of the sample: registers, monthly reports of each cadre, lists of problems upward, reports of the terms."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from samples.making.counted import Figures, add, forms_of, told
from samples.making.given import Filled, Make, Row, Sent, at

REGISTER, MONTHLY, PROBLEMS = "联系青年情况登记表", "联系青年工作月报", "青年诉求问题清单"
REPORT, VISIT = "制度落实情况报告", "系部走访记录"
ONCE = "2021-ONCE"
HEAD, PETROL, MACHINES = "学院团委", "石油与化学工程系分团委", "机电工程系分团委"
ECONOMY, TEACHERS = "经济管理系分团委", "师范教育系分团委"
WHO = {
    "程致远": HEAD,
    "姚若晨": HEAD,
    "丁明哲": PETROL,
    "白予宁": MACHINES,
    "田嘉禾": MACHINES,
    "龚思源": ECONOMY,
}
_HELPED = ("艾力江", "古丽娜", "王思远", "马晓燕", "李佳怡", "叶尔江")


def _register(name: str, linked: tuple[str, str | None], counts: tuple[int, int], helped: int) -> Filled:
    values: dict[str, Any] = {
        "填表时间": date(2021, 12, 20),
        "所在单位": WHO[name],
        "姓名": name,
        "联系团支部": linked[0],
        "联系社团": linked[1],
        "联系青年人数": counts[0],
        "群人数": counts[1],
        "实名注册": "微信、QQ",
    }
    rows: tuple[Row, ...] = tuple(
        {"困难青年": who, "困难情况": "家庭经济困难", "微心愿": "一套专业书", "帮扶进展": "已送达"}
        for who in _HELPED[:helped]
    )
    return Filled(REGISTER, WHO[name], ONCE, values, {"结对帮扶": rows})


def _registers() -> Iterator[Sent]:
    first = _register("程致远", ("电气2001团支部", "志愿者协会"), (118, 112), 4)
    yield Sent("登记表/程致远登记表.docx", at("2021-12-22 09:00"), first)
    second = _register("姚若晨", ("会计2002团支部", "朗诵社"), (102, 96), 3)
    yield Sent("登记表/姚若晨登记表.docx", at("2021-12-28 16:45"), second, Make.BARE)
    third = _register("丁明哲", ("化工2001团支部", "化学爱好者协会"), (104, 104), 6)
    petrol = Sent("石化系登记表.docx", at("2021-12-30 11:11"), third, Make.RETYPED)
    yield Sent(
        "邮件/石化系登记表.eml",
        petrol.arrived,
        members=(petrol,),
        sender="丁明哲 <shihua@example.org>",
        subject="石化系分团委联系青年情况登记表",
        body="请查收。",
    )
    both = (
        Sent(
            "白予宁登记表.docx",
            at("2022-01-04 10:20"),
            _register("白予宁", ("机电2003团支部", "机器人社"), (131, 120), 5),
        ),
        Sent(
            "田嘉禾登记表.doc",
            at("2022-01-04 10:20"),
            _register("田嘉禾", ("数控2001团支部", None), (88, 90), 2),
            Make.PAGE,
        ),
    )
    yield Sent("机电系登记表.zip", at("2022-01-04 10:20"), members=both)


def _monthly(
    name: str, month: int, counts: tuple[int, int, int, int, int], *deeds: tuple[int, str, str]
) -> Filled:
    unit, last = WHO[name], calendar.monthrange(2021, month)[1]
    values: dict[str, Any] = {
        "填表时间": date(2021, month, last),
        "所在单位": unit,
        "姓名": name,
        "月份": f"2021年{month}月",
        "群内发声天数": counts[0],
        "线上互动次数": counts[1],
        "话题数": counts[2],
        "线下活动次数": counts[3],
        "面对面交流人数": counts[4],
    }
    rows: tuple[Row, ...] = tuple(
        {"日期": date(2021, month, day), "类型": kind, "主题": theme} for day, kind, theme in deeds
    )
    return Filled(MONTHLY, unit, f"2021-{month:02d}", values, {"教育实践": rows})


def _reports() -> Iterator[Sent]:
    deeds: dict[int, tuple[tuple[int, str, str], ...]] = {
        3: ((5, "主题团日", "学雷锋志愿服务"), (18, "谈心谈话", "新学期打算")),
        4: ((15, "团课", "学党史、强信念"), (22, "谈心谈话", "考证规划")),
        5: ((4, "主题团日", "永远跟党走"), (20, "组织生活会", "学党史专题组织生活会")),
        6: ((10, "团课", "从百年党史看青年担当"), (17, "谈心谈话", "毕业去向")),
    }
    makes = {3: Make.BLANK, 4: Make.SHEET, 5: Make.RETYPED, 6: Make.BARE}
    for month, own in deeds.items():
        given = _monthly("程致远", month, (28 + month % 3, 5, 2, month % 2, 12 + month), *own)
        suffix = "xlsx" if makes[month] is Make.SHEET else "docx"
        came = at(f"2021-{month + 1:02d}-03 09:40")
        yield Sent(f"月报/{month}月/程致远{month}月月报.{suffix}", came, given, makes[month])
    for month in (3, 4):
        given = _monthly("白予宁", month, (20, 3, 1, 1, 30), (11, "团课", "工匠精神"))
        came = at(f"2021-{month + 1:02d}-0{8 if month == 3 else 6} 18:05")
        yield Sent(f"月报/{month}月/机电系白予宁.docx", came, given)
    late = _monthly("田嘉禾", 3, (31, 6, 1, 0, 8), (25, "谈心谈话", "适应工厂实习"))
    yield Sent("月报/3月/机电系田嘉禾.docx", at("2021-04-02 12:00"), late, Make.BARE)
    mended = _monthly("田嘉禾", 3, (31, 6, 2, 1, 9), (25, "谈心谈话", "适应工厂实习"))
    yield Sent("月报/3月/机电系田嘉禾（更正）.docx", at("2021-04-09 12:00"), mended)
    petrol = _monthly("丁明哲", 5, (31, 4, 1, 2, 26), (13, "组织生活会", "学党史专题组织生活会"))
    yield Sent("石化系5月月报.doc", at("2021-06-04 08:50"), petrol, Make.RICH)


def _lists() -> Iterator[Sent]:
    def listed(unit: str, quarter: int, *rows: tuple[str, int, str, str]) -> Filled:
        names = ("问题", "人次", "意见建议", "办理情况")
        made: tuple[Row, ...] = tuple(dict(zip(names, row, strict=True)) for row in rows)
        day = date(2021, 3 * quarter, 24)
        return Filled(PROBLEMS, unit, f"2021-Q{quarter}", {"填表时间": day, "分团委": unit}, {"清单": made})

    petrol = listed(
        PETROL,
        1,
        ("实训耗材补充不及时", 17, "按学期预备", "办理中"),
        ("晚归登记排队时间长", 42, "增加通道", "已解决"),
    )
    yield Sent("问题清单/石化系一季度问题清单.docx", at("2021-03-25 10:30"), petrol)
    machines = listed(MACHINES, 1, ("顶岗实习信息不对称", 29, "定期发布岗位", "上报"))
    yield Sent("问题清单/机电系第一季度.xlsx", at("2021-03-29 10:30"), machines, Make.SHEET)
    teachers = listed(TEACHERS, 2, ("普通话考点名额少", 35, "增设场次", "上报"))
    yield Sent("问题清单/师教系二季度问题清单.docx", at("2021-06-25 17:48"), teachers, Make.RETYPED)
    economy = listed(ECONOMY, 2, ("自习室插座少", 51, "统一改造", "办理中"))
    yield Sent("问题清单/经管系2021年第二季度.docx", at("2021-06-28 08:59"), economy)


def _terms() -> Iterator[Sent]:
    def report(unit: str, *texts: str) -> Filled:
        names = ("做法", "经验", "存在问题", "下步工作安排")
        values: dict[str, Any] = {"填表时间": date(2021, 7, 12), "分团委": unit}
        return Filled(REPORT, unit, "2020-S2", {**values, **dict(zip(names, texts, strict=True))})

    petrol = report(
        PETROL,
        "一是建群入群，二是每周一主题，三是每月一走访。",
        "群里先回应、线下再解决，诉求闭环率高。",
        "实习班级联系频次不够。",
        "为实习班级建立线上轮值。",
    )
    yield Sent("落实报告/石化系落实情况报告.doc", at("2021-07-13 09:26"), petrol, Make.OLD)
    machines = report(
        MACHINES, "包干到人，台账到周。", "与辅导员例会合并。", "兼职团干部精力有限。", "调整联系名单。"
    )
    yield Sent("落实报告/机电系落实情况报告.docx", at("2021-07-18 21:02"), machines, Make.RETYPED)
    for month, day, where in ((3, 23, "机电工程系"), (4, 20, "石油与化学工程系"), (6, 15, "经济管理系")):
        values: dict[str, Any] = {
            "填表时间": date(2021, month, day),
            "走访系部": where,
            "走访人员": "程致远、姚若晨",
            "团学工作开展情况": "主题团日按月开展，青年之家每周开放四次。",
            "调整建议": "把团课排进课表。",
        }
        came = at(f"{date(2021, month, day) + timedelta(days=2)} 11:30")
        yield Sent(f"走访/学院团委{month}月走访.docx", came, Filled(VISIT, HEAD, f"2021-{month:02d}", values))


def returns() -> tuple[Sent, ...]:
    """Return every file of 收件."""
    return (*_registers(), *_reports(), *_lists(), *_terms())


def _registered() -> Iterator[dict[str, Any]]:
    counts: dict[str, Figures] = {name: {} for name in ("支部", "社团", "青年", "群", "帮扶")}
    for given in forms_of(returns(), REGISTER):
        key = given.unit, str(given.values["姓名"]), ONCE
        counts["支部"][key] = 1
        if given.values["联系社团"]:
            counts["社团"][key] = 1
        linked, group = given.values["联系青年人数"], given.values["群人数"]
        assert isinstance(linked, int)  # noqa: S101 - the data above says so
        assert isinstance(group, int)  # noqa: S101
        counts["青年"][key] = linked
        counts["群"][key] = int(group >= 100)
        counts["帮扶"][key] = len(given.rows["结对帮扶"])
    yield from told("联系1个团支部", counts["支部"])
    yield from told("联系1个社团", counts["社团"])
    yield from told("联系100名团员青年", counts["青年"])
    yield from told("微信群不少于100人", counts["群"])
    yield from told("结对帮扶困难青年", counts["帮扶"])


def _reported() -> Iterator[dict[str, Any]]:
    fields = {
        "每天有声音": "群内发声天数",
        "每周有互动": "线上互动次数",
        "每月有话题": "话题数",
        "每季度有线下活动": "线下活动次数",
        "每年与多数青年面对面": "面对面交流人数",
    }
    spans = {"每季度有线下活动": 3, "每年与多数青年面对面": 12}
    for quota, path in fields.items():
        done: Figures = {}
        for given in forms_of(returns(), MONTHLY):
            month, number = int(given.period[-2:]), given.values[path]
            assert isinstance(number, int)  # noqa: S101 - the data above says so
            span = spans.get(quota, 1)
            period = {1: given.period, 3: f"2021-Q{(month + 2) // 3}", 12: "2021"}[span]
            add(done, (given.unit, str(given.values["姓名"]), period), number)
        yield from told(quota, done)
    kinds = {
        "参加组织生活会": "组织生活会",
        "给团支部上团课": "团课",
        "参加主题团日活动": "主题团日",
        "开展谈心谈话": "谈心谈话",
    }
    for quota, kind in kinds.items():
        deeds: Figures = {}
        for given in forms_of(returns(), MONTHLY):
            for row in given.rows["教育实践"]:
                if row["类型"] == kind:
                    add(deeds, (given.unit, str(given.values["姓名"]), "2021"))
        yield from told(quota, deeds)


def figures() -> Iterator[dict[str, Any]]:
    """Yield the true figures of the quotas, counted from the data above."""
    yield from _registered()
    yield from _reported()
    yield from told("每月走访系部", {(HEAD, "", given.period): 1 for given in forms_of(returns(), VISIT)})
