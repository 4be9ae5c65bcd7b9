"""Lists whose rows are lines with tabs."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import Layouts, align, layouts_of
from forms import Field, FieldKind, RowGroup
from tests.extract.conftest import activities
from tests.extract.neutral import VISITS, document, one, values

HEAD = "活动名称\t时间\t人数"


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Layouts:
    """Return the layout of a form whose activities have a half of the day to tick."""
    fields = (
        Field(path="活动名称"),
        Field(path="时间", kind=FieldKind.CHOICE, choices=("上午", "下午")),
        Field(path="人数", kind=FieldKind.INTEGER),
    )
    form = activities(Path(tmp_path_factory.mktemp("halves")))
    groups = (RowGroup(name="活动", fields=fields),)
    return layouts_of((form.model_copy(update={"groups": groups}),))


@pytest.mark.parametrize(
    "lines",
    [
        [HEAD, "植树\t上午\t12", "祭扫\t下午\t15"],
        ["序号\t" + HEAD, "1\t植树\t☑上午", "□下午\t12", "2\t祭扫\t[ ]上午", "[√]下午\t15"],
        [
            "时间\t活动名称\t人数",
            "[√]上午",
            "[ ]下午\t植树\t12",
            "[ ]上午",
            "[√]下午\t祭扫\t15",
            "□上午",
            "□下午",
        ],
        [HEAD, "植树\t☑上午", "□下午\t12", "祭扫\t□上午", "☑下午\t15", "\t□上午", "□下午\t"],
    ],
)
def test_rows_typed_with_tabs_are_entries(halves: Layouts, lines: list[str]) -> None:
    """Read each line under the header as an entry, with options that take a line each."""
    (found,) = align(document("活动情况表", "填报单位：源汇区团委", *lines, "单位负责人：王一"), halves, 2020)
    told = [{reading.field: reading.value for reading in row.readings} for row in found.rows]
    days = [
        {"活动名称": "植树", "时间": "上午", "人数": 12},
        {"活动名称": "祭扫", "时间": "下午", "人数": 15},
    ]
    assert told[:2] == days
    assert [item.text for item in found.leftover] == ["单位负责人：王一"]


def test_tabs_without_a_header_of_the_form_are_no_list(halves: Layouts) -> None:
    """Leave lines with tabs alone whose first one names nothing of the form."""
    (found,) = align(document("活动情况表", "填报单位：源汇区团委", "甲\t乙\t丙", "丁\t戊\t己"), halves, 2020)
    assert not found.rows


def test_a_row_behind_an_empty_cell_ends_the_answer_above_and_has_its_own_label() -> None:
    """Know a line that begins with a tab as a row: its reworded label, or one that no form knows."""
    lines = [
        "姓名：甲",
        "走访形式：座谈",
        "\t基层团组织工作亮点\t好。",
        "台账齐全。",
        "\t工作中存在的问题\t经费少。",
        "\t联系方式\t0395-0000584",
    ]
    found = one(VISITS, *lines)
    assert values(found)["基层团组织工作亮点"] == "好。\n台账齐全。"
    assert values(found)["基层团组织工作存在问题"] == "经费少。"
    assert [item.text for item in found.leftover] == ["联系方式\t0395-0000584"]
