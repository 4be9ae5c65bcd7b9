"""The year-end summary: every figure and every gathered text is in it, laid out as the standard asks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import Duty, Form, Outline, QuotaResult, Submission
from generate.summary.chart import Shape
from generate.summary.document import explain, summary, summary_bytes
from generate.summary.figures import year_figures
from generate.view import LedgerView, printable
from generate.word import styles
from tests.generate.invented import TOUR, entry, field, people, reading, standings, view, visit, work
from tests.rendering import MM, needs_soffice, to_pdf

DAY = date(2020, 12, 31)


def written(made: LedgerView, year: int = 2020, day: date = DAY) -> Document:
    return docx.Document(io.BytesIO(summary_bytes(made, year, day)))


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(document: Document, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def two_years() -> LedgerView:
    """Return the invented ledger with a return in the year after, so that both years can be compared."""
    made = view()
    later = made.work.model_copy(update={"last": date(2021, 12, 31)})
    more = (
        *made.entries,
        entry(9, visit("甲县团委", "2021-07", people("团干部", 9), people("团员青年", 58))),
    )
    return LedgerView(later, more, (), standings(later, more, date(2021, 12, 31)))


def test_sections_follow_each_other() -> None:
    paragraphs = written(view()).paragraphs
    headings = [p.text for p in paragraphs if p.style.name == styles.LEVEL_1.name]
    assert headings == [
        "一、基本情况",
        "二、主要做法和亮点",
        "三、存在问题",
        "四、帮扶措施及成效",
        "五、下一步工作",
    ]
    parts = [p.text for p in paragraphs if p.style.name == styles.LEVEL_2.name]
    assert parts[:3] == ["（一）报送情况", "（二）走访情况", "（三）数据汇总"]
    assert parts[-4:] == ["（一）推广好的做法", "（二）解决突出问题", "（三）督促补报", "（四）核实数据"]


def test_totals_are_put_into_words() -> None:
    text = "\n".join(lines(written(view())))
    assert "2020年，共青团某某市委员会组织4个单位开展活力团建工作，按期报送工作情况。" in text
    assert (
        "全年应报32份，已报5份，其中按时报送5份、逾期报送0份，未报送23份，尚未到期4份，"
        "到期应报的报送率为17.9%。" in text
    )
    assert "到期未报送的有4个单位，名单见附件2。" in text
    assert "各单位报送的走访人数合计134人，其中团干部18人、团员青年116人。" in text
    assert "带*的数含有存疑的数，共1个，按读出的计入，以核对后的为准。" in text
    assert "另有1份报送尚未确认单位、表单或报送期，没有计入。" in text
    assert "对到期未报送的4个单位、23份，逐一催报，限期补齐。" in text


def test_tables_hold_forms_months_units_and_absences() -> None:
    document = written(view())
    forms, months, units, visits, *_ = (cells(document, number) for number in range(9))
    heads = ["应报", "已报", "按时报送", "逾期报送", "未报送", "未到期", "报送率"]
    assert forms[0] == ["表单", *heads]
    assert months[1] == ["7月", "4", "2", "2", "0", "2", "0", "50.0%"]
    assert units[0] == ["单位", *heads]
    assert units[1] == ["甲县团委", "8", "3", "3", "0", "4", "1", "42.9%"]
    total = ["合计", "32", "5", "5", "0", "23", "4", "17.9%"]
    assert [table[-1] for table in (forms, months, units)] == [total] * 3
    assert visits[:2] == [["月份", "报送份数", "团干部", "团员青年", "合计"], ["7月", "2", "7", "45*", "52"]]
    assert visits[-1] == ["合计", "4", "18", "116*", "134"]
    assert ["甲县团委", "走访情况报告单", "9月、10月、11月", "3"] in cells(document, 8)
    by_unit = cells(document, 9)
    assert by_unit[0] == ["单位", "报送份数", "团干部", "团员青年", "合计"]
    assert by_unit[1] == ["甲县团委", "2", "8", "65", "73"]
    assert by_unit[-1] == visits[-1]


def test_a_grid_shows_every_unit_in_every_period() -> None:
    visits, tours = cells(written(view()), 6), cells(written(view()), 7)
    assert visits[0] == ["单位", "7月", "8月", "9月", "10月", "11月", "12月"]
    assert visits[1] == ["甲县团委", "√", "√", "×", "×", "×", "—"]
    assert visits[-3:] == [
        ["按时报送合计", "2", "1", "0", "1", "0", "0"],
        ["逾期报送合计", "0", "0", "0", "0", "0", "0"],
        ["未报送合计", "2", "3", "4", "3", "4", "0"],
    ]
    assert tours[0] == ["单位", "第三季度", "第四季度"]


def test_each_chart_stands_above_its_table() -> None:
    body = list(written(view()).element.body)
    drawn = [at for at, item in enumerate(body) if item.findall(".//" + qn("w:drawing"))]
    assert len(drawn) == 3
    for number, at in enumerate(drawn, 1):
        assert "".join(body[at + 1].itertext()).startswith(f"图{number}  ")
        assert body[at + 3].tag == qn("w:tbl")
        assert body[at].pPr.find(qn("w:spacing")).get(qn("w:lineRule")) == "auto"


def test_there_is_a_pie_a_line_and_a_bar_chart() -> None:
    with zipfile.ZipFile(io.BytesIO(summary_bytes(view(), 2020, DAY))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    kinds = [next(shape for shape in Shape if f"{shape}Chart>" in chart) for chart in charts]
    assert sorted(kinds) == [Shape.BAR, Shape.LINE, Shape.PIE]
    pie = next(chart for chart in charts if "pieChart" in chart)
    assert [
        f"<c:v>{value}</c:v>" in pie.replace("<v>", "<c:v>").replace("</v>", "</c:v>") for value in (5, 23, 4)
    ] == [True] * 3


def test_texts_are_told_by_unit_with_their_period() -> None:
    text = lines(written(view()))
    assert "7月：“青年之家”周末开放，吸引周边青年参加读书分享和技能培训。" in text
    assert "第三季度：观摩点实行积分管理。" in text
    assert "3个单位报送5条，择要列出，其余3条与所列的相近或从略。以下摘自" in "\n".join(text)


def test_problems_are_grouped_with_count_units_and_a_typical_sentence() -> None:
    document = written(view())
    told = (
        "3个单位反映问题11条，内容相近的归为一类，共4类，其中多个单位都反映的2类。反映较多的有："
        "“活动经费保障不足”（3个单位、5条）；“团干部兼职多，精力不够集中”（3个单位、4条）。"
        "各类问题见表6，反映的单位见附件4。"
    )
    assert told in lines(document)
    problems, listed = cells(document, 5), cells(document, 11)
    assert problems[2] == ["2", "团干部兼职多，精力不够集中", "4", "3", "甲县团委、乙县团委、丙区团委"]
    assert [row[:5] for row in listed] == problems
    assert listed[2][5] == "1—3、8"
    assert sum(int(row[2]) for row in problems[1:]) == 11


def test_the_source_of_the_texts_is_told() -> None:
    text = lines(written(view()))
    told = "以下摘自各单位报送的材料，标月份的出自《走访情况报告单》，标季度的出自《观摩情况报告单》。"
    assert "\n".join(text).count(told) == 2


def test_forms_of_one_cadence_are_named_at_each_text() -> None:
    made = view()
    tours = [e for e in made.entries if e.submission.form == TOUR]
    monthly = [replace(e, submission=replace(e.submission, period="2020-09")) for e in tours]
    text = lines(written(LedgerView(made.work, (*made.entries[:3], *monthly), (), ())))
    assert "9月（《观摩情况报告单》）：观摩点实行积分管理。" in text
    assert not any("以下摘自" in line for line in text)


def test_the_year_before_is_compared_when_the_ledger_has_it() -> None:
    made = view()
    assert not any("与上年比较" in line for line in lines(written(made)))
    document = written(two_years(), 2021)
    assert "（三）与上年比较" in lines(document)
    assert "与2020年比较的情况见表5。2020年从7月起报送，两年的数字不能直接相比。" in lines(document)
    rows = {row[0]: row[1:] for row in cells(document, 4)}
    assert rows["项目"] == ["2020年", "2021年", "增减", "增减幅度"]
    assert rows["走访情况：团员青年"] == ["116", "58", "-58", "-50.0%"]
    assert rows["按时报送份数"] == ["5", "1", "-4", "-80.0%"]


def test_annexes_are_landscape_and_listed() -> None:
    document = written(view())
    upright, turned = document.sections
    assert (turned.page_width, turned.page_height) == (upright.page_height, upright.page_width)
    text = lines(document)
    names = ("各单位分期报送情况", "未报送名单", "各单位数据汇总", "问题清单", "各项数字所依据的报送")
    assert [line for line in text if line.startswith("附件：") or line[1:2] == "."] == [
        f"附件：1.{names[0]}",
        *(f"{number}.{name}" for number, name in enumerate(names[1:], 2)),
    ]
    for number, name in enumerate(names, 1):
        assert text[text.index(f"附件{number}") + 2] == name


def test_every_number_leads_back_to_its_returns() -> None:
    made = view()
    told = {(item.section, item.name): item for item in explain(made, 2020)}
    assert told["走访情况", "团干部合计"].behind.entries == (1, 2, 3, 8)
    assert told["报送情况", "应报"].shown == "32"
    assert told["报送情况", "按时报送"].behind.entries == (1, 2, 3, 6, 8)
    assert told["报送情况", "丁区团工委未报送"].behind.absent[0] == "丁区团工委《走访情况报告单》2020-07"
    assert told["报送情况", "没有计入的报送"].behind.entries == (5,)
    current = {e.id: e for e in made.entries}
    for (section, name), item in told.items():
        assert set(item.behind.entries) <= set(current), name
        if section == "报送情况" and name.endswith(("按时报送", "逾期报送")):
            assert int(item.shown) == len(item.behind.entries)
        if section == "报送情况" and name.endswith(("未报送", "应报", "未到期")):
            assert int(item.shown) == len(item.behind.entries) + len(item.behind.absent)


def figures_of(document: Document, quoted: Sequence[str]) -> list[str]:
    """Return the figures that stand in the summary's words and tables.

    Numbers of tables, charts and annexes, days and months are none, nor is what a unit wrote or a file is called.
    """
    text = [
        p.text
        for p in document.paragraphs
        if not re.match(r"[0-9一二三四五六七八九十]+月：|第.季度：|\d+\.", p.text)
    ]
    rows = [row for number in range(len(document.tables) - 2) for row in cells(document, number)[1:]]
    for row in rows:
        text += [cell for at, cell in enumerate(row[1:], 1) if not (row[0].isdigit() and at == 5)]
    told = "\n".join(text)
    for sentence in quoted:
        told = told.replace(sentence, "")
    told = re.sub(r"[图表]\d+|附件(：)?\d*|\d{4}年|\d+月|\d+日|[—+\-*]", " ", told)
    return re.findall(r"\d+(?:\.\d+)?%?", told)


def test_what_came_in_one_month_alone_is_told_by_unit() -> None:
    """A form of once a year: eleven months of noughts tell nothing."""
    one = [
        entry(n, visit(f"{name}县团委", "2020-07", people("团干部", n), people("团员青年", 5)))
        for n, name in ((1, "甲"), (2, "乙"))
    ]
    document = written(view(one))
    text = lines(document)
    assert "各单位走访人数" in " ".join(text)
    told = next(line for line in text if line.startswith("各单位报送的走访人数"))
    assert "分月情况" not in told
    assert told.endswith("各单位情况见图3、表4。")
    assert ["甲县团委", "1", "1", "5", "6"] in cells(document, 3)


def test_a_month_or_field_without_any_number_is_no_nought() -> None:
    document = written(view())
    rows = {row[0]: row[1:] for row in cells(document, 3)}
    assert rows["9月"] == ["0", "—", "—", "—"]
    assert rows["7月"] == ["2", "7", "45*", "52"]
    (own,) = [entry(1, visit("甲县团委", "2020-07", people("团干部", 3), people("团员青年", 2)))]
    alone = written(view([own]))
    assert not any("图3" in line for line in lines(alone)), "one bar compares nothing"
    assert any(line.endswith("各单位情况见表4。") for line in lines(alone))


@pytest.mark.parametrize(
    ("more", "left"), [("每年", "（不含按年报送的）"), ("每季度", ""), ("一次性", "（不含一次性报送的）")]
)
def test_months_leave_out_what_is_owed_for_longer(more: str, left: str) -> None:
    """Whole years had heaped up in December."""
    made = view()
    duties = (*made.work.duties[:1], Duty.model_validate({"表单": TOUR, "周期": more, "截止": "12月底"}))
    longer = made.work.model_copy(update={"duties": duties})
    document = written(LedgerView(longer, made.entries, (), standings(longer, made.entries)))
    assert f"各月情况{left}见图2、表2，" in "\n".join(lines(document))
    table = cells(document, 1)
    assert table[0][0] == "月份"
    assert sum(int(row[1]) for row in table[1:-1]) == int(table[-1][1]) == (24 if left else 32)


@pytest.mark.parametrize("year", [2020, 2021])
def test_every_figure_of_the_document_is_explained(year: int) -> None:
    made = two_years()
    quoted = [group.sentence for texts in year_figures(made, year).texts for group in texts.groups]
    shown = {item.shown.lstrip("+-").removesuffix("个百分点") for item in explain(made, year)}
    found = figures_of(written(made, year), quoted)
    assert len(found) > 100
    assert [number for number in found if number not in shown] == []


def test_a_changed_value_changes_its_figure() -> None:
    made = view()
    first = made.entries[0]
    changed = tuple(
        replace(r, value=1000 + r.value) if r.field == "走访人数.团干部" and isinstance(r.value, int) else r
        for r in first.submission.readings
    )
    entries = (replace(first, submission=replace(first.submission, readings=changed)), *made.entries[1:])
    more = LedgerView(made.work, entries, (), made.standings)
    before, after = (
        {(item.section, item.name): item.shown for item in explain(each, 2020)} for each in (made, more)
    )
    differ = {name for name in before if before[name] != after[name]}
    of = ("团干部合计", "合计", "7月团干部", "7月合计", "甲县团委团干部", "甲县团委合计")
    assert differ == {("走访情况", name) for name in of}
    assert "走访人数合计1134人，其中团干部1018人" in "\n".join(lines(written(more)))


def test_the_annex_leads_numbers_back_and_lists_the_returns() -> None:
    document = written(view())
    rows, listed = cells(document, -2), cells(document, -1)
    assert ["报送情况", "《走访情况报告单》应报24、《走访情况报告单》已报4", "1—3、8"] in [
        [row[0], "、".join(row[1].split("、")[:2]), row[2]] for row in rows
    ]
    assert [row[0] for row in listed] == ["编号", "1", "2", "3", "5", "6", "8"]


def quota(name: str, unit: str, period: str, **changes: object) -> QuotaResult:
    """Return a result of a quota of one 团课, or 100 members, not met unless enough was done."""
    least = 1 if name == "团课" else 100
    values: dict[str, object] = {"person": "", "minimum": least, "maximum": None, "ended": True, **changes}
    met = float(str(values["done"])) >= least
    return QuotaResult(name, unit, period=period, required=f"不少于{least}次", met=met, **values)  # type: ignore[arg-type]


def test_quotas_are_told_with_a_table_and_every_unit_in_an_annex() -> None:
    made = view()
    results = (
        quota("团课", "甲县团委", "2020-Q3", done=2, submissions=(1, 6)),
        quota("团课", "乙县团委", "2020-Q3", done=0),
        quota("团课", "甲县团委", "2020-Q4", done=0, ended=False),
        quota("联系团员", "甲县团委", "2020", done=31, person="林一一", submissions=(3,)),
        quota("团课", "甲县团委", "2019-Q3", done=0),
    )
    with_quotas = replace(made, quotas=results)
    document = written(with_quotas)
    text = lines(document)
    assert "（四）指标完成情况" in text
    assert "“团课”（不少于1次）应达标3项，已达标1项，未达标1项，进行中1项，达标率50.0%。" in text
    assert "各项指标见表6，各单位情况见附件4。" in text
    assert "对“团课”“联系团员”没有达标的，逐一落实到单位和人，限期完成。" in text
    assert cells(document, 5)[2] == ["联系团员", "不少于100次", "1", "0", "1", "0", "0.0%"]
    listed = next(t for t in (cells(document, n) for n in range(8, 16)) if t[0][0] == "指标")
    assert listed[4] == ["联系团员", "甲县团委", "林一一", "2020年", "不少于100次", "31", "未达标", "3"]
    told = {item.name: item for item in explain(with_quotas, 2020)}
    assert told["“团课”达标"].behind.entries == (1, 6)


def test_periods_in_which_nothing_came_stand_in_one_row_of_the_annex() -> None:
    done = {3: (1, (4,)), 7: (2, (5,)), 8: (0, (6,))}
    results = tuple(
        quota("团课", "甲县团委", f"2020-{month:02}", done=number, submissions=ids)
        for month in range(1, 13)
        for number, ids in [done.get(month, (0, ()))]
    )
    share = quota("联系团员", "甲县团委", "2020", done=42.5, submissions=(3,), counted_in="%")
    with_quotas = replace(view(), quotas=(*results, share))
    document = written(with_quotas)
    listed = next(t for t in (cells(document, n) for n in range(8, 16)) if t[0][0] == "指标")
    assert [(row[2], row[4], row[6]) for row in listed[1:]] == [
        ("1月、2月、4月至6月、9月至12月", "0", ""),
        ("3月", "1", "4"),
        ("7月", "2", "5"),
        ("8月", "0", "6"),
        ("2020年", "42.5%", "3"),
    ]
    kept = [item for item in explain(with_quotas, 2020) if item.name.endswith("月完成")]
    assert len(kept) == 12, "each number is still explained"


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=20, deadline=None)
@given(_TEXT)
def test_any_text_comes_through(reported: str) -> None:
    made = view(
        [entry(1, visit("甲县团委", "2020-07", people("团干部", 1), people("团员青年", 2), f"{reported}完"))]
    )
    quoted = [line for quote in year_figures(made, 2020).texts[0].quotes for line in quote.text.split("\n")]
    text = "\n".join(lines(written(made)))
    assert all(line.strip() in text for line in quoted)
    assert printable(f"{reported}完").strip() == "\n".join(quoted)


@pytest.mark.parametrize(
    "reported",
    ["{{ 7*7 }}", "{_{ x }_}", "{% for %}", "<w:p>&amp;", "张三 & 李四 A<B", "a\tb", "〔图：走访情况〕"],
)
def test_marks_in_a_reported_text_stay_text(reported: str) -> None:
    made = view(
        [entry(1, visit("甲县团委", "2020-07", people("团干部", 1), people("团员青年", 2), reported))]
    )
    assert f"7月：{reported}" in [line.removesuffix("。") for line in lines(written(made))]


def test_a_list_within_a_text_makes_no_headings() -> None:
    reported = "（一）积分可以兑换服务\n（二）“点单派单”两天内响应。"
    made = view(
        [entry(1, visit("甲县团委", "2020-07", people("团干部", 1), people("团员青年", 2), reported))]
    )
    assert "7月：（一）积分可以兑换服务；（二）“点单派单”两天内响应。" in lines(written(made))


def test_no_template_mark_is_left() -> None:
    made = view()
    for each in (made, LedgerView(work(), (), (), ())):
        text = "\n".join(lines(written(each)))
        assert not any(mark in text for mark in ("{{", "{%", "〔"))


def test_an_empty_year_says_so() -> None:
    text = lines(written(LedgerView(work(), (), (), ())))
    assert text.count("各单位没有报送这方面的内容。") == 3
    assert "本年没有需要报送的。" in text
    assert "附件：各项数字所依据的报送" in text
    assert text[text.index("附件") + 3] == "本年没有报送。"


def test_signature_and_date_are_placed_by_their_lengths() -> None:
    found = {p.style.name: p for p in written(view(), day=date(2021, 1, 5)).paragraphs}
    name, day = found[styles.SIGNATURE.name], found[styles.DATE.name]
    assert (name.text, day.text) == ("共青团某某市委员会", "2021年1月5日")
    shift = day.paragraph_format.left_indent.twips - name.paragraph_format.left_indent.twips
    assert shift == pytest.approx(2 * 320, abs=20)  # two characters of 三号


def test_the_last_words_of_the_text_stay_with_what_closes_it() -> None:
    """No page holds 附件说明 and 署名 alone (7.3.5.5)."""
    shown = written(two_years()).paragraphs
    closing = next(n for n, item in enumerate(shown) if item.style and item.style.name.startswith("附件说明"))
    last = max(n for n in range(closing) if shown[n].text.strip())
    kept = [bool(item.paragraph_format.keep_with_next) for item in shown[last - 1 : closing]]
    assert kept == [False, *[True] * (closing - last)]


def test_the_addressee_of_the_outline_is_written() -> None:
    made = view()
    outline = Outline.model_validate({"主送": "市委组织部", "摘录": {"亮点": ["亮点"]}})
    own = made.work.model_copy(update={"outline": outline})
    text = lines(written(LedgerView(own, made.entries, (), made.standings)))
    assert text[2] == "市委组织部："
    assert "二、亮点" in text


@pytest.mark.parametrize(
    ("cadence", "period"), [("每季度", "2020-Q3"), ("每学期", "2020-S1"), ("每年", "2020")]
)
def test_a_work_with_other_periods_and_fields_has_a_sensible_summary(cadence: str, period: str) -> None:
    """A form as ``learn`` makes it: no whole numbers, no field that the outline knows, one cadence that is not monthly."""
    form = Form(name="登记表", template=Path("a.docx"), fields=(field("姓名"), field("备注")))
    duty = Duty.model_validate(
        {"表单": "登记表", "周期": cadence, "截止": "次月10日" if cadence == "每月" else "12月底"}
    )
    made = work().model_copy(update={"forms": (form,), "duties": (duty,), "first": date(2020, 1, 1)})
    entries = (entry(1, Submission("登记表", "甲县团委", period, (reading("姓名", "林一一"),))),)
    document = written(LedgerView(made, entries, (), standings(made, entries)))
    text = "\n".join(lines(document))
    assert "一、基本情况" in text
    assert "五、下一步工作" in text or "二、下一步工作" in text
    assert "走访情况" not in text
    assert "{{" not in text
    assert "、、" not in text
    assert "。。" not in text
    assert "月份" not in {table[0][0] for table in (cells(document, n) for n in range(2))}
    assert cells(document, 0)[-1][0] == "合计"


def test_the_same_ledger_gives_the_same_bytes() -> None:
    assert summary_bytes(view(), 2020, DAY) == summary_bytes(view(), 2020, DAY)


@needs_soffice
def test_the_rendered_pages(tmp_path: Path) -> None:
    out = summary(view(), 2020, tmp_path / "总结.docx")
    (pdf,) = to_pdf([out], tmp_path)
    with pdfplumber.open(pdf) as pages:
        texts = [page.extract_text() for page in pages.pages]
        bars = [rect for page in pages.pages for rect in page.rects if rect["fill"] and rect["height"] > 20]
        upright = [page for page in pages.pages if page.width < page.height]
        right = max(char["x1"] for page in upright for char in page.chars)
        wide = max(char["x1"] for page in pages.pages for char in page.chars if page.width > page.height)
    assert bars, "the chart's bars are drawn"
    signed = texts[len(upright) - 1].replace(" ", "").replace("\n", "")
    assert "附件：1.各单位分期报送情况" in signed, "署名 does not stand alone"
    assert "2020年12月31日" in signed
    assert "附件1" in texts[len(upright)].replace(" ", ""), (
        "the annexes begin on the page after the date, without an empty one"
    )
    assert right <= 184.5 * MM
    assert wide <= 260.5 * MM
