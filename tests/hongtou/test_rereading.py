"""Reading archived files again: what a person said stays, what was refused gets another chance, nothing else changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document

import extract
from forms import Form, Period, Record, Status, Submission, load_forms
from generate.blank.filling import filled
from hongtou.collect import collect
from hongtou.rereading import Again, outdated, reread
from ledger import Ledger, open_ledger
from templates import CATALOGUE
from tests.hongtou.slow_collecting import read, sources
from tests.ledger.making import contents

Run = Callable[..., Result]
NOON = datetime(2020, 8, 1, 12)  # noqa: DTZ001 - the ledger keeps local time
FORM = next(form for form in load_forms(CATALOGUE) if form.name == "团干部走基层情况报告单")
COUNT = "走访人数.团员青年"


def _return(folder: Path, name: str = "8月.docx", form: Form = FORM, count: object = "二三十人") -> Path:
    values = {"填表时间": "2020年8月3日", "姓名": "陈青禾", "单位职务": "源汇区团委书记", COUNT: count}
    return filled(form, values, None, folder / "收件" / name)


def _review(run: Run, work: Path) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(run("review", "--work", work, "--json").stdout_bytes)
    return listed


def test_reread_with_nothing_new_changes_nothing(run: Run, work: Path) -> None:
    _return(work)
    Document().save(
        str(work / "收件" / "新建 DOCX 文档.docx")
    )  # nothing in it: refused, and its text is none
    run("collect", "--work", work)
    before = (work / "ledger.db").read_bytes()
    result = run("collect", "--work", work, "--reread")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[0] == "重读了 2 个归档文件：0 个与原来不同"
    assert (work / "ledger.db").read_bytes() == before


def test_reread_goes_by_the_present_roster_and_keeps_the_answers(run: Run, work: Path) -> None:
    """A unit that was not in the 名册 is recognised after its alias was added; what a person said stays."""
    import openpyxl

    book = openpyxl.load_workbook(work / "units.xlsx")
    book.active.delete_rows(3)
    book.save(work / "units.xlsx")
    _return(work)
    run("collect", "--work", work)
    assert "unit_unknown" in {line["code"] for line in _review(run, work)}
    run("review", "set", 1, COUNT, 25, "--why", "电话问过", "--work", work)
    book.active.append(("源汇区团委", "", "县区团委"))
    book.save(work / "units.xlsx")
    for path in (work / "收件").iterdir():
        path.unlink()
    result = run("collect", "--work", work, "--reread")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == "重读了 1 个归档文件：1 个与原来不同"
    assert result.stderr.startswith("【重读】8月.docx：待核对；1 份报送")
    with open_ledger(work) as ledger:
        (entry,) = ledger.entries()
    assert entry.submission.unit == "源汇区团委"
    assert next(r.value for r in entry.submission.readings if r.field == COUNT) == 25


def test_what_was_refused_is_read_again_when_the_reader_has_changed(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A format that the next version can read; what cannot be read still is not tried before the one after."""
    _return(work)
    (work / "收件" / "坏.docx").write_bytes(b"PK\x03\x04")
    readers = dict(extract.READERS)
    monkeypatch.delitem(extract.READERS, "docx")
    result = run("collect", "--work", work)
    assert result.stderr.splitlines()[-1].startswith("共 2 个文件：未收 2。")
    extract.READERS.update(readers)
    again = run("collect", "--work", work).stderr
    assert "重读" not in again
    monkeypatch.setattr(extract, "READER_VERSION", "2")
    again = run("collect", "--work", work).stderr.splitlines()
    assert again[0].startswith("【重读】8月.docx：待核对，原来未收；1 份报送")
    assert again[-2].startswith("重读了 2 个归档文件：")
    assert again[-1] == "共 2 个文件：早已收过 2。新增报送 0 份，存疑 0 处"
    assert "重读" not in run("collect", "--work", work).stderr
    assert _review(run, work)


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    """Return a work folder with three files in its ledger, read by version 1 of a simple reader."""
    (tmp_path / "收件").mkdir()
    for name, text in (
        ("a.docx", "源汇区团委 2020-07 3"),
        ("b.docx", "meeting"),
        ("c.docx", "召陵区团委 2020-07 1"),
    ):
        (tmp_path / "收件" / name).write_text(text, "utf-8")
    with open_ledger(tmp_path) as ledger:
        collect(sources(tmp_path), read, ledger, lambda _: None, "1")
    return tmp_path


def _reread(ledger: Ledger, reader: Callable[[Path, str], tuple[Record, ...]]) -> list[Again]:
    return list(reread(ledger.kept(), reader, ledger, lambda _: None, "2").files)


def test_only_what_was_wholly_refused_is_outdated(collected: Path) -> None:
    with open_ledger(collected) as ledger:
        assert [kept.name for kept in outdated(ledger.kept(), "2")] == ["b.docx"]
        assert outdated(ledger.kept(), "1") == []


def test_a_reading_without_what_a_person_spoke_of_is_told_and_not_taken(collected: Path) -> None:
    def worse(path: Path, source: str) -> tuple[Record, ...]:
        sha256 = path.stem
        return (Record(source, sha256, 1, Status.REJECTED, reason="读不了"),)

    with open_ledger(collected) as ledger:
        number = ledger.entries()[0].id
        ledger.assign(number, None, str(Period.parse("2020-09")), NOON)
        one, two, three = _reread(ledger, worse)
        assert (one.changed, one.status) == (False, one.before)
        assert one.kept.startswith(f"编号 {number} 有人工核对的结果，重读后却找不到了")
        assert (two.status, two.before, three.status) == (Status.REJECTED, Status.REJECTED, Status.REJECTED)
        assert [entry.id for entry in ledger.entries()] == [number]


def test_a_damaged_archive_is_told_and_the_earlier_reading_stands(collected: Path) -> None:
    with open_ledger(collected) as ledger:
        before = contents(ledger)
        for kept in ledger.kept():
            (collected / kept.archive).write_bytes(b"damaged")
        found = _reread(ledger, read)
        assert {again.kept[:11] for again in found} == {"归档的原件读不出来或与"}
        assert contents(ledger) == before


def test_a_kill_between_two_files_loses_nothing(collected: Path, tmp_path: Path) -> None:
    """Each file is read again in a transaction of its own; the next run completes it."""

    def better(path: Path, source: str) -> tuple[Record, ...]:
        (record,) = read(path, source)
        if record.submission is None:
            return (record,)
        named = Submission("表", record.submission.unit, record.submission.period)
        return (Record(source, record.sha256, 1, Status.ACCEPTED, named),)

    def stopped(path: Path, source: str) -> tuple[Record, ...]:
        if source == "c.docx":
            raise KeyboardInterrupt
        return better(path, source)

    copy = tmp_path / "copy"
    shutil.copytree(collected, copy, ignore=shutil.ignore_patterns("copy"))
    with open_ledger(collected) as ledger:
        with pytest.raises(KeyboardInterrupt):
            _reread(ledger, stopped)
        assert [entry.submission.form == "表" for entry in ledger.entries()] == [True, False]
        _reread(ledger, better)
        mended = contents(ledger)
    with open_ledger(copy) as ledger:
        _reread(ledger, better)
        assert contents(ledger) == mended
