"""What examines a finished document: ``check``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from hongtou.console import put, put_json, say, shown, ticked
from hongtou.contents import about

from .options import EXISTING_FILE, json_option, work_option


@click.command(
    "check",
    help=about(
        "check",
        "先列问题（标准规定必须这样的），再列建议（标准写“一般”的和通行做法）；每条写明条款、在哪里、现在怎样、"
        "应当怎样、怎么改。工作文件夹里有 模板/格式.yaml 的，以它写的为准。",
    ),
    options_metavar="[选项]",
)
@click.argument("files", type=EXISTING_FILE, nargs=-1, required=True, metavar="文件…")
@work_option
@click.option(
    "--profile", type=EXISTING_FILE, metavar="文件", help="本单位的格式规定（YAML），只写与标准不同的。"
)
@click.option("--pdf", is_flag=True, help="再量排好的页面：用旁边同名的 .pdf，没有就用 LibreOffice 排。")
@json_option
def check(
    files: tuple[Path, ...], folder: Path | None, profile: Path | None, pdf: bool, as_json: bool
) -> None:
    """Examine documents."""
    from hongtou.checking import examined, lines, profile_for, record, rendered

    used = profile_for(folder, profile)
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        pages = rendered(files, Path(scratch)) if pdf else None
        for path in ticked(files, len(files), "检查", with_data=not as_json):
            item = examined(path, used, pages)
            found.append(item)
            for line in item.notes:
                say(line)
            for line in () if as_json else lines(item, shown(path)):
                put(line)
    if as_json:
        put_json([record(item, used) for item in found])
