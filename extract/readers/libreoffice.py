"""LibreOffice as a last resort: turns a file that no reader of ours can follow into one that ours can.

Nothing needs it; where it is missing, ``convert`` says so and the file is refused with its own reason.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

_SECONDS = 15
"""Less than a reading process may take: what outlives its reader would go on for nobody."""


class Unavailable(Exception):  # noqa: N818 - an answer, not a fault
    """LibreOffice is not installed, or could not convert the file either."""


def available() -> str | None:
    """Return LibreOffice's command, none where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """Return ``data`` (a file with ``suffix``) saved as ``target``; a profile of its own, within seconds.

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
            _run([command, *options, str(source)])
            return source.with_suffix(f".{target}").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise Unavailable from error


def _run(command: list[str]) -> None:
    """Run LibreOffice until it ends or its time is over; the command starts others, which end with it."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True) as process:  # noqa: S603 - a fixed command on our own copy
        try:
            process.wait(_SECONDS)
        finally:
            if process.poll() is None and sys.platform != "win32":
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
