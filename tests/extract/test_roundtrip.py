"""One template, both directions: what was filled into a form is what is read out of it, whatever the texts say."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import Extractor
from extract.matching.labels import spellings
from extract.spelling import squeeze
from extract.values.fields import tidy
from forms import Field, FieldKind, Form, Identity, Period, Record, Status, Unit
from generate.blank.filling import blank, filled
from tests.extract.generated import ANSWERS, labels_of
from tests.extract.neutral import FORMS, LAYOUTS, TOURS, VISITS, form

EXTRACTOR = Extractor(FORMS)
UNIT = Unit.model_validate({"单位": "源汇区团委"})
CALM = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LABELS = labels_of(LAYOUTS)
SQUEEZED = frozenset(map(squeeze, LABELS))
BOXES = "□☐☑☒○◯◇●■√✓✔▣◉"  # signs of options, not of sentences
WORDS = st.one_of(
    st.sampled_from(LABELS),
    st.sampled_from(LABELS).map(lambda label: f"{label}："),
    st.sampled_from([answer for answer in ANSWERS if answer.strip() and "☑" not in answer]),
    st.sampled_from(
        (
            "开展主题团日",
            'A<B>&"{{x}}',
            "{% if %}",
            "&amp;",
            "一、",
            "（1）",
            "😀",
            "\n",
            "\n",
            "：",
            "，",
            "。",
            "  ",
            "12",
            "%1",
        )
    ),
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp"), exclude_characters=BOXES
        ),
        max_size=5,
    ),
)
hostile = st.lists(WORDS, min_size=1, max_size=6).map("".join)
"""Answers that talk in the form's own labels."""
plain = hostile.map(lambda text: f"我们走进村里，{text}。")
"""Answers that begin and end as a sentence does."""


def _answers(form: Form, texts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, object]]:
    def one(field: Field) -> st.SearchStrategy[object]:
        match field.kind:
            case FieldKind.DATE:
                return st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(
                    lambda day: f"{day.year}年{day.month}月{day.day}日"
                )
            case FieldKind.INTEGER:
                return st.integers(0, 10**6)
            case (
                FieldKind.PERSON | FieldKind.UNIT
            ):  # a label with a colon behind a name is no part of the name
                return texts.map(lambda text: text.replace("：", "").replace(":", ""))
        return texts

    return st.fixed_dictionaries({field.path: one(field) for field in form.fields})


def _expected(field: Field, answer: object) -> object:
    if field.kind is FieldKind.DATE:
        year, month, day = str(answer).replace("年", " ").replace("月", " ").replace("日", "").split()
        return date(int(year), int(month), int(day))
    if field.kind is FieldKind.INTEGER:
        return answer
    return (
        " ".join(tidy(str(answer)).split())
        if field.kind in (FieldKind.PERSON, FieldKind.UNIT)
        else tidy(str(answer))
    )


def _read(form: Form, answers: dict[str, object]) -> tuple[Record, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = filled(form, answers, Identity(form.name, UNIT.name, "2020-07"), Path(folder) / "报送.docx")
        return EXTRACTOR.content(path.read_bytes(), "报送.docx")


@CALM
@pytest.mark.parametrize("name", [VISITS, TOURS])
@given(data=st.data())
def test_what_was_filled_is_what_is_read(name: str, data: st.DataObject) -> None:
    """Read every answer back, whatever labels, signs and line breaks it holds, with nothing left over."""
    answers = data.draw(_answers(form(name), plain))
    (record,) = _read(form(name), answers)
    assert record.submission is not None
    assert record.submission.form == name
    read = {reading.field: reading.value for reading in record.submission.readings}
    assert read == {field.path: _expected(field, answers[field.path]) for field in form(name).fields}
    assert record.submission.leftover == ()
    assert (record.status, record.submission.all_doubts()) == (Status.ACCEPTED, ())


@CALM
@pytest.mark.parametrize("name", [VISITS, TOURS])
@given(data=st.data())
def test_no_answer_is_silently_wrong(name: str, data: st.DataObject) -> None:
    """Read every answer back or doubt it, even answers that look like labels with colons."""
    answers = data.draw(_answers(form(name), hostile))
    records = _read(form(name), answers)
    doubted = {
        doubt.field for record in records if record.submission for doubt in record.submission.all_doubts()
    }
    whole = len(records) > 1 or None in doubted
    read = {
        reading.field: reading.value
        for record in records
        if record.submission
        for reading in record.submission.readings
    }
    for field in form(name).fields:
        expected = _expected(field, answers[field.path])
        found = read.get(field.path)
        if (
            found != expected
            and not _repeats_the_label(str(expected), str(found or ""))
            and not _repeats_the_label(tidy(str(answers[field.path])), str(found or ""))
            and _says(str(expected))
        ):
            assert field.path in doubted or whole, (field.path, expected, found)


def _says(answer: str) -> bool:
    """Whether an answer says anything; strokes and full stops alone do not."""
    return answer.strip(" /_—-\\.…．：、，。") not in ("", "无")


def _repeats_the_label(answer: str, found: str) -> bool:
    """Whether ``answer`` is a label, then ``found`` (or nothing that says anything): the label is left out.

    The label has a colon behind it, which a line to write on may follow, or a line to itself.
    """
    if not found:
        answer = answer.rstrip(" /_—-\\.…．、，。")
    before = answer.removesuffix(found).rstrip("_")
    head = squeeze(before)
    apart = head.endswith(":") or before.endswith("\n")
    return answer.endswith(found) and apart and not SQUEEZED.isdisjoint(spellings(head))


@pytest.mark.parametrize("name", [VISITS, TOURS])
def test_a_blank_comes_back_as_unfilled(name: str, tmp_path: Path) -> None:
    """Know the untouched blank: no report, nothing left over, its identity read."""
    path = blank(form(name), UNIT, Period.parse("2020-07"), tmp_path / "空白.docx")
    (record,) = EXTRACTOR.content(path.read_bytes(), "空白.docx")
    assert record.submission is not None
    assert record.submission.blank
    assert record.submission.leftover == ()
    assert (record.status, record.submission.form, record.submission.unit) == (Status.REVIEW, name, UNIT.name)
