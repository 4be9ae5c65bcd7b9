"""Work folders: a new one loads once it is filled in after its own examples; mistakes are told all at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import samples
from forms import load_forms, load_work
from templates import CATALOGUE

Run = Callable[..., Result]


def test_a_new_work_tells_every_line_that_is_still_to_be_filled_in(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "新工作"
    result = run("new", folder)
    assert result.exit_code == 0
    assert {path.name for path in folder.iterdir()} == {
        *("work.yaml", "units.xlsx"),
        *("正文", "表单", "收件", "归档", "产出"),
    }
    result = run("status", "--work", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    wanted = ["名称", "开始", "结束", "名称", "标志", "标题", "主送", "成文日期"]
    lines = result.stderr.splitlines()
    assert [line.partition("“")[2].partition("”")[0] for line in lines] == wanted
    assert lines[0] == "错误：work.yaml 第4行“名称”：还没有填。请在冒号后面填上"


def test_a_new_work_loads_once_it_is_filled_in(work: Path) -> None:
    loaded = load_work(work, load_forms(CATALOGUE))
    assert loaded.name == "在全市团组织中开展活力团建工作"
    assert [unit.name for unit in loaded.units] == ["组织部", "源汇区团委"]
    assert loaded.notices[0].addressees == "各县区团委，机关各部室"


def test_new_touches_no_folder_that_holds_something(run: Run, tmp_path: Path) -> None:
    (tmp_path / "我的.docx").write_bytes(b"x")
    result = run("new", tmp_path)
    assert result.exit_code == 2
    assert result.stderr == f"错误：{tmp_path} 里已经有东西了，没有动它。请换一个名字，或先把里面的东西移走\n"
    assert [path.name for path in tmp_path.iterdir()] == ["我的.docx"]


def test_an_unknown_sample_is_answered_with_those_there_are(run: Run, tmp_path: Path) -> None:
    result = run("new", tmp_path / "x", "--sample", "杭州")
    assert (result.exit_code, result.stderr) == (
        2,
        f"错误：没有“杭州”这个样例。现有：{'、'.join(samples.names())}\n",
    )


def test_a_sample_becomes_a_complete_work(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "样例"
    assert run("new", folder, "--sample", "luohe").exit_code == 0
    assert run("status", "--work", folder).exit_code == 0
    assert any((folder / "收件").rglob("*.docx"))


def test_samples_are_listed(run: Run) -> None:
    out = run("samples").stdout
    for name in samples.names():
        assert samples.describe(name) in out


def test_a_wrong_key_is_answered_with_its_line_and_the_nearest(run: Run, work: Path) -> None:
    path = work / "work.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("周期:", "周其:"), encoding="utf-8")
    result = run("notice", "--work", work)
    assert result.exit_code == 2
    assert "“周其”：不认识这个键。是不是“周期”？" in result.stderr


def test_without_a_work_folder_the_way_to_one_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("status")
    assert result.exit_code == 2
    expected = (
        "错误：这里和上级文件夹都没有 work.yaml。请用 --work 指明工作文件夹，或用 hongtou new 新建一个\n"
    )
    assert result.stderr == expected


def test_the_work_folder_is_found_from_below(run: Run, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work / "收件")
    assert run("status").exit_code == 0


def test_forms_lists_fields_and_as_json_the_contract_s(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "走访人数.团员青年" in run("forms").stdout
    listed = json.loads(run("forms", "--json").stdout_bytes.decode("utf-8"))
    report = next(form for form in listed if form["form"] == "团干部走基层情况报告单")
    assert {"path": "走访人数.团干部", "kind": "integer", "required": True} in report["fields"]
    assert report["groups"] == []


def test_an_unwritable_place_is_status_3(run: Run, tmp_path: Path) -> None:
    blocker = tmp_path / "文件"
    blocker.write_bytes(b"")
    result = run("new", blocker / "新工作")
    assert result.exit_code == 3
    assert "写不了：路径里有一段不是文件夹" in result.stderr
