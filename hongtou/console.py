"""The one module that prints: data to standard output, talk to standard error.

Text follows the console's encoding and never fails on a character it lacks; JSON is always UTF-8. A bar shows only on a
terminal and only when the work lasts.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")
_bars: list[Progress] = []  # the bar that is showing, if any

_PATIENCE = 1.0  # seconds before a bar is worth its flicker
_UNSEEN = {
    "Cc",
    "Cf",
    "Cs",
    "Zl",
    "Zp",
}  # escape sequences, direction marks, lone surrogates, line separators


def prepare() -> None:
    r"""Let standard output and error write every character that the console lacks as ``\\x..``."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """Tell the person something: one line (or several) on standard error, above a bar that is showing."""
    for bar in _bars:
        bar.console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=True)
        return
    click.echo(text, err=True)


def put(text: str = "") -> None:
    """Write a line of data to standard output."""
    click.echo(text)


def put_json(data: object, *, pretty: bool = True) -> None:
    """Write ``data`` as UTF-8 JSON, readable or on one line, and flush."""
    put_bytes(json_bytes(data, pretty=pretty))


def json_bytes(data: object, *, pretty: bool = False) -> bytes:
    """Return ``data`` as a line (or several) of UTF-8 JSON; a lone surrogate becomes its JSON escape."""
    text = json.dumps(data, ensure_ascii=False, indent=2 if pretty else None)
    return (text + "\n").encode("utf-8", "backslashreplace")


def put_bytes(lines: bytes) -> None:
    """Write finished ``lines`` of data to standard output and flush."""
    click.echo(lines, nl=False)


def visible(text: str) -> str:
    r"""Return ``text`` (a file name, a value) on one line, with characters that steer a terminal written as ``\\x..``."""
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in _UNSEEN else char
        for char in text
    )


def shown(path: Path) -> str:
    """Return ``path`` as a person would type it: relative to the current folder where that is shorter."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        near = str(path)
    return visible(near if len(near) < len(str(path)) else str(path))


def put_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Write a table aligned by terminal cells; the columns numbered in ``right`` (from 0) hold figures."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    numbers = set(right)
    table = Table(box=SIMPLE, pad_edge=False, show_edge=False)
    for place, column in enumerate(columns):
        table.add_column(Text(column), justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    page = io.StringIO()
    Console(file=page, width=_width(), color_system=None, legacy_windows=False).print(table)
    for line in page.getvalue().splitlines():
        put(line.rstrip())


def _width() -> int:
    """Return the columns to fill: the terminal's, or enough for anything in a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 1000


def ticked(items: Iterable[T], total: int, what: str, *, with_data: bool = False) -> Iterator[T]:
    """Yield ``items``; on a terminal, once the work has lasted, a bar shows how many of ``total`` are done.

    ``with_data`` tells that lines go to standard output meanwhile: on a terminal those show the progress themselves.
    """
    watched = sys.stderr.isatty() and not (with_data and sys.stdout.isatty())
    begun = time.monotonic()
    try:
        for done, item in enumerate(items):
            if watched and not _bars and time.monotonic() - begun > _PATIENCE:
                _bars.append(_bar(what, total))
            for bar in _bars:
                bar.update(bar.task_ids[0], completed=done)
            yield item
    finally:
        while _bars:
            _bars.pop().stop()


def _bar(what: str, total: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(what, total=total)
    bar.start()
    return bar
