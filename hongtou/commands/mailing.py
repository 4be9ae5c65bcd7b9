"""Letters to the units: ``mail`` (draft, send, list, answer, code) and ``remind``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forms import Period, Stage, Work
from hongtou.console import put, put_json, put_table, say, shown, visible
from hongtou.contents import about

from .options import Day, Whole, json_option, now, opened, period_option, strict_option, today, work_option

if TYPE_CHECKING:
    from forms import Dispatch
    from hongtou.mail.letters import Outgoing
    from ledger import Ledger

NUMBER = click.argument("number", type=Whole(1, 10**9), metavar="编号")
NO_NOTICE = click.option(
    "--no-notice", "no_notice", is_flag=True, help="只发空白表，不再附通知；不用报的单位不发。"
)


@click.group(
    "mail",
    help=about(
        "mail",
        "发信用 work.yaml 里“邮箱”的账号，授权码另存（hongtou mail code）。每封信发之前、之后都记在台账里，中断了再执行"
        "一遍，发过的不会再发；不知道发到没有的不会自己重发，等人核实。",
    ),
    options_metavar="[选项]",
    subcommand_metavar="draft|send|list|answer|code",
)
def mail() -> None:
    """Hold the commands about letters together."""


@mail.command(
    "draft",
    options_metavar="[选项]",
    help="起草：一个单位一封，写到 产出/待发邮件/*.eml，双击可用 Foxmail、Outlook、WPS 邮箱打开。",
)
@work_option
@period_option("附哪一期的空白表；不写就是眼下这一期。")
@NO_NOTICE
def draft(folder: Path | None, period: Period | None, no_notice: bool) -> None:
    """Write the letters as drafts."""
    from hongtou.mail.letters import notice_letters

    work = _with_notices(folder, no_notice)
    _drafted(work, notice_letters(work, period or today(), with_notice=not no_notice))


@mail.command("send", options_metavar="[选项]", help="发出：一个单位一封，附通知和空白表。发过的不再发。")
@work_option
@period_option("附哪一期的空白表；不写就是眼下这一期。")
@NO_NOTICE
@click.option("--changed", is_flag=True, help="内容与发过的不同的，也再发一封。")
@strict_option
def send(folder: Path | None, period: Period | None, no_notice: bool, changed: bool, strict: bool) -> int:
    """Send the letters."""
    from hongtou.mail.letters import notice_letters

    work = _with_notices(folder, no_notice)
    letters = notice_letters(work, period or today(), with_notice=not no_notice)
    return _posted(work, lambda _: letters, changed=changed, strict=strict)


@mail.command("list", options_metavar="[选项]", help="列出发过的信：谁收到了，谁被拒、退信，哪些要人核实。")
@work_option
@json_option
def listing(folder: Path | None, as_json: bool) -> None:
    """List what went out."""
    from hongtou.mail.words import LIST_COLUMNS, dispatch_json, dispatch_rows, list_sum
    from ledger import Outbox, open_ledger

    with open_ledger(opened(folder).folder) as ledger:
        found = Outbox(ledger).dispatches()
    if as_json:
        put_json([dispatch_json(one) for one in found])
        return
    if found:
        put_table(LIST_COLUMNS, dispatch_rows(found), right=[0])
    say(list_sum(found))


@mail.command(
    "answer",
    options_metavar="[选项]",
    help="核实之后回答：对方收到了，或用别的办法送到了（已发）；没有收到，再发一次（重发）。",
)
@NUMBER
@click.argument("fate", type=click.Choice(["已发", "重发"]), metavar="已发|重发")
@work_option
def answer(number: int, fate: str, folder: Path | None) -> None:
    """Take a person's word on a message."""
    from hongtou.mail.sending import queue_again, settle
    from hongtou.mail.words import dispatch_line
    from ledger import open_ledger

    work = opened(folder)
    with open_ledger(work.folder) as ledger, ledger.writing():
        if fate == "已发":
            say(dispatch_line(settle(ledger, number, now)))
        else:
            _sent(work, ledger, lambda: [queue_again(work, ledger, number, now)])


@mail.command(
    "code",
    options_metavar="[选项]",
    help="把邮箱的授权码存进系统的密码库（Windows 凭据、钥匙串）；输入时不显示。",
)
@work_option
def code(folder: Path | None) -> None:
    """Keep the authorisation code."""
    from hongtou.mail.code import keep
    from hongtou.mail.sending import mailbox_of

    account = mailbox_of(opened(folder)).account
    keep(account, click.prompt(f"{account} 的授权码", hide_input=True, err=True).strip())
    say("存好了")


@click.command(
    "remind",
    help=about(
        "remind",
        "到期没有报的，一个单位一封：缺哪几份、逾期几天，附催办通知和空白表，写到 产出/催报/。一个单位一天只催一次。",
    ),
    options_metavar="[选项]",
)
@work_option
@period_option("只催这一期的。")
@click.option(
    "--on", "day", type=Day(), metavar="日期", help="以哪一天为准；不写就是今天。不能与 --send 同用。"
)
@click.option("--send", "posting", is_flag=True, help="不写成草稿，直接发出。")
@strict_option
def remind(folder: Path | None, period: Period | None, day: date | None, posting: bool, strict: bool) -> int:
    """Ask for what is missing."""
    from hongtou.mail.letters import reminder_letters
    from ledger import open_ledger, standings

    if posting and day is not None:
        raise click.UsageError("--send 只按今天的情况催，不能与 --on 同用。")
    work = opened(folder)

    def letters(ledger: Ledger) -> list[Outgoing]:
        when = day or today()
        return list(reminder_letters(work, standings(work, ledger.entries(), when), when, period))

    if posting:
        return _posted(work, letters, strict=strict)
    with open_ledger(work.folder) as ledger:
        _drafted(work, letters(ledger))
    return 0


def _with_notices(folder: Path | None, no_notice: bool) -> Work:
    """Open the work whose notices are to be sent, their 文号 entered; tell of notices that are older than their text."""
    from hongtou.mail.letters import stale_notices
    from hongtou.numbering import numbered

    if no_notice:
        return opened(folder)
    work = numbered(opened(folder), now())
    for path in stale_notices(work):
        say(f"{shown(path)} 比 work.yaml 或正文旧，附的是旧的。改过正文请先执行 hongtou notice")
    return work


def _drafted(work: Work, letters: Iterable[Outgoing]) -> None:
    from hongtou.mail.letters import write_drafts

    found = list(letters)
    for path in write_drafts(work, found):
        put(shown(path))
    nowhere = [visible(item.unit.name) for item in found if not item.letter.addresses]
    if nowhere:
        count = f"（{len(nowhere)} 个单位）" if len(nowhere) > 1 else ""
        say(f"没有邮箱 {'、'.join(nowhere)}{count}：草稿里没有收件人，请在名册的“邮箱”一列填上")
    say(f"共 {len(found)} 封" if found else "没有要写信的单位")


def _posted(
    work: Work, letters: Callable[[Ledger], list[Outgoing]], *, changed: bool = False, strict: bool = False
) -> int:
    """Send ``letters`` of the ledger as it stands; return the status."""
    from hongtou.mail.code import code_of
    from hongtou.mail.sending import mailbox_of, prepare
    from hongtou.mail.words import held_lines
    from ledger import open_ledger

    code_of(mailbox_of(work).account)  # before anything is put into the ledger
    with open_ledger(work.folder) as ledger, ledger.writing():
        waiting, held = prepare(work, letters(ledger), ledger, now, changed=changed)
        for line in held_lines(held):
            say(visible(line))
        unwell = _sent(work, ledger, lambda: waiting)
    return int(strict and (unwell or any(item.why != "早已发过" for item in held)))


def _sent(work: Work, ledger: Ledger, waiting: Callable[[], list[Dispatch]]) -> bool:
    """Send what is ``waiting`` and tell of each; return whether something needs a person."""
    from time import sleep

    from hongtou.mail.code import code_of
    from hongtou.mail.sending import mailbox_of, send
    from hongtou.mail.smtp import Post
    from hongtou.mail.words import dispatch_line, sent_line

    mailbox = mailbox_of(work)
    done = []
    with Post(mailbox, code_of(mailbox.account)) as post:
        for one in send(waiting(), post, ledger, now, lambda: sleep(mailbox.pause)):
            say(visible(dispatch_line(one)))
            done.append(one)
    say(sent_line(done))
    return any(one.needs_person or one.stage is Stage.WAITING for one in done)
