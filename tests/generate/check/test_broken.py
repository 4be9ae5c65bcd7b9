"""The checker in both directions: nothing on a correct document, exactly the one rule on one broken in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generate.check import check
from generate.profile import shipped

from .broken import BROKEN
from .making import correct, opened


@pytest.fixture(scope="session")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return correct(tmp_path_factory.mktemp("correct"))


def test_nothing_is_found_on_a_correct_document(right: Path) -> None:
    verdict = check(right)
    assert verdict.official
    assert verdict.findings == ()


@pytest.mark.parametrize("name", BROKEN)
def test_exactly_the_broken_rule_is_found(name: str, right: Path, tmp_path: Path) -> None:
    rule, change = BROKEN[name]
    document = opened(right)
    change(document)
    path = tmp_path / f"{name}.docx"
    document.save(str(path))
    found = check(path).findings
    assert [item.rule for item in found] == [rule], [item.message for item in found]
    (only,) = found
    assert only.clause == shipped().rule(rule).clause
    assert all((only.place, only.found, only.expected, only.mend))
