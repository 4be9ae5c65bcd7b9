"""From text to typed values."""

from __future__ import annotations

from datetime import date

import pytest

from extract import Look
from extract.values.fields import Answer, read_value, tidy
from forms import Field, FieldKind, Place, Scalar

PLACE = Place("表1", 1, 2, 1)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.TEXT, " 甲 \n乙\u3000\n\n", "甲\n乙"),
        (FieldKind.TEXT, "无", "无"),
        (FieldKind.TEXT, "____", None),
        (FieldKind.TEXT, " / ", None),
        (FieldKind.TEXT, "", None),
        (FieldKind.TEXT, "XXXX", None),
        (FieldKind.TEXT, "__座谈__", "座谈"),
        (FieldKind.TEXT, "（不超过300字）", None),
        (FieldKind.TEXT, "（不超过300字）甲村", "（不超过300字）甲村"),
        (FieldKind.TEXT, "（例：甲村）乙村", "（例：甲村）乙村"),
        (FieldKind.PERSON, "__甲__ ", "甲"),
        (FieldKind.INTEGER, "__10__人", 10),
        (FieldKind.INTEGER, "12人", 12),
        (FieldKind.NUMBER, "1.5", 1.5),
        (FieldKind.DATE, "2020年7月8日", date(2020, 7, 8)),
        (FieldKind.PERSON, "王 小明", "王 小明"),
        (FieldKind.PERSON, "——", None),
        (FieldKind.UNIT, "源汇区\n团委", "源汇区 团委"),
        (FieldKind.PHONE, "0395-123 4567", "0395-1234567"),
        (FieldKind.PHONE, "无", None),
        (FieldKind.PHONE, "（0395）1234567转801", "（0395）1234567转801"),
        (FieldKind.PHONE, "138 0000 1234", "13800001234"),
        (FieldKind.PHONE, "１３８００００１２３４", "13800001234"),
        (FieldKind.MONEY, "￥8,100元", 8100),
        (FieldKind.NUMBER, "1.5小时", 1.5),
    ],
)
def test_values_by_kind(kind: FieldKind, text: str, value: Scalar) -> None:
    """Type an answer by the kind of its field, without doubt."""
    reading = read_value(Field(path="栏", kind=kind), Answer(text, text, PLACE), 2020)
    assert (reading.value, reading.raw, reading.place, reading.doubts) == (value, text, PLACE, ())


@pytest.mark.parametrize(
    ("field", "answer", "codes"),
    [
        (Field(path="栏"), Answer("甲乙", "甲", PLACE, struck="乙"), ["struck"]),
        (Field(path="栏"), Answer("", "", PLACE, signs=frozenset([Look.PICTURE])), ["picture"]),
        (Field(path="栏"), Answer("", "", PLACE, signs=frozenset([Look.FORMULA])), ["formula_empty"]),
        (Field(path="栏", kind=FieldKind.INTEGER, minimum=1), Answer("0", "0", PLACE), ["number_bounds"]),
        (Field(path="栏", kind=FieldKind.INTEGER, maximum=5), Answer("6", "6", PLACE), ["number_bounds"]),
        (Field(path="栏", kind=FieldKind.PHONE), Answer("12", "12", PLACE), ["phone_unclear"]),
        *(
            (Field(path="栏", kind=FieldKind.PHONE), Answer(number, number, PLACE), ["phone_unclear"])
            for number in ("132200051311", "23080001615", "1825000251", "12080001615")
        ),
        (Field(path="栏"), Answer("联系电话", "联系电话", PLACE), ["value_label"]),
        (Field(path="栏", kind=FieldKind.PERSON), Answer("甲单位：乙", "甲单位：乙", PLACE), ["value_label"]),
        (
            Field(path="姓名", kind=FieldKind.PERSON),
            Answer("李平\n王芳", "李平\n王芳", PLACE),
            ["person_several"],
        ),
        (Field(path="联系人", kind=FieldKind.PERSON), Answer("李平、王芳", "李平、王芳", PLACE), []),
    ],
)
def test_doubts(field: Field, answer: Answer, codes: list[str]) -> None:
    """Doubt what a careful person would ask about."""
    assert [doubt.code for doubt in read_value(field, answer, 2020).doubts] == codes


@pytest.mark.parametrize(
    ("text", "tidied"),
    [("  甲", "甲"), ("甲 \n  乙 ", "甲\n  乙"), ("\n\n甲\n\n乙\n", "甲\n\n乙"), (" \u3000\n", "")],
)
def test_tidying(text: str, tidied: str) -> None:
    """Take blanks off the ends of lines and of the whole, and change nothing else."""
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("text", "name"),
    [("陈\n知夏", "陈知夏"), ("陈知\n夏", "陈知夏"), ("陈 知夏", "陈 知夏"), ("陈念\n李晓", "陈念 李晓")],
)
def test_a_name_broken_by_a_narrow_cell_is_whole(text: str, name: str) -> None:
    """No name is one character; two of two are two."""
    field = Field(path="姓名", kind=FieldKind.PERSON)
    assert read_value(field, Answer(text, text, PLACE), None).value == name
