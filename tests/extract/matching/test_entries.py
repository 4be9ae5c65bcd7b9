"""The rows of a list as entries: merged cells, 同上, and what an entry lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import Aligned, Layouts, align, layouts_of
from forms import Field, FieldKind, RowGroup
from tests.extract.conftest import activities
from tests.extract.neutral import codes, document, grid

HEAD = ["活动名称", "时间", "人数"]


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Layouts:
    """Return the layout of a form whose activities must say when they were."""
    fields = (
        Field(path="活动名称"),
        Field(path="时间", kind=FieldKind.DATE, required=True),
        Field(path="人数", kind=FieldKind.INTEGER),
    )
    form = activities(Path(tmp_path_factory.mktemp("strict")))
    return layouts_of((form.model_copy(update={"groups": (RowGroup(name="活动", fields=fields),)}),))


def _found(layouts: Layouts, *rows: list[str | None]) -> Aligned:
    (found,) = align(document("活动情况表", grid([HEAD, *rows], "表2")), layouts, 2020)
    return found


def _values(found: Aligned) -> list[list[str]]:
    return [[str(reading.value) for reading in row.readings] for row in found.rows]


def test_a_merged_cell_counts_for_each_of_its_rows(all_layouts: Layouts) -> None:
    """Give every entry beside a merged cell what that cell says."""
    found = _found(all_layouts, ["植树", "2020年3月12日", "12"], [None, "2020年3月19日", "15"])
    assert _values(found) == [["植树", "2020-03-12", "12"], ["植树", "2020-03-19", "15"]]


@pytest.mark.parametrize("ditto", ["同上", "〃", "（同上）", "″"])
def test_ditto_is_resolved_aloud(all_layouts: Layouts, ditto: str) -> None:
    """Read 同上 as what stands above it, with a doubt."""
    found = _found(all_layouts, ["植树", "2020年3月12日", "12"], [ditto, "2020年3月19日", "15"])
    assert _values(found)[1] == ["植树", "2020-03-19", "15"]
    assert "ditto" in codes(found)


def test_an_entry_without_its_required_cell_is_doubted(strict: Layouts) -> None:
    """Doubt a row that leaves out what it must say, and no other."""
    found = _found(strict, ["植树", "2020年3月12日", "12"], ["祭扫", "", "15"])
    told = [[doubt.code for reading in row.readings for doubt in reading.doubts] for row in found.rows]
    assert told == [[], ["required_missing"]]


def test_a_merged_cell_counts_for_no_row_below_it(all_layouts: Layouts) -> None:
    """Leave open what stands under a merged cell, however many rows there are."""
    found = _found(
        all_layouts,
        ["植树", "2020年3月12日", "12"],
        [None, "2020年3月19日", "15"],
        ["", "2020年3月26日", "18"],
        ["", "2020年4月2日", "20"],
    )
    assert [row[0] for row in _values(found)] == ["植树", "植树", "2020-03-26", "2020-04-02"]


def test_entries_numbered_under_another_header_are_put_back(all_layouts: Layouts) -> None:
    """Put entries that stand one column to the right under their headers again, aloud."""
    rows = [
        ["活动名称", "时间", "人数", ""],
        ["1", "清明祭扫", "2020年4月4日", "30"],
        ["2", "植树", "2020.3.12", "8人"],
    ]
    (found,) = align(document("活动情况表", "填报单位：源汇区团委", grid(rows)), all_layouts, 2020)
    said = [[str(reading.value) for reading in row.readings] for row in found.rows]
    assert said == [["清明祭扫", "2020-04-04", "30"], ["植树", "2020-03-12", "8"]]
    assert codes(found) == {"position_guessed"}


def test_a_list_of_people_under_the_entries_is_none_of_them(all_layouts: Layouts) -> None:
    """End the list of a sheet at the title of another one."""
    rows = [
        ["活动名称", "时间", "人数"],
        ["清明祭扫", "2020年4月4日", "30"],
        ["参加人员名单", None, None],
        ["姓名", "职务", "电话"],
        ["甲", "干事", "1"],
    ]
    (found,) = align(document("活动情况表", "填报单位：源汇区团委", grid(rows)), all_layouts, 2020)
    assert len(found.rows) == 1


def test_a_row_that_goes_on_with_one_text_is_no_entry(all_layouts: Layouts) -> None:
    """Join a text that takes two rows, aloud; a row that begins where entries begin is one."""
    rows = [["人数", "活动名称", "时间"], ["30", "清明祭扫，", "2020年4月4日"], ["", "并座谈", ""]]
    (found,) = align(document("活动情况表", "填报单位：源汇区团委", grid(rows)), all_layouts, 2020)
    (row,) = found.rows
    assert "清明祭扫，\n并座谈" in {reading.value for reading in row.readings}
    assert "text_joined" in codes(found)
    rows = [
        ["活动名称", "时间", "人数"],
        ["清明祭扫，", "2020年4月4日", "30"],
        ["并座谈（续）", "", ""],
        ["植树", "", ""],
    ]
    (found,) = align(document("活动情况表", "填报单位：源汇区团委", grid(rows)), all_layouts, 2020)
    assert len(found.rows) == 2
