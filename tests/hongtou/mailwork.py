"""A small work folder with a mailbox and addresses, for the tests of mail."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from hongtou.newwork import create
from tests.hongtou.conftest import filled_in
from tests.hongtou.mailservers import ACCOUNT

UNITS = (
    ("组织部", "", "机关部室", "", "", "zuzhi@example.org"),
    ("源汇区团委", "源汇团区委", "县区团委", "", "", "yuanhui@example.org、yuanhui2@example.org"),
    ("召陵区团委", "", "县区团委", "", "", "zhaoling@example.org"),
    ("郾城区团委", "", "县区团委", "", "", ""),
)
REACHABLE = 3


def make_work(folder: Path, smtp: int = 1, imap: int = 1) -> Path:
    """Make a work in ``folder`` whose mailbox has its servers on those ports of localhost."""
    create(folder)
    text = filled_in((folder / "work.yaml").read_text(encoding="utf-8"))
    mailbox = f"\n邮箱:\n  账号: {ACCOUNT}\n  发信服务器: localhost:{smtp}\n  收信服务器: localhost:{imap}\n  间隔: 0\n"
    (folder / "work.yaml").write_text(text + mailbox, encoding="utf-8")
    book = openpyxl.load_workbook(folder / "units.xlsx")
    for unit in UNITS:
        book.active.append(unit)
    book.save(folder / "units.xlsx")
    return folder


def change(folder: Path, name: str, mail: str) -> None:
    """Give the unit called ``name`` other addresses."""
    book = openpyxl.load_workbook(folder / "units.xlsx")
    for row in book.active.iter_rows(min_row=2):
        if row[0].value == name:
            row[5].value = mail
    book.save(folder / "units.xlsx")
