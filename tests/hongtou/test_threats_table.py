"""docs/threats.md names tests and hostile files that exist."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path

import pytest

from tests.hostile.everything import CASES

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ")][2:]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_each_row_leads_to_its_tests(row: str) -> None:
    """A file, a test in the file named last, or a case of the hostile set."""
    last = ""
    named = re.findall(r"`([^`]+)`", row.split("|")[3])
    assert named
    for name in named:
        path, _, test = name.partition("::")
        if name.startswith("python -m"):
            module = ROOT / name.split()[2].replace(".", "/")
            assert module.with_suffix(".py").is_file() or (module / "__main__.py").is_file()
        elif path.endswith(".py") or test:
            last = path or last
            found = ROOT / last if (ROOT / last).is_file() else ROOT / "tests" / last
            assert f"def {test}" in found.read_text(encoding="utf-8"), name
        else:
            assert any(fnmatch.fnmatch(case.name, name) for case in CASES), name
