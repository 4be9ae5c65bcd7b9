"""Nothing is lost: for any document at all, values, known text and leftover account for every visible character."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import Document, Layouts, align
from tests.extract.generated import documents
from tests.extract.neutral import LAYOUTS, accounted, shown

CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@CALM
@given(documents(LAYOUTS))
def test_every_visible_character_is_a_value_known_text_or_leftover(document: Document) -> None:
    """Conserve text with the forms of the catalogue: no character is lost, none is counted twice."""
    assert accounted(align(document, LAYOUTS, 2020)) == shown(document)


@CALM
@given(data=st.data())
def test_text_is_conserved_for_a_form_with_repeating_rows(all_layouts: Layouts, data: st.DataObject) -> None:
    """Conserve text where one of the forms has a group of rows."""
    document = data.draw(documents(all_layouts))
    assert accounted(align(document, all_layouts, 2020)) == shown(document)


@CALM
@given(documents(LAYOUTS))
def test_no_value_is_without_its_place(document: Document) -> None:
    """Give each value a place that a paragraph of the document has."""
    places = {paragraph.place for paragraph in document.paragraphs()}
    for aligned in align(document, LAYOUTS, 2020):
        for reading in [*aligned.readings, *(reading for row in aligned.rows for reading in row.readings)]:
            assert reading.place in places
            assert reading.raw or reading.value is None


@CALM
@given(documents(LAYOUTS))
def test_the_same_document_gives_the_same_result(document: Document) -> None:
    """Align twice with the same outcome: nothing of the first time remains."""
    assert align(document, LAYOUTS, 2020) == align(document, LAYOUTS, 2020)
