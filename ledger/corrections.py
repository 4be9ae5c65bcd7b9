"""What a person's corrections make of a submission: the value said, its doubts settled. Pure; knows no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from forms import Correction, GroupRow, Place, Reading, Submission

from .errors import NoSuchEntryError

NOWHERE = Place("更正")
"""The place of a value that a person gave for a field which the file does not have."""


def locate(submission: Submission, field: str, row: int) -> tuple[str, str]:
    """Return the group (empty outside) and the field's path in it that ``field`` and ``row`` mean.

    In a group ``field`` is ``组.字段``, or ``字段`` alone when one group only has such a row. Raise
    ``NoSuchEntryError`` when there is no such row.
    """
    if row == 0:
        return "", field
    rows = [found for found in submission.rows if found.number == row]
    for found in rows:
        if field.startswith(f"{found.group}."):
            return found.group, field.removeprefix(f"{found.group}.")
    holders = [found.group for found in rows if any(field == reading.field for reading in found.readings)]
    if len(holders) != 1:
        raise NoSuchEntryError(f"这份报送的第{row}行里没有“{field}”。请写成“明细名.字段”，并核对行号")
    return holders[0], field


def apply(submission: Submission, corrections: Iterable[tuple[str, Correction]]) -> Submission:
    """Return ``submission`` with ``corrections`` applied in order, each with its group.

    A correction for what a later reading no longer finds adds it again: a person's word is not lost.
    """
    for group, correction in corrections:
        if correction.value is not None:  # what a person filled in is no blank any more
            filled = tuple(doubt for doubt in submission.doubts if doubt.code != "unfilled")
            submission = replace(submission, doubts=filled)
        if group:
            submission = _in_group(submission, group, correction)
        else:
            submission = replace(submission, readings=_set(submission.readings, correction.field, correction))
            # A required answer that is not in the file is a doubt of the whole return, about this field.
            left = tuple(doubt for doubt in submission.doubts if doubt.field != correction.field)
            submission = replace(submission, doubts=left)
    return submission


def _in_group(submission: Submission, group: str, correction: Correction) -> Submission:
    field = correction.field.removeprefix(f"{group}.")
    rows = list(submission.rows)
    wanted = (group, correction.row)
    at = next((number for number, row in enumerate(rows) if (row.group, row.number) == wanted), len(rows))
    readings = rows[at].readings if at < len(rows) else ()
    rows[at : at + 1] = [GroupRow(group, correction.row, _set(readings, field, correction))]
    return replace(submission, rows=tuple(rows))


def _set(readings: tuple[Reading, ...], field: str, correction: Correction) -> tuple[Reading, ...]:
    if all(reading.field != field for reading in readings):
        return (*readings, Reading(field, correction.value, "", NOWHERE))
    return tuple(
        replace(reading, value=correction.value, doubts=()) if reading.field == field else reading
        for reading in readings
    )
