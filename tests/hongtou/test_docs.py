"""The docs say what is: every command and option, every doubt, the README's commands and those of the CI run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from forms import CATALOGUE
from generate.standard.profile import shipped
from hongtou.contents import CONTENTS
from hongtou.root import root

TOP = Path(__file__).parents[2]


def _text(name: str) -> str:
    return (TOP / name).read_text(encoding="utf-8")


def _commands() -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(root)
    for name in CONTENTS:
        command = root.get_command(ctx, name)
        assert command is not None
        yield name, command
        for sub, inner in getattr(command, "commands", {}).items():
            yield f"{name} {sub}", inner


COMMANDS = dict(_commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help_and_stands_in_the_manual(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    sections = re.split(r"^## ", _text("docs/manual.md"), flags=re.MULTILINE)
    section = next((s for s in sections if re.match(rf"hongtou {name}(?: [^a-z\n].*)?\n", s)), "")
    assert section, f"docs/manual.md has no section “hongtou {name}”"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help
            assert f"`{parameter.opts[0]}" in section


def test_every_command_stands_in_both_readmes_or_is_a_listing() -> None:
    for readme in ("README.md", "README.en.md"):
        for name in set(CONTENTS) - {"samples", "forms", "extract"}:
            assert f"hongtou {name}" in _text(readme)


def test_the_readme_names_only_commands_and_options_that_exist() -> None:
    block = re.findall(r"^hongtou (.*?)(?:\s+#.*)?$", _text("README.md"), flags=re.MULTILINE)
    assert len(block) >= 14
    for line in block:
        words = line.partition(" &&")[0].split()
        name = " ".join(words[:2]) if " ".join(words[:2]) in COMMANDS else words[0]
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known


def test_the_two_readmes_show_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        blocks = re.findall(r"```(?:sh|bat)\n(.*?)```", _text(name), flags=re.DOTALL)
        return [re.sub(r"\s+#.*", "", line) for block in blocks for line in block.splitlines()]

    assert commands("README.md") == commands("README.en.md")


def test_the_ci_run_does_the_two_commands_of_the_readme_word_for_word() -> None:
    first, second = re.findall(r"```sh\n(.*?)```", _text("README.md"), flags=re.DOTALL)[0].splitlines()
    run = _text(".ci/run").splitlines()
    assert first in run
    assert run[-1] == second


def test_the_doubts_are_listed_with_their_sentences() -> None:
    listed = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", _text("docs/doubts.md"), flags=re.MULTILINE))
    assert listed == CATALOGUE


def test_the_pins_and_the_commands_name_no_host() -> None:
    for name in (
        "constraints.txt",
        "pyproject.toml",
        ".ci/run",
        "README.md",
        "README.en.md",
        "docs/manual.md",
    ):
        text = _text(name)
        assert "://" not in text
        assert "--index" not in text


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[^\w.-]", line)[0].lower() for line in wanted}
    pinned = {line.partition("==")[0] for line in _text("constraints.txt").splitlines()}
    assert names <= pinned


def test_the_picture_is_small() -> None:
    assert (TOP / "docs/picture.svg").stat().st_size < 200_000


def test_the_rules_of_the_checker_are_listed() -> None:
    listed = re.findall(
        r"^\| (\S+) \| (\S+) \| (规定|一般|习惯) \| (.*) \|$", _text("docs/check.md"), flags=re.MULTILINE
    )
    off = "（缺省不查）"
    rules = [(r.name, r.clause, r.strength.value, r.demand + off * r.off) for r in shipped().rules]
    assert listed == rules
