"""The levels of a draft: what numbering says, where a run-in heading ends, and that every character stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generate.standard.levels import Passage, level_of, passage, passages


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、主要内容", 1),
        ("十二、附则", 1),
        ("（一）强基扩面工程", 2),
        ("(三)半角括号", 2),
        ("1.巩固学校共青团组织建设", 3),
        ("3.2020年各县区建立3个以上标准化团员活动室", 3),
        ("3.5%的增长", 0),
        ("（1）细目", 4),
        ("2020年7月3日", 0),
        ("各县区团委参照本方案执行", 0),
    ],
)
def test_numbering_says_the_level(line: str, level: int) -> None:
    assert level_of(line) == level


def test_run_in_heading_ends_at_the_first_full_stop() -> None:
    assert passage("（一）加强领导。各单位要高度重视。") == Passage(
        2, "（一）加强领导。", "各单位要高度重视。"
    )
    assert passage("一、主要内容") == Passage(1, "一、主要内容")


def test_markdown_marks_say_the_level_where_no_number_does() -> None:
    assert passage("## （一）强基扩面工程") == Passage(2, "（一）强基扩面工程")
    assert passage("# 总体要求") == Passage(1, "总体要求")


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="#"), min_size=1)))
def test_every_character_of_a_draft_is_kept(lines: list[str]) -> None:
    kept = [item.text for item in passages("\n".join(lines))]
    assert kept == [line for line in lines if line.strip()]
