"""Mass production: the same documents as the full render, whatever stands in the values, and whatever the template does."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest

from forms import Unit
from generate.notice import page
from generate.notice.merge import merge, notices
from generate.package import OutputError, TemplateError, members_of
from generate.render import template
from tests.generate.conftest import a_work

HOSTILE = "A<B>&\"{{x}}'{% raw %}\ue0000\ue001"


def source(folder: Path, *texts: str) -> Path:
    document = page.new_document()
    for text in texts:
        page.paragraph(document, text)
    return page.save(document, folder / "函.docx")


def text_of(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_each_document_is_what_the_full_render_gives(tmp_path: Path) -> None:
    made_from = source(tmp_path, "{{ 单位 }}：", "请{{ 联系人 }}于{{ 单位 }}报送。", "不变的一段")
    rows = [
        {"单位": f"第{n}团委", "联系人": name} for n, name in enumerate(("林一一", HOSTILE, "", "\x01甲"))
    ]
    paths = list(merge(made_from, rows, tmp_path / "出", "单位"))
    assert [path.name for path in paths] == [f"第{n}团委.docx" for n in range(4)]
    for path, row in zip(paths, rows, strict=True):
        assert members_of(path) == template(made_from).render(row)
    assert text_of(paths[1])[1] == f"请{HOSTILE}于第1团委报送。"


def test_the_zip_is_sound_and_same_every_time(tmp_path: Path) -> None:
    made_from = source(tmp_path, "{{ 单位 }}")
    one, two = (next(merge(made_from, [{"单位": "甲"}], tmp_path / name, "单位")) for name in ("一", "二"))
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert len(archive.namelist()) == len(set(archive.namelist())) == len(members_of(made_from))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("{% if 联系人 %}联系{{ 联系人 }}{% endif %}", ["联系林一一", ""]),
        ("{{ 联系人 or '没有' }}", ["林一一", "没有"]),
        ("{{ 联系人|length }}", ["3", "0"]),
        ("{% set 联系人 = '别人' %}{{ 联系人 }}", ["别人", "别人"]),
    ],
)
def test_a_value_that_is_not_only_printed_takes_the_full_render(
    tmp_path: Path, tag: str, expected: list[str]
) -> None:
    made_from = source(tmp_path, "{{ 单位 }}", tag)
    rows = [{"单位": "甲", "联系人": "林一一"}, {"单位": "乙", "联系人": ""}]
    paths = merge(made_from, rows, tmp_path, "单位")
    assert [text_of(path)[1] for path in paths] == expected


def test_loops_run_over_what_all_documents_share(tmp_path: Path) -> None:
    made_from = source(tmp_path, "{%p for 项 in 附件 %}", "{{ 单位 }}：{{ 项 }}", "{%p endfor %}")
    paths = merge(made_from, [{"单位": "甲"}, {"单位": "乙"}], tmp_path, "单位", {"附件": ("表一", "表二")})
    assert [text_of(path) for path in paths] == [["甲：表一", "甲：表二"], ["乙：表一", "乙：表二"]]


def test_a_line_feed_in_a_value_is_a_break(tmp_path: Path) -> None:
    made_from = source(tmp_path, "{{ 单位 }}")
    first, second = merge(made_from, [{"单位": "甲"}, {"单位": "上\n下"}], tmp_path, "单位")
    assert text_of(first) == ["甲"]
    assert text_of(second) == ["上\n下"]
    assert second.name == "上_下.docx"


def test_file_names_are_legal_and_no_two_alike(tmp_path: Path) -> None:
    made_from = source(tmp_path, "{{ 单位 }}")
    rows = [{"单位": name} for name in ("a/../b", "A", "a", "", "好" * 200)]
    names = [path.name for path in merge(made_from, rows, tmp_path / "出", "单位")]
    assert names == ["a_.._b.docx", "A.docx", "a(2).docx", "_.docx", f"{'好' * 80}.docx"]
    assert sorted(names) == sorted(path.name for path in (tmp_path / "出").iterdir())


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    made_from = source(tmp_path, "{{ 单位 }}{{ 电话 }}")
    with pytest.raises(TemplateError, match="标记“电话”没有对应的内容"):
        list(merge(made_from, [{"单位": "甲"}], tmp_path, "单位"))
    with pytest.raises(TemplateError, match="有一份没有“电话”"):
        list(merge(made_from, [{"单位": "甲", "电话": "1"}, {"单位": "乙"}], tmp_path, "单位"))
    with pytest.raises(TemplateError, match="有一份没有“名称”"):
        list(merge(made_from, [{"单位": "甲", "电话": "1"}], tmp_path, "名称"))


def test_a_tag_that_breaks_the_document_is_refused(tmp_path: Path) -> None:
    made_from = source(tmp_path, "{{ 单位 }}{% raw %}")
    with pytest.raises(TemplateError):
        list(merge(made_from, [{"单位": "甲"}], tmp_path, "单位"))


def test_no_rows_no_documents(tmp_path: Path) -> None:
    assert list(merge(source(tmp_path, "{{ 单位 }}"), [], tmp_path / "出", "单位")) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "出").write_bytes(b"")
    with pytest.raises(OutputError, match="建不了文件夹"):
        list(merge(source(tmp_path, "{{ 单位 }}"), [{"单位": "甲"}], tmp_path / "出", "单位"))


def test_a_notice_for_each_unit_has_it_as_its_addressee(tmp_path: Path) -> None:
    units = tuple(Unit.model_validate({"单位": name}) for name in ("甲县团委", HOSTILE))
    work = a_work().model_copy(update={"units": units})
    paths = list(notices(work.notices[0], work, tmp_path))
    for path, unit in zip(paths, units, strict=True):
        assert f"{unit.name}：" in text_of(path)
        assert not re.search("[\ue000\ue001]", "".join(text_of(path)).replace(unit.name, ""))
    assert paths[0].name == "活力团建（甲县团委）.docx"
