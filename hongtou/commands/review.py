"""What needs a person's eye, and the person's answer: ``review`` and ``review set``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from forms import Status
from hongtou.answer import Answer, correct
from hongtou.console import put, put_json, say, visible
from hongtou.contents import about
from hongtou.views import correction_line, needs_person, review_json, review_lines, review_sum

from .options import Whole, json_option, now, opened, strict_option, work_option


@click.group(
    "review",
    invoke_without_command=True,
    help=about(
        "review",
        "不带子命令就列出待核对的报送，逐条写明出处和缘由。改一个值：hongtou review set 编号 栏目 值 --why 缘由。",
    ),
    options_metavar="[选项]",
    subcommand_metavar="[set …]",
)
@work_option
@json_option
@strict_option
@click.pass_context
def review(ctx: click.Context, folder: Path | None, as_json: bool, strict: bool) -> int:
    """List the returns that wait for a person."""
    ctx.obj = folder
    if ctx.invoked_subcommand:
        return 0
    from ledger import open_ledger

    with open_ledger(opened(folder).folder) as ledger:
        entries, refused = ledger.entries(), [r for r in ledger.refusals() if r.status is Status.REJECTED]
    waiting = [entry for entry in entries if needs_person(entry)]
    if as_json:
        put_json([line for entry in waiting for line in review_json(entry)])
        return int(strict and bool(waiting or refused))
    for entry in waiting:
        for line in review_lines(entry):
            put(visible(line))
    for refusal in refused:
        put(visible(f"未收  {refusal.source}：{refusal.reason}"))
    say(review_sum(len(entries), len(waiting), len(refused)))
    return int(strict and bool(waiting or refused))


@review.command(
    "set",
    help="记下人看过之后的值。\n\n以后重读文件也以它为准，缘由一并留在台账里。日期写成 2020-07-08，没有填写的写“无”。",
    options_metavar="[选项]",
)
@click.argument("submission", type=Whole(1, 10**9), metavar="编号")
@click.argument("field", metavar="栏目")
@click.argument("value", metavar="值")
@click.option("--why", required=True, metavar="缘由", help="为什么这样改，如“电话问过本人”。")
@click.option("--row", type=Whole(1, 10**6), metavar="行", help="明细里的第几行。")
@work_option
def set_value(submission: int, field: str, value: str, folder: Path | None, **rest: Any) -> None:
    """Correct a value."""
    made = correct(opened(folder), submission, Answer(field, value, rest["why"], rest["row"] or 0), now())
    say(visible(correction_line(made)))
