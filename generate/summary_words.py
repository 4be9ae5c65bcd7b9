"""The wording of the summary: a year's figures as what the template's tags stand for, its tables and charts by tag.

Knows how figures are worded; what they are stands in ``figures``, how the page looks in the template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from forms import Cadence, Outline, Period, Work

from . import summary_tables as tables
from .chart import Chart, Series, Shape
from .figures import DEFAULT_OUTLINE
from .render import Value
from .summary_choice import chosen
from .summary_explain import Explained
from .summary_tables import Sheet
from .titles import title_lines
from .totals import Absence, Column, Gist, Group, Quote, SumSection, Tally, TextSection, YearFigures

_NUMERALS: tuple[str, ...] = ("", *"一二三四五六七八九")
_MARKS = {
    Cadence.WEEKLY: "周次",
    Cadence.MONTHLY: "月份",
    Cadence.QUARTERLY: "季度",
    Cadence.TERMLY: "学期",
    Cadence.SCHOOL_YEARLY: "学年",
    Cadence.YEARLY: "年度",
    Cadence.ONCE: "报送期",
}
_ROWS = 30
"""Rows that a table in the text may have; longer ones stand in the annexes only."""
_PROBLEMS = 10  # groups in the text; all stand in the annex
_NAMED = 3  # units named beside a problem in the text
_LISTED = 500  # returns listed in the annex; more are looked up in the workbook


@dataclass(frozen=True, slots=True)
class Returns:
    """What the annex lists of the returns: id, unit, form, period, when it came and which file."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Wording:
    """Counts headings, tables and figures while a summary is put into words; keeps what takes the place of a tag."""

    work: Work
    figures: YearFigures
    before: YearFigures | None
    places: dict[str, Sheet | Chart] = field(default_factory=dict)
    headings: int = 0
    tables: int = 0
    charts: int = 0

    @property
    def outline(self) -> Outline:
        """What the work takes from the returns."""
        return self.work.outline or DEFAULT_OUTLINE

    def heading(self) -> str:
        """Return the numeral of the next heading."""
        self.headings += 1
        return numeral(self.headings)

    def table(self, sheet: Sheet) -> dict[str, Value]:
        """Return tag and number of the next table."""
        self.tables += 1
        return {"表": self.annexed(sheet), "表号": self.tables}

    def chart(self, chart: Chart) -> dict[str, Value]:
        """Return tag and number of the next chart."""
        self.charts += 1
        return {"图": self._place("图", chart), "图号": self.charts}

    def annexed(self, sheet: Sheet) -> str:
        """Return the tag of a table without a number."""
        return self._place("表", sheet)

    def _place(self, what: str, item: Sheet | Chart) -> str:
        tag = f"〔{what}{len(self.places) + 1}〕"
        self.places[tag] = item
        return tag


def context(words: Wording, dated: date, basis: Sequence[Explained], returns: Returns) -> Mapping[str, Value]:
    """Return what the template's tags stand for; ``words`` then holds the tables and charts."""
    figures = words.figures
    words.headings = 1  # 总体情况
    reports = _reports(words)
    compared = _compared(words)
    sums = tuple(_sum(words, section) for section in figures.sums)
    texts = tuple(_text(words, section) for section in figures.texts)
    return {
        "标题": "\n".join(title_lines(title(words.work, figures.year))),
        "主送": words.outline.addressees.rstrip("：:"),
        "年": figures.year,
        "工作": words.work.name,
        "总计": {"单位数": figures.units, **_counts(figures.total)},
        "各表": tuple({"名称": item.name, **_counts(item.tally)} for item in figures.by_form),
        "报送": reports,
        "比较": compared,
        "数字": sums,
        "文字": texts,
        "存疑": figures.doubtful,
        "未计入": len(figures.unplaced),
        "未报": _missing(words),
        "附件": _annexes(words, basis, returns),
        "署名": words.work.issuer.name,
        "成文日期": f"{dated.year}年{dated.month}月{dated.day}日",
    }


def title(work: Work, year: int) -> str:
    """Return the summary's title."""
    return f"关于{year}年{work.name.removesuffix('工作')}工作开展情况的总结"


def numeral(number: int) -> str:
    """Return ``number`` (1 to 999) as headings count: 一, 十一, 二十, 一百零三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        words += f"{_NUMERALS[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        words += "零"
    return words + _NUMERALS[ones]


def _counts(tally: Tally) -> dict[str, Value]:
    return {
        "应报": tally.due,
        "已报": tally.reported,
        "按时": tally.on_time,
        "逾期": tally.late,
        "未报": tally.missing,
        "未到期": tally.not_due,
        "报送率": "" if tally.rate is None else f"{tally.rate:.1%}",
    }


def _reports(words: Wording) -> Value:
    """Return the tables and charts of who reported: all as a pie, months as lines, units as a table when they are few."""
    figures = words.figures
    total = figures.total
    shares = {
        "按时报送": total.on_time,
        "逾期报送": total.late,
        "未报送": total.missing,
        "未到期": total.not_due,
    }
    shown = {name: value for name, value in shares.items() if value}
    pie = Chart("报送情况", tuple(shown), (Series("份数", tuple(shown.values())),), Shape.PIE)
    months = tuple(f"{item.month}月" for item in figures.by_month)
    due = Series("应报", tuple(item.tally.due for item in figures.by_month))
    came = Series("已报", tuple(item.tally.reported for item in figures.by_month))
    lines = Chart("各月应报和已报份数", months, (due, came), Shape.LINE, "份")
    by_form = ((item.name, item.tally) for item in figures.by_form)
    by_month = zip(months, (item.tally for item in figures.by_month), strict=True)
    units: dict[str, Value] = {}
    found: dict[str, Value] = {"序": words.heading()}
    if shown:
        found["总"] = {**words.chart(pie), **words.table(tables.tallies("表单", by_form, total))}
        found["月"] = {**words.chart(lines), **words.table(tables.tallies("月份", by_month, total))}
    if 0 < len(figures.by_unit) <= _ROWS:
        by_unit = ((item.name, item.tally) for item in figures.by_unit)
        units = words.table(tables.tallies("单位", by_unit, total))
    return {"总": "", "月": "", **found, "单位": units or ""}


def _compared(words: Wording) -> Value:
    """Return the comparison with the year before, empty when the ledger has none."""
    if words.before is None:
        return ""
    old, new = words.before, words.figures
    pairs = [
        ("应报份数", old.total.due, new.total.due),
        ("按时报送份数", old.total.on_time, new.total.on_time),
        ("逾期报送份数", old.total.late, new.total.late),
        ("未报送份数", old.total.missing, new.total.missing),
    ]
    past = {
        (s.heading, column): t.value for s in old.sums for column, t in zip(s.columns, s.totals, strict=True)
    }
    for section in new.sums:
        for name, column, total in zip(labels(section.columns), section.columns, section.totals, strict=True):
            pairs.append((f"{section.heading}：{name}", past.get((section.heading, column), 0), total.value))
    rows: list[tuple[str, ...]] = [("项目", f"{old.year}年", f"{new.year}年", "增减", "增减幅度")]
    rows += [(name, str(a), str(b), f"{b - a:+}" if b != a else "0", _growth(a, b)) for name, a, b in pairs]
    rates = [item.total.rate for item in (old, new)]
    shown = ["—" if rate is None else f"{rate:.1%}" for rate in rates]
    change = "—" if None in rates else f"{((rates[1] or 0) - (rates[0] or 0)) * 100:+.1f}个百分点"
    rows.append(("报送率", *shown, change, "—"))
    first = words.work.first
    partly = first.year == old.year and first.month > 1
    note = f"{old.year}年从{first.month}月起报送，两年的份数不能直接相比。" if partly else ""
    return {
        "序": words.heading(),
        "上年": old.year,
        "注": note,
        **words.table(tables.upright(rows, 3, 1, 1, 1.3, 1.1, left=(0,))),
    }


def _growth(old: int, new: int) -> str:
    return "—" if not old else f"{(new - old) / old:+.1%}" if new != old else "0"


def _sum(words: Wording, section: SumSection) -> Value:
    names = labels(section.columns)
    measures = {_unit(column.path) for column in section.columns}
    series = tuple(
        Series(name, tuple(row.figures[at].value for row in section.months)) for at, name in enumerate(names)
    )
    months = tuple(f"{row.month}月" for row in section.months)
    shown = Chart(section.heading, months, series, unit=measures.pop() if len(measures) == 1 else "")
    rows = tuple(_month_rows(section))
    return {
        "序": words.heading(),
        "标题": section.heading,
        "合计": _sum_sentence(section),
        "表题": f"各月{_parent(section.columns)}{'' if _adds_up(section.columns) else '、'.join(names)}",
        "存疑": sum(len(figure.doubtful) for figure in section.totals),
        **words.chart(shown),
        **words.table(tables.upright(rows, *(1,) * len(rows[0]))),
    }


def _sum_sentence(section: SumSection) -> str:
    """Return the totals of a section as one sentence, as 走访人数合计110人，其中团干部14人、团员青年96人."""
    parts = [
        f"{name}{figure.value}{_unit(column.path)}"
        for name, column, figure in zip(labels(section.columns), section.columns, section.totals, strict=True)
    ]
    parent = _parent(section.columns)
    if _adds_up(section.columns):
        total = sum(figure.value for figure in section.totals)
        return f"各单位报送的{parent}合计{total}{_unit(parent)}，其中{'、'.join(parts)}。"
    return f"各单位报送的{parent and parent + '中，'}{'、'.join(parts)}。"


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
    short = [column.path.rpartition(".")[2] for column in columns]
    whole = [column.path.replace(".", "·") for column in columns]
    full = [f"{path}（{column.form}）" for path, column in zip(whole, columns, strict=True)]
    return next((names for names in (short, whole) if len(set(names)) == len(names)), full)


def _month_rows(section: SumSection) -> Iterator[tuple[str, ...]]:
    """Yield header, months and totals; a figure that holds a doubtful number has a ``*``."""
    adds_up = _adds_up(section.columns)
    yield ("月份", "报送份数", *labels(section.columns), *(["合计"] if adds_up else []))
    lines = [(f"{row.month}月", len(row.returns), row.figures) for row in section.months]
    lines.append(("合计", sum(len(row.returns) for row in section.months), section.totals))
    for name, returns, figures in lines:
        marks = [f"{figure.value}{'*' if figure.doubtful else ''}" for figure in figures]
        total = [str(sum(figure.value for figure in figures))] if adds_up else []
        yield (name, str(returns), *marks, *total)


def _text(words: Wording, section: TextSection) -> Value:
    found: dict[str, Value] = {
        "序": words.heading(),
        "标题": section.heading,
        "来源": "",
        "单位": (),
        "填无": len(section.nothing),
        "条数": len(section.quotes),
        "略": 0,
        "问题": "",
    }
    if section.gist is Gist.PROBLEMS:
        return {**found, "问题": _problems(words, section)}
    shown = chosen(section.quotes, words.outline.per_unit, words.outline.most_units)
    forms = {quote.form: quote.period.cadence for quote in shown}
    alike = len(set(forms.values())) < len(forms)  # the period alone does not tell the form
    units = tuple(_quoted(words, shown, alike=alike))
    source = "" if alike else _sources(forms)
    return {**found, "来源": source, "单位": units, "略": len(section.quotes) - len(shown)}


def _quoted(words: Wording, quotes: Iterable[Quote], *, alike: bool) -> Iterator[Value]:
    for number, (unit, own) in enumerate(groupby(quotes, key=lambda quote: quote.unit), start=1):
        lines: list[Value] = []
        for quote in own:
            source = f"（《{quote.form}》）" if alike else ""
            period = _short(quote.period, words.figures.year)
            lines += f"{period}{source}：{quote.text}".split("\n")
        yield {"序": numeral(number), "名称": unit, "段落": tuple(line for line in lines if line)}


def _problems(words: Wording, section: TextSection) -> Value:
    """Return the table of the most frequent problems, empty when nobody has any."""
    if not section.groups:
        return ""
    first = section.groups[:_PROBLEMS]
    rows: list[tuple[str, ...]] = [("序号", "问题（典型表述）", "条数", "单位数", "反映的单位")]
    rows += [_problem(number, group, _NAMED) for number, group in enumerate(first, start=1)]
    return {
        "条数": sum(group.count for group in section.groups),
        "类数": len(section.groups),
        "单位数": len({unit for group in section.groups for unit in group.units}),
        "前": len(first) if len(first) < len(section.groups) else 0,
        **words.table(tables.upright(rows, 0.8, 4, 0.8, 1, 2.6, left=(1, 4))),
    }


def _problem(number: int, group: Group, named: int) -> tuple[str, ...]:
    rest = f"等{len(group.units)}个单位" if len(group.units) > named else ""
    units = "、".join(group.units[:named]) + rest
    return (str(number), group.sentence, str(group.count), str(len(group.units)), units)


def _sources(forms: Mapping[str, Cadence]) -> str:
    """Return the sentence that tells where a section's texts come from, empty when there are none."""
    if len(forms) < 2:
        return "".join(f"以下摘自各单位报送的《{form}》。" for form in forms)
    parts = (f"标{_MARKS[cadence]}的出自《{form}》" for form, cadence in forms.items())
    return f"以下摘自各单位报送的材料，{'，'.join(parts)}。"


def _missing(words: Wording) -> Value:
    absences = words.figures.absences
    found: dict[str, Value] = {
        "序": words.heading(),
        "单位数": len({absence.unit for absence in absences}),
        "表": "",
        "表号": 0,
    }
    return {**found, **words.table(_absent(absences, words))} if 0 < len(absences) <= _ROWS else found


def _absent(absences: Iterable[Absence], words: Wording) -> Sheet:
    rows = [("单位", "表单", "未报送的报送期", "份数")]
    for absence in absences:
        periods = "、".join(_short(period, words.figures.year) for period in absence.periods)
        rows.append((absence.unit, absence.form, periods, str(len(absence.periods))))
    return Sheet(tuple(rows), (1900, 3110, 3095, 740), (0, 1, 2))


def _annexes(words: Wording, basis: Sequence[Explained], returns: Returns) -> tuple[Value, ...]:
    """Return the annexes in order: label and title, a sentence, the tags of the tables with a line above each."""
    found: list[tuple[str, str, list[Value]]] = []
    grids: list[Value] = [
        {"题": f"《{grid.form}》", "表": words.annexed(sheet)}
        for grid in words.figures.grids
        for sheet in tables.grids(grid, words.figures.year)
    ]
    if grids:
        marks = "√按时报送，逾为逾期报送，×未报送，—未到期，空白为不需报送。"
        found.append(("各单位分期报送情况", marks, grids))
    for section in words.figures.texts:
        if section.groups:
            rows: list[tuple[str, ...]] = [("序号", "问题（典型表述）", "条数", "单位数", "反映的单位")]
            rows += [_problem(n, group, len(group.units)) for n, group in enumerate(section.groups, start=1)]
            sheet = tables.landscape(rows, 0.7, 4, 0.7, 0.8, 4, left=(1, 4))
            name = (
                "问题清单"
                if sum(bool(s.groups) for s in words.figures.texts) == 1
                else f"问题清单（{section.heading}）"
            )
            found.append(
                (name, "内容相近的归为一类，按条数多少排列。", [{"题": "", "表": words.annexed(sheet)}])
            )
    found.append(_basis(words, basis, returns))
    return tuple(
        {"序": number, "标题": name, "说明": note, "各表": tuple(sheets)}
        for number, (name, note, sheets) in enumerate(found, start=1)
    )


def _basis(words: Wording, basis: Sequence[Explained], returns: Returns) -> tuple[str, str, list[Value]]:
    """Return the annex that leads each number back to its returns, and lists these when they are not too many."""
    many = len(words.figures.by_unit) > _ROWS
    rows = [("部分", "数字", "数值", "来自的报送（编号）")]
    rows += [
        (item.section, item.name, str(item.value), tables.ranges(item.entries) or "—")
        for item in basis
        if not (item.detail and many)
    ]
    sheets: list[Value] = [
        {"题": "", "表": words.annexed(tables.landscape(rows, 1.5, 4, 0.8, 5, left=(0, 1, 3)))}
    ]
    note = "编号是台账里每份报送的编号。"
    if many:
        note += "各单位的数字见台账的“报送情况”。"
    if len(returns.rows) <= _LISTED:
        heads = ("编号", "单位", "表单", "报送期", "收到时间", "来源")
        listed = tables.landscape((heads, *returns.rows), 0.7, 2.2, 3, 1.6, 2, 3, left=(1, 2, 5))
        sheets.append({"题": "报送一览", "表": words.annexed(listed)})
    else:
        note += f"共{len(returns.rows)}份报送，逐份的单位、报送期和来源见台账的“报送情况”。"
    return "各项数字所依据的报送", note, sheets


def _short(period: Period, year: int) -> str:
    return period.label.removeprefix(f"{year}年") or period.label
