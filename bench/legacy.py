"""The returns of the benchmark as binary Word files, converted by LibreOffice: what a clerk's old Word would have sent."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path


def convert(paths: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Convert ``paths`` to .doc in ``folder``, in one call; return those that were made, none without LibreOffice."""
    folder.mkdir(parents=True, exist_ok=True)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return ()
    with tempfile.TemporaryDirectory() as profile:
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", "doc", "--outdir", str(folder), *map(str, paths)]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    return tuple(sorted(folder.glob("*.doc")))
