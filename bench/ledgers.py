"""Ledgers of invented returns in any number, always the same, as the view that the summary is made from."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

import templates
from forms import (
    Due,
    Entry,
    Form,
    Place,
    Reading,
    Scalar,
    Standing,
    State,
    Status,
    Submission,
    Unit,
    Work,
    load_forms,
)
from generate import LedgerView

FORM = "团干部走基层情况报告单"
_WHO = (
    "部分村团支部",
    "个别企业团组织",
    "镇街团委",
    "机关团支部",
    "社区团支部",
    "学校团委",
    "新兴领域团组织",
)
_WHAT = (
    "活动经费不足",
    "团干部兼职多，精力不够集中",
    "团员流动性大，联系不紧密",
    "活动形式单一，对青年吸引力不强",
    "台账记录不规范",
    "智慧团建系统信息更新不及时",
    "换届不够及时",
    "阵地建设滞后，缺少固定场所",
)
_HOW = ("", "，亟待解决", "，一定程度上影响工作开展", "，需要上级支持", "的问题比较突出")
_DONE = ("开展读书分享", "组织技能培训", "举办青年联谊", "开设暑期托管班", "成立志愿服务队", "推行积分管理")
_WHERE = ("青年之家", "村级活动室", "企业车间", "社区广场", "乡镇礼堂")


def ledger(number: int, year: int = 2020) -> LedgerView:
    """Return a view with ``number`` returns, one month each, of as many units as that takes; one in twelve is missing."""
    made = work_of(-(-number // 11), year)
    chance = random.Random(number)  # noqa: S311 - invented data
    entries: list[Entry] = []
    standings: list[Standing] = []
    for due in made.dues():
        if len(entries) == number or chance.random() < 1 / 12:
            standings.append(Standing(due.unit.name, due.form, str(due.period), due.day, State.MISSING))
            continue
        entry = _entry(len(entries) + 1, due, chance)
        entries.append(entry)
        state = State.LATE if entry.received_at.date() > due.day else State.REPORTED
        values = (entry.received_at, entry.id, 0)
        standings.append(Standing(due.unit.name, due.form, str(due.period), due.day, state, *values))
    return LedgerView(made, tuple(entries), (), tuple(standings))


def work_of(units: int, year: int) -> Work:
    """Return a work with ``units`` invented units that owe one form each month of ``year``."""
    form = _form()
    made = Work.model_validate(
        {
            "名称": "活力团建",
            "开始": date(year, 1, 1),
            "结束": date(year, 12, 31),
            "发文机关": {"名称": "共青团某某市委员会", "标志": "共青团某某市委文件"},
            "报送": [{"表单": form.name, "周期": "每月", "截止": "次月10日"}],
        }
    )
    kinds = ("乡镇", "街道", "学校", "企业")
    listed = tuple(
        Unit.model_validate({"单位": f"第{at}{kinds[at % 4]}团委", "类别": kinds[at % 4]})
        for at in range(1, units + 1)
    )
    return made.model_copy(update={"units": listed, "forms": (form,)})


def _form() -> Form:
    return next(form for form in load_forms(templates.CATALOGUE) if form.name == FORM)


def _entry(number: int, due: Due, chance: random.Random) -> Entry:
    arrived = datetime.combine(due.day + timedelta(days=chance.randint(-12, 2)), time(9, 30))
    values: dict[str, Scalar] = {
        "填表时间": due.period.end,
        "姓名": "林一一",
        "走访团组织名称": "青苗镇团委",
        "走访人数.团干部": chance.randint(1, 9),
        "走访人数.团员青年": chance.randint(5, 60),
        "基层团组织工作开展情况": "“三会两制一课”按月开展，团员教育评议已经完成。",
        "基层团组织工作亮点": f"依托{chance.choice(_WHERE)}{chance.choice(_DONE)}，{chance.randint(20, 400)}名青年参加。",
        "基层团组织工作存在问题": "；".join(_problem(chance) for _ in range(chance.randint(1, 3))) + "。",
        "帮扶措施及成效": f"协调落实场地{chance.randint(1, 9)}处，结对指导{chance.randint(1, 9)}个团支部换届。",
    }
    readings = tuple(Reading(path, value, str(value), Place("表1", 3, 2)) for path, value in values.items())
    submission = Submission(due.form, due.unit.name, str(due.period), readings)
    name = f"{due.unit.name}/{due.period}.docx"
    return Entry(number, name, f"{number:064x}", f"归档/{number}.docx", arrived, Status.ACCEPTED, submission)


def _problem(chance: random.Random) -> str:
    return f"{chance.choice(_WHO)}{chance.choice(_WHAT)}{chance.choice(_HOW)}"
