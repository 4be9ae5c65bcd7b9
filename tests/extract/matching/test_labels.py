"""Labels as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.matching.labels import Target, Vocabulary, likeness, spellings
from extract.spelling import squeeze

HERE = Target(0, 0)
THERE = Target(0, 1)
SIGNS = [("qq", Target(0, 3)), ("-^", Target(0, 4)), ("]", Target(0, 5))]
WORDS = Vocabulary(
    [("姓名", HERE), ("存在问题", THERE), ("单位", Target(0, 2)), ("单位", Target(1, 5)), *SIGNS]
)


@pytest.mark.parametrize(
    "text",
    [
        "姓名",
        "姓  名：",
        "姓名\nName",
        "姓名/Name",
        "【姓名】（必填）",
        "※姓名（必填）/Name：",
        "姓名（必填）（限10字）",
        "1.姓名",
        "1 姓名",
        "一、姓名",
        "（1）姓名:",
        "姓名（必填）",
        "★姓名",
        "①姓名",
        "姓名（必填）：",
    ],
)
def test_a_label_under_its_spellings(text: str) -> None:
    """Know a label with number, colon, or a note behind it."""
    assert WORDS.exact(text) == (HERE,)


@pytest.mark.parametrize("text", ["", "名", "姓名王", "姓名：Tom", "姓名" * 60, "王小明"])
def test_what_is_no_label(text: str) -> None:
    """Know nothing else."""
    assert WORDS.exact(text) == ()


def test_a_word_may_stand_for_several_labels() -> None:
    """Give all that a spelling may stand for."""
    assert WORDS.exact("单位") == (Target(0, 2), Target(1, 5))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("姓名：王小明", ["姓名："]),
        ("*姓名\t王小明\t*单位\t某校", ["*姓名", "*单位"]),
        ("姓 名:王小明，单位：某校", ["姓 名:", "单位："]),
        ("一、存在问题：无", ["一、存在问题："]),
        ("姓名 王小明", ["姓名"]),
        ("他的姓名是王小明", []),
        ("解决存在问题", []),
        ("第一行\n姓名：王小明", ["姓名："]),
        ("姓名\u3000王小明", ["姓名"]),
        ("ｑｑ：1，qq:2", ["ｑｑ：", "qq:"]),
        ("-^：王小明，]：3", ["-^：", "]："]),
    ],
)
def test_labels_inside_of_texts(text: str, found: list[str]) -> None:
    """Find labels that a colon, a blank, or the start of a line sets off."""
    assert [text[label.start : label.end].strip() for label in WORDS.inside(text)] == found


@pytest.mark.parametrize(
    ("name", "text", "like"),
    [
        ("观摩点亮点工作", "观摩点工作亮点", True),
        ("基层团组织工作存在问题", "存在问题", True),
        ("姓名", "走访形式", False),
        ("", "姓名", False),
    ],
)
def test_likeness(name: str, text: str, like: bool) -> None:
    """Find reordered and shortened labels alike, others not."""
    assert (likeness(name, text) >= 0.55) is like


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_a_share(name: str, text: str) -> None:
    """Keep within 0 and 1, and find nothing more like a text than itself."""
    assert 0 <= likeness(name, text) <= 1
    assert not name or likeness(name, name) == 1


@given(st.text(max_size=20))
def test_spellings_begin_with_the_whole(text: str) -> None:
    """Give the squeezed text first and none twice."""
    found = spellings(text)
    assert found[0] == squeeze(text)
    assert len(set(found)) == len(found)


def test_a_label_inside_of_a_text_in_traditional_characters() -> None:
    """Find 單位 before a colon as 单位."""
    assert [found.targets for found in WORDS.inside("單位：甲")] == [(Target(0, 2), Target(1, 5))]
