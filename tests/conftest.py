"""What holds for all tests."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# a machine that does something else at the same time draws its examples slowly: that is no fault of the code
settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anywhere")


@pytest.fixture
def hold_open(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Return what fills a file and holds it as WPS does on Windows: nothing can be put in its place."""

    def hold(path: Path) -> None:
        path.write_bytes(b"open in WPS")
        replace = os.replace

        def locked(source: Path, target: Path) -> None:
            if Path(target).absolute() == path.absolute():
                raise PermissionError(13, "locked")
            replace(source, target)

        monkeypatch.setattr(os, "replace", locked)

    return hold
