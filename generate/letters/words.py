"""What is written to a unit: the letter that carries notice and blanks, and the one that asks for what is missing.

Knows words; which blanks are asked for, and which reports are missing, is told to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from forms import Notice, Period, Work
from generate.notice.document import chinese_date

_FILL_IN = "空白表里已填好单位名称和报送期，请直接填写，作为附件回复本邮件，一张表一个文件；表上原有的文字请不要改动。"
_REPORTED = "如已报送，请回信说明报送的时间和方式，并再发一次。"


@dataclass(frozen=True, slots=True)
class Asked:
    """One report that is asked for: form, period, and the last day for it or none where no duty says so.

    ``people`` are those of whom it is asked where others of the unit have sent theirs.
    """

    form: str
    period: Period
    due: date | None
    people: tuple[str, ...] = ()


def notice_subject(work: Work, notices: Sequence[Notice], asked: Sequence[Asked]) -> str:
    """Return the subject of the letter that carries ``notices`` and the blanks of what is ``asked``."""
    if len(notices) == 1:
        return _titled(notices[0])
    if notices:
        return f"{work.name}：通知{len(notices)}份"
    periods = "、".join(dict.fromkeys(item.period.label for item in asked))
    return f"{work.name}：{periods}报送表"


def notice_text(work: Work, unit: str, notices: Sequence[Notice], asked: Sequence[Asked]) -> str:
    """Return the text of the letter that carries ``notices`` and the blanks of what is ``asked`` of ``unit``."""
    parts = [f"{unit}："]
    if notices:
        parts.append("现发去下列通知，请查收并抓好落实：\n" + _listed([_titled(item) for item in notices]))
    if asked:
        parts.append("请按时报送下列报表，空白表见附件：\n" + _listed([_owed(item) for item in asked]))
        parts.append(_FILL_IN)
    return "\n\n".join([*parts, work.issuer.name]) + "\n"


def reminder_subject(work: Work, missing: Sequence[Asked]) -> str:
    """Return the subject of the letter that asks for what is ``missing``."""
    return f"催报：{work.name}还有{len(missing)}份报表未收到"


def reminder_text(work: Work, unit: str, missing: Sequence[Asked], day: date) -> str:
    """Return the text of the letter that asks ``unit`` on ``day`` for what is ``missing``."""
    first = f"截至{chinese_date(day)}，尚未收到你单位的下列报表：\n{_listed(_late(missing, day))}"
    then = "请尽快补报，空白表见附件。" + _FILL_IN
    parts = [f"{unit}：", first, then, _REPORTED, work.issuer.name, chinese_date(day)]
    return "\n\n".join(parts) + "\n"


def reminder_passages(missing: Sequence[Asked], day: date) -> tuple[str, ...]:
    """Return what the 催办通知 says, a paragraph each."""
    items = _listed(_late(missing, day)).replace("\n", "；\n")
    return (
        f"截至{chinese_date(day)}，尚未收到你单位的下列报表：\n{items}。",
        "请抓紧填写随文所附空白表，尽快补报。",
    )


def _late(missing: Sequence[Asked], day: date) -> list[str]:
    return [
        f"{_owed(item)}，已逾期{(day - item.due).days}天"
        + (f"，还缺{'、'.join(item.people)}" if item.people else "")
        for item in missing
        if item.due
    ]


def _titled(notice: Notice) -> str:
    return f"{notice.title}（{notice.number}）" if notice.number else notice.title


def _owed(item: Asked) -> str:
    due = f"，{chinese_date(item.due)}前报送" if item.due else ""
    return f"《{item.form}》{item.period.label}{due}"


def _listed(items: Sequence[str]) -> str:
    """Return ``items`` a line each, numbered where there are several."""
    several = len(items) > 1
    return "\n".join(f"{number}. {item}" if several else item for number, item in enumerate(items, 1))
