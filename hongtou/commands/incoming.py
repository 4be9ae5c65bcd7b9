"""What comes in: ``extract`` reads, ``collect`` keeps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from forms import Record, Status, Work
from hongtou.console import json_bytes, put_bytes, say, shown, ticked, visible
from hongtou.contents import about

from .options import Whole, catalogue, now, opened, strict_option, work_option

if TYPE_CHECKING:
    from hongtou.collect import Collected
    from hongtou.reading import File
    from hongtou.rereading import Reread
    from hongtou.taken import Read
    from ledger import Ledger

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
    from extract import walk
    from hongtou.reading import readers

    work = None if folder is None else opened(folder)
    files = list(walk(paths))
    uncertain = False
    with readers(work, catalogue(), workers) as reading:
        for lines, unsure in ticked(reading.each(files, _lines), len(files), "读文件", with_data=True):
            put_bytes(lines)
            uncertain |= unsure
    return int(strict and uncertain)


def _lines(records: tuple[Record, ...]) -> tuple[bytes, bool]:
    """Return the JSON lines of a file's records, and whether any of them wants an eye."""
    from extract import as_json

    lines = b"".join(json_bytes(as_json(record)) for record in records)
    return lines, any(record.status in UNCERTAIN for record in records)


@click.command(
    "collect",
    help=about(
        "collect",
        "不写文件就收 收件/ 里的全部。原件逐字节存进 归档/；收过的不再读，重名、改名、重发都不会重复计入。"
        "逐条列出需要看一眼的文件。红头升级后，以前读不了的会自动再读一遍。",
    ),
    options_metavar="[选项]",
)
@click.argument("paths", type=PATHS, nargs=-1, metavar="[文件或文件夹…]")
@work_option
@click.option(
    "--reread",
    is_flag=True,
    help="把归档里的全部重读一遍，按现在的表单和名册；人工核对的结果保留。",
)
@click.option("--imap", "imap", is_flag=True, help="收邮箱里的新邮件（work.yaml 的“邮箱”），不收文件夹。")
@click.option(
    "--mark-read",
    "mark_read",
    is_flag=True,
    help="与 --imap 同用：收下的在邮箱里标为已读；不写就不在邮箱里留下任何痕迹。",
)
@strict_option
def collect(paths: tuple[Path, ...], folder: Path | None, **chosen: bool) -> int:
    """Take files or mails into the ledger."""
    if (chosen["mark_read"] and not chosen["imap"]) or (chosen["imap"] and paths):
        raise click.UsageError("--imap 收邮箱，不能再写文件；--mark-read 只与 --imap 同用。")
    work = opened(folder)
    if chosen["imap"]:
        return _from_mailbox(work, **chosen)
    return _from_folders(work, paths, reread=chosen["reread"], strict=chosen["strict"])


def _from_folders(work: Work, paths: tuple[Path, ...], *, reread: bool, strict: bool) -> int:
    """Take in files; return the status."""
    from extract import walk
    from hongtou.reading import INBOX, from_inbox
    from hongtou.telling import collected_line, reread_line

    inbox = work.folder / INBOX
    files = from_inbox(walk(paths or [inbox] * inbox.is_dir()), inbox)
    if not files and not reread:
        empty = "、".join(map(shown, paths or [inbox]))
        say(f"{empty} 里没有文件。请把各单位报回来的文件放进去，再执行 hongtou collect")
        return 0
    again, found = _taken_in(work, files, everything=reread)
    if again.files:
        say(reread_line(again))
    if files:
        say(visible(collected_line(found)))
    statuses = [one.status for one in again.files] + [one.status for one in found.outcomes]
    return int(strict and any(status in UNCERTAIN for status in statuses))


def _taken_in(work: Work, files: list[File], *, everything: bool) -> tuple[Reread, Collected]:
    """Read again what is to be read again, then take ``files`` in."""
    from extract import READER_VERSION
    from hongtou.collect import collect as take_in
    from hongtou.collect import ensure_room
    from hongtou.mail.reading import watching
    from hongtou.reading import readers
    from hongtou.telling import attention
    from ledger import open_ledger

    with readers(work) as reading, open_ledger(work.folder) as ledger, ledger.writing():
        ensure_room(ledger, files)
        again = _reread(ledger, reading.file, everything=everything)
        watched_files = ticked(files, len(files), "收文件")
        found = take_in(
            watched_files, watching(reading.file, ledger, now), ledger, attention(say), READER_VERSION
        )
    return again, found


def _reread(ledger: Ledger, read: Read, *, everything: bool) -> Reread:
    """Read again what an earlier version could not read, or everything."""
    from extract import READER_VERSION
    from hongtou.mail.reading import timed
    from hongtou.rereading import outdated, reread
    from hongtou.telling import reread_attention
    from ledger import Postbag

    old = ledger.kept()
    chosen = list(old) if everything else outdated(old, READER_VERSION)
    watched = ticked(chosen, len(chosen), "重读")
    return reread(
        watched, timed(read, Postbag(ledger).moments), ledger, reread_attention(say), READER_VERSION
    )


def _from_mailbox(work: Work, *, reread: bool, strict: bool, mark_read: bool, **_: bool) -> int:
    """Take in the new mails of the mailbox; return the status."""
    from extract import READER_VERSION
    from hongtou.mail.fetching import Fetch, known_addresses
    from hongtou.mail.imap import Mailroom
    from hongtou.mail.reading import watching
    from hongtou.reading import readers
    from hongtou.telling import attention, fetched_line, reread_line
    from ledger import open_ledger

    room = Mailroom(work)
    with readers(work) as reading, open_ledger(work.folder) as ledger, ledger.writing():
        again = _reread(ledger, reading.file, everything=reread)
        watched = watching(reading.file, ledger, now)
        fetch = Fetch(room.opened, watched, ledger, attention(say), known_addresses(work))
        found = fetch.run(work.first, now, READER_VERSION)
    if again.files:
        say(reread_line(again))
    say(visible(fetched_line(found)))
    if mark_read:
        room.mark_read(fetch.uids)
    statuses = [one.status for one in again.files] + [one.status for one in found.outcomes]
    return int(strict and any(status in UNCERTAIN for status in statuses))
