"""Every file of the hostile set ends as it must: the good ones with exact values, the others refused by their true cause."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

import templates
from extract import Extractor, as_json
from forms import load_forms

from .case import VALUES, Case
from .everything import CASES

FEWEST = 100


@dataclass(frozen=True, slots=True)
class _Bytes:
    data: bytes

    def read_bytes(self) -> bytes:
        return self.data


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_forms(templates.CATALOGUE))


def check(case: Case, lines: list[dict[str, object]]) -> None:
    """Assert that the JSON ``lines`` of a file are what must become of ``case``."""
    told = [(line["status"], line.get("reason")) for line in lines]
    read = [line for line in lines if line["status"] in ("accepted", "review")]
    if case.passed:
        assert {status for status, _ in told} == {"ignored"}, told
    elif case.told:
        assert not read, told
        assert any(status == "rejected" and re.search(case.told, str(why)) for status, why in told), told
    else:
        assert len(read) == 1, told
        values = read[0]["values"]
        assert isinstance(values, dict)
        assert {path: values[path]["value"] for path in VALUES} == {**VALUES, **case.other}
        issues = read[0]["issues"]
        assert isinstance(issues, list)
        assert set(case.flags) <= {issue["code"] for issue in issues}


def test_the_set_is_large_and_mixed() -> None:
    """At least a hundred files, good ones between them, none twice."""
    assert len({case.name for case in CASES}) == len(CASES) >= FEWEST
    assert sum(not case.told and not case.passed for case in CASES) > FEWEST // 4


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_ends_as_it_must(case: Case, extractor: Extractor) -> None:
    """In one process, without the limits that the command line puts around it."""
    records = extractor.file(_Bytes(case.make()), case.name)
    check(case, [as_json(record) for record in records])
