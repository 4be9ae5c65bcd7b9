"""Names, kinds of files and full disks as collecting meets them: a line for each, the others go on, nothing is lost.

The rows of docs/threats.md that no other test shows.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from generate.blank.filling import filled as filled_form
from ledger import open_ledger
from tests.hongtou.test_keeping import FORM, VALUES

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="needs names of bytes, links and pipes")


def _return(path: str | bytes | Path, person: str = "陈青禾") -> None:
    """Write a filled return of ``person`` to ``path``, which may be a name of any bytes."""
    target = Path(os.fsdecode(path))
    scratch = target.with_name("制.docx")
    filled_form(FORM, {**VALUES, "姓名": person}, None, scratch)
    scratch.rename(target)


def _lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stderr.splitlines()


@posix
def test_links_pipes_and_loops_are_refused_by_name(run: Run, work: Path, tmp_path: Path) -> None:
    """None is opened or followed, each has its line, the good file beside them is read."""
    inbox = work / "收件"
    _return(inbox / "好.docx")
    (tmp_path / "外面").mkdir()
    _return(tmp_path / "外面" / "别处.docx")
    (inbox / "链接.docx").symlink_to(tmp_path / "外面" / "别处.docx")
    (inbox / "外面").symlink_to(tmp_path / "外面", target_is_directory=True)
    (inbox / "圈").symlink_to(inbox, target_is_directory=True)
    os.mkfifo(inbox / "管道.docx")
    lines = _lines(run("collect", "--work", work))
    refused = [line for line in lines if "不是普通文件，没有打开。请把文件本身放进来" in line]
    assert [line.partition("：")[0] for line in refused] == [
        "【未收】圈",
        "【未收】外面",
        "【未收】管道.docx",
        "【未收】链接.docx",
    ]
    assert "共 5 个文件" in lines[-1]
    with open_ledger(work) as ledger:
        assert [entry.source for entry in ledger.entries()] == ["好.docx"]
    records = [json.loads(line) for line in run("extract", "--work", work, inbox).stdout.splitlines()]
    assert [record["source"] for record in records if record["status"] != "rejected"] == ["好.docx"]


@posix
def test_names_in_gbk_are_shown_as_written_and_others_in_doubt(run: Run, work: Path) -> None:
    """Old archives leave GBK bytes on a disk; what no encoding explains is shown byte by byte, and stops no output."""
    inbox = os.fsencode(work / "收件")
    _return(inbox + b"/" + "源汇区团委7月.docx".encode("gbk"))
    _return(inbox + b"/\xff\xfe.docx", "林知夏")
    told = run("extract", "--work", work, work / "收件").stdout_bytes.decode("utf-8")
    good, odd = (json.loads(line) for line in told.splitlines())
    assert good["source"] == "源汇区团委7月.docx"
    assert "name_unreadable" not in [issue["code"] for issue in good["issues"]]
    doubts = {issue["code"]: issue["message"] for issue in odd["issues"]}
    assert doubts["name_unreadable"] == "文件名无法辨认（\\xff\\xfe.docx），请核对是谁报的"
    assert _lines(run("collect", "--work", work))[-1].startswith("共 2 个文件")
    assert len(_lines(run("collect", "--work", work))) == 1
    for command in (("review",), ("ledger", "-o", work / "台账.xlsx", "--csv", work / "csv"), ("verify",)):
        result = run(*command, "--work", work)
        assert result.exit_code == 0, result.output
        result.output.encode("utf-8")


@posix
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_no_name_and_no_value_stops_a_console(work: Path, encoding: str) -> None:
    """A console in GBK lacks emoji and half of the world: what it lacks is written as an escape."""
    inbox = work / "收件"
    _return(inbox / "报送😀é.docx")
    (inbox / "坏\udcff\n\x1b[2J.docx").write_bytes(b"PK\x03\x04")
    for command in ("extract", "collect", "review", "status", "verify", "ledger"):
        more = [str(inbox)] if command == "extract" else []
        ended = subprocess.run(  # noqa: S603 - ours
            [sys.executable, "-m", "hongtou", command, "--work", str(work), *more],
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        assert b"Traceback" not in ended.stderr
        assert b"\x1b" not in ended.stdout + ended.stderr


@posix
def test_long_and_reserved_names_are_collected(run: Run, work: Path) -> None:
    """Names that Windows reserves and names of 255 bytes: the archive has names of its own."""
    inbox = work / "收件"
    names = ("CON.docx", "尾.docx ", "尾点.docx.", "a:b.docx", "长" * 83 + ".docx")
    for number, name in enumerate(names):
        filled_form(FORM, {**VALUES, "姓名": f"钱{number}"}, None, inbox / "制.docx")
        (inbox / "制.docx").rename(inbox / name)
    assert _lines(run("collect", "--work", work))[-1].startswith("共 5 个文件：待核对 5")
    archived = [path.name for path in (work / "归档").rglob("*") if path.is_file()]
    assert len(archived) == 5
    assert all(len(name.encode()) <= 75 and name.isascii() for name in archived)


@posix
def test_folders_deeper_than_the_system_can_name_stop_nothing(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line for the first folder that nobody can enter; the file beside it is read."""
    _return(work / "收件" / "好.docx")
    monkeypatch.chdir(work / "收件")
    for _ in range(17):  # 4,096 bytes are the most that Linux takes
        Path("深" * 83).mkdir()
        os.chdir("深" * 83)
    monkeypatch.chdir(work)
    lines = _lines(run("collect", "--work", work))
    refused = [line for line in lines if line.startswith("【未收】深")]
    assert len(refused) == 1
    assert refused[0].endswith("文件夹套得太深，路径太长，打不开。请把里面的文件移到上面来")
    assert lines[-1].startswith("共 2 个文件：待核对 1、未收 1")


def test_three_kinds_of_nothing_are_told_apart(run: Run, work: Path) -> None:
    """No bytes, a blank that came back, a file that is no form; none of them counts as reported."""
    inbox = work / "收件"
    (inbox / "空.docx").write_bytes(b"")
    (inbox / "信.txt").write_text("请于周五前报送。", encoding="utf-8")
    filled_form(FORM, {}, None, inbox / "白.docx")
    lines = _lines(run("collect", "--work", work))
    told = {line.partition("：")[0]: line for line in lines}
    assert "空文件" in told["【未收】空.docx"]
    assert "不是报告单" in told["【未收】信.txt"]
    assert told["【待核对】白.docx"].endswith("这是一张没有填写的空白表，不算报送")
    with open_ledger(work) as ledger:
        assert [entry.submission.blank for entry in ledger.entries()] == [True]
    states = json.loads(run("status", "--json", "--work", work).stdout_bytes)
    assert all(line["state"] not in ("reported", "late") for line in states)


def test_a_disk_without_room_is_told_before_anything_is_written(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Less than twice what would come in: status 3 at the start. What is in the ledger already needs no room."""
    _return(work / "收件" / "甲.docx")
    size = (work / "收件" / "甲.docx").stat().st_size
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: usage(0, 0, 2 * size - 1))
        result = run("collect", "--work", work)
        assert result.exit_code == 3
        assert "错误：磁盘空间不够，台账未改动：" in result.stderr
        assert not any((work / "归档").rglob("*.docx"))
    assert run("collect", "--work", work).exit_code == 0
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, 0))
    assert run("collect", "--work", work).exit_code == 0


def test_a_workbook_that_is_open_gets_a_new_name_and_the_clerk_is_told(
    run: Run, work: Path, tmp_path: Path, hold_open: Callable[[Path], None]
) -> None:
    _return(work / "收件" / "甲.docx")
    run("collect", "--work", work)
    out = tmp_path / "台账.xlsx"
    hold_open(out)
    result = run("ledger", "--work", work, "-o", out)
    assert (result.exit_code, out.read_bytes()) == (0, b"open in WPS")
    assert "台账.xlsx 正被别的程序占用，没有动它，改存为" in result.stderr
    assert (tmp_path / "台账(1).xlsx").is_file()


@pytest.mark.parametrize(
    "command",
    [
        ("summary", "--year", "2020"),
        ("notice",),
        ("blank", "--period", "2020-08", "--unit", "源汇区团委"),
        ("format", "草稿.md", "-o", "公文.docx"),
    ],
    ids=lambda command: str(command[0]),
)
def test_any_output_that_is_open_gets_a_new_name_and_the_clerk_is_told(
    run: Run,
    work: Path,
    monkeypatch: pytest.MonkeyPatch,
    hold_open: Callable[[Path], None],
    command: tuple[str, ...],
) -> None:
    """The same helper writes them all: what is open stays as it was."""
    monkeypatch.chdir(work)
    (work / "草稿.md").write_text("关于开展学习的通知\n\n各县区团委：\n\n请按时报送。\n", encoding="utf-8")
    out = Path(run(*command, "--work", work).stdout.splitlines()[0])
    hold_open(out)
    result = run(*command, "--work", work)
    made = out.with_name(f"{out.stem}(1){out.suffix}")
    assert (result.exit_code, out.read_bytes()) == (0, b"open in WPS")
    assert result.stdout.splitlines() == [str(made)]
    assert f"{out.name} 正被别的程序占用，没有动它，改存为" in result.stderr
    assert made.is_file()


@pytest.mark.parametrize("moment", ["1970-01-02", "2099-01-01"])
def test_a_time_that_no_right_clock_gives_is_a_doubt(run: Run, work: Path, moment: str) -> None:
    """The file's time is kept, and whoever decides about lateness is told that it cannot be true."""
    path = work / "收件" / "甲.docx"
    _return(path)
    seconds = datetime.fromisoformat(moment).timestamp()
    os.utime(path, (seconds, seconds))
    run("collect", "--work", work)
    with open_ledger(work) as ledger:
        (entry,) = ledger.entries()
    assert entry.received_at.date().isoformat() == moment
    assert any(each.code == "file_time" and moment in each.message for each in entry.submission.all_doubts())


def test_a_dirty_character_is_replaced_and_doubted(run: Run, work: Path) -> None:
    """Nothing stops the export; the doubt names the character by its code."""
    page = "".join(
        f"<tr><td>{label.rpartition('.')[2]}</td><td>{said}</td></tr>" for label, said in VALUES.items()
    )
    dirty = f"<html><p>{FORM.name}</p><table>{page}<tr><td>姓名</td><td>陈&#1;青禾</td></tr></table></html>"
    (work / "收件" / "甲.html").write_text(dirty, "utf-8")
    run("collect", "--work", work)
    with open_ledger(work) as ledger:
        (entry,) = ledger.entries()
    said = {reading.field: reading for reading in entry.submission.readings}["姓名"]
    assert said.value == "陈\x01青禾"
    assert "“姓名”里有认不出或写不进表格的字符（U+0001），导出时换成 \ufffd" in [
        d.message for d in said.doubts
    ]
    out = work / "台账.xlsx"
    assert run("ledger", "--work", work, "-o", out).exit_code == 0
    book = openpyxl.load_workbook(out)
    assert "陈\ufffd青禾" in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


NAMES = (
    "甲\u202e团委",
    "乙\u200b团委",
    "<b>丙</b>团委",
    "丁');DROP--",
    "{{ 戊 }}团委",
    "CON",
    "../己团委",
    "庚\r\nBcc: a@example.org",
)


def test_a_unit_of_the_roster_of_any_name_gets_its_files_and_letters(run: Run, work: Path) -> None:
    """Verbatim in the data; in file names, headers and pages without what does harm; the clerk is told."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["单位", "类别", "邮箱"])
    for number, name in enumerate(NAMES):
        sheet.append([name.replace("\r", "_x000D_"), "团委", f"u{number}@example.org"])
    book.save(work / "units.xlsx")
    for command in (("blank",), ("notice", "--each-unit"), ("mail", "draft"), ("remind",)):
        result = run(*command, "--work", work)
        assert result.exit_code == 0, result.output
        assert "存疑：名册里的单位“甲\\u202e团委”名称里有特殊或看不见的字符" in result.stderr
    made = [path for path in (work / "产出").rglob("*") if path.is_file()]
    assert len(made) >= 3 * len(NAMES)
    for path in made:
        for part in path.relative_to(work).parts:
            assert not set(part) & set('<>:"/\\|?*\r\n\u202e\u200b'), part
            assert part.partition(".")[0] != "CON"
    letters = [message_from_bytes(path.read_bytes()) for path in made if path.suffix == ".eml"]
    assert len(letters) == 2 * len(NAMES)
    assert all(letter["Bcc"] is None and len(letter.get_all("To")) == 1 for letter in letters)
    standings = json.loads(run("status", "--json", "--work", work).stdout)
    assert {"甲\u202e团委", "<b>丙</b>团委", "丁');DROP--"} <= {each["unit"] for each in standings}


def test_formulas_in_values_and_file_names_stay_text(run: Run, work: Path) -> None:
    """In the workbook and in the CSV; the name stands there as where the value comes from."""
    evil = "=HYPERLINK(1,2)"
    name = "@SUM(1).docx"
    filled_form(FORM, {**VALUES, "姓名": evil, "基层团组织工作亮点": "+1+1"}, None, work / "收件" / name)
    assert run("collect", "--work", work).exit_code == 0
    assert run("ledger", "--work", work, "-o", work / "台账.xlsx", "--csv", work / "csv").exit_code == 0
    book = openpyxl.load_workbook(work / "台账.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert evil in [cell.value for cell in cells]
    assert any(name in str(cell.value) for cell in cells)
    text = "".join(path.read_text("utf-8-sig") for path in (work / "csv").glob("*.csv"))
    assert f"'{evil}" in text
    assert "'+1+1" in text
    assert f",{name}" not in text


@pytest.mark.parametrize(
    "name",
    [
        "甲\r\nBcc: x@example.org",
        "甲\u202e\u200b乙",
        "{{ 7*7 }}{% for %}",
        "<script>甲</script>",
        "甲'); DROP TABLE files;--",
    ],
)
def test_a_unit_of_any_name_goes_through_the_whole_cycle(run: Run, work: Path, name: str) -> None:
    """CR/LF, direction marks, template, HTML and SQL in a name are text everywhere."""
    _return(work / "收件" / "甲.docx")
    assert run("collect", "--work", work).exit_code == 0
    assigned = run("review", "assign", 1, "--unit", "源汇区团委", "--period", "2020-08", "--work", work)
    assert assigned.exit_code == 0, assigned.output
    with open_ledger(work) as ledger:
        number = ledger.entries()[0].id
    assert run("review", "set", number, "姓名", name, "--why", name, "--work", work).exit_code == 0
    for command in (
        ("ledger",),
        ("summary", "--year", "2020"),
        ("review",),
        ("status",),
        ("verify", "--strict"),
    ):
        result = run(*command, "--work", work)
        assert result.exit_code == 0, result.output
    with open_ledger(work) as ledger:
        values = {reading.field: reading.value for reading in ledger.entries()[0].submission.readings}
        assert values["姓名"] == name
        assert ledger.complaints() == ()
