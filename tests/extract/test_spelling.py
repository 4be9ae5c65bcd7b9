"""Texts for comparing only: one spelling for what a person reads as one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.spelling import simplified, squeeze


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("姓  名", "姓名"),
        ("姓　名", "姓名"),
        ("姓\n名", "姓名"),
        ("ＱＱ号：", "qq号:"),
        ("姓\u200b名", "姓名"),
        ("單位職務", "单位职务"),
        ("", ""),
    ],
)
def test_squeezing(text: str, squeezed: str) -> None:
    """Drop blanks of every kind, width and case, for comparing."""
    assert squeeze(text) == squeezed


@given(st.text(max_size=40))
def test_a_simplified_text_is_as_long_as_it_was(text: str) -> None:
    """Places found in one are places in the other."""
    assert len(simplified(text)) == len(text)
