"""Templates from others: what could run, grow or reach out without bound is refused with its reason, and nothing is made."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

import templates
from forms import Period, Unit, load_forms
from generate import blank
from generate.package import TemplateError
from generate.render import template

BOMBS = [
    "{{ 'x' * 10**10 }}",
    "{{ ['x'] * 10**9 }}",
    "{{ 10 ** 10 ** 9 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{{ 'x'.center(10**9) }}",
    "{{ 'x'|center(10**9) }}",
    "{{ 'x'|indent(10**9) }}",
    "{{ 标题|join('xxxxxxxxxx')|join('xxxxxxxxxx') }}",
    "{{ 标题|replace('甲', 'xxxxxxxxxx')|replace('x', 'xxxxxxxxxx') }}",
    "{{ lipsum(10**7) }}",
    "{% for i in range(10**5) %}{% for j in range(10**5) %}{% endfor %}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for a in 标题 recursive %}{{ loop(标题) }}{% endfor %}",
    "{% set x = 标题 ~ 标题 %}{% set x = x ~ x %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
]
ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ 标题.__init__.__globals__ }}",
    "{{ 标题|attr('__class__') }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ 标题|safe }}",
    "{{ 没有的 }}",
]


def _tagged(folder: Path, tag: str) -> Path:
    document = docx.Document()
    document.add_paragraph(tag)
    path = folder / "别人的.docx"
    document.save(str(path))
    return path


@pytest.mark.parametrize("tag", BOMBS + ESCAPES)
def test_a_hostile_tag_is_refused_with_its_reason(tmp_path: Path, tag: str) -> None:
    """Before anything is computed, so that it ends at once."""
    with pytest.raises(TemplateError, match=r"^模板 别人的\.docx") as caught:
        template(_tagged(tmp_path, tag)).render({"标题": "甲" * 100})
    assert caught.value.exit_code == 2


def test_loops_within_loops_over_long_data_end(tmp_path: Path) -> None:
    """The data are finite, their product need not be."""
    tag = "".join(f"{{% for x{n} in 标题 %}}" for n in range(5)) + "甲" + "{% endfor %}" * 5
    with pytest.raises(TemplateError, match="逐项重复的次数太多"):
        template(_tagged(tmp_path, tag)).render({"标题": "甲" * 1000})


def test_a_text_repeated_beyond_all_measure_ends(tmp_path: Path) -> None:
    tag = "{% for x in 标题 %}" + "甲" * 5000 + "{% endfor %}"
    with pytest.raises(TemplateError, match="填出来的文字太多"):
        template(_tagged(tmp_path, tag)).render({"标题": "甲" * 50_000})


def test_what_templates_need_is_allowed(tmp_path: Path) -> None:
    """Printing, choosing, repeating, and the harmless filters; every rendering counts its loops anew."""
    tag = "{% for x in 项 if x.名 %}{{ loop.index }}{{ x.名|default('无') }}{% if not loop.last %}、{% endif %}{% endfor %}"
    used = template(_tagged(tmp_path, tag))
    items = tuple({"名": f"<{number}>"} for number in range(60))
    for _ in range(2000 // 60):
        xml = used.render({"项": items})["word/document.xml"].decode()
    assert "1&lt;0&gt;、2&lt;1&gt;" in xml


@pytest.mark.parametrize("tag", BOMBS[:1] + ESCAPES[:1])
def test_a_form_of_others_makes_no_blank(tmp_path: Path, tag: str) -> None:
    """A form in 表单/ is a template too."""
    form = next(form for form in load_forms(templates.CATALOGUE) if form.template.suffix == ".docx")
    path = tmp_path / "表.docx"
    document = docx.Document(str(form.template))
    document.add_paragraph(tag)
    document.save(str(path))
    unit = Unit(name="源汇区团委")
    with pytest.raises(TemplateError, match=r"^模板 表\.docx"):
        blank(
            form.model_copy(update={"template": path}), unit, Period.parse("2020-07"), tmp_path / "空白.docx"
        )
    assert not (tmp_path / "空白.docx").exists()


def test_a_mark_that_is_not_allowed_is_shown_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="有不许用的标记") as caught:
        template(_tagged(tmp_path, "{{ 标题.center(10) }}"))
    assert all(words in str(caught.value) for words in ("“{{ 标题.center", "请删去它"))
