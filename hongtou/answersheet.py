"""The sheet 待核对 of the ledger workbook taken back: what a person wrote under 更正为 becomes corrections.

Knows the sheet's columns. A row that no longer fits is answered and left alone; the others are taken, and a second
time nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms import Entry, HongtouError, Period, Scalar, Work
from generate import CHECK_PERIOD, CHECK_SHEET, CHECK_UNIT, check_code

from .answer import NOTHING, AnswerError, field_at, typed, unit_named

if TYPE_CHECKING:
    from ledger import Ledger

_COLUMNS = ("编号", "栏目", "行", "更正为", "核对码")
_HEAD = 10  # rows in which the header is looked for
_AGAIN = "请用 hongtou ledger 重新做一本，在新的里面填"


class SheetError(HongtouError):
    """The file is no ledger workbook with a sheet 待核对."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row with an answer: its number on the sheet, return, field, row of the group (0 outside one), answer, code."""

    at: int
    submission: str
    field: str
    row: int
    text: str
    code: str


@dataclass(slots=True)
class Taken:
    """What became of the answers of a sheet: how many were noted, noted before already, and left alone."""

    noted: int = 0
    known: int = 0
    left: int = 0
    seen: dict[tuple[int, str, int], tuple[int, Scalar]] = field(default_factory=dict)


def take_back(work: Work, path: Path, made_at: datetime, heard: Callable[[str], None]) -> Taken:
    """Note every answer on the sheet 待核对 of the workbook at ``path``; tell ``heard`` a line for each row.

    Raise ``SheetError`` when there is no such sheet and ``LedgerError`` when the ledger cannot be written.
    """
    from ledger import open_ledger

    lines = list(read_sheet(path))
    taken = Taken()
    with open_ledger(work.folder) as ledger, ledger.writing():
        for line in lines:
            try:
                told = _Desk(work, ledger, made_at, f"台账“{CHECK_SHEET}”第{line.at}行（{path.name}）").take(
                    line, taken
                )
            except AnswerError as wrong:
                taken.left += 1
                heard(f"第{line.at}行没有改，改好再执行一遍：{wrong}")
            except _MisfitError as misfit:
                taken.left += 1
                heard(f"第{line.at}行没有改：{misfit}")
            else:
                heard(f"第{line.at}行：{told}")
    return taken


def read_sheet(path: Path) -> Iterator[Line]:
    """Yield the rows of the sheet 待核对 that have something under 更正为; raise ``SheetError``."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            if CHECK_SHEET not in book.sheet_names:
                raise SheetError(f"{path.name} 里没有“{CHECK_SHEET}”这张表。请用 hongtou ledger 做出的台账")
            rows = book.get_sheet_by_name(CHECK_SHEET).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise SheetError(f"{path.name} 打不开。请确认它是台账工作簿，并且能用 WPS 或 Excel 打开") from error
    head = next((n for n, row in enumerate(rows[:_HEAD]) if set(_COLUMNS) <= set(map(_text, row))), None)
    if head is None:
        wanted = "、".join(_COLUMNS)
        raise SheetError(f"{path.name} 的“{CHECK_SHEET}”里找不到表头（{wanted}）。请不要删改表头；{_AGAIN}")
    columns = [_text(cell) for cell in rows[head]]
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        line = _line(number, dict(zip(columns, row, strict=False)))
        if line.text:
            yield line


def _line(at: int, row: dict[str, Any]) -> Line:
    number, path, group_row, text, code = (_text(row.get(name, "")) for name in _COLUMNS)
    return Line(at, number, path, int(group_row) if group_row.isdecimal() else 0, text, code)


def _text(cell: object) -> str:
    """Return a cell as a person would write it: whole numbers without a point, days without a time."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


class _MisfitError(Exception):
    """A row that does not fit the ledger any more: why, and what to do."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one row is taken: the work, its ledger, the moment and the reason to note."""

    work: Work
    ledger: Ledger
    made_at: datetime
    why: str

    def take(self, line: Line, taken: Taken) -> str:
        """Note the answer of ``line`` and return what is told of it; raise ``_MisfitError`` or ``AnswerError``."""
        entry = self._entry(line)
        value = self._value(entry, line)
        key = (entry.id, line.field, line.row)
        first = taken.seen.setdefault(key, (line.at, value))
        if first[1] != value:
            raise _MisfitError(
                f"与第{first[0]}行是同一栏，填的却不一样，已按第{first[0]}行。请只留一个再执行一遍"
            )
        if _noted(entry, line, value):
            taken.known += first[0] == line.at
            return f"编号 {entry.id} “{line.field}”早已记过"
        self._compare(entry, line, value)
        self._note(entry, line, value)
        taken.noted += 1
        return f"编号 {entry.id} “{line.field}”改为“{_shown(value)}”"

    def _entry(self, line: Line) -> Entry:
        if not line.submission.isdecimal():
            raise _MisfitError(f"“编号”一列不是数，不知道是哪一份报送。{_AGAIN}")
        number = int(line.submission)
        try:
            entry = self.ledger.entry(number)
        except HongtouError as error:
            raise _MisfitError(f"台账里没有编号 {number} 的报送。{_AGAIN}") from error
        if entry.superseded_by:
            later = f"后来报的编号 {entry.superseded_by} "
            raise _MisfitError(f"编号 {number} 已被{later}取代。要改就改新的那一份；{_AGAIN}")
        return entry

    def _value(self, entry: Entry, line: Line) -> Scalar:
        """Return the answer of ``line`` typed through its field."""
        if not line.field:
            raise _MisfitError(
                f"这一条说的是整份报送，没有哪一栏可改。看过没有问题的，请执行 hongtou review accept {entry.id}"
            )
        if line.field == CHECK_UNIT:
            return unit_named(self.work, line.text)
        if line.field == CHECK_PERIOD:
            return _period(line.text)
        form = next((form for form in self.work.forms if form.name == entry.submission.form), None)
        if form is None:
            raise _MisfitError(
                f"编号 {entry.id} 是哪个表单认不出来，没有哪一栏可改。请看原件：{entry.source}"
            )
        return typed(field_at(form, line.field, line.row), line.text, self.work)

    @staticmethod
    def _compare(entry: Entry, line: Line, value: Scalar) -> None:
        """Refuse a row whose value is no longer the one that the person saw, unless it is what the person wrote."""
        now = _now(entry, line)
        if now != value and check_code(entry.id, line.field, line.row, now) != line.code:
            raise _MisfitError(f"“{line.field}”在这本台账做好之后变过，现在是“{_shown(now)}”。{_AGAIN}")

    def _note(self, entry: Entry, line: Line, value: Scalar) -> None:
        if line.field in (CHECK_UNIT, CHECK_PERIOD):
            given = {CHECK_UNIT: (str(value), None), CHECK_PERIOD: (None, str(value))}[line.field]
            self.ledger.assign(entry.id, *given, self.made_at)
            return
        try:
            self.ledger.correct(entry.id, line.field, value, self.why, self.made_at, row=line.row)
        except HongtouError as error:
            raise _MisfitError(f"{error}。{_AGAIN}") from error


def _period(text: str) -> str:
    try:
        return str(Period.parse(text))
    except ValueError as error:
        raise AnswerError(str(error)) from error


def _now(entry: Entry, line: Line) -> Scalar:
    """Return the value that ``line`` is about as it stands in the ledger."""
    submission = entry.submission
    if line.field in (CHECK_UNIT, CHECK_PERIOD):
        return submission.unit if line.field == CHECK_UNIT else submission.period
    readings: Sequence[Any] = [(r.field, r.value) for r in submission.readings if not line.row]
    if line.row:
        rows = [row for row in submission.rows if row.number == line.row]
        readings = [(f"{row.group}.{r.field}", r.value) for row in rows for r in row.readings]
    return next((value for path, value in readings if path == line.field), None)


def _noted(entry: Entry, line: Line, value: Scalar) -> bool:
    """Whether that very answer stands already as a person's word."""
    if line.field in (CHECK_UNIT, CHECK_PERIOD):
        prefix = "unit_" if line.field == CHECK_UNIT else "period_"
        return _now(entry, line) == value and not any(
            doubt.code.startswith(prefix) for doubt in entry.submission.doubts
        )
    own = [c.value for c in entry.corrections if (c.field, c.row) == (line.field, line.row)]
    return bool(own) and own[-1] == value


def _shown(value: Scalar) -> str:
    if value is None:
        return NOTHING[-1]
    return "、".join(value) if isinstance(value, tuple) else str(value)
