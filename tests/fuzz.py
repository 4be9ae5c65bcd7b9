"""Feed mutated returns to the extractor and tell whether it ever crashed, hung or grew: ``python -m tests.fuzz``.

Half of the mutations change bytes of a file, half change the XML inside a package, so that they get past the archive.
A defect of ours that the extractor's last guard turned into a record counts as a crash as well, and so does the death
of the interpreter (``--workers`` processes feed it, each with a seed of its own, as long as ``--seconds`` or
``--count`` says).
"""

from __future__ import annotations

import argparse
import base64
import io
import random
import re
import resource
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import templates
from extract import Extractor
from forms import load_forms
from samples.making.compound import compound
from tests.deviations.copies import ALL, DRESSED, PACKED, PLAIN, copies
from tests.deviations.generate import generate
from tests.hostile import everything
from tests.rendering import soffice
from tests.tneffiles import tnef

SLOW = 5.0
"""Seconds of CPU that one file may take."""

OURS = "读取时程序出错"
"""How the reason of a record begins when the extractor's last guard caught a defect of ours."""

LARGE = 512
"""Megabytes that a process may grow to."""

_SMALL = (
    200_000  # bytes at most of a hostile file that is mutated further: those that are large are so by design
)
_UNPACKED = 4 * 2**20  # bytes of a package at most that is taken apart here
_EDGES = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff", b"99999999", b"-1", b"<", b"&", b'"', b"{", b"\\")
_NUMBER = re.compile(rb'(?<==")\d+(?=")')
_ELEMENT = re.compile(rb"<[^<>]{1,400}>")


@dataclass(slots=True)
class Tally:
    """What became of the files that one process was fed; times in seconds of CPU, ``size`` in megabytes."""

    files: int = 0
    crashed: int = 0
    slowest: tuple[float, str] = (0.0, "")
    size: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Take in what another process counted."""
        self.files += other.files
        self.crashed += other.crashed
        self.slowest = max(self.slowest, other.slowest)
        self.size = max(self.size, other.size)
        self.outcomes.update(other.outcomes)


@dataclass(frozen=True, slots=True)
class Stint:
    """How long one process mutates (whichever ends first), with which seed, and where bad files are kept."""

    seed: int
    count: int
    seconds: float
    keep: Path | None


def main(arguments: list[str]) -> int:
    """Run the mutations; print what happened; return 1 when anything crashed, hung or grew too large."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=20_000, help="files in all")
    parser.add_argument(
        "--seconds", type=float, default=float("inf"), help="of CPU that each process takes at most"
    )
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the files at which our own code failed")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    each = -(-chosen.count // chosen.workers)
    stints = [Stint(chosen.seed + n, each, chosen.seconds, chosen.keep) for n in range(chosen.workers)]
    total = Tally()
    for tally in _all(stints, _seeds(chosen.seed)):
        total.add(tally)
    for outcome, count in total.outcomes.most_common():
        print(f"{count:8d}  {outcome}")
    slowest, which = total.slowest
    print(
        f"{total.files} 个文件，程序出错 {total.crashed}，最慢 {slowest:.2f} 秒（{which}），内存最多 {total.size:.0f} MB"
    )
    return int(bool(total.crashed) or slowest > SLOW or total.size > LARGE)


def _all(stints: Sequence[Stint], seeds: list[tuple[str, bytes]]) -> Iterator[Tally]:
    """Run each stint in a process of its own; one that died without a word is a crash."""
    with ProcessPoolExecutor(len(stints), get_context("spawn")) as pool:
        for running in [pool.submit(_fed, stint, seeds) for stint in stints]:
            try:
                yield running.result()
            except BrokenProcessPool:
                yield Tally(crashed=1, outcomes=Counter({"进程异常退出": 1}))


def _fed(stint: Stint, seeds: list[tuple[str, bytes]]) -> Tally:
    """Mutate and read until the stint is over."""
    chance = random.Random(stint.seed)  # noqa: S311 - repeatable, not secret
    extractor = Extractor(load_forms(templates.CATALOGUE))
    tally = Tally()
    if stint.keep:
        stint.keep.mkdir(parents=True, exist_ok=True)
    while tally.files < stint.count and time.process_time() < stint.seconds:
        name, data = chance.choice(seeds)
        mutated = mutate(data, chance)
        tally.files += 1
        label = f"{stint.seed}-{tally.files}-{name}"
        if stint.keep:
            (stint.keep / f"{stint.seed}.now").write_bytes(mutated)  # what hangs or kills can be looked at
        began = time.process_time()
        ours = _read(extractor, mutated, name, tally)
        took = time.process_time() - began
        tally.slowest = max(tally.slowest, (took, label))
        tally.crashed += ours
        if stint.keep and (ours or took > SLOW):
            (stint.keep / label).write_bytes(mutated)
    tally.size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return tally


def _read(extractor: Extractor, data: bytes, name: str, tally: Tally) -> bool:
    """Read one file, count how it ended, and return whether that was a defect of ours."""
    try:
        records = extractor.content(data, name)
    except Exception as error:  # noqa: BLE001 - counting them is what this is for
        tally.outcomes[f"逃出的异常 {type(error).__name__}"] += 1
        return True
    tally.outcomes.update(_told(str(record.reason or record.status.label)) for record in records)
    return any(str(record.reason).startswith(OURS) for record in records)


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
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED:
                return data
            members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        EOFError,
        OSError,
    ):  # a hostile archive, or a password
        return data
    if not members:
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
    found = [(file.source.rpartition("/")[2], file.data) for file in [*native, *copies(native, formats, 4)]]
    cases = (
        case for case in everything.CASES if "超时" not in case.told
    )  # the worker's deadline stops those
    hostile = ((case.name.rpartition("/")[2], case.make()) for case in cases)
    return [
        *found,
        *((name, data) for name, data in hostile if len(data) <= _SMALL),
        *(packed for name, data in found[:8] for packed in _posted(name, data)),
    ]


def _posted(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield ``data`` as what mail programs keep: a mailbox, a message of Outlook, a winmail.dat."""
    body = base64.encodebytes(data)
    head = b"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
    yield f"{name}.mbox", b"From a@example.org Thu\n" + head + b"\n" + body + b"\nFrom b Fri\n\nok\n"
    attached = "__attach_version1.0_#00000000/__substg1.0_"
    yield (
        f"{name}.msg",
        compound(
            {
                "__properties_version1.0": bytes(32),
                "__substg1.0_1000001F": "附件请查收".encode("utf-16-le"),
                f"{attached}3707001F": name.encode("utf-16-le"),
                f"{attached}37010102": data,
            }
        ),
    )
    yield f"{name}.dat", tnef((0x00069002, bytes(14)), (0x00018010, name.encode("gbk")), (0x0006800F, data))


def _told(reason: str) -> str:
    return re.sub(r"\d+", "N", reason)[:40]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
