"""Feed mutated returns to the extractor and tell whether it ever crashed, hung or grew: ``python -m tests.fuzz``.

Half of the mutations change bytes of a file, half change the XML inside a package, so that they get past the archive.
A defect of ours that the extractor's last guard turned into a record counts as a crash as well.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import templates
from extract import Extractor
from forms import load_forms
from tests.deviations.copies import ALL, DRESSED, PACKED, PLAIN, copies
from tests.deviations.generate import generate
from tests.rendering import soffice

SLOW = 5.0
"""Seconds that one file may take."""

OURS = "读取时程序出错"
"""How the reason of a record begins when the extractor's last guard caught a defect of ours."""

LARGE = 512
"""Megabytes that the process may grow to."""

_EDGES = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff", b"99999999", b"-1", b"<", b"&", b'"', b"{", b"\\")
_NUMBER = re.compile(rb'(?<==")\d+(?=")')
_ELEMENT = re.compile(rb"<[^<>]{1,400}>")


def main(arguments: list[str]) -> int:
    """Run the mutations; print what happened; return 1 when anything crashed, hung or grew too large."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="folder for the files at which our own code failed")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    chance = random.Random(chosen.seed)  # noqa: S311 - repeatable, not secret
    seeds = _seeds(chosen.seed)
    extractor = Extractor(load_forms(templates.CATALOGUE))
    outcomes: Counter[str] = Counter()
    slowest, crashed = (0.0, ""), 0
    for number in range(chosen.count):
        name, data = chance.choice(seeds)
        mutated = mutate(data, chance)
        began = time.perf_counter()
        try:
            records = extractor.content(mutated, name)
        except Exception as error:  # noqa: BLE001 - counting them is what this is for
            crashed += 1
            outcomes[f"逃出的异常 {type(error).__name__}"] += 1
            print(f"第{number}个 {name}：{error!r}", file=sys.stderr)
            continue
        took = time.perf_counter() - began
        slowest = max(slowest, (took, f"第{number}个 {name}"))
        if any(str(record.reason).startswith(OURS) for record in records):
            crashed += 1
            if chosen.keep:
                chosen.keep.mkdir(parents=True, exist_ok=True)
                (chosen.keep / f"{number}-{name}").write_bytes(mutated)
        outcomes.update(_told(str(record.reason or record.status.label)) for record in records)
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for outcome, count in outcomes.most_common():
        print(f"{count:8d}  {outcome}")
    print(
        f"{chosen.count} 个文件，程序出错 {crashed}，最慢 {slowest[0]:.2f} 秒（{slowest[1]}），内存最多 {size:.0f} MB"
    )
    return int(bool(crashed) or slowest[0] > SLOW or size > LARGE)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return ``data`` changed in one to eight places, in its bytes or in one XML member."""
    if data.startswith(b"PK") and chance.random() < 0.6:
        return _in_package(data, chance)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) or 1)
        edge = chance.choice(_EDGES)
        match chance.randrange(4):
            case 0:
                changed[at : at + len(edge)] = edge
            case 1:
                changed[at:at] = edge
            case 2:
                del changed[at : at + chance.randint(1, 200)]
            case _:
                changed[at : at + 1] = bytes((chance.randrange(256),))
    return bytes(changed)


def _in_package(data: bytes, chance: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError):
        return data
    picked = chance.randrange(len(members))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members):
            archive.writestr(zipfile.ZipInfo(name), _xml(content, chance) if number == picked else content)
    return out.getvalue()


def _xml(content: bytes, chance: random.Random) -> bytes:
    """Change numbers of attributes, or take elements out, double or swap them."""
    for _ in range(chance.randint(1, 4)):
        numbers, elements = list(_NUMBER.finditer(content)), list(_ELEMENT.finditer(content))
        if numbers and chance.random() < 0.5:
            one = chance.choice(numbers)
            value = chance.choice((b"0", b"-1", b"65535", b"99999999999", b"x", "²".encode()))
            content = content[: one.start()] + value + content[one.end() :]
        elif len(elements) > 1:
            one, other = chance.choice(elements), chance.choice(elements)
            content = (
                content[: one.start()] + (other[0] if chance.random() < 0.5 else b"") + content[one.end() :]
            )
    return content


def _seeds(seed: int) -> list[tuple[str, bytes]]:
    """Return returns in every format, those that LibreOffice converts included where it is installed."""
    native = list(generate(120, seed))
    formats = ALL if soffice() is not None else (*DRESSED, *PLAIN, *PACKED)
    return [(file.source.rpartition("/")[2], file.data) for file in [*native, *copies(native, formats, 4)]]


def _told(reason: str) -> str:
    return re.sub(r"\d+", "N", reason)[:40]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
