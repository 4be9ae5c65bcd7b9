"""Planted copies that are found, false alarms, and the CPU for each return, among 1,000, 10,000 and 100,000 returns.

``python -m bench.likeness [--returns 1000 10000 100000] [--seeds 1]``. A return has four answers of some 120 characters; three
in a hundred returns hold one that was copied from an earlier return, maybe itself a copy: word for word, edited, with its
sentences moved, the names and figures exchanged, or two sentences of three. With several seeds each size is made several
times, of other texts. CPU time is that of comparing alone; each run has a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from ledger import compare

from .reports import COPIES, planted

_MIB = 1024  # ru_maxrss counts in KiB
_ALL_FOUND = 10_000  # returns among which no copy may be missed


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the copies planted in ``returns`` returns: by kind how many there are and how many were found.

    ``alarms`` are the returns with a finding that nobody planted; ``cpu`` is in seconds, memory in MiB, at its highest
    while the returns were made (``before``) and after they were compared (``memory``).
    """

    returns: int
    there: Counter[str]
    found: Counter[str]
    alarms: int
    cpu: float
    before: float
    memory: float


def measure(number: int, seed: int = 0) -> Found:
    """Make ``number`` returns, compare them and hold the findings against what was planted."""
    made = planted(number, seed=seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
    begun = time.process_time()
    likenesses = compare(made.work, made.entries).likenesses
    cpu = time.process_time() - begun
    told = {(one.at.entry, one.at.field): (one.source.entry, one.source.field) for one in likenesses}
    there = Counter(how for _, how in made.copies.values())
    found: Counter[str] = Counter()
    explained = set(made.copies)
    for copy, (source, how) in made.copies.items():
        original = (
            source,
            copy[1],
        )  # it may have come in later than its copy: then the doubt is at its own return
        found[how] += copy in told or told.get(original) == copy
        if told.get(original) == copy:
            explained.add(original)
    alarms = {entry for entry, field in told if (entry, field) not in explained}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
    return Found(number, there, found, len(alarms), cpu, before, memory)


def main() -> None:
    """Measure each size and print the table; exit 1 when more than 1 % are false alarms, or copies are missed in 10,000 or less."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--returns", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--seeds", type=int, default=1)
    asked = parser.parse_args()
    results: list[Found] = []
    for size, seed in itertools.product(asked.returns, range(asked.seeds)):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            results.append(alone.submit(measure, size, seed).result())
        print(line(results), flush=True)
    sys.exit(any(map(_wrong, results)))


def _wrong(result: Found) -> bool:
    missed = result.there["逐字"] - result.found["逐字"]
    if result.returns <= _ALL_FOUND:
        missed = result.there.total() - result.found.total()
    return bool(missed) or result.alarms > result.returns / 100


def line(results: Sequence[Found]) -> str:
    """Return what the last of ``results`` tells, its CPU for each return as a ratio to the first's."""
    last, first = results[-1], results[0]
    kinds = ", ".join(f"{how} {last.found[how]}/{last.there[how]}" for how in COPIES)
    each, once = last.cpu / last.returns, first.cpu / first.returns
    return (
        f"{last.returns:>7} returns: {last.found.total()}/{last.there.total()} copies found ({kinds}); "
        f"{last.alarms} false alarms ({last.alarms / last.returns:.2%} of the returns); "
        f"CPU {last.cpu:.1f} s, {each * 1000:.2f} ms a return, {each / once:.2f} times that of the first size; "
        f"memory {last.before:.0f} MiB before, {last.memory:.0f} MiB after"
    )


if __name__ == "__main__":
    main()
