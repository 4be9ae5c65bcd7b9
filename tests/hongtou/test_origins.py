"""From files to the sheet 雷同: photos in Word, Excel and old Word files and beside them in archives, and who saved a file."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from docx import Document
from docx.shared import Cm
from openpyxl.drawing.image import Image

from extract.readers.olefile97 import Compound, single
from forms import Period
from tests.photos import again, photo, seal

FORM = "团干部走基层情况报告单"
Run = Callable[..., Result]


@pytest.fixture
def blanks(work: Path, run: Run) -> Callable[[str, str], Path]:
    """Make the blank of a unit and month, to be filled in."""

    def make(unit: str, period: str) -> Path:
        assert run("blank", "--work", work, "--unit", unit, "--period", period, "--form", FORM).exit_code == 0
        return next((work / "产出/空白表" / unit).glob(f"{FORM}（{Period.parse(period).label}）.docx"))

    return make


def _filled(blank: Path, out: Path, *pictures: bytes, saver: str = "") -> Path:
    document = Document(str(blank))
    cell = document.tables[0].cell(5, 2)
    for data in pictures:
        cell.paragraphs[0].add_run().add_picture(io.BytesIO(data), width=Cm(4))
    document.tables[0].cell(0, 1).paragraphs[0].add_run("某人")
    document.core_properties.last_modified_by = saver
    out.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(out))
    return out


def _told(run: Run, work: Path) -> list[str]:
    assert run("collect", "--work", work).exit_code == 0
    found = json.loads(run("review", "--work", work, "--json").stdout_bytes.decode("utf-8"))
    return [each["message"] for each in found if each["code"] in ("picture_again", "saved_by_other")]


def test_a_photo_of_another_unit_is_found_in_a_word_file_and_shown_with_both_places(
    work: Path, run: Run, blanks: Callable[[str, str], Path]
) -> None:
    """Made smaller by a chat program; the seal that both have is no photo."""
    _filled(blanks("组织部", "2020-07"), work / "收件/a.docx", photo(1), seal())
    _filled(blanks("源汇区团委", "2020-07"), work / "收件/b.docx", again(photo(1)), seal())
    (message,) = _told(run, work)
    found = re.fullmatch(
        r"表1 第\d+行第\d+列的图片与“组织部”2020-07报送里的一张看上去相同（编号1 a\.docx，表1 第\d+行第\d+列）",
        message,
    )
    assert found, message
    assert run("ledger", "--work", work, "-o", work / "台账.xlsx").exit_code == 0
    sheet = openpyxl.load_workbook(work / "台账.xlsx")["雷同"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [rows[-1][at] for at in (0, 1, 3, 7, 8, 9)] == [
        2,
        "源汇区团委",
        "图片",
        "图片看上去相同",
        1,
        "组织部",
    ]


def test_a_loose_photo_in_an_archive_belongs_to_the_form_beside_it(
    work: Path, run: Run, blanks: Callable[[str, str], Path]
) -> None:
    """The picture itself cannot be read as a form, and is told so; that it was sent before is told of the form."""
    _filled(blanks("组织部", "2020-07"), work / "收件/a.docx", photo(2))
    other = _filled(blanks("源汇区团委", "2020-07"), work / "b.docx")
    with zipfile.ZipFile(work / "收件/b.zip", "w") as packed:
        packed.write(other, "源汇/b.docx")
        packed.writestr("源汇/现场.jpg", photo(2))
    (message,) = _told(run, work)
    assert message.startswith("源汇/现场.jpg的图片与“组织部”2020-07报送里的一张相同（编号1 a.docx，表1 第")


def test_a_picture_over_a_sheet_is_found_with_its_cell(
    work: Path, run: Run, blanks: Callable[[str, str], Path]
) -> None:
    """Excel keeps pictures in a drawing, anchored at a cell."""
    _filled(blanks("组织部", "2020-07"), work / "收件/a.docx", photo(3))
    book = openpyxl.Workbook()
    for row in (
        [FORM],
        ["填表时间", "2020年7月9日"],
        ["姓名", "某人", "单位职务", "源汇区团委书记"],
        ["走访形式", "座谈"],
    ):
        book.active.append(row)
    book.active.add_image(Image(io.BytesIO(photo(3))), "B7")
    book.save(work / "收件/源汇区团委7月.xlsx")
    (message,) = _told(run, work)
    assert message.startswith("Sheet 第7行第2列的图片与“组织部”2020-07报送里的一张相同")


def test_who_saved_a_file_is_held_against_the_roster(
    work: Path, run: Run, blanks: Callable[[str, str], Path]
) -> None:
    """A contact of another unit; accepting the return settles it."""
    book = openpyxl.load_workbook(work / "units.xlsx")
    header = [cell.value for cell in book.active[1]]
    book.active.cell(2, header.index("联系人") + 1).value = "程怀瑾"
    book.save(work / "units.xlsx")
    _filled(blanks("源汇区团委", "2020-07"), work / "收件/b.docx", saver="程怀瑾")
    assert _told(run, work) == ["文件最后由“程怀瑾”保存，是组织部的联系人（见名册）"]
    assert run("review", "accept", "1", "--work", work).exit_code == 0
    assert _told(run, work) == []


def _summary(properties: Mapping[int, bytes]) -> bytes:
    """Return a stream with one property set ([MS-OLEPS] 2.21): of each property the type and what follows it."""
    place = 8 + 8 * len(properties)
    listed, values = b"", b""
    for number, value in properties.items():
        listed += struct.pack("<II", number, place + len(values))
        values += value + bytes(-len(value) % 4)
    section = struct.pack("<II", place + len(values), len(properties)) + listed + values
    head = struct.pack("<HHI16xI", 0xFFFE, 0, 0x20006, 1) + bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return head + struct.pack("<I", 48) + section


_GBK = struct.pack("<IH", 2, 936)
_NAME = "程怀瑾\0".encode("gbk")
_SAVED = struct.pack("<II", 30, len(_NAME)) + _NAME


@pytest.mark.parametrize(
    "properties",
    [
        {1: _GBK, 8: _SAVED},
        {8: struct.pack("<II", 31, 4) + "程怀瑾\0".encode("utf-16-le")},
        {1: _GBK, 2: struct.pack("<II", 0x1010, 2**32 - 1), 8: _SAVED},  # says that it has so many values
    ],
)
def test_the_properties_of_a_compound_file_tell_who_saved_it(properties: Mapping[int, bytes]) -> None:
    """Read code page and name, whatever the other properties say."""
    (found,) = Compound(single("\x05SummaryInformation", _summary(properties))).saved_by()
    assert found.value == "程怀瑾"


def test_properties_that_point_beyond_their_end_tell_nothing() -> None:
    """Take a broken set for one that names nobody."""
    whole = _summary({1: _GBK, 8: _SAVED})
    for end in (0, 20, 47, 55, 64, 80):
        assert Compound(single("\x05SummaryInformation", whole[:end])).saved_by() == ()


def test_pictures_inside_a_stream_of_an_old_word_file_are_found() -> None:
    """[MS-ODRAW] 2.2.27: the head of a blip, its hash, a tag, and the picture as it was."""
    data = photo(4)
    head = (0x46A << 4).to_bytes(2, "little") + b"\x1d\xf0" + (17 + len(data)).to_bytes(4, "little")
    stream = bytes(300) + head + bytes(17) + data + bytes(50)
    assert list(Compound(single("Data", stream)).pictures("Data")) == [data]
