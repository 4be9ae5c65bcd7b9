"""The letters of a work: to each unit one with notice and blanks, or one that asks for what is missing.

Joins the work, its products and the generators; sends nothing. Raise ``ChoiceError`` where nothing is to be written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forms import Message, Notice, Period, Purpose, Standing, State, Unit, Work
from forms.filenames import safe_name
from hongtou.products import (
    PRODUCTS,
    Blank,
    ChoiceError,
    chosen_blanks,
    make_blanks,
    make_notice,
    notice_file,
)

if TYPE_CHECKING:
    from generate import Asked, Enclosure, Letter

DRAFTS, REMINDERS = "待发邮件", "催报"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter that is ready: for what, to whom, on which occasion (see ``forms.Message``), and its Message-ID."""

    purpose: Purpose
    unit: Unit
    occasion: str
    letter: Letter
    key: str

    def message(self, archive: str) -> Message:
        """Return the letter as the ledger has it; ``archive`` is where its bytes lie."""
        letter = self.letter
        return Message(
            self.key, self.purpose, self.unit.name, self.occasion, letter.subject, archive, letter.addresses
        )


def notice_letters(work: Work, when: Period | date, *, with_notice: bool = True) -> list[Outgoing]:
    """Return a letter for each unit with the notices of ``work`` and its blanks of ``when`` (see ``chosen_blanks``).

    A notice that lies in 产出 already is taken as it lies there: the clerk may have touched it up. ``with_notice`` off,
    only units that owe something get a letter.
    """
    from generate import Letter, notice_subject, notice_text

    notices = work.notices if with_notice else ()
    if not notices and not work.duties:
        raise ChoiceError(
            "work.yaml 里既没有“通知”也没有“报送”，没有可发的。请照 hongtou new 生成的 work.yaml 补上"
        )
    enclosed = [
        path
        for notice in notices
        for path in [notice_file(work, notice)]
        if path.is_file() or make_notice(work, notice)
    ]
    blanks = chosen_blanks(work, None, None, when) if work.duties else []
    found = []
    for unit in (unit for unit in work.units if _there(unit, when)):
        own = [blank for blank in blanks if blank.unit == unit]
        if not notices and not own:
            continue
        asked = _asked(work, own)
        letter = Letter(
            unit.name,
            unit.mails,
            notice_subject(work, notices, asked),
            notice_text(work, unit.name, notices, asked),
            _enclosures([*enclosed, *make_blanks(work, own)]),
        )
        occasion = " ".join(dict.fromkeys(str(item.period) for item in asked)) or "—"
        found.append(_outgoing(work, Purpose.NOTICE, unit, occasion, letter))
    return found


def reminder_letters(
    work: Work, standings: Iterable[Standing], day: date, period: Period | None = None
) -> Iterator[Outgoing]:
    """Yield a letter for each unit that has not reported what was due before ``day``, of one ``period`` if named.

    It carries a 催办通知 (产出/催报/单位/) and the blanks of what is missing.
    """
    from generate import Letter, reminder, reminder_subject, reminder_text

    missing: dict[str, list[tuple[Blank, tuple[str, ...]]]] = {}
    for standing in standings:
        lacking = standing.state is State.MISSING or (standing.absent and standing.due < day)
        if lacking and str(period or standing.period) == standing.period:
            unit = work.unit(standing.unit)
            assert unit is not None  # noqa: S101 - standings are of the 名册
            blank = Blank(work.form(standing.form), unit, Period.parse(standing.period))
            missing.setdefault(unit.name, []).append((blank, standing.absent))
    for lacks in missing.values():
        blanks = [blank for blank, _ in lacks]
        unit = blanks[0].unit
        named = zip(_asked(work, blanks), lacks, strict=True)
        asked = [replace(item, people=people) for item, (_, people) in named]
        name = f"催办通知（{day}）.docx"
        out = reminder(work, unit.name, asked, day, _folder(work, REMINDERS) / safe_name(unit.name) / name)
        letter = Letter(
            unit.name,
            unit.mails,
            reminder_subject(work, asked),
            reminder_text(work, unit.name, asked, day),
            _enclosures([out, *make_blanks(work, blanks)]),
        )
        yield _outgoing(work, Purpose.REMINDER, unit, str(day), letter)


def stale_notices(work: Work) -> Iterator[Path]:
    """Yield the notices in 产出 that are older than ``work.yaml`` or than the text they are made of."""
    from forms.workfile import WORK_FILE

    for notice in work.notices:
        path = notice_file(work, notice)
        sources = [work.folder / WORK_FILE, *(work.folder / text for text in _texts(notice))]
        if path.is_file() and path.stat().st_mtime < max(source.stat().st_mtime for source in sources):
            yield path


def write_drafts(work: Work, letters: Iterable[Outgoing]) -> Iterator[Path]:
    """Write each letter as a draft that mail programs open (.eml) and yield its path: 产出/待发邮件/单位（2020-07）.eml."""
    from generate import message, save, unsent

    for item in letters:
        folder = DRAFTS if item.purpose is Purpose.NOTICE else REMINDERS
        occasion = f"（{item.occasion.replace(' ', '、')}）" if item.occasion != "—" else ""
        path = _folder(work, folder) / f"{safe_name(item.unit.name + occasion)}.eml"
        yield save(unsent(message(item.letter, item.key, sender(work))), path)


def undated(work: Work, item: Outgoing) -> bytes:
    """Return the bytes of a letter that is to be sent, without the moment of sending."""
    from generate import message

    return message(item.letter, item.key, sender(work)).as_bytes()


def sender(work: Work) -> tuple[str, str] | None:
    """Return name and address of who writes, or none where work.yaml names no mailbox."""
    return (work.issuer.name, work.mailbox.account) if work.mailbox else None


def _there(unit: Unit, when: Period | date) -> bool:
    """Whether ``unit`` has not been merged into another by then, and is there already."""
    day = when if isinstance(when, date) else when.end
    return (unit.since is None or unit.since <= day) and (unit.until is None or day < unit.until)


def _asked(work: Work, blanks: Sequence[Blank]) -> list[Asked]:
    from generate import Asked

    days = {(due.unit.name, due.form, due.period): due.day for due in work.dues()}
    return [
        Asked(blank.form.name, blank.period, days.get((blank.unit.name, blank.form.name, blank.period)))
        for blank in blanks
    ]


def _outgoing(work: Work, purpose: Purpose, unit: Unit, occasion: str, letter: Letter) -> Outgoing:
    from generate import message_id

    domain = work.mailbox.domain if work.mailbox else "hongtou.invalid"
    key = message_id((work.name, unit.name, purpose.value, occasion, letter.content), domain)
    return Outgoing(purpose, unit, occasion, letter, key)


def _enclosures(paths: Iterable[Path]) -> tuple[Enclosure, ...]:
    from generate import Enclosure

    return tuple(Enclosure(path.name, path.read_bytes()) for path in paths)


def _texts(notice: Notice) -> list[Path]:
    items = [notice.carried, *notice.attachments]
    return [notice.text, *(item.text for item in items if item is not None and item.text is not None)]


def _folder(work: Work, name: str) -> Path:
    return work.folder / PRODUCTS / name
