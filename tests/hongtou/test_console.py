"""What is printed: aligned by cells, harmless to a terminal, UTF-8 where a machine reads it, a bar only on a terminal."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from hongtou import console
from hongtou.helppage import cells


def _printed(say: Callable[[], None]) -> bytes:
    return CliRunner().invoke(click.Command("x", callback=say)).stdout_bytes


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("走访（8月）.docx", "走访（8月）.docx"),
        ("红\x1b[31m字\n.docx", "红\\x1b[31m字\\n.docx"),
        ("倒\u202exslx.doc", "倒\\u202exslx.doc"),
        ("坏\udc80名", "坏\\udc80名"),
        ("分\u2028行", "分\\u2028行"),
    ],
)
def test_a_file_name_cannot_steer_the_terminal(name: str, shown: str) -> None:
    assert console.visible(name) == shown


def test_a_path_is_shown_as_a_person_would_type_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert console.shown(tmp_path / "产出" / "通知.docx") == str(Path("产出") / "通知.docx")


def test_the_columns_of_a_table_start_at_the_same_cells() -> None:
    rows = [("源汇区团委", "3"), ("a", "12"), ("[bold]不是标记[/]", "0")]
    lines = _printed(lambda: console.put_table(("单位", "数"), rows, right=[1])).decode().splitlines()
    assert {cells(line) for line in lines} == {cells(lines[0])}
    assert lines[-1].startswith("[bold]不是标记[/]")


def test_json_is_utf_8_and_a_lone_surrogate_becomes_an_escape() -> None:
    printed = _printed(lambda: console.put_json({"名": "坏\udc80名\U0001f600"}, pretty=False))
    assert printed == '{"名": "坏\\udc80名\U0001f600"}\n'.encode()
    assert json.loads(printed)["名"] == "坏\udc80名\U0001f600"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_shows_on_a_terminal_when_the_work_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    moments = iter(range(100))
    monkeypatch.setattr("hongtou.console.time.monotonic", lambda: next(moments))
    for item in console.ticked("甲乙丙丁", 4, "读文件"):
        console.say(f"待核对 [{item}].docx")
    written = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", terminal.getvalue())
    assert "读文件" in written
    lines = re.split(r"[\r\n]+", written)
    assert [line for line in lines if "待核对" in line] == [f"待核对 [{item}].docx" for item in "甲乙丙丁"]


@pytest.mark.parametrize("stream", [io.StringIO, _Terminal])
def test_no_bar_in_a_pipe_nor_for_short_work(
    stream: type[io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = stream()
    monkeypatch.setattr("sys.stderr", quiet)
    assert list(console.ticked(range(3), 3, "读文件")) == [0, 1, 2]
    assert quiet.getvalue() == ""
