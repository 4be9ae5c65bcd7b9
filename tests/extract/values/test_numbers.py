"""Numbers as people write them, and the doubts that belong to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values.numbers import chinese_value, read_number


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        *(
            ("12", 12),
            ("１２", 12),
            ("12人", 12),
            ("12 人", 12),
            ("共12人", 12),
            ("合计：12人", 12),
            ("共（ 12 ）人", 12),
            ("12人次", 12),
            ("12名", 12),
        ),
        *(
            ("十二", 12),
            ("十二人", 12),
            ("一百零五", 105),
            ("一百二十人", 120),
            ("两万", 20000),
            ("廿五", 25),
        ),
        *(
            ("1,200", 1200),
            ("1,\n200", 1200),  # broken by a narrow cell
            ("1，200人", 1200),
            ("1.2万", 12000),
            ("3.0", 3),
            ("0", 0),
            ("零", 0),
            ("走访12人。", 12),
            ("13（人）", 13),
            ("13 (人次)", 13),
            ("1\u200b2人", 12),
            ("12\u00ad", 12),
            ("①12", 12),
            ("⑫", 12),
            ("3人。；", 3),
        ),
        *((" 12\n", 12), ("二〇", 20), ("壹拾贰", 12)),
    ],
)
def test_plain_numbers(raw: str, value: int) -> None:
    """Read a plain number without doubt."""
    reading = read_number("人数", raw, whole=True)
    assert (reading.value, reading.doubts) == (value, ())
    assert isinstance(reading.value, int)


@pytest.mark.parametrize("raw", ["", " ", "无", "/", "——", "____", "暂无", "没有"])
def test_nothing_filled_in(raw: str) -> None:
    """Read strokes and 无 as none, without doubt."""
    reading = read_number("人数", raw, whole=True)
    assert (reading.value, reading.doubts) == (None, ())


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("约20", 20, "number_approximate"),
        ("20余人", 20, "number_approximate"),
        ("20多人", 20, "number_approximate"),
        ("二三十人", 20, "number_approximate"),
        ("十五六人", 15, "number_approximate"),
        ("几十人", 10, "number_approximate"),
        ("3-5", 3, "number_range"),
        ("3至5人", 3, "number_range"),
        ("37（其中专职5）", 37, "number_several"),
        ("3人，5人", 3, "number_several"),
        ("不详", None, "number_unclear"),
        ("3个支部", 3, "number_unclear"),
        ("2.5", 2.5, "number_fraction"),
    ],
)
def test_doubtful_numbers(raw: str, value: float | None, code: str) -> None:
    """Doubt what is not one plain number, with the first number or none."""
    reading = read_number("人数", raw, whole=True)
    assert (reading.value, [doubt.code for doubt in reading.doubts]) == (value, [code])


def test_a_fraction_is_sound_where_numbers_may_have_one() -> None:
    """Take a fraction where no integer is asked for."""
    assert read_number("金额", "2.5", whole=False).doubts == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十", 20),
        ("一百五", 150),
        ("一千零一", 1001),
        ("三千五百", 3500),
        ("一万二", 12000),
        ("一百零五", 105),
        ("二〇二〇", 2020),
        ("十十", None),
    ],
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    """Read Chinese numerals as they are said."""
    assert chinese_value(text) == value


@given(st.integers(0, 10**9), st.sampled_from(("{}", "{}人", "共{}名", " {} ")))
def test_every_number_is_read_back(number: int, shape: str) -> None:
    """Read every number in the usual spellings."""
    reading = read_number("人数", shape.format(number), whole=True)
    assert (reading.value, reading.doubts) == (number, ())


@given(st.text("0123456789.,，-—至约几十百千万亿二两零人名余（）/无 ", max_size=12))
def test_any_text_is_a_number_or_a_doubt_or_nothing(raw: str) -> None:
    """Never fail, and never pass over a text that says something."""
    reading = read_number("人数", raw, whole=True)
    assert reading.value is not None or reading.doubts or not raw.strip(" /—-无")


def test_a_share_is_no_count() -> None:
    """Doubt per cent where people are counted; a number may be one."""
    assert [doubt.code for doubt in read_number("人数", "50%", whole=True).doubts] == ["number_unclear"]
    assert read_number("比例", "50%", whole=False).doubts == ()


@pytest.mark.parametrize(("text", "value"), [("3千", 3000), ("5百人", 500), ("2万", 20000)])
def test_digits_before_a_chinese_unit(text: str, value: int) -> None:
    """Count the unit that follows digits."""
    reading = read_number("人数", text, whole=True)
    assert (reading.value, reading.doubts) == (value, ())


def test_a_number_in_groups_of_three_is_read_whole_and_doubted() -> None:
    """Read 1 047 as one number, for it could be two."""
    reading = read_number("人数", "1 047", whole=True)
    assert (reading.value, [doubt.code for doubt in reading.doubts]) == (1047, ["number_several"])
