"""The samples that ship: complete work folders of invented data, each made by a script at the moment it is wanted."""

from __future__ import annotations

from pathlib import Path

_DESCRIPTIONS = {
    "luohe": "共青团漯河市委2020年活力团建：团干部走基层每月报送、工作观摩每季度报送，15个单位，收件近60个",
}


class NoSampleError(KeyError):
    """No sample has that name."""


def names() -> tuple[str, ...]:
    """Return the names of the samples."""
    return tuple(_DESCRIPTIONS)


def describe(name: str) -> str:
    """Return one Chinese sentence on the sample ``name``; raise ``NoSampleError`` when there is none."""
    if name not in _DESCRIPTIONS:
        raise NoSampleError(name)
    return _DESCRIPTIONS[name]


def build(name: str, target: Path) -> None:
    """Make the complete work folder of the sample ``name`` at ``target``; raise ``NoSampleError`` when there is none."""
    describe(name)
    from .luohe.build import build as build_luohe

    {"luohe": build_luohe}[name](target)


__all__ = ["NoSampleError", "build", "describe", "names"]
