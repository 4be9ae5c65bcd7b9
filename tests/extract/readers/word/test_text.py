"""The runs of a paragraph: what each piece of run-level markup shows."""

from __future__ import annotations

import pytest

from extract import Look, Paragraph
from extract.readers.word.docx import read_word
from extract.readers.word.text import symbol
from tests.wordfiles import checkbox, deleted, docx, field, p, picture, r, sdt, tbl, tc, text_box, tr


def only(body: str) -> Paragraph:
    """Return the first paragraph of a document with ``body``."""
    return next(read_word(docx(body)).paragraphs())


def coded(instruction: str) -> str:
    """Return a field that has an instruction and no result."""
    code = f"<w:instrText>{instruction}</w:instrText>"
    return r('<w:fldChar w:fldCharType="begin"/>') + r(code) + r('<w:fldChar w:fldCharType="end"/>')


SHOWN = {
    "text with blanks at its ends": (r(" 甲 "), " 甲 "),
    "a tab": (r("<w:tab/>"), "\t"),
    "an absolute tab": (r("<w:ptab/>"), "\t"),
    "a line break": (r("<w:br/>"), "\n"),
    "a carriage return": (r("<w:cr/>"), "\n"),
    "a page break": (r('<w:br w:type="page"/>'), ""),
    "a column break": (r('<w:br w:type="column"/>'), ""),
    "a hyphen that does not break": (r("<w:noBreakHyphen/>"), "-"),
    "a soft hyphen": (r("<w:softHyphen/>"), ""),
    "a field by its result": (field(r("3"), " =1+2 "), "3"),
    "a field without result": (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r("<w:instrText>PAGE</w:instrText>")
        + r('<w:fldChar w:fldCharType="end"/>'),
        "",
    ),
    "enclosed characters, which have no result": (
        coded(r" eq \o\ac(□,√)") + coded(r"EQ \o(○,3)") + coded(r"eq \o\ac(○,甲)"),
        "☑③甲",
    ),
    "a sign by its number in a font": (coded(' SYMBOL 168 \\f "Wingdings" \\s 12 '), "□"),
    "the choice that Word understands": (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{r("新")}</mc:Choice><mc:Fallback>{r("旧")}</mc:Fallback>'
        "</mc:AlternateContent>",
        "新",
    ),
    "the fallback of a choice that nobody understands": (
        f'<mc:AlternateContent xmlns:x="urn:x"><mc:Choice Requires="x">{r("新")}</mc:Choice>'
        f"<mc:Fallback>{r('旧')}</mc:Fallback></mc:AlternateContent>",
        "旧",
    ),
    "an emoji, which stands in a choice within a run": (
        r(
            '<mc:AlternateContent xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex">'
            '<mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F60A"/></mc:Choice>'
            "<mc:Fallback><w:t>?</w:t></mc:Fallback></mc:AlternateContent>"
        ),
        "😊",
    ),
    "a field in the result of a field": (field(r("甲") + field(r("乙"), "REF") + r("丙"), "IF"), "甲乙丙"),
    "text of a code is no text": (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r("码")
        + r('<w:fldChar w:fldCharType="separate"/>')
        + r("果")
        + r('<w:fldChar w:fldCharType="end"/>'),
        "果",
    ),
    "a simple field": (f'<w:fldSimple w:instr="DATE">{r("2020")}</w:fldSimple>', "2020"),
    "a ticked box": (checkbox("<w:checked/>"), "☑"),
    "a box ticked by default": (checkbox('<w:default w:val="1"/>'), "☑"),
    "an open box": (checkbox('<w:default w:val="0"/>'), "□"),
    "a box unticked by hand": (checkbox('<w:default w:val="1"/><w:checked w:val="0"/>'), "□"),
    "ruby by its base": (
        r(f"<w:ruby><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('字')}</w:rubyBase></w:ruby>"),
        "字",
    ),
    "a formula": ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1"),
    "a deleted run": (deleted("甲"), ""),
    "nothing of an annotation": (r("<w:annotationRef/>"), ""),
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_a_run_shows(case: str) -> None:
    """Show what Word shows."""
    xml, expected = SHOWN[case]
    assert only(p("前", xml, "后")).text == f"前{expected}后"


def test_a_field_may_go_on_over_paragraphs() -> None:
    """Keep the code of a field out although its result begins in the next paragraph."""
    body = p(r('<w:fldChar w:fldCharType="begin"/>'), r("码")) + p(
        "码", r('<w:fldChar w:fldCharType="separate"/>'), r("果"), r('<w:fldChar w:fldCharType="end"/>'), "后"
    )
    assert [paragraph.text for paragraph in read_word(docx(body)).paragraphs()] == ["", "果后"]


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("wingdings", "00fe", "☑"),
        ("Wingdings", "F0A8", "□"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F0A3", "□"),
        ("Wingdings", "F0FC", "√"),
        ("Symbol", "F0B4", "×"),
        ("宋体", "4E00", "一"),
        ("Wingdings", "F0FF", "□"),
        ("Wingdings", "", ""),
        ("Wingdings", "GGGG", ""),
        ("Wingdings", "0001", "□"),
    ],
)
def test_symbols(font: str, code: str, expected: str) -> None:
    """Write the boxes and ticks of symbol fonts as characters, an unknown sign as a box."""
    assert symbol(font, code) == expected


def test_a_picture_is_marked_where_it_stands() -> None:
    """Mark an image, of no length, at its place."""
    paragraph = only(p("甲", picture(), "乙"))
    assert (paragraph.text, [(m.start, m.end, m.look) for m in paragraph.marks]) == (
        "甲乙",
        [(1, 1, Look.PICTURE)],
    )


def test_a_text_box_is_no_picture() -> None:
    """Read a shape with text as text alone."""
    assert only(p("甲", text_box(p("乙")))).marks == ()


def test_a_picture_bullet_in_old_markup_is_a_picture() -> None:
    """Mark an image written as VML too."""
    assert [m.look for m in only(p(r("<w:pict><v:shape><v:imagedata/></v:shape></w:pict>"))).marks] == [
        Look.PICTURE
    ]


def test_an_empty_placeholder_is_no_mark() -> None:
    """Mark nothing where a placeholder has no text."""
    assert only(p("甲", sdt("", prompt=True))).marks == ()


def test_a_struck_insertion_inside_a_link_is_marked_once() -> None:
    """Mark a struck run once, however it is wrapped."""
    body = p("<w:hyperlink><w:ins>" + r("甲", "<w:strike/>") + "</w:ins></w:hyperlink>")
    assert [(m.start, m.end, m.look) for m in only(body).marks] == [(0, 1, Look.STRUCK)]


RAISED, WHITE = '<w:vertAlign w:val="superscript"/>', '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'


def test_a_raised_figure_stays_raised() -> None:
    """Keep the mark of a note apart from the number before it."""
    assert only(p(r("37") + r("1", RAISED))).text == "37¹"


@pytest.mark.parametrize(
    "look", [WHITE, '<w:color w:val="ffffff" w:themeColor="background1"/>', '<w:sz w:val="2"/>']
)
def test_text_that_nobody_can_see_is_put_aside(look: str) -> None:
    """Show no text that is white on white, or a point high."""
    document = read_word(docx(p(r("甲") + r("乙丙", look))))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["甲"]
    assert [(aside.text, aside.kind) for aside in document.asides] == [("乙丙", "隐藏文字")]


@pytest.mark.parametrize("body", [
    p(r("甲", WHITE + DARK)),
    p(r("甲", WHITE), properties=DARK),
    tbl(tr(tc(p(r("甲", WHITE)), properties=DARK))),
    p(text_box(p(r("甲", WHITE)))),
])  # fmt: skip
def test_white_on_a_dark_ground_is_seen(body: str) -> None:
    """Show white text where a ground of its own lies under it."""
    assert "甲" in [paragraph.text for paragraph in read_word(docx(body)).paragraphs()]


@pytest.mark.parametrize(
    ("state", "text"), [('<w:result w:val="1"/>', "乙"), ('<w:default w:val="2"/>', "丙"), ("", "甲")]
)
def test_a_drop_down_form_field_shows_its_entry(state: str, text: str) -> None:
    """Read what a drop-down shows, which has no run of its own."""
    entries = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in "甲乙丙")
    data = f"<w:ffData><w:ddList>{state}{entries}</w:ddList></w:ffData>"
    begin = r(f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>') + r(
        "<w:instrText>FORMDROPDOWN</w:instrText>"
    )
    assert only(p(begin + r('<w:fldChar w:fldCharType="end"/>'))).text == text
