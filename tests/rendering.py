"""Rendering documents to PDF in tests: one LibreOffice call for all, its own profile, fonts mapped by ``tests/fonts``.

Tests that render are skipped when LibreOffice is not installed, and say so; nothing else skips them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import ImageChops

if TYPE_CHECKING:
    from pdfplumber.page import Page

FONTS = Path(__file__).parent / "fonts" / "fonts.conf"
MM = 72 / 25.4
"""Points to the millimetre."""
_DPI = 300


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


@dataclass(frozen=True)
class Row:
    """One line of text on a page: baseline, left and right edge in millimetres from the top left corner."""

    baseline: float
    left: float
    right: float
    text: str
    font: str


def rows(page: Page) -> list[Row]:
    """Return the lines of text from the top down; characters of one line share their baseline within 0.2 mm."""
    chars = sorted(page.chars, key=lambda char: (-round(char["matrix"][5], 0), char["x0"]))
    found = []
    for _, line in groupby(chars, key=lambda char: round(char["matrix"][5], 0)):
        drawn = [char for char in line if char["text"].strip()]
        if drawn:
            text = "".join(char["text"] for char in drawn)
            baseline = (float(page.height) - drawn[0]["matrix"][5]) / MM
            left, right = drawn[0]["x0"] / MM, drawn[-1]["x1"] / MM
            found.append(Row(baseline, left, right, text, drawn[0]["fontname"]))
    return found


def ink(page: Page, top: float, bottom: float, *, red: bool = False) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom in millimetres of what is drawn between two heights, red things alone if asked."""
    picture = page.to_image(resolution=_DPI, antialias=False).original.convert("RGB")
    scale = _DPI / 25.4
    band = picture.crop((0, round(top * scale), picture.width, round(bottom * scale)))
    _, green, _ = band.split()
    if red:
        dark = green.point(lambda value: 255 if value < 128 else 0)
        bright = band.split()[0].point(lambda value: 255 if value > 200 else 0)
        mask = ImageChops.multiply(dark, bright)
    else:
        mask = band.convert("L").point(lambda value: 255 if value < 128 else 0)
    box = mask.getbbox()
    assert box is not None, "nothing is drawn there"
    left, upper, right, lower = (value / scale for value in box)
    return left, top + upper, right, top + lower
