"""The annexes of the summary: the detailed tables, and the list of the returns behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from forms import Period, QuotaResult, Standing
from generate.render import Value
from generate.workbook.quotas import state

from . import tables
from .explain import Behind, Explained, behind_all
from .figures import period_of, tally
from .numbers import BY_UNIT, QUOTA_LIST, QUOTAS, unit_rows
from .reports import ABSENT, GRIDS, SECTION
from .tables import MARKS, Sheet
from .texts import listing, problem
from .totals import Absence, FormGrid, TextSection, YearFigures
from .words import Returns, Wording, short

BASIS = "各项数字所依据的报送"
_LISTED = (
    300  # returns, and quotas of one unit or person, that an annex lists; more are looked up in the workbook
)
_KNOWN = 60  # ranges of returns behind one number that the annex lists

Annex = tuple[str, str, tuple[Value, ...]]


def titles(figures: YearFigures) -> tuple[str, ...]:
    """Return the titles of the annexes in their order."""
    problems = [section for section in figures.texts if section.groups]
    lists = ("问题清单",) if len(problems) == 1 else tuple(f"问题清单（{s.heading}）" for s in problems)
    wanted = (
        (GRIDS, bool(figures.grids)),
        (ABSENT, bool(figures.absences)),
        (BY_UNIT, bool(figures.sums)),
        (QUOTA_LIST, bool(figures.quotas)),
    )
    return (*(title for title, there in wanted if there), *lists, BASIS)


def annexes(words: Wording, returns: Returns) -> tuple[Value, ...]:
    """Return the annexes: label, title, a sentence, the tags of the tables with a line above each."""
    figures = words.figures
    found: list[Annex] = []
    if figures.grids:
        marks = f"{MARKS_TOLD}，空白为不需报送。"
        found.append((GRIDS, marks, tuple(_grids(words))))
    if figures.absences:
        found.append((ABSENT, "", (_item(words, "", _absent(words)),)))
    if figures.sums:
        found.append((BY_UNIT, _starred(words), tuple(_by_unit(words))))
    if figures.quotas:
        found.append(_quota_list(words))
    for section in figures.texts:
        if section.groups:
            found.append((listing(words, section), _LIKE, (_problems(words, section),)))
    found.append(_basis(words, returns))
    single = len(found) == 1
    return tuple(
        {
            "序": number,
            "标签": "附件" if single else f"附件{number}",
            "列名": title if single else f"{number}.{title}",
            "标题": title,
            "说明": note,
            "各表": items,
        }
        for number, (title, note, items) in enumerate(found, start=1)
    )


MARKS_TOLD = "，".join(f"{sign}为{state.label}" for state, sign in MARKS.items())
_LIKE = "内容相近的归为一类，反映单位多的在前；最后一列是台账里报送的编号。"


def _item(words: Wording, title: str, sheet: Sheet) -> Value:
    return {"题": title, "表": words.annexed(sheet)}


def _grids(words: Wording) -> Iterator[Value]:
    for grid in words.figures.grids:
        for sheet, sums in tables.grids(grid, words.figures.year):
            _kept(words, grid, sums)
            yield _item(words, f"《{grid.form}》", sheet)


def _kept(words: Wording, grid: FormGrid, sums: Iterable[tuple[str, str, int]]) -> None:
    """Keep what a grid's last rows count; the grid itself shows the returns behind it."""
    behind: dict[tuple[str, str], list[Standing]] = {}
    for item in words.figures.total.behind:
        if item.form == grid.form:
            behind.setdefault((item.period, item.state.label), []).append(item)
    for period, label, number in sums:
        of = tally(behind.get((period, label), ()))
        name = f"《{grid.form}》{period}{label}"
        words.basis.number(SECTION, name, number, behind_all(of, detail=True))


def _absent(words: Wording) -> Sheet:
    rows: list[tuple[str, ...]] = [("单位", "表单", "未报送的报送期", "份数")]
    rows += [_absence(words, absence) for absence in words.figures.absences]
    return tables.landscape(rows, 2.4, 3.4, 6, 0.8, left=(0, 1, 2))


def _absence(words: Wording, absence: Absence) -> tuple[str, ...]:
    periods = "、".join(short(period, words.figures.year) for period in absence.periods)
    missing = tuple(f"{absence.unit}《{absence.form}》{period}" for period in absence.periods)
    name = f"{absence.unit}《{absence.form}》未报送"
    number = words.basis.number(SECTION, name, len(absence.periods), Behind((), missing, detail=True))
    return (absence.unit, absence.form, periods, number)


def _starred(words: Wording) -> str:
    return "带*的数含有存疑的数。" if words.figures.doubtful else ""


def _by_unit(words: Wording) -> Iterator[Value]:
    for section in words.figures.sums:
        rows = tuple(unit_rows(words, section))
        yield _item(words, section.heading, tables.landscape(rows, 3, *(1,) * (len(rows[0]) - 1), left=(0,)))


_PERSON = 2  # column of 姓名


def _quota_list(words: Wording) -> Annex:
    """Return the annex of the quotas: each unit's and person's, or only what is not met when they are too many."""
    results = [result for row in words.figures.quotas for result in row.results]
    groups, note = _alike(results), ""
    if len(groups) > _LISTED:
        groups = _alike([result for result in results if not result.met])
        note = "只列没有达标的，其余见台账。"
    if len(groups) > _LISTED:
        note = f"只列没有达标的前{_LISTED}行，其余见台账。"
    rows: list[tuple[str, ...]] = [("指标", "单位", "姓名", "周期", "要求", "完成", "情况", "报送")]
    rows += [_quota_row(words, group) for group in groups[:_LISTED]]
    widths = [2.5, 2.5, 1, 2.6, 1.6, 0.9, 1, 1.4]
    left = [0, 1, 4, 7]
    if not any(result.person for result in results):  # nothing is asked of single persons
        rows = [row[:_PERSON] + row[_PERSON + 1 :] for row in rows]
        widths.pop(_PERSON)
        left = [0, 1, 3, 6]
    sheet = tables.landscape(rows, *widths, left=tuple(left))
    return QUOTA_LIST, note, (_item(words, "", sheet),)


def _alike(results: Sequence[QuotaResult]) -> list[list[QuotaResult]]:
    """Return the results in rows: the periods in which one unit or person reported nothing stand in one."""
    rows: list[list[QuotaResult]] = []
    silent: dict[tuple[object, ...], list[QuotaResult]] = {}
    for result in results:
        same = (result.quota, result.unit, result.person, result.done, state(result))
        row = None if result.submissions else silent.get(same)
        if row is None:
            row = []
            rows.append(row)
            if not result.submissions:
                silent[same] = row
        row.append(result)
    return rows


def _quota_row(words: Wording, group: Sequence[QuotaResult]) -> tuple[str, ...]:
    first, done = group[0], "—"
    entries = tuple(sorted(first.submissions))
    for result in group:
        if result.done is not None:
            name = f"“{result.quota}”{result.unit}{result.person}{_when(words, [result])}完成"
            done = words.basis.number(QUOTAS, name, result.told, Behind(entries, detail=True))
    whose = (first.quota, first.unit or "全部", first.person, _when(words, group))
    return (*whose, first.required, done, state(first), listed(entries))


def _when(words: Wording, group: Sequence[QuotaResult]) -> str:
    """Return the periods of ``group`` as a list in which three that follow each other are a span: 1月、2月、7月至12月."""
    runs: list[list[Period]] = []
    for period in filter(None, (period_of(result.period) for result in group)):
        if runs and runs[-1][-1].next() == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    year = words.figures.year
    spans = (
        [f"{short(run[0], year)}至{short(run[-1], year)}"]
        if len(run) > 2
        else [short(one, year) for one in run]
        for run in runs
    )
    return "、".join(chain.from_iterable(spans)) or group[0].period


def _problems(words: Wording, section: TextSection) -> Value:
    rows: list[tuple[str, ...]] = [("序号", "问题（典型表述）", "条数", "单位数", "反映的单位", "报送")]
    for number, group in enumerate(section.groups, start=1):
        row = problem(words, section, number, group, len(group.units))
        rows.append((*row, listed(group.entries)))
    return _item(words, "", tables.landscape(rows, 0.7, 3.2, 0.7, 0.8, 3, 3.2, left=(1, 4, 5)))


def listed(entries: Sequence[int]) -> str:
    """Return ids as ranges, so many as a cell of the annex takes."""
    found = tables.ranges(entries).split("、")
    if len(found) <= _KNOWN:
        return "、".join(found)
    return f"{'、'.join(found[:_KNOWN])}等"


def _basis(words: Wording, returns: Returns) -> Annex:
    """Return the annex that leads each number back to its returns, and lists these when they are not too many."""
    items: list[Value] = []
    rows = [("部分", "数字", "来自的报送（编号）"), *_merged(words.basis.found.values())]
    if len(rows) > 1:
        items.append(_item(words, "", tables.landscape(rows, 1.6, 5, 5, left=(0, 1, 2))))
    note = "编号是台账里每份报送的编号；未报送的见《未报送名单》，各单位、各类问题的数字见前面的附件。"
    note = (
        note if words.figures.absences else "编号是台账里每份报送的编号；各单位、各类问题的数字见前面的附件。"
    )
    if not rows[1:]:
        note = "本年没有报送。"
    elif len(returns.rows) <= _LISTED:
        heads = ("编号", "单位", "表单", "报送期", "收到时间", "来源")
        every = tables.landscape((heads, *returns.rows), 0.7, 2.3, 3.4, 1.3, 2.6, 3.7, left=(1, 2, 5))
        items.append(_item(words, "报送一览", every))
    else:
        note += "逐份报送的单位、报送期和来源见台账的“报送情况”。"
    return BASIS, note, tuple(items)


def _merged(items: Iterable[Explained]) -> Iterator[tuple[str, ...]]:
    """Yield a row for all numbers of a section that come from the same returns; details stand elsewhere."""
    found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for item in items:
        if item.behind.entries and not item.behind.detail:
            found.setdefault((item.section, item.behind.entries), []).append(f"{item.name}{item.shown}")
    for (section, entries), names in found.items():
        yield (section, "、".join(names), listed(entries))
