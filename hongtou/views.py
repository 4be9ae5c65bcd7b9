"""The machine's and the clerk's view of forms, standings and doubts: the JSON of the contract and the rows of tables.

Plain values in, plain values out; prints nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from forms import (
    Correction,
    DayOff,
    Doubt,
    Entry,
    Field,
    Form,
    Period,
    Reading,
    Scalar,
    Standing,
    State,
    Status,
    Work,
    periods_between,
    unarranged_years,
)

if TYPE_CHECKING:
    from extract.learning import Learned, Spot

    from .learning import Lesson

Json = dict[str, Any]
_DOUBTS = 8  # doubts of one form that are told on the console
_SHOWN = 3  # lines of leftover of one return in a listing


def plain(value: Scalar | datetime) -> Any:
    """Return ``value`` as JSON has it: days as ``YYYY-MM-DD``, moments to the second, choices as a list."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _field_json(field: Field) -> Json:
    return {"path": field.path, "kind": field.kind.value, "required": field.required}


def form_json(form: Form) -> Json:
    """Return a form as ``forms --json`` lists it."""
    groups = [
        {"name": group.name, "required": group.required, "fields": [_field_json(f) for f in group.fields]}
        for group in form.groups
    ]
    return {"form": form.name, "fields": [_field_json(f) for f in form.fields], "groups": groups}


def form_rows(form: Form) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row for each field of ``form``: path, kind, whether required, what it says about the return."""
    own = [(field.path, field) for field in form.fields]
    grouped = [
        (f"{group.name}（明细）.{field.path}", field) for group in form.groups for field in group.fields
    ]
    for path, field in own + grouped:
        yield path, field.kind.label, "是" if field.required else "", field.role.value if field.role else ""


def learned_json(lesson: Lesson) -> Json:
    """Return what became of a blank as ``learn --json`` lists it; ``reason`` where nothing was learned."""
    learned = lesson.learned
    fields = [
        {"path": spot.path, "kind": spot.kind.value, "at": str(spot.place), "group": spot.group or None}
        for spot in (_spots(learned) if learned else ())
    ]
    doubts = [
        {"code": found.code, "field": found.field, "message": found.message}
        for found in (learned.doubts if learned else ())
    ]
    told = {"notes": list(lesson.notes), "reason": lesson.reason or None}
    return {
        "file": lesson.source,
        "form": learned.name if learned else None,
        "fields": fields,
        "doubts": doubts,
        **told,
    }


def _spots(learned: Learned) -> list[Spot]:
    """Return the fields of a form as its YAML has them: those of row groups last."""
    return sorted(learned.spots, key=lambda spot: bool(spot.group))


def learned_rows(learned: Learned) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row for each field of a form just learned: path, kind, where it stands, its row group."""
    for spot in _spots(learned):
        yield spot.path, spot.kind.label, str(spot.place), spot.group


def learned_doubts(lesson: Lesson) -> Iterator[str]:
    """Yield what the clerk should know of a form just learned: notes, and its first doubts."""
    yield from lesson.notes
    messages = list(
        dict.fromkeys(found.message for found in (lesson.learned.doubts if lesson.learned else ()))
    )
    yield from messages[:_DOUBTS]
    if len(messages) > _DOUBTS:
        yield f"另有 {len(messages) - _DOUBTS} 处拿不准，用 --json 可以看全"


def learned_sum(lessons: Sequence[Lesson]) -> str:
    """Return the line that sums up what was learned."""
    learned = [lesson for lesson in lessons if lesson.learned is not None]
    parts = [f"学了 {len(learned)} 张表"]
    parts += [f"{len(lessons) - len(learned)} 个文件没有学成"] * (len(learned) < len(lessons))
    then = "。要用它收报送，请在 work.yaml 的“报送”里添上" if learned else ""
    return "，".join(parts) + then


def standing_json(standing: Standing) -> Json:
    """Return a standing as ``status --json`` lists it."""
    return {
        "unit": standing.unit,
        "form": standing.form,
        "period": standing.period,
        "due": plain(standing.due),
        "state": standing.state.value,
        "received_at": plain(standing.received_at) if standing.received_at else None,
        "submission": standing.submission,
        "doubts": standing.doubts,
        **({"absent": list(standing.absent)} if standing.absent else {}),
    }


_SHORT = {State.REPORTED: "按时", State.LATE: "逾期", State.MISSING: "未报", State.NOT_DUE: "未到"}
TOTALS = ("应报", "按时", "逾期", "未报")
LEGEND = "按时＝按时报送，逾期＝过了截止日才报，未报＝到期未报，未到＝还没到期；带 * 的有待核对的地方，见 hongtou review"
LEGEND_PEOPLE = "缺2人＝每人一份的表，这个单位还有2个人没有报"


def standing_table(standings: Iterable[Standing]) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of one form: a row per unit, a column per period, totals at the right and below.

    应报 counts what has fallen due or been reported; a report not yet due is owed later.
    """
    listed = list(standings)
    periods = list(dict.fromkeys(s.period for s in sorted(listed, key=lambda s: (s.due, s.period))))
    units = list(dict.fromkeys(s.unit for s in listed))
    by_place = {(s.unit, s.period): s for s in listed}
    rows = []
    for unit in units:
        own = [by_place.get((unit, period)) for period in periods]
        rows.append([unit, *(_mark(s) for s in own), *_totals(s for s in own if s)])
    below = [
        f"{sum(_in(s) for s in listed if s.period == p)}/{sum(s.period == p for s in listed)}"
        for p in periods
    ]
    rows.append(["已报/应报", *below, *_totals(listed)])
    return ["单位", *(_period_label(p, periods) for p in periods), *TOTALS], rows


def _in(standing: Standing) -> bool:
    return standing.state in (State.REPORTED, State.LATE)


def _mark(standing: Standing | None) -> str:
    if standing is None:
        return ""
    lacking = f" 缺{len(standing.absent)}人" if standing.absent else ""
    return _SHORT[standing.state] + ("*" if standing.doubts else "") + lacking


def absent_lines(standings: Iterable[Standing]) -> Iterator[str]:
    """Yield who has not sent his or her form where others of the unit have, a line for each unit and period."""
    for standing in standings:
        if standing.absent:
            yield f"{Period.parse(standing.period).label} {standing.unit} 还缺：{'、'.join(standing.absent)}"


def _totals(standings: Iterable[Standing]) -> list[str]:
    count = Counter(standing.state for standing in standings)
    due = count.total() - count[State.NOT_DUE]
    return [str(n) for n in (due, count[State.REPORTED], count[State.LATE], count[State.MISSING])]


def _period_label(code: str, all_codes: Iterable[str]) -> str:
    label = Period.parse(code).label
    years = {other[:4] for other in all_codes}
    return label.removeprefix(f"{code[:4]}年") if len(years) == 1 and len(code) > 4 else label


def unarranged_lines(work: Work) -> Iterator[str]:
    """Yield a line where deadlines move off days off in a year whose holidays are not known yet."""
    moving = [duty for duty in work.duties if duty.day_off is not DayOff.KEEP]
    days = [
        duty.deadline.due(period)
        for duty in moving
        for period in periods_between(duty.cadence, work.first, work.last)
    ]
    years = unarranged_years(days)
    if years:
        listed = "、".join(f"{year}年" for year in years)
        yield f"还不知道{listed}的放假安排，遇休息日的截止日只按周末推算；升级红头后会按公布的安排"


def needs_person(entry: Entry) -> bool:
    """Whether ``entry`` waits for a person: in doubt and not superseded."""
    return entry.status is Status.REVIEW and not entry.superseded_by


def review_json(entry: Entry) -> Iterator[Json]:
    """Yield the doubts of ``entry`` as ``review --json`` lists them."""
    for found, reading, row in doubts_of(entry):
        yield {
            "submission": entry.id,
            "source": entry.source,
            "unit": entry.submission.unit,
            "form": entry.submission.form,
            "period": entry.submission.period,
            "field": found.field,
            "row": row or None,
            "raw": reading.raw if reading else None,
            "value": plain(reading.value) if reading else None,
            "at": str(reading.place) if reading else None,
            "code": found.code,
            "message": found.message,
        }


def doubts_of(entry: Entry) -> Iterator[tuple[Doubt, Reading | None, int]]:
    """Yield every doubt of ``entry`` with the reading it is about (if any) and the row of its group (0 outside one)."""
    submission = entry.submission
    by_field = {reading.field: reading for reading in submission.readings}
    for found in submission.doubts:
        yield found, by_field.get(found.field or ""), 0
    places = [(0, submission.readings), *((row.number, row.readings) for row in submission.rows)]
    for number, readings in places:
        for reading in readings:
            for found in reading.doubts:
                yield found, reading, number


def review_lines(entry: Entry) -> Iterator[str]:
    """Yield what a person should look at in ``entry``: the return, its doubts with their places, its leftover."""
    submission = entry.submission
    unit, period = submission.unit or "单位不明", submission.period or "报送期不明"
    yield f"编号 {entry.id}  {unit}  {period}  《{submission.form or '表单不明'}》  {entry.source}"
    for found, reading, row in doubts_of(entry):
        place = "，".join([f"明细第{row}行"] * bool(row) + ([str(reading.place)] if reading else []))
        yield f"    {found.message}" + (f"（{place}）" if place else "")
    for left in submission.leftover[:_SHOWN]:
        yield f"    剩余文字（{left.kind}，{left.place}）：{left.text}"
    if len(submission.leftover) > _SHOWN:
        yield f"    剩余文字另有 {len(submission.leftover) - _SHOWN} 处，见台账的“剩余文字”"


def review_sum(entries: int, waiting: int, refused: int) -> str:
    """Return the line that sums up a review."""
    if not entries and not refused:
        return "台账还是空的。请先把来件放进 收件/，执行 hongtou collect"
    if not waiting and not refused:
        return "没有待核对的报送"
    ways = "都对：hongtou review accept 编号；改一个值：hongtou review set 编号 栏目 值 --why 缘由"
    return f"待核对 {waiting} 份" + (f"，未收 {refused} 个文件" if refused else "") + f"。{ways}"


def correction_line(correction: Correction) -> str:
    """Return the line that tells of a person's answer."""
    value = plain(correction.value)
    return f"编号 {correction.submission} “{correction.field}”改为“{'' if value is None else value}”：{correction.why}"


def accepted_lines(entry: Entry, settled: int) -> Iterator[str]:
    """Yield what is told when a return was accepted, and what is still missing for it to count."""
    yield f"编号 {entry.id} 的 {settled} 处疑点已确认" if settled else f"编号 {entry.id} 没有待核对的地方"
    found = entry.submission
    if found.blank:
        yield "它是没有填写的空白表，以后不再列出，也不算报送"
        return
    missing = [w for w, v in (("--unit 单位", found.unit), ("--period 报送期", found.period)) if v is None]
    if found.form is not None and missing:
        yield f"它还不算哪个单位哪一期的报送，请指定：hongtou review assign {entry.id} {' '.join(missing)}"


def assigned_lines(entry: Entry, owed: bool) -> Iterator[str]:
    """Yield what is told when a return was assigned; ``owed`` tells whether that unit owes it."""
    found = entry.submission
    yield f"编号 {entry.id} 现在是：{found.unit or '单位不明'}，{found.period or '报送期不明'}，《{found.form or '表单不明'}》"
    if not owed:
        yield f"按 work.yaml，{found.unit}不用报《{found.form}》{found.period} 这一期，请核对"


def taken_line(noted: int, known: int, left: int) -> str:
    """Return the line that sums up what was taken from a workbook."""
    if not noted + known + left:
        return "“待核对”的“更正为”一列还没有填"
    parts = [(noted, "记下更正"), (known, "早已记过"), (left, "没有改")]
    return "，".join(f"{what} {count} 处" for count, what in parts if count)
