"""Reading the files of a work's 名册: which they are, by whom they are read, all their mistakes at once.

Knows where files lie; what their rows mean stands in ``roster``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .form import Form
from .mistakes import Mistake, MistakesError
from .roster import PEOPLE_SHEET, people_of, units_of
from .rostersource import RosterReader, RosterSource, RosterTable, sheets_of
from .work import Person, Unit, Work

ROSTER_FILE = "units.xlsx"
_EXCEL = (".xlsx", ".xlsm")

Found = list[tuple[RosterSource, Sequence[RosterTable]]]


def load_rosters(
    folder: Path, work: Work | None, forms: Sequence[Form], reader: RosterReader | None
) -> tuple[tuple[Unit, ...], tuple[Person, ...], tuple[Mistake, ...]]:
    """Return units and people of ``work``, and all mistakes in their files.

    Without 名册 in ``work.yaml`` the units stand in ``units.xlsx``, the people on its sheet 人员 if it has one.
    """
    sources = work.rosters if work and work.rosters else (RosterSource(file=Path(ROSTER_FILE)),)
    opened = _Opened(folder, forms, reader)
    found = opened.all(sources)
    mistakes = list(opened.mistakes)
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    try:
        units = units_of(found)
        people = people_of(_people(work, found, opened), units)
    except MistakesError as error:
        mistakes += error.mistakes
    return units, people, tuple(dict.fromkeys([*mistakes, *opened.mistakes]))


def _people(work: Work | None, units: Found, opened: _Opened) -> Found:
    if work and work.people_files:
        return opened.all(work.people_files)
    return [
        (source.model_copy(update={"sheet": PEOPLE_SHEET, "filled": {}}), tables)
        for source, tables in units
        if any(table.name == PEOPLE_SHEET for table in tables)
    ]


class _Opened:
    """Opens the files of a 名册, each once; keeps the mistakes."""

    def __init__(self, folder: Path, forms: Sequence[Form], reader: RosterReader | None) -> None:
        self._folder = folder
        self._forms = {form.name: form for form in forms}
        self._reader = reader
        self.mistakes: list[Mistake] = []

    def all(self, sources: Sequence[RosterSource]) -> Found:
        found: Found = []
        for source in sources:
            try:
                found.append((source, self._tables(source)))
            except MistakesError as error:
                self.mistakes += error.mistakes
        return found

    def _tables(self, source: RosterSource) -> tuple[RosterTable, ...]:
        path = self._folder / source.file
        if not path.is_file():
            mend = f"请把 {source.file} 放进工作文件夹，或改正“名册”里的文件名"
            raise MistakesError([Mistake(source.file.name, 0, "", "找不到名册", mend)])
        if source.form:
            return self._filled(path, source)
        if path.suffix.lower() in _EXCEL:
            return sheets_of(path)
        if self._reader is None:
            mend = "请另存为 xlsx"
            raise MistakesError([Mistake(source.file.name, 0, "", "这种名册这里读不了", mend)])
        return self._reader.tables(path)

    def _filled(self, path: Path, source: RosterSource) -> tuple[RosterTable, ...]:
        form = self._forms.get(source.form)
        if form is None:
            mend = f"可用：{'、'.join(self._forms)}"
            raise MistakesError([Mistake("work.yaml", 0, "名册", f"没有《{source.form}》这个表单", mend)])
        if self._reader is None:
            raise MistakesError([Mistake(path.name, 0, "", "填好的表单这里读不了", "请另存为 xlsx 名册")])
        return self._reader.filled(path, form)
