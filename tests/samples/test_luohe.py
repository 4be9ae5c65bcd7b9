"""The sample is complete, always the same, loads without a mistake and shows what its true values say."""

from __future__ import annotations

import ast
import json
import re
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

import samples
from forms import Identity, load_forms, load_work
from samples.luohe import aims
from samples.luohe.aims import AIMS, STUDY
from samples.luohe.marks import MARK
from samples.luohe.returns import REPORT, VISIT, load
from templates import CATALOGUE

from .conftest import Built

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLES = Path(samples.__file__).parent


@pytest.fixture(scope="module")
def folder(built: Built) -> Path:
    return built("luohe")


def _document(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_an_unknown_sample_is_refused(tmp_path: Path) -> None:
    assert samples.names()[0] == "luohe"
    assert "走基层" in samples.describe("luohe")
    with pytest.raises(samples.NoSampleError):
        samples.build("kaifeng", tmp_path)


def test_the_work_loads_and_owes_104_reports_and_those_of_the_year_s_end(folder: Path) -> None:
    work = load_work(folder, load_forms(CATALOGUE))
    assert Counter(unit.kind for unit in work.units) == {"机关部室": 7, "县区团委": 8}
    # 7 units × (6 months + 2 quarters) + 8 units × 6 months
    owed = Counter(due.form for due in work.dues())
    assert owed[REPORT] + owed[VISIT] == 104
    # at the end of the year a study of each 部室 and the progress of everyone
    assert (owed[STUDY], owed[AIMS], owed.total()) == (7, 15, 126)
    unit = work.unit("临颍团县委")
    assert unit is not None
    assert unit.name == "临颍县团委"


def test_every_return_belongs_to_a_duty_of_the_work(folder: Path) -> None:
    work = load_work(folder, load_forms(CATALOGUE))
    owed = {(due.unit.name, due.form, str(due.period)) for due in work.dues()}
    parts = [part for given in load() for part in given.parts]
    assert {(part.unit, part.form, part.period) for part in parts} <= owed
    assert {part.form for part in parts} == {REPORT, VISIT}


def test_returns_are_on_time_late_and_missing(folder: Path) -> None:
    work = load_work(folder, load_forms(CATALOGUE))
    first: dict[tuple[str, str, str], datetime] = {}
    for given in load():
        for part in given.parts:
            if not part.blank:
                key = (part.unit, part.form, part.period)
                first[key] = min(given.arrived, first.get(key, given.arrived))
    states = Counter(
        "missing" if arrived is None else "late" if arrived.date() > due.day else "reported"
        for due in work.dues()
        if due.form in (REPORT, VISIT)
        for arrived in [first.get((due.unit.name, due.form, str(due.period)))]
    )
    assert states == {"missing": 51, "reported": 40, "late": 13}


def test_files_carry_the_time_of_their_arrival_and_stay_small(folder: Path) -> None:
    for given in load():
        path = folder / "收件" / given.file
        assert path.stat().st_mtime == given.arrived.timestamp()
        assert path.stat().st_size < 200_000


def test_true_dates_and_numbers_have_their_types(folder: Path) -> None:
    truth = json.loads((folder / "真值.json").read_text(encoding="utf-8"))
    monthly = [entry for entry in truth if not entry["source"].startswith("年底/")]
    assert len({entry["source"] for entry in monthly}) == len(load()) == 58
    assert len(truth) - len(monthly) == len(aims.returns()) == 11
    for entry in monthly:
        for path, value in entry["values"].items():
            if path.startswith("走访人数."):
                assert isinstance(value, int | None)
            elif path == "填表时间":
                assert value is None or re.fullmatch(r"2020-\d\d-\d\d", value)
            else:
                assert isinstance(value, str | None)


def test_fill_dates_lie_in_their_period_and_before_the_arrival() -> None:
    for given in load():
        for part in given.parts:
            filled = part.values["填表时间"]
            if isinstance(filled, str):
                assert filled <= given.arrived.date().isoformat()
                if part.form == REPORT:
                    assert filled.startswith(part.period)


def test_every_answer_stands_in_its_document(folder: Path) -> None:
    for given in load():
        if not given.file.endswith(".docx") or not given.parts:
            continue
        with zipfile.ZipFile(folder / "收件" / given.file) as archive:
            names = [name for name in archive.namelist() if re.match(r"word/(document|header)", name)]
            roots = [etree.fromstring(archive.read(name)) for name in names]
        text = _squeezed("".join(node.text or "" for root in roots for node in root.iter(f"{W}t")))
        for part in given.parts:
            for path in part.order:
                for line in MARK.sub("\n", part.shown[path]).split("\n"):
                    assert _squeezed(line) in text, (given.file, path, line)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_no_mark_is_left_in_a_document(folder: Path) -> None:
    for path in (folder / "收件").rglob("*.docx"):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                assert "⟦" not in archive.read("word/document.xml").decode("utf-8"), path


def test_filled_blanks_carry_their_identity_and_retyped_forms_none(folder: Path) -> None:
    def identifier(name: str) -> str:
        with zipfile.ZipFile(folder / "收件" / name) as archive:
            core = archive.read("docProps/core.xml").decode("utf-8")
        found = re.search(r"<dc:identifier>([^<]*)<", core)
        return found[1] if found else ""

    given = Identity.from_identifier(identifier("组织部/组织部9月走基层.docx"))
    assert given == Identity(REPORT, "组织部", "2020-09")
    assert identifier("统战部/团干部走基层情况报告单.docx") == ""
    assert identifier("学校部/学校部7月.docx") == ""


# where → what of WordprocessingML must be there, as a path below the document
MARKUP = {
    "组织部/附件1 团干部走基层情况报告单（8月）.docx": (".//{w}ins", ".//{w}del/{w}r/{w}delText"),
    "组织部/附件1 团干部走基层情况报告单（10月）.docx": (".//{w}rPr/{w}strike",),
    "组织部/附件1 团干部走基层情况报告单（11月）.docx": (".//{w}footnoteReference", ".//{w}commentReference"),
    "宣传部/附件1（宣传部10月）.docx": (".//{w}tc//{w}drawing",),
    "宣传部/11月附件1.docx": (".//{w}rPr/{w}vanish",),
    "学校部/学校部8月走基层情况.docx": (
        ".//{w}tr/{w}sdt/{w}sdtContent/{w}tc",
        ".//{w}tc/{w}sdt/{w}sdtContent/{w}p",
        ".//{w}p/{w}sdt/{w}sdtContent/{w}r",
        ".//{w}sdtPr/{w}showingPlcHdr",
    ),
    "青发部/附件1-青发部-9月.docx": (".//{w}tbl/{w}tr/{w}tc/{w}tbl",),
    "青发部/12月附件1.docx": (".//{w}trPr/{w}gridBefore",),
    "统战部/9月走基层报告单.docx": ("./{w}body/{w}tbl[2]",),
    "青创中心/9月附件1（青创中心）.docx": (".//{w}tc/{w}p/{w}pPr/{w}numPr",),
    "9月/临颍9月附件1.docx": (".//{w}tc//{w}sym",),
    "9月/郾城区团委9月附件1.docx": (".//{w}pict//{w}txbxContent", ".//{w}drawing//{w}txbxContent"),
    "10月/临颍县团委10月走基层情况报告单.docx": (".//{w}tc/{w}tbl",),
}


@pytest.mark.parametrize("name", MARKUP)
def test_a_deviation_stands_in_the_markup(folder: Path, name: str) -> None:
    root = _document(folder / "收件" / name)
    for path in MARKUP[name]:
        assert root.find(path.replace("{w}", W)) is not None, path


def test_every_cell_ends_with_a_paragraph_and_every_row_fills_the_grid(folder: Path) -> None:
    for path in (folder / "收件").rglob("*.docx"):
        if not zipfile.is_zipfile(path):
            continue
        for table in _document(path).iter(f"{W}tbl"):
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            for row in table.findall(f"{W}tr"):
                cells = row.findall(f"{W}tc") + row.findall(f"{W}sdt/{W}sdtContent/{W}tc")
                assert all(cell[-1].tag == f"{W}p" for cell in cells), path
                before = row.find(f"{W}trPr/{W}gridBefore")
                skipped = 0 if before is None else int(before.get(f"{W}val", "0"))
                spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells]
                width = sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans)
                assert skipped + width == columns, path


def test_the_copy_has_the_bytes_of_its_original_and_the_damaged_file_is_no_zip(folder: Path) -> None:
    inbox = folder / "收件"
    copied = next(given for given in load() if given.same)
    assert (inbox / copied.file).read_bytes() == (inbox / copied.same).read_bytes()
    assert not zipfile.is_zipfile(inbox / "青创中心/青创中心附件2.docx")
    assert (inbox / "9月/空文件.docx").read_bytes() == b""
    assert (inbox / "7月/~$城区团委7月报告单.docx").stat().st_size == 162


def test_the_excel_form_hides_an_old_row_and_an_old_sheet(folder: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(folder / "收件/社联部/社联部9月附件1.xlsx")
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [("9月", "visible"), ("上半年", "hidden")]
    sheet = book["9月"]
    hidden = [number for number, row in sheet.row_dimensions.items() if row.hidden]
    assert [sheet.cell(number, 2).value for number in hidden] == ["电话了解（此行作废）"]
    assert isinstance(sheet["D2"].value, datetime)
    assert "14" in [cell.value for cell in sheet["C"]]


def test_the_builder_does_not_know_the_reader() -> None:
    for path in SAMPLES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "extract" for name in names), path
