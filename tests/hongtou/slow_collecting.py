"""Collects a folder with a slow reader and says each step aloud: run as a process that a test kills.

``python slow_collecting.py FOLDER``; imported, it gives the same reader without the slowness.
"""

from __future__ import annotations

import hashlib
import sys
import time
from pathlib import Path

from forms import GroupRow, Leftover, Place, Reading, Record, Status, Submission, doubt
from hongtou.collect import collect
from hongtou.taken import Read
from ledger import open_ledger


def sources(folder: Path) -> list[tuple[Path, str]]:
    """Return the files of 收件 in order of their names."""
    return [(path, path.name) for path in sorted((folder / "收件").iterdir())]


def read(path: Path, source: str) -> tuple[Record, ...]:
    """Read a file of lines ``单位 报送期 人数``: a submission each; of nothing else: rejected."""
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if source.startswith("~$"):
        return (Record(source, sha256, 1, Status.IGNORED, reason="锁文件"),)
    lines = [line.split() for line in data.decode("utf-8", "replace").splitlines()]
    if not lines or any(len(line) != 3 for line in lines):
        return (Record(source, sha256, 1, Status.REJECTED, reason="不是报告单"),)
    return tuple(
        Record(source, sha256, part, Status.REVIEW, _submission(*line)) for part, line in enumerate(lines, 1)
    )


def _submission(unit: str, period: str, count: str) -> Submission:
    place = Place("表1", 6, 3)
    unclear = doubt("number_unclear", "走访人数.团干部", raw=count)
    reading = Reading("走访人数.团干部", int(count), count, place, (unclear,))
    row = GroupRow("活动", 1, (Reading("名称", "座谈", "座谈", place),))
    return Submission(
        "报告单", unit, period, (reading,), (row,), (Leftover("备注", place),), evidence=("文件名",)
    )


def aloud(pause: float) -> Read:
    """Return the reader that says when it begins and ends and takes ``pause`` seconds."""

    def slow(path: Path, source: str) -> tuple[Record, ...]:
        print(f"reading {source}", flush=True)
        time.sleep(pause)
        found = read(path, source)
        print(f"read {source}", flush=True)
        return found

    return slow


if __name__ == "__main__":
    work = Path(sys.argv[1])
    with open_ledger(work) as ledger:
        print("open", flush=True)
        collect(
            sources(work),
            aloud(0.002),
            ledger,
            lambda found: print(f"heard {found.source}", flush=True),
        )
