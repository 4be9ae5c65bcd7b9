"""Telling one form from a list of them by the columns beside the labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import Layouts, align, layouts_of
from forms import Field, FieldKind, Form
from tests.extract.neutral import codes, document, grid, values
from tests.wordfiles import docx, p, tbl

COUNTS = ("发出", "收回", "满意", "不满意")


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Layouts:
    """Return the layout of a form with four numbers, one under the other."""
    path = Path(tmp_path_factory.mktemp("counts")) / "测评统计表.docx"
    path.write_bytes(docx(p("测评统计表") + tbl(*([name, f"{{{{ {name} }}}}"] for name in COUNTS))))
    fields = tuple(Field(path=name, kind=FieldKind.INTEGER) for name in COUNTS)
    return layouts_of((Form(name="测评统计表", template=path, fields=fields),))


@pytest.mark.parametrize("unit", ["人", "份", "（人）", "人次"])
def test_what_numbers_count_in_beside_them_is_no_form_of_its_own(counts: Layouts, unit: str) -> None:
    """Read one form where a column of units stands right of the numbers."""
    rows = grid([[name, str(number + 5), unit] for number, name in enumerate(COUNTS)])
    (found,) = align(document("测评统计表", rows), counts)
    assert values(found) == {"发出": 5, "收回": 6, "满意": 7, "不满意": 8}
    assert codes(found) == set()


def test_columns_of_numbers_beside_labels_are_a_form_each(counts: Layouts) -> None:
    """Read a form for each column where numbers stand in both."""
    rows = grid([[name, str(number), str(number + 5)] for number, name in enumerate(COUNTS)])
    first, second = align(document("测评统计表", rows), counts)
    assert values(first) == {"发出": 0, "收回": 1, "满意": 2, "不满意": 3}
    assert values(second) == {"发出": 5, "收回": 6, "满意": 7, "不满意": 8}
