"""What a work folder's 产出 holds: where each generated file goes, and making it.

Joins the work, the ledger's view and the generators; how a document looks is the generators' affair.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from forms import Cadence, Duty, Form, HongtouError, Notice, Period, Unit, Work, periods_between
from forms.filenames import safe_name

from .comparing import compared

if TYPE_CHECKING:
    from generate import LedgerView
    from ledger import Ledger

PRODUCTS = "产出"


class ChoiceError(HongtouError):
    """A form, unit, draft or year was named that the work does not have."""


class Blank(NamedTuple):
    """One blank form to make."""

    form: Form
    unit: Unit
    period: Period


Moved = Callable[[Path, Path], None]
"""Hears of a file that was open in WPS or Word: where it should stand, and where its successor stands instead."""


def _unheard(_wanted: Path, _made: Path) -> None:
    pass


def make_notices(
    work: Work, draft: Path | None = None, *, each_unit: bool = False, moved: Moved = _unheard
) -> Iterator[Path]:
    """Make every notice of ``work`` and yield its path; ``draft`` takes the place of the one notice's text.

    ``moved`` hears of those whose place was taken. With ``each_unit`` one for each unit of the 名册, in a folder of the notice's name.
    """
    import generate

    if draft is not None and len(work.notices) != 1:
        raise ChoiceError(f"work.yaml 里有 {len(work.notices)} 个通知，--draft 只能用于正好有一个通知的工作")
    if not work.notices:
        raise ChoiceError("work.yaml 里没有“通知”这一项。请照 hongtou new 生成的 work.yaml 补上")
    if each_unit and not work.units:
        raise ChoiceError("名册里还没有单位。请在 units.xlsx 里填上再试")
    for notice in work.notices:
        text = notice if draft is None else notice.model_copy(update={"text": draft.absolute()})
        if each_unit:
            yield from generate.notices_for_each(text, work, notice_file(work, notice).with_suffix(""))
        else:
            yield _heard(notice_file(work, notice), make_notice(work, text), moved)


def notice_file(work: Work, notice: Notice) -> Path:
    """Return where ``notice`` of ``work`` goes: 产出/通知/名称.docx."""
    return work.folder / PRODUCTS / "通知" / f"{safe_name(notice.name)}.docx"


def make_notice(work: Work, notice: Notice) -> Path:
    """Make ``notice`` of ``work`` and return its path."""
    import generate

    return generate.notice(notice, work, notice_file(work, notice))


def chosen_blanks(work: Work, form: str | None, unit: str | None, when: Period | date) -> list[Blank]:
    """Return the blanks that the duties of ``work`` ask for, of one form, unit or period if named.

    A day chooses the period that contains it, held within the work's first and last day. A form that no duty asks for
    needs a unit and a period. Raise ``ChoiceError`` when
    nothing is left.
    """
    if form is not None:
        _known(form, [f.name for f in work.forms], "表单")
    chosen = None if unit is None else work.unit(unit)
    if unit is not None and chosen is None:
        _known(unit, [name for u in work.units for name in u.names], "单位")
    if not work.units:
        raise ChoiceError("名册里还没有单位。请在 units.xlsx 里填上再试")
    if form is not None and all(duty.form != form for duty in work.duties):
        return [_unowed(work.form(form), chosen, when)]
    blanks = [
        Blank(work.form(duty.form), member, period)
        for duty in work.duties
        for period in [_period(work, duty, when)]
        for member in work.units
        if period
        and duty.concerns(member)
        and member.stands(period)
        and form in (None, duty.form)
        and chosen in (None, member)
    ]
    if not blanks:
        raise ChoiceError(f"按这样选没有要报的表。{_owed(work)}")
    return list({(b.form.name, b.unit.name, b.period): b for b in blanks}.values())


def _unowed(form: Form, unit: Unit | None, when: Period | date) -> Blank:
    """Return the blank of a form that no duty asks for: the clerk must say for whom and for which period."""
    missing = ["--unit 单位"] * (unit is None) + ["--period 报送期"] * (not isinstance(when, Period))
    if unit is None or not isinstance(when, Period):
        raise ChoiceError(
            f"work.yaml 的“报送”里没有《{form.name}》，不知道谁报、哪一期报。请写明 {' 和 '.join(missing)}，或在“报送”里添上"
        )
    return Blank(form, unit, when)


def _known(name: str, names: list[str], what: str) -> None:
    if name in names:
        return
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4)
    hint = f"是不是：{'、'.join(near)}？" if near else f"可用：{'、'.join(dict.fromkeys(names))}"
    raise ChoiceError(f"没有“{name}”这个{what}。{hint}")


def _period(work: Work, duty: Duty, when: Period | date) -> Period | None:
    if isinstance(when, date):
        return Period.containing(duty.cadence, min(max(when, work.first), work.last))
    return when if when in periods_between(duty.cadence, work.first, work.last) else None


def _owed(work: Work) -> str:
    duties = "；".join(
        f"《{d.form}》{d.cadence.value}，{'、'.join(d.kinds) or '各单位'}" for d in work.duties
    )
    return f"work.yaml 里的报送要求是：{duties}，从 {work.first} 到 {work.last}"


def _heard(wanted: Path, made: Path, moved: Moved) -> Path:
    if made != wanted:
        moved(wanted, made)
    return made


def make_blanks(work: Work, blanks: Iterable[Blank], moved: Moved = _unheard) -> Iterator[Path]:
    """Make each blank and yield its path: 产出/空白表/单位/表单（2020年7月）.docx; ``moved`` hears of those that were open."""
    import generate

    for form, unit, period in blanks:
        when = "" if period.cadence is Cadence.ONCE else f"（{period.label}）"
        name = f"{safe_name(form.name + when)}{form.template.suffix}"
        out = work.folder / PRODUCTS / "空白表" / safe_name(unit.name) / name
        yield _heard(out, generate.blank(form, unit, period, out), moved)


def ledger_view(work: Work, ledger: Ledger, today: date) -> LedgerView:
    """Return all that came in for ``work`` as the generators see it, with standings and quotas as of ``today``."""
    from generate import LedgerView
    from ledger import quotas, standings

    found = compared(work, ledger)
    owed = tuple(standings(work, found.entries, today))
    counted = quotas(work, found.entries, today)
    return LedgerView(work, found.entries, tuple(ledger.refusals()), owed, *counted, found.likenesses)


def workbook_file(view: LedgerView, day: date) -> Path:
    """Return where the ledger workbook of that day goes: 产出/台账/名称台账（2020-12-31）.xlsx."""
    name = f"{safe_name(f'{view.work.name}台账（{day}）')}.xlsx"
    return view.work.folder / PRODUCTS / "台账" / name


def make_workbook(view: LedgerView, day: date, out: Path | None = None, moved: Moved = _unheard) -> Path:
    """Make the ledger workbook and return its path, which is another, and ``moved`` hears of it, when ``out`` is open."""
    import generate

    target = out or workbook_file(view, day)
    return _heard(target, generate.workbook(view, target), moved)


def make_summary(view: LedgerView, year: int, out: Path | None = None, moved: Moved = _unheard) -> Path:
    """Make the year-end summary, by default 产出/总结/2020年名称总结.docx, and return its path; ``moved`` hears of another."""
    import generate

    _has_year(view, year)
    name = f"{safe_name(f'{year}年{view.work.name}总结')}.docx"
    target = out or view.work.folder / PRODUCTS / "总结" / name
    return _heard(target, generate.summary(view, year, target), moved)


def explained_lines(view: LedgerView, year: int) -> Iterator[str]:
    """Yield a line for each number of the summary: where it stands, the number, the returns and the missing reports."""
    import generate

    _has_year(view, year)
    for item in generate.explain(view, year):
        line = f"{item.section}\t{item.name}\t{item.shown}\t{'、'.join(map(str, item.behind.entries)) or '—'}"
        yield f"{line}\t缺：{'、'.join(item.behind.absent)}" if item.behind.absent else line


def _has_year(view: LedgerView, year: int) -> None:
    first, last = view.work.first, view.work.last
    if not first.year <= year <= last.year:
        raise ChoiceError(f"这项工作从 {first} 到 {last}，没有{year}年的报送。请改正 --year")
