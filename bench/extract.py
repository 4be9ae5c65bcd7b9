"""CPU time of ``hongtou extract`` per ordinary return, as a ratio to the floor and beside the usual python-docx loop.

``python -m bench.extract [--files 1000] [--peer-files 100] [--repeat 3]``. CPU time is user + system of the child process,
start-up included; the three take turns and the median of the rounds counts. The peer runs on fewer files and is scaled.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from .returns import TITLE, make

ROOT = Path(__file__).parent.parent
BUDGET = 4.0


def cpu(command: Sequence[str]) -> tuple[float, str]:
    """Run ``command`` and return its CPU seconds and standard output; stop the bench when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def main() -> None:
    """Make the returns in a temporary folder, measure, print the table; exit 1 when over the budget."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--peer-files", type=int, default=100)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        many, few, none = (Path(scratch) / name for name in ("many", "few", "none"))
        paths = make(many, asked.files)
        make(few, min(asked.peer_files, asked.files))
        none.mkdir()
        print(describe(paths))
        rounds = [_round(many, few, none, asked.files) for _ in range(asked.repeat)]
    floor, ours, peer = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(table(floor, ours, peer, min(asked.peer_files, asked.files)))
    sys.exit(ours > BUDGET * floor)


def describe(paths: Sequence[Path]) -> str:
    """Return a line on how large the returns are."""
    size = statistics.mean(path.stat().st_size for path in paths)
    xml = statistics.mean(zipfile.ZipFile(path).getinfo("word/document.xml").file_size for path in paths)
    return f"{len(paths)} returns of {TITLE}, {size / 1000:.1f} KB each, document.xml {xml / 1000:.1f} KB"


def _round(many: Path, few: Path, none: Path, files: int) -> tuple[float, float, float]:
    """Return CPU seconds per file of the floor, of hongtou and of the peer (its start-up counted once for all files)."""
    floor, _ = cpu([sys.executable, str(ROOT / "bench" / "floor.py"), str(many)])
    ours, out = cpu([sys.executable, "-m", "hongtou", "extract", str(many)])
    read = sum(1 for line in out.splitlines() if f'"form": "{TITLE}"' in line or f'"form":"{TITLE}"' in line)
    if read != files:
        sys.exit(f"hongtou extract read {read} of {files} returns: a time without the work is no time")
    peer_script = str(ROOT / "bench" / "peer.py")
    start, _ = cpu([sys.executable, peer_script, str(none)])
    some, _ = cpu([sys.executable, peer_script, str(few)])
    count = len(list(few.iterdir()))
    return floor / files, ours / files, (some - start) / count + start / files


def table(floor: float, ours: float, peer: float, peer_files: int) -> str:
    """Return the three times per file and their ratios to the floor, one row each."""
    rows = (
        ("floor: read, unzip and lxml-parse document.xml", floor),
        (f"hongtou extract (single process, budget {BUDGET:g})", ours),
        (f"python-docx, table.cell (measured on {peer_files} files)", peer),
    )
    lines = [f"{'':<52} {'ms CPU/file':>12} {'x floor':>8}"]
    lines += [f"{name:<52} {seconds * 1000:>12.2f} {seconds / floor:>8.1f}" for name, seconds in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
