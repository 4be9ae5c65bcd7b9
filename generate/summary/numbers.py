"""Sums, quotas and the comparison with the year before, put into words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generate.render import Value
from generate.workbook.quotas import state

from . import tables
from .chart import Chart, Series
from .explain import Behind, gathered, percent
from .totals import Column, Figure, MonthRow, QuotaRow, SumSection, UnitRow, YearFigures
from .words import Wording

QUOTAS = "指标完成情况"
COMPARED = "与上年比较"
BY_UNIT = "各单位数据汇总"
QUOTA_LIST = "各单位指标完成情况"


_UNITS = 16  # rows of a table and bars of a chart in the text


def sums(words: Wording) -> tuple[Value, ...]:
    """Return the tags of every section of sums."""
    return tuple(_sum(words, section) for section in words.figures.sums)


def _sum(words: Wording, section: SumSection) -> Value:
    names = labels(section.columns)
    measures = {_unit(column.path) for column in section.columns}
    by_unit = _at_once(section)
    every: Sequence[MonthRow | UnitRow] = section.units if by_unit else section.months
    lines = [row for row in every if any(figure.entries for figure in row.figures)]
    series = tuple(
        Series(name, tuple(row.figures[at].value for row in lines)) for at, name in enumerate(names)
    )
    shown = Chart(
        section.heading,
        tuple(row.unit if isinstance(row, UnitRow) else f"{row.month}月" for row in lines),
        series,
        unit=measures.pop() if len(measures) == 1 else "",
    )
    rows = tuple(unit_rows(words, section) if by_unit else _month_rows(words, section))
    whose = "各单位" if by_unit else "各月"
    doubtful = [number for figure in section.totals for number in figure.doubtful]
    return {
        "序": words.part(),
        "标题": section.heading,
        "合计": _sum_sentence(words, section),
        "分": "" if by_unit else "分月",
        "表题": f"{whose}{_parent(section.columns)}{'' if _adds_up(section.columns) else '、'.join(names)}",
        "存疑": _doubtful(words, section.heading, doubtful),
        "附件": words.annex(BY_UNIT),
        **(words.chart(shown) if len(lines) > 1 else {"图": ""}),  # one bar compares nothing
        **words.table(
            tables.upright(
                rows, 2 if by_unit else 1, *(1,) * (len(rows[0]) - 1), left=(0,) if by_unit else ()
            )
        ),
    }


def _at_once(section: SumSection) -> bool:
    """Whether all came in one month, as from a form of once a year, so that months tell nothing but units do."""
    return sum(bool(row.returns) for row in section.months) < 2 and 0 < len(section.units) <= _UNITS


def _doubtful(words: Wording, section: str, numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    return words.basis.number(section, "存疑的数", len(numbers), Behind(tuple(sorted(set(numbers)))))


def _sum_sentence(words: Wording, section: SumSection) -> str:
    """Return the totals of a section as one sentence, as 走访人数合计110人，其中团干部14人、团员青年96人."""
    named = list(zip(labels(section.columns), section.columns, section.totals, strict=True))
    parts = [
        f"{name}{words.basis.figure(section.heading, f'{name}合计', figure)}{_unit(column.path)}"
        for name, column, figure in named
    ]
    parent = _parent(section.columns)
    if _adds_up(section.columns):
        total = _total(words, section, "合计", section.totals)
        return f"各单位报送的{parent}合计{total}{_unit(parent)}，其中{'、'.join(parts)}。"
    return f"各单位报送的{parent and parent + '中，'}{'、'.join(parts)}。"


def _total(
    words: Wording, section: SumSection, name: str, figures: Sequence[Figure], *, detail: bool = False
) -> str:
    """Return the sum of the figures of one row, as a number of the document."""
    entries = gathered(figure.entries for figure in figures)
    if not entries:
        return "—"
    return words.basis.number(
        section.heading, name, sum(figure.value for figure in figures), Behind(entries, detail=detail)
    )


def _unit(path: str) -> str:
    """Return the measure word that a field's path tells, empty when it tells none."""
    return next((measure for word, measure in (("人次", "人次"), ("人", "人")) if word in path), "")


def _parent(columns: Sequence[Column]) -> str:
    """Return the label above all ``columns``, empty when they have no common one."""
    parents = {(column.form, column.path.rpartition(".")[0]) for column in columns}
    return parents.pop()[1].replace(".", "") if len(parents) == 1 else ""


def _adds_up(columns: Sequence[Column]) -> bool:
    """Whether the fields are parts of one number (走访人数.团干部, 走访人数.团员青年)."""
    return len(columns) > 1 and _parent(columns).endswith(("数", "人次"))


def labels(columns: Sequence[Column]) -> list[str]:
    """Return the shortest names that tell ``columns`` apart: last label, whole path, or path with form."""
    last = [column.path.rpartition(".")[2] for column in columns]
    whole = [column.path.replace(".", "·") for column in columns]
    full = [f"{path}（{column.form}）" for path, column in zip(whole, columns, strict=True)]
    return next((names for names in (last, whole) if len(set(names)) == len(names)), full)


def _month_rows(words: Wording, section: SumSection) -> Iterator[tuple[str, ...]]:
    """Yield header, months and totals; a figure that holds a doubtful number has a ``*``."""
    yield _heads("月份", section)
    for row in section.months:
        yield _cells(words, section, f"{row.month}月", row)
    everything = UnitRow("", gathered(row.returns for row in section.months), section.totals)
    yield _cells(words, section, "合计", everything)


def unit_rows(words: Wording, section: SumSection) -> Iterator[tuple[str, ...]]:
    """Yield header, units and totals of a section, for its annex."""
    yield _heads("单位", section)
    for row in section.units:
        yield _cells(words, section, row.unit, row, detail=True)
    everything = UnitRow("", gathered(row.returns for row in section.units), section.totals)
    yield _cells(words, section, "合计", everything)


def _heads(first: str, section: SumSection) -> tuple[str, ...]:
    return (first, "报送份数", *labels(section.columns), *(["合计"] if _adds_up(section.columns) else []))


def _cells(
    words: Wording, section: SumSection, name: str, row: MonthRow | UnitRow, *, detail: bool = False
) -> tuple[str, ...]:
    of = "" if name == "合计" else name
    returns = words.basis.number(
        section.heading, f"{of}报送份数", len(row.returns), Behind(tuple(sorted(row.returns)), detail=detail)
    )
    found = [name, returns]
    for label, figure in zip(labels(section.columns), row.figures, strict=True):
        called = f"{of}{label}" if of else f"{label}合计"
        shown = _shown(words, section, called, figure, detail=detail)
        found.append(f"{shown}*" if figure.doubtful else shown)
    if _adds_up(section.columns):
        found.append(_total(words, section, f"{of}合计", row.figures, detail=detail))
    return tuple(found)


def _shown(words: Wording, section: SumSection, name: str, figure: Figure, *, detail: bool) -> str:
    """Return a figure, — where no return says a number: that is no nought."""
    return words.basis.figure(section.heading, name, figure, detail=detail) if figure.entries else "—"


def quotas(words: Wording) -> Value:
    """Return the tags of the quotas, empty when the work has none."""
    rows = words.figures.quotas
    if not rows:
        return ""
    number = words.part()
    told = [_quota(words, row) for row in rows]
    cells = [("指标", "要求", "应达标", "达标", "未达标", "进行中", "达标率"), *told]
    return {
        "序": number,
        "文": tuple(_quota_sentence(row) for row in told),
        "附件": words.annex(QUOTA_LIST),
        **words.table(tables.upright(cells, 2.6, 2, 1, 0.9, 1, 1, 1.1, left=(0, 1))),
    }


def _quota(words: Wording, row: QuotaRow) -> tuple[str, ...]:
    """Return what a quota's row shows: of how many units, persons and periods it is asked, and how they stand."""
    by_state = {name: [r for r in row.results if state(r) == name] for name in ("达标", "未达标", "进行中")}
    every = gathered(result.submissions for result in row.results)
    due = len(row.results) - len(by_state["进行中"])
    told = [("应达标", str(len(row.results)), every)]
    told += [(name, str(len(own)), gathered(r.submissions for r in own)) for name, own in by_state.items()]
    told.append(("达标率", percent(len(by_state["达标"]) / due) if due else "—", every))
    numbers = (
        words.basis.number(QUOTAS, f"“{row.name}”{name}", shown, Behind(entries)) if shown != "—" else shown
        for name, shown, entries in told
    )
    return (row.name, row.results[0].required, *numbers)


def _quota_sentence(row: Sequence[str]) -> str:
    name, required, due, met, unmet, ongoing, rate = row
    left = f"，未达标{unmet}项" if unmet != "0" else ""
    left += f"，进行中{ongoing}项" if ongoing != "0" else ""
    share = "" if rate == "—" else f"，达标率{rate}"
    return f"“{name}”（{required}）应达标{due}项，已达标{met}项{left}{share}。"


def compared(words: Wording) -> Value:
    """Return the comparison with the year before, empty when the ledger has none."""
    if words.before is None:
        return ""
    old, new = words.before, words.figures
    number = words.part()
    rows: list[tuple[str, ...]] = [("项目", f"{old.year}年", f"{new.year}年", "增减", "增减幅度")]
    rows += [_change(words, name, a, b) for name, a, b in _pairs(old, new)]
    rows.append(_rates(words))
    first = words.work.first
    partly = first.year == old.year and (first.month, first.day) > (1, 1)
    note = f"{old.year}年从{first.month}月起报送，两年的数字不能直接相比。" if partly else ""
    return {
        "序": number,
        "上年": old.year,
        "注": note,
        **words.table(tables.upright(rows, 3, 1, 1, 1.3, 1.1, left=(0,))),
    }


def _pairs(old: YearFigures, new: YearFigures) -> Iterator[tuple[str, Figure, Figure]]:
    """Yield what is compared: its name, its figure of the year before, its figure of the year."""
    states = (
        ("应报份数", ""),
        ("按时报送份数", "reported"),
        ("逾期报送份数", "late"),
        ("未报送份数", "missing"),
    )
    for name, which in states:
        yield name, _counted(old, which), _counted(new, which)
    past = {(s.heading, c): t for s in old.sums for c, t in zip(s.columns, s.totals, strict=True)}
    for section in new.sums:
        for label, column, total in zip(
            labels(section.columns), section.columns, section.totals, strict=True
        ):
            yield f"{section.heading}：{label}", past.get((section.heading, column), Figure()), total


def _counted(figures: YearFigures, state: str) -> Figure:
    own = [item for item in figures.total.behind if state in ("", item.state.value)]
    return Figure(len(own), tuple(sorted(item.submission for item in own if item.submission is not None)))


def _change(words: Wording, name: str, old: Figure, new: Figure) -> tuple[str, ...]:
    both = gathered((old.entries, new.entries))
    more = new.value - old.value
    growth = "—" if not old.value else f"{more / old.value:+.1%}" if more else "0"
    year = words.figures.year
    told = (
        (f"{year - 1}年", str(old.value), old.entries),
        (f"{year}年", str(new.value), new.entries),
        ("增减", f"{more:+}" if more else "0", both),
        ("增减幅度", growth, both),
    )
    return (name, *_told(words, name, told))


def _rates(words: Wording) -> tuple[str, ...]:
    assert words.before is not None  # noqa: S101 - asked by ``compared`` alone
    totals = [words.before.total, words.figures.total]
    came = [tuple(sorted(i.submission for i in t.behind if i.submission is not None)) for t in totals]
    rates = [total.rate for total in totals]
    shown = ["—" if rate is None else percent(rate) for rate in rates]
    old, new = rates
    change = "—" if old is None or new is None else f"{(new - old) * 100:+.1f}个百分点"
    year = words.figures.year
    columns = (f"{year - 1}年", f"{year}年", "增减")
    told = zip(columns, (*shown, change), (*came, gathered(came)), strict=True)
    return ("报送率", *_told(words, "报送率", tuple(told)), "—")


def _told(words: Wording, name: str, told: Sequence[tuple[str, str, tuple[int, ...]]]) -> Iterator[str]:
    for column, shown, entries in told:
        yield (
            words.basis.number(COMPARED, f"{name}{column}", shown, Behind(entries)) if shown != "—" else shown
        )
