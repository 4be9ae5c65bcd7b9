"""What goes out to the units: ``notice`` and ``blank``."""

from __future__ import annotations

from pathlib import Path

import click

from forms import Period
from hongtou.console import put, say, shown
from hongtou.contents import about

from .options import EXISTING_FILE, moved, now, opened, period_option, today, work_option


@click.command(
    "notice", help=about("notice", "写到 产出/通知/，一个通知一个文件。"), options_metavar="[选项]"
)
@work_option
@click.option("--draft", type=EXISTING_FILE, metavar="文件", help="正文改用这个文件。")
@click.option("--each-unit", "each_unit", is_flag=True, help="名册里每个单位做一份，主送机关写它的名称。")
def notice(folder: Path | None, draft: Path | None, each_unit: bool) -> None:
    """Make the notices."""
    from hongtou.numbering import numbered
    from hongtou.products import make_notices

    for path in make_notices(numbered(opened(folder), now()), draft, each_unit=each_unit, moved=moved):
        put(shown(path))


@click.command(
    "blank",
    help=about(
        "blank",
        "写到 产出/空白表/单位/。不写报送期就做眼下这一期：今天所在的一期，工作还没开始的做第一期，已经结束的做最后一期。",
    ),
    options_metavar="[选项]",
)
@work_option
@click.option("--form", "form", metavar="表单", help="只做这个表单。")
@click.option("--unit", "unit", metavar="单位", help="只做这个单位的，写名册里的名称或别名。")
@period_option("做哪一期的，如 2020-07、2020-Q3。")
def blank(folder: Path | None, form: str | None, unit: str | None, period: Period | None) -> None:
    """Make the blank forms."""
    from hongtou.products import chosen_blanks, make_blanks

    work = opened(folder)
    made = 0
    for path in make_blanks(work, chosen_blanks(work, form, unit, period or today()), moved):
        put(shown(path))
        made += 1
    say(f"共 {made} 份空白表")
