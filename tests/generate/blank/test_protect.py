"""Blanks that are sent out: the form's own text locked, answers open, identity in every place, and read as before."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import templates
from extract import Extractor
from forms import Form, Identity, Period, Unit, load_forms
from forms.serial import ALPHABET, PAYLOAD, identity_of, is_printed, read_serial, serial
from generate.blank.code import SIDE_MM, qr_png
from generate.blank.filling import blank
from generate.notice import page
from generate.package import members_of
from generate.word import styles
from tests.rendering import needs_soffice, to_pdf

W = f"{{{styles.W}}}"
FORMS = load_forms(templates.CATALOGUE)
UNIT = Unit.model_validate({"单位": "共青团临颍县委"})
JULY = Period.parse("2020-07")
SHEET = Identity("走访情况报告单", "甲县团委", "2020-07")


def invented(folder: Path) -> Form:
    """Return a form with a choice, dates, an inline answer, hints and a group, and its template below ``folder``."""
    document = page.new_document(numbered=False)
    page.title(document, "摸底表")
    page.paragraph(document, "填报单位：{{ 单位 }}  联系人：{{ 联系人 }}")
    rows = (
        ("类别", "{{ 类别 }}"),
        ("成立日期", "{{ 成立日期 }}"),
        ("人数", "{{ 人数 }}"),
        ("问题", "涉及"),
        ("{%tr for 行 in 清单 %}", ""),
        ("{{ 行.问题 }}", "{{ 行.涉及 }}"),
        ("{%tr endfor %}", ""),
    )
    page.table(document, rows, (4400, 4400))
    path = page.save(document, folder / "摸底表.docx")
    fields = {
        "单位": {"类型": "单位", "用途": "报送单位"},
        "联系人": {"类型": "姓名"},
        "类别": {"类型": "单选", "选项": ["村", "社区", "A<B>&"]},
        "成立日期": {"类型": "日期", "说明": "填批复的日期"},
        "人数": {"类型": "整数", "说明": "填在册人数，不填约数。"},
    }
    group = {"name": "清单", "字段": [{"path": "问题"}, {"path": "涉及", "类型": "整数"}]}
    return Form.model_validate(
        {
            "名称": "摸底表",
            "模板": path,
            "字段": [{"path": path, **keys} for path, keys in fields.items()],
            "明细": [group],
        }
    )


def root_of(path: Path, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(members_of(path)[part])


def text(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def locked(path: Path) -> list[str]:
    """Return the texts that cannot be changed."""
    found = root_of(path).iter(f"{W}sdt")
    return [
        text(item) for item in found if item.find(f"{W}sdtPr/{W}lock").get(f"{W}val") == "sdtContentLocked"
    ]  # type: ignore[union-attr]


def test_the_forms_own_text_is_locked_and_answers_are_open(tmp_path: Path) -> None:
    visit = next(form for form in FORMS if form.name == "团干部走基层情况报告单")
    path = blank(visit, UNIT, JULY, tmp_path / "表.docx")
    fixed = locked(path)
    assert fixed[:4] == ["团干部走基层情况报告单", "填表时间：", "姓  名", "单位职务"]
    assert "共青团临颍县委" not in fixed
    assert len(fixed) == 13
    settings = root_of(path, "word/settings.xml")
    assert settings.find(f"{W}documentProtection") is None  # nobody is kept from writing


def test_choices_and_open_dates_are_controls_and_hints_are_printed(tmp_path: Path) -> None:
    path = blank(invented(tmp_path), UNIT, JULY, tmp_path / "空.docx")
    (choice,) = root_of(path).iter(f"{W}dropDownList")
    assert [item.get(f"{W}value") for item in choice] == ["村", "社区", "A<B>&"]
    assert not text(choice.getparent().getparent()).strip()  # type: ignore[union-attr, arg-type]
    (day,) = root_of(path).iter(f"{W}date")
    assert day.getparent().find(f"{W}alias").get(f"{W}val") == "填批复的日期"  # type: ignore[union-attr]
    lines = [text(line) for line in root_of(path, "word/footer1.xml").iter(f"{W}p")]
    assert lines[0] == "填表说明：成立日期：填批复的日期；人数：填在册人数，不填约数。"
    assert is_printed(lines[1])


def test_what_follows_the_first_answer_of_a_line_and_repeated_rows_stay_open(tmp_path: Path) -> None:
    path = blank(invented(tmp_path), UNIT, JULY, tmp_path / "空.docx")
    assert locked(path) == ["摸底表", "填报单位：", "类别", "成立日期", "人数", "问题", "涉及"]
    line = root_of(path).findall(f".//{W}p")[1]
    assert text(line) == "填报单位：共青团临颍县委  联系人："


def test_a_template_that_decides_by_a_value_is_left_as_it_is(tmp_path: Path) -> None:
    document = page.new_document()
    page.paragraph(document, "单位：{{ 单位 }}{% if 联系人 %}（有联系人）{% endif %}")
    path = page.save(document, tmp_path / "表.docx")
    form = Form.model_validate({"名称": "表", "模板": path, "字段": [{"path": "单位"}, {"path": "联系人"}]})
    made = blank(form, UNIT, JULY, tmp_path / "空.docx")
    assert locked(made) == []
    assert text(root_of(made)) == "单位："


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_no_mark_is_left_in_any_part(form: Form, tmp_path: Path) -> None:
    members = members_of(blank(form, UNIT, JULY, tmp_path / "表.docx"))
    left = [
        name
        for name, data in members.items()
        if name.endswith(".xml") and re.search("[\ue000\ue001]", data.decode())
    ]
    assert left == []


def test_a_blank_is_read_as_one_and_nothing_is_left_over(tmp_path: Path) -> None:
    form = invented(tmp_path)
    path = blank(form, UNIT, JULY, tmp_path / "空.docx")
    (record,) = Extractor((form, *FORMS)).content(path.read_bytes(), "空.docx")
    assert record.submission is not None
    assert (record.submission.form, record.submission.blank) == ("摸底表", True)
    assert record.submission.leftover == ()


def test_an_answer_in_a_protected_blank_is_read(tmp_path: Path) -> None:
    form = invented(tmp_path)
    path = blank(form, UNIT, JULY, tmp_path / "空.docx")
    root = root_of(path)
    (choice,) = root.iter(f"{W}dropDownList")
    properties = choice.getparent()
    assert properties is not None
    properties.remove(properties.find(f"{W}showingPlcHdr"))  # type: ignore[arg-type]
    next(properties.getnext().iter(f"{W}t")).text = "社区"  # type: ignore[union-attr]
    members = {**members_of(path), "word/document.xml": etree.tostring(root)}
    filled = tmp_path / "填.docx"
    with zipfile.ZipFile(filled, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    (record,) = Extractor((form,)).content(filled.read_bytes(), "填.docx")
    assert record.submission is not None
    values = {reading.field: reading.value for reading in record.submission.readings}
    assert values["类别"] == "社区"


def test_a_serial_follows_from_form_unit_and_period() -> None:
    units = [Identity("表", f"第{n}团委", "2020-07") for n in range(300)]
    serials = [serial(item) for item in units]
    assert len(set(serials)) == 300
    assert all(re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", item) for item in serials)
    assert identity_of(serials[7], units) == units[7]
    assert identity_of(serials[7], units[8:]) is None


def test_every_wrong_sign_and_every_two_that_changed_places_are_found() -> None:
    signs = serial(SHEET).replace("-", "")
    assert read_serial(signs) == serial(SHEET)
    for at in range(12):
        for sign in ALPHABET:
            if sign != signs[at]:
                assert read_serial(signs[:at] + sign + signs[at + 1 :]) is None
    for at in range(11):
        if signs[at] != signs[at + 1]:
            assert read_serial(signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :]) is None


@pytest.mark.parametrize(
    "shape", [lambda s: s, lambda s: f"HONGTOU:{s}", lambda s: f"hongtou_{s}", lambda s: f" {s[:5]} {s[5:]}"]
)
def test_a_serial_is_read_from_paper_code_and_bookmark(shape: Callable[[str], str]) -> None:
    signs = serial(SHEET).replace("-", "")
    assert read_serial(shape(signs)) == serial(SHEET)


def test_only_the_printed_line_is_the_forms_own_text() -> None:
    signs = serial(SHEET)
    assert is_printed(f"编号：{signs}（识别用，请勿删改）")
    assert is_printed(f"编号: {signs}(识别用，请勿删改)")
    assert not is_printed("编号：豫青字第12号")
    assert not is_printed(f"编号：{signs}，另有三人")


def test_the_code_has_25_modules_and_its_quiet_zone() -> None:
    data = qr_png(serial(SHEET))
    width, height = struct.unpack(">2L", data[16:24])
    assert width == height == (25 + 8) * 8
    assert SIDE_MM / (25 + 8) >= 0.5
    assert data == qr_png(serial(SHEET))


@needs_soffice
@pytest.mark.skipif(
    shutil.which("zbarimg") is None, reason="zbarimg (zbar-tools) is not installed: no code is read"
)
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed: no page is drawn")
def test_the_code_of_a_printed_page_is_read(tmp_path: Path) -> None:
    """A page drawn at 150 dpi, as an office scanner gives it, still tells its serial."""
    path = blank(FORMS[0], UNIT, JULY, tmp_path / "表.docx")
    (pdf,) = to_pdf([path], tmp_path)
    drawn = tmp_path / "page"
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", pdf, drawn], check=True)  # noqa: S603, S607
    read = subprocess.run(  # noqa: S603 - our own picture
        ["zbarimg", "-q", "--raw", f"{drawn}.png"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    signs = serial(Identity(FORMS[0].name, UNIT.name, "2020-07"))
    assert read == PAYLOAD + signs.replace("-", "")
    assert 20 <= SIDE_MM <= 22


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_serial_stands_in_footer_picture_and_bookmark(form: Form, tmp_path: Path) -> None:
    path = blank(form, UNIT, JULY, tmp_path / "表.docx")
    signs = serial(Identity(form.name, UNIT.name, "2020-07"))
    members = members_of(path)
    (mark,) = root_of(path).iter(f"{W}bookmarkStart")
    assert mark.get(f"{W}name") == "hongtou_" + signs.replace("-", "")
    assert members["word/media/serial1.png"] == qr_png(signs)
    assert text(root_of(path, "word/footer1.xml")) == f"编号：{signs}（识别用，请勿删改）"
    kinds = [item.get(f"{W}type") for item in root_of(path).iter(f"{W}footerReference")]
    assert kinds == ["default", "even"]
