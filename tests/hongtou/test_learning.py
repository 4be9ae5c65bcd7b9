"""``hongtou learn``: from a blank to a form that every command can use at once; nothing of the clerk's is overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from forms import load_form
from generate.blank.filling import filled
from tests.extract.learning.test_learn import NAME, ROWS, VALUES, excel_blank, word_blank

Run = Callable[..., Result]


@pytest.fixture(params=[".docx", ".xlsx"])
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a blank that the clerk has, in either format."""
    path = tmp_path / f"登记表{request.param}"
    path.write_bytes(word_blank() if request.param == ".docx" else excel_blank())
    return path


def test_learn_shows_the_fields_and_writes_the_two_files(run: Run, work: Path, paper: Path) -> None:
    result = run("learn", "--work", work, paper)
    assert result.exit_code == 0
    assert result.stderr == "学了 1 张表。要用它收报送，请在 work.yaml 的“报送”里添上\n"
    assert sorted(path.name for path in (work / "表单").iterdir()) == sorted(
        [f"{NAME}{paper.suffix}", f"{NAME}.yaml"]
    )
    head, columns, _, *rows = result.stdout.splitlines()
    assert head.startswith(f"《{NAME}》")
    assert columns.split() == ["栏目", "类型", "位置", "明细"]
    assert ["姓名", "姓名"] in [row.split()[:2] for row in rows]
    assert any(row.split()[:2] == ["活动名称", "文本"] and row.endswith("明细") for row in rows)


def test_learn_as_json_is_the_contract_s(run: Run, tmp_path: Path, paper: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    result = run("learn", paper, tmp_path / "坏.docx", "--out", tmp_path / "出", "--json")
    assert result.exit_code == 0
    broken, learned = sorted(json.loads(result.stdout_bytes), key=lambda line: bool(line["form"]))
    assert (learned["file"], learned["form"], learned["doubts"]) == (paper.as_posix(), NAME, [])
    by_path = {field["path"]: field for field in learned["fields"]}
    assert set(by_path["姓名"]) == {"path", "kind", "at", "group"}
    assert (by_path["姓名"]["kind"], by_path["姓名"]["group"]) == ("person", None)
    assert by_path["活动名称"]["group"] == load_form(tmp_path / "出" / f"{NAME}.yaml").groups[0].name
    assert (broken["form"], broken["fields"]) == (None, [])
    assert broken["reason"] == "文件损坏或没有传完，请对方重新发送"


def test_a_file_that_cannot_be_learned_has_its_line_and_the_others_go_on(
    run: Run, work: Path, paper: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "空白表"
    folder.mkdir()
    paper.rename(folder / f"2{paper.suffix}")
    (folder / "1.docx").write_bytes(b"PK\x03\x04")
    book = openpyxl.Workbook()
    book.active.append(("没有可填的格子",))
    book.save(folder / "3.xlsx")
    result = run("learn", "--work", work, folder)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "未学 1.docx：文件损坏或没有传完，请对方重新发送",
        "未学 3.xlsx：这份文件里找不到可填的格子，不像是一张空白表。请看是不是发错了文件",
        "学了 1 张表，2 个文件没有学成。要用它收报送，请在 work.yaml 的“报送”里添上",
    ]


def test_learning_the_same_blank_again_writes_nothing(run: Run, work: Path, paper: Path) -> None:
    run("learn", "--work", work, paper)
    before = {path: path.stat().st_mtime_ns for path in (work / "表单").iterdir()}
    result = run("learn", "--work", work, paper)
    assert f"以前学过，和《{NAME}》一样，没有再写" in result.stderr
    assert {path: path.stat().st_mtime_ns for path in (work / "表单").iterdir()} == before


def test_a_form_that_the_clerk_has_edited_is_not_overwritten(run: Run, work: Path, paper: Path) -> None:
    """The new one gets a name of its own, in its YAML too, and both can be loaded; so does a third."""
    run("learn", "--work", work, paper)
    own = work / "表单" / f"{NAME}.yaml"
    own.write_text(own.read_text(encoding="utf-8") + "周期: 每月\n", encoding="utf-8")
    edited = own.read_bytes()
    result = run("learn", "--work", work, paper)
    told = f"已有同名的表单，没有动它；这一份记作《{NAME}(1)》。要替换旧的，请先移走旧的两个文件再学"
    assert told in result.stderr
    assert own.read_bytes() == edited
    assert load_form(work / "表单" / f"{NAME}(1).yaml").name == f"{NAME}(1)"
    listed = json.loads(run("forms", "--work", work, "--json").stdout_bytes)
    assert {f"{NAME}(1)", NAME} <= {form["form"] for form in listed}
    assert f"和《{NAME}(1)》一样" in run("learn", "--work", work, paper).stderr


def test_without_a_work_the_place_must_be_named(
    run: Run, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("learn", paper)
    assert result.exit_code == 2
    told = "错误：这里和上级文件夹都没有 work.yaml。请用 --work 指明工作文件夹，或用 --out 指明写到哪里\n"
    assert result.stderr == told


def test_a_learned_form_goes_out_and_comes_back_at_once(run: Run, work: Path, paper: Path) -> None:
    """Blank for a unit without any duty; the return collected; ledger with a sheet for the form and one for its rows."""
    run("learn", "--work", work, paper)
    made = run("blank", "--work", work, "--form", NAME, "--unit", "源汇区团委", "--period", "2020-08")
    assert (made.exit_code, made.stderr) == (0, "共 1 份空白表\n")
    form = load_form(work / "表单" / f"{NAME}.yaml")
    values = VALUES | {form.groups[0].name: ROWS[:2]}
    filled(form, values, None, work / "收件" / f"报送{paper.suffix}")
    assert run("extract", "--work", work, work / "收件").exit_code == 0
    assert "新增报送 1 份" in run("collect", "--work", work).stderr
    assert run("ledger", "--work", work, "-o", work / "台账.xlsx").exit_code == 0
    book = openpyxl.load_workbook(work / "台账.xlsx")
    assert "陈青禾" in [cell.value for row in book[NAME].iter_rows() for cell in row]
    group = next(name for name in book.sheetnames if name.endswith(f"·{form.groups[0].name}"))
    assert [row[3].value for row in book[group].iter_rows(min_row=2)] == ["第1次团课", "第2次团课"]
    assert run("summary", "--work", work, "--year", 2020).exit_code == 0


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ((), "--unit 单位 和 --period 报送期"),
        (("--unit", "源汇区团委"), "--period 报送期"),
        (("--period", "2020-08"), "--unit 单位"),
    ],
)
def test_a_blank_of_a_form_nobody_owes_needs_unit_and_period(
    run: Run, work: Path, tmp_path: Path, options: tuple[str, ...], missing: str
) -> None:
    (tmp_path / "表.docx").write_bytes(word_blank())
    run("learn", "--work", work, tmp_path / "表.docx")
    result = run("blank", "--work", work, "--form", NAME, *options)
    assert result.exit_code == 2
    assert result.stderr == (
        f"错误：work.yaml 的“报送”里没有《{NAME}》，不知道谁报、哪一期报。请写明 {missing}，或在“报送”里添上\n"
    )
