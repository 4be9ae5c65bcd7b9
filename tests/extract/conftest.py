"""A form with a repeating group, made for these tests: the catalogue has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import Layouts, layouts_of
from forms import Field, FieldKind, Form, RowGroup
from tests.extract.neutral import FORMS
from tests.wordfiles import docx, p, tbl, tr


def activities(folder: Path) -> Form:
    """Return a form 活动情况表 with its template in ``folder``: a unit, a choice, and a row for each activity."""
    path = folder / "活动情况表.docx"
    loop = (
        tr("{%tr for 行 in 活动 %}"),
        tr("{{ 行.活动名称 }}", "{{ 行.时间 }}", "{{ 行.人数 }}"),
        tr("{%tr endfor %}"),
    )
    body = p("活动情况表") + tbl(
        ["填报单位", "{{ 填报单位 }}", "负责人", "{{ 负责人 }}"],
        ["联系电话", "{{ 联系电话 }}", "级别", "{{ 级别 }}"],
    )
    path.write_bytes(docx(body + tbl(["活动名称", "时间", "人数"], *loop) + p("注：每项活动一行")))
    return Form(
        name="活动情况表",
        template=path,
        fields=(
            Field(path="填报单位", kind=FieldKind.UNIT, required=True),
            Field(path="负责人", kind=FieldKind.PERSON),
            Field(path="联系电话", kind=FieldKind.PHONE),
            Field(path="级别", kind=FieldKind.CHOICE, choices=("市级", "县级")),
        ),
        groups=(
            RowGroup(
                name="活动",
                required=True,
                fields=(
                    Field(path="活动名称"),
                    Field(path="时间", kind=FieldKind.DATE),
                    Field(path="人数", kind=FieldKind.INTEGER),
                ),
            ),
        ),
    )


@pytest.fixture(scope="session")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Form:
    """Return a form with a group of activities."""
    return activities(tmp_path_factory.mktemp("forms"))


@pytest.fixture(scope="session")
def all_layouts(grouped: Form) -> Layouts:
    """Return the layouts of the catalogue and of the form with a group."""
    return layouts_of((*FORMS, grouped))
