"""The notice as XML: every element in order, every character of the texts, mistakes with their mend."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

import templates
from forms import Work
from generate.notice import page
from generate.notice.document import chinese_date, notice
from generate.notice.finish import imprint_lines, signature_indents
from generate.package import TemplateError
from tests import wordfiles
from tests.generate.conftest import LUOHE, a_work

GOLDEN = Path(__file__).parent / "notice.txt"


def _paragraphs(path: Path) -> list[Any]:
    return list(docx.Document(str(path)).paragraphs)


def _lines(path: Path) -> str:
    """Return the notice as text: style and text of each paragraph, a table as its cells."""
    document = docx.Document(str(path))
    found = []
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            cells = [cell.text.replace("\n", "/") for row in block._tbl.tr_lst for cell in _cells(row, block)]
            found.append("表格: " + " | ".join(cells))
        else:
            style: Any = block.style
            found.append(f"{style.name}: {block.text}".rstrip())
    return "\n".join(found) + "\n"


def _cells(row: Any, table: Any) -> list[Any]:
    return [docx.table._Cell(cell, table) for cell in row.tc_lst]


def test_the_whole_notice_reads_as_the_golden_text(made: dict[str, Path]) -> None:
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.write_text(_lines(made["notice"]), encoding="utf-8")
    assert _lines(made["notice"]) == GOLDEN.read_text(encoding="utf-8")


def test_the_same_notice_has_the_same_bytes(made: dict[str, Path], work: Work, tmp_path: Path) -> None:
    again = notice(work.notices[0], work, tmp_path / "通知.docx")
    assert again.read_bytes() == made["notice"].read_bytes()


def test_every_character_of_the_drafts_is_in_the_notice(made: dict[str, Path]) -> None:
    text = "".join(item.text for item in _paragraphs(made["notice"]))
    for name in ("notice.md", "实施方案.md"):
        for line in (LUOHE / "正文" / name).read_text(encoding="utf-8").splitlines():
            assert line in text


def test_two_blank_lines_around_number_and_title(made: dict[str, Path]) -> None:
    names = [item.style.name for item in _paragraphs(made["notice"])[:10]]
    assert names == [
        "标志上空",
        "发文机关标志",
        "空行",
        "空行",
        "发文字号",
        "空行",
        "空行",
        "公文标题",
        "空行",
        "主送机关",
    ]


def test_red_line_below_the_number(made: dict[str, Path]) -> None:
    style = docx.Document(str(made["notice"])).styles["发文字号"].element
    border = style.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert (border.get(qn("w:color")), border.get(qn("w:space"))) == ("FF0000", "8")


def test_signature_and_date_without_seal() -> None:
    name, day = signature_indents("共青团漯河市委", "2020年7月3日")
    assert day - name == 640
    assert name + 7 * 315 == 8845 - 640
    name, day = signature_indents("团市委", "2020年12月31日")
    assert day - name == 640, "a date that is longer ends two characters from the edge"
    assert day + 3 * 315 + 8 * 157.5 == pytest.approx(8845 - 640, abs=2)


def test_signature_never_stands_alone(made: dict[str, Path]) -> None:
    found = _paragraphs(made["notice"])
    place = next(n for n, item in enumerate(found) if item.style.name == "署名")
    assert found[place].style.paragraph_format.keep_with_next
    assert found[place - 1].paragraph_format.keep_with_next


def test_a_short_notice_ends_on_page_one_by_its_line_pitch(made: dict[str, Path]) -> None:
    found = _paragraphs(made["notice"])
    place = next(n for n, item in enumerate(found) if item.style.name == "成文日期")
    pitches = {
        int(item._p.pPr.spacing.get(qn("w:line")))
        for item in found[4:place]
        if item.style.name not in ("公文标题", "发文字号")  # the red line keeps its 4 mm
    }
    assert len(pitches) == 1
    assert 520 <= pitches.pop() < 579


def test_note_stands_where_the_attachments_are_mentioned(made: dict[str, Path]) -> None:
    with_plan = [item.style.name for item in _paragraphs(made["notice"])]
    assert with_plan.index("附件说明") > with_plan.index("成文日期"), "the 实施方案 speaks of them"
    alone = [item.style.name for item in _paragraphs(made["copies"])]
    assert alone.index("附件说明") < alone.index("署名")


def test_one_attachment_has_no_number(tmp_path: Path) -> None:
    work = a_work(随文印发=None, 附件=[{"表单": "团干部走基层情况报告单"}])
    found = [item.text for item in _paragraphs(notice(work.notices[0], work, tmp_path / "通知.docx"))]
    assert "附件：团干部走基层情况报告单" in found
    assert "附件" in found


def test_given_title_replaces_the_title_of_the_form(tmp_path: Path) -> None:
    item = {"标题": "走基层月报（试行）", "表单": "团干部走基层情况报告单"}
    work = a_work(随文印发=None, 附件=[item])
    found = [item.text for item in _paragraphs(notice(work.notices[0], work, tmp_path / "通知.docx"))]
    assert found.count("走基层月报（试行）") == 1
    assert "团干部走基层情况报告单" not in found


def test_text_attachment_is_laid_out_in_levels(tmp_path: Path) -> None:
    item = {"标题": "实施方案", "正文": "正文/实施方案.md"}
    work = a_work(随文印发=None, 附件=[item])
    found = _paragraphs(notice(work.notices[0], work, tmp_path / "通知.docx"))
    styles = {item.text: item.style.name for item in found}
    assert (styles["一、主要内容"], styles["（一）强基扩面工程"]) == ("一级标题", "二级标题")


def test_a_long_mark_is_narrowed_to_the_width_of_the_text(tmp_path: Path) -> None:
    work = a_work(随文印发=None, 附件=[])
    issuer = work.issuer.model_copy(update={"mark": "共青团漯河市召陵区经济技术开发区工作委员会文件"})
    work = work.model_copy(update={"issuer": issuer})
    mark = _paragraphs(notice(work.notices[0], work, tmp_path / "通知.docx"))[1]
    scale = int(mark.runs[0]._r.rPr.find(qn("w:w")).get(qn("w:val")))
    assert 23 * 880 * scale / 100 <= 8845


def test_imprint_is_as_tall_as_its_lines(made: dict[str, Path]) -> None:
    assert imprint_lines("共青团漯河市委办公室2020年7月3日印发") == 1
    assert imprint_lines("抄送：" + "市" * 28) == 2
    for name, lines in (("notice", 1), ("copies", 3)):
        box = docx.Document(str(made[name])).element.body.findall(f".//{qn('wp:anchor')}/{qn('wp:extent')}")[
            0
        ]
        assert lines * 500 <= int(box.get("cy")) / 635 < lines * 500 + 200


def test_no_imprint_where_nothing_is_said_of_it(tmp_path: Path) -> None:
    work = a_work(随文印发=None, 附件=[], 印发日期=None)
    work = work.model_copy(update={"issuer": work.issuer.model_copy(update={"print_office": ""})})
    document = docx.Document(str(notice(work.notices[0], work, tmp_path / "通知.docx")))
    assert not document.element.body.findall(f".//{qn('wp:anchor')}")


def test_dates_are_written_without_zeros() -> None:
    assert chinese_date(date(2020, 7, 3)) == "2020年7月3日"


@pytest.fixture
def own(tmp_path: Path) -> Work:
    """Return the work in a folder of its own, with a template that can be changed."""
    shutil.copytree(LUOHE / "正文", tmp_path / "正文")
    (tmp_path / "模板").mkdir()
    shutil.copy(templates.FOLDER / "notice.docx", tmp_path / "模板")
    return a_work().model_copy(update={"folder": tmp_path})


def test_template_of_the_work_folder_comes_first(own: Work) -> None:
    path = own.folder / "模板" / "notice.docx"
    document = docx.Document(str(path))
    document.paragraphs[0].insert_paragraph_before("内部资料 注意保存")
    document.save(str(path))
    made = notice(own.notices[0], own, own.folder / "通知.docx")
    assert _paragraphs(made)[0].text == "内部资料 注意保存"


def test_edited_template_with_an_unknown_tag_is_named(own: Work) -> None:
    path = own.folder / "模板" / "notice.docx"
    document = docx.Document(str(path))
    mark = next(item for item in document.paragraphs if item.text == "{{ 标志 }}")
    page.run(mark, "{{ 会签人 }}")
    document.save(str(path))
    with pytest.raises(TemplateError, match=r"模板 notice\.docx 里的标记“会签人”没有对应的内容"):
        notice(own.notices[0], own, own.folder / "通知.docx")


def test_template_without_a_place_for_forms_is_refused(own: Work) -> None:
    path = own.folder / "模板" / "notice.docx"
    document = docx.Document(str(path))
    paragraphs: list[Any] = document.paragraphs
    for item in paragraphs:
        if item.text == "{{ 页.表单 }}":
            item._p.getparent().remove(item._p)
    document.save(str(path))
    with pytest.raises(TemplateError, match="没有放表单的地方。请在附件标题下单独一段写上"):
        notice(own.notices[0], own, own.folder / "通知.docx")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "找不到正文 正文/notice.md。请把它放到"),
        (b"\n \n", "正文 正文/notice.md 是空的。请写好正文再生成通知"),
        (b"\xff\xfe\x00\xd8", "正文 notice.md 的编码认不出来。请用记事本另存为 UTF-8 再试"),
    ],
)
def test_a_text_that_cannot_be_read_is_named(own: Work, content: bytes | None, message: str) -> None:
    path = own.folder / "正文" / "notice.md"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TemplateError, match=message):
        notice(own.notices[0], own, own.folder / "通知.docx")


def test_a_draft_in_gbk_or_word_reads_the_same(own: Work, made: dict[str, Path]) -> None:
    text = (LUOHE / "正文" / "notice.md").read_text(encoding="utf-8")
    (own.folder / "正文" / "notice.md").write_bytes(text.encode("gb18030"))
    assert notice(own.notices[0], own, own.folder / "一.docx").read_bytes() == made["notice"].read_bytes()
    document = page.new_document()
    page.body(document, text.strip())
    page.save(document, own.folder / "正文" / "稿.docx")
    item = own.notices[0].model_copy(update={"text": Path("正文/稿.docx")})
    assert notice(item, own, own.folder / "二.docx").read_bytes() == made["notice"].read_bytes()


def test_a_word_draft_with_a_table_is_kept_whole(own: Work) -> None:
    document = page.new_document()
    page.body(document, "现将任务分工印发给你们。")
    page.table(document, [["单位", "任务"], ["组织部", "汇总归档"]], [4000, 4845])
    page.body(document, "请抓好落实。")
    page.save(document, own.folder / "正文" / "稿.docx")
    item = own.notices[0].model_copy(update={"text": Path("正文/稿.docx")})
    made = docx.Document(str(notice(item, own, own.folder / "通知.docx")))
    blocks = list(made.iter_inner_content())
    (table,) = [block for block in blocks if isinstance(block, docx.table.Table) and len(block.rows) == 2]
    place = next(n for n, block in enumerate(blocks) if block._element is table._tbl)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["单位", "任务"],
        ["组织部", "汇总归档"],
    ]
    around: Any = (blocks[place - 1], blocks[place + 1])
    assert [item.text for item in around] == ["现将任务分工印发给你们。", "请抓好落实。"]


def test_a_word_draft_with_open_revisions_is_refused(own: Work) -> None:
    path = own.folder / "正文" / "稿.docx"
    path.write_bytes(wordfiles.docx(wordfiles.p("现印发给你们。", wordfiles.deleted("旧文"))))
    item = own.notices[0].model_copy(update={"text": Path("正文/稿.docx")})
    with pytest.raises(TemplateError, match=r"正文 稿\.docx 里有未接受的修订"):
        notice(item, own, own.folder / "通知.docx")
