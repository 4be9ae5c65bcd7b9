"""The sheets about the returns as a whole: who has reported, what to check, what was left over, what was refused.

Knows standings, doubts, leftover and refusals; does not know how a sheet is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from forms import Doubt, Entry, Reading, Spot, Standing, State, Status
from generate.summary.figures import period_of, year_figures, year_in
from generate.view import LedgerView

from .checksheet import CHECK_COLUMNS, CHECK_PERIOD, CHECK_SHEET, CHECK_UNIT, check_code
from .forms import period_label, plain, shown, source_cell
from .table import Block, Cell, Look, Table

_WHOLE = {"unit_": CHECK_UNIT, "period_": CHECK_PERIOD}
_LOOKS = {
    State.REPORTED: Look.REPORTED,
    State.LATE: Look.LATE,
    State.MISSING: Look.MISSING,
    State.NOT_DUE: Look.NOT_DUE,
}
_TOTALS = ("应报（含未到期）", "按时报送", "逾期报送", "未报送", "未到期")


def matrices(view: LedgerView) -> tuple[Block, ...]:
    """Return for each form a table of units by periods, coloured by state, with totals to the right and below."""
    forms = dict.fromkeys(standing.form for standing in view.standings)
    return tuple(_matrix(form, [s for s in view.standings if s.form == form]) for form in forms)


def _matrix(form: str, standings: Sequence[Standing]) -> Block:
    periods = sorted({standing.period for standing in standings})
    units = list(dict.fromkeys(standing.unit for standing in standings))
    found = {(standing.unit, standing.period): standing for standing in standings}
    rows = [
        (
            Cell(unit),
            *(_state_cell(found.get((unit, period))) for period in periods),
            *_totals([s for s in standings if s.unit == unit]),
        )
        for unit in units
    ]
    by_period = [[s for s in standings if s.period == period] for period in periods]
    below = (
        Cell("已报/应报", Look.TOTAL),
        *(Cell(_share(group), Look.TOTAL) for group in by_period),
        *_totals(standings),
    )
    header = ("单位", *(period_label(period) for period in periods), *_TOTALS)
    return Block(f"《{form}》报送情况", header, (*rows, below))


def _state_cell(standing: Standing | None) -> Cell:
    if standing is None:
        return Cell("—", Look.NOT_DUE)
    received = f"{standing.received_at:%Y-%m-%d %H:%M}收到，" if standing.received_at else ""
    note = f"{received}截止{standing.due:%Y-%m-%d}"
    if standing.submission is not None:
        note += f"，编号{standing.submission}，疑点{standing.doubts}处"
    label = standing.state.label
    if standing.absent:
        label += f"（缺{len(standing.absent)}人）"
        note += f"，还缺：{'、'.join(standing.absent)}"
    return Cell(label, _LOOKS[standing.state], note if standing.submission is not None else "")


def _totals(standings: Sequence[Standing]) -> tuple[Cell, ...]:
    counts = [sum(s.state is state for s in standings) for state in _LOOKS]
    return tuple(Cell(count, Look.TOTAL) for count in (len(standings), *counts))


def _share(standings: Sequence[Standing]) -> str:
    done = sum(s.state in (State.REPORTED, State.LATE) for s in standings)
    return f"{done}/{len(standings)}"


def standings(view: LedgerView) -> Table:
    """Return the long list of reports owed, to be filtered."""
    entries = {entry.id: entry for entry in view.entries}
    rows = tuple(
        (
            Cell(standing.unit),
            Cell(standing.form),
            Cell(period_label(standing.period)),
            Cell(standing.due),
            Cell(standing.state.label, _LOOKS[standing.state]),
            Cell(standing.received_at),
            Cell(standing.doubts if standing.submission is not None else None),
            Cell(standing.submission),
            Cell("、".join(standing.absent) or None),
            source_cell(entries[standing.submission]) if standing.submission in entries else Cell(),
        )
        for standing in view.standings
    )
    header = (
        "单位",
        "表单",
        "报送期",
        "截止日期",
        "报送情况",
        "收到时间",
        "疑点数",
        "编号",
        "还缺的人",
        "原件",
    )
    return Table("报送情况·清单", (header,), rows, frozen=1)


def review(view: LedgerView) -> Table:
    """Return one row for each doubt of the current returns, with an empty column for the person's answer."""
    rows = tuple(
        (*_whose(entry), *_what(entry, reading, doubt, group, number))
        for entry in view.current()
        if entry.status is not Status.ACCEPTED  # an unfilled form that a person has looked at
        for reading, doubt, group, number in _doubts(entry)
    )
    return Table(CHECK_SHEET, (CHECK_COLUMNS,), rows, frozen=2)


def _doubts(entry: Entry) -> Iterator[tuple[Reading | None, Doubt, str, int]]:
    by_field = {reading.field: reading for reading in entry.submission.readings}
    for doubt in entry.submission.doubts:
        yield by_field.get(doubt.field or ""), doubt, "", 0
    for reading in entry.submission.readings:
        for doubt in reading.doubts:
            yield reading, doubt, "", 0
    for row in entry.submission.rows:
        for reading in row.readings:
            for doubt in reading.doubts:
                yield reading, doubt, f"{row.group}.", row.number


def _whose(entry: Entry) -> tuple[Cell, ...]:
    submission = entry.submission
    return (
        Cell(entry.id),
        source_cell(entry),
        Cell(submission.unit),
        Cell(submission.form),
        Cell(period_label(submission.period)),
    )


def _what(entry: Entry, reading: Reading | None, doubt: Doubt, group: str, number: int) -> tuple[Cell, ...]:
    """Return the cells on what is in doubt; unit and period stand as columns of the return as a whole."""
    answer = Cell(None, Look.ANSWER)
    message = Cell(doubt.message, Look.DOUBT)
    if reading is not None:
        field = group + reading.field
        code = check_code(entry.id, field, number, reading.value)
        read = (Cell(reading.raw), Cell(plain(reading.value)), Cell(str(reading.place)))
        return Cell(field), Cell(number or None), *read, message, answer, Cell(code)
    named = doubt.field or next((name for start, name in _WHOLE.items() if doubt.code.startswith(start)), "")
    value = {CHECK_UNIT: entry.submission.unit, CHECK_PERIOD: entry.submission.period}.get(named)
    code = check_code(entry.id, named, 0, value)
    return Cell(named or None), Cell(), Cell(), Cell(value), Cell(), message, answer, Cell(code)


def copies(view: LedgerView) -> Table:
    """Return the answers that are copies of earlier ones, both beside each other with their places."""
    entries = {entry.id: entry for entry in view.entries}

    def spot(given: Spot) -> tuple[Cell, ...]:
        source = source_cell(entries[given.entry]) if given.entry in entries else Cell(given.source)
        period, field = period_label(given.period), given.field
        where = f"{given.place}" if not given.row else f"{given.place}（明细第{given.row}行）"
        named = (Cell(given.entry or None), Cell(given.unit), Cell(period), Cell(field))
        return *named, Cell(given.text), source, Cell(where)

    rows = tuple((*spot(one.at), Cell(one.how, Look.DOUBT), *spot(one.source)) for one in view.likenesses)
    what = ("编号", "单位", "报送期", "栏目", "文字", "来源", "位置")
    top = (*("这一份",) * len(what), "", *("最早的一份",) * len(what))
    return Table("雷同", (top, (*what, "相同程度", *what)), rows, frozen=2)


def leftovers(view: LedgerView) -> Table:
    """Return every text that belongs to no field, of superseded returns too."""
    header = ("编号", "来源", "单位", "表单", "报送期", "位置", "类别", "文字")
    rows = tuple(
        (*_whose(entry), Cell(str(left.place)), Cell(left.kind), Cell(left.text))
        for entry in view.entries
        for left in entry.submission.leftover
    )
    return Table("剩余文字", (header,), rows, frozen=2)


def refused(view: LedgerView) -> Table:
    """Return the files that hold no return, and why."""
    rows = tuple(
        (
            Cell(refusal.source, link=refusal.archive),
            Cell(refusal.status.label),
            Cell(refusal.received_at),
            Cell(refusal.reason),
        )
        for refusal in view.refusals
    )
    return Table("未收文件", (("文件", "处理", "收到时间", "原因"),), rows, frozen=1)


def month_sums(view: LedgerView) -> Table:
    """Return the sums behind the summaries of all years, each with the ids of the returns that it comes from."""
    years = {
        year_in(view.work, period)
        for entry in view.counted()
        if (period := period_of(entry.submission.period))
    }
    rows = tuple(
        (
            Cell(year),
            Cell(month.month),
            Cell(column.form),
            Cell(column.path),
            Cell(figure.value, Look.DOUBT if figure.doubtful else Look.PLAIN),
            Cell("、".join(map(str, figure.entries))),
            Cell("、".join(map(str, figure.doubtful))),
        )
        for year in sorted(years)
        for section in year_figures(view, year).sums
        for month in section.months
        for column, figure in zip(section.columns, month.figures, strict=True)
        if figure.entries or figure.doubtful
    )
    header = ("年", "月", "表单", "栏目", "合计", "来自哪些编号", "其中存疑的编号")
    return Table("分月合计", (header,), rows, frozen=4)


def history(view: LedgerView) -> Table:
    """Return the returns that a later one has superseded, with all that was read from them."""
    header = ("编号", "来源", "单位", "表单", "报送期", "收到时间", "取代它的编号", "内容")
    rows = tuple(
        (*_whose(entry), Cell(entry.received_at), Cell(entry.superseded_by), Cell(_content(entry)))
        for entry in view.entries
        if entry.superseded_by
    )
    return Table("已被取代", (header,), rows, frozen=2)


def _content(entry: Entry) -> str:
    lines = [_line(reading) for reading in entry.submission.readings]
    for (group, number), rows in groupby(entry.submission.rows, key=lambda row: (row.group, row.number)):
        readings = [reading for row in rows for reading in row.readings]
        lines.append(f"{group}第{number}行：" + "；".join(_line(reading) for reading in readings))
    return "\n".join(lines)


def _line(reading: Reading) -> str:
    value = reading.raw if reading.value is None else shown(reading.value)
    return f"{reading.field}：{value}"
