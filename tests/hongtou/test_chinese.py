"""click speaks Chinese: every sentence of its own that a clerk can meet."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from hongtou.chinese import MESSAGES, PLURALS
from hongtou.contents import CONTENTS
from hongtou.helppage import cells, fold
from hongtou.root import root

UNSEEN = {  # sentences to the programmer, to a shell's completion and to an editor that hongtou never opens
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Couldn't detect Bash version, shell completion is not supported.",
    "Shell completion is not supported for Bash versions older than 4.4.",
    "Unknown standard stream '{name}'",
    "Unknown color {colour!r}",
    "{editor}: Editing failed",
    "{editor}: Editing failed: {e}",
    "d",
}


def _sentences() -> Iterator[str]:
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield str(first.value)


def test_every_sentence_of_the_installed_click_has_its_chinese() -> None:
    missing = sorted(set(_sentences()) - MESSAGES.keys() - PLURALS.keys() - UNSEEN)
    assert missing == []


def _said(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(root, list(args))
    return result.exit_code, result.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["fromms"], "错误：没有 'fromms' 这个命令。是不是 'forms'？"),
        (["催一催"], "错误：没有 '催一催' 这个命令。"),
        (["--wrok"], "错误：没有 '--wrok' 这个选项。"),
        (["new", "--sampel", "x", "y"], "错误：没有 '--sampel' 这个选项。是不是 '--sample'？"),
        (["new"], "错误：缺少参数 '文件夹'。"),
        (["new", "a", "b", "c"], "错误：多写了参数（b c）"),
        (["summary"], "错误：缺少选项 '--year'。"),
        (["summary", "--year"], "错误：选项 '--year' 后面要写值。"),
        (["summary", "--year", "明年"], "错误：'--year' 写法不对：“明年”不是整数"),
        (["summary", "--year", "20"], "错误：'--year' 写法不对：“20”不在 1949 到 2999 之间"),
        (["status", "--json=1"], "错误：选项 '--json' 后面不带值。"),
        (["status", "--on", "七月"], "错误：'--on' 写法不对：“七月”不是日期，请写成 2020-07-03"),
        (
            ["status", "--period", "2020-13"],
            "错误：'--period' 写法不对：“2020-13”不是报送期，应写成 2020-07、2020-Q3、2020-S1、2020-AY、2020-W27 或 2020",
        ),
        (["extract"], "错误：缺少参数 '文件或文件夹…'。"),
        (["extract", "没有.docx"], "错误：'文件或文件夹…' 写法不对：没有“没有.docx”这个路径。"),
        (["notice", "--draft", "."], "错误：'--draft' 写法不对：“.”是一个文件夹，这里要写文件。"),
    ],
)
def test_a_wrong_command_line_is_answered_in_chinese_with_status_2(args: list[str], message: str) -> None:
    assert _said(*args) == (2, message)


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (click.Choice(["甲"]), "丙", "错误：'--x' 写法不对：'丙' 不在可选之列：'甲'。"),
        (click.Choice(["甲", "乙"]), "丙", "错误：'--x' 写法不对：'丙' 不在可选之列：'甲', '乙'。"),
        (
            click.BOOL,
            "x",
            "错误：'--x' 写法不对：'x' 应是“是”或“否”，可写：, 0, 1, f, false, n, no, off, on, t, true, y, yes",
        ),
        (click.IntRange(1, 2), "3", "错误：'--x' 写法不对：3 不在范围 1<=x<=2 内。"),
        (click.UUID, "x", "错误：'--x' 写法不对：'x' 不是 UUID。"),
        (click.DateTime(["%Y"]), "x", "错误：'--x' 写法不对：'x' 不合格式 '%Y'。"),
        (click.DateTime(["%Y", "%m"]), "x", "错误：'--x' 写法不对：'x' 不合格式：'%Y', '%m'。"),
    ],
)
def test_the_other_kinds_of_click_answer_in_chinese_too(
    kind: click.ParamType, value: str, message: str
) -> None:
    @click.command()
    @click.option("--x", type=kind)
    def command(x: object) -> None:
        click.echo(x)

    result = CliRunner().invoke(command, ["--x", value])
    assert (result.exit_code, result.stderr.strip().splitlines()[-1]) == (2, message)


@pytest.mark.parametrize("command", [[], *([name] for name in CONTENTS)])
def test_help_pages_are_chinese_and_fit_their_width(command: list[str]) -> None:
    result = CliRunner().invoke(root, [*command, "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith("用法：hongtou")
    for word in (
        "Usage",
        "Options",
        "Commands",
        "Show",
        "default",
        "TEXT",
        "INTEGER",
        "PATH",
        "DIRECTORY",
        "FILE",
    ):
        assert word not in result.stdout
    assert max(cells(line) for line in result.stdout.splitlines()) <= 80


def test_help_columns_start_at_one_cell_whatever_the_words() -> None:
    page = CliRunner().invoke(root, ["status", "--help"]).stdout
    options = page.partition("选项：\n")[2].splitlines()
    starts = {
        cells(line[: line.index("  ", 3)]) + cells(line) - cells(line.lstrip())
        for line in options
        if line[2] == "-"
    }
    meanings = {
        cells(line) - cells(line[2:].partition("  ")[2].lstrip()) for line in options if line[2:3] == "-"
    }
    assert starts
    assert len(meanings) == 1


def test_a_folded_line_never_begins_with_a_comma_or_ends_with_an_opening_bracket() -> None:
    lines = fold("第一句话很长，第二句（注）也很长。第三句《书名》就到这里，完。", 10)
    assert "".join(lines) == "第一句话很长，第二句（注）也很长。第三句《书名》就到这里，完。"
    for line in lines:
        assert line[0] not in "，。）》"
        assert line[-1] not in "（《"


def test_the_first_use_says_what_there_is() -> None:
    result = CliRunner().invoke(root, [])
    assert result.exit_code == 2
    assert "先看样例：hongtou demo" in result.stderr


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_no_console_encoding_stops_it(encoding: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "hongtou", "extract", "\u202e不存在\U0001f600.docx"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr


def test_what_is_printed_is_within_gbk() -> None:
    for path in Path(sys.modules["hongtou"].__file__ or "").parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node.value.encode("gbk")
