"""Names of people: one, or several beside each other."""

from __future__ import annotations

import pytest

from extract.values.persons import are_several


@pytest.mark.parametrize(
    "text",
    [
        "李平、王芳",
        "李平 王芳",
        "谢浩然 褚庆舟",
        "李平\n王芳",
        "李平和王芳",
        "李 平，王芳",
        "李平，买买提·艾力",
    ],
)
def test_several_people(text: str) -> None:
    """Tell two names apart, whatever stands between them."""
    assert are_several(text)


@pytest.mark.parametrize(
    "text",
    ["李 平", "李和平", "欧阳 娜娜", "买买提 艾力", "买买提·艾力", "李平（书记）", "李平 13800000000", ""],
)
def test_one_person(text: str) -> None:
    """Take a name with a blank in it, or with something beside it, for one."""
    assert not are_several(text)
