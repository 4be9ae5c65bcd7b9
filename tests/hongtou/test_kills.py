"""The command line itself is killed, and two of them run at once: nothing is lost, nothing doubled.

``python -m tests.kills --count 100`` does the same a hundred times.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import kills


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[object, ...]]:
    """Return a work to collect, and what an undisturbed run makes of it."""
    return kills.prepared(tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_collect_and_another_give_the_undisturbed_ledger(
    prepared: tuple[Path, tuple[object, ...]], seed: int
) -> None:
    """A sound ledger at the moment of the kill, the whole one after the next run."""
    found = kills.trial(*prepared, random.Random(seed))  # noqa: S311 - repeatable, not secret
    assert found.sound
    assert found.equal


def test_two_collecting_at_once_give_the_union(
    prepared: tuple[Path, tuple[object, ...]], tmp_path: Path
) -> None:
    """One collects, the other is told who does (status 4) or finds all done; together nothing is lost or doubled."""
    base, undisturbed = prepared
    folder = tmp_path / "two"
    shutil.copytree(base, folder)
    both = [
        subprocess.Popen(kills.command(folder), cwd=kills.ROOT, stderr=subprocess.PIPE)  # noqa: S603 - ours
        for _ in range(2)
    ]
    told = [process.communicate()[1].decode() for process in both]
    ended = sorted(process.returncode for process in both)
    assert ended in ([0, 4], [0, 0]), told
    assert any("台账正被" in text for text in told) == (4 in ended)
    assert kills.sound(folder)[1]
    assert kills.state(folder) == undisturbed
    assert kills.run(folder) == 0
    assert kills.state(folder) == undisturbed
