"""What a person sees on a page of a PDF: fields and free text typed over it; no watermark, nothing beyond its edges."""

from __future__ import annotations

import pytest

from extract import Document, Grid, Paragraph, UnreadableError
from extract.model import Look
from extract.readers.draft import MAX_LINE, Line
from extract.readers.pdf.chars import once, shown
from extract.readers.pdf.reader import _doubt_open_ends, _noticed, _Page, read_pdf

RULES = [(50, 600, 450, 600), (50, 650, 450, 650), (50, 700, 450, 700)]
RULES += [(50, 600, 50, 700), (150, 600, 150, 700), (450, 600, 450, 700)]
LABELS = "BT /F1 10 Tf 60 670 Td (Name) Tj ET BT /F1 10 Tf 60 620 Td (Work) Tj ET"
UPRIGHT = ("", "1 0 0 1 0 0", "[0 0 595 842]")


def _pdf(drawn: str = "", annotations: str = "", page: tuple[str, str, str] = UPRIGHT) -> bytes:
    """Return a page with a table of two labels and two empty cells; ``page`` is further keys, how it is turned, its size."""
    more, turn, size = page
    rules = " ".join(f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in RULES)
    stream = f"q {turn} cm {rules} {LABELS} {drawn} Q"
    fixed = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {size} {more} /Contents 4 0 R /Annots [{annotations}] "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(fixed, start=1))
    return f"%PDF-1.7\n{body}trailer << /Root 1 0 R >>\n%%EOF".encode()


def _cells(document: Document) -> dict[str, str]:
    """Return what stands beside each label."""
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    texts = {
        (cell.row, cell.column): "\n".join(b.text for b in cell.blocks if isinstance(b, Paragraph))
        for cell in grid.cells
    }
    return {texts[row, 0]: texts[row, 1] for row in range(2)}


def _asides(document: Document) -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in document.asides]


FIELD = "<< /Subtype /Widget /FT /Tx /V (Chen Nian 1122) /Rect [{}] >>"
FREE = "<< /Subtype /FreeText /Contents (first line\rsecond) /Rect [{}] >>"


@pytest.mark.parametrize(
    ("page", "name", "work"),
    [
        (UPRIGHT, "151 651 449 699", "151 601 449 649"),
        (("/Rotate 90", "0 1 -1 0 842 0", "[0 0 842 595]"), "143 151 191 449", "193 151 241 449"),
        (("/Rotate 270", "0 -1 1 0 0 595", "[0 0 842 595]"), "651 146 699 444", "601 146 649 444"),
        (
            ("/CropBox [20 30 615 872]", "1 0 0 1 20 30", "[0 0 700 900]"),
            "171 681 469 729",
            "171 631 469 679",
        ),
    ],
)
def test_what_was_typed_over_a_page_stands_in_its_cells(
    page: tuple[str, str, str], name: str, work: str
) -> None:
    """Fields and free text, on a page that is turned or cut as well."""
    annotations = FIELD.format(name) + FREE.format(work)
    assert _cells(read_pdf(_pdf(annotations=annotations, page=page))) == {
        "Name": "Chen Nian 1122",
        "Work": "first line\nsecond",
    }


def test_ticks_lists_and_notes_of_annotations() -> None:
    """A field takes its value from the one above it; a hidden field and a note are no text of the page."""
    annotations = (
        "<< /Subtype /Widget /Parent << /FT /Btn >> /AS /Yes /Rect [160 660 172 672] >>"
        "<< /Subtype /Widget /FT /Btn /Ff 65536 /Rect [300 660 312 672] >>"
        "<< /Subtype /Widget /FT /Ch /V [(sang) (wrote)] /Rect [151 601 449 649] >>"
        "<< /Subtype /Widget /FT /Tx /V (unseen) /F 2 /Rect [300 601 449 649] >>"
        "<< /Subtype /FreeText /Contents (nowhere) /Rect [1 2] >> << /Subtype /Widget /Rect 7 >> null"
        "<< /Subtype /Text /Contents (a note) /Rect [0 0 20 20] >>"
    )
    found = read_pdf(_pdf("BT /F1 10 Tf 180 662 Td (clerk) Tj ET", annotations))
    assert _cells(found) == {"Name": "☑ clerk", "Work": "sang\nwrote"}
    assert _asides(found) == [("隐藏文字", "unseen"), ("批注", "a note")]


def test_watermarks_and_what_lies_beyond_the_page_are_no_values() -> None:
    """Slanting or large and pale, and cut off by the crop box."""
    drawn = (
        "BT 0.9 g /F1 60 Tf 0.7 0.7 -0.7 0.7 200 600 Tm (DRAFT) Tj ET BT /F1 60 Tf 160 640 Td (COPY) Tj ET 0 g "
        "BT /F1 10 Tf 160 670 Td (Chen) Tj ET BT /F1 10 Tf 60 20 Td (old text) Tj ET"
    )
    found = read_pdf(_pdf(drawn, page=("/CropBox [0 40 595 842]", *UPRIGHT[1:])))
    assert _cells(found) == {"Name": "Chen", "Work": ""}
    assert _asides(found) == [("页面以外的文字", "old text"), ("水印", "DRAFTCOPY")]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("⻘", "青"), ("⼀", "一"), ("⼾", "户"), ("ﬁ", "fi"), ("(cid:77)", "\ufffd"), ("①", "①")],
)
def test_lookalikes_are_the_characters_that_are_meant(text: str, meant: str) -> None:
    assert shown(text) == meant


def test_characters_printed_twice_to_make_them_bold_are_one() -> None:
    """Figures that stand beside one another are two."""
    chars = [
        {"text": "1", "x0": x, "x1": x + 5.0, "top": 20.0, "bottom": 30.0} for x in (10.0, 10.8, 15.0, 15.8)
    ]
    assert [char["x0"] for char in once(chars)] == [10.0, 15.0]


def _square(x: int, y: int) -> str:
    return f"{x} {y} 9 9 re S "


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (_square(160, 660) + " 162 664 m 164 661 l 168 668 l S", "☑clerk"),
        (_square(160, 660), "□clerk"),
        (_square(160, 660) + " BT /F1 8 Tf 162 662 Td (x) Tj ET", "☑clerk"),
        (_square(160, 660) + _square(169, 660), "clerk"),  # cells for the figures of a number
    ],
)
def test_a_small_square_beside_words_is_a_box_to_tick(drawn: str, said: str) -> None:
    """It is ticked by what is drawn or written inside."""
    found = read_pdf(_pdf(f"{drawn} BT /F1 10 Tf 180 661 Td (clerk) Tj ET"))
    assert "".join(_cells(found)["Name"].split()) == said


@pytest.mark.parametrize(
    ("top", "stroke", "struck"), [(647, "", False), (670, "158 674 m 190 674 l S", True)]
)
def test_a_rule_between_two_cells_crosses_nothing_out(top: int, stroke: str, struck: bool) -> None:
    """The text of one ran over it; a stroke as long as the words is meant."""
    document = read_pdf(_pdf(f"BT /F1 10 Tf 160 {top} Td (Three) Tj ET {stroke}"))
    looks = [mark.look for text in document.paragraphs() if "Three" in text.text for mark in text.marks]
    assert looks == [Look.STRUCK] * struck


@pytest.mark.parametrize(
    ("text", "font", "sign"),
    [
        ("þ", "ABC+Wingdings", "☑"),
        ("(cid:168)", "Wingdings-Regular", "□"),
        ("R", "Wingdings 2", "☑"),
        ("R", "Arial", "R"),
    ],
)
def test_letters_of_symbol_fonts_are_the_signs_that_they_show(text: str, font: str, sign: str) -> None:
    assert shown(text, font) == sign


@pytest.mark.parametrize(
    ("glyphs", "pictured", "told"), [(5, True, True), (5, False, False), (400, True, False)]
)
def test_a_page_that_is_a_picture_is_told(glyphs: int, pictured: bool, told: bool) -> None:
    """Nobody here reads a scanned page among others; a page with little text, or a picture behind its text, is none."""
    pages = [_Page([], 842, 300, 0, False), _Page([], 842, glyphs, 0, pictured)]
    assert ("scanned" in _noticed(pages, False).notices) is told


def test_a_field_with_more_text_than_a_person_writes_is_refused() -> None:
    field = FIELD.format("151 651 449 699").replace("Chen Nian 1122", "x" * (MAX_LINE + 1))
    with pytest.raises(UnreadableError, match="过长"):
        read_pdf(_pdf(annotations=field))


@pytest.mark.parametrize(
    ("text", "following", "doubted"),
    [
        ("指导教师：部分青年对平台操作不熟", "后找不到入口。", True),
        ("指导教师：部分青年对平台操作不熟。", "附件", False),
        ("指导教师：部分青年对平台操作不熟", "学号：二〇二〇", False),
        ("毕业论文（设计）任务书", "后找不到入口。", False),
    ],
)
def test_an_answer_that_ends_its_page_within_a_sentence_is_doubted(
    text: str, following: str, doubted: bool
) -> None:
    pages = [
        _Page([(Line(said), (70.0, top, 500.0, top + 12))], 842.0, 30, 0, False)
        for said, top in ((text, 700.0), (following, 80.0))
    ]
    _doubt_open_ends(pages)
    line, _ = pages[0].items[0]
    assert isinstance(line, Line)
    assert [mark.look for mark in line.marks] == [Look.BREAK] * doubted
