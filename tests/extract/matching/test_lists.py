"""Telling one form from a list of them by the columns beside the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import Layouts, align, layouts_of
from extract.matching.board import Board, Box
from forms import Field, FieldKind, Form
from tests.extract.neutral import LAYOUTS, TOURS, codes, document, grid, values
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


def test_a_list_is_looked_through_once_however_long_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask each cell of a list for its header by way of the cell above: a county's list has a thousand rows."""
    seen: Counter[int] = Counter()
    above = Board.above
    size = 0

    def counted(board: Board, box: Box) -> Iterator[Box]:
        for other in above(board, box):
            seen[size] += 1
            yield other

    monkeypatch.setattr(Board, "above", counted)
    for size in (40, 160):
        rows = [["组织观摩部室", "参加观摩人员", "观摩点亮点工作"]]
        rows += [["宣传部", f"小组{number}", f"亮点{number}"] for number in range(size)]
        assert len(align(document(TOURS, grid(rows)), LAYOUTS)) == size
    assert 0 < seen[160] < 5 * seen[40]
