"""YAML files with the line of every key, by whichever of PyYAML's loaders is there."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import samples
import templates
from forms import MistakesError, yamlfile

FILES = sorted(path for folder in (samples, templates) for path in Path(folder.__path__[0]).rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_loaders_tell_the_same_data_and_lines(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = yamlfile.read(path)
    monkeypatch.setattr(yamlfile, "LOADER", yaml.SafeLoader)
    slow = yamlfile.read(path)
    assert fast.data == slow.data
    keys = [(key,) for key in fast.data] if isinstance(fast.data, dict) else [()]
    assert [fast.line(steps) for steps in keys] == [slow.line(steps) for steps in keys]


def test_a_mistake_of_writing_is_told_with_its_line_by_both_loaders(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for loader in (yamlfile.LOADER, yaml.SafeLoader):
        monkeypatch.setattr(yamlfile, "LOADER", loader)
        with pytest.raises(MistakesError) as caught:
            yamlfile.Lines("work.yaml", "名称: 甲\n表单: [一, 二\n要求: 丙: 丁\n")
        told.append(str(caught.value))
    assert told[0] == told[1]
    assert "第3行" in told[0]
