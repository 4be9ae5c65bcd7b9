"""Blanks learned, filled with invented values, saved by LibreOffice in other formats and read again.

``python -m tests.trip [--seed N] [--formats pdf,doc] 文件或文件夹…`` prints a line for each form and format: values returned of
those filled in, how many of the lost ones carry a doubt of their own or are shown as leftover, and which are lost without one. A
doubt about the whole return (``layout_guessed``: check it all against the page) sends a person to every value and so to none:
what has no other is counted as lost without a doubt, and said apart. Seed 0 answers in a few words, others in sentences as well.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from extract import Extractor, UnreadableError, walk
from extract.learning import Learned, learn
from forms import Field, FieldKind, Form, Record, load_form
from generate import filled
from tests.rendering import FONTS, soffice

FORMATS = ("doc", "odt", "rtf", "html", "pdf")
_SURNAMES, _GIVEN = "陈李王周吴", ("青禾", "念", "晓", "怀远", "知夏")
_WORDS = (
    *("已办结", "源汇区干河陈街道团工委", "无", "二楼会议室", "约12.5%", "市级", "3个工作日", "A类"),
    *("Python、SQL", "2019级（1）班", "每月一次，全年共11次", "青年夜校（第4期）", "微信公众号、抖音号"),
    *("档案柜第2层B-07", "县、乡两级"),
)
_SENTENCES = (
    "组织志愿者到敬老院打扫卫生、陪老人聊天，服务32人次。",
    "支部换届后班子年轻，经验不足，请区里安排一次集中培训。",
    "今年新发展团员5名，转出3名，现有团员41名；",
    "已和3家企业谈妥实习岗位26个，7月15日前签协议。",
    "部分青年对平台操作不熟，打开“智慧团建”后找不到入口！",
    "下半年计划办青年夜校4期，课程有短视频剪辑、Python入门和羽毛球。",
    "比去年同期增长12.5%，其中女青年占一半以上。",
)
Answers = dict[str, object]


@dataclass(slots=True)
class Trip:
    """What became of one form in one format: values filled, returned, lost with a doubt, and lost in silence (their fields).

    ``warned`` of the silent ones stand in a return that carries a doubt about its whole layout.
    """

    form: str
    format: str
    filled: int = 0
    returned: int = 0
    doubted: int = 0
    silent: list[str] = field(default_factory=list)
    warned: int = 0


def answer(item: Field, number: int) -> object:
    """Return an invented answer to a field; ``number`` makes it another each time."""
    match item.kind:
        case FieldKind.INTEGER:
            return 10 + number
        case FieldKind.NUMBER | FieldKind.MONEY:
            return 100.5 + number
        case FieldKind.DATE:
            return date(2020, 1 + number % 12, 1 + number % 28)
        case FieldKind.CHOICE:
            return item.choices[number % len(item.choices)] if item.choices else f"选项{number}"
        case FieldKind.CHOICES:
            return tuple(dict.fromkeys(item.choices[:2])) or (f"选项{number}",)
        case FieldKind.PERSON:
            return _SURNAMES[number % 5] + _GIVEN[number // 5 % 5]
        case FieldKind.PHONE:
            return f"138{number:08d}"
        case FieldKind.IDENTITY:
            return _identity(number)
    return f"答复第{number}条"


def _identity(number: int) -> str:
    """Return a made-up number of 18 signs whose check sign is right (GB 11643-1999)."""
    body = f"41110019900101{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11]


def answers(form: Form, rows: int = 2, seed: int = 0) -> Answers:
    """Return invented answers to every field of ``form`` and ``rows`` rows for each group; a ``seed`` makes them others."""
    numbers, chance = iter(range(1, 10_000)), Random(seed)  # noqa: S311 - the same ones each time

    def told(item: Field) -> object:
        number = next(numbers)
        if not seed or item.kind is not FieldKind.TEXT:
            return answer(item, number + 7 * seed)
        return _text(number, chance)

    values: Answers = {item.path: told(item) for item in form.fields}
    for group in form.groups:
        values[group.name] = [{item.path: told(item) for item in group.fields} for _ in range(rows)]
    return values


def _text(number: int, chance: Random) -> str:
    """Return an invented answer in words: mostly few, sometimes a sentence or two."""
    share = chance.random()
    if share < 0.4:
        return f"答复第{number}条"
    if share < 0.75:
        return chance.choice(_WORDS)
    return "".join(chance.sample(_SENTENCES, chance.choice((1, 1, 2, 3))))


def flat(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield field (with the row's number in a group) and value."""
    for path, value in values.items():
        if isinstance(value, list):
            for number, row in enumerate(value):
                yield from ((f"{path}[{number}].{name}", inner) for name, inner in row.items())
        else:
            yield path, value


def convert(documents: Sequence[Path], target: str, folder: Path) -> None:
    """Save ``documents`` as ``target`` in ``folder``, all in one call of LibreOffice."""
    command = soffice()
    assert command is not None
    kind = f"{target}:HTML (StarWriter)" if target == "html" else target
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    outdir = ("--outdir", str(folder))
    subprocess.run(  # noqa: S603 - our own command on our own files
        [command, profile, "--headless", "--convert-to", kind, *outdir, *map(str, documents)],
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
        check=True,
        capture_output=True,
        timeout=540,
    )


def trips(
    blanks: Sequence[tuple[str, bytes]], folder: Path, formats: Sequence[str] = FORMATS, seed: int = 0
) -> list[Trip]:
    """Send each Word form learned from ``blanks`` (name and bytes) on its way through ``formats``."""
    ready: list[tuple[Form, Answers, Path]] = []
    for number, (name, data) in enumerate(blanks):
        try:
            learned = learn(data, name)
        except UnreadableError:
            continue
        if learned.spots and learned.suffix == ".docx":
            form = _kept(learned, folder / f"form{number}")
            values = answers(form, seed=seed)
            ready.append((form, values, filled(form, values, None, folder / f"return{number}.docx")))
    found = [judged(form, values, path) for form, values, path in ready]
    for target in formats if ready else ():
        out = folder / target
        out.mkdir()
        convert([path for _, _, path in ready], target, out)
        found += [judged(form, values, out / f"{path.stem}.{target}") for form, values, path in ready]
    return found


def _kept(learned: Learned, folder: Path) -> Form:
    folder.mkdir()
    (folder / f"{learned.name}{learned.suffix}").write_bytes(learned.template)
    (folder / f"{learned.name}.yaml").write_text(learned.yaml, encoding="utf-8")
    return load_form(folder / f"{learned.name}.yaml")


def judged(form: Form, values: Answers, path: Path) -> Trip:
    """Read a return and compare it with what was filled in."""
    records = Extractor((form,)).content(path.read_bytes(), path.name) if path.is_file() else ()
    trip = Trip(form.name, path.suffix.lstrip("."))
    got = dict(flat(_values(records)))
    doubts = [found for r in records if r.submission for found in r.submission.all_doubts()]
    fields = {found.field for found in doubts} | set(_doubted_rows(records))
    warned = any(found.code.startswith("layout_") and not found.field for found in doubts)
    shown = "".join(_leftover(records))
    for name, value in flat(values):
        trip.filled += 1
        if got.get(name) == value:
            trip.returned += 1
        elif not records or name in fields or name.partition("[")[0] in fields or _said(value, shown):
            trip.doubted += 1
        else:
            trip.silent.append(name)
            trip.warned += warned
    return trip


def _doubted_rows(records: Sequence[Record]) -> Iterator[str]:
    """Yield the fields of rows that carry a doubt, named as ``flat`` names them."""
    for record in records:
        counts: dict[str, int] = {}
        for row in record.submission.rows if record.submission else ():
            number = counts.setdefault(row.group, 0)
            counts[row.group] += 1
            yield from (f"{row.group}[{number}].{item.field}" for item in row.readings if item.doubts)


def _values(records: Sequence[Record]) -> Answers:
    found: Answers = {}
    for record in records:
        if record.submission is None:
            continue
        found |= {r.field: r.value for r in record.submission.readings}
        rows: dict[str, list[dict[str, object]]] = {}
        for row in record.submission.rows:
            rows.setdefault(row.group, []).append({r.field: r.value for r in row.readings})
        found |= rows
    return found


def _leftover(records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        if record.submission is not None:
            yield from ("".join(item.text.split()) for item in record.submission.leftover)


def _said(value: object, leftover: str) -> bool:
    texts = map(str, value) if isinstance(value, tuple) else (str(value),)
    return all("".join(text.split()) in leftover for text in texts)


def main(arguments: Sequence[str]) -> None:
    """Print the trips of the blanks at the paths among ``arguments``."""
    reader = argparse.ArgumentParser(
        "python -m tests.trip", description="学空表、填、转格式、读回，看各值是否还在"
    )
    reader.add_argument("paths", nargs="+", type=Path, help="空表或放空表的文件夹")
    reader.add_argument("--seed", type=int, default=0, help="另一套编的内容")
    reader.add_argument("--formats", default=",".join(FORMATS), help="格式，用逗号分开")
    options = reader.parse_args(arguments)
    formats = options.formats.split(",")
    blanks = [(source, path.read_bytes()) for path, source in walk(options.paths)]
    with tempfile.TemporaryDirectory() as name:
        found = trips(blanks, Path(name), formats, options.seed)
    for trip in sorted(found, key=lambda trip: (trip.form, trip.format)):
        lost = f" 无疑点而失：{'、'.join(trip.silent[:6])}" if trip.silent else ""
        lost += f"（其中 {trip.warned} 个只有整份的疑点）" if trip.warned else ""
        print(f"{trip.returned}/{trip.filled} 有疑点 {trip.doubted}  {trip.format:5} {trip.form}{lost}")
    for target in ("docx", *formats):
        mine = [trip for trip in found if trip.format == target]
        print(
            f"{target}: {sum(t.returned for t in mine)}/{sum(t.filled for t in mine)}，"
            f"有疑点 {sum(t.doubted for t in mine)}，无疑点 {sum(len(t.silent) for t in mine)}"
            f"（只有整份的疑点 {sum(t.warned for t in mine)}）"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
