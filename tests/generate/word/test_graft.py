"""A form that somebody else drew, put into the notice: its faces, list numbers and pictures come along."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, Twips
from PIL import Image

from forms import Form, Work
from generate.notice.document import notice
from tests.generate.conftest import a_work


@pytest.fixture
def foreign(tmp_path: Path) -> Work:
    """Return the work whose second attachment is a form made from Word's own default template, theme fonts and all."""
    document = docx.Document()
    document.add_paragraph("志愿服务登记表", style="Title")
    document.add_paragraph("填表人：{{ 填表人 }}")
    document.add_paragraph("第一项", style="List Number")
    picture = BytesIO()
    Image.new("RGB", (8, 8), "blue").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture, width=Cm(1))
    table = document.add_table(1, 2, style="Light Grid")
    table.cell(0, 0).paragraphs[0].add_run("填写说明").font.size = Pt(9)
    path = tmp_path / "志愿服务登记表.docx"
    document.save(str(path))
    form = Form.model_validate(
        {"名称": "志愿服务登记表", "模板": path, "字段": [{"path": "填表人", "类型": "姓名"}]}
    )
    work = a_work(附件=[{"表单": "团干部走基层情况报告单"}, {"表单": "志愿服务登记表"}])
    return work.model_copy(update={"forms": (*work.forms, form)})


def test_foreign_form_keeps_its_looks_and_changes_nothing_of_ours(foreign: Work, tmp_path: Path) -> None:
    path = notice(foreign.notices[0], foreign, tmp_path / "通知.docx")
    document = docx.Document(str(path))
    texts = [item.text for item in document.paragraphs]
    assert texts.count("志愿服务登记表") == 1
    line: Any = next(item for item in document.paragraphs if item.text == "填表人：")
    fonts = line.style.element.find(f".//{qn('w:rFonts')}")
    assert line.style.name != "Normal", "its own Normal has another size than ours"
    assert line.style.font.size == Pt(11)
    assert fonts.get(qn("w:ascii")) == "Cambria"
    assert fonts.get(qn("w:asciiTheme")) is None
    assert document.styles["Normal"].element.find(qn("w:rPr")) is None
    assert document.styles["公文正文"].font.size == Pt(16)


def test_its_numbers_and_pictures_come_along(foreign: Work, tmp_path: Path) -> None:
    path = notice(foreign.notices[0], foreign, tmp_path / "通知.docx")
    document = docx.Document(str(path))
    blip = next(document.element.body.iter(qn("a:blip")))
    assert document.part.related_parts[blip.get(qn("r:embed"))].blob.startswith(b"\x89PNG")
    item: Any = next(item for item in document.paragraphs if item.text == "第一项")
    number = item.style.element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    numbering = document.part.numbering_part.element
    known = {node.get(qn("w:numId")): node for node in numbering.iter(qn("w:num"))}
    abstract = known[number].find(qn("w:abstractNumId")).get(qn("w:val"))
    assert abstract in {node.get(qn("w:abstractNumId")) for node in numbering.iter(qn("w:abstractNum"))}


def test_every_style_that_is_used_is_there(foreign: Work, tmp_path: Path) -> None:
    path = notice(foreign.notices[0], foreign, tmp_path / "通知.docx")
    document = docx.Document(str(path))
    ids = [style.get(qn("w:styleId")) for style in document.styles.element.iter(qn("w:style"))]
    assert len(ids) == len(set(ids))
    used = {
        node.get(qn("w:val"))
        for name in ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn")
        for tree in (document.element.body, document.styles.element)
        for node in tree.iter(qn(name))
    }
    assert used <= set(ids)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))


def test_our_own_form_brings_no_new_style(made: dict[str, Path]) -> None:
    names = [style.name for style in docx.Document(str(made["notice"])).styles]
    assert not [name for name in names if "表单" in name and name not in ("表单栏目", "表单文字")]


def test_landscape_form_has_a_section_of_its_own(foreign: Work, tmp_path: Path) -> None:
    form = foreign.form("志愿服务登记表")
    document = docx.Document(str(form.template))
    section = document.sections[0]
    section.page_width, section.page_height = Twips(16838), Twips(11906)
    section.orientation = WD_ORIENT.LANDSCAPE
    document.save(str(form.template))
    made = docx.Document(str(notice(foreign.notices[0], foreign, tmp_path / "通知.docx")))
    sizes = [(part.page_width, part.page_height) for part in made.sections]
    upright, wide = (Twips(11906), Twips(16838)), (Twips(16838), Twips(11906))
    assert sizes == [upright, wide, upright]
    assert all(part.footer._sectPr.find(qn("w:footerReference")) is not None for part in made.sections)
