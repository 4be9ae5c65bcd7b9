"""A document of every kind as XML and as measured pages: each element where GB/T 9704-2012 puts it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn

import templates
from forms import Kind
from generate.check import check_with_page
from generate.notice import page
from generate.notice.document import notice
from generate.package import TemplateError, members_of, packed
from tests.generate import kinds
from tests.rendering import MM, Row, ink, needs_soffice, rows, to_pdf

FILES = ("下行文", "留白", "印章", "联合", "联合无印", "上行文", "报告", "印发通知", "通报", "催办通知")
DATE_WIDTH = (
    6 * 5.556
)  # 2026年3月9日 in a face whose figures are half as wide as characters, which the tests' face lacks
RED = (1.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return kinds.make(tmp_path_factory.mktemp("kinds"))


@pytest.fixture(scope="module")
def pages(made: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """Return the open pages of every document, from one LibreOffice call."""
    folder = tmp_path_factory.mktemp("pdf")
    return {
        name: pdfplumber.open(pdf).pages
        for name, pdf in zip(made, to_pdf(list(made.values()), folder), strict=True)
    }


def _texts(path: Path) -> list[str]:
    return [item.text for item in docx.Document(str(path)).paragraphs]


def _row(found: list[Row], start: str) -> Row:
    return next(row for row in found if row.text.startswith(start))


def test_every_kind_of_work_yaml_is_made(made: dict[str, Path]) -> None:
    named = {changes.get("种类", Kind.DOWNWARD) for changes in kinds.KINDS.values()}
    assert named == set(Kind)
    for path in made.values():
        assert all(line in "".join(_texts(path)) for line in ("现将", "云川市"))


@needs_soffice
@pytest.mark.parametrize("name", FILES)
def test_mark_begins_35_mm_below_the_upper_edge(pages: dict[str, list[Any]], name: str) -> None:
    mark = ink(pages[name][0], 67, 112, red=True)
    assert mark[1] == pytest.approx(72, abs=1.5)
    assert (mark[0] + mark[2]) / 2 == pytest.approx(106, abs=1)


@needs_soffice
@pytest.mark.parametrize("name", [*FILES, "纪要"])
def test_red_line_is_as_wide_as_the_text_and_4_mm_below_the_number(
    pages: dict[str, list[Any]], name: str
) -> None:
    page = pages[name][0]
    line = next(line for line in page.lines if line["stroking_color"] == RED)
    assert line["x0"] / MM == pytest.approx(28, abs=0.2)
    assert line["x1"] / MM == pytest.approx(184, abs=0.2)
    upper = line["top"] / MM - 0.75 / MM
    number = ink(page, upper - 9, upper - 0.3)
    assert upper - number[3] == pytest.approx(4, abs=0.6)


@needs_soffice
def test_rows_of_the_upper_left_corner(pages: dict[str, list[Any]]) -> None:
    number, secret, urgent = rows(pages["下行文"][0])[:3]
    assert (number.text, secret.text, urgent.text) == ("000012", "秘密★1年", "特急")
    assert {round(row.left) for row in (number, secret, urgent)} == {28}
    assert secret.font == urgent.font != number.font
    assert number.baseline == pytest.approx(45.2, abs=0.5)
    assert secret.baseline - number.baseline == pytest.approx(10.2, abs=0.3)


@needs_soffice
def test_signers_stand_at_the_right_and_the_last_beside_the_number(pages: dict[str, list[Any]]) -> None:
    one = _row(rows(pages["上行文"][0]), "云团发")
    assert one.text == "云团发〔2026〕7号签发人：林致远"
    assert one.left == pytest.approx(28 + 5.6, abs=0.6)
    assert one.right == pytest.approx(184 - 5.6, abs=0.6)
    found = rows(pages["报告"][0])
    upper, lower = _row(found, "签发人"), _row(found, "云团发")
    assert upper.text == "签发人：林致远沈若川"
    assert lower.text == "云团发〔2026〕7号顾明棠"
    assert upper.right == pytest.approx(184 - 5.6, abs=0.6)
    page = pages["报告"][0]
    first = next(char for char in page.chars if char["text"] == "林")
    below = next(char for char in page.chars if char["text"] == "顾")
    assert first["x0"] == pytest.approx(below["x0"], abs=1)
    label = next(char for char in page.chars if char["text"] == "签")
    assert first["fontname"] != label["fontname"], "names in 楷体, the label in 仿宋"


@needs_soffice
def test_word_of_a_joint_mark_stands_at_the_right_in_the_middle(pages: dict[str, list[Any]]) -> None:
    for name, organs in (("联合", 3), ("联合无印", 2)):
        red = [char for char in pages[name][0].chars if char["non_stroking_color"] == RED]
        word = [char for char in red if char["text"] in "文件"][-2:]
        names = [char for char in red if char not in word]
        lines = sorted({round(char["top"]) for char in names})
        assert len(lines) == organs
        middle = (min(char["top"] for char in names) + max(char["bottom"] for char in names)) / 2
        assert (word[0]["top"] + word[0]["bottom"]) / 2 == pytest.approx(middle, abs=3)
        assert word[0]["x0"] > max(char["x1"] for char in names)


@needs_soffice
def test_letter_has_double_lines_of_170_mm_on_page_one_and_no_number_there(
    pages: dict[str, list[Any]],
) -> None:
    first, *later = pages["信函"]
    mark = ink(first, 20, 48, red=True)
    assert mark[1] == pytest.approx(30, abs=1)
    lines = sorted({(round(line["top"] / MM, 1), line["linewidth"]) for line in first.lines})
    assert [size for _, size in lines] == [3.0, 0.75, 0.75, 3.0], "上粗下细, then 上细下粗"
    assert all((line["x1"] - line["x0"]) / MM == pytest.approx(170, abs=0.3) for line in first.lines)
    upper = ink(first, 47.5, 52, red=True)
    assert upper[1] - mark[3] == pytest.approx(4, abs=0.5)
    assert 297 - ink(first, 270, 290, red=True)[3] == pytest.approx(20, abs=0.5)
    number = _row(rows(first), "云团函〔2026〕3号")
    assert number.right == pytest.approx(184, abs=0.5)
    assert ink(first, upper[3] + 0.5, 62)[1] - upper[3] == pytest.approx(4.9, abs=0.6)
    assert not any("—1—" in row.text for row in rows(first))
    assert any("—2—" in row.text for row in rows(later[0]))
    assert not [line for sheet in later for line in sheet.lines], "a letter's 版记 has no lines"
    assert _row(rows(later[-1]), "抄送：").text == "抄送：云川市教育局。"


@needs_soffice
def test_order_has_its_mark_20_mm_below_the_edge_and_a_stamp_beside_the_post(
    pages: dict[str, list[Any]],
) -> None:
    first, last = pages["命令"]
    assert ink(first, 40, 90, red=True)[1] == pytest.approx(57, abs=1)
    found = rows(first)
    assert _row(found, "共青团云川市委员会令").baseline < _row(found, "第12号").baseline
    assert not [line for line in first.lines if line["stroking_color"] == RED]
    (stamp,) = last.images
    post, day = _row(rows(last), "书记"), _row(rows(last), "2026年3月9日")
    assert stamp["x1"] / MM == pytest.approx(184 - 4 * 5.6, abs=0.8)
    assert stamp["x0"] / MM - post.right == pytest.approx(11.2, abs=0.6)
    assert day.right == pytest.approx(184 - 4 * 5.6, abs=0.8)
    assert post.baseline - 2 == pytest.approx((stamp["top"] + stamp["bottom"]) / 2 / MM, abs=1.5)


@needs_soffice
def test_minutes_name_who_was_there_and_wrap_under_the_names(pages: dict[str, list[Any]]) -> None:
    found = rows(pages["纪要"][-1])
    labels = [_row(found, label) for label in ("出席：", "请假：", "列席：")]
    assert {round(row.left, 1) for row in labels} == {round(labels[0].left, 1)}
    assert labels[0].left == pytest.approx(28 + 11.1, abs=0.4)
    wrapped = found[found.index(labels[0]) + 1]
    assert wrapped.left == pytest.approx(28 + 5 * 5.556, abs=0.6)
    assert labels[0].font != wrapped.font, "the label in 黑体, names in 仿宋"


@needs_soffice
@pytest.mark.parametrize("name", ["留白", "印章"])
def test_sealed_date_ends_four_characters_from_the_edge_with_the_name_centred(
    pages: dict[str, list[Any]], name: str
) -> None:
    found = rows(pages[name][1])
    day = _row(found, "2026年3月9日")
    organ = [row for row in found if row.text == "共青团云川市委员会"][-1]
    assert day.right == pytest.approx(184 - 4 * 5.6, abs=0.6)
    assert (organ.left + organ.right) / 2 == pytest.approx(day.right - DATE_WIDTH / 2, abs=1)


@needs_soffice
def test_seals_press_their_names_within_a_line_of_the_text(pages: dict[str, list[Any]]) -> None:
    for name, organs in (("印章", ["共青团云川市委员会"]), ("联合", kinds.KINDS["联合"]["联合"])):
        page = pages[name][-1]
        found = rows(page)
        assert len(page.images) == len(organs)
        text = [row for row in found if row.text.endswith("取得实效。")][-1]
        top = min(image["top"] for image in page.images) / MM
        assert 0 < top - text.baseline <= 10.3
        for image in page.images:
            assert (image["x1"] - image["x0"]) / MM == pytest.approx(42, abs=0.3)
            assert image["x1"] / MM <= 184.5
        last = max(page.images, key=lambda image: (round(image["top"]), image["x0"]))
        day = _row(found, "2026年3月9日")
        assert (last["x0"] + last["x1"]) / 2 / MM == pytest.approx(day.right - DATE_WIDTH / 2, abs=1)
        assert last["top"] / MM < day.baseline < last["bottom"] / MM
        for one in page.images:
            for other in page.images:
                near = max(abs(one["x0"] - other["x0"]), abs(one["top"] - other["top"]))
                assert one is other or near / MM >= 42, "seals neither touch nor cross"


@needs_soffice
def test_signature_never_alone_and_imprint_at_the_foot(pages: dict[str, list[Any]]) -> None:
    for name, sheets in pages.items():
        for sheet in sheets:
            found = [row for row in rows(sheet) if "—" not in row.text]
            if any(row.text == "2026年3月9日" for row in found) and name != "纪要":
                assert any(row.text.endswith("实效。") or "贯彻落实" in row.text for row in found), name
        if name not in ("信函", "征求意见稿"):
            wide = [line for line in sheets[-1].lines if line["x1"] - line["x0"] > 155 * MM]
            assert max(line["top"] for line in wide) / MM == pytest.approx(262, abs=1), name


def test_remark_stands_in_brackets_below_the_date(made: dict[str, Path]) -> None:
    texts = _texts(made["上行文"])
    assert texts[texts.index("2026年3月9日") + 1] == "（联系人：周景行，电话：0000-0000000）"
    texts = _texts(made["留白"])
    assert texts[texts.index("2026年3月9日") + 1] == "（此件公开发布）"


def test_a_consultation_draft_says_so_and_is_not_signed(made: dict[str, Path]) -> None:
    texts = _texts(made["征求意见稿"])
    assert texts[:2] == ["云川市共青团联系服务青年工作方案", "（征求意见稿）"]
    assert "2026年3月9日" not in texts


def test_too_many_addressees_move_to_the_imprint(tmp_path: Path) -> None:
    kinds.make(tmp_path)
    many = "，".join(f"第{number}县（区）人民政府办公室" for number in range(1, 25))
    work = kinds.a_work(tmp_path, {"主送": many, **kinds.COPIES})
    path = kinds.notice(work.notices[0], work, tmp_path / "多.docx")
    assert not any(text.startswith("第1县") for text in _texts(path))
    boxed = [
        "".join(node.text for node in item.iter(qn("w:t")))
        for item in docx.Document(str(path)).element.body.iter(qn("w:txbxContent"))
    ]
    assert f"主送：{many}。" in boxed[0]
    assert boxed[0].index("主送：") < boxed[0].index("抄送：")


def test_as_many_seals_as_organs(tmp_path: Path) -> None:
    kinds.make(tmp_path)
    work = kinds.a_work(tmp_path, kinds.KINDS["联合"] | {"印章": ["章.png"]})
    with pytest.raises(TemplateError, match="有 3 个发文机关，却有 1 个印章图片"):
        kinds.notice(work.notices[0], work, tmp_path / "一.docx")


@pytest.mark.parametrize(
    ("data", "message"), [(None, "找不到图片 新.png"), (b"no picture", "图片 新.png 打不开")]
)
def test_a_seal_that_cannot_be_used_is_named(tmp_path: Path, data: bytes | None, message: str) -> None:
    kinds.make(tmp_path)
    if data is not None:
        (tmp_path / "新.png").write_bytes(data)
    work = kinds.a_work(tmp_path, kinds.KINDS["印章"] | {"印章": ["新.png"]})
    with pytest.raises(TemplateError, match=message):
        kinds.notice(work.notices[0], work, tmp_path / "一.docx")


def test_dates_in_chinese_numerals_only_where_the_house_profile_asks(tmp_path: Path) -> None:
    kinds.make(tmp_path)
    work = kinds.a_work(tmp_path, {})
    assert "2026年3月9日" in _texts(kinds.notice(work.notices[0], work, tmp_path / "一.docx"))
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "格式.yaml").write_text(
        "名称: 某校\n规则:\n  汉字日期: {停用: true}\n", encoding="utf-8"
    )
    assert "二〇二六年三月九日" in _texts(kinds.notice(work.notices[0], work, tmp_path / "二.docx"))


@needs_soffice
def test_landscape_annex_has_its_number_where_upright_pages_have_it(pages: dict[str, list[Any]]) -> None:
    (wide,) = [page for page in pages["通报"] if page.width > page.height]
    number = [char for char in wide.chars if char["x1"] < 33 * MM and char["text"].strip()]
    assert "".join(char["text"] for char in number) == "—4—"
    assert number[0]["top"] < number[1]["top"] < number[2]["top"], "turned to read from the top down"
    assert number[0]["top"] / MM == pytest.approx(28 + 4.94, abs=0.5), (
        "even: one character from the upper edge"
    )
    picture = wide.to_image(resolution=300, antialias=False).original.convert("L")
    scale = 300 / 25.4
    top, bottom = number[0]["top"] / MM * scale, number[0]["bottom"] / MM * scale
    dash = picture.crop((round(20 * scale), round(top), round(33 * scale), round(bottom)))
    left, _, right, _ = dash.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert 20 + (left + right) / 2 / scale == pytest.approx(28, abs=0.5), "7 mm beside the 版心"
    table = [line["x1"] - line["x0"] for line in wide.lines if line["x1"] - line["x0"] > 100 * MM]
    assert max(table) / MM == pytest.approx(225, abs=1)


@needs_soffice
def test_a_body_with_table_list_picture_and_note(pages: dict[str, list[Any]], made: dict[str, Path]) -> None:
    first, second = pages["图表"]
    (table,) = first.find_tables()
    assert (table.bbox[0] / MM, table.bbox[2] / MM) == pytest.approx((28, 184), abs=0.5)
    assert len(table.rows) == 9
    assert any(row.text.startswith("1数据截至2026年2月底") for row in rows(first)), (
        "the note at the page's foot"
    )
    (picture,) = second.images
    assert (picture["x0"] / MM, picture["x1"] / MM) == pytest.approx((28, 184), abs=0.5)
    assert [text for text in _texts(made["图表"]) if text.startswith("●")] == [
        "●个别团支部记录不全；",
        "●少数团干部走访次数不够。",
    ]


HOSTILE = 'A<B>&"{{x}}{% raw %}'


def test_a_unit_with_markup_in_its_name_reads_as_it_is_called(tmp_path: Path) -> None:
    kinds.make(tmp_path)
    changes = {
        "主送": HOSTILE,
        "标题": f"关于{HOSTILE}的通知",
        "抄送": HOSTILE,
        "联合": [HOSTILE, "云川市教育局"],
    }
    work = kinds.a_work(tmp_path, changes)
    path = kinds.notice(work.notices[0], work, tmp_path / "敌.docx")
    texts = _texts(path)
    assert f"{HOSTILE}：" in texts
    assert any(text.replace("\n", "") == f"关于{HOSTILE}的通知" for text in texts)
    cells = [
        item.text
        for row in docx.Document(str(path)).tables[0].rows
        for cell in row.cells
        for item in cell.paragraphs
    ]
    assert cells == [HOSTILE, "云川市教育局", "文件"]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 标题.__init__.__globals__ }}",
        "{% for i in range(10**12) %}{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{{ 标题",
        "{% if %}",
    ],
)
def test_hostile_jinja_in_a_template_is_answered_in_chinese(tmp_path: Path, tag: str) -> None:
    kinds.make(tmp_path)
    (tmp_path / "模板").mkdir()
    path = tmp_path / "模板" / "notice.docx"
    document = docx.Document(str(templates.FOLDER / "notice.docx"))
    mark = next(item for item in document.paragraphs if item.text == "{{ 标志 }}")
    page.run(mark, tag)
    document.save(str(path))
    work = kinds.a_work(tmp_path, {})
    with pytest.raises(TemplateError, match=r"^模板 notice\.docx"):
        kinds.notice(work.notices[0], work, tmp_path / "敌.docx")
    assert not (tmp_path / "敌.docx").exists()


@needs_soffice
def test_a_missing_font_loses_no_text_and_moves_no_line(tmp_path: Path) -> None:
    kinds.make(tmp_path)
    work = kinds.a_work(tmp_path, {"用印": "留白", **kinds.COPIES})
    path = kinds.notice(work.notices[0], work, tmp_path / "缺.docx")
    members = members_of(path)
    members["word/styles.xml"] = members["word/styles.xml"].replace(
        "仿宋_GB2312".encode(), "没有的字体".encode()
    )
    path.write_bytes(packed(members))
    (pdf,) = to_pdf([path], tmp_path)
    with pdfplumber.open(pdf) as found:
        text = "".join(row.text for sheet in found.pages for row in rows(sheet) if "—" not in row.text)
        lines = [line["top"] / MM for line in found.pages[-1].lines]
    verdict = check_with_page(path, pdf)
    assert verdict.violations == (), "wide figures of another face move neither 署名 nor date"
    assert any("没有的字体" in item.found for item in verdict.findings if item.rule == "替换字体")
    assert kinds.BODY.splitlines()[0] in text
    assert text.count(kinds.LINE) >= 3
    assert max(lines) == pytest.approx(262, abs=1)


@needs_soffice
@pytest.mark.parametrize("sealing", ["不用印", "留白"])
def test_the_name_under_a_text_of_one_paragraph_stands_on_a_page_with_text(
    tmp_path: Path, sealing: str
) -> None:
    """However long the paragraph is and however many lines the title has, with 抄送 or without (7.3.5.5)."""
    made = []
    for number, (lines, title, more) in enumerate(
        (lines, title, more)
        for lines in range(5, 10)
        for title in ("关于做好有关工作的通知", kinds.PLAIN["标题"])
        for more in ({}, kinds.COPIES)
    ):
        text = ("现将有关事项通知如下，请认真抓好贯彻落实并按时报送有关情况。" * 40)[: 28 * lines - 12]
        (tmp_path / f"{number}.md").write_text(f"{text}。", encoding="utf-8")
        changes = {"正文": f"{number}.md", "标题": title, "用印": sealing, **more}
        work = kinds.a_work(tmp_path, changes)
        made.append(notice(work.notices[0], work, tmp_path / f"{number}.docx"))
    for path, pdf in zip(made, to_pdf(made, tmp_path), strict=True):
        assert [item.message for item in check_with_page(path, pdf).findings if item.rule != "替换字体"] == []
