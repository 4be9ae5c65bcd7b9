"""Returns with deviations drawn at random are read without a silent error, a lost text or a leaked one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.deviations import report
from tests.deviations.generate import CATALOGUE, generate, truth, write
from tests.deviations.model import visible
from tests.deviations.read import read
from tests.deviations.report import Tally
from tests.deviations.whole import SEVERAL

COUNT, SEED = 120, 20200703
RIGHT = 0.99


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Tally:
    scratch = tmp_path_factory.mktemp("deviations")
    folder = scratch / "收件"
    entries = write(folder, list(generate(COUNT, SEED)))
    return report.tallies(report.findings(read(folder, scratch), entries), entries)[-1]


def test_every_submission_is_found_and_none_is_invented(whole: Tally) -> None:
    assert whole.files == COUNT
    assert whole.submissions >= COUNT
    assert (whole.missing, whole.extra) == (0, 0)


def test_nothing_is_wrong_in_silence(whole: Tally) -> None:
    assert whole.silent == 0


def test_no_text_is_lost_and_none_that_nobody_sees_leaks(whole: Tally) -> None:
    assert (whole.lost, whole.leaked) == (0, 0)


def test_nearly_every_field_is_right(whole: Tally) -> None:
    assert whole.fields > 12 * COUNT
    assert whole.share >= RIGHT


def test_the_same_seed_gives_the_same_files_and_another_seed_others() -> None:
    first, again, other = (list(generate(12, seed)) for seed in (7, 7, 8))
    assert [each.data for each in first] == [each.data for each in again]
    assert [each.source for each in first] == [each.source for each in again]
    assert [each.data for each in first] != [each.data for each in other]


def test_deviations_have_names_of_their_own_and_claim_something() -> None:
    names = [each.name for each in (*CATALOGUE, *SEVERAL)]
    assert len(names) == len(set(names))
    assert all(each.claims and each.formats and each.forms for each in CATALOGUE)


def test_every_deviation_comes_in_its_turn() -> None:
    drawn = {name for each in generate(len(CATALOGUE) + len(SEVERAL), 3) for name in each.deviations}
    assert drawn == {each.name for each in (*CATALOGUE, *SEVERAL)}


def test_the_truth_tells_what_a_reader_sees() -> None:
    assert visible("原有⟦del|29⟧⟦ins|37⟧人⟦hide|草稿⟧⟦ruby|张:zhāng⟧⟦note|请核⟧") == "原有37人张"
    entries = [entry for each in generate(40, 5) for entry in truth(each)]
    assert all(entry["form"] and entry["unit"] and entry["period"] for entry in entries)
    assert not any("⟦" in str(entry["values"]) + str(entry["typed"]) for entry in entries)


def test_a_tally_shows_what_went_wrong(tmp_path: Path) -> None:
    entries = write(tmp_path / "收件", list(generate(3, 1)))
    made = report.tallies(report.findings([], entries), entries)
    assert made[-1].missing == made[-1].submissions == len(entries)
    assert report.fatal(made[-1])
    assert not report.fatal(dataclasses.replace(made[-1], missing=0, lost=0))
    assert len(report.lines(made)) == len(made) + 3
