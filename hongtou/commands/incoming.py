"""What comes in: ``extract`` reads, ``collect`` keeps."""

from __future__ import annotations

from pathlib import Path

import click

from forms import Status
from hongtou.console import put_json, say, shown, ticked, visible
from hongtou.contents import about

from .options import Whole, catalogue, opened, strict_option, work_option

PATHS = click.Path(exists=True, path_type=Path)
UNCERTAIN = (Status.REJECTED, Status.REVIEW)


@click.command(
    "extract",
    help=about(
        "extract",
        "在工作文件夹里按它的表单和名册读，在别处按自带的表单读。各行按文件名的次序，与进程数无关。",
    ),
    options_metavar="[选项]",
)
@click.argument("paths", type=PATHS, nargs=-1, required=True, metavar="文件或文件夹…")
@work_option
@click.option(
    "--workers",
    type=Whole(1, 64),
    default=1,
    show_default=True,
    metavar="个数",
    help="同时用几个进程读。",
)
@strict_option
def extract(paths: tuple[Path, ...], folder: Path | None, workers: int, strict: bool) -> int:
    """Read files to JSON lines."""
    from extract import as_json, walk
    from hongtou.reading import records

    work = None if folder is None else opened(folder)
    files = list(walk(paths))
    uncertain = False
    read = records(work, catalogue(), files, workers)
    for found in ticked(read, len(files), "读文件", with_data=True):
        for record in found:
            put_json(as_json(record), pretty=False)
            uncertain |= record.status in UNCERTAIN
    return int(strict and uncertain)


@click.command(
    "collect",
    help=about(
        "collect",
        "不写文件就收 收件/ 里的全部。原件逐字节存进 归档/；收过的不再读，重名、改名、重发都不会重复计入。"
        "逐条列出需要看一眼的文件。",
    ),
    options_metavar="[选项]",
)
@click.argument("paths", type=PATHS, nargs=-1, metavar="[文件或文件夹…]")
@work_option
@strict_option
def collect(paths: tuple[Path, ...], folder: Path | None, strict: bool) -> int:
    """Take files into the ledger."""
    from extract import walk
    from hongtou.collect import collect as take_in
    from hongtou.reading import INBOX, from_inbox, reader
    from hongtou.telling import attention, collected_line
    from ledger import open_ledger

    work = opened(folder)
    inbox = work.folder / INBOX
    files = from_inbox(walk(paths or [inbox] * inbox.is_dir()), inbox)
    if not files:
        empty = "、".join(map(shown, paths or [inbox]))
        say(f"{empty} 里没有文件。请把各单位报回来的文件放进去，再执行 hongtou collect")
        return 0
    with open_ledger(work.folder) as ledger:
        watched = ticked(files, len(files), "收文件")
        found = take_in(work.folder, watched, reader(work, ()).file, ledger, attention(say))
    say(visible(collected_line(found)))
    return int(strict and any(outcome.status in UNCERTAIN for outcome in found.outcomes))
