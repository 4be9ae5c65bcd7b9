"""Who owes what: ``status``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forms import Period
from hongtou.comparing import compared
from hongtou.console import put, put_json, put_table, say, visible
from hongtou.contents import about
from hongtou.views import (
    LEGEND,
    LEGEND_PEOPLE,
    TOTALS,
    absent_lines,
    standing_json,
    standing_table,
    unarranged_lines,
)

from .options import Day, json_option, opened, period_option, today, work_option


@click.command(
    "status",
    help=about("status", f"每个表单一张表，一行一个单位，一列一期。{LEGEND}。"),
    options_metavar="[选项]",
)
@work_option
@period_option("只看这一期，如 2020-07、2020-Q3。")
@click.option("--on", "day", type=Day(), metavar="日期", help="以哪一天为准，如 2020-09-30；不写就是今天。")
@json_option
def status(folder: Path | None, period: Period | None, day: date | None, as_json: bool) -> None:
    """Show who has reported and who has not."""
    from hongtou.mail.words import outbox_line
    from ledger import Outbox, open_ledger, standings

    work = opened(folder)
    with open_ledger(work.folder) as ledger:
        listed = [
            s
            for s in standings(work, compared(work, ledger).entries, day or today())
            if not period or s.period == str(period)
        ]
        unwell = outbox_line(Outbox(ledger).dispatches())
    if as_json:
        put_json([standing_json(standing) for standing in listed])
        return
    if not listed:
        say(
            f"{f'{period} 这一期' if period else '这项工作'}没有要报的表。请看 work.yaml 的“报送”和 units.xlsx"
        )
    for form in dict.fromkeys(standing.form for standing in listed):
        header, rows = standing_table(s for s in listed if s.form == form)
        put(f"《{form}》  截至 {day or today()}")
        put_table(header, rows, right=range(len(header) - len(TOTALS), len(header)))
        for line in absent_lines(s for s in listed if s.form == form):
            put(visible(line))
        put()
    if listed:
        say("；".join([LEGEND, *[LEGEND_PEOPLE] * any(s.absent for s in listed)]))
    for line in [*unarranged_lines(work), *[unwell] * bool(unwell)]:
        say(line)
