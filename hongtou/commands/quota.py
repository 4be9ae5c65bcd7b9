"""What was done of what was asked: ``quota``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from forms import QuotaResult
from hongtou.comparing import compared
from hongtou.console import put, put_json, put_table, say, visible
from hongtou.contents import about
from hongtou.quotaviews import LEGEND, gap_lines, quota_json, quota_lines, quota_table

from .options import Day, json_option, opened, today, work_option


@click.command(
    "quota",
    help=about("quota", f"每项指标一张表，一行一个单位或一个人，一列一期。{LEGEND}。"),
    options_metavar="[选项]",
)
@work_option
@click.option("--on", "day", type=Day(), metavar="日期", help="以哪一天为准，如 2020-09-30；不写就是今天。")
@click.option("--explain", "explain", is_flag=True, help="逐个数列出来自哪些报送（编号），以制表符隔开。")
@json_option
def quota(folder: Path | None, day: date | None, explain: bool, as_json: bool) -> None:
    """Hold the quotas against the returns."""
    from ledger import open_ledger, quotas

    work = opened(folder)
    with open_ledger(work.folder) as ledger:
        results, gaps = quotas(work, compared(work, ledger).entries, day or today())
    if as_json:
        put_json([quota_json(result) for result in results])
    elif explain:
        for line in quota_lines(results):
            put(line)
    else:
        _tables(results, day or today())
    for line in gap_lines(gaps):
        say(visible(line))


def _tables(results: Sequence[QuotaResult], day: date) -> None:
    if not results:
        say("work.yaml 里没有“指标”，或者各期都还没有开始")
        return
    for name in dict.fromkeys(result.quota for result in results):
        own = [result for result in results if result.quota == name]
        header, rows = quota_table(own)
        put(f"{name}（{own[0].required}）  截至 {day}")
        put_table(header, rows, right=range(len(header) - 2, len(header)))
        put()
    say(LEGEND)
