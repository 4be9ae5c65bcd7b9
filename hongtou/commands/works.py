"""Work folders and what they are made of: ``new``, ``samples``, ``forms``."""

from __future__ import annotations

from pathlib import Path

import click

from hongtou.console import put, put_json, put_table, say, shown
from hongtou.contents import about

from .options import FOLDER, catalogue, json_option, opened, work_option


@click.command(
    "new",
    help=about(
        "new",
        "新文件夹里的 work.yaml 逐项有说明，填好就能用；名册写在 units.xlsx。文件夹已有内容的不会去动。",
    ),
    options_metavar="[选项]",
)
@click.argument("folder", type=FOLDER, metavar="文件夹")
@click.option("--sample", metavar="样例", help="照这个样例做一份，样例有哪些见 hongtou samples。")
def new(folder: Path, sample: str | None) -> None:
    """Make a work folder."""
    from hongtou.newwork import create

    create(folder, sample)
    say(f"已新建 {shown(folder)}")
    if sample is None:
        say(
            "接下来：一、填 work.yaml；二、在 units.xlsx 填名册；三、把通知正文放进“正文”；四、执行 hongtou status 看填得对不对。"
        )


@click.command("samples", help=about("samples"), options_metavar="[选项]")
def samples() -> None:
    """List the samples."""
    from samples import describe, names

    put_table(("样例", "内容"), [(name, describe(name)) for name in names()])


@click.command(
    "forms",
    help=about("forms", "在工作文件夹里列出这项工作能用的全部表单，在别处只列自带的。"),
    options_metavar="[选项]",
)
@work_option
@json_option
def forms(folder: Path | None, as_json: bool) -> None:
    """List the forms with their fields."""
    from hongtou.views import form_json, form_rows

    known = opened(folder).forms if folder is not None else catalogue()
    if as_json:
        put_json([form_json(form) for form in known])
        return
    for form in known:
        put(f"《{form.name}》")
        put_table(("栏目", "类型", "必填", "用途"), form_rows(form))
        put()
