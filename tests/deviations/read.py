"""Reads a folder of returns with the public names of ``extract``, as the command does, in the work of the sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import samples
from extract import Extractor, as_json, walk
from forms import load_forms, load_work
from templates import CATALOGUE


def read(folder: Path, scratch: Path) -> list[dict[str, Any]]:
    """Return the records of every file below ``folder``; the sample's work is built in ``scratch``."""
    samples.build("luohe", scratch / "work")
    work = load_work(scratch / "work", load_forms(CATALOGUE))
    extractor = Extractor(work.forms, work)
    return [as_json(record) for path, source in walk([folder]) for record in extractor.file(path, source)]
