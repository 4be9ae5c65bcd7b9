"""Days that date a form without a label beside them: under it, or in the line below the label."""

from __future__ import annotations

from datetime import date

from tests.extract.neutral import TOURS, codes, grid, one, values


def test_a_day_under_the_form_dates_it_aloud() -> None:
    """Take a date that stands alone among the last lines where none has a label; a label's own date goes before."""
    table = grid([["组织观摩部室", "宣传部"], ["参加观摩人员", "全体"], ["整改措施", "无"]])
    found = one(TOURS, table, "市委宣传部", "2020、7、8")
    assert values(found)["填表时间"] == date(2020, 7, 8)
    assert codes(found) == {"position_guessed"}
    dated = one(TOURS, "填表时间：2020年7月1日", table, "2020年7月8日")
    assert values(dated)["填表时间"] == date(2020, 7, 1)
    assert "填表时间" not in values(one("2020年7月8日", TOURS, table))


def test_a_date_in_the_line_below_its_label() -> None:
    """Read 填表时间： and the date in the next line, without a doubt."""
    table = grid([["组织观摩部室", "宣传部"], ["参加观摩人员", "全体"], ["整改措施", "无"]])
    found = one(TOURS, "填表时间：", "2020年7月8日", table)
    assert (values(found)["填表时间"], codes(found)) == (date(2020, 7, 8), set())
