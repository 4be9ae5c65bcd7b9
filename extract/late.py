"""Functions that are imported when they are first called: a run meets few formats, and to start is a good part of it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(module: str, name: str) -> Callable[..., Any]:
    """Return the function ``name`` of ``module`` (named from ``extract`` on), which is imported with the first call."""

    def called(*given: object) -> object:
        return getattr(import_module(f".{module}", __package__), name)(*given)

    return called
