"""The whole cycle on the sample: ``demo``."""

from __future__ import annotations

from pathlib import Path

import click

from hongtou.console import put, put_table, say, shown
from hongtou.contents import about

from .options import FOLDER, today


@click.command(
    "demo",
    help=about(
        "demo",
        "做在指定的文件夹里，不写就是当前文件夹下的 hongtou-demo。已有别的东西的文件夹不会去动；上次演示做的会重做。",
    ),
    options_metavar="[选项]",
)
@click.argument("folder", type=FOLDER, metavar="[文件夹]", default=Path("hongtou-demo"))
def demo(folder: Path) -> None:
    """Run the whole cycle on the sample."""
    from hongtou.cycle import run
    from hongtou.telling import look_at, made_rows, read_rows, true_rows, why

    made = run(folder, today(), say)
    put(f"演示做好了：{shown(folder)}")
    put()
    put_table(("做了什么", "份数", "在哪里"), made_rows(made), right=[1])
    put()
    put_table(("收回来的", "数目", "说明"), read_rows(made), right=[1])
    put()
    put_table(("处数", "存疑的缘由"), why(made.view.entries), right=[0])
    put()
    put_table(("与真值对照", "栏数", "说明"), true_rows(made.comparison), right=[1])
    put()
    put("先看：")
    for line in look_at(made):
        put(line)
