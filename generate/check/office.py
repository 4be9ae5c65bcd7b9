"""LibreOffice, for turning a document into the page that is measured; where it is missing nothing is rendered."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_SECONDS = 120
_SECONDS_EACH = 20


def available() -> str | None:
    """Return LibreOffice's command, none where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdfs(documents: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Return the PDF in ``folder`` of each document that could be rendered, from one call of LibreOffice.

    A document whose name another one has already is rendered in a call of its own.
    """
    command = available()
    if command is None:
        return {}
    found: dict[Path, Path] = {}
    waiting = list(documents)
    while waiting:
        batch = {path.stem: path for path in reversed(waiting)}
        waiting = [path for path in waiting if path not in batch.values()]
        into = folder / str(len(waiting))
        _render(command, list(batch.values()), folder / "profile", into)
        made = {path: into / f"{stem}.pdf" for stem, path in batch.items()}
        found |= {path: pdf for path, pdf in made.items() if pdf.is_file()}
    return found


def _render(command: str, documents: list[Path], profile: Path, into: Path) -> None:
    options = [f"-env:UserInstallation={profile.absolute().as_uri()}", "--headless", "--convert-to", "pdf"]
    seconds = _SECONDS + _SECONDS_EACH * len(documents)
    with suppress(subprocess.SubprocessError, OSError):  # what it did not render is missing in the folder
        subprocess.run(  # noqa: S603 - a fixed command on the clerk's own files
            [command, *options, "--outdir", str(into), *map(str, documents)],
            check=True,
            capture_output=True,
            timeout=seconds,
        )
