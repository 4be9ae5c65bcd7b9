"""``number`` and the 文号 of notices: issued, entered, listed, explained."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def write(work: Path, number: str) -> None:
    path = work / "work.yaml"
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("    文号:")]
    place = next(at for at, line in enumerate(lines) if line.startswith("  - 名称: 印发通知"))
    lines.insert(place + 1, f"    文号: {number}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def notice_text(run: Run, work: Path) -> str:
    result = run("notice", "--work", work)
    assert result.exit_code == 0, result.stderr
    path = next((work / "产出/通知").glob("*.docx"))
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode("utf-8")


def test_a_fixed_number_is_entered_and_an_empty_one_is_filled_in_once(run: Run, work: Path) -> None:
    write(work, "某青发〔2020〕35号")
    assert "某青发〔2020〕35号" in notice_text(run, work)
    assert run("number", "--work", work, "--title", "别的", "--year", 2020).stdout == "某青发〔2020〕36号\n"
    write(work, "某青办〔2020〕号")
    assert "某青办〔2020〕1号" in notice_text(run, work)
    assert "某青办〔2020〕1号" in notice_text(run, work)


def test_the_list_names_what_is_missing_and_why(run: Run, work: Path) -> None:
    write(work, "某青发〔2020〕3号")
    notice_text(run, work)
    listed = run("number", "--work", work)
    assert "某青发〔2020〕3号" in listed.stdout
    assert "work.yaml 指定" in listed.stdout
    assert "某青发〔2020〕缺 1—2号：" in listed.stderr
    assert (
        "登记 某青发〔2020〕3号（work.yaml 指定）时跳过。在别处用了的，用 --number 补登记\n" in listed.stderr
    )


def test_a_number_that_something_else_has_stops_the_notice(run: Run, work: Path) -> None:
    said = ("--series", "某青发", "--year", 2020, "--title", "早先的文件", "--number", 35, "--why", "补登记")
    assert run("number", "--work", work, *said).stdout == "某青发〔2020〕35号\n"
    write(work, "某青发〔2020〕35号")
    result = run("notice", "--work", work)
    assert result.exit_code == 2
    assert "某青发〔2020〕35号已经用于“早先的文件”" in result.stderr


def test_who_is_meant_must_be_clear(run: Run, work: Path) -> None:
    result = run("number", "--work", work, "--title", "x")
    assert result.exit_code == 2
    assert "不知道用哪个机关代字。请写明 --series（如 漯青发）" in result.stderr
    path = work / "work.yaml"
    text = path.read_text(encoding="utf-8").replace("发文机关:\n", "发文机关:\n  代字: 某青发\n", 1)
    path.write_text(text, encoding="utf-8")
    assert run("number", "--work", work, "--title", "x", "--year", 2021).stdout == "某青发〔2021〕1号\n"
    wrong = run("number", "--work", work, "--title", "x", "--number", 7)
    assert (wrong.exit_code, "请同时写明 --title 和 --why" in wrong.stderr) == (2, True)


def test_a_notice_without_number_leaves_the_ledger_alone(run: Run, work: Path) -> None:
    notice_text(run, work)
    assert not (work / "ledger.db").exists()
