"""Laying a draft out: ``format``."""

from __future__ import annotations

from pathlib import Path

import click

from hongtou.console import put, shown
from hongtou.contents import about

from .options import EXISTING_FILE, FILE, moved, work_option


def _docx(_ctx: click.Context, _param: click.Parameter, value: Path) -> Path:
    if value.suffix.lower() != ".docx":
        raise click.BadParameter(f"“{value}”应以 .docx 结尾")
    return value


@click.command(
    "format",
    help=about(
        "format",
        "标题、主送机关、各级标题、附件说明、署名、日期、附件、版记认出来排到位；表格、图片、脚注照留，一个字也不改。"
        "自动编号变成打出来的字。.doc、.wps、.rtf、.odt 里有图片、脚注、批注、画的线的，请先另存为 .docx。"
        "工作文件夹里有 模板/格式.yaml 的，照它写的排。",
    ),
    options_metavar="[选项]",
)
@click.argument("draft", metavar="草稿", type=EXISTING_FILE)
@click.option(
    "-o",
    "out",
    type=FILE,
    required=True,
    metavar="文件.docx",
    callback=_docx,
    help="写到哪里，不能就是草稿。",
)
@work_option
@click.option(
    "--profile", type=EXISTING_FILE, metavar="文件", help="本单位的格式规定（YAML），只写与标准不同的。"
)
def format(draft: Path, out: Path, folder: Path | None, profile: Path | None) -> None:  # noqa: A001 - the command's name
    """Lay a draft out to the standard."""
    from hongtou.checking import profile_for
    from hongtou.drafts import lay_out_draft

    if out.exists() and out.samefile(draft):
        raise click.UsageError("-o 不能就是草稿本身，请另起一个名字")
    made = lay_out_draft(draft, out, profile_for(folder, profile))
    if made != out:
        moved(out, made)
    put(shown(made))
