"""What stands around a form: cover lines, notes on filling it in, signatures, stamps, a letter above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from .content import person
from .model import REPORT, Deviation, Filled, Line, deviation

_NOTES = (
    ("填表说明：", "1.本表由走访人如实填写，每次走访填写一份。", "2.电子版与纸质版同时报送。"),
    ("注：本表一式两份，一份自留，一份报组织部存档。",),
    ("备注：请于当月截止日前发送至指定邮箱，逾期不候。",),
    ("说明：表中内容可另附页，照片单独打包发送。",),
)


def _before(*texts: str, role: str = "cover") -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, _random: Random) -> None:
        filled.before += [Line(text, role) for text in texts]

    return apply


def _attachment(filled: Filled, random: Random) -> None:
    number = 1 if filled.form == REPORT else 2
    filled.before.append(
        Line(random.choice((f"附件{number}", f"附件{number}：", f"附 件 {number}", "附件")), "cover")
    )


def _letter(filled: Filled, _random: Random) -> None:
    lines = ("团市委组织部：", "现将我单位工作情况报告如下，请审阅。")
    filled.before += [Line(text) for text in lines]
    filled.kept += [lines[1]]


def _after(
    lines: Callable[[Filled, Random], Sequence[str]], role: str = "note"
) -> Callable[[Filled, Random], None]:
    def apply(filled: Filled, random: Random) -> None:
        made = lines(filled, random)
        filled.after += [Line(text, role) for text in made]
        filled.kept += made

    return apply


def _notes(_filled: Filled, random: Random) -> Sequence[str]:
    return random.choice(_NOTES)


def _signature(_filled: Filled, random: Random) -> Sequence[str]:
    who, other = person(random), person(random)
    return random.choice(
        (
            (f"填表人：{who}    联系电话：0395-0000{random.randint(100, 999)}",),
            (f"审核人：{who}", f"经办人：{other}"),
            (f"负责人签字：{who}",),
            ("（盖章）", f"经办：{who}"),
            (f"单位负责人：{who}　　填表人：{other}",),
        )
    )


def _filler(_filled: Filled, random: Random) -> Sequence[str]:
    return (f"填表人：{person(random)}",)


def _appendix(filled: Filled, _random: Random) -> Sequence[str]:
    return ("附：现场照片说明", "图一为座谈会现场，图二为阵地建设情况。", f"以上材料由{filled.unit}整理。")


def _signed_by(filled: Filled, _random: Random) -> None:
    filled.after.append(
        Line(filled.unit, "sign", "right")
    )  # read as the unit, so it need not stand in the leftover


SURROUNDINGS: tuple[Deviation, ...] = (
    deviation("附件字样", _attachment, "before"),
    deviation("前面有信函", _letter, "before"),
    deviation("填表说明", _after(_notes), "after"),
    deviation("落款签名行", _after(_signature, "sign"), "after"),
    deviation("落款填表人", _after(_filler, "sign"), "after", form=REPORT),
    deviation("后附说明", _after(_appendix), "after"),
    deviation("落款单位", _signed_by, "after"),
    deviation("密级和编号", _before("编号：2020-017号"), "before"),
)
