"""The year-end returns of the sample: reports on what was learned at the grass roots, and how far the aims of the plan are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from samples.making.counted import told
from samples.making.given import Filled, Make, Row, Sent, at

STUDY, AIMS = "调研报告报送表", "活力团建目标进展表"
_YEAR = "2020"


def _study(unit: str, day: int, author: str, title: str, text: str) -> Filled:
    values: dict[str, Any] = {
        "填表时间": date(2020, 12, day),
        "报送部室": unit,
        "撰写人": author,
        "调研报告题目": title,
        "调研报告正文": text,
    }
    return Filled(STUDY, unit, _YEAR, values)


def _aims(unit: str, rooms: int | None, growth: float | None, *fields: tuple[str, int, int]) -> Filled:
    values: dict[str, Any] = {
        "填表时间": date(2020, 12, 25),
        "填报单位": unit,
        "标准化团员活动室": rooms,
        "云平台活跃度提升": growth,
    }
    rows: tuple[Row, ...] = tuple(
        {"领域": name, "应建团组织": due, "已建团组织": done} for name, due, done in fields
    )
    return Filled(AIMS, unit, _YEAR, values, {"建团情况": rows})


def _studies() -> Iterator[Sent]:
    rural = _study(
        "组织部",
        21,
        "程远航",
        "流动团员管理的堵点与对策",
        "走访8个乡镇团委，流动团员失联多在务工第一年。\n建议以同乡会为单元建立流动团支部。",
    )
    yield Sent("年底/组织部调研报告.doc", at("2020-12-22 09:10"), rural, Make.OLD)
    school = _study(
        "学校部",
        28,
        "韩若溪",
        "中职学校团校建设调查",
        "6所中职学校有4所建立团校，师资以兼职为主。\n建议统一教材、联合备课。",
    )
    yield Sent("年底/学校部调研报告.docx", at("2020-12-30 15:32"), school, Make.RETYPED)
    youth = _study(
        "青发部",
        30,
        "丁浩然",
        "非公企业建团难在哪里",
        "走访企业21家，负责人支持是第一因素。\n建议与工商联联合推动。",
    )
    yield Sent("年底/青发部调研报告.doc", at("2021-01-06 10:00"), youth, Make.PAGE)


def _progress() -> Iterator[Sent]:
    yield Sent("年底/组织部目标进展.docx", at("2020-12-28 10:00"), _aims("组织部", None, 23.5))
    youth = _aims("青发部", None, None, ("非公企业", 120, 51), ("青企协会员企业", 36, 36))
    file = Sent("活力团建目标进展表.docx", at("2020-12-29 11:20"), youth)
    yield Sent(
        "年底/青发部来信.eml",
        file.arrived,
        members=(file,),
        sender="丁浩然 <qingfabu@example.org>",
        subject="青发部报送目标进展表",
        body="现报上目标进展表，请查收。",
    )
    united = _aims("统战部", None, None, ("青联委员企业", 18, 17))
    file = Sent("统战部/统战部目标进展.docx", at("2020-12-30 17:45"), united, Make.RETYPED)
    yield Sent("年底/统战部年底材料.zip", file.arrived, members=(file,))
    social = _aims("社联部", None, None, ("团属协会", 9, 9))
    yield Sent("年底/社联部目标进展.xlsx", at("2020-12-31 08:30"), social, Make.SHEET)
    for unit, rooms, came in (
        ("临颍县团委", 4, "2020-12-28 16:00"),
        ("郾城区团委", 2, "2020-12-31 18:00"),
        ("源汇区团委", 3, "2021-01-04 09:00"),
        ("西城区团工委", 1, "2020-12-30 09:30"),
    ):
        yield Sent(
            f"年底/{unit}目标进展表.docx",
            at(came),
            _aims(unit, rooms, None),
            Make.BARE if rooms == 2 else Make.BLANK,
        )


def returns() -> tuple[Sent, ...]:
    """Return the files of 收件 that the year-end brought."""
    return (*_studies(), *_progress())


def figures() -> Iterator[dict[str, Any]]:
    """Yield the true figures of the aims of the plan."""
    yield from told("调研报告", {(unit, "", _YEAR): 1 for unit in ("组织部", "学校部", "青发部")})
    yield from told("非公企业建团率", {("青发部", "", _YEAR): 42.5})
    yield from told("青企协会员企业建团率", {("青发部", "", _YEAR): 100})
    yield from told("青联委员企业建团率", {("统战部", "", _YEAR): 94.44})
    yield from told("团属协会建团率", {("社联部", "", _YEAR): 100})
    yield from told("云平台活跃度提升", {("组织部", "", _YEAR): 23.5})
    rooms = {("临颍县团委", "", _YEAR): 4.0, ("郾城区团委", "", _YEAR): 2.0, ("源汇区团委", "", _YEAR): 3.0}
    yield from told("县区标准化团员活动室", rooms)
    yield from told("开发区示范区西城区标准化团员活动室", {("西城区团工委", "", _YEAR): 1})
