"""Where the files of returns come from, held against each other: the same photo twice, a file that another unit saved last.

Pure, as ``crosscheck``, which calls it. A joint photo, or a colleague who gathers the returns of many units, is a clerk's
everyday: what everybody has is no doubt, and neither is what came together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from forms import Doubt, Entry, Fingerprint, Likeness, Origin, Place, Spot, Work, doubt

_LOOKS_SAME = 14  # of 256 bits may differ: another saving changes as many, another picture a hundred
_BAND = 4  # hexadecimal digits that two like pictures have in common at the same place
_UNDER_ONE_BAND = 40  # pictures compared under one band
_EVERYBODY = 0.3  # share of the units that have a picture …
_EVERYBODY_LEAST = 4  # … and so many of them: then it is a letterhead
_FORWARDS = 5  # who saved the returns of more units than these gathers them
_SHARED = 3  # a name on the returns of more units than these is that of a computer
_PERSON = re.compile("[\u3400-\u9fff]{2,4}")
_STOCK = re.compile("微软|用户|管理员|系统|电脑|计算机|办公室|雨林木风|深度|番茄|未知|匿名|学生会|测试")
_SEPARATORS = re.compile(r"[、，,；;\s]+")

Found = tuple[int, Doubt, Likeness]
"""The place of the entry that is in doubt, the doubt, and both places."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A fingerprint and the place of the entry that holds it."""

    at: int
    print: Fingerprint


def origins(work: Work, entries: Sequence[Entry], own: Collection[Fingerprint] = ()) -> Iterator[Found]:
    """Yield what is odd about where the current returns come from; ``own`` are the fingerprints of the work's own forms.

    Of two returns with one photo the later is in doubt. CPU grows in proportion to the number of pictures.
    """
    order = sorted(range(len(entries)), key=lambda at: (entries[at].received_at, entries[at].id))
    known = {one.value for one in own}
    held = [
        _Held(at, one)
        for at in order
        if not entries[at].superseded_by and not entries[at].submission.blank and entries[at].submission.unit
        for one in entries[at].submission.fingerprints
        if one.value not in known
    ]
    yield from _pictures(entries, [one for one in held if one.print.kind is Origin.PICTURE])
    yield from _savers(work, entries, [one for one in held if one.print.kind is Origin.SAVED])


def _pictures(entries: Sequence[Entry], held: Sequence[_Held]) -> Iterator[Found]:
    units = {entry.submission.unit for entry in entries if entry.submission.unit}
    holders: dict[str, set[str | None]] = defaultdict(set)
    for one in held:
        holders[one.print.value].add(entries[one.at].submission.unit)
    most = max(_EVERYBODY_LEAST, _EVERYBODY * len(units))
    same: dict[str, list[_Held]] = defaultdict(list)
    bands: dict[tuple[int, str], list[_Held]] = defaultdict(list)
    told = set()
    for one in held:
        if len(holders[one.print.value]) >= most or (one.at, one.print.value) in told:
            continue
        told.add((one.at, one.print.value))
        near = [*same[one.print.value], *_looking_alike(one, bands)]
        first = next((other for other in near if _may(entries[one.at], entries[other.at])), None)
        if first is not None:
            yield _again(entries, one, first)
        same[one.print.value].append(one)
        for band in _bands(one.print.look):
            if len(bands[band]) < _UNDER_ONE_BAND:
                bands[band].append(one)


def _bands(look: str) -> list[tuple[int, str]]:
    return [(at, look[at : at + _BAND]) for at in range(0, len(look), _BAND)]


def _looking_alike(one: _Held, bands: dict[tuple[int, str], list[_Held]]) -> list[_Held]:
    """Return the pictures that look as ``one`` does, the earliest first."""
    if not one.print.look:
        return []
    bits = int(one.print.look, 16)
    met = {id(other.print): other for band in _bands(one.print.look) for other in bands.get(band, ())}
    alike = [o for o in met.values() if (int(o.print.look, 16) ^ bits).bit_count() <= _LOOKS_SAME]
    return sorted(alike, key=lambda other: other.at)


def _may(entry: Entry, other: Entry) -> bool:
    """Whether a photo of ``entry`` should be another than one of ``other``: not where a unit reports twice on one thing."""
    mine, theirs = entry.submission, other.submission
    apart = (mine.period, mine.person) != (theirs.period, theirs.person)
    return mine.unit != theirs.unit or (mine.form == theirs.form and apart)


def _again(entries: Sequence[Entry], one: _Held, first: _Held) -> Found:
    here, there = (_spot(entries[each.at], "图片", each.print.place, "（图片）") for each in (one, first))
    exact = one.print.value == first.print.value
    told = doubt(
        "picture_again",
        None,
        here=one.print.place,
        whose="本单位" if here.unit == there.unit else f"“{there.unit}”",
        period=there.period or "报送期不明",
        how="一张相同" if exact else "一张看上去相同",
        number=there.entry,
        source=there.source,
        place=there.place,
    )
    return one.at, told, Likeness(here, there, 1.0, exact, "同一张图片" if exact else "图片看上去相同")


def _savers(work: Work, entries: Sequence[Entry], held: Sequence[_Held]) -> Iterator[Found]:
    known = _known_names(work)
    by_name: dict[str, list[_Held]] = defaultdict(list)
    for one in held:
        by_name[_plain(one.print.value)].append(one)
    gathered: dict[str, set[str | None]] = defaultdict(set)
    for entry in entries:
        gathered[entry.sha256].add(entry.submission.unit)
    for name, saved in by_name.items():
        owners = known.get(name) or _named_in(name, work)
        units = dict.fromkeys(entries[one.at].submission.unit for one in saved)
        if owners:
            foreign = {unit for unit in units if unit not in owners}
            if len(owners) > 1 or len(foreign) > _FORWARDS:
                continue
            ((owner, role),) = owners.items()
            of_owner = next((o for o in saved if entries[o.at].submission.unit == owner), None)
            alone = [o for o in saved if entries[o.at].submission.unit in foreign]
            for one in alone:
                if len(gathered[entries[one.at].sha256]) == 1 and not _says(entries[one.at], name):
                    yield _by_other(entries, one, of_owner, (owner, role))
        elif len(units) in range(2, _SHARED + 1) and _PERSON.fullmatch(name) and not _STOCK.search(name):
            first = saved[0]
            for one in saved[1:]:
                entry, earlier = entries[one.at], entries[first.at]
                if entry.submission.unit != earlier.submission.unit and entry.sha256 != earlier.sha256:
                    yield _by_other(entries, one, first, (earlier.submission.unit or "", ""))


def _by_other(entries: Sequence[Entry], one: _Held, there: _Held | None, whose: tuple[str, str]) -> Found:
    """Return that ``one`` was saved by a person of another unit, whose role there the 名册 tells, or as ``there`` was."""
    (owner, role), name = whose, one.print.value
    here = _spot(entries[one.at], "最后保存者", one.print.place, name)
    if there is None:
        other = Spot(0, "名册", owner, None, role, 0, Place("名册"), name)
        where = "见名册"
    else:
        other = _spot(entries[there.at], "最后保存者", there.print.place, name)
        where = f"编号{other.entry} {other.source}也是"
    who = f"是{owner}的{role}" if role else f"“{owner}”{other.period or ''}的报送也由他保存"
    told = doubt("saved_by_other", None, name=name, who=who, where=where)
    return (
        one.at,
        told,
        Likeness(here, other, 1.0, True, "最后由同一个人保存" if there else f"是{owner}的{role}"),
    )


def _says(entry: Entry, name: str) -> bool:
    """Whether the form itself names the person: then he or she has a part in it."""
    values = (reading.value for reading in entry.submission.all_readings())
    return any(isinstance(value, str) and len(value) < 40 and name in _plain(value) for value in values)


def _known_names(work: Work) -> dict[str, dict[str, str]]:
    """Return for each name of the 名册 the units that it stands for, and as what."""
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for unit in work.units:
        for name in unit.names:
            known[_plain(name)][unit.name] = "名称"
        for name in filter(None, _SEPARATORS.split(unit.contact)):
            known[_plain(name)][unit.name] = "联系人"
    for person in work.people:
        for name in person.names:
            known[_plain(name)].setdefault(person.unit, person.kind or "人员")
    return known


def _named_in(name: str, work: Work) -> dict[str, str]:
    """Return the unit whose whole name stands inside ``name`` (源汇区团委办公室), none when there are several."""
    found = [unit.name for unit in work.units if len(unit.name) > _PLACE and _plain(unit.name) in name]
    return {found[0]: "名称"} if len(found) == 1 else {}


_PLACE = 3  # characters of a unit's name that says no more than 学校部


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _spot(entry: Entry, field: str, place: Place, text: str) -> Spot:
    found = entry.submission
    return Spot(entry.id, entry.source, found.unit, found.period, field, 0, place, text)
