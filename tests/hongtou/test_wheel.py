"""The wheel holds everything: built, unpacked elsewhere and run, it makes the demo."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

TOP = Path(__file__).parents[2]
PACKAGES = ("forms", "extract", "ledger", "generate", "hongtou", "templates", "samples")


def _python(folder: Path, path: Path, *args: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(path), "PYTHONUTF8": "1"}
    command = [sys.executable, *args]
    run = subprocess.run(  # noqa: S603 - our own interpreter
        command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_the_wheel_runs_the_demo_and_holds_no_strangers(tmp_path: Path) -> None:
    source, wheels, unpacked = (tmp_path / name for name in ("source", "wheels", "unpacked"))
    for name in PACKAGES:
        shutil.copytree(TOP / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(TOP / name, source / name)
    (source / "hongtou-demo").mkdir()  # as the README's first command leaves it
    (source / "hongtou-demo" / "work.yaml").write_text("", encoding="utf-8")
    build = (
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(wheels),
        str(source),
    )
    _python(tmp_path, tmp_path, *build)
    with zipfile.ZipFile(next(wheels.glob("hongtou-*.whl"))) as wheel:
        tops = {name.partition("/")[0] for name in wheel.namelist()}
        wheel.extractall(unpacked)
    assert {name for name in tops if not name.endswith(".dist-info")} == set(PACKAGES)
    where = _python(tmp_path, unpacked, "-c", "import hongtou; print(hongtou.__file__)")
    assert Path(where.strip()).is_relative_to(unpacked)
    assert "静默错误" in _python(tmp_path, unpacked, "-m", "hongtou", "demo")
