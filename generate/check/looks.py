"""From flat properties to the values of a ``Sheet``: indents, spacing, borders, the look of a run."""

from __future__ import annotations

from .formatting import Face, Flat, Formatting, on
from .sheet import Border, Run

_NO_LINE = ("", "nil", "none")


def number(looks: Flat, key: str, default: float = 0) -> float:
    """Return the number at ``key``, ``default`` when there is none or it is unreadable."""
    try:
        return float(looks.get(key) or default)
    except ValueError:
        return default


def indents(looks: Flat, size: float) -> tuple[float, float, float]:
    """Return left, right and first-line indent (negative: hanging) in twips; counts of characters win over lengths."""

    def length(name: str) -> float:
        chars = number(looks, f"ind.{name}Chars")
        return chars / 100 * size * 20 if chars else number(looks, f"ind.{name}")

    return length("left"), length("right"), length("firstLine") - length("hanging")


def spacing(looks: Flat) -> tuple[float, str, float, float]:
    """Return line, its rule, and the space before and after in twips."""
    rule = looks.get("spacing.lineRule", "auto")
    before, after = (
        number(looks, f"spacing.{side}Lines") / 100 * 312 or number(looks, f"spacing.{side}")
        for side in ("before", "after")
    )
    before = 280 if on(looks.get("spacing.beforeAutospacing")) else before
    after = 280 if on(looks.get("spacing.afterAutospacing")) else after
    return number(looks, "spacing.line", 240), rule, before, after


def border(looks: Flat, side: str) -> Border | None:
    """Return the line at ``side``, none where there is none."""
    kind, width, space, color = (looks.get(f"border.{side}", "") + "|||").split("|")[:4]
    if kind in _NO_LINE:
        return None
    return Border(kind, _float(width) / 8, _float(space), color)


def run_of(formatting: Formatting, looks: Flat, text: str) -> Run:
    """Return the run of ``text`` that looks so."""
    color = looks.get("color", "")
    if color in ("", "auto") and looks.get("color.theme", "") not in ("", "text1", "dark1", "none"):
        color = looks["color.theme"]
    east = formatting.face(looks, "eastAsia")
    west = formatting.face(looks, "hAnsi")
    return Run(
        text,
        east if east.name or east.theme else Face("宋体"),
        west,
        number(looks, "sz", 20) / 2,
        on(looks.get("b")),
        color,
        number(looks, "spacing"),
        looks.get("rFonts.hint") == "eastAsia",
    )


def _float(text: str) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0
