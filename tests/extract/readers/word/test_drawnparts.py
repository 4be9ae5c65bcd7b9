"""SmartArt, charts and documents taken in whole: their words are seen, and kept."""

from __future__ import annotations

import pytest

from extract import Look
from extract.readers.word.docx import read_word
from tests.wordfiles import docx, p, r

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_D = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
DIAGRAM = (
    f"<dgm:dataModel {_D} {_A}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>抓组织</a:t></a:r></a:p></dgm:t></dgm:pt>"
    '<dgm:pt type="pres"><dgm:t><a:p><a:r><a:t>画法</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>'
)
CHART = f"<c:chartSpace {_C} {_A}><a:p><a:r><a:t>对比图</a:t></a:r></a:p><c:v>37</c:v></c:chartSpace>"
DRAWING = (
    f"<w:drawing {_A}><a:graphic><a:graphicData><dgm:relIds {_D}/></a:graphicData></a:graphic></w:drawing>"
)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="{}"/></Relationships>'
)


@pytest.mark.parametrize(
    ("part", "content", "text"),
    [("word/diagrams/data1.xml", DIAGRAM, "抓组织"), ("word/charts/chart1.xml", CHART, "对比图\t37")],
)
def test_words_of_diagrams_and_charts_are_kept(part: str, content: str, text: str) -> None:
    """Keep what a diagram or a chart says, without what only draws it."""
    document = read_word(docx(p(r("甲")), {part: content}))
    assert [(aside.text, aside.kind) for aside in document.asides] == [(text, "正文")]


def test_a_diagram_in_an_answer_is_looked_at_like_a_picture() -> None:
    """Mark the place of a diagram, so that its answer is doubted."""
    (paragraph,) = read_word(docx(p(r(DRAWING)))).paragraphs()
    assert [mark.look for mark in paragraph.marks] == [Look.PICTURE]


@pytest.mark.parametrize(
    ("name", "content"), [("a.html", "<p>另附</p>".encode()), ("b.docx", docx(p(r("另附"))))]
)
def test_a_document_taken_in_whole_is_kept(name: str, content: bytes) -> None:
    """Keep the text of an altChunk."""
    parts = {f"word/{name}": content, "word/_rels/document.xml.rels": RELATION.format(name)}
    document = read_word(docx(p(r("甲")) + '<w:altChunk r:id="c1"/>', parts))
    assert [aside.text for aside in document.asides] == ["另附"]
