"""Whether what is kept is sound, and a copy of it: ``verify`` and ``backup``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from hongtou.console import put, put_json, say, shown, ticked, visible
from hongtou.contents import about

from .options import FILE, json_option, opened, strict_option, work_option


@click.command(
    "verify",
    help=about(
        "verify",
        "查三样：台账文件内部是否完好，归档的原件是否还是当初的字节，台账里每个值在原件的出处是否还读得出。只看，不改。",
    ),
    options_metavar="[选项]",
)
@work_option
@json_option
@strict_option
def verify(folder: Path | None, as_json: bool, strict: bool) -> int:
    """Examine ledger and archive."""
    from hongtou.reading import readers
    from hongtou.verifying import verify as examined
    from ledger import open_ledger

    work = opened(folder)
    with readers(work) as reading, open_ledger(work.folder) as ledger:
        files = ledger.kept()
        found = examined(ledger, ticked(files, len(files), "核验"), reading.file)
    if as_json:
        put_json(asdict(found))
    for finding in () if as_json else found.findings:
        put(visible(f"{finding.source}：{finding.message}"))
    wrong = f"发现 {len(found.findings)} 处问题" if found.findings else "没有发现问题"
    say(f"核验了 {found.files} 个归档文件、{found.values} 个值：{wrong}")
    return int(strict and bool(found.findings))


@click.command(
    "backup",
    help=about(
        "backup",
        "正在用也可以备份，得到的是同一时刻的台账。文件名以 .zip 结尾的连同归档、表单、名册等一起打包（产出/ 除外，"
        "随时可以重做），解开就是完整的工作文件夹；别的文件名只存台账。",
    ),
    options_metavar="[选项]",
)
@click.argument("out", type=FILE, metavar="文件")
@work_option
def backup(out: Path, folder: Path | None) -> None:
    """Copy the ledger, or the whole work."""
    from hongtou.backup import backup as copied
    from ledger import open_ledger

    work = opened(folder)
    with open_ledger(work.folder) as ledger:
        put(shown(copied(ledger, out)))
