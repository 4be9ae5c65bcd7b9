"""A form from a blank: ``learn``."""

from __future__ import annotations

from pathlib import Path

import click

from forms import NoWorkError
from hongtou.console import put, put_json, put_table, say, shown, ticked, visible
from hongtou.contents import about

from .options import FOLDER, catalogue, json_option, work_option

BLANKS = click.Path(exists=True, path_type=Path)


@click.command(
    "learn",
    help=about(
        "learn",
        "写出的模板和 YAML 放进这项工作的 表单/，一张表一对文件，马上可以用；同名的不会覆盖。"
        "列出认出的栏目和拿不准的地方，类型、必填、别名可以在 YAML 里改。",
    ),
    options_metavar="[选项]",
)
@click.argument("blanks", type=BLANKS, nargs=-1, required=True, metavar="空白表…")
@work_option
@click.option("--out", type=FOLDER, metavar="文件夹", help="写到这个文件夹，不写就是这项工作的 表单/。")
@json_option
def learn(blanks: tuple[Path, ...], folder: Path | None, out: Path | None, as_json: bool) -> None:
    """Learn forms from blanks."""
    from extract import walk
    from forms.workfile import FORMS_FOLDER
    from hongtou.learning import lessons
    from hongtou.views import learned_doubts, learned_json, learned_rows, learned_sum

    if out is None and folder is None:
        raise NoWorkError(
            "这里和上级文件夹都没有 work.yaml。请用 --work 指明工作文件夹，或用 --out 指明写到哪里"
        )
    target = out or (folder or Path()) / FORMS_FOLDER
    files = list(walk(blanks))
    found = []
    for lesson in lessons(ticked(files, len(files), "学表单"), target, catalogue()):
        found.append(lesson)
        if lesson.learned is None:
            say(visible(f"未学 {lesson.source}：{lesson.reason}"))
        elif not as_json:
            put(f"《{visible(lesson.learned.name)}》  {' '.join(map(shown, lesson.files))}")
            put_table(("栏目", "类型", "位置", "明细"), learned_rows(lesson.learned))
            put()
        for line in learned_doubts(lesson):
            say(visible(f"{lesson.source}：{line}"))
    if as_json:
        put_json([learned_json(lesson) for lesson in found])
    say(learned_sum(found))
