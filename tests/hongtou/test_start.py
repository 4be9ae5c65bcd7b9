"""How the command starts and ends: quickly, with our own packages, and with the status of the contract."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import hongtou
from hongtou.__main__ import main
from hongtou.commands import works

TOP = Path(hongtou.__file__).parents[1]
Run = Callable[..., Result]


def _python(*args: str, cwd: Path = TOP) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(TOP), "PYTHONUTF8": "1"}
    command = [sys.executable, *args]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, cwd=cwd, check=False)  # noqa: S603 - our own interpreter


def test_help_imports_nothing_heavy() -> None:
    heavy = ("forms", "pydantic", "rich", "sqlalchemy", "lxml", "docx", "openpyxl")
    code = f"""
import sys
from hongtou.root import root
try:
    root(["--help"], prog_name="hongtou")
except SystemExit:
    print([name for name in {heavy} if name in sys.modules])
"""
    assert _python("-c", code).stdout.splitlines()[-1] == "[]"


def test_all_packages_are_ours() -> None:
    assert hongtou.strangers() == ()


def test_a_stranger_in_the_place_of_a_package_is_named(tmp_path: Path) -> None:
    stranger = tmp_path / "forms.py"
    stranger.write_text("", encoding="utf-8")
    run = _python("-m", "hongtou", "--help", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.splitlines() == [
        "别的程序占用了红头的包名，请把红头装进单独的虚拟环境：",
        f"  {stranger.resolve()}",
    ]


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version").stdout == f"hongtou {hongtou.__version__} 版\n"


def test_an_interrupt_is_said_and_is_status_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(works, "catalogue", interrupted)
    monkeypatch.setattr("hongtou.commands.options.find_work", lambda _: None)
    result = run("forms")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr.strip() == "已中断。写好的都在，重新执行同一条命令即可接着做。"


def test_a_defect_of_ours_is_told_without_the_words_of_a_return(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it happened and of which kind; the error's own text may repeat a cell."""

    def fails(**_: object) -> None:
        raise ValueError("invalid literal: 陈青禾 10000000000")

    monkeypatch.setattr("hongtou.root.root", fails)
    with pytest.raises(SystemExit) as left:
        main()
    told = capsys.readouterr().err
    assert left.value.code == 1
    assert told.startswith("程序出错（ValueError），没有做完；台账里写好的都在。")
    assert re.search(r"  hongtou/__main__\.py 第\d+行 main\n", told)
    assert "陈青禾" not in told


def test_a_full_disk_is_said_and_is_status_3(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "台账.xlsx")

    monkeypatch.setattr("hongtou.commands.options.find_work", lambda _: None)
    monkeypatch.setattr(works, "catalogue", full)
    result = run("forms")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "错误：“台账.xlsx”写不了：磁盘满了，请腾出空间再试\n"


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(TOP)}
    command = [sys.executable, "-m", "hongtou", "forms", "--json"]
    with subprocess.Popen(  # noqa: S603 - as above
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=tmp_path
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 3
