"""Answers that stand in brackets behind their label."""

from __future__ import annotations

from tests.extract.neutral import VISITS, codes, grid, one, values


def test_an_answer_in_brackets_behind_its_label_is_taken_aloud() -> None:
    """Take 走访形式（座谈交流） over an empty place for the answer; an instruction, or a note beside an answer, is none."""
    found = one(VISITS, grid([["姓名", "甲", "单位职务", "乙"], ["走访形式（座谈交流）", "", None, None]]))
    assert (values(found)["走访形式"], codes(found)) == ("座谈交流", {"position_guessed"})
    asked = one(VISITS, grid([["姓名", "甲", "单位职务", "乙"], ["走访形式（请填写）", "", None, None]]))
    assert "走访形式" not in values(asked)
    beside = one(
        VISITS, grid([["姓名", "甲", "单位职务", "乙"], ["走访形式（座谈交流）", "走访", None, None]])
    )
    assert (values(beside)["走访形式"], codes(beside)) == ("走访", set())


def test_a_name_with_the_year_in_it_and_a_day_in_brackets_are_answers() -> None:
    """Take （青年志愿者协会） and a whole day; （年月日） and （每月） tell how to fill the form in."""
    found = one(
        VISITS, grid([["姓名", "甲", "单位职务（青年志愿者协会会长）", ""], ["走访形式", "座谈", None, None]])
    )
    assert values(found)["单位职务"] == "青年志愿者协会会长"
    asked = one(
        VISITS, grid([["姓名", "甲", "单位职务（每月）", ""], ["走访形式（年月日）", "", None, None]])
    )
    assert not {"单位职务", "走访形式"} & values(asked).keys()
