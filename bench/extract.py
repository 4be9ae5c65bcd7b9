"""CPU time of ``hongtou extract`` per ordinary return, as ratios: to the floor, of a .doc to a docx, of two workers to one.

``python -m bench.extract [--files 1000] [--peer-files 100] [--doc-files 100] [--worker-files 3000] [--repeat 3]``. CPU time
is user + system of the child process, start-up included; what is compared takes turns and the median of the ratios of
the rounds counts. Peer and .doc run on fewer files, with the share of the start-up that one of all the files has.
Compiled modules are kept, as an installed program has them. Two workers are judged by the clock, start-up included, which
no second worker shortens: on as many files as one would take workers for, and beside it on ``--files``. The best of the
rounds counts and the machine should have two cores to itself: the line says how busy it was.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .legacy import convert
from .returns import TITLE, make

ROOT = Path(__file__).parent.parent
BUDGETS = {"docx": 2.5, "doc": 3.0, "workers": 1.8}
"""At most so many floors for a docx, docx for a .doc; at least so many times as fast with two workers as with one."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a child process took, in seconds, and its standard output."""

    cpu: float
    wall: float
    out: str


def spend(command: Sequence[str], compiled: Path) -> Spent:
    """Run ``command`` with its compiled modules kept in ``compiled``; stop the bench when it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)  # noqa: S603
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(cpu, ended - begun, done.stdout)


@dataclass(frozen=True, slots=True)
class Bench:
    """The folders with returns, and where compiled modules are kept."""

    scratch: Path

    def ours(self, folder: str, *options: str) -> Spent:
        """Run ``hongtou extract``; stop the bench when it did not read every file: a time without the work is no time."""
        files = len(list((self.scratch / folder).iterdir()))
        command = [sys.executable, "-m", "hongtou", "extract", *options, str(self.scratch / folder)]
        spent = spend(command, self.scratch / "compiled")
        read = sum(1 for line in spent.out.splitlines() if f'"form": "{TITLE}"' in line)
        if read != files:
            sys.exit(f"hongtou extract read {read} of {files} returns: a time without the work is no time")
        return spent

    def script(self, name: str, folder: str) -> float:
        """Return the CPU seconds of ``bench/name`` over a folder."""
        command = [sys.executable, str(ROOT / "bench" / name), str(self.scratch / folder)]
        return spend(command, self.scratch / "compiled").cpu


def main() -> None:
    """Make the returns in a temporary folder, measure, print the table; exit 1 when over a budget."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--peer-files", type=int, default=100)
    parser.add_argument("--doc-files", type=int, default=100)
    parser.add_argument("--worker-files", type=int, default=3000)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch))
        paths = make(bench.scratch / "many", asked.files)
        make(bench.scratch / "few", min(asked.peer_files, asked.files))
        make(bench.scratch / "most", asked.worker_files)
        (bench.scratch / "none").mkdir()
        print(describe(paths))
        bench.ours("few")  # compiles the modules
        over = [_docx(bench, asked.files, asked.repeat)]
        over += [
            _doc(bench, paths[: asked.doc_files], asked.files, asked.repeat),
            _workers(bench, asked.repeat),
        ]
    sys.exit(any(over))


def describe(paths: Sequence[Path]) -> str:
    """Return a line on how large the returns are."""
    size = statistics.mean(path.stat().st_size for path in paths)
    xml = statistics.mean(zipfile.ZipFile(path).getinfo("word/document.xml").file_size for path in paths)
    return f"{len(paths)} returns of {TITLE}, {size / 1000:.1f} KB each, document.xml {xml / 1000:.1f} KB"


def _docx(bench: Bench, files: int, repeat: int) -> bool:
    """Print a docx beside the floor and the peer; return whether it is over its budget."""
    few = len(list((bench.scratch / "few").iterdir()))
    rounds = []
    for _ in range(repeat):
        floor, ours = bench.script("floor.py", "many") / files, bench.ours("many").cpu / files
        start = bench.script("peer.py", "none")
        peer = (bench.script("peer.py", "few") - start) / few + start / files
        rounds.append((floor, ours, peer, ours / floor, peer / floor))
    floor, ours, peer, ratio, usual = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{'':<58} {'ms CPU/file':>12} {'x floor':>8}")
    rows = (
        ("floor: read, unzip and lxml-parse document.xml", floor, 1.0),
        (f"hongtou extract, one process, budget {BUDGETS['docx']:g}", ours, ratio),
        (f"python-docx, table.cell (measured on {few} files)", peer, usual),
    )
    for name, seconds, times in rows:
        print(f"{name:<58} {seconds * 1000:>12.2f} {times:>8.2f}")
    return bool(ratio > BUDGETS["docx"])


def _doc(bench: Bench, paths: Sequence[Path], files: int, repeat: int) -> bool:
    """Print a .doc beside the same return as docx; return whether it is over its budget."""
    made = convert(paths, bench.scratch / "doc")
    if not made:
        print("binary .doc: not measured, LibreOffice is not here or made none")
        return False
    docx = bench.scratch / "docx"
    docx.mkdir()
    for path, number in itertools.product(made, range(1, 5)):  # the same returns in both, four times
        shutil.copy(path, path.with_stem(f"{path.stem}-{number}"))
        shutil.copy(bench.scratch / "many" / f"{path.stem}.docx", docx / f"{path.stem}-{number}.docx")
    for path in made:
        path.unlink()
    name = f"binary .doc x docx ({len(made)} files), budget {BUDGETS['doc']:g}"
    ratios = []
    for _ in range(repeat):
        start, old, new = (bench.ours(folder).cpu for folder in ("none", "doc", "docx"))
        each = [(spent - start) / (4 * len(made)) + start / files for spent in (old, new)]
        ratios.append(each[0] / each[1])
    ratio = statistics.median(ratios)
    print(f"{name:<71} {ratio:>8.2f}")
    return ratio > BUDGETS["doc"]


def _workers(bench: Bench, repeat: int) -> bool:
    """Print how many times as fast two workers are; return whether they are under their budget over the most files."""
    budget = BUDGETS["workers"]
    print(f"{'two workers x one, by the clock':<58} {'best':>12} {'median':>8}")
    for folder in ("many", "most"):
        files = len(list((bench.scratch / folder).iterdir()))
        rounds = [
            bench.ours(folder).wall / bench.ours(folder, "--workers", "2").wall for _ in range(max(5, repeat))
        ]
        busy = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
        name = f"  {files} files (load {busy})" + (f", budget {budget:g}" if folder == "most" else "")
        print(f"{name:<58} {max(rounds):>12.2f} {statistics.median(rounds):>8.2f}")
    return max(rounds) < budget


if __name__ == "__main__":
    main()
