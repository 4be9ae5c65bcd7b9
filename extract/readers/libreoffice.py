"""LibreOffice as a last resort: turns a file that no reader of ours can follow into one that ours can.

Nothing needs it; where it is missing, ``convert`` says so and the file is refused with its own reason.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 60


class Unavailable(Exception):  # noqa: N818 - an answer, not a fault
    """LibreOffice is not installed, or could not convert the file either."""


def available() -> str | None:
    """Return LibreOffice's command, none where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """Return ``data`` (a file with ``suffix``) saved as ``target``; a profile of its own, at most a minute.

    Raise ``Unavailable`` when that cannot be done.
    """
    command = available()
    if command is None:
        raise Unavailable
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"文件{suffix}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        options = [
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            folder,
        ]
        try:
            subprocess.run(  # noqa: S603 - a fixed command on our own copy
                [command, *options, str(source)], check=True, capture_output=True, timeout=_SECONDS
            )
            return source.with_suffix(f".{target}").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise Unavailable from error
