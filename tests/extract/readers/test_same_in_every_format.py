"""The same filled form saved in each format gives one and the same submission, places aside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

import templates
from extract import READERS, Extractor
from extract.sniff import sniff
from forms import Form, Identity, Record, load_forms
from generate.blank.filling import filled
from tests.extract.readers.office import FILTERS, SHEET_FILTERS, convert
from tests.rendering import needs_soffice

CATALOGUE = load_forms(templates.CATALOGUE)
FORMS = {form.name: form for form in CATALOGUE}
VISIT, WATCH = FORMS["团干部走基层情况报告单"], FORMS["共青团工作观摩情况报告单"]
UNIT, PERIOD = "共青团临颍县委", "2020-07"
LONG = (
    "7月28日上午，走访组来到杜曲镇北徐庄村团支部，与支部书记、返乡青年座谈（12人参加），了解“三会两制一课”开展情况；"
    "支部现有团员36名，流动团员19名，2020年上半年召开支部大会2次，开展主题团日4次，覆盖率达到92.5%。"
)
VALUES: dict[str, dict[str, object]] = {
    "平常": {
        "填表时间": "2020年7月28日",
        "姓名": "周景行",
        "单位职务": "共青团临颍县委书记",
        "走访团组织名称": "杜曲镇北徐庄村团支部",
        "走访形式": "实地走访、座谈交流",
        "走访人数.团干部": 3,
        "走访人数.团员青年": 486,
        "基层团组织工作开展情况": LONG,
        "基层团组织工作亮点": "一是建立“青年之家”；\n二是开展结对帮扶。",
        "基层团组织工作存在问题": "1.活动经费不足\n2.流动团员联系难\n3.骨干力量老化",
        "帮扶措施及成效": "（一）协调经费5000元。\n（二）建立微信群，联系流动团员19名。",
    },
    "很长": {
        "填表时间": "2020.7.3",
        "姓名": "欧阳青禾",
        "单位职务": "共青团临颍县委副书记",
        "走访团组织名称": "临颍县第一高级中学团委、颍川街道团工委、Lingying Foods Co. 团支部",
        "走访人数.团干部": 12,
        "走访人数.团员青年": 1205,
        "基层团组织工作开展情况": "\n".join([LONG * 3, LONG, "附：走访照片3张。"]),
        "基层团组织工作亮点": LONG * 2,
        "基层团组织工作存在问题": "无",
        "帮扶措施及成效": LONG,
    },
    "几乎空白": {
        "填表时间": "2020年7月1日",
        "姓名": "沈一",
        "单位职务": "共青团临颍县委",
        "走访人数.团干部": 0,
    },
    "观摩": {
        "填表时间": "2020年7月16日",
        "组织观摩部室": "共青团临颍县委办公室",
        "参加观摩人员": "周景行、欧阳青禾、沈一",
        "观摩点及观摩内容": "1.北徐庄村团支部：主题团日\n2.县一高团委：团课",
        "观摩点亮点工作": LONG,
        "观摩点存在问题": "活动形式单一；记录不全。",
        "整改措施": "限期于8月15日前整改，并报送书面材料。",
    },
}


def _form(case: str) -> Form:
    return WATCH if case == "观摩" else VISIT


def _sheet_form(case: str, path: Path) -> Path:
    """Retype a form as a sheet: title, date line, labels with merged answers, 走访人数 over two rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([_form(case).name])
    values = VALUES[case]
    sheet.append(["", "", "填表时间：", values["填表时间"]])
    for field in _form(case).fields:
        if field.path == "填表时间":
            continue
        parent, _, name = field.path.rpartition(".")
        sheet.append([parent, name, values.get(field.path)] if parent else [name, values.get(field.path)])
        row = sheet.max_row
        sheet.merge_cells(f"C{row}:D{row}" if parent else f"B{row}:D{row}")
    counts = [cell.row for cell in sheet["A"] if cell.value == "走访人数"]
    if counts:
        sheet.merge_cells(f"A{counts[0]}:A{counts[0] + 1}")
    sheet.merge_cells("A1:D1")
    book.save(path)
    return path


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with each case as docx and in every format that LibreOffice writes, one call a format."""
    folder = tmp_path_factory.mktemp("documents")
    origins = []
    for case, values in VALUES.items():
        identity = Identity(_form(case).name, UNIT, PERIOD)
        origins.append(filled(_form(case), values, identity, folder / f"{case}.docx"))
    for suffix, target in FILTERS.items():
        convert(origins, target, folder / suffix)
    return folder


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with each case retyped as xlsx and in every format that LibreOffice writes."""
    folder = tmp_path_factory.mktemp("sheets")
    origins = [_sheet_form(case, folder / f"{case}.xlsx") for case in VALUES]
    for suffix, target in SHEET_FILTERS.items():
        convert(origins, target, folder / suffix)
    return folder


@pytest.fixture(scope="module")
def read() -> Callable[[Path], tuple[Record, ...]]:
    extractor = Extractor(CATALOGUE)
    return lambda path: extractor.content(path.read_bytes(), path.name)


def _told(records: tuple[Record, ...]) -> list[object]:
    """Return what a submission says, without places, raw spellings and evidence."""
    told: list[object] = []
    for record in records:
        submission = record.submission
        assert submission is not None, record.reason
        values = {
            reading.field: reading.value for reading in submission.readings if reading.value is not None
        }
        doubts = sorted({doubt.code for doubt in submission.all_doubts()})
        told.append((submission.form, values, doubts, [item.text for item in submission.leftover]))
    return told


@needs_soffice
@pytest.mark.parametrize("case", VALUES)
@pytest.mark.parametrize("suffix", FILTERS)
def test_a_document_says_the_same_in_every_format(
    documents: Path, read: Callable[[Path], tuple[Record, ...]], suffix: str, case: str
) -> None:
    expected = _told(read(documents / f"{case}.docx"))
    assert _told(read(documents / suffix / f"{case}.{suffix}")) == expected


@needs_soffice
@pytest.mark.parametrize("case", VALUES)
def test_a_document_tells_what_was_filled(
    documents: Path, read: Callable[[Path], tuple[Record, ...]], case: str
) -> None:
    ((_, values, _, leftover),) = _told(read(documents / f"{case}.docx"))  # type: ignore[misc]
    texts = {name: value for name, value in VALUES[case].items() if name != "填表时间"}
    assert {name: values.get(name) for name in texts} == texts
    assert leftover == []


@needs_soffice
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf", "docx", "html"])
def test_identity_travels_with_the_form(documents: Path, suffix: str) -> None:
    data = (documents / suffix / f"平常.{suffix}").read_bytes()
    assert READERS[sniff(data)](data).identity == Identity(VISIT.name, UNIT, PERIOD)


@needs_soffice
@pytest.mark.parametrize("case", VALUES)
@pytest.mark.parametrize("suffix", SHEET_FILTERS)
def test_a_sheet_says_the_same_in_every_format(
    sheets: Path, read: Callable[[Path], tuple[Record, ...]], suffix: str, case: str
) -> None:
    expected = _told(read(sheets / f"{case}.xlsx"))
    assert _told(read(sheets / suffix / f"{case}.{suffix}")) == expected


def _zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def _mailed(name: str, data: bytes) -> bytes:
    message = EmailMessage()
    message["From"] = "a@example.org"
    message.set_content("请查收")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def _boxed(name: str, data: bytes) -> bytes:
    return b"From a@example.org Fri Jul  3 10:00:00 2020\n" + _mailed(name, data) + b"\n"


WRAPPINGS = {
    "zip": _zipped,
    "eml": _mailed,
    "mbox": _boxed,
    "mail in zip": lambda n, d: _zipped("信.eml", _mailed(n, d)),
}


@needs_soffice
@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize(
    ("made", "name"),
    [("doc", "表.wps"), ("doc", "表.doc"), ("docx", "表.docm"), ("rtf", "表.doc"), ("pdf", "表.pdf")],
)
def test_a_document_says_the_same_whatever_it_is_called_and_comes_in(
    documents: Path, wrapping: str, made: str, name: str
) -> None:
    extractor = Extractor(CATALOGUE)
    expected = _values(extractor.content((documents / "平常.docx").read_bytes(), "表.docx"))
    data = WRAPPINGS[wrapping](name, (documents / made / f"平常.{made}").read_bytes())
    assert _values(extractor.content(data, f"收到.{wrapping}")) == expected


@needs_soffice
@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize(("made", "name"), [("xls", "表.et"), ("xls", "表.xlsx"), ("html", "表.xls")])
def test_a_sheet_says_the_same_whatever_it_is_called_and_comes_in(
    sheets: Path, wrapping: str, made: str, name: str
) -> None:
    extractor = Extractor(CATALOGUE)
    expected = _values(extractor.content((sheets / "平常.xlsx").read_bytes(), "表.xlsx"))
    data = WRAPPINGS[wrapping](name, (sheets / made / f"平常.{made}").read_bytes())
    assert _values(extractor.content(data, f"收到.{wrapping}")) == expected


def _values(records: tuple[Record, ...]) -> list[dict[str, object]]:
    """Return the values of each submission; the words of a mail that is no form are none."""
    return [
        {reading.field: reading.value for reading in record.submission.readings if reading.value is not None}
        for record in records
        if record.submission is not None and record.submission.form is not None
    ]
