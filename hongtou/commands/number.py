"""The registry of 文号: ``number``."""

from __future__ import annotations

from pathlib import Path

import click

from hongtou.console import put, put_table, say, visible
from hongtou.contents import about
from hongtou.numbering import Wanted, gap_lines, number_rows, registry, series_of, taken

from .options import Whole, now, opened, today, work_option


@click.command(
    "number",
    help=about("number", "写了 --title 就发下一个号；不写只列出已发的，缺号的说明缘由。"),
    options_metavar="[选项]",
)
@work_option
@click.option("--series", metavar="代字", help="机关代字，如 漯青发；不写就用 work.yaml 里的。")
@click.option("--year", type=Whole(1949, 2999), metavar="年份", help="哪一年的号；不写就是今年。")
@click.option("--title", metavar="标题", help="发给哪个文件，写它的标题。")
@click.option(
    "--number",
    "count",
    type=Whole(1, 99999),
    metavar="号",
    help="不发下一个，登记这个号（在别处用了的、作废的）。",
)
@click.option("--why", default="", metavar="缘由", help="登记这个号的缘由。")
def number(
    folder: Path | None, series: str | None, year: int | None, title: str | None, **rest: object
) -> None:
    """Issue the next 文号, or list those issued."""
    count, why = int(str(rest["count"] or 0)), str(rest["why"])
    if count and not (title and why):
        raise click.UsageError("登记指定的号，请同时写明 --title 和 --why")
    work = opened(folder)
    listed = registry(work)
    if title:
        wanted = Wanted(series or series_of(work, listed), year or today().year, title, count, why)
        put(str(taken(work, wanted, now()).number))
        return
    chosen = [i for i in listed if series in (None, i.number.series) and year in (None, i.number.year)]
    put_table(("文号", "标题", "日期", "说明"), number_rows(chosen))
    for line in gap_lines(chosen):
        say(visible(line))
