"""Title lines: balanced, no lone character, broken where words end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generate.standard.titles import title_lines, width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("团干部走基层情况报告单", ("团干部走基层情况报告单",)),
        (
            "关于印发《关于在全市团组织中开展活力团建工作的实施方案》的通知",
            ("关于印发《关于在全市团组织中", "开展活力团建工作的实施方案》的通知"),
        ),
        (
            "关于在全市团组织中开展活力团建工作的实施方案",
            ("关于在全市团组织中开展", "活力团建工作的实施方案"),
        ),
        ("作者自己\n分的行", ("作者自己", "分的行")),
    ],
)
def test_known_titles(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title) == lines


@given(st.text("关于印发开展全市团组织工作的通知《》、，（）2020", min_size=1, max_size=60))
def test_lines_keep_every_character_and_never_leave_one_alone(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    if len(lines) > 1:
        assert min(len(line) for line in lines) > 1
        assert max(map(width, lines)) <= 20
        assert not any(line[0] in "、，》）" for line in lines[1:])
