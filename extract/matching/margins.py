"""What stands in the page header counts for every form of a file: 填表时间 or 单位 at the top of each page.

Knows readings alone; which label they answer was settled before, for the first form of the file.
"""

from __future__ import annotations

from collections.abc import Sequence

from forms import Reading

from .layout import Layout

HEADER = "页眉"
"""The part in the places of what stands in page headers."""


def share_headers(forms: Sequence[tuple[Layout, list[Reading]]]) -> None:
    """Give what the page header tells to each of ``forms`` that leaves it open itself.

    A form that holds nothing else hands it over: a blank does not become filled by the header above it.
    """
    if len(forms) < 2:  # the form of most files has its header for itself
        return
    told = {r.field: r for _, readings in forms for r in readings if _headed(r)}
    if not told:
        return
    heirs = [(layout, readings) for layout, readings in forms if any(map(_own, readings))]
    for layout, readings in heirs:
        order = {field.path: number for number, field in enumerate(layout.form.fields)}
        open_ = {r.field for r in readings if r.value is None and not r.doubts}
        given = [
            r for path, r in told.items() if path in order and (path in open_ or not _has(readings, path))
        ]
        kept = [r for r in readings if r.field not in {g.field for g in given}]
        readings[:] = sorted([*kept, *given], key=lambda r: order.get(r.field, -1))
    for _, readings in forms if heirs else ():
        if not any(map(_own, readings)):
            readings[:] = [r for r in readings if not _headed(r)]


def _headed(reading: Reading) -> bool:
    return reading.place.part == HEADER and reading.value is not None


def _own(reading: Reading) -> bool:
    return reading.value is not None and not _headed(reading)


def _has(readings: Sequence[Reading], path: str) -> bool:
    return any(reading.field == path for reading in readings)
