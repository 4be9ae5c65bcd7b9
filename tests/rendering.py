"""Rendering documents to PDF in tests: one LibreOffice call for all, its own profile, fonts mapped by ``tests/fonts``.

Tests that render are skipped when LibreOffice is not installed, and say so; nothing else skips them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

FONTS = Path(__file__).parent / "fonts" / "fonts.conf"
MM = 72 / 25.4
"""Points to the millimetre."""


def soffice() -> str | None:
    """Return LibreOffice's command, or none where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


needs_soffice = pytest.mark.skipif(
    soffice() is None, reason="LibreOffice (soffice) is not installed: the page cannot be measured"
)


def to_pdf(documents: Sequence[Path], folder: Path) -> list[Path]:
    """Convert ``documents`` to PDF in ``folder`` with one call; return the PDFs in the same order."""
    command = soffice()
    assert command is not None
    profile = folder / "profile"
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
    subprocess.run(  # noqa: S603 - our own command on our own files
        [
            command,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, documents),
        ],
        env=environment,
        check=True,
        capture_output=True,
        timeout=180,
    )
    found = [folder / f"{document.stem}.pdf" for document in documents]
    assert all(pdf.is_file() for pdf in found), "LibreOffice wrote no PDF"
    return found
