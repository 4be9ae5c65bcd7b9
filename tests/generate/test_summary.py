"""The year-end summary: every figure and every gathered text is in it, laid out as the standard asks."""

from __future__ import annotations

import io
import zipfile
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

import templates
from forms import Outline
from generate import styles
from generate.figures import year_figures
from generate.package import TemplateError
from generate.summary import numeral, summary, summary_bytes
from generate.view import LedgerView, printable
from templates.build_summary import summary as template_bytes
from tests.generate.invented import TOUR, entry, people, view, visit, work
from tests.rendering import MM, needs_soffice, to_pdf

DAY = date(2020, 12, 31)


def written(made: LedgerView, year: int = 2020, day: date = DAY) -> Document:
    return docx.Document(io.BytesIO(summary_bytes(made, year, day)))


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(document: Document, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def test_sections_follow_each_other() -> None:
    headings = [p.text for p in written(view()).paragraphs if p.style.name == styles.LEVEL_1.name]
    assert headings == [
        "一、总体情况",
        "二、报送情况",
        "三、走访情况",
        "四、数据汇总",
        "五、工作亮点",
        "六、存在问题",
        "七、帮扶措施及成效",
        "八、未报送名单",
    ]


def test_totals_are_put_into_words() -> None:
    text = "\n".join(lines(written(view())))
    assert (
        "2020年，活力团建共有4个单位承担报送任务，应报32份，已报5份，其中按时报送5份、逾期报送0份；"
        "未报送23份，尚未到期4份。到期应报的报送率为17.9%。" in text
    )
    assert "各单位报送的走访人数合计134人，其中团干部18人、团员青年116人。" in text
    assert "上述合计所依据的数字中有2个存疑，按读出的数计入，以核对后的为准。" in text
    assert "另有1份报送尚未确认单位、表单或报送期，没有计入。" in text


def test_tables_hold_units_months_and_absences() -> None:
    document = written(view())
    units = cells(document, 0)
    assert units[0] == ["单位", "应报", "已报", "按时报送", "逾期报送", "未报送", "未到期", "报送率"]
    assert units[1] == ["甲县团委", "8", "3", "3", "0", "4", "1", "42.9%"]
    assert units[-1] == ["合计", "32", "5", "5", "0", "23", "4", "17.9%"]
    months = cells(document, 1)
    assert months[:2] == [["月份", "报送份数", "团干部", "团员青年", "合计"], ["7月", "2", "7", "45*", "52"]]
    assert months[-1] == ["合计", "4", "18", "116*", "134"]
    assert cells(document, 3)[1] == ["甲县团委", "走访情况报告单", "9月、10月、11月", "3"]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_chart_stands_between_its_table_and_its_caption() -> None:
    body = list(written(view()).element.body)
    at = next(n for n, item in enumerate(body) if item.findall(".//" + qn("w:drawing")))
    assert "".join(body[at + 1].itertext()).startswith("图1  各月走访人数")
    assert any(item.tag == qn("w:tbl") for item in body[at - 2 : at])
    spacing = body[at].pPr.find(qn("w:spacing"))
    assert spacing.get(qn("w:lineRule")) == "auto"


def test_every_gathered_text_is_complete_and_named() -> None:
    made = view()
    text = lines(written(made))
    for section in year_figures(made, 2020).texts:
        for quote in section.quotes:
            first, *rest = quote.text.split("\n")
            assert f"{quote.period.label.removeprefix('2020年')}：{first}" in text
            assert set(rest) <= set(text)


def test_the_source_of_the_texts_is_told() -> None:
    text = lines(written(view()))
    told = "以下摘自各单位报送的材料，标月份的出自《走访情况报告单》，标季度的出自《观摩情况报告单》。"
    assert text.count(told) == 3


def test_forms_of_one_cadence_are_named_at_each_text() -> None:
    made = view()
    tours = [e for e in made.entries if e.submission.form == TOUR]
    monthly = [replace(e, submission=replace(e.submission, period="2020-09")) for e in tours]
    text = lines(written(LedgerView(made.work, (*made.entries[:3], *monthly), (), ())))
    assert "9月（《观摩情况报告单》）：观摩点实行积分管理。" in text
    assert not any(line.startswith("以下摘自") for line in text)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=20, deadline=None)
@given(_TEXT)
def test_any_text_comes_through(reported: str) -> None:
    made = view(
        [entry(1, visit("甲县团委", "2020-07", people("团干部", 1), people("团员青年", 2), f"{reported}完"))]
    )
    quoted = [line for quote in year_figures(made, 2020).texts[0].quotes for line in quote.text.split("\n")]
    text = "\n".join(lines(written(made)))
    assert all(line in text for line in quoted)
    assert printable(f"{reported}完").strip() == "\n".join(quoted)


@pytest.mark.parametrize(
    "reported",
    ["{{ 7*7 }}", "{_{ x }_}", "{% for %}", "<w:p>&amp;", "张三 & 李四 A<B", "a\tb", "〔图：走访情况〕"],
)
def test_marks_in_a_reported_text_stay_text(reported: str) -> None:
    made = view(
        [entry(1, visit("甲县团委", "2020-07", people("团干部", 1), people("团员青年", 2), reported))]
    )
    assert f"7月：{reported}" in lines(written(made))


def test_no_template_mark_is_left() -> None:
    made = view()
    for each in (made, LedgerView(work(), (), (), ())):
        text = "\n".join(lines(written(each)))
        assert not any(mark in text for mark in ("{{", "{%", "〔"))


def test_an_empty_year_says_so() -> None:
    text = lines(written(LedgerView(work(), (), (), ())))
    assert text.count("各单位没有报送这方面的内容。") == 3
    assert "各单位到期应报的均已报送。" in text


def test_signature_and_date_are_placed_by_their_lengths() -> None:
    found = {p.style.name: p for p in written(view(), day=date(2021, 1, 5)).paragraphs}
    name, day = found[styles.SIGNATURE.name], found[styles.DATE.name]
    assert (name.text, day.text) == ("共青团某某市委员会", "2021年1月5日")
    shift = day.paragraph_format.left_indent.twips - name.paragraph_format.left_indent.twips
    assert shift == pytest.approx(2 * 320, abs=20)  # two characters of 三号


def test_the_addressee_of_the_outline_is_written() -> None:
    made = view()
    outline = Outline.model_validate({"主送": "市委组织部", "摘录": {"亮点": ["亮点"]}})
    own = made.work.model_copy(update={"outline": outline})
    text = lines(written(LedgerView(own, made.entries, (), made.standings)))
    assert text[2] == "市委组织部："
    assert "三、亮点" in text


def test_the_template_of_the_work_folder_comes_first(tmp_path: Path) -> None:
    (tmp_path / "模板").mkdir()
    edited = docx.Document(io.BytesIO(template_bytes()))
    edited.paragraphs[0].runs[0].text = "本单位的标题：{{ 标题 }}"
    edited.save(str(tmp_path / "模板" / "summary.docx"))
    made = view()
    own = made.work.model_copy(update={"folder": tmp_path})
    out = summary(LedgerView(own, made.entries, (), made.standings), 2020, tmp_path / "产出" / "总结.docx")
    assert lines(docx.Document(str(out)))[0].startswith("本单位的标题：关于2020年活力团建工作")


def test_a_template_with_an_unknown_mark_is_refused(tmp_path: Path) -> None:
    (tmp_path / "模板").mkdir()
    edited = docx.Document(io.BytesIO(template_bytes()))
    edited.add_paragraph("{{ 没有的 }}")
    edited.save(str(tmp_path / "模板" / "summary.docx"))
    own = view().work.model_copy(update={"folder": tmp_path})
    with pytest.raises(TemplateError, match="没有的"):
        summary(LedgerView(own, (), (), ()), 2020, tmp_path / "总结.docx")
    assert not (tmp_path / "总结.docx").exists()


def test_the_same_ledger_gives_the_same_bytes() -> None:
    assert summary_bytes(view(), 2020, DAY) == summary_bytes(view(), 2020, DAY)


def test_the_shipped_template_is_what_its_script_makes() -> None:
    with (
        zipfile.ZipFile(io.BytesIO(template_bytes())) as made,
        zipfile.ZipFile(templates.FOLDER / "summary.docx") as kept,
    ):
        assert {n: made.read(n) for n in made.namelist()} == {n: kept.read(n) for n in kept.namelist()}


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (100, "一百"),
        (103, "一百零三"),
        (117, "一百一十七"),
    ],
)
def test_headings_count_in_chinese(number: int, word: str) -> None:
    assert numeral(number) == word


@needs_soffice
def test_the_rendered_pages(tmp_path: Path) -> None:
    out = summary(view(), 2020, tmp_path / "总结.docx")
    (pdf,) = to_pdf([out], tmp_path)
    with pdfplumber.open(pdf) as pages:
        texts = [page.extract_text() for page in pages.pages]
        bars = [rect for page in pages.pages for rect in page.rects if rect["fill"] and rect["height"] > 20]
        last = texts[-1].splitlines()
        right = max(char["x1"] for page in pages.pages for char in page.chars)
    assert bars, "the chart's bars are drawn"
    assert "以上共4个单位、23份。" in "".join(last).replace(" ", "")
    assert "2020年12月31日" in texts[-1].replace(" ", "")
    assert right <= 184.5 * MM
