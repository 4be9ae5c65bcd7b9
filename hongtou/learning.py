"""Learning forms from blanks: each blank becomes a template and its YAML in a folder of forms.

Joins ``extract.learning.learn`` with the folder; nothing that stands there is overwritten, and what could not be loaded again is
never put there, because one broken form stops every command of a work.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from forms import Form, HongtouError, load_form
from forms.filenames import safe_name

if TYPE_CHECKING:
    from extract.learning import Learned

_TRIES = 999


@dataclass(frozen=True, slots=True)
class Lesson:
    """What became of one blank: the form learned and its two files, or the ``reason`` why none was.

    ``notes`` are what the clerk should know: another form has that name already, or the very same was learned before.
    """

    source: str
    learned: Learned | None = None
    files: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""


def lessons(blanks: Iterable[tuple[Path, str]], folder: Path, shipped: tuple[Form, ...]) -> Iterator[Lesson]:
    """Learn a form from each of ``blanks`` (path and source) into ``folder`` and yield what became of it.

    ``shipped`` are the forms that a work has without any files. Raise ``OutputError`` when ``folder`` cannot be written.
    """
    for path, source in blanks:
        yield _lesson(path, source, folder, {form.name for form in shipped})


def _lesson(path: Path, source: str, folder: Path, shipped: set[str]) -> Lesson:
    from extract import NOT_REGULAR, UnreadableError, regular
    from extract.learning import learn

    try:
        if not regular(path):
            return Lesson(source, reason=NOT_REGULAR)
        learned = learn(path.read_bytes(), source)
    except UnreadableError as error:
        return Lesson(source, reason=str(error))
    except OSError:
        return Lesson(source, reason="打不开，可能被别的程序占用或没有权限，请关闭后再试")
    if not learned.spots:
        return Lesson(source, reason="这份文件里找不到可填的格子，不像是一张空白表。请看是不是发错了文件")
    learned = replace(learned, name=safe_name(learned.name))
    for candidate in _named(learned):
        stands = _stands(candidate, folder)
        if stands is None:
            return _written(source, candidate, folder, _notes(learned, candidate, shipped))
        if stands:
            return Lesson(source, candidate, stands, (f"以前学过，和《{candidate.name}》一样，没有再写",))
    return Lesson(source, reason=f"《{learned.name}》同名的表单太多了，请先整理 {folder}")


def _named(learned: Learned) -> Iterator[Learned]:
    yield learned
    for number in range(1, _TRIES):
        yield replace(learned, name=f"{learned.name}({number})")


def _files(learned: Learned, folder: Path) -> tuple[Path, Path]:
    return folder / f"{learned.name}{learned.suffix}", folder / f"{learned.name}.yaml"


def _stands(learned: Learned, folder: Path) -> tuple[Path, ...] | None:
    """Return the two files of ``learned`` when they stand in ``folder`` as they are, () for others, none for no such name."""
    template, body = _files(learned, folder)
    taken = [path for path in folder.glob("*") if path.stem.lower() == learned.name.lower()]
    if not taken:
        return None
    same = template.is_file() and body.is_file() and template.read_bytes() == learned.template
    return (template, body) if same and body.read_text(encoding="utf-8-sig") == learned.yaml else ()


def _notes(learned: Learned, candidate: Learned, shipped: set[str]) -> tuple[str, ...]:
    if candidate.name != learned.name:
        return (
            f"已有同名的表单，没有动它；这一份记作《{candidate.name}》。要替换旧的，请先移走旧的两个文件再学",
        )
    if candidate.name in shipped:
        return (f"与自带的《{candidate.name}》同名，这项工作以后用新学的这一份",)
    return ()


def _written(source: str, learned: Learned, folder: Path, notes: tuple[str, ...]) -> Lesson:
    from generate import save

    wrong = _trial(learned)
    if wrong:
        return Lesson(source, reason=f"学出的表单用不了：{wrong}")
    template, body = _files(learned, folder)
    files = (save(learned.template, template), save(learned.yaml.encode(), body))
    return Lesson(source, learned, files, notes)


def _trial(learned: Learned) -> str:
    """Return why ``learned`` cannot be loaded, laid out and filled, nothing when it can."""
    from extract import layout_of
    from generate import filled

    with tempfile.TemporaryDirectory(prefix="hongtou-") as name:
        template, body = _files(learned, Path(name))
        template.write_bytes(learned.template)
        body.write_text(learned.yaml, encoding="utf-8")
        try:
            form = load_form(body)
            layout_of(form)
            filled(form, {}, None, Path(name) / f"试填{learned.suffix}")
        except HongtouError as error:
            return str(error).splitlines()[0]
    return ""
