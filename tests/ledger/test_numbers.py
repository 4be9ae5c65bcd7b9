"""The registry of 文号: in order, once each, from several processes at a time."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from forms import DocumentNumber, Issued
from forms.docnumber import gaps
from ledger import LedgerBusyError, Numbers, NumberTakenError, open_ledger

AT = datetime.fromisoformat("2020-07-03T09:00:00")
SERIES = "漯青发"


def issue(folder: Path, title: str, year: int = 2020, notice: str = "") -> str:
    with open_ledger(folder) as ledger:
        return str(Numbers(ledger).issue(SERIES, year, title, AT, notice).number)


def register(folder: Path, number: int, title: str, notice: str = "", why: str = "") -> None:
    with open_ledger(folder) as ledger:
        Numbers(ledger).register(Issued(DocumentNumber(SERIES, 2020, number), title, AT, notice, why))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("漯青发〔2020〕35号", DocumentNumber("漯青发", 2020, 35)),
        ("漯青发[2020] 第 35 号", DocumentNumber("漯青发", 2020, 35)),
        ("院青发（2020）05号", DocumentNumber("院青发", 2020, 5)),
        ("院青发〔2020〕　号", DocumentNumber("院青发", 2020)),
        ("院青发〔2020〕XX号", DocumentNumber("院青发", 2020)),
        ("第5号", None),
        ("〔2020〕5号", None),
        ("", None),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, number: DocumentNumber | None) -> None:
    assert DocumentNumber.parse(text) == number


def test_numbers_follow_each_other_within_series_and_year(tmp_path: Path) -> None:
    assert [issue(tmp_path, "甲"), issue(tmp_path, "乙"), issue(tmp_path, "丙", 2021)] == [
        "漯青发〔2020〕1号",
        "漯青发〔2020〕2号",
        "漯青发〔2021〕1号",
    ]


def test_a_notice_keeps_its_number_and_a_fixed_one_is_followed_by_the_next(tmp_path: Path) -> None:
    register(tmp_path, 35, "通知", "活力团建")
    register(tmp_path, 35, "通知改了标题", "活力团建")
    assert issue(tmp_path, "另一个", notice="另一个") == "漯青发〔2020〕36号"
    assert issue(tmp_path, "另一个，改过", notice="另一个") == "漯青发〔2020〕36号"


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    register(tmp_path, 35, "通知", "活力团建")
    with pytest.raises(NumberTakenError, match="漯青发〔2020〕35号已经用于“通知”（2020-07-03）"):
        register(tmp_path, 35, "别的", "别的")
    with pytest.raises(NumberTakenError):
        register(tmp_path, 35, "通知")


def test_gaps_are_found_within_a_year_and_explained_by_what_skipped_them(tmp_path: Path) -> None:
    issue(tmp_path, "甲")
    register(tmp_path, 4, "丁", why="与办公室商定")
    issue(tmp_path, "戊")
    with open_ledger(tmp_path) as ledger:
        (gap,) = gaps(Numbers(ledger).issued())
    assert (gap.first.number, gap.last.number, gap.before.why) == (2, 3, "与办公室商定")
    register(tmp_path, 2, "作废", why="印错")
    register(tmp_path, 3, "丙", why="补登记")
    with open_ledger(tmp_path) as ledger:
        assert gaps(Numbers(ledger).issued()) == ()


def _several(folder: Path) -> list[str]:
    found = []
    while len(found) < 5:
        try:
            found.append(issue(folder, "并发"))
        except LedgerBusyError:  # another one holds the writers' lock: ask again
            continue
    return found


def test_processes_that_ask_at_once_get_different_numbers(tmp_path: Path) -> None:
    issue(tmp_path, "甲")
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        found = [number for each in pool.map(_several, [tmp_path] * 3) for number in each]
    assert sorted(found) == sorted(f"漯青发〔2020〕{number}号" for number in range(2, 17))
