"""Each sample runs from notice to summary without a hand on it, and everything read and counted is what its data says."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

import samples
from extract.sniff import sniff
from forms import Period, Work
from generate.summary.figures import year_figures, year_in
from hongtou.commands.options import catalogue
from hongtou.products import ledger_view
from hongtou.root import root
from hongtou.rosters import load
from ledger import open_ledger
from samples.compare import compare
from samples.verdict import Verdict

from .conftest import Built

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = samples.names()
Run = Callable[..., Result]


@pytest.fixture(scope="module", params=NAMES)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, built: Built) -> Path:
    """Return the work folder of a sample with its returns collected."""
    target = tmp_path_factory.mktemp("works") / str(request.param)
    shutil.copytree(built(request.param), target)
    result = run("collect", "--work", target)
    assert result.exit_code == 0, result.stderr
    return target


def run(*args: object) -> Result:
    return CliRunner().invoke(root, [str(arg) for arg in args])


def true(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / name).read_text(encoding="utf-8"))
    return found


def day_after(folder: Path) -> str:
    last = load(folder, catalogue()).last
    return f"{last.year + 1}-12-31"


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("name", NAMES)
def test_a_second_build_gives_the_same_bytes(name: str, tmp_path: Path, built: Built) -> None:
    """Over what stands there already, at another place."""
    shutil.copytree(built(name), tmp_path / name)
    samples.build(name, tmp_path / name)
    assert _hashes(tmp_path / name) == _hashes(built(name))


@pytest.mark.parametrize("name", NAMES)
def test_returns_come_in_every_way_that_they_come(name: str, built: Built) -> None:
    """Word, Excel and old Word files, mails and archives, all small."""
    returned = [path for path in (built(name) / "收件").rglob("*") if path.is_file()]
    assert {path.suffix for path in returned} >= {".docx", ".xlsx", ".doc", ".eml", ".zip"}
    kinds = [sniff(path.read_bytes()) for path in returned if path.suffix == ".doc"]
    assert "doc" in kinds
    assert max(path.stat().st_size for path in returned) < 200_000


def test_everything_is_read_as_its_data_says_or_in_doubt(folder: Path) -> None:
    result = run("extract", "--work", folder, folder / "收件")
    read = [json.loads(line) for line in result.stdout_bytes.decode("utf-8").splitlines()]
    found = compare(read, true(folder, "真值.json"))
    assert [str(finding) for finding in found.fatal] == []
    wanted = [f for f in found.findings if f.verdict in (Verdict.NO_DOUBT, Verdict.DOUBTED)]
    assert [str(finding) for finding in wanted] == []
    asked = found.count(Verdict.EXTRA_DOUBT)
    assert asked <= 0.1 * len(found.findings)


def test_every_quota_is_what_its_data_says(folder: Path) -> None:
    result = run("quota", "--work", folder, "--on", day_after(folder), "--json")
    counted = json.loads(result.stdout_bytes.decode("utf-8"))
    told = {
        (t["quota"], t["unit"], t["person"], t["period"]): t["done"] for t in true(folder, "指标真值.json")
    }
    assert told
    assert len(told) <= len(counted)
    for each in counted:
        key = (each["quota"], each["unit"], each["person"], each["period"])
        assert (key, each["done"] or 0) == (key, told.pop(key, 0))
        assert each["submissions"] or not each["done"]
    assert told == {}
    assert {each["met"] for each in counted} == {True, False}
    assert all(line.endswith("没有填") for line in result.stderr.splitlines())


def test_the_notice_carries_every_sentence_of_its_texts(folder: Path) -> None:
    result = run("notice", "--work", folder)
    assert result.exit_code == 0, result.stderr
    words = ""
    for path in (folder / "产出/通知").glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            body = etree.fromstring(package.read("word/document.xml"))
        words += "".join(text.text or "" for text in body.iter(f"{W}t"))
    squeezed = "".join(words.split())
    for text in (folder / "正文").glob("*.md"):
        for line in text.read_text(encoding="utf-8").splitlines():
            assert "".join(line.split()) in squeezed, line


def test_all_that_goes_out_and_all_that_is_made_of_the_returns_is_made(folder: Path) -> None:
    work = load(folder, catalogue())
    for command in (
        ("blank",),
        ("mail", "draft"),
        ("ledger",),
        ("summary", "--year", work.last.year),
        ("status",),
        ("review",),
    ):
        result = run(*command, "--work", folder)
        assert result.exit_code == 0, (command, result.stderr)
    drafts = [path.stem for path in (folder / "产出/待发邮件").glob("*.eml")]
    asked = [path.name for path in (folder / "产出/空白表").iterdir()]
    assert asked
    assert [unit for unit in asked if not any(draft.startswith(unit) for draft in drafts)] == []
    made = {
        path.parts[0]
        for path in (p.relative_to(folder / "产出") for p in folder.glob("产出/**/*"))
        if path.suffix
    }
    assert made >= {"空白表", "台账", "总结"}
    blanks = list((folder / "产出/空白表").rglob("*.*"))
    assert len(blanks) >= len(work.units)
    for path in blanks:
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                text = package.read("word/document.xml").decode("utf-8")
            assert not any(sign in text for sign in ("\ue000", "\ue001", "\a")), path.name


def test_reports_are_in_time_late_and_missing_as_its_data_says(folder: Path) -> None:
    result = run("status", "--work", folder, "--on", day_after(folder), "--json")
    owed = json.loads(result.stdout_bytes.decode("utf-8"))
    sent = {
        (t["form"], t["unit"], t["period"])
        for t in true(folder, "真值.json")
        if t["form"] and not t.get("blank")
    }
    states = {(each["form"], each["unit"], each["period"]): each["state"] for each in owed}
    assert {key for key, state in states.items() if state != "missing"} == sent
    assert set(states.values()) == {"reported", "late", "missing"}
    for each in owed:
        late = each["received_at"] is not None and each["received_at"][:10] > each["due"]
        assert (each["state"] == "late") == late, each


def test_the_sums_of_the_summary_are_those_of_its_data(folder: Path) -> None:
    """Every return counts once, a copy of its file not at all, and the sum is that of the true values behind it."""
    work = load(folder, catalogue())
    with open_ledger(folder) as ledger:
        view = ledger_view(work, ledger, date.fromisoformat(day_after(folder)))
    sources = {entry.id: entry.source for entry in view.entries}
    truth, hashes = true(folder, "真值.json"), {entry.sha256 for entry in view.entries}
    left = {entry.source for entry in view.entries if entry.superseded_by}
    lost = {t["source"] for t in truth} - set(sources.values())
    left |= {source for source in lost if _hash(folder / "收件" / source) in hashes}
    found = 0
    for section in year_figures(view, work.last.year).sums:
        for column, total in zip(section.columns, section.totals, strict=True):
            own = [t for t in truth if t["form"] == column.form and _year(work, t["period"])]
            own = [t for t in own if t["source"] not in left and _numbers(t["values"], column.path)]
            assert {sources[number] for number in total.entries} == {t["source"] for t in own}
            assert total.value == sum(sum(_numbers(t["values"], column.path)) for t in own), column
            found += bool(own)
    assert found


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _year(work: Work, period: str) -> bool:
    return year_in(work, Period.parse(period)) == work.last.year


def _numbers(values: dict[str, Any], path: str) -> list[int]:
    """Return the whole numbers at ``path``, those of a group's rows where it leads into one."""
    group, _, inner = path.partition(".")
    rows = values.get(group)
    told = [row.get(inner) for row in rows] if isinstance(rows, list) else [values.get(path)]
    return [number for number in told if isinstance(number, int)]


def test_who_of_a_unit_has_not_reported_is_named_and_reminded(folder: Path) -> None:
    status = run("status", "--work", folder, "--on", day_after(folder), "--json")
    lacking = [each for each in json.loads(status.stdout_bytes.decode("utf-8")) if each.get("absent")]
    work = load(folder, catalogue())
    assert lacking or folder.name != "shanxi"
    for each in lacking:
        assert set(each["absent"]) < {person.name for person in work.people if person.unit == each["unit"]}
    told = run("status", "--work", folder, "--on", day_after(folder)).stdout
    assert all(f"{each['unit']} 还缺：{'、'.join(each['absent'])}" in told for each in lacking)


def test_no_address_or_number_in_a_sample_is_a_real_one(folder: Path) -> None:
    work = load(folder, catalogue())
    mails = [mail for unit in work.units for mail in unit.mails]
    assert all(mail.endswith("@example.org") for mail in mails)
    assert all("-0000" in f"-{unit.phone}" for unit in work.units if unit.phone)  # no exchange begins so
