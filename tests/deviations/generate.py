"""Draws returns with one to three deviations, writes them as Word and Excel files, and tells their true values.

Every deviation of the catalogue comes first in its turn, so all are drawn alike often; others that claim nothing of the
same join it. The same seed gives the same files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from . import excel, word
from .answers import ANSWERS
from .company import COMPANY
from .content import filled
from .dates import DATES
from .labels import LABELS
from .layouts import blocks, date_text
from .model import COUNTS, REPORT, VISIT, Block, Deviation, Filled, Item, Line, visible
from .numbers import COMBINED, NUMBERS
from .shapes import LAYOUT, TABLE
from .sheets import COVER, SHEETS, STALE
from .sights import SIGHTS
from .surroundings import SURROUNDINGS
from .whole import SEVERAL, Several, across, beside, listing

GROUPS: dict[str, tuple[Deviation, ...]] = {
    "日期": DATES,
    "人数": NUMBERS,
    "两个人数写在一格": COMBINED,
    "答案": ANSWERS,
    "看得见和看不见的字": SIGHTS,
    "标签和标题": LABELS,
    "栏目的排法": LAYOUT,
    "表格的样子": TABLE,
    "Excel": SHEETS,
    "表的前后": SURROUNDINGS,
    "同一个文件里的别的东西": COMPANY,
}
CATALOGUE: tuple[Deviation, ...] = tuple(chain.from_iterable(GROUPS.values()))
"""All deviations of one form, in the order in which they are done: values, what stands in them, labels, shape, surroundings."""
NATIVE = ("docx", "xlsx")
Json = dict[str, Any]


@dataclass(slots=True)
class Returned:
    """One file: ``source`` below the folder, its bytes, the forms in it and the names of its deviations.

    ``pages`` are the blocks that were written; ``member`` is what the reader adds to the source within a container.
    """

    source: str
    data: bytes
    parts: list[Filled]
    deviations: list[str] = field(default_factory=list)
    pages: list[list[Block]] = field(default_factory=list)
    member: str = ""

    @property
    def kind(self) -> str:
        """The ending of the file's name."""
        return self.source.rpartition(".")[2]


def generate(count: int, seed: int, formats: Sequence[str] = NATIVE) -> Iterator[Returned]:
    """Yield ``count`` files in the given native formats."""
    random = Random(seed)  # noqa: S311 - no secret depends on it
    order: list[Deviation | Several] = [*CATALOGUE, *SEVERAL]
    order = [d for d in order if set(d.formats) & set(formats)]
    rounds = chain.from_iterable(random.sample(order, len(order)) for _ in cycle((0,)))
    for number, first in enumerate(islice(rounds, count)):
        yield one(number, first, random, formats)


def one(number: int, first: Deviation | Several, random: Random, formats: Sequence[str] = NATIVE) -> Returned:
    """Return file ``number``, whose first deviation is ``first``."""
    kind = random.choice([name for name in first.formats if name in formats])
    if isinstance(first, Several):
        return _several(number, first, random, kind)
    form = first.forms[0] if len(first.forms) == 1 or random.random() < 0.65 else VISIT
    given = filled(form, random)
    drawn = _draw(first, random, form, kind)
    for each in drawn:
        each.apply(given, random)
    if kind == "xlsx":
        _type_numbers(given, random)
    made = _blocks(given, random)
    data = _book([given], [made], random) if kind == "xlsx" else word.write([made], _header(given))
    return Returned(
        _source(number, given, random, kind), data, [given], [each.name for each in drawn], [made]
    )


def _type_numbers(given: Filled, random: Random) -> None:
    """Let most plain numbers be numbers of Excel, not texts."""
    for path in COUNTS if given.form == REPORT else ():
        item = given.item(path)
        if item.given is None and item.shown == str(item.value) and random.random() < 0.75:
            item.given = item.value


def _draw(first: Deviation, random: Random, form: str, kind: str) -> list[Deviation]:
    """Return ``first`` and up to two others that may stand beside it, in the order of the catalogue."""
    drawn = [first]
    for _ in range(random.choice((0, 0, 1, 1, 1, 2))):
        claimed = frozenset[str]().union(*(each.claims for each in drawn))
        free = [d for d in CATALOGUE if form in d.forms and kind in d.formats and not d.claims & claimed]
        drawn += [random.choice(free)] if free else []
    return sorted(drawn, key=CATALOGUE.index)


def _blocks(given: Filled, random: Random) -> list[Block]:
    made = blocks(given)
    for step in given.steps:
        step(made, given, random)
    return made


def _header(given: Filled) -> str:
    return date_text(given) if given.dated == "header" else given.header


def _book(parts: Sequence[Filled], pages: Sequence[Sequence[Block]], random: Random) -> bytes:
    """Return the xlsx with a sheet for each page and what the first form wants besides."""
    native = parts[0].native
    quirks = tuple(native)
    names = [
        _sheet_name(part, random) if len(pages) > 1 or random.random() < 0.5 else "Sheet1" for part in parts
    ]
    if len(set(names)) < len(names):
        names = [part.unit for part in parts]
    sheets = [
        excel.Sheet(name, page, hidden="hidden" in part.native, quirks=quirks, stale=STALE)
        for name, page, part in zip(names, pages, parts, strict=True)
    ]
    if "hidden_sheet" in native:
        label = parts[0].items[-1].path
        sheets.append(
            excel.Sheet("上半年", [Line(parts[0].title, "title"), Line(f"{label}：{STALE}")], hidden=True)
        )
    if "cover_sheet" in native:
        sheets.insert(0, excel.Sheet("填报须知", [Line(text) for text in COVER]))
    if "empty_sheets" in native:
        sheets += [excel.Sheet("Sheet2", ()), excel.Sheet("Sheet3", ())]
    return excel.write(sheets, date_1904="1904" in native)


def _sheet_name(part: Filled, random: Random) -> str:
    month = str(part.date.value or "2020-07-01")[5:7].lstrip("0")
    return random.choice((f"{month}月", f"{month}月份")) if part.form == REPORT else f"观摩{part.period[-2:]}"


def _several(number: int, how: Several, random: Random, kind: str) -> Returned:
    parts = how.make(random)
    for part in parts if kind == "xlsx" else ():
        _type_numbers(part, random)
        if how.arrange.startswith("list") and number % 2:
            part.date.given = date.fromisoformat(str(part.date.value))
    if how.arrange.startswith("list"):
        pages: list[list[Block]] = [listing(parts, random, how.arrange.partition(":")[2])]
    elif how.arrange == "beside":
        pages = [beside(parts)]
    elif how.arrange == "across":
        pages = [across(parts)]
    else:
        pages = [_blocks(part, random) for part in parts]
    if how.arrange == "flow":
        gap: list[Block] = [Line(""), Line("")]
        pages = [list(chain.from_iterable([*page, *gap] for page in pages))]
    if kind == "xlsx":
        listed = len(pages) != len(parts)
        data = _book(parts[:1] if listed else parts, pages, random)
    else:
        data = word.write(pages)
    told = [part for part in parts if not part.blank and "hidden" not in part.native]
    return Returned(_source(number, told[0], random, kind, told), data, told, [how.name], pages)


def _source(number: int, given: Filled, random: Random, kind: str, several: Sequence[Filled] = ()) -> str:
    """Return a file name such as clerks give, in a folder of its own: letters, so that no number means a month."""
    letters = "".join(chr(ord("a") + number // 26**place % 26) for place in (2, 1, 0))
    month, unit = given.file_month or int(str(given.period)[-2:].lstrip("Q")), given.unit
    if several:
        mixed = len({part.unit for part in several}) > 1
        names = ["汇总", "报送材料"] if mixed else [f"{unit}报送材料", "汇总", f"{unit}走基层及观摩"]
    elif given.form == REPORT:
        names = [f"{unit}{month}月走基层", f"附件1 {given.form}（{month}月）", f"{unit}{month}月附件1"]
    else:
        quarter = "一二三四"[month - 1]
        names = [f"{unit}{quarter}季度观摩", f"附件2（{unit}{quarter}季度）"]
    if given.named:
        names = [name for name in names if unit in name]
    elif not several and not given.period_doubt:
        names += [given.form, f"{unit}附件", "新建文档"]
    return f"{letters}/{random.choice(names)}.{kind}"


def truth(returned: Returned) -> list[Json]:
    """Return the entries of 真值.json for one file, as ``samples.compare`` wants them, with ``accept`` besides."""
    common: Json = {"source": returned.source + returned.member, "deviations": returned.deviations}
    common["leftover"] = [visible(text) for part in returned.parts for text in part.kept]
    common["never"] = [text for part in returned.parts for text in part.never]
    return [{**common, "part": n, **_entry(part)} for n, part in enumerate(returned.parts, start=1)]


def _entry(part: Filled) -> Json:
    items = [part.date, *(item for item in part.items if item.path)]
    doubts = {item.path: [item.doubt] for item in items if item.doubt}
    if part.period_doubt and (part.date.value is None or part.file_month) and not part.date.accept:
        doubts["period"] = [part.period_doubt]
    if part.whole_doubt:
        doubts["*"] = [part.whole_doubt]
    return {
        "form": part.form,
        "unit": part.unit,
        "period": part.period,
        "values": {item.path: item.value for item in items},
        "typed": {item.path: text for item in items if (text := _typed(part, item)) is not None},
        "also": {item.path: item.also for item in items if item.also},
        "accept": {item.path: item.accept for item in items if item.accept},
        "doubts": doubts,
        "expect": "review" if doubts else "accepted",
        "blank": part.blank,
    }


def _typed(part: Filled, item: Item) -> str | None:
    """Return the text that must be found again, none where another text stands for it."""
    if item.typed is not None:
        return item.typed
    if item.given is not None or (item.path in COUNTS and part.counts == "combined"):
        return None
    return visible(item.shown)


def write(folder: Path, files: Sequence[Returned]) -> list[Json]:
    """Write ``files`` below ``folder`` with 真值.json beside them; return the true values."""
    entries = []
    for returned in files:
        path = folder / returned.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(returned.data)
        entries += truth(returned)
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    (folder.parent / f"{folder.name}-真值.json").write_text(text + "\n", encoding="utf-8")
    return entries
