"""The root of the command line: finds a command when it is called for, and answers every error in Chinese with its status."""

from __future__ import annotations

import errno
import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import click

from . import __version__, chinese
from .console import say, visible
from .contents import CONTENTS
from .helppage import HelpPage

chinese.install()
click.Context.formatter_class = HelpPage

INTERRUPTED = 130
UNWRITABLE = 3
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Root(click.Group):
    """The group whose commands are imported one at a time, when they are called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of the work."""
        return list(CONTENTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import the command ``cmd_name``."""
        if cmd_name not in CONTENTS:
            return None
        module = importlib.import_module(f".commands.{CONTENTS[cmd_name].module}", __package__)
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - a slip of ours, not of the clerk
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that ``args`` begin with; a near miss is answered with the nearest."""
        if args[0] not in CONTENTS and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=CONTENTS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands without importing them."""
        with formatter.section("命令"):
            formatter.write_dl([(name, item.summary) for name, item in CONTENTS.items()])

    def invoke(self, ctx: click.Context) -> int:
        """Run the command and return its status; what stops it is said in Chinese."""
        from forms import HongtouError

        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except HongtouError as error:
            for line in str(error).splitlines():
                say(f"错误：{visible(line)}")
            return error.exit_code
        except OSError as error:
            return _unwritable(error)
        return status if isinstance(status, int) else 0

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run and leave with the status of the contract."""
        try:
            status = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            _in_chinese(error).show()
            status = error.exit_code
        except click.Abort:
            say("已中断。写好的都在，重新执行同一条命令即可接着做。")
            status = INTERRUPTED
        if standalone_mode:
            sys.exit(status)
        return status


def _in_chinese(error: click.ClickException) -> click.ClickException:
    """Return ``error`` with the spaces and stops that click puts between its sentences taken out."""
    if not isinstance(error, click.UsageError) or isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    text = error.format_message()
    if isinstance(error, click.MissingParameter):
        text = text.replace(".", "。", 1)
    return click.UsageError(re.sub(r"(?<=[。：]) ", "", text), error.ctx)


def _unwritable(error: OSError) -> int:
    if (
        error.errno == errno.EPIPE
    ):  # the reader of our pipe went away: what is left must not be flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNWRITABLE
    from forms import reason_of

    say(f"错误：“{visible(str(error.filename or '输出'))}”写不了：{reason_of(error)}")
    return UNWRITABLE


@click.command(
    "hongtou",
    cls=Root,
    context_settings=SETTINGS,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    help="红头：发通知、收报表、汇台账、催报送、写总结。\n\n"
    "先看样例：hongtou demo。每条命令后面加 --help 有详细说明。",
)
@click.version_option(__version__, prog_name="hongtou")
def root() -> None:
    """Hold the commands together."""
