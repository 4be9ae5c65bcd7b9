"""A total that is not the sum of its parts is a doubt, named with both; where the form says nothing, nothing is asked."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from forms import Field, Form, sum_doubts

_NAMES = ("走访人数.团干部", "走访人数.团员青年", "走访人数.合计")
FIELDS = [Field.model_validate({"path": path, "类型": "整数"}) for path in _NAMES]


def test_a_total_under_its_own_label_is_the_sum_of_the_numbers_beside_it() -> None:
    """The doubt tells the parts and their sum; a right total, or one without parts, has none."""
    (doubt,) = sum_doubts(FIELDS, dict(zip(_NAMES, (3, 20, 32), strict=True)))
    assert (doubt.code, doubt.field) == ("sum_mismatch", "走访人数.合计")
    assert doubt.message == "“走访人数.合计”填的是32，各项（团干部3、团员青年20）加起来是23"
    for numbers in ((3, 20, 23), (None, 23, 23), (None, None, 23), (3, 20, None)):
        assert list(sum_doubts(FIELDS, dict(zip(_NAMES, numbers, strict=True)))) == []


def test_the_form_may_name_the_parts_or_say_that_there_are_none() -> None:
    """各项 goes before what the labels suggest: 发出 = 收回 + 未收回, and a 合计 that is none."""
    named = [Field.model_validate({"path": p, "类型": "整数"}) for p in ("收回", "未收回")]
    named.append(Field.model_validate({"path": "发出", "类型": "整数", "各项": ["收回", "未收回"]}))
    assert [d.field for d in sum_doubts(named, {"收回": 80, "未收回": 5, "发出": 100})] == ["发出"]
    silent = [*FIELDS[:2], FIELDS[2].model_copy(update={"parts": ()})]
    assert list(sum_doubts(silent, dict(zip(_NAMES, (3, 20, 32), strict=True)))) == []


def test_a_part_that_the_form_does_not_have_is_a_mistake_in_the_form() -> None:
    """The message names the field and the part."""
    fields = [{"path": "发出", "类型": "整数", "各项": ["收会"]}]
    with pytest.raises(ValidationError, match="“发出”的“各项”里写了“收会”，没有这一栏"):
        Form.model_validate({"名称": "表", "模板": "表.docx", "字段": fields})
