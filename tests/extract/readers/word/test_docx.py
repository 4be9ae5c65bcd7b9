"""The Word reader: what a person sees of each kind of markup, in order, and nothing of what is hidden."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from extract import Cell, Document, Grid, Look, Paragraph, UnreadableError
from extract.model import Block
from extract.readers.word.docx import read_word
from forms import Identity
from tests.extract.drawnword import Part, bodies
from tests.extract.neutral import characters
from tests.wordfiles import (
    core,
    custom,
    deleted,
    docx,
    level,
    numbered,
    numbering,
    p,
    packed,
    part,
    r,
    sdt,
    tbl,
    tc,
    text_box,
    tr,
    wrapped,
)


def texts(document: Document) -> list[str]:
    """Return the text of every paragraph."""
    return [paragraph.text for paragraph in document.paragraphs()]


def cells(document: Document) -> list[tuple[int, int, int, int, str]]:
    """Return row, column, spans and text of each cell of the first table."""
    found = next(block for block in document.blocks if isinstance(block, Grid))
    return [(c.row, c.column, c.row_span, c.column_span, _text(c)) for c in found.cells]


def _text(cell: Cell) -> str:
    return "|".join(block.text if isinstance(block, Paragraph) else block.name for block in cell.blocks)


def asides(document: Document) -> list[tuple[str, str]]:
    """Return kind and text of what was put aside."""
    return [(aside.kind, aside.text) for aside in document.asides]


VANISH = "<w:vanish/>"
STYLES = part(
    "styles",
    '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="h2"><w:basedOn w:val="h"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="hp"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="sp"><w:rPr><w:strike/></w:rPr></w:style>',
)

SEEN = {
    "a content control around runs": (p("甲", sdt(r("乙")), "丙"), ["甲乙丙"]),
    "a content control around paragraphs": (sdt(p("甲") + p("乙")), ["甲", "乙"]),
    "a content control around a row": (tbl(sdt(tr("甲", "乙"))), ["甲", "乙"]),
    "a content control around a cell": (tbl(tr(sdt(tc("甲")), tc("乙"))), ["甲", "乙"]),
    "a content control around a table": (sdt(tbl(["甲"])), ["甲"]),
    "a content control within another": (p(sdt(r("甲") + sdt(r("乙")))), ["甲乙"]),
    "an insertion": (p("甲", wrapped("ins", r("乙"))), ["甲乙"]),
    "a deletion": (p("甲", deleted("乙")), ["甲"]),
    "moved text once, where it went": (
        p(deleted("乙", "moveFrom"), "甲", wrapped("moveTo", r("乙"))),
        ["甲乙"],
    ),
    "a deletion of an insertion": (p("甲", wrapped("ins", deleted("乙"))), ["甲"]),
    "an inserted paragraph block": (wrapped("ins", p("甲")), ["甲"]),
    "a deleted row": (tbl(tr("甲"), tr("乙", properties='<w:del w:id="1"/>')), ["甲"]),
    "a deleted cell": (tbl(tr(tc("甲"), tc("乙", properties='<w:cellDel w:id="1"/>'))), ["甲"]),
    "a text box once": (p("甲", text_box(p("乙"), p("丙"))), ["甲", "乙", "丙"]),
    "a table in a text box": (p(text_box(tbl(["乙", "丙"]))), ["", "乙", "丙"]),
    "a nested table": (tbl([tc(p("甲"), tbl(["乙"]), p("丙"))]), ["甲", "乙", "丙"]),
    "smart tags, custom XML and links": (
        p(wrapped("smartTag", r("甲")), wrapped("customXml", r("乙")), wrapped("hyperlink", r("丙"))),
        ["甲乙丙"],
    ),
    "custom XML around paragraphs": (wrapped("customXml", p("甲")), ["甲"]),
    "blocks in alternate content once": (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{p('甲')}</mc:Choice><mc:Fallback>{p('甲')}</mc:Fallback>"
        "</mc:AlternateContent>",
        ["甲"],
    ),
}


@pytest.mark.parametrize("case", SEEN)
def test_what_is_seen(case: str) -> None:
    """Read as a person sees it."""
    body, expected = SEEN[case]
    assert texts(read_word(docx(body))) == expected


@pytest.mark.parametrize(
    "body",
    [SEEN["a deletion"][0], SEEN["an insertion"][0], SEEN["a deleted row"][0], SEEN["a deleted cell"][0]],
)
def test_open_revisions_are_noticed(body: str) -> None:
    """Say that there are tracked changes that nobody accepted."""
    assert read_word(docx(body)).notices == ("tracked",)


def test_placeholders_are_marked_as_prompts() -> None:
    """Keep the text of a placeholder that was left, marked, inline and at block level."""
    inline, block = read_word(
        docx(p("姓名", sdt(r("单击输入"), prompt=True)) + sdt(p("请选择"), prompt=True))
    ).paragraphs()
    assert [(m.start, m.end, m.look) for m in inline.marks] == [(2, 6, Look.PROMPT)]
    assert [(m.start, m.end, m.look) for m in block.marks] == [(0, 3, Look.PROMPT)]


def test_a_placeholder_that_was_switched_off_is_an_answer() -> None:
    """Take showingPlcHdr with a false value as an answer."""
    control = (
        '<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>'
        + r("甲")
        + "</w:sdtContent></w:sdt>"
    )
    (paragraph,) = read_word(docx(p(control))).paragraphs()
    assert (paragraph.text, paragraph.marks) == ("甲", ())


@pytest.mark.parametrize(
    "body",
    [
        p("甲", r("乙", VANISH)),
        p("甲", r("乙", '<w:rStyle w:val="h"/>')),
        p("甲", r("乙", '<w:rStyle w:val="h2"/>')),
        p("甲") + p("乙", properties='<w:pStyle w:val="hp"/>'),
    ],
)
def test_hidden_text_is_put_aside(body: str) -> None:
    """Take hidden text out of the page and keep it, hidden directly or by a style or the style's base."""
    document = read_word(docx(body, {"word/styles.xml": STYLES}))
    assert "".join(texts(document)) == "甲"
    assert asides(document) == [("隐藏文字", "乙")]
    assert document.notices == ("hidden",)


def test_hidden_text_switched_back_on_is_seen() -> None:
    """Let the run's own w:vanish=0 win over its style."""
    body = p(r("甲", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="hp"/>')
    assert texts(read_word(docx(body, {"word/styles.xml": STYLES}))) == ["甲"]


@pytest.mark.parametrize(
    "body",
    [
        p("甲", r("乙", "<w:strike/>")),
        p("甲", r("乙", "<w:dstrike/>")),
        p(r("甲", '<w:strike w:val="false"/>'), r("乙"), properties='<w:pStyle w:val="sp"/>'),
    ],
)
def test_struck_text_stays_and_is_marked(body: str) -> None:
    """Keep what was crossed out in its place, with a mark over it."""
    (paragraph,) = read_word(docx(body, {"word/styles.xml": STYLES})).paragraphs()
    assert paragraph.text == "甲乙"
    assert [(m.start, m.end, m.look) for m in paragraph.marks] == [(1, 2, Look.STRUCK)]


def test_marks_move_with_a_list_number() -> None:
    """Count a mark from the number that stands before the text."""
    body = p(r("甲"), r("乙", "<w:strike/>"), properties=numbered(1))
    parts = {"word/numbering.xml": numbering({0: level(0)}, {1: (0, "")})}
    (paragraph,) = read_word(docx(body, parts)).paragraphs()
    assert (paragraph.text[2], paragraph.marks[0].start, paragraph.marks[0].end) == ("甲", 3, 4)


def test_a_hidden_row_is_put_aside() -> None:
    """Keep the text of a hidden row, cell by cell, out of sight."""
    document = read_word(docx(tbl(tr("甲"), tr("乙", "丙", properties="<w:hidden/>"))))
    assert (texts(document), asides(document)) == (["甲"], [("隐藏文字", "乙\t丙")])


GRIDS = {
    "columns": ([["甲", "乙"]], [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]),
    "grid span": (
        [tr(tc("甲", properties='<w:gridSpan w:val="2"/>'), "乙"), ["丙", "丁", "戊"]],
        [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁"), (1, 2, 1, 1, "戊")],
    ),
    "vertical merge": (
        [
            tr(tc("甲", properties='<w:vMerge w:val="restart"/>'), "乙"),
            tr(tc(properties="<w:vMerge/>"), "丙"),
            tr(tc(properties='<w:vMerge w:val="continue"/>'), "丁"),
        ],
        [(0, 0, 3, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "丙"), (2, 1, 1, 1, "丁")],
    ),
    "two vertical merges in a column": (
        [
            tr(tc(text, properties=f"<w:vMerge{state}/>"))
            for text, state in (("甲", ' w:val="restart"'), ("", ""), ("乙", ' w:val="restart"'), ("", ""))
        ],
        [(0, 0, 2, 1, "甲"), (2, 0, 2, 1, "乙")],
    ),
    "horizontal merge": (
        [tr(tc("甲", properties='<w:hMerge w:val="restart"/>'), tc(properties="<w:hMerge/>"), "乙")],
        [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")],
    ),
    "grid before": (
        [["甲", "乙"], tr("丙", properties='<w:gridBefore w:val="1"/>')],
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "丙")],
    ),
    "a continued merge with nothing above": (
        [tr(tc("甲", properties="<w:vMerge/>"))],
        [(0, 0, 1, 1, "甲")],
    ),
}


@pytest.mark.parametrize("case", GRIDS)
def test_the_geometry_of_a_table(case: str) -> None:
    """Place each cell at its row and column with its spans, merged cells once."""
    rows, expected = GRIDS[case]
    assert cells(read_word(docx(tbl(*rows)))) == expected


def test_text_under_a_vertical_merge_is_put_aside() -> None:
    """Keep what Word covers up when cells are merged downwards."""
    body = tbl(tr(tc("甲", properties='<w:vMerge w:val="restart"/>')), tr(tc("乙", properties="<w:vMerge/>")))
    document = read_word(docx(body))
    assert (texts(document), asides(document)) == (["甲"], [("被合并单元格遮住的文字", "乙")])


def test_text_in_a_horizontally_merged_cell_is_kept() -> None:
    """Join the text of cells merged across, which Word shows."""
    row = tr(tc("甲", properties='<w:hMerge w:val="restart"/>'), tc("乙", properties="<w:hMerge/>"))
    assert cells(read_word(docx(tbl(row)))) == [(0, 0, 1, 2, "甲|乙")]


def test_places_tell_table_row_column_and_paragraph() -> None:
    """Say where each text stands, counting from 1."""
    document = read_word(docx(p("甲") + tbl(["乙", tc("丙", "丁")]) + p("戊") + tbl(["己"])))
    assert [str(paragraph.place) for paragraph in document.paragraphs()] == [
        *("正文 第1段", "表1 第1行第1列", "表1 第1行第2列", "表1 第1行第2列", "正文 第2段", "表2 第1行第1列")
    ]
    assert [paragraph.place.paragraph for paragraph in document.paragraphs()] == [1, 1, 1, 2, 2, 1]


def test_notes_and_comments_are_put_aside() -> None:
    """Keep foot- and endnotes and comments beside the text, separators left out."""
    separator = f'<w:footnote w:type="separator" w:id="-1">{p("———")}</w:footnote>'
    parts = {
        "word/footnotes.xml": part("footnotes", separator + f'<w:footnote w:id="1">{p("脚")}</w:footnote>'),
        "word/endnotes.xml": part("endnotes", f'<w:endnote w:id="1">{p("尾")}</w:endnote>'),
        "word/comments.xml": part("comments", f'<w:comment w:id="0">{p("批一")}{p("批二")}</w:comment>'),
    }
    document = read_word(docx(p("甲"), parts))
    assert texts(document) == ["甲"]
    assert asides(document) == [("脚注", "脚"), ("尾注", "尾"), ("批注", "批一\n批二")]


def test_headers_and_footers_stand_around_the_body_once() -> None:
    """Read headers before and footers after the body; one that several pages share counts once."""
    parts = {
        "word/header1.xml": part("hdr", p("眉")),
        "word/header2.xml": part("hdr", p("眉")),
        "word/footer1.xml": part("ftr", p("脚")),
    }
    document = read_word(docx(p("甲"), parts))
    assert [(q.text, q.place.part) for q in document.paragraphs()] == [
        ("眉", "页眉"),
        ("甲", "正文"),
        ("脚", "页脚"),
    ]


IDENTITY = Identity("走访表", "源汇区团委", "2020-07")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"docProps/custom.xml": custom(IDENTITY.properties)}, IDENTITY),
        ({"docProps/core.xml": core(IDENTITY.identifier)}, IDENTITY),
        (
            {"docProps/custom.xml": custom({"别的": "1"}), "docProps/core.xml": core(IDENTITY.identifier)},
            IDENTITY,
        ),
        ({"docProps/core.xml": core("isbn:1")}, None),
        ({}, None),
    ],
)
def test_the_identity_in_the_properties(parts: dict[str, str], expected: Identity | None) -> None:
    """Find form, unit and period in the custom properties or, when those are gone, in dc:identifier."""
    assert read_word(docx(p("甲"), parts)).identity == expected


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("word/vbaProject.bin", "宏"),
        ("word/embeddings/oleObject1.bin", "嵌入的对象"),
        ("word/afchunk1.html", "插入的外部文档"),
    ],
)
def test_active_content_is_noticed_and_not_opened(name: str, word: str) -> None:
    """Say what stands in the file that was neither run nor opened."""
    assert read_word(docx(p("甲"), {name: b"x"})).notices == (f"active:{word}",)


def test_the_main_part_may_have_another_name() -> None:
    """Follow the package's relation to the main part."""
    members = {
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="/word/document2.xml"/></Relationships>',
        "word/document2.xml": part("document", f"<w:body>{p('甲')}</w:body>"),
    }
    assert texts(read_word(packed(members))) == ["甲"]


def _nested(depth: int) -> str:
    body = p("甲")
    for _ in range(depth):
        body = tbl([tc(body)])
    return body


DOCX = docx(p("甲" * 500))
REFUSED = {
    "no zip": (b"PK\x03\x04" + b"x" * 60, "文件损坏"),
    "cut off": (DOCX[:-40], "文件损坏"),
    "no document": (packed({"_rels/.rels": "<Relationships/>"}), "缺少正文"),
    "no relations": (packed({"a.xml": "<a/>"}), "缺少正文"),
    "no body": (packed({"word/document.xml": part("document", "")}), "缺少正文"),
    "broken XML": (packed({"word/document.xml": "<w:document>"}), "XML 不完整"),
    "empty XML": (packed({"word/document.xml": ""}), "XML 不完整"),
    "a DTD": (packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "DTD"),
    "a DTD in the styles": (
        docx(p("甲", properties='<w:pStyle w:val="a"/>'), {"word/styles.xml": "<!DOCTYPE a><a>vanish</a>"}),
        "DTD",
    ),
    "a bomb": (docx(p("甲" * 4_000_000)), "压缩炸弹"),
    "too deep": (docx(_nested(45)), "嵌套过深"),
    "too wide": (docx(tbl([tc("甲", properties='<w:gridSpan w:val="100000"/>')])), "过宽"),
    "too many rows": (docx(tbl(*([tr(tc())] * 5001))), "超过5000行"),
    "too many parts": (packed({f"a{number}": "" for number in range(1001)}), "过大"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(case: str) -> None:
    """Refuse with a Chinese sentence that says why."""
    data, reason = REFUSED[case]
    with pytest.raises(UnreadableError, match=reason):
        read_word(data)


def test_an_encrypted_part_is_refused() -> None:
    """Refuse a zip whose members are locked, asking for the file without a password."""
    data = bytearray(docx(p("甲")))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[at + 8] |= 1
    with pytest.raises(UnreadableError, match="已加密"):
        read_word(bytes(data))


def _names(blocks: tuple[Block, ...]) -> list[str]:
    found = []
    for block in blocks:
        if isinstance(block, Grid):
            found.append(block.name)
            for cell in block.cells:
                found += _names(cell.blocks)
    return found


def test_nested_tables_have_names_of_their_own() -> None:
    """Number the tables in the order in which they begin."""
    assert _names(read_word(docx(tbl([tc(tbl(["甲"]), p())]) + tbl(["乙"]))).blocks) == ["表1", "表2", "表3"]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies)
def test_any_document_reads_as_a_person_sees_it(body: Part) -> None:
    """Read markup of every kind, mixed and nested, as the text that was drawn with it says."""
    document = read_word(docx(body.xml))
    assert texts(document) == list(body.lines)
    assert characters(aside.text for aside in document.asides) == characters(body.hidden)
