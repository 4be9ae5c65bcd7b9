"""The checker in both directions: nothing on a correct document, exactly the one rule on one broken in one place."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from generate.check import Verdict, check
from generate.standard.profile import shipped

from .broken import BROKEN
from .making import correct, opened
from .ways import WAYS


@pytest.fixture(scope="session")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return correct(tmp_path_factory.mktemp("correct"))


def test_nothing_is_found_on_a_correct_document(right: Path) -> None:
    verdict = check(right)
    assert verdict.official
    assert verdict.findings == ()


@pytest.mark.parametrize("name", BROKEN)
def test_exactly_the_broken_rule_is_found(name: str, right: Path, tmp_path: Path) -> None:
    rule, change = BROKEN[name]
    document = opened(right)
    change(document)
    path = tmp_path / f"{name}.docx"
    document.save(str(path))
    found = check(path).findings
    assert [item.rule for item in found] == [rule], [item.message for item in found]
    (only,) = found
    assert only.clause == shipped().rule(rule).clause
    assert all((only.place, only.found, only.expected, only.mend))


@pytest.mark.parametrize("name", WAYS)
def test_what_is_seen_is_found_whatever_brought_it_about(name: str, right: Path, tmp_path: Path) -> None:
    rule, change = WAYS[name]
    document = opened(right)
    change(document)
    path = tmp_path / f"{name}.docx"
    document.save(str(path))
    assert [item.rule for item in check(path).findings] == ([rule] if rule else [])


def _examined(*lines: str, colour: str = "FF0000") -> Verdict:
    """Return what is found in a document of these lines, the first of them a red mark when it has a colour."""
    document = docx.Document()
    for number, line in enumerate(lines):
        added = document.add_paragraph(line)
        added.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = added.runs[0]
        run.font.size = Pt(36 if number == 0 and colour else 16)
        if number == 0 and colour:
            run.font.color.rgb = RGBColor.from_string(colour)
    buffer = io.BytesIO()
    document.save(buffer)
    return check_bytes(buffer.getvalue())


def check_bytes(data: bytes) -> Verdict:
    """Examine a document that stands in no file yet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "公文.docx"
        path.write_bytes(data)
        return check(path)


def test_what_is_a_document_is_told_from_what_is_none() -> None:
    assert _examined("云川市人民政府令", "第12号", "现予公布。", "2026年3月9日").official
    assert _examined("云川市青年工作方案", "（征求意见稿）", "请提意见。", colour="").official
    assert not _examined("云川市教育局发电", "云教〔2026〕8号", "请照办。").official, (
        "电报 has a form of its own"
    )
    assert not _examined("健康检查表", "姓名", "性别", colour="").official
