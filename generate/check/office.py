"""LibreOffice, for turning a document into the page that is measured; where it is missing nothing is rendered."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_SECONDS = 180


def available() -> str | None:
    """Return LibreOffice's command, none where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(document: Path, folder: Path) -> Path | None:
    """Return ``document`` as a PDF in ``folder``, none when there is no LibreOffice or it could not."""
    command = available()
    if command is None:
        return None
    profile = (folder / "profile").absolute().as_uri()
    options = [
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    try:
        subprocess.run(  # noqa: S603 - a fixed command on the clerk's own file
            [command, *options, str(document)], check=True, capture_output=True, timeout=_SECONDS
        )
    except (subprocess.SubprocessError, OSError):
        return None
    made = folder / f"{document.stem}.pdf"
    return made if made.is_file() else None
