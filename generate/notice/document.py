"""The 红头 notice: a work's notice and a tagged template become one document with everything attached.

Knows what a notice consists of; what can only be set once the text is known (indents of the 署名, the 版记's height)
stands in ``finish``, putting a form's page into the document in ``graft``.
"""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import templates
from forms import Attachment, Kind, Notice, Work
from generate.drafts.autonumbers import chinese
from generate.package import TemplateError, packed
from generate.render import Value, template
from generate.save import save
from generate.standard import numbers as standard
from generate.standard.levels import Passage
from generate.standard.titles import title_lines
from generate.word import styles

from .bodies import Bodies
from .finish import Insertion, Setting, finish
from .head import head, head_height
from .house import house_profile, housed
from .onepage import lines
from .signing import signing

OWN_TEMPLATES = Path("模板")
"""Where a work folder keeps its own templates; they come before those that ship."""

TEMPLATES = {
    Kind.LETTER: "letter.docx",
    Kind.ORDER: "order.docx",
    Kind.MINUTES: "minutes.docx",
    Kind.CONSULTATION: "consultation.docx",
}
"""The kinds that have a template of their own; the others have ``notice.docx``."""

_CONSULTATION = "（征求意见稿）"


def notice(notice: Notice, work: Work, out: Path) -> Path:
    """Write ``notice`` of ``work`` to ``out`` and return where it stands; raise ``TemplateError`` or ``OutputError``."""
    name = TEMPLATES.get(notice.kind, "notice.docx")
    own = work.folder / OWN_TEMPLATES / name
    path = own if own.is_file() else templates.FOLDER / name
    insertions = _insertions(notice, work)
    bodies = Bodies(work.folder, work.units)
    members = template(path).render(_context(notice, work, insertions, bodies))
    setting = Setting(notice, work.folder, name, bodies.grafts)
    finished = finish(members, insertions, setting)
    return save(packed(housed(finished, house_profile(work.folder))), out)


def chinese_date(day: date, *, numerals: bool = False) -> str:
    """Return ``day`` as a document writes it: Arabic figures, 1 and not 01 (7.3.5.4); Chinese ``numerals`` if asked."""
    if numerals:
        year = "".join("〇一二三四五六七八九"[int(figure)] for figure in str(day.year))
        return f"{year}年{chinese(day.month)}月{chinese(day.day)}日"
    return f"{day.year}年{day.month}月{day.day}日"


def _in_numerals(folder: Path) -> bool:
    """Whether the work's house profile has no rule against dates in Chinese numerals, and so writes them."""
    return house_profile(folder).rule("汉字日期").off


def _insertions(notice: Notice, work: Work) -> dict[str, Insertion]:
    """Return the forms to insert, by the mark that the rendered text carries in their place."""
    found = {}
    for number, item in enumerate(notice.attachments, 1):
        if item.form is not None:
            try:
                form = work.form(item.form)
            except KeyError as error:
                raise TemplateError(f"没有《{item.form}》这个表单。请用 hongtou forms 看看有哪些") from error
            found[f"〔附件{number}：{form.name}〕"] = Insertion(form, len(title_lines(_title(item))))
    return found


def _context(
    notice: Notice, work: Work, insertions: dict[str, Insertion], bodies: Bodies
) -> dict[str, Value]:
    issuer = work.issuer
    below = _mentioned_below(notice, bodies)
    imprint = bool(issuer.print_office or notice.printed or notice.copies)
    addressees = notice.addressees.rstrip("：: ")
    crowded = _crowded(notice, addressees)
    return {
        **head(notice, issuer),
        **signing(notice, work, chinese_date(notice.dated, numerals=_in_numerals(work.folder))),
        "标题": _lines(notice.title.removesuffix(_CONSULTATION)),
        "征求意见": _CONSULTATION,
        "主送": f"{addressees}：" if addressees and not crowded else "",
        "主送版记": f"{addressees}。" if crowded else "",
        "到会": _attendance(notice),
        "正文": _passages(bodies.passages(notice.text)),
        "附件说明": () if below else _note(notice.attachments),
        "附页": _signed(notice, work, _annexes(notice, bodies, insertions, below=below)),
        "抄送": notice.copies.rstrip("。") + "。" if notice.copies else "",
        "印发机关": (issuer.print_office or issuer.name) if imprint else "",
        "印发日期": f"{chinese_date(notice.printed or notice.dated)}印发",
    }


def _crowded(notice: Notice, addressees: str) -> bool:
    """Whether so many 主送机关 are named that page one would show no text; they move to the 版记 then (7.3.2)."""
    above = head_height(max(1, math.ceil(len(notice.signers) / 2)), len(title_lines(notice.title)))
    room = standard.TEXT_HEIGHT - above - standard.LINE
    return lines(styles.ADDRESSEES, f"{addressees}：") * standard.LINE > room


def _attendance(notice: Notice) -> tuple[Value, ...]:
    """Return who was at a meeting, by 出席, 请假 and 列席 (10.3)."""
    found = (("出席", notice.present), ("请假", notice.excused), ("列席", notice.observing))
    return tuple({"名": name, "人": people} for name, people in found if people)


def _note(items: tuple[Attachment, ...]) -> tuple[Value, ...]:
    """Return 附件说明: titles without 书名号 and end punctuation, numbered where there are several (7.3.4)."""
    several = len(items) > 1
    return tuple(
        {"序号": number if several else 0, "标题": _title(item)} for number, item in enumerate(items, 1)
    )


def _mentioned_below(notice: Notice, bodies: Bodies) -> bool:
    """Whether the carried text, not the notice, is the one that speaks of the attachments and so lists them."""
    if notice.carried is None or notice.carried.text is None:
        return False
    if any("附件" in item.text for item in bodies.words(notice.text)):
        return False
    return any("附件" in item.text for item in bodies.words(notice.carried.text))


def _annexes(
    notice: Notice, bodies: Bodies, insertions: dict[str, Insertion], *, below: bool
) -> tuple[Value, ...]:
    several = len(notice.attachments) > 1
    marks = {mark.partition("：")[0].lstrip("〔附件"): mark for mark in insertions}
    note = _note(notice.attachments) if below else ()
    carried = (_annex(notice.carried, bodies, "", "", note),) if notice.carried else ()
    attached = tuple(
        _annex(item, bodies, f"附件{number}" if several else "附件", marks.get(str(number), ""))
        for number, item in enumerate(notice.attachments, 1)
    )
    return (*carried, *attached)


def _signed(notice: Notice, work: Work, pages: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return ``pages`` with 署名 and date where an attached text has its own."""
    items = ((notice.carried,) if notice.carried else ()) + notice.attachments
    numerals = _in_numerals(work.folder)
    found = []
    for item, page in zip(items, pages, strict=True):
        day = "" if item.dated is None else chinese_date(item.dated, numerals=numerals)
        found.append({**page, "署名": work.issuer.name if day else "", "成文日期": day})  # type: ignore[dict-item]
    return tuple(found)


def _annex(item: Attachment, bodies: Bodies, label: str, mark: str, note: tuple[Value, ...] = ()) -> Value:
    text = _passages(bodies.passages(item.text)) if item.text else ()
    if item.listing:
        text = _passages(bodies.listing(item.listing, _title(item)))
    return {"标签": label, "标题": _lines(_title(item)), "正文": text, "附件说明": note, "表单": mark}


def _title(item: Attachment) -> str:
    return (item.title or item.form or "").strip().rstrip("。；，")


def _lines(title: str) -> str:
    return "\n".join(title_lines(title))


def _passages(found: tuple[Passage, ...]) -> tuple[Value, ...]:
    return tuple({"级": item.level, "题": item.head, "文": item.rest} for item in found)
