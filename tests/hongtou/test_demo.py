"""The demo runs the whole cycle, says what it made and where, and destroys nothing that is not its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from hongtou.cycle import MARK

Run = Callable[..., Result]


@pytest.fixture
def demo(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Run the demo in a fresh folder."""
    monkeypatch.chdir(tmp_path)
    return run("demo")


def _figure(result: Result, label: str) -> int:
    found = re.search(rf"^{label} +(\d+)  ", result.stdout, flags=re.MULTILINE)
    assert found, label
    return int(found[1])


def test_the_demo_makes_everything_and_reads_without_a_silent_error(demo: Result, tmp_path: Path) -> None:
    assert demo.exit_code == 0
    folder = tmp_path / "hongtou-demo"
    for name in (
        "通知/*.docx",
        "空白表/*/*.docx",
        "待发邮件/*.eml",
        "催报/*.eml",
        "催报/*/*.docx",
        "台账/*.xlsx",
        "总结/*.docx",
    ):
        assert list((folder / "产出").glob(name))
    assert _figure(demo, "来件") == sum(path.is_file() for path in (folder / "收件").rglob("*"))
    assert _figure(demo, "报送") == _figure(demo, "其中 已读") + _figure(demo, "其中 待核对")
    assert _figure(demo, "读对的栏") > 500
    assert _figure(demo, "静默错误") == 0


def test_where_to_look_is_there(demo: Result) -> None:
    paths = re.findall(r"hongtou-demo[^，\s]*", demo.stdout)
    assert len(paths) >= 9
    assert all(Path(path).exists() for path in paths)


def test_a_second_demo_begins_anew(demo: Result, run: Run, tmp_path: Path) -> None:
    added = tmp_path / "hongtou-demo" / "添的.txt"
    added.write_text("x", encoding="utf-8")
    again = run("demo")
    assert (again.exit_code, again.stdout) == (0, demo.stdout)
    assert not added.exists()


@pytest.mark.parametrize("mark", [None, "别人写的演示说明"])
def test_a_folder_of_somebody_else_s_is_not_touched(run: Run, tmp_path: Path, mark: str | None) -> None:
    (tmp_path / "我的.docx").write_bytes(b"x")
    if mark is not None:
        (tmp_path / MARK).write_text(mark, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    result = run("demo", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    expected = f"错误：{tmp_path} 里已经有别的东西，没有动它。请给演示换一个文件夹：hongtou demo 文件夹\n"
    assert result.stderr == expected
    assert sorted(tmp_path.iterdir()) == before


def test_the_ledger_and_the_summary_go_where_one_says(demo: Result, run: Run, tmp_path: Path) -> None:
    work = ("--work", tmp_path / "hongtou-demo")
    assert run("ledger", *work, "-o", tmp_path / "我的台账.xlsx", "--csv", tmp_path / "表").exit_code == 0
    assert run("summary", *work, "--year", 2020, "-o", tmp_path / "总结.docx").exit_code == 0
    assert (tmp_path / "我的台账.xlsx").is_file()
    assert (tmp_path / "总结.docx").is_file()
    text = (tmp_path / "表" / "团干部走基层情况报告单.csv").read_bytes().decode("utf-8-sig")
    assert text.startswith(
        "单位,报送期,填表时间,姓名,单位职务,走访团组织名称,走访形式,走访人数.团干部,走访人数.团员青年,"
    )
    assert len(text.splitlines()) > 40
