"""``python -m tests.deviations``: makes returns, reads them with ``extract`` and prints what became of them."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import report
from .containers import NAMINGS
from .copies import ALL, copies
from .generate import GROUPS, NATIVE, Returned, generate, write
from .read import read
from .whole import SEVERAL

DOCS = Path(__file__).parents[2] / "docs" / "deviations.md"


def main(arguments: Sequence[str]) -> int:
    """Run the whole; return 1 when anything is wrong in silence, lost, leaked or missing."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.deviations", description="生成有偏差的报表并检查读数"
    )
    parser.add_argument("--count", type=int, default=520, help="文件数")
    parser.add_argument("--seed", type=int, default=1, help="随机数种子")
    parser.add_argument(
        "--formats", default=",".join(NATIVE), help=f"格式，用逗号分开，或 all：{'、'.join(ALL)}"
    )
    parser.add_argument("--copies", type=int, default=60, help="每种别的格式最多几份")
    parser.add_argument("--keep", type=Path, help="把文件留在这个文件夹")
    parser.add_argument("--list", type=Path, help="把每处不对写进这个文件")
    parser.add_argument("--write-docs", action="store_true", help="写 docs/deviations.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.keep or Path(scratch)) / "收件"
        shutil.rmtree(folder, ignore_errors=True)  # what an earlier run kept there
        folder.mkdir(parents=True)
        truth = write(folder, list(_files(options)))
        found = report.findings(read(folder, Path(scratch)), truth)
    made = report.tallies(found, truth)
    sys.stdout.write("\n".join(report.lines(made)) + "\n")
    if options.list:
        options.list.write_text(report.failures(found, truth), encoding="utf-8")
    if options.write_docs:
        how = f"--count {options.count} --seed {options.seed} --formats {options.formats} --copies {options.copies}"
        call = f"python -m tests.deviations {how} --write-docs"
        groups = {title: [each.name for each in members] for title, members in GROUPS.items()}
        groups |= {"几份在一个文件": [each.name for each in SEVERAL]}
        groups |= {"格式": [*(f"格式·{name}" for name in (*NATIVE, *ALL)), *NAMINGS], "合计": ["合计"]}
        DOCS.write_text(report.markdown(made, call, groups), encoding="utf-8")
    return int(report.fatal(made[-1]))


def _files(options: argparse.Namespace) -> Iterator[Returned]:
    """Yield the native files of the formats asked for, then the copies; without copies only natives are drawn."""
    formats = [*NATIVE, *ALL] if options.formats == "all" else options.formats.split(",")
    natives = [name for name in NATIVE if name in formats]
    others = [name for name in formats if name in ALL]
    originals = list(generate(options.count, options.seed, NATIVE if others else natives))
    yield from (each for each in originals if each.kind in natives)
    yield from copies(originals, others, options.copies)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
