"""What a number format shows is read where it says more, or less, than the value of the cell."""

from __future__ import annotations

from datetime import date

import pytest

from extract.readers.excel.numberformats import displayed, telling


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (724, "00000000", "00000724"),
        (13800001234, r"000\-0000\-0000", "138-0000-1234"),
        (1234567, "0000", "1234567"),
        (12, '0"人"', "12人"),
        (3.5, '0.0"万元"', "3.5万元"),
        (7, '"第"0"期"', "第7期"),
        (7, 'G/通用格式"届"', "7届"),
        (0.925, "0.00%", "92.5%"),
        (1, '[=1]"是";[=0]"否";', "是"),
        (0, '[=1]"是";[=0]"否";', "否"),
        ("2020", '@"级"', "2020级"),
        (date(2020, 9, 1), 'yyyy"年"m"月"', "2020年9月"),
        (date(2020, 9, 1), "[$-804]yyyy/m;@", "2020年9月"),
        (date(2020, 9, 1), 'yyyy"年"', "2020年"),
        (date(2020, 9, 1), 'm"月"', "9月"),
    ],
)
def test_what_is_seen_is_more_than_the_value(value: object, code: str, shown: str) -> None:
    assert telling(code)
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (12345.5, "#,##0.00"),
        (12345.5, '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ '),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '),
        (12, "[DBNum1][$-804]General"),
        (35000, "0!.0,"),
        (True, '0"人"'),
        ("张三", '0"人"'),
        (date(2020, 9, 15), 'yyyy"年"m"月"d"日"'),
        (date(2020, 9, 15), 'm"月"d"日"'),
    ],
)
def test_the_value_is_told_as_it_is(value: object, code: str) -> None:
    assert displayed(value, code) is None
