"""Quotas: what counts, for whom, in which period, and that nothing is left out without a word."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from forms import (
    Cadence,
    Entry,
    Field,
    FieldKind,
    Form,
    GroupRow,
    Issuer,
    Person,
    Place,
    Quota,
    QuotaResult,
    Reading,
    RowGroup,
    Scalar,
    Status,
    Submission,
    Unit,
    Work,
    doubt,
)
from ledger import quotas, shortfall

PLACE = Place("表1", 2, 3)
FORM = Form(
    name="联系台账",
    template=Path("联系台账.docx"),
    fields=(
        Field(path="姓名", kind=FieldKind.PERSON),
        Field(path="应建", kind=FieldKind.INTEGER),
        Field(path="已建", kind=FieldKind.INTEGER),
    ),
    groups=(
        RowGroup(
            name="活动",
            fields=(
                Field(path="日期", kind=FieldKind.DATE),
                Field(path="类型", kind=FieldKind.CHOICE, choices=("团课", "恳谈会")),
                Field(path="对象", kind=FieldKind.TEXT),
                Field(path="人数", kind=FieldKind.INTEGER),
            ),
        ),
    ),
)


def work(**quota: Any) -> Work:
    """Return a work of one school year with two units, three people and one quota."""
    made = Quota.model_validate({"名称": "指标", "表单": FORM.name, "周期": "每学年", **quota})
    return Work(
        name="联系青年",
        first=date(2020, 9, 1),
        last=date(2021, 8, 31),
        issuer=Issuer(name="校团委", mark="校团委文件"),
        quotas=(made,),
        units=(
            Unit(name="机电系", kind="系部"),
            Unit(name="艺术系", kind="系部"),
            Unit(name="团委", kind="机关"),
        ),
        people=(
            Person(name="程远", unit="机电系", kind="专职"),
            Person(name="白雪", unit="艺术系", kind="专职", aliases=("白学",)),
            Person(name="丁浩", unit="艺术系", kind="兼职"),
        ),
        forms=(FORM,),
    )


def reading(path: str, value: Scalar, *, doubtful: bool = False) -> Reading:
    doubts = (doubt("number_approximate", path, raw="三人左右"),) if doubtful else ()
    return Reading(path, value, str(value), PLACE, doubts)


def row(number: int, **values: Scalar) -> GroupRow:
    return GroupRow("活动", number, tuple(reading(path, value) for path, value in values.items()))


def entry(
    number: int, unit: str | None, *rows: GroupRow, period: str | None = "2020-S1", **own: Any
) -> Entry:
    superseded = own.pop("superseded", 0)
    given = tuple(
        value if isinstance(value, Reading) else reading(path, value) for path, value in own.items()
    )
    submission = Submission(FORM.name, unit, period, given, rows)
    moment = datetime.fromisoformat(f"2021-01-10T09:{number:02}")
    return Entry(
        number, f"{number}.docx", "0" * 64, "归档/x", moment, Status.ACCEPTED, submission, (), superseded
    )


def results(made: Work, *entries: Entry, on: date = date(2021, 9, 1)) -> list[QuotaResult]:
    return list(quotas(made, entries, on)[0])


def done(made: Work, *entries: Entry) -> dict[str, float | None]:
    return {result.person or result.unit or "全部": result.done for result in results(made, *entries)}


TALK = {"日期": date(2020, 10, 8), "类型": "团课", "对象": "机电一班", "人数": 40}


def test_rows_that_hold_the_condition_are_counted_for_their_unit() -> None:
    made = work(明细="活动", 条件={"类型": "团课"}, 至少=2)
    first = entry(1, "机电系", row(1, **TALK), row(2, **{**TALK, "类型": "恳谈会"}))
    second = entry(2, "机电系", row(1, **TALK), period="2020-S2")
    mechanics, arts, _ = results(made, first, second)
    assert (mechanics.done, mechanics.met, mechanics.submissions) == (2, True, (1, 2))
    assert (arts.done, arts.met, arts.submissions) == (0, False, ())
    assert (mechanics.required, shortfall(mechanics), shortfall(arts)) == ("至少2", "", "差2")


def test_a_field_is_added_up_and_a_bound_on_a_number_is_a_condition() -> None:
    made = work(明细="活动", 字段="人数", 条件={"人数": "≥30"}, 至少=1, 单位类别="系部")
    few = row(2, **{**TALK, "人数": 12})
    assert done(made, entry(1, "机电系", row(1, **TALK), few, row(3, **TALK))) == {"机电系": 80, "艺术系": 0}


def test_different_answers_are_counted_once() -> None:
    made = work(明细="活动", 算法="不同", 字段="对象", 至少=3, 至多=3)
    rows = [row(n, **{**TALK, "对象": name}) for n, name in enumerate(("一班", "二 班", "二班"), 1)]
    found = results(made, entry(1, "机电系", *rows))[0]
    assert (found.done, found.met, found.required) == (2, False, "3")


def test_people_are_found_by_any_of_their_names_and_several_may_share_a_row() -> None:
    made = work(对象="每人", 人员类别="专职", 至少=1)
    found = done(made, entry(1, "艺术系", 姓名="白 学"), entry(2, "机电系", 姓名="程远、丁浩"))
    assert found == {"程远": 1, "白雪": 1}


def test_the_last_return_tells_what_stands_and_a_ratio_is_in_percent() -> None:
    made = work(字段="已建", 分母="应建", 至少="40%")
    old, new = entry(1, "机电系", 应建=10, 已建=2), entry(2, "机电系", 应建=20, 已建=9, period="2020-S2")
    mechanics, arts, _ = results(made, new, old)
    assert (mechanics.done, mechanics.met, mechanics.submissions) == (45, True, (2,))
    assert (arts.done, arts.met, mechanics.required, shortfall(arts)) == (None, False, "至少40%", "没有数据")
    whole = work(字段="已建", 分母="应建", 至少=40, 对象="全部")
    assert done(whole, old, new, entry(3, "艺术系", 应建=20, 已建=1)) == {"全部": 25}
    latest = work(算法="最新", 字段="已建", 至少=20)
    assert done(latest, old, new) == {"机电系": 9, "艺术系": None, "团委": None}


def test_a_row_counts_in_the_period_of_its_date_where_the_quota_says_so() -> None:
    made = work(明细="活动", 日期栏="日期", 周期="每月", 至少=1, 对象="全部")
    given = entry(1, "机电系", row(1, **TALK), row(2, **{**TALK, "日期": date(2020, 11, 2)}))
    counted = {result.period: result.done for result in results(made, given, on=date(2020, 12, 5))}
    assert counted == {"2020-09": 0, "2020-10": 1, "2020-11": 1, "2020-12": 0}


def test_a_period_that_is_not_over_is_told_apart() -> None:
    made = work(周期="每学期", 至少=1, 对象="全部")
    states = [(r.period, r.met, r.ended) for r in results(made, entry(1, "机电系"), on=date(2021, 3, 1))]
    assert states == [("2020-S1", True, True), ("2020-S2", False, False)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (entry(1, None, row(1, **TALK)), "单位不明"),
        (entry(1, "机电系", row(1, **TALK), period=None), "报送期不明"),
        (entry(1, "机电系", row(1, **{**TALK, "类型": None})), "“类型”没有填"),
        (entry(1, "机电系", row(1, **{**TALK, "人数": None})), "“人数”没有填"),
        (entry(1, "机电系", row(1, **TALK), period="2021-S1"), "算在 2021-AY，不在这项工作已开始的各期之内"),
    ],
)
def test_what_cannot_be_counted_is_told(given: Entry, why: str) -> None:
    made = work(明细="活动", 字段="人数", 条件={"类型": "团课"}, 至少=1)
    counted, gaps = quotas(made, [given], date(2021, 9, 1))
    assert [(gap.submission, gap.row, gap.why) for gap in gaps] == [(1, 1, why)]
    assert {result.done for result in counted} == {0}


def test_a_name_that_the_roster_does_not_have_is_told() -> None:
    made = work(对象="每人", 至少=1)
    _, gaps = quotas(made, [entry(1, "机电系", 姓名="龚鸣"), entry(2, "机电系")], date(2021, 9, 1))
    assert [gap.why for gap in gaps] == ["“龚鸣”不在人员名册里", "“姓名”没有填，不知道算在谁名下"]


def test_a_value_in_doubt_counts_and_is_named() -> None:
    made = work(字段="已建", 至少=1)
    found = results(made, entry(1, "机电系", 已建=reading("已建", 3, doubtful=True)))[0]
    assert (found.done, found.doubtful) == (3, (1,))


def test_a_wording_that_holds_the_wanted_word_counts_in_doubt() -> None:
    made = work(明细="活动", 条件={"对象": "一班"}, 至少=1)
    found = results(made, entry(1, "机电系", row(1, **TALK)))[0]
    assert (found.done, found.doubtful) == (1, (1,))


def test_superseded_and_blank_returns_do_not_count() -> None:
    blank = Submission(FORM.name, "机电系", "2020-S1", doubts=(doubt("unfilled"),))
    empty = Entry(2, "2.docx", "0" * 64, "归档/x", datetime.fromisoformat("2021-01-10"), Status.REVIEW, blank)
    assert done(work(至少=1), entry(1, "机电系", superseded=3), empty)["机电系"] == 0


def test_every_owner_and_period_has_a_line_in_the_order_of_the_roster() -> None:
    found = results(work(周期="每学期", 至少=1))
    assert [(r.unit, r.period) for r in found[:3]] == [
        ("机电系", "2020-S1"),
        ("机电系", "2020-S2"),
        ("艺术系", "2020-S1"),
    ]
    assert len(found) == 6
    assert Cadence.TERMLY.value == "每学期"


def test_what_is_asked_of_one_unit_is_not_told_of_the_others() -> None:
    """Another unit's empty field is nothing that the quota misses."""
    made = work(算法="最新", 字段="已建", 单位="机电系", 至少=3)
    counted, gaps = quotas(made, [entry(1, "机电系", 已建=4), entry(2, "艺术系")], date(2021, 9, 1))
    assert [(result.unit, result.done) for result in counted] == [("机电系", 4)]
    assert gaps == ()
