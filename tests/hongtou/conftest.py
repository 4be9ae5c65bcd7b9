"""A small work folder made as a clerk makes one: ``hongtou new``, filled in after its own examples."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from forms import Doubt, Leftover, Place, Reading, Record, Status, Submission, doubt
from hongtou.mail.code import VARIABLE
from hongtou.newwork import create
from hongtou.root import root
from ledger import Arrival, keep, open_ledger
from tests.hongtou.mailservers import CODE, certificate

FORM = "团干部走基层情况报告单"
UNITS = (("组织部", "", "机关部室"), ("源汇区团委", "源汇团区委", "县区团委"))

Run = Callable[..., Result]


def filled_in(text: str) -> str:
    """Return a new work.yaml with every 例 taken as the answer."""
    return re.sub(r"(?m)^(\s*(?:- )?[^\s#:]+:)\s+# 必填.*例：(.*)$", r"\1 \2", text)


@pytest.fixture
def run() -> Run:
    """Run the command line in this process."""
    return lambda *args: CliRunner().invoke(root, [str(arg) for arg in args])


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a new work folder, filled in, with two units."""
    folder = tmp_path / "活力团建"
    create(folder)
    path = folder / "work.yaml"
    path.write_text(filled_in(path.read_text(encoding="utf-8")), encoding="utf-8")
    book = openpyxl.load_workbook(folder / "units.xlsx")
    for unit in UNITS:
        book.active.append(unit)
    book.save(folder / "units.xlsx")
    return folder


@pytest.fixture
def filled() -> Callable[..., Submission]:
    """Make a filled form with one approximate number and a line of leftover."""

    def make(unit: str | None = "源汇区团委", period: str | None = "2020-08", *doubts: Doubt) -> Submission:
        about = doubt("number_approximate", "走访人数.团员青年", raw="二三十人")
        readings = (
            Reading("姓名", "陈青禾", "陈青禾", Place("表1", 1, 2)),
            Reading("走访人数.团员青年", 20, "二三十人", Place("表1", 5, 3), (about,)),
        )
        left = (Leftover("请查收", Place("正文", paragraph=9)),)
        return Submission(FORM, unit, period, readings, leftover=left, doubts=doubts)

    return make


@pytest.fixture
def arrive(work: Path) -> Callable[..., None]:
    """Put a file into the ledger of ``work`` as if it had been collected: source, time, submissions or a reason."""

    def take_in(source: str, received: str, *found: Submission, reason: str = "") -> None:
        sha256, archived = keep(work, source.encode(), Path(source).suffix)
        refused = Record(source, sha256, 1, Status.REJECTED, reason=reason)
        records = [
            replace(refused, part=part, reason=None, submission=each, status=_status(each))
            for part, each in enumerate(found, start=1)
        ]
        arrival = Arrival(sha256, source, len(source), datetime.fromisoformat(received), archived)
        with open_ledger(work) as ledger:
            ledger.accept(arrival, records or [refused])

    return take_in


def _status(each: Submission) -> Status:
    return Status.REVIEW if each.all_doubts() else Status.ACCEPTED


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate for localhost."""
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def trusted(pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the test's certificate and know the code of the mailbox."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    monkeypatch.setenv(VARIABLE, CODE)
