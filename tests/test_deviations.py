"""Returns with deviations drawn at random are read without a silent error, a lost text or a leaked one."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import io
import zipfile
from pathlib import Path

import pytest

from tests.deviations import containers, plain, report
from tests.deviations.copies import ALL, copies
from tests.deviations.generate import CATALOGUE, generate, truth, write
from tests.deviations.model import Deviation, visible
from tests.deviations.read import read
from tests.deviations.report import Tally
from tests.deviations.whole import SEVERAL, Several

COUNT, SEED = 120, 20200703
RIGHT = 0.995
EVERY: tuple[Deviation | Several, ...] = (*CATALOGUE, *SEVERAL)
DRESSES = (
    "docm",
    "xlsm",
    "flat",
    "word2003",
    "misnamed",
    "misnamed-xls",
    "csv",
    "txt",
    "web",
    "mht",
    "strict",
    "zip",
    "eml",
    "letter",
)


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
    names = [each.name for each in EVERY]
    assert len(names) == len(set(names))
    assert all(each.claims and each.formats and each.forms for each in CATALOGUE)


def test_every_deviation_comes_in_its_turn() -> None:
    drawn = {name for each in generate(len(CATALOGUE) + len(SEVERAL), 3) for name in each.deviations}
    assert drawn == {each.name for each in EVERY}


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


@pytest.mark.parametrize("dress", DRESSES)
def test_a_return_in_another_dress_is_read_alike(dress: str, tmp_path: Path) -> None:
    made = list(copies(list(generate(60 if dress != "txt" else 300, 9)), [dress], 8))
    assert made
    entries = write(tmp_path / "收件", made)
    whole = report.tallies(report.findings(read(tmp_path / "收件", tmp_path), entries), entries)[-1]
    assert not report.fatal(whole), report.summary(whole)
    assert whole.share >= RIGHT


def test_a_copy_keeps_the_truth_and_names_its_format() -> None:
    originals = list(generate(12, 2))
    made = list(copies(originals, ["zip", "eml", "web"], 4))
    assert {each.deviations[0] for each in made} == {"格式·zip", "格式·eml", "格式·web"}
    assert all(any(each.parts is original.parts for original in originals) for each in made)
    assert {"doc", "pdf", "strict", "letter"} < set(ALL)


def test_an_archive_keeps_a_name_in_gbk_without_the_flag() -> None:
    data = containers.archive("临颍县团委7月.docx", b"abc", gbk=True)
    assert "临颍县团委7月.docx".encode("gbk") in data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        (member,) = packed.infolist()
        assert not member.flag_bits & 0x800
        assert packed.read(member) == b"abc"


@pytest.mark.parametrize("naming", sorted(set(containers.NAMINGS) - {"附件名原样GBK"}))
def test_a_mail_names_its_attachment(naming: str) -> None:
    data = containers.mail("团干部走基层情况报告单（7月）.docx", b"abc", naming)
    (attached,) = email.message_from_bytes(data, policy=email.policy.default).iter_attachments()
    assert attached.get_filename() == "团干部走基层情况报告单（7月）.docx"
    assert attached.get_payload(decode=True) == b"abc"


def test_a_page_and_values_hold_what_a_reader_sees() -> None:
    made = next(each for each in generate(30, 4) if len(each.parts) == 1 and not each.parts[0].blank)
    page = plain.web_page(made.pages).decode("utf-8")
    values = plain.values(made.pages, "utf-8").decode("utf-8")
    assert made.parts[0].title in page
    assert made.parts[0].title in values
    assert "⟦" not in page + values
