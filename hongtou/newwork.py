"""A new work folder: empty with its explanations, or a copy of a sample.

Knows which folders and files a work begins with; what they mean stands in ``forms``.
"""

from __future__ import annotations

from pathlib import Path

from forms import HongtouError
from forms.roster import COLUMNS
from forms.rosterfiles import ROSTER_FILE
from forms.workfile import WORK_FILE

FOLDERS = ("正文", "表单", "收件", "归档", "产出")
NOTICE = "正文/通知.md"
_EMPTY = Path(__file__).with_name("empty.yaml")
_WIDTHS = (28, 30, 12, 12, 12, 28, 16)  # characters of 单位, 别名, 类别, 联系人, 职务, 邮箱, 电话


class OccupiedError(HongtouError):
    """The folder for a new work holds something already."""


class UnknownSampleError(HongtouError):
    """No sample has that name."""


def create(folder: Path, sample: str | None = None) -> None:
    """Make a work in ``folder``, which must not exist or be empty: raise ``OccupiedError`` otherwise."""
    if folder.exists() and any(folder.iterdir()):
        raise OccupiedError(f"{folder} 里已经有东西了，没有动它。请换一个名字，或先把里面的东西移走")
    if sample is not None:
        _sample(sample, folder)
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    if sample is None:
        (folder / NOTICE).write_text("请把通知的正文写在这里，一段一行。\n", encoding="utf-8")
        _roster(folder / ROSTER_FILE)
        (folder / WORK_FILE).write_bytes(_EMPTY.read_bytes())  # last: with it the folder is a work


def _sample(name: str, folder: Path) -> None:
    import samples

    if name not in samples.names():
        raise UnknownSampleError(f"没有“{name}”这个样例。现有：{'、'.join(samples.names())}")
    samples.build(name, folder)


def _roster(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("名册")
        text = book.add_format({"num_format": "@"})  # a telephone number is no number
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, text)
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True, "border": 1, "bg_color": "#DDDDDD"}))
        sheet.freeze_panes(1, 1)
        sheet.write_comment("B1", "单位的其他叫法，用顿号隔开；认来件是哪个单位时用")
        sheet.write_comment("C1", "如 机关部室、县区团委；work.yaml 的“单位类别”用的就是它")
