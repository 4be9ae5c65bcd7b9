"""``check`` and ``format`` as a clerk uses them: what is said, the JSON, the house profile, files that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from hongtou.console import shown
from tests.generate import seen
from tests.generate.check.making import at, correct, opened, paragraphs, put, retype
from tests.rendering import needs_soffice, to_pdf

Run = Callable[..., Result]


@pytest.fixture
def right(tmp_path: Path) -> Path:
    """Return a correct document."""
    return correct(tmp_path)


@pytest.fixture
def wrong(right: Path) -> Path:
    """Return a document with its number in square brackets and 附件说明 that ends in a full stop."""
    document = opened(right)
    retype(at(document, "云团发"), "〔2026〕", "[2026]")
    retype(at(document, "2.联系点"), "表", "表。")
    path = right.with_name("不对.docx")
    document.save(str(path))
    return path


def _profile(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "格式.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_correct_document_is_said_to_be_correct(run: Run, right: Path) -> None:
    result = run("check", right)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"{shown(right)}：符合标准"]


def test_a_finding_says_place_found_expected_clause_strength_and_mend(run: Run, wrong: Path) -> None:
    result = run("check", wrong)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{shown(wrong)}：问题 2 条，建议 0 条",
        "  问题1 发文字号“云团发[2026]7号”：年份两边是“[]”；应为“〔〕”",
        "       [文号括号，7.2.5 条，规定] 改法：把年份两边改成六角括号，如“国发〔2012〕10号”",
        "  问题2 附件说明“2.联系点安排表。”：末尾有“。”；末尾不加标点",
        "       [附件说明标点，7.3.4 条，规定] 改法：去掉末尾的标点",
    ]


def test_json_has_the_keys_of_the_contract(run: Run, wrong: Path, right: Path) -> None:
    first, second = json.loads(run("check", wrong, right, "--json").stdout)
    assert (first["file"], second["findings"]) == (str(wrong), [])
    finding = first["findings"][0]
    assert set(finding) == {"rule", "clause", "strength", "place", "found", "expected", "message"}
    assert (finding["rule"], finding["clause"], finding["strength"]) == ("文号括号", "7.2.5", "R")


def test_a_file_that_cannot_be_checked_is_named_and_the_others_go_on(run: Run, right: Path) -> None:
    old = right.with_name("旧.doc")
    old.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    result = run("check", old, right)
    assert result.exit_code == 0
    assert (
        "未检查 旧.doc 是旧格式（.doc、.wps）或加了密码。请用 WPS 或 Word 打开，另存为 .docx 再检查"
        in result.stderr
    )
    assert f"{shown(right)}：符合标准" in result.stdout
    (refused, _) = json.loads(run("check", old, right, "--json").stdout)
    assert refused["findings"] == []
    assert "旧格式" in refused["reason"]


def test_a_house_profile_overrides_single_rules(run: Run, wrong: Path, tmp_path: Path) -> None:
    profile = _profile(
        tmp_path / "本单位", "名称: 某市格式\n规则:\n  文号括号: {停用: true}\n  附件说明标点: {强度: 一般}\n"
    )
    (found,) = json.loads(run("check", wrong, "--json", "--profile", profile).stdout)
    assert found["profile"] == "某市格式"
    assert [(item["rule"], item["strength"]) for item in found["findings"]] == [("附件说明标点", "G")]


def test_the_profile_of_the_work_folder_is_used(run: Run, wrong: Path, work: Path) -> None:
    _profile(work / "模板", "名称: 某市格式\n规则:\n  文号括号: {停用: true}\n")
    (found,) = json.loads(run("check", wrong, "--json", "--work", work).stdout)
    assert [item["rule"] for item in found["findings"]] == ["附件说明标点"]


def test_a_mistake_in_a_profile_names_its_line_and_the_mend(run: Run, right: Path, tmp_path: Path) -> None:
    profile = _profile(tmp_path / "本单位", "名称: 某市格式\n规则:\n  文号括弧: {停用: true}\n")
    result = run("check", right, "--profile", profile)
    assert result.exit_code == 2
    assert "第3行" in result.stderr
    assert "是不是“文号括号”？" in result.stderr


def test_a_draft_is_laid_out_and_has_every_character(run: Run, tmp_path: Path) -> None:
    draft, out = tmp_path / "草稿.txt", tmp_path / "公文.docx"
    draft.write_text(
        "关于报送材料的通知\n各学校：\n一、要求\n请按时报送。\n云川市教育局\n2026年3月9日\n", encoding="utf-8"
    )
    result = run("format", draft, "-o", out)
    assert (result.exit_code, result.stdout.strip()) == (0, shown(out))
    assert seen.text(out) == seen.bare(draft.read_text(encoding="utf-8"))
    (found,) = json.loads(run("check", out, "--json").stdout)
    assert found["findings"] == []


def test_a_draft_is_never_overwritten_and_the_result_is_a_docx(run: Run, right: Path) -> None:
    before = right.read_bytes()
    same = run("format", right, "-o", right)
    assert (same.exit_code, right.read_bytes()) == (2, before)
    assert "-o 不能就是草稿本身，请另起一个名字" in same.stderr
    other = run("format", right, "-o", right.with_suffix(".pdf"))
    assert other.exit_code == 2
    assert "应以 .docx 结尾" in other.stderr


def test_a_draft_that_cannot_be_read_is_answered(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "草稿.pages"
    draft.write_bytes(b"x")
    result = run("format", draft, "-o", tmp_path / "公文.docx")
    assert result.exit_code == 2
    assert "草稿.pages 不是能排版的草稿" in result.stderr
    assert not (tmp_path / "公文.docx").exists()


def _rtf(*lines: str, more: str = "") -> bytes:
    coded = ["".join(f"\\u{ord(char)}?" for char in line) + "\\par " for line in lines]
    return ("{\\rtf1\\ansi\\uc1 " + "".join(coded) + more + "}").encode("ascii")


def test_a_draft_of_an_older_format_is_read_and_laid_out(run: Run, tmp_path: Path) -> None:
    lines = ("关于报送材料的通知", "各学校：", "请按时报送。", "云川市教育局", "2026年3月9日")
    draft, out = tmp_path / "草稿.rtf", tmp_path / "公文.docx"
    draft.write_bytes(_rtf(*lines))
    assert run("format", draft, "-o", out).exit_code == 0
    assert seen.text(out) == "".join(lines)
    assert json.loads(run("check", out, "--json").stdout)[0]["findings"] == []


def test_what_an_older_format_would_lose_is_named_and_nothing_written(run: Run, tmp_path: Path) -> None:
    draft, out = tmp_path / "草稿.rtf", tmp_path / "公文.docx"
    draft.write_bytes(_rtf("各学校：", more="{\\footnote \\u27880?}"))
    result = run("format", draft, "-o", out)
    assert result.exit_code == 2
    assert "草稿 草稿.rtf 里有脚注，直接排版留不住。请用 WPS 或 Word 另存为 .docx 再排版" in result.stderr
    assert not out.exists()


def test_drawn_lines_of_an_older_format_are_not_lost_in_silence(run: Run, tmp_path: Path) -> None:
    """Text boxes and pictures have names of their own; a line has no text that could be missed."""
    draft, out = tmp_path / "草稿.rtf", tmp_path / "公文.docx"
    draft.write_bytes(_rtf("各学校：", more="{\\shp{\\*\\shpinst{\\sp{\\sn shapeType}{\\sv 20}}}}"))
    result = run("format", draft, "-o", out)
    assert result.exit_code == 2
    assert "里有画的线或图形，直接排版留不住" in result.stderr
    assert not out.exists()


def test_a_draft_is_laid_out_to_the_house_profile(run: Run, tmp_path: Path) -> None:
    house, draft, out = tmp_path / "格式.yaml", tmp_path / "草稿.txt", tmp_path / "公文.docx"
    house.write_text(
        "名称: 某市\n规则:\n  天头: {数值: {毫米: 34.58}}\n字体:\n  仿宋: [仿宋]\n", encoding="utf-8"
    )
    draft.write_text(
        "关于报送材料的通知\n各学校：\n请按时报送。\n云川市教育局\n2026年3月9日", encoding="utf-8"
    )
    assert run("format", draft, "-o", out, "--profile", house).exit_code == 0
    assert json.loads(run("check", out, "--profile", house, "--json").stdout)[0]["findings"] == []
    assert "天头" in {item["rule"] for item in json.loads(run("check", out, "--json").stdout)[0]["findings"]}


@needs_soffice
def test_the_rendered_pages_of_several_documents_are_measured(run: Run, right: Path, tmp_path: Path) -> None:
    """Two documents of one name in two folders; a PDF beside a document is the page that is measured."""
    other = tmp_path / "别处" / right.name
    other.parent.mkdir()
    document = opened(right)
    put(next(paragraphs(document)), '<w:spacing w:before="400"/>')  # 份号 lower, so the mark too
    document.save(str(other))
    first, second = json.loads(run("check", right, other, "--pdf", "--json").stdout)
    rules = [{item["rule"] for item in found["findings"]} - {"替换字体"} for found in (first, second)]
    assert rules == [set(), {"标志位置"}]
    result = run("check", right, "--pdf")
    assert "量的是" not in result.stderr
    right.with_suffix(".pdf").write_bytes(to_pdf([other], tmp_path)[0].read_bytes())
    assert "量的是 correct.pdf" in run("check", right, "--pdf").stderr
