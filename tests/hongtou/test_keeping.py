"""The ledger is examined and copied: what was damaged is named, a copy is whole, nothing that is looked at changes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from forms import load_forms
from generate.blank.filling import filled as filled_form
from ledger import LEDGER_FILE, open_ledger
from templates import CATALOGUE

Run = Callable[..., Result]
FORM = next(form for form in load_forms(CATALOGUE) if form.name == "团干部走基层情况报告单")
VALUES = {"填表时间": "2020年8月3日", "单位职务": "源汇区团委书记", "走访人数.团员青年": "25"}


@pytest.fixture
def kept(run: Run, work: Path) -> Path:
    """Return a work that has collected two returns."""
    for name, person in (("8月.docx", "陈青禾"), ("9月.docx", "林知夏")):
        filled_form(FORM, {**VALUES, "姓名": person}, None, work / "收件" / name)
    assert run("collect", "--work", work).exit_code == 0
    return work


def _archived(work: Path) -> list[Path]:
    return sorted((work / "归档").rglob("*.docx"))


def _verified(run: Run, work: Path) -> list[tuple[str, str]]:
    found = json.loads(run("verify", "--json", "--work", work).stdout_bytes)
    assert found["files"] == 2
    return [(finding["kind"], finding["message"]) for finding in found["findings"]]


def test_a_sound_work_has_no_finding_and_is_not_changed(run: Run, kept: Path) -> None:
    """The counts are told, and no byte of the work moves."""
    before = {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()}
    result = run("verify", "--work", kept, "--strict")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("核验了 2 个归档文件、")
    assert result.stderr.endswith("个值：没有发现问题\n")
    assert {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()} == before


def test_changed_and_missing_originals_are_named(run: Run, kept: Path) -> None:
    """One byte is enough; what can no longer be read is not read."""
    first, second = _archived(kept)
    data = bytearray(first.read_bytes())
    data[-1] ^= 1
    first.write_bytes(data)
    second.unlink()
    assert sorted(_verified(run, kept)) == [
        ("archive", "归档里的原件不见了，请从备份恢复它"),
        ("archive", "归档里的原件被改动或已损坏，请从备份恢复它"),
    ]
    assert run("verify", "--work", kept).exit_code == 0
    assert run("verify", "--work", kept, "--strict").exit_code == 1


def test_a_link_in_the_place_of_an_original_is_not_followed(run: Run, kept: Path, tmp_path: Path) -> None:
    first, _ = _archived(kept)
    away = shutil.move(first, tmp_path / "别处.docx")
    first.symlink_to(away)
    assert [message for _, message in _verified(run, kept)] == ["归档里的原件不是普通文件了，请从备份恢复它"]


def test_a_value_that_does_not_stand_at_its_place_is_named(run: Run, kept: Path) -> None:
    """Someone changed the raw text, or the place, behind the ledger's back; the answer itself is not shown."""
    with sqlite3.connect(kept / LEDGER_FILE) as book:
        book.execute("UPDATE readings SET raw = '林某' WHERE raw = '林知夏'")
        book.execute("UPDATE readings SET place_row = 99 WHERE raw = '陈青禾'")
    book.close()
    found = _verified(run, kept)
    assert [kind for kind, _ in found] == ["place", "place"]
    assert all(
        message.startswith("“姓名”在出处（") and "读不出台账里的原文" in message for _, message in found
    )
    assert not any("林某" in message or "陈青禾" in message for _, message in found)


def test_damage_inside_the_ledger_is_told(run: Run, kept: Path) -> None:
    """A row that refers to nothing is found by the ledger's own check."""
    with sqlite3.connect(kept / LEDGER_FILE) as book:
        book.execute("UPDATE corrections SET return_id = 1")
        book.execute(
            "INSERT INTO acceptances (return_id, record_id, made_at) VALUES (999, 999, '2020-08-01 00:00:00.000000')"
        )
    book.close()
    found = _verified(run, kept)
    assert {kind for kind, _ in found} == {"ledger"}
    assert "acceptances" in found[0][1]


def test_a_file_that_the_ledger_does_not_know_is_told(run: Run, kept: Path) -> None:
    (kept / "归档" / "ab").mkdir(exist_ok=True)
    (kept / "归档" / "ab" / "abcd.docx").write_bytes(b"x")
    ((kind, message),) = _verified(run, kept)
    assert kind == "stray"
    assert "放回 收件/ 再收一次" in message


def test_a_copy_of_the_ledger_is_the_ledger(run: Run, kept: Path, tmp_path: Path) -> None:
    """Also while another has it open for reading; the copy is a work's ledger at once."""
    out = tmp_path / "备份" / "八月.db"
    with open_ledger(kept) as ledger:
        result = run("backup", out, "--work", kept)
        expected = ledger.entries()
    assert (result.exit_code, result.stderr) == (0, "")
    restored = tmp_path / "恢复"
    restored.mkdir()
    shutil.copy(out, restored / LEDGER_FILE)
    with open_ledger(restored) as ledger:
        assert ledger.entries() == expected
        assert ledger.complaints() == ()
    assert [path.name for path in out.parent.iterdir()] == ["八月.db"]


def test_a_packed_work_is_whole_when_unpacked(run: Run, kept: Path, tmp_path: Path) -> None:
    """Everything but what can be made again; the work examines as sound where it is unpacked."""
    run("ledger", "--work", kept)
    out = kept / "备份.zip"
    assert run("backup", out, "--work", kept).exit_code == 0
    assert run("backup", out, "--work", kept).exit_code == 0
    restored = tmp_path / "恢复"
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        archive.extractall(restored)
    assert len(names) == len(set(names))
    assert {"work.yaml", "units.xlsx", "ledger.db", "收件/8月.docx"} <= set(names)
    assert not any(name.startswith("产出/") or name in ("备份.zip", "ledger.lock") for name in names)
    assert _verified(run, restored) == []


@pytest.mark.skipif(os.name == "nt", reason="needs a name of any bytes")
def test_whatever_lies_among_the_returns_the_work_can_be_packed(run: Run, kept: Path, tmp_path: Path) -> None:
    """Names of any bytes, times that a zip cannot tell, a file too large to be taken in, a link."""
    inbox = kept / "收件"
    (inbox / os.fsdecode(b"\xff.docx")).write_bytes(b"x")
    (inbox / os.fsdecode("甲".encode("gbk") + b".docx")).write_bytes(b"x")
    (inbox / "老.docx").write_bytes(b"x")
    os.utime(inbox / "老.docx", (0, 0))
    with (inbox / "大.docx").open("wb") as file:
        file.truncate(2**40)
    (inbox / "链接.docx").symlink_to("/dev/zero")
    assert run("backup", tmp_path / "备份.zip", "--work", kept).exit_code == 0
    with zipfile.ZipFile(tmp_path / "备份.zip") as archive:
        found = {Path(name).name for name in archive.namelist() if name.startswith("收件/")}
    assert found == {"8月.docx", "9月.docx", "\\xff.docx", "甲.docx", "老.docx"}


def test_a_copy_that_cannot_be_written_leaves_the_old_one(
    run: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 3, the place and the reason; no half copy remains."""
    out = tmp_path / "旧" / "备份.zip"
    out.parent.mkdir()
    out.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        result = run("backup", out, "--work", kept)
    assert result.exit_code == 3
    assert result.stderr.startswith("错误：写不了备份 备份.zip：磁盘满了，请腾出空间再试")
    assert out.read_bytes() == b"old"
    assert [path.name for path in out.parent.iterdir()] == ["备份.zip"]


def test_a_copy_over_the_ledger_itself_is_refused(run: Run, kept: Path) -> None:
    before = (kept / LEDGER_FILE).read_bytes()
    result = run("backup", kept / LEDGER_FILE, "--work", kept)
    assert result.exit_code == 2
    assert "备份不能写在台账自己的位置" in result.stderr
    assert (kept / LEDGER_FILE).read_bytes() == before
