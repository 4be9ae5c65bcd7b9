"""What else lies in the file beside the form: the notice it came with, the other form left blank, lists of other people."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from .content import filled as fill
from .content import organ, person
from .layouts import blocks as lay_out
from .model import REPORT, VISIT, Block, Break, Cell, Deviation, Filled, Line, Row, Table, deviation

_NOTICE = (
    "关于报送走基层和观摩情况的通知",
    "各县区团委，机关各部室：",
    "根据工作安排，现将有关事项通知如下。",
    "一、报送内容。走基层情况报告单写明走访形式、走访人数和存在问题，观摩情况报告单写明观摩点亮点工作和整改措施。",
    "二、报送时间。机关各部室每月28日前、县区团委每月10日前报送。",
    "三、联系方式。联系人：办公室值班员，电话：0395-0000120。",
    "共青团漯河市委办公室",
)
_OTHER = {REPORT: VISIT, VISIT: REPORT}


def _with_notice(blocks: list[Block], filled: Filled, _random: Random) -> None:
    lines: list[Block] = [Line(text, "title" if text is _NOTICE[0] else "text") for text in _NOTICE]
    blocks[:0] = [*lines, Break()]
    filled.kept += _NOTICE[2:6]


def _with_blank(blocks: list[Block], filled: Filled, random: Random) -> None:
    """Leave the other form of the notice blank in the file, before or after the filled one."""
    other = fill(_OTHER[filled.form], random)
    for item in (other.date, *other.items):
        item.shown = "    年    月    日" if item is other.date else ""
    blank = lay_out(other)
    blocks[:] = [*blank, Break(), *blocks] if random.random() < 0.5 else [*blocks, Break(), *blank]


def _people(heads: Sequence[str], random: Random) -> tuple[Table, list[str]]:
    rows = [Row([Cell(head, 1, label=True) for head in heads])]
    texts = []
    for number in range(1, random.choice((3, 5, 8))):
        cells = {"序号": str(number), "姓名": person(random), "单位职务": f"{organ(random)}干事"}
        cells |= {
            "单位": organ(random),
            "职务": "干事",
            "联系电话": f"0395-0000{random.randint(100, 999)}",
            "签名": "",
        }
        rows.append(Row([Cell(cells[head]) for head in heads]))
        texts += [cells[head] for head in heads if head not in ("序号", "签名", "职务")]
    return Table(rows, [1700] * len(heads)), texts


def _with_list(*heads: str) -> Deviation:
    def step(blocks: list[Block], filled: Filled, random: Random) -> None:
        table, texts = _people(heads, random)
        blocks += [Line(""), Line("座谈会签到表", "title", "center"), table]
        filled.kept += ["座谈会签到表", *texts]

    name = f"后附签到表·{len(heads)}列"
    return deviation(name, lambda f, _r: f.steps.append(step), "after before table")


def _with_photos(blocks: list[Block], filled: Filled, _random: Random) -> None:
    blocks += [
        Break(),
        Line("走访照片", "title", "center"),
        Line("⟦pic⟧", "text", "center"),
        Line("图1 座谈会现场"),
    ]
    filled.kept.append("图1 座谈会现场")


COMPANY: tuple[Deviation, ...] = (
    deviation("前附通知全文", lambda f, _r: f.steps.append(_with_notice), "before after title"),
    deviation("另一种表空着", lambda f, _r: f.steps.append(_with_blank), "before after title native"),
    deviation("后附照片", lambda f, _r: f.steps.append(_with_photos), "after", "docx"),
    _with_list("序号", "姓名", "单位职务", "联系电话"),
    _with_list("序号", "姓名", "单位", "职务", "签名"),
    _with_list("姓名", "单位职务", "签名"),
)
