"""The returns of the sample: opinions of units, visits week by week, ledgers of the organisations, reports of completion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from forms import Cadence, Period
from samples.making.counted import Figures, add, forms_of, told
from samples.making.given import Filled, Make, Row, Sent, at

from . import links
from .said import SAID

OPINION, VISIT, LEDGER = "征求意见反馈表", "蹲点走访记录", "“十个一”工作台账"
REPORT = "方案落实完成情况报告"
ONCE, HEAD = "2020-ONCE", "校团委"
UNION, MEDIA, HELPERS = "校学生会", "校青年媒体中心", "校青年志愿者协会"
CLUBS, ARTS = "校学生社团联合会", "校大学生艺术团"


def beside(target: Path) -> None:
    """Write what the work folder needs beside its returns: the list of links."""
    links.write(target)


def _opinion(unit: str, day: int, clerk: str, whole: str, *rows: tuple[str, str, str]) -> Filled:
    values: dict[str, Any] = {
        "填表时间": date(2020, 9, day),
        "反馈单位": unit,
        "经办人": clerk,
        "总体意见": whole,
    }
    names = ("条目", "修改意见", "理由")
    made: tuple[Row, ...] = tuple(dict(zip(names, row, strict=True)) for row in rows)
    return Filled(OPINION, unit, ONCE, values, {"意见": made})


def _opinions() -> Iterator[Sent]:
    physics = _opinion(
        "物理电子工程学院团委",
        15,
        "曹子衿",
        "修改后同意",
        ("三、具体措施第1条", "蹲点走访改为每两周一次", "学院实验课集中，每周接待有困难"),
        ("四、相关要求第3条", "台账给出统一样式", "便于汇总"),
    )
    yield Sent("征求意见/物理电子工程学院团委反馈.docx", at("2020-09-16 09:20"), physics)
    history = _opinion("历史文化学院团委", 17, "郭望川", "同意")
    yield Sent("征求意见/历史文化学院团委.docx", at("2020-09-17 15:05"), history)
    music = _opinion(
        "音乐学院团委",
        16,
        "霍清和",
        "修改后同意",
        ("三、具体措施第6条", "展演增加大东关校区专场", "方便新校区同学参加"),
    )
    songs = Sent("音乐学院反馈表.docx", at("2020-09-18 11:30"), music, Make.RETYPED)
    yield Sent(
        "邮件/音乐学院团委.eml",
        songs.arrived,
        members=(songs,),
        sender="霍清和 <yinyue@example.org>",
        subject="音乐学院团委征求意见反馈",
        body="老师好，意见一条，请参考。",
    )
    maths = _opinion("数学科学学院团委", 18, "梁可期", "同意")
    law = _opinion(
        "法学院团委", 18, "刘方舟", "修改后同意", ("二、工作形式", "增加线上法律咨询", "学生有需求")
    )
    both = (
        Sent("数学科学学院团委反馈.docx", at("2020-09-21 08:30"), maths, Make.BARE),
        Sent("法学院团委反馈.doc", at("2020-09-21 08:30"), law, Make.PAGE),
    )
    yield Sent("基层反馈补交.zip", at("2020-09-21 08:30"), members=both)
    economy = _opinion(
        "经济与管理学院团委",
        14,
        "么知许",
        "不同意",
        ("四、相关要求第5条", "考核办法另行征求意见", "与现行评优办法重复"),
    )
    yield Sent("征求意见/经管学院团委反馈.xlsx", at("2020-09-15 17:10"), economy, Make.SHEET)


def _visits() -> Iterator[Sent]:
    cadres, count = list(links.LINKS.items()), -1
    for week in (38, 39, 40):
        monday = date.fromisocalendar(2020, week, 1)
        for place, ((name, _), units) in enumerate(cadres):
            if (place + week) % 5 == 0:  # somebody stays away every week
                continue
            count += 1
            day = monday + timedelta(days=place % 4 + 1)
            values: dict[str, Any] = {
                "走访时间": day,
                "单位": HEAD,
                "姓名": name,
                "走访团组织": units[week % 3],
                "问题和困难": SAID[count][0],
                "指导情况": SAID[count][1],
            }
            given = Filled(VISIT, HEAD, f"2020-W{week}", values)
            make = (Make.BLANK, Make.BARE, Make.RETYPED, Make.BLANK)[(place + week) % 4]
            if (week, place) == (39, 5):
                make = Make.RICH
            late = 6 if (week, place) == (40, 1) else 1
            came = at(f"{day + timedelta(days=late)} 0{place % 2 + 8}:30")
            suffix = "doc" if make is Make.RICH else "docx"
            yield Sent(f"走访/第{week}周/{name}蹲点走访记录.{suffix}", came, given, make)


def _done(unit: str, month: int, thought: str | None, *rows: tuple[int, str, str, int]) -> Filled:
    values: dict[str, Any] = {
        "填表时间": date(2020, month, 30),
        "组织名称": unit,
        "思考和建议": thought,
    }
    made: tuple[Row, ...] = tuple(
        {"日期": date(2020, month, day), "活动": kind, "内容": text, "人数": people}
        for day, kind, text, people in rows
    )
    return Filled(LEDGER, unit, f"2020-{month:02d}", values, {"活动": made})


def _ledgers() -> Iterator[Sent]:
    union = _done(
        UNION,
        9,
        "接待日可以设主题。",
        (16, "校领导接待日", "新生适应和后勤服务", 42),
        (23, "共话成长", "材料领域青年学者报告", 130),
        (27, "朋辈互助会", "宿舍关系", 26),
    )
    yield Sent("台账/学生会9月台账.docx", at("2020-10-07 21:00"), union)
    union = _done(UNION, 10, None, (21, "校领导接待日", "图书馆座位", 38), (28, "朋辈互助会", "考研压力", 31))
    yield Sent("台账/学生会10月台账.xlsx", at("2020-11-04 10:00"), union, Make.SHEET)
    media = _done(
        MEDIA,
        9,
        "建议统一投稿邮箱。",
        (10, "事迹报道", "生科院团支部的种子", 1),
        (17, "事迹报道", "把实验室搬进乡村", 2),
        (24, "事迹报道", "深夜值班的年轻人", 1),
        (25, "走访院级媒体", "新闻学院融媒体", 5),
    )
    yield Sent("青媒中心9月.doc", at("2020-10-09 17:55"), media, Make.PAGE)
    helpers = _done(
        HELPERS,
        9,
        "老教师希望教智能手机。",
        (12, "志愿服务", "老教师手机课堂", 24),
        (19, "志愿服务", "陪诊和代取药", 12),
        (20, "志愿服务", "校史馆讲解", 9),
    )
    yield Sent("台账/青协9月台账.docx", at("2020-10-12 09:09"), helpers, Make.RETYPED)
    clubs = _done(CLUBS, 10, "场地预约要前置。", (17, "文化月活动", "国风文化月开幕", 320))
    yield Sent("台账/社联10月台账.docx", at("2020-11-05 18:00"), clubs, Make.BARE)
    arts = _done(ARTS, 10, None, (15, "作品展演", "坞城校区专场", 410), (29, "作品展演", "东山校区专场", 260))
    yield Sent("台账/艺术团10月台账.docx", at("2020-11-03 12:12"), arts)


def _yearly() -> Iterator[Sent]:
    def report(unit: str, *texts: str | None) -> Filled:
        names = ("完成情况", "没有完成的事项", "下年度建议")
        values: dict[str, Any] = {"填表时间": date(2020, 12, 28), "报告单位": unit}
        return Filled(REPORT, unit, "2020", {**values, **dict(zip(names, texts, strict=True))})

    union = report(UNION, "接待日4次、互助会4次、共话成长3次。", "10月共话成长未办。", "与院系联合举办。")
    yield Sent("完成情况/学生会完成情况.docx", at("2020-12-29 10:40"), union)
    arts = report(ARTS, "三校区展演7场。", None, "增加新创节目。")
    yield Sent("完成情况/艺术团年度完成情况.docx", at("2021-01-05 09:30"), arts, Make.RETYPED)
    head = report(HEAD, "蹲点走访覆盖24个基层团组织。", "个别周次未走访。", "走访与督导结合。")
    yield Sent("完成情况/校团委.doc", at("2020-12-31 16:20"), head, Make.OLD)


def returns() -> tuple[Sent, ...]:
    """Return every file of 收件."""
    return (*_opinions(), *_visits(), *_ledgers(), *_yearly())


_BY_MONTH = {
    "校领导接待日": "校领导接待日",
    "青年科学家与青年学生共话成长": "共话成长",
    "朋辈心理成长互助会": "朋辈互助会",
    "每月走访院级媒体": "走访院级媒体",
    "校园主题文化月": "文化月活动",
    "美育文化作品展演": "作品展演",
}
_BY_WEEK = {"每周先进事迹报道": "事迹报道", "每周志愿服务": "志愿服务"}


def figures() -> Iterator[dict[str, Any]]:
    """Yield the true figures of the quotas, counted from the data above."""
    visited: Figures = {}
    for given in forms_of(returns(), VISIT):
        add(visited, (HEAD, str(given.values["姓名"]), given.period))
    yield from told("每周蹲点走访", visited)
    for quota, kind in {**_BY_MONTH, **_BY_WEEK}.items():
        done: Figures = {}
        for given in forms_of(returns(), LEDGER):
            for row in given.rows["活动"]:
                day = row["日期"]
                assert isinstance(day, date)  # noqa: S101 - the data above says so
                week = str(Period.containing(Cadence.WEEKLY, day))
                if row["活动"] == kind:
                    add(done, (given.unit, "", week if quota in _BY_WEEK else given.period))
        yield from told(quota, done)
