"""The rendered pages measured against GB/T 9704-2012 by the methods of the standard's measurable rules."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from tests.rendering import MM, Row, ink, needs_soffice, rows

pytestmark = needs_soffice


def _row(found: list[Row], start: str) -> Row:
    return next(row for row in found if row.text.startswith(start))


def test_full_page_holds_22_lines_of_28_characters(pdfs: dict[str, Path]) -> None:
    with pdfplumber.open(pdfs["full"]) as pdf:
        text = [row for row in rows(pdf.pages[1]) if "—" not in row.text]
    assert len(text) == 22
    assert max(len(row.text) for row in text) == 28
    assert min(row.left for row in text) == pytest.approx(28, abs=1)
    assert max(row.right for row in text) <= 184.1
    assert text[0].baseline == pytest.approx(45.2, abs=0.5)
    assert text[-1].baseline <= 262


def test_page_number_stands_7_mm_below_odd_right_even_left(pdfs: dict[str, Path]) -> None:
    with pdfplumber.open(pdfs["full"]) as pdf:
        for number, sheet in enumerate(pdf.pages[:3], 1):
            line = rows(sheet)[-1]
            assert line.text == f"—{number}—"
            dashes = ink(sheet, 262, 290)
            if number % 2:
                assert line.right == pytest.approx(184 - 4.94, abs=0.6)
            else:
                assert line.left == pytest.approx(28 + 4.94, abs=0.6)
            dash = sheet.crop((line.left * MM, 0, (line.left + 4) * MM, sheet.height))
            upper, lower = ink(dash, 262, 290)[1::2]
            assert (upper + lower) / 2 - 262 == pytest.approx(7, abs=0.5)
            assert dashes[0] >= 28


def test_mark_and_red_line(pdfs: dict[str, Path]) -> None:
    with pdfplumber.open(pdfs["notice"]) as pdf:
        first = pdf.pages[0]
        mark = ink(first, 40, 100, red=True)
        assert mark[1] == pytest.approx(72, abs=1.5)
        assert (mark[0] + mark[2]) / 2 == pytest.approx(28 + 78, abs=1)
        line = next(line for line in first.lines if line["stroking_color"] == (1.0, 0.0, 0.0))
        assert line["linewidth"] == 1.5
        assert (line["x1"] - line["x0"]) / MM == pytest.approx(156, abs=0.5)
        number = _row(rows(first), "漯青发〔2020〕35号")
        bottom = ink(first, number.baseline - 5, number.baseline + 1.5)[3]
        upper = line["top"] / MM - 1.5 / 2 / MM
        assert upper - bottom == pytest.approx(4, abs=0.5)


def test_black_everywhere_but_mark_and_line(pdfs: dict[str, Path]) -> None:
    with pdfplumber.open(pdfs["notice"]) as pdf:
        coloured = [
            char["text"]
            for sheet in pdf.pages
            for char in sheet.chars
            if any(char["non_stroking_color"] or ())
        ]
    assert "".join(coloured) == "共青团漯河市委文件"


def test_first_page_shows_text_and_ends_with_signature_and_date(pdfs: dict[str, Path]) -> None:
    with pdfplumber.open(pdfs["notice"]) as pdf:
        found = rows(pdf.pages[0])
    body = _row(found, "为进一步")
    name, day = _row(found, "共青团漯河市委"), _row(found, "2020年7月3日")
    name = [row for row in found if row.text == "共青团漯河市委"][-1]
    assert body.left == pytest.approx(28 + 11.3, abs=0.5)
    assert day.left - name.left == pytest.approx(11.3, abs=0.3)
    assert 184 - name.right == pytest.approx(11.3, abs=0.6)
    assert found.index(day) == found.index(name) + 1


def test_attachment_label_in_row_1_and_title_in_row_3(pdfs: dict[str, Path]) -> None:
    with pdfplumber.open(pdfs["notice"]) as pdf:
        pages = [rows(sheet) for sheet in pdf.pages]
    for label, title in (("附件1", "团干部走基层情况报告单"), ("附件2", "共青团工作观摩情况报告单")):
        (found,) = [page for page in pages if page[0].text == label]
        assert found[0].left == pytest.approx(28, abs=0.5)
        assert found[0].baseline == pytest.approx(45.2, abs=1)
        assert found[1].text == title
        assert found[1].baseline - found[0].baseline == pytest.approx(2 * 10.2, abs=2)
        assert (found[1].left + found[1].right) / 2 == pytest.approx(106, abs=1)
        assert sum(row.text == title for row in found) == 1
    assert pages[-1][0].text == "附件2", "each form stands on one page and 版记 on the last of them"


def test_attachment_note_wraps_under_the_name(pdfs: dict[str, Path]) -> None:
    with pdfplumber.open(pdfs["notice"]) as pdf:
        (found,) = [
            page for page in map(rows, pdf.pages) if any(row.text.startswith("附件：1.") for row in page)
        ]
    first, second = _row(found, "附件：1."), _row(found, "2.")
    assert first.left == pytest.approx(28 + 11.1, abs=0.5)
    assert second.left == pytest.approx(28 + 5 * 5.556, abs=0.8)
    assert not first.text.endswith(("。", "；"))


@pytest.mark.parametrize(("name", "count"), [("notice", 2), ("copies", 3)])
def test_imprint_ends_at_the_lower_edge_of_the_last_page(
    pdfs: dict[str, Path], name: str, count: int
) -> None:
    with pdfplumber.open(pdfs[name]) as pdf:
        last = pdf.pages[-1]
        ruled = [line for line in last.lines if line["linewidth"] > 0.7 and line["top"] > 200 * MM]
        wide = {round(line["top"] / MM, 1): line for line in ruled if line["x1"] - line["x0"] > 155 * MM}
        texts = rows(last)
    heights = sorted(wide)[-count:]
    assert heights[-1] == pytest.approx(262, abs=1)
    assert [wide[height]["linewidth"] for height in heights] == (
        [1.0, 1.0] if count == 2 else [1.0, 0.75, 1.0]
    )
    printed = next(row for row in texts if row.text.endswith("印发"))
    assert printed.left == pytest.approx(28 + 4.94, abs=0.6)
    assert printed.right == pytest.approx(184 - 4.94, abs=0.6)


def test_blank_fills_one_page(pdfs: dict[str, Path]) -> None:
    for name in ("团干部走基层情况报告单", "共青团工作观摩情况报告单"):
        with pdfplumber.open(pdfs[name]) as pdf:
            assert len(pdf.pages) == 1
            (table,) = pdf.pages[0].find_tables()
            assert 240 < table.bbox[3] / MM < 262
            day = next(row for row in rows(pdf.pages[0]) if row.text.startswith("填表时间"))
            assert day.text == "填表时间：2020年7月日"
            assert day.right == pytest.approx(184, abs=0.6)


def test_levels_have_their_faces(pdfs: dict[str, Path]) -> None:
    with pdfplumber.open(pdfs["notice"]) as pdf:
        found = [row for sheet in pdf.pages for row in rows(sheet)]
    faces = {
        start: _row(found, start).font for start in ("一、主要内容", "（一）强基扩面", "1.巩固", "附件1")
    }
    assert faces["一、主要内容"] == faces["附件1"]
    assert len(set(faces.values())) == 3
