"""The year-end summary for the 组织部: a year's figures put into words, tables and charts, laid out to GB/T 9704-2012.

Knows how figures are worded; what they are stands in ``figures``, how the page looks in the template.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import templates
from forms import Cadence, Period, Work

from . import chart, page, standard, styles
from .figures import DEFAULT_OUTLINE, year_figures
from .finish import signature_indents
from .package import members_of, packed
from .render import Value, template
from .save import save
from .titles import title_lines
from .totals import Absence, Column, SumSection, Tally, TextSection, YearFigures
from .view import LedgerView

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

TEMPLATE = "summary.docx"
_OWN = "模板"  # the work folder's own templates
_NUMERALS: tuple[str, ...] = ("", *"一二三四五六七八九")
_ROW = 420  # twips: a line of 小四 with air above and below
_MARKS = {
    Cadence.WEEKLY: "周次",
    Cadence.MONTHLY: "月份",
    Cadence.QUARTERLY: "季度",
    Cadence.TERMLY: "学期",
    Cadence.SCHOOL_YEARLY: "学年",
    Cadence.YEARLY: "年度",
}
_FIRST_TABLE = 2  # 表1 is the table of the units
_FIRST_SECTION = 3  # after 总体情况 and 报送情况


def summary(view: LedgerView, year: int, out: Path, dated: date | None = None) -> Path:
    """Write the summary of ``year`` to ``out`` and return its path (``名称(1).docx`` when ``out`` is open elsewhere).

    ``dated`` is the 成文日期, 31 December when not given. A ``模板/summary.docx`` in the work folder is used instead
    of the shipped template. Raise ``TemplateError`` or ``OutputError``.
    """
    return save(summary_bytes(view, year, dated or date(year, 12, 31)), out)


def summary_bytes(view: LedgerView, year: int, dated: date) -> bytes:
    """Return the summary as a file; the same view gives the same bytes."""
    import docx

    figures = year_figures(view, year)
    own = view.work.folder / _OWN / TEMPLATE
    used = template(own if view.work.folder != Path() and own.is_file() else templates.FOLDER / TEMPLATE)
    document = docx.Document(io.BytesIO(packed(used.render(context(view.work, figures, dated)))))
    for tag in [item for item in document.paragraphs if item.style and item.style.name == styles.TAG.name]:
        _fill_place(document, tag, figures.sums)
    _sign(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return packed(members_of(buffer.getvalue()))


def context(work: Work, figures: YearFigures, dated: date) -> Mapping[str, Value]:
    """Return what the template's tags stand for."""
    sections = len(figures.sums)
    texts = _FIRST_SECTION + sections
    absent: dict[str, Value] = {
        "序": numeral(texts + len(figures.texts)),
        "表号": _FIRST_TABLE + sections,
        "单位数": len({absence.unit for absence in figures.absences}),
        "名单": tuple(_absence(absence, figures.year) for absence in figures.absences),
    }
    return {
        "标题": "\n".join(title_lines(title(work, figures.year))),
        "主送": (work.outline or DEFAULT_OUTLINE).addressees.rstrip("：:"),
        "年": figures.year,
        "工作": work.name,
        "总计": {"单位数": figures.units, **_counts(figures.total)},
        "各表": tuple({"名称": item.name, **_counts(item.tally)} for item in figures.by_form),
        "各单位": tuple({"单位": item.name, **_counts(item.tally)} for item in figures.by_unit),
        "数字": tuple(_sum(section, number) for number, section in enumerate(figures.sums)),
        "文字": tuple(
            _text(section, numeral(texts + n), figures.year) for n, section in enumerate(figures.texts)
        ),
        "存疑": figures.doubtful,
        "未计入": len(figures.unplaced),
        "未报": absent,
        "署名": work.issuer.name,
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


def _sum(section: SumSection, number: int) -> Value:
    names = labels(section.columns)
    of_parent = _parent(section.columns)
    return {
        "序": numeral(_FIRST_SECTION + number),
        "标题": section.heading,
        "合计": _sum_sentence(section),
        "表号": _FIRST_TABLE + number,
        "图号": 1 + number,
        "表题": f"各月{of_parent}{'' if _adds_up(section.columns) else '、'.join(names)}",
        "存疑": sum(len(figure.doubtful) for figure in section.totals),
        "表": f"〔表：{section.heading}〕",
        "图": f"〔图：{section.heading}〕",
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


def _text(section: TextSection, ordinal: str, year: int) -> Value:
    forms = {quote.form: quote.period.cadence for quote in section.quotes}
    alike = len(set(forms.values())) < len(forms)  # the period alone does not tell the form
    units: list[Value] = []
    for number, (unit, quotes) in enumerate(groupby(section.quotes, key=lambda quote: quote.unit), start=1):
        lines: list[Value] = []
        for quote in quotes:
            source = f"（《{quote.form}》）" if alike else ""
            lines += f"{_short(quote.period, year)}{source}：{quote.text}".split("\n")
        units.append({"序": numeral(number), "名称": unit, "段落": tuple(line for line in lines if line)})
    return {
        "序": ordinal,
        "标题": section.heading,
        "来源": _sources(forms) if not alike else "",
        "单位": tuple(units),
        "填无": len(section.nothing),
    }


def _sources(forms: Mapping[str, Cadence]) -> str:
    """Return the sentence that tells where a section's texts come from, empty when there are none."""
    if len(forms) < 2:
        return "".join(f"以下摘自各单位报送的《{form}》。" for form in forms)
    parts = (f"标{_MARKS[cadence]}的出自《{form}》" for form, cadence in forms.items())
    return f"以下摘自各单位报送的材料，{'，'.join(parts)}。"


def _absence(absence: Absence, year: int) -> Value:
    return {
        "单位": absence.unit,
        "表单": absence.form,
        "报送期": "、".join(_short(period, year) for period in absence.periods),
        "份数": len(absence.periods),
    }


def _short(period: Period, year: int) -> str:
    return period.label.removeprefix(f"{year}年") or period.label


def _fill_place(document: Document, tag: Paragraph, sections: Sequence[SumSection]) -> None:
    """Put the table or the chart that ``tag`` names in its place."""
    for section in sections:
        if tag.text == f"〔表：{section.heading}〕":
            _month_table(document, tag, section)
            return
        if tag.text == f"〔图：{section.heading}〕":
            _month_chart(document, tag, section)
            return


def _month_table(document: Document, tag: Paragraph, section: SumSection) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    rows = list(_month_rows(section))
    columns = len(rows[0])
    narrow = standard.TEXT_WIDTH // max(columns, 6)
    widths = [narrow, narrow] + [(standard.TEXT_WIDTH - 2 * narrow) // (columns - 2)] * (columns - 2)
    table = page.table(document, rows, widths)
    for number, row in enumerate(table.rows, start=1):
        for cell in row.cells:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            cell.paragraphs[0].paragraph_format.keep_with_next = number < len(rows)  # the table on one page
    roomy(table)
    tag._p.addprevious(table._tbl)
    _remove(tag)


def _remove(paragraph: Paragraph) -> None:
    parent = paragraph._p.getparent()
    if parent is not None:
        parent.remove(paragraph._p)


def roomy(table: Table) -> None:
    """Give the rows of ``table`` air above and below their text."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Pt, Twips

    for row in table.rows:
        row.height, row.height_rule = Twips(_ROW), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell in row.cells:
            spacing = cell.paragraphs[0].paragraph_format
            spacing.space_before = spacing.space_after = Pt(2)


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


def _month_chart(document: Document, tag: Paragraph, section: SumSection) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING

    series = tuple(
        chart.Series(name, tuple(row.figures[number].value for row in section.months))
        for number, name in enumerate(labels(section.columns))
    )
    measures = {_unit(column.path) for column in section.columns}
    months = tuple(f"{row.month}月" for row in section.months)
    shown = chart.Chart(section.heading, months, series, unit=measures.pop() if len(measures) == 1 else "")
    for run in list(tag.runs):
        tag._p.remove(run._r)
    tag.alignment = WD_ALIGN_PARAGRAPH.CENTER
    tag.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE  # an exact line would cut the chart off
    tag.paragraph_format.first_line_indent = 0
    tag.paragraph_format.keep_with_next = True
    chart.place(document, tag, shown)


def _sign(document: Document) -> None:
    """Indent 署名 and date by their lengths (7.3.5.2)."""
    from docx.shared import Twips

    found = {item.style.name: item for item in document.paragraphs if item.style is not None}
    name, day = found.get(styles.SIGNATURE.name), found.get(styles.DATE.name)
    if name is None or day is None:
        return
    for paragraph, left in zip((name, day), signature_indents(name.text, day.text), strict=True):
        paragraph.paragraph_format.left_indent = Twips(left)
        paragraph.paragraph_format.right_indent = Twips(-standard.chars(2))  # wide figures must not wrap
