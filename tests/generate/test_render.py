"""Filling tagged templates: escaping, the sandbox, and mistakes answered with the tag and the mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generate.notice import page
from generate.package import OutputError, TemplateError
from generate.render import template
from generate.save import save


def _template(tmp_path: Path, *texts: str) -> Path:
    document = page.new_document()
    for text in texts:
        page.paragraph(document, text)
    return page.save(document, tmp_path / "notice.docx")


def _xml(path: Path, **values: object) -> str:
    return template(path).render(values)["word/document.xml"].decode()  # type: ignore[arg-type]


def test_text_that_looks_like_markup_survives(tmp_path: Path) -> None:
    path = _template(tmp_path, "{{ 主送 }}")
    assert "张三 &amp; 李四 &lt;组织部&gt; A&lt;B {{ x }}" in _xml(
        path, 主送="张三 & 李四 <组织部> A<B {{ x }}"
    )


def test_characters_that_xml_forbids_are_marked_not_fatal(tmp_path: Path) -> None:
    assert "甲\ufffd乙\ufffd" in _xml(_template(tmp_path, "{{ 标题 }}"), 标题="甲\x00乙\ud800")


def test_line_feed_is_a_break_and_bell_a_paragraph(tmp_path: Path) -> None:
    xml = _xml(_template(tmp_path, "{{ 标题 }}"), 标题="上\n下\a后")
    assert re.search(r"上</w:t><w:br/><w:t[^>]*>下", xml)
    assert xml.count("</w:p>") == 2


def test_unknown_tag_is_named_with_those_that_can_be_used(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as error:
        _xml(_template(tmp_path, "{{ 标题 }}", "{{ 签发人 }}"), 标题="通知", 文号="")
    assert str(error.value) == (
        "模板 notice.docx 里的标记“签发人”没有对应的内容。请改正或删去这个标记，可用：标题、文号"
    )


def test_broken_tag_is_shown_with_its_surroundings(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as error:
        _xml(_template(tmp_path, "好的一段", "主送 {{ 主送 机关 }}"), 主送="")
    assert "有标记写得不对（“主送 {{ 主送 机关 }}”附近）" in str(error.value)


@pytest.mark.parametrize(
    "tag", ["{{ 标题.__class__.__mro__ }}", "{{ ().__class__.__bases__[0].__subclasses__() }}"]
)
def test_a_template_executes_no_python(tmp_path: Path, tag: str) -> None:
    with pytest.raises(TemplateError, match=r"notice\.docx"):
        _xml(_template(tmp_path, tag), 标题="通知")


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(TemplateError, match=r"模板 坏\.docx 打不开。请确认它是 \.docx 文件"):
        template(path)
    with pytest.raises(TemplateError, match=r"找不到模板 无\.docx"):
        template(tmp_path / "无.docx")


def test_an_edited_template_is_compiled_anew(tmp_path: Path) -> None:
    path = _template(tmp_path, "{{ 标题 }}")
    assert "旧" in _xml(path, 标题="旧")
    _template(tmp_path, "新{{ 标题 }}版式")
    assert "版式" in _xml(path, 标题="新")


def test_an_output_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").mkdir()
    with pytest.raises(OutputError) as error:
        save(b"x", tmp_path / "通知.docx")
    assert error.value.exit_code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["通知.docx"]


def test_a_loop_that_crosses_a_table_is_answered(tmp_path: Path) -> None:
    document = page.new_document()
    table = page.table(document, [["甲", "{% if 标题 %}"]], [4000, 4845])
    page.paragraph(document, "{% endif %}")
    assert table.rows
    with pytest.raises(TemplateError, match="填好以后不成文档（标记可能跨了表格或段落）"):
        _xml(page.save(document, tmp_path / "notice.docx"), 标题="")
