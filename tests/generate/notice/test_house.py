"""A house profile drives the generator and the checker alike: faces, margins, line pitch, the form of page numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms import MistakesError
from generate.check import check
from generate.notice.document import notice
from generate.notice.house import house_profile, housed
from generate.package import members_of
from generate.standard.profile import shipped
from tests.generate import kinds

HOUSE = """名称: 某省公文格式
规则:
  天头: {数值: {毫米: 34.58}}
  版心: {数值: {高: 229.84}}
  每面行数: {数值: {磅: 29.45}}
  页码形式: {数值: {形式: "- 1 -"}}
字体:
  仿宋: [方正仿宋_GBK]
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Return a notice with a landscape annex of a work folder that has a house profile."""
    kinds.make(tmp_path)
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "格式.yaml").write_text(HOUSE, encoding="utf-8")
    work = kinds.a_work(tmp_path, kinds.KINDS["通报"])
    return notice(work.notices[0], work, tmp_path / "通报.docx")


def test_what_is_made_by_a_house_profile_passes_by_it_and_not_by_the_standard(made: Path) -> None:
    assert check(made, house_profile(made.parent)).findings == ()
    rules = {item.rule for item in check(made).findings}
    assert rules == {"天头", "每面行数", "页码形式"}, "the face is one that the standard's profile knows too"


def test_every_part_follows_the_house_profile(made: Path) -> None:
    parts = {name: data.decode() for name, data in members_of(made).items() if name.startswith("word/")}
    assert not any('"仿宋_GB2312"' in text for text in parts.values())
    document = parts["word/document.xml"]
    assert 'w:top="1960"' in document
    assert 'w:linePitch="589"' in document
    assert 'w:left="1984"' in document, "landscape pages keep their own margins"
    footers = [text for name, text in parts.items() if "footer" in name]
    assert len(footers) == 4
    assert all(">- </w:t>" in text and "> -</w:t>" in text and "—" not in text for text in footers)


def test_without_a_house_profile_nothing_changes(tmp_path: Path) -> None:
    members = {"word/document.xml": b"<w:pgMar/>"}
    assert housed(members, house_profile(tmp_path)) == members
    assert house_profile(tmp_path) is shipped()


def test_a_mistake_in_it_stops_the_notice(made: Path) -> None:
    (made.parent / "模板" / "格式.yaml").write_text("名称: 某省\n规则:\n  天投: {}\n", encoding="utf-8")
    work = kinds.a_work(made.parent, {})
    with pytest.raises(MistakesError):
        notice(work.notices[0], work, made.parent / "二.docx")
