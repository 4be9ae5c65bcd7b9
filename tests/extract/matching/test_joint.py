"""Labels put together in one cell, with their answers beside them in the same way."""

from __future__ import annotations

from tests.extract.neutral import TOURS, codes, grid, one, values


def test_answers_are_dealt_out_as_the_labels_are_put_together() -> None:
    """Part 宣传部 / 全体 for 组织观摩部室/参加观摩人员; one answer for two labels is a guess."""
    rest = [["观摩点亮点工作", "亮"], ["整改措施", "改"]]
    found = one(TOURS, grid([["组织观摩部室/参加观摩人员", "宣传部 / 全体"], *rest]))
    assert (values(found)["组织观摩部室"], values(found)["参加观摩人员"]) == ("宣传部", "全体")
    found = one(TOURS, grid([["组织观摩部室/参加观摩人员", "宣传部全体"], *rest]))
    assert "position_guessed" in codes(found)
