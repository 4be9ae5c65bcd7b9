"""The samples as ``hongtou new`` makes them, each built once for all tests; nobody changes these folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from hongtou.root import root

Built = Callable[[str], Path]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the work folder of a sample by its name, to be looked at or copied."""
    folder = tmp_path_factory.mktemp("samples")

    def make(name: str) -> Path:
        target = folder / name
        if not target.exists():
            made = CliRunner().invoke(root, ["new", str(target), "--sample", name])
            assert made.exit_code == 0, made.output
        return target

    return make
