"""Which label leads to which field."""

from __future__ import annotations

import pytest

from extract import align
from tests.extract.neutral import LAYOUTS, TOURS, VISITS, codes, document, grid, values


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("存在问题", "观摩点存在问题"),
        ("观摩点存在的问题", "观摩点存在问题"),
        ("观摩点工作的亮点", "观摩点亮点工作"),
        ("4.观摩点亮点工作：", "观摩点亮点工作"),
        ("整改的措施", "整改措施"),
        ("参加观摩的人员名单", "参加观摩人员"),
    ],
)
def test_reworded_labels(label: str, path: str) -> None:
    """Find the field under another wording of its label."""
    known = {
        "组织观摩部室": "宣传部",
        "参加观摩人员": "全体",
        "观摩点及观摩内容": "村",
        "观摩点亮点工作": "亮",
    }
    known.pop(path, None)
    rows = [*([name, answer] for name, answer in known.items()), [label, "这里是内容"]]
    (found,) = align(document(TOURS, grid(rows)), LAYOUTS)
    assert values(found) == {**known, path: "这里是内容"}


def test_a_guess_is_doubted() -> None:
    """Say so when a label is less than sure."""
    (found,) = align(
        document(TOURS, grid([["组织观摩部室", "宣传部"], ["整改落实情况与措施", "内容"]])), LAYOUTS
    )
    read = values(found)
    assert read.get("整改措施") != "内容" or "label_guessed" in codes(found)
    assert "内容" in str(read) or any("内容" in item.text for item in found.leftover)


def test_order_decides_between_labels_that_mean_two_fields() -> None:
    """Tell 工作亮点 and 存在问题 of the two forms apart by the form they stand in."""
    rows = [
        ["走访形式", "座谈"],
        ["工作开展情况", "好"],
        ["工作亮点", "亮"],
        ["存在问题", "少"],
        ["帮扶措施", "帮"],
    ]
    (found,) = align(document(VISITS, grid(rows)), LAYOUTS)
    assert values(found) == {
        "走访形式": "座谈",
        "基层团组织工作开展情况": "好",
        "基层团组织工作亮点": "亮",
        "基层团组织工作存在问题": "少",
        "帮扶措施及成效": "帮",
    }


def test_rows_in_another_order() -> None:
    """Read a form whose rows were moved about."""
    rows = [["整改措施", "改"], ["参加观摩人员", "全体"], ["组织观摩部室", "宣传部"]]
    (found,) = align(document(TOURS, grid(rows)), LAYOUTS)
    assert values(found) == {"整改措施": "改", "参加观摩人员": "全体", "组织观摩部室": "宣传部"}
