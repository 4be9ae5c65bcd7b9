"""An invented work and its ledger, as the views that the workbook and the summary are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from forms import (
    Correction,
    Duty,
    Entry,
    Field,
    Form,
    GroupRow,
    Issuer,
    Leftover,
    Period,
    Place,
    Reading,
    Refusal,
    RowGroup,
    Scalar,
    Standing,
    State,
    Status,
    Submission,
    Unit,
    Work,
    doubt,
)
from generate.view import LedgerView

VISIT = "走访情况报告单"
TOUR = "观摩情况报告单"
UNITS = ("甲县团委", "乙县团委", "丙区团委", "丁区团工委")


def field(path: str, kind: str = "文本") -> Field:
    return Field.model_validate({"path": path, "类型": kind})


VISIT_FORM = Form(
    name=VISIT,
    template=Path("visit.docx"),
    fields=(
        field("填表时间", "日期"),
        field("姓名", "姓名"),
        field("走访团组织名称"),
        field("走访人数.团干部", "整数"),
        field("走访人数.团员青年", "整数"),
        field("工作开展情况"),
        field("工作亮点"),
        field("存在问题"),
        field("帮扶措施及成效"),
    ),
    groups=(RowGroup(name="问题清单", fields=(field("问题"), field("涉及人数", "整数"))),),
)
TOUR_FORM = Form(
    name=TOUR,
    template=Path("tour.docx"),
    fields=(field("填表时间", "日期"), field("亮点工作"), field("存在问题"), field("整改措施")),
)


def work() -> Work:
    issuer = Issuer.model_validate({"名称": "共青团某某市委员会", "标志": "共青团某某市委文件"})
    duties = [
        {"表单": VISIT, "周期": "每月", "截止": "次月10日"},
        {"表单": TOUR, "周期": "每季度", "截止": "季末月28日"},
    ]
    made = Work.model_validate(
        {
            "名称": "活力团建",
            "开始": date(2020, 7, 1),
            "结束": date(2020, 12, 31),
            "发文机关": issuer,
            "报送": [Duty.model_validate(duty) for duty in duties],
        }
    )
    units = tuple(Unit.model_validate({"单位": name}) for name in UNITS)
    return made.model_copy(update={"units": units, "forms": (VISIT_FORM, TOUR_FORM)})


def reading(path: str, value: Scalar, raw: str | None = None, codes: Sequence[str] = ()) -> Reading:
    text = str(value) if raw is None else raw
    doubts = tuple(doubt(code, path, raw=text) for code in codes)
    return Reading(path, value, text, Place("表1", 3, 2), doubts)


def entry(number: int, submission: Submission, **changes: object) -> Entry:
    values: dict[str, object] = {
        "id": number,
        "source": f"{submission.unit}/第{number}份.docx",
        "sha256": f"{number:064x}",
        "archive": f"归档/{number:02x}/{number:064x}.docx",
        "received_at": datetime.fromisoformat("2020-08-03 09:30") + timedelta(days=number),
        "status": Status.REVIEW if submission.all_doubts() else Status.ACCEPTED,
        "submission": submission,
    }
    return Entry(**(values | changes))  # type: ignore[arg-type]


def visit(
    unit: str | None, period: str | None, cadres: Reading, youths: Reading, text: str = ""
) -> Submission:
    month = int((period or "2020-07")[-2:])
    readings = (
        reading("填表时间", date(2020, month, 8), f"2020年{month}月8日"),
        reading("姓名", "林一一"),
        reading("走访团组织名称", "青苗镇团委"),
        cadres,
        youths,
        reading(
            "工作开展情况", "“三会两制一课”按月开展，团员教育评议已经完成，智慧团建系统信息更新及时。" * 3
        ),
        reading("工作亮点", text or "“青年之家”周末开放，吸引周边青年参加读书分享和技能培训。"),
        reading("存在问题", "团干部兼职多，精力不够集中；\n活动经费保障不足。"),
        reading("帮扶措施及成效", "协调镇党委落实活动经费，结对指导两个村团支部换届，已全部完成。"),
    )
    return Submission(VISIT, unit, period, readings)


def people(path: str, value: int | None, raw: str | None = None, codes: Sequence[str] = ()) -> Reading:
    return reading(f"走访人数.{path}", value, raw, codes)


def ordinary() -> tuple[Entry, ...]:
    """Return eight returns: a doubt, a correction, a group, a superseded one, one without a unit, a tour, a blank."""
    rows = (
        GroupRow("问题清单", 1, (reading("问题", "经费不足"), reading("涉及人数", 12))),
        GroupRow(
            "问题清单", 2, (reading("问题", "场地不足"), reading("涉及人数", 8, "七八人", ["number_range"]))
        ),
    )
    first = visit("甲县团委", "2020-07", people("团干部", 3), people("团员青年", 25))
    second = visit(
        "乙县团委", "2020-07", people("团干部", 4), people("团员青年", 20, "二三十人", ["number_range"])
    )
    third = visit("甲县团委", "2020-08", people("团干部", 5, "三"), people("团员青年", 40))
    fixed = Correction(
        3, "走访人数.团干部", 5, "电话问过，是五人", datetime.fromisoformat("2020-09-12 10:05")
    )
    lost = visit(None, "2020-08", people("团干部", 2), people("团员青年", 9))
    tour = (
        reading("填表时间", date(2020, 9, 25)),
        reading("亮点工作", "观摩点实行积分管理。"),
        reading("存在问题", "台账不全。"),
        reading("整改措施", "限期补齐台账。"),
    )
    absent = (doubt("required_missing", "工作开展情况"), doubt("leftover", count=1))
    left = (
        Leftover("（请于周五前反馈）", Place("正文", paragraph=9)),
        Leftover("改过一稿", Place("批注"), "批注"),
    )
    return (
        entry(1, Submission(VISIT, "甲县团委", "2020-07", first.readings, rows)),
        entry(2, Submission(VISIT, "乙县团委", "2020-07", second.readings, (), left, (), absent)),
        entry(3, third, corrections=(fixed,)),
        entry(
            4, visit("甲县团委", "2020-08", people("团干部", 99), people("团员青年", 999)), superseded_by=3
        ),
        entry(
            5, Submission(VISIT, None, "2020-08", lost.readings, doubts=(doubt("unit_unknown", raw="团委"),))
        ),
        entry(6, Submission(TOUR, "甲县团委", "2020-Q3", tour)),
        entry(7, Submission(VISIT, "丙区团委", "2020-07", doubts=(doubt("unfilled"),))),
        entry(8, visit("丙区团委", "2020-10", people("团干部", 6), people("团员青年", 31))),
    )


def standings(made: Work, entries: Sequence[Entry], today: date = date(2020, 12, 31)) -> tuple[Standing, ...]:
    """Return where every report owed stands on ``today``, as a ledger would say it."""
    found = {
        (e.submission.form, e.submission.unit, e.submission.period): e
        for e in entries
        if not e.superseded_by and not e.submission.blank
    }
    result = []
    for due in made.dues():
        got = found.get((due.form, due.unit.name, str(due.period)))
        if got is not None:
            late = got.received_at.date() > due.day
            values = (got.received_at, got.id, len(got.submission.all_doubts()))
            state = State.LATE if late else State.REPORTED
            result.append(Standing(due.unit.name, due.form, str(due.period), due.day, state, *values))
        else:
            state = State.MISSING if due.day < today else State.NOT_DUE
            result.append(Standing(due.unit.name, due.form, str(due.period), due.day, state))
    return tuple(result)


REFUSALS = (
    Refusal(
        "=cmd|'/c calc'!A1.heic",
        "f" * 64,
        "归档/ff/f.heic",
        datetime.fromisoformat("2020-08-05 08:00"),
        Status.REJECTED,
        "认不出的格式",
    ),
    Refusal(
        "~$报告单.docx", "e" * 64, "", datetime.fromisoformat("2020-08-05 08:01"), Status.IGNORED, "临时文件"
    ),
)


def view(entries: Sequence[Entry] | None = None) -> LedgerView:
    made = work()
    entries = ordinary() if entries is None else tuple(entries)
    return LedgerView(made, tuple(entries), REFUSALS, standings(made, entries))


def months(first: str, count: int) -> list[str]:
    period = Period.parse(first)
    codes = []
    for _ in range(count):
        codes.append(str(period))
        period = period.next()
    return codes
