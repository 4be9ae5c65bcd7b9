"""The template of the summary: the shipped one, the clerk's own, and one that is refused."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

import templates
from generate.package import TemplateError
from generate.shipped.summary import summary as template_bytes
from generate.summary.document import summary
from generate.view import LedgerView
from tests.generate.invented import view

DAY = date(2020, 12, 31)


def test_the_template_of_the_work_folder_comes_first(tmp_path: Path) -> None:
    (tmp_path / "模板").mkdir()
    edited = docx.Document(io.BytesIO(template_bytes()))
    edited.paragraphs[0].runs[0].text = "本单位的标题：{{ 标题 }}"
    edited.save(str(tmp_path / "模板" / "summary.docx"))
    made = view()
    own = made.work.model_copy(update={"folder": tmp_path})
    out = summary(LedgerView(own, made.entries, (), made.standings), 2020, tmp_path / "产出" / "总结.docx")
    assert docx.Document(str(out)).paragraphs[0].text.startswith("本单位的标题：关于2020年活力团建工作")


def test_a_hostile_template_of_the_work_folder_is_refused_by_name(tmp_path: Path) -> None:
    made = view()
    own = tmp_path / "模板" / "summary.docx"
    own.parent.mkdir()
    document = docx.Document(str(templates.FOLDER / "summary.docx"))
    document.paragraphs[0].insert_paragraph_before("{{ ''.__class__.__mro__[1].__subclasses__() }}")
    document.save(str(own))
    theirs = replace(made, work=made.work.model_copy(update={"folder": tmp_path}))
    with pytest.raises(TemplateError, match=r"summary\.docx 有不许用的标记"):
        summary(theirs, 2020, tmp_path / "总结.docx", DAY)


def test_a_template_with_an_unknown_mark_is_refused(tmp_path: Path) -> None:
    (tmp_path / "模板").mkdir()
    edited = docx.Document(io.BytesIO(template_bytes()))
    edited.add_paragraph("{{ 没有的 }}")
    edited.save(str(tmp_path / "模板" / "summary.docx"))
    own = view().work.model_copy(update={"folder": tmp_path})
    with pytest.raises(TemplateError, match="没有的"):
        summary(LedgerView(own, (), (), ()), 2020, tmp_path / "总结.docx")
    assert not (tmp_path / "总结.docx").exists()


def test_the_shipped_template_is_what_its_script_makes() -> None:
    with (
        zipfile.ZipFile(io.BytesIO(template_bytes())) as made,
        zipfile.ZipFile(templates.FOLDER / "summary.docx") as kept,
    ):
        assert {n: made.read(n) for n in made.namelist()} == {n: kept.read(n) for n in kept.namelist()}
