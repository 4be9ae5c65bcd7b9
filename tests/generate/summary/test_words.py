"""Words that all chapters of the summary share."""

from __future__ import annotations

import pytest

from generate.summary.words import numeral


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (100, "一百"),
        (103, "一百零三"),
        (117, "一百一十七"),
    ],
)
def test_headings_count_in_chinese(number: int, word: str) -> None:
    assert numeral(number) == word
