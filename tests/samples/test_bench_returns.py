"""The returns of the bench are as large as real ones, always the same, and hold the form that they claim to hold."""

from __future__ import annotations

import zipfile
from pathlib import Path
from statistics import mean

from docx import Document

from bench.returns import TITLE, make


def test_returns_have_the_size_of_real_ones(tmp_path: Path) -> None:
    paths = make(tmp_path, 20)
    xml = [zipfile.ZipFile(path).getinfo("word/document.xml").file_size for path in paths]
    assert 26_000 < mean(path.stat().st_size for path in paths) < 30_000
    assert 70_000 < mean(xml) < 80_000


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first, again, other = (make(tmp_path / name, 2, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert first[0].read_bytes() != other[0].read_bytes()
    assert first[0].read_bytes() != first[1].read_bytes()


def test_a_return_holds_title_date_and_nine_rows(tmp_path: Path) -> None:
    document = Document(str(make(tmp_path, 1)[0]))
    assert [paragraph.text for paragraph in document.paragraphs][1] == TITLE
    assert document.paragraphs[2].text.startswith("填表时间：2020年")
    assert len(document.tables[0].rows) == 9
    assert all(document.tables[0].cell(row, 3).text for row in range(9))
