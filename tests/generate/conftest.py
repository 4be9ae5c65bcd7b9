"""The 漯河 notice and the documents that are measured as pages, rendered once for all tests of this folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import templates
from forms import Period, Unit, Work, load_forms
from generate.blank.filling import blank
from generate.notice import page
from generate.notice.document import notice
from tests.rendering import to_pdf

LUOHE = Path(__file__).parents[2] / "samples" / "luohe" / "work"
LONG = "开展活力团建工作是全市团的基层基础建设工作的重要内容激发基层团组织活力的重要抓手请各部室严格按照方案要求抓好落实"


def a_work(**changes: object) -> Work:
    """Return a work of 漯河 with one notice; ``changes`` are keys of the notice as in ``work.yaml``."""
    text = {
        "名称": "活力团建",
        "文号": "漯青发〔2020〕35号",
        "标题": "关于印发《关于在全市团组织中开展活力团建工作的实施方案》的通知",
        "主送": "各县区团委，经济技术开发区、城乡一体化示范区、西城区团工委，"
        "市教育局青工委，机关各部室、市青年创业服务中心（市志愿者服务中心）",
        "正文": "正文/notice.md",
        "随文印发": {
            "标题": "关于在全市团组织中开展活力团建工作的实施方案",
            "正文": "正文/实施方案.md",
        },
        "附件": [{"表单": "团干部走基层情况报告单"}, {"表单": "共青团工作观摩情况报告单"}],
        "成文日期": date(2020, 7, 3),
        "印发日期": date(2020, 7, 3),
    }
    issuer = {
        "名称": "共青团漯河市委",
        "标志": "共青团漯河市委文件",
        "印发机关": "共青团漯河市委办公室",
    }
    work = Work.model_validate(
        {
            "名称": "活力团建",
            "开始": date(2020, 7, 1),
            "结束": date(2020, 12, 31),
            "发文机关": issuer,
            "通知": [text | changes],
        }
    )
    return work.model_copy(update={"folder": LUOHE, "forms": load_forms(templates.CATALOGUE)})


@pytest.fixture(scope="session")
def work() -> Work:
    return a_work()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the documents by name: the notice, one with 抄送 and several paragraphs, blanks, full pages of text."""
    folder = tmp_path_factory.mktemp("documents")
    work = a_work()
    copies = a_work(
        抄送="中共漯河市委组织部，漯河市教育局，漯河市民政局，漯河市工商业联合会，各县区党委组织部",
        随文印发=None,
    )
    found = {
        "notice": notice(work.notices[0], work, folder / "notice.docx"),
        "copies": notice(copies.notices[0], copies, folder / "copies.docx"),
    }
    unit = Unit.model_validate({"单位": "共青团临颍县委"})
    for number, form in enumerate(work.forms):
        found[form.name] = blank(form, unit, Period.parse("2020-07"), folder / f"blank{number}.docx")
    document = page.new_document()
    for _ in range(12):
        page.body(document, LONG * 4)
    found["full"] = page.save(document, folder / "full.docx")
    return found


@pytest.fixture(scope="session")
def pdfs(made: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the PDF of each document of ``made``, from one LibreOffice call."""
    folder = tmp_path_factory.mktemp("pdf")
    return dict(zip(made, to_pdf(list(made.values()), folder), strict=True))
