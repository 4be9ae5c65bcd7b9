"""Periods in file names, titles and lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.values.periods import find_period
from forms import Cadence, Period


@pytest.mark.parametrize(
    ("text", "cadence", "code"),
    [
        *(
            ("2020年7月", Cadence.MONTHLY, "2020-07"),
            ("7月份走基层", Cadence.MONTHLY, "2020-07"),
            ("202007", Cadence.MONTHLY, "2020-07"),
        ),
        *(
            ("2020-07", Cadence.MONTHLY, "2020-07"),
            ("十二月", Cadence.MONTHLY, "2020-12"),
            ("２０２０年７月", Cadence.MONTHLY, "2020-07"),
        ),
        *(
            ("20200708", Cadence.MONTHLY, "2020-07"),
            ("2020年第三季度", Cadence.QUARTERLY, "2020-Q3"),
            ("三季度", Cadence.QUARTERLY, "2020-Q3"),
        ),
        *(
            ("2020Q4", Cadence.QUARTERLY, "2020-Q4"),
            ("2020年8月3日", Cadence.QUARTERLY, "2020-Q3"),
            ("第27周", Cadence.WEEKLY, "2020-W27"),
        ),
        *(
            ("2020—2021学年第一学期", Cadence.TERMLY, "2020-S1"),
            ("2020年度", Cadence.YEARLY, "2020"),
            ("走基层报告单", Cadence.MONTHLY, None),
        ),
        *(
            ("6月和7月", Cadence.MONTHLY, None),
            ("13月", Cadence.MONTHLY, None),
            ("第六季度", Cadence.QUARTERLY, None),
            ("建工2002班", Cadence.YEARLY, None),
        ),
    ],
)
def test_periods_in_texts(text: str, cadence: Cadence, code: str | None) -> None:
    """Find the one period that a text names."""
    found = find_period(text, cadence, 2020)
    assert (str(found) if found else None) == code


def test_a_month_without_any_year_is_none() -> None:
    """Guess no year where none is given."""
    assert find_period("7月", Cadence.MONTHLY, None) is None


@given(st.text("0123456789年月日第一二三四季度周学期Qq-.—上下 ", max_size=14), st.sampled_from(Cadence))
def test_any_text_names_a_period_of_the_cadence_or_none(text: str, cadence: Cadence) -> None:
    """Never fail, and never answer with another cadence."""
    found = find_period(text, cadence, 2020)
    assert found is None or found.cadence is cadence


@pytest.mark.parametrize("code", ["2020-07", "2020-Q4", "2017-S2", "2020-AY", "2020", "2020-W27"])
def test_the_name_that_a_blank_goes_out_with_tells_its_period(code: str) -> None:
    """Read back what a file is called, whatever the year of the work."""
    period = Period.parse(code)
    for year in (period.year, period.year + 1, 2019):
        assert find_period(f"联系对象登记表（{period.label}）.docx", period.cadence, year) == period
