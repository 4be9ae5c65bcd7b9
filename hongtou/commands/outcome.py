"""What is made from the ledger: ``ledger`` and ``summary``."""

from __future__ import annotations

from pathlib import Path

import click

from hongtou.console import put, say, shown
from hongtou.contents import about

from .options import Whole, moved, opened, out_option, today, work_option


@click.command(
    "ledger",
    help=about(
        "ledger", "每个表单一张工作表，另有 报送情况、待核对、剩余文字。有疑点的格子标了颜色，批注里是缘由。"
    ),
    options_metavar="[选项]",
)
@work_option
@out_option(".xlsx", "产出/台账/")
@click.option(
    "--csv",
    "csv",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="文件夹",
    help="另存一份 CSV，每个表单一个文件。",
)
def ledger(folder: Path | None, out: Path | None, csv: Path | None) -> None:
    """Make the workbook."""
    from hongtou.products import ledger_view, make_workbook
    from ledger import open_ledger

    work = opened(folder)
    with open_ledger(work.folder) as book:
        view = ledger_view(work, book, today())
    put(shown(make_workbook(view, today(), out, moved)))
    if csv is not None:
        from hongtou.csvfiles import write_tables

        for path in write_tables(view, csv):
            put(shown(path))
    say(f"{len(view.counted())} 份报送")


@click.command("summary", help=about("summary"), options_metavar="[选项]")
@work_option
@click.option("--year", type=Whole(1949, 2999), required=True, metavar="年份", help="哪一年的总结，如 2020。")
@out_option(".docx", "产出/总结/")
@click.option("--explain", "explain", is_flag=True, help="不做总结，列出每个数字来自哪些报送（编号）。")
def summary(folder: Path | None, year: int, out: Path | None, explain: bool) -> None:
    """Make the year-end summary, or tell what is behind its numbers."""
    from hongtou.products import explained_lines, ledger_view, make_summary
    from ledger import open_ledger

    work = opened(folder)
    with open_ledger(work.folder) as book:
        view = ledger_view(work, book, today())
    if explain:
        for line in explained_lines(view, year):
            put(line)
    else:
        put(shown(make_summary(view, year, out, moved)))
