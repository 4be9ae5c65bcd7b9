"""The templates that ship: what the script makes is what lies there, and tags and fields are the same."""

from __future__ import annotations

import re
import zipfile

import pytest

import templates
from forms import Form, Role, load_forms
from generate.shipped.build import documents

CATALOGUE = load_forms(templates.CATALOGUE)


def _text(form: Form) -> str:
    with zipfile.ZipFile(form.template) as archive:
        xml = archive.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", re.sub(r"<w:br/>", "\n", xml))


@pytest.mark.parametrize("name", sorted(documents()))
def test_committed_template_is_what_the_script_makes(name: str) -> None:
    assert (templates.FOLDER / name).read_bytes() == documents()[name], "run python -m generate.shipped.build"


@pytest.mark.parametrize("form", CATALOGUE, ids=lambda form: form.name)
def test_tags_are_the_fields_in_order(form: Form) -> None:
    assert re.findall(r"\{\{ (.+?) \}\}", _text(form)) == [field.path for field in form.fields]
    assert form.with_role(Role.UNIT) is not None
    assert form.with_role(Role.FILLED) is not None


def test_fields_are_named_as_the_contract_names_them() -> None:
    fields = {form.name: [field.path for field in form.fields] for form in CATALOGUE}
    assert fields == {
        "团干部走基层情况报告单": [
            "填表时间",
            "姓名",
            "单位职务",
            "走访团组织名称",
            "走访形式",
            "走访人数.团干部",
            "走访人数.团员青年",
            "基层团组织工作开展情况",
            "基层团组织工作亮点",
            "基层团组织工作存在问题",
            "帮扶措施及成效",
        ],
        "共青团工作观摩情况报告单": [
            "填表时间",
            "组织观摩部室",
            "参加观摩人员",
            "观摩点及观摩内容",
            "观摩点亮点工作",
            "观摩点存在问题",
            "整改措施",
        ],
    }


def test_labels_keep_the_blanks_and_line_breaks_of_the_original() -> None:
    texts = {form.name: _text(form) for form in CATALOGUE}
    visit, exchange = texts["团干部走基层情况报告单"], texts["共青团工作观摩情况报告单"]
    for label in ("姓  名", "基层团组织\n工作开展情况", "基层团组织\n工作亮点", "基层团组织\n工作存在问题"):
        assert label in visit
    assert "观摩点及\n观摩内容" in exchange
