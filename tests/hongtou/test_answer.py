"""A person's answer is typed through its field, or refused with what to write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forms import Field, FieldKind, Form, RowGroup, Unit, Work
from hongtou.answer import AnswerError, field_at, typed

WORK = Work.model_construct(units=(Unit(name="源汇区团委", aliases=("源汇团区委",)),))
FORM = Form(
    name="报告单",
    template=Path("报告单.docx"),
    fields=(
        Field(path="走访人数.团干部", kind=FieldKind.INTEGER, minimum=0, maximum=100),
        Field(path="姓名"),
    ),
    groups=(RowGroup(name="活动", fields=(Field(path="人数", kind=FieldKind.INTEGER),)),),
)


def _field(kind: FieldKind) -> Field:
    return Field(path="某栏", kind=kind, choices=("座谈", "走访"))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.TEXT, " 开展座谈 ", "开展座谈"),
        (FieldKind.TEXT, "无", "无"),
        (FieldKind.TEXT, "", None),
        (FieldKind.INTEGER, "25", 25),
        (FieldKind.INTEGER, "无", None),
        (FieldKind.NUMBER, "2.5", 2.5),
        (FieldKind.DATE, "2020-07-08", date(2020, 7, 8)),
        (FieldKind.DATE, "2020年7月8日", date(2020, 7, 8)),
        (FieldKind.DATE, "2020.7.8", date(2020, 7, 8)),
        (FieldKind.CHOICE, "座谈", "座谈"),
        (FieldKind.CHOICES, "座谈、走访", ("座谈", "走访")),
        (FieldKind.UNIT, "源汇团区委", "源汇区团委"),
        (FieldKind.PHONE, "0000-0000000", "0000-0000000"),
    ],
)
def test_an_answer_becomes_a_value_of_its_field(kind: FieldKind, text: str, value: object) -> None:
    assert typed(_field(kind), text, WORK) == value


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (FieldKind.INTEGER, "二三十", "“某栏”应是整数，写的是“二三十”"),
        (FieldKind.NUMBER, "多", "“某栏”应是数字，写的是“多”"),
        (FieldKind.DATE, "7月8日", "“某栏”应是日期，请写成 2020-07-08，写的是“7月8日”"),
        (FieldKind.DATE, "2020-02-30", "“某栏”应是日期，请写成 2020-07-08，写的是“2020-02-30”"),
        (FieldKind.CHOICE, "电话", "“某栏”没有“电话”这个选项，可选：座谈、走访"),
        (FieldKind.UNIT, "某某县", "“某栏”应是名册里的单位，写的是“某某县”"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused(kind: FieldKind, text: str, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        typed(_field(kind), text, WORK)
    assert str(caught.value) == message


def test_a_number_keeps_to_the_bounds_of_its_field() -> None:
    with pytest.raises(AnswerError) as caught:
        typed(FORM.fields[0], "101", WORK)
    assert str(caught.value) == "“走访人数.团干部”应不小于 0，不大于 100，写的是“101”"


@pytest.mark.parametrize(
    ("path", "row", "message"),
    [
        ("团干部", 0, "《报告单》没有“团干部”这一栏。是不是：走访人数.团干部？"),
        ("性名", 0, "《报告单》没有“性名”这一栏。是不是：姓名？"),
        ("Z", 0, "《报告单》没有“Z”这一栏。可用：走访人数.团干部、姓名"),
        ("人数", 1, "《报告单》没有“人数”这一栏。是不是：活动.人数？"),
    ],
)
def test_an_unknown_field_is_answered_with_the_nearest(path: str, row: int, message: str) -> None:
    with pytest.raises(AnswerError) as caught:
        field_at(FORM, path, row)
    assert str(caught.value) == message


def test_a_field_of_a_group_is_found_by_its_row() -> None:
    assert field_at(FORM, "活动.人数", 2).path == "人数"
