"""Extract and collect as a clerk meets them: lines, messages, status; the same on any number of workers."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def inbox(run: Run, work: Path) -> Path:
    """Fill 收件 of ``work`` with two blanks, one of them twice, a broken file and a lock file."""
    assert run("blank", "--work", work, "--period", "2020-08").exit_code == 0
    folder = work / "收件"
    for number, path in enumerate(sorted((work / "产出" / "空白表").rglob("*.docx")), start=1):
        shutil.copy(path, folder / f"报送{number}.docx")
    shutil.copy(folder / "报送1.docx", folder / "报送1（重发）.docx")
    (folder / "坏\x1b名.docx" if os.name != "nt" else folder / "坏名.docx").write_bytes(b"PK\x03\x04")
    (folder / "~$报送1.docx").write_bytes(b"x" * 162)
    return folder


def test_extract_prints_a_json_line_for_each_file_in_the_order_of_their_names(
    run: Run, work: Path, inbox: Path
) -> None:
    result = run("extract", "--work", work, inbox)
    assert (result.exit_code, result.stderr) == (0, "")
    records = [json.loads(line) for line in result.stdout_bytes.decode("utf-8").splitlines()]
    assert [record["source"] for record in records] == sorted(path.name for path in inbox.iterdir())
    assert {record["status"] for record in records} == {"review", "rejected", "ignored"}
    assert {record["period"] for record in records if record["status"] == "review"} == {"2020-08"}


def test_extract_gives_the_same_bytes_on_several_workers(run: Run, work: Path, inbox: Path) -> None:
    one = run("extract", "--work", work, inbox)
    two = run("extract", "--work", work, "--workers", 2, inbox)
    assert two.exit_code == 0
    assert two.stdout_bytes == one.stdout_bytes


def test_extract_touches_no_ledger(run: Run, work: Path, inbox: Path) -> None:
    run("extract", "--work", work, inbox)
    assert not (work / "ledger.db").exists()


def test_extract_uses_the_catalogue_where_there_is_no_work(
    run: Run, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tmp_path / "别处"
    alone.mkdir()
    shutil.copy(inbox / "报送1.docx", alone / "a.docx")
    monkeypatch.chdir(alone)
    record = json.loads(run("extract", "a.docx").stdout_bytes)
    assert (record["source"], record["form"]) == ("a.docx", "团干部走基层情况报告单")


def test_extract_is_strict_only_when_asked(run: Run, work: Path, inbox: Path) -> None:
    assert run("extract", "--work", work, "--strict", inbox).exit_code == 1
    assert run("extract", "--work", work, "--strict", inbox / "~$报送1.docx").exit_code == 0


def test_collect_names_the_files_that_need_an_eye_and_sums_up(run: Run, work: Path, inbox: Path) -> None:
    result = run("collect", "--work", work)
    assert (result.exit_code, result.stdout) == (0, "")
    broken = "坏\\x1b名.docx" if os.name != "nt" else "坏名.docx"
    assert result.stderr.splitlines() == [
        f"【未收】{broken}：文件损坏或没有传完，请对方重新发送",
        "【待核对】报送1.docx：1处存疑；这是一张没有填写的空白表，不算报送",
        "【重复】报送1（重发）.docx：与“报送1.docx”相同，未重复计入",
        "【待核对】报送2.docx：1处存疑；这是一张没有填写的空白表，不算报送",
        "共 5 个文件：待核对 2、未收 1、略过 1、早已收过 1。新增报送 2 份，存疑 2 处",
    ]


def test_a_second_collect_changes_nothing(run: Run, work: Path, inbox: Path) -> None:
    run("collect", "--work", work)
    before = (run("status", "--work", work, "--json").stdout, run("review", "--work", work, "--json").stdout)
    again = run("collect", "--work", work)
    assert again.stderr.splitlines()[-1].endswith("新增报送 0 份，存疑 0 处")
    assert before == (
        run("status", "--work", work, "--json").stdout,
        run("review", "--work", work, "--json").stdout,
    )


def test_a_part_of_the_inbox_keeps_the_names_of_the_whole(run: Run, work: Path, inbox: Path) -> None:
    (inbox / "8月").mkdir()
    shutil.move(inbox / "报送2.docx", inbox / "8月" / "报送2.docx")
    run("collect", "--work", work, inbox / "8月")
    (inbox / "报送1（重发）.docx").unlink()
    assert "重复" not in run("collect", "--work", work).stderr
    sources = {line["source"] for line in json.loads(run("review", "--work", work, "--json").stdout_bytes)}
    assert sources == {"8月/报送2.docx", "报送1.docx"}


def test_collect_is_strict_only_when_asked(run: Run, work: Path, inbox: Path) -> None:
    assert run("collect", "--work", work, "--strict").exit_code == 1
    assert run("collect", "--work", work, "--strict").exit_code == 1


@pytest.mark.parametrize("there", [True, False])
def test_an_empty_inbox_says_what_to_do(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.chdir(work)
    if not there:
        (work / "收件").rmdir()
    result = run("collect")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "收件 里没有文件。请把各单位报回来的文件放进去，再执行 hongtou collect\n"


def test_a_busy_ledger_is_status_4(run: Run, work: Path, inbox: Path) -> None:
    from ledger import open_ledger

    with open_ledger(work) as ledger, ledger.writing():
        result = run("collect", "--work", work)
    assert result.exit_code == 4
    assert result.stderr.startswith("错误：台账正被")
