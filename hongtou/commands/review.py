"""What needs a person's eye, and the person's answer: ``review``, ``review set``, ``accept`` and ``assign``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from forms import Period, Status
from hongtou.answer import Answer, accept, assign, correct, owes
from hongtou.comparing import compared
from hongtou.console import put, put_json, say, visible
from hongtou.contents import about
from hongtou.views import (
    accepted_lines,
    assigned_lines,
    correction_line,
    needs_person,
    review_json,
    review_lines,
    review_sum,
    taken_line,
)

from .options import (
    EXISTING_FILE,
    Whole,
    json_option,
    now,
    opened,
    period_option,
    strict_option,
    work_option,
)

NUMBER = click.argument("submission", type=Whole(1, 10**9), metavar="编号")


@click.group(
    "review",
    invoke_without_command=True,
    help=about(
        "review",
        "不带子命令就列出待核对的报送，逐条写明出处和缘由。也可以在台账的“待核对”里填“更正为”一列，再用 --from 收回来。",
    ),
    options_metavar="[选项]",
    subcommand_metavar="[set|accept|assign …]",
)
@work_option
@click.option(
    "--from",
    "sheet",
    type=EXISTING_FILE,
    metavar="台账.xlsx",
    help="把这本台账“待核对”里“更正为”一列填的收回来。",
)
@json_option
@strict_option
@click.pass_context
def review(ctx: click.Context, folder: Path | None, sheet: Path | None, as_json: bool, strict: bool) -> int:
    """List the returns that wait for a person, or take a person's answers back from the workbook."""
    ctx.obj = folder
    if ctx.invoked_subcommand:
        return 0
    if sheet is not None:
        from hongtou.answersheet import take_back

        taken = take_back(opened(folder), sheet, now(), lambda line: say(visible(line)))
        say(taken_line(taken.noted, taken.known, taken.left))
        return int(strict and bool(taken.left))
    return _listed(folder, as_json, strict)


def _listed(folder: Path | None, as_json: bool, strict: bool) -> int:
    from ledger import open_ledger

    work = opened(folder)
    with open_ledger(work.folder) as ledger:
        entries = compared(work, ledger).entries
        refused = [r for r in ledger.refusals() if r.status is Status.REJECTED]
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
@NUMBER
@click.argument("field", metavar="栏目")
@click.argument("value", metavar="值")
@click.option("--why", required=True, metavar="缘由", help="为什么这样改，如“电话问过本人”。")
@click.option("--row", type=Whole(1, 10**6), metavar="行", help="明细里的第几行。")
@work_option
def set_value(submission: int, field: str, value: str, folder: Path | None, **rest: Any) -> None:
    """Correct a value."""
    made = correct(opened(folder), submission, Answer(field, value, rest["why"], rest["row"] or 0), now())
    say(visible(correction_line(made)))


@review.command(
    "accept",
    help="确认一份报送读出的值都对。\n\n它的疑点就此了结，以后重读文件也以现在的值为准；以后读出新的疑点，会再列出来。",
    options_metavar="[选项]",
)
@NUMBER
@work_option
def accept_values(submission: int, folder: Path | None) -> None:
    """Accept the values of a return as read."""
    for line in accepted_lines(*accept(opened(folder), submission, now())):
        say(visible(line))


@review.command(
    "assign",
    help="指定一份报送是哪个单位的、哪一期的。\n\n两样可以只写一样。以后重读文件也以它为准；报送情况、台账和总结都按它算。",
    options_metavar="[选项]",
)
@NUMBER
@click.option("--unit", metavar="单位", help="名册里的名称或别名。")
@period_option("哪一期，如 2020-07、2020-Q3。")
@work_option
def assign_return(submission: int, unit: str | None, period: Period | None, folder: Path | None) -> None:
    """Say whose a return is, and of which period."""
    if unit is None and period is None:
        raise click.UsageError("请写明 --unit 或 --period，也可以两样都写")
    work = opened(folder)
    entry = assign(work, submission, unit, period, now())
    for line in assigned_lines(entry, owes(work, entry)):
        say(visible(line))
