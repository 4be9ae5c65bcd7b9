"""The sheets of a form: one row for each return, its repeating groups on sheets of their own.

Knows fields and readings; does not know how a sheet is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forms import Correction, Doubt, Entry, Form, GroupRow, Period, Reading, Scalar

from .table import Cell, Look, Table, Value

_FRONT = ("单位", "报送期")
_BACK = ("收到时间", "状态", "疑点数", "编号", "原件")


def form_table(form: Form, entries: Sequence[Entry]) -> Table:
    """Return the sheet of ``form``: a row for each of ``entries``, a column for each field."""
    paths = _paths([field.path for field in form.fields], [e.submission.readings for e in entries])
    rows = tuple(
        (*_front(entry), *(field_cell(entry, path) for path in paths), *_back(entry)) for entry in entries
    )
    return Table(form.name, _header(_FRONT, paths, _BACK), rows, frozen=len(_FRONT))


def group_tables(form: Form, entries: Sequence[Entry]) -> Iterator[Table]:
    """Yield a sheet for each repeating group of ``form`` and for each that only the returns have."""
    declared = {group.name: [field.path for field in group.fields] for group in form.groups}
    found = dict.fromkeys(row.group for entry in entries for row in entry.submission.rows)
    for name in {**declared, **found}:
        rows = [(entry, row) for entry in entries for row in entry.submission.rows if row.group == name]
        paths = _paths(declared.get(name, []), [row.readings for _, row in rows])
        named = any(entry.submission.person for entry, _ in rows)
        cells = tuple(
            (
                *_front(entry),
                *([Cell(entry.submission.person)] if named else []),
                Cell(row.number),
                *(field_cell(entry, path, row) for path in paths),
                Cell(entry.id),
                source_cell(entry),
            )
            for entry, row in rows
        )
        front = (*_FRONT, *(["填报人"] if named else []), "行")
        header = _header(front, paths, ("编号", "原件"))
        yield Table(_group_name(form.name, name), header, cells, frozen=len(front))


def field_cell(entry: Entry, path: str, row: GroupRow | None = None) -> Cell:
    """Return the cell of one field: its value, or its raw text when there is no value; doubts and corrections as note."""
    readings = [r for r in (row.readings if row else entry.submission.readings) if r.field == path]
    number = row.number if row else 0
    corrections = [c for c in entry.corrections if c.row == number and _concerns(c, path, row)]
    doubts = [doubt for reading in readings for doubt in reading.doubts]
    if row is None:
        doubts += [doubt for doubt in entry.submission.doubts if doubt.field == path]
    value = plain(corrections[-1].value) if corrections else _value(readings)
    note = "\n".join(
        [*_corrected(corrections), *_doubted(doubts), *(_origins(readings) if doubts or corrections else [])]
    )
    return Cell(value, _look(doubts, corrections), note)


def source_cell(entry: Entry) -> Cell:
    """Return the name of a return's file, linked to the archived bytes."""
    return Cell(entry.source, link=entry.archive)


def plain(value: Scalar) -> Value:
    """Return a field's value as one cell holds it: several choices joined by 、."""
    return "、".join(value) if isinstance(value, tuple) else value


def period_label(code: str | None) -> str:
    """Return a period's code in the words of a document, an unreadable code as it stands."""
    try:
        return Period.parse(code).label if code else ""
    except ValueError:
        return code or ""


def _paths(declared: Sequence[str], found: Sequence[tuple[Reading, ...]]) -> list[str]:
    """Return the declared fields and after them every other that was read, so that no value is without a column."""
    return list(dict.fromkeys([*declared, *(reading.field for readings in found for reading in readings)]))


def _header(
    front: tuple[str, ...], paths: Sequence[str], back: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    parts = [path.rpartition(".") for path in paths]
    bottom = (*front, *(name for _, _, name in parts), *back)
    if not any(parent for parent, _, _ in parts):
        return (bottom,)
    top = (*("" for _ in front), *(parent.replace(".", "·") for parent, _, _ in parts), *("" for _ in back))
    return top, bottom


def _front(entry: Entry) -> tuple[Cell, Cell]:
    submission = entry.submission
    return (
        _whole(entry, "unit_", submission.unit or "（未认出）"),
        _whole(entry, "period_", period_label(submission.period) or "（未认出）"),
    )


def _whole(entry: Entry, codes: str, text: str) -> Cell:
    doubts = [doubt for doubt in entry.submission.doubts if doubt.code.startswith(codes)]
    return Cell(text, _look(doubts, ()), "\n".join(_doubted(doubts)))


def _back(entry: Entry) -> tuple[Cell, ...]:
    doubts = entry.submission.all_doubts()
    note = "\n".join(_doubted(entry.submission.doubts))
    return (
        Cell(entry.received_at),
        Cell(entry.status.label, Look.DOUBT if doubts else Look.PLAIN),
        Cell(len(doubts), Look.DOUBT if doubts else Look.PLAIN, note),
        Cell(entry.id),
        source_cell(entry),
    )


def _concerns(correction: Correction, path: str, row: GroupRow | None) -> bool:
    return correction.field in ((path, f"{row.group}.{path}") if row else (path,))


def _value(readings: Sequence[Reading]) -> Value:
    if len(readings) == 1:
        value = plain(readings[0].value)
        return readings[0].raw if value is None else value
    return "\n".join(reading.raw for reading in readings) or None


def _look(doubts: Sequence[Doubt], corrections: Sequence[Correction]) -> Look:
    if doubts:
        return Look.DOUBT
    return Look.CORRECTED if corrections else Look.PLAIN


def _doubted(doubts: Sequence[Doubt]) -> list[str]:
    return [f"疑点：{doubt.message}" for doubt in doubts]


def _origins(readings: Sequence[Reading]) -> list[str]:
    return [f"原文：{reading.raw}（{reading.place}）" for reading in readings if reading.raw]


def _corrected(corrections: Sequence[Correction]) -> list[str]:
    return [
        f"更正：{correction.made_at:%Y-%m-%d %H:%M}人工更正为“{shown(correction.value)}”，理由：{correction.why}"
        for correction in corrections
    ]


def shown(value: Scalar) -> str:
    """Return a field's value as text, 空 for none."""
    text = plain(value)
    return "空" if text is None else str(text)


def _group_name(form: str, group: str) -> str:
    """Return a name of 31 characters at most in which the group's part stays whole."""
    return f"{form[: max(1, 30 - len(group))]}·{group}"
