"""hongtou 红头: the clerk's doors. Joins forms, extract, ledger and generate; has no logic of its own."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

__all__ = ["__version__", "strangers"]

__version__ = "0.1.0"

_SIBLINGS = ("forms", "extract", "ledger", "generate", "templates", "samples")


def strangers() -> tuple[str, ...]:
    """Return the files that took the place of one of our packages: their names are common words."""
    home = Path(__file__).resolve().parent.parent
    found = []
    for name in _SIBLINGS:
        spec = find_spec(name)
        place = Path(spec.origin).resolve() if spec and spec.origin else None
        if place != home / name / "__init__.py":
            found.append(str(place or name))
    return tuple(found)
