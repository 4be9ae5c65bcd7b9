"""Kill ``hongtou collect`` (-9) at moments drawn by lot and run it again: ``python -m tests.kills --count 100``.

Each trial is the real command line in a process of its own, on some thirty small files; afterwards the ledger and the
archive must be those of a run that nothing disturbed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from forms import load_forms
from generate.blank.filling import filled
from hongtou.newwork import create
from ledger import LEDGER_FILE, fault, open_ledger
from templates import CATALOGUE
from tests.ledger.making import contents

ROOT = Path(__file__).parents[1]
FORM = "团干部走基层情况报告单"
COUNT = 30
PAUSE = 0.15  # seconds at most between the n-th file and the kill: a few files' worth, so that it strikes anywhere


@dataclass(frozen=True, slots=True)
class Trial:
    """How one trial ended: whether the kill struck before the end, what was in the ledger then, and whether all was well."""

    struck: bool
    files: int
    sound: bool
    equal: bool


def make(folder: Path, count: int = COUNT) -> Path:
    """Make a work in ``folder`` with ``count`` files in 收件: returns, one twice, one in a zip, broken and foreign ones."""
    create(folder)
    path = folder / "work.yaml"
    path.write_text(_filled_in(path.read_text(encoding="utf-8")), encoding="utf-8")
    form = next(form for form in load_forms(CATALOGUE) if form.name == FORM)
    inbox = folder / "收件"
    for number in range(count - 4):
        values = {
            "填表时间": f"2020年8月{number % 28 + 1}日",
            "姓名": f"钱{number}",
            "走访人数.团员青年": str(number),
        }
        filled(form, values, None, inbox / f"{number:02d}.docx")
    shutil.copy(inbox / "00.docx", inbox / "00（重发）.docx")
    with zipfile.ZipFile(inbox / "03包.zip", "w") as pack:
        pack.write(inbox / "03.docx", "甲.docx")
    (inbox / "05坏.docx").write_bytes(b"PK\x03\x04")
    (inbox / "07通知.txt").write_text("请于周五前报送。", encoding="utf-8")
    return folder


def command(folder: Path) -> list[str]:
    """Return the command line that collects ``folder``."""
    return [sys.executable, "-m", "hongtou", "collect", "--work", str(folder)]


def run(folder: Path) -> int:
    """Collect ``folder`` in a process of its own and return its exit status."""
    return subprocess.run(command(folder), cwd=ROOT, capture_output=True, check=False).returncode  # noqa: S603


def state(folder: Path) -> tuple[object, ...]:
    """Return all that collecting leaves: what the ledger holds, without its numbers, and the archive's files."""
    with open_ledger(folder) as ledger:
        held = contents(ledger)
    return held, sorted(path.name for path in (folder / "归档").rglob("*") if path.is_file())


def sound(folder: Path) -> tuple[int, bool]:
    """Return how many files the ledger names, and whether it is whole and each of them is in the archive as it came."""
    if not (folder / LEDGER_FILE).exists():
        return 0, True
    with open_ledger(folder) as ledger:
        kept = ledger.kept()
        faults = [fault(folder, file.archive, file.sha256) for file in kept]
        return len(kept), not any(faults) and not ledger.complaints()


def trial(base: Path, undisturbed: tuple[object, ...], lot: random.Random) -> Trial:
    """Kill the collecting of a copy of ``base`` at some moment, look at what is there, and run it again."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "work"
        shutil.copytree(base, folder)
        with subprocess.Popen(command(folder), cwd=ROOT, stderr=subprocess.DEVNULL) as process:  # noqa: S603
            _await(folder, process, lot.randrange(COUNT))
            time.sleep(lot.random() * PAUSE)
            process.kill()
        files, whole = sound(folder)
        status = run(folder)
        return Trial(process.returncode != 0, files, whole, status == 0 and state(folder) == undisturbed)


def _await(folder: Path, process: subprocess.Popen[bytes], files: int) -> None:
    """Wait until that many files lie in the archive, for the first the ledger itself: most of a short run is starting up."""
    while process.poll() is None:
        archived = sum(1 for path in (folder / "归档").glob("*/*") if path.suffix != ".part")
        if archived >= files and (folder / LEDGER_FILE).exists():
            return
        time.sleep(0.002)


def _filled_in(text: str) -> str:
    from tests.hongtou.conftest import filled_in

    return filled_in(text)


def prepared(scratch: Path) -> tuple[Path, tuple[object, ...]]:
    """Return a work to collect and the state after a run that nothing disturbed."""
    base, calm = make(scratch / "base"), scratch / "calm"
    shutil.copytree(base, calm)
    assert run(calm) == 0
    return base, state(calm)


def main(arguments: list[str]) -> int:
    """Run the trials and print how they ended; return 1 when one did not end as it must."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    lot = random.Random(chosen.seed)  # noqa: S311 - repeatable, not secret
    with tempfile.TemporaryDirectory() as scratch:
        base, undisturbed = prepared(Path(scratch))
        trials = [trial(base, undisturbed, lot) for _ in range(chosen.count)]
    struck = [each for each in trials if each.struck]
    stages = sorted(each.files for each in struck)
    print(
        f"{len(trials)} 次强行结束（其中 {len(struck)} 次在收完以前，当时已入账 {stages[0]} 至 {stages[-1]} 个文件，"
        f"居中 {stages[len(stages) // 2]} 个）：台账完好 {sum(each.sound for each in trials)} 次，"
        f"再收一遍与不受打扰时相同 {sum(each.equal for each in trials)} 次"
    )
    return int(not all(each.sound and each.equal for each in trials))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
