"""Mass production: one template, one document for each unit, at little more than the cost of deflating its text.

The template is rendered once with a mark for each value that differs; what stands between the marks, and every member
without one, is kept as bytes. A value that a template does more with than print it takes the full render instead.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from forms import Notice, Work
from forms.filenames import safe_name
from generate.package import Bundle, OutputError, TemplateError, bundle, members_of, packed
from generate.render import Context, Template, cleaned, template
from generate.save import save

from .document import notice

Row = Mapping[str, str]

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: no mark of a template, and XML takes them
_MARK = re.compile(rf"({_OPEN}\d+{_CLOSE})".encode())
_LAID_OUT = re.compile("[\a\t\n\f\r]")  # docxtpl makes breaks, tabs and paragraphs of these


@dataclass(frozen=True, slots=True)
class Mould:
    """A document with holes: what stays deflated already, and the parts with holes as bytes between them.

    ``parts`` hold for each member its text in pieces: bytes as they are, or the name of the value that goes in.
    """

    kept: Bundle
    parts: Mapping[str, tuple[bytes | str, ...]]

    def fill(self, row: Row) -> bytes:
        """Return the document with the values of ``row``, escaped; raise ``KeyError`` for a value that is not there."""
        from markupsafe import escape

        values = {name: str(escape(cleaned(value))).encode() for name, value in row.items()}
        return self.kept.with_members(
            {
                name: b"".join(piece if isinstance(piece, bytes) else values[piece] for piece in pieces)
                for name, pieces in self.parts.items()
            }
        )


def merge(
    source: Path, rows: Iterable[Row], out_dir: Path, name: str, shared: Context | None = None
) -> Iterator[Path]:
    """Write one document for each of ``rows`` from the template ``source`` and yield their paths in ``out_dir``.

    A file is called after the row's value ``name``. ``shared`` holds what is the same in all documents, lists for
    loops too. Every row has the same names. Raise ``TemplateError`` or ``OutputError``.
    """
    used = template(source)
    listed = iter(rows)
    first = next(listed, None)
    if first is None:
        return
    common = shared or {}
    form = _mould(used, tuple(first), common)
    paths = _Paths(out_dir, source.suffix)
    for row in chain((first,), listed):
        if form is None or any(map(_LAID_OUT.search, row.values())):
            data = packed(used.render({**common, **row}))
        else:
            data = _filled(form, row, source.name)
        yield save(data, paths.free(_value(row, name, source.name)))


def notices(item: Notice, work: Work, out_dir: Path) -> Iterator[Path]:
    """Write ``item`` once for each unit of ``work``, the unit as its 主送机关, and yield the paths in ``out_dir``."""
    with tempfile.TemporaryDirectory() as scratch:
        marked = item.model_copy(update={"addressees": _mark(0)})
        form = _cut(members_of(notice(marked, work, Path(scratch) / "notice.docx")), ("主送",))
    paths = _Paths(out_dir, ".docx")
    for unit in work.units:
        yield save(form.fill({"主送": unit.name}), paths.free(f"{item.name}（{unit.name}）"))


def _mould(used: Template, names: tuple[str, ...], shared: Context) -> Mould | None:
    """Return the mould of a template, none when it does more with one of ``names`` than print it."""
    if any(_OPEN in source or not _only_printed(source, names) for source in used.sources.values()):
        return None
    marks = {name: _mark(number) for number, name in enumerate(names)}
    return _cut(used.render({**shared, **marks}), names)


def _only_printed(source: str, names: tuple[str, ...]) -> bool:
    """Whether the Jinja text ``source`` uses ``names`` only as ``{{ name }}``: no condition, loop, filter or new meaning."""
    from jinja2 import Environment, nodes

    tree = Environment(autoescape=True).parse(source)
    printed = [item for output in tree.find_all(nodes.Output) for item in output.nodes]
    alone = sum(isinstance(item, nodes.Name) and item.name in names for item in printed)
    return alone == sum(item.name in names for item in tree.find_all(nodes.Name))


def _mark(number: int) -> str:
    return f"{_OPEN}{number}{_CLOSE}"


def _cut(members: Mapping[str, bytes], names: tuple[str, ...]) -> Mould:
    """Cut a rendered document at its marks."""
    parts: dict[str, tuple[bytes | str, ...]] = {}
    wanted = {_mark(number).encode(): name for number, name in enumerate(names)}
    for member, data in members.items():
        pieces = tuple(wanted.get(piece, piece) for piece in _MARK.split(data))
        if len(pieces) > 1:
            parts[member] = pieces
    return Mould(bundle({name: data for name, data in members.items() if name not in parts}), parts)


def _filled(form: Mould, row: Row, name: str) -> bytes:
    try:
        return form.fill(row)
    except KeyError as error:
        raise _lacking(str(error.args[0]), name) from error


def _value(row: Row, key: str, name: str) -> str:
    if key not in row:
        raise _lacking(key, name)
    return row[key]


def _lacking(key: str, name: str) -> TemplateError:
    return TemplateError(f"用模板 {name} 逐份生成时，有一份没有“{key}”。请给每一份都补上，没有的写成空")


class _Paths:
    """Names of files in one folder: legal on Windows too, no two alike."""

    def __init__(self, folder: Path, suffix: str) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"建不了文件夹 {folder}：{error.strerror}。请检查有没有写的权限") from error
        self._folder, self._suffix = folder, suffix
        self._taken: set[str] = set()

    def free(self, text: str) -> Path:
        """Return the path for ``text``: ``名称.docx``, ``名称(2).docx`` when that one is taken."""
        stem = safe_name(text)
        names = chain((stem,), (f"{stem}({number})" for number in count(2)))
        found = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(found.casefold())
        return self._folder / f"{found}{self._suffix}"
