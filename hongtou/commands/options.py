"""Options and arguments that several commands share, with what a clerk may write for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from forms import NoWorkError, Period, Work, find_work, load_forms
from hongtou.console import say, shown, visible
from hongtou.rosters import load, odd_names

F = TypeVar("F", bound=Callable[..., Any])


class Whole(click.ParamType[int]):
    """A whole number from ``low`` to ``high``, both included."""

    name = "整数"

    def __init__(self, low: int, high: int) -> None:
        """Keep the bounds."""
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or fail with the bounds."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"“{value}”不是整数", param, ctx)
        if not self.low <= number <= self.high:
            self.fail(f"“{value}”不在 {self.low} 到 {self.high} 之间", param, ctx)
        return number


class Day(click.ParamType[date]):
    """A day written as 2020-07-03."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with the way to write it."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2020-07-03", param, ctx)


class PeriodCode(click.ParamType[Period]):
    """A period written as the contract has it."""

    name = "报送期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Return the period, or fail with the ways to write one."""
        try:
            return value if isinstance(value, Period) else Period.parse(value)
        except ValueError:
            ways = "2020-07、2020-Q3、2020-S1、2020-AY、2020-W27 或 2020"
            self.fail(f"“{value}”不是报送期，应写成 {ways}", param, ctx)


FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def today() -> date:
    """Return the day at the clerk's desk."""
    return date.today()  # noqa: DTZ011 - deadlines are days of the place where the clerk sits


def now() -> datetime:
    """Return the moment at the clerk's desk, without a zone as the ledger keeps it."""
    return datetime.now()  # noqa: DTZ005 - as above


def _found(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    above = ctx.obj if isinstance(ctx.obj, Path) else None  # hongtou review --work DIR set ...
    return value or above or find_work(Path.cwd())


def work_option(command: F) -> F:
    """Give ``command`` the option ``--work`` and the argument ``folder``: the work folder, or none."""
    return click.option(
        "--work",
        "folder",
        type=FOLDER,
        metavar="文件夹",
        callback=_found,
        help="工作文件夹；不写就用当前文件夹或它的上级。",
    )(command)


def json_option(command: F) -> F:
    """Give ``command`` the option ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON（UTF-8），供别的程序读。")(command)


def strict_option(command: F) -> F:
    """Give ``command`` the option ``--strict``."""
    return click.option("--strict", is_flag=True, help="有未收或待核对的就以状态 1 结束。")(command)


def out_option(suffix: str, default: str) -> Callable[[F], F]:
    """Give a command the option ``-o`` for a file of that ``suffix``; ``default`` says where it goes otherwise."""

    def checked(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
        if value is not None and value.suffix.lower() != suffix:
            raise click.BadParameter(f"“{value}”应以 {suffix} 结尾")
        return value

    text = f"写到哪里；不写就放在 {default}。"
    return click.option("-o", "out", type=FILE, metavar=f"文件{suffix}", callback=checked, help=text)


def period_option(text: str) -> Callable[[F], F]:
    """Give a command the option ``--period``; ``text`` says what it chooses."""
    return click.option("--period", type=PeriodCode(), metavar="报送期", help=text)


def catalogue() -> tuple[Any, ...]:
    """Return the forms that ship."""
    import templates

    return load_forms(templates.CATALOGUE)


def moved(wanted: Path, made: Path) -> None:
    """Tell the clerk that a file is open and where its successor stands."""
    say(f"{shown(wanted)} 正被别的程序占用，没有动它，改存为 {shown(made)}。关闭后再做一次即可")


def opened(folder: Path | None) -> Work:
    """Load the work of ``folder``; raise ``NoWorkError`` when there is none."""
    if folder is None:
        raise NoWorkError(
            "这里和上级文件夹都没有 work.yaml。请用 --work 指明工作文件夹，或用 hongtou new 新建一个"
        )
    work = load(folder, catalogue())
    for line in odd_names(work):
        say(visible(line))
    return work
