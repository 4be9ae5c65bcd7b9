"""What the units wrote, put into words: highlights and measures by unit, problems by likeness, and what follows next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from forms import Cadence
from generate.render import Value

from . import tables
from .choice import chosen, foremost
from .explain import Behind, Explained, gathered
from .totals import Gist, Group, Quote, TextSection
from .words import Wording, numbered, numeral, short

STEPS = "下一步工作"
_MARKS = {
    Cadence.WEEKLY: "周次",
    Cadence.MONTHLY: "月份",
    Cadence.QUARTERLY: "季度",
    Cadence.TERMLY: "学期",
    Cadence.SCHOOL_YEARLY: "学年",
    Cadence.YEARLY: "年度",
    Cadence.ONCE: "报送期",
}
_PROBLEMS = 10  # groups in the text; all stand in the annex
_FREQUENT = 3  # groups told in a sentence
_NAMED = 3  # units named beside a problem in the text
_ENDS = "。！？；，、：.!?;,:"


def texts(words: Wording) -> tuple[Value, ...]:
    """Return the tags of every section of texts."""
    return tuple(_text(words, section) for section in words.figures.texts)


def listing(words: Wording, section: TextSection) -> str:
    """Return the title of the annex that lists the problems of ``section``."""
    only = sum(bool(each.groups) for each in words.figures.texts) == 1
    return "问题清单" if only else f"问题清单（{section.heading}）"


def _text(words: Wording, section: TextSection) -> Value:
    def counted(name: str, number: int, entries: Iterable[int]) -> str:
        behind = Behind(tuple(sorted(set(entries))))
        return words.basis.number(section.heading, name, number, behind) if number else ""

    every = [quote.entry for quote in section.quotes]
    found: dict[str, Value] = {
        "序": words.heading(),
        "标题": section.heading,
        "来源": "",
        "单位": (),
        "填无": counted("填“无”的份数", len(section.nothing), section.nothing),
        "条数": "",
        "单位数": "",
        "略": "",
        "问题": "",
    }
    if section.gist is Gist.PROBLEMS:
        return {**found, "问题": _problems(words, section)}
    shown = chosen(section.quotes, words.outline.per_unit, words.outline.most_units)
    forms = {quote.form: quote.period.cadence for quote in shown}
    alike = len(set(forms.values())) < len(forms)  # the period alone does not tell the form
    left = set(every) - {quote.entry for quote in shown}
    return {
        **found,
        "来源": "" if alike else _sources(forms),
        "单位": tuple(_quoted(words, shown, alike=alike)),
        "条数": counted("报送的条数", len(section.quotes), every),
        "单位数": counted("报送的单位数", len({quote.unit for quote in section.quotes}), every),
        "略": counted("没有列出的条数", len(section.quotes) - len(shown), left),
    }


def _quoted(words: Wording, quotes: Iterable[Quote], *, alike: bool) -> Iterator[Value]:
    """Yield each unit with its texts, a paragraph each: the numbers of a text's own list are no headings of ours."""
    for number, (unit, own) in enumerate(groupby(quotes, key=lambda quote: quote.unit), start=1):
        told = []
        for quote in own:
            source = f"（《{quote.form}》）" if alike else ""
            told.append(f"{short(quote.period, words.figures.year)}{source}：{_joined(quote.text)}")
        yield {"序": numeral(number), "名称": unit, "段落": tuple(told)}


def _joined(text: str) -> str:
    """Return a text of several lines as one paragraph, its last line with an end."""
    found = ""
    for line in (line.strip() for line in text.split("\n")):
        if line:
            found += ("；" if found and found[-1] not in _ENDS else "") + line
    return found if not found or found[-1] in _ENDS + "”）》…" else f"{found}。"


def _sources(forms: Mapping[str, Cadence]) -> str:
    """Return the sentence that tells where a section's texts come from, empty when there are none."""
    if len(forms) < 2:
        return "".join(f"以下摘自各单位报送的《{form}》。" for form in forms)
    parts = (f"标{_MARKS[cadence]}的出自《{form}》" for form, cadence in forms.items())
    return f"以下摘自各单位报送的材料，{'，'.join(parts)}。"


def _problems(words: Wording, section: TextSection) -> Value:
    """Return the words and the table of the most frequent problems, empty when nobody has any."""
    if not section.groups:
        return ""
    basis, heading = words.basis, section.heading
    units = {unit for group in section.groups for unit in group.units}
    every = Behind(gathered(group.entries for group in section.groups))
    shared = [group for group in section.groups if len(group.units) > 1]
    behind = Behind(gathered(group.entries for group in shared))
    first = foremost(section.groups, _PROBLEMS)
    rows: list[tuple[str, ...]] = [("序号", "问题（典型表述）", "条数", "单位数", "反映的单位")]
    rows += [problem(words, section, at, group) for at, group in enumerate(first, start=1)]
    return {
        "条数": basis.number(heading, "反映的条数", sum(group.count for group in section.groups), every),
        "单位数": basis.number(heading, "反映问题的单位数", len(units), every),
        "类数": basis.number(heading, "归成的类数", len(section.groups), every),
        "建议": _advice(words, section),
        "共性": basis.number(heading, "多个单位都反映的类数", len(shared), behind) if shared else "",
        "较多": "；".join(_frequent(words, section, group) for group in shared[:_FREQUENT]),
        "前": len(first) if len(first) < len(section.groups) else 0,
        "附件": words.annex(listing(words, section)),
        **words.table(tables.upright(rows, 0.8, 4, 0.8, 1, 2.6, left=(1, 4))),
    }


def _advice(words: Wording, section: TextSection) -> str:
    """Return how many suggestions came with the problems, empty when none did."""
    if not section.advice:
        return ""
    behind = Behind(tuple(sorted({quote.entry for quote in section.advice})))
    return words.basis.number(section.heading, "提出的建议条数", len(section.advice), behind)


def _frequent(words: Wording, section: TextSection, group: Group) -> str:
    count, units = _counts(words, section, group)
    return f"“{group.sentence}”（{units}个单位、{count}条）"


def _counts(words: Wording, section: TextSection, group: Group) -> tuple[str, str]:
    behind = Behind(group.entries, detail=True)
    count = words.basis.number(section.heading, f"“{group.sentence}”条数", group.count, behind)
    units = words.basis.number(section.heading, f"“{group.sentence}”单位数", len(group.units), behind)
    return count, units


def problem(
    words: Wording, section: TextSection, number: int, group: Group, named: int = _NAMED
) -> tuple[str, ...]:
    """Return the row of a problem: number, typical sentence, count, how many units and their first names."""
    count, units = _counts(words, section, group)
    rest = f"等{units}个单位" if len(group.units) > named else ""
    names = "、".join(group.units[:named]) + rest
    return (str(number), group.sentence, count, units, names)


def steps(words: Wording) -> Value:
    """Return what is to be done next, as far as it follows from the figures, under a heading of its own."""
    number = words.heading()
    return {"序": number, "各项": tuple(numbered(words, tuple(_steps(words))))}


def _steps(words: Wording) -> Iterator[tuple[str, str]]:
    basis = {(item.section, item.name): item for item in words.basis.found.values()}
    told = [section for section in words.figures.texts if section.gist is Gist.TOLD and section.quotes]
    problems = [section for section in words.figures.texts if section.groups]
    if told:
        yield (
            "推广好的做法",
            f"对各单位报送的{told[0].heading.removeprefix('主要')}，择优总结推广，形成可以复制的经验。",
        )
    if problems:
        yield "解决突出问题", _to_solve(problems)
    if any(row.unmet for row in words.figures.quotas):
        names = "".join(f"“{row.name}”" for row in words.figures.quotas if row.unmet)
        yield "补齐未达标的指标", f"对{names}没有达标的，逐一落实到单位和人，限期完成。"
    missing = basis.get(("报送情况", "未报送"))
    if missing is not None and missing.shown != "0":
        units = basis["报送情况", "未报送的单位数"].shown
        yield "督促补报", f"对到期未报送的{units}个单位、{missing.shown}份，逐一催报，限期补齐。"
    if check := _to_check(words, basis):
        yield "核实数据", f"对{check}，逐一与填报单位核对，核对后更正台账。"
    if not told and not problems:
        yield "做好报送工作", "按照工作安排，继续做好各项报送和汇总工作。"


def _to_solve(problems: Sequence[TextSection]) -> str:
    shared = [group for section in problems for group in section.groups if len(group.units) > 1]
    first = sorted(shared, key=lambda group: -len(group.units))[:_FREQUENT]
    if not first:
        return "对照问题清单，逐条明确责任单位和完成时限，解决一条、销号一条。"
    names = "".join(f"“{group.sentence}”" for group in first)
    return f"重点解决{names}等多个单位共同反映的问题；对照问题清单，逐条明确责任单位和完成时限。"


def _to_check(words: Wording, basis: Mapping[tuple[str, str], Explained]) -> str:
    doubts = [basis.get((section.heading, "存疑的数")) for section in words.figures.sums]
    parts = [f"“{item.section}”中存疑的{item.shown}个数" for item in doubts if item is not None]
    if lost := basis.get(("报送情况", "没有计入的报送")):
        parts.append(f"尚未确认单位、表单或报送期的{lost.shown}份报送")
    return "，".join(parts)
